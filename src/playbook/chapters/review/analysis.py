"""The review of a round: attained, gap, paid, learned, next."""

from dataclasses import replace

from playbook.chapters.review import faults_goals, faults_learning
from playbook.chapters.review.actions import actions_of, claims_of
from playbook.chapters.review.attainment import judge
from playbook.chapters.review.conclusions import findings_of
from playbook.chapters.review.doubts import doubts_of
from playbook.chapters.review.gaps import gap_series, ranks
from playbook.chapters.review.goal_diff import changes_of, check_goals
from playbook.chapters.review.growth import growth_of
from playbook.chapters.review.inputs import TABLES, Settings
from playbook.chapters.review.learning import cases_of, correlation_of, pdca_of
from playbook.chapters.review.money import money_of, yearly_flows
from playbook.chapters.review.next_goals import propose
from playbook.chapters.review.observed import Observed, observed
from playbook.chapters.review.reading import earlier, known_names
from playbook.chapters.review.replication import replication_of
from playbook.chapters.review.result import ReviewResult, Series, SeriesPoint
from playbook.chapters.review.scorecard import scorecard_of
from playbook.core.inputs import Inputs, names_for
from playbook.core.problems import Problem, refuse_errors


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Every semantic fault of the chapter's tables, in the order of the tables."""
    return (
        *faults_goals.actuals_faults(inputs),
        *faults_goals.competitor_faults(inputs),
        *faults_goals.scorecard_faults(inputs),
        *faults_learning.money_faults(inputs),
        *faults_learning.action_faults(inputs),
        *faults_learning.pdca_faults(inputs),
        *faults_learning.case_faults(inputs),
        *faults_learning.replication_faults(inputs),
        *faults_learning.pairs_faults(inputs),
        *faults_learning.next_faults(inputs),
    )


def analyse(inputs: Inputs[Settings]) -> ReviewResult:
    """Review the round. Raises RefusedError with every error of the tables."""
    problems = check(inputs)
    refuse_errors(problems)
    s = inputs.settings
    goals = observed(inputs)
    judged = tuple(judge(goal, s.scorecard_cap, s.level) for goal in goals)
    gaps = gap_series(inputs)
    actions = actions_of(inputs, judged)
    diff = changes_of(inputs)
    result = ReviewResult(
        reference_date=inputs.facts.reference_date,
        currency=inputs.facts.currency,
        present=tuple(spec.name for spec in TABLES if spec.name in inputs.tables),
        attainment=judged,
        series=tuple(_series(goal) for goal in goals),
        growth=tuple(found for found in map(growth_of, goals) if found is not None),
        gaps=gaps,
        ranks=ranks(gaps),
        scorecard=scorecard_of(inputs, judged),
        money=money_of(inputs),
        flows=yearly_flows(inputs),
        actions=actions,
        claims=claims_of(actions, judged),
        pdca=pdca_of(inputs),
        cases=cases_of(inputs),
        replication=replication_of(inputs),
        correlation=correlation_of(inputs),
        diff=diff,
        goals_before=len(earlier(inputs, "goals").get("cards") or ()),
        next_goals=propose(inputs, goals, judged, gaps),
        check_goals=check_goals(inputs, diff),
        parameters=s,
        names={},
    )
    return _concluded(result, inputs, problems)


def _concluded(
    result: ReviewResult, inputs: Inputs[Settings], problems: tuple[Problem, ...]
) -> ReviewResult:
    """The result with its names, findings, and the doubts that only the results show."""
    return replace(
        result,
        names=names_for(_ids(result), known_names(inputs)),
        findings=findings_of(result),
        problems=(*problems, *doubts_of(result, inputs.tables)),
    )


def _series(goal: Observed) -> Series:
    points = tuple(
        SeriesPoint(p.period, p.measure.value, p.measure.low, p.measure.high, p.measure.n)
        for p in goal.points
    )
    return Series(goal.goal_id, points)


def _ids(result: ReviewResult) -> tuple[str, ...]:
    """Every client code the result speaks of, once, in order of appearance."""
    found: list[str] = [a.goal_id for a in result.attainment]
    for gap in result.gaps:
        found += [gap.metric_id, gap.competitor]
    if result.scorecard is not None:
        found += [item.measure for item in result.scorecard.items]
    for action in result.actions:
        found += [action.action, action.goal_id]
    for case in result.cases:
        found += [case.case, case.practice, case.conditions, case.sop_id]
    if result.replication is not None:
        found += [key for site in result.replication.sites for key in (site.case, site.site)]
    if result.pdca is not None:
        found += [key for item in result.pdca.items for key in (item.action, item.owner)]
    for change in result.diff:
        found.append(change.goal_id)
        if change.code == "owner_changed":
            found += [str(change.before), str(change.after)]
    found += [a.owner for a in result.attainment]
    return tuple(dict.fromkeys(key for key in found if key))

"""What the part concludes, by the rules of the plan: each with its certainty."""

from collections.abc import Iterator

from playbook.chapters.plan.enabling.model import (
    Mastery,
    Points,
    Training,
)
from playbook.chapters.plan.enabling.model_steps import (
    Blueprint,
    Form,
    Kept,
    Knowledge,
    PaySheet,
    Procedure,
    TotalTime,
)
from playbook.core.findings import Certainty, Finding

ANSWERED = 0.8
"""Articles should stand for four complaints in five; our choice."""

MOST_NAMED = 3
Value = float | int | str | None


def conclusions(
    training: Training | None,
    points: Points | None,
    procedure: Procedure | None,
    blueprint: Blueprint | None,
    knowledge: Knowledge | None,
    pay: tuple[PaySheet, ...],
    forms: tuple[Form, ...],
) -> tuple[Finding, ...]:
    """The findings of every part that is there."""
    found: list[Finding] = []
    if training:
        found += _of_training(training)
    if procedure:
        found += _of_procedure(procedure)
    if blueprint and blueprint.kept is not None:
        found.append(_of_time("blueprint_time", blueprint.kept, blueprint.totals,
                              blueprint.service_minutes, blueprint.service_share))  # fmt: skip
    if points:
        found += _of_points(points)
    if knowledge:
        found.append(_of_knowledge(knowledge))
    found += _of_pay(pay)
    return (*found, *_of_forms(forms))


def _of_training(training: Training) -> Iterator[Finding]:
    coverage = training.coverage
    values: dict[str, Value] = {
        "share": coverage.value, "x": coverage.x, "n": coverage.n, "least": training.least,
    }  # fmt: skip
    if coverage.value is not None and coverage.value < training.least:
        worst = min(training.by_topic, key=lambda topic: training.by_topic[topic].value or 0.0)
        values |= {"topic": worst, "topic_share": training.by_topic[worst].value}
        yield Finding("train_before_start", "fact", (worst,), values, "headline")
    elif coverage.value is not None:
        yield Finding("training_covered", "fact", (), values)
    expired = sum(cell.state == "expired" for cell in training.cells)
    due = sum(cell.state == "due" for cell in training.cells)
    if expired or due:
        yield Finding(
            "refreshers_due", "fact", (),
            {"expired": expired, "due": due, "months": training.refresh_months},
        )  # fmt: skip
    yield from _of_effects(training.mastery)
    if training.unmeasured:
        yield Finding("training_unmeasured", "fact", training.unmeasured)


def _of_effects(effects: tuple[Mastery, ...]) -> Iterator[Finding]:
    """No control group: a rise is proven, its cause is not. Many rises stand in one sentence."""
    raised = [effect for effect in effects if effect.low > 0]
    lowered = [effect for effect in effects if effect.high < 0]
    unclear = [effect for effect in effects if effect.low <= 0 <= effect.high]
    if len(raised) > MOST_NAMED:
        topics = tuple(effect.topic for effect in raised)
        least = min(raised, key=lambda effect: effect.low)
        values: dict[str, Value] = {"count": len(raised), "least": least.low}
        yield Finding("training_raised_several", "proven", topics, values)
    else:
        for effect in raised:
            yield _of_mastery(_rise(effect), "proven", effect)
    for effect in lowered:
        yield _of_mastery("training_lowered_mastery", "proven", effect)
    if len(unclear) > MOST_NAMED:
        topics = tuple(effect.topic for effect in unclear)
        yield Finding("training_effects_open", "undecided", topics, {"count": len(unclear)})
    else:
        for effect in unclear:
            yield _of_mastery(_rise(effect), "undecided", effect)


def _rise(effect: Mastery) -> str:
    """Two groups of people may have differed before any course: the sentence says so."""
    return "training_raised_mastery" if effect.paired else "training_two_groups"


def _of_mastery(code: str, certainty: Certainty, effect: Mastery) -> Finding:
    values: dict[str, Value] = {
        "before": effect.before.value, "after": effect.after.value, "diff": 100 * effect.diff,
        "low": 100 * effect.low, "high": 100 * effect.high, "n": effect.n,
    }  # fmt: skip
    return Finding(code, certainty, (effect.topic,), values)


def _of_points(points: Points) -> Iterator[Finding]:
    for group in points.groups:
        if group.state in ("better", "watch"):
            values: dict[str, Value] = {
                "ratio": group.ratio, "low": group.low, "high": group.high,
                "observed": group.observed, "expected": group.expected, "n": group.n,
            }  # fmt: skip
            yield Finding(f"points_{group.state}", "proven", (group.name,), values)
    yield from _of_raw_rate(points)
    yield from _of_spread(points)
    few = sum(one.state == "not_judged" for one in points.people)
    if few:
        values = {"few": few, "people": len(points.people), "least": points.min_cases}
        yield Finding("points_small_n", "fact", (), values)
    if points.signals:
        people = tuple(dict.fromkeys(signal.person for signal in points.signals))
        values = {"signals": len(points.signals), "people": len(people), "tests": points.tests,
                  "by_chance": points.by_chance}  # fmt: skip
        yield Finding("review_incentive", "likely", (), values, "headline")


def _of_spread(points: Points) -> Iterator[Finding]:
    """Do people differ beyond chance at all? If not, a reward would go to luck."""
    if points.spread_p is None:
        return
    values: dict[str, Value] = {"judged": points.judged, "p": points.spread_p,
                                "dispersion": points.dispersion}  # fmt: skip
    if points.spread_p < 1 - points.level:
        yield Finding("points_differ", "proven", (), values)
    else:
        yield Finding("points_like_luck", "undecided", (), values)


def _of_raw_rate(points: Points) -> Iterator[Finding]:
    """The group with the most complaints per case, which its mix of cases explains."""
    judged = [one for one in points.groups if one.judged and one.raw is not None]
    if len(judged) < 2:
        return
    worst = max(judged, key=lambda one: (one.raw or 0.0, one.name))
    if worst.state == "as_expected":
        cases = max(1, sum(one.cases for one in points.rates))
        everybody = 100 * sum(one.complaints for one in points.rates) / cases
        values: dict[str, Value] = {
            "raw": 100 * (worst.raw or 0.0), "ratio": worst.ratio, "low": worst.low,
            "high": worst.high, "team": everybody,
        }  # fmt: skip
        yield Finding("raw_rate_misleads", "undecided", (worst.name,), values)


def _of_procedure(procedure: Procedure) -> Iterator[Finding]:
    if procedure.kept is not None:
        yield _of_time("procedure_time", procedure.kept, procedure.totals,
                       procedure.service_minutes, procedure.service_share)  # fmt: skip
        yield from _of_targets(procedure)
    compliance = procedure.compliance
    if compliance.n:
        yield from _of_compliance(procedure)
    if compliance.n and compliance.n < procedure.sample_size:
        values: dict[str, Value] = {"n": compliance.n, "needed": procedure.sample_size,
                                    "margin": 100 * procedure.margin}  # fmt: skip
        yield Finding("compliance_sample_small", "fact", (), values)
    if not any(step.decision_limit for step in procedure.steps):
        yield Finding("authority_missing", "fact", (), {"steps": len(procedure.steps)})


def _of_targets(procedure: Procedure) -> Iterator[Finding]:
    """The sum of the steps' targets says one thing, the total time another."""
    minutes = procedure.service_minutes or 0.0
    fits = procedure.sum_of_targets <= minutes
    kept = procedure.kept == "kept"
    if procedure.kept == "open" or fits == kept:
        return
    code = "targets_fit_total_not" if fits else "targets_exceed_total_kept"
    values: dict[str, Value] = {
        "sum": procedure.sum_of_targets, "minutes": minutes,
        "within": procedure.totals[0].p_within,
        "p95": procedure.totals[0].p95, "p95_sum": procedure.sum_of_p95,
    }  # fmt: skip
    yield Finding(code, "likely", (), values)


def _of_compliance(procedure: Procedure) -> Iterator[Finding]:
    found, least = procedure.compliance, procedure.compliance_least
    if found.low is None or found.high is None:
        return
    certainty: Certainty = "undecided"
    code = "compliance_open"
    if found.high < least:
        code, certainty = "compliance_low", "proven"
    elif found.low >= least:
        code, certainty = "compliance_good", "proven"
    checked = [step for step in procedure.steps if step.passed.n]
    worst = min(checked, key=lambda step: step.passed.value or 0.0)
    values: dict[str, Value] = {
        "share": found.value, "low": 100 * found.low, "high": 100 * found.high, "x": found.x,
        "n": found.n, "least": least, "step": worst.step, "step_share": worst.passed.value,
        "step_n": worst.passed.n,
    }  # fmt: skip
    yield Finding(code, certainty, (worst.step,), values)


def _of_time(
    code: str, kept: Kept, totals: tuple[TotalTime, ...], minutes: float | None, least: float
) -> Finding:
    """A simulation from stated percentiles: at most likely; open if the dependence decides."""
    within = [total.p_within for total in totals if total.p_within is not None]
    values: dict[str, Value] = {
        "within_low": 100 * min(within), "within_high": 100 * max(within), "minutes": minutes,
        "hours": None if minutes is None else minutes / 60,
        "least": least, "p95": max(total.p95 for total in totals),
    }  # fmt: skip
    return Finding(f"{code}_{kept}", "undecided" if kept == "open" else "likely", (), values)


def _of_knowledge(knowledge: Knowledge) -> Finding:
    open_causes = tuple(one.cause for one in knowledge.articles if not one.whole)[:MOST_NAMED]
    values = {"share": knowledge.complaints, "x": knowledge.causes.x, "n": knowledge.causes.n}
    if knowledge.complaints < ANSWERED:
        return Finding("articles_missing", "fact", open_causes, values)
    return Finding("articles_enough", "fact", (), values)


def _of_pay(pay: tuple[PaySheet, ...]) -> Iterator[Finding]:
    """Weights without attainment: said once, so that nobody pays by a number that is not there."""
    known = sum(sheet.total is not None for sheet in pay)
    if pay and known < len(pay):
        code = "pay_partly" if known else "pay_open"
        yield Finding(code, "fact", (), {"holders": len(pay), "known": known})


def _of_forms(forms: tuple[Form, ...]) -> Iterator[Finding]:
    filled, asked = sum(form.filled for form in forms), sum(form.asked for form in forms)
    if any(line.state != "open" for form in forms for line in form.lines) and filled < asked:
        yield Finding("forms_open", "fact", (), {"filled": filled, "asked": asked})

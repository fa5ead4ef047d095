"""From the pilot's tables and registration to the verdict."""

from collections.abc import Iterator

from playbook.chapters.pilot.checks import check as check
from playbook.chapters.pilot.conclusions import findings
from playbook.chapters.pilot.decision import decide, money_of
from playbook.chapters.pilot.design_parts import Design
from playbook.chapters.pilot.evidence import Evidence, weigh
from playbook.chapters.pilot.history import store_noise
from playbook.chapters.pilot.inputs import Settings
from playbook.chapters.pilot.parts import Decision, Deviation, MoneyResult, RegressionToMean
from playbook.chapters.pilot.planning import plan
from playbook.chapters.pilot.registration import check_seal, deviations
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.stores import (
    FEWEST_CONTROLS,
    cells_of,
    regression_to_mean,
    store_changes,
)
from playbook.core.inputs import Inputs, names_for
from playbook.core.metrics import dictionary
from playbook.core.problems import Level, Problem, refuse_errors
from playbook.core.text import Name


def analyse(inputs: Inputs[Settings]) -> PilotResult:
    """Evaluate a pilot: estimate, sensitivity, guardrails, gates and the registered decision.

    Before any post answer only the design is worked out; without enough controls the stores are
    described and nothing is inferred. Raises RefusedError with every fault of the tables.
    """
    problems = check(inputs)
    refuse_errors(problems)
    s, margin = inputs.settings, float(inputs.settings.margin or 0.0)
    e = weigh(inputs, margin)
    design = plan(e.stores, s, margin, store_noise(e.before) if e.before else None)
    every = (*problems, *_doubts(e, s, design.lift_needed))
    return _gathered(inputs, e, margin, design, every)


def _gathered(
    inputs: Inputs[Settings], e: Evidence, margin: float, design: Design, every: tuple[Problem, ...]
) -> PilotResult:
    """The evidence with the decision, the money and the conclusions it allows."""
    s = inputs.settings
    decision, money = _decision(e, s, margin), _money(inputs, e)
    strayed, picked = _deviations(inputs, e), _picked(e, s)
    return PilotResult(
        measure=e.stores.measure, stage=e.stage,
        metric=s.primary_metrics[0] if s.primary_metrics else "",
        margin=margin, planned_lift=s.planned_lift, alpha=s.alpha, prob_scale=s.prob_scale,
        stop_confidence=s.stop_confidence, selection_rule=s.selection_rule,
        registration=check_seal(s), design=design,
        cells=cells_of(e.stores), store_change=store_changes(e.stores),
        primary=e.primary, exact_t=e.exact, permutation=e.permutation, pairs=e.pairs,
        naive_customer=e.naive, decision=decision, guardrails=e.guardrails, gates=e.gates,
        regression_to_mean=picked, sensitivity=e.sensitivity,
        pre_trend=e.pre_trend, pre_periods=e.before.periods if e.before else 0,
        mix=e.mix, response=e.response, money=money, deviations=strayed,
        flags=tuple(dict.fromkeys(p.code.removeprefix("pilot.") for p in every)),
        names=_names(inputs, e),
        findings=findings(e, s, margin, design, decision, picked, money, strayed),
        problems=every,
    )  # fmt: skip


def _picked(e: Evidence, s: Settings) -> RegressionToMean | None:
    """What regression to the mean would do to the choice of stores."""
    by_score = s.selection_rule in ("worst_score", "best_score")
    return regression_to_mean(e.stores, by_score) if e.stores.pilot.any() else None


def _decision(e: Evidence, s: Settings, margin: float) -> Decision | None:
    if e.stage == "design":
        return None
    return decide(
        e.primary,
        margin,
        [g.state for g in e.guardrails],
        [g.state for g in e.gates],
        list(_invalid(e, s)),
        (s.alpha, s.prob_scale, s.stop_confidence),
    )


def _invalid(e: Evidence, s: Settings) -> Iterator[str]:
    """Why no verdict on the outcome can be given (section 7, rule 1)."""
    controls = int((~e.used.pilot).sum())
    if controls == 0:
        yield "no_control"
    elif controls < FEWEST_CONTROLS:
        yield "too_few_controls"
    enough = (e.stores.n_pre >= s.min_answers) & (e.stores.n_post >= s.min_answers)
    sound_controls = int((enough & ~e.stores.pilot).sum())
    if not enough[e.stores.pilot].all() or sound_controls < FEWEST_CONTROLS <= controls:
        yield "few_answers"
    rates = [r.rate for r in e.response if r.arm == "pilot" and r.period == "post"]
    if s.min_response is not None and any(r is not None and r < s.min_response for r in rates):
        yield "low_response"
    if set(s.contaminated) & {n for n, p in zip(e.used.names, e.used.pilot, strict=True) if not p}:
        yield "contaminated"


def _doubts(e: Evidence, s: Settings, lift_needed: float | None) -> Iterator[Problem]:
    """Warnings that only the estimates show."""
    if s.planned_lift is not None and lift_needed is not None and s.planned_lift < lift_needed:
        points = 100 if e.stores.measure == "share" else 1
        yield _doubt(
            "design_cannot_show", planned=s.planned_lift * points, needed=lift_needed * points
        )
    if e.used.adjusted:
        yield _doubt("variance_adjusted", "note")
    if e.permutation is not None and e.permutation.lower_bound is None:
        yield _doubt("permutation_impossible", "note", p_min=e.permutation.p_min)
    for group in e.mix:
        if group.differs:
            yield _doubt("mix_differs", what=group.what, p=group.p_value)
    rates = {r.period: r.rate for r in e.response if r.arm == "pilot"}
    pre, post = rates.get("pre"), rates.get("post")
    if pre is not None and post is not None and pre - post > s.max_response_drop:
        yield _doubt("response_dropped", pre=pre, post=post)
    if s.min_response is not None and post is None:
        yield _doubt("response_not_known", least=s.min_response)


def _doubt(code: str, level: Level = "warn", **values: float | str) -> Problem:
    return Problem(f"pilot.{code}", level, values=values)


def _deviations(inputs: Inputs[Settings], e: Evidence) -> tuple[Deviation, ...]:
    pilots = [n for n, p in zip(e.stores.names, e.stores.pilot, strict=True) if p]
    return deviations(
        inputs.settings,
        pilots,
        {g.metric: (g.worse, g.margin) for g in e.guardrails},
        {g.gate: (g.red, g.green) for g in e.gates},
        inputs.facts.reference_date,
    )


def _money(inputs: Inputs[Settings], e: Evidence) -> MoneyResult | None:
    money = inputs.settings.money
    if money is None or e.primary is None:
        return None
    points = 100.0 if e.stores.measure == "share" else 1.0
    return money_of(e.primary, money, inputs.facts.currency, points)


def _names(inputs: Inputs[Settings], e: Evidence) -> dict[str, Name]:
    """The client's names of stores, measures and gates; else those of the metric dictionary."""
    ids = [
        *e.stores.names,
        *inputs.settings.primary_metrics,
        *(g.metric for g in e.guardrails),
        *(g.gate for g in e.gates),
    ]
    shipped = {key: metric.name for key, metric in dictionary().items()}
    return names_for(ids, {**shipped, **inputs.tables.names()})

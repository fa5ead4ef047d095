"""Attained or not: rate of attainment, state and movement (RV1, RV2)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.chapters.review.measures import Difference, Measure, difference, prob_beyond
from playbook.chapters.review.observed import Observed
from playbook.core.periods import last_day

State = Literal["attained_proven", "attained_likely", "missed_likely", "missed_proven"]
Movement = Literal["met", "improving", "little_change", "getting_worse"]


@dataclass(frozen=True)
class Attainment:
    """One goal at its last period.

    attainment: 0 at the baseline, 1 at the target, in both directions, never cut; scored is cut
    for the scorecard. change: last value minus baseline, in the unit. None: cannot be said.
    baseline_from: table, first_period or card. interval: how that of the value was found.
    """

    goal_id: str
    metric_id: str
    unit: str
    direction: str
    sense: int
    period: str
    due: date | None
    owner: str
    baseline: float | None
    baseline_from: str
    target: float | None
    actual: float
    actual_low: float | None
    actual_high: float | None
    n: float | None
    interval: str
    attainment: float | None
    low: float | None
    high: float | None
    scored: float | None
    shortfall: float | None
    state: State | None
    prob_attained: float | None
    movement: Movement | None
    change: float | None
    change_low: float | None
    change_high: float | None
    elapsed_share: float | None


def attainment_share(actual: float, baseline: float, target: float) -> float | None:
    """RV1: (actual - baseline)/(target - baseline), the same for increase and decrease.

    >>> attainment_share(4.5, 6.0, 4.0)
    0.75
    """
    if target == baseline:
        return None
    return (actual - baseline) / (target - baseline)


def state_of(m: Measure, target: float, sense: int) -> State:
    """RV2: proven where the whole interval lies on one side; meeting the target counts as met."""
    if m.low is not None and m.high is not None:
        worst, best = (m.low, m.high) if sense > 0 else (m.high, m.low)
        if sense * (worst - target) >= 0:
            return "attained_proven"
        if sense * (best - target) < 0:
            return "missed_proven"
    return "attained_likely" if sense * (m.value - target) >= 0 else "missed_likely"


def state_word(a: Attainment) -> str:
    """The state as it may be called: before the date a goal is short so far, not missed."""
    if a.state is None or a.elapsed_share is None or a.elapsed_share >= 1:
        return a.state or ""
    return "reached_so_far" if a.state.startswith("attained") else "short_so_far"


def movement_of(
    change: Difference | None, met: bool, sense: int, z: float = 1.959963984540054
) -> Movement | None:
    """RV2: met, improving, little or no detectable change, getting worse (Healthy People 2030).

    None when neither the value nor the baseline brings a spread.
    """
    if met:
        return "met"
    if change is None or change.se is None:
        return None
    if abs(change.value) < z * change.se:
        return "little_change"
    return "improving" if sense * change.value > 0 else "getting_worse"


def elapsed(start: date | None, due: date | None, now: date) -> float | None:
    """Share of the time from start to due that has passed, cut to 0..1."""
    if start is None or due is None or due <= start:
        return None
    return min(1.0, max(0.0, (now - start).days / (due - start).days))


def judge(goal: Observed, cap: float, level: float) -> Attainment:
    """The attainment of one goal from its observed series."""
    m, target, base = goal.last.measure, goal.target, goal.baseline
    change = difference(m, base, level) if base is not None else None
    met = target is not None and goal.sense * (m.value - target) >= 0
    kept = goal.direction == "maintain"  # met or not; a rate of getting there means nothing
    rate, low, high = _rates(m, base.value if base and not kept else None, target)
    return Attainment(
        goal_id=goal.goal_id,
        metric_id=goal.metric_id,
        unit=goal.unit,
        direction=goal.direction,
        sense=goal.sense,
        period=goal.last.period,
        due=goal.due,
        owner=goal.owner,
        baseline=base.value if base else None,
        baseline_from=goal.baseline_from,
        target=target,
        actual=m.value,
        actual_low=m.low,
        actual_high=m.high,
        n=m.n,
        interval=m.how,
        attainment=rate,
        low=low,
        high=high,
        scored=None if rate is None else min(cap, max(0.0, rate)),
        shortfall=None if target is None else m.value - target,
        state=None if target is None else state_of(m, target, goal.sense),
        prob_attained=None if target is None else prob_beyond(m, target, goal.sense, level),
        movement=movement_of(change, met, goal.sense),
        change=change.value if change else None,
        change_low=change.low if change else None,
        change_high=change.high if change else None,
        elapsed_share=elapsed(goal.start, goal.due, last_day(goal.last.period)),
    )


def _rates(
    m: Measure, baseline: float | None, target: float | None
) -> tuple[float | None, float | None, float | None]:
    """Attainment of the value and of both interval ends, the lower one first."""
    if baseline is None or target is None or target == baseline:
        return None, None, None
    rate = attainment_share(m.value, baseline, target)
    if m.low is None or m.high is None:
        return rate, None, None
    ends = sorted((end - baseline) / (target - baseline) for end in (m.low, m.high))
    return rate, ends[0], ends[1]

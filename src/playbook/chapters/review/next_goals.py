"""The proposal for each goal of the next round, with the numbers behind it (RV18, SM11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.gaps import Gap
from playbook.chapters.review.observed import Observed
from playbook.core.inputs import Inputs
from playbook.core.periods import DAYS, add_months, frequency, ordinal

HISTORY = 5
"""So many values are needed before a pace can be called the best shown."""


@dataclass(frozen=True)
class NextGoal:
    """One proposal: a code of the decision table and its numbers.

    required_rate, best_rate: units toward the good side per period of the history; q is their
    ratio (None if there is no best rate). new_target and new_due are None where the proposal
    leaves them open. peer: best competitor's last value.
    """

    goal_id: str
    code: str
    unit: str
    certainty: str
    new_baseline: float
    baseline_low: float | None
    baseline_high: float | None
    old_target: float | None
    new_target: float | None
    old_due: date | None
    new_due: date | None
    step: str
    required_rate: float | None
    best_rate: float | None
    q: float | None
    n_points: int
    peer: float | None


def best_rate(values: Sequence[float], horizon: float, sense: int) -> tuple[float, int] | None:
    """SM11: fastest pace shown over a window about as long as the horizon, and that window.

    Units per period toward the good side. None under five values.

    >>> best_rate([70, 71, 73, 74, 76, 77], 3, 1)
    (1.6666666666666667, 3)
    """
    n = len(values)
    if n < HISTORY:
        return None
    window = min(max(3, round(horizon)), n - 1)
    paces = [sense * (values[k + window] - values[k]) / window for k in range(n - window)]
    return max(paces), window


@dataclass(frozen=True)
class _Pace:
    """What the history says: step in days, horizon in periods, rates per period."""

    step: str
    days: float
    horizon: float
    best: float | None
    required: float | None

    @property
    def q(self) -> float | None:
        if self.best is None or self.required is None or self.best <= 0:
            return None
        return self.required / self.best


def propose(
    inputs: Inputs[Any],
    goals: Sequence[Observed],
    judged: Sequence[Attainment],
    gaps: Sequence[Gap],
) -> tuple[NextGoal, ...]:
    """RV18: one proposal per goal; section 7 of the method gives the rule that holds."""
    peers = best_peers(gaps)
    return tuple(
        _propose(goal, at, inputs, peers.get(goal.metric_id))
        for goal, at in zip(goals, judged, strict=True)
    )


def best_peers(gaps: Sequence[Gap]) -> dict[str, float]:
    """The best competitor's value in the last period of each metric."""
    out: dict[str, float] = {}
    for metric in dict.fromkeys(gap.metric_id for gap in gaps):
        found = [gap for gap in gaps if gap.metric_id == metric]
        last = [gap for gap in found if gap.period == max(g.period for g in found)]
        out[metric] = max(last, key=lambda gap: gap.sense * gap.them).them
    return out


def _propose(goal: Observed, at: Attainment, inputs: Inputs[Any], peer: float | None) -> NextGoal:
    now, s = inputs.facts.reference_date, inputs.settings
    pace = _pace(goal, now, s.next_months)
    code = decide(at, pace.best, harder_target(goal, pace.best, pace.horizon), peer, pace.q)
    target, due = _terms(code, goal, pace, now, s.next_months)
    return NextGoal(
        goal_id=goal.goal_id,
        code=code,
        unit=goal.unit,
        certainty=certainty_of(at, s.likely),
        new_baseline=at.actual,
        baseline_low=at.actual_low,
        baseline_high=at.actual_high,
        old_target=goal.target,
        new_target=target,
        old_due=goal.due,
        new_due=due,
        step=pace.step,
        required_rate=pace.required,
        best_rate=pace.best,
        q=pace.q,
        n_points=len(goal.points),
        peer=peer,
    )


def _pace(goal: Observed, now: date, months: int) -> _Pace:
    """Best and required pace over the time to the due date, or over the next round after it."""
    step = frequency(goal.last.period)
    days = DAYS[step]
    end = goal.due if goal.due is not None and goal.due > now else add_months(now, months)
    horizon = (end - now).days / days
    values = [point.measure.value for point in goal.points]
    regular = all(
        ordinal(b.period) - ordinal(a.period) == 1
        for a, b in zip(goal.points, goal.points[1:], strict=False)
    )
    best = best_rate(values, horizon, goal.sense) if regular else None
    gap = None if goal.target is None else goal.sense * (goal.target - values[-1])
    required = gap / horizon if gap is not None and gap > 0 and horizon > 0 else None
    return _Pace(step, days, horizon, best[0] if best else None, required)


def harder_target(goal: Observed, best: float | None, horizon: float) -> float | None:
    """The level the best shown pace reaches by the next date; None if that passes a bound."""
    if best is None or best <= 0:
        return None
    reached = goal.last.measure.value + goal.sense * best * horizon
    top = {"share": 1.0, "nps": 100.0}.get(goal.unit)
    bottom = -100.0 if goal.unit == "nps" else 0.0
    inside = reached > bottom and (top is None or reached < top)
    return reached if inside else None


def decide(
    at: Attainment,
    best: float | None,
    harder: float | None,
    peer: float | None,
    q: float | None,
) -> str:
    """The rule of section 7 that holds for one goal.

    on_the_way, collect_history and target_at_bound fill what the rules leave open: time is left
    and the goal moves; the history is too short for a pace; the target is a theoretical bound.
    """
    if at.movement == "getting_worse":
        return "stop_and_find_cause"
    if at.target is not None and at_bound(at):
        return "target_at_bound"
    if at.state is None:
        return "set_target"
    if at.state in ("attained_likely", "missed_likely"):
        return "hold_and_confirm"
    if at.state == "attained_proven":
        return _after_success(at, best, harder, peer)
    if at.movement == "little_change":
        return "change_approach"
    if at.elapsed_share is not None and at.elapsed_share < 1 and q is not None and q <= 1:
        return "on_the_way"
    if best is None:
        return "collect_history"
    return "extend_deadline" if best > 0 else "change_approach"


def at_bound(at: Attainment) -> bool:
    """A target that no sample can prove: every answer satisfied, no complaint at all."""
    if at.unit == "share":
        return at.target in (0.0, 1.0)
    return at.unit == "rate" and at.target == 0


def _after_success(
    at: Attainment, best: float | None, harder: float | None, peer: float | None
) -> str:
    if at.direction == "maintain":
        return "maintain_goal"
    if harder is not None:
        return "raise_target"
    if best is None:
        ahead = peer is not None and at.sense * (at.actual - peer) > 0
        return "maintain_goal" if ahead else "collect_history"
    return "maintain_goal"


def certainty_of(at: Attainment, likely: float) -> str:
    """How sure the state behind a proposal is."""
    if at.state in ("attained_proven", "missed_proven"):
        return "proven"
    p = at.prob_attained
    if p is None:
        moved = at.movement in ("getting_worse", "improving")
        return "proven" if at.state is None and moved else "undecided"
    return "likely" if max(p, 1 - p) >= likely else "undecided"


def _terms(
    code: str, goal: Observed, pace: _Pace, now: date, months: int
) -> tuple[float | None, date | None]:
    """Target and date of the proposal."""
    following = add_months(now, months)
    later = goal.due if goal.due is not None and goal.due > now else following
    if code == "raise_target":
        return harder_target(goal, pace.best, pace.horizon), later
    if code == "maintain_goal":
        return goal.target, following
    if code == "hold_and_confirm":
        ahead = goal.due is not None and goal.due > now
        return goal.target, goal.due if ahead else now + timedelta(days=round(pace.days))
    if code == "on_the_way":
        return goal.target, goal.due
    if code == "extend_deadline":
        return goal.target, advice_date(goal, pace.best, pace.days, now)
    return None, None


def advice_date(goal: Observed, best: float | None, days: float, now: date) -> date | None:
    """SM11: the earliest day on which the best shown pace reaches the target."""
    if best is None or best <= 0 or goal.target is None:
        return None
    gap = goal.sense * (goal.target - goal.last.measure.value)
    return now + timedelta(days=round(max(0.0, gap) / best * days))


def counted(proposals: Sequence[NextGoal]) -> Mapping[str, int]:
    """How many goals got each proposal, in the order of first appearance."""
    codes = [goal.code for goal in proposals]
    return {code: codes.count(code) for code in dict.fromkeys(codes)}

"""Key actions: planned against observed effect (RV5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.reading import Row, rows
from playbook.core.inputs import Inputs

Verdict = Literal[
    "as_planned", "less_than_planned", "no_effect_shown", "no_interval", "not_measured"
]


@dataclass(frozen=True)
class Action:
    """One key action. evidence before_after means no control: its effect is not proven by it.

    share_of_planned: observed/planned. verdict: from the interval of the observed effect.
    """

    action: str
    goal_id: str
    unit: str
    planned_effect: float | None
    observed_effect: float | None
    low: float | None
    high: float | None
    share_of_planned: float | None
    done: bool
    evidence: str
    verdict: Verdict


@dataclass(frozen=True)
class Claims:
    """All effects claimed for a goal against its whole change, both toward the good side."""

    goal_id: str
    unit: str
    claimed: float
    total_change: float
    exceeds: bool


def actions_of(inputs: Inputs[Any], goals: Sequence[Attainment]) -> tuple[Action, ...]:
    """The rows of review_actions, judged; the unit is that of the goal."""
    by_goal = {goal.goal_id: goal for goal in goals}
    return tuple(
        _action(row, by_goal.get(row.text("goal_id")))
        for row in rows(inputs.tables, "review_actions")
    )


def _action(row: Row, goal: Attainment | None) -> Action:
    planned, observed = row.num("planned_effect"), row.num("observed_effect")
    low, high = row.num("low"), row.num("high")
    return Action(
        action=row.text("action"),
        goal_id=row.text("goal_id"),
        unit=goal.unit if goal else "",
        planned_effect=planned,
        observed_effect=observed,
        low=low,
        high=high,
        share_of_planned=observed / planned if observed is not None and planned else None,
        done=row.yes("done"),
        evidence=row.text("evidence") or "before_after",
        verdict=verdict_of(planned, observed, low, high),
    )


def verdict_of(
    planned: float | None, observed: float | None, low: float | None, high: float | None
) -> Verdict:
    """Whether an effect is shown, and whether the plan lies inside its interval or beyond it.

    >>> verdict_of(0.05, 0.03, -0.01, 0.07), verdict_of(-2.0, -2.4, -3.0, -1.8)
    ('no_effect_shown', 'as_planned')
    """
    if observed is None:
        return "not_measured"
    if low is None or high is None:
        return "no_interval"
    sign = -1 if (planned if planned is not None else observed) < 0 else 1
    worst, best = sorted((sign * low, sign * high))
    if worst <= 0:
        return "no_effect_shown"
    return "less_than_planned" if planned is not None and best < sign * planned else "as_planned"


def claims_of(actions: Sequence[Action], goals: Sequence[Attainment]) -> tuple[Claims, ...]:
    """Per goal the sum of claimed effects beside the whole change it is claimed from."""
    out = []
    for goal in goals:
        effects = [
            a.observed_effect
            for a in actions
            if a.goal_id == goal.goal_id and a.observed_effect is not None
        ]
        if effects and goal.change is not None:
            claimed, total = goal.sense * sum(effects), goal.sense * goal.change
            exceeds = claimed > max(total, 0.0) + 1e-9
            out.append(Claims(goal.goal_id, goal.unit, claimed, total, exceeds))
    return tuple(out)

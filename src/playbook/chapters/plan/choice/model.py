"""What the choice of key actions finds: plain records, numbers and codes only.

Impacts and gaps are in the unit of their goal as its card writes it (percentage points where the
card writes %), positive is better. Effort is person-days, cost the case's currency.
"""

from dataclasses import dataclass
from typing import Literal

from playbook.core.findings import Finding

State = Literal["core", "swing", "out"]


@dataclass(frozen=True)
class ActionRow:
    """One action on the menu.

    value: what it is worth to the choice: its impact (one goal), or its share of the goal's gap
    times the goal's weight (several). counted says why a value is or is not counted: yes | unit
    (its impact is in another unit) | met (its goal is reached) | late (cannot end before the goal
    is due). select_share: share of draws in which it is chosen; free_share: the same with nothing
    prescribed, and the one that gives a
    prescribed action its state; top_share: among the draws' largest values, as many as were chosen.
    """

    action: str
    goal_id: str
    unit: str
    owner: str
    impact_low: float
    impact_likely: float
    impact_high: float
    effort_low: float
    effort_likely: float
    effort_high: float
    cost: float
    value_low: float
    value: float
    value_high: float
    counted: Literal["yes", "unit", "met", "late"]
    anonymous: bool
    must: bool
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    overlap: str | None
    reuse: float | None
    first_step: str | None
    selected: bool
    select_share: float
    free_share: float
    top_share: float
    state: State
    ice_rank: int
    rice_rank: int


@dataclass(frozen=True)
class GoalRow:
    """One goal the actions work on. gain_*: of the chosen actions, caps applied; 5 % to 95 %.

    weight_from: settings | tree | equal | one. gap is None where baseline or target is not known.
    """

    goal_id: str
    unit: str
    baseline: float | None
    target: float | None
    gap: float | None
    weight: float
    weight_from: str
    actions: int
    selected: int
    gain_low: float
    gain: float
    gain_high: float
    prob_gap_closed: float | None


@dataclass(frozen=True)
class Overlap:
    """Actions that work on the same cases. assumed: no cap was given, the largest impact is it."""

    group: str
    goal_id: str
    actions: tuple[str, ...]
    cap: float
    assumed: bool
    lost: float


@dataclass(frozen=True)
class Answer:
    """Why an action: the need it answers and what the diagnosis says of it.

    source: kano | servqual | needs | none (no diagnosis names it). kind: the Kano category, or the
    trend of the need. value with its interval: Worse, the gap in points, or the share of volume.
    """

    action: str
    need: str
    source: Literal["kano", "servqual", "needs", "none"]
    kind: str | None
    value: float | None
    low: float | None
    high: float | None
    n: float | None
    supports: bool | None


@dataclass(frozen=True)
class LimitStep:
    """The best choice if one limit were so much wider or tighter."""

    limit: Literal["effort", "cost"]
    change: float
    amount: float
    total: float
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Rival:
    """What an ordinal product would have chosen, within the same limits. kind: ice | rice."""

    kind: Literal["ice", "rice"]
    selected: tuple[str, ...]
    total: float
    differs: int


@dataclass(frozen=True)
class Choice:
    """The few actions, and how sure they are.

    total_impact: in the goal's unit where there is one goal, else the weighted share of all gaps.
    prob_all_closed: every goal with a gap at once. prob_effort: the chosen ones stay within the
    effort limit. musts_over: share of draws in which the prescribed ones alone exceed it.
    """

    one_goal: bool
    unit: str
    actions: tuple[ActionRow, ...]
    goals: tuple[GoalRow, ...]
    overlaps: tuple[Overlap, ...]
    answers: tuple[Answer, ...]
    selected: tuple[str, ...]
    total_impact: float
    total_low: float
    total_high: float
    effort: float
    cost: float
    effort_limit: float | None
    cost_limit: float | None
    prob_effort: float | None
    prob_all_closed: float | None
    musts_over: float
    limits: tuple[LimitStep, ...]
    rivals: tuple[Rival, ...]
    draws: int
    seed: int
    core_share: float
    out_share: float
    most_actions: int
    ranges_given: int
    goals_without_action: tuple[str, ...]
    findings: tuple[Finding, ...]

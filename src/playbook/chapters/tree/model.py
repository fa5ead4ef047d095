"""What the goal tree finds: plain records, numbers and codes only.

Shares are 0-1, weights percent points of a sheet, times in the unit of their goal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playbook.chapters.tree.model_duties import Appraisal, Cascade, Role, SheetLine
from playbook.chapters.tree.model_times import TimeBudget
from playbook.core.findings import Finding
from playbook.core.problems import Level, Problem
from playbook.core.text import Name

Values = Mapping[str, float | int | str | None]


@dataclass(frozen=True)
class Check:
    """One rule that a goal, sheet, person, action or stage breaks.

    level: error = the plan cannot stand so; warn = a doubt; note = a remark. about: which kind of
    thing id is.
    """

    id: str
    code: str
    level: Level
    about: Literal["goal", "sheet", "action", "person", "stage"] = "goal"
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """One goal with its recomputation. recomputed: what the children's targets make of it.

    prob_reach_parent: chance that, with every child exactly at its target, this goal as measured
    reaches its own target. buffer: how much better the recomputed value must be for the chance
    wanted. coverage: part of the goal's baseline (or volume) that its formula children explain.
    error: how samples of a leaf vary; None if nothing is known of it.
    """

    goal_id: str
    parent_id: str | None
    metric_id: str
    level: str | None
    depth: int
    node: str | None
    kind: str
    edge: str
    unit: str
    direction: str
    baseline: float | None
    baseline_recomputed: float | None
    weight_n: float | None
    reachable: float | None
    target: float | None
    recomputed: float | None
    recomputed_low: float | None
    recomputed_high: float | None
    prob_reach_parent: float | None
    buffer: float | None
    coverage: float | None
    error: Literal["binomial", "poisson", "rate", "normal"] | None
    owner: str | None
    team: str | None
    start: date
    due: date
    source: str | None
    flags: tuple[str, ...]
    state: Literal["error", "warn", "fine"]


@dataclass(frozen=True)
class Allocation:
    """What one child must deliver (target) so that its parent gets there; asked: its own row."""

    goal_id: str
    parent_id: str
    method: str
    unit: str
    baseline: float
    reachable: float | None
    closable: float | None
    asked: float | None
    target: float


@dataclass(frozen=True)
class Split:
    """How one parent's target was split. best: the parent if every child gets to its reachable.

    best is the sheet's highest_mean for a mean (the lowest, where the goal is to decrease).
    """

    goal_id: str
    node: str
    method: str
    required: float
    best: float | None
    closable_total: float | None
    is_closable: bool


@dataclass(frozen=True)
class Part:
    """The part of one child in a change. alone: its relative change if it moved alone.

    share: of the change; share_before: of the total before. rank: given only if it holds in
    enough draws; prob_rank: in how many.
    """

    goal_id: str
    before: float
    change: float
    low: float | None
    high: float | None
    share: float | None
    share_before: float | None
    alone: float | None
    prob_largest: float | None
    rank: int | None
    prob_rank: float | None


@dataclass(frozen=True)
class Contribution:
    """A planned change of a parent split over its children; the parts add up to it."""

    goal_id: str
    method: Literal["difference", "weighted_difference", "log_mean", "shapley"]
    unit: str
    before: float
    after: float
    parts: tuple[Part, ...]
    prob_order: float | None


@dataclass(frozen=True)
class Chain:
    """A rate chain: product before and after, parts of the change, stage rates for the target."""

    goal_id: str
    stages: tuple[str, ...]
    rates: tuple[float, ...]
    target: float | None
    before: float
    after: float | None
    contribution_log_mean: tuple[float, ...] | None
    contribution_shapley: tuple[float, ...] | None
    odds_shift: float | None
    equal_odds: tuple[float, ...] | None
    equal_relative: tuple[float, ...] | None
    equal_share: float | None


@dataclass(frozen=True)
class MixUnit:
    """One branch in the change of a mean over branches."""

    unit: str
    weight_before: float
    weight_after: float
    value_before: float
    value_after: float
    rate_effect: float
    mix_effect: float


@dataclass(frozen=True)
class Mix:
    """A change of a mean over branches: what the branches did, what the volumes did."""

    goal_id: str
    metric_id: str
    period_before: str
    period_after: str
    change: float
    rate_total: float
    mix_total: float
    simpson: bool
    units: tuple[MixUnit, ...]
    rate_low: float | None = None
    rate_high: float | None = None
    mix_low: float | None = None
    mix_high: float | None = None
    prob_mix_larger: float | None = None
    prob_simpson: float | None = None

    @property
    def rate_effect(self) -> tuple[float, ...]:
        return tuple(unit.rate_effect for unit in self.units)

    @property
    def mix_effect(self) -> tuple[float, ...]:
        return tuple(unit.mix_effect for unit in self.units)


@dataclass(frozen=True)
class Driver:
    """Evidence on an influence edge. basis: stated in the row, computed from history, or words."""

    goal_id: str
    parent_id: str
    basis: Literal["stated", "history", "words", "none"]
    r: float | None
    low: float | None
    high: float | None
    n: int | None
    partial: float | None
    partial_low: float | None
    partial_high: float | None
    is_weak: bool
    words: str | None


@dataclass(frozen=True)
class TreeResult:
    """The goal tree: recomputed, split, timed, weighted, owned. teams: of each person."""

    parameters: Values
    nodes: tuple[Node, ...]
    allocation: tuple[Allocation, ...]
    splits: tuple[Split, ...]
    contributions: tuple[Contribution, ...]
    chains: tuple[Chain, ...]
    mixes: tuple[Mix, ...]
    time_budgets: tuple[TimeBudget, ...]
    drivers: tuple[Driver, ...]
    sheets: tuple[SheetLine, ...]
    raci: tuple[Role, ...]
    checks: tuple[Check, ...]
    cascade: tuple[Cascade, ...]
    appraisals: tuple[Appraisal, ...]
    teams: Mapping[str, str]
    names: Mapping[str, Name]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

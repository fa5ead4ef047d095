"""TR2: every parent from its leaves, as planned, as it stands today, and in repeated samples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from playbook.chapters.tree.formulas import Floats, combine
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.sampling import kind_of, samples
from playbook.chapters.tree.units import digits_of
from playbook.core.problems import Level

COMPUTED = ("additive", "weighted_mean", "rate_chain", "complement", "max")
"""Nodes that arithmetic joins; a time budget is joined case by case, a milestone by dates."""


ROUNDING = 0.5
"""A shortfall within the printed digit is told if it is at least this part of the half digit."""


@dataclass(frozen=True)
class Recomputed:
    """own: what the children make of each computed parent. effective: the value that counts
    further up (recomputed where it can be, else the goal's own)."""

    own: Mapping[str, Floats]
    effective: Mapping[str, Floats]

    def value(self, goal_id: str) -> float | None:
        return float(self.own[goal_id]) if goal_id in self.own else None

    def counting(self, goal_id: str) -> float | None:
        return float(self.effective[goal_id]) if goal_id in self.effective else None


def upwards(forest: Forest, leaf: Callable[[Goal], Floats | float | None]) -> Recomputed:
    """Combine from the leaves up; leaf gives a goal's own value, or draws of it, or None."""
    own: dict[str, Floats] = {}
    effective: dict[str, Floats] = {}
    for goal in forest.upwards:
        children = forest.children(goal, "formula")
        known = [effective[c.goal_id] for c in children if c.goal_id in effective]
        if goal.node in COMPUTED and children and len(known) == len(children):
            weights = [child.weight_n or 0.0 for child in children]
            own[goal.goal_id] = combine(goal.node, np.stack(known), weights)
        value = own[goal.goal_id] if goal.goal_id in own else leaf(goal)
        if value is not None:
            effective[goal.goal_id] = np.asarray(value, dtype=float)
    return Recomputed(own, effective)


@dataclass(frozen=True)
class Sampled:
    """Where a parent lands in repeated samples when every leaf runs exactly at its target."""

    low: float
    high: float
    prob_reach: float | None
    buffer: float | None


def sampled(
    forest: Forest, draws: int, seed: int, level: float, likely: float
) -> Mapping[str, Sampled]:
    """For each parent whose leaves all have a sampling error: interval and chance of its target.

    buffer: how much better the parent would have to be planned for the chance ``likely``.
    """
    found = upwards(forest, lambda goal: samples(goal, goal.target, draws, seed))
    out: dict[str, Sampled] = {}
    for goal_id, values in found.own.items():
        goal = forest.by_id[goal_id]
        low, high = np.quantile(values, [0.5 - level / 2, 0.5 + level / 2])
        prob, buffer = _chance(goal, values, likely)
        out[goal_id] = Sampled(float(low), float(high), prob, buffer)
    return out


def _chance(goal: Goal, values: Floats, likely: float) -> tuple[float | None, float | None]:
    if goal.target is None:
        return None, None
    ahead = goal.sign * (values - goal.target)
    prob = float((ahead >= -1e-12).mean())
    return prob, max(0.0, -float(np.quantile(ahead, 1 - likely)))


def recompute_checks(forest: Forest, planned: Recomputed) -> tuple[Check, ...]:
    """Where parent and children do not meet: short of the target, beyond it, short by rounding."""
    found: list[Check] = []
    for goal in forest.goals:
        value = planned.value(goal.goal_id)
        if value is not None and goal.target is not None:
            found += _difference(goal, value, goal.target)
        children = forest.children(goal, "formula")
        missing = [c for c in children if planned.counting(c.goal_id) is None]
        if goal.node in COMPUTED and missing:
            blank = "; ".join(child.goal_id for child in missing)
            found.append(
                Check(goal.goal_id, "child_target_missing", "warn", values={"blank": blank})
            )
        if goal.node is None and children:
            found.append(Check(goal.goal_id, "node_missing", "warn"))
    return tuple(found)


def _difference(goal: Goal, value: float, target: float) -> list[Check]:
    ahead = goal.better_by(value, target)
    values = {"recomputed": value, "target": target, "difference": value - target}
    if abs(ahead) > goal.slack:
        # short of the target the plan cannot stand; beyond it there is a reserve worth knowing
        level: Level = "error" if ahead < 0 else "note"
        return [Check(goal.goal_id, "parent_not_recomputed", level, values=values)]
    if ahead < -ROUNDING * goal.slack:
        return [Check(goal.goal_id, "rounded_short", "warn", values=values)]
    return []


def coverage(goal: Goal, children: Sequence[Goal]) -> float | None:
    """TR13: the part of a parent that its formula children explain.

    Of a sum its value, of a mean its volume, of a product its losses (they add as logarithms).
    """
    match goal.node:
        case "additive":
            whole, parts = goal.baseline, [child.baseline for child in children]
        case "weighted_mean":
            whole, parts = goal.weight_n, [child.weight_n for child in children]
        case "rate_chain" | "complement":
            whole, parts = _loss(goal.baseline), [_loss(child.baseline) for child in children]
        case _:
            return None
    known = [part for part in parts if part is not None]
    return sum(known) / whole if whole and len(known) == len(parts) and known else None


def _loss(rate: float | None) -> float | None:
    return -log(rate) if rate is not None and 0 < rate <= 1 else None


def coverage_checks(forest: Forest, least: float) -> tuple[Check, ...]:
    """Parents of which the children explain too little, or more than there is."""
    found = []
    for goal in forest.goals:
        part = coverage(goal, forest.children(goal, "formula"))
        if part is not None and not least <= part <= 2 - least:
            code = "coverage_short" if part < least else "coverage_over"
            found.append(Check(goal.goal_id, code, "warn", values={"coverage": part}))
    return tuple(found)


def averages_checks(forest: Forest) -> tuple[Check, ...]:
    """Averages of averages: a mean over parts written as their plain mean, volumes unused."""
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        values = [c.baseline for c in children if c.baseline is not None]
        weights = [c.weight_n for c in children if c.weight_n]
        if goal.node != "weighted_mean" or goal.baseline is None or len(values) < 2:
            continue
        if not len(values) == len(weights) == len(children):
            continue
        plain, right = float(np.mean(values)), float(np.average(values, weights=weights))
        slack = _printed(goal.baseline, goal)
        if abs(goal.baseline - plain) <= slack < abs(goal.baseline - right):
            given = {"baseline": goal.baseline, "weighted": right}
            found.append(Check(goal.goal_id, "mean_of_means", "warn", values=given))
    return tuple(found)


def _printed(value: float, goal: Goal) -> float:
    """Half of the last digit a value was written with; a share counts in per cent."""
    digits = digits_of(value)
    return 0.5 * 10.0 ** -(max(2, digits) if goal.family == "share" else digits)


def sample_checks(forest: Forest) -> tuple[Check, ...]:
    """Leaves of a computed parent that have no sampling error: then the parent has none either."""
    return tuple(
        Check(goal.goal_id, "sample_missing", "note", values={"parent": goal.parent_id})
        for goal in forest.goals
        if goal.edge == "formula" and goal.parent_id in forest.by_id
        if forest.by_id[goal.parent_id].node in COMPUTED
        if not forest.children(goal, "formula") and kind_of(goal) is None
    )

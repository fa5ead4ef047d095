"""TR2: every parent from its leaves, as planned, as it stands today, and in repeated samples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.chapters.tree.formulas import Floats, combine
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.reading import Goal
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
        value = own.get(goal.goal_id, leaf(goal))
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
    drawn = target_draws(forest.goals, draws, seed)
    found = upwards(forest, lambda goal: drawn.get(goal.goal_id))
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


def target_draws(goals: Sequence[Goal], draws: int, seed: int) -> dict[str, Floats]:
    """Samples of each goal at its target, by goal; goals without a sampling error are left out."""
    return _draws(goals, [goal.target for goal in goals], draws, seed)


def baseline_draws(goals: Sequence[Goal], draws: int, seed: int) -> dict[str, Floats]:
    """Samples of each goal's baseline, likewise."""
    return _draws(goals, [goal.baseline for goal in goals], draws, seed)


def _draws(
    goals: Sequence[Goal], values: Sequence[float | None], draws: int, seed: int
) -> dict[str, Floats]:
    """Binomial for shares with a known n, Poisson for counts; own stream a goal, so that adding a
    goal does not move the others."""
    out: dict[str, Floats] = {}
    for goal, value in zip(goals, values, strict=True):
        if value is None:
            continue
        rng = np.random.default_rng([seed, *goal.goal_id.encode("utf-8")])
        if goal.family == "share" and goal.weight_n:
            n = round(goal.weight_n)
            if n > 0:
                out[goal.goal_id] = rng.binomial(n, value, draws) / n
        elif goal.family == "count" and value >= 0:
            out[goal.goal_id] = rng.poisson(value, draws).astype(float)
    return out


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
    """TR13: the part of a parent that its formula children explain: of a sum, of a volume."""
    if goal.node == "additive":
        parts, whole = [child.baseline for child in children], goal.baseline
    elif goal.node == "weighted_mean":
        parts, whole = [child.weight_n for child in children], goal.weight_n
    else:
        return None
    known = [part for part in parts if part is not None]
    return sum(known) / whole if whole and len(known) == len(parts) and known else None

"""Where a planned change comes from: parts of sums, means and products (TR6, TR7)."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from playbook.chapters.tree.formulas import (
    Floats,
    cause_change,
    combine,
    log_mean_parts,
    shapley_parts,
)
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Contribution, Part
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.recompute import COMPUTED, Recomputed, baseline_draws
from playbook.chapters.tree.split import all_known

Method = Literal["difference", "weighted_difference", "log_mean", "shapley"]


def contributions(
    forest: Forest, today: Recomputed, planned: Recomputed, settings: Settings, seed: int
) -> tuple[Contribution, ...]:
    """TR6, TR7: the planned change of each parent by child, with intervals from the baselines."""
    drawn = baseline_draws(forest.goals, settings.draws, seed)
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        before, after = all_known(today, children), all_known(planned, children)
        if goal.node in COMPUTED and goal.node != "max" and before and after:
            draws = [drawn[c.goal_id] for c in children if c.goal_id in drawn]
            sample = np.stack(draws) if len(draws) == len(children) else None
            found.append(_contribution(goal, children, before, after, sample, settings))
    return tuple(found)


def _contribution(
    goal: Goal,
    children: Sequence[Goal],
    before: Sequence[float],
    after: Sequence[float],
    sample: Floats | None,
    settings: Settings,
) -> Contribution:
    weights = [child.weight_n or 0.0 for child in children]
    method, changes = _parts(goal, np.asarray(before), np.asarray(after), weights)
    total0, total1 = _total(goal, before, weights), _total(goal, after, weights)
    ends = np.asarray(after)[:, None]
    drawn = _parts(goal, sample, ends, weights)[1] if sample is not None else None
    lows, highs = (
        np.quantile(drawn, [0.5 - settings.level / 2, 0.5 + settings.level / 2], axis=1)
        if drawn is not None
        else (None, None)
    )
    leads = _leads(drawn, goal.sign)
    parts = tuple(
        Part(
            goal_id=child.goal_id,
            change=float(changes[i]),
            low=None if lows is None else float(lows[i]),
            high=None if highs is None else float(highs[i]),
            share=float(changes[i]) / (total1 - total0) if total1 != total0 else None,
            alone=_alone(goal, before[i], total0, total1),
            prob_largest=None if leads is None else float(leads[i]),
        )
        for i, child in enumerate(children)
    )
    order = _order_holds(drawn, changes)
    return Contribution(goal.goal_id, method, goal.unit, total0, total1, parts, order)


def _parts(
    goal: Goal, before: Floats, after: Floats, weights: Sequence[float]
) -> tuple[Method, Floats]:
    if goal.node == "additive":
        return "difference", after - before
    if goal.node == "weighted_mean":
        w = np.asarray(weights) / sum(weights)
        return "weighted_difference", w.reshape(-1, *[1] * (before.ndim - 1)) * (after - before)
    if (before > 0).all() and (after > 0).all():
        return "log_mean", log_mean_parts(before, np.broadcast_to(after, before.shape))
    if before.ndim == 1:  # a rate of 0 has no logarithm
        return "shapley", np.asarray(shapley_parts(before.tolist(), after.tolist()))
    return "shapley", np.full(before.shape, np.nan)


def _total(goal: Goal, values: Sequence[float], weights: Sequence[float]) -> float:
    return float(combine(goal.node or "", values, weights))


def _alone(goal: Goal, part: float, before: float, after: float) -> float | None:
    """TR7: how far this part must move if it alone had to carry the change."""
    if goal.node != "additive" or before <= 0 or not 0 < part <= before:
        return None
    return cause_change(part / before, (after - before) / before)


def _leads(drawn: Floats | None, sign: int) -> Floats | None:
    if drawn is None or np.isnan(drawn).any():
        return None
    largest = np.argmax(sign * drawn, axis=0)
    return np.asarray(np.bincount(largest, minlength=drawn.shape[0]) / drawn.shape[1])


def _order_holds(drawn: Floats | None, changes: Floats) -> float | None:
    """Share of draws in which the parts stand in the same order."""
    if drawn is None or np.isnan(drawn).any():
        return None
    order = np.argsort(changes, kind="stable")
    return float((np.diff(drawn[order], axis=0) >= 0).all(axis=0).mean())

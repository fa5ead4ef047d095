"""Where a planned change comes from: parts of sums, means and products (TR6, TR7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.tree.formulas import (
    MOST_FOR_SHAPLEY,
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
from playbook.chapters.tree.recompute import COMPUTED, Recomputed
from playbook.chapters.tree.sampling import samples
from playbook.chapters.tree.split import all_known

Method = Literal["difference", "weighted_difference", "log_mean", "shapley"]


def contributions(
    forest: Forest, today: Recomputed, planned: Recomputed, settings: Settings, seed: int
) -> tuple[Contribution, ...]:
    """TR6, TR7: the planned change of each parent by child, with intervals from the baselines."""
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        before, after = all_known(today, children), all_known(planned, children)
        if goal.node in COMPUTED and goal.node != "max" and before and after:
            drawn = [samples(c, c.baseline, settings.draws, seed) for c in children]
            known = [one for one in drawn if one is not None]
            sample = np.stack(known) if len(known) == len(children) else None
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
    certain = None if drawn is None or np.isnan(drawn).any() else drawn
    ranks = _ranks(certain, changes, goal.sign)
    parts = tuple(
        Part(
            goal_id=child.goal_id,
            before=float(before[i]),
            change=float(changes[i]),
            **_interval(certain, i, settings.level),
            share=float(changes[i]) / (total1 - total0) if total1 != total0 else None,
            share_before=_share_before(goal, before[i], total0),
            alone=_alone(goal, before[i], total0, total1),
            prob_largest=None if certain is None else ranks.largest[i],
            rank=ranks.rank[i] if ranks.held[i] >= settings.rank_holds else None,
            prob_rank=None if certain is None else ranks.held[i],
        )
        for i, child in enumerate(children)
    )
    order = _order_holds(certain, changes)
    return Contribution(goal.goal_id, method, goal.unit, total0, total1, parts, order)


def _interval(drawn: Floats | None, i: int, level: float) -> dict[str, float | None]:
    if drawn is None:
        return {"low": None, "high": None}
    low, high = np.quantile(drawn[i], [0.5 - level / 2, 0.5 + level / 2])
    return {"low": float(low), "high": float(high)}


def _parts(
    goal: Goal, before: Floats, after: Floats, weights: Sequence[float]
) -> tuple[Method, Floats]:
    after = np.broadcast_to(after, before.shape)
    if goal.node == "additive":
        return "difference", after - before
    if goal.node == "weighted_mean":
        w = np.asarray(weights) / sum(weights)
        return "weighted_difference", w.reshape(-1, *[1] * (before.ndim - 1)) * (after - before)
    if (before > 0).all() and (after > 0).all():
        return "log_mean", log_mean_parts(before, after)
    if before.shape[0] <= MOST_FOR_SHAPLEY:  # a rate of 0 has no logarithm
        return "shapley", shapley_parts(before, after)
    return "shapley", np.full(before.shape, np.nan)


@dataclass(frozen=True)
class Ranks:
    """Rank of each part (1 moves most in the direction wanted), how often it is held, and how
    often the part comes first. Without draws nothing is held."""

    rank: tuple[int, ...]
    held: tuple[float, ...]
    largest: tuple[float, ...]


def _ranks(drawn: Floats | None, changes: Floats, sign: int) -> Ranks:
    ranks = _places(sign * changes[:, None])[:, 0]
    if drawn is None:
        return Ranks(tuple(map(int, ranks)), (0.0,) * len(ranks), (0.0,) * len(ranks))
    places = _places(sign * drawn)
    held, first = (places == ranks[:, None]).mean(axis=1), (places == 1).mean(axis=1)
    return Ranks(tuple(map(int, ranks)), tuple(map(float, held)), tuple(map(float, first)))


def _places(values: Floats) -> NDArray[np.int_]:
    """1 for the largest of each column, and so on; ties by row."""
    order = np.argsort(-values, axis=0, kind="stable")
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, len(values) + 1)[:, None], axis=0)
    return places


def _total(goal: Goal, values: Sequence[float], weights: Sequence[float]) -> float:
    return float(combine(goal.node or "", values, weights))


def _alone(goal: Goal, part: float, before: float, after: float) -> float | None:
    """TR7: how far this part must move if it alone had to carry the change."""
    if goal.node != "additive" or before <= 0 or not 0 < part <= before:
        return None
    return cause_change(part / before, (after - before) / before)


def _share_before(goal: Goal, part: float, before: float) -> float | None:
    return part / before if goal.node == "additive" and before > 0 <= part else None


def _order_holds(drawn: Floats | None, changes: Floats) -> float | None:
    """Share of draws in which the parts stand in the same order."""
    if drawn is None:
        return None
    order = np.argsort(changes, kind="stable")
    return float((np.diff(drawn[order], axis=0) >= 0).all(axis=0).mean())

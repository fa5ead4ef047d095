"""What each child must deliver (TR3-TR5) and where a planned change comes from (TR6, TR7)."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from playbook.chapters.tree.formulas import (
    MOST_FOR_SHAPLEY,
    Floats,
    Shares,
    cause_change,
    combine,
    each_of,
    equal_odds,
    equal_relative,
    log_mean_parts,
    shapley_parts,
    split_mean,
    split_sum,
)
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Allocation, Chain, Check, Contribution, Part, Split
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.recompute import COMPUTED, Recomputed, baseline_draws

Method = Literal["difference", "weighted_difference", "log_mean", "shapley"]
Given = tuple[Split, tuple[Allocation, ...]]


def splits(forest: Forest, today: Recomputed, settings: Settings) -> tuple[Given, ...]:
    """Every parent whose target can be split: its children's baselines are all known."""
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        bases = [today.counting(child.goal_id) for child in children]
        known = [base for base in bases if base is not None]
        if goal.node in COMPUTED and goal.target is not None and children:
            if len(known) < len(children):
                continue
            given = _split(goal, children, known, goal.target, settings)
            found += [given] if given else []
    return tuple(found)


def _split(
    goal: Goal, children: Sequence[Goal], bases: Sequence[float], target: float, settings: Settings
) -> Given | None:
    reach = [child.reachable for child in children if child.reachable is not None]
    caps = reach if len(reach) == len(children) else None
    match goal.node:
        case "additive":
            method = "closable_gap" if caps else "proportional"
            shares = split_sum(bases, caps, target, goal.sign)
            required = abs(target - sum(bases))
        case "weighted_mean":
            lifted = caps if settings.mean_method == "closable_gap" else None
            method = "closable_gap" if lifted else "equal_lift"
            weights = [child.weight_n or 0.0 for child in children]
            shares = split_mean(bases, lifted, weights, target, goal.sign)
            required = abs(target - float(np.average(bases, weights=weights)))
        case "max":
            method, required = "slowest", max(0.0, -goal.better_by(max(bases), target))
            shares = _all_within(children, bases, target)
        case _:
            return _split_chain(goal, children, bases, target, settings)
    split = Split(
        goal.goal_id, goal.node, method, required, shares.best, shares.closable_total,
        shares.is_closable,
    )  # fmt: skip
    return split, _rows(goal, children, bases, method, shares.targets, shares.closable)


def _all_within(children: Sequence[Goal], bases: Sequence[float], target: float) -> Shares:
    """The slowest part decides: nobody may be over the parent's target."""
    targets = tuple(min(base, target) for base in bases)
    worst = [child.reachable for child in children if child.reachable is not None]
    can = all(value <= target for value in worst)
    best = max(worst) if len(worst) == len(children) else None
    return Shares(targets, None, None, best, can)


def _split_chain(
    goal: Goal, children: Sequence[Goal], bases: Sequence[float], target: float, settings: Settings
) -> Given | None:
    """TR5, and t^(1/k) where nothing is known of the steps."""
    if not 0 < target < 1 or any(not 0 < base <= 1 for base in bases):
        return None
    before, caps = float(np.prod(bases)), [child.reachable for child in children]
    best = float(
        np.prod([max(b, 1.0 if c is None else c) for b, c in zip(bases, caps, strict=True)])
    )
    if before >= target:
        shares, closable, method = tuple(bases), True, settings.chain_method
    else:
        odds = equal_odds(bases, target, caps)
        shares, closable, method = odds.rates, odds.is_closable, "equal_odds"
        relative = equal_relative(bases, target)
        if settings.chain_method == "equal_relative" and relative is not None:
            shares, method = relative, "equal_relative"
    required = max(0.0, target - before)
    split = Split(goal.goal_id, goal.node or "", method, required, best, None, closable)
    return split, _rows(goal, children, bases, method, shares, None)


def _rows(
    goal: Goal,
    children: Sequence[Goal],
    bases: Sequence[float],
    method: str,
    targets: Sequence[float],
    closable: Sequence[float] | None,
) -> tuple[Allocation, ...]:
    gaps: Sequence[float | None] = closable or [None] * len(children)
    return tuple(
        Allocation(
            child.goal_id, goal.goal_id, method, child.unit, base, child.reachable, gap,
            child.target, target,
        )
        for child, base, target, gap in zip(children, bases, targets, gaps, strict=True)
    )  # fmt: skip


def split_checks(forest: Forest, given: Sequence[Given]) -> tuple[Check, ...]:
    """Parents that ask for more than all children can reach; children that promise beyond it."""
    found = [
        Check(
            split.goal_id, "not_closable", "error",
            values={"target": forest.by_id[split.goal_id].target, "best": split.best},
        )
        for split, _ in given
        if not split.is_closable
    ]  # fmt: skip
    for goal in forest.goals:
        if goal.reachable is None or goal.target is None:
            continue
        if goal.better_by(goal.target, goal.reachable) > goal.slack:
            values = {"target": goal.target, "reachable": goal.reachable}
            found.append(Check(goal.goal_id, "target_beyond_reach", "warn", values=values))
    return tuple(found)


def chains(forest: Forest, today: Recomputed, planned: Recomputed) -> tuple[Chain, ...]:
    """TR5 and TR6 for every chain whose rates today are known and above 0."""
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        rates = _known(today, children)
        if goal.node not in ("rate_chain", "complement") or not rates or min(rates) <= 0:
            continue
        after = _known(planned, children)
        found.append(chain(goal.goal_id, [c.goal_id for c in children], rates, after, goal.target))
    return tuple(found)


def chain(
    goal_id: str,
    stages: Sequence[str],
    rates: Sequence[float],
    after: Sequence[float] | None,
    target: float | None,
) -> Chain:
    """One chain: product, parts of the change to ``after``, stage rates for a product of target.

    Methods side by side: equal odds, equal relative growth (None if a rate would reach 1),
    t^(1/k). after must be above 0 for the log-mean parts; else they are None.
    """
    before, aim = float(np.prod(rates)), target is not None and 0 < target < 1
    odds = equal_odds(rates, target) if aim and target is not None else None
    relative = equal_relative(rates, target) if aim and target is not None else None
    parts = tuple(map(float, log_mean_parts(rates, after))) if after and min(after) > 0 else None
    few = after is not None and len(rates) <= MOST_FOR_SHAPLEY
    return Chain(
        goal_id=goal_id,
        stages=tuple(stages),
        rates=tuple(rates),
        target=target,
        before=before,
        after=float(np.prod(after)) if after else None,
        contribution_log_mean=parts,
        contribution_shapley=shapley_parts(rates, after) if few and after else None,
        odds_shift=odds.shift if odds else None,
        equal_odds=odds.rates if odds else None,
        equal_relative=relative,
        equal_share=each_of(target, len(rates)) if aim and target is not None else None,
    )


def _known(values: Recomputed, children: Sequence[Goal]) -> list[float]:
    found = [values.counting(child.goal_id) for child in children]
    return [v for v in found if v is not None] if None not in found else []


def contributions(
    forest: Forest, today: Recomputed, planned: Recomputed, settings: Settings, seed: int
) -> tuple[Contribution, ...]:
    """TR6, TR7: the planned change of each parent by child, with intervals from the baselines."""
    drawn = baseline_draws(forest.goals, settings.draws, seed)
    found = []
    for goal in forest.goals:
        children = forest.children(goal, "formula")
        before, after = _known(today, children), _known(planned, children)
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

"""What each child must deliver (TR3-TR5) and where a planned change comes from (TR6, TR7)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playbook.chapters.tree.formulas import (
    MOST_FOR_SHAPLEY,
    Shares,
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
from playbook.chapters.tree.model import Allocation, Chain, Check, Split
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.recompute import (
    COMPUTED,
    Recomputed,
    upwards,
)

Reach = Sequence[float | None]
Given = tuple[Split, tuple[Allocation, ...]]


def best_case(forest: Forest) -> Recomputed:
    """Every goal with each leaf at what is reachable for it (or where it is, if that is better)."""

    def leaf(goal: Goal) -> float | None:
        if goal.reachable is None or goal.baseline is None:
            return goal.reachable
        ahead = goal.better_by(goal.baseline, goal.reachable) > 0
        return goal.baseline if ahead else goal.reachable

    return upwards(forest, leaf)


def splits(
    forest: Forest, today: Recomputed, best: Recomputed, settings: Settings
) -> tuple[Given, ...]:
    """Every parent whose target can be split: its children's baselines are all known.

    From the top down: a goal without a target of its own hands on what its parent asks of it.
    """
    found: dict[str, Given] = {}
    handed: dict[str, float] = {}
    for goal in reversed(forest.upwards):
        target = handed.get(goal.goal_id) if goal.target is None else goal.target
        given = _given(replace(goal, target=target), forest, today, best, settings)
        if given is not None:
            found[goal.goal_id] = given
            handed |= {row.goal_id: row.target for row in given[1]}
    return tuple(found[goal.goal_id] for goal in forest.goals if goal.goal_id in found)


def _given(
    goal: Goal, forest: Forest, today: Recomputed, best: Recomputed, settings: Settings
) -> Given | None:
    children = forest.children(goal, "formula")
    bases = [today.counting(child.goal_id) for child in children]
    known = [base for base in bases if base is not None]
    if goal.node not in COMPUTED or goal.target is None or not children:
        return None
    if len(known) < len(children):
        return None
    reach = tuple(best.counting(child.goal_id) for child in children)
    return _split(goal, children, known, reach, settings)


def _split(
    goal: Goal, children: Sequence[Goal], bases: Sequence[float], reach: Reach, settings: Settings
) -> Given | None:
    target = goal.target or 0.0
    given = [value for value in reach if value is not None]
    caps = given if len(given) == len(children) else None
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
            shares = _all_within(reach, bases, target)
        case _:
            return _split_chain(goal, children, bases, reach, settings)
    split = Split(
        goal.goal_id, goal.node, method, required, shares.best, shares.closable_total,
        shares.is_closable,
    )  # fmt: skip
    return split, _rows(goal, children, bases, reach, method, shares.targets, shares.closable)


def _all_within(reach: Reach, bases: Sequence[float], target: float) -> Shares:
    """The slowest part decides: nobody may be over the parent's target."""
    targets = tuple(min(base, target) for base in bases)
    worst = [value for value in reach if value is not None]
    can = all(value <= target for value in worst)
    best = max(worst) if len(worst) == len(reach) else None
    return Shares(targets, None, None, best, can)


def _split_chain(
    goal: Goal, children: Sequence[Goal], bases: Sequence[float], reach: Reach, settings: Settings
) -> Given | None:
    """TR5, and t^(1/k) where nothing is known of the steps."""
    target = goal.target or 0.0
    if not 0 < target < 1 or any(not 0 < base <= 1 for base in bases):
        return None
    before = float(np.prod(bases))
    best = float(
        np.prod([max(b, 1.0 if c is None else c) for b, c in zip(bases, reach, strict=True)])
    )
    method: str = settings.chain_method
    if before >= target:
        shares, closable = tuple(bases), True
    elif goal.node == "complement":
        shares, method = alike(bases, target), "equal_share"
        closable = best >= target - 1e-12
    else:
        odds = equal_odds(bases, target, reach)
        shares, closable, method = odds.rates, odds.is_closable, "equal_odds"
        relative = equal_relative(bases, target)
        if settings.chain_method == "equal_relative" and relative is not None:
            shares, method = relative, "equal_relative"
    required = max(0.0, target - before)
    split = Split(goal.goal_id, goal.node or "", method, required, best, None, closable)
    return split, _rows(goal, children, bases, reach, method, shares, None)


def alike(rates: Sequence[float], target: float) -> tuple[float, ...]:
    """TR1 complement: the same pass rate for every step; better ones stay, the rest share.

    >>> [round(x, 4) for x in alike([0.95, 0.95, 0.95], 0.95)]
    [0.983, 0.983, 0.983]
    """
    kept: dict[int, float] = {}
    while True:
        free = [i for i in range(len(rates)) if i not in kept]
        each = each_of(target / float(np.prod(list(kept.values()))), len(free))
        better = {i: rates[i] for i in free if rates[i] > each}
        if not better:
            return tuple(kept.get(i, each) for i in range(len(rates)))
        kept |= better


def _rows(
    goal: Goal,
    children: Sequence[Goal],
    bases: Sequence[float],
    reach: Reach,
    method: str,
    targets: Sequence[float],
    closable: Sequence[float] | None,
) -> tuple[Allocation, ...]:
    gaps: Sequence[float | None] = closable or [None] * len(children)
    return tuple(
        Allocation(child.goal_id, goal.goal_id, method, child.unit, base, best, gap,
                   child.target, target)
        for child, base, best, target, gap in zip(
            children, bases, reach, targets, gaps, strict=True
        )
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
        rates = all_known(today, children)
        if goal.node not in ("rate_chain", "complement") or not rates or min(rates) <= 0:
            continue
        after = all_known(planned, children)
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
        contribution_shapley=tuple(map(float, shapley_parts(rates, after)))
        if few and after
        else None,
        odds_shift=odds.shift if odds else None,
        equal_odds=odds.rates if odds else None,
        equal_relative=relative,
        equal_share=each_of(target, len(rates)) if aim and target is not None else None,
    )


def all_known(values: Recomputed, children: Sequence[Goal]) -> list[float]:
    """The children's values that count; none if one of them is not known."""
    found = [values.counting(child.goal_id) for child in children]
    return [v for v in found if v is not None] if None not in found else []

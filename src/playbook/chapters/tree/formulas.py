"""The arithmetic of a goal tree: combine, split, explain. Plain numbers in, plain numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, factorial, log, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MOST_FOR_SHAPLEY = 8


def combine(node: str, values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """TR1: the parent from its children, along the first axis of values (children, …).

    Raises ValueError for a node that no arithmetic joins, or weights that are negative or all 0.

    >>> round(float(combine("complement", [0.95, 0.95, 0.95])), 3)
    0.857
    """
    x = np.asarray(values, dtype=float)
    match node:
        case "additive":
            return np.asarray(x.sum(axis=0))
        case "rate_chain" | "complement":
            return np.asarray(x.prod(axis=0))
        case "max":
            return np.asarray(x.max(axis=0))
        case "weighted_mean":
            return np.asarray(np.tensordot(_portions(weights), x, axes=1))
        case _:
            raise ValueError(f"{node!r} is not computed from its children's values")


def _portions(weights: ArrayLike | None) -> Floats:
    w = np.asarray(weights if weights is not None else [], dtype=float)
    if w.size == 0 or (w < 0).any() or w.sum() <= 0:
        raise ValueError(f"weights must be at least 0 and not all 0, not {w.tolist()}")
    return np.asarray(w / w.sum())


@dataclass(frozen=True)
class Shares:
    """Child targets. best: the parent if every child gets to its reachable value."""

    targets: tuple[float, ...]
    closable: tuple[float, ...] | None
    closable_total: float | None
    best: float | None
    is_closable: bool


def split_sum(
    current: Sequence[float], reachable: Sequence[float] | None, target: float, sign: int
) -> Shares:
    """TR3: bring a sum to target in proportion to each child's closable gap (own rule).

    sign: 1 to raise, -1 to reduce. Without reachable: in proportion to size. If the gaps do not
    suffice every child is put at its reachable value and is_closable is False.
    """
    x = np.asarray(current, dtype=float)
    need = sign * (target - float(x.sum()))
    if reachable is None:
        grown = x * (target / x.sum()) if x.sum() != 0 else np.full(x.size, target / x.size)
        return Shares(_plain(grown), None, None, None, True)
    gaps = np.maximum(0.0, sign * (np.asarray(reachable, dtype=float) - x))
    total = float(gaps.sum())
    enough = total >= need - 1e-9 * max(1.0, abs(need))
    used = gaps * (min(1.0, max(0.0, need) / total) if total > 0 else 0.0)
    best = float(x.sum()) + sign * total
    return Shares(_plain(x + sign * used), _plain(gaps), total, best, enough)


def split_mean(
    current: Sequence[float],
    reachable: Sequence[float] | None,
    weights: Sequence[float],
    target: float,
    sign: int = 1,
) -> Shares:
    """TR4: bring a volume-weighted mean to target in proportion to each child's closable gap.

    Without reachable every child is lifted by the same amount (equal_lift).
    """
    x, portions = np.asarray(current, dtype=float), _portions(weights)
    need = sign * (target - float(portions @ x))
    if reachable is None:
        return Shares(_plain(x + sign * need), None, None, None, True)
    gaps = np.maximum(0.0, sign * (np.asarray(reachable, dtype=float) - x))
    total = float(portions @ gaps)
    enough = total >= need - 1e-9
    used = gaps * (min(1.0, max(0.0, need) / total) if total > 0 else 0.0)
    best = float(portions @ x) + sign * total
    return Shares(_plain(x + sign * used), _plain(gaps), total, best, enough)


@dataclass(frozen=True)
class Odds:
    """Stage rates of an equal-odds split; shift: what is added to each log-odds."""

    rates: tuple[float, ...]
    shift: float | None
    is_closable: bool


def equal_odds(
    rates: Sequence[float], target: float, caps: Sequence[float | None] | None = None
) -> Odds:
    """TR5: lift every rate by the same log-odds until their product is target.

    A rate of 1 stays; a rate that would pass its cap is put at the cap and the rest share what is
    left. Rates must lie in (0, 1], target in (0, 1). Raises ValueError otherwise.

    >>> [round(x, 3) for x in equal_odds([0.9, 0.85, 0.88], 0.8).rates]
    [0.943, 0.912, 0.931]
    """
    if not 0 < target < 1 or any(not 0 < x <= 1 for x in rates):
        raise ValueError(f"rates in (0, 1] and a target in (0, 1) are needed, not {target}")
    limits = [1.0 if cap is None else max(cap, x) for x, cap in zip(
        rates, caps or [None] * len(rates), strict=True)]  # fmt: skip
    if prod(limits) < target - 1e-12:
        return Odds(tuple(limits), None, False)
    held = {i: x for i, x in enumerate(rates) if x == 1}
    while True:
        free = [i for i in range(len(rates)) if i not in held]
        shift = _odds_shift([rates[i] for i in free], target / prod(held.values()))
        lifted = {i: _shifted(rates[i], shift) for i in free}
        over = [i for i in free if lifted[i] > limits[i] + 1e-15]
        if not over:
            merged = held | lifted
            return Odds(tuple(merged[i] for i in range(len(rates))), shift if free else None, True)
        held |= {i: limits[i] for i in over}


def _odds_shift(rates: Sequence[float], target: float) -> float:
    from scipy.optimize import brentq

    if not rates or target >= 1:
        return 0.0 if not rates else 60.0
    found = brentq(lambda h: prod(_shifted(x, h) for x in rates) - target, -60, 60, xtol=1e-14)
    return float(found)


def _shifted(rate: float, shift: float) -> float:
    return 1 / (1 + exp(-(log(rate / (1 - rate)) + shift))) if 0 < rate < 1 else rate


def equal_relative(rates: Sequence[float], target: float) -> tuple[float, ...] | None:
    """TR5: every rate times the same factor; None if one would have to be 1 or more.

    >>> [round(x, 3) for x in equal_relative([0.9, 0.85, 0.88], 0.8)]
    [0.953, 0.9, 0.932]
    """
    factor = (target / prod(rates)) ** (1 / len(rates))
    lifted = tuple(x * factor for x in rates)
    return None if any(x >= 1 for x in lifted) else lifted


def each_of(target: float, steps: int) -> float:
    """TR1 complement: the pass rate each of so many steps needs.

    >>> round(each_of(0.95, 3), 3)
    0.983
    """
    return float(target ** (1 / steps))


def log_mean_parts(before: ArrayLike, after: ArrayLike) -> Floats:
    """TR6: parts of the change of a product by log-mean weights (LMDI; Ang 2005, Energy Policy 33).

    before, after: (factors, …), all above 0 (ValueError). The parts sum to the change.
    """
    x0, x1 = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if (x0 <= 0).any() or (x1 <= 0).any():
        raise ValueError("log-mean parts need values above 0")
    p0, p1 = x0.prod(axis=0), x1.prod(axis=0)
    growth = np.log(p1 / p0)
    same = np.abs(growth) < 1e-12
    mean = np.where(same, p0, (p1 - p0) / np.where(same, 1.0, growth))
    return np.asarray(mean * np.log(x1 / x0))


def shapley_parts(before: ArrayLike, after: ArrayLike) -> Floats:
    """TR6: parts of the change of a product averaged over all orders (Shapley 1953).

    before, after: (factors, …), at most 8 factors (ValueError); noughts are allowed.
    """
    x0, x1 = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    k = x0.shape[0]
    if k > MOST_FOR_SHAPLEY:
        raise ValueError(f"at most {MOST_FOR_SHAPLEY} factors, not {k}")

    def product(moved: frozenset[int]) -> Floats:
        return np.asarray(np.prod([x1[i] if i in moved else x0[i] for i in range(k)], axis=0))

    def part(i: int) -> Floats:
        others = [j for j in range(k) if j != i]
        return sum(
            factorial(size) * factorial(k - 1 - size) / factorial(k)
            * (product(frozenset((*chosen, i))) - product(frozenset(chosen)))
            for size in range(k)
            for chosen in combinations(others, size)
        )  # type: ignore[return-value]  # fmt: skip

    return np.array([part(i) for i in range(k)])


def cause_change(share: float, total_change: float) -> float:
    """TR7: relative change of one cause when only it moved.

    share: its part of the total before; total_change: relative change of the total.

    >>> round(cause_change(0.9, -0.15), 4)
    -0.1667
    """
    if not 0 < share <= 1:
        raise ValueError(f"share={share} must lie in (0, 1]")
    return total_change / share


@dataclass(frozen=True)
class RateAndMix:
    """TR8: both effects per child; together they sum to change."""

    change: float
    rate_effect: tuple[float, ...]
    mix_effect: tuple[float, ...]
    simpson: bool


def rate_and_mix(
    weight_before: Sequence[float],
    value_before: Sequence[float],
    weight_after: Sequence[float],
    value_after: Sequence[float],
) -> RateAndMix:
    """TR8: split the change of a weighted mean into rate and mix effects (midpoint weights,
    after Marshall and Edgeworth; mix against the mean of both overall values).
    """
    w0, w1 = _portions(weight_before), _portions(weight_after)
    x0, x1 = np.asarray(value_before, dtype=float), np.asarray(value_after, dtype=float)
    total0, total1 = float(w0 @ x0), float(w1 @ x1)
    rate = (w0 + w1) / 2 * (x1 - x0)
    mix = ((x0 + x1) / 2 - (total0 + total1) / 2) * (w1 - w0)
    change, moves = total1 - total0, np.sign(x1 - x0)
    simpson = bool(x0.size > 1 and abs(moves.sum()) == x0.size and moves[0] * change < 0)
    return RateAndMix(change, _plain(rate), _plain(mix), simpson)


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) + 0.0 for value in values)  # no negative nought

"""GO4, GO5, GO6, GO7: place among peers, gap, achievable benchmark, market share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose, sqrt

import numpy as np

from playbook.chapters.goals.evidence import Position
from playbook.core.stats import (
    Estimate,
    Floats,
    bootstrap_rows,
    newcombe,
    percentile_interval,
    welch,
    wilson,
    z_of,
)


@dataclass(frozen=True)
class Sales:
    """Shares of one market; relative: own over the largest other; hhi: 0-10,000."""

    share: Mapping[str, float]
    relative_share: float | None
    hhi: float


def position(
    own: float, peers: Sequence[float], direction: str, quantiles: bool = True
) -> Position:
    """GO4: where our value stands; the own value is never one of the peers.

    Quantiles are type 7 (Hyndman & Fan 1996) on the scale turned so that higher is better, so p75
    is beaten by the best quarter of peers whichever way is good. quantiles=False: rank only.
    Raises ValueError without peers or for a maintain metric, which has no good side.
    """
    if not peers or direction not in ("increase", "decrease"):
        raise ValueError("a position needs peers and a direction")
    sign = 1.0 if direction == "increase" else -1.0
    u = sign * np.asarray(peers, dtype=float)
    equal = np.isclose(u, sign * own, rtol=1e-12, atol=0)
    worse = (u < sign * own) & ~equal
    rank = 100 * float(worse.sum() + 0.5 * equal.sum()) / len(u)
    best = sign * float(u.max())
    if not quantiles:
        return Position(rank, None, None, None, best, own - best, None, None)
    u50, u75, u90 = (float(q) for q in np.quantile(u, [0.5, 0.75, 0.9]))
    return Position(
        rank,
        sign * u50,
        sign * u75,
        sign * u90,
        best,
        own - best,
        own - sign * u75,
        peer_class(sign * own, u75, u90),
    )


def peer_class(u: float, u75: float, u90: float) -> str:
    """GO4: the class of a value, higher being better."""
    return "at_or_below_p75" if u <= u75 else "p75_p90" if u <= u90 else "above_p90"


def p75_interval(
    peers: Sequence[float], direction: str, draws: int, seed: int, level: float = 0.95
) -> tuple[float, float] | None:
    """Bootstrap interval of the peers' p75, peers drawn with replacement."""
    sign = 1.0 if direction == "increase" else -1.0
    u = sign * np.asarray(peers, dtype=float)

    def p75(rows: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> Floats:
        return np.array([np.quantile(u[rows], 0.75)])

    found = percentile_interval(bootstrap_rows(len(u), draws, seed, p75), level)
    if found is None:
        return None
    low, high = sorted(sign * end for end in found)
    return low, high


@dataclass(frozen=True)
class Counted:
    """One side of a gap: a value with the counts behind it, if any."""

    value: float
    estimate: Estimate
    x: float | None = None
    n: float | None = None
    sd: float | None = None


def gap_interval(us: Counted, them: Counted, kind: str, level: float = 0.95) -> Estimate:
    """GO5: us minus the reference with its interval.

    Two shares with n: Newcombe (1998). Two means with sd and n: Welch (1947). Else the two
    standard errors are put together, a standard error being half the width of an interval over z;
    if only ours is known, ours alone.
    """
    gap = us.value - them.value
    if kind == "share" and us.n and them.n:
        mine, yours = (s.x if s.x is not None else s.value * (s.n or 0) for s in (us, them))
        return newcombe(mine, us.n, yours, them.n, level)
    if us.sd is not None and them.sd is not None and us.n and them.n and min(us.n, them.n) >= 2:
        return welch(us.value, us.sd, us.n, them.value, them.sd, them.n, level)
    se_us, se_them = _error(us, kind, level), _error(them, kind, level)
    if se_us is None:
        return Estimate(gap, None, None, 0)
    if se_them is None:
        low, high = us.estimate.low, us.estimate.high
        if low is None or high is None:
            return Estimate(gap, None, None, 0)
        return Estimate(gap, low - them.value, high - them.value, us.estimate.n)
    half = z_of(level) * sqrt(se_us**2 + se_them**2)
    return Estimate(gap, gap - half, gap + half, us.estimate.n + them.estimate.n)


def _error(side: Counted, kind: str, level: float) -> float | None:
    if kind == "rate" and side.x:  # sd of a Poisson count is its root
        return side.value / sqrt(side.x)
    low, high = side.estimate.low, side.estimate.high
    return None if low is None or high is None else (high - low) / 2 / z_of(level)


def attainable(
    x: Sequence[float], n: Sequence[float], part: float = 0.1
) -> tuple[Estimate, tuple[int, ...]]:
    """GO6: the level that our best units hold together (Kiefe 1998; Weissman 1999).

    Units by (x+1)/(n+2), best first, until they hold this part of all cases; their pooled share
    with its Wilson interval, and their places in the table in the order taken.
    """
    order = sorted(range(len(n)), key=lambda i: -(x[i] + 1) / (n[i] + 2))
    wanted = part * sum(n)
    taken: list[int] = []
    for i in order:
        taken.append(i)
        cases = sum(n[j] for j in taken)
        if cases > wanted or isclose(cases, wanted, rel_tol=1e-12):
            break
    return wilson(sum(x[i] for i in taken), sum(n[i] for i in taken)), tuple(taken)


def market_share(sales: Mapping[str, float], own: str) -> Sales:
    """GO7: shares, share relative to the largest other, Herfindahl-Hirschman index.

    >>> market_share({"us": 120, "b": 200, "c": 90, "d": 90}, "us").hhi
    2824.0
    """
    total = sum(sales.values())
    share = {entity: value / total for entity, value in sales.items()}
    others = [value for entity, value in sales.items() if entity != own]
    largest = max(others, default=0.0)
    relative = sales[own] / largest if largest > 0 else None
    squares = sum(value**2 for value in sales.values())
    return Sales(share, relative, 10_000 * squares / total**2)

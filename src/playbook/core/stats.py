"""Intervals and resampling that several chapters need.

Every function gives a fraction 0-1 for shares and NaN-free numbers; undefined is None. Level is
0.95 unless said. Random numbers come from a seed that is an argument.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atanh, isfinite, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, chdtri, ndtri, stdtrit

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value with its interval and the number of observations behind it; None = undefined."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def z_of(level: float = 0.95) -> float:
    """Two-sided normal quantile: 1.959964 at 0.95.

    >>> round(z_of(), 6)
    1.959964
    """
    return float(ndtri(0.5 + level / 2))


def wilson(x: float, n: float, level: float = 0.95) -> Estimate:
    """Share x/n with the Wilson score interval (Wilson 1927), no continuity correction.

    The end is exactly 0 at x = 0 and exactly 1 at x = n. n = 0 is undefined.

    >>> wilson(0, 10)
    Estimate(value=0.0, low=0.0, high=0.277532..., n=10)
    """
    if n <= 0:
        return Estimate(None, None, None, 0)
    if not 0 <= x <= n:
        raise ValueError(f"x={x} must lie in 0..n={n}")
    p, z2 = x / n, z_of(level) ** 2
    middle = p + z2 / (2 * n)
    half = sqrt(z2 * p * (1 - p) / n + z2 * z2 / (4 * n * n))
    low = 0.0 if x == 0 else (middle - half) / (1 + z2 / n)
    high = 1.0 if x == n else (middle + half) / (1 + z2 / n)
    return Estimate(p, low, high, round(n))


def newcombe(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Estimate:
    """Difference x1/n1 - x2/n2 of two independent shares (Newcombe 1998, method 10).

    >>> e = newcombe(56, 70, 48, 80)
    >>> round(e.low, 4), round(e.high, 4)
    (0.0524, 0.3339)
    """
    if n1 <= 0 or n2 <= 0:
        return Estimate(None, None, None, 0)
    a, b = wilson(x1, n1, level), wilson(x2, n2, level)
    p1, l1, u1 = _known(a)
    p2, l2, u2 = _known(b)
    d = p1 - p2
    low = d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return Estimate(d, low, high, round(n1 + n2))


def _known(e: Estimate) -> tuple[float, float, float]:
    if e.value is None or e.low is None or e.high is None:
        raise ValueError("an undefined estimate")
    return e.value, e.low, e.high


def mean_t(values: ArrayLike, level: float = 0.95) -> Estimate:
    """Mean with Student's t interval; NaN left out; n = 1 has no interval.

    >>> mean_t([1, 2, 3])
    Estimate(value=2.0, low=-0.484..., high=4.484..., n=3)
    """
    x = np.asarray(values, dtype=float)
    x = x[~np.isnan(x)]
    if x.size == 0:
        return Estimate(None, None, None, 0)
    m = float(x.mean())
    if x.size == 1:
        return Estimate(m, None, None, 1)
    half = float(stdtrit(x.size - 1, 0.5 + level / 2) * x.std(ddof=1) / sqrt(x.size))
    return Estimate(m, m - half, m + half, int(x.size))


def welch(
    m1: float, s1: float, n1: float, m2: float, s2: float, n2: float, level: float = 0.95
) -> Estimate:
    """Difference of two independent means from mean, standard deviation and n (Welch 1947).

    Undefined below two observations a side; without any spread the interval is the difference.

    >>> e = welch(20.0, 3.0, 10, 18.0, 5.0, 12)
    >>> round(e.low, 4), round(e.high, 4)
    (-1.6236, 5.6236)
    """
    d, total = m1 - m2, round(n1 + n2)
    if min(n1, n2) < 2:
        return Estimate(d, None, None, total)
    a, b = s1**2 / n1, s2**2 / n2
    if a + b == 0:
        return Estimate(d, d, d, total)
    df = welch_df(a, n1 - 1, b, n2 - 1)
    half = float(stdtrit(df, 0.5 + level / 2)) * sqrt(a + b)
    return Estimate(d, d - half, d + half, total)


def welch_df(a: float, df_a: float, b: float, df_b: float) -> float:
    """Welch-Satterthwaite degrees of freedom of the sum of two squared standard errors a and b.

    >>> welch_df(1.0, 9, 1.0, 9)
    18.0
    """
    return (a + b) ** 2 / (a**2 / df_a + b**2 / df_b)


def poisson_rate(x: float, exposure: float, level: float = 0.95) -> Estimate:
    """Events per unit of exposure with the exact Poisson interval (Garwood 1936)."""
    if exposure <= 0:
        return Estimate(None, None, None, 0)
    a = 1 - level
    # chdtri takes the upper tail
    low = 0.0 if x == 0 else float(chdtri(2 * x, 1 - a / 2)) / 2
    high = float(chdtri(2 * x + 2, a / 2)) / 2
    return Estimate(x / exposure, low / exposure, high / exposure, round(x))


def nps(promoters: float, detractors: float, n: float, level: float = 0.95) -> Estimate:
    """Net promoter score in points -100..100 with the Wald interval (Rocks 2016)."""
    if n <= 0:
        return Estimate(None, None, None, 0)
    p, d = promoters / n, detractors / n
    half = z_of(level) * 100 * sqrt(max(0.0, p + d - (p - d) ** 2) / n)
    score = 100 * (p - d)
    return Estimate(score, score - half, score + half, round(n))


def correlation(r: float, n: int, level: float = 0.95) -> Estimate:
    """Fisher interval of a correlation; n > 3, |r| < 1.

    >>> e = correlation(0.78, 12)
    >>> round(e.low, 2), round(e.high, 2)
    (0.37, 0.94)
    """
    if n <= 3 or abs(r) >= 1:
        return Estimate(r, None, None, n)
    half = z_of(level) / sqrt(n - 3)
    return Estimate(r, tanh(atanh(r) - half), tanh(atanh(r) + half), n)


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's step-down adjusted p-values (Holm 1979); None stays None and does not count.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    known = sorted((p, i) for i, p in enumerate(p_values) if p is not None)
    out: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, i) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - rank)))
        out[i] = highest
    return out


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values that hold the false discovery rate (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p_values)), key=lambda i: -p_values[i])
    out, lowest, m = [0.0] * len(p_values), 1.0, len(p_values)
    for place, i in enumerate(order):
        lowest = min(lowest, p_values[i] * m / (m - place))
        out[i] = lowest
    return out


def chi_square(table: ArrayLike) -> tuple[float, int, float]:
    """Pearson chi-square of a contingency table, no continuity correction: (statistic, df, p).

    Rows and columns without a count are dropped; a table of one row or column gives (0, 0, 1).
    """
    counts = np.asarray(table, dtype=float)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return 0.0, 0, 1.0
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    statistic = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    return statistic, df, float(chdtrc(df, statistic))


def bootstrap_rows(
    n: int, draws: int, seed: int, statistic: Callable[[NDArray[np.intp]], Floats]
) -> Floats:
    """Apply statistic to draws resamples of row numbers 0..n-1: array (draws, size of statistic).

    The respondent, a whole row, is the unit (Efron 1979).
    """
    rng = np.random.default_rng(seed)
    return np.stack([statistic(rng.integers(0, n, n)) for _ in range(draws)])


def percentile_interval(draws: ArrayLike, level: float = 0.95) -> tuple[float, float] | None:
    """Percentile interval of bootstrap draws; draws that are not finite are left out."""
    x = np.asarray(draws, dtype=float)
    x = x[np.isfinite(x)]
    if x.size == 0:
        return None
    low, high = np.quantile(x, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def kish_n(weights: ArrayLike) -> float:
    """Effective number of observations under weights (Kish 1965): (sum w)^2 / sum w^2."""
    w = np.asarray(weights, dtype=float)
    return float(w.sum() ** 2 / (w**2).sum())


@dataclass(frozen=True)
class WeightedMean:
    """A mean under survey weights; n rows used, n_effective after Kish; None = undefined."""

    value: float | None
    se: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float | None


def weighted_mean(values: ArrayLike, weights: ArrayLike, level: float = 0.95) -> WeightedMean:
    """Mean under sampling weights with the linearised standard error (Binder 1983).

    Rows without a value or without a positive weight are left out. The interval is normal.
    Weights are no frequencies: only their ratios count.

    >>> weighted_mean([1, 2, 3], [1, 1, 1]).se
    0.577350...
    """
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    used = ~np.isnan(x) & (w > 0)
    x, w = x[used], w[used]
    n = int(x.size)
    if n == 0:
        return WeightedMean(None, None, None, None, 0, None)
    m = float(w @ x / w.sum())
    if n == 1:
        return WeightedMean(m, None, None, None, 1, 1.0)
    se = sqrt(n / (n - 1) * float(((w * (x - m)) ** 2).sum())) / float(w.sum())
    half = z_of(level) * se
    return WeightedMean(m, se, m - half, m + half, n, kish_n(w))


def kaplan_meier(
    times: Sequence[float], events: Sequence[bool]
) -> tuple[tuple[tuple[float, float], ...], float | None]:
    """Share without event after each event time, and the median time (Kaplan & Meier 1958).

    A time without event is censored: nothing had happened up to it. Ties: events come first.

    >>> kaplan_meier([2, 3, 4], [True, False, True])
    (((0.0, 1.0), (2.0, 0.666...), (4.0, 0.0)), 4.0)
    """
    left, curve = 1.0, [(0.0, 1.0)]
    for time in sorted({t for t, event in zip(times, events, strict=True) if event}):
        at_risk = sum(t >= time for t in times)
        happened = sum(t == time and event for t, event in zip(times, events, strict=True))
        left *= 1 - happened / at_risk
        curve.append((float(time), left))
    median = next((time for time, share in curve if share <= 0.5 + 1e-12), None)
    return tuple(curve), median


def finite(value: float) -> float | None:
    """None for a number that is not finite."""
    return float(value) if isfinite(value) else None

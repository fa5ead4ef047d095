"""Reliability from a covariance matrix: S11-S15. No rows needed, so published matrices do too."""

from math import sqrt

import numpy as np
from scipy.special import fdtr, fdtrc, fdtri

from playbook.chapters.servqual.result_reliability import Interval, SplitHalf, Verdict
from playbook.core.stats import Floats


def raw_alpha(C: Floats) -> float | None:
    """Cronbach's alpha (1951) of a covariance matrix (S11); None below two items."""
    k, total = C.shape[0], float(C.sum())
    if k < 2 or total <= 0:
        return None
    return float(k / (k - 1) * (1 - np.trace(C) / total))


def correlations(C: Floats) -> Floats:
    """Correlation matrix of a covariance matrix."""
    s = np.sqrt(np.diag(C))
    return np.asarray(C / np.outer(s, s), dtype=np.float64)


def standardised_alpha(C: Floats) -> float | None:
    """Alpha of the correlation matrix: another number than raw alpha, never mixed with it."""
    return raw_alpha(correlations(C))


def feldt_interval(alpha: float, n: int, k: int, level: float = 0.95) -> Interval:
    """Interval of alpha (Feldt, Woodruff & Salih 1987; S12). n: the rows really used.

    >>> [round(x, 4) for x in feldt_interval(0.8, 60, 4)]
    [0.7023, 0.8715]
    """
    if n < 2 or k < 2 or alpha >= 1:
        return None
    df1, df2, tail = n - 1, (n - 1) * (k - 1), (1 - level) / 2
    low = 1 - (1 - alpha) * float(fdtri(df1, df2, 1 - tail))
    return low, 1 - (1 - alpha) * float(fdtri(df1, df2, tail))


def against_target(
    alpha: float, n: int, k: int, target: float
) -> tuple[float | None, float | None, Verdict | None]:
    """One-sided p that alpha is above, below the target, and the verdict by the interval (S12)."""
    ci = feldt_interval(alpha, n, k)
    if ci is None:
        return None, None, None
    F, df1, df2 = (1 - target) / (1 - alpha), n - 1, (n - 1) * (k - 1)
    verdict: Verdict = "proven" if ci[0] >= target else "below" if ci[1] < target else "undecided"
    return float(fdtrc(df1, df2, F)), float(fdtr(df1, df2, F)), verdict


def item_total(C: Floats) -> list[float | None]:
    """Corrected item-total correlation: each item with the sum of the others (S13)."""
    out: list[float | None] = []
    total = float(C.sum())
    for i in range(C.shape[0]):
        own, with_all = float(C[i, i]), float(C[i].sum())
        rest = total - 2 * with_all + own
        size = own * rest
        out.append((with_all - own) / sqrt(size) if size > 0 else None)
    return out


def alpha_if_deleted(C: Floats) -> list[float | None]:
    """Raw alpha without each item (S13); None for two items."""
    k = C.shape[0]
    if k < 3:
        return [None] * k
    keep = [[j for j in range(k) if j != i] for i in range(k)]
    return [raw_alpha(C[np.ix_(rest, rest)]) for rest in keep]


def lambda6(C: Floats) -> float | None:
    """Guttman's lambda6 (1945; S14); None if the correlation matrix is singular."""
    R = correlations(C)
    if R.shape[0] < 2 or np.linalg.cond(R) > 1e10:
        return None
    smc = 1 - 1 / np.diag(np.linalg.inv(R))
    return float(1 - (1 - smc).sum() / R.sum())


def split_half(C: Floats) -> SplitHalf:
    """Odd against even positions (S15): Spearman-Brown, Horst (1951) for unequal halves, Rulon."""
    k = C.shape[0]
    odd, even = list(range(0, k, 2)), list(range(1, k, 2))
    if k < 2:
        return SplitHalf(None, None, None, None)
    v1, v2 = float(C[np.ix_(odd, odd)].sum()), float(C[np.ix_(even, even)].sum())
    both = float(C[np.ix_(odd, even)].sum())
    if v1 <= 0 or v2 <= 0:
        return SplitHalf(None, None, None, None)
    r = both / sqrt(v1 * v2)
    if r <= 0 or r >= 1:
        return SplitHalf(r, None, None, None)
    pq = len(odd) / k * len(even) / k
    r2 = r * r
    horst = (sqrt(r2 * r2 + 4 * r2 * (1 - r2) * pq) - r2) / (2 * pq * (1 - r2))
    return SplitHalf(r, 2 * r / (1 + r), horst, 2 * (1 - (v1 + v2) / float(C.sum())))

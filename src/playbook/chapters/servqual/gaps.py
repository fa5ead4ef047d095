"""Gaps and scores with their intervals: S1-S6, S26."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from playbook.chapters.servqual.result import Score
from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.stats import Floats

Members = Sequence[Sequence[int]]


def dimension_scores(x: Floats, members: Members, half_rule: float = 0.5) -> Floats:
    """Per respondent and dimension the mean of the valid items (S1): (n, k) -> (n, dimensions).

    NaN where fewer than half_rule of the dimension's items are valid (5 items need 3).
    """
    out = np.full((x.shape[0], len(members)), np.nan)
    for d, places in enumerate(members):
        part = x[:, list(places)]
        valid = ~np.isnan(part)
        counts = valid.sum(axis=1)
        enough = (counts > 0) & (counts >= half_rule * len(places) - 1e-9)
        out[enough, d] = np.nansum(part[enough], axis=1) / counts[enough]
    return out


def score(values: Floats) -> Score:
    """Mean, SD, SE and t interval of the values that are there."""
    x = values[~np.isnan(values)]
    n = int(x.size)
    if n == 0:
        return Score(0, None, None, None, None)
    m = float(x.mean())
    if n == 1:
        return Score(1, m, None, None, None)
    sd = float(x.std(ddof=1))
    se = sd / sqrt(n)
    half = float(stdtrit(n - 1, 0.975)) * se
    return Score(n, m, sd, se, (m - half, m + half))


def t_test(found: Score, least_n: int = 10) -> tuple[float | None, int | None, float | None]:
    """t, degrees of freedom and two-sided p of a mean against nought (S5).

    None below least_n rows or without variance.
    """
    if found.n < max(least_n, 2) or not found.se or found.mean is None:
        return None, None, None
    t = found.mean / found.se
    return t, found.n - 1, float(2 * stdtr(found.n - 1, -abs(t)))


def effect_size(found: Score) -> float | None:
    """dz: the mean difference in units of its standard deviation."""
    return found.mean / found.sd if found.sd and found.mean is not None else None


def wilcoxon(differences: Floats, least_n: int = 10) -> tuple[float | None, float | None]:
    """Sum of positive signed ranks and its two-sided p (Wilcoxon 1945; S5).

    Noughts are dropped, ties averaged; normal approximation with tie correction and without
    continuity correction.
    """
    x = differences[~np.isnan(differences)]
    n_all = x.size
    x = x[x != 0]
    n = x.size
    if n == 0 or n_all < least_n:
        return None, None
    _, place, counts = np.unique(np.round(np.abs(x), 10), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    v = float(ranks[x > 0].sum())
    ties = float((counts.astype(float) ** 3 - counts).sum())
    variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
    z = (v - n * (n + 1) / 4) / sqrt(variance)
    return v, float(2 * ndtr(-abs(z)))


def correlation_of(a: Floats, b: Floats) -> float | None:
    """Pearson's r on rows with both values; None without variance."""
    both = ~np.isnan(a) & ~np.isnan(b)
    if both.sum() < 2:
        return None
    x, y = a[both] - a[both].mean(), b[both] - b[both].mean()
    size = sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / size if size > 0 else None


def ceiling_share(x: Floats, high: float) -> float | None:
    """Share of valid answers at the top of the scale (S26)."""
    valid = x[~np.isnan(x)]
    return float((valid == high).mean()) if valid.size else None


def weighted_scores(
    gaps: Floats, points: Floats
) -> tuple[Score, float | None, Floats, tuple[float, ...]]:
    """S3: per respondent sum w/100 G; beside it sum (mean w)/100 (mean G); the parts per dimension.

    gaps, points: (n, dimensions); points in shares of 100, rows not used are NaN.
    """
    parts = points / 100 * gaps
    mean_points = np.nanmean(points, axis=0)
    of_means = float((mean_points / 100 * np.nanmean(gaps, axis=0)).sum())
    return score(parts.sum(axis=1)), of_means, parts, tuple(float(x) for x in mean_points)


def difference_reliability(
    sd_p: float, sd_e: float, r_pp: float, r_ee: float, r_pe: float
) -> float | None:
    """Reliability of P - E (Johns 1981; S6); None where the difference does not vary.

    >>> difference_reliability(1, 1, 0.9, 0.9, 0.5)
    0.8
    """
    shared = 2 * r_pe * sd_p * sd_e
    variance = sd_p**2 + sd_e**2 - shared
    if variance <= 1e-12:
        return None
    return (sd_p**2 * r_pp + sd_e**2 * r_ee - shared) / variance


def excludes_nought(ci: Interval) -> bool:
    """True if the interval lies on one side of nought."""
    return ci is not None and (ci[0] > 0 or ci[1] < 0)

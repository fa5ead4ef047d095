"""How sure: joint ellipse, exact test, Fong, Goodman, K15-K17 and K19."""

from dataclasses import dataclass
from math import atan2, degrees, log, sqrt

import numpy as np
from scipy.special import bdtr, ndtri

from playbook.chapters.kano.rules import A, Floats, M, O, R, top_two

Matrix2 = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Ellipse:
    """Joint region of (|worse|, better); semi-axes in coefficient units, angle from the x axis."""

    centre_worse_abs: float
    centre_better: float
    semi_major: float
    semi_minor: float
    angle_deg: float


def _moments(counts: Floats) -> tuple[float, float, float, float, float]:
    """better, |worse|, their variances and covariance from the multinomial (K15)."""
    n = float(counts[:R].sum())
    b, w = float(counts[A] + counts[O]) / n, float(counts[O] + counts[M]) / n
    return b, w, b * (1 - b) / n, w * (1 - w) / n, (float(counts[O]) / n - b * w) / n


def covariance(counts: Floats) -> Matrix2 | None:
    """K15: covariance of (better, worse), plain counts; the sign follows worse, not |worse|."""
    if counts[:R].sum() <= 0:
        return None
    _, _, var_b, var_w, cov = _moments(counts)
    return (var_b, -cov), (-cov, var_w)


def ellipse(counts: Floats, level: float = 0.95) -> Ellipse | None:
    """K15: the joint region; 1 is added to each of M, O, A, I, so that noughts keep a width."""
    if counts[:R].sum() <= 0:
        return None
    added = counts.copy()
    added[:R] += 1
    b, w, var_b, var_w, cov = _moments(added)
    values = np.linalg.eigvalsh(np.array([[var_w, cov], [cov, var_b]]))
    # the chi-square quantile with two degrees of freedom: 5.991465 at 95 %
    scale = -2 * log(1 - level)
    minor, major = (sqrt(scale * max(0.0, float(v))) for v in values)
    return Ellipse(w, b, major, minor, degrees(0.5 * atan2(2 * cov, var_w - var_b)))


@dataclass(frozen=True)
class Fong:
    """K16, for comparison with older reports only (Fong 1996)."""

    lhs: float
    rhs: float
    significant: bool


def fong(counts: Floats) -> Fong | None:
    """K16: the two largest of M, O, A, I, R; treats them as independent samples, which they are
    not: named equal categories differ by it in 15-27 % of samples instead of 10 %."""
    n = float(counts.sum())
    if n <= 0:
        return None
    (_, a), (_, b) = top_two(counts)
    rhs = 1.65 * sqrt((a + b) * (2 * n - a - b) / (2 * n))
    return Fong(a - b, rhs, a - b >= rhs)


def top_two_p(counts: Floats) -> float | None:
    """K17: two-sided exact test of the larger of the two largest against one half.

    Valid for "the winner is the true largest" (Hung & Fithian 2019).

    >>> round(top_two_p(np.array([95.0, 123, 45, 33, 0, 0])), 6)
    0.067203
    """
    (_, a), (_, b) = top_two(counts)
    if a + b <= 0:
        return None
    # symmetric about one half: twice the lower tail is the exact two-sided p
    return min(1.0, 2 * float(bdtr(round(b), round(a + b), 0.5)))


def goodman(counts: Floats, level: float = 0.95) -> tuple[tuple[float, float], ...] | None:
    """K19: simultaneous intervals of the shares of all categories (Goodman 1965)."""
    n = float(counts.sum())
    if n <= 0:
        return None
    q = float(ndtri(1 - (1 - level) / (2 * counts.size))) ** 2
    half = np.sqrt(q * (q + 4 * counts * (n - counts) / n))
    low, high = (q + 2 * counts - half) / (2 * (n + q)), (q + 2 * counts + half) / (2 * (n + q))
    ends = zip(np.clip(low, 0, 1), np.clip(high, 0, 1), strict=True)
    return tuple((float(a), float(b)) for a, b in ends)

"""Customer level: right as inference only where customers themselves were randomised (PI1-PI6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from playbook.core.stats import Estimate, chi_square, welch_df, z_of


def agresti_caffo(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Estimate:
    """Difference of two shares with the Agresti-Caffo interval (2000; PI1); may leave -1..1."""
    a, b = (x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)
    half = z_of(level) * sqrt(a * (1 - a) / (n1 + 2) + b * (1 - b) / (n2 + 2))
    return Estimate(x1 / n1 - x2 / n2, a - b - half, a - b + half, round(n1 + n2))


@dataclass(frozen=True)
class MeanDifference:
    """Difference of two means with Satterthwaite degrees of freedom."""

    diff: float
    se: float
    t: float
    df: float
    p_two_sided: float
    ci_low: float
    ci_high: float


def welch(pilot: ArrayLike, control: ArrayLike, level: float = 0.95) -> MeanDifference:
    """Welch's test of two means (PI1). Raises ValueError without variance or below 2 answers."""
    a, b = np.asarray(pilot, float), np.asarray(control, float)
    if min(a.size, b.size) < 2 or a.var() + b.var() == 0:
        raise ValueError("each group needs two answers, and one of them a spread")
    from scipy.stats import t

    u, v = float(a.var(ddof=1)) / a.size, float(b.var(ddof=1)) / b.size
    diff, se = float(a.mean() - b.mean()), sqrt(u + v)
    df = welch_df(u, a.size - 1, v, b.size - 1)
    half = float(t.ppf(0.5 + level / 2, df)) * se
    p = 2 * float(t.sf(abs(diff) / se, df))
    return MeanDifference(diff, se, diff / se, df, p, diff - half, diff + half)


def group_chi_square(x: Sequence[float], n: Sequence[float]) -> tuple[float, int, float]:
    """Do k groups share one proportion? Statistic, df, p; no correction (PI2).

    >>> statistic, df, p = group_chi_square([83, 90, 129, 70], [86, 93, 136, 82])
    >>> round(statistic, 1), df, round(p, 6)
    (12.6, 3, 0.005585)
    """
    return chi_square([[xi, ni - xi] for xi, ni in zip(x, n, strict=True)])


@dataclass(frozen=True)
class MarginScore:
    """Score test of p1 - p2 <= margin, with the shares under that hypothesis."""

    z: float
    p_one_sided: float
    p_pilot_null: float
    p_control_null: float


def margin_score(x1: float, n1: float, x2: float, n2: float, margin: float) -> MarginScore:
    """One-sided test that the share of group 1 exceeds that of 2 by more than margin (PI3).

    Farrington, Manning 1990: variance at the greatest likelihood under p1 - p2 = margin.
    """
    r2 = _null_share(x1, n1, x2, n2, margin)
    r1 = r2 + margin
    variance = r1 * (1 - r1) / n1 + r2 * (1 - r2) / n2
    if variance <= 0:
        raise ValueError("no variance under the margin: all answers alike")
    from scipy.stats import norm

    z = (x1 / n1 - x2 / n2 - margin) / sqrt(variance)
    return MarginScore(z, float(norm.sf(z)), r1, r2)


def _null_share(x1: float, n1: float, x2: float, n2: float, d: float) -> float:
    """The control share of greatest likelihood among those with p1 = p2 + d."""
    n, x = n1 + n2, x1 + x2
    cubic = [n, (n1 + 2 * n2) * d - n - x, (n2 * d - n - 2 * x2) * d + x, x2 * d * (1 - d)]
    low, high = max(0.0, -d), min(1.0, 1 - d)
    roots = [float(r.real) for r in np.roots(cubic) if abs(r.imag) < 1e-7]
    inside = [min(max(r, low), high) for r in roots if low - 1e-9 <= r <= high + 1e-9]

    def log_likelihood(r2: float) -> float:
        parts = ((x1, r2 + d), (n1 - x1, 1 - r2 - d), (x2, r2), (n2 - x2, 1 - r2))
        return sum(k * float(np.log(max(p, 1e-300))) for k, p in parts if k > 0)

    return max([*inside, low, high], key=log_likelihood)


def sample_size(
    p1: float, p2: float, margin: float, alpha: float = 0.05, wanted: float = 0.8
) -> float:
    """Answers in each arm to prove p1 - p2 > margin if customers are randomised (PI4).

    Raises ValueError if the true lift does not exceed the margin.

    >>> round(sample_size(0.85, 0.65, 0.05), 1)
    97.5
    """
    excess = p1 - p2 - margin
    if excess <= 0:
        raise ValueError(f"a lift of {p1 - p2:.3f} can never prove more than {margin}")
    z = z_of(1 - 2 * alpha) + z_of(2 * wanted - 1)
    return z**2 * (p1 * (1 - p1) + p2 * (1 - p2)) / excess**2


def plain_power(p1: float, p2: float, n: float, alpha: float = 0.05) -> float:
    """Power of the two-sided test of two shares with n answers each (PI4; pooled under H0)."""
    from scipy.stats import norm

    mean = (p1 + p2) / 2
    null = z_of(1 - alpha) * sqrt(2 * mean * (1 - mean))
    spread = sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return float(norm.cdf((sqrt(n) * abs(p1 - p2) - null) / spread))


@dataclass(frozen=True)
class Cuped(MeanDifference):
    """Welch on values adjusted by the period before."""

    theta: float
    variance_reduction: float


def cuped(post: ArrayLike, pre: ArrayLike, pilot: ArrayLike, level: float = 0.95) -> Cuped:
    """Adjust each customer's value by the value before, then Welch (PI5; Deng et al. 2013).

    Only for customers randomised to the arms: on unlike groups it leaves differences of the
    baseline in, where differences in differences do not.
    """
    y, x = np.asarray(post, float), np.asarray(pre, float)
    treated = np.asarray(pilot, bool)
    covariance = np.cov(y, x)
    theta = float(covariance[0, 1] / covariance[1, 1])
    rho2 = float(covariance[0, 1] ** 2 / (covariance[0, 0] * covariance[1, 1]))
    adjusted = y - theta * (x - x.mean())
    found = welch(adjusted[treated], adjusted[~treated], level)
    return Cuped(**vars(found), theta=theta, variance_reduction=rho2)

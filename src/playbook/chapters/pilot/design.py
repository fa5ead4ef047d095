"""What a design of few stores can prove, before the start and after (PI4, PI8, PI9, PI16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from playbook.chapters.pilot.design_parts import OperatingRow
from playbook.core.stats import Floats


def sd_change(p: float, tau: float, n_pre: float, n_post: float) -> float:
    """Standard deviation of one store's change of a share (PI9).

    >>> round(sd_change(0.7, 0.02, 300, 300), 4)
    0.0424
    """
    return sd_of(p * (1 - p), tau, n_pre, n_post)


def sd_of(answer_variance: float, tau: float, n_pre: float, n_post: float) -> float:
    """Standard deviation of one store's change; answer_variance of one answer (p q for shares)."""
    return sqrt(tau**2 + answer_variance / n_pre + answer_variance / n_post)


def power(excess: float, sd: float, pilots: int, controls: int, alpha: float = 0.05) -> float:
    """Probability to prove a lift that exceeds the margin by excess (PI9, noncentral t)."""
    from scipy.stats import nct, t

    df = pilots + controls - 2
    ncp = excess / (sd * sqrt(1 / pilots + 1 / controls))
    return float(nct.sf(t.ppf(1 - alpha, df), df, ncp))


def excess_needed(
    sd: float, pilots: int, controls: int, alpha: float = 0.05, wanted: float = 0.8
) -> float:
    """True lift above the margin that is proved with the wanted power (PI9).

    >>> round(excess_needed(0.04, 3, 10), 3)
    0.07
    """
    from scipy.optimize import brentq

    unit = sd * sqrt(1 / pilots + 1 / controls)
    high = 4.0
    while power(high * unit, sd, pilots, controls, alpha) < wanted:
        high *= 2
    found = brentq(
        lambda ncp: power(ncp * unit, sd, pilots, controls, alpha) - wanted, 0.0, high, xtol=1e-12
    )
    return float(found) * unit


@dataclass(frozen=True)
class Icc:
    """One-way analysis of variance of answers within stores."""

    ms_between: float
    ms_within: float
    m0: float
    icc: float


def icc_of(n: Sequence[float], means: Sequence[float], variances: Sequence[float]) -> Icc | None:
    """Intraclass correlation from each store's n, mean and variance (n - 1 below the line; PI8).

    None with fewer than two stores, or without variance. May be negative in a sample.
    """
    size, mean = np.asarray(n, float), np.asarray(means, float)
    k, total = size.size, float(size.sum())
    if k < 2 or total <= k:
        return None
    grand = float((size * mean).sum()) / total
    between = float((size * (mean - grand) ** 2).sum()) / (k - 1)
    within = float(((size - 1) * np.asarray(variances, float)).sum()) / (total - k)
    m0 = (total - float((size**2).sum()) / total) / (k - 1)
    below = between + (m0 - 1) * within
    return Icc(between, within, m0, (between - within) / below) if below > 0 else None


def design_effect(m: float, icc: float, cv: float = 0.0) -> float:
    """How many times too small the variance is if answers count as independent (PI8).

    m answers a store on average, cv their coefficient of variation (Eldridge 2006).

    >>> round(design_effect(300, 0.01), 2), round(300 / design_effect(300, 0.01))
    (3.99, 75)
    """
    return 1 + ((1 + cv**2) * m - 1) * icc


def reliability(tau_between: float, answer_variance: float, n: float) -> float:
    """Share of the spread of store baselines that is real (PI16; Barnett 2005).

    >>> round(reliability(0.04, 0.21, 100), 3)
    0.432
    """
    real = tau_between**2
    noise = answer_variance / n
    return real / (real + noise) if real + noise > 0 else 0.0


def change_without_effect(trust: float, mean_selected: float, mean_all: float) -> float:
    """Change to expect of stores picked by their baseline if nothing is done (PI16)."""
    return -(1 - trust) * (mean_selected - mean_all)


def operating_row(
    true_lift: float,
    margin: float,
    sd: float,
    pilots: int,
    controls: int,
    rule: tuple[float, float, float] = (0.05, 0.8, 0.9),
) -> OperatingRow:
    """How often the rule says scale, iterate, stop for stores of equal n and a true lift.

    rule: alpha, prob_scale, stop_confidence. The estimate is normal, its variance estimate an
    independent chi-square (exact t); averaged over 400 equal slices of the latter.
    """
    from scipy.stats import chi2, norm, t

    df = pilots + controls - 2
    true_se = sd * sqrt(1 / pilots + 1 / controls)
    alpha, prob_scale, stop = rule
    slices: Floats = chi2.ppf((np.arange(400) + 0.5) / 400, df)
    se = true_se * np.sqrt(slices / df)
    scale_from = np.maximum(margin + max(t.ppf(prob_scale, df), 0) * se, t.ppf(1 - alpha, df) * se)
    scale = float(norm.sf((scale_from - true_lift) / true_se).mean())
    below = margin - t.ppf(stop, df) * se
    stopped = float(norm.cdf((below - true_lift) / true_se).mean())
    point = float(norm.sf((margin - true_lift) / true_se))
    return OperatingRow(true_lift, scale, 1 - scale - stopped, stopped, point)

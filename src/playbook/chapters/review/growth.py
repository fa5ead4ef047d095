"""Growth of a goal's series: compound rate, rate per year, trend (RV4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playbook.chapters.review.gaps import RATIO_UNITS
from playbook.chapters.review.observed import Observed
from playbook.core.periods import DAYS, first_day, frequency, ordinal

NEAR_BOUND = 0.1
TREND_POINTS = 8


@dataclass(frozen=True)
class Growth:
    """A goal's pace. Slopes are in units a year (shares: 0.05 is five percentage points a year).

    refused says why there is no compound rate: not_positive, nps, near_bound, no_true_zero, or
    short_span (less than a year would be stretched to one).
    """

    goal_id: str
    unit: str
    n_points: int
    first_period: str
    last_period: str
    years: float
    cagr: float | None
    refused: str
    change: float
    per_year: float | None
    kendall_tau: float | None
    p_value: float | None
    slope: float | None
    slope_low: float | None
    slope_high: float | None


def cagr(start: float, end: float, years: float) -> float | None:
    """RV4: (end/start)^(1/years) - 1; None unless both are positive and time has passed.

    >>> round(cagr(9000, 13000, 3), 4)
    0.1304
    """
    if start <= 0 or end <= 0 or years <= 0:
        return None
    return float((end / start) ** (1 / years) - 1)


def cagr_refusal(start: float, end: float, unit: str) -> str:
    """Why a compound rate would mislead here; empty if it does not.

    >>> cagr_refusal(0.75, 0.92, "share"), cagr_refusal(9000, 13000, "number")
    ('near_bound', '')
    """
    if unit == "nps":
        return "nps"
    if unit not in RATIO_UNITS:
        return "no_true_zero"
    if start <= 0 or end <= 0:
        return "not_positive"
    near = unit == "share" and any(not NEAR_BOUND <= v <= 1 - NEAR_BOUND for v in (start, end))
    return "near_bound" if near else ""


def years_between(earlier: str, later: str) -> float:
    """Years from one period to another of its kind; whole for whole years.

    >>> years_between("2023", "2026"), years_between("2025-Q4", "2026-Q2")
    (3.0, 0.5)
    """
    every = frequency(earlier)
    a_year = {"year": 1.0, "quarter": 4.0, "month": 12.0}.get(every, 365.25 / DAYS[every])
    return (ordinal(later) - ordinal(earlier)) / a_year


def growth_of(goal: Observed) -> Growth | None:
    """The pace from the first to the last period; None for a single period."""
    first, last = goal.points[0], goal.last
    years = years_between(first.period, last.period)
    if len(goal.points) < 2 or years <= 0:
        return None
    start, end = first.measure.value, last.measure.value
    refused = cagr_refusal(start, end, goal.unit) or ("short_span" if years < 1 else "")
    days = [first_day(p.period).toordinal() / 365.25 for p in goal.points]
    tau, p, slope, low, high = trend(days, [p.measure.value for p in goal.points])
    return Growth(
        goal_id=goal.goal_id,
        unit=goal.unit,
        n_points=len(goal.points),
        first_period=first.period,
        last_period=last.period,
        years=years,
        cagr=None if refused else cagr(start, end, years),
        refused=refused,
        change=end - start,
        per_year=(end - start) / years if years >= 1 else None,
        kendall_tau=tau,
        p_value=p,
        slope=slope,
        slope_low=low,
        slope_high=high,
    )


def trend(
    years: Sequence[float], values: Sequence[float]
) -> tuple[float | None, float | None, float | None, float | None, float | None]:
    """Kendall tau, its p, and the Theil-Sen slope with interval (Sen 1968); None under 8 points."""
    if len(values) < TREND_POINTS or len(set(values)) < 2:
        return None, None, None, None, None
    from scipy.stats import kendalltau, theilslopes

    x, y = np.asarray(years, dtype=float), np.asarray(values, dtype=float)
    rank = kendalltau(x, y)
    fit = theilslopes(y, x, 0.95)
    return (
        float(rank.statistic),
        float(rank.pvalue),
        float(fit.slope),
        float(fit.low_slope),
        float(fit.high_slope),
    )

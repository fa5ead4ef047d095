"""GO1: a measured value with its interval, by the kind of metric; the range of a history."""

from collections.abc import Sequence
from math import isclose, sqrt

from playbook.core.stats import Estimate, mean_t, nps, poisson_rate, wilson

PER = {"per_100": 100.0, "per_1000": 1000.0}


def rate_per(x: float, exposure: float, per: float, level: float = 0.95) -> Estimate:
    """Events per so many units of exposure, exact Poisson interval (Garwood 1936).

    >>> round(rate_per(37, 12400, 1000).value, 4)
    2.9839
    """
    e = poisson_rate(x, exposure, level)
    if e.value is None or e.low is None or e.high is None:
        return e
    return Estimate(e.value * per, e.low * per, e.high * per, e.n)


def mean_summary(mean: float, sd: float, n: float, level: float = 0.95) -> Estimate:
    """Mean with Student's t interval from its standard deviation and n; n < 2: no interval."""
    if n < 2:
        return Estimate(mean, None, None, round(n))
    from scipy.stats import t

    half = float(t.ppf(0.5 + level / 2, n - 1)) * sd / sqrt(n)
    return Estimate(mean, mean - half, mean + half, round(n))


def measured(
    kind: str,
    unit: str,
    value: float,
    *,
    n: float | None = None,
    x: float | None = None,
    detractors: float | None = None,
    sd: float | None = None,
    exposure: float | None = None,
    level: float = 0.95,
) -> Estimate:
    """GO1: the value with the interval its counts allow; without counts the value alone.

    share: x of n, or value of n. nps: x promoters and detractors of n. rate: x events per
    exposure (n where no exposure is given). mean, time: sd and n.
    """
    bare = Estimate(value, None, None, round(n or 0))
    if kind == "share" and n:
        return wilson(x if x is not None else min(max(value, 0.0), 1.0) * n, n, level)
    if kind == "nps" and n and x is not None and detractors is not None:
        return nps(x, detractors, n, level)
    base = exposure or n
    if kind == "rate" and base and x is not None and unit in PER:
        return _rate(value, x, base, PER[unit], level)
    if kind in ("mean", "time", "money") and n and sd is not None:
        return mean_summary(value, sd, n, level)
    return bare


def _rate(value: float, x: float, exposure: float, per: float, level: float) -> Estimate:
    """Exposure may count single units (orders) or come in units of per (thousands of orders)."""
    for unit in (per, 1.0):
        if isclose(value, x / exposure * unit, rel_tol=0.1, abs_tol=0.05 if x == 0 else 0.0):
            return rate_per(x, exposure, unit, level)
    return Estimate(value, None, None, 0)


def history_range(values: Sequence[float], last: int, level: float = 0.95) -> Estimate:
    """GO1 without counts: mean of the last values with its t range; fewer values: undefined."""
    if len(values) < last:
        return Estimate(None, None, None, len(values))
    return mean_t(list(values)[-last:], level)

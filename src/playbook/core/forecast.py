"""Will the target be reached at the recent pace: a straight line with its prediction interval.

Ordinary least squares on the periods 1..n of a series; formula TK14 of the tracking sheet. It says
where the present course leads, not what a plan will add.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median

from scipy.special import stdtr, stdtrit

LEAST_VALUES = 5
NEAR_BOUND = 0.1
MOST_AUTOCORRELATION = 0.5


@dataclass(frozen=True)
class Forecast:
    """The value expected at a later period. se, slope: on the scale used (logit: of log odds).

    unstable: neighbouring errors go together (lag-1 autocorrelation above .5) or the median of
    all pairwise slopes (Theil 1950, Sen 1968) points the other way.
    """

    value: float
    low: float
    high: float
    slope: float
    se: float
    n: int
    logit: bool
    prob_reach: float | None
    unstable: bool


def straight_line(
    values: Sequence[float],
    period: float,
    target: float | None = None,
    sign: int = 1,
    level: float = 0.8,
    share: bool = False,
) -> Forecast | None:
    """Forecast at a period counted from the first value, which is period 1 (TK14).

    None for fewer than five values, for a period not after the last value, or for one beyond
    twice the observed span. share: values lie in 0..1; within .1 of a bound the line is drawn on
    the logit scale, so that no share passes its bound. sign: +1 if more is better. prob_reach is
    the chance of a value at least as good as the target.

    >>> rising = straight_line([0.742, 0.751, 0.748, 0.76, 0.768, 0.763, 0.775, 0.781], 12, 0.82)
    >>> round(rising.value, 4), round(rising.low, 4), round(rising.prob_reach, 4)
    (0.8008, 0.7918, 0.0112)
    """
    n = len(values)
    if n < LEAST_VALUES or not n < period <= 1 + 3 * (n - 1):
        return None
    logit = share and _near_bound(values)
    there: Callable[[float], float] = _logit if logit else float
    back: Callable[[float], float] = _share if logit else float
    y = [there(value) for value in values]
    slope, middle, s, errors = _line(y)
    centre = (n + 1) / 2
    at = middle + slope * (period - centre)
    se = s * sqrt(1 + 1 / n + (period - centre) ** 2 / _spread(n))
    half = float(stdtrit(n - 2, 0.5 + level / 2)) * se
    reach = None if target is None else _reach(at, se, target, sign, n, there, logit)
    return Forecast(back(at), back(at - half), back(at + half), slope, se, n, logit, reach,
                    _unstable(y, slope, errors))  # fmt: skip


def _line(y: Sequence[float]) -> tuple[float, float, float, list[float]]:
    """Slope, mean, residual standard deviation and residuals of the least-squares line."""
    n, mean = len(y), sum(y) / len(y)
    slope = sum((t - (n + 1) / 2) * (v - mean) for t, v in enumerate(y, 1)) / _spread(n)
    errors = [v - mean - slope * (t - (n + 1) / 2) for t, v in enumerate(y, 1)]
    return slope, mean, sqrt(sum(e * e for e in errors) / (n - 2)), errors


def _spread(n: int) -> float:
    """Sum of squares of 1..n about their mean."""
    return n * (n * n - 1) / 12


def _reach(
    at: float, se: float, target: float, sign: int, n: int, there: Callable[[float], float],
    logit: bool,
) -> float:  # fmt: skip
    if logit and not 0 < target < 1:
        return 1.0 if sign * (target - 0.5) < 0 else 0.0
    ahead = sign * (at - there(target))
    if se == 0:
        return 1.0 if ahead >= 0 else 0.0
    return float(stdtr(n - 2, ahead / se))


def _unstable(y: Sequence[float], slope: float, errors: Sequence[float]) -> bool:
    total = sum(e * e for e in errors)
    # errors that are nothing but rounding have no pattern
    if total > 1e-20 * (1 + max(abs(v) for v in y)) ** 2:
        together = sum(a * b for a, b in pairwise(errors)) / total
        if together > MOST_AUTOCORRELATION:
            return True
    n = len(y)
    slopes = [(y[j] - y[i]) / (j - i) for i in range(n) for j in range(i + 1, n)]
    return median(slopes) * slope < 0


def _near_bound(values: Sequence[float]) -> bool:
    """Some value within .1 of a bound, none on it: there log odds are not finite."""
    low, high = min(values), max(values)
    return low > 0 and high < 1 and (low < NEAR_BOUND or high > 1 - NEAR_BOUND)


def _logit(p: float) -> float:
    return log(p / (1 - p))


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))

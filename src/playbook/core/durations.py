"""Times that vary: log-normal, known by their median and a high percentile.

Two percentiles are what people can state ("usually 2 hours, nine times in ten under 8"); the
log-normal keeps times positive and their right tail long.
"""

from collections.abc import Mapping, Sequence
from math import erf, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

Z90 = 1.2815515655446004
Z95 = 1.6448536269514722
"""Normal quantiles of the percentiles that go with the median."""

Floats = NDArray[np.float64]


def spread(median: float, high: float, z: float = Z95) -> float:
    """Sigma of a log-normal time from its median and a high percentile, by default the 95th.

    Raises ValueError unless 0 < median < high.

    >>> round(spread(2, 8), 4)
    0.8428
    """
    if not 0 < median < high:
        raise ValueError(f"0 < median < high is needed, not {median} and {high}")
    return (log(high) - log(median)) / z


def mean_of(median: float, high: float, z: float = Z95) -> float:
    """Mean of a log-normal time.

    >>> round(mean_of(2, 8), 4)
    2.8528
    """
    return median * exp(spread(median, high, z) ** 2 / 2)


def chance_within(median: float, high: float, limit: float, z: float = Z95) -> float:
    """Chance that a log-normal time keeps its limit.

    >>> round(chance_within(2, 8, 8), 4)
    0.95
    """
    if limit <= 0:
        return 0.0
    score = (log(limit) - log(median)) / spread(median, high, z)
    return (1 + erf(score / sqrt(2))) / 2


def simulate(
    pairs: Sequence[tuple[float, float]],
    dependence: Sequence[float],
    draws: int,
    seed: int,
    z: float = Z95,
) -> Mapping[float, Floats]:
    """Simulated times for each rho: arrays (times, draws); pairs: (median, high) of each.

    Log-normal times whose normal scores share a common part: sqrt(rho) z0 + sqrt(1 - rho) e. A time
    whose high equals its median is fixed. The same random numbers serve every rho, so differences
    between them are no noise. Raises ValueError unless 0 <= rho <= 1.
    """
    rng = np.random.default_rng(seed)
    common = rng.standard_normal(draws)
    own = rng.standard_normal((len(pairs), draws))
    mu = np.log([median for median, _ in pairs])[:, None]
    sigma = np.array([0.0 if lo == hi else spread(lo, hi, z) for lo, hi in pairs])[:, None]
    return {rho: np.exp(mu + sigma * correlated(common, own, rho)) for rho in dependence}


def correlated(common: Floats, own: Floats, rho: float) -> Floats:
    """Normal scores with the correlation rho between any two, from a shared and their own ones.

    Raises ValueError unless 0 <= rho <= 1.
    """
    if not 0 <= rho <= 1:
        raise ValueError(f"dependence {rho} must lie in 0..1")
    return sqrt(rho) * common + sqrt(1 - rho) * own

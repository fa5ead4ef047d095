"""Letter M on data: can the aimed change be seen in the planned samples (SM10)."""

from math import sqrt

from scipy.special import ndtr

from playbook.chapters.smart.result import Detectable, Letter
from playbook.core.stats import z_of

Z = z_of()


def share_detectable(
    baseline: float, target: float, n_before: int, n_after: int, least_power: float = 0.8
) -> Detectable:
    """Two shares 0-1: the difference against 1.96 standard errors, and the power to see it.

    Normal approximation of two independent samples; fail below 1.96 SE, weak below least_power.

    >>> share_detectable(0.75, 0.80, 1200, 1200).verdict
    'pass'
    """
    se = sqrt(baseline * (1 - baseline) / n_before + target * (1 - target) / n_after)
    return _detectable(abs(target - baseline), se, n_before, n_after, least_power)


def mean_detectable(
    baseline: float, target: float, sd: float, n_before: int, n_after: int, least_power: float = 0.8
) -> Detectable:
    """Two means with one standard deviation, in the unit of the values."""
    se = sd * sqrt(1 / n_before + 1 / n_after)
    return _detectable(abs(target - baseline), se, n_before, n_after, least_power)


def _detectable(
    difference: float, se: float, n_before: int, n_after: int, least_power: float
) -> Detectable:
    if se <= 0:
        return Detectable(difference, 0.0, 0.0, 1.0, "pass", n_before, n_after)
    power = float(ndtr(difference / se - Z))
    verdict: Letter = "pass" if power >= least_power else "weak"
    if difference < Z * se:
        verdict = "fail"
    return Detectable(difference, se, Z * se, power, verdict, n_before, n_after)

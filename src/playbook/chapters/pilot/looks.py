"""Repeated looks at a running pilot: false alarms and the bounds that hold them (PI7)."""

from collections.abc import Sequence
from math import pi, sqrt
from typing import Literal

import numpy as np

from playbook.core.stats import Floats

Rule = Literal["constant", "obrien_fleming"]


def false_positives(bounds: Sequence[float]) -> float:
    """Two-sided false positives if |z| is held against bounds at equally spaced looks.

    Armitage, McPherson, Rowe 1969: the density of the running sum is carried from look to look.

    >>> round(false_positives([1.96] * 3), 3)
    0.107
    """
    edge = bounds[0]
    sums, step = np.linspace(-edge, edge, 801, retstep=True)
    density = _normal(sums)
    for k, bound in enumerate(bounds[1:], start=2):
        edge = bound * sqrt(k)
        new, new_step = np.linspace(-edge, edge, 801, retstep=True)
        density = _normal(new[:, None] - sums[None, :]) @ (density * _simpson(801)) * float(step)
        sums, step = new, new_step
    return 1 - float((density * _simpson(801)).sum() * float(step))


def bound_constant(looks: int, rule: Rule, alpha: float = 0.05) -> float:
    """Pocock's constant bound, or O'Brien-Fleming's bound at the last look (c sqrt(K/k) at k).

    >>> round(bound_constant(3, "constant"), 2), round(bound_constant(3, "obrien_fleming"), 2)
    (2.29, 2.0)
    """
    from scipy.optimize import brentq

    def miss(c: float) -> float:
        return false_positives(bounds_of(looks, rule, c)) - alpha

    return float(brentq(miss, 1.5, 4.0, xtol=1e-6))


def bounds_of(looks: int, rule: Rule, constant: float) -> list[float]:
    """The bound of each look."""
    if rule == "constant":
        return [constant] * looks
    return [constant * sqrt(looks / k) for k in range(1, looks + 1)]


def _normal(x: Floats) -> Floats:
    """The standard normal density; scipy's checks its arguments for longer than it computes."""
    density: Floats = np.exp(-(x**2) / 2) / sqrt(2 * pi)
    return density


def _simpson(points: int) -> Floats:
    w = np.ones(points)
    w[1:-1:2], w[2:-1:2] = 4.0, 2.0
    found: Floats = w / 3
    return found

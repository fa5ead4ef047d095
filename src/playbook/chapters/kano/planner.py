"""How many answers are needed (K27), and the illustration curves (K25)."""

from collections.abc import Sequence
from math import e, exp, sqrt

import numpy as np

from playbook.chapters.kano.result import Plan, PlanRow
from playbook.core.stats import z_of

SIZES = (30, 50, 100, 200, 400)
_SAMPLES = 10_000


def half_width(n: int, p: float = 0.5, level: float = 0.95) -> float:
    """K27: half the width of the Wilson interval.

    >>> round(half_width(100), 3)
    0.096
    """
    z = z_of(level)
    return z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))


def p_mode_correct(shares: Sequence[float], n: int, samples: int, seed: int) -> float:
    """K27: how often the most frequent category of n answers is the true one.

    shares: true shares of M, O, A, I, R, Q; ties go to the earlier letter.
    """
    true = np.asarray(shares, dtype=float)
    rng = np.random.default_rng([seed, 5, n])
    drawn = rng.multinomial(n, true / true.sum(), size=samples)
    return float((drawn.argmax(axis=1) == true.argmax()).mean())


def plan(shares: Sequence[float], feature: str, level: float, seed: int) -> Plan:
    """What each sample size would show for these shares."""
    rows = tuple(
        PlanRow(n, half_width(n, 0.5, level), p_mode_correct(shares, n, _SAMPLES, seed))
        for n in SIZES
    )
    return Plan(tuple(float(share) for share in shares), feature, rows)


def satisfaction_curve(category: str, better: float, worse: float, x: float) -> float:
    """K25: satisfaction at fulfilment x in 0..1 (Wang & Ji 2010); an illustration, no estimate.

    Goes from worse at 0 to better at 1; category M, O or A.

    >>> round(satisfaction_curve("O", 0.62, -0.48, 0.5), 6)
    0.07
    """
    width = better - worse
    if category == "M":
        return -(e * width / (e - 1)) * exp(-x) + (e * better - worse) / (e - 1)
    if category == "A":
        return width / (e - 1) * exp(x) - (better - e * worse) / (e - 1)
    if category == "O":
        return width * x + worse
    raise ValueError(f"no curve for category {category!r}; there are M, O, A")

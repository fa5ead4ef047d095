"""From category counts to categories and coefficients (K5-K13, K26).

Counts are arrays of six in the order M, O, A, I, R, Q; shares or percentages may replace counts.
"""

from collections.abc import Mapping, Sequence
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano.evaluation import CATEGORIES

M, O, A, I, R, Q = range(6)  # noqa: E741 - the field's own letters
Floats = NDArray[np.float64]
_GUARD = 1e-12


def in_order(counts: Mapping[str, float]) -> Floats:
    """Counts by letter as an array M, O, A, I, R, Q; a letter not given counts nought."""
    return np.array([float(counts.get(c, 0.0)) for c in CATEGORIES])


def mode(counts: Floats) -> str | None:
    """K5: the most frequent category; ties M>O>A>I>R>Q.

    >>> mode(np.array([20.0, 20, 5, 5, 0, 0]))
    'M'
    """
    return CATEGORIES[int(counts.argmax())] if counts.sum() > 0 else None


def near_tie(counts: Floats, gap: float = 0.05) -> str | None:
    """K6: the first of M>O>A>I>R whose share is within gap of the largest, the bound included."""
    total = counts.sum()
    if total <= 0:
        return None
    shares = counts[:Q] / total
    if shares.max() == 0:
        return "Q"
    return CATEGORIES[int((shares >= shares.max() - gap - _GUARD).argmax())]


def berger(counts: Floats) -> str | None:
    """K7: if O+A+M > I+R+Q the largest of M, O, A, else of I, R, Q (Berger et al. 1993)."""
    if counts.sum() <= 0:
        return None
    first = 0 if counts[:I].sum() > counts[I:].sum() else I
    return CATEGORIES[first + int(counts[first : first + 3].argmax())]


def total_strength(counts: Floats) -> float | None:
    """K8: the share of M, O and A in all pairs."""
    total = counts.sum()
    return float(counts[:I].sum() / total) if total > 0 else None


def top_two(counts: Floats) -> tuple[tuple[str, float], tuple[str, float]]:
    """The two largest of M, O, A, I, R with their counts; ties in the order of letters."""
    first, second = np.argsort(-counts[:Q], kind="stable")[:2]
    return (CATEGORIES[first], float(counts[first])), (CATEGORIES[second], float(counts[second]))


def category_strength(counts: Floats) -> float | None:
    """K9: (largest - second of M, O, A, I, R) / all pairs (Lee & Newcomb 1997)."""
    total = counts.sum()
    (_, a), (_, b) = top_two(counts)
    return float((a - b) / total) if total > 0 else None


def better_worse(counts: Floats) -> tuple[float | None, float | None]:
    """K10: better 0..1 and worse -1..0 (Timko in Berger 1993); R and Q are out of it.

    >>> better_worse(np.array([30.5, 45.1, 10.4, 11.5, 1.2, 1.2]))
    (0.569..., -0.775...)
    >>> better_worse(np.array([0.0, 0, 0, 0, 30, 0]))
    (None, None)
    """
    aomi = counts[:R].sum()
    if aomi <= 0:
        return None, None
    return float((counts[A] + counts[O]) / aomi), -float((counts[O] + counts[M]) / aomi)


def quadrant(
    better: float | None, worse: float | None, better_line: float = 0.5, worse_line: float = 0.5
) -> str | None:
    """K11: the quadrant of the Better-Worse plane; a point on a line belongs above it."""
    if better is None or worse is None:
        return None
    high, low = better >= better_line - _GUARD, -worse >= worse_line - _GUARD
    return "O" if high and low else "A" if high else "M" if low else "I"


def sensitivity(better: float | None, worse: float | None) -> float | None:
    """K12: distance from the origin of the Better-Worse plane, 0..sqrt 2."""
    return None if better is None or worse is None else hypot(better, worse)


def average_coefficient(better: float | None, worse: float | None) -> float | None:
    """K12: ASC, (better + |worse|) / 2 (Park, Jang & Song 2012)."""
    return None if better is None or worse is None else (better - worse) / 2


WEAK_RADIUS = sqrt(0.5)
"""K12: features inside this distance of the origin move satisfaction little."""


def agreement(rules: Sequence[str | None]) -> tuple[int, int]:
    """K13: how many of the rules that could be used equal the first, and how many could be."""
    available = [rule for rule in rules if rule is not None]
    return sum(rule == rules[0] for rule in available), len(available)


def priority_keys(category: str | None, better: float, worse_size: float) -> tuple[float, ...]:
    """K26: sorts M > O > A > I > R > Q; inside M and O by |worse|, A by better, I by distance."""
    place = CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
    if category == "A":
        return place, -better, -worse_size
    if category == "I":
        return place, -hypot(better, worse_size), 0.0
    return place, -worse_size, -better

"""DuMouchel's continuous scores, the reverse split and ratings: K20-K22."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano.evaluation import TABLES, Counts
from playbook.chapters.kano.result import Rating, Scores
from playbook.core.stats import mean_t

FUNCTIONAL = np.array([4.0, 2.0, 0.0, -1.0, -2.0])
DYSFUNCTIONAL = np.array([-2.0, -1.0, 0.0, 2.0, 4.0])
CUT = 2.0


def continuous(matrix: Counts) -> Scores:
    """K20: means, SD (n-1) and SE of both scores over a 5 x 5 matrix of pairs."""
    n = int(matrix.sum())
    f = _moments(matrix.sum(axis=1), FUNCTIONAL)
    d = _moments(matrix.sum(axis=0), DYSFUNCTIONAL)
    return Scores(n, *f, *d)


def without_questionable(matrix: Counts, table: str) -> Counts:
    """The matrix with its Q cells emptied."""
    is_q = np.array([[letter == "Q" for letter in row] for row in TABLES[table]])
    return np.where(is_q, 0, matrix)


def category_continuous(scores: Scores) -> str | None:
    """K20: the field of the plane of means; both below 0 is R."""
    y, x = scores.functional_mean, scores.dysfunctional_mean
    if x is None or y is None:
        return None
    if x < 0 and y < 0:
        return "R"
    return "O" if x >= CUT and y >= CUT else "M" if x >= CUT else "A" if y >= CUT else "I"


def reverse_split(matrix: Counts) -> dict[str, int]:
    """K22: what a feature's R pairs would be if the question were turned round."""
    return {
        "R_A": int(matrix[1:4, 0].sum()),
        "R_O": int(matrix[4, 0]),
        "R_M": int(matrix[4, 1:4].sum()),
    }


def rating(values: NDArray[np.float64], level: float) -> Rating | None:
    """K21: mean of ratings with SD, SE and t interval; None without any."""
    known = values[np.isfinite(values)]
    if known.size == 0:
        return None
    e = mean_t(known, level)
    sd = float(known.std(ddof=1)) if known.size > 1 else None
    se = None if sd is None else sd / sqrt(known.size)
    ci = None if e.low is None or e.high is None else (e.low, e.high)
    return Rating(int(known.size), e.value, sd, se, ci)


def _moments(
    counts: NDArray[np.int64], scores: NDArray[np.float64]
) -> tuple[float | None, float | None, float | None]:
    n = float(counts.sum())
    if n == 0:
        return None, None, None
    mean = float(counts @ scores) / n
    if n == 1:
        return mean, None, None
    sd = sqrt(float(counts @ (scores - mean) ** 2) / (n - 1))
    return mean, sd, sd / sqrt(n)

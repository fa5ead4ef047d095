"""Penalty-reward contrast (Brandt 1987; Mikulic & Prebezac 2008): S23."""

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtr

from playbook.chapters.servqual.result_importance import Asymmetry, Contrast, Prca
from playbook.core.stats import Floats

Side = tuple[float | None, float | None, float | None]


def cuts(low: float, high: float) -> tuple[float, float]:
    """Low and high answers by the scale: 1-5: <= 2, = 5; 1-7: <= 3, = 7; 1-10: <= 5, >= 9.

    >>> cuts(1, 5), cuts(1, 7), cuts(1, 10)
    ((2, 5), (3, 7), (5, 9))
    """
    span = high - low
    if span >= 9:
        return high - 5, high - 1
    return low + (1 if span <= 4 else 2), high


def prca(
    X: Floats,
    y: Floats,
    names: Sequence[str],
    low_max: float,
    high_min: float,
    cell: int = 30,
    p_limit: float = 0.1,
    asymmetry: float = 0.2,
) -> Prca | None:
    """OLS of y (n,) on a LOW and a HIGH dummy of each attribute in X (n, p), complete rows.

    An empty cell drops its dummy. None if the dummies cannot be told apart or rows are too few.
    """
    dummies = {("low", j): X[:, j] <= low_max for j in range(len(names))}
    dummies |= {("high", j): X[:, j] >= high_min for j in range(len(names))}
    used = [key for key, hit in dummies.items() if 0 < hit.sum() < len(y)]
    D = np.column_stack([np.ones(len(y)), *(dummies[key].astype(float) for key in used)])
    fitted = _ols(D, y)
    if fitted is None:
        return None
    intercept, r2, terms, spread = fitted
    sides: dict[tuple[str, int], Side] = dict.fromkeys(dummies, (None, None, None))
    sides |= dict(zip(used, terms, strict=True))
    at = {key: i for i, key in enumerate(used)}
    df = len(y) - D.shape[1]
    attributes = {
        name: _contrast(
            sides["low", j],
            sides["high", j],
            (int(dummies["low", j].sum()), int(dummies["high", j].sum())),
            (cell, p_limit, asymmetry),
            _lean(terms, spread, at.get(("low", j)), at.get(("high", j)), df),
        )
        for j, name in enumerate(names)
    }
    adjusted = 1 - (1 - r2) * (len(y) - 1) / df
    return Prca(len(y), low_max, high_min, intercept, r2, adjusted, attributes)


def _lean(
    terms: Sequence[Side], spread: Floats, low: int | None, high: int | None, df: int
) -> float | None:
    """Two-sided p that penalty and reward are equally large: t of their sum, signs opposite."""
    if low is None or high is None:
        return None
    penalty, reward = terms[low][0], terms[high][0]
    variance = float(spread[low, low] + spread[high, high] + 2 * spread[low, high])
    if penalty is None or reward is None or variance <= 0:
        return None
    return float(2 * stdtr(df, -abs(penalty + reward) / variance**0.5))


def _ols(D: Floats, y: Floats) -> tuple[float, float, list[Side], Floats] | None:
    """Intercept, R2, each further coefficient with standard error and p, their covariance."""
    df = len(y) - D.shape[1]
    if df < 1 or np.linalg.matrix_rank(D) < D.shape[1] or np.ptp(y) == 0:
        return None
    inverse = np.linalg.inv(D.T @ D)
    b = inverse @ (D.T @ y)
    rss = float(((y - D @ b) ** 2).sum())
    se = np.sqrt(np.diag(inverse) * rss / df)
    terms: list[Side] = [
        (float(at), float(of), float(2 * stdtr(df, -abs(at / of))) if of > 0 else None)
        for at, of in zip(b[1:], se[1:], strict=True)
    ]
    spread: Floats = inverse[1:, 1:] * rss / df
    return float(b[0]), 1 - rss / float(((y - y.mean()) ** 2).sum()), terms, spread


def _contrast(
    low: Side,
    high: Side,
    counts: tuple[int, int],
    limits: tuple[int, float, float],
    lean_p: float | None,
) -> Contrast:
    penalty, reward = low[0], high[0]
    right = penalty is not None and reward is not None and penalty < 0 < reward
    riocs = sgp = dgp = ia = None
    if right and penalty is not None and reward is not None:
        riocs = abs(penalty) + reward
        sgp, dgp = reward / riocs, abs(penalty) / riocs
        ia = sgp - dgp
    kind = _class(ia, counts, (low[2], high[2]), limits)
    return Contrast(*low, *high, *counts, riocs, sgp, dgp, ia, kind, lean_p)


def _class(
    ia: float | None,
    counts: tuple[int, int],
    p_values: tuple[float | None, float | None],
    limits: tuple[int, float, float],
) -> Asymmetry:
    """A wrong sign or too few answers is no statement, not a class (S23)."""
    cell, p_limit, asymmetry = limits
    unsure = all(p is None or p > p_limit for p in p_values)
    if ia is None or min(counts) < cell or unsure:
        return "not_classified"
    if ia < -asymmetry:
        return "dissatisfier"
    return "satisfier" if ia > asymmetry else "hybrid"


def complete(X: Floats, y: Floats) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Rows with every predictor and the outcome."""
    return ~np.isnan(X).any(axis=1) & ~np.isnan(y)

"""The lift from store changes: random-effects meta-regression (primary) and the exact t.

The store is the unit: answers inside a store are not independent.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.chapters.pilot.parts import Lift, NaiveCustomer
from playbook.core.stats import Floats, finite

Bools = NDArray[np.bool_]


def meta_regression(
    changes: ArrayLike,
    variances: ArrayLike,
    pilot: ArrayLike,
    margin: float = 0.0,
    lower_level: float = 0.95,
    upper_level: float = 0.90,
) -> Lift:
    """Lift of pilots by weighted regression of store changes on the pilot dummy (PI10).

    changes, variances: one per store, variance = sampling variance of the change; pilot: truth
    values. Paule-Mandel tau2 (1982), Knapp-Hartung standard error with q >= 1 (2003; Röver, Knapp,
    Friede 2015), t with J-2 degrees of freedom. Raises ValueError below 3 stores or for an arm
    without stores.
    """
    y, x = np.asarray(changes, float), _arms(pilot)
    v = _above_zero(np.asarray(variances, float), y)
    X = np.column_stack([np.ones(y.size), x])
    df = y.size - 2
    tau2 = _paule_mandel(y, v, X, df)
    w = 1 / (v + tau2)
    b, inverse, rest = _weighted(y, w, X)
    q = max(1.0, float((w * rest**2).sum()) / df)
    se = sqrt(q * float(inverse[1, 1]))
    return lift(float(b[1]), se, df, margin, lower_level, upper_level, tau2)


def exact_t(
    changes: ArrayLike,
    pilot: ArrayLike,
    margin: float = 0.0,
    lower_level: float = 0.95,
    upper_level: float = 0.90,
) -> Lift:
    """Difference of mean changes with the pooled two-sample t (PI11; Donald, Lang 2007).

    With one pilot the spread comes from the controls alone (Crawford, Howell 1998).
    """
    y, x = np.asarray(changes, float), _arms(pilot)
    a, b = y[x], y[~x]
    df = y.size - 2
    squares = float(((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum())
    se = sqrt(squares / df) * sqrt(1 / a.size + 1 / b.size)
    return lift(float(a.mean() - b.mean()), se, df, margin, lower_level, upper_level)


def fixed_weights(
    changes: ArrayLike, variances: ArrayLike, pilot: ArrayLike, margin: float = 0.0
) -> Lift:
    """As meta_regression with tau2 = 0: stores with more answers count more (sensitivity)."""
    y, x = np.asarray(changes, float), _arms(pilot)
    v = _above_zero(np.asarray(variances, float), y)
    X = np.column_stack([np.ones(y.size), x])
    b, inverse, rest = _weighted(y, 1 / v, X)
    df = y.size - 2
    q = max(1.0, float((rest**2 / v).sum()) / df)
    return lift(float(b[1]), sqrt(q * float(inverse[1, 1])), df, margin, tau2=0.0)


def lift(
    estimate: float,
    se: float,
    df: int,
    margin: float = 0.0,
    lower_level: float = 0.95,
    upper_level: float = 0.90,
    tau2: float | None = None,
) -> Lift:
    """Intervals and p-values of an estimate whose error follows t with df degrees of freedom."""
    from scipy.stats import t

    q975, q95 = (float(t.ppf(level, df)) for level in (0.975, 0.95))
    above = prob_above(estimate, se, df, 0.0)
    return Lift(
        estimate=estimate,
        se=se,
        df=df,
        t=finite(estimate / se) if se > 0 else None,
        p_two_sided=2 * min(above, 1 - above),
        ci_low=estimate - q975 * se,
        ci_high=estimate + q975 * se,
        ci90_low=estimate - q95 * se,
        ci90_high=estimate + q95 * se,
        lcb95=estimate - float(t.ppf(lower_level, df)) * se,
        ucb90=estimate + float(t.ppf(upper_level, df)) * se,
        p_margin=1 - prob_above(estimate, se, df, margin),
        tau2=tau2,
    )


def prob_above(estimate: float, se: float, df: int, bound: float) -> float:
    """P(lift > bound) under a flat prior, which is 1 - the one-sided p-value.

    >>> round(prob_above(0.0736, 0.0314, 10, 0.05), 4)
    0.7652
    """
    if se <= 0:
        return 0.5 if estimate == bound else float(estimate > bound)
    from scipy.stats import t

    return float(t.cdf((estimate - bound) / se, df))


def naive_customer(
    means: tuple[float, float, float, float], variances: tuple[float, float, float, float]
) -> NaiveCustomer:
    """Difference in differences with every answer as an independent unit; never used.

    Both hold pilot post, pilot pre, control post, control pre; variances are of the means. With
    stores that move on their own it calls 7-15 % of pilots without effect significant.
    """
    a, b, c, d = means
    estimate, se = (a - b) - (c - d), sqrt(sum(variances))
    if se == 0:
        return NaiveCustomer(estimate, se, None, None)
    from scipy.stats import norm

    z = estimate / se
    return NaiveCustomer(estimate, se, z, 2 * float(norm.sf(abs(z))))


def _arms(pilot: ArrayLike) -> Bools:
    x = np.asarray(pilot, dtype=bool)
    if x.size < 3 or not x.any() or x.all():
        raise ValueError(f"{int(x.sum())} pilots of {x.size} stores; 1 pilot and 2 controls needed")
    return x


def _above_zero(v: Floats, y: Floats) -> Floats:
    """Variances that are not known (0) get a speck, so that the weights stay finite."""
    speck = 1e-12 * max(float(y.var()), 1e-12)
    return np.maximum(v, speck)


def _weighted(y: Floats, w: Floats, X: Floats) -> tuple[Floats, Floats, Floats]:
    inverse: Floats = np.linalg.inv((X.T * w) @ X).astype(float)
    b = inverse @ ((X.T * w) @ y)
    return b, inverse, y - X @ b


def _paule_mandel(y: Floats, v: Floats, X: Floats, df: int) -> float:
    """The tau2 at which the weighted squares equal their degrees of freedom; 0 if none does."""

    def excess(tau2: float) -> float:
        w = 1 / (v + tau2)
        return float((w * _weighted(y, w, X)[2] ** 2).sum()) - df

    if excess(0.0) <= 0:
        return 0.0
    from scipy.optimize import brentq

    high = max(float(y.var()), 1e-12)
    while excess(high) > 0:
        high *= 2
    return float(brentq(excess, 0.0, high, xtol=1e-16, rtol=1e-12))

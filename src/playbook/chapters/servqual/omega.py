"""McDonald's omega and the fit of the one-factor model: S16."""

import warnings
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from playbook.chapters.servqual.alpha import correlations
from playbook.chapters.servqual.result_reliability import Fit
from playbook.core.stats import Floats

LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True)
class Omega:
    """model = (sum l)^2 / ((sum l)^2 + sum u); observed = (sum l)^2 / sum S; both on raw scores.

    standardised = 1 - sum u / sum R. flag: "" or why there is none.
    """

    model: float | None
    observed: float | None
    standardised: float | None
    fit: Fit | None
    flag: str = ""


def omega(C: Floats, n: int) -> Omega:
    """Omega of a covariance matrix on n complete rows (McDonald 1999; S16).

    One factor by maximum likelihood. Two items are not identified.
    """
    k = C.shape[0]
    if k < 3:
        return Omega(None, None, None, None)
    R = correlations(C)
    if np.linalg.cond(R) > 1e10:
        return Omega(None, None, None, None, "singular")
    found = _one_factor(R, n)
    if found is None:
        return Omega(None, None, None, None, "no_convergence")
    loadings, unique = found
    fit = fit_of(R, loadings, unique, n)
    if (unique <= LEAST_UNIQUENESS * 1.001).any():
        return Omega(None, None, None, fit, "heywood")
    sd = np.sqrt(np.diag(C))
    common = float((loadings * sd).sum()) ** 2
    own = float((unique * sd**2).sum())
    of_r = 1 - float(unique.sum() / R.sum())
    flag = "one_factor_fails" if fit.cfi is not None and fit.cfi < 0.9 else ""
    return Omega(common / (common + own), common / float(C.sum()), of_r, fit, flag)


def fit_of(R: Floats, loadings: Floats, unique: Floats, n: int) -> Fit:
    """chi2 = n F_ML, CFI, RMSEA, SRMR over the k(k+1)/2 elements; df = 0 has no test."""
    k = R.shape[0]
    S = np.outer(loadings, loadings) + np.diag(unique)
    F = _log_det(S) - _log_det(R) + float(np.trace(np.linalg.solve(S, R))) - k
    chi2, df = max(0.0, n * F), k * (k - 1) // 2 - k
    lower = np.tril_indices(k)
    srmr = round(sqrt(float(((R - S)[lower] ** 2).mean())), 10)
    if df == 0:
        return Fit(None, 0, None, None, srmr)
    base_df = k * (k - 1) // 2
    misfit, base = max(0.0, chi2 - df), max(0.0, -n * _log_det(R) - base_df)
    worst = max(misfit, base)
    cfi = 1 - misfit / worst if worst > 0 else 1.0
    return Fit(chi2, df, cfi, sqrt(misfit / (df * n)), srmr)


def _one_factor(R: Floats, n: int) -> tuple[Floats, Floats] | None:
    from statsmodels.multivariate.factor import Factor

    # a start of our own: without one the library draws it at random, and bytes would differ
    values, vectors = np.linalg.eigh(R)
    first = vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.1))
    first = np.clip(first if first.sum() >= 0 else -first, -0.95, 0.95)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what did not converge is seen from the numbers below
        try:
            model = Factor(corr=R, n_factor=1, method="ml", nobs=n)
            found = model.fit(start=(first[:, None], 1 - first**2))
        except (np.linalg.LinAlgError, ValueError):
            return None
    unique = np.asarray(found.uniqueness, dtype=float)
    loadings = np.asarray(found.loadings, dtype=float)[:, 0]
    if not np.isfinite(loadings).all() or not np.isfinite(unique).all():
        return None
    loadings, unique = _polished(R, loadings, unique)
    return (loadings if loadings.sum() >= 0 else -loadings), unique


def _polished(R: Floats, loadings: Floats, unique: Floats) -> tuple[Floats, Floats]:
    """The same solution to the last digits, by Lawley's iteration; as it was if that wanders off.

    The optimiser stops at about six digits, where machines still differ.
    """
    psi = np.array(unique)
    for _ in range(500):
        if (psi <= LEAST_UNIQUENESS).any():
            return loadings, unique
        s = np.sqrt(psi)
        values, vectors = np.linalg.eigh(R / np.outer(s, s))
        found = s * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0))
        step = np.abs(1 - found**2 - psi).max()
        psi = 1 - found**2
        if step < 1e-14:
            break
    if np.abs(psi - unique).max() > 1e-3:
        return loadings, unique
    return np.asarray(found), psi


def _log_det(M: Floats) -> float:
    sign, value = np.linalg.slogdet(M)
    return float(value) if sign > 0 else -log(1e-300)

"""Drivers of the overall rating: S24, S25. Associations, never causes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from playbook.chapters.servqual.resample import resampled_sums
from playbook.core.stats import Floats

MOST_FOR_LMG = 15
SINGULAR = 1e10


@dataclass(frozen=True)
class Shares:
    """What correlations alone give; arrays in the order of the predictors."""

    r2: float
    beta: Floats
    vif: Floats
    lmg: Floats | None
    relative_weight: Floats
    first: Floats
    last: Floats
    pratt: Floats


class SingularError(ValueError):
    """The predictors cannot be told apart; pair names the two most alike."""

    def __init__(self, pair: tuple[int, int]) -> None:
        super().__init__(f"predictors {pair[0]} and {pair[1]} cannot be told apart")
        self.pair = pair


def shares(Rxx: Floats, rxy: Floats) -> Shares:
    """LMG, Johnson, first, last, Pratt, beta, VIF from correlations (S24).

    Rxx (p, p), rxy (p,). Raises SingularError naming the most alike pair.
    """
    if Rxx.shape[0] > 1 and np.linalg.cond(Rxx) > SINGULAR:
        raise SingularError(_most_alike(Rxx))
    inverse = np.linalg.inv(Rxx)
    beta = inverse @ rxy
    vif = np.diag(inverse)
    return Shares(
        float(beta @ rxy),
        beta,
        vif,
        lmg(Rxx, rxy) if Rxx.shape[0] <= MOST_FOR_LMG else None,
        relative_weights(Rxx[None], rxy[None])[0],
        rxy**2,
        beta**2 / vif,
        beta * rxy,
    )


def relative_weights(Rxx: Floats, rxy: Floats) -> Floats:
    """Johnson's relative weights (2000) of many matrices at once: (m, p, p), (m, p) -> (m, p).

    Each row sums to its R2.
    """
    values, vectors = np.linalg.eigh(Rxx)
    root = np.sqrt(np.clip(values, 1e-12, None))
    L = (vectors * root[:, None, :]) @ vectors.transpose(0, 2, 1)
    b = np.linalg.solve(L, rxy[:, :, None])[:, :, 0]
    weights: Floats = ((L**2) @ (b**2)[:, :, None])[:, :, 0]
    return weights


def lmg(Rxx: Floats, rxy: Floats) -> Floats:
    """Average R2 increment over all orders (Lindeman, Merenda & Gold 1980); sums to R2."""
    p = len(rxy)
    r2 = np.zeros(1 << p)
    for size in range(1, p + 1):
        sets = np.array(list(combinations(range(p), size)))
        R = Rxx[sets[:, :, None], sets[:, None, :]]
        r = rxy[sets]
        found = (np.linalg.solve(R, r[:, :, None])[:, :, 0] * r).sum(axis=1)
        r2[(1 << sets).sum(axis=1)] = found
    masks = np.arange(1 << p)
    sizes = np.array([int(m).bit_count() for m in masks])
    weight = np.array([1 / (p * comb(p - 1, s)) if s < p else 0.0 for s in range(p + 1)])
    out = np.empty(p)
    for i in range(p):
        without = masks[(masks >> i) & 1 == 0]
        out[i] = (weight[sizes[without]] * (r2[without | (1 << i)] - r2[without])).sum()
    return out


def bootstrap_weights(X: Floats, y: Floats, draws: int, seed: int) -> Floats:
    """S25: relative weights of each resample of respondents, (draws, p).

    X (n, p), y (n,), NaN = no answer; each resample uses its complete rows. Correlations come
    from sums of cross-products. A draw without variance is a row of NaN.
    """
    p = X.shape[1]
    Z = np.column_stack([X, y])
    whole = np.asarray(~np.isnan(Z).any(axis=1))
    Z = np.where(whole[:, None], Z - Z[whole].mean(axis=0), 0.0)
    upper = np.triu_indices(p + 1)
    columns = np.hstack([whole[:, None], Z, Z[:, upper[0]] * Z[:, upper[1]]])
    sums = resampled_sums(columns, draws, seed)
    sums = sums[:, 1:] / np.maximum(sums[:, :1], 1)
    means, products = sums[:, : p + 1], np.empty((draws, p + 1, p + 1))
    products[:, upper[0], upper[1]] = products[:, upper[1], upper[0]] = sums[:, p + 1 :]
    C = products - means[:, :, None] * means[:, None, :]
    sd: Floats = np.sqrt(np.clip(np.diagonal(C, axis1=1, axis2=2), 1e-300, None))
    usable = np.asarray((sd > 1e-9).all(axis=1))
    R = C[usable] / (sd[usable, :, None] * sd[usable, None, :])
    out = np.full((draws, p), np.nan)
    out[usable] = relative_weights(R[:, :p, :p], R[:, :p, p])
    return out


def by_name(names: Sequence[str], values: Floats) -> Mapping[str, float]:
    """Values under their names."""
    return {name: float(v) for name, v in zip(names, values, strict=True)}


def _most_alike(R: Floats) -> tuple[int, int]:
    off = np.abs(R - np.eye(len(R)))
    i, j = np.unravel_index(int(off.argmax()), off.shape)
    return (int(min(i, j)), int(max(i, j)))

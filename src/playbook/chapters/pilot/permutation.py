"""Exact permutation of the pilot label, its bounds by inversion, and sign flips of pairs (PI12)."""

from itertools import combinations
from math import comb, floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.chapters.pilot.parts import Pairs, Permutation
from playbook.core.stats import Floats

TIE = 1e-12
EXACT_PAIRS = 20


def smallest_p(pilots: int, controls: int) -> float:
    """The smallest one-sided p an exact permutation can give: 1 / C(J, J1).

    >>> round(1 / smallest_p(1, 10)), round(1 / smallest_p(3, 9))
    (11, 220)
    """
    return 1 / comb(pilots + controls, pilots)


def permute(
    changes: ArrayLike,
    pilot: ArrayLike,
    margin: float = 0.0,
    alpha: float = 0.05,
    randomised: bool = False,
    most: int = 20_000,
    seed: int = 1,
) -> Permutation:
    """Compare the pilots' lift with that of all other sets of stores of the same size (PI12).

    changes: one per store. Above ``most`` sets that many are drawn with the seed. A test of
    randomisation only if pilots were drawn by lot; else a placebo test (Fisher 1935; MacKinnon,
    Webb 2020).
    """
    y, x = np.asarray(changes, float), np.asarray(pilot, bool)
    sets, exact = _sets(x, most, seed)
    d = _lifts(y, sets)
    d_margin = _lifts(y - margin * x, sets)
    n = len(sets)
    lower, upper = _bounds(d, sets, x, alpha)
    return Permutation(
        n_assignments=n,
        exact=exact,
        randomised=randomised,
        p_one_sided=float((d >= d[0] - TIE).sum()) / n,
        p_two_sided=float((np.abs(d) >= abs(d[0]) - TIE).sum()) / n,
        p_margin=float((d_margin >= d_margin[0] - TIE).sum()) / n,
        p_min=smallest_p(int(x.sum()), int((~x).sum())) if exact else 1 / n,
        lower_bound=lower,
        upper_bound=upper,
    )


def rescaled_p(
    changes: ArrayLike,
    weights: ArrayLike,
    pilot: ArrayLike,
    margin: float = 0.0,
    draws: int = 5_000,
    seed: int = 1,
) -> float:
    """One-sided p at the margin when stores differ much in answers (Ferman, Pinto 2019).

    Changes are brought to one spread, z = (y - mu) sqrt(w), shuffled over all stores and given
    the spread of their new place. weights: 1 / (variance + tau2) of each store.
    """
    w, x = np.asarray(weights, float), np.asarray(pilot, bool)
    y = np.asarray(changes, float) - margin * x
    mu = float((w * y).sum() / w.sum())
    z = (y - mu) * np.sqrt(w)
    rng = np.random.default_rng(seed)
    order = np.argsort(rng.random((draws, y.size)), axis=1)
    drawn = mu + z[order] / np.sqrt(w)
    d = drawn[:, x].mean(axis=1) - drawn[:, ~x].mean(axis=1)
    observed = float(y[x].mean() - y[~x].mean())
    return (1 + float((d >= observed - TIE).sum())) / (draws + 1)


def sign_flips(differences: ArrayLike, draws: int = 20_000, seed: int = 1) -> Pairs:
    """Exact sign-flip test of matched pairs, pilot minus control (Fisher 1935, sec. 21).

    >>> sign_flips([1.0, 2.0, 3.0]).p_one_sided
    0.125
    """
    d = np.asarray(differences, float)
    observed = float(d.sum())
    totals = np.zeros(1)
    if d.size <= EXACT_PAIRS:
        for item in d:
            totals = np.concatenate([totals + item, totals - item])
    else:
        signs = np.random.default_rng(seed).choice([-1.0, 1.0], (draws, d.size))
        totals = np.concatenate([[observed], signs @ d])
    tie = 1e-9 * max(1.0, float(np.abs(d).sum()))
    count = int((totals >= observed - tie).sum())
    two_sided = float((np.abs(totals) >= abs(observed) - tie).sum()) / totals.size
    return Pairs(d.size, observed, count, totals.size, count / totals.size, two_sided)


def _sets(x: NDArray[np.bool_], most: int, seed: int) -> tuple[NDArray[np.bool_], bool]:
    """Sets of stores as rows of truth values, the pilots' own set first; are these all sets?"""
    stores, pilots = x.size, int(x.sum())
    exact = comb(stores, pilots) <= most
    if exact:
        own = tuple(np.flatnonzero(x))
        rows = [own, *(s for s in combinations(range(stores), pilots) if s != own)]
    else:
        rng = np.random.default_rng(seed)
        drawn = np.argsort(rng.random((most, stores)), axis=1)[:, :pilots]
        rows = [tuple(np.flatnonzero(x)), *map(tuple, drawn)]
    sets = np.zeros((len(rows), stores), dtype=bool)
    sets[np.arange(len(rows))[:, None], np.asarray(rows)] = True
    return sets, exact


def _lifts(y: Floats, sets: NDArray[np.bool_]) -> Floats:
    pilots = int(sets[0].sum())
    inside = sets @ y
    found: Floats = inside / pilots - (y.sum() - inside) / (y.size - pilots)
    return found


def _bounds(
    d: Floats, sets: NDArray[np.bool_], x: NDArray[np.bool_], alpha: float
) -> tuple[float | None, float | None]:
    """Lifts that the test would not reject, in closed form: where d_A overtakes d_T."""
    m = floor(alpha * len(sets) + 1e-9)
    pilots, controls = int(x.sum()), int((~x).sum())
    shared = (sets & x).sum(axis=1)
    other = shared < pilots
    other[0] = False
    if m == 0 or int(other.sum()) < m:
        return None, None
    k = shared[other] / pilots - (pilots - shared[other]) / controls
    crossing = np.sort((d[0] - d[other]) / (1 - k))
    return float(crossing[m - 1]), float(crossing[-m])

"""Random numbers of the case: one stream per table, so that tables do not disturb each other."""

import zlib
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

_STANDARD = NormalDist()


def stream(seed: int, table: str) -> np.random.Generator:
    """Return the random numbers of one table."""
    return np.random.default_rng([seed, zlib.crc32(table.encode("utf-8"))])


def pick(rng: np.random.Generator, weights: Sequence[float], n: int) -> NDArray[np.int_]:
    """Draw n positions with these weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float) / sum(weights))
    return np.minimum(np.searchsorted(edges, rng.random(n), side="right"), len(weights) - 1)


def scored(latent: NDArray[np.float64], low: int, high: int) -> NDArray[np.int_]:
    """Round a latent judgement to the answers of a scale."""
    return np.clip(np.floor(latent + 0.5), low, high).astype(int)


def scored_mean(centre: float, sd: float, low: int, high: int) -> float:
    """Mean answer when the latent judgement is normal around centre.

    >>> round(scored_mean(4.0, 1.0, 1, 7), 6)
    4.0
    """
    cuts = (k - 0.5 for k in range(low + 1, high + 1))
    return low + sum(1 - _STANDARD.cdf((cut - centre) / sd) for cut in cuts)


def centre_for(mean: float, sd: float, low: int, high: int) -> float:
    """Latent centre whose rounded, cut answers have this mean (bisection).

    >>> round(scored_mean(centre_for(6.1, 1.0, 1, 7), 1.0, 1, 7), 9)
    6.1
    """
    left, right = low - 10.0, high + 10.0
    for _ in range(80):
        middle = (left + right) / 2
        if scored_mean(middle, sd, low, high) < mean:
            left = middle
        else:
            right = middle
    return (left + right) / 2

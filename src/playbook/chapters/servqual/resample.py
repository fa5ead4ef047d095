"""Bootstrap of respondents by counting: a resample is how often each respondent was drawn.

Sums over a resample are then one matrix product, for all draws at once (Efron 1979).
"""

import numpy as np

from playbook.core.stats import Floats, percentile_interval

CELLS = 4_000_000
"""So many counts are held at a time."""


def resampled_sums(columns: Floats, draws: int, seed: int) -> Floats:
    """Column sums of columns (n, q) over draws resamples of the n rows: (draws, q).

    The same seed and n give the same resamples, whatever the columns.
    """
    n = columns.shape[0]
    rng = np.random.default_rng(seed)
    at_once = max(1, CELLS // max(n, 1))
    out = np.empty((draws, columns.shape[1]))
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        rows = rng.integers(0, n, (size, n)) + n * np.arange(size)[:, None]
        counts = np.bincount(rows.ravel(), minlength=size * n).reshape(size, n)
        out[start : start + size] = counts.astype(np.float64) @ columns
    return out


def resampled_means(x: Floats, draws: int, seed: int) -> Floats:
    """Mean of every column over the valid rows of each resample: (draws, columns)."""
    valid = ~np.isnan(x)
    sums = resampled_sums(np.hstack([np.where(valid, x, 0.0), valid]), draws, seed)
    q = x.shape[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, :q] / sums[:, q:]


def first_share(draws: Floats, lowest: bool) -> list[float]:
    """Share of draws in which each column is the lowest (or highest); ties are shared."""
    draws = draws[np.isfinite(draws).all(axis=1)]
    if not len(draws):
        return [0.0] * draws.shape[1]
    best = np.min(draws, axis=1) if lowest else np.max(draws, axis=1)
    hits = np.abs(draws - best[:, None]) < 1e-12
    return [float(x) for x in (hits / hits.sum(axis=1, keepdims=True)).mean(axis=0)]


def lowest_share(draws: Floats, most: int) -> list[float]:
    """Share of draws in which each column is among the ``most`` lowest."""
    ranks = draws.argsort(axis=1).argsort(axis=1)
    return [float(x) for x in (ranks < most).mean(axis=0)]


def intervals(draws: Floats) -> list[tuple[float, float] | None]:
    """Percentile interval of every column."""
    return [percentile_interval(column) for column in draws.T]

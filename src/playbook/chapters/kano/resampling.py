"""Bootstrap by respondent (K18): whole rows are drawn, so features stay as tied as they are.

What is resampled is not the answers but the counts by respondent: draws x respondents weights
times respondents x categories is one matrix product. Above MOST_GROUPS respondents, these are put
at random into so many groups and the groups are drawn (random groups, Wolter 1985): the same
variance in expectation, and a million respondents cost what ten thousand do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano.evaluation import CATEGORIES, Bytes, look_up
from playbook.chapters.kano.result import Interval, Rank
from playbook.chapters.kano.rules import A, Floats, I, M, O, R
from playbook.core.stats import percentile_interval

MOST_GROUPS = 10_000
_CHUNK = 100


def respondent_groups(pairs: Bytes, table: str, seed: int) -> Floats:
    """Category counts by group of respondents: (groups, features, 6).

    pairs: codes of evaluation.pair_codes, shape (features, respondents).
    """
    features, people = pairs.shape
    groups = min(people, MOST_GROUPS)
    member = np.arange(people)
    if people > groups:
        member = np.random.default_rng([seed, 1]).permutation(people) % groups
    places = look_up(table)
    out = np.empty((groups, features, 6))
    for i in range(features):
        cell = member * 7 + places[pairs[i]]
        counted = np.bincount(cell, minlength=7 * groups).reshape(groups, 7)
        out[:, i] = counted[:, :6]
    return out


def draw_groups(groups: Floats, draws: int, seed: int) -> Floats:
    """Category counts of each draw: (draws, features, 6)."""
    n, features = groups.shape[0], groups.shape[1]
    flat = groups.reshape(n, -1)
    rng = np.random.default_rng([seed, 2])
    parts = []
    for start in range(0, draws, _CHUNK):
        rows = min(_CHUNK, draws - start)
        picked = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        weights = np.bincount(picked.ravel(), minlength=rows * n).reshape(rows, n)
        parts.append(weights.astype(np.float64) @ flat)
    return np.concatenate(parts).reshape(draws, features, 6)


def draw_counts(counts: Floats, draws: int, seed: int, stream: int) -> Floats:
    """The same for a feature known by its totals only: multinomial, (draws, 6)."""
    total = int(counts.sum())
    rng = np.random.default_rng([seed, 3, stream])
    return rng.multinomial(total, counts / total, size=draws).astype(np.float64)


@dataclass(frozen=True)
class Resampled:
    """What the draws of one feature say; every None: it has no pairs or no n."""

    p_mode: Mapping[str, float] | None = None
    better_ci: Interval | None = None
    worse_ci: Interval | None = None
    left_out: int | None = None
    rank_better: Rank | None = None
    rank_worse: Rank | None = None
    rank_priority: Rank | None = None


def resampled(
    observed: Floats,
    drawn: Floats,
    level: float,
    tie: Sequence[float],
    listed: Sequence[bool],
) -> list[Resampled]:
    """Shares of categories, intervals and ranks of all features.

    observed: (features, 6). drawn: (draws, features, 6), NaN where a feature cannot be drawn.
    tie: settles ties of priority, larger first. listed: features that have a category at all; the
    others stand last and have no place.
    """
    better, worse = _coefficients(drawn)
    b0, w0 = _coefficients(observed[None])
    known = np.isfinite(drawn).all(axis=(0, 2)) & (drawn.sum(axis=(0, 2)) > 0)
    modes = np.where(drawn.sum(axis=2) > 0, np.nan_to_num(drawn).argmax(axis=2), -1)
    ranks = [
        _ranked(_places(-b0), _places(-better), level),
        _ranked(_places(w0), _places(worse), level),
        _ranked(_priority(observed[None], tie, listed), _priority(drawn, tie, listed), level),
    ]
    defined = known & np.isfinite(b0[0])
    out = []
    for i in range(observed.shape[0]):
        if not known[i]:
            out.append(Resampled())
            continue
        by_better, by_worse = (r[i] if defined[i] else None for r in ranks[:2])
        out.append(
            Resampled(
                _shares(modes[:, i]), percentile_interval(better[:, i], level),
                percentile_interval(worse[:, i], level),
                int((~np.isfinite(better[:, i])).sum()),
                by_better, by_worse, ranks[2][i] if listed[i] else None,
            )
        )  # fmt: skip
    return out


def _shares(modes: NDArray[np.intp]) -> dict[str, float]:
    """How often each category came out; draws without any pair (-1) are left out."""
    drawn = modes[modes >= 0]
    counted = np.bincount(drawn, minlength=6) / max(1, drawn.size)
    return {letter: float(share) for letter, share in zip(CATEGORIES, counted, strict=True)}


def _coefficients(counts: Floats) -> tuple[Floats, Floats]:
    """K10 over the last axis; NaN where 0/0."""
    aomi = counts[..., :R].sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        better = (counts[..., A] + counts[..., O]) / aomi
        return better, -(counts[..., O] + counts[..., M]) / aomi


def _places(values: Floats) -> NDArray[np.intp]:
    """Rank of each feature within each draw, smallest value first; equals share the best place."""
    places: NDArray[np.intp] = (values[:, :, None] > values[:, None, :]).sum(axis=2)
    return places + 1


def _priority(counts: Floats, tie: Sequence[float], listed: Sequence[bool]) -> NDArray[np.intp]:
    """K26 within each draw: (draws, features) places from 1."""
    better, worse = (np.nan_to_num(c) for c in _coefficients(counts))
    empty = ~(counts.sum(axis=2) > 0) | ~np.asarray(listed)
    category = np.where(empty, len(CATEGORIES), np.nan_to_num(counts).argmax(axis=2))
    size = -worse
    first = np.select([category == A, category == I], [better, np.hypot(better, size)], size)
    second = np.select([category == A, category == I], [size, np.zeros_like(size)], better)
    last = np.broadcast_to(-np.asarray(tie), category.shape)
    order = np.lexsort((last, -second, -first, category), axis=1)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, order.shape[1] + 1)[None], axis=1)
    return places


def _ranked(observed: NDArray[np.intp], drawn: NDArray[np.intp], level: float) -> list[Rank]:
    low, high = np.quantile(
        drawn, [0.5 - level / 2, 0.5 + level / 2], axis=0, method="inverted_cdf"
    )
    return [Rank(int(r), int(a), int(b)) for r, a, b in zip(observed[0], low, high, strict=True)]

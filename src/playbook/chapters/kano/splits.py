"""Segments and wording sets against each other: K24."""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.chapters.kano.coding import Objects
from playbook.chapters.kano.evaluation import CATEGORIES, Bytes, look_up
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.result import Difference, Split, SplitTest
from playbook.chapters.kano.rules import A, Floats, M, O, R, mode
from playbook.core.stats import Estimate, chi_square, holm, newcombe, wilson

THIN = 5.0
"""Below this smallest expected count the p-value is simulated as well."""
ALPHA = 0.05


def split(
    column: str, group: Objects, pairs: Bytes, features: Sequence[str], s: Settings, seed: int
) -> Split | None:
    """Compare the groups on every feature; None if there are not two of them.

    group: one text or None per respondent. pairs: (features, respondents) pair codes.
    """
    place, names = pd.factorize(pd.Series(group, dtype=object), sort=True)
    if len(names) < 2:
        return None
    places, groups = look_up(s.table), tuple(str(name) for name in names)
    known = place >= 0
    tests = []
    for i, feature in enumerate(features):
        cell = place[known] * 7 + places[pairs[i][known]]
        counted = np.bincount(cell, minlength=7 * len(groups)).reshape(-1, 7)[:, :6]
        tests.append(_test(feature, groups, counted.astype(np.float64), s, [seed, 4, i]))
    return Split(column, groups, _with_holm(tests))


def split_counts(
    column: str, groups: Sequence[str], counts: dict[str, Floats], s: Settings, seed: int
) -> Split:
    """The same from counts already made: feature -> (groups, 6)."""
    tests = [
        _test(feature, tuple(groups), table, s, [seed, 4, i])
        for i, (feature, table) in enumerate(counts.items())
    ]
    return Split(column, tuple(groups), _with_holm(tests))


def _test(
    feature: str, groups: tuple[str, ...], counts: Floats, s: Settings, seed: list[int]
) -> SplitTest:
    enough = [i for i in range(len(groups)) if counts[i].sum() >= s.segment_min_pairs]
    table = counts[enough]
    table = table[:, table.sum(axis=0) > 0]
    modes = {g: mode(row) for g, row in zip(groups, counts, strict=True)}
    test: tuple[float | None, int | None, float | None] = (None, None, None)
    least = v = simulated = None
    if min(table.shape) >= 2:
        test = chi_square(table)
        least = float((table.sum(axis=1, keepdims=True) * table.sum(axis=0)).min() / table.sum())
        v = float(np.sqrt((test[0] or 0.0) / (table.sum() * (min(table.shape) - 1))))
        simulated = _monte_carlo(table, s.monte_carlo, seed) if least < THIN else None
    return SplitTest(
        feature,
        {g: dict(zip(CATEGORIES, map(float, row), strict=True))
         for g, row in zip(groups, counts, strict=True)},
        modes,
        {g: _share(row, _gain, s.level) for g, row in zip(groups, counts, strict=True)},
        {g: _negative(_share(row, _loss, s.level)) for g, row in zip(groups, counts, strict=True)},
        tuple(groups[i] for i in enough),
        *test,
        None,
        simulated,
        least,
        v,
        tuple(_difference(groups, counts, a, b, s.level) for a, b in combinations(enough, 2)),
        len({modes[groups[i]] for i in enough}) > 1,
        False,
    )  # fmt: skip


def _with_holm(tests: Sequence[SplitTest]) -> tuple[SplitTest, ...]:
    """Holm over the features; a thin table must hold in the simulation too."""
    adjusted = holm([t.p for t in tests])
    simulated = holm([t.p if t.p_monte_carlo is None else t.p_monte_carlo for t in tests])
    out = []
    for t, p, q in zip(tests, adjusted, simulated, strict=True):
        sure = p is not None and q is not None and max(p, q) < ALPHA
        out.append(_replace(t, p, sure))
    return tuple(out)


def _replace(test: SplitTest, p_holm: float | None, proven: bool) -> SplitTest:
    from dataclasses import replace

    return replace(test, p_holm=p_holm, proven=proven)


def _gain(row: Floats) -> float:
    return float(row[A] + row[O])


def _loss(row: Floats) -> float:
    return float(row[O] + row[M])


def _share(row: Floats, hits: Callable[[Floats], float], level: float) -> Estimate:
    return wilson(hits(row), float(row[:R].sum()), level)


def _negative(e: Estimate) -> Estimate:
    """The estimate of worse from that of |worse|."""
    if e.value is None or e.low is None or e.high is None:
        return e
    return Estimate(-e.value, -e.high, -e.low, e.n)


def _difference(groups: Sequence[str], counts: Floats, a: int, b: int, level: float) -> Difference:
    n1, n2 = float(counts[a, :R].sum()), float(counts[b, :R].sum())
    better = newcombe(_gain(counts[a]), n1, _gain(counts[b]), n2, level)
    loss = newcombe(_loss(counts[a]), n1, _loss(counts[b]), n2, level)
    return Difference(groups[a], groups[b], better, _negative(loss))


def _monte_carlo(table: Floats, draws: int, seed: list[int]) -> float:
    """p of the chi-square with both margins fixed, by simulation (one added to both counts)."""
    from scipy.stats import random_table

    rows, columns = table.sum(axis=1).astype(int), table.sum(axis=0).astype(int)
    expected = np.outer(rows, columns) / table.sum()
    rng = np.random.default_rng(seed)
    drawn: NDArray[np.float64] = random_table(rows, columns).rvs(
        draws, method="patefield", random_state=rng
    )
    observed = ((table - expected) ** 2 / expected).sum()
    statistics = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((1 + (statistics >= observed - 1e-9).sum()) / (draws + 1))

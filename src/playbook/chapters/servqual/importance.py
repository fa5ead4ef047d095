"""Importance-performance analysis with its stability: S18-S22."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.servqual.inputs import Lines
from playbook.chapters.servqual.result_importance import Ipa, IpaAttribute, Quadrant, Source
from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.findings import Certainty
from playbook.core.stats import Floats

# index = 2 * importance is high + performance is high
QUADRANTS: tuple[Quadrant, ...] = ("low_priority", "possible_overkill", "concentrate", "keep_up")
DATA_CENTRED = ("grand_mean", "median")


@dataclass(frozen=True)
class Grid:
    """What a grid stands on. draws_*: (draws, attributes) resampled means.

    importance_scale is None where importance has no scale of its own (points, derived weights).
    """

    ids: tuple[str, ...]
    n: tuple[int, ...]
    p: Floats
    i: Floats
    p_ci: tuple[Interval, ...]
    i_ci: tuple[Interval, ...]
    draws_p: Floats
    draws_i: Floats
    scale: tuple[float, float]
    importance_scale: tuple[float, float] | None


def line(values: Floats, kind: Lines, scale: tuple[float, float], target: float | None) -> Floats:
    """The crosshair for every row of values (…, attributes) (S18)."""
    if kind == "grand_mean":
        return np.asarray(values.mean(axis=-1))
    if kind == "median":
        return np.asarray(np.median(values, axis=-1))
    fixed = sum(scale) / 2 if kind == "scale_midpoint" or target is None else target
    return np.full(values.shape[:-1], fixed)


def places(p: Floats, i: Floats, line_p: Floats, line_i: Floats) -> NDArray[np.int64]:
    """Index into QUADRANTS of every attribute; a value on the line counts as high."""
    tiny = 1e-9
    high_i = i >= np.asarray(line_i)[..., None] - tiny
    high_p = p >= np.asarray(line_p)[..., None] - tiny
    return np.asarray(2 * high_i + 1 * high_p, dtype=np.int64)


def quadrants(
    p: Floats,
    i: Floats,
    kind: Lines,
    scale: tuple[float, float],
    targets: tuple[float | None, float | None] = (None, None),
    importance_scale: tuple[float, float] | None = None,
) -> tuple[float, float, tuple[Quadrant, ...]]:
    """Crosshair and quadrant of each attribute from means alone."""
    line_p = line(p, kind, scale, targets[0])
    line_i = line(i, kind, importance_scale or scale, targets[1])
    found = places(p, i, line_p, line_i)
    return float(line_p), float(line_i), tuple(QUADRANTS[x] for x in found)


def csi(p: Floats, i: Floats, high: float) -> float:
    """Customer satisfaction index 0-100: 100 sum(I P) / (max sum I) (S21)."""
    return float(100 * (i @ p) / (high * i.sum()))


def pgcv(p: Floats, i: Floats, high: float) -> Floats:
    """Potential gain in customer value: I max - I P (Hom 1997; S22)."""
    return np.asarray(i * high - i * p)


def diagonal(p: Floats, i: Floats, same_scale: bool) -> Floats:
    """Priority I - P; on different scales the difference of z-scores (S20)."""
    if same_scale:
        return np.asarray(i - p)
    return np.asarray(_z(i) - _z(p))


def second_choice(kind: Lines) -> Lines:
    """The lines shown beside the chosen ones, so that nobody reads one choice as absolute."""
    return "median" if kind == "grand_mean" else "grand_mean"


def ipa(
    source: Source,
    grid: Grid,
    kind: Lines,
    targets: tuple[float | None, float | None] = (None, None),
    least_share: float = 0.8,
) -> Ipa | None:
    """The grid with the share of draws that put an attribute in the same quadrant (S18-S22).

    Importance without a scale of its own always has data-centred lines. None for fewer than
    three attributes under data-centred lines.
    """
    kind_i: Lines = kind
    if grid.importance_scale is None and kind not in DATA_CENTRED:
        kind_i = "grand_mean"
    if len(grid.ids) < 3 and (kind in DATA_CENTRED or kind_i in DATA_CENTRED):
        return None
    scale_i = grid.importance_scale or grid.scale

    def found(p: Floats, i: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
        line_p = line(p, kind, grid.scale, targets[0])
        line_i = line(i, kind_i, scale_i, targets[1])
        return line_p, line_i, places(p, i, line_p, line_i)

    line_p, line_i, now = found(grid.p, grid.i)
    usable = np.isfinite(grid.draws_p).all(axis=1) & np.isfinite(grid.draws_i).all(axis=1)
    stays = found(grid.draws_p[usable], grid.draws_i[usable])[2] == now
    second = second_choice(kind)
    other = quadrants(grid.p, grid.i, second, grid.scale)[2]
    same = grid.importance_scale == grid.scale
    gain = pgcv(grid.p, grid.i, grid.scale[1])
    prior = diagonal(grid.p, grid.i, same)
    attributes = tuple(
        _attribute(grid, j, now, float(stays[:, j].mean()), other[j], prior, gain, least_share)
        for j in range(len(grid.ids))
    )
    index = None if source == "derived" else csi(grid.p, grid.i, grid.scale[1])
    unit: Literal["points", "z"] = "points" if same else "z"
    return Ipa(source, kind, second, float(line_p), float(line_i), attributes, unit, index)


def certainty_of(share: float, least: float = 0.8) -> Certainty:
    """proven from .95, likely from the least share on, else undecided (S19)."""
    return "proven" if share >= 0.95 else "likely" if share >= least else "undecided"


def _attribute(
    grid: Grid,
    j: int,
    now: NDArray[np.int64],
    share: float,
    other: Quadrant,
    prior: Floats,
    gain: Floats,
    least: float,
) -> IpaAttribute:
    return IpaAttribute(
        grid.ids[j],
        grid.n[j],
        float(grid.p[j]),
        grid.p_ci[j],
        float(grid.i[j]),
        grid.i_ci[j],
        QUADRANTS[now[j]],
        share,
        certainty_of(share, least),
        other,
        float(prior[j]) if np.isfinite(prior[j]) else None,
        float(gain[j]),
    )


def _z(x: Floats) -> Floats:
    sd = x.std(ddof=1)
    return np.asarray((x - x.mean()) / sd) if sd > 0 else np.full_like(x, np.nan)


def by_id(found: Ipa) -> Mapping[str, IpaAttribute]:
    """Attributes under their ids."""
    return {a.id: a for a in found.attributes}

"""The return as a distribution: draws, tornado and curve (RV8).

The lift follows the pilot's t distribution; other inputs with a range are triangular.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.review.returns import HIGHEST_RETENTION, Economics, Reading, return_of

Floats = NDArray[np.float64]
NAMES = (
    "customers",
    "margin",
    "retention",
    "discount",
    "uplift",
    "points",
    "cost",
    "exposed_share",
)
CURVE_POINTS = 25


RATES = ("retention", "discount", "uplift", "exposed_share", "quoted_roi")
"""Inputs that are rates; the others are counts, amounts or points."""


@dataclass(frozen=True)
class MoneyInput:
    """One input with its range; se and df where it comes from the pilot's t distribution."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    se: float | None = None
    df: float | None = None


@dataclass(frozen=True)
class Bar:
    """One tornado bar: the return with this input at its low and its high, others at base."""

    name: str
    low_value: float
    high_value: float
    roi_low: float
    roi_high: float


@dataclass(frozen=True)
class Spread:
    """The return with its interval. curve: (points of lift, return). draws 0: nothing varies."""

    roi: float
    roi_low: float | None
    roi_high: float | None
    prob_roi_positive: float | None
    draws: int
    tornado: tuple[Bar, ...]
    curve: tuple[tuple[float, float], ...]


def spread_of(
    base: Economics,
    reading: Reading,
    inputs: Sequence[MoneyInput],
    draws: int,
    seed: int,
    level: float = 0.95,
) -> Spread:
    """Draw the varying inputs and give interval, P(ROI > 0), tornado and curve of one reading."""
    varying = [item for item in inputs if item.name in NAMES and _varies(item)]
    roi = return_of(base, reading).roi
    low = high = prob = None
    if varying:
        values = {item.name: _draw(item, draws, seed) for item in varying}
        found = roi_draws(base, reading, values)
        ends = np.quantile(found, [0.5 - level / 2, 0.5 + level / 2])
        low, high, prob = float(ends[0]), float(ends[1]), float((found > 0).mean())
    bars = [_bar(base, reading, item) for item in varying]
    return Spread(
        roi=roi,
        roi_low=low,
        roi_high=high,
        prob_roi_positive=prob,
        draws=draws if varying else 0,
        tornado=tuple(sorted(bars, key=lambda b: (-abs(b.roi_high - b.roi_low), b.name))),
        curve=_curve(base, reading, inputs),
    )


def roi_draws(base: Economics, reading: Reading, values: Mapping[str, Floats]) -> Floats:
    """The net return for arrays of inputs; what is not among values stays at base."""

    def of(name: str) -> Floats | float:
        return values[name] if name in values else float(getattr(base, name))

    r = np.clip(of("retention"), 0.0, HIGHEST_RETENTION)
    i = np.maximum(of("discount"), 1e-6)
    change = np.asarray(of("uplift")) * of("points")
    after = np.clip(r * (1 + change) if reading == "relative" else r + change, 0, HIGHEST_RETENTION)

    def worth(retention: Floats) -> Floats:
        factor = 1 + i if base.first_margin == "start" else retention
        return np.asarray(of("margin") * factor / (1 + i - retention))

    gain = np.asarray(of("customers")) * of("exposed_share") * (worth(after) - worth(r))
    return np.asarray((gain - of("cost")) / of("cost"), dtype=float)


def _varies(item: MoneyInput) -> bool:
    if item.se:
        return True
    return item.low is not None and item.high is not None and item.low < item.high


def _draw(item: MoneyInput, draws: int, seed: int) -> Floats:
    """Each input has its own stream: a further input leaves the others' draws as they were."""
    rng = np.random.default_rng([seed, NAMES.index(item.name)])
    if item.se:
        t = rng.standard_normal(draws) if item.df is None else rng.standard_t(item.df, draws)
        return np.asarray(item.value + item.se * t)
    low = item.value if item.low is None else item.low
    high = item.value if item.high is None else item.high
    return np.asarray(rng.triangular(low, item.value, high, draws))


def _ends(item: MoneyInput) -> tuple[float, float]:
    if item.low is not None and item.high is not None:
        return item.low, item.high
    half = 1.959964 * (item.se or 0.0)
    return item.value - half, item.value + half


def _bar(base: Economics, reading: Reading, item: MoneyInput) -> Bar:
    low, high = _ends(item)
    at = [return_of(_with(base, item.name, value), reading).roi for value in (low, high)]
    return Bar(item.name, low, high, at[0], at[1])


def _with(base: Economics, name: str, value: float) -> Economics:
    changes: dict[str, Any] = {name: value}
    return replace(base, **changes)


def _curve(
    base: Economics, reading: Reading, inputs: Sequence[MoneyInput]
) -> tuple[tuple[float, float], ...]:
    """The return over the lift, from 0 (or the low end below it) to beyond its high end."""
    lift = next((item for item in inputs if item.name == "points"), None)
    low, high = _ends(lift) if lift is not None else (base.points, base.points)
    start, end = min(0.0, low), max(high, 2 * base.points, 1e-9)
    return tuple(
        (float(p), return_of(replace(base, points=float(p)), reading).roi)
        for p in np.linspace(start, end, CURVE_POINTS)
    )

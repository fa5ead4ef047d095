"""Importance, drivers and asymmetry as the chapter hands them on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.findings import Certainty

Source = Literal["stated", "points", "derived"]
Quadrant = Literal["concentrate", "keep_up", "low_priority", "possible_overkill"]
Asymmetry = Literal["dissatisfier", "satisfier", "hybrid", "not_classified"]


@dataclass(frozen=True)
class IpaAttribute:
    """One attribute of the grid. quadrant_share: draws that put it in the same quadrant."""

    id: str
    n: int
    p_mean: float
    p_ci: Interval
    i_mean: float
    i_ci: Interval
    quadrant: Quadrant
    quadrant_share: float
    certainty: Certainty
    second_quadrant: Quadrant
    diagonal: float | None
    pgcv: float | None


@dataclass(frozen=True)
class Ipa:
    """Importance-performance grid. source: where importance comes from.

    stated = asked by item; points = 100 points shared out; derived = relative weights.
    diagonal_scale: points of the common scale, or z where the scales differ.
    """

    source: Source
    lines: str
    second_lines: str
    line_p: float
    line_i: float
    attributes: tuple[IpaAttribute, ...]
    diagonal_scale: Literal["points", "z"]
    csi: float | None


@dataclass(frozen=True)
class Drivers:
    """Association of the attributes with the overall rating; never a cause.

    n: complete rows; n_outcome: rows with an overall rating.
    """

    n: int
    n_outcome: int
    r2: float
    attributes: tuple[str, ...]
    pearson: Mapping[str, float]
    beta: Mapping[str, float]
    vif: Mapping[str, float]
    lmg: Mapping[str, float] | None
    relative_weight: Mapping[str, float]
    relative_weight_ci: Mapping[str, Interval]
    p_rank_1: Mapping[str, float]
    first: Mapping[str, float]
    last: Mapping[str, float]
    pratt: Mapping[str, float]
    stated: Mapping[str, float]
    hidden: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Contrast:
    """Penalty and reward of one attribute in points of the overall rating."""

    penalty: float | None
    penalty_se: float | None
    penalty_p: float | None
    reward: float | None
    reward_se: float | None
    reward_p: float | None
    n_low: int
    n_high: int
    riocs: float | None
    sgp: float | None
    dgp: float | None
    ia: float | None
    asymmetry: Asymmetry
    lean_p: float | None = None
    """p that penalty and reward are equally large: how sure the class is."""


@dataclass(frozen=True)
class Prca:
    """Penalty-reward contrast analysis; low <= low_max, high >= high_min."""

    n: int
    low_max: float
    high_min: float
    intercept: float
    r2: float
    adj_r2: float
    attributes: Mapping[str, Contrast]

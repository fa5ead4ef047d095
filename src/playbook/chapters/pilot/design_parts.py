"""The records of a pilot's design: what it can show, before the start and after."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class DesignCell:
    """What a design can prove with the wanted power."""

    pilots: int
    controls: int
    answers: int
    sd_change: float
    excess_needed: float
    lift_needed: float


@dataclass(frozen=True)
class DesignOption:
    """One way to strengthen the design, with the power it gives for the assumed lift."""

    code: str
    pilots: int
    controls: int
    answers: int
    lift_needed: float
    power: float | None


@dataclass(frozen=True)
class OperatingRow:
    """How often the rule says what, if the true lift is this."""

    lift: float
    scale: float
    iterate: float
    stop: float
    point_rule: float


@dataclass(frozen=True)
class Design:
    """What these stores and answers can show, from numbers known before the start."""

    pilots: int
    controls: int
    answers: int
    level: float
    tau: float
    tau_source: Literal["registered", "earlier_periods", "default"]
    sd_change: float | None
    excess_needed: float | None
    lift_needed: float | None
    assumed_lift: float | None
    power: float | None
    icc: float | None
    deff: float | None
    n_effective_per_store: float | None
    p_min: float | None
    answers_if_randomised: int | None
    table: tuple[DesignCell, ...]
    options: tuple[DesignOption, ...]
    operating: tuple[OperatingRow, ...]

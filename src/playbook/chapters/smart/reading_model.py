"""What the reader takes and gives: settings, slots, goals, and the whole reading of a text."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Value = TypeVar("Value", str, float)
Confidence = Literal["sure", "likely", "unsure"]
DeltaKind = Literal["relative_pct", "pp", "absolute"]


@dataclass(frozen=True)
class ReadSettings:
    """How dates are to be read; `holidays` names movable feasts, for example ("春节", date).

    A text of more than `most_characters` or `most_goals` is flagged, to be split (section 4).
    """

    reference_date: date | None = None
    fiscal_year_end: tuple[int, int] = (12, 31)
    day_first: bool = True
    lang: str | None = None
    holidays: tuple[tuple[str, date], ...] = ()
    most_characters: int = 500
    most_goals: int = 6


@dataclass(frozen=True)
class Slot(Generic[Value]):
    """One thing read: its value, its place in the original text, and how sure the reader is."""

    value: Value
    start: int
    end: int
    confidence: Confidence = "sure"


@dataclass(frozen=True)
class Threshold:
    """A service-level duration that belongs to the metric: never a target, never a deadline."""

    value: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Constraint:
    """A spending limit that stands beside a goal and is no goal itself."""

    text: Slot[str]
    limit: Slot[float]
    unit: str
    comparator: str = "<="


@dataclass(frozen=True)
class OtherTarget:
    """A further target of the same metric, a step on the way (85 by June, 90 by December)."""

    target: Slot[float]
    unit: str | None
    deadline: Slot[str] | None


@dataclass(frozen=True)
class ReadGoal:
    """One goal as it stands in the text; a slot that the text leaves empty is None.

    `target_readings` holds both readings of a percent change whose kind the text leaves open.
    """

    metric: Slot[str] | None = None
    metric_id: str | None = None
    direction: Slot[str] | None = None
    baseline: Slot[float] | None = None
    target: Slot[float] | None = None
    comparator: str | None = None
    delta: Slot[float] | None = None
    delta_kind: DeltaKind | None = None
    unit: str | None = None
    target_derived: float | None = None
    target_readings: tuple[tuple[str, float], ...] = ()
    deadline: Slot[str] | None = None
    deadline_text: Slot[str] | None = None
    horizon: str | None = None
    start: Slot[str] | None = None
    owner: Slot[str] | None = None
    scope: Slot[str] | None = None
    threshold: Threshold | None = None
    scale: float | None = None
    other_targets: tuple[OtherTarget, ...] = ()
    constraint: Constraint | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All goals of one text, the main one first, with the flags of the text as a whole."""

    text: str
    lang: str
    goals: tuple[ReadGoal, ...]
    flags: tuple[str, ...] = ()

    @property
    def n_goals(self) -> int:
        """How many goals the text states."""
        return len(self.goals)

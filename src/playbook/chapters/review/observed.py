"""The observed series of each goal: review_actuals joined with the goal cards."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.chapters.review.measures import Counts, Measure, measure
from playbook.chapters.review.reading import Card, Row, cards, rows
from playbook.core.inputs import Inputs
from playbook.core.periods import first_day, last_day

SHARE_UNITS = {"%", "share", "percent"}
_NO_CARD = Card("", {})


@dataclass(frozen=True)
class Point:
    """A period's value, and the table row it stands in."""

    period: str
    measure: Measure
    row: int


@dataclass(frozen=True)
class Observed:
    """One goal: its terms and its series in order of time.

    sense is 1 where more is better, -1 where less is. A maintain goal follows its comparator.
    """

    goal_id: str
    metric_id: str
    unit: str
    direction: str
    sense: int
    target: float | None
    baseline: Measure | None
    baseline_from: str
    start: date | None
    due: date | None
    owner: str
    points: tuple[Point, ...]

    @property
    def last(self) -> Point:
        return self.points[-1]


def observed(inputs: Inputs[Any]) -> tuple[Observed, ...]:
    """The goals of review_actuals in the order of the table; rows without a value left out."""
    known, level = cards(inputs), float(inputs.settings.level)
    groups: dict[str, list[Row]] = {}
    for row in rows(inputs.tables, "review_actuals"):
        if row.num("actual") is not None and row.text("period"):
            groups.setdefault(row.text("goal_id"), []).append(row)
    return tuple(_goal(key, of, known.get(key, _NO_CARD), level) for key, of in groups.items())


def _goal(goal_id: str, found: list[Row], card: Card, level: float) -> Observed:
    found = sorted(found, key=lambda row: first_day(row.text("period")))
    last = found[-1]
    terms = terms_of(card, last.text("period"))
    unit = unit_of(found, card)
    points = tuple(
        Point(row.text("period"), measured(row, unit, level), row.number) for row in found
    )
    baseline, source = _baseline(found, points, unit, terms, level)
    direction = last.text("direction") or card.text("direction")
    target = latest(found, "target")
    return Observed(
        goal_id=goal_id,
        metric_id=card.text("metric_id") or goal_id,
        unit=unit,
        direction=direction,
        sense=sense_of(direction, last.text("comparator") or card.text("comparator")),
        target=target if target is not None else terms.num("target"),
        baseline=baseline,
        baseline_from=source,
        start=last.day("start") or terms.day("start") or first_day(points[0].period),
        due=last.day("due") or terms.day("due"),
        owner=last.text("owner") or card.text("owner"),
        points=points,
    )


def terms_of(card: Card, period: str) -> Card:
    """The card if it holds for this period: one that starts later is of the next round."""
    start = card.day("start")
    return card if start is None or start <= last_day(period) else _NO_CARD


def latest(found: list[Row], column: str) -> float | None:
    """The last number written in a column of a goal's rows."""
    written = [row.num(column) for row in found if row.num(column) is not None]
    return written[-1] if written else None


def sense_of(direction: str, comparator: str = "") -> int:
    """1 where more is better, -1 where less is.

    >>> sense_of("decrease"), sense_of("maintain"), sense_of("maintain", "<=")
    (-1, 1, -1)
    """
    return -1 if direction == "decrease" or (direction == "maintain" and comparator == "<=") else 1


def unit_of(found: list[Row], card: Card) -> str:
    """The unit written in the table; else share where counts give it, or the card says so."""
    written = [row.text("unit") for row in found if row.text("unit")]
    if written:
        return written[-1]
    if any(row.num("detractors") is not None for row in found):
        return "nps"
    if any(row.num("x") is not None and row.num("n") for row in found):
        return "share"
    unit = card.text("unit").lower()
    return "share" if unit in SHARE_UNITS else "nps" if "nps" in unit else "number"


def measured(row: Row, unit: str, level: float) -> Measure:
    """The value of a row with its interval; counts are preferred to a rounded share."""
    counts = Counts(*(row.num(c) for c in ("n", "x", "detractors", "sd", "low", "high")))
    value = row.num("actual") or 0.0
    exact = unit in ("share", "rate") and counts.x is not None and bool(counts.n)
    if exact and counts.x is not None and counts.n:
        value = counts.x / counts.n
    return measure(value, unit, counts, level)


def _baseline(
    found: list[Row], points: tuple[Point, ...], unit: str, card: Card, level: float
) -> tuple[Measure | None, str]:
    """The baseline with its spread where some source gives it, and where it came from."""
    value, source = latest(found, "baseline"), "table"
    if value is None:
        value, source = card.num("baseline"), "card"
    if value is None:
        return (points[0].measure, "first_period") if len(points) > 1 else (None, "")
    earlier = next((p.measure for p in points[:-1] if abs(p.measure.value - value) < 5e-4), None)
    n = latest(found, "baseline_n") or card.num("baseline_n")
    if n is None and earlier is not None:
        return earlier, source
    return measure(value, unit, Counts(n=n), level), source

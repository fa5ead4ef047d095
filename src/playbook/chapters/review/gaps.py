"""The gap to competitors, absolute and relative, over time (RV3), and the rank (RV11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from playbook.chapters.review.measures import Counts, Measure, difference, measure
from playbook.chapters.review.observed import sense_of
from playbook.chapters.review.reading import Row, cards, rows
from playbook.core.inputs import Inputs
from playbook.core.periods import first_day
from playbook.core.stats import z_of

RATIO_UNITS = ("share", "rate", "number")
"""Units with a true zero: only there a relative gap or a growth rate means something."""

Standing = Literal["ahead_proven", "level", "behind_proven", "ahead", "behind"]


@dataclass(frozen=True)
class Gap:
    """Us against one competitor in one period.

    low, high: interval of the absolute gap. sides: 2 where both brought their n; 1: the interval
    is of our side alone. gap_closed: against the first period of the series. swing: gap minus the
    first gap, with its interval. reversed: the gap changed its sign since the first period.
    """

    metric_id: str
    competitor: str
    period: str
    unit: str
    sense: int
    us: float
    them: float
    gap_absolute: float
    gap_relative: float | None
    low: float | None
    high: float | None
    se: float | None
    sides: int
    standing: Standing
    gap_closed_absolute: float | None
    gap_closed_relative: float | None
    swing: float | None
    swing_low: float | None
    swing_high: float | None
    reversed: bool


@dataclass(frozen=True)
class Rank:
    """RV11: our place among the competitors seen in a period; percentile 100 is best."""

    metric_id: str
    period: str
    percentile: float
    place: int
    n_peers: int


def relative_gap(us: float, them: float, unit: str) -> float | None:
    """(us - them)/them where the scale has a true zero; refused for NPS and mean scores.

    >>> round(relative_gap(0.72, 0.8, "share"), 3), relative_gap(30, 20, "nps")
    (-0.1, None)
    """
    return (us - them) / them if unit in RATIO_UNITS and them > 0 else None


def gap_closed(first: float | None, last: float | None) -> float | None:
    """Share of the first gap that is closed, 1 - last/first; above 1 means passed.

    >>> round(gap_closed(-0.08, -0.04), 3)
    0.5
    """
    return None if first is None or last is None or first == 0 else 1 - last / first


def gap_series(inputs: Inputs[Any]) -> tuple[Gap, ...]:
    """Every gap of review_competitor, by metric and competitor in order of time."""
    directions = {c.text("metric_id"): c.text("direction") for c in cards(inputs).values()}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows(inputs.tables, "review_competitor"):
        groups.setdefault((row.text("metric_id"), row.text("competitor")), []).append(row)
    out: list[Gap] = []
    for (metric, competitor), found in groups.items():
        found = sorted(found, key=lambda row: first_day(row.text("period")))
        direction = _written(found, "direction") or directions.get(metric, "")
        unit = _unit(found)
        out += _one_series(metric, competitor, unit, sense_of(direction), found, inputs)
    return tuple(out)


def _one_series(
    metric: str, competitor: str, unit: str, sense: int, found: list[Row], inputs: Inputs[Any]
) -> list[Gap]:
    level = float(inputs.settings.level)
    series: list[Gap] = []
    for row in found:
        us, them = _side(row, "us", unit, level), _side(row, "them", unit, level)
        gap = difference(us, them, level)
        first = series[0] if series else None
        relative = relative_gap(us.value, them.value, unit)
        series.append(
            Gap(
                metric_id=metric,
                competitor=competitor,
                period=row.text("period"),
                unit=unit,
                sense=sense,
                us=us.value,
                them=them.value,
                gap_absolute=gap.value,
                gap_relative=relative,
                low=gap.low,
                high=gap.high,
                se=gap.se,
                sides=gap.sides,
                standing=_standing(sense * gap.value, _ends(gap.low, gap.high, sense)),
                gap_closed_absolute=gap_closed(first.gap_absolute, gap.value) if first else None,
                gap_closed_relative=gap_closed(first.gap_relative, relative) if first else None,
                **_swing(first, gap.value, gap.se, level),
            )
        )
    return series


def _swing(first: Gap | None, gap: float, se: float | None, level: float) -> dict[str, Any]:
    """Change since the first gap; its SE is the root of both squared (waves are independent)."""
    if first is None:
        return {"swing": None, "swing_low": None, "swing_high": None, "reversed": False}
    swing = gap - first.gap_absolute
    known = se is not None and first.se is not None
    half = z_of(level) * sqrt((se or 0.0) ** 2 + (first.se or 0.0) ** 2) if known else None
    return {
        "swing": swing,
        "swing_low": None if half is None else swing - half,
        "swing_high": None if half is None else swing + half,
        "reversed": gap * first.gap_absolute < 0,
    }


def _standing(lead: float, ends: tuple[float, float] | None) -> Standing:
    if ends is None:
        return "ahead" if lead > 0 else "behind" if lead < 0 else "level"
    low, high = ends
    return "ahead_proven" if low > 0 else "behind_proven" if high < 0 else "level"


def _ends(low: float | None, high: float | None, sense: int) -> tuple[float, float] | None:
    if low is None or high is None:
        return None
    return (low, high) if sense > 0 else (-high, -low)


def _side(row: Row, who: str, unit: str, level: float) -> Measure:
    counts = Counts(row.num(f"{who}_n"), row.num(f"{who}_x"), sd=row.num(f"{who}_sd"))
    value = row.num(who) or 0.0
    if unit in ("share", "rate") and counts.x is not None and counts.n:
        value = counts.x / counts.n
    return measure(value, unit, counts, level)


def _unit(found: Sequence[Row]) -> str:
    if written := _written(found, "unit"):
        return written
    counted = any(row.num("us_x") is not None or row.num("them_x") is not None for row in found)
    return "share" if counted else "number"


def _written(found: Sequence[Row], column: str) -> str:
    texts = [row.text(column) for row in found if row.text(column)]
    return texts[-1] if texts else ""


def ranks(gaps: Sequence[Gap]) -> tuple[Rank, ...]:
    """RV11: percentile rank 100 (worse + half of equal)/peers, where two or more peers are seen."""
    groups: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        groups.setdefault((gap.metric_id, gap.period), []).append(gap)
    out = []
    for (metric, period), found in groups.items():
        if len(found) < 2:
            continue
        leads = [g.sense * g.gap_absolute for g in found]
        worse, equal = sum(x > 0 for x in leads), sum(x == 0 for x in leads)
        percentile = 100 * (worse + 0.5 * equal) / len(leads)
        place = 1 + sum(x < 0 for x in leads)
        out.append(Rank(metric, period, percentile, place, len(leads)))
    return tuple(sorted(out, key=lambda r: (r.metric_id, first_day(r.period))))

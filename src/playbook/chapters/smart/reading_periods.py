"""SM7: named periods in a plain text (days, months, quarters, halves, years) and their days."""

import re
from dataclasses import dataclass
from datetime import date

from playbook.chapters.smart.reading_calendar import FIXED_HOLIDAYS
from playbook.chapters.smart.reading_model import ReadSettings
from playbook.chapters.smart.reading_numerals import any_number
from playbook.chapters.smart.reading_period_days import days_of
from playbook.chapters.smart.reading_period_patterns import COMPILED


@dataclass(frozen=True)
class Period:
    """A named stretch of days; `first` is None where the text alone cannot give it."""

    start: int
    end: int
    size: str
    first: date | None
    last: date | None
    needs_reference: bool = False
    assumed: bool = False
    day_ambiguous: bool = False
    past: bool = False


def _parts(match: re.Match[str]) -> dict[str, str]:
    found = {k.split("__")[0]: v for k, v in match.groupdict().items() if v is not None}
    return {k: v.strip() for k, v in found.items()}


def find_periods(text: str, settings: ReadSettings, lang: str) -> list[Period]:
    """Every named period of a plain text, from left to right, none overlapping another."""
    found: list[Period] = []
    for size, pattern in COMPILED:
        for match in pattern.finditer(text):
            if all(match.end() <= p.start or match.start() >= p.end for p in found):
                found += _periods_of(size, match, settings)
    return sorted(found, key=lambda p: p.start)


def _periods_of(size: str, match: re.Match[str], settings: ReadSettings) -> list[Period]:
    """The period of a match; both ends of a stretch of months (1-6月)."""
    parts, whole = _parts(match), match.span()
    if size != "months":
        return [p for p in (_resolve(size, whole, parts, settings),) if p is not None]
    key = "mon" if "mon1" in parts else "m"
    places = {k.split("__")[0]: v for k in match.groupdict() if (v := match.span(k))[0] >= 0}
    opened = places[f"{key}1"][1]
    month = re.match(r"\s?月份?", match.string[opened : places[key][0]])
    opening = (whole[0], opened + (month.end() if month else 0))
    ends = [(opening, parts | {key: parts[f"{key}1"]}), ((places[key][0], whole[1]), parts)]
    found = [_resolve("month", span, words, settings) for span, words in ends]
    return [p for p in found if p is not None] if all(found) else []


def _resolve(
    size: str, place: tuple[int, int], parts: dict[str, str], settings: ReadSettings
) -> Period | None:
    """The period at a place; None where the numbers are no date (month 13)."""
    year, relative = _year(parts.get("y"), settings.reference_date)
    if "r" in parts or relative:
        needs, known = True, True
    else:
        known = year is not None or "fy" in parts or size in {"plan", "weekday", "nearday"}
        needs = year is None and "fy" not in parts and size != "plan"
    if size == "feast" and parts["f"] not in FIXED_HOLIDAYS:
        return _feast(place, parts["f"], settings)
    if needs and settings.reference_date is None:
        return Period(*place, size, None, None, needs_reference=True)
    span = days_of(size, parts, year, settings)
    if span is None:
        return None
    assumed = (
        not known and settings.reference_date is not None and span[1] < settings.reference_date
    )
    if assumed:
        span = days_of(size, parts, (settings.reference_date or span[1]).year + 1, settings) or span
    ambiguous = "a" in parts and _swappable(parts)
    past = settings.reference_date is not None and span[1] < settings.reference_date
    return Period(*place, size, *span, False, assumed, ambiguous, past)


def _swappable(parts: dict[str, str]) -> bool:
    return int(parts["a"]) <= 12 and int(parts["b"]) <= 12 and parts["a"] != parts["b"]


def _feast(place: tuple[int, int], name: str, settings: ReadSettings) -> Period:
    """A movable feast: a day only if the settings' table has it."""
    day = dict(settings.holidays).get(name)
    return Period(*place, "feast", day, day)


_RELATIVE_YEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "来": 1, "次": 1, "隔": 1, "后": 2, "去": -1,
                   "上": -1, "this year": 0, "the year": 0, "next year": 1,
                   "the following year": 1, "last year": -1}  # fmt: skip


def _year(text: str | None, reference: date | None) -> tuple[int | None, bool]:
    """The year of a year expression, and whether it was counted from the reference date."""
    if text is None:
        return (None, False)
    if text in _RELATIVE_YEARS:
        return (reference.year + _RELATIVE_YEARS[text] if reference else None, True)
    value = any_number(text.replace("民国", "").replace("'", "").strip())
    if value is None:
        return (None, False)
    year = int(value)
    if year < 100:
        return (2000 + year, False)
    # The Minguo calendar counts from 1912: year 115 is 2026.
    return (year + 1911 if year < 200 else year, False)

"""SM7: named periods in a plain text (days, months, quarters, halves, years) and their days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from playbook.chapters.smart.reading_calendar import (
    FIXED_HOLIDAYS,
    MONTHS,
    MOVABLE_FEASTS,
    add_days,
    add_months,
    day_of,
    fiscal_quarter,
    fiscal_span,
    month_span,
    months_span,
)
from playbook.chapters.smart.reading_model import ReadSettings
from playbook.chapters.smart.reading_numerals import any_number
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
    for size, match in _matches(text):
        if all(match.end() <= p.start or match.start() >= p.end for p in found):
            period = _resolve(size, match, settings)
            if period is not None:
                found.append(period)
    return sorted(found, key=lambda p: p.start)


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for size, pattern in COMPILED:
        for match in pattern.finditer(text):
            yield size, match


def _resolve(size: str, match: re.Match[str], settings: ReadSettings) -> Period | None:
    """The period of a match; None where the numbers are no date (month 13)."""
    parts = _parts(match)
    year, relative = _year(parts.get("y"), settings.reference_date)
    if "r" in parts or relative:
        needs, known = True, True
    else:
        needs, known = year is None and "fy" not in parts, year is not None or "fy" in parts
    if size == "feast" and parts["f"] in MOVABLE_FEASTS:
        return _feast(match, parts["f"], settings)
    if needs and settings.reference_date is None:
        return Period(match.start(), match.end(), size, None, None, needs_reference=True)
    span = _span(size, parts, year, settings)
    if span is None:
        return None
    assumed = (
        not known and settings.reference_date is not None and span[1] < settings.reference_date
    )
    if assumed:
        span = _span(size, parts, (settings.reference_date or span[1]).year + 1, settings) or span
    ambiguous = "a" in parts and _swappable(parts)
    past = settings.reference_date is not None and span[1] < settings.reference_date
    return Period(match.start(), match.end(), size, *span, False, assumed, ambiguous, past)


def _swappable(parts: dict[str, str]) -> bool:
    return int(parts["a"]) <= 12 and int(parts["b"]) <= 12 and parts["a"] != parts["b"]


def _feast(match: re.Match[str], name: str, settings: ReadSettings) -> Period:
    """A movable feast: a day only if the settings' table has it."""
    day = dict(settings.holidays).get(name)
    return Period(match.start(), match.end(), "feast", day, day)


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


def _span(
    size: str, parts: dict[str, str], year: int | None, settings: ReadSettings
) -> tuple[date, date] | None:
    """First and last day of the parts of a match."""
    today = settings.reference_date
    if size == "fiscal":
        return _fiscal(parts, settings)
    if "r" in parts and today is not None:
        return _relative_span(size, parts["r"], today)
    if year is None:
        year = today.year if today is not None else None
    return None if year is None else _absolute_span(size, parts, year, settings)


def _absolute_span(
    size: str, parts: dict[str, str], year: int, settings: ReadSettings
) -> tuple[date, date] | None:
    if size == "day":
        month, day = _month_and_day(parts, settings.day_first)
        single = day_of(year, month, day)
        return (single, single) if single else None
    if size == "feast":
        single = day_of(year, *FIXED_HOLIDAYS[parts["f"]])
        return (single, single) if single else None
    if size == "month":
        return month_span(year, _month(parts))
    if size == "quarter":
        return months_span(year, 3 * _ordinal(parts.get("q") or parts["o"], 4) - 2, 3)
    if size == "half":
        return months_span(year, 6 * _ordinal(parts.get("h") or parts["o"], 2) - 5, 6)
    return (date(year, 1, 1), date(year, 12, 31))


def _month(parts: dict[str, str]) -> int:
    return MONTHS[parts["mon"]] if "mon" in parts else int(any_number(parts["m"]) or 0)


def _month_and_day(parts: dict[str, str], day_first: bool) -> tuple[int, int]:
    if "a" not in parts:
        return (_month(parts), int(any_number(parts["d"]) or 0))
    one, two = int(parts["a"]), int(parts["b"])
    if two > 12 or (not day_first and one <= 12):
        return (one, two)
    return (two, one)


def _ordinal(text: str, most: int) -> int:
    named = {"first": 1, "1st": 1, "上": 1, "second": 2, "2nd": 2, "下": 2, "third": 3, "3rd": 3}
    if text in {"final", "last", "fourth", "4th"}:
        return most
    return named.get(text) or int(any_number(text) or 1)


def _steps(word: str) -> int:
    """How many periods on from the current one a relative word points."""
    if word.startswith("下下"):
        return 2
    if word.startswith("下") or word in {"next", "coming", "following", "the following"}:
        return 1
    return -1 if word.startswith("上") or word in {"last", "previous", "prior"} else 0


def _relative_span(size: str, word: str, today: date) -> tuple[date, date] | None:
    steps = _steps(word)
    if size == "week":
        monday = add_days(today, 7 * steps - today.weekday())
        sunday = add_days(monday, 6) if monday else None
        return (monday, sunday) if monday and sunday else None
    length = {"month": 1, "quarter": 3}.get(size, 12)
    opening = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    moved = add_months(opening, steps * length)
    return months_span(moved.year, moved.month, length) if moved else None


def _fiscal(parts: dict[str, str], settings: ReadSettings) -> tuple[date, date] | None:
    end, today = settings.fiscal_year_end, settings.reference_date
    if "r" in parts:
        if today is None:
            return None
        this_year = fiscal_span(today.year, end)
        passed = this_year is not None and this_year[1] < today
        return fiscal_span(today.year + passed + _steps(parts["r"]), end)
    year = int(parts["fy"]) % 2000 + 2000
    if "fy2" in parts:
        # A two-year name ends with March unless the settings say otherwise [C].
        if (int(parts["fy2"]) - year) % 100 != 1:
            return None
        year, end = year + 1, ((3, 31) if end == (12, 31) else end)
    return fiscal_quarter(year, int(parts["q"]), end) if "q" in parts else fiscal_span(year, end)

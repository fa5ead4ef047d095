"""Periods as the tables write them: 2026, 2026-Q1, 2026-03, 2026-W09."""

from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["year", "quarter", "month", "week"]
DAYS: dict[PeriodKind, float] = {
    "year": 365.25,
    "quarter": 91.3125,
    "month": 30.4375,
    "week": 7.0,
}


def kind(period: str) -> PeriodKind:
    """The length of a period, told by its spelling.

    >>> kind("2026"), kind("2026-Q1"), kind("2026-03"), kind("2026-W09")
    ('year', 'quarter', 'month', 'week')
    """
    if len(period) == 4:
        return "year"
    mark = period[5:6]
    return "quarter" if mark == "Q" else "week" if mark == "W" else "month"


def first_day(period: str) -> date:
    """The day a period begins.

    >>> first_day("2026-Q2"), first_day("2026-W01")
    (datetime.date(2026, 4, 1), datetime.date(2025, 12, 29))
    """
    year = int(period[:4])
    match kind(period):
        case "year":
            return date(year, 1, 1)
        case "quarter":
            return date(year, 3 * int(period[6]) - 2, 1)
        case "month":
            return date(year, int(period[5:7]), 1)
        case "week":
            return date.fromisocalendar(year, int(period[6:]), 1)


def last_day(period: str) -> date:
    """The day a period ends.

    >>> last_day("2026-02"), last_day("2026-Q4")
    (datetime.date(2026, 2, 28), datetime.date(2026, 12, 31))
    """
    start = first_day(period)
    if kind(period) == "week":
        return start + timedelta(days=6)
    months = {"year": 12, "quarter": 3, "month": 1}[kind(period)]
    return add_months(start, months) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def steps_between(earlier: str, later: str) -> int:
    """How many periods lie from one to another of the same kind.

    >>> steps_between("2025-Q4", "2026-Q2")
    2
    """
    days = (first_day(later) - first_day(earlier)).days
    return round(days / DAYS[kind(earlier)])


def years_between(earlier: str, later: str) -> float:
    """Years from the start of one period to the start of another; whole for whole years.

    >>> years_between("2023", "2026"), years_between("2025-Q4", "2026-Q2")
    (3.0, 0.5)
    """
    share = {"year": 1.0, "quarter": 1 / 4, "month": 1 / 12, "week": 7 / 365.25}
    return steps_between(earlier, later) * share[kind(earlier)]


def same_season(one: str, other: str) -> bool:
    """Whether two periods are the same quarter, month or week of their years."""
    return one[4:] == other[4:]

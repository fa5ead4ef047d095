"""Reporting periods as text: ``2026``, ``2026-Q1``, ``2026-03``, ``2026-W09``."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Frequency = Literal["day", "week", "month", "quarter", "year"]

DAYS: dict[str, float] = {
    "day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25,
}  # fmt: skip
"""Mean length of a period in days."""

_EPOCH_MONDAY = date(1970, 1, 5)


def frequency(period: str) -> Frequency:
    """How long the period is.

    >>> frequency("2026-W09"), frequency("2026-Q1"), frequency("2026-03"), frequency("2026")
    ('week', 'quarter', 'month', 'year')
    """
    _, _, part = period.partition("-")
    if not part:
        return "year"
    return "week" if part[0] == "W" else "quarter" if part[0] == "Q" else "month"


def first_day(period: str) -> date:
    """The first day of a period; a week is the ISO week.

    >>> first_day("2026-Q2"), first_day("2026-W01")
    (datetime.date(2026, 4, 1), datetime.date(2025, 12, 29))
    """
    year, _, part = period.partition("-")
    match frequency(period):
        case "week":
            return date.fromisocalendar(int(year), int(part[1:]), 1)
        case "quarter":
            return date(int(year), 3 * int(part[1:]) - 2, 1)
        case "month":
            return date(int(year), int(part), 1)
        case _:
            return date(int(year), 1, 1)


def last_day(period: str) -> date:
    """The last day of a period.

    >>> last_day("2026-02"), last_day("2026")
    (datetime.date(2026, 2, 28), datetime.date(2026, 12, 31))
    """
    return period_end(first_day(period), frequency(period))


def period_end(day: date, every: Frequency) -> date:
    """The last day of the calendar period that holds the day; weeks end on Sunday.

    >>> period_end(date(2026, 5, 4), "quarter")
    datetime.date(2026, 6, 30)
    """
    if every == "day":
        return day
    if every == "week":
        return day + timedelta(days=6 - day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    last = (day.month - 1) // months * months + months
    return date(day.year + last // 12, last % 12 + 1, 1) - timedelta(days=1)


def ordinal(period: str) -> int:
    """The number of a period on the count of its kind: neighbours differ by one.

    >>> ordinal("2026-01") - ordinal("2025-12"), ordinal("2026-W01") - ordinal("2025-W52")
    (1, 1)
    """
    first = first_day(period)
    match frequency(period):
        case "week":
            return (first - _EPOCH_MONDAY).days // 7
        case "quarter":
            return first.year * 4 + first.month // 3
        case "month":
            return first.year * 12 + first.month - 1
        case _:
            return first.year


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last day if it is shorter.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""PL6: working days, with public holidays, the client's own days off and weekend days worked."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
_FIRST_WINDOW = 250  # working days laid out at once; more when asked for


@dataclass(frozen=True)
class PublicDays:
    """Public holidays and weekend days worked, for the years first..last that are announced."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    first: int | None = None
    last: int | None = None
    notices: tuple[tuple[int, str, date], ...] = ()

    @property
    def known_until(self) -> date | None:
        return None if self.last is None else date(self.last, 12, 31)

    def knows(self, day: date) -> bool:
        """Whether the holidays of this day's year are announced; True without a calendar."""
        if self.first is None or self.last is None:
            return True
        return self.first <= day.year <= self.last


@cache
def public_days(calendar: str) -> PublicDays:
    """The days of a calendar: ``none``, or ``china`` after the State Council's yearly notices."""
    if calendar == "none":
        return PublicDays()
    source = files("playbook.chapters.plan.schedule") / f"{calendar}.toml"
    years = tomllib.loads(source.read_text(encoding="utf-8"))
    off = {day for year in years.values() for span in year["off"] for day in _span(*span)}
    work = {day for year in years.values() for day in year["work"]}
    numbers = sorted(int(year) for year in years)
    notices = tuple((int(y), str(v["notice"]), v["announced"]) for y, v in years.items())
    return PublicDays(frozenset(off), frozenset(work), numbers[0], numbers[-1], notices)


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(k) for k in range((last - first).days + 1))


class WorkCalendar:
    """Working days counted from a start; the first one on or after it is number 1.

    Mondays to Fridays without holidays, and the extra days. A day in both is worked.

    >>> calendar = WorkCalendar(date(2026, 4, 3), holidays=[date(2026, 4, 6)])
    >>> calendar.day(2), calendar.number(date(2026, 4, 7))
    (datetime.date(2026, 4, 7), 2)
    """

    def __init__(
        self, start: date, holidays: Iterable[date] = (), extra: Iterable[date] = ()
    ) -> None:
        self.start = start
        self.extra = frozenset(extra)
        self.holidays = frozenset(holidays) - self.extra
        self._off = np.array(sorted(self.holidays), dtype="datetime64[D]")
        self._more = np.array(sorted(self.extra), dtype="datetime64[D]")
        self._worked = self._laid_out(_FIRST_WINDOW)

    def is_worked(self, day: date) -> bool:
        return day in self.extra or (day.weekday() < 5 and day not in self.holidays)

    def day(self, number: int) -> date:
        """The date of a working day, 1 the first."""
        if number < 1:
            raise ValueError(f"working day {number}: the first one is 1")
        if number > len(self._worked):
            self._worked = self._laid_out(2 * number)
        found: date = self._worked[number - 1].astype(object)
        return found

    def number(self, day: date) -> int:
        """Working days from the start to the end of this day; 0 before the start."""
        while np.datetime64(day, "D") > self._worked[-1]:
            self._worked = self._laid_out(2 * len(self._worked))
        return int(np.searchsorted(self._worked, np.datetime64(day, "D"), side="right"))

    def before(self, day: date) -> int:
        """Working days from the start that end before this day: the offset of a start on it."""
        return self.number(day - timedelta(1))

    def _laid_out(self, count: int) -> Days:
        """At least so many working days in order. Extra days only bring the last one forward."""
        start = np.datetime64(self.start, "D")
        last = np.busday_offset(start, count, roll="forward", holidays=self._off)
        days = np.arange(start, last + 1)
        return days[np.is_busday(days, holidays=self._off) | np.isin(days, self._more)]

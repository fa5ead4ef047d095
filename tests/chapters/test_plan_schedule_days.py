"""PL6: working days, public holidays, make-up days, years' ends, leap days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.plan.schedule.workdays import WorkCalendar, public_days

DAYS = st.dates(date(2023, 12, 1), date(2029, 3, 31))


def test_end_of_an_action_that_takes_so_many_working_days(
    vector: Callable[[str], dict[str, Any]],
) -> None:
    held = vector("plan_working_days")
    off = [date.fromisoformat(day) for day in held["inputs"]["holidays"]]
    ends = [WorkCalendar(date.fromisoformat(start), off).day(days).isoformat()
            for start, days in held["inputs"]["start_days"]]  # fmt: skip
    assert ends == held["expected"]["end"]


def test_holidays_of_china_as_announced() -> None:
    """The week of National Day 2026: Thursday to Wednesday off, two weekend days worked for it."""
    china = public_days("china")
    days = WorkCalendar(date(2026, 9, 18), china.off, china.work)
    worked = [day for k in range(23) if days.is_worked(day := date(2026, 9, 18) + timedelta(k))]
    assert [f"{day:%m-%d}" for day in worked] == [
        "09-18", "09-20", "09-21", "09-22", "09-23", "09-24", "09-28", "09-29", "09-30",
        "10-08", "10-09", "10-10",
    ]  # fmt: skip
    assert (china.first, china.last, china.known_until) == (2024, 2026, date(2026, 12, 31))
    assert [year for year, _, _ in china.notices] == [2024, 2025, 2026]
    assert all(day < date(year, 1, 1) for year, _, day in china.notices)


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, worked: int) -> None:
    """Counted by hand: weekdays less weekdays off plus weekend days worked."""
    china = public_days("china")
    days = WorkCalendar(date(year, 1, 1), china.off, china.work)
    assert days.number(date(year, 12, 31)) == worked
    weekdays = int(np.busday_count(f"{year}-01-01", f"{year + 1}-01-01"))
    off = sum(day.year == year and day.weekday() < 5 for day in china.off)
    more = sum(day.year == year and day.weekday() >= 5 for day in china.work)
    assert weekdays - off + more == worked


def test_make_up_days_are_weekend_days_beside_their_holiday() -> None:
    china = public_days("china")
    assert all(day.weekday() >= 5 and day not in china.off for day in china.work)
    for day in china.work:
        assert min(abs((day - off).days) for off in china.off) <= 8


def test_years_beyond_the_notices_are_not_guessed() -> None:
    china = public_days("china")
    assert china.knows(date(2026, 12, 31))
    assert not china.knows(date(2027, 1, 1))
    assert not china.knows(date(2023, 6, 1))
    assert public_days("none").knows(date(1990, 1, 1))
    assert public_days("none").known_until is None


def test_a_start_on_a_day_off_begins_on_the_next_working_day() -> None:
    china = public_days("china")
    assert WorkCalendar(date(2026, 10, 1), china.off, china.work).day(1) == date(2026, 10, 8)
    assert WorkCalendar(date(2026, 10, 10), china.off, china.work).day(1) == date(2026, 10, 10)
    assert WorkCalendar(date(2026, 10, 10)).day(1) == date(2026, 10, 12)  # a plain Saturday


def test_leap_day_and_new_year_are_days_like_others() -> None:
    days = WorkCalendar(date(2028, 2, 28))
    assert [days.day(k) for k in (1, 2, 3)] == [
        date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)
    ]  # fmt: skip
    assert WorkCalendar(date(2026, 12, 31)).day(2) == date(2027, 1, 1)
    with pytest.raises(ValueError, match="first one is 1"):
        days.day(0)


def test_a_day_both_off_and_worked_is_worked() -> None:
    monday = date(2026, 3, 2)
    assert WorkCalendar(monday, [monday], [monday]).day(1) == monday


@settings(deadline=None)
@given(DAYS, st.integers(1, 900), st.lists(DAYS, max_size=12))
def test_as_numpy_counts(start: date, number: int, holidays: list[date]) -> None:
    off = np.array(sorted(holidays), dtype="datetime64[D]")
    wanted = np.busday_offset(np.datetime64(start), number - 1, roll="forward", holidays=off)
    assert WorkCalendar(start, holidays).day(number) == wanted.astype(object)


@settings(deadline=None)
@given(DAYS, st.integers(1, 700), st.lists(DAYS, max_size=12), st.lists(DAYS, max_size=12))
def test_dates_and_numbers_are_inverse(
    start: date, number: int, holidays: list[date], extra: list[date]
) -> None:
    days = WorkCalendar(start, holidays, extra)
    day = days.day(number)
    assert days.is_worked(day)
    assert day >= start
    assert days.number(day) == number
    assert days.before(day) == number - 1
    assert days.number(start - timedelta(1)) == 0


@settings(deadline=None)
@given(DAYS, st.integers(1, 400), st.lists(DAYS, max_size=10), DAYS)
def test_an_extra_day_never_makes_it_later_and_a_holiday_never_earlier(
    start: date, number: int, holidays: list[date], day: date
) -> None:
    plain = WorkCalendar(start, holidays).day(number)
    assert WorkCalendar(start, holidays, [day]).day(number) <= plain
    assert WorkCalendar(start, [*holidays, day]).day(number) >= plain

"""Doubts about the dates that appear only once it is known which actions are chosen."""

from collections.abc import Iterator
from datetime import date

from playbook.chapters.plan.schedule.model import Flag, Schedule
from playbook.chapters.plan.schedule.network import MOST_CHAINS
from playbook.chapters.plan.schedule.workdays import public_days
from playbook.chapters.plan.schedule.workings import Workings


def flags(work: Workings, found: Schedule, asked: date) -> tuple[Flag, ...]:
    """All doubts about this schedule, in a fixed order. asked: the start as written."""
    return (*_left_out(work), *_calendar(work, found), *_begin(found, asked), *_chains(found))


def _left_out(work: Workings) -> Iterator[Flag]:
    """Each action that waited for one that was not chosen; the first id is the one waiting."""
    _, lost = work.waits
    for action in sorted(lost):
        yield Flag("predecessor_left_out", "warn", (action, *lost[action]))


def _calendar(work: Workings, found: Schedule) -> Iterator[Flag]:
    """Dates in years whose public holidays are not announced yet, or not kept here."""
    public = public_days(found.calendar)
    ids = tuple(
        row.action for row in found.rows
        if not (public.knows(row.start_on) and public.knows(row.finish_p80_on or row.end_on))
    )  # fmt: skip
    others = [found.due, found.simulation.p90_on if found.simulation else found.end_on]
    if ids or any(day is not None and not public.knows(day) for day in others):
        values = {"first": public.first, "last": public.last, "count": len(ids)}
        yield Flag("calendar_not_known", "warn", ids, values)


def _begin(found: Schedule, asked: date) -> Iterator[Flag]:
    if found.start != asked:
        values = {"asked": asked.isoformat(), "start": found.start.isoformat()}
        yield Flag("start_moved", "note", (), values)
    if found.start < found.today:
        values = {"start": found.start.isoformat(), "today": found.today.isoformat()}
        yield Flag("start_passed", "note", (), values)


def _chains(found: Schedule) -> Iterator[Flag]:
    if found.chain_count > MOST_CHAINS:
        values = {"count": found.chain_count, "shown": MOST_CHAINS}
        yield Flag("chains_many", "note", (), values)

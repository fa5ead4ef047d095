"""Work per person and week, against the time each has for the plan (PL9)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import LoadState, PersonLoad, WeekLoad
from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.inputs import Facts, Tables

Grid = NDArray[np.float64]
WEEK = timedelta(days=7)
HAIR = 1e-9  # so that a week planned at exactly the limit is not above it


@dataclass(frozen=True)
class Weeks:
    """The weeks of the plan. edges: working days from the plan's start to each Monday and one more.

    working: working days of each whole week.
    """

    mondays: tuple[date, ...]
    edges: Grid
    working: Grid

    def spread(self, start: float, finish: float, days: float) -> Grid:
        """An action's days over the weeks, evenly over its working days."""
        if finish > start:
            ends = np.clip(self.edges, start, finish)
            return np.diff(ends) * (days / (finish - start))
        found = np.zeros(len(self.mondays))
        at = int(np.searchsorted(self.edges, start, side="right")) - 1
        found[min(max(at, 0), len(found) - 1)] = days
        return found


@dataclass(frozen=True)
class Share:
    """Days one person works on one action."""

    action: str
    person: str
    days: float


def weeks_of(schedule: Schedule) -> Weeks:
    """The weeks from the plan's first day until its last action can end."""
    last = max((row.late_finish for row in schedule.rows), default=0.0)
    works = _works(schedule)
    monday = schedule.start - timedelta(days=schedule.start.weekday())
    mondays: list[date] = []
    edges, working = [0.0], list[float]()
    while not mondays or edges[-1] < last:
        days = [monday + timedelta(days=k) for k in range(7)]
        mondays.append(monday)
        working.append(float(sum(works(day) for day in days)))
        edges.append(edges[-1] + sum(works(day) for day in days if day >= schedule.start))
        monday += WEEK
    return Weeks(tuple(mondays), np.array(edges), np.array(working))


def _works(schedule: Schedule) -> Callable[[date], bool]:
    free, extra = set(schedule.free_days), set(schedule.extra_days)
    return lambda day: day in extra or (day.weekday() < 5 and day not in free)


def day_number(schedule: Schedule, day: date) -> int:
    """Working days from the plan's start up to and with this day."""
    works, span = _works(schedule), (day - schedule.start).days + 1
    return sum(works(schedule.start + timedelta(days=k)) for k in range(span))


def shares_of(tables: Tables, chosen: Sequence[str]) -> tuple[Share, ...]:
    """Who does how much: as ``plan_work`` says, else the owner does all of an action."""
    named: dict[str, list[Share]] = defaultdict(list)
    for _, row in tables.rows("plan_work"):
        named[row["action"]].append(Share(row["action"], row["person"], float(row["days"])))
    wanted = set(chosen)
    found: list[Share] = []
    for _, row in tables.rows("plan_actions"):
        if wanted and row["action"] not in wanted:
            continue
        alone = [Share(row["action"], row["owner"], float(row["effort_likely"] or 0.0))]
        found += named.get(row["action"], alone)
    return tuple(found)


def planned_by(
    shares: Sequence[Share], times: Mapping[str, tuple[float, float]], weeks: Weeks
) -> dict[str, Grid]:
    """Days per person and week. times: action -> start and finish in working days."""
    found: dict[str, Grid] = {}
    for share in shares:
        if share.action in times:
            days = weeks.spread(*times[share.action], share.days)
            found[share.person] = found[share.person] + days if share.person in found else days
    return found


def available_by(tables: Tables, weeks: Weeks) -> dict[str, Grid]:
    """Days each person has for the plan per week; a week with holidays has fewer."""
    return {
        row["person"]: float(row["days_per_week"]) * weeks.working / 5
        for _, row in tables.rows("plan_people")
    }


def utilisation(planned: Grid, available: Grid) -> Grid:
    """Planned over available days; not a number where there is no working day."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(available > 0, planned / available, np.nan)


def judged(value: float | None, settings: Settings) -> LoadState:
    """Amber above the first limit, red above the second."""
    if value is None or np.isnan(value):
        return "not_known"
    if value > settings.red_load + HAIR:
        return "red"
    return "amber" if value > settings.amber_load + HAIR else "fine"


def week_loads(
    planned: Mapping[str, Grid], available: Mapping[str, Grid], weeks: Weeks, settings: Settings
) -> tuple[WeekLoad, ...]:
    """Every week in which a person has work."""
    found = []
    for person in sorted(planned):
        days = available.get(person)
        used = None if days is None else utilisation(planned[person], days)
        for at in np.flatnonzero(planned[person] > HAIR):
            share = None if used is None or np.isnan(used[at]) else float(used[at])
            found.append(
                WeekLoad(person, weeks.mondays[at], float(planned[person][at]),
                         None if days is None else float(days[at]), share,
                         judged(share, settings))
            )  # fmt: skip
    return tuple(found)


def person_loads(
    tables: Tables,
    facts: Facts,
    shares: Sequence[Share],
    times: Mapping[str, tuple[float, float]],
    load: Sequence[WeekLoad],
    settings: Settings,
) -> tuple[PersonLoad, ...]:
    """Every person of the team or with work, the fullest first."""
    rows = {row["person"]: row for _, row in tables.rows("plan_people")}
    work: dict[str, list[Share]] = defaultdict(list)
    own: dict[str, list[str]] = defaultdict(list)
    weeks: dict[str, list[WeekLoad]] = defaultdict(list)
    for share in shares:
        work[share.person].append(share)
    done = {share.action for share in shares}
    for _, row in tables.rows("plan_actions"):
        if row["action"] in done:
            own[row["owner"]].append(row["action"])
    for week in load:
        weeks[week.person].append(week)
    people = dict.fromkeys([*rows, *(s.person for s in shares), *own])
    found = [
        _person(one, rows.get(one, {}), facts, work[one], own[one], weeks[one], times, settings)
        for one in people
    ]
    return tuple(sorted(found, key=lambda p: (-(p.peak or 0.0), -p.planned, p.person)))


def _person(
    person: str,
    row: Mapping[str, Any],
    facts: Facts,
    work: Sequence[Share],
    owns: Sequence[str],
    weeks: Sequence[WeekLoad],
    times: Mapping[str, tuple[float, float]],
    settings: Settings,
) -> PersonLoad:
    known = [week for week in weeks if week.utilisation is not None]
    full = max(known, key=lambda week: week.utilisation or 0.0, default=None)
    peak = full.utilisation if full else None
    days = sum(week.available or 0.0 for week in known)
    return PersonLoad(
        person=person, team=row.get("team"), role=row.get("role"),
        days_per_week=row.get("days_per_week"),
        is_department=row.get("is_department") is True or person in facts.departments,
        planned=float(sum(share.days for share in work)),
        mean=sum(week.planned for week in known) / days if days else None,
        peak=peak, peak_week=full.week if full else None, weeks=len(weeks),
        weeks_amber=sum(week.state == "amber" for week in weeks),
        weeks_red=sum(week.state == "red" for week in weeks),
        at_once=_at_once([times[s.action] for s in work if s.action in times]),
        actions=tuple(sorted({share.action for share in work})), owns=tuple(owns),
        state=judged(peak, settings) if work else "idle",
    )  # fmt: skip


def _at_once(spans: Sequence[tuple[float, float]]) -> int:
    """The most actions that run at the same time; one that ends as another starts is over.

    >>> _at_once([(0, 5), (5, 8), (4, 6)])
    2
    """
    turns = sorted((at, change) for start, end in spans for at, change in ((start, 1), (end, -1)))
    running = most = 0
    for _, change in turns:
        running += change
        most = max(most, running)
    return most

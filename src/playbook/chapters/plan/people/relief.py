"""Two ways to lower an overload inside the float of an action: start later, or take longer (PL9).

Both leave the end of the plan where it is, since no action is moved by more than its total float,
and keep every action's own due date that is kept now. Actions after it may start later; whom that
overloads in turn is counted and said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.load import (
    HAIR,
    WEEK,
    Grid,
    Share,
    Weeks,
    day_number,
    utilisation,
)
from playbook.chapters.plan.people.model import Relief
from playbook.chapters.plan.schedule.model import Schedule, ScheduledAction

Way = Literal["shift", "stretch"]
WAYS: tuple[Way, ...] = ("shift", "stretch")
MOST_PEOPLE = 25  # the fullest are looked at
MOST_TRIES = 12  # lengths of a move tried per action and way
WORKING_WEEK = 5.0
LEAST_GAIN = 0.005


@dataclass(frozen=True)
class Board:
    """What a move is tried on."""

    rows: Mapping[str, ScheduledAction]
    after: Mapping[str, Sequence[str]]
    shares: Mapping[str, Sequence[Share]]
    planned: Mapping[str, Grid]
    available: Mapping[str, Grid]
    weeks: Weeks
    due: Mapping[str, float]
    red: float

    def used(self, person: str, planned: Grid) -> Grid:
        return np.nan_to_num(utilisation(planned, self.available[person]))

    def reds(self, used: Grid) -> int:
        return int(np.sum(used > self.red + HAIR))


def board(
    schedule: Schedule,
    shares: Sequence[Share],
    planned: Mapping[str, Grid],
    available: Mapping[str, Grid],
    weeks: Weeks,
    settings: Settings,
) -> Board:
    """The schedule with who does what and who follows whom."""
    rows = {row.action: row for row in schedule.rows}
    after: dict[str, list[str]] = defaultdict(list)
    for row in schedule.rows:
        for before in row.after:
            after[before].append(row.action)
    by_action: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        by_action[share.action].append(share)
    end = weeks.mondays[-1] + WEEK  # nothing moves beyond it: a later date is no other limit
    due = {
        row.action: float(day_number(schedule, min(row.due, end)))
        for row in schedule.rows
        if row.due is not None
    }
    return Board(rows, after, by_action, planned, available, weeks, due, settings.red_load)


def reliefs(on: Board) -> tuple[Relief, ...]:
    """For each overloaded person the best move of each way that lowers the overload, if any."""
    full = [
        (float(on.used(person, grid).max()), person)
        for person, grid in on.planned.items()
        if person in on.available
    ]
    over = sorted((-peak, person) for peak, person in full if peak > on.red + HAIR)
    found: list[Relief] = []
    for _, person in over[:MOST_PEOPLE]:
        for way in WAYS:
            best = min(_tries(on, person, way), key=lambda one: _cost(one, on.red), default=None)
            if best is not None:
                found.append(best)
    return tuple(found)


def _cost(one: Relief, red: float) -> tuple[int, int, float, int, float, str]:
    """Fewer full weeks first; where none is left, the smaller move and not the lower peak."""
    peak = round(max(one.peak_after, red), 4)
    return (one.weeks_red_after, one.others_red, peak, len(one.moves),
            one.days, one.action)  # fmt: skip


def _tries(on: Board, person: str, way: Way) -> Iterable[Relief]:
    used = on.used(person, on.planned[person])
    peak, reds = float(used.max()), on.reds(used)
    for action, row in on.rows.items():
        if not any(share.person == person for share in on.shares.get(action, ())):
            continue
        for days in _lengths(on, row):
            late = _delays(on, row, days)
            if not _in_time(on, late):
                continue
            one = _tried(on, person, row, way, late, peak, reds)
            gained = one.weeks_red_after < reds or one.peak_after < peak - LEAST_GAIN
            if gained and one.peak_after <= peak + HAIR:
                yield one


def _lengths(on: Board, row: ScheduledAction) -> list[float]:
    """Whole weeks, the free float and the most its float and due date allow; none if critical."""
    most = min(row.total_float, on.due.get(row.action, np.inf) - row.early_finish)
    weeks = np.arange(WORKING_WEEK, most, WORKING_WEEK)
    kept = weeks[:: max(1, -(-len(weeks) // MOST_TRIES))]
    both = {float(k) for k in kept} | {row.free_float, float(most)}
    return sorted(days for days in both if 0.5 <= days <= most)


def _tried(
    on: Board,
    person: str,
    row: ScheduledAction,
    way: Way,
    late: Mapping[str, float],
    peak: float,
    reds: int,
) -> Relief:
    changed = _changed(on, row, way, late)
    used = on.used(person, changed[person])
    others = sum(
        max(0, on.reds(on.used(one, grid)) - on.reds(on.used(one, on.planned[one])))
        for one, grid in changed.items()
        if one != person and one in on.available
    )
    moves = tuple(sorted(action for action in late if action != row.action))
    return Relief(person, row.action, way, late[row.action], moves, peak, float(used.max()), reds,
                  on.reds(used), others)  # fmt: skip


def _delays(on: Board, row: ScheduledAction, days: float) -> dict[str, float]:
    """By how much each later action starts later, if this one ends so many days later."""
    late = {row.action: days}
    todo = [row.action]
    while todo:
        before = on.rows[todo.pop()]
        for action in on.after.get(before.action, ()):
            pushed = before.early_finish + late[before.action] - on.rows[action].early_start
            if pushed > late.get(action, 0.0) + HAIR:
                late[action] = pushed
                todo.append(action)
    return late


def _in_time(on: Board, late: Mapping[str, float]) -> bool:
    """Whether every due date that is kept now is kept with these delays."""
    return all(
        on.rows[action].early_finish + delay <= on.due[action] + HAIR
        or on.rows[action].early_finish > on.due[action] + HAIR
        for action, delay in late.items()
        if action in on.due
    )


def _changed(
    on: Board, row: ScheduledAction, way: Way, late: Mapping[str, float]
) -> dict[str, Grid]:
    """Planned days of everybody whom the move touches."""
    found: dict[str, Grid] = {}
    for action, delay in late.items():
        one = on.rows[action]
        stretched = way == "stretch" and action == row.action
        start = one.early_start + (0.0 if stretched else delay)
        for share in on.shares.get(action, ()):
            old = on.weeks.spread(one.early_start, one.early_finish, share.days)
            new = on.weeks.spread(start, one.early_finish + delay, share.days)
            found[share.person] = found.get(share.person, on.planned[share.person]) + new - old
    return found

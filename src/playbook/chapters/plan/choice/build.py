"""From the actions as read to the menu the solvers work on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from playbook.chapters.plan.choice.menu import Floats, Group, Menu, closure
from playbook.chapters.plan.choice.reading import Action, Goal, earliest_finish, same_unit
from playbook.chapters.plan.inputs import Settings

Counted = Literal["yes", "unit", "met", "late"]


@dataclass(frozen=True)
class Worth:
    """What one unit of each action's impact is worth to the choice, and why it may be nothing."""

    per_unit: Floats
    counted: tuple[Counted, ...]
    one_goal: bool


def worth(
    rows: Sequence[Action],
    goals: Mapping[str, Goal],
    weights: Mapping[str, float],
    start: date,
) -> Worth:
    """One goal: its own unit. Several: the goal's weight over its gap; without a known gap over
    all that its actions offer."""
    one = len({row.goal_id for row in rows}) == 1
    ends = earliest_finish(list(rows), start)
    counted = tuple(_counted(row, goals.get(row.goal_id), ends.get(row.action)) for row in rows)
    per_unit = [
        0.0 if why != "yes" else 1.0 if one else weights[row.goal_id] / _whole(row, rows, goals)
        for row, why in zip(rows, counted, strict=True)
    ]
    return Worth(np.array(per_unit), counted, one)


def _counted(row: Action, goal: Goal | None, end: date | None) -> Counted:
    if not same_unit(row, goal):
        return "unit"
    if goal is not None and goal.gap is not None and goal.gap <= 0:
        return "met"
    if goal is not None and goal.due is not None and end is not None and end > goal.due:
        return "late"
    return "yes"


def _whole(row: Action, rows: Sequence[Action], goals: Mapping[str, Goal]) -> float:
    goal = goals.get(row.goal_id)
    if goal is not None and goal.gap:
        return goal.gap
    offered = sum(max(0.0, r.impact.likely) for r in rows if r.goal_id == row.goal_id)
    return offered or 1.0


def menu(rows: Sequence[Action], held: Worth, settings: Settings) -> Menu:
    """The menu at the likely impacts and efforts. All that a prescribed one needs is prescribed."""
    at = {row.action: i for i, row in enumerate(rows)}
    requires = tuple((at[r.action], at[o]) for r in rows for o in r.requires)
    excludes = {tuple(sorted((at[r.action], at[o]))) for r in rows for o in r.excludes}
    must = frozenset(i for i, row in enumerate(rows) if row.must)
    return Menu(
        np.array([row.impact.likely for row in rows]) * held.per_unit,
        np.array([row.effort.likely for row in rows]),
        np.array([row.cost.likely for row in rows]),
        settings.effort_limit,
        settings.cost_limit,
        requires,
        tuple((a, b) for a, b in sorted(excludes)),
        groups(rows, held),
        closure(must, requires),
    )


def groups(rows: Sequence[Action], held: Worth) -> tuple[Group, ...]:
    """Actions on the same cases; a group of one caps nothing unless its cap is written."""
    members: dict[str, list[int]] = {}
    caps: dict[str, float] = {}
    for i, row in enumerate(rows):
        for name in row.overlap[:1]:
            members.setdefault(name, []).append(i)
            if row.overlap_cap is not None:
                caps[name] = row.overlap_cap
    return tuple(
        Group(tuple(held_), caps.get(name), float(max(held.per_unit[held_])))
        for name, held_ in sorted(members.items())
        if len(held_) > 1 or name in caps
    )


def group_names(rows: Sequence[Action]) -> tuple[str, ...]:
    """The names of those groups, in their order."""
    names = sorted({name for row in rows for name in row.overlap[:1]})
    capped = {n for r in rows for n in r.overlap[:1] if r.overlap_cap is not None}
    many = {n for n in names if sum(n in row.overlap[:1] for row in rows) > 1}
    return tuple(name for name in names if name in capped | many)

"""The cascade sheet 目标分解单 of each person and team; top goals in their owners' appraisal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, cast

from playbook.chapters.tree.duties import grouped
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.model_duties import (
    Appraisal,
    Cascade,
    CascadeAction,
    CascadeGoal,
    Role,
    SheetLine,
)
from playbook.chapters.tree.reading import Goal, text
from playbook.core.inputs import Tables
from playbook.core.periods import Frequency, period_end

State = Literal["error", "warn", "fine"]


def cascade(
    forest: Forest,
    lines: Sequence[SheetLine],
    roles: Sequence[Role],
    rhythms: Mapping[str, str],
    states: Mapping[str, State],
) -> tuple[Cascade, ...]:
    """One sheet a person (owners first, then others with a KPI sheet), then one a team.

    rhythms: goal or metric -> how often it is measured. states: goal -> what the checks say.
    """
    owned = grouped(((o, g) for g in forest.goals for o in g.owners), lambda pair: pair[0])
    teamed = grouped((g for g in forest.goals if g.team), lambda goal: goal.team or "")
    sheets = grouped(lines, lambda line: line.holder)
    duties = grouped(roles, lambda role: role.person)
    actions = grouped(roles, lambda role: role.action)
    people = dict.fromkeys([*owned, *(holder for holder in sheets if holder not in teamed)])

    def sheet(holder: str, is_team: bool, goals: Sequence[Goal]) -> Cascade:
        held = sheets.get(holder, [])
        known: dict[str, float] = {}
        for line in held:
            known.setdefault(line.kpi, line.weight)
            known.setdefault(line.metric_id or line.kpi, line.weight)
        mine = {goal.goal_id for goal in goals} | {goal.metric_id for goal in goals}
        return Cascade(
            holder,
            is_team,
            tuple(_goal(goal, forest, known, rhythms, states) for goal in goals),
            tuple(line for line in held if not mine & {line.kpi, line.metric_id or line.kpi}),
            tuple(_action(role, actions[role.action]) for role in duties.get(holder, [])),
            sum(line.weight for line in held) if held else None,
        )

    return (
        *(sheet(one, False, [goal for _, goal in owned.get(one, [])]) for one in people),
        *(sheet(team, True, goals) for team, goals in teamed.items()),
    )


def rhythms_of(tables: Tables) -> Mapping[str, str]:
    """How often each goal is reviewed, and each metric measured, by ``goals``."""
    found = {
        str(row["metric_id"]): every
        for _, row in tables.rows("goals_metrics")
        if (every := text(row.get("frequency")))
    }
    return found | {
        str(row["goal_id"]): every
        for _, row in tables.rows("goals")
        if (every := text(row.get("review_every")))
    }


def first_measure(start: date, due: date, every: str | None) -> date | None:
    """The end of the first period from the start on, never after the due date.

    >>> first_measure(date(2026, 7, 1), date(2026, 12, 31), "month")
    datetime.date(2026, 7, 31)
    """
    return None if every is None else min(due, period_end(start, cast(Frequency, every)))


def _goal(
    goal: Goal,
    forest: Forest,
    weights: Mapping[str, float],
    rhythms: Mapping[str, str],
    states: Mapping[str, State],
) -> CascadeGoal:
    parent, children = forest.parent(goal), forest.children(goal)
    others = dict.fromkeys(o for child in children for o in child.owners if o not in goal.owners)
    every = rhythms.get(goal.goal_id, rhythms.get(goal.metric_id))
    if every is None:  # as often as the whole it is a part of
        alike = (up for up in forest.above(goal) if up.metric_id == goal.metric_id)
        every = next((rhythms[up.goal_id] for up in alike if up.goal_id in rhythms), None)
    return CascadeGoal(
        goal_id=goal.goal_id,
        weight=weights.get(goal.goal_id, weights.get(goal.metric_id)),
        start=goal.start,
        due=goal.due,
        baseline=goal.baseline,
        target=goal.target,
        unit=goal.unit,
        feeds=parent.goal_id if parent else None,
        feeds_owner="; ".join(parent.owners) or None if parent else None,
        feeds_by=goal.edge,
        rests_on=tuple(child.goal_id for child in children),
        rests_on_owners=tuple(others),
        kind=goal.kind,
        every=every,
        first_measure=first_measure(goal.start, goal.due, every),
        state=states.get(goal.goal_id, "fine"),
    )


def _action(role: Role, held: Iterable[Role]) -> CascadeAction:
    others = [one for one in held if one.person != role.person]
    return CascadeAction(
        role.action,
        role.letters,
        tuple(one.person for one in others if "A" in one.letters),
        tuple(one.person for one in others if "R" in one.letters),
    )


def appraisals(forest: Forest, lines: Sequence[SheetLine]) -> tuple[Appraisal, ...]:
    """I06: is each top goal on the KPI sheet of the one who owns it? Nothing without sheets."""
    sheets = grouped(lines, lambda line: line.holder)
    found = []
    for goal in forest.roots:
        keys = {goal.goal_id, goal.metric_id}
        parts = keys | {c.goal_id for c in forest.below(goal) if c.metric_id == goal.metric_id}
        with_part = [h for h, held in sheets.items() if any(parts & _keys(line) for line in held)]
        for owner in goal.owners if sheets else ():
            own = [line.weight for line in sheets.get(owner, []) if keys & _keys(line)]
            others = tuple(holder for holder in with_part if holder != owner)
            weight = sum(own) if own else None
            found.append(Appraisal(goal.goal_id, owner, owner in sheets, weight, others))
    return tuple(found)


def _keys(line: SheetLine) -> set[str]:
    return {line.kpi, line.metric_id or line.kpi}


def appraisal_checks(found: Iterable[Appraisal]) -> tuple[Check, ...]:
    """A top goal that its own owner is not appraised by."""
    return tuple(
        Check(one.goal_id, "top_not_appraised", "warn", values={"owner": one.owner})
        for one in found
        if one.weight is None
    )

"""People of the plan: who has how much to do, who answers the customers, who tells them."""

from collections.abc import Mapping
from dataclasses import replace

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people import faults
from playbook.chapters.plan.people.conclusions import conclusions
from playbook.chapters.plan.people.expectations import expectations
from playbook.chapters.plan.people.governance import meetings
from playbook.chapters.plan.people.load import (
    available_by,
    person_loads,
    planned_by,
    shares_of,
    week_loads,
    weeks_of,
)
from playbook.chapters.plan.people.messages import messages
from playbook.chapters.plan.people.model import People, PersonLoad, Relief, Values, WeekLoad
from playbook.chapters.plan.people.relief import board, reliefs
from playbook.chapters.plan.people.rollout import gate
from playbook.chapters.plan.people.staffing import queues
from playbook.chapters.plan.people.teams import rule_of_thumb, team_checks
from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem

OWN = ("plan_people", "plan_work", "plan_load", "plan_messages")
FORMS = ("governance", "release")


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Everything wrong or doubtful in the tables about people."""
    return faults.check(inputs)


def analyse(
    inputs: Inputs[Settings], schedule: Schedule | None, chosen: tuple[str, ...] = ()
) -> People | None:
    """Compute the part; None if none of its tables is there.

    schedule: when the chosen actions run; without it there is no load per week. chosen: actions
    of the plan; () is all.
    """
    tables, settings = inputs.tables, inputs.settings
    forms = any(row["form"] in FORMS for _, row in tables.rows("plan_forms"))
    if schedule is None and not forms and not any(name in tables for name in OWN):
        return None
    staffing = queues(tables, settings)
    calendar = meetings(tables, inputs.facts.reference_date)
    people, load, moves = _load(inputs, schedule, chosen)
    told = messages(tables, staffing, _department_names(inputs), settings)
    wanted = set(chosen)
    goals = [
        row["goal_id"]
        for _, row in tables.rows("plan_actions")
        if not wanted or row["action"] in wanted
    ]
    found = People(
        today=inputs.facts.reference_date,
        staffing=staffing,
        people=people,
        load=load,
        reliefs=moves,
        by_owner="plan_work" not in tables,
        departments=_departments(people),
        team=team_checks(tables, calendar, settings.team_roles),
        preset=settings.team_preset,
        rule_of_thumb=rule_of_thumb(tables, goals),
        gate=gate(inputs, chosen),
        messages=told,
        has_alarm=any(message.on_alarm and not message.missing for message in told),
        meetings=calendar,
        expectations=expectations(tables, staffing, settings),
        parameters=_parameters(settings),
    )
    return replace(found, findings=conclusions(found, settings))


def _load(
    inputs: Inputs[Settings], schedule: Schedule | None, chosen: tuple[str, ...]
) -> tuple[tuple[PersonLoad, ...], tuple[WeekLoad, ...], tuple[Relief, ...]]:
    """People, their weeks, and moves that would lower an overload."""
    tables, settings, facts = inputs.tables, inputs.settings, inputs.facts
    shares = shares_of(tables, chosen)
    if schedule is None or not schedule.rows:
        return person_loads(tables, facts, shares, {}, (), settings), (), ()
    weeks = weeks_of(schedule)
    times = {row.action: (row.early_start, row.early_finish) for row in schedule.rows}
    planned, available = planned_by(shares, times, weeks), available_by(tables, weeks)
    load = week_loads(planned, available, weeks, settings)
    people = person_loads(tables, facts, shares, times, load, settings)
    return people, load, reliefs(board(schedule, shares, planned, available, weeks, settings))


def _department_names(inputs: Inputs[Settings]) -> frozenset[str]:
    """Departments of the case and rows of ``plan_people`` that are one."""
    listed = (row for _, row in inputs.tables.rows("plan_people"))
    marked = {row["person"] for row in listed if row.get("is_department") is True}
    return frozenset({*inputs.facts.departments, *marked})


def _departments(people: tuple[PersonLoad, ...]) -> Mapping[str, tuple[str, ...]]:
    """Departments that own actions, with these."""
    return {one.person: one.owns for one in people if one.is_department and one.owns}


def _parameters(settings: Settings) -> Values:
    return {
        "amber_load": settings.amber_load,
        "red_load": settings.red_load,
        "load_change": settings.load_change,
        "expect_least": settings.expect_least,
        "team_preset": settings.team_preset,
        "gate_cases": settings.gate_cases,
        "fault_minutes": settings.fault_minutes,
    }

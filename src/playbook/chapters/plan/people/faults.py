"""What is wrong or doubtful in the tables about people, each with its place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.messages import complaint_metrics
from playbook.chapters.plan.people.rollout import number_in, share_in
from playbook.chapters.plan.people.staffing import load_of
from playbook.core.inputs import Inputs, Tables
from playbook.core.problems import Problem, did_you_mean

MOST_LOAD = 50_000.0
"""Erlang: no queue of this world is larger; a unit must be wrong."""
WORK_DIFFERS = 0.2
FEW_ANSWERS = 30


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Refusals and flags of plan_people, plan_work, plan_load, plan_messages, plan_forms."""
    tables = inputs.tables
    return [
        *_settings(inputs.settings),
        *_people(tables),
        *_owners(inputs),
        *_work(tables),
        *_queues(tables),
        *_messages(tables),
        *_surveys(tables),
        *_release(tables),
    ]


def _settings(settings: Settings) -> Iterator[Problem]:
    steps = settings.gate_steps
    rising = all(a < b for a, b in pairwise(steps))
    if not steps or not rising or steps[0] <= 0 or steps[-1] != 1:
        yield Problem("plan.gate_steps", file="case.toml", column="gate_steps",
                      value=", ".join(f"{step:g}" for step in steps))  # fmt: skip
    if settings.gate_cases < 1:
        yield Problem("plan.gate_cases", file="case.toml", column="gate_cases",
                      value=str(settings.gate_cases))  # fmt: skip
    if not 0 < settings.amber_load <= settings.red_load:
        yield Problem("plan.load_limits", file="case.toml", column="amber_load",
                      value=f"{settings.amber_load:g}",
                      values={"red": settings.red_load})  # fmt: skip
    if not 0 <= settings.load_change < 1:
        yield Problem("plan.load_change", file="case.toml", column="load_change",
                      value=f"{settings.load_change:g}")  # fmt: skip


def _working(tables: Tables) -> Mapping[str, list[str]]:
    """Who works on what: by ``plan_work``, else the owner."""
    named: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[str]] = defaultdict(list)
    for _, row in tables.rows("plan_work"):
        named[row["action"]].append(row["person"])
    for _, row in tables.rows("plan_actions"):
        for person in named.get(row["action"], [row["owner"]]):
            found[person].append(row["action"])
    return found


def _people(tables: Tables) -> Iterator[Problem]:
    """Capacity nought of somebody with work: its utilisation is no number."""
    working = _working(tables)
    for at, row in tables.rows("plan_people"):
        if row["days_per_week"] == 0 and row["person"] in working:
            yield tables.problem("plan_people", "plan.capacity_zero", row=at,
                                 column="days_per_week", value=row["person"])  # fmt: skip


def _owners(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Departments as owners, and owners nobody has listed."""
    tables = inputs.tables
    people = {row["person"]: row for _, row in tables.rows("plan_people")}
    for table in ("plan_actions", "plan_messages"):
        for at, row in tables.rows(table):
            owner = row.get("owner")
            if owner is None:
                continue
            listed = people.get(owner, {})
            if listed.get("is_department") is True or owner in inputs.facts.departments:
                yield tables.problem(table, "plan.department_owner", level="warn", row=at,
                                     column="owner", value=owner)  # fmt: skip
            elif people and owner not in people:
                yield _unknown(tables, table, at, "owner", owner, people, "person_unknown", "warn")


def _unknown(
    tables: Tables,
    table: str,
    at: int,
    column: str,
    value: str,
    known: Mapping[str, Any],
    code: str,
    level: Any = "error",
) -> Problem:
    near = did_you_mean(value, known)
    return tables.problem(
        table, f"plan.{code}_near" if near else f"plan.{code}",
        level=level, row=at, column=column, value=value, near=near,
    )  # fmt: skip


def _work(tables: Tables) -> Iterator[Problem]:
    """Work on actions or by people that are not there; days that do not fit the effort."""
    actions = {row["action"]: row for _, row in tables.rows("plan_actions")}
    people = {row["person"]: row for _, row in tables.rows("plan_people")}
    days: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    for at, row in tables.rows("plan_work"):
        first.setdefault(row["action"], at)
        days[row["action"]] += row["days"]
        if actions and row["action"] not in actions:
            yield _unknown(tables, "plan_work", at, "action", row["action"], actions,
                           "work_action_unknown")  # fmt: skip
        if people and row["person"] not in people:
            yield _unknown(tables, "plan_work", at, "person", row["person"], people,
                           "person_unknown", "warn")  # fmt: skip
    for action, total in days.items():
        effort = actions.get(action, {}).get("effort_likely")
        if effort is not None and abs(total - effort) > WORK_DIFFERS * max(effort, 1.0):
            yield tables.problem(
                "plan_work", "plan.work_differs", level="warn", row=first[action], column="days",
                value=action, total=total, effort=effort,
            )  # fmt: skip


def _queues(tables: Tables) -> Iterator[Problem]:
    """Numbers the formulas cannot take, and queues that grow without end."""
    for at, row in tables.rows("plan_load"):
        for column, wrong, code in (
            ("handle_s", row["handle_s"] == 0, "handle_zero"),
            ("level", row.get("level") == 1, "level_full"),
            ("shrinkage", row.get("shrinkage") == 1, "shrinkage_full"),
            ("arrivals_per_hour", load_of(row) > MOST_LOAD, "load_too_large"),
        ):
            if wrong:
                yield tables.problem("plan_load", f"plan.{code}", row=at, column=column,
                                     value=row[column], load=load_of(row))  # fmt: skip
        agents = row.get("agents")
        if agents is not None and load_of(row) >= agents and row["arrivals_per_hour"] > 0:
            yield tables.problem(
                "plan_load", "plan.no_steady_state", row=at, column="agents", value=int(agents),
                load=load_of(row), least=int(load_of(row)) + 1,
                backlog=row["arrivals_per_hour"] - agents * 3600 / max(row["handle_s"], 1e-9),
            )  # fmt: skip
        if agents is None or row.get("answer_s") is None or row.get("level") is None:
            lacks = [c for c in ("answer_s", "level", "agents") if row.get(c) is None]
            yield tables.problem("plan_load", "plan.queue_unjudged", level="note", row=at,
                                 column=lacks[0], value=row["queue"],
                                 lacks=", ".join(lacks))  # fmt: skip


def _messages(tables: Tables) -> Iterator[Problem]:
    queues = {row["queue"]: row for _, row in tables.rows("plan_load")}
    alarms = complaint_metrics(tables) if "plan_messages" in tables else frozenset()
    for at, row in tables.rows("plan_messages"):
        yield from _message(tables, at, row, queues)
        trigger = row.get("trigger")
        if trigger is not None and trigger not in alarms:
            yield tables.problem("plan_messages", "plan.trigger_no_complaints", level="warn",
                                 row=at, column="trigger", value=trigger)  # fmt: skip


def _message(
    tables: Tables, at: int, row: Mapping[str, Any], queues: Mapping[str, Any]
) -> Iterator[Problem]:
    """One row: what it lacks, whom it reaches how, what it promises."""

    def found(code: str, column: str, level: Any = "warn", **values: Any) -> Problem:
        value = row.get(column) or row["segment"]
        return tables.problem("plan_messages", f"plan.{code}", level=level, row=at, column=column,
                              value=value, **values)  # fmt: skip

    if row.get("message") is None:
        yield found("segment_without_message", "message")
    asked = ["channel", "owner"] + ([] if row.get("trigger") else ["date"])
    if lacks := [column for column in asked if row.get(column) is None]:
        yield found("message_incomplete", lacks[0], lacks=", ".join(lacks))
    tier, channel = row.get("tier"), row.get("channel")
    if tier == "high_value" and channel not in (None, "one_to_one"):
        yield found("high_value_not_personal", "channel")
    if tier == "broad" and channel not in (None, "wechat", "sms"):
        yield found("broad_channel", "channel", "note")
    queue, seconds = row.get("queue"), row.get("promise_s")
    if queue is not None and queues and queue not in queues:
        yield _unknown(tables, "plan_messages", at, "queue", queue, queues, "queue_unknown")
    elif seconds is not None and (queue is None or not queues):
        yield found("promise_without_queue", "promise_s")
    if row.get("promise_share") == 1:
        yield found("promise_full", "promise_share", "error")


def _surveys(tables: Tables) -> Iterator[Problem]:
    """Surveys of queues nobody has listed, and surveys with few answers."""
    queues = {row["queue"]: row for _, row in tables.rows("plan_load")}
    answers: dict[tuple[str, str], int] = defaultdict(int)
    first: dict[tuple[str, str], int] = {}
    for at, row in tables.rows("plan_expectations"):
        key = (row["queue"], row["period"])
        answers[key] += row["answers"]
        first.setdefault(key, at)
    for (queue, period), at in first.items():
        if queue not in queues:
            yield _unknown(tables, "plan_expectations", at, "queue", queue, queues, "queue_unknown")
        elif answers[queue, period] < FEW_ANSWERS:
            yield tables.problem("plan_expectations", "plan.expectation_few", level="warn", row=at,
                                 column="answers", value=answers[queue, period],
                                 period=period)  # fmt: skip


def _release(tables: Tables) -> Iterator[Problem]:
    """A step of the rollout whose cases are no number."""
    for at, row in tables.rows("plan_forms"):
        if row["form"] != "release" or row.get("value") is None:
            continue
        counted = share_in(row["item"]) is not None or row["item"] == "fault_location"
        if counted and number_in(row["value"]) is None:
            yield tables.problem("plan_forms", "plan.release_value", level="warn", row=at,
                                 column="value", value=row["value"])  # fmt: skip

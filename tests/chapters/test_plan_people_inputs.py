"""Refusals and flags of the tables about people: each with its place, said in both languages."""

from datetime import date

import pandas as pd
import pytest

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.analysis import check
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import Problem
from playbook.core.text import LANGS

QUEUE = {"queue": "desk", "arrivals_per_hour": 12.0, "handle_s": 300.0, "answer_s": 60.0,
         "level": 0.8, "agents": 3.0}  # fmt: skip
MESSAGE = {"segment": "gold", "message": "hello", "channel": "one_to_one",
           "date": date(2026, 8, 3), "owner": "ann", "tier": "high_value"}  # fmt: skip
ACTION = {"action": "A1", "goal_id": "G1", "effort_likely": 10.0, "owner": "ann"}
PERSON = {"person": "ann", "role": "lead", "days_per_week": 4.0}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), index=range(2, 2 + len(rows)), dtype=object)
    return found.where(found.notna(), None)


def problems(
    departments: tuple[str, ...] = (), settings: Settings | None = None, **tables: pd.DataFrame
) -> list[Problem]:
    held = Tables({f"plan_{name}": table for name, table in tables.items()})
    facts = Facts(date(2026, 7, 1), departments=departments)
    found = check(Inputs(held, settings or Settings(), facts))
    for problem in found:
        for lang in LANGS:
            assert problem.say(lang)
            assert "{" not in problem.say(lang)
    return found


def only(found: list[Problem]) -> tuple[str, str, int | None, str]:
    (one,) = found
    return one.code, one.level, one.row, one.column


def test_sound_tables_have_no_faults() -> None:
    work = frame({"action": "A1", "person": "ann", "days": 10.0})
    tables = {"load": QUEUE, "messages": MESSAGE, "actions": ACTION, "people": PERSON}
    assert problems(work=work, **{name: frame(row) for name, row in tables.items()}) == []
    assert problems() == []


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"agents": 1.0}, "no_steady_state", "agents"),  # one erlang: it never catches up
        ({"agents": 0.0}, "no_steady_state", "agents"),
        ({"handle_s": 0.0}, "handle_zero", "handle_s"),
        ({"level": 1.0}, "level_full", "level"),
        ({"shrinkage": 1.0}, "shrinkage_full", "shrinkage"),
        ({"arrivals_per_hour": 9e9, "agents": None}, "load_too_large", "arrivals_per_hour"),
    ],
)
def test_queues_that_cannot_be_computed_are_refused(change, code, column) -> None:
    found = [p for p in problems(load=frame(QUEUE | change)) if p.level == "error"]
    assert only(found) == (f"plan.{code}", "error", 2, column)


def test_the_refusal_of_a_queue_says_how_many_agents_it_takes_and_how_fast_it_grows() -> None:
    queue = QUEUE | {"arrivals_per_hour": 120.0, "handle_s": 240.0, "agents": 6.0}
    (found,) = problems(load=frame(queue))
    assert found.values["least"] == 9  # eight erlang: eight agents are not enough
    assert found.values["backlog"] == pytest.approx(120 - 6 * 15)
    assert "9" in found.say("en")


def test_a_queue_that_cannot_be_judged_is_noted() -> None:
    found = problems(load=frame(QUEUE | {"agents": None, "level": None}))
    assert only(found) == ("plan.queue_unjudged", "note", 2, "level")
    assert found[0].values["lacks"] == "level, agents"


def test_capacity_nought_is_refused_only_for_somebody_with_work() -> None:
    people = frame(PERSON | {"days_per_week": 0.0})
    assert only(problems(people=people, actions=frame(ACTION)))[0] == "plan.capacity_zero"
    assert problems(people=people) == []


def test_owners_who_are_departments_or_nobody_are_flagged() -> None:
    dept = problems(departments=("ann",), actions=frame(ACTION))
    assert only(dept) == ("plan.department_owner", "warn", 2, "owner")
    marked = frame(PERSON | {"is_department": True})
    assert only(problems(people=marked, actions=frame(ACTION)))[0] == "plan.department_owner"
    near = problems(people=frame(PERSON), actions=frame(ACTION | {"owner": "anne"}))
    assert only(near)[0] == "plan.person_unknown_near"
    assert near[0].values["near"] == "ann"
    far = problems(people=frame(PERSON), actions=frame(ACTION | {"owner": "zo"}))
    assert only(far)[0] == "plan.person_unknown"


def test_work_must_fit_the_actions_and_their_effort() -> None:
    def work(*rows: tuple[str, str, float]) -> list[Problem]:
        made = frame(*({"action": a, "person": p, "days": d} for a, p, d in rows))
        return problems(work=made, actions=frame(ACTION), people=frame(PERSON))

    assert only(work(("A1", "ann", 10.0), ("B9", "ann", 1.0)))[0] == "plan.work_action_unknown"
    assert only(work(("A1", "ann", 10.0), ("A11", "ann", 1.0)))[:1] == (
        "plan.work_action_unknown_near",
    )
    assert only(work(("A1", "ann", 5.0))) == ("plan.work_differs", "warn", 2, "days")
    assert work(("A1", "ann", 9.0)) == []
    assert only(work(("A1", "bob", 10.0)))[0] == "plan.person_unknown"


@pytest.mark.parametrize(
    ("change", "code", "level", "column"),
    [
        ({"message": None}, "segment_without_message", "warn", "message"),
        ({"owner": None}, "message_incomplete", "warn", "owner"),
        ({"date": None}, "message_incomplete", "warn", "date"),
        ({"channel": "phone"}, "high_value_not_personal", "warn", "channel"),
        ({"tier": "broad"}, "broad_channel", "note", "channel"),
        ({"queue": "dusk"}, "queue_unknown_near", "error", "queue"),
        ({"queue": "xyz"}, "queue_unknown", "error", "queue"),
        ({"promise_s": 60.0}, "promise_without_queue", "warn", "promise_s"),
        ({"queue": "desk", "promise_s": 60.0, "promise_share": 1.0}, "promise_full", "error",
         "promise_share"),
        ({"trigger": "csat"}, "trigger_no_complaints", "warn", "trigger"),
        ({"trigger": "complaint_resolution_rate"}, "trigger_no_complaints", "warn", "trigger"),
    ],
)  # fmt: skip
def test_messages_are_flagged(change, code, level, column) -> None:
    found = problems(messages=frame(MESSAGE | change), load=frame(QUEUE))
    assert only(found) == (f"plan.{code}", level, 2, column)


@pytest.mark.parametrize(
    "metric", ["complaint_rate", "complaint_count", "complaints_per_100_orders"]
)
def test_a_crisis_message_on_a_complaint_alarm_needs_no_date(metric) -> None:
    assert problems(messages=frame(MESSAGE | {"trigger": metric, "date": None})) == []


def test_a_promise_without_a_table_of_queues_cannot_be_checked() -> None:
    found = problems(messages=frame(MESSAGE | {"queue": "desk", "promise_s": 60.0}))
    assert only(found)[0] == "plan.promise_without_queue"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"gate_steps": (0.25, 0.05, 1.0)}, "gate_steps"),
        ({"gate_steps": (0.05, 0.25)}, "gate_steps"),
        ({"gate_steps": ()}, "gate_steps"),
        ({"gate_cases": 0}, "gate_cases"),
        ({"amber_load": 1.2}, "load_limits"),
        ({"load_change": 1.0}, "load_change"),
    ],
)
def test_settings_that_cannot_be_are_refused(change, code) -> None:
    (found,) = problems(settings=Settings(**change))
    assert (found.code, found.level, found.file) == (f"plan.{code}", "error", "case.toml")


def test_a_step_of_the_release_counts_cases() -> None:
    rows = [{"form": "release", "item": "5%", "value": "many"},
            {"form": "release", "item": "fault_location", "value": "22 min"},
            {"form": "release", "item": "other", "value": "words"},
            {"form": "authority", "item": "5%", "value": "words"}]  # fmt: skip
    assert only(problems(forms=frame(*rows))) == ("plan.release_value", "warn", 2, "value")


def test_every_fault_is_found_at_once() -> None:
    found = problems(load=frame(QUEUE | {"agents": 1.0}, QUEUE | {"queue": "b", "level": 1.0}))
    assert [(p.code, p.row) for p in found] == [
        ("plan.no_steady_state", 2), ("plan.level_full", 3),
    ]  # fmt: skip

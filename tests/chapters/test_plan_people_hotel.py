"""The people of the plan find what was planted in the hotel case."""

from pathlib import Path

import pytest

from playbook.case import load_case
from playbook.chapters.plan.choice import analysis as choice
from playbook.chapters.plan.people import analysis as people
from playbook.chapters.plan.people.model import People
from playbook.chapters.plan.schedule import analysis as schedule
from playbook.core.problems import errors

HOTEL = Path(__file__).parents[2] / "data" / "hotel"


@pytest.fixture(scope="module")
def found() -> People:
    inputs = load_case(HOTEL).inputs("plan")
    assert not errors(people.check(inputs))
    chosen = choice.analyse(inputs)
    assert chosen is not None
    timed = schedule.analyse(inputs, chosen.selected)
    part = people.analyse(inputs, timed, chosen.selected)
    assert part is not None
    return part


def test_one_message_promises_what_the_desk_cannot_keep(found) -> None:
    above = [f for f in found.findings if f.code == "promise_above_capacity"]
    assert [(f.about, f.certainty, f.weight) for f in above] == [
        (("business",), "likely", "headline")
    ]
    assert (above[0].values["there"], above[0].values["agents"]) == (2, 3)
    desk = next(q for q in found.staffing if q.queue == "complaint_desk")
    assert desk.state == "thin"  # its own standard holds, only just


def test_one_person_is_overloaded_and_float_ends_it(found) -> None:
    assert [p.person for p in found.people if p.state == "red"] == ["zhou_min"]
    overloaded = next(f for f in found.findings if f.code == "overloaded")
    assert (overloaded.values["relief"], overloaded.values["action"]) == ("stretch", "P10")
    assert overloaded.values["left"] == 0
    assert all(relief.others_red == 0 for relief in found.reliefs)


def test_team_gate_messages_and_meetings_lack_what_was_left_out(found) -> None:
    short = {c.post for c in found.team if not c.met}
    assert short == {"data_analyst", "process_expert", "certified_expert"}
    about = {f.code: f.about for f in found.findings}
    assert about["gate_not_ready"] in (
        ("ready_load_test",),
        ("ready_load_test", "ready_guardrails"),
    )
    assert about["segments_without_message"] == ("family",)
    assert about["high_value_by_mass"] == ("corporate",)
    assert about["crisis_linked"] == ("complaint_rate",)
    assert about["meetings_overdue"] == ("decision_group",)

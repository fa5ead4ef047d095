"""What customers expect against promise and capacity (Q22): by hand, by property, on the hotel."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.case import load_case
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.analysis import analyse, check
from playbook.chapters.plan.people.expectations import accepted_by, longest_for
from playbook.chapters.plan.people.lettering import worded
from playbook.chapters.plan.people.model import Expectation, People
from playbook.chapters.plan.people.section import blocks, notes
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.section import conclude
from playbook.core.stats import newcombe, wilson
from playbook.core.text import LANGS

HOTEL = Path(__file__).parents[2] / "data" / "hotel"
DESK = ("desk", 2.0, 3000.0, 14400.0, 0.8, 2.0)


def ins(*answers: tuple[object, ...], queue: tuple[object, ...] = DESK) -> Inputs[Settings]:
    asked = pd.DataFrame(
        answers, columns=["queue", "period", "acceptable_s", "answers"],
        index=range(2, 2 + len(answers)),
    )  # fmt: skip
    load = pd.DataFrame(
        [queue], index=[2],
        columns=["queue", "arrivals_per_hour", "handle_s", "answer_s", "level", "agents"],
    )  # fmt: skip
    tables = Tables({"plan_load": load, "plan_expectations": asked})
    return Inputs(tables, Settings(), Facts(reference_date=date(2026, 7, 1)))


def run(*answers: tuple[object, ...], queue: tuple[object, ...] = DESK) -> People:
    found = analyse(ins(*answers, queue=queue), None)
    assert found is not None
    return found


def only(found: People) -> Expectation:
    (one,) = found.expectations
    return one


def test_soon_enough_is_who_accepts_that_time_or_longer() -> None:
    answers = {60.0: 30, 300.0: 50, 900.0: 20}
    assert accepted_by(answers, 300) == wilson(70, 100)
    assert accepted_by(answers, 301) == wilson(20, 100)
    assert accepted_by(answers, 0) == wilson(100, 100)
    assert longest_for(answers, 0.7) == 300
    assert longest_for(answers, 0.71) == 60
    assert longest_for({}, 0.8) is None


@given(
    st.dictionaries(st.floats(0, 1e6), st.integers(1, 500), min_size=1, max_size=8),
    st.floats(0.01, 1),
)
def test_the_expected_time_is_accepted_by_the_share_and_no_longer_one_is(answers, share) -> None:
    time = longest_for(answers, share)
    assert time is not None
    assert (accepted_by(answers, time).value or 0) >= share - 1e-9
    later = [other for other in answers if other > time]
    assert all((accepted_by(answers, other).value or 0) < share + 1e-9 for other in later)


def test_what_the_people_can_keep_is_too_late() -> None:
    found = run(("desk", "2026-Q2", 7200.0, 200), ("desk", "2026-Q2", 28800.0, 50))
    one = only(found)
    assert (one.state, one.is_sure, one.n) == ("short", True, 250)
    assert (one.expected_s, one.agents_there, one.agents) == (7200, 2, 3)
    assert one.possible_s == pytest.approx(3.33 * 3600, rel=0.01)  # M/M/2 with rho 5/6
    assert one.possible_accepted == pytest.approx(0.2)
    (finding,) = (f for f in found.findings if f.code == "expectation_above_capacity")
    assert finding.certainty == "likely"  # capacity is a model: never proven


def test_a_promise_slower_than_the_people() -> None:
    quick = ("desk", 40.0, 180.0, 300.0, 0.9, 4.0)  # keeps 50 s
    found = run(("desk", "2026-Q2", 180.0, 150), ("desk", "2026-Q2", 600.0, 100), queue=quick)
    one = only(found)
    assert (one.state, one.is_sure, one.accepted) == ("late", True, pytest.approx(0.4))
    assert "expectation_before_promise" in {f.code for f in found.findings}


def test_few_answers_leave_it_open() -> None:
    found = run(("desk", "2026-Q2", 7200.0, 3), ("desk", "2026-Q2", 28800.0, 7))
    assert (only(found).state, only(found).is_sure) == ("short", False)
    (finding,) = (f for f in found.findings if f.code == "expectation_above_capacity")
    assert finding.certainty == "undecided"
    few = run(("desk", "2026-Q2", 28800.0, 10))
    assert (only(few).state, only(few).is_sure) == ("met", False)
    assert [f.certainty for f in few.findings if f.code == "expectation_met"] == ["undecided"]


def test_surveys_stand_in_order_of_time_with_their_difference() -> None:
    found = run(
        ("desk", "2026-Q2", 3600.0, 120), ("desk", "2026-Q2", 28800.0, 80),
        ("desk", "2026-Q1", 3600.0, 60), ("desk", "2026-Q1", 28800.0, 140),
    )  # fmt: skip
    first, last = only(found).surveys
    assert (first.period, last.period, first.change) == ("2026-Q1", "2026-Q2", None)
    moved = newcombe(80, 200, 140, 200)
    assert (last.change, last.change_low, last.change_high) == (moved.value, moved.low, moved.high)
    (rising,) = (f for f in found.findings if f.code == "expectations_rising")
    assert rising.certainty == "proven"


def test_a_queue_without_agents_is_not_judged_and_no_answers_are_no_survey() -> None:
    bare = ("desk", 2.0, 3000.0, 14400.0, 0.8, None)
    assert only(run(("desk", "2026-Q2", 7200.0, 90), queue=bare)).state == "not_known"
    assert run(("desk", "2026-Q2", 7200.0, 0)).expectations == ()


def test_unknown_queues_and_thin_surveys_are_told() -> None:
    found = check(ins(("dusk", "2026-Q2", 60.0, 90), ("desk", "2026-Q2", 60.0, 9)))
    told = {(p.code, p.row, p.column) for p in found if p.file == "plan_expectations.csv"}
    assert ("plan.expectation_few", 3, "answers") in told
    assert any(code.startswith("plan.queue_unknown") and row == 2 for code, row, _ in told)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("answers", [3, 300])
@pytest.mark.parametrize("seconds", [60.0, 7200.0, 28800.0])
def test_every_sentence_stands_in_both_languages(lang, answers, seconds) -> None:
    for queue in (DESK, ("desk", 40.0, 180.0, 300.0, 0.9, 4.0)):
        found = run(("desk", "2026-Q1", 1e5, 400), ("desk", "2026-Q2", seconds, answers),
                    queue=queue)  # fmt: skip
        (shown,) = (b for b in blocks(found, lang, {}) if b.id == "people_expectations")
        assert "{" not in str(shown.items[0])
        said = conclude("plan", tuple(worded(f, lang, {}) for f in found.findings), lang, {})
        assert all("{" not in c.text + c.next_step for c in said)
        assert any("80%" in note for note in notes(found, lang))


def test_the_hotel_shows_one_queue_of_each_kind() -> None:
    inputs = load_case(HOTEL).inputs("plan")
    found = analyse(inputs, None)
    assert found is not None
    states = {one.queue: (one.state, one.is_sure) for one in found.expectations}
    assert states == {
        "phone_desk": ("met", True), "checkin_peak": ("late", True),
        "complaint_desk": ("short", True), "night_requests": ("met", True),
    }  # fmt: skip
    rising = [f.about for f in found.findings if f.code == "expectations_rising"]
    assert rising == [("complaint_desk",)]

"""Erlang's formulas against the shared vector, numbers by hand, and what must hold always."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.queues import agents_needed, average_wait, erlang_b, erlang_c, staffed


def test_the_shared_vector(vector, assert_agrees) -> None:
    shared = vector("plan_staffing")
    found = [
        asdict(agents_needed(*case))
        for case in shared["inputs"]["calls_per_hour_handle_s_answer_s_level"]
    ]
    assert_agrees(found, shared["expected"]["cases"], shared["tolerance"])


def test_two_agents_by_hand() -> None:
    """a = 1: B1 = 1/2, B2 = .5/(2 + .5) = .2; C = .2/(1 - .5 x .8) = 1/3; wait = C h/(2 - 1)."""
    assert erlang_b(1, 2) == pytest.approx(0.2)
    assert erlang_c(1, 2) == pytest.approx(1 / 3)
    assert average_wait(1, 2, 180) == pytest.approx(60)


def test_a_single_agent_waits_as_often_as_the_agent_is_busy() -> None:
    assert erlang_c(0.4, 1) == pytest.approx(0.4)


def test_too_few_agents_never_catch_up() -> None:
    found = staffed(120, 240, 20, 8)
    assert (found.prob_wait, found.service_level, found.asa_s) == (1.0, 0.0, None)
    assert staffed(120, 240, 20, 0).occupancy is None


def test_no_arrivals_no_wait() -> None:
    found = agents_needed(0, 240, 20, 0.8)
    assert (found.agents, found.service_level, found.asa_s) == (1, 1.0, 0.0)


def test_people_away_need_a_longer_rota() -> None:
    assert agents_needed(120, 240, 20, 0.8, shrinkage=0.3).rostered == 16  # 11 / .7 = 15.7
    assert staffed(120, 240, 20, 9, shrinkage=0.1).rostered == 10


@pytest.mark.parametrize(
    "numbers",
    [(-1, 240, 20, 0.8), (120, 0, 20, 0.8), (120, 240, -1, 0.8), (120, 240, 20, 1.0),
     (float("inf"), 240, 20, 0.8), (1e9, 3600, 20, 0.8)],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="="):
        agents_needed(*numbers)


def test_shrinkage_must_leave_somebody() -> None:
    with pytest.raises(ValueError, match="shrinkage"):
        staffed(120, 240, 20, 9, shrinkage=1.0)


@given(
    st.floats(0.5, 400),
    st.floats(20, 900),
    st.floats(0, 300),
    st.floats(0.1, 0.99),
)
def test_fewest_agents_that_do(arrivals: float, handle: float, answer: float, level: float) -> None:
    need = agents_needed(arrivals, handle, answer, level)
    assert need.service_level >= level
    fewer = staffed(arrivals, handle, answer, need.agents - 1)
    assert fewer.service_level < level or fewer.agents <= fewer.load_erlang

"""Staffing of promised times: the vector, printed tables, hand-worked queues, a simulation."""

import heapq
from datetime import date
from math import exp

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.analysis import analyse
from playbook.chapters.plan.people.model import Queue
from playbook.chapters.plan.people.staffing import possible_time, queues, reached, state_of
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.queues import agents_needed, erlang_b, erlang_c, service_level, staffed

COLUMNS = ("queue", "arrivals_per_hour", "handle_s", "answer_s", "level", "agents", "shrinkage")


def load(*rows: tuple[object, ...]) -> Tables:
    frame = pd.DataFrame(rows, columns=list(COLUMNS), index=range(2, 2 + len(rows)))
    return Tables({"plan_load": frame.astype(dict.fromkeys(COLUMNS[1:], "float64"))})


def one(*row: object, change: float = 0.1) -> Queue:
    (found,) = queues(load(("phone", *row)), Settings(load_change=change))
    return found


def test_vector_of_the_call_centre(vector, assert_agrees) -> None:
    v = vector("plan_staffing")
    rows = v["inputs"]["calls_per_hour_handle_s_answer_s_level"]
    found = queues(load(*((f"q{i}", *row, None, None) for i, row in enumerate(rows))), Settings())
    assert_agrees([vars(queue) for queue in found], v["expected"]["cases"], v["tolerance"])


@pytest.mark.parametrize(
    ("traffic", "lines", "blocked"),
    [(1, 1, 0.5), (1, 2, 0.2), (2, 2, 0.4), (5, 10, 0.0184), (10, 10, 0.2146), (20, 30, 0.0085)],
)
def test_erlang_b_as_printed_in_traffic_tables(traffic, lines, blocked) -> None:
    assert erlang_b(traffic, lines) == pytest.approx(blocked, abs=5e-5)


@pytest.mark.parametrize("rho", [0.1, 0.5, 0.9])
def test_one_and_two_servers_by_hand(rho) -> None:
    """M/M/1: all wait with probability rho; M/M/2: 2 rho^2 / (1 + rho)."""
    assert erlang_c(rho, 1) == pytest.approx(rho)
    assert erlang_c(2 * rho, 2) == pytest.approx(2 * rho**2 / (1 + rho))


def test_what_the_agents_at_hand_reach_by_hand() -> None:
    """Two complaints an hour of 50 minutes, two agents, two hours: M/M/2 with rho 5/6."""
    found = one(2, 3000, 7200, 0.95, 2, 0.3)
    waits = 2 * (5 / 6) ** 2 / (1 + 5 / 6)
    level = 1 - waits * exp(-(2 - 5 / 3) * 7200 / 3000)
    assert found.there is not None
    assert found.there.service_level == pytest.approx(level)
    assert found.there.asa_s == pytest.approx(waits * 3000 / (2 - 5 / 3))
    assert (found.agents, found.rostered, found.there.rostered) == (3, 5, 3)
    assert found.state == "missed_for_certain"


def test_littles_law_holds_for_waiting_and_open_cases() -> None:
    found = one(120, 240, 20, 0.8, 11, 0)
    assert found.waiting == pytest.approx(120 * found.there.asa_s / 3600)
    assert found.open_cases == pytest.approx(found.waiting + found.load_erlang)
    assert found.open_limit == pytest.approx(120 * (20 + 240) / 3600)


def test_the_time_that_can_be_promised_is_the_level_turned_round() -> None:
    found = one(120, 240, 20, 0.95, 11, 0)
    assert found.state.startswith("missed")
    assert reached(found, found.possible_s) == pytest.approx(0.95)
    assert one(120, 240, 20, 0.5, 11, 0).possible_s == 0  # half of them need not wait at all


def test_states_of_a_promise() -> None:
    """Kept with more load too; kept as given only; kept with less load only; never kept."""
    levels = {n: service_level(8, n, 240, 20) for n in (10, 11, 12)}
    assert one(120, 240, 20, 0.8, 12, 0).state == "held"
    assert one(120, 240, 20, 0.8, 11, 0).state == "thin"
    assert levels[10] < 0.7 < levels[11]
    assert one(120, 240, 20, 0.7, 10, 0).state == "missed"
    assert one(120, 240, 20, 0.9, 10, 0).state == "missed_for_certain"
    assert one(120, 240, 20, 0.9, None, 0).state == "not_known"


def test_sensitivity_holds_each_change_and_the_range_of_the_need() -> None:
    found = one(120, 240, 20, 0.8, 11, 0)
    changes = [(round(s.arrivals, 2), round(s.handle, 2)) for s in found.scenarios]
    assert changes == [(1, 1), (0.9, 1), (1.1, 1), (1, 0.9), (1, 1.1), (0.9, 0.9), (1.1, 1.1)]
    for scenario in found.scenarios:
        want = agents_needed(120 * scenario.arrivals, 240 * scenario.handle, 20, 0.8)
        assert scenario.agents == want.agents
        assert scenario.load_erlang == pytest.approx(8 * scenario.arrivals * scenario.handle)
    assert (found.agents_low, found.agents, found.agents_high) == (10, 11, 13)


def test_a_queue_without_promise_or_agents_says_what_it_can() -> None:
    bare = one(120, 240, None, None, 11, 0)
    assert (bare.agents, bare.state, bare.curve) == (None, "not_known", ())
    assert bare.there.occupancy == pytest.approx(8 / 11)
    need = one(120, 240, 20, 0.8, None, 0.25)
    assert (need.agents, need.rostered, need.there, need.least) == (11, 15, None, 9)
    assert all(s.service_level is None for s in need.scenarios)


def test_an_empty_queue_needs_one_agent_and_nobody_waits() -> None:
    found = one(0, 240, 20, 0.8, 1, 0)
    assert (found.agents, found.there.service_level, found.waiting) == (1, 1.0, 0.0)


@settings(deadline=None, max_examples=40)
@given(
    arrivals=st.floats(0.5, 120),
    handle=st.floats(20, 1800),
    answer=st.floats(0, 7200),
    level=st.floats(0.05, 0.99),
)
def test_the_need_is_the_fewest_and_more_agents_never_lower_the_level(
    arrivals, handle, answer, level
) -> None:
    found = one(arrivals, handle, answer, level, None, 0)
    load_ = arrivals * handle / 3600
    assert service_level(load_, found.agents, handle, answer) >= level
    assert found.agents > load_
    assert service_level(load_, found.agents - 1, handle, answer) < level
    steps = [point.level for point in found.curve]
    assert steps == sorted(steps)
    assert all(p.heavier <= p.level + 1e-9 <= p.lighter + 2e-9 for p in found.curve)
    assert found.agents_low <= found.agents <= found.agents_high


@settings(deadline=None)
@given(rho=st.floats(0.05, 0.98), agents=st.integers(1, 60), wanted=st.floats(0.02, 0.98))
def test_a_promise_of_the_possible_time_is_kept(rho, agents, wanted) -> None:
    there = staffed(rho * agents * 3600 / 300, 300, 0, agents)
    seconds = possible_time(there, 300, wanted)
    assert service_level(there.load_erlang, agents, 300, seconds) >= wanted - 1e-9


@settings(deadline=None, max_examples=20)
@given(order=st.permutations(range(4)))
def test_the_order_of_rows_changes_nothing_but_the_order(order) -> None:
    rows = [("a", 120, 240, 20, 0.8, 11, 0), ("b", 2, 3000, 7200, 0.95, 2, 0.3),
            ("c", 60, 150, 20, 0.8, 5, 0), ("d", 14, 300, 300, 0.8, 2, 0)]  # fmt: skip
    straight = {q.queue: q for q in queues(load(*rows), Settings())}
    mixed = {q.queue: q for q in queues(load(*(rows[i] for i in order)), Settings())}
    assert straight == mixed


def test_a_large_centre_is_quick_and_its_curve_is_short() -> None:
    found = one(20_000, 300, 20, 0.8, 1700, 0.3)
    assert found.agents > 1666
    assert len(found.curve) < 60


def test_state_needs_no_agents_to_be_unknown() -> None:
    assert state_of(one(120, 240, 20, 0.8, None, 0), 20, 0.8, 0.1) == "not_known"
    with pytest.raises(ValueError, match="phone"):
        reached(one(120, 240, 20, 0.8, None, 0), 20)


def test_a_missed_standard_is_the_first_finding() -> None:
    tables = load(("desk", 2, 3000, 7200, 0.95, 2, 0), ("phone", 60, 150, 20, 0.8, 6, 0))
    part = analyse(Inputs(tables, Settings(), Facts(date(2026, 7, 1))), None)
    first, held = part.findings
    assert (first.code, first.certainty, first.about, first.weight) == (
        "promise_above_capacity", "likely", ("desk",), "headline",
    )  # fmt: skip
    assert (first.values["agents"], first.values["there"]) == (3, 2)
    assert (held.code, held.about) == ("promise_held", ("phone",))


@pytest.mark.slow
@pytest.mark.parametrize(("arrivals", "handle", "agents"), [(120, 240, 11), (2, 3000, 2)])
def test_the_formulas_agree_with_a_simulated_queue(arrivals, handle, agents) -> None:
    """Random arrivals, exponential handling, first come first served; 300,000 cases, a seed."""
    n, rng = 300_000, np.random.default_rng(20260701)
    came = np.cumsum(rng.exponential(3600 / arrivals, n))
    takes = rng.exponential(handle, n)
    free = [0.0] * agents
    waited = np.empty(n)
    for i in range(n):
        start = max(came[i], heapq.heappop(free))
        waited[i] = start - came[i]
        heapq.heappush(free, start + takes[i])
    settled = waited[n // 20 :]
    answer = 20 if arrivals == 120 else 7200
    found = staffed(arrivals, handle, answer, agents)
    assert (settled <= answer).mean() == pytest.approx(found.service_level, abs=0.01)
    assert (settled > 0).mean() == pytest.approx(found.prob_wait, abs=0.01)
    assert settled.mean() == pytest.approx(found.asa_s, rel=0.06)

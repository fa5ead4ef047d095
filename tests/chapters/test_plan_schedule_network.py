"""PL3, PL4: times, floats, chains, loops; what holds for every network."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.plan.schedule.network import (
    MOST_CHAINS,
    Network,
    Task,
    Times,
    loops,
    passed_on,
)


def tasks_of(actions: Mapping[str, Mapping[str, Any]]) -> list[Task]:
    return [Task(k, a["likely"], a["safe"], tuple(a["after"])) for k, a in actions.items()]


def timed(network: Network) -> Times:
    return network.timed(network.likely[:, None])


def by_action(network: Network, values: Any) -> dict[str, float]:
    return {task.action: float(v) for task, v in zip(network.tasks, values, strict=True)}


@st.composite
def networks(draw: st.DrawFn) -> list[Task]:
    """Up to nine tasks in random order; each may wait for some that were drawn before it."""
    count = draw(st.integers(1, 9))
    days = st.integers(0, 30)
    tasks = []
    for i in range(count):
        before = draw(st.lists(st.integers(0, i - 1), max_size=3, unique=True)) if i else []
        likely, more, release = draw(days), draw(days), draw(st.sampled_from((0, 0, 0, 5, 20)))
        after = tuple(f"a{j}" for j in before)
        tasks.append(Task(f"a{i}", likely, likely + more, after, release))
    return draw(st.permutations(tasks))


def test_the_plan_of_the_source_documents(
    vector: Callable[[str], dict[str, Any]], assert_agrees: Callable[..., None]
) -> None:
    held = vector("plan_cpm")
    network = Network(tasks_of(held["inputs"]["actions"]))
    times, removed = timed(network), network.safe - network.likely
    paths, count = network.critical_paths(times)
    chain = network.largest(times, network.likely)
    found = {
        "likely": {
            "duration": float(times.duration[0]),
            "early_start": by_action(network, times.early_start[:, 0]),
            "late_start": by_action(network, times.late_start[:, 0]),
            "total_float": by_action(network, times.total_float[:, 0]),
            "free_float": by_action(network, network.free_float(times)),
            "critical": list(paths[0].actions),
        },
        "safe_duration": float(network.timed(network.safe[:, None]).duration[0]),
        "buffer_half_removed": network.largest(times, removed) / 2,
        "buffer_root_sum_square": network.largest(times, removed**2) ** 0.5,
        "buffer_half_chain": chain / 2,
        "buffer_floor": chain / 4,
    }
    assert count == 1
    assert_agrees(found, held["expected"], held["tolerance"])


def test_two_chains_of_equal_length_are_both_named() -> None:
    network = Network(
        [Task("a", 4, 5), Task("b", 6, 9, ("a",)), Task("c", 6, 12, ("a",)),
         Task("d", 2, 3, ("b", "c"))]
    )  # fmt: skip
    paths, count = network.critical_paths(timed(network))
    assert [path.actions for path in paths] == [("a", "b", "d"), ("a", "c", "d")]
    assert count == 2
    # the buffer is taken over the chain that needs the larger one: 1 + 6 + 1, not 1 + 3 + 1
    assert network.largest(timed(network), network.safe - network.likely) == 8


def test_chains_beyond_number_are_counted_and_not_walked() -> None:
    tasks = [Task("s00", 1, 1)]
    for i in range(1, 41):  # forty diamonds: 2^40 chains
        tasks += [Task(f"u{i:02d}", 1, 2, (f"s{i - 1:02d}",)),
                  Task(f"v{i:02d}", 1, 2, (f"s{i - 1:02d}",)),
                  Task(f"s{i:02d}", 1, 1, (f"u{i:02d}", f"v{i:02d}"))]  # fmt: skip
    paths, count = Network(tasks).critical_paths(timed(Network(tasks)))
    assert (len(paths), count) == (MOST_CHAINS, 2**40)


def test_a_milestone_at_the_end_is_part_of_the_one_chain() -> None:
    network = Network([Task("a", 10, 12), Task("done", 0, 0, ("a",))])
    paths, count = network.critical_paths(timed(network))
    assert (count, paths[0].actions) == (1, ("a", "done"))


def test_a_start_date_makes_a_chain_that_waits() -> None:
    network = Network([Task("a", 5, 6), Task("late", 10, 12, ("a",), release=8)])
    times = timed(network)
    paths, _ = network.critical_paths(times)
    assert times.duration[0] == 18
    assert (paths[0].actions, paths[0].wait) == (("late",), 8)
    assert by_action(network, times.total_float[:, 0]) == {"a": 3, "late": 0}


def test_loops_are_named_action_by_action() -> None:
    after = {"a": ("c",), "b": ("a",), "c": ("b",), "d": ("c",), "e": ("e",), "f": ("nobody",)}
    assert loops(after) == [("a", "b", "c"), ("e",)]
    assert loops({"a": (), "b": ("a",)}) == []


def test_one_that_is_not_chosen_passes_on_what_it_waited_for() -> None:
    after = {"a": (), "b": ("a",), "c": ("b",), "d": ("c", "x"), "x": ()}
    waits, left = passed_on(after, ("a", "d"))
    assert waits == {"a": (), "d": ("a",)}
    assert left == {"d": ("c", "x")}


@settings(deadline=None)
@given(networks())
def test_floats_chains_and_buffers_of_every_network(tasks: list[Task]) -> None:
    network = Network(tasks)
    times = timed(network)
    total, free = times.total_float[:, 0], network.free_float(times)
    assert (total >= free).all()
    assert (free >= 0).all()
    paths, count = network.critical_paths(times)
    likely = {task.action: task.likely for task in tasks}
    assert paths
    assert count >= len(paths)
    for path in paths:
        assert path.wait + sum(likely[a] for a in path.actions) == pytest.approx(times.duration[0])
    named = {action for path in paths for action in path.actions}
    if count <= MOST_CHAINS:
        assert named == {a for a, f in by_action(network, total).items() if f == 0}


@settings(deadline=None)
@given(networks(), st.data())
def test_another_predecessor_never_shortens(tasks: list[Task], data: st.DataObject) -> None:
    network = Network(tasks)
    order = [task.action for task in network.tasks]
    one, other = sorted(data.draw(st.tuples(*[st.integers(0, len(order) - 1)] * 2)))
    more = [
        Task(t.action, t.likely, t.safe, (*t.after, order[one]), t.release)
        if t.action == order[other] and one != other else t
        for t in tasks
    ]  # fmt: skip
    before, after = timed(network), timed(Network(more))
    assert after.duration[0] >= before.duration[0]
    first = by_action(network, before.early_start[:, 0])
    later = by_action(Network(more), after.early_start[:, 0])
    assert all(later[a] >= first[a] for a in first)


@settings(deadline=None)
@given(networks(), st.randoms())
def test_order_and_names_of_the_rows_change_nothing(tasks: list[Task], random: Any) -> None:
    mixed = list(tasks)
    random.shuffle(mixed)
    new = {f"a{i}": f"z{9 - i}" for i in range(10)}
    renamed = [Task(new[t.action], t.likely, t.safe, tuple(new[a] for a in t.after), t.release)
               for t in mixed]  # fmt: skip
    one, other = Network(tasks), Network(renamed)
    for values in ("early_start", "late_finish", "total_float"):
        first = by_action(one, getattr(timed(one), values)[:, 0])
        second = by_action(other, getattr(timed(other), values)[:, 0])
        assert {new[a]: v for a, v in first.items()} == second
    removed = [n.largest(timed(n), n.safe - n.likely) for n in (one, other)]
    assert removed[0] == pytest.approx(removed[1])


@settings(max_examples=30, deadline=None)
@given(networks())
def test_many_draws_at_once_are_timed_as_one_by_one(tasks: list[Task]) -> None:
    network = Network(tasks)
    days = np.stack([network.likely, network.safe], axis=1)
    both = network.timed(days)
    for k in range(2):
        alone = network.timed(days[:, [k]])
        assert np.array_equal(both.late_start[:, k], alone.late_start[:, 0])
        assert both.duration[k] == alone.duration[0]

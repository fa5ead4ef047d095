"""PL5: the simulated finish against the vectors, the rules of the draws, a thousand actions."""

import itertools
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from playbook.chapters.plan.schedule.network import Network, Task
from playbook.chapters.plan.schedule.simulation import (
    ByHand,
    criticality,
    curve_of,
    longest_chains,
    shortened,
    simulate,
)

SEED = 20260701


@pytest.fixture(scope="module")
def network(vector: Callable[[str], dict[str, Any]]) -> Network:
    actions = vector("plan_cpm")["inputs"]["actions"]
    return Network(Task(k, a["likely"], a["safe"], tuple(a["after"])) for k, a in actions.items())


def test_percentiles_of_the_finish(
    network: Network, vector: Callable[[str], dict[str, Any]], assert_agrees: Callable[..., None]
) -> None:
    held = vector("plan_simulation")
    found = simulate(network, 20_000, SEED)
    shares = {"p50": 0.5, "p80": 0.8, "p90": 0.9}
    assert_agrees(
        {key: found.quantile(q) for key, q in shares.items()}, held["expected"], held["tolerance"]
    )


def test_chances_of_the_rules(
    network: Network, vector: Callable[[str], dict[str, Any]], assert_agrees: Callable[..., None]
) -> None:
    held = vector("plan_simulation_probability")
    found = simulate(network, 60_000, SEED)
    chances = {
        "p_within_likely": found.p_by(188),
        "p_with_root_sum_square": found.p_by(188 + 26.851443164195103),
        "p_with_half_removed": found.p_by(188 + 30.5),
    }
    assert_agrees(chances, held["expected"], held["tolerance"])


def test_likely_is_the_median_and_safe_the_ninetieth() -> None:
    one = simulate(Network([Task("a", 20, 30)]), 40_000, SEED)
    assert one.quantile(0.5) == pytest.approx(20, abs=0.15)
    assert one.quantile(0.9) == pytest.approx(30, abs=0.3)


def test_a_duration_without_spread_stays_as_it_is() -> None:
    found = simulate(Network([Task("a", 7, 7), Task("m", 0, 0, ("a",))]), 100, SEED)
    assert set(found.end) == {7.0}
    assert found.p_by(7) == 1.0
    assert found.p_by(6.9) == 0.0


def test_the_same_seed_gives_the_same_draws_whatever_the_order_of_rows(network: Network) -> None:
    again = Network(reversed(network.tasks))
    assert np.array_equal(simulate(network, 3_000, 5).end, simulate(again, 3_000, 5).end)
    assert not np.array_equal(simulate(network, 3_000, 5).end, simulate(network, 3_000, 6).end)


def test_delays_that_come_together_spread_the_end(network: Network) -> None:
    alone, together = (simulate(network, 20_000, SEED, rho) for rho in (0.0, 0.6))
    assert together.end.std() > 1.5 * alone.end.std()
    assert together.quantile(0.9) > alone.quantile(0.9) + 5


def test_where_chains_merge_the_likely_end_is_kept_less_often() -> None:
    """Merge bias: each of four equal chains keeps it in half the cases, all four in a sixteenth."""
    alone = simulate(Network([Task("a", 20, 30)]), 20_000, SEED)
    four = simulate(Network([Task(k, 20, 30) for k in "abcd"]), 20_000, SEED)
    assert alone.p_by(20) == pytest.approx(0.5, abs=0.02)
    assert four.p_by(20) == pytest.approx(0.5**4, abs=0.01)


def test_which_chain_is_longest_and_how_often(network: Network) -> None:
    found = simulate(network, 20_000, SEED)
    chains = longest_chains(network, found)
    first, share = chains[0]
    assert first == ("survey", "diagnose", "training", "pilot", "evaluate", "sop", "rollout")
    assert share == pytest.approx(0.95, abs=0.02)
    assert sum(s for _, s in chains) == pytest.approx(1.0, abs=1e-9)
    shares = criticality(network, found)
    assert shares["rollout"] == 1.0
    assert shares["crm"] == pytest.approx(1 - shares["survey"])
    assert shares["training"] + shares["blueprint"] == pytest.approx(shares["survey"])


def test_shortening_helps_only_where_it_sets_the_end(network: Network) -> None:
    used = simulate(network, 4_000, SEED).ever_critical()
    gains = shortened(network, 4_000, SEED, 0.0, 0.2, used)
    assert max(gains, key=lambda key: gains[key]) == "pilot"
    assert gains["pilot"] == pytest.approx(0.2 * 80, abs=2)
    assert gains["crm"] < 0.3
    assert all(gain >= -1e-9 for gain in gains.values())


def test_by_hand_is_too_hopeful(network: Network) -> None:
    hand = ByHand.of(188, 26.851443164195103)
    assert hand.p_by(188) == pytest.approx(0.5)
    assert hand.p_by(hand.p80()) == pytest.approx(0.8, abs=1e-6)
    assert simulate(network, 20_000, SEED).p_by(hand.p80()) < 0.8
    assert ByHand(10, 0).p_by(10) == 1.0
    assert ByHand(10, 0).p_by(9) == 0.0


def test_the_curve_rises_from_first_to_last(network: Network) -> None:
    curve = curve_of(simulate(network, 2_000, SEED))
    assert all(a <= b and p < q for (a, p), (b, q) in itertools.pairwise(curve))
    assert len(curve) == 101


def test_a_thousand_actions_in_seconds() -> None:
    rng = np.random.default_rng(1)
    tasks = [
        Task(f"t{i:04d}", float(rng.uniform(1, 20)), 40.0,
             tuple(sorted({f"t{int(j):04d}" for j in rng.integers(max(0, i - 40), i, 3)}))
             if i else ())
        for i in range(1_000)
    ]  # fmt: skip
    began = perf_counter()
    network = Network(tasks)
    times = network.timed(network.likely[:, None])
    network.critical_paths(times)
    found = simulate(network, 5_000, SEED)
    longest_chains(network, found)
    assert found.end.min() > 0
    assert float(times.duration[0]) > 100
    assert perf_counter() - began < 20  # some two seconds on a quiet machine

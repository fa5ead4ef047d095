"""The arithmetic of the goal tree against reference numbers, by hand and by property."""

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.tree.formulas import (
    cause_change,
    combine,
    each_of,
    equal_odds,
    equal_relative,
    log_mean_parts,
    rate_and_mix,
    shapley_parts,
    split_mean,
    split_sum,
)
from playbook.chapters.tree.split import chain
from playbook.chapters.tree.timing import resample, total_time
from playbook.core.durations import simulate

RATE = st.floats(0.05, 0.98)


def test_rate_chain_agrees_with_its_reference(vector, assert_agrees) -> None:
    case = vector("tree_rate_chain")
    given_ = case["inputs"]
    ids = ["a", "b", "c"]
    found = chain("g", ids, given_["before"], given_["after"], given_["target"])
    assert_agrees(found, case["expected"], case["tolerance"])


def test_mix_effect_agrees_with_its_reference(vector, assert_agrees) -> None:
    case = vector("tree_mix_effect")
    assert_agrees(rate_and_mix(**case["inputs"]), case["expected"], case["tolerance"])


def test_allocation_agrees_with_its_reference(vector, assert_agrees) -> None:
    case = vector("tree_allocation")
    sums, means = case["inputs"]["additive"], case["inputs"]["weighted_mean"]
    target = sum(sums["current"]) - sums["reduction"]
    a = split_sum(sums["current"], sums["reachable"], target, -1)
    m = split_mean(means["current"], means["reachable"], means["weight"], means["target"])
    found = {
        "additive": list(a.targets),
        "weighted_mean": list(m.targets),
        "closable_total": a.closable_total,
        "highest_mean": m.best,
    }
    assert_agrees(found, case["expected"], case["tolerance"])


def test_cause_change_agrees_with_its_reference(vector, assert_agrees) -> None:
    case = vector("tree_pareto")
    found = {"cause_change": cause_change(**case["inputs"])}
    assert_agrees(found, case["expected"], case["tolerance"])


def test_time_budget_agrees_with_its_reference(vector, assert_agrees) -> None:
    case = vector("tree_time_budget")
    given_, expected = case["inputs"], case["expected"]
    pairs = [(a, b) for a, b in given_["stages_p50_p95"]]
    drawn = simulate(pairs, given_["dependence"], 200_000, seed=1)
    found = {
        f"dependence_{rho}": total_time(drawn[rho], given_["limits"], given_["total_limit"])
        for rho in given_["dependence"]
    }
    wanted = {key: expected[key] for key in found}
    assert_agrees(found, wanted, case["tolerance"], expected["looser"])
    assert sum(b for _, b in pairs) == expected["sum_of_p95"]


class TestByHand:
    def test_three_steps_at_95_give_86_and_95_overall_needs_98(self) -> None:
        assert float(combine("complement", [0.95] * 3)) == pytest.approx(0.857375)
        assert each_of(0.95, 3) == pytest.approx(0.9830, abs=5e-5)

    def test_a_weighted_mean_is_not_the_mean_of_the_rates(self) -> None:
        assert float(combine("weighted_mean", [0.7, 0.9], [900, 100])) == pytest.approx(0.72)

    def test_the_slowest_part_decides(self) -> None:
        assert float(combine("max", [2.0, 5.0, 3.0])) == 5.0

    @pytest.mark.parametrize("weights", [[0, 0], [-1, 2], None])
    def test_impossible_weights_are_refused(self, weights) -> None:
        with pytest.raises(ValueError, match="weights"):
            combine("weighted_mean", [0.5, 0.6], weights)

    def test_a_milestone_is_not_computed(self) -> None:
        with pytest.raises(ValueError, match="milestone"):
            combine("milestone", [1.0])

    def test_a_sum_beyond_reach_is_said_and_everybody_put_at_the_reachable(self) -> None:
        found = split_sum([120, 80, 40], [90, 60, 40], 180, -1)
        assert not found.is_closable
        assert found.best == 190
        assert found.targets == (90, 60, 40)

    def test_without_reachable_values_a_sum_goes_by_size(self) -> None:
        assert split_sum([60, 40], None, 50, -1).targets == (30, 20)

    def test_a_mean_to_be_lowered(self) -> None:
        found = split_mean([10, 20], [8, 10], [1, 1], 12, -1)
        assert found.targets == pytest.approx((9, 15))
        assert found.best == 9

    def test_equal_growth_is_refused_where_a_rate_would_reach_one(self) -> None:
        assert equal_relative([0.99, 0.5], 0.6) is None

    def test_a_stage_at_one_stays_and_a_cap_holds(self) -> None:
        found = equal_odds([1.0, 0.8, 0.8], 0.75, [None, 0.82, None])
        assert found.rates[0] == 1.0
        assert found.rates[1] == 0.82
        assert prod(found.rates) == pytest.approx(0.75)

    def test_caps_that_do_not_suffice_are_said(self) -> None:
        found = equal_odds([0.8, 0.8], 0.9, [0.85, 0.85])
        assert not found.is_closable
        assert found.rates == (0.85, 0.85)

    @pytest.mark.parametrize(("rates", "target"), [([0.9], 1.0), ([0.0, 0.9], 0.5), ([1.2], 0.5)])
    def test_equal_odds_refuses_what_has_no_odds(self, rates, target) -> None:
        with pytest.raises(ValueError, match="rates in"):
            equal_odds(rates, target)

    def test_log_mean_parts_refuse_noughts_and_shapley_takes_them(self) -> None:
        with pytest.raises(ValueError, match="above 0"):
            log_mean_parts([0.0, 0.5], [0.5, 0.5])
        assert shapley_parts([0.0, 0.5], [0.5, 0.5]) == pytest.approx((0.25, 0.0))

    def test_shapley_refuses_more_than_eight_factors(self) -> None:
        with pytest.raises(ValueError, match="at most 8"):
            shapley_parts([0.9] * 9, [0.95] * 9)

    def test_simpson_is_seen(self) -> None:
        found = rate_and_mix([900, 100], [0.9, 0.5], [100, 900], [0.92, 0.55])
        assert found.simpson
        assert found.change < 0 < sum(found.rate_effect)

    def test_a_share_outside_is_refused(self) -> None:
        with pytest.raises(ValueError, match="share"):
            cause_change(0, -0.1)

    def test_the_sum_of_p95_is_no_safe_bound_either(self) -> None:
        """Two stages that take 100 h in 4 % of the cases, never the same ones, and 1 h else."""
        one, two = np.ones(1000), np.ones(1000)
        one[:40], two[40:80] = 100, 100
        assert np.quantile(one, 0.95) == np.quantile(two, 0.95) == 1
        found = total_time(np.stack([one, two]), [None, None], None)
        assert found.p95_total == 101
        assert found.p_every_stage_within is None


class TestProperties:
    @given(st.lists(RATE, min_size=2, max_size=5), st.data())
    def test_parts_of_a_product_add_up(self, before, data) -> None:
        after = data.draw(st.lists(RATE, min_size=len(before), max_size=len(before)))
        change = prod(after) - prod(before)
        assert log_mean_parts(before, after).sum() == pytest.approx(change, abs=1e-9)
        assert sum(shapley_parts(before, after)) == pytest.approx(change, abs=1e-9)

    @given(st.lists(RATE, min_size=1, max_size=6), st.floats(0.01, 0.99))
    def test_equal_odds_meets_its_target_and_keeps_the_order(self, rates, target) -> None:
        found = equal_odds(rates, target)
        assert prod(found.rates) == pytest.approx(target, abs=1e-8)
        order = np.argsort(rates, kind="stable")
        assert (np.diff(np.array(found.rates)[order]) >= -1e-12).all()

    @given(
        st.lists(
            st.tuples(RATE, RATE, st.integers(1, 500), st.integers(1, 500)), min_size=2, max_size=6
        )
    )
    def test_rate_and_mix_add_up(self, rows) -> None:
        x0, x1, w0, w1 = zip(*rows, strict=True)
        found = rate_and_mix(w0, x0, w1, x1)
        whole = sum(found.rate_effect) + sum(found.mix_effect)
        assert whole == pytest.approx(found.change, abs=1e-12)
        still = rate_and_mix(w0, x0, w0, x1)
        assert still.mix_effect == pytest.approx([0] * len(x0), abs=1e-12)

    @given(
        st.lists(st.tuples(RATE, st.floats(0, 0.3), st.integers(1, 900)), min_size=1, max_size=6),
        st.floats(0, 1),
    )
    def test_a_mean_is_met_and_nobody_passes_the_reachable(self, rows, part) -> None:
        x, room, w = zip(*rows, strict=True)
        reach = [a + b for a, b in zip(x, room, strict=True)]
        start, best = np.average(x, weights=w), np.average(reach, weights=w)
        target = start + part * (best - start)
        found = split_mean(x, reach, w, target)
        assert np.average(found.targets, weights=w) == pytest.approx(target, abs=1e-9)
        assert all(t <= r + 1e-9 for t, r in zip(found.targets, reach, strict=True))


def test_resampling_gives_the_same_numbers_for_the_same_seed() -> None:
    times = np.random.default_rng(2).lognormal(size=(3, 60))
    one, two = (resample(times, [5, 5, 5], 12, 200, seed=4) for _ in range(2))
    assert np.array_equal(one.percentiles, two.percentiles)
    assert one.shares.sum(axis=1) == pytest.approx(np.ones(200))
    assert one.kept.shape == (200, 2)


def test_dependence_outside_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match="dependence"):
        simulate([(1, 2)], [1.5], 100, 1)

"""What must hold for any pilot, and how often the rule errs."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.chapters.pilot.decision import decide
from playbook.chapters.pilot.design import excess_needed, operating_row, power, sd_change
from playbook.chapters.pilot.estimate import exact_t, meta_regression, naive_customer, prob_above
from playbook.chapters.pilot.permutation import permute, rescaled_p, smallest_p

CHANGE = st.floats(-0.2, 0.2).map(lambda x: round(x, 4))
STORES = st.lists(CHANGE, min_size=5, max_size=9, unique=True)


def arms(stores: int, pilots: int) -> list[bool]:
    return [True] * pilots + [False] * (stores - pilots)


@given(STORES, st.integers(1, 2), st.floats(-0.3, 0.3))
@settings(deadline=None)
def test_a_shift_of_the_pilots_shifts_the_lift_and_nothing_else(
    changes: list[float], pilots: int, shift: float
) -> None:
    x = np.array(arms(len(changes), pilots))
    y = np.array(changes)
    v = np.full(y.size, 0.001)
    for way in (lambda y: meta_regression(y, v, x), lambda y: exact_t(y, x)):
        before, after = way(y), way(y + shift * x)
        assert after.estimate == pytest.approx(before.estimate + shift, abs=1e-9)
        assert after.se == pytest.approx(before.se, rel=1e-6, abs=1e-9)


@given(STORES, st.integers(1, 2))
@settings(deadline=None)
def test_equal_stores_give_the_exact_t(changes: list[float], pilots: int) -> None:
    """With equal variances below the spread seen, the primary estimate is the pooled t."""
    x, y = arms(len(changes), pilots), np.array(changes)
    exact = exact_t(y, x)
    assume(exact.se > 1e-6)
    spread = exact.se**2 / (1 / pilots + 1 / (len(changes) - pilots))
    found = meta_regression(y, np.full(y.size, spread / 2), x)
    assert found.estimate == pytest.approx(exact.estimate, abs=1e-8)
    assert found.se == pytest.approx(exact.se, rel=1e-6)
    assert found.tau2 == pytest.approx(spread / 2, rel=1e-5)


@given(STORES, st.integers(1, 2), st.floats(0.05, 0.3))
@settings(max_examples=60, deadline=None)
def test_the_bounds_are_where_the_test_turns(
    changes: list[float], pilots: int, alpha: float
) -> None:
    """Sheet PI12: the closed form is the inversion of the test itself."""
    x, y = np.array(arms(len(changes), pilots)), np.array(changes)
    found = permute(y, x, 0.0, alpha)
    if found.lower_bound is None:
        assert found.p_min > alpha
        return
    assert found.upper_bound is not None
    assert permute(y, x, found.lower_bound - 1e-7).p_one_sided <= 1.0
    assert permute(y, x, found.lower_bound - 1e-7).p_margin <= alpha + 1e-9
    assert permute(y, x, found.lower_bound + 1e-7).p_margin > alpha
    assert permute(-y, x, -found.upper_bound - 1e-7).p_margin <= alpha + 1e-9


def test_the_permutation_counts_every_set_once() -> None:
    y = np.array([0.3, 0.1, 0.0, -0.1, 0.05])
    lifts = [y[list(s)].mean() - np.delete(y, list(s)).mean() for s in combinations(range(5), 2)]
    found = permute(y, [True, True, False, False, False])
    assert found.n_assignments == 10
    assert found.p_one_sided == np.mean(np.array(lifts) >= lifts[0] - 1e-12)


def test_many_sets_are_drawn_with_a_seed() -> None:
    rng = np.random.default_rng(5)
    y, x = rng.normal(0, 0.03, 30), arms(30, 6)
    a, b = permute(y, x, most=500, seed=7), permute(y, x, most=500, seed=7)
    assert a == b
    assert not a.exact
    assert a.n_assignments == 501
    assert rescaled_p(y, np.ones(30), x, draws=300, seed=2) == pytest.approx(
        rescaled_p(y, np.ones(30), x, draws=300, seed=2)
    )


def test_rescaling_changes_nothing_for_equal_stores() -> None:
    rng = np.random.default_rng(1)
    y, x = rng.normal(0, 0.03, 10), arms(10, 2)
    plain = permute(y, x).p_one_sided
    assert rescaled_p(y, np.ones(10), x, draws=20_000) == pytest.approx(plain, abs=0.01)


@given(st.integers(1, 3), st.integers(3, 20))
@settings(deadline=None)
def test_more_stores_never_need_a_larger_lift(pilots: int, controls: int) -> None:
    here = excess_needed(0.03, pilots, controls)
    assert excess_needed(0.03, pilots + 1, controls) < here
    assert excess_needed(0.03, pilots, controls + 1) < here
    assert power(here, 0.03, pilots, controls) == pytest.approx(0.8, abs=1e-6)
    assert smallest_p(pilots, controls) <= 1 / (controls + 1)


@pytest.mark.parametrize(
    ("sd", "pilots", "controls", "printed"),
    [(0.02, 1, 5, 6.7), (0.03, 1, 20, 7.9), (0.03, 2, 10, 6.2), (0.04, 3, 10, 7.0),
     (0.05, 2, 5, 12.2), (0.05, 3, 20, 8.0)],
)  # fmt: skip
def test_the_printed_table_of_the_design(
    sd: float, pilots: int, controls: int, printed: float
) -> None:
    assert 100 * excess_needed(sd, pilots, controls) == pytest.approx(printed, abs=0.051)


@given(st.floats(-0.1, 0.2), st.floats(0.001, 0.1), st.integers(2, 30))
@settings(deadline=None)
def test_the_verdict_follows_its_own_numbers(estimate: float, se: float, df: int) -> None:
    from playbook.chapters.pilot.estimate import lift

    found = decide(lift(estimate, se, df), 0.05)
    assert found.scale_from is not None
    assert found.stop_below is not None
    assert found.stop_below < 0.05 < found.scale_from
    by_threshold = (
        "scale" if estimate >= found.scale_from
        else "stop" if estimate < found.stop_below
        else "iterate"
    )  # fmt: skip
    near = min(abs(estimate - found.scale_from), abs(estimate - found.stop_below)) < 1e-9
    assert near or found.verdict == by_threshold
    assert 1 - prob_above(estimate, se, df, 0.05) == pytest.approx(
        1 - (found.prob_gt_margin or 0.0)
    )


def test_no_spread_at_all_is_no_crash() -> None:
    found = meta_regression([0.1, 0.0, 0.0, 0.0], [0.0] * 4, arms(4, 1))
    assert found.estimate == pytest.approx(0.1)
    assert found.ci_low == pytest.approx(0.1, abs=1e-4)


def simulate(
    rng: np.random.Generator, n: "np.ndarray[Any, Any]", pilots: int, lift: float, tau: float
) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]", float]:
    """One pilot: changes, variances, and the customer-level z."""
    stores = n.size
    base = np.clip(0.7 + rng.normal(0, 0.03, stores), 0.05, 0.95)
    after = base + rng.normal(0, tau, stores) + lift * (np.arange(stores) < pilots)
    after = np.clip(after, 0.01, 0.99)
    pre, post = rng.binomial(n, base) / n, rng.binomial(n, after) / n
    v = pre * (1 - pre) / n + post * (1 - post) / n
    pilot = np.arange(stores) < pilots
    cells = [
        (level, side)
        for side in (pilot, ~pilot)
        for level in (np.average(post[side], weights=n[side]),
                      np.average(pre[side], weights=n[side]))
    ]  # fmt: skip
    means = tuple(float(level) for level, _ in cells)
    spread = tuple(float(level * (1 - level) / n[side].sum()) for level, side in cells)
    z = naive_customer(means, spread).z or 0.0  # type: ignore[arg-type]
    return post - pre, v, z


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pilots", "lift", "scale", "stop"),
    [(2, 0.0, 0.01, 0.55), (3, 0.0, 0.00, 0.64), (2, 0.08, 0.53, 0.01), (3, 0.12, 0.95, 0.00)],
)
def test_how_often_the_rule_says_what(pilots: int, lift: float, scale: float, stop: float) -> None:
    """Sheet, section 7, at reduced size: 12 stores, 300 answers, store noise 2 pp."""
    rng, runs = np.random.default_rng(20), 400
    x, n = arms(12, pilots), np.full(12, 300)
    verdicts = []
    for _ in range(runs):
        y, v, _ = simulate(rng, n, pilots, lift, 0.02)
        verdicts.append(decide(meta_regression(y, v, x, 0.05), 0.05).verdict)
    assert verdicts.count("scale") / runs == pytest.approx(scale, abs=0.07)
    assert verdicts.count("stop") / runs == pytest.approx(stop, abs=0.08)
    row = operating_row(lift, 0.05, sd_change(0.7, 0.02, 300, 300), pilots, 12 - pilots)
    assert row.scale == pytest.approx(scale, abs=0.06)
    assert row.stop == pytest.approx(stop, abs=0.06)


@pytest.mark.slow
def test_unequal_answers_do_not_inflate_the_primary_estimate() -> None:
    """Sheet PI13: pilots 80 answers, controls 400: exact t errs far more often than PI10."""
    rng, runs = np.random.default_rng(3), 500
    n = np.array([80, 80] + [400] * 10)
    x = arms(12, 2)
    false = {"primary": 0, "exact": 0, "customer": 0}
    for _ in range(runs):
        y, v, z = simulate(rng, n, 2, 0.0, 0.02)
        false["primary"] += meta_regression(y, v, x).p_two_sided < 0.05
        false["exact"] += exact_t(y, x).p_two_sided < 0.05
        false["customer"] += abs(z) > 1.96
    assert false["primary"] / runs < 0.06
    assert false["exact"] / runs > 0.08
    assert false["customer"] / runs > 0.055

"""The review's formulas against the reference numbers."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from playbook.chapters.review.attainment import attainment_share, state_of
from playbook.chapters.review.gaps import gap_closed, relative_gap
from playbook.chapters.review.goal_diff import goal_diff
from playbook.chapters.review.growth import cagr
from playbook.chapters.review.measures import Counts, Measure, difference, measure
from playbook.chapters.review.next_goals import best_rate
from playbook.chapters.review.replication import lower_bounds, parity_step, success_state
from playbook.chapters.review.returns import (
    Economics,
    clv_multiple,
    flows_of,
    return_of,
    solve_quoted,
)
from playbook.chapters.review.scorecard import score, score_range
from playbook.core.stats import correlation, wilson

Vector = Callable[[str], dict[str, Any]]
Agrees = Callable[..., None]


def test_indicators(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_indicators")
    given = v["inputs"]
    rates = [attainment_share(a["actual"], a["baseline"], a["target"]) for a in given["attainment"]]
    us, them = given["gap"]["us"], given["gap"]["them"]
    absolute = [a - b for a, b in zip(us, them, strict=True)]
    relative = [relative_gap(a, b, "share") for a, b in zip(us, them, strict=True)]
    found = {
        "attainment": rates,
        "attainment_scored": [min(1.2, max(0.0, rate)) for rate in rates if rate is not None],
        "gap_absolute": absolute,
        "gap_relative": relative,
        "gap_closed_absolute": gap_closed(*absolute),
        "gap_closed_relative": gap_closed(*relative),
        "cagr": cagr(**given["cagr"]),
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_state(vector: Vector) -> None:
    v = vector("review_state")
    found = [
        state_of(
            Measure(value, low, high, None, None, "given"),
            target,
            -1 if direction == "decrease" else 1,
        )
        for low, value, high, target, direction in v["inputs"]["low_value_high_target_direction"]
    ]
    assert found == v["expected"]["states"]


def test_gap_interval(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_gap_interval")
    i = v["inputs"]
    us = measure(i["x_us"] / i["n_us"], "share", Counts(n=i["n_us"], x=i["x_us"]))
    them = measure(i["x_them"] / i["n_them"], "share", Counts(n=i["n_them"], x=i["x_them"]))
    found = difference(us, them)
    assert found.sides == 2
    assert_agrees(
        {"gap": found.value, "low": found.low, "high": found.high, "se": found.se},
        v["expected"],
        v["tolerance"],
    )


def test_clv_and_both_readings(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_clv_roi")
    i = v["inputs"]
    base = Economics(**i["case"])
    found = {
        "multiple": [[clv_multiple(r, d) for d in i["discount"]] for r in i["retention"]],
        "relative": asdict(return_of(base, "relative")),
        "absolute": asdict(return_of(base, "absolute")),
    }
    for reading in ("relative", "absolute"):
        assert_agrees(found[reading], v["expected"][reading], v["tolerance"])
    assert_agrees(found["multiple"], v["expected"]["multiple"], v["tolerance"])


def test_npv_and_payback(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_npv_payback")
    found = flows_of(v["inputs"]["cash_flow"], v["inputs"]["discount"])
    assert_agrees(asdict(found), v["expected"], v["tolerance"])


def test_quoted_return(vector: Vector) -> None:
    v = vector("review_return_solver")
    i, e = v["inputs"], v["expected"]
    q = solve_quoted(i["price"], i["uplift_pp"], i["roi"], i["ratio"])
    assert q.gain_per_customer_if_pp == pytest.approx(e["gain_per_customer_if_pp"], abs=1e-12)
    assert q.cost_if_net_roi == pytest.approx(e["cost_if_net_roi_3"], abs=1e-12)
    assert q.cost_if_ratio == pytest.approx(e["cost_if_ratio_3"], abs=1e-12)
    assert q.roi_from_ratio == pytest.approx(e["roi_from_ratio_1_8"], abs=1e-12)


def test_scorecard(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_scorecard")
    weights = [item["weight"] for item in v["inputs"]["items"]]
    rates = [item["attainment"] for item in v["inputs"]["items"]]
    value, missing = score(weights, rates, v["inputs"]["cap"])
    ends = score_range(weights, rates, v["inputs"]["cap"], 0.1)
    assert ends is not None
    found = {"score": value, "missing_weight": missing, "low": ends[0], "high": ends[1]}
    assert_agrees(found, v["expected"], v["tolerance"])


def test_correlation(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_correlation")
    found = [correlation(v["inputs"]["r"], n) for n in v["inputs"]["n"]]
    intervals = [[e.low, e.high] for e in found]
    assert_agrees(intervals, v["expected"]["intervals"], v["tolerance"])


def test_replication(vector: Vector, assert_agrees: Agrees) -> None:
    v = vector("review_replication_parity")
    bounds = lower_bounds([tuple(row) for row in v["inputs"]["x_new_n_new_x_old_n_old"]])
    assert_agrees(bounds, v["expected"]["lower_bound"], v["tolerance"])
    step = parity_step(bounds, v["inputs"]["margin"], v["inputs"]["periods_in_a_row"])
    assert step == v["expected"]["parity_period"]
    v = vector("review_replication_rate")
    rate = wilson(v["inputs"]["successes"], v["inputs"]["trials"])
    found = {
        "share": rate.value,
        "low": rate.low,
        "high": rate.high,
        "state": success_state(rate.low, rate.high, v["inputs"]["goal"]),
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_goal_diff(vector: Vector) -> None:
    v = vector("review_goal_diff")
    found = goal_diff(v["inputs"]["before"], v["inputs"]["after"])
    assert [[goal, code] for goal, code, _, _ in found] == v["expected"]["changes"]


def test_best_rate_is_that_of_the_letter_a(vector: Vector) -> None:
    v = vector("smart_achievable")
    for case, expected in zip(v["inputs"]["cases"], v["expected"]["cases"], strict=True):
        if "best" not in expected:
            continue
        found = best_rate(case["history"], expected["horizon_periods"], 1)
        assert found is not None
        assert found[0] == pytest.approx(expected["best"], abs=v["tolerance"])
        assert found[1] == expected["window"]

"""The straight line ahead: the shared vector, another program, and what must hold always."""

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.forecast import straight_line

RISING = [0.742, 0.751, 0.748, 0.76, 0.768, 0.763, 0.775, 0.781]


def test_the_shared_vector(vector, assert_agrees) -> None:
    shared = vector("tracking_forecast")
    given_ = shared["inputs"]
    found = straight_line(
        given_["values"], given_["deadline_period"], given_["target"], 1, given_["confidence"], True
    )
    assert found is not None
    expected = {("value" if k == "forecast" else k): v for k, v in shared["expected"].items()}
    assert_agrees(asdict(found), expected, shared["tolerance"])


@given(st.lists(st.floats(0, 100), min_size=5, max_size=15), st.floats(1.5, 6))
def test_the_line_is_that_of_numpy(values: list[float], ahead: float) -> None:
    n = len(values)
    found = straight_line(values, n + ahead)
    assert found is not None
    slope, start = np.polyfit(np.arange(1, n + 1), values, 1)
    assert found.value == pytest.approx(start + slope * (n + ahead), abs=1e-6)
    assert found.low <= found.value <= found.high


@given(st.lists(st.floats(0.905, 0.999), min_size=5, max_size=12), st.floats(0.91, 0.999))
def test_a_share_near_its_bound_never_passes_it(values: list[float], target: float) -> None:
    found = straight_line(values, len(values) + 4, target, share=True)
    assert found is not None
    assert found.logit
    assert 0 <= found.low <= found.high <= 1
    assert found.prob_reach is not None
    assert 0 <= found.prob_reach <= 1


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=12), st.floats(-60, 60))
def test_falling_is_the_mirror_of_rising(values: list[float], target: float) -> None:
    up = straight_line(values, len(values) + 2, target, 1)
    down = straight_line([-v for v in values], len(values) + 2, -target, -1)
    assert up is not None
    assert down is not None
    assert up.value == pytest.approx(-down.value, abs=1e-9)
    assert up.prob_reach == pytest.approx(down.prob_reach, abs=1e-9)


def test_no_forecast_where_there_is_no_ground_for_one() -> None:
    assert straight_line([1, 2, 3, 4], 5) is None  # four values
    assert straight_line([1, 2, 3, 4, 5], 5) is None  # not ahead
    assert straight_line([1, 2, 3, 4, 5], 13) is not None  # 4 periods seen, 8 ahead
    assert straight_line([1, 2, 3, 4, 5], 13.1) is None  # beyond twice the span


def test_a_perfect_line_is_sure() -> None:
    found = straight_line([1, 2, 3, 4, 5], 7, 7)
    assert found is not None
    assert (found.value, found.prob_reach, found.unstable) == (7, 1.0, False)


def test_a_bend_makes_it_unstable() -> None:
    bent = straight_line([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0], 14)
    steady = straight_line(RISING, 12, share=True)
    assert bent is not None
    assert steady is not None
    assert (bent.unstable, steady.unstable) == (True, False)

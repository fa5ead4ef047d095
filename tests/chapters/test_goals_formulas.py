"""Hand-worked numbers and properties of the formulas."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.goals import paths
from playbook.chapters.goals.estimates import history_range, measured
from playbook.chapters.goals.evidence import RatePoint
from playbook.chapters.goals.needs import Series, assess, channel_mix, ordered, trend
from playbook.chapters.goals.peers import (
    Counted,
    attainable,
    gap_interval,
    p75_interval,
    position,
)
from playbook.chapters.goals.rows import share_factor
from playbook.core.stats import Estimate, wilson

SHARES = st.floats(0.02, 0.98)


def test_the_example_of_75_to_90_percent_in_three_years() -> None:
    start, due = date(2026, 1, 1), date(2029, 1, 1)
    a_year = paths.required_rate(0.75, 0.90, start, due, "year")
    assert a_year == pytest.approx(0.05, abs=1e-4)
    assert paths.failures_to_remove(0.75, 0.90, 1.0) == pytest.approx(0.6)
    growth = paths.yearly_growth(0.75, 0.90, start, due, 1.0)
    assert growth == pytest.approx(0.0627, abs=2e-4)


def test_no_growth_rate_near_the_top_of_a_share_or_for_less_than_a_year() -> None:
    start = date(2026, 1, 1)
    assert paths.yearly_growth(0.95, 0.98, start, date(2028, 1, 1), 1.0) is None
    assert paths.yearly_growth(5.0, 3.0, start, date(2026, 6, 30), None) is None
    assert paths.yearly_growth(5.0, 3.0, start, date(2026, 12, 31), None) is not None


def test_path_follows_the_scale() -> None:
    assert paths.path_kind("share", 0.75, 0.85, 0, 1) == "linear"
    assert paths.path_kind("share", 0.75, 0.92, 0, 1) == "logit"
    assert paths.path_kind("share", 0.75, 1.0, 0, 1) == "linear"  # log-odds end at the bound
    assert paths.path_kind("time", 5, 3, 0, None) == "ratio"
    assert paths.path_kind("count", 5, 0, 0, None) == "linear"
    assert paths.path_kind("nps", 20, 35, -100, 100) == "linear"


def test_paths_refuse_what_they_cannot_do() -> None:
    with pytest.raises(ValueError, match="inside"):
        paths.glide_path(0.5, 1.0, 4, "logit", 0, 1)
    with pytest.raises(ValueError, match="above 0"):
        paths.glide_path(5, 0, 4, "ratio")


@given(SHARES, SHARES, st.integers(1, 40), st.sampled_from(["linear", "logit", "ratio"]))
def test_paths_start_and_end_where_they_should_and_never_turn(
    b: float, t: float, steps: int, kind: str
) -> None:
    values = paths.glide_path(b, t, steps, kind, 0, 1)
    assert values[0] == pytest.approx(b)
    assert values[-1] == pytest.approx(t)
    rises = [y - x for x, y in pairwise(values)]
    assert all(r >= -1e-12 for r in rises) or all(r <= 1e-12 for r in rises)


def test_interim_days_are_period_ends_and_end_on_the_due_day() -> None:
    every, days = paths.step_days(date(2026, 1, 1), date(2026, 6, 30), "month")
    assert every == "month"
    assert days[0] == date(2026, 1, 31)
    assert days[-1] == date(2026, 6, 30)
    assert len(days) == 6
    # a stub of less than half a period has no check of its own
    assert paths.step_days(date(2026, 1, 25), date(2026, 4, 5), "month")[1] == (
        date(2026, 2, 28), date(2026, 4, 5),
    )  # fmt: skip


def test_too_many_steps_become_coarser() -> None:
    every, days = paths.step_days(date(2026, 1, 1), date(2028, 12, 31), "day")
    assert every == "month"
    assert len(days) == 36


def test_horizon_goes_by_the_calendar() -> None:
    assert paths.horizon(date(2026, 7, 1), date(2026, 12, 31)) == "short"
    assert paths.horizon(date(2026, 7, 1), date(2027, 12, 31)) == "medium"
    assert paths.horizon(date(2026, 7, 1), date(2028, 1, 2)) == "long"


def test_equal_peers_count_half_and_we_are_no_peer() -> None:
    found = position(5.0, [4.0, 5.0, 6.0, 7.0], "increase", quantiles=False)
    assert found.percentile_rank == 37.5
    assert found.p75 is None


def test_the_good_side_of_a_decrease_metric_is_the_low_one() -> None:
    found = position(10.0, [4.0, 6.0, 8.0, 12.0, 14.0], "decrease")
    assert found.percentile_rank == 40.0
    assert found.p75 == 6.0
    assert found.best == 4.0
    assert found.gap_to_best == 6.0
    assert found.peer_class == "at_or_below_p75"


def test_a_position_needs_peers_and_a_good_side() -> None:
    with pytest.raises(ValueError, match="peers"):
        position(1.0, [], "increase")
    with pytest.raises(ValueError, match="direction"):
        position(1.0, [1.0], "maintain")


@given(st.floats(1, 9), st.lists(st.floats(1, 9), min_size=5, max_size=12))
def test_turning_the_scale_turns_the_position(own: float, peers: list[float]) -> None:
    up = position(own, peers, "increase")
    down = position(-own, [-p for p in peers], "decrease")
    assert up.percentile_rank == down.percentile_rank
    assert up.peer_class == down.peer_class
    assert up.p75 == pytest.approx(-down.p75)


def test_bootstrap_of_p75_is_the_same_for_the_same_seed() -> None:
    peers = [0.7, 0.72, 0.75, 0.76, 0.78, 0.8, 0.81, 0.83, 0.86, 0.9]
    one = p75_interval(peers, "increase", 500, 7)
    assert one == p75_interval(peers, "increase", 500, 7)
    low, high = one
    assert low <= 0.825 <= high


def test_gap_of_two_shares_is_newcombes_and_of_one_known_side_ours_alone() -> None:
    us = Counted(0.8, wilson(56, 70), 56, 70)
    them = Counted(0.6, wilson(48, 80), 48, 80)
    both = gap_interval(us, them, "share")
    assert (round(both.low, 4), round(both.high, 4)) == (0.0524, 0.3339)
    alone = gap_interval(us, Counted(0.6, Estimate(0.6, None, None, 0)), "share")
    assert alone.low == pytest.approx(wilson(56, 70).low - 0.6)


def test_attainable_takes_a_small_perfect_unit_less_serious() -> None:
    # 3 of 3 is (3+1)/(3+2) = .8 and stands behind 95 of 100
    level, units = attainable([3, 95, 60], [3, 100, 100])
    assert units[0] == 1
    assert level.value == 0.95


def test_shares_and_percents_in_one_column_are_not_guessed() -> None:
    assert share_factor([0.0, 0.5]) == 1.0
    assert share_factor([0.0, 50]) == 0.01
    assert share_factor([0.5, 50]) is None
    assert share_factor([0.5, 50], "percent") == 0.01


def test_measured_by_kind() -> None:
    assert measured("share", "%", 0.9).low is None
    assert measured("share", "%", 0.9, n=10, x=10).high == 1.0
    assert measured("mean", "score", 4.0, n=1, sd=1.0).low is None
    # exposure in single orders and in thousands of orders give the same interval
    single = measured("rate", "per_1000", 2.98, x=37, exposure=12400)
    thousands = measured("rate", "per_1000", 2.98, x=37, exposure=12.4)
    assert single.low == pytest.approx(thousands.low)
    # counts that say something else give no interval
    assert measured("rate", "per_1000", 7.0, x=37, exposure=12400).low is None


def test_history_range_needs_its_periods() -> None:
    assert history_range([1, 2, 3], 5).value is None
    assert history_range([9, 1, 2, 3], 3).value == 2


def points(rates: list[float], exposure: float | None = 1.0) -> tuple[RatePoint, ...]:
    return tuple(
        RatePoint(f"2026-{i + 1:02d}", i, r * (exposure or 1), exposure, r)
        for i, r in enumerate(rates)
    )


def test_a_trend_needs_its_periods_and_a_flat_line_has_none() -> None:
    assert trend([0, 1, 2, 3], [1, 2, 3, 4], 0.95, 5).code == "too_short"
    assert trend(range(6), [2.0] * 6, 0.95, 5).code == "no_clear_trend"
    assert trend(range(8), [1, 2, 3, 4, 5, 6, 7, 8], 0.95, 5).code == "rising"


def test_a_busy_month_is_not_a_worse_month() -> None:
    """Volume doubles with the business: no trend of the rate."""
    busy = tuple(RatePoint(f"2026-{i + 1:02d}", i, 10.0 * (i + 1), i + 1.0, 10.0) for i in range(8))
    assert assess([Series("wait", busy)])[0].trend == "no_clear_trend"


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 300), min_size=1, max_size=8))
def test_shares_add_up_and_every_rank_lies_in_its_group(volumes: dict[str, int]) -> None:
    needs = assess([Series(k, points([float(v)])) for k, v in volumes.items()])
    assert sum(n.share for n in needs) == pytest.approx(1)
    assert [n.rank for n in needs] == list(range(1, len(needs) + 1))
    assert all(n.rank_low <= n.rank <= n.rank_high for n in needs)


def test_order_by_kano_puts_unmet_basics_first_and_reverse_needs_aside() -> None:
    def one(need: str, kano: str, importance: float, satisfaction: float, volume: float) -> Series:
        return Series(need, points([volume]), kano, importance, satisfaction)

    needs = assess(
        [
            one("delight", "A", 5, 3.0, 900),
            one("clean", "M", 4, 2.0, 50),
            one("met", "M", 4, 4.5, 300),
            one("fast", "O", 5, 2.5, 80),
            one("warm", "O", 2, 3.5, 400),
            one("odd", "R", 5, 1.0, 100),
        ]
    )
    items, rule, _ = ordered(needs)
    assert rule == "kano"
    placed = sorted((n for n in items if n.order), key=lambda n: n.order)
    assert [n.need for n in placed] == ["clean", "fast", "warm", "met", "delight"]
    assert next(n for n in items if n.need == "odd").order_class == "left_out"


def test_order_by_share_says_when_it_is_not_certain() -> None:
    close = ordered(assess([Series("a", points([50.0])), Series("b", points([48.0]))]))
    apart = ordered(assess([Series("a", points([900.0])), Series("b", points([48.0]))]))
    assert close[1:] == ("share", ("a", "b"))
    assert apart[1:] == ("share", ())


def test_channel_mix() -> None:
    same = channel_mix({"phone": {0: 50, 1: 50}, "survey": {0: 50, 1: 50}})
    moved = channel_mix({"phone": {0: 90, 1: 30}, "survey": {0: 30, 1: 90}})
    assert same is not None
    assert not same.changed
    assert moved is not None
    assert moved.statistic == pytest.approx(60.0)  # 2x2 of 90 30 / 30 90
    assert moved.changed
    assert channel_mix({"phone": {0: 5}}) is None

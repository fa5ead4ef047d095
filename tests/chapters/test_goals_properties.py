"""What must hold for any tables: rows, units, scales and steps in any order and size."""

import json
import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.goals import paths
from playbook.chapters.goals.analysis import analyse
from playbook.chapters.goals.evidence import RatePoint
from playbook.chapters.goals.needs import Series, assess, ordered, trend
from playbook.chapters.goals.peers import attainable, market_share, position
from playbook.core.records import to_json
from playbook.core.stats import welch

SHARES = st.floats(0.02, 0.98)
PEERS = st.lists(st.integers(1, 99).map(float), min_size=5, max_size=20)
COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=1, max_size=15)
RATES = st.lists(st.floats(0.1, 50), min_size=5, max_size=16)


@given(SHARES, SHARES, st.integers(2, 40), st.sampled_from(["linear", "logit", "ratio"]))
def test_a_path_stays_between_its_ends_and_its_steps_go_one_way(
    b: float, t: float, steps: int, kind: str
) -> None:
    values = paths.glide_path(b, t, steps, kind, 0, 1)
    low, high = min(b, t) - 1e-12, max(b, t) + 1e-12
    assert all(low <= v <= high for v in values)
    rises = [y - x for x, y in pairwise(values)]
    assert all(r >= -1e-12 for r in rises) if t >= b else all(r <= 1e-12 for r in rises)


@given(SHARES, SHARES, st.integers(2, 30), st.floats(0.01, 1000))
def test_paths_change_their_unit_with_their_ends(b: float, t: float, k: int, f: float) -> None:
    for kind in ("linear", "ratio"):
        scaled = paths.glide_path(b * f, t * f, k, kind)
        assert scaled == pytest.approx([v * f for v in paths.glide_path(b, t, k, kind)])
    wide = paths.glide_path(b * f, t * f, k, "logit", 0, f)
    assert wide == pytest.approx([v * f for v in paths.glide_path(b, t, k, "logit", 0, 1)])


@given(SHARES, SHARES, st.integers(2, 30))
def test_the_way_back_is_the_way_there_and_failures_mirror_successes(
    b: float, t: float, k: int
) -> None:
    for kind in ("linear", "logit", "ratio"):
        there, back = paths.glide_path(b, t, k, kind, 0, 1), paths.glide_path(t, b, k, kind, 0, 1)
        assert there == pytest.approx(back[::-1])
    mirror = paths.glide_path(1 - b, 1 - t, k, "logit", 0, 1)
    assert mirror == pytest.approx([1 - v for v in paths.glide_path(b, t, k, "logit", 0, 1)])


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(1, 1500),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
)
def test_check_days_rise_and_end_on_the_due_day(start: date, length: int, every: Any) -> None:
    due = start + timedelta(days=length)
    _, days = paths.step_days(start, due, every)
    assert days[-1] == due
    assert all(x < y for x, y in pairwise((start, *days)))
    assert len(days) <= paths.MOST_STEPS


@given(st.floats(1, 99), PEERS)
def test_percentile_rank_lies_in_0_to_100_and_counts_each_peer_once(
    own: float, peers: list[float]
) -> None:
    up = position(own, peers, "increase").percentile_rank
    down = position(own, peers, "decrease").percentile_rank
    assert 0 <= up <= 100
    assert up + down == pytest.approx(100)  # equal ones count half on either side


@given(st.integers(1, 99).map(float), PEERS, st.randoms(use_true_random=False))
def test_place_among_peers_heeds_neither_their_order_nor_the_unit(
    own: float, peers: list[float], rng: random.Random
) -> None:
    shuffled = rng.sample(peers, len(peers))
    assert position(own, peers, "increase") == position(own, shuffled, "increase")
    minutes = position(own * 60, [p * 60 for p in peers], "decrease")
    hours = position(own, peers, "decrease")
    assert minutes.percentile_rank == hours.percentile_rank
    assert minutes.peer_class == hours.peer_class
    assert minutes.p75 == pytest.approx(hours.p75 * 60)


@given(st.floats(1, 99), PEERS, st.floats(0.5, 30))
def test_a_better_value_never_has_a_worse_place(own: float, peers: list[float], by: float) -> None:
    classes = ("at_or_below_p75", "p75_p90", "above_p90")
    here, there = (position(v, peers, "increase") for v in (own, own + by))
    assert here.percentile_rank <= there.percentile_rank
    assert classes.index(here.peer_class) <= classes.index(there.peer_class)
    assert here.p50 <= here.p75 <= here.p90 <= here.best


@given(COUNTS)
def test_the_attainable_level_is_no_lower_than_the_whole(units: list[tuple[int, int]]) -> None:
    x, n = [float(a) for a, _ in units], [float(b) for _, b in units]
    level, taken = attainable(x, n, 0.1)
    assert sum(n[i] for i in taken) >= 0.1 * sum(n) - 1e-9
    if len(set(n)) == 1:  # of one size, the order is that of the rates
        assert level.value >= sum(x) / sum(n) - 1e-12


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=12))
def test_market_shares_add_up_and_hhi_lies_in_its_bounds(sales: list[float]) -> None:
    found = market_share({str(i): s for i, s in enumerate(sales)}, "0")
    assert sum(found.share.values()) == pytest.approx(1)
    assert 10_000 / len(sales) - 1e-6 <= found.hhi <= 10_000 + 1e-6


@given(RATES, st.floats(0.01, 100), st.floats(-20, 20))
@settings(deadline=None)
def test_a_trend_heeds_neither_the_unit_nor_the_level(
    rates: list[float], unit: float, level: float
) -> None:
    steps = list(range(len(rates)))
    base = trend(steps, rates, 0.95, 5)
    if len(set(rates)) == 1:
        return
    scaled = trend(steps, [r * unit for r in rates], 0.95, 5)
    assert scaled.slope == pytest.approx(base.slope * unit, rel=1e-6, abs=1e-9)
    turned = trend(steps, [-r for r in rates], 0.95, 5)
    assert turned.slope == pytest.approx(-base.slope, rel=1e-9, abs=1e-12)
    raised = trend(steps, [r + level for r in rates], 0.95, 5)
    assert raised.slope == pytest.approx(base.slope, rel=1e-6, abs=1e-6)


VOLUMES = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.lists(st.integers(1, 300), min_size=3, max_size=6),
    min_size=2,
    max_size=8,
)


def _series(volumes: dict[str, list[int]]) -> list[Series]:
    return [
        Series(need, tuple(RatePoint(f"2026-{t + 1:02d}", t, float(v), 9.0, v / 9)
                           for t, v in enumerate(held)))
        for need, held in volumes.items()
    ]  # fmt: skip


@given(VOLUMES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_needs_do_not_heed_the_order_of_their_rows(
    volumes: dict[str, list[int]], rng: random.Random
) -> None:
    keys = list(volumes)
    shuffled = {key: volumes[key] for key in rng.sample(keys, len(keys))}
    one, two = (ordered(assess(_series(v))) for v in (volumes, shuffled))
    assert one == two


@given(VOLUMES)
@settings(deadline=None)
def test_rank_groups_are_fair(volumes: dict[str, list[int]]) -> None:
    """If a may stand where b stands, b may stand where a stands."""
    needs = assess(_series(volumes))
    places = sorted(n.order for n in ordered(needs)[0] if n.order)
    assert places == list(range(1, len(places) + 1))
    for a in needs:
        for b in needs:
            overlap = a.share_low <= b.share_high and b.share_low <= a.share_high
            apart = a.rank_high < b.rank_low or b.rank_high < a.rank_low
            assert not (overlap and apart)


@given(
    st.floats(1, 9), st.floats(0.1, 3), st.integers(2, 500),
    st.floats(1, 9), st.floats(0.1, 3), st.integers(2, 500),
)  # fmt: skip
def test_welch_is_turned_round_with_its_sides(
    m1: float, s1: float, n1: int, m2: float, s2: float, n2: int
) -> None:
    ab, ba = welch(m1, s1, n1, m2, s2, n2), welch(m2, s2, n2, m1, s1, n1)
    assert (ab.low, ab.high) == pytest.approx((-ba.high, -ba.low))
    assert ab.low <= ab.value <= ab.high


@given(st.integers(10, 88), st.integers(1, 10), st.integers(20, 4000))
@settings(deadline=None, max_examples=15)
def test_a_card_in_shares_is_the_card_in_per_cent(
    goals_case: Any, goals_card: Any, base: int, step: int, n: int
) -> None:
    percent = goals_card(baseline=float(base), target=float(base + step), baseline_n=n)
    share = goals_card(baseline=base / 100, target=(base + step) / 100, baseline_n=n, unit="share")
    one, two = (analyse(goals_case(goals=[c])).cards[0] for c in (percent, share))
    for key in ("baseline", "target", "baseline_low", "required_per_period", "horizon", "path"):
        assert getattr(one, key) == pytest.approx(getattr(two, key)) or key == "path"
    assert [s.value for s in one.interim] == pytest.approx([s.value for s in two.interim])


@given(st.floats(0.6, 20), st.floats(0.1, 0.5))
@settings(deadline=None, max_examples=15)
def test_a_card_in_minutes_is_the_card_in_hours(
    goals_case: Any, goals_card: Any, hours: float, target: float
) -> None:
    def made(unit: str, factor: float) -> Any:
        card = goals_card(metric_id="complaint_response_time", direction="decrease", unit=unit,
                          baseline=hours * factor, target=target * factor,
                          baseline_n=None)  # fmt: skip
        return analyse(goals_case(goals=[card])).cards[0]

    one, two = made("h", 1.0), made("min", 60.0)
    assert one.target == pytest.approx(two.target)
    assert [s.value for s in one.interim] == pytest.approx([s.value for s in two.interim])


def _rows(cards: int, needs: int, periods: int, card: Any) -> dict[str, list[dict[str, Any]]]:
    rng = np.random.default_rng(1)
    months = [f"{2024 + k // 12}-{k % 12 + 1:02d}" for k in range(periods)]
    return {
        "goals": [card(goal_id=f"G{i}", team=f"T{i}", customer_need=f"N{i}") for i in range(cards)],
        "goals_needs": [
            {"need": f"N{j}", "period": p, "volume": float(rng.poisson(20)), "exposure": 50.0}
            for j in range(needs)
            for p in months
        ],
    }


def _content(result: Any) -> Any:
    """The result without problems, whose rows move with the table."""
    held = json.loads(to_json(result))
    return {key: value for key, value in held.items() if key != "problems"}


def test_the_order_of_rows_changes_nothing_but_where_cards_stand(
    goals_case: Any, goals_card: Any
) -> None:
    tables = _rows(6, 12, 24, goals_card)
    rng = random.Random(3)
    mixed = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
    one, two = (_content(analyse(goals_case(**t))) for t in (tables, mixed))
    assert one["needs"] == two["needs"]
    by_id = [sorted(held["cards"], key=lambda c: c["goal_id"]) for held in (one, two)]
    assert by_id[0] == by_id[1]

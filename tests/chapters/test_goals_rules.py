"""When which conclusion is drawn, how sure; and the season, the gap of means, what is unknown."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from scipy.stats import ttest_ind_from_stats

from playbook.chapters.goals.analysis import analyse
from playbook.chapters.goals.departments import driver_missing
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.peers import Counted, gap_interval
from playbook.chapters.goals.section import section
from playbook.core.findings import Finding
from playbook.core.inputs import Facts
from playbook.core.metrics import dictionary
from playbook.core.stats import Estimate, welch
from playbook.core.text import LANGS, Name

CARD_MONTHS = [f"2025-{k:02d}" for k in range(1, 13)]


def told(given: Any) -> dict[str, Finding]:
    """The first finding of each code."""
    found: dict[str, Finding] = {}
    for finding in analyse(given).findings:
        found.setdefault(finding.code, finding)
    return found


def needs(
    rates: list[float], name: str = "fast", start: int = 2025 * 12, **more: Any
) -> list[dict[str, Any]]:
    return [
        {"need": name, "period": f"{(start + k) // 12}-{(start + k) % 12 + 1:02d}",
         "volume": r * 10, "exposure": 10.0, **more}
        for k, r in enumerate(rates)
    ]  # fmt: skip


def history(metric: str, values: list[float], **more: Any) -> list[dict[str, Any]]:
    return [
        {"metric_id": metric, "period": period, "value": v, **more}
        for period, v in zip(CARD_MONTHS, values, strict=False)
    ]


def peers(values: list[float], own: float, **more: Any) -> list[dict[str, Any]]:
    us = {"metric_id": "csat", "entity": "us", "value": own, "own": True, "source": "s",
          "period": "2025", **more}  # fmt: skip
    return [us] + [
        {"metric_id": "csat", "entity": f"p{i}", "value": v, "own": False, "source": "s",
         "period": "2025"}
        for i, v in enumerate(values)
    ]  # fmt: skip


TEN = [66.0, 68, 70, 72, 74, 76, 78, 80, 82, 84]


def test_a_rising_need_of_the_first_group_is_growing(goals_case: Any) -> None:
    rows = needs([30.0, 32, 35, 37, 40, 43]) + needs([5.0, 5, 4, 5, 5, 5], "slow")
    found = told(goals_case(goals_needs=rows))["need_growing"]
    assert (found.certainty, found.about) == ("proven", ("fast",))


def test_a_rising_need_outside_the_first_group_is_not_told(goals_case: Any) -> None:
    rows = needs([3.0, 3.2, 3.5, 3.7, 4, 4.3]) + needs([50.0, 51, 49, 50, 50, 51], "large")
    assert "need_growing" not in told(goals_case(goals_needs=rows))


def test_a_rise_that_last_year_showed_too_may_be_the_season(goals_case: Any) -> None:
    """Each year climbs to its summer: up since spring, level with the summer before."""
    year = [30.0, 31, 32, 33, 34, 36, 38, 40, 42, 44, 46, 48]
    rows = needs(year + year) + needs([2.0] * 24, "slow")
    result = analyse(goals_case(goals_needs=rows))
    fast = result.needs.items[0]
    assert fast.trend == "rising"
    assert fast.year_ratio == pytest.approx(1.0)
    found = next(f for f in result.findings if f.code == "need_growing")
    assert (found.certainty, found.weight) == ("undecided", "detail")
    assert "季节" in section(result, "zh")["summary"]._repr_html_()


def test_a_year_without_the_year_before_is_said(goals_case: Any, goals_codes: Any) -> None:
    long = goals_case(goals_needs=needs([5.0] * 13))
    assert "season_ignored" in goals_codes(long)
    result = analyse(long)
    assert result.needs.season_ignored
    assert any(u.code == "season_ignored" for u in result.unknown)
    assert "season_ignored" not in goals_codes(goals_case(goals_needs=needs([5.0] * 11)))
    two_years = goals_case(goals_needs=needs([5.0] * 24))
    assert "season_ignored" not in goals_codes(two_years)
    assert analyse(two_years).needs.items[0].year_ratio == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("periods", "year_back"),
    [([f"{y}-Q{q}" for y, q in product((2024, 2025), (1, 2, 3, 4))], True),
     ([f"{y}-W{w:02d}" for y, w in product((2024, 2025), range(1, 53))], True),
     ([str(y) for y in range(2015, 2026)], False)],
)  # fmt: skip
def test_quarters_and_weeks_have_a_year_before_and_years_do_not(
    goals_case: Any, periods: list[str], year_back: bool
) -> None:
    rows = [{"need": "a", "period": p, "volume": 20.0, "exposure": 4.0} for p in periods]
    one = analyse(goals_case(goals_needs=rows)).needs
    assert (one.items[0].year_ratio is not None) == year_back
    assert not one.season_ignored


def test_a_must_be_below_the_median_comes_first(goals_case: Any) -> None:
    rows = [*needs([5.0], "clean", kano="M", satisfaction=2.0),
            *needs([50.0], "fast", kano="O", satisfaction=4.0, importance=5.0)]  # fmt: skip
    given = goals_case(goals_needs=rows)
    found = told(given)["basic_not_met"]
    assert (found.certainty, found.about, found.weight) == ("fact", ("clean",), "headline")
    order = {n.need: n.order for n in analyse(given).needs.items}
    assert order == {"clean": 1, "fast": 2}


@pytest.mark.parametrize(
    ("own", "n", "code", "certainty"),
    [(95.0, 2000, "ahead_of_peers", "proven"), (60.0, 2000, "behind_peers", "proven"),
     (75.0, 100, "peer_position_open", "undecided"), (60.0, None, "peer_position_open",
                                                      "undecided")],
)  # fmt: skip
def test_ahead_behind_or_open(
    goals_case: Any, own: float, n: int | None, code: str, certainty: str
) -> None:
    found = told(goals_case(goals_benchmark=peers(TEN, own, n=n)))
    assert found[code].certainty == certainty
    places = {"ahead_of_peers", "behind_peers", "peer_position_open"}
    assert len(places & set(found)) == 1


def test_between_the_median_and_p75_nothing_is_claimed(goals_case: Any) -> None:
    found = told(goals_case(goals_benchmark=peers(TEN, 78.0, n=5000)))
    assert not {"ahead_of_peers", "behind_peers", "peer_position_open"} & set(found)


def test_a_target_beyond_our_best_units_is_told(goals_case: Any, goals_card: Any) -> None:
    rows = [
        {"metric_id": "csat", "period": "2025-12", "value": v, "n": 1000, "x": v * 10,
         "unit_name": f"B{i}"}
        for i, v in enumerate((70.0, 75.0, 80.0))
    ]  # fmt: skip
    far = told(goals_case(goals=[goals_card(target=90.0)], goals_history=rows))
    near = told(goals_case(goals=[goals_card(target=81.0)], goals_history=rows))
    within = told(goals_case(goals=[goals_card(target=79.0)], goals_history=rows))
    assert far["beyond_best_shown"].certainty == "proven"
    assert near["beyond_best_shown"].certainty == "undecided"
    assert "beyond_best_shown" not in within


def test_no_baseline_or_too_short_a_history_asks_for_five_periods(
    goals_case: Any, goals_card: Any
) -> None:
    bare = goals_card(baseline=None, baseline_n=None)
    assert told(goals_case(goals=[bare]))["collect_baseline"].values["count"] == 1
    short = history("csat", [75.0, 74, 76, 75])
    without_n = goals_card(baseline_n=None, baseline=70.0)
    assert "collect_baseline" in told(goals_case(goals=[without_n], goals_history=short))
    long = history("csat", [75.0, 74, 76, 75, 75])
    assert "collect_baseline" not in told(goals_case(goals=[without_n], goals_history=long))


def test_a_result_goal_wants_a_process_goal_below_it(goals_case: Any, goals_card: Any) -> None:
    process = goals_card(goal_id="G2", metric_id="service_level", parent_id="G1")
    assert "no_process_driver" in told(goals_case())
    assert "no_process_driver" not in told(goals_case(goals=[goals_card(), process]))


@pytest.mark.parametrize(
    ("participants", "alone"), [((), True), (("客服",), True), (("客服", "营销"), False)]
)
def test_service_alone_is_told(
    goals_case: Any, goals_card: Any, participants: tuple[str, ...], alone: bool
) -> None:
    found = told(goals_case(goals=[goals_card(participants=participants)]))
    assert ("only_service_team" in found) == alone


def test_fewer_than_half_with_a_need_are_not_led_by_customers(
    goals_case: Any, goals_card: Any
) -> None:
    others = [goals_card(goal_id=f"G{i}", team=f"T{i}", customer_need=None) for i in (2, 3)]
    found = told(goals_case(goals=[goals_card(), *others]))["goals_not_customer_led"]
    assert found.values["count"] == 1
    one = goals_case(goals=[goals_card(), others[0]])
    assert "goals_not_customer_led" not in told(one)  # half is enough


def test_an_order_by_close_shares_names_who_could_swap(goals_case: Any) -> None:
    rows = needs([10.0], "a") + needs([9.8], "b") + needs([1.0], "c")
    found = told(goals_case(goals_needs=rows))["order_not_certain"]
    assert (found.certainty, found.about) == ("undecided", ("a", "b"))


def test_a_changed_mix_of_channels_is_told_below_one_per_cent(goals_case: Any) -> None:
    rows = [{"need": "a", "period": f"2025-{k + 1:02d}", "volume": v, "exposure": 9.0,
             "channel": channel}
            for channel, volumes in (("phone", (90, 90, 30, 30)), ("survey", (30, 30, 90, 90)))
            for k, v in enumerate(volumes)]  # fmt: skip
    assert told(goals_case(goals_needs=rows))["channel_mix_changed"].certainty == "proven"


def test_the_gap_of_two_means_is_welchs(goals_case: Any) -> None:
    us, them = Counted(4.0, Estimate(4.0, None, None, 40), None, 40, 0.9), Counted(
        4.4, Estimate(4.4, None, None, 25), None, 25, 0.6
    )  # fmt: skip
    found = gap_interval(us, them, "mean")
    oracle = ttest_ind_from_stats(4.0, 0.9, 40, 4.4, 0.6, 25, equal_var=False)
    assert found.low < -0.4 < found.high
    # the interval at the level of 1 - p ends at nought
    edge = welch(4.0, 0.9, 40, 4.4, 0.6, 25, 1 - float(oracle.pvalue))
    assert edge.high == pytest.approx(0.0, abs=1e-9)
    assert welch(4.0, 0.9, 1, 4.4, 0.6, 25).low is None
    assert welch(4.0, 0.0, 9, 4.4, 0.0, 25).low == pytest.approx(-0.4)


def test_a_benchmark_of_means_and_nps_uses_its_own_counts(goals_case: Any) -> None:
    rows = [{"metric_id": "review_score", "entity": e, "value": v, "own": e == "us", "source": "s",
             "period": "2025", "n": 400, "sd": 0.8}
            for e, v in (("us", 4.2), ("a", 4.5), ("b", 4.0))]  # fmt: skip
    rows += [{"metric_id": "nps", "entity": e, "value": v, "own": e == "us", "source": "s",
              "period": "2025", "n": 1000, "x": x, "detractors": d}
             for e, v, x, d in (("us", 20.0, 450, 250), ("a", 30.0, 500, 200))]  # fmt: skip
    score, nps = analyse(goals_case(goals_benchmark=rows)).benchmark
    expected = welch(4.2, 0.8, 400, 4.5, 0.8, 400)
    assert (score.low, score.high) == pytest.approx((expected.low, expected.high))
    assert "peer_n_unknown" not in score.flags
    assert nps.own_low == pytest.approx(20 - 1.959964 * 100 * ((0.7 - 0.04) / 1000) ** 0.5)
    assert nps.low < -10 < nps.high


def test_p75_has_a_bootstrap_interval_from_ten_peers_on(goals_case: Any) -> None:
    ten = analyse(goals_case(goals_benchmark=peers(TEN, 75.0, n=400))).benchmark[0]
    assert ten.p75_low <= ten.p75 <= ten.p75_high
    nine = analyse(goals_case(goals_benchmark=peers(TEN[:9], 75.0, n=400))).benchmark[0]
    assert (nine.p75_low, nine.p75_high) == (None, None)
    assert "p90_few" in nine.flags
    assert nine.p75 is not None


def test_what_is_not_known_is_listed_goal_by_goal_and_need_by_need(
    goals_case: Any, goals_card: Any
) -> None:
    rows = [*needs([5.0], "a", kano="M", satisfaction=3.0), *needs([4.0], "b")]
    bare = goals_card(baseline=None, baseline_n=None, owner=None)
    result = analyse(goals_case(goals=[bare], goals_needs=rows))
    open_points = {(u.code, u.about) for u in result.unknown}
    assert open_points >= {
        ("baseline_missing", "G1"), ("owner_missing", "G1"), ("guardrail_missing", "G1"),
        ("history_short", "G1"), ("trend_too_short", "a"), ("kano_missing", "b"),
        ("satisfaction_missing", "b"),
    }  # fmt: skip


def test_the_problem_statement_holds_what_the_evidence_says(
    goals_case: Any, goals_card: Any
) -> None:
    rows = [
        *needs([9.0], "clean", kano="M", satisfaction=2.0, channel="complaint"),
        *needs([5.0], "fast", kano="O", satisfaction=3.0, channel="survey"),
        *needs([7.0], "warm", kano="A", satisfaction=4.0, channel="complaint"),
    ]
    cards = [goals_card(customer_need="clean"),
             goals_card(goal_id="G2", metric_id="service_level", customer_need="fast")]  # fmt: skip
    held = analyse(goals_case(goals=cards, goals_needs=rows)).problem
    assert held.symptoms == ("clean", "fast", "warm")
    assert held.factors == ("clean",)
    assert held.complaints == ("clean", "warm")
    assert held.unserved == ("warm",)
    assert held.without_process == ("clean",)
    assert held.lead == "clean"


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_of_these_rules_is_said(goals_case: Any, goals_card: Any, lang: Any) -> None:
    rows = needs([30.0, 32, 35, 37, 40, 43]) + needs([29.0, 29, 28, 28, 29, 28], "slow")
    result = analyse(
        goals_case(
            Settings(market_covered=True),
            goals=[goals_card(baseline=None, baseline_n=None, customer_need=None,
                              due=date(2028, 12, 31))],
            goals_needs=rows,
            goals_benchmark=peers(TEN, 60.0, n=500),
        )
    )  # fmt: skip
    page = section(result, lang)
    assert not any("{" in c.text + c.next_step for c in page.conclusions)
    assert "missing" in page["pages"]._repr_html_() or "缺" in page["pages"]._repr_html_()


@pytest.mark.parametrize(
    ("participants", "missed"),
    [(("客服", "前厅"), True), (("客服", "营销部"), False), (("Marketing",), False), ((), False)],
)
def test_the_department_that_moves_the_metric_is_missed_where_there_is_one(
    goals_case: Any, goals_card: Any, participants: tuple[str, ...], missed: bool
) -> None:
    """Repurchase is moved by marketing; without anybody outside service that is told instead."""
    card = goals_card(metric_id="repurchase_rate", participants=participants)
    facts = Facts(date(2026, 1, 1), departments=("客服", "前厅", "营销部", "Kitchen"))
    made = analyse(goals_case(None, facts, goals=[card])).cards[0]
    assert ("driver_not_named" in made.flags) == missed
    none = analyse(goals_case(None, Facts(date(2026, 1, 1), departments=("前厅",)), goals=[
        goals_card(metric_id="repurchase_rate", participants=("前厅",))
    ])).cards[0]  # fmt: skip
    assert "driver_not_named" not in none.flags


def test_it_is_not_found_in_kitchen() -> None:
    metric = dictionary()["load_speed"]
    assert metric.drivers == ("it",)
    assert not driver_missing(metric, ("front",), ("Kitchen", "Quality"), {})
    assert driver_missing(metric, ("front",), ("d7",), {"d7": Name("信息技术部", "IT department")})


def test_the_market_share_is_held_against_the_period_before(goals_case: Any) -> None:
    rows = [{"entity": e, "sales": s, "period": p, "own": e == "us", "coverage": c}
            for p, c, sales in (("2023", 0.5, (9.0, 1.0)), ("2024", 1.0, (30.0, 70.0)),
                                ("2025", 1.0, (36.0, 64.0)))
            for e, s in zip(("us", "b"), sales, strict=True)]  # fmt: skip
    market = analyse(goals_case(goals_market=rows)).market
    assert (market.before, market.share_before) == ("2024", pytest.approx(0.3))
    uncovered = [r for r in rows if r["period"] != "2024"]
    assert analyse(goals_case(goals_market=uncovered)).market.share_before is None

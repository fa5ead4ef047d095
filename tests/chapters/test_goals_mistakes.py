"""Ten mistakes that must not become a number, and the refusals beside them."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from playbook.case import load_case
from playbook.chapters.goals.analysis import analyse, check
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.register_tables import _URGENCY
from playbook.chapters.goals.section import section
from playbook.core.problems import RefusedError
from playbook.core.text import LANGS, words

PERIODS = [f"2025-{k:02d}" for k in range(1, 13)]


def history(metric: str, values: list[float], **more: Any) -> list[dict[str, Any]]:
    return [
        {"metric_id": metric, "period": period, "value": v, **more}
        for period, v in zip(PERIODS, values, strict=False)
    ]


def peer(entity: str, value: float, **more: Any) -> dict[str, Any]:
    return {"metric_id": "csat", "entity": entity, "value": value, "own": False, "source": "s",
            **more}  # fmt: skip


def test_1_branch_rates_are_weighted_with_their_answers(goals_case: Any) -> None:
    rows = [{"metric_id": "csat", "period": "2025-12", "value": v, "n": n, "unit_name": u}
            for u, v, n in (("A", 90.0, 100), ("B", 50.0, 900))]  # fmt: skip
    assert analyse(goals_case(goals_history=rows)).baselines[0].value == pytest.approx(0.54)


def test_2_percent_and_share_are_never_mixed(goals_case: Any, goals_card: Any) -> None:
    for tables in (
        {"goals": [goals_card(baseline=0.75)]},
        {"goals_history": history("csat", [0.75, 76.0])},
        {"goals_benchmark": [peer("a", 0.8), peer("us", 78.0, own=True)]},
    ):
        with pytest.raises(RefusedError, match=r"share|percent"):
            analyse(goals_case(**tables))


def test_3_nps_is_never_a_per_cent(goals_case: Any, goals_card: Any, goals_codes: Any) -> None:
    for unit, value in (("%", 30.0), ("pp", 30.0), ("百分点", 30.0), ("%", 0.3)):
        given = goals_case(goals=[goals_card(metric_id="nps", unit=unit, baseline=value - 0.1,
                                             target=value, baseline_n=None)])  # fmt: skip
        made = analyse(given).cards[0]
        assert made.unit == "points"
        assert made.target == pytest.approx(30.0)
        assert "nps_in_percent" in goals_codes(given)
        assert made.cagr is None


def test_4_no_growth_rate_of_a_per_cent_near_a_hundred(goals_case: Any, goals_card: Any) -> None:
    far = {"due": date(2028, 12, 31), "baseline_n": 900}
    near, low = (
        analyse(goals_case(goals=[goals_card(**far, baseline=b, target=t)])).cards[0]
        for b, t in ((95.0, 98.0), (60.0, 75.0))
    )
    assert near.cagr is None
    assert near.failures_to_remove_share == pytest.approx(0.6)
    assert low.cagr == pytest.approx(0.0774, abs=2e-3)


def test_5_needs_are_trended_per_unit_of_business(goals_case: Any, goals_codes: Any) -> None:
    busy = [{"need": "a", "period": p, "volume": 10.0 * k, "exposure": float(k)}
            for k, p in enumerate(PERIODS[:8], 1)]  # fmt: skip
    assert analyse(goals_case(goals_needs=busy)).needs.items[0].trend == "no_clear_trend"
    bare = goals_case(goals_needs=[{**row, "exposure": None} for row in busy])
    assert "exposure_missing" in goals_codes(bare)
    assert analyse(bare).needs.items[0].trend == "rising"


def test_6_peers_of_another_year_or_formula_are_no_peers(goals_case: Any, goals_codes: Any) -> None:
    rows = [peer("us", 78.0, own=True, period="2025", formula="top 2"),
            peer("old", 95.0, period="2023"), peer("odd", 95.0, period="2025", formula="top 1"),
            peer("fit", 80.0, period="2025")]  # fmt: skip
    given = goals_case(goals_benchmark=rows)
    assert "peer_not_comparable" in goals_codes(given)
    assert [p.entity for p in analyse(given).benchmark[0].peers] == ["fit"]


@pytest.mark.parametrize("lang", LANGS)
def test_7_three_companies_are_not_the_best_of_the_industry(goals_case: Any, lang: Any) -> None:
    rows = [peer("us", 78.0, own=True, n=400, period="2025")]
    rows += [peer(e, v, period="2025") for e, v in (("a", 70.0), ("b", 80.0), ("c", 90.0))]
    result = analyse(goals_case(goals_benchmark=rows))
    found = result.benchmark[0]
    assert (found.p50, found.p75, found.p90, found.peer_class) == (None, None, None, None)
    assert "peers_few" in found.flags
    codes = {f.code for f in result.findings}
    assert not codes & {"ahead_of_peers", "behind_peers", "peer_position_open"}
    assert any(u.code == "peers_few" for u in result.unknown)
    for key, text in words("goals", lang).items():
        if not key.startswith(("goals.note.limits", "goals.problem")):
            assert "行业最佳" not in text
            assert "best of the industry" not in text


def test_8_a_wish_inside_the_noise_of_the_year_is_flagged(goals_case: Any, goals_card: Any) -> None:
    wish = analyse(goals_case(goals=[goals_card(target=78.0, baseline_n=200)])).cards[0]
    assert "target_within_noise" in wish.flags
    one = history("csat", [75.0])
    result = analyse(goals_case(goals=[goals_card(baseline=None, baseline_n=None)],
                                goals_history=one))  # fmt: skip
    assert "collect_baseline" in {f.code for f in result.findings}


def test_9_anonymous_gains_are_no_benchmark(goals_case: Any, goals_codes: Any) -> None:
    """A benchmark row needs a source (schema), and is told if it has no period; we ship none."""
    undated = [peer("us", 78.0, own=True, period="2025", n=400), peer("somebody", 84.0)]
    assert "peer_undated" in goals_codes(goals_case(goals_benchmark=undated))
    shipped = [p for p in (files("playbook") / "chapters" / "goals").iterdir()
               if p.name.endswith((".toml", ".csv"))]  # fmt: skip
    assert {p.name for p in shipped} == {"presets.toml", "zh.toml", "en.toml"}


def test_9_a_benchmark_row_without_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(
        'name = { zh = "甲", en = "A" }\nreference_date = 2026-01-01\n', encoding="utf-8"
    )
    (tmp_path / "goals_benchmark.csv").write_text(
        "metric_id,entity,value,own,source\ncsat,us,78,1,survey\ncsat,a company,84,0,\n",
        encoding="utf-8",
    )
    problems = load_case(tmp_path).table_problems(("goals",))
    assert [(p.row, p.column) for p in problems] == [(3, "source")]


def test_10_many_answers_of_volunteers_are_told_to_be_no_sample(
    goals_case: Any, goals_codes: Any
) -> None:
    def of(drawn: str | None) -> set[str]:
        rows = [{"source": "survey", "kind": "survey", "n": 10_000, "licence_or_consent": "yes",
                 "drawn": drawn}]  # fmt: skip
        codes: set[str] = goals_codes(goals_case(goals_sources=rows))
        return codes

    assert "not_random" in of("volunteers")
    assert "not_random" in of("convenience")
    assert not {"not_random"} & (of("random") | of("census") | of(None))


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(
        'name = { zh = "甲", en = "A" }\nreference_date = 2026-01-01\n', encoding="utf-8"
    )
    (tmp_path / "goals.csv").write_text(
        "goal_id,metric_id,direction,target,unit,start,due,source\n"
        "G1,csat,increase,85,%,2026-01-01,2026-02-30,survey\n",
        encoding="utf-8",
    )
    problems = load_case(tmp_path).table_problems(("goals",))
    assert [(p.level, p.column) for p in problems] == [("error", "due")]


def test_a_benchmark_without_our_own_value_says_so_or_takes_it_from_the_history(
    goals_case: Any, goals_codes: Any
) -> None:
    rows = [peer("a", 70.0, period="2025"), peer("b", 80.0, period="2025")]
    assert "own_missing" in goals_codes(goals_case(goals_benchmark=rows))
    held = goals_case(goals_benchmark=rows, goals_history=history("csat", [75.0], n=400))
    assert "own_missing" not in goals_codes(held)
    assert analyse(held).benchmark[0].own_source == "history"


def test_a_market_without_sales_is_refused(goals_case: Any, goals_codes: Any) -> None:
    rows = [{"entity": e, "sales": 0.0, "period": "2025", "own": e == "us"} for e in ("us", "b")]
    assert "sales_zero" in goals_codes(goals_case(goals_market=rows))


def test_a_guardrail_must_be_a_metric_too(goals_case: Any, goals_card: Any) -> None:
    given = goals_case(goals=[goals_card(guardrail_metric="ahd")])
    problem = next(p for p in check(given) if p.column == "guardrail_metric")
    assert problem.level == "error"
    assert problem.values["near"] == "aht"


def test_an_estimate_at_the_end_of_its_scale_has_an_exact_end(
    goals_case: Any, goals_card: Any
) -> None:
    made = analyse(goals_case(goals=[goals_card(baseline=0.0, baseline_n=50)])).cards[0]
    assert made.baseline_low == 0.0
    rate = history("complaint_rate", [0.0], x=0, exposure=4000)
    base = analyse(goals_case(goals_history=rate)).baselines[0]
    assert base.low == 0.0
    assert base.high == pytest.approx(1000 * 3.6889 / 4000, abs=1e-3)


@pytest.mark.parametrize("lang", LANGS)
def test_an_english_report_shows_the_english_statement(
    goals_case: Any, goals_card: Any, lang: Any
) -> None:
    both = goals_card(statement="年底前提升到85%（biāo）", statement_en="To 85% by year end")
    page = section(analyse(goals_case(goals=[both])), lang)["pages"]._repr_html_()
    assert ("To 85% by year end" in page) == (lang == "en")
    assert ("年底前提升到85%" in page) == (lang == "zh")
    assert "biāo" not in page
    one = goals_card(statement="年底前提升到85%")
    assert (
        "年底前提升到85%" in section(analyse(goals_case(goals=[one])), lang)["pages"]._repr_html_()
    )


@pytest.mark.usefixtures("undrawn")
def test_the_english_page_of_the_hotel_is_english() -> None:
    """Only the dictionary, which shows three scripts, and a client's own consent texts are not."""
    result = analyse(load_case("data/hotel").inputs("goals"))
    for block in section(result, "en").blocks:
        if block.id not in ("dictionary", "all_metrics", "sources"):
            text = re.sub(r"<[^>]*>", "", block._repr_html_())
            assert not re.search("[\u4e00-\u9fff]", text), block.id


def test_settings_change_what_they_say(goals_case: Any, goals_card: Any) -> None:
    card = goals_card(baseline_period="2025-03", due=date(2026, 8, 31))
    strict = Settings(baseline_months=6, short_months=9, medium_months=10, confidence=0.8)
    made, usual = (analyse(goals_case(s, goals=[card])).cards[0] for s in (strict, None))
    assert "baseline_old" in made.flags
    assert "baseline_old" not in usual.flags
    assert (made.horizon, usual.horizon) == ("short", "medium")
    assert made.baseline_high < usual.baseline_high


def test_a_source_must_reach_the_time_of_its_number(
    goals_case: Any, goals_card: Any, goals_codes: Any
) -> None:
    def of(until: date, period: str = "2025-12") -> set[str]:
        row = {"source": "survey", "kind": "survey", "licence_or_consent": "yes",
               "date_from": date(2025, 1, 1), "date_to": until}  # fmt: skip
        card = goals_card(baseline_period=period)
        codes: set[str] = goals_codes(goals_case(goals=[card], goals_sources=[row]))
        return codes

    assert "source_dates" in of(date(2025, 6, 30))
    assert "source_dates" in of(date(2025, 12, 31), "2024-12")
    assert "source_dates" not in of(date(2025, 12, 31))


def test_every_open_point_has_its_place_in_the_table() -> None:
    known = {key.rpartition(".")[2] for key in words("goals", "en") if ".unknown." in key}
    assert known == set(_URGENCY)
    assert {
        key.rpartition(".")[2] for key in words("goals", "zh") if ".unknown_do." in key
    } == known


def test_direction_and_comparator_must_agree(
    goals_case: Any, goals_card: Any, goals_codes: Any
) -> None:
    assert "comparator_conflict" in goals_codes(goals_case(goals=[goals_card(comparator="<=")]))
    for sign in (">=", "=", None):
        codes = goals_codes(goals_case(goals=[goals_card(comparator=sign)]))
        assert "comparator_conflict" not in codes


def test_goals_cannot_be_their_own_parents(
    goals_case: Any, goals_card: Any, goals_codes: Any
) -> None:
    def of(*parents: str | None) -> set[str]:
        cards = [goals_card(goal_id=f"G{i}", parent_id=p, team=f"T{i}")
                 for i, p in enumerate(parents, 1)]  # fmt: skip
        codes: set[str] = goals_codes(goals_case(goals=cards))
        return codes

    assert "parent_circle" in of("G2", "G3", "G1")
    assert "parent_circle" in of("G1")
    assert "parent_circle" not in of(None, "G1", "G2")
    # one that hangs below a circle is not in it
    given = goals_case(goals=[goals_card(goal_id="A", parent_id="B"),
                              goals_card(goal_id="B", parent_id="B", team="b")])  # fmt: skip
    assert [p.row for p in check(given) if p.code == "goals.parent_circle"] == [3]


@pytest.mark.parametrize("lang", LANGS)
def test_an_interval_of_nps_is_cut_at_its_scale_where_it_is_shown_only(
    goals_case: Any, goals_card: Any, lang: Any
) -> None:
    rows = history("nps", [96.0], n=50, x=49, detractors=1)
    card = goals_card(metric_id="nps", unit="points", baseline=None, baseline_n=None, target=98.0)
    result = analyse(goals_case(goals=[card], goals_history=rows))
    assert result.baselines[0].high > 100
    page = section(result, lang)
    for block in ("baselines", "cards", "pages"):
        shown = page[block]._repr_html_()
        assert "–100.0" in shown
        assert "101." not in shown

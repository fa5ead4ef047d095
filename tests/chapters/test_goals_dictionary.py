"""The metric dictionary: every entry whole, in three scripts, and found by whoever asks."""

import re
from typing import Any

import pandas as pd
import pytest

from playbook.case import load_case
from playbook.chapters.goals.dictionary_tables import look_up, shipped
from playbook.core.inputs import Tables
from playbook.core.metrics import Metric, dictionary, find, with_rows
from playbook.core.section import Table
from playbook.core.text import LANGS, has

METRICS = [pytest.param(m, id=m.metric_id) for m in dictionary().values()]
MEASURED = [pytest.param(m, id=m.metric_id) for m in dictionary().values() if m.kind != "vague"]
WITH_CLOCK = ("service_level", "sla_compliance", "on_time_delivery")
HAN = re.compile("[\u4e00-\u9fff]")
SIMPLIFIED_ONLY = set("户诉时间满数问题应务质评价员费决总业单话约过开门发现进达释选择贬损")


@pytest.mark.parametrize("metric", METRICS)
def test_each_entry_has_its_names_direction_and_frequency(metric: Metric) -> None:
    for name in (metric.zh_hans, metric.zh_hant):
        assert HAN.search(name)
    assert metric.en.isascii()
    assert metric.direction in ("increase", "decrease", "maintain")
    assert metric.lead_lag in ("process", "result")
    assert metric.frequency in ("day", "week", "month", "quarter", "year")


@pytest.mark.parametrize("metric", MEASURED)
def test_each_measured_entry_has_formula_unit_bounds_and_how_parts_add_up(metric: Metric) -> None:
    assert HAN.search(metric.formula_zh)
    assert HAN.search(metric.formula_hant)
    assert not HAN.search(metric.formula_en)
    assert metric.unit
    assert metric.aggregate in ("ratio", "mean", "sum", "quantile")
    assert metric.bound_low is not None
    assert metric.kind not in ("share", "nps") or metric.bound_high is not None
    if metric.kind == "mean":
        assert (metric.scale_min, metric.scale_max) == (metric.bound_low, metric.bound_high)
    for lang in LANGS:
        assert has(f"goals.measured.{metric.unit}", lang)
        assert not metric.data or has(f"goals.data.{metric.data}", lang)
        assert all(has(f"goals.driver.{d}", lang) for d in metric.drivers)


@pytest.mark.parametrize("metric", MEASURED)
def test_each_ratio_names_its_numerator_and_denominator(metric: Metric) -> None:
    if metric.aggregate == "ratio":
        assert metric.parts is not None
        for part in metric.parts:
            assert part.zh
            assert part.en
            assert "÷" not in part.zh + part.en


@pytest.mark.parametrize("metric", MEASURED)
def test_each_time_says_what_starts_and_stops_its_clock(metric: Metric) -> None:
    if metric.kind == "time" or metric.metric_id in WITH_CLOCK:
        assert metric.clock is not None
        for event in (metric.clock.start, metric.clock.stop):
            assert HAN.search(event.zh)
            assert HAN.search(event.hant)
            assert not HAN.search(event.en)
    else:
        assert metric.clock is None


@pytest.mark.parametrize("metric", METRICS)
def test_traditional_texts_hold_no_simplified_characters(metric: Metric) -> None:
    events = (metric.clock.start.hant, metric.clock.stop.hant) if metric.clock else ()
    for text in (metric.zh_hant, metric.formula_hant, *events):
        assert not set(text) & SIMPLIFIED_ONLY


def test_no_entry_holds_a_benchmark_figure() -> None:
    """Formulas hold no numbers but their factor; what cannot be passed stands in the bounds."""
    for metric in dictionary().values():
        numbers = re.findall(r"\d[\d,]*", metric.formula_en)
        assert set(numbers) <= {"100", "1,000", "0", "1"}, metric.metric_id


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("csat", "csat"), ("客户满意度", "csat"), ("客戶滿意度", "csat"),
     ("first contact resolution", "fcr"), ("首次問題解決率", "fcr"), ("NPS", "nps")],
)  # fmt: skip
def test_a_metric_is_found_by_any_of_its_names(text: str, wanted: str) -> None:
    assert wanted in [m.metric_id for m in find(text, dictionary())]


def test_find_prefers_the_id_and_says_nothing_of_nonsense() -> None:
    assert [m.metric_id for m in find(" CSAT ", dictionary())] == ["csat"]
    assert [m.metric_id for m in find("csta", dictionary())] == ["csat"]
    assert find("qqqqqqqq", dictionary()) == ()
    assert find("", dictionary()) == ()


@pytest.mark.parametrize("lang", LANGS)
def test_looked_up_shows_one_in_full_many_as_a_list_and_none_in_words(lang: Any) -> None:
    one = look_up("wait_time", lang)
    assert isinstance(one.items[0], Table)
    assert {row["content"] for row in one.items[0].rows} >= {"wait_time"}
    many = look_up("time", lang)
    assert len(many.items) == 1
    assert len(many.items[0].rows) > 3
    none = look_up("qqqqqqqq", lang)
    assert "goals_metrics.csv" in none._repr_html_()
    vague = look_up("service_quality", lang)
    missing = "缺" if lang == "zh" else "missing"
    assert missing in {row["content"] for row in vague.items[0].rows}


def test_the_clients_own_metrics_are_looked_up_too() -> None:
    tables = load_case("data/hotel").tables
    assert "room_pass_rate" in look_up("room_pass", "en", tables)._repr_html_()
    assert not any(isinstance(item, Table) and item.id == "metric_room_pass_rate"
                   for item in look_up("room_pass_rate", "en").items)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole_list_holds_every_id_once(lang: Any) -> None:
    ids = [row["metric_id"] for row in shipped(lang).rows]
    assert ids == list(dictionary())


def test_a_row_may_bring_its_own_clock_and_formulas() -> None:
    row = {"metric_id": "wait_time", "name_zh_hans": "候诊时间", "name_en": "Time to be seen",
           "unit": "min", "direction": "decrease", "start_event": "取号", "stop_event": "叫号",
           "formula": "取号到叫号的时间", "formula_en": "time from ticket to call"}  # fmt: skip
    made = with_rows([row])["wait_time"]
    assert made.clock is not None
    assert (made.clock.start.zh, made.clock.stop.en) == ("取号", "叫号")
    assert (made.formula.zh, made.formula.en) == ("取号到叫号的时间", "time from ticket to call")
    assert made.formula_hant == ""
    kept = with_rows([{**row, "start_event": None, "formula": None, "formula_en": None}])
    assert kept["wait_time"].clock == dictionary()["wait_time"].clock
    assert kept["wait_time"].formula_hant == dictionary()["wait_time"].formula_hant


def test_look_up_without_own_metrics_uses_the_shipped_ones() -> None:
    assert look_up("csat", "en", Tables({"labels": pd.DataFrame()})).items

"""The chapter whole: result, its saved form, its section in both languages."""

import json
from datetime import date
from typing import Any

import pytest

from playbook.case import load_case
from playbook.chapters.goals.analysis import analyse
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.model import GoalsResult
from playbook.chapters.goals.presets import preset, sectors
from playbook.chapters.goals.section import section
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.metrics import dictionary, nearest, with_rows
from playbook.core.records import from_dict, to_json
from playbook.core.section import Picture
from playbook.core.text import LANGS
from playbook.teach.hotel.truth import TRUTH

BLOCKS = ["summary", "needs", "problem", "trends", "peers", "peers_detail", "market", "baselines",
          "cards", "glide", "rates", "links", "sector", "pages", "dictionary", "all_metrics",
          "sources", "unknown", "doubts"]  # fmt: skip
READ_FIRST = ["summary", "needs", "problem", "peers", "cards", "glide", "unknown"]


@pytest.fixture(scope="module")
def result() -> GoalsResult:
    return analyse(load_case("data/hotel").inputs("goals"))


def test_the_saved_result_is_the_result(result: GoalsResult) -> None:
    saved = to_json(result)
    back = from_dict(GoalsResult, json.loads(saved))
    assert to_json(back) == saved
    assert "NaN" not in saved
    assert section(back, "zh").conclusions == section(result, "zh").conclusions


def test_the_same_input_gives_the_same_bytes(result: GoalsResult) -> None:
    assert to_json(analyse(load_case("data/hotel").inputs("goals"))) == to_json(result)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("lang", LANGS)
def test_the_section_says_it_all(result: GoalsResult, lang: Any) -> None:
    page = section(result, lang)
    assert [block.id for block in page.blocks] == BLOCKS
    assert [block.id for block in page.blocks if not block.annex] == READ_FIRST
    assert "<table" in page._repr_html_()
    assert 1 <= sum(c.headline for c in page.conclusions) <= 4
    assert not any("{" in c.text for c in page.conclusions)
    for block in page.blocks:
        for item in block.items:
            if isinstance(item, Picture):
                assert item.draw().axes


@pytest.mark.parametrize("lang", LANGS)
def test_cards_alone_make_a_section_that_asks_for_the_rest(lang: Any) -> None:
    whole = load_case("data/hotel").inputs("goals")
    kept = {name: whole.tables[name] for name in ("goals", "goals_metrics")}
    bare = Inputs(Tables(kept), Settings(), Facts(date(2026, 7, 1)))
    page = section(analyse(bare), lang)
    assert [block.id for block in page.blocks] == BLOCKS
    assert "goals_needs.csv" in page["needs"]._repr_html_()


def test_the_interval_of_a_recent_mean_is_not_that_of_a_baseline(result: GoalsResult) -> None:
    """G10 has a value without n: no interval on its card, the mean's beside the history."""
    card = next(c for c in result.cards if c.goal_id == "G10")
    base = next(b for b in result.baselines if b.metric_id == card.metric_id)
    assert (card.baseline_from, card.baseline_low, card.baseline_high) == ("range", None, None)
    assert base.range_low is not None
    assert any(u.code == "baseline_no_n" and u.about == "G10" for u in result.unknown)
    assert "17 cards" not in section(result, "en")["summary"]._repr_html_()


@pytest.mark.parametrize(("lang", "said"), [("zh", "6 个中有 0 个"), ("en", "0 of 6")])
def test_no_goal_with_a_need_is_said_as_a_count(lang: Any, said: str) -> None:
    page = section(analyse(load_case("data/sfo").inputs("goals")), lang)
    assert said in page["summary"]._repr_html_()


def test_planted_truths_of_the_hotel_case_are_found(result: GoalsResult) -> None:
    found = {n.need: n.trend for n in result.needs.items}
    assert found == {n.need: n.trend for n in TRUTH.needs}
    behind = {f.about[0] for f in result.findings if f.code == "behind_peers"}
    ahead = {f.about[0] for f in result.findings if f.code == "ahead_of_peers"}
    assert behind >= set(TRUTH.behind_peers)
    assert ahead >= set(TRUTH.ahead_of_peers)


def test_every_metric_of_the_dictionary_is_whole() -> None:
    metrics = dictionary()
    assert len(metrics) > 70
    for metric in metrics.values():
        assert metric.zh_hans
        assert metric.zh_hant
        assert metric.en
        if metric.kind != "vague":
            assert metric.formula_zh
            assert metric.formula_en
            assert metric.unit


def test_a_row_of_a_case_replaces_what_it_says_and_keeps_the_rest() -> None:
    row = {"metric_id": "csat", "name_zh_hans": "离店满意度", "name_en": "Stay satisfaction",
           "unit": "%", "direction": "increase"}  # fmt: skip
    csat = with_rows([row])["csat"]
    assert (csat.zh_hans, csat.kind, csat.bound_high) == ("离店满意度", "share", 1.0)
    assert csat.formula_en == dictionary()["csat"].formula_en
    assert nearest("离店满意", with_rows([row])) == "csat"
    assert nearest("qqqq", dictionary()) == ""


@pytest.mark.parametrize("sector", sectors())
def test_presets_speak_of_known_metrics_only(sector: str) -> None:
    made = preset(sector)
    named = {*made.metrics, *(e.metric_id for e in made.examples)}
    named |= {e.guardrail_metric for e in made.examples if e.guardrail_metric}
    assert named <= set(dictionary())

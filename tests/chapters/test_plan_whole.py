"""The plan as a whole: its parts together, what is absent, what the lesson shows."""

import json
import re
from pathlib import Path

import pytest

from playbook.bench import open_bench
from playbook.chapters import PLANS
from playbook.chapters.plan.analysis import HEADLINES, PlanResult, analyse, check
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.section import LESSON, section
from playbook.core.html import fragment
from playbook.core.inputs import Inputs, Tables
from playbook.core.records import from_dict, to_json
from playbook.core.section import Picture, Section, Table
from playbook.core.text import LANGS, Lang, words

HOTEL = Path(__file__).resolve().parents[2] / "data" / "hotel"
NOTEBOOK = HOTEL.parents[1] / "notebooks" / "07_plan.ipynb"


@pytest.fixture(scope="module")
def inputs() -> Inputs[Settings]:
    """The hotel's tables without the earlier chapters, so that the plan stands alone."""
    given: Inputs[Settings] = open_bench("plan", str(HOTEL)).case.inputs("plan")
    return given


@pytest.fixture(scope="module")
def result(inputs: Inputs[Settings]) -> PlanResult:
    return analyse(inputs)


@pytest.fixture(scope="module", params=LANGS)
def page(request: pytest.FixtureRequest, result: PlanResult) -> Section:
    lang: Lang = request.param
    return section(result, lang)


def only(inputs: Inputs[Settings], *names: str) -> Inputs[Settings]:
    kept = Tables({name: inputs.tables[name] for name in names})
    return Inputs(kept, inputs.settings, inputs.facts)


def test_the_result_survives_its_json(result: PlanResult) -> None:
    text = to_json(result)
    assert to_json(from_dict(PlanResult, json.loads(text))) == text


def test_the_executive_summary_gets_few_headlines_and_no_part_speaks_twice_before_all_have(
    result: PlanResult,
) -> None:
    heads = [finding.code for finding in result.findings if finding.weight == "headline"]
    assert 1 <= len(heads) <= HEADLINES
    assert len(set(heads)) == len(heads)


def test_names_nobody_speaks_of_are_left_out(inputs: Inputs[Settings], result: PlanResult) -> None:
    assert "zhou_min" in result.names
    assert len(result.names) < len(inputs.tables.names())


def test_the_page_holds_every_chosen_action_with_its_dates_in_order(
    result: PlanResult, page: Section
) -> None:
    assert result.choice is not None
    tables = {item.id: item for item in page["page"].items if hasattr(item, "rows")}
    rows = tables["plan_page_actions"].rows
    assert len(rows) == len(result.choice.selected)
    starts = [row["start_on"] for row in rows]
    assert starts == sorted(starts)  # type: ignore[type-var]
    assert all(row["start_on"] <= row["end_on"] <= row["p80_on"] for row in rows)  # type: ignore[operator]


def test_the_lesson_shows_only_blocks_that_are_always_there(page: Section) -> None:
    shown = set(re.findall(r'page\[\\"(\w+)\\"\]', NOTEBOOK.read_text(encoding="utf-8")))
    assert shown - {"summary"} == set(LESSON)
    assert set(LESSON) <= {block.id for block in page.blocks}


def test_every_conclusion_stands_with_its_part_and_none_in_two(page: Section) -> None:
    inside = [
        item.text
        for block in page.blocks
        if block.id != "summary"
        for group in block.items
        if hasattr(group, "items")
        for item in group.items
    ]
    assert sorted(inside) == sorted(one.text for one in page.conclusions)


@pytest.mark.parametrize("name", [name for name in PLANS if name != "plan_actions"])
def test_one_table_alone_makes_a_plan_that_names_what_is_missing(
    inputs: Inputs[Settings], name: str
) -> None:
    found = analyse(only(inputs, name))
    for lang in LANGS:
        shown = section(found, lang)
        assert set(LESSON) <= {block.id for block in shown.blocks}
        assert f"{LESSON['choice']}.csv" in fragment(shown["choice"])
        assert "plan_actions" not in fragment(shown["summary"])


def test_actions_without_durations_are_chosen_and_not_dated(inputs: Inputs[Settings]) -> None:
    bare = inputs.tables["plan_actions"].drop(columns=["likely_days", "safe_days"])
    tables = Tables({"plan_actions": bare})
    found = analyse(Inputs(tables, inputs.settings, inputs.facts))
    assert found.choice is not None
    assert found.choice.selected
    assert found.schedule is None
    for lang in LANGS:
        assert "–" in fragment(section(found, lang)["page"])


def test_the_hotel_has_doubts_and_no_faults(inputs: Inputs[Settings]) -> None:
    levels = {problem.level for problem in check(inputs)}
    assert "error" not in levels
    assert "warn" in levels


def test_nothing_on_the_page_has_the_address_of_something_else(page: Section) -> None:
    shown = [item.id for block in page.blocks for item in block.items
             if isinstance(item, Table | Picture)]  # fmt: skip
    ids = [*shown, *(block.id for block in page.blocks)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("lang", LANGS)
def test_conclusions_and_next_steps_are_whole_sentences(lang: Lang) -> None:
    ends = "。！？}" if lang == "zh" else ".!?}"
    said = {key: text for key, text in words("plan", lang).items()
            if key.startswith(("plan.finding.", "plan.next."))}  # fmt: skip
    assert len(said) > 150
    assert [key for key, text in said.items() if text[-1] not in ends] == []
    if lang == "en":
        assert [key for key, text in said.items() if text[0].islower()] == []


def test_numbers_in_chinese_sentences_have_a_blank_on_both_sides() -> None:
    number = r"(?:\{\w+:[^}]+\}|\d|%)"
    close = re.compile(rf"[\u4e00-\u9fff]{number}|{number}[\u4e00-\u9fff]")
    crowded = {key: text for key, text in words("plan", "zh").items() if close.search(text)}
    assert crowded == {}

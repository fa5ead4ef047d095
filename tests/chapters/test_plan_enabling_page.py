"""The page of training, points, procedures and forms: the hotel's planted truth, both languages."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from playbook.case import load_case
from playbook.chapters.plan.enabling.analysis import analyse, check
from playbook.chapters.plan.enabling.charts import (
    by_teams,
    funnel_chart,
    mastery_chart,
    people_chart,
    people_parts,
    teams_chart,
)
from playbook.chapters.plan.enabling.charts_steps import blueprint_chart, even, lanes_chart
from playbook.chapters.plan.enabling.faults import faults
from playbook.chapters.plan.enabling.forms import CATALOGUE, GATED, forms, without_gated
from playbook.chapters.plan.enabling.model import Enabling
from playbook.chapters.plan.enabling.section import blocks, notes, references, worded
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.section import HOMES
from playbook.core.findings import Finding
from playbook.core.html import fragment
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.records import from_dict, to_json
from playbook.core.section import Block, Picture, Table, conclude, home_of
from playbook.core.text import LANGS, Lang, Name, has, say
from playbook.teach.hotel.cast import BRANCHES
from playbook.teach.hotel.plan_enabling import CASES, NEW_HERE, SIGNALS, staff_number

HOTEL = Path(__file__).parents[2] / "data" / "hotel"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def hotel() -> Inputs[Settings]:
    weights = [{"holder": "zhou_min", "kpi": "G04", "weight": 60.0},
               {"holder": "zhou_min", "kpi": "G03", "weight": 40.0}]  # fmt: skip
    given: Inputs[Settings] = load_case(HOTEL).inputs("plan", {"tree": {"sheets": weights}})
    return replace(given, settings=replace(given.settings, time_draws=50_000))


@pytest.fixture(scope="module")
def result(hotel: Inputs[Settings]) -> Enabling:
    found = analyse(hotel)
    assert found is not None
    return found


def test_the_hotels_tables_are_sound(hotel: Inputs[Settings]) -> None:
    assert {(p.code, p.level) for p in check(hotel)} == {("plan.article_without_owner", "warn")}


def test_the_planted_truth_is_found(result: Enabling) -> None:
    found = {(f.code, f.about): f for f in result.findings}
    raised = found["training_raised_mastery", ("communication",)]
    assert raised.certainty == "proven"
    assert raised.values["low"] < 45 < raised.values["high"]  # type: ignore[operator]
    assert found["training_raised_mastery", ("emotion",)].certainty == "undecided"
    assert ("training_unmeasured", ("digital_tools", "product")) in found
    assert found["train_before_start", ("customer_psychology",)].weight == "headline"
    assert found["points_watch", ("B11",)].certainty == "proven"
    assert found["points_better", ("B03",)].certainty == "proven"
    assert ("raw_rate_misleads", ("B06",)) in found
    assert ("targets_fit_total_not", ()) in found
    assert ("blueprint_time_kept", ()) in found


def test_each_kind_of_signal_is_found_once_and_nobody_else_is_suspected(result: Enabling) -> None:
    assert result.points is not None
    by_code = {branch.code: branch for branch in BRANCHES}
    numbers = {
        f"{code}_{post}": staff_number(branch, post)
        for code, branch in by_code.items()
        for post in CASES
    }
    assert len(set(numbers.values())) == len(numbers)
    found = {(s.person, s.kind) for s in result.points.signals}
    assert found == {(numbers[person], kind) for person, kind in SIGNALS.items()}
    new = next(one for one in result.points.people if one.name == numbers[NEW_HERE])
    assert (new.n, new.state) == (18, "not_judged")


def test_the_result_survives_its_own_json(result: Enabling) -> None:
    text = to_json(result)
    assert to_json(from_dict(Enabling, json.loads(text))) == text


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_whole_and_in_its_own_language(
    hotel: Inputs[Settings], result: Enabling, lang: Lang
) -> None:
    names = hotel.tables.names()
    made = blocks(result, lang, names)
    assert len({block.id for block in made}) == len(made)
    first_annex = [block.annex for block in made].index(True)
    assert all(block.annex for block in made[first_annex:])
    tables = [item for block in made for item in block.items if isinstance(item, Table)]
    assert len({table.id for table in tables}) == len(tables)
    light = [
        Block(b.id, b.title, tuple(i for i in b.items if not isinstance(i, Picture)), lang)
        for b in made
    ]
    text = "".join(fragment(block) for block in light)
    said = tuple(worded(finding, lang, names) for finding in result.findings)
    sentences = [f"{c.text} {c.next_step}" for c in conclude("plan", said, lang, names)]
    assert any("p = 0.07" in sentence for sentence in sentences)
    whole = "\n".join([text, *sentences, *notes(result, lang), *references(lang)])
    assert "{" not in "".join(sentences)
    if lang == "en":
        body = re.sub(r"<style>.*?</style>", "", whole, flags=re.DOTALL)
        assert not CHINESE.search(body)


def test_every_conclusion_has_its_place_and_words(result: Enabling) -> None:
    there = {block.id for block in blocks(result, "en", {})}
    homes = {finding.code: home_of(finding.code, HOMES) for finding in result.findings}
    astray = {code: home for code, home in homes.items() if home and home not in there}
    assert not astray
    first = {code for code, home in homes.items() if not home}
    assert all(code.startswith(("train", "refreshers")) for code in first)


def test_what_the_gate_judges_is_not_listed_twice(hotel: Inputs[Settings]) -> None:
    none = Inputs(Tables({}), Settings(), hotel.facts)
    (blank,) = [form for form in forms(none) if form.form == "release"]
    assert without_gated(blank) == blank  # a template is whole
    (filled,) = [form for form in forms(hotel) if form.form == "release"]
    left = {line.item for line in without_gated(filled).lines}
    assert left == {line.item for line in filled.lines} - set(GATED)
    lines = tuple(replace(line, note="see minutes") for line in filled.lines)
    assert without_gated(replace(filled, lines=lines)).lines == lines


def test_every_line_of_every_form_has_words() -> None:
    for form, groups in CATALOGUE.items():
        for group, items in groups.items():
            for lang in LANGS:
                assert say(f"plan.enabling.group.{group}", lang)
                assert all(say(f"plan.enabling.item.{form}.{item}", lang) for item in items)


def test_every_fault_has_words() -> None:
    source = Path(str(faults.__code__.co_filename)).read_text(encoding="utf-8")
    codes = set(re.findall(r'"plan\.([a-z_]+)"', source)) | set(
        re.findall(r'_setting\("([a-z_]+)"', source)
    )
    assert len(codes) > 15
    assert all(has(f"plan.problem.{code}", lang) for code in codes for lang in LANGS)


def test_people_are_neither_ranked_nor_named_in_the_open(
    hotel: Inputs[Settings], result: Enabling
) -> None:
    names = hotel.tables.names()
    by_id = {block.id: block for block in blocks(result, "zh", names)}
    people = next(i for i in by_id["points_people"].items if isinstance(i, Table)).rows
    ids = [row["person"] for row in people]
    assert ids == sorted(ids)
    assert by_id["points_people"].annex
    assert result.points is not None
    texts = [t.get_text() for t in funnel_chart(result.points, "zh", names).axes[0].texts]
    assert not any(str(person) in texts for person in ids)
    assert not any(str(person) in names for person in ids)  # numbers that name nobody


def test_a_preset_topic_is_named_though_the_client_gave_no_name() -> None:
    finding = Finding("train_before_start", "fact", ("emotion",), {"topic": "emotion"})
    said = worded(finding, "zh", {})
    assert said.about == ("情绪管理",)
    assert said.values["topic"] == "情绪管理"
    own = {"emotion": Name("我们的课", "Our course")}
    assert worded(finding, "zh", own).about == ("emotion",)


def big(people: int, topics: int) -> Enabling:
    rows = [
        {"person": f"person number {i}", "topic": f"a topic with a long name {k}",
         "required": (i + k) % 5 > 0, "team": f"team {i % 30}",
         "done_on": date(2026, 1 + (i * k) % 6, 3) if (i * 7 + k) % 3 else None}
        for i in range(people)
        for k in range(topics)
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    found = analyse(Inputs(Tables({"plan_training": frame}), Settings(), Facts(date(2026, 7, 1))))
    assert found is not None
    return found


def test_a_large_team_is_drawn_by_teams_and_says_who_is_not_drawn() -> None:
    found = big(150, 12)
    assert found.training is not None
    assert by_teams(found.training)
    assert sum(map(len, people_parts(found.training))) <= 96
    ticks = teams_chart(found.training, "en", {}).axes[0].get_yticklabels()
    assert len(ticks) == 24
    people = next(b for b in blocks(found, "en", {}) if b.id == "training_people")
    assert "the first" in fragment(
        Block(people.id, people.title, tuple(people.items[:2]), "en")
    )  # fmt: skip


def test_a_small_team_is_drawn_person_by_person() -> None:
    found = big(8, 4)
    assert found.training is not None
    assert not by_teams(found.training)
    (people,) = people_parts(found.training)
    figure = people_chart(found.training, "en", {}, people)
    assert len(figure.axes[0].get_yticklabels()) == 8
    assert "training_people" not in {b.id for b in blocks(found, "en", {}) if not b.annex}


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_can_be_drawn(hotel: Inputs[Settings], result: Enabling, lang: Lang) -> None:
    names = hotel.tables.names()
    assert result.training is not None
    assert result.procedure is not None
    assert result.blueprint is not None
    for figure in (
        mastery_chart(result.training, lang, names),
        lanes_chart(result.procedure, lang, names),
        blueprint_chart(result.blueprint, lang, names),
    ):
        figure.draw_without_rendering()


def test_a_long_procedure_goes_on_below(result: Enabling) -> None:
    assert result.procedure is not None
    long = replace(result.procedure, steps=result.procedure.steps * 2)
    assert len(lanes_chart(long, "zh", {}).axes) == 2


def test_lines_do_not_begin_with_a_stop() -> None:
    for width in range(8, 20):
        for line in even("手机工单；待命表，备件台账。", width, 5).split("\n")[1:]:
            assert line[0] not in "；，。"

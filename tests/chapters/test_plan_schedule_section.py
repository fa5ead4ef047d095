"""The blocks of the schedule in both languages: figures drawn, no slot left open."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from playbook.case import load_case
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.analysis import analyse
from playbook.chapters.plan.schedule.charts import gantt_parts
from playbook.chapters.plan.schedule.model import Schedule
from playbook.chapters.plan.schedule.section import blocks, notes, references
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.section import Block, Picture, Table, Text, conclude
from playbook.core.text import LANGS, Lang, words

FEW = Settings(schedule_draws=1_000, calendar="china", due="2026-12-11", start="2026-07-01")


@pytest.fixture(scope="module")
def hotel() -> Schedule:
    case = load_case("data/hotel")
    found = analyse(
        replace(case.inputs("plan"), settings=FEW),
        tuple(f"P{k:02d}" for k in range(1, 14) if k != 5),
    )
    assert found is not None
    return found


def many(count: int, spread: bool = True) -> Schedule:
    """A long plan: every fourth action begins a new chain."""
    rows = [
        {"action": f"A{i:02d}", "goal_id": "G", "owner": "o", "likely_days": 4.5 + i % 7,
         "safe_days": 9.0 + i % 7 if spread else None,
         "after": (f"A{i - 1:02d}",) if i % 9 else ()}
        for i in range(count)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, index=range(2, count + 2))
    given = Inputs(Tables({"plan_actions": frame}), Settings(schedule_draws=1_000),
                   Facts(date(2026, 7, 1)))  # fmt: skip
    found = analyse(given, tuple(frame["action"]))
    assert found is not None
    return found


def texts(block: Block) -> list[str]:
    found = [block.title]
    for item in block.items:
        if isinstance(item, Text):
            found += item.paragraphs
        elif isinstance(item, Picture):
            found += [item.caption, item.alt]
        elif isinstance(item, Table):
            found += [item.title, *(c.label for c in item.columns)]
            found += [cell for row in item.rows for cell in row.values() if isinstance(cell, str)]
    return found


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("lang", LANGS)
def test_blocks_are_complete_and_hold_no_open_slot(hotel: Schedule, lang: Lang) -> None:
    names = load_case("data/hotel").tables.names()
    shown = blocks(hotel, lang, names)
    assert [block.id for block in shown] == [
        "schedule", "network", "promise", "schedule_dates", "schedule_chances", "schedule_goals",
        "schedule_doubts",
    ]  # fmt: skip
    assert [block.annex for block in shown] == [False] * 3 + [True] * 4
    said = [text for block in shown for text in texts(block)]
    said += [*notes(hotel, lang), *references(lang)]
    said += [c.text + c.next_step for c in conclude("plan", hotel.findings, lang, names)]
    assert not [text for text in said if "{" in text or "None" in text]
    assert all(block._repr_html_() for block in shown)


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_can_be_drawn(hotel: Schedule, lang: Lang) -> None:
    names = load_case("data/hotel").tables.names()
    pictures = [i for b in blocks(hotel, lang, names) for i in b.items if isinstance(i, Picture)]
    assert [one.id for one in pictures] == [
        "plan_schedule_gantt", "plan_schedule_network", "plan_schedule_finish"
    ]  # fmt: skip
    assert all(one.svg.startswith(b"<?xml") for one in pictures)


@pytest.mark.parametrize("spread", [True, False])
def test_a_long_plan_takes_several_figures(spread: bool) -> None:
    found = many(60, spread)
    assert gantt_parts(found) == 3
    shown = blocks(found, "en", {})
    pictures = [i for b in shown for i in b.items if isinstance(i, Picture)]
    assert sum(one.id.startswith("plan_schedule_gantt") for one in pictures) == 3
    assert any(one.id == "plan_schedule_finish" for one in pictures) == spread
    assert all(one.svg for one in pictures)
    assert ("schedule_chances" in {b.id for b in shown}) == spread


def test_a_tail_of_many_years_is_cut_off_in_the_figures() -> None:
    frame = pd.DataFrame([{"action": "a", "goal_id": "G", "owner": "o", "likely_days": 0.01,
                           "safe_days": 900.0, "after": ()}], index=[2])  # fmt: skip
    given = Inputs(Tables({"plan_actions": frame}), Settings(), Facts(date(2026, 7, 1)))
    found = analyse(given, ("a",))
    assert found is not None
    assert found.simulation is not None
    assert found.simulation.curve[-1][0] > 100_000
    shown = blocks(found, "en", {})
    assert all(i.svg for b in shown for i in b.items if isinstance(i, Picture))


def test_one_action_alone_is_drawn() -> None:
    found = many(1)
    for block in blocks(found, "zh", {}):
        assert all(item.svg for item in block.items if isinstance(item, Picture))


def test_both_languages_have_the_same_words() -> None:
    zh, en = (words("plan", lang) for lang in LANGS)
    mine = {key for key in zh if key.startswith("plan.schedule.")}
    assert mine == {key for key in en if key.startswith("plan.schedule.")}
    assert len(mine) > 100

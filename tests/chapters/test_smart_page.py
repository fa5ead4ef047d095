"""The page: marks that cover the text once, figures with data and without, tables for class."""

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.smart.analysis import analyse
from playbook.chapters.smart.charts_sentence import sentence_figure
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.marks import LETTERS, pieces_of
from playbook.chapters.smart.reading import ReadSettings
from playbook.chapters.smart.result import SmartResult, Span
from playbook.chapters.smart.section import section
from playbook.chapters.smart.section_card import marked, sentence_card
from playbook.chapters.smart.sentence import check_goals, check_sentence
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.lettering import width_of
from playbook.core.section import Picture, Table
from playbook.core.text import LANGS, Lang

TODAY = date(2026, 1, 15)
SETTINGS = ReadSettings(TODAY)
TEXTS = (
    "提升客户满意度", "2026年底前由王芳负责把客户满意度从75%提高到80%", "半年内NPS提升10个百分点",
    "年底前投诉率降低15%", "年底前客户满意度达到100%", "年底前客房合格率从95.9%提升到92%",
    "2小时内确认问题", "Raise CSAT from 75% to 80% by June 2026, and cut wait time by 20%",
)  # fmt: skip


def checked(*texts: str, **columns: list[Any]) -> SmartResult:
    frame = pd.DataFrame({"sentence_id": [f"T{i}" for i in range(len(texts))], "text": texts,
                          **columns}, dtype=object)  # fmt: skip
    frame.index = pd.Index(range(2, 2 + len(frame)))
    return analyse(Inputs(Tables({"smart_sentences": frame}), Settings(), Facts(TODAY)))


slots = st.sampled_from(sorted(LETTERS)) | st.just("deadline_text")
spans = st.builds(
    lambda slot, start, length: Span(slot, start, start + length, "sure"),
    slots, st.integers(0, 25), st.integers(0, 12),
)  # fmt: skip


@given(st.text(max_size=30), st.lists(spans, max_size=8))
def test_pieces_are_the_whole_text_once(text: str, found: list[Span]) -> None:
    pieces = pieces_of(text, tuple(found))
    assert "".join(text[p.start : p.end] for p in pieces) == text
    assert all(p.slot in LETTERS or not p.slot for p in pieces)
    assert all(a.slot != b.slot for a, b in pairwise(pieces))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "M", "Z"]),
               max_size=60), st.integers(12, 60))  # fmt: skip
def test_the_letters_stand_under_their_words(text: str, width: int) -> None:
    lines = marked(check_sentence("x", text, SETTINGS), width)
    assert "".join(lines[::2]) == text
    for words, letters in zip(lines[::2], lines[1::2], strict=True):
        assert width_of(letters) <= width_of(words)


def test_a_mark_is_over_the_right_words() -> None:
    text, letters = marked(check_sentence("x", "年底前投诉率降到2%", SETTINGS), 60)
    assert letters[: len("ffffff")] == "ffffff"
    assert letters.rstrip().endswith("dd")
    assert width_of(text) == len(letters)


@pytest.mark.parametrize("lang", LANGS)
def test_a_card_has_one_question_and_no_total(lang: Lang) -> None:
    for text in TEXTS:
        goals = check_goals("x", text, SETTINGS)
        said = "\n".join(sentence_card(goals, lang))
        asked = "下一个问题" if lang == "zh" else "Next question"
        assert said.count(asked) == len(goals)
        assert "100/" not in said


@pytest.mark.parametrize("lang", LANGS)
def test_every_block_renders_without_data_and_with(lang: Lang) -> None:
    page = section(checked(*TEXTS, rewrite_of=[None, "T0", *[None] * 6]), lang)
    assert [b.id for b in page.blocks][:4] == ["summary", "letters", "questions", "achievable"]
    assert [b.id for b in page.blocks if b.annex] == ["rewrites", "achievable_all", "sentences_all"]
    for block in page.blocks:
        assert block._repr_html_()


def test_the_rewritten_sentence_stands_under_the_first_one() -> None:
    page = section(checked(*TEXTS, rewrite_of=[None, "T0", *[None] * 6]), "en")
    (table,) = page["rewrites"].items
    assert isinstance(table, Table)
    before, after = table.rows
    assert (before["M"], before["T"], before["owner"]) == ("fail", "fail", "fail")
    assert (after["M"], after["T"], after["owner"]) == ("pass", "pass", "pass")


def test_doubts_tell_of_every_trap() -> None:
    page = section(checked(*TEXTS), "en")
    (table,) = (item for item in page["sentences"].items if isinstance(item, Table))
    told = {row["id"]: str(row["doubt"]) for row in table.rows}
    assert "in points" in told["T2"]  # K8
    assert "two ways" in told["T3"]  # K9
    assert "limit" in told["T4"]  # M08
    assert "95.9%" in told["T5"]
    assert "92%" in told["T5"]
    assert "service level" in told["T6"]
    assert {"T0", "T1"}.isdisjoint(told)


def test_every_sentence_is_drawn_once() -> None:
    result = checked(*[f"年底前满意度从{60 + k}%提高到{70 + k}%" for k in range(27)])
    page = section(result, "zh")
    pictures = [
        item for key in ("sentences", "sentences_all") for item in page[key].items
        if isinstance(item, Picture)
    ]  # fmt: skip
    assert [p.alt.count("满意度从") for p in pictures] == [10, 12, 5]


def test_long_sentences_are_broken_inside_the_figure() -> None:
    goal = check_sentence("T1", "年底前" + "把客户满意度提高到85%，" * 12, SETTINGS)
    figure = sentence_figure([goal], "zh")
    figure.draw_without_rendering()
    right = figure.bbox.x1
    assert all(text.get_window_extent().x1 <= right for text in figure.axes[0].texts)

"""Cascade sheets as files: one page each, safe names, text that stays text, nothing outside."""

import os
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from playbook.bench import Bench, open_bench
from playbook.chapters.tree.analysis import analyse
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.tables_cascade import cascade_pages
from playbook.core.section import Skipped
from playbook.core.text import LANGS, Name
from playbook.report.cascade import file_names, hand_out, to_html

HOSTILE = (
    "../../etc/passwd", "..", "", "CON", "con", "a/b\\c", "<script>alert(1)</script>",
    '=HYPERLINK("x")', "王琳", "x" * 500, "．．／up", "a\x00b", "A B", "a b",
)  # fmt: skip


@pytest.fixture(scope="module")
def result() -> TreeResult:
    return analyse(open_bench("tree", "data/hotel").case.inputs("tree"))


def bench(out: Path, lang: str = "zh") -> Bench:
    return open_bench("tree", "data/hotel", lang, str(out))


@pytest.mark.parametrize("lang", LANGS)
def test_everybody_gets_a_page_and_a_file(tmp_path, result, lang) -> None:
    given = hand_out(bench(tmp_path, lang), result)
    pages = cascade_pages(result, lang)
    files = sorted(path.name for path in (tmp_path / "cascade").iterdir())
    assert files == sorted(f"{page.holder}.html" for page in pages)
    whole = (tmp_path / "cascade.html").read_text(encoding="utf-8")
    assert whole.count('<section class="sheet') == len(pages)
    assert "break-after:page" in whole
    assert (tmp_path / "tree.mmd").read_text(encoding="utf-8").startswith("flowchart LR")
    assert 'href="cascade.html"' in given._repr_html_()
    assert repr(given).splitlines()[0] == "cascade.html"


def test_a_page_says_what_is_mine_and_whom_it_hangs_on(tmp_path, result) -> None:
    hand_out(bench(tmp_path), result)
    page = (tmp_path / "cascade/zhou_min.html").read_text(encoding="utf-8")
    words = ("周敏", "每千间夜投诉", "7.50", "2026-07-31", "陈岚", "马骏", "权重合计 100")
    for word in (*words, "会议宣讲", "合成数据"):
        assert word in page, word
    assert "<script" not in page
    assert not re.search(r"(https?:)?//[a-z]", page.replace("http://www.w3.org", ""))


def test_weights_on_every_sheet_come_to_what_the_table_says(result) -> None:
    for sheet in result.cascade:
        if sheet.weight_total is None:
            continue
        held = sum(goal.weight or 0 for goal in sheet.goals)
        assert held + sum(line.weight for line in sheet.other_kpis) == sheet.weight_total


def test_names_are_safe_and_never_used_twice() -> None:
    names = file_names(HOSTILE)
    assert len({name.casefold() for name in names.values()}) == len(HOSTILE)
    for name in names.values():
        assert re.fullmatch(r"[\w-]{1,50}\.html", name)
        assert name.split(".")[0].casefold() not in ("con", "nul")


def hostile(result: TreeResult, holder: str) -> TreeResult:
    first = replace(result.cascade[0], holder=holder)
    names = {**result.names, holder: Name(holder, holder)}
    return replace(result, cascade=(first, *result.cascade[1:3]), names=names)


@pytest.mark.parametrize("holder", HOSTILE)
def test_nothing_is_written_outside_the_folder(tmp_path, result, holder) -> None:
    out = tmp_path / "deep" / "out"
    bad = hostile(result, holder)
    hand_out(bench(out), bad)
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and out not in p.parents]
    assert outside == []
    assert len(list((out / "cascade").iterdir())) == len(cascade_pages(bad, "zh"))
    assert "<script>alert" not in (out / "cascade.html").read_text(encoding="utf-8")


def test_the_workbook_holds_no_formulas(tmp_path, result) -> None:
    hand_out(bench(tmp_path), hostile(result, '=HYPERLINK("x")'))
    with ZipFile(tmp_path / "cascade.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4
        for name in sheets:
            text = book.read(name).decode("utf-8")
            assert "<f>" not in text
            assert "hyperlink" not in text.lower()


def test_the_same_result_gives_the_same_bytes(tmp_path, result) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for out in (one, two):
        hand_out(bench(out), replace(result, cascade=result.cascade[:3]))
    for path in sorted(one.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


def test_sheets_of_an_older_run_are_taken_away(tmp_path, result) -> None:
    hand_out(bench(tmp_path), hostile(result, "left_long_ago"))
    assert (tmp_path / "cascade/left_long_ago.html").is_file()
    hand_out(bench(tmp_path), replace(result, cascade=result.cascade[:2]))
    assert not (tmp_path / "cascade/left_long_ago.html").exists()
    given = hand_out(bench(tmp_path), Skipped("tree"))
    assert given.files == ()
    assert not (tmp_path / "cascade.html").exists()
    assert not (tmp_path / "tree.mmd").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_that_leads_elsewhere_is_left_alone(tmp_path, result) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    for folder in (out, other):
        folder.mkdir()
    (other / "mine.html").write_text("keep", encoding="utf-8")
    (out / "cascade").symlink_to(other)
    with pytest.raises(ValueError, match="cascade"):
        hand_out(bench(out), result)
    assert [path.name for path in other.iterdir()] == ["mine.html"]


def test_pages_with_many_rows_are_set_small(tmp_path, result) -> None:
    busy = replace(result.cascade[0], goals=result.cascade[0].goals * 15)
    pages = cascade_pages(replace(result, cascade=(busy,)), "en")
    assert "sheet dense" in to_html(bench(tmp_path), pages)

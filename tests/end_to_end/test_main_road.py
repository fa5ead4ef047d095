"""From the case folder to the report, in both languages, through papermill; then once more."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from playbook.case import load_case
from playbook.chapters import CHAPTERS, REPORT
from playbook.core.text import LANGS, Lang, say
from playbook.report.model import build_report
from playbook.run.conduct import RunOutcome, run_case

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """What a report holds: its tags with attributes, ids and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def run(case: str, out: Path, langs: Sequence[Lang]) -> tuple[RunOutcome, list[str]]:
    said: list[str] = []
    return run_case(ROOT / "data" / case, langs, out, jobs=1, tell=said.append), said


class Road:
    """What holds for every case; a subclass names it and the chapters that it leaves out."""

    case = ""
    skipped: tuple[str, ...] = ()
    synthetic = False

    @pytest.fixture(scope="class")
    @classmethod
    def out(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """The case run in both languages."""
        out = tmp_path_factory.mktemp("first")
        outcome, said = run(cls.case, out, LANGS)
        assert outcome.ok, said
        return out

    def test_every_chapter_saved_its_result_or_says_what_it_would_need(self, out: Path) -> None:
        for one in CHAPTERS:
            saved = json.loads((out / "zh" / f"{one.name}.json").read_text(encoding="utf-8"))
            assert (saved["result"] is None) == (one.name in self.skipped)
            assert (saved["skipped"] is not None) == (one.name in self.skipped)

    def test_results_are_the_same_bytes_in_both_languages(self, out: Path) -> None:
        for one in CHAPTERS:
            zh, en = ((out / lang / f"{one.name}.json").read_bytes() for lang in LANGS)
            assert zh == en, one.name

    def test_a_second_run_gives_the_same_bytes(
        self, out: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        again = tmp_path_factory.mktemp("again")
        outcome, said = run(self.case, again / "zh", ["zh"])
        assert outcome.ok, said
        for name in (*(f"{c.name}.json" for c in CHAPTERS), "report.html"):
            assert (out / "zh" / name).read_bytes() == (again / "zh" / name).read_bytes(), name

    @pytest.mark.parametrize("lang", LANGS)
    def test_a_second_execution_reproduces_the_outputs_of_the_first(
        self, out: Path, lang: Lang
    ) -> None:
        options = ("--nbval", "--nbval-current-env", "-q", "-o", "addopts=")
        without = ("-p", "no:cacheprovider", "-p", "no:xdist")
        words = [sys.executable, "-m", "pytest", *options, *without, str(out / lang)]
        done = subprocess.run(
            words, cwd=out / lang, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout[-3000:]

    @pytest.mark.parametrize("lang", LANGS)
    def test_executed_copies_hold_one_language_and_no_trace_of_the_machine(
        self, out: Path, lang: Lang
    ) -> None:
        other = "lang-en" if lang == "zh" else "lang-zh"
        for one in (*CHAPTERS, REPORT):
            text = (out / lang / one.notebook).read_text(encoding="utf-8")
            assert str(out) not in text
            assert str(Path.home()) + "/" not in text
            notebook = json.loads(text)
            assert "papermill" not in notebook["metadata"]
            for cell in notebook["cells"]:
                assert other not in cell["metadata"].get("tags", ())
                assert not any(o["output_type"] == "stream" and o["name"] == "stderr"
                               for o in cell.get("outputs", ())), one.notebook  # fmt: skip

    @pytest.mark.parametrize("lang", LANGS)
    def test_the_report_is_one_safe_page_with_all_its_parts(self, out: Path, lang: Lang) -> None:
        text = (out / lang / "report.html").read_text(encoding="utf-8")
        page = Page(text)
        assert page.all("script") == []
        assert page.all("link") == []
        assert page.all("html")[0]["lang"] == ("zh-Hans" if lang == "zh" else "en")
        assert all((img["alt"] or "").strip() for img in page.all("img"))
        assert all((img["src"] or "").startswith("data:") for img in page.all("img"))
        ids = {a["id"] for _, a in page.tags if a.get("id")}
        for link in page.all("a"):
            assert (link["href"] or "").removeprefix("#") in ids
        ran = {c.name for c in CHAPTERS} - set(self.skipped) - {"start"}
        assert ran | {"summary", "method", "data"} <= ids
        for name in self.skipped:
            assert say(f"chapter.{name}.title", lang) in text
        assert (say("report.synthetic", lang) in text) == self.synthetic

    @pytest.mark.parametrize("lang", LANGS)
    def test_the_workbook_has_a_sheet_per_table_numbers_and_no_formula(
        self, out: Path, lang: Lang
    ) -> None:
        path = out / lang / "report.xlsx"
        report = build_report(load_case(ROOT / "data" / self.case), out / lang, lang)
        book = CalamineWorkbook.from_path(path)
        assert len(book.sheet_names) == 1 + len(report.tables)
        cells = [
            cell
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        ]
        assert sum(isinstance(cell, float) for cell in cells) > 100
        with zipfile.ZipFile(path) as parts:
            sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
            assert not any(b"<f>" in parts.read(name) for name in sheets)


class TestHotel(Road):
    case = "hotel"
    synthetic = True


class TestSfo(Road):
    case = "sfo"
    skipped = ("tree", "kano", "plan", "pilot")

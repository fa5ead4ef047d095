"""Notebooks are clean: no outputs, paired prose, known tags, short cells, one shape."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from playbook.chapters import CHAPTERS, REPORT

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
TAGS = {"parameters", "lang-zh", "lang-en", "explore", "hand-over", "solution"}
MOST_LINES, MOST_IN_ALL = 10, 60


def cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags(cell: dict[str, Any]) -> list[str]:
    return cell["metadata"].get("tags", [])


def lines(cell: dict[str, Any]) -> list[str]:
    return [line for line in source(cell).splitlines() if line.strip()]


def code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def test_there_is_one_notebook_for_every_chapter() -> None:
    assert {p.name for p in NOTEBOOKS} == {c.notebook for c in (*CHAPTERS, REPORT)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestNotebook:
    def test_is_stored_without_outputs_or_traces_of_a_machine(self, path: Path) -> None:
        for cell in code(path):
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        assert "papermill" not in notebook["metadata"]
        assert not re.search(r"/(home|root|work|Users|tmp)/", path.read_text(encoding="utf-8"))

    def test_has_only_known_tags(self, path: Path) -> None:
        assert all(set(tags(cell)) <= TAGS for cell in cells(path))

    def test_prose_comes_in_pairs(self, path: Path) -> None:
        prose = [(i, c) for i, c in enumerate(cells(path)) if c["cell_type"] == "markdown"]
        assert len(prose) % 2 == 0
        for (i, zh), (j, en) in zip(prose[::2], prose[1::2], strict=True):
            assert tags(zh) == ["lang-zh"]
            assert tags(en) == ["lang-en"]
            assert j == i + 1
            assert heading_levels(zh) == heading_levels(en), source(zh)[:60]
            assert not re.search(
                "[\u4e00-\u9fff]", re.sub(r"`[^`]*`|（.*?）|\(.*?\)", "", source(en))
            ), f"Chinese in English prose: {source(en)[:80]}"

    def test_starts_with_title_parameters_and_set_up_and_ends_with_the_hand_over(
        self, path: Path
    ) -> None:
        first = cells(path)[:4]
        assert [c["cell_type"] for c in first] == ["markdown", "markdown", "code", "code"]
        assert source(first[0]).startswith("# ")
        assert tags(first[2]) == ["parameters"]
        assert tags(cells(path)[-1]) == ["hand-over"]

    def test_parameters_are_literals_with_one_equals_sign_each(self, path: Path) -> None:
        given = source(cells(path)[2]).splitlines()
        assert [line.split(" = ")[0] for line in given[:3]] == ["case_dir", "lang", "out_dir"]
        assert all(line.count("=") == 1 for line in given)

    def test_code_is_short_plain_and_free_of_language(self, path: Path) -> None:
        for cell in code(path):
            text = source(cell)
            assert len(lines(cell)) <= MOST_LINES
            assert not re.search(r"^\s*(def|class) |^\s*[%!]", text, re.MULTILINE)
            assert not re.search("[\u4e00-\u9fff]", text)
        assert sum(len(lines(cell)) for cell in code(path)) <= MOST_IN_ALL

    def test_every_code_cell_but_the_first_two_follows_prose(self, path: Path) -> None:
        kinds = [c["cell_type"] for c in cells(path)]
        for i, kind in enumerate(kinds):
            if kind == "code" and i > 3:
                assert kinds[i - 1] == "markdown"


def heading_levels(cell: dict[str, Any]) -> list[int]:
    return [len(m) for m in re.findall(r"^(#+) ", source(cell), re.MULTILINE)]

"""One notebook through papermill: the language, the parameters, and what a failure leaves."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

import playbook.run.conduct
from playbook.cli import main
from playbook.run.execute import Task, execute
from playbook.run.prepare import check_parameters, in_language, notebooks_folder

PARAMETERS = 'case_dir = "data/hotel"\nlang = "zh"\nout_dir = ""'


def notebook(*code: str) -> Any:
    cells = [
        nbformat.v4.new_markdown_cell("# 题", metadata={"tags": ["lang-zh"]}),
        nbformat.v4.new_markdown_cell("# Title", metadata={"tags": ["lang-en"]}),
        nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("1 / 0", metadata={"tags": ["explore"]}),
        *(nbformat.v4.new_code_cell(text) for text in code),
    ]
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
    )


def stored(folder: Path, *code: str) -> Path:
    path = folder / "99_try.ipynb"
    nbformat.write(notebook(*code), path)
    return path


def run(folder: Path, *code: str) -> tuple[Any, Any]:
    out = folder / "out"
    outcome = execute(Task("try", stored(folder, *code), folder / "case", out, "en"))
    return outcome, nbformat.read(out / "99_try.ipynb", as_version=4)


def test_only_one_language_stays_and_explorers_go() -> None:
    kept = in_language(notebook("x = 1"), "en")
    assert [c.source for c in kept.cells] == ["# Title", PARAMETERS, "x = 1"]


def test_a_parameter_the_notebook_does_not_declare_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="did you mean 'case_dir'"):
        check_parameters(stored(tmp_path), {"case_dri": "x"})


def test_the_folder_of_the_notebooks_is_found() -> None:
    assert (notebooks_folder() / "00_start.ipynb").is_file()


@pytest.mark.slow
def test_paths_reach_the_notebook_relative_and_nothing_of_the_machine_stays(
    tmp_path: Path,
) -> None:
    outcome, done = run(tmp_path, "print(case_dir, lang, out_dir)")
    assert outcome.ok
    (cell,) = [c for c in done.cells if c.source.startswith("print")]
    assert cell.outputs[0].text == "../case en .\n"
    text = nbformat.writes(done)
    assert str(tmp_path) not in text
    assert "papermill" not in done.metadata
    assert all("execution" not in c.metadata and "papermill" not in c.metadata for c in done.cells)


@pytest.mark.slow
def test_a_failing_notebook_is_kept_with_its_cell_marked_and_said_in_one_line(
    tmp_path: Path,
) -> None:
    code = "import pandas as pd\npd.DataFrame({'a': [1]})['b']\n"
    outcome, done = run(tmp_path, "x = 1", code, "y = 2")
    assert not outcome.ok
    assert outcome.cell == 3  # parameters, x, and the failing one
    assert outcome.cause == "KeyError: 'b'"
    assert any("papermill-error-cell-tag" in c.metadata.get("tags", ()) for c in done.cells)
    assert str(Path.home()) not in nbformat.writes(done)


@pytest.mark.slow
def test_when_a_chapter_fails_the_rest_go_on_and_the_command_says_so_in_two_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("00_start.ipynb", "04_kano.ipynb"):
        stored_one = nbformat.read(notebooks_folder() / name, as_version=4)
        if "kano" in name:
            stored_one.cells[3].source = "raise RuntimeError('no such luck')"
        nbformat.write(stored_one, folder / name)
    monkeypatch.setattr(playbook.run.conduct, "notebooks_folder", lambda: folder)
    out, case = tmp_path / "out", str(notebooks_folder().parent / "data" / "hotel")

    words = ["run", case, "--lang", "en", "--out", str(out), "--only", "start", "--only", "kano"]
    assert main(words) == 1

    said = capsys.readouterr().out.splitlines()
    failed = next(i for i, line in enumerate(said) if "FAILED" in line)
    assert "04 KANO diagnosis of needs" in said[failed]
    assert "code cell 2 of 04_kano.ipynb" in said[failed]
    assert said[failed + 1].strip() == "RuntimeError: no such luck"
    assert any("00 Start: done" in line for line in said)
    assert not any("Traceback" in line for line in said)
    assert {path.name for path in out.iterdir()} == {
        "00_start.ipynb",
        "start.json",
        "04_kano.ipynb",
    }

"""The command line: exit codes, messages, and that it starts fast."""

import subprocess
import sys
from pathlib import Path

import pytest

from playbook.cli import main

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(("lang", "word"), [("zh", "没有错误"), ("en", "no faults")])
def test_check_tells_of_tables_and_chapters(
    lang: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(DATA / "sfo"), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert word in said
    assert "sfo2018.csv" in said
    assert "04 KANO" in said
    assert "kano_counts" in said


def test_an_unknown_chapter_is_told_with_the_nearest_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["run", str(DATA / "sfo"), "--only", "kanno", "--out", str(tmp_path / "o")]) == 2
    assert "did you mean 'kano'" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "no/such/case", "--lang", "en"]) == 1
    assert "there is no folder no/such/case" in capsys.readouterr().out


def test_help_loads_neither_pandas_nor_matplotlib() -> None:
    code = (
        "import sys\n"
        "from playbook.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'matplotlib', 'scipy', 'nbformat'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

"""start.py: usage, and what it says where Python is too old or venv is missing."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_command_it_shows_both_languages(
    start: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main([]) == 2
    said = capsys.readouterr().out
    assert "运行测试" in said
    assert "run the tests" in said


def test_an_old_python_is_told_what_to_do(
    start: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert start.main(["run"]) == 1
    said = capsys.readouterr().out
    assert "需要 Python 3.11" in said
    assert "Python 3.11 or later" in said


def test_a_missing_venv_module_is_told_what_to_do_and_leaves_nothing(
    start: ModuleType,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    venv = tmp_path / ".venv"

    class Failed:
        returncode = 1

    def half_made(*_: object, **__: object) -> Failed:
        (venv / "bin").mkdir(parents=True)
        return Failed()

    monkeypatch.setattr(start, "VENV", venv)
    monkeypatch.setattr(start, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(start.subprocess, "run", half_made)
    assert start.main(["run"]) == 1
    assert "python3-venv" in capsys.readouterr().out
    assert not venv.exists()


def test_the_lock_names_no_address_and_pins_everything() -> None:
    lines = (ROOT / "requirements.lock.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 100
    assert all(line.count("==") == 1 and "/" not in line and "@" not in line for line in lines)

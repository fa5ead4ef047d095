"""``playbook smart``: cards and predictions, faults by name, fast and safe on any console."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from playbook.cli import main

VECTORS = Path(__file__).parents[1] / "vectors"
SENTENCE = "在3个月内,将客户满意度提升到85%以上"
DAY = ["--date", "2026-01-15"]


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "playbook.cli", "smart", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def written(folder: Path, data: object) -> str:
    path = folder / "goals.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def predictions(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["smart", "--json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_one_sentence_in_its_own_process() -> None:
    before = os.times()
    done = command(SENTENCE, *DAY, PYTHONIOENCODING="utf-8")
    after = os.times()
    # work of the processor, not the clock: the machine may be busy (Windows counts none)
    took = after.children_user + after.children_system
    took -= before.children_user + before.children_system
    said = done.stdout.decode("utf-8")
    assert done.returncode == 0, done.stderr
    for part in (SENTENCE, "2026-04-15", "客户满意度", ">= 85%", "S 具体", "下一个问题"):
        assert part in said
    assert "总分" not in said
    assert took < 1.5  # under half a second on a free machine


def test_nothing_heavy_is_loaded_for_a_sentence() -> None:
    code = (
        "import sys\nfrom playbook.cli import main\n"
        f"main(['smart', {SENTENCE!r}])\n"
        "print(sorted({'pandas', 'numpy', 'scipy', 'matplotlib', 'nbformat'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


@pytest.mark.parametrize("encoding", ["cp1252", "gbk", "ascii"])
def test_no_console_makes_it_fail(encoding: str) -> None:
    done = command(SENTENCE, "--lang", "en", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert b"S specific" in done.stdout


def test_data_are_utf8_on_every_console() -> None:
    done = command(SENTENCE, "--json", *DAY, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    (goal,) = json.loads(done.stdout.decode("utf-8"))["goals"]
    assert (goal["metric_id"], goal["target"], goal["deadline"]) == ("csat", 85, "2026-04-15")
    assert goal["letters"]["A"]["value"] == "unknown"


def test_the_labelled_sentences_are_scored_through_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The two lines of the README: predictions of a file, then the scorer, which reads these."""
    gold = VECTORS / "smart_bench20.json"
    found = predictions(capsys, "--file", str(gold))
    goals = json.loads(gold.read_text(encoding="utf-8"))["goals"]
    assert list(found) == [goal["id"] for goal in goals]
    slots = ("baseline", "target", "delta", "metric_canonical", "owner")
    right = [found[g["id"]][s] == g["expected"][s] for g in goals for s in slots]
    assert sum(right) / len(right) >= 0.9
    dates = [found[g["id"]]["deadline"] in g["expected"]["deadline_accept"] for g in goals]
    assert all(dates)
    letters = [found[g["id"]]["smart"][k] == v for g in goals for k, v in g["smart"].items()]
    assert sum(letters) >= 95  # of 100


def test_a_labelled_file_is_scored_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    path = VECTORS / "smart_bench20.json"
    assert main(["smart", "--file", str(path), "--score", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    found = re.search(r"all +(\d+) / 20", said)
    assert found is not None
    assert int(found[1]) >= 19, said


def test_the_scores_are_those_of_a_hand_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    label = {"metric": "满意度", "metric_canonical": "csat", "direction_accept": ["increase"],
             "baseline": None, "target": 90, "delta": None, "unit": "%", "owner": None,
             "deadline_accept": [None]}  # fmt: skip
    label |= {"direction": "increase", "deadline": None}
    goals = [{"id": "a", "text": "满意度提高到85%", "expected": label, "smart": {"T": "fail"}}]
    assert main(["smart", "--file", written(tmp_path, goals), "--score", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    for line in (
        "target        0 / 1", "metric        1 / 1", "all           0 / 1", "T             1 / 1",
        "a target: read 85.0, expected 90",
    ):  # fmt: skip
        assert line in said
    bare = written(tmp_path, [{"id": "a", "text": "x"}])
    assert main(["smart", "--file", bare, "--score", "--lang", "en"]) == 1
    assert "no labels" in capsys.readouterr().err


def test_a_list_and_an_object_of_goals_are_read_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    goals = [{"id": "a", "text": SENTENCE}]
    meta = {"meta": {"reference_date": "2026-01-15"}, "goals": goals}
    one = predictions(capsys, "--file", written(tmp_path, meta))
    other = predictions(capsys, "--file", written(tmp_path, goals), *DAY)
    assert one == other
    assert one["a"]["deadline"] == "2026-04-15"


def test_a_goals_own_context_goes_before_the_files_and_the_date_before_both(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = {"id": "a", "text": SENTENCE, "context": {"reference_date": "2027-01-15"}}
    path = written(tmp_path, {"meta": {"reference_date": "2026-01-15"}, "goals": [own]})
    assert predictions(capsys, "--file", path)["a"]["deadline"] == "2027-04-15"
    assert predictions(capsys, "--file", path, *DAY)["a"]["deadline"] == "2026-04-15"


def test_a_history_in_the_context_settles_letter_a(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = "三年内将客户满意度从75%提升到90%"
    # the best year ever was 3.2 per cent of 75: K12
    history = [68.9, 70.4, 71.7, 73.0, 75.0]
    context = {"history": history, "frequency": "year", "peers": {"p75": 84, "p90": 88}}
    goals = [{"id": "k12", "text": text, "context": context}, {"id": "bare", "text": text}]
    found = predictions(capsys, "--file", written(tmp_path, goals), *DAY)
    assert found["k12"]["smart"]["A"] == "fail"
    assert found["k12"]["reasons"]["A"] == ["too_fast", "beyond_peers"]
    assert found["bare"]["smart"]["A"] == "unknown"


def test_several_goals_give_several_cards(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Raise CSAT from 75% to 80%, and cut average wait time from 6 to 5 minutes by June 2026"
    assert main(["smart", text, *DAY]) == 0
    said = capsys.readouterr().out
    assert "Goal 1 of 2" in said
    assert "Goal 2 of 2" in said
    assert said.count("Next question:") == 2


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("{", "not JSON: line 1"),
        ('"text"', "expected a list of goals"),
        ('{"meta": {}}', "expected a list of goals"),
        ("[]", "holds no goal"),
        ("[3]", "goals[0] should be"),
        ('[{"text": "x"}]', "goals[0] lacks id"),
        ('[{"id": "a"}]', "goals[0] lacks text"),
        ('[{"id": 1, "text": "x"}]', "id of goals[0] is 1"),
        ('[{"id": "a", "text": " "}]', "the text of goals[0] is empty"),
        ('[{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]', "the id a stands twice"),
        ('[{"id": "a", "text": "x", "context": 3}]', "context of goals[0] is 3"),
        ('[{"id": "a", "text": "x", "context": {"reference_date": "1/2"}}]', "reference_date of"),
        ('[{"id": "a", "text": "x", "context": {"lang": "fr"}}]', "lang of goals[0] is fr"),
        ('[{"id": "a", "text": "x", "context": {"fiscal_year_end": "9"}}]', "fiscal_year_end of"),
        ('[{"id": "a", "text": "x", "context": {"history": ["b"]}}]', "context of goals[0]"),
        ('[{"id": "a", "text": "满意度到85%", "context": {"history": [0.7, 0.8]}}]', "shares 0–1"),
    ],
)
def test_faults_of_a_file_are_told_by_name(
    data: str, named: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "goals.json"
    path.write_text(data, encoding="utf-8")
    assert main(["smart", "--file", str(path), "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert named in told.err
    assert not told.out


def test_every_fault_of_a_file_is_told_at_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, [{"id": "a"}, {"text": "x"}, {"id": "c", "text": ""}])
    assert main(["smart", "--file", path, "--lang", "en"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3
    path = written(tmp_path, [{"text": "x"}] * 50)
    assert main(["smart", "--file", path, "--lang", "en"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "… and 30 more."


def test_a_missing_file_a_file_of_another_encoding_and_no_goal_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["smart", "--file", "no/such.json", "--lang", "en"]) == 1
    assert "there is no file" in capsys.readouterr().err
    path = tmp_path / "goals.json"
    path.write_bytes('[{"id": "a", "text": "满意度"}]'.encode("gbk"))
    assert main(["smart", "--file", str(path), "--lang", "en"]) == 1
    assert "UTF-8" in capsys.readouterr().err
    assert main(["smart", "--lang", "en"]) == 2
    assert main(["smart", "x", "--file", "y", "--lang", "en"]) == 2
    assert main(["smart", "  ", "--lang", "en"]) == 1
    assert "empty" in capsys.readouterr().err

"""A case folder: where tables may stand, and what a notebook run alone finds."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from playbook.bench import open_bench
from playbook.case import find_case, load_case
from playbook.core.problems import RefusedError, errors
from playbook.core.section import Skipped

HOTEL = Path(__file__).parents[1] / "data" / "hotel"
HEAD = 'name = { zh = "案例", en = "Case" }\nreference_date = 2026-07-01\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.toml").write_text(HEAD, encoding="utf-8")
    return tmp_path


def texts(name: str) -> pd.DataFrame:
    return pd.read_csv(HOTEL / f"{name}.csv", dtype=str, keep_default_na=False)


def sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame) -> None:
    page = book.add_worksheet(name)
    page.write_row(0, 0, list(frame.columns))
    for row, values in enumerate(frame.itertuples(index=False), 1):
        page.write_row(row, 0, list(values))


def as_csv(folder: Path) -> None:
    shutil.copy(HOTEL / "pilot.csv", folder / "pilot.csv")


def as_xlsx(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "pilot.xlsx") as book:
        sheet(book, "Sheet1", texts("pilot"))


def as_parquet(folder: Path) -> None:
    texts("pilot").to_parquet(folder / "pilot.parquet")


def as_sheet_of_the_case(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "case.xlsx") as book:
        sheet(book, "notes", pd.DataFrame({"a": ["b"]}))
        sheet(book, "pilot", texts("pilot"))


@pytest.mark.parametrize("store", [as_csv, as_xlsx, as_parquet, as_sheet_of_the_case])
def test_a_table_reads_the_same_wherever_it_stands(folder: Path, store: object) -> None:
    store(folder)  # type: ignore[operator]
    case = load_case(folder)
    assert case.problems == ()
    (loaded,) = case.loaded
    expected = load_case(HOTEL).tables["pilot"]
    pd.testing.assert_frame_equal(case.tables["pilot"], expected)
    assert loaded.rows == len(expected)


def test_a_case_is_found_from_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data" / "mine").mkdir(parents=True)
    shutil.copy(folder / "case.toml", folder / "data" / "mine")
    (folder / "notebooks").mkdir()
    monkeypatch.chdir(folder / "notebooks")
    assert find_case("data/mine") == (folder / "data" / "mine").resolve()
    with pytest.raises(RefusedError, match="no folder data/other"):
        find_case("data/other")


def test_a_file_that_looks_like_a_misspelt_table_is_remarked(folder: Path) -> None:
    shutil.copy(HOTEL / "pilot.csv", folder / "pilott.csv")
    shutil.copy(HOTEL / "pilot.csv", folder / "minutes_of_the_meeting.csv")
    (problem,) = load_case(folder).problems
    assert (problem.level, problem.file, problem.values["near"]) == ("warn", "pilott.csv", "pilot")


def test_an_empty_case_runs_nothing_and_is_no_error(folder: Path) -> None:
    case = load_case(folder)
    assert errors(case.check()) == ()
    bench = open_bench("kano", str(folder), "en", str(folder / "out"))
    result = bench.analyse(lambda _: pytest.fail("must not run"))
    assert isinstance(result, Skipped)
    assert bench.save(result).file == "kano.json"


def test_a_notebook_run_alone_makes_the_earlier_results_itself(tmp_path: Path) -> None:
    bench = open_bench("smart", str(HOTEL), "zh", str(tmp_path))
    assert len(bench.earlier()["goals"]["cards"]) == 17
    assert list(tmp_path.iterdir()) == []

"""Files as people have them: encodings, separators, spellings; and every fault told at once."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.intake import cells
from playbook.core.intake.files import decode, read_raw, separator
from playbook.core.intake.tables import Loaded, read_table
from playbook.core.problems import RefusedError
from playbook.core.schema import Field, Mapped, TableSpec
from playbook.core.text import has

SPEC = TableSpec(
    "sales",
    (
        Field("id", required=True),
        Field("day", "date"),
        Field("amount", "number", low=0),
        Field("rate", "share"),
        Field("score", "likert", low=1, high=5),
        Field("kind", "code", choices=("increase", "decrease")),
        Field("done", "flag"),
        Field("teams", "list"),
        Field("quarter", "period"),
    ),
    key=("id",),
)
GOOD = (
    "id,day,amount,rate,score,kind,done,teams,quarter\n"
    '一,2026年3月5日,"１,２３４.5",85%,5 非常同意,Increase,是,市场；售后,2026Q1\n'
)


def write(folder: Path, text: str, encoding: str = "utf-8", name: str = "sales.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, mapped: Mapped | None = None) -> Loaded:
    return read_table(SPEC, write(folder, text), mapped)


def codes(loaded: Loaded) -> list[str]:
    return [problem.code.removeprefix("intake.") for problem in loaded.problems]


def check_good(loaded: Loaded) -> None:
    assert loaded.problems == ()
    assert loaded.frame is not None
    row = loaded.frame.loc[2]
    assert (row.id, row.day, row.amount, row.rate) == ("一", date(2026, 3, 5), 1234.5, 0.85)
    assert (row.score, row.kind, row.done) == (5.0, "increase", True)
    assert (row.teams, row.quarter) == (("市场", "售后"), "2026-Q1")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    check_good(read_table(SPEC, write(tmp_path, GOOD, encoding)))


@pytest.mark.parametrize("mark", [";", "\t"])
def test_separators(tmp_path: Path, mark: str) -> None:
    header, row = GOOD.splitlines()
    row = row.replace('"１,２３４.5"', "1234.5")
    text = "\n".join([header.replace(",", mark), row.replace(",", mark)])
    check_good(read(tmp_path, text))


def test_xlsx_cells_keep_their_meaning_and_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("sales")
        sheet.write_row(0, 0, [f.name for f in SPEC.fields])
        sheet.write_row(1, 0, ["一", 46086, 1234.5, 0.85, 5, "increase", True, "市场;售后"])
        sheet.write_datetime(
            1, 8, pd.Timestamp("2026-01-01"), book.add_format({"num_format": "yyyy-mm"})
        )
        sheet.write_row(4, 0, ["二", "bad"])
    loaded = read_table(SPEC, path, Mapped(sheet="sales"))
    assert [(p.row, p.column, p.sheet) for p in loaded.problems] == [(5, "day", "sales")]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "sales.parquet"
    pd.DataFrame(
        {"id": ["a", "b"], "amount": [1.5, None], "day": [date(2026, 3, 5), None]}
    ).to_parquet(path)
    loaded = read_table(SPEC, path)
    assert loaded.problems == ()
    assert loaded.frame is not None
    assert loaded.frame.loc[2, "day"] == date(2026, 3, 5)
    assert math.isnan(loaded.frame.loc[3, "amount"])


def test_na_texts_are_blank_and_never_numbers(tmp_path: Path) -> None:
    loaded = read(tmp_path, "id,amount,score\na,N/A,不适用\nb,,(跳过)\n")
    assert loaded.problems == ()
    assert loaded.frame is not None
    assert loaded.frame.amount.isna().all()
    assert loaded.blanks == {"amount": 2, "score": 2}


def test_99_is_refused_with_the_way_to_declare_it_and_blank_once_declared(tmp_path: Path) -> None:
    text = "id,score\na,99\nb,4\n"
    refused = read(tmp_path, text)
    assert codes(refused) == ["out_of_range_code"]
    assert 'blanks = { score = ["99"] }' in refused.problems[0].say("en")
    declared = read(tmp_path, text, Mapped(blanks={"score": ("99",)}))
    assert declared.problems == ()
    assert declared.blanks == {"score": 1}


def test_never_used_is_counted_apart_from_no_answer(tmp_path: Path) -> None:
    how = Mapped(blanks={"*": ("0",)}, never_used={"score": ("6",)})
    loaded = read(tmp_path, "id,score\na,6\nb,0\nc,5\n", how)
    assert (loaded.blanks, loaded.never_used) == ({"score": 1}, {"score": 1})
    assert loaded.frame is not None
    assert loaded.frame.score.tolist()[2] == 5.0


def test_all_faults_of_a_file_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    text = "id,day,amount,rate,kind,done\na,2026-02-30,-1,85,up,maybe\na,03/04/2026,x,,,\n"
    found = {(p.row, p.column, p.code.split(".")[1]) for p in read(tmp_path, text).problems}
    assert found == {
        (3, "id", "key_twice"),
        (2, "day", "no_such_day"),
        (3, "day", "day_ambiguous"),
        (2, "amount", "out_of_range_code"),
        (3, "amount", "not_a_number"),
        (2, "rate", "not_a_share"),
        (2, "kind", "choice_unknown"),
        (2, "done", "not_yes_no"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,id\na,b\n", "header_twice"),
        ("id,\na,b\n", "header_blank"),
        ("amount\n1\n", "column_missing"),
        ("Id number,amount\n1,1\n", "column_missing"),
        ("id,ammount\na,1\n", "column_unknown_near"),
        ("id\n", "no_rows"),
        ("", "empty_file"),
        ("id,amount\na,1\na,2\n", "key_twice"),
        ("id,amount\n,2\n", "cell_blank"),
        ("id,amount\na,1\nb,2,3,4\n", "ragged"),
    ],
)
def test_faults_of_shape(tmp_path: Path, text: str, code: str) -> None:
    loaded = read(tmp_path, text)
    assert code in codes(loaded)
    assert loaded.frame is None
    for problem in loaded.problems:  # every sentence can be said
        assert problem.say("zh")
        assert problem.say("en")


def test_duplicate_headers_are_named_by_their_columns(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "id,amount,id\na,1,b\n").problems
    assert "A, C" in problem.say("en")


def test_an_unknown_extra_column_is_a_remark_not_a_fault(tmp_path: Path) -> None:
    loaded = read(tmp_path, "id,备注\na,好\n")
    assert [(p.level, p.column) for p in loaded.problems] == [("warn", "备注")]
    assert loaded.frame is not None


def test_merged_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sales.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("sales")
        sheet.merge_range(0, 0, 0, 1, "id")
        sheet.write_row(1, 0, ["a", 1])
    assert codes(read_table(SPEC, path)) == ["merged_header"]


def test_a_workbook_named_csv_and_a_text_named_xlsx(tmp_path: Path) -> None:
    text = write(tmp_path, GOOD, name="sales.xlsx")
    assert codes(read_table(SPEC, text)) == ["not_xlsx"]
    book_path = tmp_path / "sales.csv"
    with xlsxwriter.Workbook(book_path) as book:
        book.add_worksheet("s").write_column(0, 0, ["id", "a"])
    assert read_table(SPEC, book_path).problems == ()


def test_undecodable_bytes_are_refused() -> None:
    with pytest.raises(RefusedError, match="encoding"):
        decode(b"id\n\xff\x81\xff", "sales.csv")


def test_mapping_renames_and_says_what_is_missing(tmp_path: Path) -> None:
    how = Mapped(columns={"id": "编号", "amount": "金额"})
    loaded = read(tmp_path, "编号,金额,other\na,5,x\n", how)
    assert loaded.problems == ()
    assert loaded.frame is not None
    assert list(loaded.frame.columns) == ["id", "amount"]
    wrong = read(tmp_path, "编号,金 额\na,5\n", how)
    assert codes(wrong) == ["mapped_missing"]


def test_formula_text_is_kept_as_text_with_a_remark(tmp_path: Path) -> None:
    loaded = read(tmp_path, 'id\n"=1+1"\n')
    assert codes(loaded) == ["formula_text"]
    assert loaded.frame is not None
    assert loaded.frame.id.tolist() == ["=1+1"]


def test_skip_rows_keeps_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    loaded = read(tmp_path, "a title\n\nid,amount\na,bad\n", Mapped(skip_rows=2))
    assert [p.row for p in loaded.problems] == [4]


def test_only_so_many_cells_are_listed(tmp_path: Path) -> None:
    rows = "".join(f"r{i},x\n" for i in range(50))
    loaded = read(tmp_path, "id,amount\n" + rows)
    assert len(loaded.problems) == 21
    assert loaded.problems[-1].values["more"] == 30


def test_separator_ignores_quoted_text() -> None:
    assert separator('"a,b,c";d') == ";"


def test_raw_rows_without_any_text_are_left_out_but_counted(tmp_path: Path) -> None:
    raw = read_raw(write(tmp_path, "id\n\n\na\n"))
    assert list(raw.frame.index) == [4]


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 3)))
def test_any_number_reads_back_in_every_spelling(x: float) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in f"{x:.3f}")
    assert cells.number(f"{x:,.3f}") == pytest.approx(x)
    assert cells.number(wide) == pytest.approx(x)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_any_day_reads_back_in_every_spelling(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    spellings = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}",
                 f"{day:%Y%m%d}", str(serial))  # fmt: skip
    assert {cells.day(text) for text in spellings} == {day}


READERS = (cells.number, cells.share, cells.integer, cells.day, cells.period, cells.flag,
           cells.likert)  # fmt: skip


def told(read_cell: Callable[[str], object], text: str) -> str:
    """The code a reader refuses a text with; ``read`` if it reads it."""
    try:
        read_cell(text)
    except ValueError as refused:
        return str(refused)
    return "read"


@given(st.text(max_size=30))
def test_no_text_crashes_a_reader_and_each_refusal_has_its_sentence(text: str) -> None:
    for code in {told(read_cell, text) for read_cell in READERS} - {"read"}:
        assert has(f"intake.problem.{code}", "zh"), code


@given(st.text(st.sampled_from('ab,;"\n\t=１\x00满'), max_size=60))
def test_no_file_crashes_the_reading(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        loaded = read(Path(folder), text)
    assert loaded.frame is not None or loaded.problems

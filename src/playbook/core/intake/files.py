"""Files as text: CSV in the encodings and separators met in practice, xlsx, parquet.

Nothing is interpreted here but the bytes: every cell is text as the file holds it, and every row
keeps the number a spreadsheet shows for it.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from playbook.core.problems import Problem, RefusedError, did_you_mean

SUFFIXES = (".csv", ".xlsx", ".parquet")
_SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile('"[^"]*"')
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class RawTable:
    """A table as text. frame: one column per header in order, index = spreadsheet row."""

    file: str
    sheet: str
    headers: tuple[str, ...]
    frame: pd.DataFrame


def read_raw(path: Path, sheet: str = "", skip_rows: int = 0) -> RawTable:
    """Read one table of a file. Raises RefusedError if the file cannot be read as a table."""
    if not path.is_file():
        raise RefusedError([Problem("intake.file_missing", file=path.name)])
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == _ZIP:
        return _read_xlsx(path, sheet, skip_rows)
    if path.suffix == ".xlsx":
        raise RefusedError([Problem("intake.not_xlsx", file=path.name)])
    if path.suffix == ".parquet":
        return _read_parquet(path)
    return _read_csv(path, skip_rows)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook; none if it is not one."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return tuple(CalamineWorkbook.from_path(path).sheet_names)
    except (CalamineError, OSError, zipfile.BadZipFile):
        return ()


def decode(data: bytes, file: str) -> str:
    """Bytes to text: UTF-8, UTF-16 or GB18030 (which holds GBK), told by mark and validity.

    >>> decode("满意".encode("gbk"), "a.csv"), decode("满意".encode("utf-16"), "a.csv")
    ('满意', '满意')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data[:200]:
        tries = ("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be",)
    else:
        tries = ("utf-8-sig", "gb18030")
    for encoding in tries:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError([Problem("intake.encoding", file=file)])


def separator(text: str) -> str:
    """The separator of the header line: the one that cuts it into most cells.

    >>> separator('a;"b,c,d";e'), separator("a\\tb")
    (';', '\\t')
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_SEPARATORS, key=bare.count)


def _read_csv(path: Path, skip_rows: int) -> RawTable:
    text = decode(path.read_bytes(), path.name)
    mark = separator("\n".join(text.splitlines()[skip_rows : skip_rows + 5]))
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=mark,
            header=None,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            skiprows=skip_rows,
            low_memory=False,
        )
    except pd.errors.EmptyDataError:
        raise RefusedError([Problem("intake.empty_file", file=path.name)]) from None
    except pd.errors.ParserError as fault:
        cause = str(fault).strip().splitlines()[-1]
        problem = Problem("intake.ragged", file=path.name, values={"cause": cause})
        raise RefusedError([problem]) from None
    return _raw(path.name, "", frame, skip_rows)


def _read_xlsx(path: Path, sheet: str, skip_rows: int) -> RawTable:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, zipfile.BadZipFile) as fault:
        raise RefusedError([Problem("intake.not_xlsx", file=path.name)]) from fault
    wanted = sheet or book.sheet_names[0]
    if wanted not in book.sheet_names:
        near = did_you_mean(wanted, book.sheet_names)
        values = {"known": ", ".join(book.sheet_names), "near": near}
        raise RefusedError(
            [Problem("intake.sheet_missing", file=path.name, value=wanted, values=values)]
        )
    page = book.get_sheet_by_name(wanted)
    _refuse_merged_header(path.name, wanted, page.merged_cell_ranges or [], skip_rows)
    cells = [[_text(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]
    if not cells[skip_rows:]:
        raise RefusedError([Problem("intake.empty_file", file=path.name, sheet=wanted)])
    return _raw(path.name, wanted, pd.DataFrame(cells[skip_rows:], dtype=object), skip_rows)


def _refuse_merged_header(
    file: str, sheet: str, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], row: int
) -> None:
    across = [r for r in merged if r[0][0] <= row <= r[1][0]]
    if across:
        raise RefusedError([Problem("intake.merged_header", file=file, sheet=sheet, row=row + 1)])


def _read_parquet(path: Path) -> RawTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as fault:
        raise RefusedError([Problem("intake.not_parquet", file=path.name)]) from fault
    columns = [[_text(cell) for cell in column.to_pylist()] for column in table.columns]
    frame = pd.DataFrame(dict(enumerate(columns)), dtype=object)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return RawTable(path.name, "", tuple(table.column_names), frame)


def _raw(file: str, sheet: str, frame: pd.DataFrame, skip_rows: int) -> RawTable:
    frame = frame.fillna("").astype(object)
    frame.index = pd.RangeIndex(skip_rows + 1, skip_rows + 1 + len(frame))
    headers = tuple(str(cell) for cell in frame.iloc[0])
    body = frame.iloc[1:]
    filled = [any(text.strip() for text in row) for row in body.itertuples(index=False, name=None)]
    body = body.loc[filled]
    last = max((i for i, h in enumerate(headers) if h.strip()), default=-1)
    used = [i for i in range(len(headers)) if i <= last or (body.iloc[:, i] != "").any()]
    body = body.iloc[:, used].set_axis(range(len(used)), axis=1)
    return RawTable(file, sheet, tuple(headers[i] for i in used), body)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell == round(cell) and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)

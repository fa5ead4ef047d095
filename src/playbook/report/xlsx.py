"""The report's tables as a workbook: one sheet each, numbers as numbers, text never a formula."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from playbook.core.records import write_bytes
from playbook.core.section import Cell, Column, Conclusion, Table
from playbook.core.text import Lang, say
from playbook.report.model import Report

MOST_CHARACTERS = 32_767
"""A spreadsheet cell holds no more."""

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
"""Text stays text, whatever it begins with."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {
    "percent": "0.{0}%",
    "points": "+0.{0};-0.{0};0.{0}",
    "signed": "+0.{0};-0.{0};0.{0}",
    "number": "#,##0.{0}",
    "money": "#,##0.{0}",
    "integer": "#,##0",
    "p": "0.0000",
}


def to_xlsx(report: Report) -> bytes:
    """Render the workbook: a first sheet with the summary, then a sheet per table."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(_SAFE)) as book:
        book.set_properties({"title": report.name, "created": _created(report.dated)})
        writer = _Writer(book, report.lang)
        writer.summary(report)
        for section, table in report.tables:
            writer.table(f"{section.id}.{table.id}", table)
    return out.getvalue()


def pages_xlsx(
    title: str, dated: str, lang: Lang, whole: Table, pages: Iterable[tuple[str, Sequence[Table]]]
) -> bytes:
    """A workbook of one long table and then a sheet for each page (its name, its tables)."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(_SAFE)) as book:
        book.set_properties({"title": clean(title), "created": _created(dated)})
        writer = _Writer(book, lang)
        writer.table(whole.title, whole)
        for name, tables in pages:
            writer.stack(name, name, tables)
    return out.getvalue()


def write_xlsx(report: Report, out: Path) -> Path:
    """Write ``report.xlsx`` into out, whole or not at all."""
    path = out / "report.xlsx"
    write_bytes(path, to_xlsx(report))
    return path


class _Writer:
    """One workbook being written."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self.names: set[str] = set()
        self.head = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top", "bg_color": "#EAF3F9"}
        )
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats: dict[str, Any] = {}

    def summary(self, report: Report) -> None:
        sheet = self._sheet(say("report.sheet_summary", self.lang))
        sheet.write_string(0, 0, clean(report.name), self.title)
        if report.synthetic:
            sheet.write_string(1, 0, say("report.synthetic", self.lang))
        labels = [say(f"report.column.{key}", self.lang) for key in
                  ("chapter", "certainty", "conclusion", "next")]  # fmt: skip
        sheet.write_row(3, 0, labels, self.head)
        for row, cells in enumerate(_summary_rows(report), 4):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, clean(text), self.wrap)
        for column, width in enumerate((22, 10, 90, 60)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(4, 0)

    def table(self, name: str, table: Table) -> None:
        sheet = self._sheet(name)
        self._table(sheet, table, 0)
        sheet.freeze_panes(3, 1)

    def stack(self, name: str, title: str, tables: Iterable[Table]) -> None:
        """One sheet with several tables under each other, to be printed on a page."""
        sheet = self._sheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.write_string(0, 0, clean(title), self.title)
        row = 2
        for table in tables:
            row = self._table(sheet, table, row) + 1
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 12, 16)

    def _table(self, sheet: Any, table: Table, top: int) -> int:
        """Write a table from the row top on; returns the first row below it."""
        sheet.write_string(top, 0, clean(table.title), self.title)
        columns = list(_spread(table, self.lang))
        for at, (key, label, column) in enumerate(columns):
            sheet.write_string(top + 2, at, clean(label), self.head)
            widest = max([len(str(label)), *(len(_as_text(row.get(key))) for row in table.rows)])
            sheet.set_column(at, at, min(60, max(9, widest * (1.7 if _wide(label) else 1.15))))
            for row, cells in enumerate(table.rows, top + 3):
                self._write(sheet, row, at, cells.get(key), column)
        below = top + 3 + len(table.rows)
        if table.note:
            sheet.write_string(below + 1, 0, clean(table.note))
        return below + (2 if table.note else 0)

    def _write(self, sheet: Any, row: int, at: int, value: Cell, column: Column) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_string(row, at, say("display.yes" if value else "display.no", self.lang))
        elif isinstance(value, date):
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day),
                                 self._format("yyyy-mm-dd"))  # fmt: skip
        elif isinstance(value, str):
            sheet.write_string(row, at, clean(value), self.wrap)
        else:
            scaled = value * 100 if column.kind == "points" else value
            sheet.write_number(row, at, scaled, self._format(_number_format(column)))

    def _format(self, code: str) -> Any:
        if code not in self.formats:
            self.formats[code] = self.book.add_format({"num_format": code, "valign": "top"})
        return self.formats[code]

    def _sheet(self, name: str) -> Any:
        base = _FORBIDDEN.sub("_", name)[:31]
        unique, count = base, 1
        while unique.lower() in self.names:
            count += 1
            unique = f"{base[:28]}_{count}"
        self.names.add(unique.lower())
        return self.book.add_worksheet(unique)


def clean(text: str) -> str:
    """Text as a cell may hold it: no control characters, not too long.

    >>> clean("a\\x00b")
    'ab'
    """
    return _CONTROL.sub("", text)[:MOST_CHARACTERS]


def _spread(table: Table, lang: Lang) -> Iterator[tuple[str, str, Column]]:
    """Columns with their interval ends as columns of their own: (key, label, how shown)."""
    for column in table.columns:
        unit = say("display.pp", lang) if column.kind == "points" else ""
        yield column.key, f"{column.label}{f' ({unit.strip()})' if unit else ''}", column
        if column.low:
            yield column.low, f"{column.label} · {say('report.low', lang)}", column
        if column.high:
            yield column.high, f"{column.label} · {say('report.high', lang)}", column


def _summary_rows(report: Report) -> Iterator[tuple[str, str, str, str]]:
    for part in report.summary:
        for c in part.conclusions:
            yield part.title, _certainty(c, report.lang), c.text, c.next_step


def _certainty(conclusion: Conclusion, lang: Lang) -> str:
    return say(f"certainty.{conclusion.certainty}", lang)


def _number_format(column: Column) -> str:
    code = _FORMATS.get(column.kind, "General").format("0" * column.digits)
    return code.replace("0.%", "0%").replace("0.;", "0;").removesuffix(".")


def _as_text(value: Cell) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value if value is not None else "")


def _wide(label: str) -> bool:
    return any(ord(c) > 0x2E80 for c in label)


def _created(dated: str) -> datetime:
    return datetime.fromisoformat(dated)

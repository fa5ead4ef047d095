"""How a table must look: its columns, their kinds, ranges and codes.

A chapter declares its tables in ``chapters/<chapter>/inputs.py``; intake reads files by them.
"""

from dataclasses import dataclass, field
from typing import Literal

FieldKind = Literal[
    "text",  # as written
    "code",  # one of choices (case and width of letters do not matter)
    "number",  # 1,234.5  85%  １２
    "share",  # held 0-1; "85%" is read as 0.85; a bare number must lie in 0..1
    "integer",
    "date",  # 2026-03-05, 2026/3/5, 2026年3月5日, an Excel serial number
    "period",  # 2026, 2026-Q1, 2026-03, 2026-W09
    "likert",  # an answer on a scale: a number, or a label of agreement or satisfaction
    "flag",  # yes/no, 1/0, 是/否
    "list",  # several texts separated by ; or ；: held as tuple of str
]

BLANKS: tuple[str, ...] = (
    "", "N/A", "n/a", "NA", "#N/A", "NULL", "null", "None", "nan", "-", "--", "—", "/",
    "不适用", "不清楚", "无", "空", "(空)", "（空）", "(跳过)", "（跳过）",
)  # fmt: skip
"""Texts that everywhere mean "no answer". Numbers never do unless the case declares them."""


@dataclass(frozen=True)
class Field:
    """One column. low and high bound numbers, ends included; choices are the codes allowed."""

    name: str
    kind: FieldKind = "text"
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """One table. key: columns that together may not repeat.

    extra: what to do with columns that are not declared: ``refuse`` says so with the nearest
    known name; ``keep`` hands them on as text (wide surveys, whose layout the chapter reads).
    """

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    extra: Literal["refuse", "keep"] = "refuse"

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields if f.required)


@dataclass(frozen=True)
class Mapped:
    """What case.toml says of one table: ``[tables.<name>]``.

    file, sheet: where it stands if not in ``<name>.csv``. columns: our name -> the file's header.
    blanks: our column name (or "*") -> values that mean "no answer". never_used: likewise for
    "never used", kept apart from no answer. skip_rows: lines above the header.
    """

    file: str = ""
    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    never_used: dict[str, tuple[str, ...]] = field(default_factory=dict)
    skip_rows: int = 0

"""A text table against its schema: a typed frame, and every fault of the file at once."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from playbook.core.inputs import Place
from playbook.core.intake import cells
from playbook.core.intake.files import RawTable, read_raw
from playbook.core.problems import Level, Problem, RefusedError, did_you_mean
from playbook.core.schema import BLANKS, Field, Mapped, TableSpec

MOST_PER_COLUMN = 20
"""So many faulty cells of one column are listed; the rest are counted."""

_READERS: Mapping[str, Callable[[str], Any]] = {
    "number": cells.number,
    "share": cells.share,
    "integer": cells.integer,
    "likert": cells.likert,
    "date": cells.day,
    "period": cells.period,
    "flag": cells.flag,
    "list": cells.several,
}
_FLOATS = {"number", "share", "integer", "likert"}
_BLANKS = frozenset(cells.normalise(text) for text in BLANKS)
# Numbers that survey tools write for "no answer": named in the message, never assumed
_USUAL_BLANK_CODES = {-9.0, -3.0, -2.0, -1.0, 0.0, 6.0, 8.0, 9.0, 11.0, 88.0, 98.0, 99.0, 999.0}


@dataclass(frozen=True)
class Loaded:
    """A table as read: the typed frame (None if it cannot be used), its place and problems.

    blanks and never_used count such cells by column.
    """

    name: str
    frame: pd.DataFrame | None
    place: Place
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    blanks: Mapping[str, int] = field(default_factory=dict)
    never_used: Mapping[str, int] = field(default_factory=dict)


def read_table(spec: TableSpec, path: Path, mapped: Mapped | None = None) -> Loaded:
    """Read a file by its schema. Never raises for bad content: the problems say it all."""
    how = mapped or Mapped()
    place = Place(path.name, how.sheet)
    try:
        raw = read_raw(path, how.sheet, how.skip_rows)
    except RefusedError as refused:
        return Loaded(spec.name, None, place, problems=refused.problems)
    return _Reading(spec, how, raw).loaded()


class _Reading:
    """One table being read: gathers problems, so that all are told at once."""

    def __init__(self, spec: TableSpec, how: Mapped, raw: RawTable) -> None:
        self.spec, self.how, self.raw = spec, how, raw
        self.problems: list[Problem] = []
        self.blanks: dict[str, int] = {}
        self.never_used: dict[str, int] = {}

    def loaded(self) -> Loaded:
        at = self._columns()
        frame: pd.DataFrame | None = None
        if not self._faulty():
            frame = pd.DataFrame(
                {name: self._column(name, self.raw.frame[i]) for name, i in at.items()},
                index=self.raw.frame.index,
            )
            frame.index.name = "row"
            self._check_rows(frame)
        return Loaded(
            self.spec.name,
            None if self._faulty() else frame,
            Place(self.raw.file, self.raw.sheet),
            len(self.raw.frame),
            tuple(self.problems),
            self.blanks,
            self.never_used,
        )

    def _faulty(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    def _tell(
        self,
        code: str,
        level: Level = "error",
        row: int | None = None,
        column: str = "",
        value: str = "",
        **values: str | int | float,
    ) -> None:
        file, sheet = self.raw.file, self.raw.sheet
        self.problems.append(
            Problem(f"intake.{code}", level, file, sheet, row, column, value, values)
        )

    # --- columns

    def _columns(self) -> dict[str, int]:
        """Our column names and their place in the file."""
        headers = [cells.normalise(h) for h in self.raw.headers]
        self._check_headers(headers)
        place = {header: headers.index(header) for header in headers}
        renamed = self._renamed(place)
        lower = {f.name.lower(): f.name for f in self.spec.fields}
        at: dict[str, int] = {}
        for header, i in place.items():
            name = renamed.get(header, lower.get(header.lower(), header))
            if self.spec.field(name) or header in renamed or self.spec.extra == "keep":
                at[name] = i
            elif header and not self.how.columns:
                self._unknown(header, headers)
        for name in self.spec.required:
            if name not in at:
                near = did_you_mean(name, headers)
                code = "column_missing_near" if near else "column_missing"
                self._tell(code, column=name, near=near, found=", ".join(headers))
        return at

    def _renamed(self, place: Mapping[str, int]) -> dict[str, str]:
        """The file's headers that case.toml gives our names to."""
        out: dict[str, str] = {}
        for name, header in self.how.columns.items():
            wanted = cells.normalise(header)
            if wanted not in place:
                near = did_you_mean(wanted, place)
                self._tell("mapped_missing", column=name, value=header, near=near or "–")
            elif self.spec.field(name) is None and self.spec.extra == "refuse":
                near = did_you_mean(name, [f.name for f in self.spec.fields])
                self._tell("mapped_unknown", column=name, value=header, near=near or "–")
            out[wanted] = name
        return out

    def _check_headers(self, headers: Sequence[str]) -> None:
        for i, header in enumerate(headers):
            if not header:
                self._tell("header_blank", row=self._header_row(), column=letter(i))
            elif header in headers[:i]:
                columns = f"{letter(headers.index(header))}, {letter(i)}"
                self._tell("header_twice", row=self._header_row(), value=header, columns=columns)

    def _unknown(self, header: str, headers: Sequence[str]) -> None:
        absent = [f.name for f in self.spec.fields if f.name not in headers]
        near = did_you_mean(header, absent)
        if near:
            self._tell("column_unknown_near", column=header, near=near)
        else:
            known = ", ".join(f.name for f in self.spec.fields)
            self._tell("column_unknown", "warn", column=header, known=known)

    def _header_row(self) -> int:
        return self.how.skip_rows + 1

    # --- cells

    def _column(self, name: str, texts: pd.Series) -> pd.Series:
        """The typed values of one column: each distinct text is read once."""
        spec = self.spec.field(name) or Field(name)
        blank, never = self._codes(self.how.blanks, name), self._codes(self.how.never_used, name)
        values: dict[str, Any] = {}
        counts = {"blank": 0, "never": 0}
        faults: dict[str, str] = {}
        for text, count in Counter(texts).items():
            plain = cells.normalise(text)
            if plain in never:
                counts["never"] += count
            elif plain in _BLANKS or plain in blank:
                counts["blank"] += count
            else:
                try:
                    values[text] = self._value(spec, text, plain)
                except ValueError as fault:
                    faults[text] = str(fault)
        self._tell_faults(spec, texts, faults)
        if counts["blank"]:
            self.blanks[name] = counts["blank"]
        if counts["never"]:
            self.never_used[name] = counts["never"]
        self._check_blank(spec, texts, values, faults)
        typed = [values.get(text) for text in texts]
        if spec.kind in _FLOATS:
            floats = [np.nan if v is None else v for v in typed]
            return pd.Series(floats, index=texts.index, dtype="float64")
        return pd.Series(typed, index=texts.index, dtype=object)

    def _value(self, spec: Field, text: str, plain: str) -> Any:
        if spec.kind == "text":
            if plain[:1] == "=":
                self._tell_once("formula_text", spec.name, text)
            return text.strip()
        if spec.kind == "code":
            return _choice(spec, plain)
        value = _READERS[spec.kind](text)
        if isinstance(value, float):
            _check_range(spec, value)
        return value

    def _tell_once(self, code: str, column: str, value: str) -> None:
        if not any(p.code == f"intake.{code}" and p.column == column for p in self.problems):
            self._tell(code, "warn", column=column, value=value)

    def _tell_faults(self, spec: Field, texts: Any, faults: Mapping[str, str]) -> None:
        if not faults:
            return
        wrong = [(row, text) for row, text in texts.items() if text in faults]
        for row, text in wrong[:MOST_PER_COLUMN]:
            self._tell(faults[text], row=row, column=spec.name, value=text, **_expected(spec, text))
        if len(wrong) > MOST_PER_COLUMN:
            self._tell("more_cells", column=spec.name, more=len(wrong) - MOST_PER_COLUMN)

    def _check_blank(
        self, spec: Field, texts: Any, values: Mapping[str, Any], faults: Mapping[str, str]
    ) -> None:
        if not spec.required:
            return
        empty = [row for row, text in texts.items() if text not in values and text not in faults]
        for row in empty[:MOST_PER_COLUMN]:
            self._tell("cell_blank", row=row, column=spec.name)
        if len(empty) > MOST_PER_COLUMN:
            self._tell("more_cells", column=spec.name, more=len(empty) - MOST_PER_COLUMN)

    @staticmethod
    def _codes(declared: Mapping[str, tuple[str, ...]], name: str) -> set[str]:
        return {cells.normalise(v) for v in (*declared.get("*", ()), *declared.get(name, ()))}

    # --- rows

    def _check_rows(self, frame: pd.DataFrame) -> None:
        if frame.empty:
            self._tell("no_rows")
        key = [name for name in self.spec.key if name in frame]
        if not key or len(key) < len(self.spec.key):
            return
        twice = frame.duplicated(key, keep="first")
        first: dict[tuple[Any, ...], int] = {}
        for row, values in zip(frame.index, frame[key].itertuples(index=False), strict=True):
            first.setdefault(tuple(values), int(row))
        for row in list(frame.index[twice])[:MOST_PER_COLUMN]:
            same = tuple(frame.loc[row, key])
            shown = " / ".join(str(v) for v in same)
            other = first[same]
            self._tell("key_twice", row=int(row), column=", ".join(key), value=shown, other=other)


def letter(i: int) -> str:
    """The spreadsheet's name of column i (0 is A).

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    return (letter(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def _choice(spec: Field, plain: str) -> str:
    by_lower = {choice.lower(): choice for choice in spec.choices}
    if plain.lower() not in by_lower:
        near = did_you_mean(plain.lower(), by_lower)
        raise ValueError("choice_unknown_near" if near else "choice_unknown")
    return by_lower[plain.lower()]


def _check_range(spec: Field, value: float) -> None:
    low, high = spec.low, spec.high
    if (low is not None and value < low) or (high is not None and value > high):
        usual = value in _USUAL_BLANK_CODES
        raise ValueError("out_of_range_code" if usual else "out_of_range")


def _expected(spec: Field, text: str) -> dict[str, Any]:
    low = "" if spec.low is None else f"{spec.low:g}"
    high = "" if spec.high is None else f"{spec.high:g}"
    near = did_you_mean(cells.normalise(text).lower(), [c.lower() for c in spec.choices])
    choices = ", ".join(spec.choices)
    return {"low": low or "…", "high": high or "…", "choices": choices, "near": near}

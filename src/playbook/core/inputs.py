"""What a chapter is given: typed tables, its settings, facts of the case, earlier results.

Tables are pandas DataFrames whose index is the row number a spreadsheet shows (the first data row
is 2), with one column per declared column: text is str or None, number/share/integer/likert are
float64 with NaN for missing, dates are datetime.date or None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

import pandas as pd

from playbook.core.problems import Level, Problem
from playbook.core.text import Name

S = TypeVar("S")


@dataclass(frozen=True)
class Facts:
    """What holds for the whole case. reference_date is the day relative dates are counted from."""

    reference_date: date
    currency: str = ""
    seed: int = 1
    synthetic: bool = False
    departments: tuple[str, ...] = ()
    strategy_themes: tuple[str, ...] = ()
    sector: str = ""

    def seed_or(self, own: int | None) -> int:
        """A chapter's own seed, else the case's."""
        return self.seed if own is None else own


@dataclass(frozen=True)
class Place:
    """Where a table came from."""

    file: str
    sheet: str = ""


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a case by name. Only tables that are there: ask ``"kano" in tables``."""

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        places: Mapping[str, Place] | None = None,
        never_used: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self._frames = dict(frames)
        self._places = dict(places or {})
        self._never_used = dict(never_used or {})
        self._names: dict[str, Name] | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def rows(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """Each row with its spreadsheet number; missing cells None; none if the table is absent.

        For tables of cards and logs. Surveys are counted as columns, not walked row by row.
        """
        if name not in self:
            return []
        frame = self[name]
        columns = [str(column) for column in frame.columns]
        return [
            (int(at), {c: _plain(v) for c, v in zip(columns, values, strict=True)})
            for at, values in zip(
                frame.index, frame.itertuples(index=False, name=None), strict=True
            )
        ]

    def never_used(self, table: str) -> Mapping[str, int]:
        """Per column the number of cells that say "never used", kept apart from no answer."""
        return self._never_used.get(table, {})

    def names(self) -> Mapping[str, Name]:
        """The client's own names of codes, from the table ``labels`` (id, zh, en)."""
        if self._names is None:
            rows = self["labels"].itertuples(index=False) if "labels" in self else ()
            self._names = {str(row.id): Name(str(row.zh), str(row.en)) for row in rows}
        return self._names

    def problem(
        self,
        table: str,
        code: str,
        *,
        level: Level = "error",
        row: int | None = None,
        column: str = "",
        value: object = "",
        **values: str | int | float,
    ) -> Problem:
        """Build a problem located in one of these tables."""
        place = self._places.get(table, Place(f"{table}.csv"))
        names = self.names()
        named = {v: names[v] for v in (str(value), *map(str, values.values())) if v in names}
        return Problem(code, level, place.file, place.sheet, row, column, str(value), values, named)


@dataclass(frozen=True)
class Inputs(Generic[S]):
    """All that ``analyse`` and ``check`` of a chapter are given.

    earlier maps a chapter's name to its saved result as plain JSON data; a chapter that did not
    run is absent.
    """

    tables: Tables
    settings: S
    facts: Facts
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def _plain(value: Any) -> Any:
    """A cell as a plain Python value; not-a-number is None."""
    if value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value.item() if hasattr(value, "item") else value


def names_for(ids: "list[str] | tuple[str, ...]", names: Mapping[str, Name]) -> dict[str, Name]:
    """The names of these ids in both languages; an id without a name stands for itself."""
    return {key: names.get(key, Name(key, key)) for key in ids}

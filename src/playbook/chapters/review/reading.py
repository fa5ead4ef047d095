"""Rows of the tables and cards of the goal set, with blanks as None."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.core.inputs import Inputs, Tables
from playbook.core.text import Name


@dataclass(frozen=True)
class Row:
    """One row: its spreadsheet number and its cells; an absent column reads as blank."""

    number: int
    cells: Mapping[str, Any]

    def get(self, column: str) -> Any:
        value = self.cells.get(column)
        return None if value is None or value != value or value == "" else value

    def num(self, column: str) -> float | None:
        value = self.get(column)
        return None if value is None else float(value)

    def text(self, column: str) -> str:
        value = self.get(column)
        return "" if value is None else str(value)

    def day(self, column: str) -> date | None:
        value = self.get(column)
        return value if isinstance(value, date) else None

    def yes(self, column: str) -> bool:
        return bool(self.get(column))


def rows(tables: Tables, name: str) -> list[Row]:
    """The rows of a table; none if the case does not hold it."""
    if name not in tables:
        return []
    frame = tables[name]
    columns = [str(column) for column in frame.columns]
    return [
        Row(int(number), dict(zip(columns, cells, strict=True)))
        for number, cells in zip(frame.index, frame.itertuples(index=False), strict=True)
    ]


@dataclass(frozen=True)
class Card:
    """A goal card as the chapter goals saved it; blank where a field is absent."""

    goal_id: str
    fields: Mapping[str, Any]

    def text(self, field: str) -> str:
        value = self.fields.get(field)
        return "" if value is None else str(value)

    def num(self, field: str) -> float | None:
        value = self.fields.get(field)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if number and value is not None else None

    def day(self, field: str) -> date | None:
        value = self.fields.get(field)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None


def cards(inputs: Inputs[Any]) -> dict[str, Card]:
    """The goal cards of the round under review, by goal id."""
    saved = inputs.earlier.get("goals", {}).get("cards") or ()
    return {str(c["goal_id"]): Card(str(c["goal_id"]), c) for c in saved if c.get("goal_id")}


def known_names(inputs: Inputs[Any]) -> dict[str, Name]:
    """Names from the table labels, and from the saved goals for ids without a label."""
    saved = inputs.earlier.get("goals", {}).get("names") or {}
    found = {
        str(key): Name(str(name["zh"]), str(name["en"]))
        for key, name in saved.items()
        if isinstance(name, Mapping) and {"zh", "en"} <= set(name)
    }
    return {**found, **inputs.tables.names()}

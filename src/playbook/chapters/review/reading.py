"""Rows of the tables and cards of the goal set, with blanks as None."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.core.inputs import Inputs, Tables
from playbook.core.metrics import dictionary
from playbook.core.text import Name


def earlier(inputs: Inputs[Any], chapter: str) -> Mapping[str, Any]:
    """The saved result of a chapter; empty if it did not run."""
    return inputs.earlier.get(chapter) or {}


@dataclass(frozen=True)
class Row:
    """One row: its spreadsheet number and its cells; an absent column reads as blank."""

    number: int
    cells: Mapping[str, Any]

    def get(self, column: str) -> Any:
        value = self.cells.get(column)
        return None if value == "" else value

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
    return [Row(number, cells) for number, cells in tables.rows(name)]


WORDS_OF_CARD = ("metric_id", "direction", "comparator", "unit", "start", "due", "owner")


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


def saved_cards(inputs: Inputs[Any]) -> dict[str, Card]:
    """The goal cards as the chapter goals saved them, by goal id."""
    saved = earlier(inputs, "goals").get("cards") or ()
    return {str(c["goal_id"]): Card(str(c["goal_id"]), c) for c in saved if c.get("goal_id")}


def cards(inputs: Inputs[Any]) -> dict[str, Card]:
    """The saved goal cards; without them the words and dates of the table goals.

    Its numbers are left out: how they are written is the business of the chapter goals.
    """
    if found := saved_cards(inputs):
        return found
    return {
        row.text("goal_id"): Card(row.text("goal_id"), {c: row.get(c) for c in WORDS_OF_CARD})
        for row in rows(inputs.tables, "goals")
    }


def known_names(inputs: Inputs[Any]) -> dict[str, Name]:
    """Names from the table labels; without a label, of the saved goals or the metrics."""
    metrics = {
        row.text("metric_id"): Name(row.text("name_zh_hans"), row.text("name_en"))
        for row in rows(inputs.tables, "goals_metrics")
    }
    saved = earlier(inputs, "goals").get("names") or {}
    found = {
        str(key): Name(str(name["zh"]), str(name["en"]))
        for key, name in saved.items()
        if isinstance(name, Mapping) and {"zh", "en"} <= set(name)
    }
    shipped = {key: metric.name for key, metric in dictionary().items()}
    return {**shipped, **metrics, **found, **inputs.tables.names()}

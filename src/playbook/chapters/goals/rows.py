"""Rows of the tables as plain values, and shares written as 0.85 or 85 brought to one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.chapters.goals.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric, dictionary, with_rows


@dataclass(frozen=True)
class Row:
    """One row; at is its number in the spreadsheet. A column that is not there is None."""

    at: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells.get(column)


def rows_of(inputs: Inputs[Settings], table: str) -> tuple[Row, ...]:
    """The rows of a table, missing cells None; empty if the table is not there."""
    return tuple(Row(at, cells) for at, cells in inputs.tables.rows(table))


def metrics_of(inputs: Inputs[Settings]) -> Mapping[str, Metric]:
    """The dictionary with the case's own rows."""
    rows = rows_of(inputs, "goals_metrics")
    return with_rows(row.cells for row in rows) if rows else dictionary()


def share_factor(values: Iterable[float | None], mode: str = "auto") -> float | None:
    """What written shares are multiplied by to lie in 0..1; None if one column holds both ways.

    >>> share_factor([0.7, 0.85]), share_factor([70, 85]), share_factor([0.7, 85])
    (1.0, 0.01, None)
    """
    if mode != "auto":
        return 0.01 if mode == "percent" else 1.0
    sizes = [abs(v) for v in values if v]
    if all(size <= 1 for size in sizes):
        return 1.0
    return 0.01 if all(size > 1 for size in sizes) else None


def scaled(value: float | None, factor: float) -> float | None:
    """A share on the 0-1 scale, without the noise of 0.07 * 100."""
    return None if value is None else value if factor == 1.0 else value / 100

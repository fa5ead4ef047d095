"""Tables of the chapter goals built from plain rows, as intake would hand them over."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.goals.analysis import check
from playbook.chapters.goals.inputs import TABLES, Settings
from playbook.core.inputs import Facts, Inputs, Tables

FLOATS = {"number", "share", "integer", "likert"}
KINDS = {spec.name: {f.name: f.kind for f in spec.fields} for spec in TABLES}
CARD: dict[str, Any] = {
    "goal_id": "G1", "metric_id": "csat", "direction": "increase", "baseline": 75.0,
    "baseline_n": 400, "baseline_period": "2025-12", "target": 85.0, "unit": "%",
    "start": date(2026, 1, 1), "due": date(2026, 12, 31), "source": "survey",
    "owner": "Li", "customer_need": "fast", "participants": ("sales",),
}  # fmt: skip


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = list(dict.fromkeys(key for row in rows for key in row))
    made = {
        name: pd.Series(
            [row.get(name) for row in rows],
            dtype="float64" if KINDS[table][name] in FLOATS else object,
        )
        for name in names
    }
    out = pd.DataFrame(made)
    out.index = pd.RangeIndex(2, len(out) + 2)
    return out


@pytest.fixture(scope="session")
def goals_card() -> Callable[..., dict[str, Any]]:
    """``goals_card(target=90)``: a sound card with changes."""
    return lambda **changes: CARD | changes


@pytest.fixture(scope="session")
def goals_case() -> Callable[..., Inputs[Settings]]:
    """``goals_case(settings, facts, earlier, goals=[...], goals_needs=[...])``."""

    def build(
        settings: Settings | None = None,
        facts: Facts | None = None,
        earlier: dict[str, Any] | None = None,
        **tables: list[dict[str, Any]],
    ) -> Inputs[Settings]:
        given = {"goals": [CARD], **tables}
        frames = {name: _frame(name, rows) for name, rows in given.items() if rows}
        used = settings or Settings()
        return Inputs(Tables(frames), used, facts or Facts(date(2026, 1, 1)), earlier or {})

    return build


@pytest.fixture(scope="session")
def goals_codes() -> Callable[[Inputs[Settings]], set[str]]:
    """The codes of all that ``check`` says."""
    return lambda given: {p.code.removeprefix("goals.") for p in check(given)}

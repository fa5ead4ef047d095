"""The table ``tree`` as goals: units settled, blanks taken from the goal cards, faults told."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.units import Family, canonical, digits_of, family, per_of
from playbook.core.inputs import Inputs, Tables
from playbook.core.problems import Problem
from playbook.core.stats import z_of

_BETWEEN_NAMES = re.compile(r"[;；、/／&＆+]|，|,\s|\s和\s|\sand\s")
_NUMBERS = ("baseline", "baseline_low", "baseline_high", "reachable", "target")


@dataclass(frozen=True)
class Goal:
    """One row of the tree. slack: half of the last digit its target was written with.

    baseline_sd: standard error of the baseline, from its interval here or in ``goals``.
    """

    row: int
    goal_id: str
    parent_id: str | None
    metric_id: str
    level: str | None
    kind: str
    edge: str
    node: str | None
    unit: str
    direction: str
    baseline: float | None
    baseline_sd: float | None
    weight_n: float | None
    reachable: float | None
    target: float | None
    slack: float
    start: date
    due: date
    owners: tuple[str, ...]
    team: str | None
    source: str | None
    evidence: str | None

    @property
    def owner(self) -> str | None:
        return self.owners[0] if len(self.owners) == 1 else None

    @property
    def family(self) -> Family:
        return family(self.unit)

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is; a goal to maintain must not fall."""
        return -1 if self.direction == "decrease" else 1

    def better_by(self, value: float, than: float) -> float:
        """How much better value is than ``than``; negative if worse."""
        return self.sign * (value - than)


def text(value: object) -> str | None:
    """A cell as text; blank of any kind is None."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(value).strip() or None


def number(value: object) -> float | None:
    """A cell as a number; blank is None."""
    if value is None or value is pd.NA:
        return None
    found = float(value)  # type: ignore[arg-type]
    return found if math.isfinite(found) else None


def read_goals(inputs: Inputs[Settings]) -> tuple[Goal, ...]:
    """All goals of the tree, shares held 0-1, blanks filled from ``goals``."""
    tables = inputs.tables
    cards, measured = _cards(tables), _measured(inputs)
    percent = share_scale(tables, inputs.settings.rates) == 0.01
    found = []
    for at, row in tables.rows("tree"):
        error = measured.get((str(row["goal_id"]), canonical(str(row["unit"]))))
        found.append(_goal(at, row, cards, percent, error))
    return tuple(found)


def _measured(inputs: Inputs[Settings]) -> Mapping[tuple[str, str], float]:
    """Standard errors of baselines from the 95 % intervals that ``goals`` found, by goal, unit."""
    cards = inputs.earlier.get("goals", {}).get("cards") or ()
    ends = {
        (card["goal_id"], canonical(card["unit"])): (card["baseline_low"], card["baseline_high"])
        for card in cards
    }
    return {
        key: (high - low) / (2 * z_of())
        for key, (low, high) in ends.items()
        if low is not None and high is not None and high > low
    }


def share_scale(tables: Tables, rates: str) -> float | None:
    """What a written share is multiplied by; None if percents and shares stand mixed."""
    if rates != "auto":
        return 0.01 if rates == "percent" else 1.0
    written = [
        abs(value)
        for _, row in tables.rows("tree")
        if family(str(row["unit"])) == "share"
        for value in (number(row.get(column)) for column in _NUMBERS)
        if value
    ]
    if all(value <= 1 for value in written):
        return 1.0
    return 0.01 if all(value > 1 for value in written) else None


def reading_problems(inputs: Inputs[Settings]) -> list[Problem]:
    """Faults of single rows: mixed percents and shares, shares outside 0..1, dates reversed."""
    tables = inputs.tables
    if share_scale(tables, inputs.settings.rates) is None:
        return [tables.problem("tree", "tree.rates_mixed", column="target")]
    goals = read_goals(inputs)
    found = [problem for goal in goals for problem in _row_problems(tables, goal)]
    return [*found, *_interval_problems(tables), *_differing_cards(tables, goals)]


def _interval_problems(tables: Tables) -> Iterable[Problem]:
    """An interval that has one end only, or does not hold its baseline."""
    for at, row in tables.rows("tree"):
        low, high, base = (
            number(row.get(key)) for key in ("baseline_low", "baseline_high", "baseline")
        )
        if low is None and high is None:
            continue
        whole = low is not None and high is not None and low < high
        if not whole or (base is not None and not (low or 0.0) <= base <= (high or 0.0)):
            yield tables.problem(
                "tree", "tree.interval_wrong", row=at, column="baseline_low",
                value="" if low is None else f"{low:g}", high="" if high is None else f"{high:g}",
                baseline="" if base is None else f"{base:g}",
            )  # fmt: skip


def _row_problems(tables: Tables, goal: Goal) -> Iterable[Problem]:
    for column in ("baseline", "reachable", "target"):
        value = getattr(goal, column)
        if goal.family == "share" and value is not None and not 0 <= value <= 1:
            yield tables.problem(
                "tree", "tree.rate_outside", row=goal.row, column=column, value=f"{value:g}"
            )
    if goal.family == "rate" and goal.weight_n and goal.baseline:
        events = goal.baseline * goal.weight_n / (per_of(goal.unit) or 1.0)
        if events < 1:  # thousands of stays written where stays belong
            yield tables.problem(
                "tree", "tree.exposure_small", level="warn", row=goal.row, column="weight_n",
                value=f"{goal.weight_n:g}", events=f"{events:.2g}",
            )  # fmt: skip
    if goal.due < goal.start:
        yield tables.problem(
            "tree", "tree.due_before_start", row=goal.row, column="due", value=goal.due,
            start=goal.start.isoformat(),
        )  # fmt: skip
    if goal.node in ("rate_chain", "complement") and goal.family != "share":
        yield tables.problem(
            "tree", "tree.chain_needs_shares", row=goal.row, column="unit", value=goal.unit
        )
    if goal.node == "time_budget" and goal.family != "time":
        yield tables.problem(
            "tree", "tree.time_needs_time", row=goal.row, column="unit", value=goal.unit
        )


def _differing_cards(tables: Tables, goals: Iterable[Goal]) -> list[Problem]:
    """A goal whose target here is not that of its goal card."""
    cards, found = _cards(tables), []
    for goal in goals:
        card = cards.get(goal.goal_id)
        there = _card_number(card, "target", goal.unit) if card else None
        if there is None or goal.target is None or math.isclose(there, goal.target, rel_tol=1e-6):
            continue
        found.append(
            tables.problem(
                "tree", "tree.differs_from_goals", level="warn", row=goal.row, column="target",
                value=f"{goal.target:g}", there=f"{there:g}",
            )
        )  # fmt: skip
    return found


def _cards(tables: Tables) -> Mapping[str, Mapping[str, Any]]:
    return {str(row["goal_id"]): row for _, row in tables.rows("goals") if row.get("goal_id")}


def _card_number(card: Mapping[str, Any], column: str, unit: str) -> float | None:
    """A card's number in the scale of the tree; None if its unit is another."""
    value = number(card.get(column))
    if value is None or canonical(str(card.get("unit"))) != canonical(unit):
        return None
    return value / 100 if family(unit) == "share" and abs(value) > 1 else value


def _goal(
    at: int,
    row: Mapping[str, Any],
    cards: Mapping[str, Any],
    percent: bool,
    measured: float | None,
) -> Goal:
    unit, card = str(row["unit"]), cards.get(str(row["goal_id"]), {})
    weight = number(row.get("weight_n"))
    written = {column: number(row.get(column)) for column in _NUMBERS}
    scaled = percent and family(unit) == "share"
    held = {
        key: value / 100 if scaled and value is not None else value
        for key, value in written.items()
    }
    for key in ("baseline", "target"):
        if held[key] is None:
            held[key] = _card_number(card, key, unit)
    return Goal(
        row=at,
        goal_id=str(row["goal_id"]),
        parent_id=text(row.get("parent_id")),
        metric_id=text(row.get("metric_id")) or str(row["goal_id"]),
        level=text(row.get("level")),
        kind=text(row.get("kind")) or "result",
        edge=text(row.get("edge")) or "formula",
        node=text(row.get("node")),
        unit=unit,
        direction=str(row["direction"]),
        baseline=held["baseline"],
        baseline_sd=_standard_error(held) or measured,
        weight_n=number(card.get("baseline_n")) if weight is None else weight,
        reachable=held["reachable"],
        target=held["target"],
        slack=_slack(held["target"], unit),
        start=row["start"],
        due=row["due"],
        owners=people(text(row.get("owner")) or text(card.get("owner"))),
        team=text(row.get("team")) or text(card.get("team")),
        source=text(row.get("source")),
        evidence=text(row.get("evidence")),
    )


def _standard_error(held: Mapping[str, float | None]) -> float | None:
    low, high = held["baseline_low"], held["baseline_high"]
    return (high - low) / (2 * z_of()) if low is not None and high is not None else None


def people(written: str | None) -> tuple[str, ...]:
    """The persons named in one cell.

    >>> people("王琳；陈明"), people("Ann Lee")
    (('王琳', '陈明'), ('Ann Lee',))
    """
    parts = _BETWEEN_NAMES.split(written or "")
    return tuple(part.strip() for part in parts if part.strip())


def _slack(target: float | None, unit: str) -> float:
    """TR2: half of the last printed digit, at least 1e-6 of the value; a share counts in %."""
    if target is None:
        return 0.0
    digits = digits_of(target)
    if family(unit) == "share":
        digits = max(2, digits)
    return max(0.5 * 10.0**-digits, 1e-6 * abs(target))

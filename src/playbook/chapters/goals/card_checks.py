"""Faults and doubts of the goal cards."""

import re
from collections.abc import Iterator, Mapping
from math import isclose

from playbook.chapters.goals.cards import already_met, baseline_age_days, held
from playbook.chapters.goals.checks import unknown_metrics
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.model import Card
from playbook.chapters.goals.rows import Row, metrics_of, rows_of
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric
from playbook.core.problems import Level, Problem
from playbook.core.units import unit_code

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
PINYIN_NOTE = re.compile(rf"\s*[(（][a-zü{_TONES}\s]*[{_TONES}][a-zü{_TONES}\s]*[)）]", re.I)
_OPPOSED = (("increase", "<="), ("decrease", ">="))
_DAMAGE = re.compile("\\?\\?|\ufffd")


def card_problems(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """What a row of ``goals`` says by itself, and rows against each other."""
    metrics = metrics_of(inputs)
    yield from unknown_metrics(inputs, "goals", metrics)
    yield from unknown_metrics(inputs, "goals", metrics, "guardrail_metric")
    rows = rows_of(inputs, "goals")
    for row in rows:
        yield from _dates(inputs, row)
        yield from _text(inputs, row)
        metric = metrics.get(str(row["metric_id"]))
        if metric is not None:
            yield from _values(inputs, row, metric)
    yield from _repeated(inputs, rows)
    ids = {row["goal_id"] for row in rows}
    for row in rows:
        if row["parent_id"] and row["parent_id"] not in ids:
            yield _tell(inputs, row, "parent_unknown", "parent_id", "warn")
    yield from _circles(inputs, rows)


def _circles(inputs: Inputs[Settings], rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Goals that are, by way of their parents, their own parent."""
    parent = {row["goal_id"]: row["parent_id"] for row in rows}
    for row in rows:
        seen, above = {row["goal_id"]}, row["parent_id"]
        while above in parent and above not in seen:
            seen.add(above)
            above = parent[above]
        if above == row["goal_id"]:
            yield _tell(inputs, row, "parent_circle", "parent_id")


def baseline_problems(
    inputs: Inputs[Settings], made: Mapping[int, Card], metrics: Mapping[str, Metric]
) -> Iterator[Problem]:
    """What shows only once the card has its baseline; made: row -> card, free of errors."""
    by_row = {row.at: row for row in rows_of(inputs, "goals")}
    for at, card in made.items():
        for code, column in _baseline_codes(card, inputs.settings):
            yield _tell(inputs, by_row[at], code, column, "warn")


def _baseline_codes(card: Card, settings: Settings) -> Iterator[tuple[str, str]]:
    if card.baseline is None:
        yield "baseline_missing", "baseline"
        return
    if card.baseline_from in ("value", "range"):
        yield "baseline_no_n", "baseline_n"
    age = baseline_age_days(card)
    if age is not None and age > settings.baseline_months * 30.4375:
        yield "baseline_old", "baseline_period"
    if card.direction == "maintain":
        return
    if isclose(card.baseline, card.target, rel_tol=1e-9):
        yield "target_equals_baseline", "target"
    elif already_met(card):
        yield "target_already_met", "target"
    elif _within_noise(card):
        yield "target_within_noise", "target"


def _within_noise(card: Card) -> bool:
    low, high = card.baseline_low, card.baseline_high
    return low is not None and high is not None and low <= card.target <= high


def _tell(
    inputs: Inputs[Settings],
    row: Row,
    code: str,
    column: str,
    level: Level = "error",
    **values: str | int | float,
) -> Problem:
    return inputs.tables.problem(
        "goals", f"goals.{code}", level=level, row=row.at, column=column,
        value="" if row[column] is None else row[column], goal=str(row["goal_id"]), **values,
    )  # fmt: skip


def _dates(inputs: Inputs[Settings], row: Row) -> Iterator[Problem]:
    if row["start"] and row["due"] and row["due"] <= row["start"]:
        start = row["start"].isoformat()
        yield _tell(inputs, row, "due_before_start", "due", start=start)


def _text(inputs: Inputs[Settings], row: Row) -> Iterator[Problem]:
    text = row["statement"] or ""
    if _DAMAGE.search(text) or PINYIN_NOTE.search(text):
        yield _tell(inputs, row, "text_damaged", "statement", "warn")


def _values(inputs: Inputs[Settings], row: Row, metric: Metric) -> Iterator[Problem]:
    values = held(row, metric)
    if values.fault:
        column = "unit" if values.fault == "unit_mismatch" else "target"
        yield _tell(inputs, row, values.fault, column, metric=metric.metric_id,
                    expected=metric.unit)  # fmt: skip
        return
    if metric.kind == "vague":
        yield _tell(inputs, row, "metric_vague", "metric_id", "warn")
        return
    if metric.kind == "nps" and unit_code(str(row["unit"])) in ("%", "pp"):
        yield _tell(inputs, row, "nps_in_percent", "unit", "warn")
    if metric.is_share and unit_code(str(row["unit"])) == "%" and 0 < abs(row["target"]) <= 1:
        shown = f"{(values.target or 0) * 100:g}%"
        yield _tell(inputs, row, "percent_sign", "target", "warn", read=shown)
    yield from _against_bounds(inputs, row, metric, values.target)
    direction = str(row["direction"])
    if metric.direction not in (direction, "maintain") and direction != "maintain":
        yield _tell(inputs, row, "direction_unusual", "direction", "warn",
                    metric=metric.metric_id)  # fmt: skip
    if (direction, row["comparator"]) in _OPPOSED:
        yield _tell(inputs, row, "comparator_conflict", "comparator", direction=direction)
    b, t = values.baseline, values.target
    if b is None or t is None:
        return
    if (direction == "increase" and t < b) or (direction == "decrease" and t > b):
        yield _tell(inputs, row, "direction_conflict", "target", baseline=row["baseline"],
                    direction=direction)  # fmt: skip


def _against_bounds(
    inputs: Inputs[Settings], row: Row, metric: Metric, target: float | None
) -> Iterator[Problem]:
    low, high = metric.bound_low, metric.bound_high
    if target is None:
        return
    if (low is not None and target < low - 1e-12) or (high is not None and target > high + 1e-12):
        factor = 100 if metric.is_share else 1
        shown = ["…" if b is None else f"{b * factor:g}" for b in (low, high)]
        yield _tell(inputs, row, "target_out_of_scale", "target", low=shown[0], high=shown[1])
    elif metric.kind != "milestone" and target in (low, high):
        yield _tell(inputs, row, "at_bound", "target", "warn")


def _repeated(inputs: Inputs[Settings], rows: tuple[Row, ...]) -> Iterator[Problem]:
    by_id: dict[object, int] = {}
    by_aim: dict[tuple[object, ...], Row] = {}
    for row in rows:
        other = by_id.setdefault(row["goal_id"], row.at)
        if other != row.at:
            yield _tell(inputs, row, "duplicate_goal", "goal_id", other=other)
            continue
        aim = (row["metric_id"], row["team"], row["due"])
        twin = by_aim.setdefault(aim, row)
        if twin is not row:
            yield _tell(inputs, row, "same_metric_twice", "metric_id", "warn",
                        other=str(twin["goal_id"]))  # fmt: skip

"""Faults of the sentences, samples and drivers (section 4 of the method)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.reading import ReadSettings, read_goals
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric, dictionary, nearest, with_rows
from playbook.core.periods import frequency
from playbook.core.problems import Problem

LEAST_DISTINCT = 3
_WARNED = ("text_damaged", "text_long", "goals_many", "day_month_ambiguous",
           "year_assumed")  # fmt: skip


def check_tables(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Everything wrong with the tables of this chapter."""
    return (
        *_settings_faults(inputs),
        *_sentence_faults(inputs),
        *_rewrite_faults(inputs),
        *_unknown_metrics(inputs),
        *_mixed_histories(inputs),
    )


def metrics_of(inputs: Inputs[Settings]) -> Mapping[str, Metric]:
    """The dictionary with the case's own metrics."""
    if "goals_metrics" not in inputs.tables:
        return dictionary()
    return with_rows(cells for _, cells in inputs.tables.rows("goals_metrics"))


def read_settings(inputs: Inputs[Settings], row: Mapping[str, Any]) -> ReadSettings:
    """How the reader is to read this sentence; its own date and language go before the case's."""
    chosen = inputs.settings
    month, day = (int(part) for part in chosen.fiscal_year_end.split("-"))
    return ReadSettings(
        row.get("reference_date") or inputs.facts.reference_date, (month, day), chosen.day_first,
        row.get("lang"), most_characters=chosen.most_characters, most_goals=chosen.most_goals,
    )  # fmt: skip


def flat_histories(goals: Mapping[str, Any]) -> Iterator[Problem]:
    """Histories with fewer than three distinct values: letter A stays unknown, said as a warning.

    goals: the result of the chapter ``goals`` as plain data.
    """
    aimed = {card["metric_id"] for card in goals.get("cards", ())}
    for found in goals.get("baselines", ()):
        distinct = {point["value"] for point in found["history"]}
        if found["metric_id"] in aimed and len(found["history"]) > 1 and len(distinct) < 3:
            yield Problem(
                "smart.history_flat", "warn", "goals_history.csv", value=found["metric_id"],
                values={"count": len(distinct)},
            )  # fmt: skip


def _settings_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    month, _, day = inputs.settings.fiscal_year_end.partition("-")
    try:
        date(2024, int(month), int(day))
    except ValueError:
        value = inputs.settings.fiscal_year_end
        yield Problem("smart.fiscal_year_end", file="case.toml [smart]", value=value)


def _sentence_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    chosen = inputs.settings
    if any(_settings_faults(inputs)):
        return
    for number, row in inputs.tables.rows("smart_sentences"):
        text = str(row["text"])
        flags = read_goals(text, read_settings(inputs, row)).flags
        for code in (flag for flag in _WARNED if flag in flags):
            yield inputs.tables.problem(
                "smart_sentences", f"smart.{code}", level="warn", row=number, column="text",
                value=text, most=chosen.most_characters, most_goals=chosen.most_goals,
            )  # fmt: skip


def _rewrite_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    rows = inputs.tables.rows("smart_sentences")
    known = {row["sentence_id"] for _, row in rows}
    for number, row in rows:
        before = row.get("rewrite_of")
        if before is not None and (before not in known or before == row["sentence_id"]):
            yield inputs.tables.problem(
                "smart_sentences", "smart.rewrite_unknown", row=number, column="rewrite_of",
                value=before,
            )  # fmt: skip


def _mixed_histories(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """A metric told by month and by quarter has no speed per period: letter A would be wrong."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for number, row in inputs.tables.rows("goals_history"):
        metric, period = str(row["metric_id"]), str(row["period"])
        if row.get("unit_name") is not None:
            continue
        before = first.setdefault(metric, period)
        if frequency(before) != frequency(period) and metric not in told:
            told.add(metric)
            yield inputs.tables.problem(
                "goals_history", "smart.history_mixed", row=number, column="period", value=period,
                metric=metric, before=before,
            )  # fmt: skip


def _unknown_metrics(inputs: Inputs[Settings]) -> Iterator[Problem]:
    metrics = metrics_of(inputs)
    for table, columns in (
        ("smart_samples", ("metric_id",)),
        ("smart_drivers", ("parent_metric", "metric_id")),
    ):
        for number, row in inputs.tables.rows(table):
            for column in columns:
                if row[column] not in metrics:
                    near = nearest(str(row[column]), metrics) or "–"
                    yield inputs.tables.problem(
                        table, "smart.metric_unknown", row=number, column=column,
                        value=row[column], near=near,
                    )  # fmt: skip

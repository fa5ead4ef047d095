"""Faults of the actuals, the competitor table and the scorecard."""

from collections.abc import Iterator
from typing import Any

from playbook.chapters.review.observed import terms_of, unit_of
from playbook.chapters.review.reading import Card, Row, cards, rows
from playbook.core.inputs import Inputs
from playbook.core.periods import first_day, frequency, last_day
from playbook.core.problems import Level, Problem, did_you_mean

ACTUALS, COMPETITOR, SCORECARD = "review_actuals", "review_competitor", "review_scorecard"
ROUNDING = 0.0051
"""A share written with two digits may differ this much from its counts."""


class Faults:
    """The problems of one table as they are found."""

    def __init__(self, inputs: Inputs[Any], table: str) -> None:
        self.inputs, self.table = inputs, table

    def at(
        self, row: Row, code: str, column: str = "", level: Level = "error", **values: Any
    ) -> Problem:
        """A problem of this row; the cell of the column is quoted."""
        found = row.get(column) if column else ""
        shown = f"{found:g}" if isinstance(found, float) else "" if found is None else found
        return self.inputs.tables.problem(
            self.table,
            f"review.{code}",
            level=level,
            row=row.number,
            column=column,
            value=shown,
            **values,
        )


def actuals_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_actuals."""
    say, known = Faults(inputs, ACTUALS), cards(inputs)
    groups: dict[str, list[Row]] = {}
    for row in rows(inputs.tables, ACTUALS):
        groups.setdefault(row.text("goal_id"), []).append(row)
    for goal, found in groups.items():
        card = known.get(goal, Card(goal, {}))
        yield from _goal_faults(say, found, card)
        unit = unit_of(found, card)
        for row in found:
            yield from _value_faults(say, row, unit)


def _goal_faults(say: Faults, found: list[Row], card: Card) -> Iterator[Problem]:
    last = found[-1]
    if len({frequency(row.text("period")) for row in found}) > 1:
        yield say.at(last, "period_kinds_mixed", "period", goal=last.text("goal_id"))
        return
    found = sorted(found, key=lambda row: first_day(row.text("period")))
    last = found[-1]
    yield from _term_faults(say, last, card)
    yield from _drift_faults(say, found)
    if last_day(last.text("period")) > say.inputs.facts.reference_date:
        yield say.at(last, "period_not_over", "period", "warn")
    if _season_compared(found):
        first = found[0].text("period")
        yield say.at(last, "season_compared", "period", "warn", first=first)


def _term_faults(say: Faults, last: Row, card: Card) -> Iterator[Problem]:
    direction = last.text("direction")
    side = last.text("comparator") or card.text("comparator")
    if direction == "maintain" and side not in (">=", "<="):
        yield say.at(last, "maintain_side_unknown", "comparator", "warn", goal=last.text("goal_id"))
    card = terms_of(card, last.text("period"))
    base = last.num("baseline") if last.num("baseline") is not None else card.num("baseline")
    target = last.num("target") if last.num("target") is not None else card.num("target")
    if target is None:
        yield say.at(last, "target_missing", "target", "note", goal=last.text("goal_id"))
        return
    agreed = card.num("target")
    if agreed is not None and abs(agreed - target) > 1e-9:
        yield say.at(last, "target_differs_from_card", "target", "warn", agreed=agreed)
    if base is None or direction == "maintain":
        return
    if base == target:
        yield say.at(last, "target_equals_baseline", "target")
    elif (target > base) != (direction == "increase"):
        yield say.at(last, "direction_conflict", "target", direction=direction, baseline=base)


def _drift_faults(say: Faults, found: list[Row]) -> Iterator[Problem]:
    """Baseline or target written differently in two periods of one goal."""
    for column, code in (("baseline", "baseline_changed_after_start"), ("target", "target_drifts")):
        values: list[float] = []
        for row in found:
            value = row.num(column)
            if value is not None and values and abs(value - values[-1]) > 1e-9:
                goal = row.text("goal_id")
                yield say.at(row, code, column, "warn", before=values[-1], goal=goal)
            if value is not None:
                values.append(value)


def _season_compared(found: list[Row]) -> bool:
    """The first period stands for the baseline, in another season than the last one."""
    first, last = found[0].text("period"), found[-1].text("period")
    if (
        len(found) < 2
        or frequency(first) == "year"
        or any(r.num("baseline") is not None for r in found)
    ):
        return False
    year_before = f"{int(last[:4]) - 1}{last[4:]}"
    seen = any(row.text("period") == year_before for row in found)
    return first[4:] != last[4:] and not seen


def _value_faults(say: Faults, row: Row, unit: str) -> Iterator[Problem]:
    actual, n, x = row.num("actual"), row.num("n"), row.num("x")
    if actual is None:
        return
    if unit == "share" and not 0 <= actual <= 1:
        yield say.at(row, "share_out_of_range", "actual")
    if unit == "nps" and not -100 <= actual <= 100:
        yield say.at(row, "nps_out_of_range", "actual")
    if unit in ("share", "nps") and n is not None and (x or 0) + (row.num("detractors") or 0) > n:
        yield say.at(row, "more_than_n", "x", n=n)
    elif unit == "share" and n and x is not None and abs(actual - x / n) > ROUNDING:
        yield say.at(row, "actual_not_x_over_n", "actual", counted=x / n)
    low, high = row.num("low"), row.num("high")
    if low is not None and high is not None and not low <= actual <= high:
        yield say.at(row, "interval_disordered", "low", low=low, high=high, value_of=actual)
    if n and x is None and unit == "number" and not row.text("unit") and low is None:
        yield say.at(row, "unit_missing", "unit", "warn")


def competitor_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_competitor."""
    say = Faults(inputs, COMPETITOR)
    seen: dict[tuple[str, str, str], int] = {}
    told: set[tuple[str, str]] = set()
    for row in rows(inputs.tables, COMPETITOR):
        key = (row.text("metric_id"), row.text("competitor"), row.text("period"))
        if key in seen:
            yield say.at(row, "competitor_twice", "period", other=seen[key])
        seen.setdefault(key, row.number)
        yield from _side_faults(say, row)
        if key[:2] not in told:
            yield from _source_faults(say, row)
        told.add(key[:2])


def _side_faults(say: Faults, row: Row) -> Iterator[Problem]:
    counted = row.num("us_x") is not None or row.num("them_x") is not None
    share = row.text("unit") == "share" or (not row.text("unit") and counted)
    for who in ("us", "them"):
        value, n, x = row.num(who), row.num(f"{who}_n"), row.num(f"{who}_x")
        if share and value is not None and not 0 <= value <= 1:
            yield say.at(row, "share_out_of_range", who)
        if n is not None and x is not None and x > n:
            yield say.at(row, "more_than_n", f"{who}_x", n=n)
        elif share and n and x is not None and value is not None and abs(value - x / n) > ROUNDING:
            yield say.at(row, "actual_not_x_over_n", who, counted=x / n)


def _source_faults(say: Faults, row: Row) -> Iterator[Problem]:
    if row.num("them_n") is None:
        yield say.at(row, "competitor_n_unknown", "them_n", "warn", metric=row.text("metric_id"))
    if not row.text("source") or not row.text("competitor"):
        column = "competitor" if not row.text("competitor") else "source"
        yield say.at(row, "anonymous_source", column, "warn", metric=row.text("metric_id"))


def scorecard_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_scorecard."""
    say, found = Faults(inputs, SCORECARD), rows(inputs.tables, SCORECARD)
    goals = {row.text("goal_id") for row in rows(inputs.tables, ACTUALS)}
    for row in found:
        weight = row.num("weight")
        if weight is not None and weight < 0:
            yield say.at(row, "weight_negative", "weight")
        yield from unknown_goal(say, row, goals)
        if not row.text("goal_id") and row.num("attainment") is None:
            yield say.at(row, "missing_measure", "attainment", "warn", measure=row.text("measure"))
    if found and not any(row.num("weight") for row in found):
        yield say.at(found[0], "weights_zero", "weight")


def unknown_goal(say: Faults, row: Row, goals: set[str]) -> Iterator[Problem]:
    """A goal id that review_actuals does not hold."""
    goal = row.text("goal_id")
    if goal and goal not in goals:
        near = did_you_mean(goal, sorted(goals)) or "–"
        yield say.at(row, "goal_unknown", "goal_id", "warn", near=near)

"""Faults of money, actions, the PDCA log, cases, copies, pairs and the next goals."""

from collections.abc import Iterator
from typing import Any

from playbook.chapters.review.faults_goals import ACTUALS, Faults, unknown_goal
from playbook.chapters.review.goal_diff import reasons_of
from playbook.chapters.review.inputs import REASONS
from playbook.chapters.review.money import money_value
from playbook.chapters.review.reading import Row, rows
from playbook.core.inputs import Inputs
from playbook.core.periods import first_day, frequency, ordinal
from playbook.core.problems import Problem, did_you_mean

_BOUNDS: dict[str, tuple[str, float, float, bool]] = {
    # name: (code, lowest, highest, ends allowed)
    "retention": ("retention_out_of_range", 0.0, 0.9999999, True),
    "discount": ("discount_not_positive", 0.0, 10.0, False),
    "cost": ("cost_not_positive", 0.0, float("inf"), False),
    "customers": ("customers_not_positive", 0.0, float("inf"), False),
    "exposed_share": ("exposed_out_of_range", 0.0, 1.0, True),
}


def money_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_money and review_flows."""
    say = Faults(inputs, "review_money")
    for row in rows(inputs.tables, "review_money"):
        name, value = row.text("name"), money_value(row)
        if name == "first_margin":
            if row.text("value").lower() not in ("end", "start"):
                yield say.at(row, "first_margin_unknown", "value")
            continue
        if value is None:
            yield say.at(row, "money_not_a_number", "value", name=name)
            continue
        yield from _range_faults(say, row, name, value)
    yield from _flow_faults(inputs)


def _range_faults(say: Faults, row: Row, name: str, value: float) -> Iterator[Problem]:
    low, high = row.num("low"), row.num("high")
    if (low is None) != (high is None):
        yield say.at(row, "range_half", "low" if low is None else "high", name=name)
    if low is not None and high is not None and not low <= value <= high:
        yield say.at(row, "range_disordered", "value", low=low, high=high)
    if name not in _BOUNDS:
        return
    code, least, most, ends = _BOUNDS[name]
    for column, number in (("value", value), ("low", low), ("high", high)):
        if number is None:
            continue
        if number < least or number > most or (not ends and number == least):
            yield say.at(row, code, column)


def _flow_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    say, found = Faults(inputs, "review_flows"), rows(inputs.tables, "review_flows")
    if not found:
        return
    years = {row.num("year") for row in found}
    if 0 not in years:
        yield say.at(found[0], "flows_no_year_0", "year")
    names = {row.text("name") for row in rows(inputs.tables, "review_money")}
    if "discount" not in names:
        yield say.at(found[0], "flows_no_discount", "amount", "warn")


def action_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_actions."""
    say = Faults(inputs, "review_actions")
    goals = {row.text("goal_id") for row in rows(inputs.tables, ACTUALS)}
    for row in rows(inputs.tables, "review_actions"):
        yield from unknown_goal(say, row, goals)
        yield from _effect_faults(say, row, row.num("observed_effect"))


def _effect_faults(say: Faults, row: Row, effect: float | None) -> Iterator[Problem]:
    low, high = row.num("low"), row.num("high")
    if effect is not None and low is not None and high is not None and not low <= effect <= high:
        yield say.at(row, "interval_disordered", "low", low=low, high=high, value_of=effect)


def pdca_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_pdca."""
    say = Faults(inputs, "review_pdca")
    for row in rows(inputs.tables, "review_pdca"):
        opened, due, closed = (row.day(c) for c in ("opened", "due", "closed"))
        if opened is not None and due is not None and due < opened:
            yield say.at(row, "due_before_opened", "due")
        if opened is not None and closed is not None and closed < opened:
            yield say.at(row, "closed_before_opened", "closed")
        rule, closed_by = row.text("check_rule"), row.text("closed_by")
        if not rule:
            yield say.at(row, "no_check_rule", "check_rule", "warn", id=row.text("id"))
        elif row.text("state") == "closed" and not closed_by:
            yield say.at(row, "closed_without_rule", "closed_by", "warn", id=row.text("id"))
        elif closed_by and closed_by != rule:
            yield say.at(row, "closed_by_other_rule", "closed_by", "warn", rule=rule)


def case_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_cases."""
    say = Faults(inputs, "review_cases")
    for row in rows(inputs.tables, "review_cases"):
        yield from _effect_faults(say, row, row.num("effect"))
        if row.text("picked") == "best":
            yield say.at(row, "selected_sites", "picked", "warn", case=row.text("case"))


def replication_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Every fault of review_replication."""
    say = Faults(inputs, "review_replication")
    cases = {row.text("case") for row in rows(inputs.tables, "review_cases")}
    last: dict[tuple[str, str], Row] = {}
    found = rows(inputs.tables, "review_replication")
    for row in sorted(found, key=lambda r: first_day(r.text("period"))):
        for side in ("new", "old"):
            n, x = row.num(f"n_{side}"), row.num(f"x_{side}")
            if n is not None and x is not None and x > n:
                yield say.at(row, "more_than_n", f"x_{side}", n=n)
        if cases and row.text("case") not in cases:
            near = did_you_mean(row.text("case"), sorted(cases)) or "–"
            yield say.at(row, "case_unknown", "case", "warn", near=near)
        key = (row.text("case"), row.text("site"))
        if key in last:
            yield from _gap_faults(say, last[key], row)
        last[key] = row


def _gap_faults(say: Faults, before: Row, row: Row) -> Iterator[Problem]:
    one, other = before.text("period"), row.text("period")
    if frequency(one) != frequency(other):
        yield say.at(row, "period_kinds_mixed", "period", goal=row.text("site"))
    elif ordinal(other) - ordinal(one) != 1:
        yield say.at(row, "replication_gap", "period", "warn", before=one, site=row.text("site"))


def pairs_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """RV9 needs more than three pairs."""
    found = rows(inputs.tables, "review_pairs")
    if found and len(found) <= 3:
        yield Faults(inputs, "review_pairs").at(found[0], "pairs_few", "unit", n=len(found))


def next_faults(inputs: Inputs[Any]) -> Iterator[Problem]:
    """Reasons that are no codes."""
    say = Faults(inputs, "review_goals_next")
    for row in rows(inputs.tables, "review_goals_next"):
        for reason in reasons_of(row).values():
            if reason not in REASONS:
                near = did_you_mean(reason, REASONS) or "–"
                known = ", ".join(REASONS)
                yield say.at(row, "reason_unknown", "reason", near=near, known=known, reason=reason)
        if not row.yes("dropped") and row.num("target") is None:
            yield say.at(row, "next_target_missing", "target", "warn", goal=row.text("goal_id"))

"""One goal from one clause: slots, unit, derived target, flags."""

import re
from dataclasses import replace
from itertools import pairwise

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_direction import (
    Verb,
    comparator_of,
    contradicts,
    direction_of,
    governing_verb,
    improves_time,
)
from playbook.chapters.smart.reading_goal_dates import with_dates
from playbook.chapters.smart.reading_levels import (
    delta_kind,
    positive,
    recurring_unit,
    scale_of,
    unit_beside,
    unit_of,
)
from playbook.chapters.smart.reading_metrics import Measure
from playbook.chapters.smart.reading_model import (
    Confidence,
    ReadGoal,
    Slot,
    Threshold,
)
from playbook.chapters.smart.reading_naming import Named, fits, name_metric
from playbook.chapters.smart.reading_reader import Reader
from playbook.chapters.smart.reading_roles import Roles, assign_roles
from playbook.chapters.smart.reading_scope import find_scope
from playbook.chapters.smart.reading_service import find_threshold
from playbook.chapters.smart.reading_units import LONG_TIMES, TIME_SECONDS
from playbook.chapters.smart.reading_words import verbs_in


def build_goal(reader: Reader, clause: Clause) -> ReadGoal:
    """The goal of a clause, dates shared between the clauses of a text (SM4-SM7)."""
    body = reader.body
    threshold = find_threshold(body, clause)
    named = name_metric(body, clause, threshold)
    metric = named.metric if named else None
    values = _values(_without_parts(body, clause), threshold, metric)
    changing = any(v[2] in {"up", "down", "better"} for v in _leading_verbs(body, clause, values))
    places = [_place_of(clause, q) for q in values]
    roles = assign_roles(body, clause.start, places, list(reader.dates), changing)
    verb = governing_verb(body, clause, named, roles)
    roles = _timed(_own_values(roles, places, values, metric), metric)
    roles = _bound(roles, direction_of(verb, metric, roles), metric)
    goal = _with_values(reader, clause, named, roles, verb)
    goal = with_dates(reader, goal, clause, roles)
    return _with_places(reader, goal, clause, threshold)


def _place_of(clause: Clause, quantity: Quantity) -> Quantity:
    """The number whose words tell the role: the number itself, or the first of its row."""
    return dict(zip(clause.quantities, clause.like, strict=False)).get(quantity, quantity)


def _own_values(
    roles: Roles, places: list[Quantity], values: list[Quantity], metric: Measure | None
) -> Roles:
    """The roles of a row's first numbers, filled with the numbers of this clause."""
    own = dict(zip(places, values, strict=True))

    def mine(quantity: Quantity | None) -> Quantity | None:
        if quantity is None:
            return None
        place = next((p for p in own if (p.start, p.end) == (quantity.start, quantity.end)), None)
        if place is None or own[place] is place:
            return quantity
        counted = metric is not None and metric.kind not in {"share", "time", "money"}
        return replace(own[place], unit=own[place].unit or (None if counted else quantity.unit))

    return replace(
        roles, baseline=mine(roles.baseline), target=mine(roles.target), delta=mine(roles.delta)
    )


def _without_parts(body: str, clause: Clause) -> Clause:
    """5万户, 其中高端不少于3000户: a part of the value before is no value of the goal."""
    parts = [
        q
        for before, q in pairwise(clause.quantities)
        if re.search(r"其中|\bof (?:which|whom)\b", body[before.end : q.start], flags=re.ASCII)
    ]
    return replace(clause, quantities=tuple(q for q in clause.quantities if q not in parts))


def _values(clause: Clause, threshold: Quantity | None, metric: Measure | None) -> list[Quantity]:
    """The numbers that can be values: no threshold, no averaging window, units that fit."""
    values = [q for q in clause.quantities if q is not threshold]
    if metric is not None and metric.kind == "time" and len(values) == 1:
        return values if values[0].form != "window" else [replace(values[0], form="amount")]
    # A span of months without a time metric is a setting of the goal (in their first 3 months).
    values = [q for q in values if q.form != "window" and q.unit not in LONG_TIMES]
    if metric is None or metric.kind == "vague":
        return values
    fitting = [q for q in values if fits(metric, q)]
    return fitting or values


def _leading_verbs(body: str, clause: Clause, values: list[Quantity]) -> list[Verb]:
    return verbs_in(body, clause.start, values[0].start) if values else []


def _timed(roles: Roles, metric: Measure | None) -> Roles:
    """分 beside a time metric is minutes."""
    if metric is None or metric.kind != "time":
        return roles

    def minutes(quantity: Quantity | None) -> Quantity | None:
        if quantity is None or quantity.unit != "score":
            return quantity
        return replace(quantity, unit="min")

    return replace(
        roles,
        baseline=minutes(roles.baseline),
        target=minutes(roles.target),
        delta=minutes(roles.delta),
    )


def _bound(roles: Roles, direction: str | None, metric: Measure | None) -> Roles:
    """A range as target: the end that must be reached, its upper one where less is better."""
    target = roles.target
    falls = direction == "decrease" or (direction != "increase" and metric and metric.falls)
    if target is None or target.high is None or not falls:
        return roles
    return replace(roles, target=replace(target, value=target.high))


def _with_values(
    reader: Reader, clause: Clause, named: Named | None, roles: Roles, verb: Verb | None
) -> ReadGoal:
    metric = named.metric if named else None
    direction = direction_of(verb, metric, roles)
    if improves_time(reader.body, verb, metric, roles):
        direction = direction_of((verb[0], verb[1], "better"), metric, roles) if verb else None
    kind = delta_kind(roles.delta)
    unit = unit_of(roles, metric, _name(reader, named))
    unit = unit or unit_beside(reader.body, named.end if named else 0)
    unit = recurring_unit(reader.plain.text, reader.dates, clause, roles, unit)
    sure: Confidence = "sure" if named and named.sure else "likely"
    goal = ReadGoal(
        metric=reader.text_slot(named.start, named.end, sure) if named else None,
        metric_id=metric.metric_id if metric and metric.kind != "unknown" else None,
        direction=_direction_slot(reader, direction, verb, named),
        baseline=reader.number_slot(roles.baseline, roles.sure),
        target=reader.number_slot(roles.target, roles.sure and not _fuzzy(reader.body, roles)),
        comparator=comparator_of(reader.body, clause.start, roles.target, direction, metric),
        delta=reader.number_slot(positive(roles.delta), roles.sure),
        delta_kind=kind,
        unit=unit,
        scale=scale_of(roles),
    )
    return _with_derived(goal, roles, direction, metric)


def _direction_slot(
    reader: Reader, direction: str | None, verb: Verb | None, named: Named | None
) -> Slot[str] | None:
    """The direction with the verb's place; where only values tell it, the metric's place."""
    if direction is None:
        return None
    place = verb[:2] if verb else (named.start, named.end) if named else None
    first, last = reader.plain.span(*place) if place else (0, 0)
    sure: Confidence = "unsure" if verb is None or verb[2] == "reach" else "sure"
    return Slot(direction, first, last, sure)


def _fuzzy(body: str, roles: Roles) -> bool:
    """约, about, 左右: the number is meant roughly."""
    if roles.target is None:
        return False
    left = body[max(0, roles.target.start - 14) : roles.target.start]
    right = body[roles.target.end : roles.target.end + 4]
    return bool(re.search(r"约|大概|about|around|roughly|approx|~", left) or "左右" in right)


def _name(reader: Reader, named: Named | None) -> str:
    return reader.body[named.start : named.end] if named else ""


def _with_derived(
    goal: ReadGoal, roles: Roles, direction: str | None, metric: Measure | None
) -> ReadGoal:
    """The target that a baseline and a change give, and both readings of an open % change."""
    flags = []
    if contradicts(direction, roles):
        flags.append("contradiction")
    levels = (roles.baseline, roles.target, roles.delta)
    if (
        metric is not None
        and metric.kind == "nps"
        and any(q and q.unit in {"%", "pp"} and q.form != "change" for q in levels)
    ):
        flags.append("nps_in_percent")
    rate = metric is not None and metric.kind == "share"
    if goal.delta_kind == "relative_pct" and rate and roles.target is None:
        flags.append("ambiguous_change")
    goal = replace(goal, flags=tuple(flags))
    if goal.delta is None or goal.baseline is None or goal.target is not None:
        return goal
    sign = -1.0 if direction == "decrease" else 1.0
    base, change = goal.baseline.value, sign * goal.delta.value
    derived = base * (1 + change / 100) if goal.delta_kind == "relative_pct" else base + change
    readings: tuple[tuple[str, float], ...] = ()
    if "ambiguous_change" in flags:
        readings = (("relative_pct", round(derived, 6)), ("pp", round(base + change, 6)))
    return replace(goal, target_derived=round(derived, 6), target_readings=readings)


def _with_places(
    reader: Reader, goal: ReadGoal, clause: Clause, threshold: Quantity | None
) -> ReadGoal:
    """Owner, scope and service-level threshold."""
    if reader.owner is not None:
        start, end, outright = reader.owner
        goal = replace(goal, owner=reader.text_slot(start, end, "sure" if outright else "likely"))
    scope = find_scope(reader.body, clause.start, clause.end)
    if scope is not None:
        goal = replace(goal, scope=reader.text_slot(*scope, "likely"))
    if threshold is not None and threshold.unit in TIME_SECONDS:
        first, last = reader.plain.span(threshold.start, threshold.end)
        goal = replace(goal, threshold=Threshold(threshold.value, threshold.unit, first, last))
    return goal

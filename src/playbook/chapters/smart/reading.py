"""The reader of goal sentences (SM1-SM7): rules only, same words, same goals.

Three layers: one plain form of the text (`reading_text`), spans (dates, quantities, metrics,
owner), and roles (which number is baseline, target or change). Every slot keeps its place.
"""

import re
from dataclasses import replace

from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_clauses import split_clauses
from playbook.chapters.smart.reading_dates import DateSpan, find_dates
from playbook.chapters.smart.reading_goal import build_goal
from playbook.chapters.smart.reading_limits import Limit, find_limits, side_conditions
from playbook.chapters.smart.reading_metrics import find_metrics
from playbook.chapters.smart.reading_model import (
    Constraint,
    OtherTarget,
    ReadGoal,
    Reading,
    ReadSettings,
    Slot,
    Threshold,
)
from playbook.chapters.smart.reading_owner import find_owner
from playbook.chapters.smart.reading_pairs import split_rows
from playbook.chapters.smart.reading_quantities import find_quantities
from playbook.chapters.smart.reading_reader import Reader
from playbook.chapters.smart.reading_rows import unknown_in_rows
from playbook.chapters.smart.reading_statements import states_no_goal
from playbook.chapters.smart.reading_text import blank, detect_lang, is_damaged, normalise
from playbook.chapters.smart.reading_units import TIME_SECONDS
from playbook.chapters.smart.reading_words import SERVICE_ACT

__all__ = [
    "Constraint",
    "OtherTarget",
    "ReadGoal",
    "ReadSettings",
    "Reading",
    "Slot",
    "Threshold",
    "read_goals",
    "to_prediction",
]


def read_goals(text: str, settings: ReadSettings | None = None) -> Reading:
    """Every goal that a text states, the main one first; nothing is guessed that is not there.

    Dates that count from today need `settings.reference_date`; without it the reading carries the
    flag `reference_date_missing`. Flags never stop the reading.

    >>> goal = read_goals("将客户满意度从75%提升至90%").goals[0]
    >>> goal.metric_id, goal.baseline.value, goal.target.value, goal.unit
    ('csat', 75.0, 90.0, '%')
    >>> from datetime import date
    >>> when = ReadSettings(reference_date=date(2026, 1, 15))
    >>> read_goals("Reply within 2 hours by end of Q2", when).goals[0].deadline.value
    '2026-06-30'
    """
    settings = settings or ReadSettings()
    lang = settings.lang or detect_lang(text)
    reader, limits, clauses = _spans(text, settings, lang)
    ordered = _main_first(reader, clauses)
    goals = [build_goal(reader, clause) for clause in ordered]
    goals = [g for g in goals if _says_something(g)] or goals[:1]
    if states_no_goal(reader.plain.text, reader.dates, goals):
        return Reading(text, lang, (), _text_flags(text, reader, ["no_goal"], []))
    if limits and goals:
        goals[0] = _with_limit(reader, goals[0], limits[0])
    return Reading(text, lang, tuple(goals), _text_flags(text, reader, [], goals))


def _spans(
    text: str, settings: ReadSettings, lang: str
) -> tuple[Reader, list[Limit], list[Clause]]:
    """Layer two: dates, owner, quantities and metrics, each found with the earlier ones covered."""
    plain = normalise(text)
    dates = find_dates(plain.text, settings, lang)
    masked = blank(plain.text, [(d.start, d.end) for d in dates])
    owner = find_owner(plain, masked)
    body = blank(masked, [owner[:2]] if owner else [])
    body = blank(body, side_conditions(body))
    metrics, quantities = unknown_in_rows(body, find_metrics(body)), find_quantities(body)
    limits = find_limits(body, quantities, metrics)
    covered = blank(body, [(x.start, x.end) for x in limits])
    for limit in limits:
        quantities = [q for q in quantities if q is not limit.amount]
        metrics = tuple(m for m in metrics if not limit.start <= m.start < limit.end)
    clauses = split_clauses(covered, quantities, metrics) if plain.text.strip() else []
    clauses = split_rows(covered, clauses)
    return Reader(plain, covered, tuple(dates), owner, settings), limits, clauses


def _main_first(reader: Reader, clauses: list[Clause]) -> list[Clause]:
    """Text order, but a means (`by raising ..`) and an unmeasured `every` come after the rest."""

    def lesser(clause: Clause) -> bool:
        words = reader.body[clause.start : clause.end]
        every = re.search(r"(?a:\b(?:every|all|each)\b)|每(?![月周季年天日])|所有|全部", words)
        timed = [q.unit in TIME_SECONDS for q in clause.quantities] == [True]
        return clause.means or bool(every and timed and re.search(SERVICE_ACT, words))

    return sorted(clauses, key=lesser)


def _says_something(goal: ReadGoal) -> bool:
    values = (goal.target, goal.delta, goal.baseline)
    named = goal.metric_id is not None or (goal.metric is not None and goal.direction is not None)
    return named or any(v is not None for v in values)


def _with_limit(reader: Reader, goal: ReadGoal, limit: Limit) -> ReadGoal:
    words = reader.text_slot(limit.start, limit.end, "sure")
    amount = limit.amount
    first, last = reader.plain.span(amount.start, amount.end)
    constraint = Constraint(words, Slot(amount.value, first, last), amount.unit or "")
    return replace(goal, constraint=constraint)


def _text_flags(
    text: str, reader: Reader, said: list[str], goals: list[ReadGoal]
) -> tuple[str, ...]:
    """Flags of the whole text: damage, missing reference date, length, and those of its dates."""
    spans = [] if said else reader.dates
    flags = {flag for span in spans if _counts(span) for flag in span.flags} | {*said}
    flags |= {flag for goal in goals for flag in goal.flags}
    named = {
        "text_empty": not text.strip(),
        "text_damaged": is_damaged(text),
        "text_long": len(text) > reader.settings.most_characters,
        "goals_many": len(goals) > reader.settings.most_goals,
    }
    return tuple(sorted(flags | {name for name, holds in named.items() if holds}))


def _counts(span: DateSpan) -> bool:
    return span.role in {"deadline", "start"}


def to_prediction(reading: Reading) -> dict[str, object]:
    """The main goal as a flat record of plain values, for comparing with labelled sentences.

    >>> to_prediction(read_goals("投诉率下降15%"))["delta"]
    15.0
    """
    goal = reading.goals[0] if reading.goals else ReadGoal()
    slots = {
        "metric": goal.metric,
        "direction": goal.direction,
        "baseline": goal.baseline,
        "target": goal.target,
        "delta": goal.delta,
        "deadline": goal.deadline,
        "deadline_text": goal.deadline_text,
        "start": goal.start,
        "owner": goal.owner,
        "scope": goal.scope,
    }
    plain: dict[str, object] = {k: s.value if s is not None else None for k, s in slots.items()}
    plain |= {
        "metric_canonical": goal.metric_id,
        "comparator": goal.comparator,
        "delta_kind": goal.delta_kind,
        "unit": goal.unit,
        "target_derived": goal.target_derived,
        "horizon": goal.horizon,
        "n_goals": reading.n_goals,
    }
    return plain

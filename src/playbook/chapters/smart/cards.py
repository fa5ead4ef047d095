"""One goal put together: what its card says or its sentence reads, then the letters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from playbook.chapters.smart.achievable import Aim, Record, judge_achievable
from playbook.chapters.smart.detectable import mean_detectable, share_detectable
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.links import letter_r
from playbook.chapters.smart.reading import ReadGoal, Reading, ReadSettings, read_goals
from playbook.chapters.smart.result import Achievable, Checked, Detectable, Span, Verdict
from playbook.chapters.smart.wording import (
    View,
    is_ready,
    letter_m,
    letter_owner,
    letter_s,
    letter_t,
    next_question,
)
from playbook.core.inputs import Inputs
from playbook.core.periods import DAYS, frequency

_SLOTS = ("metric", "direction", "baseline", "target", "delta", "deadline", "deadline_text",
          "start", "owner", "scope")  # fmt: skip
_NO_DATA = Verdict("unknown", ("no_data",))
_NO_LINK = Verdict("unknown", ("no_link_data",))


def check_sentence(sentence_id: str, text: str, settings: ReadSettings) -> Checked:
    """Check a bare sentence: A and R stay unknown, since nothing but the text is known."""
    reading = read_goals(text, settings)
    goal = reading.goals[0] if reading.goals else ReadGoal()
    view = view_of_reading(goal, reading)
    letters = {
        "S": letter_s(view), "M": letter_m(view), "A": _NO_DATA, "R": _NO_LINK,
        "T": letter_t(view, settings.reference_date),
    }  # fmt: skip
    owner = letter_owner(view)
    return Checked(
        sentence_id, "sentence", text, view.metric_id, view.metric, view.direction,
        view.baseline, view.target, goal.comparator, view.delta, view.delta_kind,
        goal.target_derived, goal.target_readings, view.unit, view.deadline, view.start,
        view.owner, view.n_goals, letters, owner, False,
        next_question(view, letters, owner), spans_of(goal), flags=(*reading.flags, *goal.flags),
    )  # fmt: skip


def view_of_reading(goal: ReadGoal, reading: Reading) -> View:
    """The letters' view of a goal that was read from a sentence."""
    return View(
        reading.text,
        goal.metric_id,
        goal.metric.value if goal.metric else None,
        goal.direction.value if goal.direction else None,
        goal.scope is not None,
        reading.n_goals,
        goal.target.value if goal.target else goal.target_derived,
        goal.unit,
        goal.delta.value if goal.delta else None,
        goal.delta_kind,
        goal.baseline.value if goal.baseline else None,
        _day(goal.deadline.value if goal.deadline else None),
        goal.deadline_text.value if goal.deadline_text else None,
        None,
        _day(goal.start.value if goal.start else None),
        goal.owner.value if goal.owner else None,
        service_level=goal.threshold is not None or goal.unit in ("s", "min", "h"),
        flags=(*reading.flags, *goal.flags),
    )


def spans_of(goal: ReadGoal) -> tuple[Span, ...]:
    """Where each slot stands in the text."""
    slots = ((name, getattr(goal, name)) for name in _SLOTS)
    return tuple(Span(n, s.start, s.end, s.confidence) for n, s in slots if s is not None)


def check_card(
    card: Mapping[str, Any],
    goals: Mapping[str, Any],
    inputs: Inputs[Settings],
) -> Checked:
    """Check a goal card: its numbers decide; its statement is read for wording only.

    A card is judged as of the day it was set: its start if that lies before the reference date,
    with the history known by then.
    """
    day = min(date.fromisoformat(card["start"]), inputs.facts.reference_date)
    parent = next((c for c in goals["cards"] if c["goal_id"] == card["parent_id"]), None)
    view, reading = _card_view(card, parent)
    record, history = _record(card, goals, day)
    achieved = judge_achievable(_aim(card), record, day, inputs.settings)
    detected = _detectable(card, inputs)
    letters = {
        "S": letter_s(view),
        "M": _with_data(letter_m(view), detected),
        "A": Verdict(achieved.verdict, achieved.reasons),
        "R": letter_r(card, parent, _drivers(inputs), inputs.settings),
        "T": letter_t(view, day),
    }
    owner = letter_owner(view)
    return _checked_card(card, view, reading, letters, owner, history, achieved, detected, goals)


def _checked_card(
    card: Mapping[str, Any],
    view: View,
    reading: Reading,
    letters: dict[str, Verdict],
    owner: Verdict,
    history: tuple[tuple[date, float], ...],
    achieved: Achievable,
    detected: Detectable | None,
    goals: Mapping[str, Any],
) -> Checked:
    spans = spans_of(reading.goals[0]) if reading.goals else ()
    peers = tuple(p["value"] for p in (_benchmark(card, goals) or {}).get("peers", ()))
    return Checked(
        card["goal_id"], "card", view.text, card["metric_id"], view.metric, card["direction"],
        card["baseline"], card["target"], card["comparator"], None, None, None, (),
        "%" if card["kind"] == "share" else card["unit"], view.deadline, view.start, view.owner,
        view.n_goals, letters, owner, is_ready(letters, owner),
        next_question(view, letters, owner), spans, history, peers, achieved, detected,
        reading.flags,
    )  # fmt: skip


def _card_view(card: Mapping[str, Any], parent: Mapping[str, Any] | None) -> tuple[View, Reading]:
    text = card["statement"] or ""
    due = date.fromisoformat(card["due"])
    reading = read_goals(text, ReadSettings(date.fromisoformat(card["start"])))
    view = View(
        text,
        card["metric_id"],
        card["metric_id"],
        card["direction"],
        bool(card["team"] or card["level"]),
        max(1, reading.n_goals),
        card["target"],
        card["unit_written"] or card["unit"],
        None,
        None,
        card["baseline"],
        due,
        None,
        date.fromisoformat(parent["due"]) if parent else None,
        date.fromisoformat(card["start"]),
        card["owner"] or card["team"],
        not card["owner"] and bool(card["team"]),
        review_days=DAYS[card["review_every"] or "month"],
        from_card=True,
    )
    return view, reading


def _aim(card: Mapping[str, Any]) -> Aim:
    falling = card["direction"] == "decrease" or card["comparator"] == "<="
    bound = card["bound_low"] if falling else card["bound_high"]
    return Aim(
        card["target"], -1 if falling else 1, card["direction"] == "maintain", card["baseline"],
        date.fromisoformat(card["due"]), bound,
    )  # fmt: skip


def _record(
    card: Mapping[str, Any], goals: Mapping[str, Any], day: date
) -> tuple[Record, tuple[tuple[date, float], ...]]:
    """The history known by that day, and the peers of the metric."""
    found = [b for b in goals.get("baselines", ()) if b["metric_id"] == card["metric_id"]]
    points = [p for b in found[:1] for p in b["history"] if date.fromisoformat(p["day"]) <= day]
    kinds = [frequency(p["period"]) for p in points]
    same = [p for p, kind in zip(points, kinds, strict=True) if kind == kinds[-1]]
    history = tuple((date.fromisoformat(p["day"]), float(p["value"])) for p in same)
    peers = _benchmark(card, goals) or {}
    values = tuple(value for _, value in history)
    every = kinds[-1] if kinds else "month"
    return Record(values, every, peers.get("p75"), peers.get("p90")), history


def _benchmark(card: Mapping[str, Any], goals: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = (b for b in goals.get("benchmark", ()) if b["metric_id"] == card["metric_id"])
    return next(found, None)


def _drivers(inputs: Inputs[Settings]) -> list[dict[str, Any]]:
    absent = dict.fromkeys(("r", "r_low", "r_high", "n", "rank"))
    return [absent | row for _, row in inputs.tables.rows("smart_drivers")]


def _detectable(card: Mapping[str, Any], inputs: Inputs[Settings]) -> Detectable | None:
    """SM10 where samples are planned for the metric and the card has a baseline."""
    samples = inputs.tables.rows("smart_samples")
    rows = [row for _, row in samples if row["metric_id"] == card["metric_id"]]
    if not rows or card["baseline"] is None:
        return None
    before, after, power = int(rows[0]["n_before"]), int(rows[0]["n_after"]), inputs.settings.power
    if card["kind"] == "share":
        return share_detectable(card["baseline"], card["target"], before, after, power)
    sd = rows[0].get("sd")
    if sd is None:
        return None
    return mean_detectable(card["baseline"], card["target"], float(sd), before, after, power)


def _with_data(letter: Verdict, detected: Detectable | None) -> Verdict:
    """Letter M from the text, made worse where the planned samples cannot show the change."""
    if detected is None or detected.verdict == "pass":
        return letter
    if detected.verdict == "fail":
        return Verdict("fail", ("not_detectable", *letter.reasons))
    value = letter.value if letter.value == "fail" else "weak"
    return replace(letter, value=value, reasons=("low_power", *letter.reasons))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

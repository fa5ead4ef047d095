"""Goals read from a bare sentence: the text settles S, M and T; A only where data are given.

Light to import: the command ``playbook smart`` answers from here at once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from playbook.chapters.smart.achievable import Aim
from playbook.chapters.smart.evidence import Evidence
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.judging import Judged, judge, with_samples
from playbook.chapters.smart.reading import ReadGoal, Reading, ReadSettings, read_goals
from playbook.chapters.smart.result import Amount, Checked, OtherAim, Span, Verdict
from playbook.chapters.smart.wording import (
    View,
    is_ready,
    letter_m,
    letter_owner,
    letter_s,
    letter_t,
    next_question,
)
from playbook.core.metrics import dictionary

Lookup = Callable[[str | None], Evidence | None]
"""What is known of a metric (by id, None if the text names none we know); None = nothing."""

_SLOTS = ("metric", "direction", "baseline", "target", "delta", "deadline", "deadline_text",
          "start", "owner", "scope")  # fmt: skip
_ROUGH_BEFORE = re.compile(
    r"(?:大约|大約|大概|约|約|\b(?:around|about|roughly|approximately))\s?(?:在|于|the )?$", re.I
)
_ROUGH_AFTER = re.compile(r"\s?(?:左右|前后|前後|上下)")
_NO_DATA = Judged(Verdict("unknown", ("no_data",)))
_NO_LINK = Verdict("unknown", ("no_link_data",))


def check_sentence(sentence_id: str, text: str, settings: ReadSettings) -> Checked:
    """Check the main goal of a sentence without data: A and R stay unknown."""
    return check_goals(sentence_id, text, settings)[0]


def check_goals(
    sentence_id: str,
    text: str,
    settings: ReadSettings,
    known: Lookup = lambda _: None,
    limits: Settings | None = None,
    own_names: Mapping[str, str] | None = None,
) -> tuple[Checked, ...]:
    """Check every goal of a sentence, the main one first; at least one, however empty.

    known gives the evidence of a metric; without it letter A is unknown, never guessed. R needs
    links, which a sentence does not hold. own_names: the client's names of metrics in lower case
    and their ids, which go before the shipped ones. Goal ids after the first are ``T06/2``.
    """
    reading = read_goals(text, settings)
    reading = replace(reading, goals=tuple(_own(g, own_names or {}) for g in reading.goals))
    goals = reading.goals or (ReadGoal(),)
    return tuple(
        _checked(sentence_id, number, goal, reading, settings, known, limits or Settings())
        for number, goal in enumerate(goals, 1)
    )


def _own(goal: ReadGoal, own_names: Mapping[str, str]) -> ReadGoal:
    """The goal with the client's own metric, where the text calls it by the client's name."""
    said = goal.metric.value.lower() if goal.metric else ""
    found = max((name for name in own_names if name in said), key=len, default=None)
    return goal if found is None else replace(goal, metric_id=own_names[found])


def _checked(
    sentence_id: str,
    number: int,
    goal: ReadGoal,
    reading: Reading,
    settings: ReadSettings,
    known: Lookup,
    limits: Settings,
) -> Checked:
    view, today = view_of_reading(goal, reading), settings.reference_date
    judged, used = _judged(view, goal, known(goal.metric_id), today, limits)
    letters = {
        "S": letter_s(view), "M": with_samples(letter_m(view), judged.detectable),
        "A": judged.letter_a, "R": _NO_LINK, "T": letter_t(view, today),
    }  # fmt: skip
    owner = letter_owner(view)
    found = Checked(
        sentence_id if number == 1 else f"{sentence_id}/{number}", "sentence", reading.text,
        view.metric_id, view.metric, view.direction, view.baseline,
        goal.target.value if goal.target else None, goal.comparator, view.delta, view.delta_kind,
        goal.target_derived, goal.target_readings or _readings(goal, view, used), view.unit,
        view.deadline, view.start, view.owner, view.n_goals, letters, owner,
        is_ready(letters, owner), next_question(view, letters, owner), spans_of(goal),
        flags=flags_of(goal, reading, view), sentence_id=sentence_id, lang=reading.lang, day=today,
    )  # fmt: skip
    return _with_evidence(_with_details(found, goal), judged, used)


def _with_evidence(found: Checked, judged: Judged, used: Evidence | None) -> Checked:
    found = replace(found, achievable=judged.achievable, detectable=judged.detectable,
                    promise=judged.promise)  # fmt: skip
    if used is None:
        return found
    return replace(found, history=used.history, peers=used.peers, p75=used.p75, p90=used.p90)


def _with_details(found: Checked, goal: ReadGoal) -> Checked:
    """What stands in the sentence besides the slots that the letters look at."""
    level, limit = goal.threshold, goal.constraint
    return replace(
        found,
        deadline_text=goal.deadline_text.value if goal.deadline_text else None,
        horizon=goal.horizon,
        scope=goal.scope.value if goal.scope else None,
        service_level=Amount(level.value, level.unit) if level else None,
        limit=Amount(limit.limit.value, limit.unit, limit.text.value) if limit else None,
        other_targets=tuple(
            OtherAim(o.target.value, o.unit, _day(o.deadline.value if o.deadline else None))
            for o in goal.other_targets
        ),
    )


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
        scale=goal.scale,
        date_approximate=_approximate(goal, reading.text),
        at_least=goal.comparator == ">=" and goal.target is not None,
        with_milestone=_mixed(reading),
        flags=(*reading.flags, *goal.flags),
    )


def _approximate(goal: ReadGoal, text: str) -> bool:
    """The words beside the date make it a rough one: 6月底左右, around the end of June."""
    said = goal.deadline_text
    if said is None:
        return False
    return bool(_ROUGH_BEFORE.search(text[: said.start]) or _ROUGH_AFTER.match(text[said.end :]))


def _mixed(reading: Reading) -> bool:
    """Something to be done stands beside a result."""
    done = [goal.metric_id == "milestone" for goal in reading.goals]
    return any(done) and not all(done)


def spans_of(goal: ReadGoal) -> tuple[Span, ...]:
    """Where each slot stands in the text."""
    slots = ((name, getattr(goal, name)) for name in _SLOTS)
    return tuple(Span(n, s.start, s.end, s.confidence) for n, s in slots if s is not None)


def flags_of(goal: ReadGoal, reading: Reading, view: View) -> tuple[str, ...]:
    """What the reader flags, and a promise at the limit (S4: it invites complaints)."""
    flags = list(dict.fromkeys((*reading.flags, *goal.flags)))
    return (*flags, "over_promise") if at_limit(view) else tuple(flags)


def at_limit(view: View) -> bool:
    """The aim is the best value there can be: everyone satisfied, no complaint at all."""
    metric = dictionary().get(view.metric_id or "")
    if view.target is None or (metric and metric.kind in ("milestone", "vague", "count")):
        return False
    if metric is None:  # a share whose name we do not know: nobody left out
        return view.unit == "%" and view.target == 100 and view.direction == "increase"
    falling = view.direction == "decrease" or (
        view.direction is None and metric.direction == "decrease"
    )
    bound = metric.bound_low if falling else metric.bound_high
    if bound is None:
        return False
    bound *= 100 if metric.is_share and view.unit == "%" else 1
    return view.target <= bound if falling else view.target >= bound


def _judged(
    view: View, goal: ReadGoal, evidence: Evidence | None, today: date | None, limits: Settings
) -> tuple[Judged, Evidence | None]:
    """Letters A and M on data, and the evidence in the unit of the sentence."""
    if evidence is None or today is None:
        return _NO_DATA, None
    unit = "%" if view.unit == "pp" else view.unit or ""
    used = evidence.in_unit(unit)
    if view.target is None:
        return Judged(Verdict("unknown", ("no_target",))), used
    if used is None:
        return Judged(Verdict("unknown", ("unit_differs",))), None
    return judge(_aim(view, goal, used), used, today, limits), used


def _aim(view: View, goal: ReadGoal, used: Evidence) -> Aim:
    metric = dictionary().get(view.metric_id or "")
    way = view.direction or (metric.direction if metric else "increase")
    falling = way == "decrease" or goal.comparator in ("<=", "<")
    return Aim(
        view.target or 0.0, -1 if falling else 1, view.direction == "maintain", view.baseline,
        view.deadline, used.bound_low if falling else used.bound_high,
    )  # fmt: skip


def _readings(goal: ReadGoal, view: View, used: Evidence | None) -> tuple[tuple[str, float], ...]:
    """K9: where "by 15 %" may mean per cent or points, both targets from the last known values."""
    if "ambiguous_change" not in view.flags or goal.delta is None or used is None:
        return ()
    if not used.history or used.unit != "%":
        return ()
    last = used.values[-3:]
    base, sign = sum(last) / len(last), -1 if view.direction == "decrease" else 1
    relative = base * (1 + sign * goal.delta.value / 100)
    return (("relative_pct", relative), ("pp", base + sign * goal.delta.value))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

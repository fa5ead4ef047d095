"""From load, staffing, team, gate and messages to what may be concluded."""

from collections.abc import Iterator, Sequence

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import (
    Expectation,
    Gate,
    Message,
    People,
    Queue,
    Relief,
    Values,
)
from playbook.core.findings import Certainty, Finding, Weight

PROMISES: tuple[tuple[str, str, Certainty], ...] = (
    ("missed_for_certain", "promise_above_capacity", "likely"),
    ("missed", "promise_above_capacity", "undecided"),
    ("thin", "promise_thin", "undecided"),
)
"""State of a promise -> what may be concluded, in the order it is said."""


def conclusions(found: People, settings: Settings) -> tuple[Finding, ...]:
    """All conclusions about people, the weightiest first."""
    return (
        *_promises(found),
        *_expected(found),
        *_load(found, settings),
        *_departments(found),
        *_team(found),
        *_gate(found.gate),
        *_messages(found),
        *_meetings(found),
    )


def _promises(found: People) -> Iterator[Finding]:
    """Promises of queues and messages, those that cannot be kept first (K16).

    Not kept: likely if less load would not save it, else undecided, as is one kept by the numbers
    given and not with more load. Never proven: a model with assumed numbers proves nothing.
    """
    change = found.parameters.get("load_change")
    promises = [
        *(_of_queue(queue) for queue in found.staffing),
        *(_of_message(message) for message in found.messages if message.state != "none"),
    ]
    for state, code, sure in PROMISES:
        for one in promises:
            if one["state"] == state:
                values = {k: v for k, v in one.items() if k != "state"} | {"change": change}
                about = str(one["segment"] or one["queue"])
                weight: Weight = "headline" if state.startswith("missed") else "detail"
                yield Finding(code, sure, (about,), values, weight)
    held = tuple(dict.fromkeys(str(one["queue"]) for one in promises if one["state"] == "held"))
    if held:
        yield Finding("promise_held", "likely", held, {"count": len(held), "change": change})


def _of_queue(queue: Queue) -> Values:
    return {
        "state": queue.state, "queue": queue.queue, "segment": None, "on": None,
        "level": queue.level, "answer": queue.answer_s,
        "reached": queue.there.service_level if queue.there else None,
        "agents": queue.agents, "there": queue.agents_there, "possible": queue.possible_s,
    }  # fmt: skip


def _of_message(message: Message) -> Values:
    return {
        "state": message.state, "queue": message.queue, "segment": message.segment,
        "on": message.on.isoformat() if message.on else None, "level": message.wanted,
        "answer": message.promise_s, "reached": message.reached, "agents": message.agents,
        "there": message.agents_there, "possible": message.possible_s,
    }  # fmt: skip


def _expected(found: People) -> Iterator[Finding]:
    """Expectations against promise and capacity; at most likely, since capacity is a model."""
    for one in found.expectations:
        sure: Certainty = "likely" if one.is_sure else "undecided"
        if one.state == "short":
            yield Finding("expectation_above_capacity", sure, (one.queue,), _of_survey(one))
        elif one.state == "late":
            yield Finding("expectation_before_promise", sure, (one.queue,), _of_survey(one))
    met = [one for one in found.expectations if one.state == "met"]
    if met:
        sure = "likely" if all(one.is_sure for one in met) else "undecided"
        values: Values = {"count": len(met), "least": found.parameters.get("expect_least"),
                          "n": min(one.n for one in met)}  # fmt: skip
        yield Finding("expectation_met", sure, tuple(one.queue for one in met), values)
    for one in found.expectations:
        last = one.surveys[-1]
        if last.change_high is not None and last.change_high < 0:
            values = {
                "before": one.surveys[-2].accepted, "accepted": last.accepted,
                "low": 100 * (last.change_low or 0), "high": 100 * last.change_high,
                "promise": one.promise_s, "period": one.surveys[-2].period, "now": one.period,
                "n": one.n,
            }  # fmt: skip
            yield Finding("expectations_rising", "proven", (one.queue,), values)


def _of_survey(one: Expectation) -> Values:
    return {
        "queue": one.queue, "n": one.n, "period": one.period, "level": one.level,
        "expected": one.expected_s, "promise": one.promise_s, "possible": one.possible_s,
        "accepted": one.accepted, "low": one.accepted_low, "high": one.accepted_high,
        "kept": one.possible_accepted, "kept_low": one.possible_low,
        "kept_high": one.possible_high, "agents": one.agents, "there": one.agents_there,
    }  # fmt: skip


def _load(found: People, settings: Settings) -> Iterator[Finding]:
    known = [person for person in found.people if person.peak is not None]
    red = [person for person in known if person.state == "red"]
    for person in red:
        relief = _best([r for r in found.reliefs if r.person == person.person])
        values: dict[str, float | int | str | None] = {
            "peak": person.peak, "week": str(person.peak_week), "red": person.weeks_red,
            "weeks": person.weeks, "days": person.planned, "per_week": person.days_per_week,
        }  # fmt: skip
        values["relief"] = relief.way if relief else "none"
        if relief is not None:
            values |= {"action": relief.action, "float": relief.days, "after": relief.peak_after,
                       "left": relief.weeks_red_after}  # fmt: skip
        yield Finding("overloaded", "fact", (person.person,), values, "headline")
    amber = [person for person in known if person.state == "amber"]
    if amber:
        values = {"count": len(amber), "limit": settings.amber_load, "peak": amber[0].peak}
        yield Finding("owner_loaded", "fact", tuple(p.person for p in amber), values)
    if known and not red and not amber:
        full = known[0]
        values = {"peak": full.peak, "limit": settings.amber_load, "count": len(known)}
        yield Finding("load_fits", "fact", (full.person,), values)


def _best(reliefs: Sequence[Relief]) -> Relief | None:
    """The move that helps more; the same help by starting later is simpler."""
    return min(
        reliefs,
        key=lambda r: (r.weeks_red_after, r.others_red, round(r.peak_after, 2), r.way != "shift"),
        default=None,
    )


def _departments(found: People) -> Iterator[Finding]:
    if found.departments:
        actions = sum(len(owned) for owned in found.departments.values())
        yield Finding("department_owns", "fact", tuple(found.departments), {"count": actions})


def _team(found: People) -> Iterator[Finding]:
    """The preset chosen; with none chosen only that both stand there."""
    if not found.team:
        return
    if found.preset == "none":
        gaps = {
            preset: sum(not check.met for check in found.team if check.preset == preset)
            for preset in dict.fromkeys(check.preset for check in found.team)
        }
        yield Finding("team_preset_open", "fact", (), {f"short_{k}": n for k, n in gaps.items()})
        return
    asked = [check for check in found.team if check.preset == found.preset]
    short = [check for check in asked if not check.met]
    for check in short:
        lacking = None if check.found is None else check.wanted - check.found
        values: dict[str, float | int | str | None] = {
            "post": check.post, "wanted": check.wanted, "found": check.found,
                  "lacking": lacking, "minutes": check.minutes_wanted}  # fmt: skip
        code = "team_short" if check.kind == "post" else "meeting_short"
        yield Finding(code, "fact", (check.post,), values)
    if not short:
        yield Finding("team_complete", "fact", (), {"count": len(asked)})


def _gate(gate: Gate | None) -> Iterator[Finding]:
    if gate is None:
        return
    for step in gate.steps:
        if step.state in ("thin", "skipped"):
            values = {"share": step.share, "cases": step.cases, "wanted": step.cases_wanted}
            yield Finding(f"gate_{step.state}", "fact", (), values)
    lacking = tuple(code for code, stands in gate.ready.items() if not stands)
    first = next((step for step in gate.steps if step.state == "next"), None)
    if first is None:
        return
    values = {"share": first.share, "wanted": first.cases_wanted, "cases": first.cases,
              "count": len(lacking)}  # fmt: skip
    if lacking:
        about = tuple(f"ready_{code}" for code in lacking)
        yield Finding("gate_not_ready", "fact", about, values)
    else:
        yield Finding("gate_ready", "fact", gate.actions, values)


def _messages(found: People) -> Iterator[Finding]:
    if not found.messages:
        return
    without = [m.segment for m in found.messages if "message" in m.missing]
    if without:
        values = {"count": len(set(without))}
        yield Finding("segments_without_message", "fact", tuple(dict.fromkeys(without)), values)
    loose = [m for m in found.messages if m.missing and "message" not in m.missing]
    if loose:
        about = tuple(dict.fromkeys(m.segment for m in loose))
        yield Finding("messages_incomplete", "fact", about, {"count": len(loose)})
    mixed = [m for m in found.messages if "not_personal" in m.faults]
    if mixed:
        about = tuple(dict.fromkeys(m.segment for m in mixed))
        yield Finding("high_value_by_mass", "fact", about, {"count": len(mixed)})
    if found.has_alarm:
        metrics = tuple(dict.fromkeys(m.trigger for m in found.messages if m.on_alarm))
        about = tuple(metric for metric in metrics if metric is not None)
        yield Finding("crisis_linked", "fact", about, {"count": len(about)})
    else:
        yield Finding("crisis_unlinked", "fact", (), {"count": len(found.messages)})


def _meetings(found: People) -> Iterator[Finding]:
    late = [meeting for meeting in found.meetings if meeting.overdue]
    if late:
        values = {"count": sum(len(meeting.overdue) for meeting in late)}
        yield Finding("meetings_overdue", "fact", tuple(m.item for m in late), values)

"""The tables of the team against the presets, and of the rollout gate."""

from playbook.chapters.plan.people.model import Gate
from playbook.chapters.plan.people.tables import Row, Setter
from playbook.core.section import Table
from playbook.core.text import listing, say


def team(set_: Setter) -> Table:
    """Both presets side by side, each demand against the team at hand."""
    columns = [
        set_.column("preset"), set_.column("demand"), set_.column("wanted"),
        set_.column("found"), set_.column("who"), set_.column("met", "yes"),
    ]  # fmt: skip
    rows = []
    for one in set_.result.team:
        slots = {"count": one.wanted, "minutes": one.minutes_wanted}
        there = {"count": one.found, "minutes": one.minutes_found}
        kind = one.kind if one.minutes_wanted is None else f"{one.kind}_minutes"
        rows.append({
            "preset": set_.code("preset", one.preset),
            "demand": set_.code("post", one.post),
            "wanted": say(f"plan.people.text.wanted_{kind}", set_.lang, **slots),
            "found": None if one.found is None
            else say(f"plan.people.text.found_{kind}", set_.lang, **there),
            "who": set_.several(one.who),
            "met": one.met,
        })  # fmt: skip
    return set_.table("team", columns, rows)


def steps(set_: Setter) -> Table:
    """The steps of the rollout."""
    columns = [
        set_.column("share", "percent", 0), set_.column("cases_wanted", "integer"),
        set_.column("cases", "integer"), set_.column("due", "date"), set_.column("owner"),
        set_.column("state"),
    ]  # fmt: skip
    rows = [
        {
            "share": step.share,
            "cases_wanted": step.cases_wanted,
            "cases": step.cases,
            "due": step.due,
            "owner": set_.person(step.owner),
            "state": set_.code("step", step.state),
        }
        for step in (set_.result.gate.steps if set_.result.gate else ())
    ]
    return set_.table("steps", columns, rows)


def conditions(set_: Setter) -> Table:
    """What must stand before the first step."""
    columns = [
        set_.column("condition"), set_.column("owner"), set_.column("due", "date"),
        set_.column("seen"), set_.column("met", "yes"),
    ]  # fmt: skip
    gate = set_.result.gate
    rows: list[Row] = []
    for code, stands in gate.ready.items() if gate else ():
        owner = gate.owners.get(code) if gate else None
        rows.append({
            "condition": set_.code("ready", code),
            "owner": set_.person(owner),
            "due": gate.dates.get(code) if gate else None,
            "seen": _seen(set_, gate, code) if gate else None,
            "met": stands,
        })  # fmt: skip
    return set_.table("conditions", columns, rows)


def _seen(set_: Setter, gate: Gate, code: str) -> str | None:
    """What was found on a condition, where it is more than yes or no."""
    if code == "fault_location" and gate.fault_found is not None:
        slots = {"value": gate.fault_found, "limit": gate.fault_wanted}
        return say("plan.people.text.minutes", set_.lang, **slots)
    if code != "guardrails":
        return None
    states = [
        say("plan.people.text.pair", set_.lang, name=set_.name(metric),
            state=set_.code("guardrail", state))
        for metric, state in gate.guardrails.items()
    ]  # fmt: skip
    return listing(states, set_.lang) or None

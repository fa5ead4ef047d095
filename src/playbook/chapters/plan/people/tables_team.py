"""The tables of the team against the presets, and of the rollout gate."""

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
    columns = [set_.column("condition"), set_.column("seen"), set_.column("met", "yes")]
    gate = set_.result.gate
    rows: list[Row] = []
    for code, stands in gate.ready.items() if gate else ():
        seen = None
        if gate and code == "on_call":
            seen = set_.person(gate.on_call)
        elif gate and code == "fault_location" and gate.fault_found is not None:
            seen = say("plan.people.text.minutes", set_.lang, value=gate.fault_found,
                       limit=gate.fault_wanted)  # fmt: skip
        elif gate and code == "guardrails" and gate.guardrails:
            parts = [f"{set_.name(k)}：{set_.code('guardrail', v)}" if set_.lang == "zh"
                     else f"{set_.name(k)}: {set_.code('guardrail', v)}"
                     for k, v in gate.guardrails.items()]  # fmt: skip
            seen = listing(parts, set_.lang)
        rows.append({"condition": set_.code("ready", code), "seen": seen, "met": stands})
    return set_.table("conditions", columns, rows)

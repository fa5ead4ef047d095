"""The tables of what customers are told, and of the meetings that steer the plan."""

from playbook.chapters.plan.people.model import Message
from playbook.chapters.plan.people.tables import Row, Setter
from playbook.core.section import Table
from playbook.core.text import listing, say


def promises(set_: Setter) -> Table:
    """Messages that promise a time, against the agents who must keep it."""
    columns = [
        set_.column("segment"), set_.column("message"), set_.column("queue"),
        set_.column("promise"), set_.column("reached", "percent", 0),
        set_.column("agents_there", "integer"), set_.column("agents", "integer"),
        set_.column("possible"), set_.column("state"),
    ]  # fmt: skip
    rows = [_promise(set_, m) for m in set_.result.messages if m.state != "none"]
    return set_.table("promises", columns, rows)


def _promise(set_: Setter, one: Message) -> Row:
    return {
        "segment": set_.name(one.segment),
        "message": set_.name(one.message),
        "queue": set_.name(one.queue),
        "promise": set_.promise(one.promise_s, one.wanted),
        "reached": one.reached,
        "agents_there": one.agents_there,
        "agents": one.agents,
        "possible": set_.time(one.possible_s),
        "state": set_.code("queue", one.state),
    }


def messages(set_: Setter) -> Table:
    """The communication plan, each row with what it lacks."""
    columns = [
        set_.column("segment"), set_.column("tier"), set_.column("message"),
        set_.column("channel"), set_.column("on", "date"), set_.column("owner"),
        set_.column("trigger"), set_.column("faults"),
    ]  # fmt: skip
    rows = [
        {
            "segment": set_.name(one.segment),
            "tier": set_.code("tier", one.tier) if one.tier else None,
            "message": set_.name(one.message),
            "channel": set_.code("channel", one.channel) if one.channel else None,
            "on": one.on,
            "owner": set_.person(one.owner),
            "trigger": set_.name(one.trigger),
            "faults": _faults(set_, one),
        }
        for one in set_.result.messages
    ]
    return set_.table("messages", columns, rows)


def _faults(set_: Setter, one: Message) -> str | None:
    lacks = [set_.code("missing", column) for column in one.missing]
    codes = list(one.faults)
    if one.state.startswith("missed"):
        codes.append("too_much")
    faults = [set_.code("fault", code) for code in codes]
    said = [say("plan.people.text.lacks", set_.lang, what=listing(lacks, set_.lang))]
    return listing([*(said if lacks else []), *faults], set_.lang) or None


def meetings(set_: Setter) -> Table:
    """The governance calendar in one row a meeting."""
    columns = [
        set_.column("meeting"), set_.column("every_days", "number", 0),
        set_.column("minutes", "number", 0), set_.column("owner"),
        set_.column("times", "integer"), set_.column("overdue", "integer"),
        set_.column("next_on", "date"),
    ]  # fmt: skip
    rows = [
        {
            "meeting": set_.name(one.item),
            "every_days": one.every_days,
            "minutes": one.minutes,
            "owner": set_.person(one.owner),
            "times": len(one.dates),
            "overdue": len(one.overdue),
            "next_on": one.next_on,
        }
        for one in set_.result.meetings
    ]
    return set_.table("meetings", columns, rows)

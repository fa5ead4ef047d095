"""Times, names and findings about people as they are printed."""

from collections.abc import Mapping
from dataclasses import replace

from playbook.core.findings import Finding
from playbook.core.metrics import dictionary
from playbook.core.text import Lang, Name, known_as, say

TIMES = ("answer", "possible", "expected", "promise")
"""Values of findings held in seconds."""
UNITS = ((7200.0, 3600.0, "hours"), (120.0, 60.0, "minutes"), (0.0, 1.0, "seconds"))


def duration(seconds: float | None, lang: Lang) -> str | None:
    """A time in the unit a reader would use.

    >>> duration(14400, "en"), duration(300, "zh"), duration(20, "en")
    ('4 h', '5 分钟', '20 s')
    """
    if seconds is None:
        return None
    if seconds < 0.5:
        return say("plan.people.unit.at_once", lang)
    size, unit = next((size, unit) for least, size, unit in UNITS if seconds >= least)
    return say(f"plan.people.unit.{unit}", lang, value=f"{seconds / size:.3g}")


def name(key: str, names: Mapping[str, Name], lang: Lang) -> str:
    """The client's name of an id, else the dictionary's name of a metric, else the id."""
    metric = None if key in names else dictionary().get(key)
    return metric.name.in_(lang) if metric else known_as(key, names, lang)


def worded(finding: Finding, lang: Lang, names: Mapping[str, Name]) -> Finding:
    """A finding about people with its times, posts and conditions as text.

    Findings of other parts come back as they are.
    """
    if finding.code not in CODES:
        return finding
    values = dict(finding.values)
    for key in TIMES:
        seconds = values.get(key)
        if isinstance(seconds, int | float):
            values[key] = duration(seconds, lang)
    post = values.get("post")
    if isinstance(post, str):
        values["post"] = say(f"plan.people.post.{post}", lang)
    if "segment" in values:
        values["who"] = _promiser(values, lang, names)
    if finding.code == "overloaded":
        slots = {k: name(v, names, lang) if isinstance(v, str) else v for k, v in values.items()}
        values["relief"] = say(f"plan.people.relief.{values['relief']}", lang, **slots)
    about = tuple(_about(key, names, lang) for key in finding.about)
    return replace(finding, about=about, values=values)


def _promiser(values: Mapping[str, object], lang: Lang, names: Mapping[str, Name]) -> str:
    """Whose promise it is: the queue's standard, or a message and the day it goes out."""
    segment, on = values.get("segment"), values.get("on")
    if not isinstance(segment, str):
        return say("plan.people.text.by_queue", lang)
    key = "by_message_on" if on else "by_message"
    return say(f"plan.people.text.{key}", lang, segment=name(segment, names, lang), on=on)


def _about(key: str, names: Mapping[str, Name], lang: Lang) -> str:
    if key.startswith("ready_"):
        return say(f"plan.people.ready.{key.removeprefix('ready_')}", lang)
    return name(key, names, lang)


CODES = frozenset({
    "promise_above_capacity", "promise_thin", "promise_held", "overloaded", "owner_loaded",
    "load_fits", "department_owns", "team_short", "meeting_short", "team_complete",
    "team_preset_open", "gate_thin", "gate_skipped", "gate_not_ready", "gate_ready",
    "segments_without_message", "messages_incomplete", "high_value_by_mass", "crisis_linked",
    "crisis_unlinked", "meetings_overdue", "expectation_above_capacity",
    "expectation_before_promise", "expectation_met", "expectations_rising",
})  # fmt: skip
"""Findings of this part."""

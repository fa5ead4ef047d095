"""Tables of training, points, procedures, articles, KPI scores and forms."""

from collections.abc import Iterable, Mapping

from playbook.chapters.plan.enabling.model import (
    GamingSignal,
    Lesson,
    Mastery,
    Observed,
    Points,
    Training,
)
from playbook.chapters.plan.enabling.naming import name_of
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, Name, listing, say

Names = Mapping[str, Name]
MOST_NAMED = 60
"""People named in one cell; the rest is counted."""


def title(key: str, lang: Lang, **values: object) -> str:
    """The title of a table."""
    return say(f"plan.enabling.table.{key}", lang, **values)


def code(key: str, lang: Lang, **values: object) -> str:
    """A code in words."""
    return say(f"plan.enabling.code.{key}", lang, **values)


def column(
    key: str, lang: Lang, kind: Kind = "text", digits: int = 1, low: str = "", high: str = ""
) -> Column:
    """A column with its heading."""
    return Column(key, say(f"plan.enabling.column.{key}", lang), kind, digits, low, high)


def table(key: str, columns: Iterable[Column], rows: Iterable[Mapping[str, Cell]], name: str,
          note: str = "") -> Table:  # fmt: skip
    return Table(f"plan_{key}", name, tuple(columns), tuple(rows), note)


def topic_table(training: Training, lang: Lang, names: Names) -> Table:
    """Per topic: required, valid, missing, expired, refreshers due."""
    states: dict[str, dict[str, int]] = {}
    for cell in training.cells:
        held = states.setdefault(cell.topic, {"missing": 0, "expired": 0, "due": 0, "done": 0})
        held[cell.state] += 1
    rows: list[dict[str, Cell]] = [
        {"topic": name_of(topic, names, lang), "required": cover.n, "valid": cover.x,
         "share": cover.value, "low": cover.low, "high": cover.high, **states[topic]}
        for topic, cover in training.by_topic.items()
    ]  # fmt: skip
    columns = (
        column("topic", lang), column("required", lang, "integer"),
        column("valid", lang, "integer"),
        column("share", lang, "percent", 0, "low", "high"), column("missing", lang, "integer"),
        column("expired", lang, "integer"), column("due", lang, "integer"),
    )  # fmt: skip
    return table("training_topics", columns, rows, title("topics", lang))


def effect_table(training: Training, lang: Lang, names: Names) -> Table:
    """Per topic: mastery before and after, who changed, the rise with its interval."""
    rows = [_effect_row(effect, lang, names) for effect in training.mastery]
    columns = (
        column("topic", lang), column("design", lang), column("n", lang, "integer"),
        column("before", lang, "percent", 0), column("after", lang, "percent", 0),
        column("changed", lang), column("diff", lang, "points", 0, "low", "high"),
        column("p", lang, "p"),
    )  # fmt: skip
    return table("training_effects", columns, rows, title("effects", lang))


def _effect_row(effect: Mastery, lang: Lang, names: Names) -> dict[str, Cell]:
    changed = None if effect.gained is None else f"{effect.gained} / {effect.lost}"
    return {
        "topic": name_of(effect.topic, names, lang),
        "design": code("paired" if effect.paired else "two_groups", lang), "n": effect.n,
        "before": effect.before.value, "after": effect.after.value, "changed": changed,
        "diff": effect.diff, "low": effect.low, "high": effect.high, "p": effect.mcnemar_p,
    }  # fmt: skip


def calendar_table(training: Training, lang: Lang, names: Names) -> Table:
    """Four weeks of the first course, then the refreshers."""
    first = sum(lesson.week > 0 for lesson in training.calendar)
    rows = [
        _lesson_row(lesson, number - first, lang, names)
        for number, lesson in enumerate(training.calendar, start=1)
    ]
    columns = (column("when", lang, "date"), column("what", lang), column("topic", lang),
               column("who", lang, "integer"))  # fmt: skip
    return table("training_calendar", columns, rows, title("calendar", lang))


def _lesson_row(lesson: Lesson, number: int, lang: Lang, names: Names) -> dict[str, Cell]:
    what = code("week", lang, week=lesson.week)
    if not lesson.week:
        what = code("refresher", lang, number=number)
    topics = listing([name_of(topic, names, lang) for topic in lesson.topics], lang)
    return {"when": lesson.starts_on, "what": what, "topic": topics, "who": lesson.people}


def open_people_table(training: Training, lang: Lang, names: Names) -> Table:
    """Per topic who has no valid course: all of them, so that a calendar can be made."""
    held: dict[str, list[str]] = {}
    for cell in training.cells:
        if cell.state in ("missing", "expired"):
            held.setdefault(cell.topic, []).append(cell.person)
    rows: list[dict[str, Cell]] = [
        {"topic": name_of(topic, names, lang), "n": len(people),
         "people": _some(people, lang, names)}
        for topic, people in held.items()
    ]  # fmt: skip
    columns = (column("topic", lang), column("n", lang, "integer"), column("people", lang))
    return table("training_open", columns, rows, title("open_people", lang))


def _some(people: list[str], lang: Lang, names: Names) -> str:
    shown = [short_name(name_of(person, names, lang)) for person in people[:MOST_NAMED]]
    said = listing(shown, lang)
    more = len(people) - len(shown)
    return said + code("and_more", lang, more=more) if more else said


def group_table(points: Points, lang: Lang, names: Names) -> Table:
    """Groups in the order of their ratio."""
    rows = [_observed_row(one, "group", lang, names) for one in points.groups]
    judged = sum(one.state != "not_judged" for one in points.groups)
    note = title("groups_note", lang, n=judged, chance=judged * (1 - points.level) / 2)
    columns = _observed_columns("group", lang)
    return table("points_groups", columns, rows, title("groups", lang), note)


def people_table(points: Points, lang: Lang, names: Names) -> Table:
    """People in the order of their ids, under their ids: a list to look up, no ranking."""
    rows = [_observed_row(one, "person", lang, {}) for one in points.people]
    return table("points_people", _observed_columns("person", lang), rows, title("people", lang))


def _observed_columns(key: str, lang: Lang) -> tuple[Column, ...]:
    return (
        column(key, lang), column("cases", lang, "integer"), column("observed", lang, "integer"),
        column("expected", lang, "number"), column("ratio", lang, "number", 2, "low", "high"),
        column("raw", lang, "number"), column("state", lang),
    )  # fmt: skip


def _observed_row(one: Observed, key: str, lang: Lang, names: Names) -> dict[str, Cell]:
    judged = one.state != "not_judged"
    return {
        key: name_of(one.name, names, lang), "cases": one.n, "observed": one.observed,
        "expected": one.expected, "ratio": one.ratio if judged else None, "low": one.low,
        "high": one.high, "raw": None if one.raw is None else 100 * one.raw,
        "state": code(one.state, lang),
    }  # fmt: skip


def rate_table(points: Points, lang: Lang, names: Names) -> Table:
    """Complaints per case of each type over everybody: what the expectation rests on."""
    rows: list[dict[str, Cell]] = [
        {"case_type": name_of(one.case_type, names, lang), "cases": one.cases,
         "observed": one.complaints, "rate": one.rate}
        for one in points.rates
    ]  # fmt: skip
    columns = (column("case_type", lang), column("cases", lang, "integer"),
               column("observed", lang, "integer"), column("rate", lang, "percent"))  # fmt: skip
    return table("points_rates", columns, rows, title("rates", lang))


def signal_table(points: Points, lang: Lang) -> Table:
    """Signals under the ids of people: for the one who looks into the records."""
    columns = (column("person", lang), column("kind", lang), column("value", lang),
               column("against", lang), column("cases", lang, "integer"),
               column("p", lang, "p"))  # fmt: skip
    rows = [_signal_row(signal, lang) for signal in points.signals]
    return table("points_signals", columns, rows, title("signals", lang))


def _signal_row(signal: GamingSignal, lang: Lang) -> dict[str, Cell]:
    value, against = {
        "claimed": ("value_claimed", "against_claimed"),
        "reopened": ("value_share", "against_before"),
    }.get(signal.kind, ("value_share", "against_share"))
    return {
        "person": signal.person, "kind": code(signal.kind, lang),
        "value": code(value, lang, value=signal.value),
        "against": code(against, lang, against=signal.against), "cases": signal.n, "p": signal.p,
    }  # fmt: skip

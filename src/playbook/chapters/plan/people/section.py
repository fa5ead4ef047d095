"""People of the plan in words, tables and figures: load, staffing, messages, team, rollout gate."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.plan.people import tables_asked, tables_team, tables_told
from playbook.chapters.plan.people.charts import (
    MOST_PEOPLE,
    load_chart,
    staffing_chart,
    staffing_parts,
)
from playbook.chapters.plan.people.charts_calendar import calendar_chart, calendar_parts
from playbook.chapters.plan.people.model import People, RuleOfThumb
from playbook.chapters.plan.people.tables import Setter
from playbook.core.section import Block, Item, Picture, Table, Text
from playbook.core.text import Lang, Name, say


def blocks(result: People, lang: Lang, names: Mapping[str, Name]) -> tuple[Block, ...]:
    """Everything about people, in teaching order; what is absent says what it would need."""
    set_ = Setter(result, lang, names)
    return (
        *_load(set_),
        *_staffing(set_),
        *_expectations(set_),
        *_messages(set_),
        *_team(set_),
        *_gate(set_),
    )


def notes(result: People, lang: Lang) -> tuple[str, ...]:
    """Method, parameters and limits, of what was computed."""
    keys = [
        ("load", bool(result.load)),
        ("staffing", bool(result.staffing)),
        ("little", bool(result.staffing)),
        ("expectations", bool(result.expectations)),
        ("team", bool(result.team)),
        ("gate", result.gate is not None),
        ("messages", bool(result.messages)),
    ]
    return tuple(
        say(f"plan.people.note.{key}", lang, **result.parameters) for key, there in keys if there
    )


def references(lang: Lang) -> tuple[str, ...]:
    """The sources of the formulas."""
    return tuple(say(f"plan.people.reference.{key}", lang) for key in ("erlang", "gans", "little"))


def _block(set_: Setter, key: str, items: Iterator[Item], annex: bool = False) -> Block:
    """A block with its lead; without items it says which table it would need."""
    held = tuple(items)
    lead = [say(f"plan.people.lead.{key}", set_.lang, **set_.result.parameters)]
    if not held:
        lead.append(say(f"plan.people.empty.{key}", set_.lang))
    title = say(f"plan.people.block.{key}", set_.lang)
    return Block(f"people_{key}", title, (Text(tuple(lead)), *held), set_.lang, annex)


def _filled(*tables: Table) -> Iterator[Item]:
    yield from (table for table in tables if table.rows)


def _says(set_: Setter, key: str, **values: object) -> Text:
    return Text((say(f"plan.people.text.{key}", set_.lang, **values),))


def _picture(set_: Setter, key: str, draw: Callable[[], Figure], part: int = 1) -> Picture:
    tail = f"_{part}" if part > 1 else ""
    return Picture(
        f"plan_people_{key}_figure{tail}",
        say(f"plan.people.figure.{key}.caption", set_.lang),
        say(f"plan.people.figure.{key}.alt", set_.lang),
        draw,
    )


def _load(set_: Setter) -> Iterator[Block]:
    result, lang, names = set_.result, set_.lang, set_.names

    def shown() -> Iterator[Item]:
        if result.load:
            yield _picture(set_, "load", partial(load_chart, result, lang, names))
            busy = sum(person.weeks > 0 for person in result.people)
            if busy > MOST_PEOPLE:
                yield _says(set_, "fullest", shown=MOST_PEOPLE, count=busy)
        yield from _filled(set_.reliefs())
        if result.load and result.by_owner:
            yield _says(set_, "by_owner")

    yield _block(set_, "load", shown())
    if any(person.planned or person.days_per_week for person in result.people):
        yield _block(set_, "load_list", _filled(set_.people()), annex=True)


def _staffing(set_: Setter) -> Iterator[Block]:
    result, lang, names = set_.result, set_.lang, set_.names

    def shown() -> Iterator[Item]:
        for part, panels in enumerate(staffing_parts(result, lang, names), 1):
            draw = partial(staffing_chart, result, lang, panels)
            yield _picture(set_, "staffing", draw, part)
        yield from _filled(set_.staffing())

    yield _block(set_, "staffing", shown())
    if result.staffing:
        tables = _filled(set_.sensitivity(), set_.backlog())
        yield _block(set_, "sensitivity", tables, annex=True)


def _expectations(set_: Setter) -> Iterator[Block]:
    """Only with a survey: without one the chapter names the table it would need."""
    if set_.result.expectations:
        tables = _filled(tables_asked.expectations(set_), tables_asked.surveys(set_))
        yield _block(set_, "expectations", tables)


def _messages(set_: Setter) -> Iterator[Block]:
    result, lang, names = set_.result, set_.lang, set_.names

    def shown() -> Iterator[Item]:
        for part, segments in enumerate(calendar_parts(result), 1):
            draw = partial(calendar_chart, result, lang, names, segments)
            yield _picture(set_, "calendar", draw, part)
        yield from _filled(tables_told.promises(set_))

    yield _block(set_, "messages", shown())
    if result.messages or result.meetings:
        tables = _filled(tables_told.messages(set_), tables_told.meetings(set_))
        yield _block(set_, "message_list", tables, annex=True)


def _team(set_: Setter) -> Iterator[Block]:
    result = set_.result

    def shown() -> Iterator[Item]:
        yield from _filled(tables_team.team(set_))
        if result.team:
            yield _says(set_, f"preset_{result.preset}")
        if result.rule_of_thumb:
            yield _rule(set_, result.rule_of_thumb)

    yield _block(set_, "team", shown())


def _rule(set_: Setter, rule: RuleOfThumb) -> Text:
    return _says(
        set_, "rule_of_thumb", goal=set_.name(rule.goal_id), points=rule.points,
        managers=rule.managers, managers_high=rule.managers_high, staff=rule.staff,
        staff_high=rule.staff_high,
    )  # fmt: skip


def _gate(set_: Setter) -> Iterator[Block]:
    gate = set_.result.gate

    def shown() -> Iterator[Item]:
        if gate is None:
            return
        if gate.actions:
            yield _says(set_, "gate_actions", actions=set_.several(gate.actions))
        yield from _filled(tables_team.steps(set_), tables_team.conditions(set_))
        yield _says(set_, "gate_cases", cases=gate.steps[0].cases_wanted, margin=gate.margin,
                    rare=gate.rare_fault)  # fmt: skip

    yield _block(set_, "gate", shown())

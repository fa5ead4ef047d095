"""The cascade sheets 目标分解单: all in one table, and one page for each person or team."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.model_duties import Cascade, CascadeGoal
from playbook.chapters.tree.tables import Row, Setter
from playbook.core.section import Table
from playbook.core.text import Lang, say

TALKS = ("meeting", "notice", "training", "again")
"""How a sheet is told: in the meeting, on the wall, in training, and again after a month (D04)."""


@dataclass(frozen=True)
class CascadePage:
    """One holder's page. tables: my goals, how they hang together, further measures, actions,
    when it was told (to fill in)."""

    holder: str
    name: str
    is_team: bool
    tables: tuple[Table, ...]


def sheets_shown(result: TreeResult) -> tuple[Cascade, ...]:
    """All people; of the teams those whose goals are not just one person's."""
    people = [sheet for sheet in result.cascade if not sheet.is_team]
    own = {tuple(goal.goal_id for goal in sheet.goals) for sheet in people}
    teams = [
        sheet
        for sheet in result.cascade
        if sheet.is_team and tuple(goal.goal_id for goal in sheet.goals) not in own
    ]
    return (*people, *teams)


def cascade_pages(result: TreeResult, lang: Lang) -> tuple[CascadePage, ...]:
    """The one-page sheets to hand out."""
    set_ = Setter(result, lang)
    return tuple(
        CascadePage(sheet.holder, set_.name(sheet.holder) or sheet.holder, sheet.is_team,
                    _page(set_, sheet))
        for sheet in sheets_shown(result)
    )  # fmt: skip


def _page(set_: Setter, sheet: Cascade) -> tuple[Table, ...]:
    parts = (_goals(set_, sheet), _links(set_, sheet), _others(set_, sheet), _actions(set_, sheet))
    return (*(table for table in parts if table.rows), _talks(set_))


def _goals(set_: Setter, sheet: Cascade) -> Table:
    columns = [
        set_.column("my_goal"), set_.column("kind"), set_.column("weight", "number", 0),
        set_.column("baseline"), set_.column("target"), set_.column("start", "date"),
        set_.column("due", "date"), set_.column("first_measure", "date"), set_.column("every"),
    ]  # fmt: skip
    table = set_.table("sheet_goals", columns, [_goal(set_, goal) for goal in sheet.goals])
    if sheet.weight_total is None:
        return table
    return replace(table, note=say("tree.table.sheet_total", set_.lang, total=sheet.weight_total))


def _goal(set_: Setter, goal: CascadeGoal) -> Row:
    return {
        "my_goal": set_.name(goal.goal_id),
        "kind": set_.code("kind", goal.kind),
        "weight": goal.weight,
        "baseline": amount(goal.baseline, goal.unit, set_.lang),
        "target": amount(goal.target, goal.unit, set_.lang),
        "start": goal.start,
        "due": goal.due,
        "first_measure": goal.first_measure or say("tree.table.to_set", set_.lang),
        "every": set_.code("every", goal.every),
    }


def _links(set_: Setter, sheet: Cascade) -> Table:
    """Who depends on me, on whom I depend: one row a goal."""
    columns = [set_.column(key) for key in
               ("my_goal", "feeds", "depends_on_me", "feeds_how", "rests_on",
                "i_depend_on")]  # fmt: skip
    rows: list[Row] = [
        {
            "my_goal": set_.name(goal.goal_id),
            "feeds": set_.name(goal.feeds),
            "depends_on_me": set_.people(goal.feeds_owner),
            "feeds_how": set_.code("edge_short", goal.feeds_by) if goal.feeds else None,
            "rests_on": _few(set_, goal.rests_on),
            "i_depend_on": _few(set_, goal.rests_on_owners),
        }
        for goal in sheet.goals
        if goal.feeds or goal.rests_on
    ]
    return set_.table("sheet_links", columns, rows)


def _few(set_: Setter, keys: Sequence[str], most: int = 6) -> str | None:
    """So many names as stay on a page, and how many more there are."""
    named = set_.several(keys[:most])
    if named is None or len(keys) <= most:
        return named
    return named + say("tree.table.more", set_.lang, count=len(keys) - most)


def _others(set_: Setter, sheet: Cascade) -> Table:
    columns = [set_.column("measure"), set_.column("weight", "number", 0)]
    rows: list[Row] = [
        {"measure": set_.name(line.kpi), "weight": line.weight} for line in sheet.other_kpis
    ]
    return set_.table("sheet_others", columns, rows)


def _actions(set_: Setter, sheet: Cascade) -> Table:
    columns = [set_.column(key) for key in ("action", "my_role", "letter_A", "letter_R")]
    rows: list[Row] = [
        {
            "action": set_.name(one.action),
            "my_role": " / ".join(say(f"tree.column.letter_{c}", set_.lang) for c in one.letters),
            "letter_A": set_.several(one.accountable),
            "letter_R": set_.several(one.responsible),
        }
        for one in sheet.actions
        if set(one.letters) & set("RA")
    ]
    return set_.table("sheet_actions", columns, rows)


def _talks(set_: Setter) -> Table:
    """To fill in by hand: when it was told, by whom, and whether it was understood."""
    columns = [set_.column(key) for key in ("talk", "talk_on", "talk_by", "talk_heard")]
    rows: list[Row] = [
        {"talk": say(f"tree.code.talk.{key}", set_.lang), "talk_on": "", "talk_by": "",
         "talk_heard": ""}
        for key in TALKS
    ]  # fmt: skip
    return set_.table("sheet_talks", columns, rows)


def cascade_table(set_: Setter, sheets: Sequence[Cascade], key: str) -> Table:
    """Many sheets one after the other, each holder named once; the pages hold more."""
    columns = [
        set_.column("holder"), set_.column("goal"), set_.column("weight", "number", 0),
        set_.column("target"), set_.column("due", "date"), set_.column("first_measure", "date"),
        set_.column("feeds"), set_.column("depends_on_me"), set_.column("i_depend_on"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            **_goal(set_, goal),
            "holder": set_.name(sheet.holder) if i == 0 else "",
            "goal": set_.name(goal.goal_id),
            "feeds": set_.name(goal.feeds),
            "depends_on_me": set_.people(goal.feeds_owner),
            "i_depend_on": _few(set_, goal.rests_on_owners, 3),
        }
        for sheet in sheets
        for i, goal in enumerate(sheet.goals)
    ]
    used = [c for c in columns if any(row[c.key] is not None for row in rows)]
    return set_.table(key, used, rows)

"""The goal tree in words, tables and figures, in teaching order."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.tree.charts import (
    contributions_chart,
    figures_of,
    is_large,
    mix_chart,
    raci_chart,
    roots_of,
    time_chart,
    tree_chart,
    weights_chart,
    weights_parts,
)
from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.tables import Setter
from playbook.chapters.tree.tables_duties import (
    cascade_table,
    check_table,
    raci_table,
    weights_table,
)
from playbook.chapters.tree.tables_time import clock_table, reading_table, stage_table, total_table
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Conclusions,
    Item,
    Picture,
    Section,
    Table,
    Text,
    conclude,
)
from playbook.core.text import Lang, say

MEASURED = frozenset({"target", "best", "limit", "sum_of_p95", "p95", "p95_low", "p95_high"})
SIGNED = frozenset({"change", "rate", "mix"})
"""Values of findings that are set in their goal's unit; buffer is a difference without sign."""


def section(result: TreeResult, lang: Lang) -> Section:
    """Everything the chapter shows. Blocks without data say which table they would need."""
    set_ = Setter(result, lang)
    found = conclude("tree", tuple(_set(f, lang) for f in result.findings), lang, result.names)
    summary = Block(
        "summary",
        say("tree.block.summary", lang),
        (Text((_lead(result, lang),)), Conclusions(found)),
        lang,
    )
    return Section(
        "tree",
        say("chapter.tree.title", lang),
        lang,
        say("chapter.tree.question", lang),
        (summary, *_goals(set_), *_sums(set_), *_times(set_), *_people(set_), _checks(set_)),
        found,
        _notes(result, lang),
        tuple(say(f"tree.reference.{key}", lang) for key in ("ang", "shapley", "efron", "wilson")),
    )


def _set(finding: Finding, lang: Lang) -> Finding:
    """Values in the unit of their goal are set as text before the sentence is made."""
    unit = finding.values.get("unit")
    if not isinstance(unit, str):
        return finding
    shown = dict(finding.values)
    for key, value in finding.values.items():
        if isinstance(value, str) or key not in MEASURED | SIGNED | {"buffer"}:
            continue
        text = amount(value, unit, lang, key in SIGNED, key not in MEASURED)
        shown[key] = text.replace(" %", "%")  # as the other shares of a sentence
    return replace(finding, values=shown)


def _lead(result: TreeResult, lang: Lang) -> str:
    nodes = result.nodes
    formula = sum(node.edge == "formula" and node.parent_id is not None for node in nodes)
    influence = sum(node.edge == "influence" and node.parent_id is not None for node in nodes)
    owners = {owner for node in nodes for owner in (node.owner or "").split("; ") if owner}
    counts = {level: sum(c.level == level for c in result.checks) for level in ("error", "warn")}
    return say("tree.lead.summary", lang, goals=len(nodes), formula=formula, influence=influence,
               owners=len(owners), errors=counts["error"], warns=counts["warn"])  # fmt: skip


def _block(set_: Setter, key: str, items: Iterable[Item], needs: str = "") -> Block:
    """A block with its lead; without items it says what it would need."""
    held = tuple(items)
    lead = say(f"tree.lead.{key}", set_.lang)
    empty = (say(f"tree.empty.{needs or key}", set_.lang),) if not held else ()
    return Block(key, say(f"tree.block.{key}", set_.lang), (Text((lead, *empty)), *held), set_.lang)


def _annex(set_: Setter, key: str, items: Iterable[Item], needs: str = "") -> Block:
    """A block to check or to work with; the report puts it behind the chapters."""
    return replace(_block(set_, key, items, needs), annex=True)


def _picture(
    set_: Setter, key: str, id_: str, draw: Callable[[], Figure], part: int = 1
) -> Picture:
    name = set_.name(id_) or id_
    tail = f"_{id_}" if id_ else f"_{part}" if part > 1 else ""
    return Picture(
        f"tree_{key}{tail}",
        say(f"tree.figure.{key}.caption", set_.lang, name=name),
        say(f"tree.figure.{key}.alt", set_.lang, name=name),
        draw,
    )


def _filled(*tables: Table) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.rows)


def _goals(set_: Setter) -> Iterable[Block]:
    """A tree that fits is drawn whole; of a large one the top, its branches in the annex."""
    result, lang = set_.result, set_.lang
    large = [root for root in roots_of(result) if is_large(result, root)]
    tops = [
        _picture(set_, "overview", root, partial(tree_chart, result, lang, root, levels=1))
        if root in large
        else _picture(set_, "goal_tree", root, partial(tree_chart, result, lang, root))
        for root in roots_of(result)
    ]
    yield _block(set_, "tree", (*tops, set_.goals(1) if large else set_.goals()))
    if large:
        branches = [
            _picture(set_, "goal_tree", start, partial(tree_chart, result, lang, start))
            for start in figures_of(result)
            if start not in roots_of(result)
        ]
        yield _annex(set_, "branches", (*branches, set_.goals()))
    else:
        yield _annex(set_, "branches", ())


def _sums(set_: Setter) -> Iterable[Block]:
    result, lang = set_.result, set_.lang
    falls = [_picture(set_, "waterfall", "", partial(contributions_chart, result, lang))]
    mixes = [
        _picture(set_, "rate_mix", m.goal_id, partial(mix_chart, result, lang, m.goal_id))
        for m in result.mixes
    ]
    parts: tuple[Item, ...] = ()
    if result.contributions:
        parts = (*falls, *_filled(set_.contributions()))
    yield _block(set_, "sums", _filled(set_.sums()))
    yield _annex(set_, "split", _filled(set_.allocation(), set_.chain()))
    yield _annex(set_, "parts", parts)
    yield _annex(set_, "mix", (*mixes, *_filled(set_.mix())))


def _times(set_: Setter) -> Iterable[Block]:
    result, lang = set_.result, set_.lang
    shown: list[Item] = []
    read: list[Item] = []
    for budget in result.time_budgets:
        draw = partial(time_chart, result, lang, budget.goal_id)
        shown.append(_picture(set_, "times", budget.goal_id, draw))
        shown += [stage_table(set_, budget), total_table(set_, budget)]
        read += _filled(reading_table(set_, budget), clock_table(set_, budget))
    yield _block(set_, "time", shown)
    yield _annex(set_, "readings", read, "time")
    yield _annex(set_, "drivers", _filled(set_.drivers()))


def _people(set_: Setter) -> Iterable[Block]:
    result, lang = set_.result, set_.lang
    sheets = [
        _picture(set_, "weights", "", partial(weights_chart, result, lang, holders), part)
        for part, holders in enumerate(weights_parts(result), 1)
    ]
    grid = [_picture(set_, "raci", "", partial(raci_chart, result, lang))]
    yield _annex(set_, "weights", (*sheets, weights_table(set_)) if result.sheets else ())
    yield _block(set_, "raci", grid if result.raci else ())
    yield _annex(set_, "raci_list", (raci_table(set_),) if result.raci else (), "raci")
    people = [sheet for sheet in result.cascade if not sheet.is_team]
    own = {tuple(goal.goal_id for goal in sheet.goals) for sheet in people}
    teams = [  # a team whose goals are one person's would only repeat that sheet
        sheet
        for sheet in result.cascade
        if sheet.is_team and tuple(goal.goal_id for goal in sheet.goals) not in own
    ]
    yield _annex(
        set_, "cascade",
        _filled(cascade_table(set_, people, "cascade"), cascade_table(set_, teams, "cascade_team")),
    )  # fmt: skip


def _checks(set_: Setter) -> Block:
    """Rules broken, then doubts about the data that no rule of the plan names."""
    named = {f"tree.{check.code}" for check in set_.result.checks}
    others = tuple(p.say(set_.lang) for p in set_.result.problems if p.code not in named)
    items: list[Item] = [*_filled(check_table(set_))]
    return _annex(set_, "checks", (*items, *([Text(others)] if others else [])))


def cascade_sheets(result: TreeResult, lang: Lang) -> tuple[Block, ...]:
    """The one-page sheets 目标分解单 to hand out, one block a person or team."""
    set_ = Setter(result, lang)
    return tuple(
        Block(
            f"cascade_{i}",
            say("tree.lead.sheet", lang, name=set_.name(sheet.holder)),
            (cascade_table(set_, [sheet], "cascade_team" if sheet.is_team else "cascade"),),
            lang,
        )
        for i, sheet in enumerate(result.cascade, 1)
    )


def _notes(result: TreeResult, lang: Lang) -> tuple[str, ...]:
    keys = ("edges", "tolerance", "allocation", "chain", "probability", "time", "evidence",
            "weights")  # fmt: skip
    values = dict(result.parameters)
    for key in ("chain_method", "mean_method"):
        values[key] = say(f"tree.code.method.{values[key]}", lang)
    return tuple(say(f"tree.note.{key}", lang, **values) for key in keys)

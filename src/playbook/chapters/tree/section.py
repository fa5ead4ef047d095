"""The goal tree in words, tables and figures, in teaching order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.tree.charts import (
    contributions_chart,
    mix_chart,
    raci_chart,
    readings_chart,
    stage_chart,
    trap_chart,
    tree_chart,
    trial_chart,
    weights_chart,
)
from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.tables import Setter
from playbook.chapters.tree.tables_cascade import cascade_table, sheets_shown
from playbook.chapters.tree.tables_duties import (
    appraisal_table,
    check_table,
    raci_table,
    weights_table,
)
from playbook.chapters.tree.tables_time import (
    clock_table,
    reading_table,
    stage_table,
    total_table,
    trial_table,
)
from playbook.chapters.tree.views import (
    View,
    faulty,
    raci_pages,
    sheet_pages,
    state_of,
    views,
    waterfall_pages,
    worst_first,
)
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Item,
    Picture,
    Section,
    Table,
    Text,
    conclude,
    spread,
)
from playbook.core.text import Lang, say

MEASURED = frozenset({"target", "best", "limit", "sum_of_p95", "p95", "p95_low", "p95_high"})
SIGNED = frozenset({"change", "rate", "mix", "mix_low", "mix_high"})
"""Values of findings that are set in their goal's unit; buffer is a difference without sign."""


def section(result: TreeResult, lang: Lang) -> Section:
    """Everything the chapter shows. Blocks without data say which table they would need."""
    set_ = Setter(result, lang)
    found = conclude("tree", tuple(_set(f, lang) for f in result.findings), lang, result.names)
    summary = Block(
        "summary",
        say("tree.block.summary", lang),
        (Text((_lead(result, lang),)),),
        lang,
    )
    blocks = (summary, *_goals(set_), *_sums(set_), *_times(set_), *_people(set_), _checks(set_))
    return Section(
        "tree",
        say("chapter.tree.title", lang),
        lang,
        say("chapter.tree.question", lang),
        spread(blocks, found, HOMES, heads_first=True),
        found,
        _notes(result, lang),
        tuple(say(f"tree.reference.{key}", lang) for key in ("ang", "shapley", "efron", "wilson")),
    )


HOMES = {
    "weights_open": "weights", "top_": "weights", "largest_part": "parts", "parts_": "parts",
    "mix_drives": "mix", "simpson": "mix", "weak_drivers": "drivers", "add_driver": "checks",
    "stage_worth_most": "trial", "bottleneck_": "time", "share_slack": "trap",
    "p95_do_not_add": "trap", "readings_differ": "readings", "owners_unclear": "raci",
    "promise_": "time", "targets_too_thin": "sums",
}  # fmt: skip
"""Conclusions that are no headline stand beside what they speak of; the others in the summary."""


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
    tail = (f"_{id_}" if id_ else "") + (f"_{part}" if part > 1 else "")
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
    result, roots = set_.result, set(set_.shape.roots)
    drawn = views(result)
    tops = [view for view in drawn if view.start in roots]
    branches = [view for view in drawn if view.start not in roots]
    large = any(not view.is_whole for view in tops)
    shown = [
        _tree(set_, "goal_tree" if view.is_whole else "overview", view)
        for view in worst_first(tops, partial(state_of, shape=set_.shape), _most(result))
    ]
    yield _block(set_, "tree", (*shown, set_.goals(1) if large else set_.goals()))
    if large:
        chosen = worst_first(branches, partial(state_of, shape=set_.shape), _most(result))
        cut = _cut(set_, len(branches) + len(tops), len(chosen) + len(shown))
        pictures = [_tree(set_, "goal_tree", view) for view in chosen]
        yield _annex(set_, "branches", (*cut, *pictures, set_.goals()))
    else:
        yield _annex(set_, "branches", ())


def _most(result: TreeResult) -> int:
    return int(result.parameters.get("figures_most") or 12)


def _cut(set_: Setter, total: int, shown: int) -> tuple[Text, ...]:
    """Said where not every figure is drawn."""
    if shown >= total:
        return ()
    return (Text((say("tree.figure.cut", set_.lang, total=total, shown=shown),)),)


def _tree(set_: Setter, key: str, view: View) -> Picture:
    draw = partial(tree_chart, set_.result, set_.lang, view)
    return _picture(set_, key, view.start, draw, view.part)


def _pages(
    set_: Setter, key: str, pages: Sequence[tuple[str, ...]], draw: Callable[..., Figure]
) -> tuple[Item, ...]:
    """One picture a page, those with faults first if there are too many."""
    result, bad = set_.result, faulty(set_.result)
    chosen = worst_first(pages, lambda page: len(bad & set(page)), max(1, _most(result) // 3))
    pictures = [
        _picture(set_, key, "", partial(draw, result, set_.lang, page), part)
        for part, page in enumerate(chosen, 1)
    ]
    return (*_cut(set_, len(pages), len(chosen)), *pictures)


def _sums(set_: Setter) -> Iterable[Block]:
    result, lang = set_.result, set_.lang
    falls = _pages(set_, "waterfall", waterfall_pages(result), contributions_chart)
    mixes = [
        _picture(set_, "rate_mix", m.goal_id, partial(mix_chart, result, lang, m.goal_id))
        for m in result.mixes
    ]
    parts: tuple[Item, ...] = ()
    if result.contributions:
        parts = (*falls, *_filled(set_.contributions(), set_.pareto()))
    yield _block(set_, "sums", _filled(set_.sums()))
    yield _annex(set_, "split", _filled(set_.allocation(), set_.chain()))
    yield _annex(set_, "parts", parts)
    yield _annex(set_, "mix", (*mixes, *_filled(set_.mix())))


def _times(set_: Setter) -> Iterable[Block]:
    result, lang = set_.result, set_.lang
    shown: dict[str, list[Item]] = {key: [] for key in ("time", "trap", "readings", "trial")}
    for budget in result.time_budgets:
        goal_id = budget.goal_id

        def picture(key: str, chart: Callable[..., Figure], at: str = goal_id) -> Picture:
            return _picture(set_, key, at, partial(chart, result, lang, at))

        shown["time"] += [picture("times", stage_chart), stage_table(set_, budget)]
        shown["trap"] += [picture("trap", trap_chart), total_table(set_, budget)]
        if budget.readings:
            shown["readings"] += [picture("readings", readings_chart), reading_table(set_, budget)]
        shown["readings"].append(clock_table(set_, budget))
        if budget.trials:
            shown["trial"] += [picture("trial", trial_chart), trial_table(set_, budget)]
    yield _block(set_, "time", shown["time"])
    yield _block(set_, "trap", shown["trap"], "time")
    yield _block(set_, "readings", shown["readings"], "time")
    yield _annex(set_, "trial", shown["trial"], "time")
    yield _annex(set_, "drivers", _filled(set_.drivers()))


def _people(set_: Setter) -> Iterable[Block]:
    result = set_.result
    sheets: tuple[Item, ...] = ()
    if result.sheets:
        drawn = _pages(set_, "weights", sheet_pages(result), weights_chart)
        sheets = (*drawn, *_filled(appraisal_table(set_)), weights_table(set_))
    grids = _pages(set_, "raci", raci_pages(result), raci_chart)
    yield _annex(set_, "weights", sheets)
    yield _block(set_, "raci", grids)
    yield _annex(set_, "raci_list", (raci_table(set_),) if result.raci else (), "raci")
    shown = sheets_shown(result)
    people = [sheet for sheet in shown if not sheet.is_team]
    teams = [sheet for sheet in shown if sheet.is_team]
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


def _notes(result: TreeResult, lang: Lang) -> tuple[str, ...]:
    keys = ("edges", "tolerance", "coverage", "allocation", "chain", "parts", "probability", "time",
            "evidence", "weights", "figures")  # fmt: skip
    values = dict(result.parameters)
    for key in ("chain_method", "mean_method"):
        values[key] = say(f"tree.code.method.{values[key]}", lang)
    return tuple(say(f"tree.note.{key}", lang, **values) for key in keys)

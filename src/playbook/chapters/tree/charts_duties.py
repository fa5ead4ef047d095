"""Who carries what, drawn: KPI weights as a heat map, RACI as a grid."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.tree.duties import grouped
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.model_duties import SheetLine
from playbook.core.figure import BLACK, RED, new_figure
from playbook.core.lettering import pieces, short_name, width_of, wrapped
from playbook.core.text import Lang, say

MOST_COLUMNS = 10


def weights_chart(result: TreeResult, lang: Lang, holders: Sequence[str]) -> Figure:
    """Heat map: who carries which measure with what weight; faults marked with an !.

    Measures are columns; where there are too many, every row names its own measures instead.
    """
    shown = [line for line in result.sheets if line.holder in set(holders)]
    kpis = list(dict.fromkeys(line.kpi for line in shown))
    named = len(kpis) > MOST_COLUMNS
    held = grouped(shown, lambda line: line.holder)
    columns = max(len(lines) for lines in held.values()) if named else len(kpis)
    grid = np.full((len(holders), columns), np.nan)
    figure, (axes,) = new_figure(17.5, 2.0 + (0.95 if named else 0.75) * len(holders))
    faulty = {
        (check.values.get("holder"), check.id)
        for check in result.checks
        if check.code in ("weight_small", "weight_large")
    }
    for i, holder in enumerate(holders):
        for j, line in enumerate(sorted(held[holder], key=lambda one: -one.weight)):
            at = j if named else kpis.index(line.kpi)
            grid[i, at] = line.weight
            mark = "!" if (holder, line.kpi) in faulty else ""
            name = wrapped(result.names[line.kpi].in_(lang), 82 // columns, 2) if named else ""
            axes.text(
                at, i, f"{name} {line.weight:g}{mark}".strip(), ha="center", va="center",
                fontsize=7.5 if named else 8.5, linespacing=1.0,
                color="white" if line.weight > 45 else BLACK,
            )  # fmt: skip
    axes.imshow(grid, cmap="Blues", vmin=0, vmax=75, aspect="auto")
    heads = [""] * columns if named else [result.names[kpi].in_(lang) for kpi in kpis]
    _grid(axes, _sheet_names(result, holders, held, lang), heads)
    return figure


def _sheet_names(
    result: TreeResult,
    holders: Sequence[str],
    held: Mapping[str, Sequence[SheetLine]],
    lang: Lang,
) -> list[str]:
    """Holder and sum of the weights, with an ! where the sheet has a fault."""
    bad = {check.id for check in result.checks if check.code in ("weights_sum", "kpi_count")}
    found = []
    for holder in holders:
        total = f"{sum(line.weight for line in held[holder]):g}" + "!" * (holder in bad)
        name = wrapped(short_name(result.names[holder].in_(lang)), 20, 2)
        found.append(f"{name}  {total}")
    return found


def _grid(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Row and column labels, white lines between the cells; long heads stand slanted."""
    room = 96 // max(1, len(columns))
    slanted = any(width_of(word) > room + 1 for name in columns for word in pieces(name))
    heads = [wrapped(name, 28 if slanted else room, 1 if slanted else 3) for name in columns]
    axes.grid(False)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.set_xticks(range(len(columns)), heads, fontsize=7.5)
    axes.tick_params(axis="x", rotation=45 if slanted else 0, length=0)
    axes.xaxis.tick_top()
    if slanted:
        for label in axes.get_xticklabels():
            label.set_horizontalalignment("left")
            label.set_rotation_mode("anchor")
    axes.tick_params(axis="y", length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="minor", length=0)


_LETTER = {"A": 3.0, "R": 2.0, "C": 1.0, "I": 0.5}


def raci_chart(result: TreeResult, lang: Lang, actions: Sequence[str] = ()) -> Figure:
    """The RACI table as a grid (of some actions, else of all); an ! marks faults."""
    chosen = set(actions)
    roles = [role for role in result.raci if not chosen or role.action in chosen]
    at_row = {a: i for i, a in enumerate(dict.fromkeys(role.action for role in roles))}
    at_column = {p: j for j, p in enumerate(dict.fromkeys(role.person for role in roles))}
    figure, (axes,) = new_figure(17.5, 2.6 + 0.75 * len(at_row))
    grid = np.zeros((len(at_row), len(at_column)))
    for role in roles:
        i, j = at_row[role.action], at_column[role.person]
        grid[i, j] = max(_LETTER[letter] for letter in role.letters)
        axes.text(
            j, i, "/".join(role.letters), ha="center", va="center", fontsize=8.5,
            color="white" if "A" in role.letters else BLACK,
        )  # fmt: skip
    axes.imshow(grid, cmap="Blues", vmin=0, vmax=3.6, aspect="auto")
    bad = {c.id for c in result.checks if c.level != "note" and c.about in ("action", "person")}
    rows = [("! " if a in bad else "") + wrapped(result.names[a].in_(lang), 26) for a in at_row]
    departments = {role.person for role in roles if role.is_department}
    _grid(axes, rows, [_head(p, result, bad, p in departments, lang) for p in at_column])
    for action, label in zip(at_row, axes.get_yticklabels(), strict=True):
        label.set_color(RED if action in bad else BLACK)
    return figure


def _head(person: str, result: TreeResult, bad: set[str], department: bool, lang: Lang) -> str:
    tail = say("tree.figure.department", lang) if department else ""
    mark = "!" if person in bad else ""
    return mark + short_name(result.names[person].in_(lang)) + tail

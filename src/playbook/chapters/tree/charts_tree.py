"""The goal tree drawn: leaves one under the other, parents before them, edges by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import Node, TreeResult
from playbook.chapters.tree.views import Shape, View, views
from playbook.core.figure import BLACK, GREEN, GREY, ORANGE, RED, new_figure
from playbook.core.lettering import short_name, width_of, wrapped
from playbook.core.text import Lang, say

STATES: Mapping[str, tuple[str, str]] = {
    "fine": (GREEN, "o"), "warn": (ORANGE, "^"), "error": (RED, "X"),
}  # fmt: skip
"""State -> colour and marker, so that it is seen without colour too."""

WIDTH_CM = 17.5  # of the figure
GAP = 0.14  # between columns, in columns
MOST_WIDE_ROWS = 18  # with more leaves a box has no line of its own for the owner
LARGE, SMALL = 8.5, 7.0  # font sizes: up to three columns, more
LETTER_EM = 0.0180  # width in cm of half a Chinese character per point of font size


@dataclass(frozen=True)
class Spot:
    """Where a node stands: its column, and its row as a (half) number."""

    node: Node
    column: int
    row: float


def tree_chart(result: TreeResult, lang: Lang, view: View | None = None) -> Figure:
    """Draw one view of the tree (the first if none is given), from left to right.

    A box whose children are not drawn here says how many goals stand below it.
    """
    shape, drawn = Shape(result.nodes), view or views(result)[0]
    spots = _placed(shape, drawn)
    columns = 1 + max(spot.column for spot in spots.values())
    leaves = int(max(spot.row for spot in spots.values())) + 1
    size = LARGE if columns <= 3 else SMALL
    wide = max(float(columns), 2.8)  # two columns alone would make boxes too long
    box_cm = (WIDTH_CM - 0.4) * (1 - GAP) / (wide - GAP)
    letters = int((box_cm - 0.14 * box_cm - 0.15) / (LETTER_EM * size))
    tight = leaves > MOST_WIDE_ROWS
    boxes = {
        k: _lines(spot.node, result, lang, letters, tight)
        + ("" if k == drawn.start else _hidden(shape, drawn, k, lang))
        for k, spot in spots.items()
    }
    most = max(text.count("\n") + 1 for text in boxes.values())
    line_cm = 0.29 * size / SMALL
    figure, (axes,) = new_figure(WIDTH_CM, max(2.8, (0.22 + line_cm * most) * leaves + 1.2))
    axes.set_axis_off()
    for spot in spots.values():
        parent = spots.get(spot.node.parent_id or "")
        if parent is not None:
            _edge(axes, parent, spot)
    for key, spot in spots.items():
        _box(axes, spot, boxes[key], size)
    room = (wide - columns) / 2 + 0.02
    axes.set_xlim(-room, columns - GAP + room)
    axes.set_ylim(leaves - 0.4, -0.6)
    _legend(axes, tuple(spots.values()), lang)
    return figure


def _hidden(shape: Shape, view: View, goal_id: str, lang: Lang) -> str:
    """How many goals stand below and are not drawn here."""
    if any(child in view.goals for child in shape.children(goal_id)):
        return ""
    count = shape.sizes[goal_id] - 1
    return say("tree.figure.below", lang, count=count) if count else ""


def _placed(shape: Shape, view: View) -> dict[str, Spot]:
    """Leaves take the next row, a parent stands at the middle of its children."""
    spots: dict[str, Spot] = {}
    next_row = 0

    def place(goal_id: str, column: int) -> float:
        nonlocal next_row
        children = [child for child in shape.children(goal_id) if child in view.goals]
        if children:
            rows = [place(child, column + 1) for child in children]
            row = (rows[0] + rows[-1]) / 2
        else:
            row, next_row = float(next_row), next_row + 1
        spots[goal_id] = Spot(shape.by_id[goal_id], column, row)
        return row

    place(view.start, 0)
    return spots


def _edge(axes: Axes, parent: Spot, child: Spot) -> None:
    formula = child.node.edge == "formula"
    start, end = parent.column + 1 - GAP, float(child.column)
    middle = start + (end - start) * 0.45
    axes.plot(
        [start, middle, middle, end],
        [parent.row, parent.row, child.row, child.row],
        color=BLACK if formula else GREY,
        linewidth=1.1 if formula else 0.9,
        linestyle="-" if formula else (0, (3, 2)),
        zorder=1,
    )


def _box(axes: Axes, spot: Spot, text: str, size: float) -> None:
    """The state is the colour of the frame and a marker."""
    colour, marker = STATES[spot.node.state]
    axes.add_patch(
        FancyBboxPatch(
            (spot.column + 0.01, spot.row - 0.44), 0.98 - GAP, 0.88, mutation_aspect=0.6,
            boxstyle="round,pad=0,rounding_size=0.05", facecolor="white", edgecolor=colour,
            linewidth=1.2, zorder=2,
        )
    )  # fmt: skip
    axes.plot([spot.column + 0.06], [spot.row], marker, color=colour, markersize=5, zorder=3)
    axes.text(
        spot.column + 0.12, spot.row, text, fontsize=size, va="center_baseline",
        linespacing=1.05, zorder=3,
    )  # fmt: skip


def _lines(node: Node, result: TreeResult, lang: Lang, letters: int, tight: bool) -> str:
    """Name, from - to, owner; in a tight tree the owner stands beside if there is room."""
    name = wrapped(result.names[node.goal_id].in_(lang), letters, 2)
    before, after = (amount(v, node.unit, lang) for v in (node.baseline, node.target))
    unit = amount(1.0, node.unit, lang).partition(" ")[2]  # said once
    aim = f"{before.removesuffix(unit).rstrip()} → {after}"
    if not tight:
        return "\n".join((name, aim, wrapped(_who(node, result, lang), letters, 1)))
    both = f"{aim}  {_who(node, result, lang)}"
    return f"{name}\n{both if width_of(both) <= letters else aim}"


def _who(node: Node, result: TreeResult, lang: Lang) -> str:
    """Owners by name, without the post that may follow in brackets."""
    owners = [o for o in (node.owner or "").split("; ") if o]
    names = [short_name(result.names[o].in_(lang)) for o in owners]
    return say("tree.figure.and", lang).join(names) or say("tree.figure.nobody", lang)


def _legend(axes: Axes, spots: Sequence[Spot], lang: Lang) -> None:
    there = {spot.node.state for spot in spots}
    kinds = [
        Line2D([], [], color=colour, marker=marker, linestyle="", markersize=5.5,
               label=say(f"tree.state.{state}", lang))
        for state, (colour, marker) in STATES.items()
        if state in there
    ]  # fmt: skip
    kinds += [
        Line2D([], [], color=BLACK, linewidth=1.1, label=say("tree.code.edge.formula", lang)),
        Line2D([], [], color=GREY, linewidth=0.9, linestyle=(0, (3, 2)),
               label=say("tree.code.edge.influence", lang)),
    ]  # fmt: skip
    axes.legend(
        handles=kinds, loc="upper center", bbox_to_anchor=(0.5, 0.0),
        ncols=len(kinds),
        fontsize=SMALL + 0.5, handletextpad=0.5, columnspacing=1.6,
    )  # fmt: skip

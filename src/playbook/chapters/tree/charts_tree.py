"""The goal tree drawn: leaves one under the other, parents before them, edges by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from playbook.chapters.tree.lettering import amount, wrapped
from playbook.chapters.tree.model import Node, TreeResult
from playbook.core.figure import BLACK, GREEN, GREY, ORANGE, RED, new_figure
from playbook.core.text import Lang, say

STATES: Mapping[str, tuple[str, str]] = {
    "fine": (GREEN, "o"), "warn": (ORANGE, "^"), "error": (RED, "X"),
}  # fmt: skip
"""State -> colour and marker, so that it is seen without colour too."""

GAP, ROW_CM = 0.16, 0.98  # of a column's width; height of a leaf
SMALL = 7.0


@dataclass(frozen=True)
class Spot:
    """Where a node stands: its column, and its row as a (half) number."""

    node: Node
    column: int
    row: float


def figures_of(result: TreeResult) -> tuple[str, ...]:
    """The goal each figure of the tree starts from: the roots, or their branches if too many."""
    most = int(result.parameters.get("tree_most") or 40)
    ids = {node.goal_id for node in result.nodes}
    roots = [n.goal_id for n in result.nodes if n.parent_id not in ids]
    starts: list[str] = []
    for root in roots:
        whole = _below(result.nodes, root)
        branches = [n.goal_id for n in result.nodes if n.parent_id == root]
        starts += [root] if len(whole) <= most or not branches else branches
    return tuple(starts)


def tree_chart(result: TreeResult, lang: Lang, start: str = "") -> Figure:
    """Draw the tree below one goal (the first root if none is named), from left to right."""
    first = start or figures_of(result)[0]
    spots = _placed(result.nodes, first)
    columns = 1 + max(spot.column for spot in spots.values())
    leaves = max(spot.row for spot in spots.values()) + 1
    figure, (axes,) = new_figure(17.5, max(5.0, ROW_CM * leaves + 1.4))
    axes.set_axis_off()
    axes.grid(False)
    for spot in spots.values():
        parent = spots.get(spot.node.parent_id or "")
        if parent is not None:
            _edge(axes, parent, spot)
    for spot in spots.values():
        _box(axes, spot, result, lang, columns)
    axes.set_xlim(-0.02, columns - GAP + 0.02)
    axes.set_ylim(leaves - 0.4, -0.6)
    _legend(axes, spots.values(), lang)  # type: ignore[arg-type]
    return figure


def _below(nodes: Sequence[Node], start: str) -> list[Node]:
    found = [node for node in nodes if node.goal_id == start]
    for node in nodes:
        if node.parent_id == start:
            found += _below(nodes, node.goal_id)
    return found


def _placed(nodes: Sequence[Node], start: str) -> dict[str, Spot]:
    """Leaves take the next row, a parent stands at the middle of its children."""
    spots: dict[str, Spot] = {}
    by_id = {node.goal_id: node for node in nodes}
    next_row = 0

    def place(goal_id: str, column: int) -> float:
        nonlocal next_row
        children = [node.goal_id for node in nodes if node.parent_id == goal_id]
        if children:
            rows = [place(child, column + 1) for child in children]
            row = (rows[0] + rows[-1]) / 2
        else:
            row, next_row = float(next_row), next_row + 1
        spots[goal_id] = Spot(by_id[goal_id], column, row)
        return row

    place(start, 0)
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


def _box(axes: Axes, spot: Spot, result: TreeResult, lang: Lang, columns: int) -> None:
    """Name, from - to, owner; the state as the colour of the frame and as a marker."""
    node, (colour, marker) = spot.node, STATES[spot.node.state]
    wide = 1 - GAP
    axes.add_patch(
        FancyBboxPatch(
            (spot.column + 0.01, spot.row - 0.41), wide - 0.02, 0.82, mutation_aspect=0.6,
            boxstyle="round,pad=0,rounding_size=0.05", facecolor="white", edgecolor=colour,
            linewidth=1.2, zorder=2,
        )
    )  # fmt: skip
    axes.plot([spot.column + 0.06], [spot.row], marker, color=colour, markersize=5.5, zorder=3)
    letters = int(118 / columns * wide) - 6
    name = wrapped(result.names[node.goal_id].in_(lang), letters, 1)
    lines = [name, _aim(node, lang), _who(node, result, lang, letters)]
    axes.text(
        spot.column + 0.12, spot.row, "\n".join(lines), fontsize=SMALL, va="center",
        linespacing=1.12, zorder=3,
    )  # fmt: skip


def _aim(node: Node, lang: Lang) -> str:
    before = amount(node.baseline, node.unit, lang)
    return f"{before} → {amount(node.target, node.unit, lang)}"


def _who(node: Node, result: TreeResult, lang: Lang, letters: int) -> str:
    owners = [o for o in (node.owner or "").split("; ") if o]
    names = [result.names[o].in_(lang) for o in owners]
    join = say("tree.figure.and", lang)
    return wrapped(join.join(names) or say("tree.figure.nobody", lang), letters, 1)


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
        handles=kinds, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=len(kinds),
        fontsize=SMALL + 0.5, handletextpad=0.5, columnspacing=1.6,
    )  # fmt: skip

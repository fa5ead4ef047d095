"""The network drawn in layers: what comes first, what waits for it, the critical chain marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from playbook.chapters.plan.schedule.model import Schedule, ScheduledAction
from playbook.core.figure import BLACK, GREY, RED, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, Name, known_as, say

MOST_BOXES = 36
MOST_ACROSS = 6  # with more layers they run downwards
WIDTH_CM, LINE_CM, LETTER_CM = 17.5, 0.33, 0.125
BEND = 0.35  # room of a bend, in boxes

Point = tuple[float, float]


@dataclass
class _Layers:
    """Boxes and bends by layer, each with its place across the layer."""

    at: list[list[str]]
    links: list[list[str]] = field(default_factory=list)  # each from box over bends to box
    place: dict[str, float] = field(default_factory=dict)
    bends: set[str] = field(default_factory=set)


def shown_in_network(result: Schedule) -> tuple[ScheduledAction, ...]:
    """All actions; of very many those that set the end most often."""
    if len(result.rows) <= MOST_BOXES:
        return result.rows
    ranked = sorted(result.rows, key=lambda r: (not r.critical, -(r.criticality or 0.0), r.action))
    kept = {row.action for row in ranked[:MOST_BOXES]}
    return tuple(row for row in result.rows if row.action in kept)


def network_chart(result: Schedule, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """Boxes in layers, arrows from what comes first; lone actions on lines of their own."""
    rows = {row.action: row for row in shown_in_network(result)}
    layers, lone = _layered(rows)
    down = len(layers.at) > MOST_ACROSS
    _set_places(layers)
    across = _width(layers)
    columns = max(1.0, across if down else float(len(layers.at)))
    if not layers.at:
        columns = float(min(4, len(lone)))
    letters = int(WIDTH_CM / columns * 0.72 / LETTER_CM)
    finish = {row.action: row.early_finish for row in result.rows}
    texts = {
        key: _text(row, lang, names, letters, row.not_before is not None and row.early_start
                   > max((finish[one] for one in row.after), default=0.0))
        for key, row in rows.items()
    }  # fmt: skip
    lines = max(text.count("\n") + 1 for text in texts.values())
    per_line = max(1, int(columns))
    deep = (len(layers.at) if down else across) + -(-len(lone) // per_line)
    figure, (axes,) = new_figure(WIDTH_CM, (LINE_CM * lines + 0.75) * deep + 1.3)
    axes.set_axis_off()
    points = _points(layers, lone, down, columns, per_line)
    for link in layers.links:
        _link(axes, [points[key] for key in link], link, rows, down)
    for key, row in rows.items():
        _box(axes, points[key], texts[key], row)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(deep - 0.5, -0.5)
    axes.legend(handles=_legend(lang), loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2,
                fontsize=8)  # fmt: skip
    return figure


def _layered(rows: Mapping[str, ScheduledAction]) -> tuple[_Layers, list[str]]:
    """Each action one layer behind the last it waits for; needless links left out."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    graph.add_nodes_from(rows)
    graph.add_edges_from((one, key) for key, row in rows.items() for one in row.after
                         if one in rows)  # fmt: skip
    graph = nx.transitive_reduction(graph)
    lone = [key for key in rows if graph.degree(key) == 0]
    graph.remove_nodes_from(lone)
    found = _Layers([sorted(layer) for layer in nx.topological_generations(graph)])
    depth = {key: k for k, layer in enumerate(found.at) for key in layer}
    for one, other in sorted(graph.edges):
        bends = [f"{one} {other} {k}" for k in range(depth[one] + 1, depth[other])]
        for k, bend in enumerate(bends, depth[one] + 1):
            found.at[k].append(bend)
        found.bends |= set(bends)
        found.links.append([one, *bends, other])
    return found, lone


def _room(layers: _Layers, key: str) -> float:
    return BEND if key in layers.bends else 1.0


def _set_places(layers: _Layers) -> None:
    """Near the mean of the neighbours, in sweeps forward and back, never closer than room allows.

    After Sugiyama, Tagawa, Toda (1981), without their exact ordering.
    """
    near: dict[str, list[str]] = {key: [] for layer in layers.at for key in layer}
    for link in layers.links:
        for one, other in pairwise(link):
            near[one].append(other)
            near[other].append(one)
    for layer in layers.at:
        _pack(layers, layer, {key: float(i) for i, key in enumerate(layer)})
    for turn in range(8):
        for layer in layers.at if turn % 2 == 0 else layers.at[::-1]:
            wanted = {
                key: sum(layers.place[n] for n in near[key]) / len(near[key]) for key in layer
            }
            _pack(layers, layer, wanted)
    low = min((layers.place[k] - _room(layers, k) / 2 for l_ in layers.at for k in l_), default=0.0)
    for key in layers.place:
        layers.place[key] -= low


def _width(layers: _Layers) -> float:
    """Room across the layers, in boxes."""
    return max((at + _room(layers, key) / 2 for key, at in layers.place.items()), default=0.0)


def _pack(layers: _Layers, layer: list[str], wanted: Mapping[str, float]) -> None:
    """Put a layer in the order wanted, each as near to where it is wanted as room allows.

    Pushed apart once downwards and once upwards; the mean of both keeps the distances.
    """
    layer.sort(key=lambda key: (wanted[key], key))
    half = [_room(layers, key) / 2 for key in layer]
    count = len(layer)
    down, up = [wanted[key] for key in layer], [wanted[key] for key in layer]
    for i in range(1, count):
        down[i] = max(down[i], down[i - 1] + half[i - 1] + half[i])
    for i in range(count - 2, -1, -1):
        up[i] = min(up[i], up[i + 1] - half[i + 1] - half[i])
    for i, key in enumerate(layer):
        layers.place[key] = (down[i] + up[i]) / 2


def _points(
    layers: _Layers, lone: Sequence[str], down: bool, columns: float, per_line: int
) -> dict[str, Point]:
    """Where each box and bend stands, in boxes from the upper left."""
    points: dict[str, Point] = {}
    for k, layer in enumerate(layers.at):
        for key in layer:
            place = layers.place[key] - 0.5
            points[key] = (place, float(k)) if down else (float(k), place)
    below = float(len(layers.at)) if down else _width(layers)
    for i, key in enumerate(lone):
        points[key] = (float(i % per_line), below + i // per_line)
    return points


def _text(
    row: ScheduledAction, lang: Lang, names: Mapping[str, Name], letters: int, waits: bool
) -> str:
    """Name, duration with first and last working day, the start date if it is that it waits for."""
    name = known_as(row.action, names, lang)
    days = {"days": row.likely_days, "first": row.early_start + 1, "last": row.early_finish}
    key = "node" if row.likely_days else "milestone"
    second = say(f"plan.schedule.figure.{key}", lang, **days)
    lines = [_even(name, letters, 3), _even(second, letters, 2)]
    if waits:
        lines.append(say("plan.schedule.figure.from_day", lang, first=row.not_before))
    return "\n".join(lines)


def _even(text: str, width: int, most: int) -> str:
    """Wrapped into as few lines as it needs, none much shorter than the others."""
    whole = wrapped(text, width, most)
    lines = whole.count("\n")
    tried = (wrapped(text, less, most) for less in range(width // 2, width + 1))
    good = (t for t in tried if t.count("\n") == lines and not t.endswith("…") and "（\n" not in t)
    return next(good, whole)


def _box(axes: Axes, point: Point, text: str, row: ScheduledAction) -> None:
    x, y = point
    axes.add_patch(
        FancyBboxPatch(
            (x - 0.42, y - 0.36), 0.84, 0.72, boxstyle="round,pad=0,rounding_size=0.05",
            facecolor="white", edgecolor=RED if row.critical else GREY,
            linewidth=2.0 if row.critical else 0.9, zorder=3,
        )
    )  # fmt: skip
    axes.text(x, y, text, fontsize=7, ha="center", va="center", linespacing=1.15, zorder=4,
              color=BLACK)  # fmt: skip


def _link(
    axes: Axes, points: Sequence[Point], link: Sequence[str],
    rows: Mapping[str, ScheduledAction], down: bool,
) -> None:  # fmt: skip
    """From the edge of one box over the bends to that of the next; tight critical ones thick."""
    one, other = rows[link[0]], rows[link[-1]]
    tight = one.critical and other.critical and one.early_finish == other.early_start
    colour, width = (RED, 2.0) if tight else (GREY, 0.9)
    (x0, y0), (x1, y1) = points[0], points[-1]
    start = (x0, y0 + 0.36) if down else (x0 + 0.42, y0)
    end = (x1, y1 - 0.36) if down else (x1 - 0.42, y1)
    path = [start, *points[1:-1], end]
    if len(path) > 2:
        axes.plot([x for x, _ in path[:-1]], [y for _, y in path[:-1]], color=colour,
                  linewidth=width, zorder=2)  # fmt: skip
    axes.annotate("", path[-1], path[-2], zorder=2,
                  arrowprops={"arrowstyle": "-|>", "color": colour, "lw": width,
                              "shrinkA": 0, "shrinkB": 0})  # fmt: skip


def _legend(lang: Lang) -> list[Line2D]:
    return [
        Line2D(
            [], [], color=RED, linewidth=2.0, label=say("plan.schedule.figure.chain_link", lang)
        ),
        Line2D([], [], color=GREY, linewidth=0.9, label=say("plan.schedule.figure.link", lang)),
    ]

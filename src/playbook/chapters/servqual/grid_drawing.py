"""The importance-performance grid: crosses of intervals, undecided points grey and hollow."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.servqual.drawing import wrapped
from playbook.chapters.servqual.result import ServqualResult
from playbook.chapters.servqual.result_importance import Ipa, IpaAttribute
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, ORANGE, RED, new_figure
from playbook.core.text import Lang, known_as, say

BESIDE = 10
"""So many names stand beside the grid; more stand below it."""

MARKERS = {
    "concentrate": "X",
    "keep_up": "o",
    "low_priority": "s",
    "possible_overkill": "^",
}
COLOURS = {
    "concentrate": RED,
    "keep_up": GREEN,
    "low_priority": BLUE,
    "possible_overkill": ORANGE,
}
CORNERS = {
    "concentrate": (0.02, 0.98, "left", "top"),
    "keep_up": (0.98, 0.98, "right", "top"),
    "low_priority": (0.02, 0.02, "left", "bottom"),
    "possible_overkill": (0.98, 0.02, "right", "bottom"),
}


def ipa_chart(result: ServqualResult, grid: Ipa, lang: Lang) -> Figure:
    """One grid; numbers stand for the names listed beside it, or below it if there are many."""
    many = len(grid.attributes) > BESIDE
    names = [
        wrapped(known_as(a.id, result.names, lang), 20 if many else 11) for a in grid.attributes
    ]
    lines = sum(1 + name.count("\n") for name in names)
    if many:
        ratios = [9.0, 0.42 * (lines / 2 + 1.5)]
        figure, axes = new_figure(16, sum(ratios) + 0.6, 2, 1, height_ratios=ratios)
    else:
        figure, axes = new_figure(16, max(9.0, 0.5 * lines), 1, 2, width_ratios=[2.2, 1])
    _grid(axes[0], grid, lang)
    _key(axes[1], names, 2 if many else 1)
    return figure


def _grid(axes: Axes, grid: Ipa, lang: Lang) -> None:
    factor = 100 if grid.source == "derived" else 1
    axes.axvline(grid.line_p, color=GREY, linestyle="--", linewidth=1.1)
    axes.axhline(factor * grid.line_i, color=GREY, linestyle="--", linewidth=1.1)
    for a in grid.attributes:
        _cross(axes, a, factor)
    axes.margins(0.16)
    _numbers(axes, [(a.p_mean, factor * a.i_mean) for a in grid.attributes])
    for quadrant, (x, y, ha, va) in CORNERS.items():
        axes.text(
            x, y, say(f"servqual.code.{quadrant}", lang), transform=axes.transAxes, ha=ha, va=va,
            fontsize=8.5, color=COLOURS[quadrant],
        )  # fmt: skip
    axes.set_title(say(f"servqual.figure.ipa.{grid.source}", lang))
    axes.set_xlabel(say("servqual.figure.ipa.x", lang))
    axes.set_ylabel(say(f"servqual.figure.ipa.y_{grid.source}", lang))


def _cross(axes: Axes, a: IpaAttribute, factor: int) -> None:
    """The point with its two intervals; grey and hollow where the quadrant is undecided."""
    undecided = a.certainty == "undecided"
    colour = GREY if undecided else COLOURS[a.quadrant]
    x, y = a.p_mean, factor * a.i_mean
    if a.p_ci:
        axes.plot(a.p_ci, [y, y], color=colour, linewidth=1.0, alpha=0.7)
    if a.i_ci:
        axes.plot([x, x], [factor * v for v in a.i_ci], color=colour, linewidth=1.0, alpha=0.7)
    axes.plot(
        [x], [y], marker=MARKERS[a.quadrant], markersize=7, color=colour, markeredgewidth=1.4,
        markerfacecolor="white" if undecided else colour, zorder=4,
    )  # fmt: skip


def _numbers(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    """Numbers beside their points, pushed apart until none covers another number or a point."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    size = np.array([right - left, top - bottom])
    at = (np.array(points) - [left, bottom]) / size
    label = at + np.array([0.022, 0.034])
    for _ in range(200):
        push = np.zeros_like(label)
        for others, least in ((label, 0.050), (at, 0.036)):
            apart = label[:, None] - others[None]
            far = np.hypot(apart[..., 0], apart[..., 1])
            close = (far < least) & (far > 0)
            unit = apart / np.where(far > 0, far, 1)[..., None]
            push += (unit * (np.where(close, least - far, 0) * 0.5)[..., None]).sum(axis=1)
        label = np.clip(label + push, 0.02, 0.98)
        if np.abs(push).max() < 1e-4:
            break
    for k, (place, point) in enumerate(zip(label, at, strict=True), 1):
        if np.hypot(*(place - point)) > 0.06:
            axes.plot(
                [place[0], point[0]], [place[1], point[1]], color=GREY, linewidth=0.6,
                transform=axes.transAxes, zorder=3,
            )  # fmt: skip
        axes.text(
            place[0], place[1], str(k), transform=axes.transAxes, ha="center", va="center",
            fontsize=8.5, color=BLACK, zorder=5,
            bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def _key(axes: Axes, names: Sequence[str], columns: int) -> None:
    """The list of names; kept out of the layout so that it never squeezes the plot."""
    axes.set_axis_off()
    share = -(-len(names) // columns)
    for i in range(columns):
        part = names[i * share : (i + 1) * share]
        text = "\n".join(
            f"{i * share + j + 1:>2}  " + name.replace("\n", "\n      ")
            for j, name in enumerate(part)
        )
        written = axes.text(
            i / columns, 1.0, text, transform=axes.transAxes, va="top", ha="left", fontsize=8.5
        )
        written.set_in_layout(False)

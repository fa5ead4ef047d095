"""The importance-performance grid: crosses of intervals, undecided points grey and hollow."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.servqual.drawing import wrapped
from playbook.chapters.servqual.result import ServqualResult
from playbook.chapters.servqual.result_importance import Ipa
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, ORANGE, RED, new_figure
from playbook.core.text import Lang, say

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


def ipa_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Stated and derived importance beside each other; numbers stand for the names listed."""
    grids = _two(result.ipa)
    ids = list(dict.fromkeys(a.id for grid in grids for a in grid.attributes))
    numbers = {key: i + 1 for i, key in enumerate(ids)}
    names = [wrapped(_name(result, key, lang), 30 if len(grids) > 1 else 14) for key in ids]
    per_line = 2 if len(grids) > 1 else 1
    if len(grids) < 2:
        lines = sum(1 + n.count("\n") for n in names)
        figure, axes = new_figure(16, max(9.5, 1.5 + 0.45 * lines), 1, 2, width_ratios=[2.1, 1])
    else:
        rows = -(-sum(1 + n.count("\n") for n in names) // per_line)
        ratios = [7.4, 0.45 * rows + 0.4]
        figure, axes = new_figure(16, sum(ratios) + 1, 2, 2, height_ratios=ratios)
    for one, grid in zip(axes, grids, strict=False):
        _grid(one, grid, numbers, result, lang)
    for one in axes[len(grids) :]:
        one.set_axis_off()
    _key(axes[len(grids) :], names, per_line)
    return figure


def _two(grids: Sequence[Ipa]) -> list[Ipa]:
    """The asked importance and the derived one; not more than two."""
    derived = [g for g in grids if g.source == "derived"]
    asked = [g for g in grids if g.source != "derived"]
    return [*asked[:1], *derived][:2]


def _grid(
    axes: Axes, grid: Ipa, numbers: Mapping[str, int], result: ServqualResult, lang: Lang
) -> None:
    factor = 100 if grid.source == "derived" else 1
    axes.axvline(grid.line_p, color=GREY, linestyle="--", linewidth=1.1)
    axes.axhline(factor * grid.line_i, color=GREY, linestyle="--", linewidth=1.1)
    for a in grid.attributes:
        open_ = a.certainty == "undecided"
        colour = GREY if open_ else COLOURS[a.quadrant]
        x, y = a.p_mean, factor * a.i_mean
        if a.p_ci:
            axes.plot(a.p_ci, [y, y], color=colour, linewidth=1.0, alpha=0.7)
        if a.i_ci:
            axes.plot([x, x], [factor * v for v in a.i_ci], color=colour, linewidth=1.0, alpha=0.7)
        axes.plot(
            [x], [y], marker="o", markersize=12, color=colour, markeredgewidth=1.3,
            markerfacecolor="white" if open_ else colour,
        )  # fmt: skip
        axes.text(
            x, y, str(numbers[a.id]), ha="center", va="center", fontsize=7.5, zorder=5,
            color=BLACK if open_ else "white",
        )  # fmt: skip
    for quadrant, (x, y, ha, va) in CORNERS.items():
        axes.text(
            x, y, say(f"servqual.code.{quadrant}", lang), transform=axes.transAxes, ha=ha, va=va,
            fontsize=8, color=COLOURS[quadrant],
        )  # fmt: skip
    axes.margins(0.14)
    axes.set_title(say(f"servqual.figure.ipa.{grid.source}", lang))
    axes.set_xlabel(say("servqual.figure.ipa.x", lang))
    axes.set_ylabel(say(f"servqual.figure.ipa.y_{grid.source}", lang))


def _key(axes: Sequence[Axes], names: Sequence[str], columns: int) -> None:
    share = -(-len(names) // columns)
    for i, one in enumerate(axes[:columns]):
        part = names[i * share : (i + 1) * share]
        text = "\n".join(
            f"{i * share + j + 1:>2}  " + n.replace("\n", "\n      ") for j, n in enumerate(part)
        )
        one.text(0.0, 1.0, text, transform=one.transAxes, va="top", ha="left", fontsize=8.5)


def _name(result: ServqualResult, key: str, lang: Lang) -> str:
    return result.names[key].in_(lang) if key in result.names else key

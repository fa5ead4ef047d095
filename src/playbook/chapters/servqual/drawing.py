"""Rows of dots, intervals and names that several figures of this chapter share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.figure import BLACK, GREY, new_figure

ROW_CM, LINE_CM = 0.62, 0.42
# a Latin word with its space, or one letter with the mark that must not start a line
_PARTS = re.compile(r"[!-~\u00a1-\u2e7f]+\s*|[^!-~\s][，。、；：）】！？]*\s*|\s+")


@dataclass(frozen=True)
class Dot:
    """A value with its interval; filled = sure."""

    value: float
    ci: Interval = None
    filled: bool = True


def wrapped(text: str, width: int = 15) -> str:
    """A name in lines of width Chinese letters or twice as many Latin ones; words stay whole.

    >>> wrapped("abc def", 2), wrapped("服务响应及时", 4)
    ('abc\\ndef', '服务响应\\n及时')
    """
    lines, used = [""], 0
    for part in _PARTS.findall(text):
        size = sum(2 if ord(c) > 0x2E7F else 1 for c in part.rstrip())
        if used and used + size > 2 * width:
            lines[-1], used = lines[-1].rstrip(), 0
            lines.append("")
        lines[-1] += part
        used += size + len(part) - len(part.rstrip())
    return "\n".join(lines).rstrip()


def row_figure(
    names: Sequence[str], columns: int = 1, top_cm: float = 2.4, **grid: object
) -> tuple[Figure, list[Axes]]:
    """A figure with one line of space per line of the names, axes side by side."""
    lines = sum(ROW_CM + LINE_CM * name.count("\n") for name in names)
    figure, axes = new_figure(16, top_cm + max(lines, 1.2), 1, columns, **grid)
    return figure, axes


def places(names: Sequence[str]) -> list[float]:
    """Heights of the rows, the first on top, wider where a name has more lines."""
    at, out = 0.0, []
    for name in names:
        own = 1 + 0.68 * name.count("\n")
        out.append(-(at + own / 2))
        at += own
    return out


def name_rows(axes: Axes, names: Sequence[str]) -> list[float]:
    """Put the names on the vertical axis and return the heights."""
    heights = places(names)
    axes.set_yticks(heights, names)
    axes.set_ylim(heights[-1] - 0.75, heights[0] + 0.75) if heights else None
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return heights


def dots(
    axes: Axes,
    heights: Sequence[float],
    found: Sequence[Dot | None],
    colour: str,
    marker: str = "o",
    label: str = "",
    shift: float = 0.0,
) -> None:
    """Dots with whiskers; hollow where not sure."""
    for i, (y, dot) in enumerate(zip(heights, found, strict=True)):
        if dot is None:
            continue
        if dot.ci is not None:
            axes.plot(dot.ci, [y + shift] * 2, color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            [dot.value], [y + shift], marker=marker, color=colour, markersize=6, linestyle="none",
            markerfacecolor=colour if dot.filled else "white", markeredgewidth=1.4,
            label=label if i == _first(found) else None,
        )  # fmt: skip


def reference(axes: Axes, x: float, colour: str = GREY, style: str = "--") -> None:
    """A vertical line to read against."""
    axes.axvline(x, color=colour, linewidth=1.2, linestyle=style, zorder=1)


def note_at(axes: Axes, y: float, text: str) -> None:
    """A short word right of the axes, at the height of a row."""
    axes.annotate(
        text, (1.0, y), xycoords=("axes fraction", "data"), xytext=(5, 0),
        textcoords="offset points", va="center", ha="left", fontsize=8, color=BLACK,
        annotation_clip=False,
    )  # fmt: skip


def legend_below(figure: Figure, axes: Sequence[Axes], columns: int = 3) -> None:
    """One legend for all axes, under the figure."""
    seen: dict[str, Artist] = {}
    for one in axes:
        for handle, label in zip(*one.get_legend_handles_labels(), strict=True):
            seen.setdefault(str(label), handle)
    if seen:
        figure.legend(list(seen.values()), list(seen), loc="outside lower center", ncols=columns)


def _first(found: Sequence[Dot | None]) -> int:
    return next((i for i, dot in enumerate(found) if dot is not None), 0)

"""The house look of figures: font, colours, sizes. Never changes the user's rcParams.

A chart function makes its figure with ``new_figure`` and returns it. The shipped font (Noto Sans
CJK SC, a subset under the OFL, renamed) makes Chinese right on machines without Chinese fonts.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

from playbook.core.svg import compact

FAMILY = "Playbook Sans SC"

# Okabe & Ito 2008: told apart with any colour vision. Never the only mark of a meaning.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#222222"
GREY, LIGHT = "#767676", "#D9D9D9"
CYCLE = (BLUE, ORANGE, GREEN, RED, SKY, PURPLE, GREY)

_STYLE: Any = {
    "font.family": [FAMILY],
    "font.size": 9.0,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#EBEBEB",
    "grid.linewidth": 0.8,
    "xtick.color": BLACK,
    "ytick.color": BLACK,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "playbook",
    "text.parse_math": False,  # client text may hold dollar signs
}


class HouseFigure(Figure):
    """A figure that draws in the house look wherever it is shown."""

    def draw(self, renderer: Any) -> None:
        with house():
            for text in self.findobj(Text):
                _set_family(text)
            super().draw(renderer)


def new_figure(
    width_cm: float = 16.0, height_cm: float = 9.0, rows: int = 1, columns: int = 1, **grid: Any
) -> tuple[HouseFigure, list[Axes]]:
    """Return a figure of the given size and its axes, row by row.

    grid goes to ``Figure.subplots`` (sharex, sharey, width_ratios …).

    >>> figure, (axes,) = new_figure(8, 5)
    >>> float(round(figure.get_figwidth(), 2))
    3.15
    """
    with house():
        figure = HouseFigure(figsize=(width_cm / 2.54, height_cm / 2.54), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(rows, columns, squeeze=False, **grid)
    return figure, list(axes.flat)


@contextmanager
def house() -> Iterator[None]:
    """The house look for the time of the block; the user's settings come back after it."""
    _register_font()
    with mpl.rc_context(_STYLE):
        yield


def month_axis(axes: Axes, first: date, last: date, most: int = 5) -> None:
    """Label a time axis by year and month with at most so many ticks, on first days of months."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if months / s <= most), 120)
    count = first.year * 12 + first.month - 1
    ticks = range(count + -count % step, last.year * 12 + last.month, step)
    days = [date(tick // 12, tick % 12 + 1, 1) for tick in ticks]
    axes.set_xticks(list(date2num(days)), [f"{day:%Y-%m}" for day in days])


def to_svg(draw: Callable[[], Figure]) -> bytes:
    """Draw and return an SVG with text as outlines: sharp in print, the same bytes each time."""
    out = io.BytesIO()
    with house():
        draw().savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return compact(out.getvalue())


def to_png(draw: Callable[[], Figure], dpi: int = 200) -> bytes:
    """Draw and return a PNG."""
    out = io.BytesIO()
    with house():
        draw().savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def _set_family(text: Artist) -> None:
    # asked first: setting it makes the text forget its size
    if isinstance(text, Text) and text.get_fontfamily() != [FAMILY]:
        text.set_fontfamily(FAMILY)


@cache
def _register_font() -> None:
    source = files("playbook") / "core" / "fonts" / "PlaybookSansSC-Regular.otf"
    with as_file(source) as path:
        fontManager.addfont(path)

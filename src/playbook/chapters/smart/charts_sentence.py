"""Goal sentences with what was read in them: colour, a bar below and a letter, so that the marks
are read in black and white too."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path

from playbook.chapters.smart.marks import LETTERS, pieces_of
from playbook.chapters.smart.result import Checked
from playbook.core.figure import BLACK, BLUE, FAMILY, GREEN, GREY, RED, house, new_figure
from playbook.core.lettering import pieces
from playbook.core.text import Lang, say

MOST = 10
_SIZE, _SMALL = 11.0, 7.5
_WIDTH = 510.0  # points
_LINE, _GAP, _LEFT = 30.0, 10.0, 34.0
_COLOURS = {"metric": BLUE, "direction": "#8A5A00", "baseline": "#9B4F7F", "target": RED,
            "delta": RED, "deadline": "#007A59", "start": GREEN, "owner": "#6A3D9A",
            "scope": GREY}  # fmt: skip


@dataclass(frozen=True)
class _Run:
    """A stretch of one slot on one line, placed in points from the left."""

    text: str
    slot: str
    x: float
    width: float
    line: int


def sentence_figure(goals: Sequence[Checked], lang: Lang) -> Figure:
    """Each sentence on its lines, its id before it; under each mark the letter of its slot."""
    with house():
        placed = [(goal, _placed(goal)) for goal in goals]
    lines = sum(_lines(runs) for _, runs in placed)
    height = lines * _LINE + len(placed) * _GAP + 46
    figure, (axes,) = new_figure((_WIDTH + _LEFT + 16) / 72 * 2.54, height / 72 * 2.54)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH + _LEFT + 16)
    axes.set_ylim(height, 0)
    axes.axis("off")
    top = 18.0
    for goal, runs in placed:
        axes.text(4, top, goal.goal_id, fontsize=_SMALL + 1, color=GREY, va="baseline")
        for run in runs:
            _draw(axes, run, top + run.line * _LINE)
        top += _lines(runs) * _LINE + _GAP
    used = {run.slot for _, runs in placed for run in runs if run.slot}
    key = [f"{LETTERS[s]} {say(f'smart.column.{s}', lang)}" for s in LETTERS if s in used]
    axes.text(_LEFT, height - 12, "    ".join(key), fontsize=_SMALL + 1, color=BLACK)
    return figure


def _draw(axes: Axes, run: _Run, y: float) -> None:
    colour = _COLOURS.get(run.slot, BLACK)
    axes.text(_LEFT + run.x, y, run.text, fontsize=_SIZE, color=colour, va="baseline")
    if not run.slot:
        return
    first, last = _LEFT + run.x + 0.6, _LEFT + run.x + run.width - 0.6
    axes.add_line(Line2D([first, last], [y + 4.2, y + 4.2], color=colour, lw=1.4))
    axes.text((first + last) / 2, y + 12.5, LETTERS[run.slot], fontsize=_SMALL, color=BLACK,
              ha="center", va="baseline")  # fmt: skip


def _placed(goal: Checked) -> list[_Run]:
    """Break the sentence into lines; a slot that is broken stands on both."""
    runs: list[_Run] = []
    x, line = 0.0, 0
    for piece in pieces_of(goal.text, goal.spans):
        kept, start = "", x
        for word in pieces(goal.text[piece.start : piece.end]):
            if start + _wide(kept + word.rstrip()) > _WIDTH and (kept or start):
                if kept:
                    runs.append(_Run(kept, piece.slot, start, _wide(kept), line))
                kept, start, line = "", 0.0, line + 1
                word = word.lstrip()
            kept += word
        if kept:
            runs.append(_Run(kept, piece.slot, start, _wide(kept), line))
        x = start + _wide(kept)
    return runs


def _lines(runs: Sequence[_Run]) -> int:
    return 1 + max((run.line for run in runs), default=0)


def _wide(text: str) -> float:
    """Width in points, blanks at the end included."""
    if not text:
        return 0.0
    font = FontProperties(family=FAMILY, size=_SIZE)
    whole: float = text_to_path.get_text_width_height_descent(text + "|", font, False)[0]
    bar: float = text_to_path.get_text_width_height_descent("|", font, False)[0]
    return whole - bar

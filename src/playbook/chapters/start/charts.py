"""The share of cells with an answer, per table."""

from matplotlib.figure import Figure

from playbook.chapters.start.analysis import StartResult, TableState
from playbook.core.figure import BLUE, LIGHT, ORANGE, new_figure
from playbook.core.text import Lang, say


def fill_chart(result: StartResult, lang: Lang) -> Figure:
    """One bar per table: answered, "never used" and blank cells as shares of all cells."""
    tables = [t for t in result.tables if t.cells][::-1]
    figure, (axes,) = new_figure(16, 2.2 + 0.55 * max(1, len(tables)))
    left = [0.0] * len(tables)
    for kind, colour, hatch in (
        ("answered", BLUE, ""),
        ("never", ORANGE, "//"),
        ("blank", LIGHT, ".."),
    ):
        shares = [100 * _count(t, kind) / t.cells for t in tables]
        label = say(f"start.figure.fill.{kind}", lang)
        axes.barh([t.table for t in tables], shares, left=left, color=colour, hatch=hatch,
                  edgecolor="white", label=label, height=0.7)  # fmt: skip
        left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.set_xlim(0, 100)
    axes.set_xlabel(say("start.figure.fill.x", lang))
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def _count(table: TableState, kind: str) -> int:
    counts = {"never": table.never_used, "blank": table.blanks}
    return counts.get(kind, table.cells - table.never_used - table.blanks)

"""Figures of procedures: swim lanes of the roles, the service blueprint."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from playbook.chapters.plan.enabling.charts import word
from playbook.chapters.plan.enabling.model_steps import Blueprint, BlueprintStep, Procedure, Step
from playbook.chapters.plan.enabling.naming import name_of
from playbook.core.figure import BLACK, BLUE, GREY, ORANGE, new_figure
from playbook.core.lettering import width_of, wrapped
from playbook.core.text import Lang, Name

Names = Mapping[str, Name]
MOST_STEPS = 7
"""Steps side by side; longer procedures go on below."""

LEVELS = ("customer_action", "front_stage", "back_stage", "support_system")
TINTS = ("#E8F1F8", "#FFFFFF", "#F5F5F5", "#FFFFFF")


def lanes_chart(procedure: Procedure, lang: Lang, names: Names) -> Figure:
    """Swim lanes: one lane per role, steps from left to right with target and decision limit."""
    steps = list(enumerate(procedure.steps, start=1))
    rows = _rows(len(steps))
    figure, axes = new_figure(17.5, rows_height(procedure, rows), len(rows), 1)
    roles = tuple(dict.fromkeys(step.role for step in procedure.steps))
    for ax, (first, last) in zip(axes, rows, strict=True):
        _lanes(ax, steps[first:last], roles, rows[0][1] - rows[0][0], lang, names)
    return figure


def rows_height(procedure: Procedure, rows: Sequence[tuple[int, int]]) -> float:
    """Height in cm: a fixed room for each lane of each row."""
    lanes = [len({step.role for step in procedure.steps[a:b]}) for a, b in rows]
    return 0.8 + sum(2.7 * count + 0.3 for count in lanes)


NOT_FIRST = frozenset("，。；：、！？）》”")
"""Marks that do not begin a line."""


def even(text: str, width: int, lines: int) -> str:
    """Wrapped into as few lines as needed, of about even length.

    >>> even("查明原因并处理", 12, 2)
    '查明原因\\n并处理'
    """
    tried = [wrapped(text, narrow, lines) for narrow in range(width, 4, -1)]
    good = [one for one in tried if "…" not in one and not _starts_badly(one)]
    return min(good, key=lambda one: (one.count("\n"), _widest(one)), default=tried[0])


def _starts_badly(text: str) -> bool:
    return any(line[:1] in NOT_FIRST for line in text.split("\n"))


def _widest(text: str) -> int:
    return max(width_of(line) for line in text.split("\n"))


def _rows(count: int) -> list[tuple[int, int]]:
    """Stretches of at most MOST_STEPS steps, about equal.

    >>> _rows(9)
    [(0, 5), (5, 9)]
    """
    size = -(-count // max(1, -(-count // MOST_STEPS)))
    return [(at, min(count, at + size)) for at in range(0, count, max(1, size))]


def _lanes(
    ax: Axes,
    steps: Sequence[tuple[int, Step]],
    order: Sequence[str],
    columns: int,
    lang: Lang,
    names: Names,
) -> None:
    """One stretch of steps; lanes stand in the same order in every stretch."""
    here = {step.role for _, step in steps}
    roles = [role for role in order if role in here]
    at = {role: lane for lane, role in enumerate(roles)}
    width = 94 // max(columns, 3)
    for lane in range(len(roles)):
        ax.add_patch(Rectangle((-0.55, lane - 0.5), columns + 0.1, 1,
                               color=TINTS[lane % 2 * 2], zorder=0))  # fmt: skip
    for x, (number, step) in enumerate(steps):
        y = at[step.role]
        _box(ax, x, y, f"{number} {name_of(step.step, names, lang)}", step, width, lang, names)
        if x:
            before = at[steps[x - 1][1].role]
            _arrow(ax, (x - 1, before), (x, y))
    ax.set_yticks(range(len(roles)), [even(name_of(r, names, lang), 14, 2) for r in roles],
                  fontsize=8.5)  # fmt: skip
    _plain(ax, columns, len(roles))


def _box(
    ax: Axes, x: float, y: float, name: str, step: Step, width: int, lang: Lang, names: Names
) -> None:
    """Name and target in the box; under it what may be decided on the spot."""
    edge = ORANGE if step.decision_limit else BLUE
    ax.add_patch(FancyBboxPatch((x - 0.42, y - 0.44), 0.84, 0.54,
                                boxstyle="round,pad=0,rounding_size=0.06", facecolor="white",
                                edgecolor=edge, linewidth=1.3, zorder=2))  # fmt: skip
    said = even(name, width, 3) + "\n" + word("target", lang, minutes=step.target_minutes)
    ax.text(x, y - 0.17, said, ha="center", va="center", fontsize=7.2, zorder=3, linespacing=1.1)
    if step.decision_limit:
        limit = "◆ " + name_of(step.decision_limit, names, lang)
        ax.text(x, y + 0.13, even(limit, width + 2, 4), ha="center", va="top", fontsize=6.4,
                zorder=3, linespacing=1.05, color="#8A5A00")  # fmt: skip


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From the right edge of one box to the left edge or the top of the next, in right angles."""
    (x0, y0), (x1, y1) = start, end
    y0, y1 = y0 - 0.17, y1 - 0.17
    middle = (x0 + x1) / 2
    ax.plot([x0 + 0.42, middle, middle], [y0, y0, y1], color=GREY, linewidth=1.1, zorder=1)
    ax.annotate("", (x1 - 0.42, y1), (middle, y1), zorder=1,
                arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 1.1, "shrinkA": 0,
                            "shrinkB": 0})  # fmt: skip


def _plain(ax: Axes, columns: int, rows: int) -> None:
    ax.set_xlim(-0.55, columns - 0.45)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.grid(False)
    for side in ax.spines.values():
        side.set_visible(False)


def blueprint_chart(blueprint: Blueprint, lang: Lang, names: Names) -> Figure:
    """Rows customer, front stage, back stage, support; steps as columns; the line of visibility."""
    rows = _rows(len(blueprint.steps))
    figure, axes = new_figure(17.5, 0.6 + 7.6 * len(rows), len(rows), 1)
    for ax, (first, last) in zip(axes, rows, strict=True):
        _sheet(ax, blueprint.steps[first:last], first, rows[0][1] - rows[0][0], lang, names)
    return figure


def _sheet(
    ax: Axes, steps: Sequence[BlueprintStep], before: int, columns: int, lang: Lang, names: Names
) -> None:
    width = 98 // max(columns, 3)
    for level, tint in enumerate(TINTS):
        ax.add_patch(Rectangle((-0.55, level - 0.5), columns + 0.1, 1, color=tint, zorder=0))
    for x, step in enumerate(steps):
        head = even(f"{before + x + 1} {name_of(step.step, names, lang)}", width, 2)
        ax.text(x, -0.62, head, ha="center", va="bottom", fontsize=7.6, color=BLACK)
        for level, column in enumerate(LEVELS):
            text = getattr(step, column)
            if text:
                said = even(name_of(text, names, lang), width - 1, 4)
                frame = {"boxstyle": "round,pad=0.3", "facecolor": "white", "linewidth": 0.8,
                         "edgecolor": BLUE if level < 2 else GREY}  # fmt: skip
                ax.text(x, level, said, ha="center", va="center", fontsize=7.0, linespacing=1.1,
                        bbox=frame)  # fmt: skip
        if step.p50 is not None and step.p95 is not None:
            times = word("times", lang, p50=step.p50, p95=step.p95)
            ax.text(x, 3.58, times, ha="center", va="top", fontsize=7.0, color=GREY)
    for y, dash in ((0.5, "-"), (1.5, "--")):
        ax.plot([-0.55, columns - 0.45], [y, y], color=BLACK, linewidth=1.1, linestyle=dash)
    _levels(ax, lang)
    _plain(ax, columns, 4)
    ax.set_ylim(3.9, -1.05)


def _levels(ax: Axes, lang: Lang) -> None:
    """Names of the four rows, the two lines between them, and the minutes."""
    labels = [even(word(level, lang), 12, 2) for level in LEVELS]
    lines = [word(key, lang) for key in ("interaction", "visibility")]
    ax.set_yticks(
        [0, 1, 2, 3, 0.5, 1.5, 3.72], [*labels, *lines, word("minutes", lang)], fontsize=8
    )
    for label in ax.get_yticklabels()[4:6]:
        label.set_fontsize(6.6)
        label.set_color(GREY)

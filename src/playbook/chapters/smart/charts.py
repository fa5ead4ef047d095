"""The letter grid, and for letter A the history with what the goal asks of it."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from playbook.chapters.smart.result import LETTERS, Achievable, Checked, SmartResult
from playbook.core.figure import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    month_axis,
    new_figure,
)
from playbook.core.text import Lang, has, say

_MARKS = {"pass": ("✓", "#DDF1EA"), "stretch": ("↑", "#DCEBF6"), "weak": ("△", "#FBF0D5"),
          "fail": ("×", "#F8DDD0"), "unknown": ("?", "#EEEEEE")}  # fmt: skip
TELLING = 4
"""So many goals are drawn first; the others stand in the annex."""
MOST_DRAWN = 16
"""So many goals are drawn at all; the table holds every one."""
MOST_ROWS = 40


def grid_goals(result: SmartResult) -> list[Checked]:
    """The goals of the grid in their order; of very many those that are not ready go first."""
    cards = [g for g in result.goals if g.origin == "card"]
    kept = sorted(cards, key=lambda g: g.ready)[:MOST_ROWS]
    return [g for g in cards if g in kept] if len(cards) > MOST_ROWS else cards


def letter_grid(result: SmartResult, lang: Lang) -> Figure:
    """Goals by letters; the value is a sign, the shade only repeats it."""
    goals = grid_goals(result)[::-1]
    figure, (axes,) = new_figure(19, 2.8 + 0.72 * len(goals))
    for row, goal in enumerate(goals):
        for column, verdict in enumerate(goal.verdicts.values()):
            sign, shade = _MARKS[verdict.value]
            axes.add_patch(_cell(column, row, shade))
            axes.text(column, row, sign, ha="center", va="center", fontsize=12, color=BLACK)
    axes.set_xlim(-0.5, len(LETTERS) + 0.5)
    axes.set_ylim(-0.5, len(goals) - 0.5)
    titles = [
        say(f"smart.letter.{letter}", lang).replace(" ", "\n", 1) for letter in (*LETTERS, "owner")
    ]
    axes.set_xticks(range(len(titles)), titles)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(goals)), [_label(result, g, lang) for g in goals])
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    key = "    ".join(f"{sign} {say(f'smart.value.{v}', lang)}" for v, (sign, _) in _MARKS.items())
    axes.set_xlabel(key)
    return figure


def with_history(result: SmartResult) -> list[Checked]:
    """The cards whose letter A rests on data, the most telling first: fails by how far."""
    order = {"fail": 0, "stretch": 1, "pass": 2}
    shown = [
        g for g in result.goals
        if g.origin == "card" and g.achievable and g.achievable.required is not None
    ]  # fmt: skip
    return sorted(shown, key=lambda g: (order.get(g.letters["A"].value, 3), -_ratio(g)))


def achievable_panels(result: SmartResult, goals: list[Checked], lang: Lang) -> Figure:
    """Per goal: history, best run, required line, peers, forecast fan, deadline."""
    columns = 2 if len(goals) > 1 else 1
    rows = (len(goals) + columns - 1) // columns
    figure, axes = new_figure(18, 6.0 * rows + 1.4, rows, columns)
    for panel, goal in zip(axes, goals, strict=False):
        _panel(panel, goal, lang)
        sign = _MARKS[goal.letters["A"].value][0]
        panel.set_title(f"{sign} {_label(result, goal, lang)}")
    for panel in axes[len(goals) :]:
        panel.set_visible(False)
    shown = {
        label: handle
        for panel in axes[: len(goals)]
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(shown.values(), shown.keys(), loc="outside lower center", ncols=4)
    return figure


def _panel(axes: Axes, goal: Checked, lang: Lang) -> None:
    found = goal.achievable
    if found is None or goal.deadline is None or goal.target is None or found.baseline is None:
        return
    factor = 100.0 if goal.unit == "%" else 1.0
    _draw_fan(axes, goal, found, factor, lang)
    _draw_history(axes, goal, found, factor, lang)
    due = float(date2num(goal.deadline))
    begin = _begin(goal)
    target, base = goal.target * factor, found.baseline * factor
    axes.plot([begin, due], [base, target], color=RED, ls="--", marker="*", ms=9, markevery=[1],
              label=say("smart.figure.asked", lang))  # fmt: skip
    reached = _reached(goal, found, factor)
    axes.plot([begin, due], [base, reached], color=GREEN, ls=":", lw=1.8, marker="s", ms=4,
              markevery=[1], label=say("smart.figure.best", lang))  # fmt: skip
    axes.axvline(due, color=GREY, lw=0.8, label=say("smart.figure.deadline", lang))
    _draw_peers(axes, goal, factor, lang)
    month_axis(axes, goal.history[0][0], goal.deadline)
    axes.set_ylabel(_unit(goal, lang))
    axes.margins(x=0.02)


def _begin(goal: Checked) -> float:
    last = float(date2num(goal.history[-1][0]))
    return max(last, float(date2num(goal.start))) if goal.start else last


def _draw_history(axes: Axes, goal: Checked, found: Achievable, factor: float, lang: Lang) -> None:
    days = list(date2num([day for day, _ in goal.history]))
    values = [value * factor for _, value in goal.history]
    axes.plot(days, values, color=BLUE, marker="o", ms=3, label=say("smart.figure.history", lang))
    if found.best_from is not None and found.window is not None:
        first, last = found.best_from, found.best_from + found.window
        axes.plot([days[first], days[last]], [values[first], values[last]], color=PURPLE, lw=4,
                  alpha=0.55, solid_capstyle="butt", zorder=1,
                  label=say("smart.figure.best_run", lang))  # fmt: skip


def _draw_fan(axes: Axes, goal: Checked, found: Achievable, factor: float, lang: Lang) -> None:
    if not found.fan:
        return
    last = goal.history[-1]
    days = list(date2num([last[0], *(p.day for p in found.fan)]))
    low = [last[1] * factor, *(p.low * factor for p in found.fan)]
    high = [last[1] * factor, *(p.high * factor for p in found.fan)]
    middle = [p.value * factor for p in found.fan]
    axes.fill_between(days, low, high, color=SKY, alpha=0.3, lw=0,
                      label=say("smart.figure.forecast", lang))  # fmt: skip
    axes.plot(days[1:], middle, color=SKY, lw=1.2)


def _draw_peers(axes: Axes, goal: Checked, factor: float, lang: Lang) -> None:
    """Peers' P75 and P90 as lines with their names on the left, where the history is low."""
    for value, style, name in ((goal.p75, (0, (6, 3)), "P75"), (goal.p90, (0, (1, 1)), "P90")):
        if value is not None:
            axes.axhline(value * factor, color=ORANGE, lw=1.2, ls=style,
                         label=say("smart.figure.peers", lang, quantile=name))  # fmt: skip
            axes.annotate(name, (0.01, value * factor), xycoords=("axes fraction", "data"),
                          va="bottom", fontsize=7, color=BLACK)  # fmt: skip


def _reached(goal: Checked, found: Achievable, factor: float) -> float:
    """What the best rate shown would reach by the deadline."""
    sign = -1 if (goal.target or 0) < (found.baseline or 0) else 1
    best, periods = max(found.best or 0, 0), found.horizon_periods or 0
    return ((found.baseline or 0) + sign * best * periods) * factor


def _ratio(goal: Checked) -> float:
    """How much faster than ever; an infinite ratio first."""
    a = goal.achievable
    return float("inf") if a is None or a.ratio is None else a.ratio


def _unit(goal: Checked, lang: Lang) -> str:
    unit = goal.unit or ""
    key = f"smart.unit.{unit}"
    return say(key, lang) if has(key, lang) else unit


def _cell(column: int, row: int, shade: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.46, row - 0.42), 0.92, 0.84, facecolor=shade, edgecolor="white")


def _label(result: SmartResult, goal: Checked, lang: Lang) -> str:
    own = result.names.get(goal.goal_id)
    if own and own.in_(lang) != goal.goal_id:
        return f"{goal.goal_id} {own.in_(lang)}"
    metric = result.names.get(goal.metric_id or "")
    return f"{goal.goal_id} {metric.in_(lang)}" if metric else goal.goal_id

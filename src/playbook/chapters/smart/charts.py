"""The letter grid, and for letter A the history with what the goal asks of it."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from playbook.chapters.smart.result import LETTERS, Checked, SmartResult
from playbook.core.figure import BLACK, BLUE, GREEN, ORANGE, RED, month_axis, new_figure
from playbook.core.text import Lang, has, say

_MARKS = {"pass": ("✓", "#DDF1EA"), "stretch": ("↑", "#DCEBF6"), "weak": ("△", "#FBF0D5"),
          "fail": ("×", "#F8DDD0"), "unknown": ("?", "#EEEEEE")}  # fmt: skip
MOST_PANELS = 6


def letter_grid(result: SmartResult, lang: Lang) -> Figure:
    """Goals by letters; the value is a sign, the shade only repeats it."""
    goals = [g for g in result.goals if g.origin == "card"][::-1]
    figure, (axes,) = new_figure(19, 2.8 + 0.72 * len(goals))
    for row, goal in enumerate(goals):
        verdicts = [goal.letters[letter] for letter in LETTERS] + [goal.owner]
        for column, verdict in enumerate(verdicts):
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


def achievable_panels(result: SmartResult, lang: Lang) -> Figure:
    """Per goal: history, the line the goal asks for, the best run shown, the forecast."""
    goals = with_history(result)[:MOST_PANELS]
    columns = 2 if len(goals) > 1 else 1
    rows = (len(goals) + columns - 1) // columns
    figure, axes = new_figure(17, 5.4 * rows + 1.2, rows, columns)
    for panel, goal in zip(axes, goals, strict=False):
        _panel(panel, goal, lang)
        panel.set_title(_label(result, goal, lang))
    for panel in axes[len(goals) :]:
        panel.set_visible(False)
    shown = {
        label: handle
        for panel in axes[: len(goals)]
        for handle, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(shown.values(), shown.keys(), loc="outside lower center", ncols=len(shown))
    return figure


def with_history(result: SmartResult) -> list[Checked]:
    """The cards whose letter A rests on data, those that fail or stretch first."""
    order = {"fail": 0, "stretch": 1, "pass": 2}
    shown = [g for g in result.goals if g.achievable and g.achievable.required is not None]
    return sorted(shown, key=lambda g: order[g.letters["A"].value])


def _panel(axes: Axes, goal: Checked, lang: Lang) -> None:
    factor = 100 if goal.unit == "%" else 1
    days = list(date2num([day for day, _ in goal.history]))
    values = [value * factor for _, value in goal.history]
    found, last = goal.achievable, days[-1]
    if found is None or goal.deadline is None or goal.target is None or found.baseline is None:
        return
    due = float(date2num(goal.deadline))
    begin = max(last, float(date2num(goal.start)) if goal.start else last)
    target, base = goal.target * factor, found.baseline * factor
    axes.plot(days, values, color=BLUE, marker="o", ms=3, label=say("smart.figure.history", lang))
    axes.plot([begin, due], [base, target], color=RED, ls="--", marker="*", ms=8, markevery=[1],
              label=say("smart.figure.asked", lang))  # fmt: skip
    reached = _reached(goal, factor)
    if reached is not None:
        axes.plot([begin, due], [base, reached], color=GREEN, ls=":", marker="s", ms=4,
                  markevery=[1], label=say("smart.figure.best", lang))  # fmt: skip
    if found.forecast is not None and found.forecast_low is not None:
        low, high = found.forecast_low * factor, (found.forecast_high or 0) * factor
        axes.errorbar([due + 12.0], [found.forecast * factor],
                      [[found.forecast * factor - low], [high - found.forecast * factor]],
                      color=ORANGE, fmt="D", ms=4, capsize=3,
                      label=say("smart.figure.forecast", lang))  # fmt: skip
    month_axis(axes, goal.history[0][0], goal.deadline)
    axes.set_ylabel(_unit(goal, lang))


def _reached(goal: Checked, factor: float) -> float | None:
    """What the best rate shown would reach by the deadline."""
    a = goal.achievable
    if a is None or a.best is None or a.horizon_periods is None or a.baseline is None:
        return None
    sign = -1 if (goal.target or 0) < a.baseline else 1
    return (a.baseline + sign * max(a.best, 0) * a.horizon_periods) * factor


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

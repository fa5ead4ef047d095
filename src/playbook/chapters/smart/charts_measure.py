"""Letter M drawn: what the planned answers would show without a change, and with the aimed one."""

from math import exp, pi, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.smart.result import Checked, Detectable, SmartResult
from playbook.core.figure import BLUE, GREY, ORANGE, new_figure
from playbook.core.text import Lang, say

TELLING = 3
_POINTS = 160


def with_samples_planned(result: SmartResult) -> list[tuple[Checked, Detectable]]:
    """The cards with planned samples, the least power first."""
    shown = [(g, g.detectable) for g in result.goals if g.origin == "card" and g.detectable]
    return sorted(
        ((g, d) for g, d in shown if d), key=lambda pair: (pair[1].power, pair[0].goal_id)
    )


def telling(result: SmartResult) -> list[tuple[Checked, Detectable]]:
    """Those that fail or are weak, and one that passes, to compare with."""
    shown = with_samples_planned(result)
    doubtful = [pair for pair in shown if pair[1].verdict != "pass"]
    sound = [pair for pair in shown if pair[1].verdict == "pass"]
    return [*doubtful[: TELLING - 1], *sound[:1]]


def measurable_panels(result: SmartResult, lang: Lang) -> Figure:
    """Per goal the two sampling distributions of the measured change."""
    goals = telling(result)
    figure, axes = new_figure(18, 6.2, 1, len(goals))
    for panel, (goal, found) in zip(axes, goals, strict=True):
        _panel(panel, goal, found, lang)
        name = result.names.get(goal.goal_id)
        panel.set_title(f"{goal.goal_id} {name.in_(lang)}" if name else goal.goal_id, fontsize=9)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    return figure


def _panel(axes: Axes, goal: Checked, found: Detectable, lang: Lang) -> None:
    factor = 100.0 if goal.unit == "%" else 1.0
    d, se, edge = (v * factor for v in (found.difference, found.se, found.threshold))
    low, high = -3.4 * se, max(d, 0.0) + 3.4 * se
    xs = [low + (high - low) * i / _POINTS for i in range(_POINTS + 1)]
    none, aimed = ([_bell(x, at, se) for x in xs] for at in (0.0, d))
    axes.plot(xs, none, color=GREY, ls="--", label=say("smart.figure.no_change", lang))
    axes.plot(xs, aimed, color=BLUE, label=say("smart.figure.aim_reached", lang))
    axes.fill_between(xs, 0, aimed, where=[x >= edge for x in xs], color=BLUE, alpha=0.22, lw=0)
    axes.axvline(edge, color=ORANGE, lw=1.6, label=say("smart.figure.threshold", lang))
    words = say("smart.figure.power", lang, power=found.power)
    axes.text(0.98, 0.97, words, transform=axes.transAxes, ha="right", va="top", fontsize=8.5)
    axes.set_ylim(0, 1.3 * max(none))
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    unit = say("display.pp", lang).strip() if goal.unit == "%" else goal.unit or ""
    axes.set_xlabel(say("smart.figure.change_axis", lang, unit=unit))


def _bell(x: float, at: float, se: float) -> float:
    return exp(-((x - at) ** 2) / (2 * se * se)) / (se * sqrt(2 * pi)) if se > 0 else 0.0

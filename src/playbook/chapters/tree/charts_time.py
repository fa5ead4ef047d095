"""The figures of a time goal: stages, the trap of added percentiles, readings of the limit."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter

from playbook.chapters.tree.lettering import unit_name
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.model_times import TimeBudget, TotalTime
from playbook.core.figure import (
    BLACK,
    BLUE,
    CYCLE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    new_figure,
)
from playbook.core.lettering import width_of, wrapped
from playbook.core.text import Lang, say

LETTERS = 64
"""Half characters that go into the width of the trap's axes."""
_LINES = ((PURPLE, "--"), (ORANGE, "-."), (GREEN, ":"), (BLACK, "-"))


def _budget(result: TreeResult, goal_id: str) -> TimeBudget:
    return next(budget for budget in result.time_budgets if budget.goal_id == goal_id)


def _names(result: TreeResult, budget: TimeBudget, lang: Lang, width: int = 22) -> list[str]:
    return [wrapped(result.names[stage.stage].in_(lang), width) for stage in budget.stages]


def stage_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """Stages from median to P95 with limits; beside it their part of the whole: the bottleneck."""
    budget = _budget(result, goal_id)
    figure, (left, right) = new_figure(
        17.5, 3.2 + 0.95 * len(budget.stages), columns=2, width_ratios=[1.35, 1.0], sharey=True
    )
    _stage_bars(left, budget, lang)
    _stage_shares(right, budget, lang)
    left.set_yticks(range(len(budget.stages)), _names(result, budget, lang))
    left.set_ylim(len(budget.stages) - 0.4, -0.6)
    figure.legend(*left.get_legend_handles_labels(), fontsize=8, loc="outside lower center",
                  ncols=3)  # fmt: skip
    return figure


def _stage_bars(axes: Axes, budget: TimeBudget, lang: Lang) -> None:
    for row, stage in enumerate(budget.stages):
        first = row == 0
        axes.barh([row], [stage.p95 - stage.p50], left=stage.p50, color=SKY, height=0.45,
                  label=say("tree.figure.p50_p95", lang) if first else None)  # fmt: skip
        axes.plot([stage.p50], [row], "o", color=BLUE, markersize=5,
                  label=say("tree.figure.median", lang) if first else None)  # fmt: skip
        if stage.limit is not None:
            axes.plot([stage.limit], [row], "D", color=RED, markersize=5.5,
                      label=say("tree.figure.limit", lang) if first else None)  # fmt: skip
    axes.set_xlim(left=0)
    axes.set_xlabel(unit_name(budget.unit, lang))
    axes.set_title(say("tree.figure.stages", lang))


def _stage_shares(axes: Axes, budget: TimeBudget, lang: Lang) -> None:
    """Part of the total time with its interval; the bottleneck is hatched, not coloured only."""
    for row, stage in enumerate(budget.stages):
        held_up = stage.stage == budget.bottleneck.stage
        axes.barh([row], [stage.share], color=ORANGE if held_up else SKY, height=0.45,
                  hatch="//" if held_up else "", edgecolor="white")  # fmt: skip
        end = stage.share
        if stage.share_low is not None and stage.share_high is not None:
            axes.plot([stage.share_low, stage.share_high], [row, row], "|-", color=BLACK,
                      linewidth=1, markersize=5)  # fmt: skip
            end = stage.share_high
        said = f" {stage.share:.0%}"
        if stage.utilisation is not None:
            said += "\n " + say("tree.figure.used", lang, share=stage.utilisation)
        axes.text(end, row, said, va="center", fontsize=7.5, linespacing=1.05)
    axes.set_xlim(0, 1.3 * max(stage.share_high or stage.share for stage in budget.stages))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_title(say("tree.figure.shares", lang))


def trap_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """Above, the stages' P95 added up beside the P95 of the total; below, the totals' density."""
    budget = _budget(result, goal_id)
    shown = _totals(budget, lang)
    figure, (above, below) = new_figure(
        17.0, 8.2 + 0.62 * len(shown), rows=2, height_ratios=[1.5 + 0.4 * len(shown), 3.0],
        sharex=True,
    )  # fmt: skip
    _added(above, budget, shown, result, lang)
    _densities(below, budget, shown, lang)
    return figure


def _totals(budget: TimeBudget, lang: Lang) -> list[tuple[str, TotalTime]]:
    """Logged cases first, then the simulation with each dependence."""
    shown = []
    if budget.logged is not None:
        shown.append((say("tree.figure.logged", lang, n=budget.logged.n), budget.logged.total))
    for key, total in budget.dependence.items():
        rho = float(key.removeprefix("dependence_"))
        shown.append((say("tree.figure.rho", lang, rho=rho), total))
    return shown


def _added(
    axes: Axes,
    budget: TimeBudget,
    shown: Sequence[tuple[str, TotalTime]],
    result: TreeResult,
    lang: Lang,
) -> None:
    start = 0.0
    reach = max(budget.sum_of_p95, *(total.density_x[-1] for _, total in shown))
    for i, stage in enumerate(budget.stages):
        axes.barh([0], [stage.p95], left=start, color=CYCLE[i % len(CYCLE)], height=0.8,
                  edgecolor="white", alpha=0.75)  # fmt: skip
        letters = int(LETTERS * stage.p95 / reach)
        name = result.names[stage.stage].in_(lang)
        fits = f"{wrapped(name, letters, 1)}\n" if letters >= min(6, width_of(name)) else ""
        if letters >= 3:
            axes.text(start + stage.p95 / 2, 0, f"{fits}{stage.p95:.1f}", ha="center",
                      va="center", fontsize=7.5, linespacing=1.0)  # fmt: skip
        start += stage.p95
    axes.text(start, 0, f" {start:.1f}", va="center", fontsize=8.5)
    for row, (_, total) in enumerate(shown, 1):
        axes.barh([row], [total.p95_total], color=GREY, height=0.5, alpha=0.6)
        axes.text(total.p95_total, row, f" {total.p95_total:.1f}", va="center", fontsize=8.5)
    if budget.logged is not None:
        axes.plot(budget.logged.p95_interval, [1, 1], "|-", color=BLACK, linewidth=1)
        axes.texts[-len(shown)].set_x(budget.logged.p95_interval[1])
    names = [say("tree.figure.naive_sum", lang),
             *(say("tree.figure.p95_of", lang, basis=basis) for basis, _ in shown)]  # fmt: skip
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_ylim(len(names) - 0.4, -0.6)
    _limit(axes, budget)
    axes.set_title(say("tree.figure.added", lang))


def _limit(axes: Axes, budget: TimeBudget, label: str | None = None) -> None:
    if budget.limit is not None:
        axes.axvline(budget.limit, color=RED, linewidth=1.3, label=label)


def _densities(
    axes: Axes, budget: TimeBudget, shown: Sequence[tuple[str, TotalTime]], lang: Lang
) -> None:
    lines = iter(_LINES)
    for i, (label, total) in enumerate(shown):
        if i == 0 and budget.logged is not None:
            width = total.density_x[1] - total.density_x[0]
            axes.bar(total.density_x, total.density_y, width, color=SKY, edgecolor="white",
                     label=label)  # fmt: skip
        else:
            colour, line = next(lines, (BLACK, "-"))
            axes.plot(total.density_x, total.density_y, line, color=colour, label=label)
    unit = unit_name(budget.unit, lang)
    axes.axvline(
        budget.sum_of_p95, color=ORANGE, linestyle=(0, (1, 1.5)), linewidth=2.2,
        label=say("tree.figure.naive", lang, value=budget.sum_of_p95, unit=unit),
    )  # fmt: skip
    if budget.limit is not None:
        _limit(axes, budget, say("tree.figure.limit_total", lang, value=budget.limit, unit=unit))
    axes.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
    axes.set_xlabel(unit)
    axes.set_ylabel(say("tree.figure.density", lang, unit=unit))
    axes.legend(fontsize=8, loc="upper right")
    axes.set_title(say("tree.figure.total", lang))


def readings_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """K2: the events in a row, and below them what each reading of the limit measures."""
    budget = _budget(result, goal_id)
    events, spots = _events(budget)
    figure, (axes,) = new_figure(17.5, 3.0 + 1.15 * len(budget.readings))
    room = 84 // len(events)
    for at, event in enumerate(events):
        axes.plot([at, at], [0, len(budget.readings) + 0.35], color=GREY, linewidth=0.6, zorder=1)
        axes.text(at, -0.12, wrapped(result.names[event].in_(lang), room, 3),
                  ha="center", va="bottom", fontsize=8)  # fmt: skip
    axes.plot(range(len(events)), [0] * len(events), "o-", color=BLACK, markersize=5, linewidth=1.2)
    for (start, stop), stage in zip(spots, budget.stages, strict=True):
        axes.text((start + stop) / 2, 0.1, wrapped(result.names[stage.stage].in_(lang), room, 2),
                  ha="center", va="top", fontsize=7.5, color=GREY)  # fmt: skip
    for row, one in enumerate(budget.readings, 1):
        start = spots[1 if one.reading == "after_first" else 0][0]
        stop = spots[-2 if one.reading == "before_last" else -1][1]
        axes.barh([row], [stop - start], left=start, height=0.5, color="white", zorder=2)
        axes.barh([row], [stop - start], left=start, height=0.5, alpha=0.25, zorder=3,
                  color=(BLUE, GREEN, PURPLE)[row % 3])  # fmt: skip
        said = say(
            "tree.figure.read", lang, limit=one.limit, unit=unit_name(budget.unit, lang),
            share=one.p_within, low=one.p_within_low, high=one.p_within_high, p95=one.p95,
        )  # fmt: skip
        axes.text((start + stop) / 2, row, said, ha="center", va="center", fontsize=8, zorder=4)
    labels = [
        wrapped(say("tree.figure.from_to", lang, start=result.names[one.start_event].in_(lang),
                    stop=result.names[one.stop_event].in_(lang)), 24, 3)
        for one in budget.readings
    ]  # fmt: skip
    axes.set_yticks(range(1, len(labels) + 1), labels, fontsize=8)
    axes.set_xticks([])
    axes.set_ylim(len(labels) + 0.5, -1.0)
    axes.set_xlim(-0.45, len(events) - 0.55)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return figure


def _events(budget: TimeBudget) -> tuple[list[str], list[tuple[int, int]]]:
    """The events in a row, and from which to which each stage goes; a gap is a step of its own."""
    events, spots = list[str](), list[tuple[int, int]]()
    for stage in budget.stages:
        if not events or events[-1] != stage.start_event:
            events.append(stage.start_event)
        events.append(stage.stop_event)
        spots.append((len(events) - 2, len(events) - 1))
    return events, spots


def trial_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """E35: what a faster stage brings, one stage at a time."""
    budget = _budget(result, goal_id)
    figure, (axes,) = new_figure(16.0, 2.2 + 0.85 * len(budget.trials))
    for row, trial in enumerate(budget.trials):
        axes.barh([row], [trial.gain], color=SKY, height=0.5)
        axes.plot([trial.gain_low, trial.gain_high], [row, row], "|-", color=BLACK, linewidth=1)
        said = f"  +{trial.gain * 100:.1f}{say('display.pp', lang)}"
        axes.text(trial.gain_high, row, said, va="center", fontsize=8.5)
    axes.set_yticks(range(len(budget.trials)), _names(result, budget, lang))
    axes.invert_yaxis()
    axes.set_xlim(0, 1.2 * max(1e-3, *(trial.gain_high for trial in budget.trials)))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(say("tree.figure.gain", lang))
    return figure

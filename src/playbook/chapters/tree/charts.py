"""The figures of the goal tree: contributions, rate and mix, times; duties and tree beside."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from playbook.chapters.tree.charts_duties import raci_chart, weights_chart, weights_parts
from playbook.chapters.tree.charts_tree import figures_of, is_large, roots_of, tree_chart
from playbook.chapters.tree.lettering import amount, in_print, unit_name
from playbook.chapters.tree.model import Contribution, Part, TreeResult
from playbook.chapters.tree.model_times import TimeBudget, TotalTime
from playbook.chapters.tree.units import family
from playbook.core.figure import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    new_figure,
)
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, say

__all__ = [
    "contributions_chart", "figures_of", "is_large", "mix_chart", "raci_chart", "roots_of",
    "time_chart", "tree_chart", "weights_chart", "weights_parts",
]  # fmt: skip


def contributions_chart(result: TreeResult, lang: Lang) -> Figure:
    """A waterfall for each parent: from its baseline to what its children's targets make of it."""
    wholes = result.contributions
    columns = 1 if len(wholes) == 1 else 2
    rows = [wholes[i : i + columns] for i in range(0, len(wholes), columns)]
    bars = [2 + max(len(whole.parts) for whole in row) for row in rows]
    figure, axes = new_figure(
        17.5, 0.72 * sum(bars) + 1.6 * len(rows), len(rows), columns, height_ratios=bars
    )
    for ax, whole in zip(axes, wholes, strict=False):
        _waterfall(ax, whole, result, lang)
    for ax in axes[len(wholes) :]:
        ax.set_visible(False)
    return figure


def _waterfall(axes: Axes, whole: Contribution, result: TreeResult, lang: Lang) -> None:
    at = _in_print(whole, whole.before)
    labels = [say("tree.figure.before", lang)]
    axes.barh([0], [at], color=GREY, height=0.55)
    axes.text(at, 0, " " + amount(whole.before, whole.unit, lang), va="center", fontsize=7.5)
    for i, part in enumerate(whole.parts, 1):
        labels.append(wrapped(result.names[part.goal_id].in_(lang), 22))
        at = _step(axes, i, at, part, whole, lang)
    end = len(whole.parts) + 1
    labels.append(say("tree.figure.after", lang))
    axes.barh([end], [at], color=BLUE, height=0.55)
    axes.text(at, end, " " + amount(whole.after, whole.unit, lang), va="center", fontsize=7.5)
    axes.set_yticks(range(end + 1), labels, fontsize=7.5)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.invert_yaxis()
    title = f"{result.names[whole.goal_id].in_(lang)} ({unit_name(whole.unit, lang)})"
    axes.set_title(wrapped(title, 28, 3), fontsize=9)
    _room(axes, whole)


def _in_print(whole: Contribution, value: float) -> float:
    return value * 100 if family(whole.unit) == "share" else value


def _step(axes: Axes, row: int, at: float, part: Part, whole: Contribution, lang: Lang) -> float:
    """One floating bar with its interval; returns where the next one starts."""
    change = _in_print(whole, part.change)
    good = part.change * (whole.after - whole.before) >= 0
    axes.barh([row], [change], left=at, color=SKY if good else ORANGE, height=0.55,
              hatch="" if good else "//", edgecolor="white")  # fmt: skip
    if part.low is not None and part.high is not None:
        ends = [at + _in_print(whole, part.low), at + _in_print(whole, part.high)]
        axes.plot(ends, [row, row], color=BLACK, linewidth=1)
        axes.plot(ends, [row, row], "|", color=BLACK, markersize=6)
    right = max(at, at + change)
    if part.low is not None and part.high is not None:
        right = max(right, *ends)
    short = amount(part.change, whole.unit, lang, True, True).split(" ")[0]  # unit: in the title
    axes.text(right, row, "  " + short, va="center", fontsize=7.5)
    axes.plot([at + change] * 2, [row - 0.28, row + 1.28], color=GREY, linewidth=0.7)
    return at + change


def _room(axes: Axes, whole: Contribution) -> None:
    """Start the axis near the bars, so that small changes are seen; room for the labels."""
    edges = [whole.before, whole.after]
    run = whole.before
    for part in whole.parts:
        edges += [run + (part.low or 0.0), run + (part.high or 0.0), run + part.change]
        run += part.change
    low, high = (_in_print(whole, edge) for edge in (min(edges), max(edges)))
    span = max(high - low, 1e-9)
    axes.set_xlim(max(0.0, low - 0.35 * span), high + 0.28 * span)


def mix_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """Per branch the rate effect and the mix effect on the whole, in percentage points."""
    mix = next(m for m in result.mixes if m.goal_id == goal_id)
    figure, (axes,) = new_figure(16.0, 2.8 + 0.75 * (len(mix.units) + 1))
    unit = next(n.unit for n in result.nodes if n.goal_id == goal_id)
    rows = np.arange(len(mix.units) + 1)
    rates, mixes = [*mix.rate_effect, mix.rate_total], [*mix.mix_effect, mix.mix_total]
    for shift, values, colour, hatch, key in (
        (-0.19, rates, BLUE, "", "rate"), (0.19, mixes, ORANGE, "//", "mix"),
    ):  # fmt: skip
        drawn = [in_print(value, unit) or 0.0 for value in values]
        axes.barh(rows + shift, drawn, 0.36, color=colour, hatch=hatch, edgecolor="white",
                  label=say(f"tree.figure.{key}", lang))  # fmt: skip
        for row, value in zip(rows, drawn, strict=True):
            side = "left" if value >= 0 else "right"
            axes.text(value, row + shift, f" {value:+z.2f} ", ha=side, va="center", fontsize=7.5)
    names = [wrapped(result.names[u.unit].in_(lang), 22) for u in mix.units]
    axes.set_yticks(rows, [*names, say("tree.figure.together", lang)])
    axes.axhline(len(mix.units) - 0.5, color=GREY, linewidth=0.8)
    axes.axvline(0, color=BLACK, linewidth=0.8)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    share = family(unit) == "share"
    axes.set_xlabel(say("tree.figure.points", lang) if share else unit_name(unit, lang))
    figure.legend(
        *axes.get_legend_handles_labels(), fontsize=8, loc="outside lower center", ncols=2
    )
    return figure


def time_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """Stages from median to P95 with their limits; below, the total beside the naive sum."""
    budget = next(b for b in result.time_budgets if b.goal_id == goal_id)
    stages = len(budget.stages)
    figure, (above, below) = new_figure(
        16.0, 8.6 + 0.8 * stages, rows=2, height_ratios=[0.9 + 0.42 * stages, 3.2]
    )
    _stage_bars(above, budget, result, lang)
    _totals(below, budget, lang)
    return figure


def _stage_bars(axes: Axes, budget: TimeBudget, result: TreeResult, lang: Lang) -> None:
    for row, stage in enumerate(budget.stages):
        axes.barh([row], [stage.p95 - stage.p50], left=stage.p50, color=SKY, height=0.45,
                  label=say("tree.figure.p50_p95", lang) if row == 0 else None)  # fmt: skip
        axes.plot([stage.p50], [row], "o", color=BLUE, markersize=5,
                  label=say("tree.figure.median", lang) if row == 0 else None)  # fmt: skip
        if stage.limit is not None:
            axes.plot([stage.limit], [row], "D", color=RED, markersize=5.5,
                      label=say("tree.figure.limit", lang) if row == 0 else None)  # fmt: skip
    names = [wrapped(result.names[stage.stage].in_(lang), 22) for stage in budget.stages]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel(unit_name(budget.unit, lang))
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.set_title(say("tree.figure.stages", lang))


def _totals(axes: Axes, budget: TimeBudget, lang: Lang) -> None:
    """The density of the total for each dependence (or of the logged cases)."""
    shown: list[tuple[str, TotalTime]] = []
    if budget.logged is not None:
        shown = [(say("tree.figure.logged", lang, n=budget.logged.n), budget.logged.total)]
    for key, total in budget.dependence.items():
        rho = float(key.removeprefix("dependence_"))
        shown.append((say("tree.figure.rho", lang, rho=rho), total))
    for (label, total), colour, line in zip(
        shown, (BLUE, PURPLE, ORANGE, BLACK), ("-", "--", "-.", ":"), strict=False
    ):
        if budget.logged is not None:
            width = total.density_x[1] - total.density_x[0]
            axes.bar(total.density_x, total.density_y, width, color=SKY, edgecolor="white",
                     label=label)  # fmt: skip
        else:
            axes.plot(total.density_x, total.density_y, line, color=colour, label=label)
    top = max(max(total.density_y) for _, total in shown)
    _marks(axes, budget, [total for _, total in shown], lang)
    axes.set_ylim(0, top * 1.06)
    axes.set_xlim(left=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
    axes.set_xlabel(unit_name(budget.unit, lang))
    axes.set_ylabel(say("tree.figure.density", lang, unit=unit_name(budget.unit, lang)))
    axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.set_title(say("tree.figure.total", lang))


def _marks(axes: Axes, budget: TimeBudget, totals: Sequence[TotalTime], lang: Lang) -> None:
    """Limit, P95 of the total and the naive sum, told apart by line and by the legend."""
    low, high = (f(t.p95_total for t in totals) for f in (min, max))
    if budget.logged is not None:
        low, high = budget.logged.p95_interval
    unit = unit_name(budget.unit, lang)
    label = say("tree.figure.p95_total", lang, low=low, high=high, unit=unit)
    axes.axvspan(low, max(high, low + 1e-3 * high), color=GREY, alpha=0.3, linewidth=0, label=label)
    axes.axvline(
        budget.sum_of_p95, color=ORANGE, linestyle=(0, (1, 1.5)), linewidth=2.2,
        label=say("tree.figure.naive", lang, value=budget.sum_of_p95, unit=unit),
    )  # fmt: skip
    if budget.limit is not None:
        axes.axvline(
            budget.limit, color=RED, linewidth=1.3,
            label=say("tree.figure.limit_total", lang, value=budget.limit, unit=unit),
        )  # fmt: skip

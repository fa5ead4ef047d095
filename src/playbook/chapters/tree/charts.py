"""The figures of the goal tree: contributions, rate and mix; times, duties and tree beside."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.tree.charts_duties import raci_chart, weights_chart
from playbook.chapters.tree.charts_time import (
    readings_chart,
    stage_chart,
    trap_chart,
    trial_chart,
)
from playbook.chapters.tree.charts_tree import tree_chart
from playbook.chapters.tree.lettering import amount, in_print, unit_name
from playbook.chapters.tree.model import Contribution, MixUnit, Part, TreeResult
from playbook.chapters.tree.units import family
from playbook.core.figure import BLACK, BLUE, GREY, ORANGE, SKY, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, say

__all__ = [
    "contributions_chart", "mix_chart", "raci_chart", "readings_chart", "stage_chart",
    "trap_chart", "tree_chart", "trial_chart", "weights_chart",
]  # fmt: skip

MOST_PARTS = 14
"""Bars one waterfall holds; the smallest parts of a longer one are drawn together."""
MOST_BRANCHES = 24
REST = ""
"""The id of the parts drawn together."""


def contributions_chart(result: TreeResult, lang: Lang, parents: Sequence[str] = ()) -> Figure:
    """A waterfall for each parent: from its baseline to what its children's targets make of it."""
    chosen = set(parents)
    wholes = [whole for whole in result.contributions if not chosen or whole.goal_id in chosen]
    columns = 1 if len(wholes) == 1 else 2
    rows = [wholes[i : i + columns] for i in range(0, len(wholes), columns)]
    bars = [2 + max(len(_shown(whole)) for whole in row) for row in rows]
    figure, axes = new_figure(
        17.5, 0.72 * sum(bars) + 1.6 * len(rows), len(rows), columns, height_ratios=bars
    )
    for ax, whole in zip(axes, wholes, strict=False):
        _waterfall(ax, whole, result, lang)
    for ax in axes[len(wholes) :]:
        ax.set_visible(False)
    return figure


def _shown(whole: Contribution) -> list[Part]:
    """The parts in their order; of very many the largest, and the rest as one."""
    if len(whole.parts) <= MOST_PARTS:
        return list(whole.parts)
    ranked = sorted(whole.parts, key=lambda part: -abs(part.change))[: MOST_PARTS - 1]
    kept = [part for part in whole.parts if part in ranked]
    rest = sum(part.change for part in whole.parts) - sum(part.change for part in kept)
    none = (None,) * 8
    return [*kept, Part(REST, 0.0, rest, *none)]


def _waterfall(axes: Axes, whole: Contribution, result: TreeResult, lang: Lang) -> None:
    at = _in_print(whole, whole.before)
    labels = [say("tree.figure.before", lang)]
    axes.barh([0], [at], color=GREY, height=0.55)
    axes.text(at, 0, " " + amount(whole.before, whole.unit, lang), va="center", fontsize=7.5)
    shown = _shown(whole)
    for i, part in enumerate(shown, 1):
        rest = say("tree.figure.rest", lang, count=len(whole.parts) - len(shown) + 1)
        name = result.names[part.goal_id].in_(lang) if part.goal_id != REST else rest
        labels.append(wrapped(name, 22))
        at = _step(axes, i, at, part, whole, lang)
    end = len(shown) + 1
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
    for part in _shown(whole):
        edges += [run + (part.low or 0.0), run + (part.high or 0.0), run + part.change]
        run += part.change
    low, high = (_in_print(whole, edge) for edge in (min(edges), max(edges)))
    span = max(high - low, 1e-9)
    axes.set_xlim(max(0.0, low - 0.35 * span), high + 0.28 * span)


def mix_chart(result: TreeResult, lang: Lang, goal_id: str) -> Figure:
    """Per branch the rate effect and the mix effect on the whole, in percentage points."""
    mix = next(m for m in result.mixes if m.goal_id == goal_id)
    shown = sorted(mix.units, key=_movement)[:MOST_BRANCHES]
    units = [unit for unit in mix.units if unit in shown]
    figure, (axes,) = new_figure(16.0, 2.8 + 0.75 * (len(units) + 1))
    unit = next(n.unit for n in result.nodes if n.goal_id == goal_id)
    rows = np.arange(len(units) + 1)
    ends = ((mix.rate_low, mix.rate_high), (mix.mix_low, mix.mix_high))
    rates = [*(u.rate_effect for u in units), mix.rate_total]
    mixes = [*(u.mix_effect for u in units), mix.mix_total]
    for shift, values, colour, hatch, key, (low, high) in (
        (-0.19, rates, BLUE, "", "rate", ends[0]), (0.19, mixes, ORANGE, "//", "mix", ends[1]),
    ):  # fmt: skip
        drawn = [in_print(value, unit) or 0.0 for value in values]
        axes.barh(rows + shift, drawn, 0.36, color=colour, hatch=hatch, edgecolor="white",
                  label=say(f"tree.figure.{key}", lang))  # fmt: skip
        edges = [in_print(low, unit) or 0.0, in_print(high, unit) or 0.0]
        if low is not None:
            axes.plot(edges, [rows[-1] + shift] * 2, "|-", color=BLACK, linewidth=1)
        for row, value in zip(rows, drawn, strict=True):
            side, end = ("left" if value >= 0 else "right"), value
            if row == rows[-1] and low is not None:
                end = max(value, *edges) if value >= 0 else min(value, *edges)
            axes.text(end, row + shift, f" {value:+z.2f} ", ha=side, va="center", fontsize=7.5)
    names = [wrapped(result.names[u.unit].in_(lang), 22) for u in units]
    axes.set_yticks(rows, [*names, say("tree.figure.together", lang)])
    axes.axhline(len(units) - 0.5, color=GREY, linewidth=0.8)
    axes.axvline(0, color=BLACK, linewidth=0.8)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    share = family(unit) == "share"
    axes.set_xlabel(say("tree.figure.points", lang) if share else unit_name(unit, lang))
    figure.legend(
        *axes.get_legend_handles_labels(), fontsize=8, loc="outside lower center", ncols=2
    )
    return figure


def _movement(unit: MixUnit) -> float:
    return -abs(unit.rate_effect) - abs(unit.mix_effect)

"""Figures of the choice: what each action brings for what work, and whether the gaps close."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from playbook.chapters.plan.choice.lettering import chance, unit_name
from playbook.chapters.plan.choice.model import ActionRow, Choice
from playbook.core.figure import BLUE, GREEN, GREY, LIGHT, ORANGE, RED, new_figure
from playbook.core.lettering import wrapped
from playbook.core.placing import label_points
from playbook.core.text import Lang, Name, known_as, say

MOST_LABELS = 24
MANY = 40
_STATES = (("core", BLUE, "o"), ("swing", ORANGE, "D"), ("out", GREY, "X"))


def impact_effort_chart(choice: Choice, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """The plane of effort and value; crosses are the ranges, filled marks the core."""
    figure, (axes,) = new_figure(17.0, 12.5)
    factor = 1.0 if choice.one_goal else 100.0
    size = 8.0 if len(choice.actions) <= MANY else 4.5
    for state, colour, marker in _STATES:
        rows = [row for row in choice.actions if row.state == state]
        if rows:
            _crosses(axes, rows, factor, colour)
            axes.plot(
                [row.effort_likely for row in rows], [row.value * factor for row in rows], marker,
                color=colour, markersize=size, zorder=4, markeredgewidth=1.6, linestyle="none",
                markerfacecolor=colour if state != "swing" else "white",
                label=say(f"plan.choice.figure.plane.{state}", lang, share=_limit(choice, state)),
            )  # fmt: skip
    axes.axhline(0, color=LIGHT, linewidth=1)
    axes.set_xlim(left=0)
    axes.set_xlabel(say("plan.choice.figure.plane.effort", lang))
    key = "impact" if choice.one_goal else "value"
    axes.set_ylabel(say(f"plan.choice.figure.plane.{key}", lang, unit=unit_name(choice.unit, lang)))
    axes.margins(y=0.08)
    count = sum(any(row.state == state for row in choice.actions) for state, _, _ in _STATES)
    figure.legend(*axes.get_legend_handles_labels(), fontsize=8, ncols=max(count, 1),
                  loc="outside lower center")  # fmt: skip
    _labels(axes, choice, factor, lang, names)
    return figure


def _limit(choice: Choice, state: str) -> float:
    return choice.out_share if state == "out" else choice.core_share


def _crosses(axes: Axes, rows: Sequence[ActionRow], factor: float, colour: str) -> None:
    """All ranges of a state at once: a thousand actions are two artists, not two thousand."""
    style: dict[str, Any] = {"colors": colour, "linewidth": 1.0, "alpha": 0.5, "zorder": 3}
    at = [row.value * factor for row in rows]
    axes.hlines(at, [r.effort_low for r in rows], [r.effort_high for r in rows], **style)
    low, high = ([getattr(r, key) * factor for r in rows] for key in ("value_low", "value_high"))
    axes.vlines([r.effort_likely for r in rows], low, high, **style)


def _labels(
    axes: Axes, choice: Choice, factor: float, lang: Lang, names: Mapping[str, Name]
) -> None:
    """Names; of many actions only those chosen or not clearly out."""
    rows = list(choice.actions)
    if len(rows) > MOST_LABELS:
        near = [row for row in rows if row.selected or row.state != "out"]
        rows = sorted(near, key=lambda row: (-row.select_share, row.action))[:MOST_LABELS]
    texts = [
        ("✓" if row.selected else "")
        + wrapped(known_as(row.action, names, lang), 24 if lang == "zh" else 22, 3)
        for row in rows
    ]
    points = [(row.effort_likely, row.value * factor) for row in rows]
    label_points(axes, points, texts, size=7.5, marker_points=11)


def gap_chart(choice: Choice, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """Per goal: the gain of the chosen actions as a share of its gap; the chance to close it."""
    goals = [goal for goal in choice.goals if goal.prob_gap_closed is not None]
    goals.sort(key=lambda goal: (-(goal.prob_gap_closed or 0.0), goal.goal_id))
    figure, (axes,) = new_figure(17.0, 2.6 + 0.78 * max(len(goals), 1))
    most = 1.0
    for place, goal in enumerate(goals):
        low, middle, high = (
            v / (goal.gap or 1.0) for v in (goal.gain_low, goal.gain, goal.gain_high)
        )
        prob = goal.prob_gap_closed or 0.0
        colour = GREEN if prob >= 0.8 else ORANGE if prob >= 0.5 else RED
        marker = "o" if prob >= 0.8 else "D" if prob >= 0.5 else "X"
        axes.plot([low, high], [place, place], color=colour, linewidth=3, alpha=0.45,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot([middle], [place], marker, color=colour, markersize=8, zorder=4, clip_on=False)
        most = max(most, high)
        axes.annotate(chance(prob), (1.01, place), xycoords=("axes fraction", "data"),
                      va="center", fontsize=9)  # fmt: skip
    axes.axvline(1.0, color=GREY, linewidth=1.4, linestyle=(0, (4, 2)))
    axes.set_yticks(
        range(len(goals)), [wrapped(known_as(g.goal_id, names, lang), 26) for g in goals]
    )
    axes.set_ylim(len(goals) - 0.4, -0.9)
    axes.set_xlim(min(0.0, *(g.gain_low / (g.gap or 1.0) for g in goals), 0.0), most * 1.05)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(say("plan.choice.figure.gaps.axis", lang))
    axes.grid(axis="y", visible=False)
    axes.annotate(say("plan.choice.figure.gaps.closed", lang), (1.0, -0.85), va="bottom",
                  ha="center", fontsize=8, annotation_clip=False)  # fmt: skip
    axes.annotate(say("plan.choice.figure.gaps.chance", lang), (1.01, -0.85), va="bottom",
                  xycoords=("axes fraction", "data"), fontsize=8,
                  annotation_clip=False)  # fmt: skip
    return figure

"""Load per person and week; staffing curves of promised times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from playbook.chapters.plan.people.lettering import duration, name
from playbook.chapters.plan.people.model import CurvePoint, People, WeekLoad
from playbook.core.figure import (
    BLACK,
    BLUE,
    GREY,
    LIGHT,
    RED,
    new_figure,
)
from playbook.core.lettering import short_name, wrapped
from playbook.core.text import Lang, Name, say

Names = Mapping[str, Name]
MOST_PEOPLE = 16
MOST_WEEKS = 26
MOST_QUEUES = 6
COLOURS = {"fine": "#CFE3F1", "amber": "#F6CF86", "red": RED, "not_known": LIGHT}


def load_chart(result: People, lang: Lang, names: Names) -> Figure:
    """Heat map: utilisation in per cent, the fullest people first; an ! where it passes the limit.

    More weeks than fit are put together, each cell then the fullest of its weeks.
    """
    people = [person.person for person in result.people if person.weeks][:MOST_PEOPLE]
    first = min(week.week for week in result.load)
    count = 1 + max((week.week - first).days // 7 for week in result.load)
    span = ceil(count / MOST_WEEKS)
    columns = ceil(count / span)
    cells = _cells([w for w in result.load if w.person in people], people, first, span)
    figure, (axes,) = new_figure(17.5, 2.2 + 0.66 * len(people))
    colours = np.ones((len(people), columns, 3))
    for (row, column), week in cells.items():
        colours[row, column] = to_rgb(COLOURS[week.state])
        axes.text(
            column, row, _cell(week), ha="center", va="center",
            fontsize=7.5 if columns <= 20 else 6.5,
            color="white" if week.state == "red" else BLACK,
        )  # fmt: skip
    axes.imshow(colours, aspect="auto")
    rows = [wrapped(short_name(name(person, names, lang)), 18) for person in people]
    _grid(axes, rows, [first + timedelta(days=7 * span * k) for k in range(columns)])
    key = "week" if span == 1 else "weeks"
    axes.set_xlabel(say(f"plan.people.figure.{key}", lang, span=span))
    _load_legend(axes, result, lang)
    return figure


def _cells(
    load: Sequence[WeekLoad], people: Sequence[str], first: date, span: int
) -> dict[tuple[int, int], WeekLoad]:
    """The fullest week of each cell."""
    found: dict[tuple[int, int], WeekLoad] = {}
    for week in load:
        key = people.index(week.person), (week.week - first).days // 7 // span
        old = found.get(key)
        if old is None or _fullness(week) > _fullness(old):
            found[key] = week
    return found


def _fullness(week: WeekLoad) -> float:
    return week.planned / 100 if week.utilisation is None else week.utilisation


def _cell(week: WeekLoad) -> str:
    """Per cent of the time there is; without it the planned days, in brackets."""
    if week.utilisation is None:
        return f"({week.planned:.1f})"
    return f"{week.utilisation * 100:.0f}" + "!" * (week.state == "red")


def _grid(axes: Axes, rows: Sequence[str], mondays: Sequence[date]) -> None:
    axes.grid(False)
    step = 1 if len(mondays) <= 14 else 2
    ticks = range(0, len(mondays), step)
    axes.set_xticks(list(ticks), [f"{mondays[k]:%m-%d}" for k in ticks], fontsize=7.5)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(len(mondays) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="minor", length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _load_legend(axes: Axes, result: People, lang: Lang) -> None:
    limits = {"amber": result.parameters["amber_load"], "red": result.parameters["red_load"]}
    states = {week.state for week in result.load}
    handles = [
        Line2D([], [], marker="s", linestyle="none", markersize=8, color=COLOURS[state],
               label=say(f"plan.people.figure.load_{state}", lang, **limits))
        for state in ("fine", "amber", "red", "not_known")
        if state in states
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(handles),
                fontsize=8, borderaxespad=0.2)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """One promise drawn: a queue's own, or that of a message."""

    title: str
    answer_s: float
    level: float
    curve: tuple[CurvePoint, ...]
    need: int | None
    there: int | None


def staffing_parts(result: People, lang: Lang, names: Names) -> tuple[tuple[Panel, ...], ...]:
    """Every promised time of a queue or a message, in groups of one figure each."""
    panels = [
        Panel(name(q.queue, names, lang), q.answer_s or 0, q.level or 0, q.curve, q.agents,
              q.agents_there)
        for q in result.staffing
        if q.curve
    ] + [
        Panel(say("plan.people.figure.message", lang, segment=name(m.segment, names, lang)),
              m.promise_s or 0, m.wanted or 0, m.curve, m.agents, m.agents_there)
        for m in result.messages
        if m.curve
    ]  # fmt: skip
    return tuple(tuple(panels[i : i + MOST_QUEUES]) for i in range(0, len(panels), MOST_QUEUES))


def staffing_chart(result: People, lang: Lang, drawn: Sequence[Panel]) -> Figure:
    """Share answered in time against agents: what is needed, what is there, and the band."""
    columns = min(2, len(drawn))
    rows = ceil(len(drawn) / columns)
    figure, panels = new_figure(17.5, 1.2 + 5.2 * rows, rows, columns)
    for axes, panel in zip(panels, drawn, strict=False):
        _staffing(axes, panel, lang)
    for axes in panels[len(drawn) :]:
        axes.set_axis_off()
    change = float(result.parameters.get("load_change") or 0)
    band = say("plan.people.figure.band", lang, change=change)
    handles = [
        Line2D([], [], color=BLUE, marker=".", label=say("plan.people.figure.given", lang)),
        Line2D([], [], color=BLUE, alpha=0.25, linewidth=7, label=band),
        Line2D([], [], color=GREY, linestyle="--", label=say("plan.people.figure.promise", lang)),
        Line2D([], [], color=BLACK, marker="D", linestyle="none",
               label=say("plan.people.figure.need", lang)),
        Line2D([], [], color=RED, marker="o", markerfacecolor="white", linestyle="none",
               markersize=9, markeredgewidth=1.8, label=say("plan.people.figure.there", lang)),
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def _staffing(axes: Axes, panel: Panel, lang: Lang) -> None:
    agents = [point.agents for point in panel.curve]
    at = {point.agents: point.level for point in panel.curve}
    axes.fill_between(agents, [p.heavier for p in panel.curve], [p.lighter for p in panel.curve],
                      color=BLUE, alpha=0.2, linewidth=0)  # fmt: skip
    axes.plot(agents, [p.level for p in panel.curve], color=BLUE, marker=".")
    axes.axhline(panel.level, color=GREY, linestyle="--", linewidth=1)
    if panel.there in at:
        axes.plot(panel.there, at[panel.there], marker="o", markersize=11, markeredgewidth=1.8,
                  color=RED, markerfacecolor="none", clip_on=False, zorder=4)  # fmt: skip
    if panel.need in at:
        axes.plot(panel.need, at[panel.need], marker="D", markersize=6, color=BLACK,
                  clip_on=False, zorder=4)  # fmt: skip
    axes.set_ylim(-0.02, 1.05)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.margins(x=0.08)
    key = "counts_need" if panel.there is None else "counts_both"
    counts = say(f"plan.people.figure.{key}", lang, need=panel.need, there=panel.there,
                 level=panel.level, time=duration(panel.answer_s, lang))  # fmt: skip
    axes.set_title(f"{wrapped(panel.title, 46, 1)}\n{counts}", fontsize=8.5)
    axes.set_xlabel(say("plan.people.figure.agents", lang))

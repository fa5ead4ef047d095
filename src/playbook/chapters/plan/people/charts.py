"""Load per person and week, staffing curves, the calendar of messages and meetings."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from playbook.chapters.plan.people.model import Meeting, Message, People, Queue, WeekLoad
from playbook.core.figure import (
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    LIGHT,
    RED,
    month_axis,
    new_figure,
)
from playbook.core.lettering import short_name, wrapped
from playbook.core.text import Lang, Name, say

Names = Mapping[str, Name]
MOST_PEOPLE = 16
MOST_WEEKS = 26
MOST_QUEUES = 6
MOST_ROWS = 14
COLOURS = {"fine": "#CFE3F1", "amber": "#F6CF86", "red": RED, "not_known": LIGHT}
MARKS = {"one_to_one": "o", "phone": "s", "email": "^", "app": "D", "wechat": "v", "sms": "P",
         "web": "X", "store": "*"}  # fmt: skip


def _name(key: str, names: Names, lang: Lang) -> str:
    return names[key].in_(lang) if key in names else key


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
    figure, (axes,) = new_figure(17.5, 2.2 + 0.62 * len(people))
    colours = np.ones((len(people), columns, 3))
    for (row, column), week in cells.items():
        colours[row, column] = to_rgb(COLOURS[week.state])
        axes.text(
            column, row, _cell(week), ha="center", va="center",
            fontsize=7.5 if columns <= 20 else 6.5,
            color="white" if week.state == "red" else BLACK,
        )  # fmt: skip
    axes.imshow(colours, aspect="auto")
    rows = [wrapped(short_name(_name(person, names, lang)), 18) for person in people]
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


def queue_parts(result: People) -> tuple[tuple[str, ...], ...]:
    """Queues with a promised time, in groups of one figure each."""
    drawn = [queue.queue for queue in result.staffing if queue.curve]
    return tuple(tuple(drawn[i : i + MOST_QUEUES]) for i in range(0, len(drawn), MOST_QUEUES))


def staffing_chart(result: People, lang: Lang, names: Names, queues: Sequence[str]) -> Figure:
    """Share answered in time against agents: what is needed, what is there, and the band."""
    drawn = [queue for queue in result.staffing if queue.queue in queues]
    columns = min(2, len(drawn))
    rows = ceil(len(drawn) / columns)
    figure, panels = new_figure(17.5, 1.2 + 5.4 * rows, rows, columns)
    for axes, queue in zip(panels, drawn, strict=False):
        _staffing(axes, queue, lang, names)
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


def _staffing(axes: Axes, queue: Queue, lang: Lang, names: Names) -> None:
    agents = [point.agents for point in queue.curve]
    by_agents = {point.agents: point.level for point in queue.curve}
    axes.fill_between(agents, [p.heavier for p in queue.curve], [p.lighter for p in queue.curve],
                      color=BLUE, alpha=0.2, linewidth=0)  # fmt: skip
    axes.plot(agents, [p.level for p in queue.curve], color=BLUE, marker=".")
    level = queue.level or 0.0
    axes.axhline(level, color=GREY, linestyle="--", linewidth=1)
    if queue.agents_there is not None:
        at = queue.agents_there, by_agents[queue.agents_there]
        axes.plot(*at, marker="o", markersize=11, markeredgewidth=1.8, color=RED,
                  markerfacecolor="none")  # fmt: skip
    if queue.agents is not None:
        axes.plot(queue.agents, by_agents[queue.agents], marker="D", markersize=6, color=BLACK)
    axes.set_ylim(-0.02, 1.06)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.margins(x=0.08)
    title = wrapped(_name(queue.queue, names, lang), 46, 1)
    counts = say(f"plan.people.figure.counts_{'both' if queue.there else 'need'}", lang,
                 need=queue.agents, there=queue.agents_there, level=level)  # fmt: skip
    axes.set_title(f"{title}\n{counts}", fontsize=8.5)
    axes.set_xlabel(say("plan.people.figure.agents", lang))


def calendar_parts(result: People) -> tuple[tuple[str, ...], ...]:
    """Segments of the communication plan, in groups of one figure each; one of meetings alone."""
    segments = list(dict.fromkeys(message.segment for message in result.messages))
    if not segments:
        return ((),) if result.meetings else ()
    return tuple(tuple(segments[i : i + MOST_ROWS]) for i in range(0, len(segments), MOST_ROWS))


def calendar_chart(result: People, lang: Lang, names: Names, segments: Sequence[str]) -> Figure:
    """Who is told something, when, over which channel; below it the meetings."""
    told = [message for message in result.messages if message.segment in segments]
    lanes = list(result.meetings)[:MOST_ROWS]
    days = [m.on for m in told if m.on] + [day for lane in lanes for day in lane.dates]
    first, last = min([*days, result.today]), max([*days, result.today + timedelta(days=60)])
    heights = [size for size in (len(segments), 0.8 * len(lanes)) if size]
    figure, panels = new_figure(
        17.5, 2.6 + 0.95 * len(segments) + 0.85 * len(lanes), len(heights), 1, sharex=True,
        height_ratios=heights,
    )  # fmt: skip
    alarm_at = float(date2num(last)) + 0.07 * (last - first).days + 4
    if segments:
        _messages(panels[0], told, segments, result.today, alarm_at, lang, names)
    if lanes:
        _meetings(panels[-1], lanes, result.today, lang, names)
    for axes in panels:
        axes.axvline(float(date2num(result.today)), color=GREY, linestyle=":", linewidth=1)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
    month_axis(panels[-1], first, last, 7)
    alarms = any(message.trigger for message in told)
    room = 0.1 * (last - first).days
    panels[-1].set_xlim(
        float(date2num(first)) - 6, alarm_at + room if alarms else float(date2num(last)) + room
    )
    return figure


def _messages(
    axes: Axes,
    told: Sequence[Message],
    segments: Sequence[str],
    today: date,
    alarm_at: float,
    lang: Lang,
    names: Names,
) -> None:
    for row, segment in enumerate(segments):
        mine = [message for message in told if message.segment == segment]
        axes.axhline(row, color=LIGHT, linewidth=0.8, zorder=0)
        for message in mine:
            _message(axes, message, row, today, alarm_at, lang)
    rows = [wrapped(_name(segment, names, lang), 22) for segment in segments]
    axes.set_yticks(range(len(segments)), rows, fontsize=8)
    axes.set_ylim(len(segments) - 0.5, -0.6)
    if any(message.trigger for message in told):
        axes.text(alarm_at, -0.55, say("plan.people.figure.on_alarm", lang), ha="center",
                  va="bottom", fontsize=8, color=GREY)  # fmt: skip
        axes.axvspan(alarm_at - 0.03 * (alarm_at - float(date2num(today))),
                     alarm_at + 0.03 * (alarm_at - float(date2num(today))),
                     color="#F4F4F4", zorder=0)  # fmt: skip
    axes.set_title(say("plan.people.figure.messages", lang))
    used = [channel for channel in MARKS if any(m.channel == channel for m in told)]
    handles = [
        Line2D([], [], marker=MARKS[channel], color=_colour(channel), linestyle="none",
               label=say(f"plan.people.channel.{channel}", lang))
        for channel in used
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.02), ncols=len(used) or 1,
                fontsize=8, borderaxespad=0.2, handletextpad=0.1, columnspacing=1.0)  # fmt: skip


def _colour(channel: str) -> str:
    return CYCLE[list(MARKS).index(channel) % len(CYCLE)]


def _message(
    axes: Axes, message: Message, row: int, today: date, alarm_at: float, lang: Lang
) -> None:
    """One message; an ! where it lacks something or promises too much."""
    bad = bool(message.missing or message.faults) or message.state.startswith("missed")
    nowhere = message.on is None and not message.trigger
    if message.channel is None or nowhere:
        axes.text(float(date2num(today)) + 3, row, say("plan.people.figure.no_message", lang),
                  va="center", fontsize=8, color=RED)  # fmt: skip
        return
    at = alarm_at if message.on is None else float(date2num(message.on))
    axes.plot(at, row, marker=MARKS[message.channel], color=_colour(message.channel), markersize=8)
    if bad:
        key = "too_much" if message.state.startswith("missed") else "fault"
        axes.annotate(say(f"plan.people.figure.{key}", lang), (at, row), (9, 0),
                      textcoords="offset points", va="center", fontsize=7.5, color=RED)  # fmt: skip


def _meetings(axes: Axes, lanes: Sequence[Meeting], today: date, lang: Lang, names: Names) -> None:
    marks = {"held": ("o", BLUE, BLUE), "overdue": ("X", RED, RED), "next": ("o", "white", BLUE)}
    used: set[str] = set()
    for row, lane in enumerate(lanes):
        for day in lane.dates:
            state = "held" if day in lane.held else "overdue" if day in lane.overdue else "next"
            mark, face, edge = marks[state]
            axes.plot(float(date2num(day)), row, marker=mark, markerfacecolor=face,
                      markeredgecolor=edge, markersize=6, linestyle="none")  # fmt: skip
            used.add(state)
    axes.set_yticks(range(len(lanes)), [wrapped(_name(m.item, names, lang), 22) for m in lanes],
                    fontsize=8)  # fmt: skip
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_title(say("plan.people.figure.meetings", lang))
    handles = [
        Line2D([], [], marker=marks[s][0], markerfacecolor=marks[s][1], linestyle="none",
               markeredgecolor=marks[s][2], label=say(f"plan.people.figure.meeting_{s}", lang))
        for s in marks
        if s in used
    ]  # fmt: skip
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.02), ncols=3, fontsize=8,
                borderaxespad=0.2, handletextpad=0.1, columnspacing=1.0)  # fmt: skip

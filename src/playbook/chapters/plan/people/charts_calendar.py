"""The calendar of messages and meetings."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from playbook.chapters.plan.people.lettering import name
from playbook.chapters.plan.people.model import Meeting, Message, People
from playbook.core.figure import BLUE, CYCLE, GREY, LIGHT, RED, month_axis, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, Name, say

Names = Mapping[str, Name]
MOST_ROWS = 14
MARKS = {"one_to_one": "o", "phone": "s", "email": "^", "app": "D", "wechat": "v", "sms": "P",
         "web": "X", "store": "*"}  # fmt: skip


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
            _message(axes, message, row, today, alarm_at, lang, len(mine) == 1)
    rows = [wrapped(name(segment, names, lang), 22) for segment in segments]
    axes.set_yticks(range(len(segments)), rows, fontsize=8)
    axes.set_ylim(len(segments) - 0.5, -0.6)
    if any(message.trigger for message in told):
        axes.text(alarm_at, -0.42, say("plan.people.figure.on_alarm", lang), ha="center",
                  va="center", fontsize=8, color=GREY)  # fmt: skip
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
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1.02), fontsize=8,
                ncols=max(1, min(5, len(used))), borderaxespad=0.2, handletextpad=0.1,
                columnspacing=1.0)  # fmt: skip


def _colour(channel: str) -> str:
    return CYCLE[list(MARKS).index(channel) % len(CYCLE)]


def _message(
    axes: Axes,
    message: Message,
    row: int,
    today: date,
    alarm_at: float,
    lang: Lang,
    is_alone: bool,
) -> None:
    """One message; an ! where it lacks something or promises too much, in words if it is alone."""
    bad = bool(message.missing or message.faults) or message.state.startswith("missed")
    nowhere = message.on is None and not message.trigger
    if message.channel is None or nowhere:
        at = float(date2num(today)) + 3
        _note(axes, say("plan.people.figure.no_message", lang), at, row, 0)
        return
    at = alarm_at if message.on is None else float(date2num(message.on))
    axes.plot(at, row, marker=MARKS[message.channel], color=_colour(message.channel), markersize=8)
    if not bad:
        return
    if not is_alone:
        axes.annotate("!", (at, row), (0, 9), textcoords="offset points", ha="center",
                      va="center", fontsize=8, color=RED)  # fmt: skip
        return
    middle = (float(date2num(today)) + alarm_at) / 2
    _note(axes, f"! {_wrong(message, lang)}", at, row, 9 if at < middle else -9)


def _note(axes: Axes, text: str, at: float, row: int, shift: float) -> None:
    """Red words beside a marker; they take no room from the axes."""
    note = axes.annotate(
        text, (at, row), (shift, 0), textcoords="offset points", va="center", fontsize=7.5,
        color=RED, ha="left" if shift >= 0 else "right",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip
    note.set_in_layout(False)


def _wrong(message: Message, lang: Lang) -> str:
    """The weightiest fault in words."""
    if message.state.startswith("missed"):
        return say("plan.people.fault.too_much", lang)
    if message.faults:
        return say(f"plan.people.fault.{message.faults[0]}", lang)
    lacks = say(f"plan.people.missing.{message.missing[0]}", lang)
    return say("plan.people.text.lacks", lang, what=lacks)


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
    axes.set_yticks(range(len(lanes)), [wrapped(name(m.item, names, lang), 22) for m in lanes],
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

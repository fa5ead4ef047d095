"""The Gantt chart with the simulated finish below it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from playbook.chapters.plan.schedule.model import Schedule, ScheduledAction
from playbook.core.figure import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LIGHT,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    month_axis,
    new_figure,
)
from playbook.core.lettering import short_name, width_of, wrapped
from playbook.core.text import Lang, Name, known_as, say

Names = Mapping[str, Name]
Point = tuple[float, float]
CURVE_TO = 0.96
MOST_ROWS = 26
"""Actions in one Gantt figure; the rest stands in further ones."""
ROW_CM, CURVE_CM, NAME_WIDTH = 0.68, 3.6, 34


def gantt_parts(result: Schedule) -> int:
    """How many figures the Gantt chart takes."""
    return -(-len(result.rows) // MOST_ROWS)


def gantt_chart(result: Schedule, lang: Lang, names: Names, part: int = 1) -> Figure:
    """Actions by start; after the last ones the project buffer; the finish curve below it."""
    rows = result.rows[(part - 1) * MOST_ROWS : part * MOST_ROWS]
    last = part == gantt_parts(result)
    curve = last and result.simulation is not None
    height = ROW_CM * (len(rows) + (1 if curve else 0)) + 2.6
    if curve:
        figure, (axes, below) = new_figure(
            17.5, height + CURVE_CM, 2, 1, sharex=True,
            height_ratios=[height, CURVE_CM],
        )  # fmt: skip
        _curve(below, result, lang)
    else:
        figure, (axes,) = new_figure(17.5, height)
    _days_off(axes, result)
    for at, row in enumerate(rows):
        _bar(axes, at, row)
    labels = [_label(row, lang, names) for row in rows]
    if curve:
        labels.append(_buffer(axes, len(rows), result, lang))
    axes.set_yticks(range(len(labels)), labels, fontsize=7.2)
    axes.set_ylim(len(labels) - 0.4, -1.5)
    axes.grid(axis="y", visible=False)
    _days(axes, result, lang)
    figure.legend(handles=_legend(result, lang), loc="outside lower center", ncols=4, fontsize=7.5)
    return figure


def _label(row: ScheduledAction, lang: Lang, names: Names) -> str:
    name = known_as(row.action, names, lang)
    if not row.owner:
        return wrapped(name, NAME_WIDTH, 2)
    owner = short_name(known_as(row.owner, names, lang))
    both = wrapped(f"{name} · {owner}", NAME_WIDTH, 2)
    if both.endswith("…") or ("\n" in both and width_of(name) <= NAME_WIDTH):
        return f"{wrapped(name, NAME_WIDTH, 1)}\n{owner}"
    return both


def _x(day: date, end: bool = False) -> float:
    """A day on the axis: its beginning, or its end."""
    return float(date2num(day)) + (1.0 if end else 0.0)


def _bar(axes: Axes, at: int, row: ScheduledAction) -> None:
    """Critical ones solid, others hatched; float, own date and p80 beside."""
    start, end = _x(row.start_on), _x(row.end_on, end=True)
    if row.total_float > 0:
        axes.plot([end, _x(row.latest_end_on, end=True)], [at, at], color=GREY, linewidth=1.2)
        axes.plot(_x(row.latest_end_on, end=True), at, "|", color=GREY, markersize=7)
    if row.early_finish == row.early_start:
        axes.plot(end, at, "D", color=BLACK, markersize=6, zorder=3)
    elif row.critical:
        axes.barh(at, end - start, left=start, height=0.52, color=RED, zorder=2)
    else:
        axes.barh(at, end - start, left=start, height=0.52, color=SKY, hatch="////",
                  edgecolor="white", linewidth=0, zorder=2)  # fmt: skip
    if row.finish_p80_on is not None:
        axes.plot(_x(row.finish_p80_on, end=True), at, "d", color=BLACK, markersize=4.5, zorder=4)
    if row.due is not None:
        axes.plot(_x(row.due, end=True), at - 0.16, "v", color=PURPLE, markersize=5.5, zorder=4)


def _buffer(axes: Axes, at: int, result: Schedule, lang: Lang) -> str:
    """The project buffer from the likely end to the date to promise; returns its label."""
    simulated = result.simulation
    if simulated is None:
        return ""
    start, end = _x(result.end_on, end=True), _x(simulated.p80_on, end=True)
    axes.barh(at, end - start, left=start, height=0.52, color="white", edgecolor=GREEN,
              hatch="xxxx", linewidth=1.0, zorder=2)  # fmt: skip
    return say("plan.schedule.figure.buffer_row", lang, days=simulated.p80 - result.duration)


def _days_off(axes: Axes, result: Schedule) -> None:
    """Runs of days off as shades (weekends next to a holiday belong to it), extra days as dots."""
    free = set(result.free_days)
    for first, last in _runs(sorted(free), set(result.extra_days)):
        axes.axvspan(_x(first), _x(last, end=True), color=LIGHT, alpha=0.7, linewidth=0, zorder=0)
    for day in result.extra_days:
        axes.plot(_x(day) + 0.5, -1.2, "s", color=ORANGE, markersize=3, zorder=3, clip_on=False)


def _runs(days: Sequence[date], worked: set[date]) -> list[tuple[date, date]]:
    """Days off in one stretch, the free weekends between and beside them included."""
    runs: list[tuple[date, date]] = []
    for day in days:
        first, last = _wide(day, -1, worked), _wide(day, 1, worked)
        if runs and first <= runs[-1][1] + timedelta(1):
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _wide(day: date, step: int, worked: set[date]) -> date:
    """The last free weekend day in this direction, or the day itself."""
    after = day + timedelta(step)
    while after.weekday() >= 5 and after not in worked:
        day, after = after, after + timedelta(step)
    return day


def _days(axes: Axes, result: Schedule, lang: Lang) -> None:
    """The upright lines: today, likely end, asked, promise; their words above the first row."""
    simulated = result.simulation
    ends = [row.latest_end_on for row in result.rows]
    ends += [day for day in (result.due, simulated.p90_on if simulated else None) if day]
    first, last = min(result.start, result.today), max(ends)
    reach = _x(last) - _x(first)
    axes.set_xlim(_x(first) - 0.01 * reach, _x(last) + 0.05 * reach)
    month_axis(axes, first, last, 8)
    shown = [("today", result.today, False, BLACK, ":"), ("likely_end", result.end_on, True,
             RED, "-"), ("due", result.due, True, PURPLE, "--"),
             ("promised", result.promised_on, True, GREEN, "-")]  # fmt: skip
    texts = []
    for key, day, end, colour, style in shown:
        if day is None:
            continue
        axes.axvline(_x(day, end), color=colour, linestyle=style, linewidth=1.2, zorder=1)
        word = say(f"plan.schedule.figure.{key}", lang)
        texts.append((_x(day, end), f"{word}\n{day:%m-%d}", colour))
    _spread(axes, texts, reach)


def _spread(axes: Axes, texts: Sequence[tuple[float, str, str]], reach: float) -> None:
    """Write the words of the lines side by side, moved apart where the lines are close."""
    ordered = sorted(texts)
    places = _apart([x for x, *_ in ordered], 0.098 * reach, axes.get_xlim()[1] - 0.045 * reach)
    for x, (_, text, colour) in zip(places, ordered, strict=True):
        axes.text(x, -0.85, text, color=colour, fontsize=7, ha="center", va="center",
                  linespacing=1.0, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
                  zorder=5)  # fmt: skip


def _apart(wanted: Sequence[float], least: float, most: float) -> list[float]:
    """Rising places at least so far apart and none beyond most, near where they are wanted.

    >>> _apart([0.0, 1.0, 9.0], 2.0, 10.0), _apart([9.0, 9.5], 2.0, 10.0)
    ([0.0, 2.0, 9.0], [8.0, 10.0])
    """
    places: list[float] = []
    for x in wanted:
        places.append(max(x, places[-1] + least) if places else x)
    for i in reversed(range(len(places))):
        places[i] = min(places[i], most - least * (len(places) - 1 - i))
    return places


def _legend(result: Schedule, lang: Lang) -> list[Line2D | Patch]:
    """Only what the figure holds."""

    def word(key: str) -> str:
        return say(f"plan.schedule.figure.{key}", lang)

    held: list[Line2D | Patch] = [Patch(color=RED, label=word("critical"))]
    if any(not row.critical for row in result.rows):
        held.append(Patch(facecolor=SKY, hatch="////", edgecolor="white", label=word("task")))
        held.append(Line2D([], [], color=GREY, marker="|", label=word("slack")))
    if result.simulation is not None:
        held.append(Line2D([], [], color=BLACK, marker="d", linestyle="", markersize=4.5,
                           label=word("p80_mark")))  # fmt: skip
    if any(row.due is not None for row in result.rows):
        held.append(Line2D([], [], color=PURPLE, marker="v", linestyle="", markersize=5.5,
                           label=word("own_due")))  # fmt: skip
    if result.simulation is not None:
        held.append(Patch(facecolor="white", hatch="xxxx", edgecolor=GREEN, label=word("buffer")))
    if result.free_days:
        held.append(Patch(color=LIGHT, alpha=0.7, label=word("free_days")))
    if result.extra_days:
        held.append(Line2D([], [], color=ORANGE, marker="s", linestyle="", markersize=3,
                           label=word("extra_days")))  # fmt: skip
    return held


def _curve(axes: Axes, result: Schedule, lang: Lang) -> None:
    """The simulated finish over the dates of the Gantt chart."""
    simulated = result.simulation
    if simulated is None:
        return
    days = [_x(result.start) + offset for offset in _calendar_offsets(result)]
    axes.plot(days, [share for _, share in _drawn(result)], color=BLUE, linewidth=1.8)
    for share, day in ((0.5, simulated.p50_on), (0.8, simulated.p80_on), (0.9, simulated.p90_on)):
        x = _x(day, end=True)
        axes.plot([x, x], [0, share], color=GREY, linewidth=0.8, linestyle=":")
        axes.plot(x, share, "o", color=BLUE, markersize=4)
        axes.annotate(f"{share:.0%}  {day:%m-%d}", (x, share), (-6, 4), ha="right", fontsize=7.5,
                      textcoords="offset points", zorder=4,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # fmt: skip
    if result.due is not None:
        axes.axvline(_x(result.due, end=True), color=PURPLE, linestyle="--", linewidth=1.2)
    axes.axvline(_x(simulated.p80_on, end=True), color=GREEN, linewidth=1.2)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_ylabel(wrapped(say("plan.schedule.figure.finished", lang), 14), fontsize=8)
    axes.tick_params(labelsize=8)


def _calendar_offsets(result: Schedule) -> list[float]:
    """Calendar days from the start for each point of the curve, days off stepped over."""
    simulated = result.simulation
    if simulated is None:
        return []
    worked: list[int] = []
    off, extra = set(result.free_days), set(result.extra_days)
    needed, k = int(max(days for days, _ in _drawn(result))) + 2, 0
    while len(worked) < needed:
        day = result.start + timedelta(k)
        if day in extra or (day.weekday() < 5 and day not in off):
            worked.append(k)
        k += 1
    return [worked[int(days)] + days % 1 for days, _ in _drawn(result)]


def _drawn(result: Schedule) -> list[Point]:
    """The part of the curve that the chart shows; a long tail would go on for years."""
    simulated = result.simulation
    return [p for p in simulated.curve if p[1] <= CURVE_TO] if simulated else []

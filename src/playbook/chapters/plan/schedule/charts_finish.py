"""The finish curve: the chance to be done by each day, each rule's date on it, the one by hand."""

from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from playbook.chapters.plan.schedule.model import Promise, Schedule
from playbook.chapters.plan.schedule.simulation import ByHand
from playbook.core.figure import BLUE, GREY, ORANGE, PURPLE, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, listing, say

Point = tuple[float, float]
TAIL = 1.35
LINE = 0.052
"""Height of one line of a label, as a share of the axis."""


def finish_chart(result: Schedule, lang: Lang) -> Figure:
    """The chance to be done by each working day; each rule's date as a point on the curve."""
    simulated = result.simulation
    figure, (axes,) = new_figure(17.0, 9.5)
    if simulated is None:
        return figure
    days, shares = zip(*simulated.curve, strict=True)
    label = say("plan.schedule.figure.simulated", lang, draws=simulated.draws)
    axes.plot(days, shares, color=BLUE, linewidth=2, label=label)
    by_hand = ByHand.of(result.duration, result.buffer_root_sum_square)
    if by_hand.sd > 0:
        axes.plot(days, [by_hand.p_by(day) for day in days], color=ORANGE, linestyle="--",
                  linewidth=1.5, label=say("plan.schedule.figure.by_hand", lang))  # fmt: skip
    _overclaim(axes, result, lang)
    points = _rules(result, lang)
    for point, _ in points:
        axes.plot(*point, "o", color=BLUE, markersize=5)
    if result.due is not None and result.p_due is not None:
        point = (_due_at(result), result.p_due)
        word = say("plan.schedule.figure.due", lang)
        points.append((point, f"{word}  {result.due:%m-%d}  {result.p_due:.0%}"))
        axes.plot(*point, "D", color=PURPLE, markersize=7, zorder=3)
    start = f"{result.start:%Y-%m-%d}"
    axes.set_xlabel(say("plan.schedule.figure.days_axis", lang, start=start))
    axes.set_ylabel(say("plan.schedule.figure.chance_axis", lang))
    axes.set_ylim(0, 1.04)
    tail = TAIL * simulated.p90  # a long tail would squeeze the rest
    reach = [*(day for day in days if day <= tail), *(x for (x, _), _ in points)]
    axes.set_xlim(min(reach) - 1, max(reach) * 1.04)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.legend(loc="upper left", fontsize=8)
    _labels(axes, points)
    return figure


def _labels(axes: Axes, points: list[tuple[Point, str]]) -> None:
    """Right of the rising curve, where it is empty, one below the other."""
    left, right = axes.get_xlim()
    gap, above = 0.02 * (right - left), 2.0
    for (x, y), text in sorted(points, key=lambda one: (-one[0][1], -one[0][0])):
        lines = text.count("\n") + 1
        half = 0.024 * (lines - 1)
        at = min(y - 0.012, above) - half
        axes.annotate(
            text, (x, y), (x + gap, at), fontsize=7.5, va="center", linespacing=1.1, zorder=4,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.5, "shrinkA": 0, "shrinkB": 3},
        )  # fmt: skip
        above = at - LINE - half


def _rules(result: Schedule, lang: Lang) -> list[tuple[Point, str]]:
    """A point for each date; rules that give the same date share one label, p80 named first."""
    by_day: dict[date, list[Promise]] = {}
    for one in sorted(result.promises, key=lambda one: one.rule != "p80"):
        if one.p_in_time is not None:
            by_day.setdefault(one.on, []).append(one)
    found = []
    for day, held in by_day.items():
        rules = listing([_rule_short(one.rule, lang) for one in held], lang)
        share = held[0].p_in_time or 0.0
        text = wrapped(f"{rules}  {day:%m-%d}  {share:.0%}", 34, 3)
        found.append(((held[0].days, share), text))
    return found


def _overclaim(axes: Axes, result: Schedule, lang: Lang) -> None:
    """From what a date claims down to what it keeps."""
    for one in result.promises:
        if one.claimed is not None and one.p_in_time is not None:
            axes.plot([one.days] * 2, [one.claimed, one.p_in_time], color=ORANGE, linewidth=1,
                      linestyle=":")  # fmt: skip
            axes.plot(one.days, one.claimed, "o", color=ORANGE, markersize=5)
            word = say("plan.schedule.figure.claims", lang, share=one.claimed)
            axes.annotate(word, (one.days, one.claimed), (-6, 3), ha="right", fontsize=7.5,
                          textcoords="offset points")  # fmt: skip


def _due_at(result: Schedule) -> float:
    """The date asked for as a working day of the plan, between two of the drawn points."""
    if result.due is None or result.due < result.start:
        return 0.0
    off, extra = set(result.free_days), set(result.extra_days)
    days = (result.start + timedelta(k) for k in range((result.due - result.start).days + 1))
    return float(sum(day in extra or (day.weekday() < 5 and day not in off) for day in days))


def _rule_short(rule: str, lang: Lang) -> str:
    return say(f"plan.schedule.rule_short.{rule}", lang)

"""The finish curve: the chance to be done by each day, each rule's date on it, the one by hand."""

from datetime import timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from playbook.chapters.plan.schedule.model import Schedule
from playbook.chapters.plan.schedule.simulation import ByHand
from playbook.core.figure import BLUE, ORANGE, PURPLE, new_figure
from playbook.core.placing import label_points
from playbook.core.text import Lang, say

Point = tuple[float, float]


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
    points, texts = _overclaim(axes, result, lang)
    for one in result.promises:
        if one.p_in_time is not None:
            axes.plot(one.days, one.p_in_time, "o", color=BLUE, markersize=5)
            points.append((one.days, one.p_in_time))
            texts.append(_rule_short(one.rule, lang) + f"  {one.on:%m-%d}  {one.p_in_time:.0%}")
    if result.due is not None and result.p_due is not None:
        points.append((_due_at(result), result.p_due))
        word = say("plan.schedule.figure.due", lang)
        texts.append(f"{word}  {result.due:%m-%d}  {result.p_due:.0%}")
        axes.plot(*points[-1], "D", color=PURPLE, markersize=7, zorder=3)
    start = f"{result.start:%Y-%m-%d}"
    axes.set_xlabel(say("plan.schedule.figure.days_axis", lang, start=start))
    axes.set_ylabel(say("plan.schedule.figure.chance_axis", lang))
    axes.set_ylim(0, 1.04)
    reach = [*days, *(x for x, _ in points)]
    axes.set_xlim(min(reach) - 1, max(reach) * 1.04)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.legend(loc="upper left", fontsize=8)
    label_points(axes, points, texts, size=7.5, marker_points=6)
    return figure


def _overclaim(axes: Axes, result: Schedule, lang: Lang) -> tuple[list[Point], list[str]]:
    """From what a date claims down to what it keeps; the points and texts to be labelled."""
    points: list[Point] = []
    texts: list[str] = []
    for one in result.promises:
        if one.claimed is not None and one.p_in_time is not None:
            axes.plot([one.days] * 2, [one.claimed, one.p_in_time], color=ORANGE, linewidth=1,
                      linestyle=":")  # fmt: skip
            axes.plot(one.days, one.claimed, "o", color=ORANGE, markersize=5)
            points.append((one.days, one.claimed))
            texts.append(say("plan.schedule.figure.claims", lang, share=one.claimed))
    return points, texts


def _due_at(result: Schedule) -> float:
    """The date asked for as a working day of the plan, between two of the drawn points."""
    if result.due is None or result.due < result.start:
        return 0.0
    off, extra = set(result.free_days), set(result.extra_days)
    days = (result.start + timedelta(k) for k in range((result.due - result.start).days + 1))
    return float(sum(day in extra or (day.weekday() < 5 and day not in off) for day in days))


def _rule_short(rule: str, lang: Lang) -> str:
    return say(f"plan.schedule.rule_short.{rule}", lang)

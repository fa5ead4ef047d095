"""Figures of the review: attainment, series, gaps, copies."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.review.attainment import Attainment, state_word
from playbook.chapters.review.gaps import Gap
from playbook.chapters.review.replication import Site
from playbook.chapters.review.result import ReviewResult
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, ORANGE, RED, SKY, new_figure
from playbook.core.placing import in_lines
from playbook.core.text import Lang, known_as, say

LOOK = {  # colour and symbol per state: never the colour alone
    "attained_proven": (GREEN, "o", "full"),
    "attained_likely": (GREEN, "o", "none"),
    "missed_likely": (RED, "X", "none"),
    "missed_proven": (RED, "X", "full"),
}
SHOWN_LOW, SHOWN_HIGH = -1.5, 2.0
"""Attainment beyond these is drawn at the edge with an arrow; its number stands beside it."""

MOST_SERIES, MOST_COPIES = 16, 16


def word(key: str, lang: Lang, **values: object) -> str:
    """A word of a figure."""
    return say(f"review.figure.{key}", lang, **values)


def name_of(result: ReviewResult, key: str, lang: Lang, width: int = 18) -> str:
    """A client's name, wrapped for the edge of a figure."""
    text = known_as(key, result.names, lang)
    return in_lines(text, width if lang == "en" else width * 5 // 8)


def attainment_chart(result: ReviewResult, lang: Lang) -> Figure:
    """One bar per goal from its baseline (0 %) to where it stands, with interval; target at 100 %.

    Bars below 0 and beyond 100 % are drawn as they are.
    """
    goals = [a for a in result.attainment if a.attainment is not None]
    figure, (ax,) = new_figure(16, 2.6 + 1.25 * max(1, len(goals)))
    for place, goal in enumerate(goals):
        _attainment_bar(ax, place, goal, lang)
    ax.axvline(0, color=GREY, linewidth=1.0)
    ax.axvline(1, color=BLACK, linewidth=1.4, linestyle=(0, (5, 2)))
    ax.set_yticks(range(len(goals)), [name_of(result, g.goal_id, lang) for g in goals])
    ax.set_ylim(len(goals) - 0.4, -0.75)
    ax.text(0, -0.72, word("at_baseline", lang), ha="center", va="bottom", color=GREY)
    ax.text(1, -0.72, word("at_target", lang), ha="center", va="bottom")
    _attainment_axis(ax, goals)
    ax.set_xlabel(word("attainment_axis", lang))
    ax.grid(axis="y", visible=False)
    return figure


def _attainment_axis(ax: Axes, goals: Sequence[Attainment]) -> None:
    ends = [e for g in goals for e in (g.attainment, g.low, g.high) if e is not None]
    low = max(SHOWN_LOW, min([0.0, *ends])) - 0.08
    high = min(SHOWN_HIGH, max([1.0, *ends]))
    ax.set_xlim(low, high + 0.06)
    step = next(s for s in (1, 2, 4) if (high - low) / (s / 4) <= 7)
    ticks = [t / 4 for t in range(-8, 9, step) if low <= t / 4 <= high + 0.05]
    ax.set_xticks(ticks, [f"{t:.0%}" for t in ticks])


def _attainment_bar(ax: Axes, place: int, goal: Attainment, lang: Lang) -> None:
    rate = goal.attainment or 0.0
    colour, marker, fill = LOOK[goal.state] if goal.state else (GREY, "o", "none")
    at = min(SHOWN_HIGH, max(SHOWN_LOW, rate))
    ax.barh(place, at, height=0.5, color=colour, alpha=0.25, linewidth=0)
    if goal.low is not None and goal.high is not None:
        low, high = max(SHOWN_LOW, goal.low), min(SHOWN_HIGH, goal.high)
        ax.plot([low, max(low, high)], [place, place], color=colour, linewidth=1.6)
    ax.plot(at, place, marker, color=colour, markersize=7,
            markerfacecolor=colour if fill == "full" else "white")  # fmt: skip
    if goal.low is not None and goal.low < SHOWN_LOW:
        ax.plot(SHOWN_LOW, place, "<", color=colour, markersize=5)
    if goal.high is not None and goal.high > SHOWN_HIGH:
        ax.plot(SHOWN_HIGH, place, ">", color=colour, markersize=5)
    state = say(f"review.code.{state_word(goal)}", lang) if goal.state else ""
    arrow = "" if at == rate else "→ " if rate > at else "← "
    beside(ax, place, f"{arrow}{rate:.0%} {state}")


def beside(ax: Axes, place: float, text: str) -> None:
    """A word in the right margin of a bar, where nothing can cross it."""
    ax.text(1.015, place, text, transform=ax.get_yaxis_transform(), va="center", fontsize=8.5)


def series_chart(result: ReviewResult, lang: Lang) -> Figure:
    """Small multiples: each goal's values in time with intervals, its target as a dashed line."""
    shown = result.series[:MOST_SERIES]
    columns = min(4 if len(shown) > 9 else 3, max(1, len(shown)))
    rows = -(-len(shown) // columns) or 1
    figure, axes = new_figure(16, 1.0 + 4.4 * rows, rows, columns)
    judged = {a.goal_id: a for a in result.attainment}
    for ax, series in zip(axes, shown, strict=False):
        goal = judged[series.goal_id]
        scale = 100 if goal.unit == "share" else 1
        x = list(range(len(series.points)))
        y = [p.value * scale for p in series.points]
        for k, p in enumerate(series.points):
            if p.low is not None and p.high is not None:
                ax.plot([k, k], [p.low * scale, p.high * scale], color=SKY, linewidth=2.2)
        ax.plot(x, y, "o-", color=BLUE, markersize=4)
        if all(p.low is None for p in series.points):  # no spread: do not magnify small steps
            middle = sum(y) / len(y)
            room = max(0.05 * abs(middle), (max(y) - min(y)) * 1.5)
            ax.set_ylim(middle - room, middle + room)
        if goal.target is not None:
            ax.axhline(goal.target * scale, color=BLACK, linewidth=1.1, linestyle=(0, (5, 2)))
        ax.set_title(name_of(result, series.goal_id, lang, 64 // columns), fontsize=8.5)
        ax.set_ylabel(say(f"review.code.axis_{goal.unit}", lang), fontsize=8)
        _period_ticks(ax, [p.period for p in series.points], 3 if columns < 4 else 2)
    for ax in axes[len(shown) :]:
        ax.set_visible(False)
    return figure


def _period_ticks(ax: Axes, periods: Sequence[str], most: int = 3) -> None:
    step = max(1, -(-len(periods) // most))
    at = list(range(len(periods) - 1, -1, -step))[::-1]
    ax.set_xticks(at, [periods[k] for k in at], fontsize=7.5)
    ax.set_xlim(-0.5, len(periods) - 0.5)


def gap_series(result: ReviewResult) -> list[list[Gap]]:
    """The series drawn: at most three, in the order of the table."""
    groups: dict[tuple[str, str], list[Gap]] = {}
    for gap in result.gaps:
        groups.setdefault((gap.metric_id, gap.competitor), []).append(gap)
    return list(groups.values())[:3]


def gap_chart(result: ReviewResult, lang: Lang) -> Figure:
    """Above, us and them; below, the gap with its band and the zero line. One column a series."""
    shown = gap_series(result)
    figure, axes = new_figure(16, 10, 2, max(1, len(shown)), sharex="col")
    for column, gaps in enumerate(shown):
        top, below = axes[column], axes[column + len(shown)]
        scale = 100 if gaps[0].unit == "share" else 1
        x = list(range(len(gaps)))
        top.plot(x, [g.us * scale for g in gaps], "o-", color=BLUE, markersize=4,
                 label=word("us", lang))  # fmt: skip
        top.plot(x, [g.them * scale for g in gaps], "s--", color=ORANGE, markersize=4,
                 label=word("them", lang))  # fmt: skip
        top.legend(loc="best", fontsize=8)
        metric = name_of(result, gaps[0].metric_id, lang, 24)
        rival = name_of(result, gaps[0].competitor, lang, 24) if gaps[0].competitor else "–"
        top.set_title(f"{metric}\n{word('against', lang, name=rival)}", fontsize=9)
        _gap_panel(below, gaps, scale, lang)
        if column == 0:
            top.set_ylabel(say(f"review.code.axis_{gaps[0].unit}", lang))
            below.set_ylabel(word("gap_axis", lang))
    return figure


def _gap_panel(ax: Axes, gaps: Sequence[Gap], scale: float, lang: Lang) -> None:
    x = list(range(len(gaps)))
    known = [(k, g) for k, g in enumerate(gaps) if g.low is not None and g.high is not None]
    if known:
        ax.fill_between([k for k, _ in known], [(g.low or 0.0) * scale for _, g in known],
                        [(g.high or 0.0) * scale for _, g in known],
                        color=SKY, alpha=0.35, linewidth=0)  # fmt: skip
    ax.plot(x, [g.gap_absolute * scale for g in gaps], "o-", color=BLACK, markersize=4)
    ax.axhline(0, color=GREY, linewidth=1.2)
    rising = gaps[-1].gap_absolute >= gaps[0].gap_absolute
    for k, below in {0: rising, len(gaps) - 1: not rising}.items():
        value = gaps[k].gap_absolute * scale
        ax.annotate(f"{value:+.1f}", (k, value), xytext=(0, -14 if below else 7),
                    textcoords="offset points", ha="left" if k == 0 else "right",
                    fontsize=8)  # fmt: skip
    ax.margins(y=0.2)
    _period_ticks(ax, [g.period for g in gaps])


def replication_chart(result: ReviewResult, lang: Lang) -> Figure:
    """Small multiples: each copy against the old sites over its periods; a ring marks parity."""
    copies = result.replication
    sites = copies.sites[:MOST_COPIES] if copies is not None else ()
    margin = -100 * copies.margin if copies is not None else 0.0
    columns = min(4, max(1, len(sites)))
    rows = -(-len(sites) // columns) or 1
    figure, axes = new_figure(16, 1.4 + 3.9 * rows, rows, columns, sharex=True, sharey=True)
    for ax, site in zip(axes, sites, strict=False):
        _copy_panel(ax, site, margin)
        ax.set_title(name_of(result, site.site, lang, 24), fontsize=9)
    for ax in axes[len(sites) :]:
        ax.set_visible(False)
    most = max((p.step for site in sites for p in site.periods), default=1)
    axes[0].set_xticks(range(1, most + 1))
    axes[0].set_xlim(0.5, most + 0.5)
    figure.supxlabel(word("step_axis", lang), fontsize=9)
    figure.supylabel(word("copy_axis", lang), fontsize=9)
    return figure


def _copy_panel(ax: Axes, site: Site, margin: float) -> None:
    """One copy: dots are new minus old, bars reach down to the lower bound."""
    colour = {"parity": GREEN, "failed": RED, "open": BLUE}[site.outcome]
    mark = {"parity": "o", "failed": "X", "open": "s"}[site.outcome]
    x = [p.step for p in site.periods]
    y = [(p.new - p.old) * 100 for p in site.periods]
    ax.axhline(0, color=GREY, linewidth=1.0)
    ax.axhline(margin, color=BLACK, linewidth=1.1, linestyle=(0, (5, 2)))
    for p, value in zip(site.periods, y, strict=True):
        ax.plot([p.step, p.step], [p.lower_bound * 100, value], color=colour, alpha=0.4)
        if p.step == site.parity_period:
            ax.plot(p.step, value, "o", markersize=12, markerfacecolor="none",
                    markeredgecolor=colour, markeredgewidth=1.6)  # fmt: skip
    ax.plot(x, y, f"{mark}-", color=colour, markersize=5)

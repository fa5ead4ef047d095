"""Figures of the chapter: needs, their trends, the peer strips, the glide paths."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.goals.evidence import Baseline, Benchmark, Need
from playbook.chapters.goals.model import Card, GoalsResult
from playbook.chapters.goals.wording import goal_name, in_unit, named, plain
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, LIGHT, ORANGE, RED, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, say

TREND_COLOUR = {"rising": RED, "falling": GREEN, "no_clear_trend": BLUE, "too_short": GREY}
TREND_MARK = {"rising": "▲", "falling": "▼", "no_clear_trend": "●", "too_short": "○"}
MOST_NEEDS = 20
MOST_TRENDS = 12
GLIDES_A_FIGURE = 18


def needs_chart(result: GoalsResult, lang: Lang) -> Figure:
    """Share of each need with its interval, largest first; trend by colour and by its mark."""
    needs = result.needs.items[:MOST_NEEDS]
    figure, (ax,) = new_figure(16, 2.6 + 0.85 * len(needs))
    for row, need in enumerate(needs):
        ax.barh(row, need.share * 100, height=0.62, color=TREND_COLOUR[need.trend], alpha=0.85)
        ends = ((need.share - need.share_low) * 100, (need.share_high - need.share) * 100)
        ax.errorbar(
            need.share * 100, row, xerr=([ends[0]], [ends[1]]), color=BLACK, capsize=3, lw=1.2
        )
        ax.annotate(
            _need_mark(need, lang), (need.share_high * 100, row), xytext=(6, 0),
            textcoords="offset points", va="center", fontsize=8.5,
        )  # fmt: skip
    ax.set_yticks(range(len(needs)), [wrapped(named(result, n.need, lang), 26) for n in needs])
    ax.invert_yaxis()
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(say("goals.figure.needs_x", lang))
    ax.set_xlim(0, max(n.share_high for n in needs) * 100 * 1.38)
    _trend_legend(ax, figure, {n.trend for n in needs}, lang)
    return figure


def _need_mark(need: Need, lang: Lang) -> str:
    place = f"{need.rank_low}" if need.rank_low == need.rank_high else (
        f"{need.rank_low}–{need.rank_high}"
    )  # fmt: skip
    return f"{TREND_MARK[need.trend]} " + say("goals.figure.rank", lang, place=place)


def _trend_legend(ax: Axes, figure: Figure, trends: set[str], lang: Lang) -> None:
    handles = [
        ax.barh([0], [0], color=TREND_COLOUR[t], label=f"{TREND_MARK[t]} {_trend(t, lang)}")
        for t in TREND_COLOUR
        if t in trends
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), fontsize=8.5)


def _trend(trend: str, lang: Lang) -> str:
    return say(f"goals.trend.{trend}", lang)


def trends_chart(result: GoalsResult, lang: Lang) -> Figure:
    """The rate of each need by period with its Theil-Sen line, one small picture a need."""
    needs = [n for n in result.needs.items if len(n.points) > 1][:MOST_TRENDS]
    columns = 3 if len(needs) > 4 else 2
    rows = -(-len(needs) // columns)
    figure, axes = new_figure(16, 1.0 + 3.9 * rows, rows, columns)
    for ax, need in zip(axes, needs, strict=False):
        _one_trend(ax, need, result, lang)
    for ax in axes[len(needs) :]:
        ax.set_visible(False)
    return figure


def _one_trend(ax: Axes, need: Need, result: GoalsResult, lang: Lang) -> None:
    colour = TREND_COLOUR[need.trend]
    steps = [p.step for p in need.points]
    ax.plot(steps, [p.rate for p in need.points], "o-", color=GREY, ms=3, lw=0.8)
    if need.slope is not None and need.intercept is not None:
        ends = (steps[0], steps[-1])
        ax.plot(ends, [need.intercept + need.slope * s for s in ends], color=colour, lw=2)
    title = f"{TREND_MARK[need.trend]} {wrapped(named(result, need.need, lang), 26)}"
    ax.set_title(title, fontsize=9)
    ax.set_ylim(0, 1.15 * max(*(p.rate for p in need.points), 1e-9))
    shown = (need.points[0], need.points[-1])
    ax.set_xticks([p.step for p in shown], [p.period for p in shown], fontsize=8)
    first, last = ax.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    ax.tick_params(axis="y", labelsize=8)


def benchmark_chart(result: GoalsResult, lang: Lang) -> Figure:
    """One strip a metric: peers as dots, our value with its interval, p75; good is right."""
    strips = result.benchmark
    figure, axes = new_figure(16, 1.7 + 1.75 * len(strips), len(strips) + 1, 1,
                              height_ratios=[0.55] + [1] * len(strips))  # fmt: skip
    _strip_legend(axes[0], lang)
    for ax, strip in zip(axes[1:], strips, strict=True):
        _one_strip(ax, strip, result, lang)
    return figure


def _strip_legend(ax: Axes, lang: Lang) -> None:
    ax.set_axis_off()
    marks = (
        ax.plot([], [], "o", color=GREY, mfc="white", label=say("goals.figure.peer", lang))[0],
        ax.plot([], [], "|", color=BLACK, ms=11, mew=1, ls="none",
                label=say("goals.figure.p50", lang))[0],
        ax.plot([], [], "|", color=GREEN, ms=14, mew=2.5, ls="none",
                label=say("goals.figure.p75", lang))[0],
        ax.plot([], [], "^", color=ORANGE, ms=7, ls="none",
                label=say("goals.figure.attainable", lang))[0],
        ax.plot([], [], "D-", color=BLUE, ms=6, label=say("goals.figure.own", lang))[0],
    )  # fmt: skip
    ax.legend(handles=marks, ncols=5, loc="center", fontsize=8.5, columnspacing=1.2,
              handletextpad=0.4)  # fmt: skip


def _one_strip(ax: Axes, b: Benchmark, result: GoalsResult, lang: Lang) -> None:
    peers = [p.value for p in b.peers]
    ax.plot(peers, [0.0] * len(peers), "o", color=GREY, mfc="white", ms=6)
    if b.p50 is not None and b.p75 is not None:
        ax.plot([b.p50], [0], "|", color=BLACK, ms=14, mew=1)
        ax.plot([b.p75], [0], "|", color=GREEN, ms=18, mew=2.5)
    if b.achievable_benchmark is not None:
        ax.plot([b.achievable_benchmark], [-0.5], "^", color=ORANGE, ms=7)
    if b.own_low is not None and b.own_high is not None:
        ax.plot([b.own_low, b.own_high], [0.8, 0.8], "-", color=BLUE, lw=2)
    ax.plot([b.own], [0.8], "D", color=BLUE, ms=6)
    ax.annotate(in_unit(b.own, b.unit, lang), (b.own, 0.8), xytext=(0, 6), ha="center",
                textcoords="offset points", fontsize=8.5, color=BLUE)  # fmt: skip
    ax.set_ylim(-0.9, 2.0)
    more = (b.achievable_benchmark, b.own_low, b.own_high)
    held = [*peers, b.own, *(v for v in more if v is not None)]
    room = 0.08 * (max(held) - min(held) or 1.0)
    ends = (min(held) - room, max(held) + room)
    ax.set_xlim(*(ends if b.direction == "increase" else ends[::-1]))
    ax.set_yticks([0], [wrapped(named(result, b.metric_id, lang), 22, 3)])
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="x", labelsize=8)
    ax.xaxis.set_major_formatter(lambda v, _: plain(v, b.unit))
    ax.spines["left"].set_visible(False)


def glide_groups(result: GoalsResult) -> tuple[tuple[Card, ...], ...]:
    """The cards that have a path, in groups of one figure each."""
    drawn = tuple(c for c in result.cards if c.interim)
    starts = range(0, len(drawn), GLIDES_A_FIGURE)
    return tuple(drawn[i : i + GLIDES_A_FIGURE] for i in starts)


def glide_chart(result: GoalsResult, lang: Lang, cards: Sequence[Card]) -> Figure:
    """One picture a goal: history, baseline with interval, interim targets, target, bounds."""
    columns = 3 if len(cards) > 6 else 2 if len(cards) > 1 else 1
    rows = -(-len(cards) // columns)
    figure, axes = new_figure(17, 1.2 + (3.75 if columns == 3 else 4.6) * rows, rows, columns)
    bases = {b.metric_id: b for b in result.baselines}
    for ax, card in zip(axes, cards, strict=False):
        _one_glide(ax, card, bases.get(card.metric_id), result, lang)
    for ax in axes[len(cards) :]:
        ax.set_visible(False)
    _glide_legend(axes[0], figure, lang)
    return figure


def _one_glide(
    ax: Axes, card: Card, base: Baseline | None, result: GoalsResult, lang: Lang
) -> None:
    history = base.history[-13:] if base else ()
    # numbers of days: matplotlib's stubs do not know dates
    ax.plot([p.day.toordinal() for p in history], [p.value for p in history], "o-", color=GREY,
            ms=2.5, lw=0.8)  # fmt: skip
    start = card.start.toordinal()
    if card.baseline is not None:
        if card.baseline_low is not None and card.baseline_high is not None:
            ax.plot([start] * 2, [card.baseline_low, card.baseline_high], color=BLUE, lw=3,
                    alpha=0.6, solid_capstyle="butt")  # fmt: skip
        ax.plot([start], [card.baseline], "s", color=BLUE, ms=5)
    days = [s.day.toordinal() for s in card.interim]
    values = [s.value for s in card.interim]
    first = card.interim[0].value if card.path == "level" else card.baseline
    if first is not None:
        ax.plot([start, *days], [first, *values], "--", color=ORANGE, lw=1.2)
    few = max(1, len(days) // 8)
    ax.plot(days[few - 1 : -1 : few], values[few - 1 : -1 : few], "o", color=ORANGE, ms=3)
    ax.plot(days[-1:], values[-1:], "*", color=RED, ms=11)
    _glide_axes(ax, card, [p.value for p in history], result, lang)


def _glide_axes(
    ax: Axes, card: Card, history: list[float], result: GoalsResult, lang: Lang
) -> None:
    held = [
        v
        for v in (*history, card.baseline, card.baseline_low, card.baseline_high, card.target)
        if v is not None
    ]
    room = 0.18 * (max(held) - min(held) or abs(card.target) or 1.0)
    down = card.baseline is not None and card.target < card.baseline
    low = min(held) - (2.4 if down else 1.0) * room
    high = max(held) + (1.0 if down else 2.0) * room
    for bound in (card.bound_low, card.bound_high):
        if bound is not None and low <= bound <= high:
            ax.axhline(bound, color=BLACK, lw=1, ls=":")
    ax.set_ylim(low, high)
    ax.set_title(wrapped(f"{card.goal_id} {goal_name(result, card, lang)}", 28), fontsize=8.5)
    ax.yaxis.set_major_formatter(lambda v, _: plain(v, card.unit))
    ax.annotate(
        in_unit(card.target, card.unit, lang), (card.due.toordinal(), card.target),
        xytext=(-2, -8 if down else 8), textcoords="offset points", ha="right",
        va="top" if down else "bottom", fontsize=8.5, color=RED,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip
    _glide_days(ax, card)
    ax.tick_params(axis="y", labelsize=8)


def _glide_days(ax: Axes, card: Card) -> None:
    """Start and due day below the axis, so placed that the two never meet."""
    ticks = (card.start, card.due)
    left, right = ax.get_xlim()
    close = (card.due - card.start).days < 0.24 * (right - left)
    texts = (f"{ticks[0]:%Y-%m}", ("\n" if close else "") + f"{ticks[1]:%Y-%m}")
    ax.set_xticks([d.toordinal() for d in ticks], texts, fontsize=8)
    ax.set_xlim(left, right)
    first, last = ax.get_xticklabels()
    near_left = card.start.toordinal() - left < 0.25 * (right - left)
    first.set_horizontalalignment("left" if near_left else "right")
    last.set_horizontalalignment("right")
    ax.axvline(card.start.toordinal(), color=LIGHT, lw=1, zorder=0)


def _glide_legend(ax: Axes, figure: Figure, lang: Lang) -> None:
    marks = (
        ax.plot([], [], "o-", color=GREY, ms=2.5, lw=0.8, label=say("goals.figure.history", lang)),
        ax.plot([], [], "s", color=BLUE, ms=5, label=say("goals.figure.baseline", lang)),
        ax.plot([], [], "o--", color=ORANGE, ms=3, lw=1.2, label=say("goals.figure.steps", lang)),
        ax.plot([], [], "*", color=RED, ms=11, ls="none", label=say("goals.figure.target", lang)),
        ax.plot([], [], ":", color=BLACK, lw=1, label=say("goals.figure.bound", lang)),
    )
    figure.legend(handles=[m[0] for m in marks], loc="outside lower center", ncols=5, fontsize=8.5)

"""The budget drawn: by category with ranges, the reserve apart; by touchpoint."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from playbook.chapters.plan.money.lettering import named
from playbook.chapters.plan.money.model import Budget, Category
from playbook.core.figure import BLACK, BLUE, GREY, LIGHT, SKY, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, Name, say

RESERVE = "reserve"
MOST = 12
BAR_CM = 0.85
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
_NAMED_FROM = 0.08  # a narrower part has no room for its name; the table has it


def budget_chart(result: Budget, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """Two panels: categories, largest first and the reserve last; touchpoints, the focus filled."""
    spent = [c for c in result.by_category if c.category != RESERVE][:MOST]
    reserve = [c for c in result.by_category if c.category == RESERVE]
    paid = [place for place in result.by_touchpoint.items() if place[1] > 0]
    places = sorted(paid, key=lambda one: (-one[1], one[0]))[:MOST]
    rows = [len(spent) + len(reserve) + bool(reserve), max(1, len(places))]
    if not places:
        figure, (upper,) = new_figure(16, BAR_CM * rows[0] + 2.2)
        _categories(upper, spent, reserve, lang, names)
        return figure
    figure, (upper, lower) = new_figure(
        16, BAR_CM * sum(rows) + 4.0, 2, 1, height_ratios=rows, sharex=True
    )
    _categories(upper, spent, reserve, lang, names)
    _touchpoints(lower, places, result, lang, names)
    return figure


def _categories(
    axes: Axes,
    spent: Sequence[Category],
    reserve: Sequence[Category],
    lang: Lang,
    names: Mapping[str, Name],
) -> None:
    """Bars with the range of the lines' low and high ends as a thin line."""
    gap = 0.6  # sets the reserve apart
    at = [*range(len(spent)), *(len(spent) + gap for _ in reserve)]
    shown = [*spent, *reserve]
    for y, one in zip(at, shown, strict=True):
        kept = one.category == RESERVE
        axes.barh(y, one.planned, color=LIGHT if kept else BLUE, height=0.62,
                  hatch="//" if kept else None, edgecolor=GREY if kept else BLUE)  # fmt: skip
        if one.high > one.low:
            axes.plot([one.low, one.high], [y, y], color=BLACK, lw=1.6, marker="|", ms=7)
        end = max(one.planned, one.high)
        axes.annotate(f" {one.planned:,.0f} ({one.share:.0%})", (end, y), va="center", fontsize=8)
    axes.set_yticks(at, [wrapped(named(c.category, names, lang), 16) for c in shown])
    axes.set_title(say("plan.money.figure.budget.categories", lang))
    _money_axis(axes, max((c.high for c in shown), default=1.0))


def _touchpoints(
    axes: Axes,
    places: Sequence[tuple[str, float]],
    result: Budget,
    lang: Lang,
    names: Mapping[str, Name],
) -> None:
    tied = sum(result.by_touchpoint.values())
    for y, (place, amount) in enumerate(places):
        focus = place in result.focus
        axes.barh(y, amount, height=0.62, color=SKY if focus else "white", edgecolor=BLUE)
        axes.annotate(f" {amount:,.0f} ({amount / tied:.0%})", (amount, y), va="center", fontsize=8)
    axes.set_yticks(range(len(places)), [wrapped(named(p, names, lang), 16) for p, _ in places])
    axes.set_title(say("plan.money.figure.budget.touchpoints", lang, count=len(result.focus)))
    _money_axis(axes, max(amount for _, amount in places))


def _money_axis(axes: Axes, most: float) -> None:
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    axes.set_xlim(0, max(axes.get_xlim()[1], most * 1.32))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def presets_chart(result: Budget, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """The plan and each proposal as one whole of 100 %, one under the other (K3)."""
    kept_last = sorted(result.by_category, key=lambda c: c.category == RESERVE)
    plan = [(c.category, c.share) for c in kept_last]
    bars = [(say("plan.money.figure.presets.plan", lang), plan)]
    for preset in result.presets:
        label = say(f"plan.money.figure.presets.{preset.preset}", lang)
        bars.append((label, [(line.category, line.share) for line in preset.lines]))
    figure, (axes,) = new_figure(17.0, 2.0 + 1.55 * len(bars))
    for place, (_, parts) in enumerate(bars):
        left = 0.0
        for category, share in parts:
            kept = category == RESERVE
            axes.barh(place, share, left=left, height=0.7, color=LIGHT if kept else SKY,
                      hatch="//" if kept else None, edgecolor="white" if not kept else GREY,
                      linewidth=1.2)  # fmt: skip
            if share >= _NAMED_FROM:
                name = wrapped(named(category, names, lang), max(6, int(share * 70)), 2)
                axes.text(left + share / 2, place, f"{name}\n{share:.0%}", ha="center", va="center",
                          fontsize=7.5, bbox=_CLEAR if kept else None)  # fmt: skip
            left += share
    axes.set_yticks(range(len(bars)), [label for label, _ in bars])
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
    axes.grid(False)
    return figure

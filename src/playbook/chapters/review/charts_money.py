"""Figures of the review: what paid, and the scorecard."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from playbook.chapters.review.charts import beside, name_of, word
from playbook.chapters.review.money_draws import RATES
from playbook.chapters.review.result import ReviewResult
from playbook.core.figure import BLACK, BLUE, GREY, ORANGE, new_figure
from playbook.core.text import Lang, say


def return_chart(result: ReviewResult, lang: Lang) -> Figure:
    """Left, the tornado of the relative reading; right, the return over the lift, both readings."""
    figure, (left, right) = new_figure(16, 8.5, 1, 2, width_ratios=[1.15, 1])
    money = result.money
    if money is None or not money.returns:
        return figure
    _tornado(left, result, lang)
    curves = []
    for reading, colour, style in (("relative", BLUE, "-"), ("absolute", ORANGE, "--")):
        curve, pays_from = money.returns[reading].curve, money.clv[reading].breakeven_lift
        label = word("curve", lang, reading=say(f"review.code.{reading}", lang), even=pays_from)
        x, y = [p for p, _ in curve], [r for _, r in curve]
        curves += right.plot(x, y, style, color=colour, linewidth=2, label=label)
        if pays_from is not None and curve[0][0] <= pays_from <= curve[-1][0]:
            right.plot(pays_from, 0, "D", color=colour, markersize=6)
    right.axhline(0, color=GREY, linewidth=1.2)
    base = next((i.value for i in money.inputs if i.name == "points"), None)
    if base is not None:
        right.axvline(base, color=GREY, linewidth=1, linestyle=":")
    right.set_title(word("curve_title", lang), fontsize=9.5)
    right.set_xlabel(word("lift_axis", lang))
    right.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    right.set_ylabel(word("roi_axis", lang))
    figure.legend(handles=_tornado_key(lang), fontsize=8, loc="outside lower left")
    figure.legend(handles=curves, fontsize=8, loc="outside lower right")
    return figure


def _tornado(ax: Axes, result: ReviewResult, lang: Lang) -> None:
    money = result.money
    bars = money.returns["relative"].tornado if money is not None else ()
    base = money.clv["relative"].roi if money is not None else 0.0
    for place, bar in enumerate(bars):
        for value, colour in ((bar.roi_low, ORANGE), (bar.roi_high, BLUE)):
            ax.barh(place, value - base, left=base, height=0.55, color=colour, linewidth=0)
    ax.axvline(base, color=BLACK, linewidth=1)
    ax.axvline(0, color=GREY, linewidth=1.2, linestyle=(0, (5, 2)))
    names = [say(f"review.code.money_{bar.name}", lang) for bar in bars]
    ranges = [f"{_short(bar.low_value, bar.name)} – {_short(bar.high_value, bar.name)}"
              for bar in bars]  # fmt: skip
    ax.set_yticks(range(len(bars)), [f"{n}\n{r}" for n, r in zip(names, ranges, strict=True)],
                  fontsize=8)  # fmt: skip
    ax.set_ylim(len(bars) - 0.5, -0.5)
    ax.set_title(word("tornado_title", lang), fontsize=9.5)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(word("roi_axis", lang))
    ax.grid(axis="y", visible=False)


def _tornado_key(lang: Lang) -> list[Patch]:
    return [Patch(color=ORANGE, label=word("input_low", lang)),
            Patch(color=BLUE, label=word("input_high", lang))]  # fmt: skip


def _short(value: float, name: str) -> str:
    if name in RATES:
        return f"{value:.1%}" if value < 0.1 else f"{value:.0%}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def scorecard_chart(result: ReviewResult, lang: Lang) -> Figure:
    """One bar per measure by perspective, cut to 0..cap; below, the total with its range."""
    card = result.scorecard
    items = list(card.items) if card is not None else []
    figure, (ax,) = new_figure(16, 2.6 + 0.85 * (len(items) + 1))
    cap = result.parameters.scorecard_cap
    for place, item in enumerate(items):
        if item.counted is None:
            ax.text(0.02, place, word("missing", lang), va="center", color=GREY)
            continue
        ax.barh(place, item.counted, height=0.55, color=BLUE, alpha=0.6, linewidth=0)
        beyond = item.attainment is not None and item.attainment != item.counted
        text = f"{item.counted:.0%}" + (f" ({item.attainment:.0%})" if beyond else "")
        beside(ax, place, text)
    names = [name_of(result, i.measure, lang, 30) for i in items]
    kinds = [say(f"review.code.{i.perspective}", lang) for i in items]
    labels = [f"{n}（{k} {i.weight:.0%}）" if lang == "zh" else f"{n} ({k}, {i.weight:.0%})"
              for n, k, i in zip(names, kinds, items, strict=True)]  # fmt: skip
    if card is not None and card.score is not None and card.low is not None:
        at = len(items)
        ax.barh(at, card.score, height=0.6, color=BLACK, alpha=0.75, linewidth=0)
        ends = [card.draw_low, card.draw_high] if card.draw_low is not None else []
        known = [e for e in [*ends, card.low, card.high] if e is not None]
        ax.plot([min(known), max(known)], [at, at], color=ORANGE, linewidth=3)
        beside(ax, at, f"{card.score:.0%}")
        labels.append(word("total", lang, missing=card.missing_weight))
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.axvline(1, color=BLACK, linewidth=1.2, linestyle=(0, (5, 2)))
    ax.set_xlim(0, cap + 0.01)
    ticks = [t / 5 for t in range(0, 7) if t / 5 <= cap + 1e-9]
    ax.set_xticks(ticks, [f"{t:.0%}" for t in ticks])
    ax.set_xlabel(word("score_axis", lang, cap=cap))
    ax.grid(axis="y", visible=False)
    return figure

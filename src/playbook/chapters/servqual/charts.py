"""The chapter's figures: gaps, performance, zone, reliability, grid, drivers, asymmetry."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from playbook.chapters.servqual.drawing import (
    Dot,
    dots,
    legend_below,
    name_rows,
    note_at,
    reference,
    row_figure,
    wrapped,
)
from playbook.chapters.servqual.result import DimensionResult, ServqualResult, ZoneResult
from playbook.chapters.servqual.result_importance import Drivers, Prca
from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.figure import BLUE, GREEN, GREY, LIGHT, ORANGE, PURPLE, RED, SKY
from playbook.core.text import Lang, known_as, say

SIGNIFICANT = 0.05
Row = tuple[str, float | None, float | None, float | None, Interval, float | None]


def gap_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Dimensions: expectation to perception, and the gap with its interval beside it."""
    rows: list[Row] = [
        (
            name,
            d.expectation.mean if d.expectation else None,
            d.performance.mean,
            d.gap_points,
            d.ci,
            d.p_holm,
        )
        for name, d in result.dimensions.items()
    ]
    return _dumbbells(result, rows, lang, 9)


def item_gap_chart(result: ServqualResult, lang: Lang) -> Figure:
    """The same by item, the largest shortfall first."""
    rows: list[Row] = [
        (i.item, i.e_mean, i.p_mean, i.gap_points, i.ci, i.p_holm) for i in result.items
    ]
    return _dumbbells(result, rows, lang, 14)


def performance_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Dimensions without expectations: means with intervals, weighted ones beside them."""
    found = sorted(result.dimensions.items(), key=lambda x: x[1].performance.mean or 0.0)
    names = [wrapped(known_as(n, result.names, lang), 12) for n, _ in found]
    figure, (axes,) = row_figure(names)
    heights = name_rows(axes, names)
    shift = 0.16 if result.used.weighted else 0.0
    dots(axes, heights, [_mean(d) for _, d in found], BLUE, "o", _word("performance", lang), shift)
    if result.used.weighted:
        weighted = [_weighted(d) for _, d in found]
        dots(axes, heights, weighted, ORANGE, "D", _word("weighted", lang), -shift)
    for y, (_, d) in zip(heights, found, strict=True):
        note_at(axes, y, f"n = {d.performance.n:,}")
    axes.set_xlabel(_scale_label(result, lang))
    legend_below(figure, [axes])
    return figure


def item_performance_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Items without expectations, the lowest first."""
    found = [i for i in result.items if i.performance.mean is not None]
    found.sort(key=lambda i: i.performance.mean or 0.0)
    names = [wrapped(known_as(i.item, result.names, lang), 16) for i in found]
    figure, (axes,) = row_figure(names)
    heights = name_rows(axes, names)
    shown = [Dot(i.performance.mean or 0.0, i.performance.ci) for i in found]
    dots(axes, heights, shown, BLUE, "o", _word("performance", lang))
    for y, i in zip(heights, found, strict=True):
        note_at(axes, y, f"n = {i.performance.n:,}")
    axes.set_xlabel(_scale_label(result, lang))
    return figure


def zone_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Zone of tolerance: the band from adequate to desired, perception as a dot."""
    found = sorted(result.zone, key=lambda z: z.msa if z.msa is not None else 0.0)
    names = [wrapped(known_as(z.item, result.names, lang), 16) for z in found]
    figure, (axes,) = row_figure(names)
    heights = name_rows(axes, names)
    for i, (y, z) in enumerate(zip(heights, found, strict=True)):
        if z.a_mean is not None and z.d_mean is not None:
            label = _word("zone", lang) if i == 0 else None
            axes.barh(y, z.d_mean - z.a_mean, left=z.a_mean, height=0.5, color=LIGHT, label=label)
    for kind, colour, marker in _ZONES:
        part = [Dot(z.p_mean or 0.0, _of_p(z)) if z.zone == kind else None for z in found]
        dots(axes, heights, part, colour, marker, say(f"servqual.code.zone_{kind}", lang))
    axes.set_xlabel(_scale_label(result, lang))
    legend_below(figure, [axes], 5)
    return figure


def reliability_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Alpha of every scale with its interval against the target line."""
    dims = {n: d for n, d in result.dimensions.items() if d.reliability}
    forms = [f for f in ("E", "P", "gap") if any(f in d.reliability for d in dims.values())]
    names = [wrapped(known_as(n, result.names, lang), 10) for n in dims]
    rows = [(n, f) for n in dims for f in forms]
    labels = [
        (names[i // len(forms)] + "  " if i % len(forms) == 0 else "")
        + (say(f"servqual.code.form_{f}", lang) if len(forms) > 1 else "")
        for i, (_, f) in enumerate(rows)
    ]
    figure, (axes,) = row_figure(labels)
    heights = name_rows(axes, labels)
    for verdict, colour, marker, filled in _VERDICTS:
        part = [
            Dot(r.alpha, r.alpha_ci, filled)
            if r.alpha is not None and r.verdict == verdict
            else None
            for r in (dims[n].reliability[f] for n, f in rows)
        ]
        dots(axes, heights, part, colour, marker, say(f"servqual.code.alpha_{verdict}", lang))
    for y, (n, f) in zip(heights, rows, strict=True):
        note_at(axes, y, f"n = {dims[n].reliability[f].alpha_n:,}")
    reference(axes, result.used.target_alpha, GREY)
    axes.set_xlim(right=1.0)
    target = say("servqual.figure.reliability.x", lang, target=result.used.target_alpha)
    axes.set_xlabel(target)
    legend_below(figure, [axes])
    return figure


def driver_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Relative weights with intervals; at the right P(first rank). Empty without drivers."""
    found: Drivers | None = result.drivers
    if found is None:
        return row_figure([""])[0]
    ids = sorted(found.attributes, key=lambda a: -found.relative_weight[a])
    names = [wrapped(known_as(a, result.names, lang), 14) for a in ids]
    figure, (axes,) = row_figure(names)
    heights = name_rows(axes, names)
    widths = [100 * found.relative_weight[a] for a in ids]
    axes.barh(heights, widths, height=0.6, color=SKY, label=_word("relative_weight", lang))
    for y, a in zip(heights, ids, strict=True):
        ci = found.relative_weight_ci[a]
        if ci is not None:
            axes.plot([100 * x for x in ci], [y, y], color=BLUE, linewidth=1.8)
        note_at(axes, y, f"{found.p_rank_1[a]:.0%}")
    if found.lmg is not None:
        lmg = [100 * found.lmg[a] for a in ids]
        axes.plot(lmg, heights, "|", color=RED, markersize=11, markeredgewidth=2, label="LMG")
    note_at(axes, heights[0] + 0.9, _word("p_first", lang))
    axes.set_xlim(left=0)
    axes.set_xlabel(say("servqual.figure.drivers.x", lang, r2=found.r2, n=found.n))
    legend_below(figure, [axes])
    return figure


def asymmetry_chart(result: ServqualResult, lang: Lang) -> Figure:
    """Penalty to the left, reward to the right; hollow = no statement."""
    found: Prca | None = result.prca
    if found is None:
        return row_figure([""])[0]
    order = sorted(found.attributes.items(), key=lambda x: x[1].penalty or 0.0)
    names = [wrapped(known_as(a, result.names, lang), 14) for a, _ in order]
    figure, (axes,) = row_figure(names)
    heights = name_rows(axes, names)
    for key, colour, hatch in (("penalty", RED, "//"), ("reward", GREEN, "")):
        # the legend shows the sides as they look when classified, whatever the first bar is
        axes.barh(heights[0], 0.0, facecolor=colour, edgecolor=colour, hatch=hatch or None,
                  linewidth=0, alpha=0.85, label=_word(key, lang))  # fmt: skip
        for y, (_, c) in zip(heights, order, strict=True):
            value = c.penalty if key == "penalty" else c.reward
            error = c.penalty_se if key == "penalty" else c.reward_se
            sure = c.asymmetry != "not_classified"
            axes.barh(
                y, value or 0.0, height=0.6, edgecolor=colour, hatch=hatch if sure else None,
                facecolor=colour if sure else "white", alpha=0.85,
            )  # fmt: skip
            if value is not None and error is not None:
                ends = [value - 1.96 * error, value + 1.96 * error]
                axes.plot(ends, [y, y], color="#222222", linewidth=1.2)
    for y, (_, c) in zip(heights, order, strict=True):
        note_at(axes, y, say(f"servqual.code.{c.asymmetry}", lang))
    reference(axes, 0.0, GREY, "-")
    axes.set_xlabel(say("servqual.figure.asymmetry.x", lang, n=found.n))
    legend_below(figure, [axes])
    return figure


_ZONES = (("below", RED, "X"), ("in", BLUE, "o"), ("above", GREEN, "^"), ("undecided", GREY, "s"))
_VERDICTS = (
    ("proven", GREEN, "o", True),
    ("undecided", GREY, "o", False),
    ("below", RED, "X", True),
)


def _dumbbells(result: ServqualResult, rows: Sequence[Row], lang: Lang, width: int) -> Figure:
    shown = sorted((r for r in rows if r[3] is not None), key=lambda r: r[3] or 0.0)
    names = [wrapped(known_as(r[0], result.names, lang), width) for r in shown]
    figure, (left, right) = row_figure(names, 2, sharey=True, width_ratios=[1.25, 1])
    heights = name_rows(left, names)
    for y, (_, e, p, *_) in zip(heights, shown, strict=True):
        if e is not None and p is not None:
            left.plot([e, p], [y, y], color=LIGHT, linewidth=4, zorder=1)
    e_dots = [Dot(r[1], None, False) if r[1] is not None else None for r in shown]
    p_dots = [Dot(r[2]) if r[2] is not None else None for r in shown]
    dots(left, heights, e_dots, PURPLE, "D", _word("expectation", lang))
    dots(left, heights, p_dots, BLUE, "o", _word("perception", lang))
    for kind, colour, filled in (("proven", RED, True), ("open", GREY, False)):
        part = [
            Dot(r[3] or 0.0, r[4], filled)
            if (r[5] is not None and r[5] < SIGNIFICANT) == filled
            else None
            for r in shown
        ]
        dots(right, heights, part, colour, "s", _word(f"gap_{kind}", lang))
    reference(right, 0.0, GREY, "-")
    right.tick_params(axis="y", labelleft=False, length=0)
    right.grid(axis="y", visible=False)
    left.set_xlabel(_scale_label(result, lang))
    right.set_xlabel(say("servqual.figure.gap.x", lang))
    legend_below(figure, [left, right], 4)
    return figure


def _mean(d: DimensionResult) -> Dot | None:
    return None if d.performance.mean is None else Dot(d.performance.mean, d.performance.ci)


def _weighted(d: DimensionResult) -> Dot | None:
    w = d.performance_weighted
    if w is None or w.value is None:
        return None
    ci = None if w.low is None or w.high is None else (w.low, w.high)
    return Dot(w.value, ci, False)


def _of_p(z: ZoneResult) -> Interval:
    """The interval of P - A, set at A: how sure the dot stands against the band's lower end."""
    if z.msa_ci is None or z.a_mean is None:
        return None
    return z.a_mean + z.msa_ci[0], z.a_mean + z.msa_ci[1]


def _word(key: str, lang: Lang) -> str:
    return say(f"servqual.figure.word.{key}", lang)


def _scale_label(result: ServqualResult, lang: Lang) -> str:
    low, high = result.used.scale_min, result.used.scale_max
    return say("servqual.figure.scale", lang, low=low, high=high)

"""The chapter's figures. Categories differ by colour and by marker or hatch, never colour only."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse
from matplotlib.text import Text
from matplotlib.ticker import PercentFormatter

from playbook.chapters.kano.evaluation import CATEGORIES
from playbook.chapters.kano.result import FeatureResult, KanoResult, Rank, Split, SplitTest
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, LIGHT, PURPLE, RED, new_figure
from playbook.core.placing import in_lines, label_points
from playbook.core.stats import z_of
from playbook.core.text import Lang, known_as, say

COLOURS = {
    "M": RED,
    "O": BLUE,
    "A": GREEN,
    "I": "#BDBDBD",
    "R": PURPLE,
    "Q": "white",
    "none": LIGHT,
}
MARKERS = {"M": "s", "O": "o", "A": "^", "I": "D", "R": "v", "Q": "X", "none": "P"}
SEPARATED = 0.05
_SHOWN = (*CATEGORIES, "none")


def better_worse_chart(result: KanoResult, lang: Lang) -> Figure:
    """K10-K15: |worse| across, better up, joint regions, hollow where the top two are not apart."""
    shown = [f for f in result.features if f.better is not None and f.worse is not None]
    figure, (axes,) = new_figure(16, 14)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.axvline(result.worse_line, color=GREY, lw=1, ls="--")
    axes.axhline(result.better_line, color=GREY, lw=1, ls="--")
    for f in shown:
        _region(axes, f)
        axes.scatter(-(f.worse or 0), f.better or 0, s=_area(f), marker=MARKERS[_kind(f)],
                     facecolor=_face(f), edgecolor=_edge(f), linewidth=1.4, zorder=4)  # fmt: skip
    _percent(axes, "x")
    _percent(axes, "y")
    axes.set_xlabel(say("kano.figure.better_worse.x", lang))
    axes.set_ylabel(say("kano.figure.better_worse.y", lang))
    letters = [c for c in _SHOWN if any(_kind(f) == c for f in shown)]
    handles = [_handle(letter, lang) for letter in letters]
    handles.append(Line2D([], [], ls="", marker="o", mfc="white", mec=BLACK,
                          label=say("kano.figure.better_worse.hollow", lang)))  # fmt: skip
    figure.legend(handles=handles, loc="outside upper center", ncols=4)
    corners = _corners(axes, lang)
    places = [(-(f.worse or 0.0), f.better or 0.0) for f in shown]
    label_points(axes, places, [_name(result, f, lang, 9, 18) for f in shown], 8.0, 10.0, corners)
    return figure


def categories_chart(result: KanoResult, lang: Lang) -> Figure:
    """Shares of the six categories, the most hurtful absence on top; Q hatched; n beside it."""
    features = sorted(result.features, key=lambda f: f.worse if f.worse is not None else 1.0)
    features = [f for f in features if f.n_pairs > 0]
    figure, (axes,) = new_figure(16, 2.6 + 0.78 * len(features))
    rows = range(len(features))
    left = [0.0] * len(features)
    for letter in CATEGORIES:
        shares = [f.counts[letter] / f.n_pairs for f in features]
        axes.barh(rows, shares, left=left, color=COLOURS[letter], height=0.72,
                  edgecolor=GREY if letter == "Q" else "white", linewidth=0.6,
                  hatch="////" if letter == "Q" else "",
                  label=say(f"kano.code.letter.{letter}", lang))  # fmt: skip
        for row, share, start in zip(rows, shares, left, strict=True):
            if share >= 0.075:
                tone = BLACK if letter in ("I", "Q") else "white"
                axes.text(start + share / 2, row, f"{letter} {share:.0%}", ha="center",
                          va="center", fontsize=7.5, color=tone)  # fmt: skip
        left = [a + b for a, b in zip(left, shares, strict=True)]
    for row, f in zip(rows, features, strict=True):
        axes.text(1.01, row, _n(f), va="center", fontsize=7.5, color=BLACK)
    _feature_axis(axes, result, features, lang)
    axes.set_xlim(0, 1)
    _percent(axes, "x")
    axes.set_xlabel(say("kano.figure.categories.x", lang))
    columns = 6 if lang == "zh" else 3
    figure.legend(loc="outside upper center", ncols=columns, handlelength=1.2, columnspacing=1.2)
    return figure


def ranks_chart(result: KanoResult, lang: Lang) -> Figure:
    """K18, K26: the place of each feature and its interval over the draws."""
    by_id = {f.feature: f for f in result.features}
    features = [by_id[i] for i in result.priority_order if by_id[i].rank_priority is not None]
    figure, (axes,) = new_figure(16, 2.4 + 0.78 * max(1, len(features)))
    for row, f in enumerate(features):
        rank = f.rank_priority or Rank(0, 0, 0)
        axes.plot([rank.low, rank.high], [row, row], color=GREY, lw=4, solid_capstyle="round")
        axes.plot(rank.rank, row, marker=MARKERS[_kind(f)], ms=8, mfc=_face(f),
                  mec=_edge(f), mew=1.4)  # fmt: skip
    _feature_axis(axes, result, features, lang)
    axes.set_xticks(range(1, len(features) + 1))
    axes.set_xlim(0.5, max(1, len(features)) + 0.5)
    axes.set_xlabel(say("kano.figure.ranks.x", lang))
    letters = [c for c in _SHOWN if any(_kind(f) == c for f in features)]
    figure.legend(handles=[_handle(c, lang) for c in letters], loc="outside upper center", ncols=6)
    return figure


def continuous_chart(result: KanoResult, lang: Lang) -> Figure:
    """K20: mean scores with intervals; the lines at 2 are those of the categories."""
    shown = [f for f in result.features if f.continuous_all is not None and f.n_pairs > 0]
    figure, (axes,) = new_figure(16, 13)
    for line in (0.0, 2.0):
        axes.axvline(line, color=GREY, lw=1, ls="--" if line else "-")
        axes.axhline(line, color=GREY, lw=1, ls="--" if line else "-")
    z = z_of(result.settings.level)
    places = []
    for f in shown:
        scores = f.continuous_all
        if scores is None or scores.dysfunctional_mean is None or scores.functional_mean is None:
            continue
        x, y = scores.dysfunctional_mean, scores.functional_mean
        axes.errorbar(x, y, xerr=z * (scores.dysfunctional_se or 0),
                      yerr=z * (scores.functional_se or 0), fmt=MARKERS[_kind(f)],
                      ms=7, mfc=_face(f), mec=_edge(f), ecolor=GREY, elinewidth=1)  # fmt: skip
        places.append((x, y))
    # the scale ends at -2 and 4; the part below all needs and below nought is left out
    least = max(-2.0, min([0.0, *(min(place) for place in places)]) - 0.5)
    axes.set_xlim(least, 4)
    axes.set_ylim(least, 4)
    axes.set_xlabel(say("kano.figure.continuous.x", lang))
    axes.set_ylabel(say("kano.figure.continuous.y", lang))
    letters = [c for c in _SHOWN if any(_kind(f) == c for f in shown)]
    figure.legend(handles=[_handle(c, lang) for c in letters], loc="outside upper center", ncols=6)
    label_points(axes, places, [_name(result, f, lang, 9, 18) for f in shown])
    return figure


def answers_chart(result: KanoResult, lang: Lang) -> Figure:
    """The 25 pairs of answers of each feature, as shares of its pairs."""
    features = [f for f in result.features if f.matrix is not None and f.n_pairs > 0]
    wide = min(4, max(1, len(features)))
    rows = -(-len(features) // wide) or 1
    figure, all_axes = new_figure(16, 1.5 + 4.4 * rows, rows, wide)
    for axes in all_axes[len(features) :]:
        axes.set_axis_off()
    for axes, f in zip(all_axes, features, strict=False):
        shares = [[count / f.n_pairs for count in row] for row in f.matrix or ()]
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=0.5)
        for y, row in enumerate(shares):
            for x, share in enumerate(row):
                if share >= 0.02:
                    axes.text(x, y, f"{100 * share:.0f}", ha="center", va="center", fontsize=6.5,
                              color="white" if share > 0.3 else BLACK)  # fmt: skip
        axes.set_title(_name(result, f, lang, 10, 20), fontsize=7.5, loc="center")
        axes.set_xticks(range(5), [str(code) for code in range(1, 6)], fontsize=7)
        axes.set_yticks(range(5), [str(code) for code in range(1, 6)], fontsize=7)
        axes.grid(visible=False)
        axes.tick_params(length=0)
    figure.supxlabel(say("kano.figure.answers.x", lang), fontsize=8)
    figure.supylabel(say("kano.figure.answers.y", lang), fontsize=8)
    return figure


def groups_chart(result: KanoResult, split: Split, lang: Lang) -> Figure:
    """K24: Better and |Worse| of each group with intervals, for features that differ."""
    tests = [t for t in split.tests if t.proven]
    lines = [(t, group) for t in tests for group in t.tested]
    figure, panels = new_figure(16, 2.6 + 0.62 * len(lines) + 0.5 * len(tests), 1, 2, sharey=True)
    # a gap before the first group of each further feature
    rows = [i + 0.8 * tests.index(t) for i, (t, _) in enumerate(lines)]
    for axes, sign in zip(panels, (1, -1), strict=True):
        for row, (t, group) in zip(rows, lines, strict=True):
            e = (t.better if sign == 1 else t.worse)[group]
            if e.value is None or e.low is None or e.high is None:
                continue
            letter = t.modes[group] or "none"
            axes.plot([sign * e.low, sign * e.high], [row, row], color=GREY, lw=1.4)
            axes.plot(sign * e.value, row, marker=MARKERS[letter], ms=7, mfc=COLOURS[letter],
                      mec=BLACK)  # fmt: skip
        axes.set_xlim(0, 1)
        _percent(axes, "x")
        axes.set_xlabel(say(f"kano.figure.better_worse.{'y' if sign == 1 else 'x'}", lang))
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.grid(axis="y", visible=False)
    names = [_group_label(result, t, group, lang) for t, group in lines]
    panels[0].set_yticks(rows, names, fontsize=8)
    panels[0].set_ylim((rows[-1] if rows else 0) + 0.6, -0.6)
    used = {t.modes[group] or "none" for t, group in lines}
    handles = [_handle(c, lang) for c in _SHOWN if c in used]
    figure.legend(handles=handles, loc="outside upper center", ncols=6)
    return figure


def _group_label(result: KanoResult, test: SplitTest, group: str, lang: Lang) -> str:
    """The feature's name stands over its first group only."""
    n = sum(test.counts[group].values())
    name = known_as(group, result.names, lang)
    label = f"{name} (n = {n:,.0f})"
    if group != test.tested[0]:
        return label
    most = 14 if lang == "zh" else 28
    return in_lines(result.names[test.feature].in_(lang), most) + "\n" + label


# --- parts


def _region(axes: Axes, f: FeatureResult) -> None:
    if f.ellipse95 is None:
        return
    e = f.ellipse95
    tone = COLOURS[_kind(f)]
    axes.add_patch(
        Ellipse((e.centre_worse_abs, e.centre_better), 2 * e.semi_major, 2 * e.semi_minor,
                angle=e.angle_deg, facecolor=tone, edgecolor=tone, alpha=0.16, lw=1)
    )  # fmt: skip
    axes.add_patch(
        Ellipse((e.centre_worse_abs, e.centre_better), 2 * e.semi_major, 2 * e.semi_minor,
                angle=e.angle_deg, fill=False, edgecolor=GREY, alpha=0.6, lw=0.7)
    )  # fmt: skip


def _corners(axes: Axes, lang: Lang) -> list[Text]:
    """The names of the four fields, in their corners."""
    out = []
    for letter, x, y, ha, va in (
        ("A", 0.0, 1.0, "left", "top"),
        ("O", 1.0, 1.0, "right", "top"),
        ("I", 0.0, 0.0, "left", "bottom"),
        ("M", 1.0, 0.0, "right", "bottom"),
    ):
        name = say(f"kano.code.category.{letter}", lang)
        out.append(axes.text(x, y, name, ha=ha, va=va, color=GREY, fontsize=10))
    return out


def _face(f: FeatureResult) -> str:
    apart = f.top2_p_holm is not None and f.top2_p_holm < SEPARATED
    return COLOURS[_kind(f)] if apart else "white"


def _edge(f: FeatureResult) -> str:
    apart = f.top2_p_holm is not None and f.top2_p_holm < SEPARATED
    return BLACK if apart or f.category in (None, "Q", "I") else COLOURS[_kind(f)]


def _kind(f: FeatureResult) -> str:
    return f.category or "none"


def _area(f: FeatureResult) -> float:
    mean = f.importance.mean if f.importance and f.importance.mean else 4.0
    return 18 + 11 * mean


def _handle(letter: str, lang: Lang) -> Line2D:
    return Line2D([], [], ls="", marker=MARKERS[letter], mfc=COLOURS[letter], mec=BLACK, ms=7,
                  label=say(f"kano.code.letter.{letter}", lang))  # fmt: skip


def _feature_axis(
    axes: Axes, result: KanoResult, features: Sequence[FeatureResult], lang: Lang
) -> None:
    axes.set_yticks(range(len(features)), [_name(result, f, lang, 12, 26) for f in features])
    axes.set_ylim(len(features) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_color(LIGHT)


def _name(result: KanoResult, f: FeatureResult, lang: Lang, zh: int, en: int) -> str:
    """A feature's name in lines that fit: zh characters or en characters a line."""
    return in_lines(result.names[f.feature].in_(lang), zh if lang == "zh" else en)


def _n(f: FeatureResult) -> str:
    return "" if f.source == "shares" else f"n = {f.n_pairs:,.0f}"


def _percent(axes: Axes, which: str) -> None:
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(PercentFormatter(1.0))

"""Figures of training and points: coverage, mastery before and after, the funnel of points."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from playbook.chapters.plan.enabling.model import Observed, Points, Training
from playbook.chapters.plan.enabling.model_steps import Share
from playbook.chapters.plan.enabling.naming import name_of
from playbook.chapters.plan.enabling.points import control_limits
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, ORANGE, RED, new_figure
from playbook.core.lettering import short_name, wrapped
from playbook.core.placing import label_points
from playbook.core.text import Lang, Name, say

Names = Mapping[str, Name]

CELLS = {  # marker, colour, filled: told apart without colour
    "done": ("o", GREEN, True),
    "due": ("D", ORANGE, True),
    "expired": ("X", RED, True),
    "missing": ("o", GREY, False),
}
POINTS = {
    "better": ("v", GREEN),
    "watch": ("^", RED),
    "as_expected": ("D", BLUE),
    "not_judged": ("o", GREY),
}
MOST_ROWS = 24
MOST_LABELS = 10


def word(key: str, lang: Lang, **values: object) -> str:
    """A word of a figure of this part."""
    return say(f"plan.enabling.figure.{key}", lang, **values)


def by_teams(training: Training) -> bool:
    """Are there too many people for one grid, and teams to put them into?"""
    return len(training.by_person) > MOST_ROWS and bool(training.by_team)


def people_parts(training: Training) -> tuple[tuple[str, ...], ...]:
    """People in the order of the table, in grids of about equal size, at most four of them."""
    people = tuple(training.by_person)
    size = -(-len(people) // max(1, -(-len(people) // MOST_ROWS)))
    parts = [people[at : at + size] for at in range(0, len(people), max(1, size))]
    return tuple(parts[:4])


def people_chart(training: Training, lang: Lang, names: Names, people: Sequence[str]) -> Figure:
    """Grid person x topic: done, due for a refresher, expired, missing; blank: not required."""
    topics = list(training.by_topic)
    at = {person: row for row, person in enumerate(people)}
    figure, (axes,) = new_figure(16.5, 2.4 + 0.62 * len(people))
    for cell in training.cells:
        if cell.person not in at:
            continue
        marker, colour, filled = CELLS[cell.state]
        axes.plot(topics.index(cell.topic), at[cell.person], marker, color=colour, markersize=8,
                  markeredgewidth=1.4, markerfacecolor=colour if filled else "white")  # fmt: skip
    rows = [wrapped(short_name(name_of(p, names, lang)), 32, 1) for p in people]
    _grid(axes, rows, [name_of(t, names, lang) for t in topics])
    _cell_legend(axes, lang)
    return figure


def _cell_legend(axes: Axes, lang: Lang) -> None:
    handles = [
        Line2D([], [], linestyle="none", marker=m, color=c, markersize=7,
               markerfacecolor=c if filled else "white", label=word(f"cell_{state}", lang))
        for state, (m, c, filled) in CELLS.items()
    ]  # fmt: skip
    figure = axes.get_figure(root=True)
    if figure is not None:
        figure.legend(handles=handles, loc="outside lower center", ncols=4, fontsize=8)


def teams_chart(training: Training, lang: Lang, names: Names) -> Figure:
    """Grid team x topic: people covered of those who need it; the least covered team first."""
    topics = list(training.by_topic)
    cover = {(one.team, one.topic): one.cover for one in training.by_team}
    teams = _teams(training)[:MOST_ROWS]
    figure, (axes,) = new_figure(16.5, 2.2 + 0.66 * len(teams))
    grid = np.full((len(teams), len(topics)), np.nan)
    for i, team in enumerate(teams):
        for j, topic in enumerate(topics):
            found = cover.get((team, topic))
            if found is not None and found.value is not None:
                grid[i, j] = found.value
                mark = "" if found.value >= training.least else "!"
                dark = found.value > 0.6
                axes.text(j, i, f"{found.x}/{found.n}{mark}", ha="center", va="center",
                          fontsize=8.5, color="white" if dark else BLACK)  # fmt: skip
    axes.imshow(grid, cmap="Blues", vmin=0, vmax=1.1, aspect="auto")
    _grid(axes, [wrapped(name_of(team, names, lang), 24, 1) for team in teams],
          [name_of(topic, names, lang) for topic in topics])  # fmt: skip
    return figure


def _teams(training: Training) -> list[str]:
    """Teams with the least coverage first; alike ones in the order of the table."""
    held: dict[str, list[Share]] = {}
    for one in training.by_team:
        held.setdefault(one.team, []).append(one.cover)
    rate = {t: sum(c.x for c in of) / max(1, sum(c.n for c in of)) for t, of in held.items()}
    return sorted(rate, key=lambda team: rate[team])


def _grid(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Rows from the top, column names above, white lines between the cells."""
    slanted = len(columns) > 9
    heads = [wrapped(c, 26, 1) if slanted else wrapped(c, 84 // max(1, len(columns)), 3)
             for c in columns]  # fmt: skip
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.set_xticks(range(len(columns)), heads, fontsize=8)
    axes.xaxis.tick_top()
    if slanted:
        axes.tick_params(axis="x", rotation=45)
        for label in axes.get_xticklabels():
            label.set_horizontalalignment("left")
            label.set_rotation_mode("anchor")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(False)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="#E3E3E3", linewidth=1.0)
    axes.tick_params(which="minor", length=0)


def mastery_chart(training: Training, lang: Lang, names: Names) -> Figure:
    """Dumbbells: share at or above the pass mark before (ring) and after (disc), 95 % intervals.

    Topics that nobody was tested in stand below, said to be so.
    """
    effects = training.mastery
    rows = [*(e.topic for e in effects), *training.unmeasured]
    figure, (axes,) = new_figure(16.5, 2.6 + 1.15 * max(1, len(rows)))
    for at, effect in enumerate(effects):
        sure = effect.low > 0 or effect.high < 0
        colour = (GREEN if effect.low > 0 else RED) if sure else GREY
        _interval(axes, at - 0.13, effect.before, GREY)
        _interval(axes, at + 0.13, effect.after, colour)
        first, last = effect.before.value or 0.0, effect.after.value or 0.0
        axes.annotate("", (last, at), (first, at), annotation_clip=False,
                      arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.6,
                                  "shrinkA": 5, "shrinkB": 5})  # fmt: skip
        axes.plot(first, at, "o", color=BLACK, markerfacecolor="white", markersize=8, zorder=4)
        axes.plot(last, at, "o", color=colour, markersize=8, zorder=4)
        points = {key: 100 * getattr(effect, key) for key in ("diff", "low", "high")}
        said = word("effect_paired" if effect.paired else "effect_two", lang, n=effect.n, **points)
        axes.text(1.02, at, said, transform=axes.get_yaxis_transform(), va="center", fontsize=8)
    for at in range(len(effects), len(rows)):
        axes.text(
            0.5, at, word("untested", lang), ha="center", va="center", color=RED, fontsize=8.5
        )
    axes.set_yticks(range(len(rows)), [wrapped(name_of(t, names, lang), 20) for t in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    ticks = [k / 5 for k in range(6)]
    axes.set_xticks(ticks, [f"{t:.0%}" for t in ticks])
    axes.set_xlabel(word("mastery_axis", lang))
    axes.grid(axis="y", visible=False)
    return figure


def _interval(axes: Axes, at: float, found: Share, colour: str) -> None:
    if found.low is not None and found.high is not None:
        axes.plot([found.low, found.high], [at, at], color=colour, linewidth=1.4, alpha=0.7)


def funnel_chart(points: Points, lang: Lang, names: Names) -> Figure:
    """O/E against E with the limits beyond which the exact interval leaves 1.

    People are small and unnamed; groups are large. Named are all of a few groups, else those
    outside and the one with the worst bare rate.
    """
    people = [one for one in points.people if one.ratio is not None]
    groups = [one for one in points.groups if one.ratio is not None]
    shown = people + groups
    figure, (axes,) = new_figure(16.5, 10.5)
    most = max([one.expected for one in shown], default=1.0) * 1.06
    top = max([min(one.ratio or 0.0, 3.2) for one in shown], default=2.0) + 0.35
    _limits(axes, points, most)
    for one in people:
        _dot(axes, one, 5.0, top)
    for one in groups:
        _dot(axes, one, 9.0, top)
    axes.axhline(1, color=BLACK, linewidth=1.0)
    axes.set_xlim(-0.015 * most, most)
    axes.set_ylim(-0.06, max(2.0, top))
    axes.set_xlabel(word("funnel_x", lang))
    axes.set_ylabel(word("funnel_y", lang))
    _funnel_legend(axes, points.level, lang)
    worst = max(groups, key=lambda one: one.raw or 0.0, default=None)  # by the bare rate
    named = [one for one in groups if one.state in ("better", "watch") or one is worst]
    if len(groups) <= MOST_LABELS:
        named = groups
    label_points(
        axes,
        [(one.expected, min(one.ratio or 0.0, top - 0.1)) for one in named],
        [name_of(one.name, names, lang) for one in named],
        size=7.5,
    )
    return figure


def _limits(axes: Axes, points: Points, most: float) -> None:
    at = np.geomspace(max(0.3, most / 400), most, 160)
    limits = control_limits([float(e) for e in at], points.level)
    low = [np.nan if low is None else low for low, _ in limits]
    axes.plot(at, [high for _, high in limits], color=GREY, linewidth=1.2, linestyle="--")
    axes.plot(at, low, color=GREY, linewidth=1.2, linestyle="--")


def _dot(axes: Axes, one: Observed, size: float, top: float) -> None:
    marker, colour = POINTS[one.state]
    small = size < 6
    if small and one.state == "as_expected":
        marker = "o"
    axes.plot(one.expected, min(one.ratio or 0.0, top - 0.1), marker, color=colour,
              markersize=size, markerfacecolor="white" if one.state == "not_judged" else colour,
              alpha=0.55 if small else 1.0, markeredgewidth=1.0,
              zorder=6 if small else 3)  # fmt: skip


def _funnel_legend(axes: Axes, level: float, lang: Lang) -> None:
    handles = [
        Line2D([], [], linestyle="none", marker=m, color=c, markersize=6,
               markerfacecolor="white" if state == "not_judged" else c,
               label=word(f"point_{state}", lang))
        for state, (m, c) in POINTS.items()
    ]  # fmt: skip
    handles.append(Line2D([], [], linestyle="none", marker="o", color=BLUE, alpha=0.55,
                          markersize=5, label=word("point_person", lang)))  # fmt: skip
    handles.append(Line2D([], [], linestyle="--", color=GREY,
                          label=word("funnel_limit", lang, level=level)))  # fmt: skip
    figure = axes.get_figure(root=True)
    if figure is not None:
        figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=8)

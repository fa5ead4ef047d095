"""The pilot's pictures: evidence on one page, sensitivity strip, design power, guardrails."""

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from playbook.chapters.pilot.parts import Guardrail, Lift, SensitivityRow, StoreChange
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.wording import amount, row_label, scale_of
from playbook.core.figure import BLACK, BLUE, GREEN, GREY, LIGHT, ORANGE, RED, SKY, new_figure
from playbook.core.text import Lang, say

MOST_LEFT_OUT = 12
STATE_COLOURS = {"safe": GREEN, "undecided": ORANGE, "harm": RED}
STATE_MARKS = {"safe": "o", "undecided": "s", "harm": "X"}


def evidence_chart(result: PilotResult, lang: Lang) -> Figure:
    """The lift with its intervals against 0 and the margin; below, each store's change."""
    stores = _ordered(result)
    height = 2.2 + 0.56 * len(stores)
    if result.primary is None:
        figure, (low,) = new_figure(16, height)
    else:
        # room for the rows of stores, and a fixed strip for the lift above them
        figure, (top, low) = new_figure(
            16, height + 4, 2, 1, sharex=True, height_ratios=[2.6, 1.2 + 0.5 * len(stores)]
        )
        _lift(top, result.primary, result, lang)
        _zero_and_margin(top, result)
        top.tick_params(labelbottom=True)
        figure.legend(loc="outside upper right", ncols=2)
    _changes(low, stores, result, lang)
    low.set_xlabel(say(f"pilot.figure.change_axis.{result.measure}", lang))
    return figure


def sensitivity_chart(result: PilotResult, lang: Lang) -> Figure:
    """One row for each other way to estimate, with its interval."""
    rows = strip_rows(result.sensitivity)
    figure, (axes,) = new_figure(16, 2.6 + 0.58 * max(2, len(rows)))
    scale = scale_of(result)
    for place, row in enumerate(rows):
        y, first = len(rows) - 1 - place, row.code == "primary"
        colour, width, size = (BLUE, 3.0, 7) if first else (GREY, 1.6, 5)
        line = "--" if row.level < 0.95 else "-"
        if row.low is not None and row.high is not None:
            axes.plot([row.low * scale, row.high * scale], [y, y], color=colour, lw=width, ls=line)
        axes.plot(row.estimate * scale, y, "D" if first else "o", color=colour, ms=size)
    labels = [row_label(row, result, lang) for row in rows]
    axes.set_yticks(range(len(rows))[::-1], labels)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.grid(axis="y", visible=False)
    _zero_and_margin(axes, result)
    axes.set_xlabel(say(f"pilot.figure.lift_axis.{result.measure}", lang))
    return figure


def design_chart(result: PilotResult, lang: Lang) -> Figure:
    """The true lift a design can prove, by answers a store and number of pilots."""
    figure, (axes,) = new_figure(16, 8.6)
    scale, design = scale_of(result), result.design
    controls = design.controls if design.controls >= 2 else 10
    looks = ((RED, "o", "-"), (ORANGE, "s", "--"), (BLUE, "D", "-."), (GREEN, "^", ":"))
    pilots = sorted({cell.pilots for cell in design.table})
    for number, (colour, mark, line) in zip(pilots, looks, strict=False):
        cells = sorted(
            (c for c in design.table if c.pilots == number and c.controls == controls),
            key=lambda c: c.answers,
        )
        label = say("pilot.figure.design.line", lang, pilots=number, controls=controls)
        axes.plot([c.answers for c in cells], [c.lift_needed * scale for c in cells],
                  color=colour, marker=mark, ls=line, ms=5, label=label)  # fmt: skip
    if design.lift_needed is not None:
        axes.plot(design.answers, design.lift_needed * scale, "*", color=BLACK, ms=14,
                  label=say("pilot.figure.design.here", lang))  # fmt: skip
    levels = [("margin", result.margin, BLACK)]
    if result.planned_lift is not None:
        levels.append(("planned", result.planned_lift, GREEN))
    for word, level, colour in levels:
        text = say(f"pilot.figure.design.{word}", lang, level=amount(level, result, sign=False))
        axes.axhline(level * scale, color=colour, lw=1.4, ls=(0, (6, 3)), label=text)
    axes.set_xscale("log")
    axes.set_xticks([50, 100, 200, 300, 500, 1000], ["50", "100", "200", "300", "500", "1000"])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.set_xlabel(say("pilot.figure.design.x", lang))
    axes.set_ylabel(say(f"pilot.figure.design.y.{result.measure}", lang))
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def guardrail_chart(result: PilotResult, lang: Lang) -> Figure:
    """Harm as a share of its margin: safe left of the margin, harm right of it."""
    rows = [g for g in result.guardrails if g.harm is not None]
    figure, (axes,) = new_figure(16, 2.8 + 0.95 * max(1, len(rows)))
    for place, g in enumerate(rows):
        _guardrail(axes, g, len(rows) - 1 - place, lang)
    names = [_wrapped(result.names[g.metric].in_(lang), lang) for g in rows]
    axes.set_yticks(range(len(rows))[::-1], names)
    axes.set_ylim(-0.6, len(rows) - 0.2)
    axes.axvline(0, color=GREY, lw=1)
    axes.axvline(1, color=BLACK, lw=1.4, ls=(0, (6, 3)))
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(say("pilot.figure.guardrail.x", lang))
    return figure


def strip_rows(rows: tuple[SensitivityRow, ...]) -> list[SensitivityRow]:
    """All rows, but of many stores left out only the lowest and the highest."""
    ways = [row for row in rows if not row.code.startswith("without")]
    left_out = sorted((row for row in rows if row not in ways), key=lambda row: row.estimate)
    if len(left_out) > MOST_LEFT_OUT:
        left_out = [left_out[0], left_out[-1]]
    return ways + left_out


def _ordered(result: PilotResult) -> list[StoreChange]:
    """Pilots first, then controls, each by their change."""
    known = [row for row in result.store_change if row.change is not None]
    return sorted(known, key=lambda row: (row.arm == "control", -(row.change or 0.0)))


def _lift(axes: Axes, primary: Lift, result: PilotResult, lang: Lang) -> None:
    scale = scale_of(result)
    estimate, low, high = (x * scale for x in (primary.estimate, primary.ci_low, primary.ci_high))
    inner = [primary.ci90_low * scale, primary.ci90_high * scale]
    words = {key: say(f"pilot.figure.evidence.{key}", lang) for key in ("ci95", "ci90")}
    axes.plot([low, high], [0, 0], color=BLUE, lw=2, label=words["ci95"])
    axes.plot(inner, [0, 0], color=BLUE, lw=7, alpha=0.45, solid_capstyle="butt",
              label=words["ci90"])  # fmt: skip
    axes.plot(estimate, 0, "D", color=BLUE, ms=9)
    ends = {
        "lift": amount(primary.estimate, result), "low": amount(primary.ci_low, result),
        "high": amount(primary.ci_high, result),
    }  # fmt: skip
    _label(axes, say("pilot.figure.evidence.lift", lang, **ends), estimate, 0, 11)
    level = amount(result.margin, result, sign=False)
    _label(axes, say("pilot.figure.design.margin", lang, level=level), result.margin * scale, -1, 3)
    axes.set_yticks([0], [say("pilot.figure.evidence.row", lang)])
    axes.set_ylim(-1, 1.3)
    axes.grid(axis="y", visible=False)
    axes.set_title(say("pilot.figure.evidence.above", lang))


def _label(axes: Axes, text: str, x: float, y: float, lift: float) -> None:
    """Text above a point, on white so that lines behind it do not cross it."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    axes.annotate(
        text, (x, y), (0, lift), textcoords="offset points", ha="center", bbox=box, zorder=5
    )


def _changes(axes: Axes, stores: list[StoreChange], result: PilotResult, lang: Lang) -> None:
    """Each branch's own change, against the mean of the controls: the threshold is no line here,
    for it is set for the difference."""
    scale = scale_of(result)
    for place, row in enumerate(stores):
        y, pilot = len(stores) - 1 - place, row.arm == "pilot"
        colour = RED if pilot else GREY
        if row.low is not None and row.high is not None:
            axes.plot([row.low * scale, row.high * scale], [y, y], color=colour, lw=1.4)
        axes.plot((row.change or 0.0) * scale, y, "D" if pilot else "o", color=colour,
                  mfc=colour if pilot else "white", ms=7 if pilot else 6)  # fmt: skip
    labels = [
        say(f"pilot.figure.evidence.{row.arm}", lang, name=result.names[row.store].in_(lang),
            pre=row.n_pre, post=row.n_post)
        for row in stores
    ]  # fmt: skip
    axes.set_yticks(range(len(stores))[::-1], labels)
    axes.set_ylim(-0.7, len(stores) - 0.3)
    pilots = sum(row.arm == "pilot" for row in stores)
    if pilots < len(stores):
        axes.axhline(len(stores) - pilots - 0.5, color=LIGHT, lw=1.2)
    axes.grid(axis="y", visible=False)
    axes.set_title(say("pilot.figure.evidence.below", lang))
    axes.axvline(0, color=GREY, lw=1)
    controls = [row.change for row in stores if row.arm == "control" and row.change is not None]
    if controls:
        mean = sum(controls) / len(controls)
        axes.axvline(mean * scale, color=SKY, lw=1.6, ls=":")
        _label(axes, say("pilot.figure.evidence.mean", lang), mean * scale, -1.35, 0)
        axes.set_ylim(-1.6, len(stores) - 0.3)


def _zero_and_margin(axes: Axes, result: PilotResult) -> None:
    axes.axvline(0, color=GREY, lw=1)
    axes.axvline(result.margin * scale_of(result), color=BLACK, lw=1.4, ls=(0, (6, 3)))


def _guardrail(axes: Axes, g: Guardrail, y: int, lang: Lang) -> None:
    if g.harm is None or g.low is None or g.high is None:
        return
    colour = STATE_COLOURS[g.state]
    axes.plot([g.low / g.margin, g.high / g.margin], [y, y], color=colour, lw=3)
    axes.plot(g.harm / g.margin, y, STATE_MARKS[g.state], color=colour, ms=9)
    axes.annotate(say(f"pilot.guardrail.{g.state}", lang), (g.harm / g.margin, y), (0, 8),
                  textcoords="offset points", ha="center", color=BLACK)  # fmt: skip


def _wrapped(name: str, lang: Lang) -> str:
    return "\n".join(wrap(name, 12 if lang == "zh" else 24))

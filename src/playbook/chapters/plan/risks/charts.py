"""The risk matrix: probability by impact, each risk by its place in the order, with its name."""

from collections import defaultdict
from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from playbook.chapters.plan.risks.model import Risk, RiskLevel, Risks
from playbook.core.figure import BLACK, GREY, ORANGE, RED, new_figure
from playbook.core.lettering import wrapped
from playbook.core.text import Lang, Name, known_as, say

TINT: Mapping[RiskLevel, str] = {"red": "#F6D5C2", "amber": "#FBEBC8", "green": "#F2F2F2"}
MARK: Mapping[RiskLevel, str] = {"red": "▲", "amber": "■", "green": "●"}
INK: Mapping[RiskLevel, str] = {"red": RED, "amber": ORANGE, "green": GREY}
MOST = 16
"""Risks named beside one matrix; the rest stands in the table."""


def matrix_chart(result: Risks, lang: Lang, names: Mapping[str, Name]) -> Figure:
    """Numbers in the cells are places in the order; the names stand beside."""
    shown = result.risks[:MOST]
    height = max(8.5, 0.85 * len(shown) + 1.6)
    figure, (matrix, legend) = new_figure(17.5, height, 1, 2, width_ratios=[5, 5])
    _cells(matrix, result, lang)
    held: dict[tuple[int, int], list[Risk]] = defaultdict(list)
    for risk in shown:
        held[risk.probability, risk.impact].append(risk)
    for (probability, impact), risks in held.items():
        text = "\n".join(
            "  ".join(f"{MARK[r.level]}{r.order}" for r in risks[i : i + 2])
            for i in range(0, len(risks), 2)
        )
        matrix.text(impact, probability, text, ha="center", va="center", color=BLACK, fontsize=9)
    _names(legend, shown, lang, names)
    return figure


def _cells(axes: Axes, result: Risks, lang: Lang) -> None:
    for probability in range(1, 6):
        for impact in range(1, 6):
            score = probability * impact
            level: RiskLevel = "green"
            if score >= result.amber_score:
                level = "red" if score >= result.red_score else "amber"
            corner = (impact - 0.5, probability - 0.5)
            axes.add_patch(Rectangle(corner, 1, 1, facecolor=TINT[level], edgecolor="white", lw=2))
            axes.text(impact + 0.44, probability - 0.44, str(score), ha="right", va="bottom",
                      fontsize=6.5, color=GREY)  # fmt: skip
    axes.set(xlim=(0.5, 5.5), ylim=(0.5, 5.5), xticks=range(1, 6), yticks=range(1, 6))
    axes.set_xlabel(say("plan.risks.axis.impact", lang))
    axes.set_ylabel(say("plan.risks.axis.probability", lang))
    axes.grid(False)


def _names(axes: Axes, shown: tuple[Risk, ...], lang: Lang, names: Mapping[str, Name]) -> None:
    axes.axis("off")
    axes.set(xlim=(0, 1), ylim=(len(shown) + 0.5, 0.5))
    for risk in shown:
        name = known_as(risk.risk, names, lang)
        axes.text(0.0, risk.order, f"{MARK[risk.level]}{risk.order}", va="center",
                  color=INK[risk.level])  # fmt: skip
        axes.text(0.11, risk.order, wrapped(name, 40), va="center", color=BLACK, fontsize=8.5)

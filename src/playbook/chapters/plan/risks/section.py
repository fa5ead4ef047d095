"""The risk register in words, tables and a matrix."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from playbook.chapters.plan.choice.lettering import after_amount, chance
from playbook.chapters.plan.risks.charts import matrix_chart
from playbook.chapters.plan.risks.model import Risks
from playbook.chapters.plan.risks.tables import Setter
from playbook.core.findings import Finding
from playbook.core.section import Block, Picture, Text
from playbook.core.text import Lang, Name, known_as, say


def blocks(result: Risks, lang: Lang, names: Mapping[str, Name]) -> tuple[Block, ...]:
    """The matrix and the register; what to watch stands in the annex."""
    set_ = Setter(result, lang, names)
    picture = Picture(
        "plan_risk_matrix",
        say("plan.risks.figure.matrix.caption", lang),
        say("plan.risks.figure.matrix.alt", lang),
        partial(matrix_chart, result, lang, names),
    )
    lead = Text((say("plan.risks.lead.risks", lang),))
    watch = Text((say("plan.risks.lead.risk_watch", lang),))
    return (
        Block("risks", say("plan.risks.block.risks", lang), (lead, picture, set_.register()), lang),
        Block(
            "risk_watch", say("plan.risks.block.risk_watch", lang), (watch, set_.watch()), lang,
            annex=True,
        ),
    )  # fmt: skip


def worded(finding: Finding, lang: Lang, names: Mapping[str, Name]) -> Finding:
    """Families and small chances of a finding said as words; others come back as they are."""
    if finding.code == "exposure_over_reserve":
        prob = float(finding.values["prob"] or 0.0)
        currency = after_amount(str(finding.values["currency"]))
        said = chance(prob)
        return replace(finding, values={**finding.values, "prob": said, "currency": currency})
    if finding.code.startswith("risk_") and finding.code != "risk_family_empty":
        quoted = tuple(f"“{known_as(one, names, lang)}”" for one in finding.about)
        return replace(finding, about=quoted)  # a name may hold a comma
    if finding.code != "risk_family_empty":
        return finding
    about = tuple(say(f"plan.risks.family.{family}", lang) for family in finding.about)
    return replace(finding, about=about)


def notes(result: Risks, lang: Lang) -> tuple[str, ...]:
    """How the order is made, and what it is not."""
    values = {"red": result.red_score, "amber": result.amber_score, "exposure": result.exposure,
              "currency": after_amount(result.currency)}  # fmt: skip
    return (say("plan.risks.note.order", lang, **values),)


def references(lang: Lang) -> tuple[str, ...]:
    """The order is practice, without a literature of its own."""
    return ()

"""The plan in words, tables and figures: the page to hand round first, then part by part."""

from playbook.chapters.plan.analysis import PlanResult
from playbook.core.section import Block, Conclusions, Section, conclude
from playbook.core.text import Lang, say


def section(result: PlanResult, lang: Lang) -> Section:
    """Everything the chapter shows."""
    found = conclude("plan", result.findings, lang, result.names)
    summary = Block("summary", say("plan.block.summary", lang), (Conclusions(found),), lang)
    return Section(
        "plan",
        say("chapter.plan.title", lang),
        lang,
        say("chapter.plan.question", lang),
        (summary,),
        found,
    )

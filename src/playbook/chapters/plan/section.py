"""The plan in words, tables and figures: the page to hand round first, then part by part."""

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

from playbook.chapters.plan.analysis import PlanResult
from playbook.chapters.plan.choice import section as choice
from playbook.chapters.plan.enabling import section as enabling
from playbook.chapters.plan.money import section as money
from playbook.chapters.plan.page_tables import Page
from playbook.chapters.plan.people import lettering as people_words
from playbook.chapters.plan.people import section as people
from playbook.chapters.plan.risks import section as risks
from playbook.chapters.plan.schedule import section as schedule
from playbook.core.findings import Finding
from playbook.core.section import Block, Conclusion, Conclusions, Section, Text, conclude
from playbook.core.text import Lang, listing, say


def section(result: PlanResult, lang: Lang) -> Section:
    """Everything the chapter shows; parts without tables are named in the summary.

    The headlines stand in the summary, every conclusion at the head of its own part.
    """
    findings = tuple(_worded(finding, result, lang) for finding in result.findings)
    found = conclude("plan", findings, lang, result.names)
    heads = Conclusions(tuple(one for one in found if one.headline))
    lead = Text(tuple(_lead(result, lang)))
    summary = Block("summary", say("plan.block.summary", lang), (lead, heads), lang)
    parts = list(_parts(result))
    return Section(
        "plan",
        say("chapter.plan.title", lang),
        lang,
        say("chapter.plan.question", lang),
        (summary, *_page(result, lang), *_part_blocks(result, parts, found, lang),
         *_doubts(result, lang)),
        found,
        tuple(note for part, module in parts for note in module.notes(part, lang)),
        tuple(one for _, module in parts for one in module.references(lang)),
    )  # fmt: skip


def _part_blocks(
    result: PlanResult, parts: list[tuple[Any, ModuleType]], found: tuple[Conclusion, ...],
    lang: Lang,
) -> Iterator[Block]:  # fmt: skip
    """The blocks of each part, its conclusions at the head of the first one."""
    at = 0
    for part, module in parts:
        count = len(part.findings)
        own = Conclusions(found[at : at + count])
        at += count
        first, *others = module.blocks(part, lang, result.names)
        text, *items = first.items
        yield replace(first, items=(text, own, *items) if own.items else first.items)
        yield from others


def _parts(result: PlanResult) -> Iterator[tuple[Any, ModuleType]]:
    """Each part that is there, with the module that shows it."""
    every: tuple[tuple[Any, ModuleType], ...] = (
        (result.choice, choice),
        (result.schedule, schedule),
        (result.people, people),
        (result.money, money),
        (result.risks, risks),
        (result.enabling, enabling),
    )
    return ((part, module) for part, module in every if part is not None)


def _worded(finding: Finding, result: PlanResult, lang: Lang) -> Finding:
    """Values that are codes of a part are said in its words; each part knows its own."""
    finding = people_words.worded(finding, lang, result.names)
    finding = money.worded(finding, lang, result.names)
    return risks.worded(finding, lang)


def _lead(result: PlanResult, lang: Lang) -> Iterator[str]:
    if result.choice is not None:
        chosen = result.choice
        yield say(
            "plan.lead.summary", lang, chosen=len(chosen.selected), actions=len(chosen.actions),
            effort=chosen.effort, cost=chosen.cost, currency=result.currency,
        )  # fmt: skip
    named = ("choice", "schedule", "people", "money", "risks", "enabling")
    absent = [say(f"plan.part.{name}", lang) for name in named if getattr(result, name) is None]
    if absent:
        yield say("plan.lead.absent", lang, parts=listing(absent, lang))


def _page(result: PlanResult, lang: Lang) -> Iterator[Block]:
    """The plan on a page: goals, key actions with dates, owners and money, and the main risks."""
    if result.choice is None:
        return
    page = Page(result, lang)
    tables = [page.goals(), page.actions(), page.risks()]
    items = [table for table in tables if table is not None and table.rows]
    lead = Text((page.promise(), say("plan.lead.page", lang)))
    yield Block("page", say("plan.block.page", lang), (lead, *items), lang)


def _doubts(result: PlanResult, lang: Lang) -> Iterator[Block]:
    """What is doubtful in the tables, each with its place."""
    if result.problems:
        lines = tuple(problem.say(lang) for problem in result.problems)
        yield Block("doubts", say("plan.block.doubts", lang), (Text(lines),), lang, annex=True)

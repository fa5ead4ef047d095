"""The plan in words, tables and figures: the page to hand round first, then part by part."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from playbook.chapters.plan.analysis import PlanResult
from playbook.chapters.plan.choice import section as choice
from playbook.chapters.plan.choice.lettering import after_amount
from playbook.chapters.plan.enabling import section as enabling
from playbook.chapters.plan.money import section as money
from playbook.chapters.plan.page_tables import Page
from playbook.chapters.plan.people import lettering as people_words
from playbook.chapters.plan.people import section as people
from playbook.chapters.plan.risks import section as risks
from playbook.chapters.plan.schedule import section as schedule
from playbook.core.findings import Finding
from playbook.core.section import Block, Conclusion, Conclusions, Section, Text, conclude, spread
from playbook.core.text import Lang, Name, listing, say

LESSON = {
    "page": "plan_actions", "choice": "plan_actions", "choice_goals": "plan_actions",
    "schedule": "plan_actions", "network": "plan_actions", "promise": "plan_actions",
    "people_load": "plan_people", "people_staffing": "plan_load", "people_expectations":
    "plan_expectations", "people_messages": "plan_messages", "people_team": "plan_people",
    "people_gate": "plan_forms",
    "budget": "plan_budget", "presets": "plan_budget", "vendors": "plan_vendors",
    "risks": "plan_risks", "risk_watch": "plan_risks", "training": "plan_training",
    "points": "plan_points", "sop": "plan_sop", "blueprint": "plan_blueprint",
    "knowledge": "plan_articles", "forms": "plan_forms", "answers": "plan_actions",
    "library": "plan_actions", "pay": "tree_weights", "form_response": "plan_forms",
    "form_recognition": "plan_forms", "form_authority": "plan_forms",
    "form_technology": "plan_forms", "form_resource": "plan_forms",
}  # fmt: skip
"""Blocks that the lesson shows, each with the table it cannot do without."""


def section(result: PlanResult, lang: Lang) -> Section:
    """Everything the chapter shows; parts without tables are named in the summary.

    The headlines stand in the summary, every conclusion at the head of its own part.
    """
    parts = list(_parts(result, lang))
    found = tuple(one for part in parts for one in part.conclusions)
    heads = Conclusions(tuple(one for one in found if one.headline))
    lead = Text(tuple(_lead(result, lang)))
    summary = Block("summary", say("plan.block.summary", lang), (lead, heads), lang)
    return Section(
        "plan",
        say("chapter.plan.title", lang),
        lang,
        say("chapter.plan.question", lang),
        _all_there((summary, *_page(result, lang), *_part_blocks(result, parts, lang)), lang)
        + tuple(_doubts(result, lang)),
        found,
        tuple(note for one in parts for note in one.module.notes(one.part, lang)),
        tuple(source for one in parts for source in one.module.references(lang)),
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One part of the result, the module that shows it, and its conclusions in words."""

    part: Any
    module: ModuleType
    conclusions: tuple[Conclusion, ...]


def _parts(result: PlanResult, lang: Lang) -> Iterator[Shown]:
    """Each part that is there; the findings of the whole are its parts' in their order."""
    every: tuple[tuple[Any, ModuleType, Callable[..., Finding]], ...] = (
        (result.choice, choice, choice.worded),
        (result.schedule, schedule, _as_it_is),
        (result.people, people, people_words.worded),
        (result.money, money, money.worded),
        (result.risks, risks, risks.worded),
        (result.enabling, enabling, enabling.worded),
    )
    at = 0
    for part, module, worded in every:
        if part is not None:
            own = result.findings[at : at + len(part.findings)]
            at += len(own)
            findings = tuple(worded(one, lang, result.names) for one in own)
            yield Shown(part, module, conclude("plan", findings, lang, result.names))


def _as_it_is(finding: Finding, lang: Lang, names: Mapping[str, Name]) -> Finding:
    return finding


def _part_blocks(result: PlanResult, parts: list[Shown], lang: Lang) -> Iterator[Block]:
    """The blocks of each part, every conclusion in the block it speaks of."""
    for one in parts:
        blocks = one.module.blocks(one.part, lang, result.names)
        yield from spread(blocks, one.conclusions, HOMES)


HOMES = {
    "plan_reaches_goal": "choice_goals", "plan_may_reach_goal": "choice_goals",
    "goal_without_action": "choice_goals",
    "action_without_need": "answers", "need_not_missed": "answers", "limit_": "limits",
    "shorten_": "network", "chain_": "network", "wait_passed_on": "network",
    "likely_end": "promise", "buffers_differ": "promise", "goal_end_at_risk": "promise",
    "promise_p80": "promise", "promise_": "people_staffing",
    "expectation": "people_expectations", "team_": "people_team",
    "meeting_short": "people_team", "gate_": "people_gate", "segments_": "people_messages",
    "messages_": "people_messages", "high_value_": "people_messages",
    "crisis_": "people_messages", "meetings_": "people_messages", "vendor_": "vendors",
    "points_": "points", "raw_rate_": "points", "review_incentive": "points",
    "procedure_": "sop", "targets_": "sop", "compliance_": "sop", "authority_": "sop",
    "blueprint_": "blueprint", "articles_": "knowledge", "pay_": "pay", "forms_": "forms",
}  # fmt: skip
"""Where conclusions stand, by the start of their code; the first that fits."""


def _all_there(blocks: tuple[Block, ...], lang: Lang) -> tuple[Block, ...]:
    """What a case has no table for is a block that says so, in the annex."""
    there = {block.id for block in blocks}

    def absent(key: str, table: str) -> Block:
        needs = Text((say("plan.lead.needs", lang, table=f"{table}.csv"),))
        return Block(key, say("plan.block.absent", lang), (needs,), lang, annex=True)

    return (*blocks, *(absent(key, table) for key, table in LESSON.items() if key not in there))


def _lead(result: PlanResult, lang: Lang) -> Iterator[str]:
    if result.choice is not None:
        chosen = result.choice
        yield say(
            "plan.lead.summary", lang, chosen=len(chosen.selected), actions=len(chosen.actions),
            effort=chosen.effort, cost=chosen.cost, currency=after_amount(result.currency),
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

"""The money of the plan in words, tables and a figure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from playbook.chapters.plan.choice.lettering import after_amount
from playbook.chapters.plan.money.cards import missing
from playbook.chapters.plan.money.charts import budget_chart, presets_chart
from playbook.chapters.plan.money.lettering import named
from playbook.chapters.plan.money.model import Budget, Money
from playbook.chapters.plan.money.tables import Setter
from playbook.core.findings import Finding
from playbook.core.section import Block, Item, Picture, Text
from playbook.core.text import Lang, Name, listing, say


def blocks(result: Money, lang: Lang, names: Mapping[str, Name]) -> tuple[Block, ...]:
    """The budget; in the annex its presets and the vendor cards."""
    set_ = Setter(lang, names)
    found: list[Block] = []
    if result.budget:
        found.append(_block("budget", _budget(set_, result.budget), lang))
        found.append(_block("presets", _presets(set_, result.budget), lang, annex=True))
        if result.budget.by_action:
            table = set_.by_action(result.budget)
            found.append(_block("budget_actions", (table,), lang, annex=True))
    if result.vendors:
        items: tuple[Item, ...] = (set_.vendors(result.vendors), *_lacking(set_, result))
        found.append(_block("vendors", items, lang, annex=True))
    return tuple(found)


def _block(key: str, items: tuple[Item, ...], lang: Lang, annex: bool = False) -> Block:
    lead = Text((say(f"plan.money.lead.{key}", lang),))
    return Block(key, say(f"plan.money.block.{key}", lang), (lead, *items), lang, annex=annex)


def _budget(set_: Setter, budget: Budget) -> tuple[Item, ...]:
    lang = set_.lang
    picture = Picture(
        "plan_budget",
        say("plan.money.figure.budget.caption", lang),
        say("plan.money.figure.budget.alt", lang),
        partial(budget_chart, budget, lang, set_.names),
    )
    tables = (set_.categories(budget), *((set_.quarters(budget),) if budget.by_quarter else ()))
    spent = budget.spending
    if spent is None:
        return (picture, *tables)
    lasts = say(
        "plan.money.lead.lasts", lang, available=spent.available, p50=spent.p50, p80=spent.p80,
        apart=spent.prob_apart, together=spent.prob_together, draws=spent.draws,
        currency=after_amount(budget.currency),
    )  # fmt: skip
    return (Text((lasts,)), picture, *tables)


def _presets(set_: Setter, budget: Budget) -> tuple[Item, ...]:
    """Every proposal as a whole first, then line by line; never one beside the other's parts."""
    lang = set_.lang
    picture = Picture(
        "plan_presets",
        say("plan.money.figure.presets.caption", lang),
        say("plan.money.figure.presets.alt", lang),
        partial(presets_chart, budget, lang, set_.names),
    )
    tables = (set_.preset(one) for one in budget.presets)
    return (picture, *tables, Text(tuple(_outside(set_, budget))))


def _lacking(set_: Setter, result: Money) -> tuple[Text, ...]:
    """The usual rows that a vendor's card does not have, vendor by vendor."""
    lines = tuple(
        say("plan.money.lacking", set_.lang, vendor=set_.name(vendor),
            criteria=listing([set_.name(c) or c for c in criteria], set_.lang))
        for vendor, criteria in missing(result.vendors).items()
    )  # fmt: skip
    return (Text(lines),) if lines else ()


def _outside(set_: Setter, budget: Budget) -> Iterator[str]:
    """Each preset's blind spots; and the conflict between the two."""
    for preset in budget.presets:
        if preset.outside:
            categories = listing([set_.name(c) or c for c in preset.outside], set_.lang)
            name = say(f"plan.money.figure.presets.{preset.preset}", set_.lang)
            yield say("plan.money.outside", set_.lang, preset=name, categories=categories)
    yield say("plan.money.conflict", set_.lang)


def worded(finding: Finding, lang: Lang, names: Mapping[str, Name]) -> Finding:
    """Touchpoints and vendors of a finding by their names, its currency set after amounts."""
    currency = after_amount(str(finding.values.get("currency") or ""))
    finding = replace(finding, values={**finding.values, "currency": currency})
    if finding.code not in CODES:
        return finding
    return replace(finding, about=tuple(named(key, names, lang) for key in finding.about))


CODES = frozenset(
    {"budget_focused", "budget_scattered", "vendor_missed", "vendor_overdue", "vendor_card_short"}
)


def notes(result: Money, lang: Lang) -> tuple[str, ...]:
    """How the money is split and what its ranges are."""
    return (say("plan.money.note.split", lang),) if result.budget else ()


def references(lang: Lang) -> tuple[str, ...]:
    """The two proposals are those of the source documents."""
    return (say("plan.money.reference.hamilton", lang),)

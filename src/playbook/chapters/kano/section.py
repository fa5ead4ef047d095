"""The Kano diagnosis in words, tables and figures."""

from collections.abc import Callable
from dataclasses import replace

from matplotlib.figure import Figure

from playbook.chapters.kano import charts, tables, tables_checks
from playbook.chapters.kano.evaluation import CATEGORIES
from playbook.chapters.kano.result import KanoResult, Split
from playbook.core.findings import Finding
from playbook.core.section import Block, Conclusions, Item, Picture, Section, Text, conclude
from playbook.core.text import Lang, listing, say

_LETTER_SLOTS = (
    "category",
    "first",
    "second",
    "earlier",
    "mode_a",
    "mode_b",
    "standard",
    "pouliot",
)
_REFERENCES = ("kano", "berger", "sauerwein", "lee", "hung", "wilson", "chapman")


def section(result: KanoResult, lang: Lang) -> Section:
    """Show the diagnosis: conclusions, data, categories, coefficients, groups, actions."""
    found = conclude("kano", _spoken(result, lang), lang, result.names)
    parts: dict[str, tuple[Item, ...]] = {
        "summary": (_lead(result, lang), Conclusions(found)),
        "card": (_card(result, lang), tables.card(result, lang)),
        "quality": (_quality(result, lang), tables.quality(result, lang)),
        "main": (
            _text("main", lang, draws=result.settings.draws),
            tables.main(result, lang),
        ),
        "categories": (
            _text("categories", lang),
            _picture("categories", charts.categories_chart, result, lang),
        ),
        "answers": _answers(result, lang),
        "better_worse": (
            _plane(result, lang),
            _picture("better_worse", charts.better_worse_chart, result, lang),
            tables.coefficients(result, lang),
        ),
        "ranks": _ranks(result, lang),
        "continuous": _continuous(result, lang),
        "segments": _segments(result, lang),
        "sensitivity": _sensitivity(result, lang),
        "actions": (_text("actions", lang), tables.actions(result, lang)),
        "plan": _plan(result, lang),
    }
    blocks = tuple(
        Block(key, say(f"kano.block.{key}", lang), items, lang)
        for key, items in parts.items()
        if items
    )
    return Section(
        "kano",
        say("chapter.kano.title", lang),
        lang,
        say("chapter.kano.question", lang),
        blocks,
        found,
        _notes(result, lang),
        tuple(say(f"kano.reference.{key}", lang) for key in _REFERENCES),
    )


def _spoken(result: KanoResult, lang: Lang) -> tuple[Finding, ...]:
    """The findings with the names of categories in place of their letters."""

    def one(finding: Finding) -> Finding:
        values = dict(finding.values)
        for slot in _LETTER_SLOTS:
            if values.get(slot) in CATEGORIES:
                values[slot] = say(f"kano.code.category.{values[slot]}", lang)
        if "measure" in values:
            values["measure"] = say(f"kano.code.measure.{values['measure']}", lang)
        return replace(finding, values=values)

    return tuple(one(finding) for finding in result.findings)


def _text(key: str, lang: Lang, **values: object) -> Text:
    return Text((say(f"kano.lead.{key}", lang, **values),))


def _picture(
    key: str, draw: Callable[[KanoResult, Lang], Figure], result: KanoResult, lang: Lang
) -> Picture:
    return Picture(
        key,
        say(f"kano.figure.{key}.caption", lang, level=result.settings.level),
        say(f"kano.figure.{key}.alt", lang, features=len(result.features)),
        lambda: draw(result, lang),
    )


def _lead(result: KanoResult, lang: Lang) -> Text:
    groups = []
    for letter in CATEGORIES:
        count = sum(f.category == letter for f in result.features)
        if count:
            name = say(f"kano.code.category.{letter}", lang)
            groups.append(say("kano.lead.group", lang, category=name, count=count))
    small = sum(f.category is None for f in result.features)
    if small:
        name = say("kano.code.letter.none", lang)
        groups.append(say("kano.lead.group", lang, category=name, count=small))
    key = "summary" if result.n_respondents is None else "summary_people"
    first = [result.names[i].in_(lang) for i in result.priority_order[:3]]
    return Text(
        (
            say(
                f"kano.lead.{key}", lang, features=len(result.features), pairs=result.card.n_pairs,
                people=result.n_respondents, list=listing(groups, lang),
            ),
            say("kano.lead.order", lang, first=listing(first, lang)),
        )
    )  # fmt: skip


def _card(result: KanoResult, lang: Lang) -> Text:
    card, lines = result.card, [say("kano.lead.card", lang)]
    if card.n_respondents is None:
        lines.append(say("kano.lead.order_none", lang))
    elif card.order_aom is None:
        lines.append(say("kano.lead.order_texts", lang))
    else:
        order = say(f"kano.code.order.{result.settings.code_order}", lang)
        proof = {"order": order, "aom": card.order_aom, "r": card.order_r}
        lines.append(say("kano.lead.order_codes", lang, **proof))
    return Text(tuple(lines))


def _quality(result: KanoResult, lang: Lang) -> Text:
    s = result.settings
    lines = [say("kano.lead.quality", lang, warn=s.q_share_warn, rewrite=s.q_share_rewrite)]
    if result.n_respondents is not None:
        lines.append(
            say(
                "kano.lead.quality_people", lang, straight=result.n_straight_liners,
                questionable=result.n_many_questionable,
                limit=s.questionable_share, fast=result.n_fast_answers,
            )
        )  # fmt: skip
    lines += [problem.say(lang) for problem in result.problems]
    return Text(tuple(lines))


def _plane(result: KanoResult, lang: Lang) -> Text:
    lines = [say("kano.lead.better_worse", lang, level=result.settings.level)]
    if result.settings.quadrant_lines == "mean":
        lines.append(say("kano.lead.lines_mean", lang))
    return Text(tuple(lines))


def _ranks(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    lead = _text("ranks", lang, level=result.settings.level)
    if not any(f.rank_priority for f in result.features):
        return (_text("order", lang, first=_order(result, lang)),)
    picture = _picture("ranks", charts.ranks_chart, result, lang)
    return lead, picture, tables_checks.ranks(result, lang)


def _order(result: KanoResult, lang: Lang) -> str:
    return listing([result.names[i].in_(lang) for i in result.priority_order[:3]], lang)


def _continuous(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if not any(f.continuous_all for f in result.features):
        return (_text("sensitivity_none", lang),)
    picture = _picture("continuous", charts.continuous_chart, result, lang)
    return _text("continuous", lang), picture, tables_checks.continuous(result, lang)


def _segments(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if not result.splits:
        return (_text("segments_none", lang),)
    items: list[Item] = []
    for split in result.splits:
        differ = [t.feature for t in split.tests if t.proven and t.modes_differ]
        tests = sum(t.p is not None for t in split.tests)
        least = result.settings.segment_min_pairs
        lines = [say("kano.lead.segments", lang, tests=tests, least=least)]
        if differ:
            names = listing([result.names[i].in_(lang) for i in differ], lang)
            lines.append(say("kano.lead.segments_differ", lang, list=names))
        else:
            lines.append(say("kano.lead.segments_same", lang))
        items += [Text(tuple(lines)), tables_checks.segments(result, split, lang)]
        if any(t.proven for t in split.tests):
            items.append(_groups_picture(result, split, lang))
            items.append(tables_checks.differences(result, split, lang))
    return tuple(items)


def _answers(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if not any(f.matrix for f in result.features):
        return (_text("sensitivity_none", lang),)
    picture = _picture("answers", charts.answers_chart, result, lang)
    return _text("answers", lang), picture


def _groups_picture(result: KanoResult, split: Split, lang: Lang) -> Picture:
    return Picture(
        f"groups_{split.column}",
        say("kano.figure.groups.caption", lang),
        say("kano.figure.groups.alt", lang, features=sum(t.proven for t in split.tests)),
        lambda: charts.groups_chart(result, split, lang),
    )


def _sensitivity(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if not any(f.variants for f in result.features):
        return (_text("sensitivity_none", lang),)
    return _text("sensitivity", lang), tables_checks.sensitivity(result, lang)


def _plan(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if result.plan is None:
        return (_text("sensitivity_none", lang),)
    lead = _text("plan_shares", lang)
    if result.plan.feature:
        lead = _text("plan", lang, feature=result.names[result.plan.feature].in_(lang))
    return lead, tables_checks.plan(result.plan, lang)


def _notes(result: KanoResult, lang: Lang) -> tuple[str, ...]:
    s = result.settings
    table = say(f"kano.code.table.{s.table}", lang)
    notes = [
        say("kano.note.method", lang, table=table, gap=s.near_tie_gap,
            combination=s.combination_below),
        say("kano.note.coefficients", lang),
        say("kano.note.uncertainty", lang, draws=s.draws, seed=s.seed),
        say("kano.note.certainty", lang),
        say("kano.note.aging", lang),
    ]  # fmt: skip
    people = result.n_respondents or 0
    if result.groups_resampled and people > result.groups_resampled:
        notes.append(say("kano.note.groups", lang, groups=result.groups_resampled))
    if s.confirm_code_order:
        notes.append(say("kano.note.confirmed", lang))
    return tuple(notes)

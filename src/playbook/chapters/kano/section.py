"""The Kano diagnosis in words, tables and figures."""

from collections.abc import Callable
from dataclasses import replace

from matplotlib.figure import Figure

from playbook.chapters.kano import charts, tables, tables_checks
from playbook.chapters.kano.evaluation import CATEGORIES
from playbook.chapters.kano.result import KanoResult, Split
from playbook.core.display import p_words
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Conclusion,
    Conclusions,
    Item,
    Picture,
    Section,
    Text,
    conclude,
)
from playbook.core.text import Lang, listing, say

SURE_ENOUGH = 0.9
"""A sample is called large enough when it shows the true category this often."""

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
ANNEX = ("card", "quality", "answers", "continuous", "sensitivity", "plan")
_REFERENCES = ("kano", "berger", "sauerwein", "lee", "hung", "wilson", "chapman")


def section(result: KanoResult, lang: Lang) -> Section:
    """Show the diagnosis: conclusions, data, categories, coefficients, groups, actions."""
    found = conclude("kano", _spoken(result, lang), lang, result.names)
    parts: dict[str, tuple[Item, ...]] = {
        "summary": (_lead(result, lang), Conclusions(_first(result, found))),
        "card": (_card(result, lang), tables.card(result, lang)),
        "quality": (_quality(result, lang), tables.quality(result, lang)),
        "main": _main(result, found, lang),
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
        Block(key, say(f"kano.block.{key}", lang), items, lang, key in ANNEX)
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
        p = values.get("p_holm")
        if isinstance(p, float):
            values["p_holm"] = p_words(p)
        return replace(finding, values=values)

    return tuple(one(finding) for finding in result.findings)


def _first(result: KanoResult, found: tuple[Conclusion, ...]) -> tuple[Conclusion, ...]:
    """What stands in the summary: all but the single needs that a headline already names."""
    named = _named_together(result)
    shown = zip(found, result.findings, strict=True)
    return tuple(c for c, f in shown if f.weight == "headline" or not named & set(f.about))


def _main(result: KanoResult, found: tuple[Conclusion, ...], lang: Lang) -> tuple[Item, ...]:
    """The table of categories, then one by one the needs that a headline named together."""
    named = _named_together(result)
    shown = zip(found, result.findings, strict=True)
    single = [c for c, f in shown if f.weight != "headline" and named & set(f.about)]
    own = tuple(replace(c, next_step="") for c in single)  # the headline says what to do
    lead = _text("main", lang, draws=result.settings.draws)
    items: tuple[Item, ...] = (lead, tables.main(result, lang))
    return (*items, Conclusions(own)) if own else items


def _named_together(result: KanoResult) -> set[str]:
    return {i for f in result.findings if f.code.endswith("_all") for i in f.about}


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
    rules = tables_checks.by_rules(result, lang)
    if not any(f.variants for f in result.features):
        return rules, _text("sensitivity_none", lang)
    return _text("sensitivity", lang), tables_checks.sensitivity(result, lang), rules


def _plan(result: KanoResult, lang: Lang) -> tuple[Item, ...]:
    if result.plan is None:
        return (_text("sensitivity_none", lang),)
    made = result.plan
    lead = say("kano.lead.plan_shares", lang)
    if made.feature:
        lead = say("kano.lead.plan", lang, feature=result.names[made.feature].in_(lang))
    enough = next((row for row in made.rows if row.p_mode_correct >= SURE_ENOUGH), None)
    row = enough or made.rows[-1]
    key = "plan_enough" if enough else "plan_open"
    answer = say(f"kano.lead.{key}", lang, n=row.n, p=row.p_mode_correct)
    return Text((lead, answer)), tables_checks.plan(made, lang)


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

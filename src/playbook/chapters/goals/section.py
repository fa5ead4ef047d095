"""The chapter as shown: words, tables and figures, in the order it is taught."""

from dataclasses import replace
from functools import partial

from playbook.chapters.goals import card_tables as cards
from playbook.chapters.goals import dictionary_tables as metrics
from playbook.chapters.goals import evidence_tables as evidence
from playbook.chapters.goals import register_tables as register
from playbook.chapters.goals.charts import (
    MOST_NEEDS,
    MOST_TRENDS,
    benchmark_chart,
    glide_chart,
    glide_groups,
    needs_chart,
    trends_chart,
)
from playbook.chapters.goals.model import GoalsResult
from playbook.chapters.goals.sector_tables import sector_items
from playbook.chapters.goals.wording import capital_names, findings_in_units, in_unit, named
from playbook.core.section import (
    Block,
    Item,
    Picture,
    Section,
    Text,
    conclude,
    spread,
)
from playbook.core.text import NOT_KNOWN, Lang, listing, say

_REFERENCES = ("wilson", "garwood", "rocks", "sen", "hyndman", "kiefe", "newcombe")


def section(result: GoalsResult, lang: Lang) -> Section:
    """What to aim at: the conclusions first, then the evidence, then the cards."""
    names = capital_names(result.names)
    found = conclude("goals", findings_in_units(result, lang), lang, names)
    blocks = (
        _block("summary", (_lead(result, lang),), lang),
        _block("needs", _needs(result, lang), lang),
        _block("problem", _problem(result, lang), lang),
        _annex("trends", _trends(result, lang), lang),
        _block("peers", _peers(result, lang), lang),
        _annex("peers_detail", _peers_detail(result, lang), lang),
        _annex("market", _market(result, lang), lang),
        _annex("baselines", _baselines(result, lang), lang),
        _block("cards", (cards.overview(result, lang),) if result.cards else (), lang),
        _block("glide", _glide(result, lang), lang),
        _annex("rates", (cards.rates(result, lang),) if result.cards else (), lang),
        _annex("links", (cards.links(result, lang),) if result.cards else (), lang),
        _annex("sector", sector_items(result, lang), lang),
        _annex("pages", tuple(cards.page(result, c, lang) for c in result.cards), lang),
        _annex("dictionary", _dictionary(result, lang), lang),
        _annex("all_metrics", (metrics.shipped(lang),), lang),
        _annex("sources", (register.sources(result, lang),) if result.sources else (), lang),
        _block("unknown", (register.unknown(result, lang),) if result.unknown else (), lang),
        _annex("doubts", _doubts(result, lang), lang),
    )
    return Section(
        "goals",
        say("chapter.goals.title", lang),
        lang,
        say("chapter.goals.question", lang),
        spread(blocks, found, HOMES, heads_first=True),
        found,
        notes=_notes(result, lang),
        references=tuple(say(f"goals.reference.{key}", lang) for key in _REFERENCES),
    )


HOMES = {
    "behind_peers": "peers", "ahead_of_peers": "peers", "peer_position_open": "peers",
    "market_share": "market", "kano_differs": "trends", "channel_mix_changed": "trends",
}  # fmt: skip
"""Conclusions that are no headline stand beside what they speak of; the others in the summary."""


def _notes(result: GoalsResult, lang: Lang) -> tuple[str, ...]:
    s = result.settings
    return (
        say("goals.note.baseline", lang, level=s.confidence, last=s.history_periods),
        say("goals.note.needs", lang, window=s.window, least=s.trend_periods,
            alpha=s.channel_alpha),
        say("goals.note.peers", lang, least=s.peers_for_quantiles, p90=s.peers_for_p90,
            draws=s.bootstrap_draws, part=s.attainable_share),
        say("goals.note.path", lang, near=s.near_bound, short=s.short_months,
            medium=s.medium_months),
        say("goals.note.limits", lang),
    )  # fmt: skip


def _block(key: str, items: tuple[Item, ...], lang: Lang) -> Block:
    """A block; without its table it says which table it would need."""
    shown = items or (Text((say(f"goals.empty.{key}", lang),)),)
    return Block(key, say(f"goals.block.{key}", lang), shown, lang)


def _annex(key: str, items: tuple[Item, ...], lang: Lang) -> Block:
    """A block to check or to work with; the report puts it behind the chapters."""
    return replace(_block(key, items, lang), annex=True)


def _lead(result: GoalsResult, lang: Lang) -> Text:
    linked = sum(c.customer_need is not None for c in result.cards)
    known = sum(c.baseline_low is not None for c in result.cards)
    return Text(
        (
            say("goals.lead.cards", lang, cards=len(result.cards), known=known, linked=linked),
            say("goals.lead.evidence", lang, needs=len(result.needs.items),
                periods=len(result.needs.periods), benchmarks=len(result.benchmark),
                histories=len(result.baselines)),
        )
    )  # fmt: skip


def _needs(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    items = result.needs.items
    if not items:
        return ()
    first = items[0]
    picture = Picture(
        "goals_needs",
        say("goals.figure.needs", lang, window=evidence.window(result))
        + _first_of(MOST_NEEDS, len(items), lang),
        say("goals.figure.needs_alt", lang, count=len(items), share=first.share,
            need=named(result, first.need, lang)),
        partial(needs_chart, result, lang),
    )  # fmt: skip
    return picture, evidence.needs(result, lang)


def _first_of(most: int, there: int, lang: Lang) -> str:
    """Says so where a figure shows the first ones only."""
    return say("goals.figure.first_of", lang, shown=most, count=there) if there > most else ""


def _problem(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    said = register.problem_sentence(result, lang)
    return () if said is None else (said, register.problem(result, lang))


def _dictionary(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    found = (metrics.used(result, lang), metrics.measured_by(result, lang),
             metrics.clocks(result, lang), metrics.formulas(result, lang))  # fmt: skip
    return tuple(item for item in found if item is not None) if result.metrics else ()


def _trends(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    drawn = [n for n in result.needs.items if len(n.points) > 1]
    if not drawn:
        return ()
    rising = [named(result, n.need, lang) for n in drawn if n.trend == "rising"]
    key = "trends_rate" if result.needs.with_exposure else "trends_volume"
    items: list[Item] = [
        Picture(
            "goals_trends",
            say(f"goals.figure.{key}", lang) + _first_of(MOST_TRENDS, len(drawn), lang),
            say("goals.figure.trends_alt", lang, count=len(drawn),
                rising=listing(rising, lang) or NOT_KNOWN),
            partial(trends_chart, result, lang),
        )
    ]  # fmt: skip
    items.append(evidence.slopes(result, lang))
    over_year = evidence.year(result, lang)
    if over_year is not None:
        items.append(over_year)
    by_survey = evidence.classes(result, lang)
    if by_survey is not None:
        items.append(by_survey)
    if result.channel_mix is not None:
        items.append(evidence.mix(result.channel_mix, lang))
    return tuple(items)


def _peers(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    if not result.benchmark:
        return ()
    first = result.benchmark[0]
    picture = Picture(
        "goals_benchmark",
        say("goals.figure.benchmark", lang),
        say("goals.figure.benchmark_alt", lang, count=len(result.benchmark),
            metric=named(result, first.metric_id, lang),
            own=in_unit(first.own, first.unit, lang),
            best=in_unit(first.best, first.unit, lang)),
        partial(benchmark_chart, result, lang),
    )  # fmt: skip
    return picture, evidence.benchmark(result, lang)


def _peers_detail(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    """How sure the comparison is, and what our own best units reach."""
    items: list[Item] = []
    if result.benchmark:
        items.append(evidence.benchmark_detail(result, lang))
    if result.attainable:
        items.append(evidence.units(result, lang))
    return tuple(items)


def _market(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    items: list[Item] = []
    if result.market is not None:
        items.append(register.market(result.market, result, lang))
    if result.capability:
        items += [register.swot(result, lang), register.capability(result, lang)]
    return tuple(items)


def _baselines(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    return (evidence.baselines(result, lang),) if result.baselines else ()


def _glide(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    groups = glide_groups(result)
    return tuple(
        Picture(
            f"goals_glide_{i}",
            say("goals.figure.glide" if len(groups) == 1 else "goals.figure.glide_part", lang,
                number=i, total=len(groups)),
            say("goals.figure.glide_alt", lang, goals=listing([c.goal_id for c in group], lang)),
            partial(glide_chart, result, lang, group),
        )
        for i, group in enumerate(groups, 1)
    )  # fmt: skip


def _doubts(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    said = tuple(problem.say(lang) for problem in result.problems)
    return (Text(said),) if said else ()

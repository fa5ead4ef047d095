"""Tables beside the evidence: market, capability, problem statement, sources, what is unknown."""

from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.evidence import Market
from playbook.chapters.goals.model import Capability, GoalsResult
from playbook.chapters.goals.wording import capital, code, named
from playbook.core.section import Table, Text
from playbook.core.text import Lang, listing, say

CORE = ("tech_innovation", "quality_assurance", "rapid_response")
_URGENCY = (
    "baseline_missing", "baseline_no_n", "history_short", "owner_missing", "peers_few",
    "peer_n_unknown", "trend_too_short", "season_ignored", "satisfaction_missing", "kano_missing",
    "kano_undecided", "guardrail_missing",
)  # fmt: skip
POTENTIAL = ("cost", "channel", "brand")


def market(held: Market, result: GoalsResult, lang: Lang) -> Table:
    """GO7: sales and, where the table covers the market, shares."""
    shares = held.shares or (None,) * len(held.entities)
    rows: tuple[Row, ...] = tuple(
        {
            "entity": named(result, entity, lang), "sales": sales, "share": share,
            "own": entity == held.own,
        }
        for entity, sales, share in zip(held.entities, held.sales, shares, strict=True)
    )  # fmt: skip
    columns = (
        column("entity", lang), column("own", lang, "yes"), column("sales", lang, "number", 0),
        column("share", lang, "percent"),
    )  # fmt: skip
    key = "covered" if held.covered else "open"
    note = say(f"goals.table.market_{key}", lang, period=held.period,
               relative=held.relative_share, hhi=held.hhi)  # fmt: skip
    if held.share_before is not None and held.share is not None:
        change = 100 * (held.share - held.share_before)
        note += say("goals.table.market_before", lang, before=held.before,
                    share=held.share_before, change=change)  # fmt: skip
    return table("market", columns, rows, lang, note)


def capability(result: GoalsResult, lang: Lang) -> Table:
    """Strengths, weaknesses, opportunities, threats with the scores of both sides."""
    rows: tuple[Row, ...] = tuple(
        {
            "kind": code("capability", c.kind, lang),
            "item": _item(result, c.item, lang),
            "group": say(f"goals.item_group.{_group(c.item)}", lang),
            "own": c.own, "competitor": c.competitor, "difference": c.gap,
        }
        for c in result.capability
    )  # fmt: skip
    columns = (
        column("kind", lang), column("item", lang), column("group", lang),
        column("own", lang, "number"),
        column("competitor", lang, "number"), column("difference", lang, "signed"),
    )  # fmt: skip
    return table("capability", columns, rows, lang, say("goals.table.capability_note", lang))


def swot(result: GoalsResult, lang: Lang) -> Table:
    """The four fields: inside and outside, what helps and what hinders; scores ours : theirs."""

    def field(kind: str) -> str:
        held = [c for c in result.capability if c.kind == kind]
        said = [f"{_item(result, c.item, lang)} {_scores(c)}" for c in held]
        return f"{code('capability', kind, lang)}{say('goals.word.colon', lang)}" + (
            listing(said, lang) or say("goals.word.none", lang)
        )

    rows: tuple[Row, ...] = tuple(
        {
            "side": say(f"goals.word.{side}", lang),
            "helps": capital(field(helps)),
            "hinders": capital(field(hinders)),
        }
        for side, helps, hinders in (
            ("inside", "strength", "weakness"), ("outside", "opportunity", "threat"),
        )
    )  # fmt: skip
    columns = tuple(column(key, lang) for key in ("side", "helps", "hinders"))
    return table("swot", columns, rows, lang, say("goals.table.swot_note", lang))


def _scores(c: Capability) -> str:
    return f"{c.own:g}" if c.competitor is None else f"{c.own:g} : {c.competitor:g}"


def _item(result: GoalsResult, item: str, lang: Lang) -> str:
    return named(result, item, lang) if item in result.names else code("item", item, lang)


def _group(item: str) -> str:
    """Core capability or potential advantage; an item of the client's own is neither."""
    return "core" if item in CORE else "potential" if item in POTENTIAL else "own"


def problem(result: GoalsResult, lang: Lang) -> Table:
    """The template of a problem statement, filled with what the evidence says."""
    held, needs = result.problem, {n.need: n for n in result.needs.items}

    def names(ids: tuple[str, ...], more: str = "") -> str:
        said = [
            named(result, i, lang)
            + (say(f"goals.word.{more}", lang, value=getattr(needs[i], more)) if more else "")
            for i in ids
        ]
        return listing(said, lang) or say("goals.word.none", lang)

    said = {
        "symptoms": names(held.symptoms, "satisfaction"),
        "factors": names(held.factors),
        "complaints": names(held.complaints, "complaints"),
        "unserved": names(held.unserved),
        "without_process": names(held.without_process),
    }
    rows: tuple[Row, ...] = tuple(
        {
            "heading": say(f"goals.heading.{key}", lang), "evidence": text,
            "add": say(f"goals.heading_add.{key}", lang),
        }
        for key, text in said.items()
    )  # fmt: skip
    columns = tuple(column(key, lang) for key in ("heading", "evidence", "add"))
    return table("problem", columns, rows, lang, say("goals.table.problem_note", lang))


def problem_sentence(result: GoalsResult, lang: Lang) -> Text | None:
    """The statement itself with the slots that data can fill; None without needs."""
    lead = next((n for n in result.needs.items if n.need == result.problem.lead), None)
    if lead is None:
        return None
    low, high = result.settings.need_scale
    ends = result.needs.window
    return Text(
        (
            say("goals.lead.problem", lang, need=named(result, lead.need, lang), first=ends[0],
                last=ends[-1], satisfaction=lead.satisfaction, low=low, high=high,
                share=lead.share, trend=code("trend", lead.trend, lang)),
        )
    )  # fmt: skip


def sources(result: GoalsResult, lang: Lang) -> Table:
    """The source register."""
    rows: tuple[Row, ...] = tuple(
        {
            "source": named(result, s.source, lang), "kind": code("source_kind", s.kind, lang),
            "n": s.n, "date_from": s.date_from, "date_to": s.date_to,
            "drawn": code("drawn", s.drawn, lang),
            "licence": s.licence_or_consent or say("goals.word.missing", lang),
        }
        for s in result.sources
    )  # fmt: skip
    columns = (
        column("source", lang), column("kind", lang), column("n", lang, "integer"),
        column("date_from", lang, "date"), column("date_to", lang, "date"),
        column("drawn", lang), column("licence", lang),
    )  # fmt: skip
    return table("sources", columns, rows, lang, say("goals.table.sources_note", lang))


def unknown(result: GoalsResult, lang: Lang) -> Table:
    """What we do not know yet, put together by what is missing."""
    by_code: dict[str, list[str]] = {}
    for u in result.unknown:
        by_code.setdefault(u.code, []).append(named(result, u.about, lang))
    rows: tuple[Row, ...] = tuple(
        {
            "open": say(f"goals.unknown.{key}", lang), "about": listing(about, lang),
            "do": say(f"goals.unknown_do.{key}", lang),
        }
        for key, about in sorted(by_code.items(), key=lambda item: _URGENCY.index(item[0]))
    )  # fmt: skip
    columns = tuple(column(key, lang) for key in ("open", "about", "do"))
    return table("unknown", columns, rows, lang)

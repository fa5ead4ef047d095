"""Tables beside the evidence: market, capability, metric dictionary, sources, what is unknown."""

from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.evidence import Market
from playbook.chapters.goals.model import GoalsResult, MetricLine
from playbook.chapters.goals.wording import code, named
from playbook.core.section import Table
from playbook.core.text import NOT_KNOWN, Lang, listing, say


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
    return table("market", columns, rows, lang, note)


def capability(result: GoalsResult, lang: Lang) -> Table:
    """Strengths, weaknesses, opportunities, threats with the scores of both sides."""
    rows: tuple[Row, ...] = tuple(
        {
            "kind": code("capability", c.kind, lang),
            "item": named(result, c.item, lang) if c.item in result.names
            else code("item", c.item, lang),
            "own": c.own, "competitor": c.competitor, "difference": c.gap,
        }
        for c in result.capability
    )  # fmt: skip
    columns = (
        column("kind", lang), column("item", lang), column("own", lang, "number"),
        column("competitor", lang, "number"), column("difference", lang, "signed"),
    )  # fmt: skip
    return table("capability", columns, rows, lang, say("goals.table.capability_note", lang))


def dictionary(result: GoalsResult, lang: Lang) -> Table:
    """The metrics of the cards and those the sector suggests, in three scripts."""

    def row(m: MetricLine) -> Row:
        return {
            "metric": named(result, m.metric_id, "zh"),
            "hant": m.zh_hant,
            "en": named(result, m.metric_id, "en"),
            "formula": m.formula.in_(lang) or NOT_KNOWN,
            "unit": code("measured", m.unit, lang),
            "direction": code("direction", m.direction, lang),
            "lead_lag": code("lead_lag", m.lead_lag, lang),
            "frequency": code("period", m.frequency, lang),
            "used": m.used,
        }

    columns = tuple(
        column(key, lang, "yes" if key == "used" else "text")
        for key in (
            "metric",
            "hant",
            "en",
            "formula",
            "unit",
            "direction",
            "lead_lag",
            "frequency",
            "used",
        )
    )
    return table("dictionary", columns, tuple(map(row, result.metrics)), lang)


def sources(result: GoalsResult, lang: Lang) -> Table:
    """The source register."""
    rows: tuple[Row, ...] = tuple(
        {
            "source": named(result, s.source, lang), "kind": code("source_kind", s.kind, lang),
            "n": s.n, "date_from": s.date_from, "date_to": s.date_to,
            "licence": s.licence_or_consent or say("goals.word.missing", lang),
        }
        for s in result.sources
    )  # fmt: skip
    columns = (
        column("source", lang), column("kind", lang), column("n", lang, "integer"),
        column("date_from", lang, "date"), column("date_to", lang, "date"),
        column("licence", lang),
    )  # fmt: skip
    return table("sources", columns, rows, lang)


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
        for key, about in by_code.items()
    )  # fmt: skip
    columns = tuple(column(key, lang) for key in ("open", "about", "do"))
    return table("unknown", columns, rows, lang)

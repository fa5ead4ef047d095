"""Tables of the evidence: needs, channels, peers, units, market, baselines, dictionary, sources."""

from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.evidence import Baseline, Benchmark, ChannelMix, Market, Need
from playbook.chapters.goals.model import GoalsResult, MetricLine
from playbook.chapters.goals.wording import change, code, codes, in_unit, named, span
from playbook.core.section import Table
from playbook.core.text import NOT_KNOWN, Lang, listing, say


def rank_group(need: Need) -> str:
    """The places a need cannot be told from: ``2`` or ``3–5``."""
    low, high = need.rank_low, need.rank_high
    return f"{low}" if low == high else f"{low}–{high}"


def window(result: GoalsResult) -> str:
    """First and last period of the window."""
    periods = result.needs.window
    return periods[0] if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"


def needs(result: GoalsResult, lang: Lang) -> Table:
    """GO2, GO3, GO8: share, rank group, trend and place of every need."""

    def row(n: Need) -> Row:
        return {
            "order": n.order,
            "need": named(result, n.need, lang),
            "volume": n.volume,
            "share": n.share,
            "low": n.share_low,
            "high": n.share_high,
            "rank": rank_group(n),
            "trend": code("trend", n.trend, lang),
            "slope": n.slope,
            "slope_low": n.slope_low,
            "slope_high": n.slope_high,
            "kano": code("kano", n.kano, lang),
            "importance": n.importance,
            "satisfaction": n.satisfaction,
        }

    columns = (
        column("order", lang, "integer"), column("need", lang), column("volume", lang, "integer"),
        column("share", lang, "percent", low="low", high="high"), column("rank", lang),
        column("trend", lang),
        column("slope", lang, "signed", 2, low="slope_low", high="slope_high"),
        column("kano", lang), column("importance", lang, "number"),
        column("satisfaction", lang, "number"),
    )  # fmt: skip
    held = result.needs
    notes = [
        say("goals.table.needs_note", lang, window=window(result)),
        say(f"goals.order_rule.{held.order_rule}", lang),
    ]
    if held.season_ignored:
        notes.append(say("goals.note.season", lang))
    ranked = sorted(held.items, key=lambda n: (n.order is None, n.order or 0))
    return table("needs", columns, tuple(map(row, ranked)), lang, " ".join(notes))


def year(result: GoalsResult, lang: Lang) -> Table | None:
    """The window against the same months of the year before, where both are held."""
    held = [n for n in result.needs.items if n.year_ratio is not None]
    if not held:
        return None
    rows: tuple[Row, ...] = tuple(
        {
            "need": named(result, n.need, lang), "ratio": n.year_ratio,
            "low": n.year_low, "high": n.year_high,
        }
        for n in held
    )  # fmt: skip
    columns = (
        column("need", lang), column("ratio", lang, "number", 2, low="low", high="high"),
    )  # fmt: skip
    return table("year", columns, rows, lang)


def mix(held: ChannelMix, lang: Lang) -> Table:
    """GO12: the channels in both halves of the time."""
    rows: tuple[Row, ...] = tuple(
        {
            "channel": code("channel", name, lang),
            "first": a / sum(held.first) if sum(held.first) else None,
            "last": b / sum(held.last) if sum(held.last) else None,
        }
        for name, a, b in zip(held.channels, held.first, held.last, strict=True)
    )
    columns = (
        column("channel", lang), column("first", lang, "percent"), column("last", lang, "percent"),
    )  # fmt: skip
    key = "changed" if held.changed else "same"
    note = say(f"goals.table.mix_{key}", lang, statistic=held.statistic, df=held.df,
               p=held.p_value)  # fmt: skip
    return table("mix", columns, rows, lang, note)


def benchmark(result: GoalsResult, lang: Lang) -> Table:
    """GO4, GO5: our place among the peers of each metric."""

    def row(b: Benchmark) -> Row:
        return {
            "metric": named(result, b.metric_id, lang),
            "own": in_unit(b.own, b.unit, lang),
            "interval": span(b.own_low, b.own_high, b.unit),
            "n_peers": b.n_peers,
            "percentile": b.percentile_rank,
            "p50": in_unit(b.p50, b.unit, lang),
            "p75": in_unit(b.p75, b.unit, lang),
            "p75_interval": span(b.p75_low, b.p75_high, b.unit),
            "p90": in_unit(b.p90, b.unit, lang),
            "best": in_unit(b.best, b.unit, lang),
            "gap": change(b.gap_absolute, b.unit, lang),
            "gap_relative": b.gap_relative,
            "class": code("peer_class", b.peer_class, lang),
            "flags": codes("flag", b.flags, lang),
        }

    columns = (
        column("metric", lang), column("own", lang), column("interval", lang),
        column("n_peers", lang, "integer"), column("percentile", lang, "number", 0),
        column("p50", lang), column("p75", lang), column("p75_interval", lang),
        column("p90", lang), column("best", lang), column("gap", lang),
        column("gap_relative", lang, "percent", 0), column("class", lang), column("flags", lang),
    )  # fmt: skip
    note = say("goals.table.benchmark_note", lang)
    return table("benchmark", columns, tuple(map(row, result.benchmark)), lang, note)


def units(result: GoalsResult, lang: Lang) -> Table:
    """GO6: what our own best units hold together."""
    rows: tuple[Row, ...] = tuple(
        {
            "metric": named(result, a.metric_id, lang),
            "value": in_unit(a.value, a.unit, lang),
            "interval": span(a.low, a.high, a.unit),
            "n": a.n,
            "units": listing([named(result, u, lang) for u in a.units], lang),
            "of": a.n_units,
            "period": a.period,
        }
        for a in result.attainable
    )
    columns = (
        column("metric", lang), column("value", lang), column("interval", lang),
        column("n", lang, "integer"), column("units", lang), column("of", lang, "integer"),
        column("period", lang),
    )  # fmt: skip
    note = say("goals.table.units_note", lang, part=result.settings.attainable_share)
    return table("units", columns, rows, lang, note)


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
            "own": c.own, "competitor": c.competitor, "gap": c.gap,
        }
        for c in result.capability
    )  # fmt: skip
    columns = (
        column("kind", lang), column("item", lang), column("own", lang, "number"),
        column("competitor", lang, "number"), column("gap", lang, "signed"),
    )  # fmt: skip
    return table("capability", columns, rows, lang, say("goals.table.capability_note", lang))


def baselines(result: GoalsResult, lang: Lang) -> Table:
    """GO1: the last value of every metric measured, with its interval and the range before it."""

    def row(b: Baseline) -> Row:
        return {
            "metric": named(result, b.metric_id, lang),
            "period": b.period,
            "value": in_unit(b.value, b.unit, lang),
            "interval": span(b.low, b.high, b.unit),
            "n": b.n,
            "k": b.k,
            "mean": in_unit(b.range_mean, b.unit, lang),
            "range": span(b.range_low, b.range_high, b.unit),
        }

    columns = (
        column("metric", lang), column("period", lang), column("value", lang),
        column("interval", lang), column("n", lang, "integer"), column("k", lang, "integer"),
        column("mean", lang), column("range", lang),
    )  # fmt: skip
    note = say("goals.table.baselines_note", lang, last=result.settings.history_periods)
    return table("baselines", columns, tuple(map(row, result.baselines)), lang, note)


def dictionary(result: GoalsResult, lang: Lang) -> Table:
    """The metrics of the cards and those the sector suggests, in three scripts."""

    def row(m: MetricLine) -> Row:
        return {
            "metric": named(result, m.metric_id, "zh"),
            "hant": m.zh_hant,
            "en": named(result, m.metric_id, "en"),
            "formula": m.formula.in_(lang) or NOT_KNOWN,
            "unit": m.unit or NOT_KNOWN,
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

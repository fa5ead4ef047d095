"""Tables of the evidence: needs, channels, peers, units, baselines."""

from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.evidence import Baseline, Benchmark, ChannelMix, Need
from playbook.chapters.goals.model import GoalsResult
from playbook.chapters.goals.wording import change, code, codes, estimate, in_unit, named, span
from playbook.core.section import Table
from playbook.core.text import Lang, listing, say


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
            "kano": code("kano", n.kano, lang) + ("*" if n.kano_from == "survey" else ""),
            "importance": n.importance,
            "satisfaction": n.satisfaction,
        }

    columns = (
        column("order", lang, "integer"), column("need", lang), column("volume", lang, "integer"),
        column("share", lang, "percent", low="low", high="high"), column("rank", lang),
        column("trend", lang),
        column("kano", lang), column("importance", lang, "number"),
        column("satisfaction", lang, "number"),
    )  # fmt: skip
    held = result.needs
    notes = [
        say("goals.table.needs_note", lang, window=window(result)),
        say(f"goals.order_rule.{held.order_rule}", lang),
    ]
    if any(n.kano_from == "survey" for n in held.items):
        notes.append(say("goals.table.needs_survey", lang))
    ranked = sorted(held.items, key=lambda n: (n.order is None, n.order or 0))
    return table("needs", columns, tuple(map(row, ranked)), lang, " ".join(notes))


def classes(result: GoalsResult, lang: Lang) -> Table | None:
    """The classes typed in beside those of the Kano survey; None without a survey."""
    held = [n for n in result.needs.items if n.survey]
    if not held:
        return None

    def row(n: Need) -> Row:
        survey = n.survey
        return {
            "need": named(result, n.need, lang),
            "feature": named(result, survey.feature if survey else None, lang),
            "typed": code("kano", n.kano if n.kano_from == "typed" else None, lang),
            "found": code("kano", survey.category if survey else None, lang),
            "n": survey.n if survey else None,
            "sure": code("certainty", survey.certainty if survey else None, lang),
            "class_used": code("kano", n.kano, lang),
        }

    columns = (
        column("need", lang), column("feature", lang), column("typed", lang),
        column("found", lang), column("n", lang, "integer"), column("sure", lang),
        column("class_used", lang),
    )  # fmt: skip
    note = say("goals.table.classes_note", lang)
    return table("classes", columns, tuple(map(row, held)), lang, note)


def slopes(result: GoalsResult, lang: Lang) -> Table:
    """GO3: how each need moves, with the interval that the trend goes by."""
    held = result.needs
    rows: tuple[Row, ...] = tuple(
        {
            "need": named(result, n.need, lang), "trend": code("trend", n.trend, lang),
            "slope": n.slope, "slope_low": n.slope_low, "slope_high": n.slope_high,
            "tau": n.kendall_tau, "p": n.p_value, "k": len(n.points),
        }
        for n in held.items
    )  # fmt: skip
    columns = (
        column("need", lang), column("trend", lang),
        column("slope", lang, "signed", 2, low="slope_low", high="slope_high"),
        column("tau", lang, "signed", 2), column("p", lang, "p"), column("k", lang, "integer"),
    )  # fmt: skip
    notes = [say("goals.table.slopes_note", lang)]
    if held.season_ignored:
        notes.append(say("goals.note.season", lang))
    return table("slopes", columns, rows, lang, " ".join(notes))


def year(result: GoalsResult, lang: Lang) -> Table | None:
    """The window against the same months of the year before, where both are held."""
    held = [n for n in result.needs.items if n.year_ratio is not None]
    if not held:
        return None
    rows: tuple[Row, ...] = tuple(
        {
            "need": named(result, n.need, lang), "trend": code("trend", n.trend, lang),
            "ratio": n.year_ratio, "low": n.year_low, "high": n.year_high,
            "year_says": say(f"goals.year.{_year(n)}", lang),
        }
        for n in held
    )  # fmt: skip
    columns = (
        column("need", lang), column("trend", lang),
        column("ratio", lang, "number", 2, low="low", high="high"), column("year_says", lang),
    )  # fmt: skip
    return table("year", columns, rows, lang)


def _year(need: Need) -> str:
    """More, less, or not to be told apart from the same periods a year before."""
    if need.year_low is not None and need.year_low > 1:
        return "more"
    return "less" if need.year_high is not None and need.year_high < 1 else "open"


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
            "period": b.own_period,
            "own": estimate(b.own, b.own_low, b.own_high, b.unit, lang),
            "n": b.own_n,
            "n_peers": b.n_peers,
            "p50": in_unit(b.p50, b.unit, lang),
            "p75": in_unit(b.p75, b.unit, lang),
            "best": in_unit(b.best, b.unit, lang),
            "place": code("place", _place(b, result), lang),
        }

    columns = (
        column("metric", lang), column("period", lang), column("own", lang),
        column("n", lang, "integer"), column("n_peers", lang, "integer"),
        column("p50", lang), column("p75", lang), column("best", lang), column("place", lang),
    )  # fmt: skip
    note = say("goals.table.benchmark_note", lang)
    return table("benchmark", columns, tuple(map(row, result.benchmark)), lang, note)


def _place(b: Benchmark, result: GoalsResult) -> str:
    """What the intervals allow to say of our place: the code of the finding, or between."""
    told = [f.code for f in result.findings if f.about == (b.metric_id,) and f.code in _PLACES]
    return told[0] if told else "few" if b.p50 is None else "between"


_PLACES = ("ahead_of_peers", "behind_peers", "peer_position_open")


def benchmark_detail(result: GoalsResult, lang: Lang) -> Table:
    """GO4, GO5: how sure the peers' quantiles and the gap are."""

    def row(b: Benchmark) -> Row:
        shift = "pp" if b.unit in ("%", "share") else b.unit
        ends = [None if v is None else v * 100 if shift == "pp" else v for v in (b.low, b.high)]
        return {
            "metric": named(result, b.metric_id, lang),
            "percentile": b.percentile_rank,
            "class": code("peer_class", b.peer_class, lang),
            "p75_interval": span(b.p75_low, b.p75_high, b.unit, lang),
            "p90": in_unit(b.p90, b.unit, lang),
            "best": named(result, b.best_entity, lang),
            "gap": change(b.gap_absolute, b.unit, lang),
            "gap_interval": span(ends[0], ends[1], shift, lang),
            "gap_relative": b.gap_relative,
            "flags": codes("flag", b.flags, lang),
        }

    columns = (
        column("metric", lang), column("percentile", lang, "number", 0), column("class", lang),
        column("p75_interval", lang), column("p90", lang), column("best", lang),
        column("gap", lang), column("gap_interval", lang),
        column("gap_relative", lang, "percent", 0), column("flags", lang),
    )  # fmt: skip
    return table("benchmark_detail", columns, tuple(map(row, result.benchmark)), lang)


def units(result: GoalsResult, lang: Lang) -> Table:
    """GO6: what our own best units hold together."""
    rows: tuple[Row, ...] = tuple(
        {
            "metric": named(result, a.metric_id, lang),
            "value": estimate(a.value, a.low, a.high, a.unit, lang),
            "n": a.n,
            "units": listing([named(result, u, lang) for u in a.units], lang),
            "of": a.n_units,
            "period": a.period,
        }
        for a in result.attainable
    )
    columns = (
        column("metric", lang), column("value", lang),
        column("n", lang, "integer"), column("units", lang), column("of", lang, "integer"),
        column("period", lang),
    )  # fmt: skip
    note = say("goals.table.units_note", lang, part=result.settings.attainable_share)
    return table("units", columns, rows, lang, note)


def baselines(result: GoalsResult, lang: Lang) -> Table:
    """GO1: the last value of every metric measured, with its interval and the range before it."""

    def row(b: Baseline) -> Row:
        return {
            "metric": named(result, b.metric_id, lang),
            "period": b.period,
            "value": estimate(b.value, b.low, b.high, b.unit, lang),
            "n": b.n,
            "k": b.k,
            "mean": estimate(b.range_mean, b.range_low, b.range_high, b.unit, lang),
        }

    columns = (
        column("metric", lang), column("period", lang), column("value", lang),
        column("n", lang, "integer"), column("k", lang, "integer"), column("mean", lang),
    )  # fmt: skip
    note = say("goals.table.baselines_note", lang, last=result.settings.history_periods)
    return table("baselines", columns, tuple(map(row, result.baselines)), lang, note)

"""The metric dictionary as shown: what the case uses, all there is, and one metric looked up."""

from collections.abc import Iterable, Sequence

from playbook.chapters.goals.analysis import metric_line
from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.model import GoalsResult, MetricLine
from playbook.chapters.goals.wording import capital, code, named, plain
from playbook.core.inputs import Tables
from playbook.core.metrics import Metric, dictionary, find, with_rows
from playbook.core.section import Block, Cell, Column, Table, Text
from playbook.core.text import NOT_KNOWN, Lang, listing, say

MOST_PAGES = 3


def used(result: GoalsResult, lang: Lang) -> Table:
    """The metrics of the cards, those the sector suggests, and the case's own."""

    def row(m: MetricLine) -> Row:
        return {
            "metric_id": m.metric_id,
            "hans": named(result, m.metric_id, "zh"),
            "hant": m.zh_hant,
            "en": named(result, m.metric_id, "en"),
            "unit": code("measured", m.unit, lang),
            "direction": code("direction", m.direction, lang),
            "bounds": bounds(m),
            "used": m.used,
        }

    columns = tuple(
        column(key, lang, "yes" if key == "used" else "text")
        for key in ("metric_id", "hans", "hant", "en", "unit", "direction", "bounds", "used")
    )
    note = say("goals.table.dictionary_note", lang)
    return table("dictionary", columns, tuple(map(row, result.metrics)), lang, note)


def measured_by(result: GoalsResult, lang: Lang) -> Table:
    """How often and from what each metric is measured, and how its parts make the whole."""
    rows: tuple[Row, ...] = tuple(
        {
            "metric": named(result, m.metric_id, lang),
            "lead_lag": code("lead_lag", m.lead_lag, lang),
            "frequency": code("period", m.frequency, lang),
            "data": named(result, m.data, lang)
            if m.data in result.names
            else code("data", m.data, lang),
            "aggregate": code("aggregate", m.aggregate, lang),
        }
        for m in result.metrics
    )
    keys = ("metric", "lead_lag", "frequency", "data", "aggregate")
    return table("measured_by", tuple(column(key, lang) for key in keys), rows, lang)


def formulas(result: GoalsResult, lang: Lang) -> Table:
    """The formulas in three scripts."""
    rows: tuple[Row, ...] = tuple(
        {
            "metric_id": m.metric_id,
            "formula_zh": m.formula.zh or NOT_KNOWN,
            "formula_hant": m.formula_hant or NOT_KNOWN,
            "formula_en": NOT_KNOWN if m.formula.en == m.formula.zh else m.formula.en,
        }
        for m in result.metrics
    )
    keys = ("metric_id", "formula_zh", "formula_hant", "formula_en")
    return table("formulas", tuple(column(key, lang) for key in keys), rows, lang)


def clocks(result: GoalsResult, lang: Lang) -> Table | None:
    """The events the times run between; None where no metric is a time."""
    rows: tuple[Row, ...] = tuple(
        {
            "metric": named(result, m.metric_id, lang),
            "clock_start": m.clock.start.name.in_(lang),
            "clock_stop": m.clock.stop.name.in_(lang),
        }
        for m in result.metrics
        if m.clock
    )
    if not rows:
        return None
    columns = tuple(column(key, lang) for key in ("metric", "clock_start", "clock_stop"))
    return table("clocks", columns, rows, lang, say("goals.table.clocks_note", lang))


def shipped(lang: Lang) -> Table:
    """Every metric of the shipped dictionary: the ids that ``goals.csv`` may name."""
    rows = tuple(map(_short, dictionary().values()))
    return _list("all_metrics", rows, lang, say("goals.table.all_metrics_note", lang,
                                                count=len(rows)))  # fmt: skip


def look_up(text: str, lang: Lang, tables: Tables | None = None) -> Block:
    """The metrics a reader may mean, by id, name or part of a name in any of the three scripts.

    tables: those of the case, whose own metrics are then known too. Up to three in full, more as
    a list.
    """
    own = [cells for _, cells in tables.rows("goals_metrics")] if tables else []
    found = find(text, with_rows(own) if own else dictionary())
    title = say("goals.block.looked_up", lang, text=text)
    if not found:
        return Block("look_up", title, (Text((say("goals.empty.look_up", lang),)),), lang)
    if len(found) > MOST_PAGES:
        rows = tuple(map(_short, found))
        note = say("goals.table.looked_up_note", lang, count=len(found))
        return Block("look_up", title, (_list("looked_up", rows, lang, note),), lang)
    return Block("look_up", title, tuple(entry(m, lang) for m in found), lang)


def entry(metric: Metric, lang: Lang) -> Table:
    """One metric in full: every field, or the word for missing."""
    missing = say("goals.word.missing", lang)
    rows: tuple[Row, ...] = tuple(
        {"field": say(f"goals.field.{key}", lang), "content": value or missing}
        for key, value in _entry_fields(metric, lang)
    )
    columns = (column("field", lang), column("content", lang))
    return Table(f"metric_{metric.metric_id}", capital(metric.name.in_(lang)), columns, rows)


def _entry_fields(metric: Metric, lang: Lang) -> Iterable[tuple[str, str]]:
    line, parts, clock = metric_line(metric, False), metric.parts, metric.clock
    yield "metric_id", metric.metric_id
    yield "names", " / ".join((metric.zh_hans, metric.zh_hant, metric.en))
    yield "formula", metric.formula.in_(lang)
    yield "formula_hant", metric.formula_hant
    if parts:
        yield "numerator", parts[0].in_(lang)
        yield "denominator", parts[1].in_(lang)
    if metric.kind == "time" or clock:
        yield "clock_start", clock.start.name.in_(lang) if clock else ""
        yield "clock_stop", clock.stop.name.in_(lang) if clock else ""
    yield "unit", code("measured", metric.unit, lang).replace(NOT_KNOWN, "")
    yield "good", code("direction", metric.direction, lang)
    yield "bounds", bounds(line).replace(NOT_KNOWN, "")
    yield "aggregate", code("aggregate", metric.aggregate, lang).replace(NOT_KNOWN, "")
    yield "lead_lag", code("lead_lag", metric.lead_lag, lang)
    yield "frequency", code("period", metric.frequency, lang)
    yield "data", code("data", metric.data, lang).replace(NOT_KNOWN, "")
    if metric.drivers:
        yield "drivers", listing([code("driver", d, lang) for d in metric.drivers], lang)


def bounds(m: MetricLine) -> str:
    """What a value cannot pass: ``0–100``, ``0–``."""
    low, high = (None if b is None else plain(b, m.unit) for b in (m.bound_low, m.bound_high))
    if low is None and high is None:
        return NOT_KNOWN
    ends = ["" if b is None else b.removesuffix(".0").removesuffix(".00") for b in (low, high)]
    return " … ".join(ends).strip()


def _short(m: Metric) -> Row:
    cells: dict[str, Cell] = {
        "metric_id": m.metric_id, "hans": m.zh_hans, "hant": m.zh_hant, "en": capital(m.en),
        "unit": m.unit, "direction": m.direction, "lead_lag": m.lead_lag,
    }  # fmt: skip
    return cells


def _list(key: str, rows: Sequence[Row], lang: Lang, note: str) -> Table:
    def said(row: Row) -> Row:
        words = {"unit": "measured", "direction": "direction", "lead_lag": "lead_lag"}
        return {k: code(words[k], str(v), lang) if k in words else v for k, v in row.items()}

    keys = ("metric_id", "hans", "hant", "en", "unit", "direction", "lead_lag")
    columns: tuple[Column, ...] = tuple(column(k, lang) for k in keys)
    return table(key, columns, tuple(map(said, rows)), lang, note)

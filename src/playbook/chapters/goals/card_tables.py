"""Tables about the goal cards: overview, required rates, links, and a page for each card."""

from collections.abc import Mapping

from playbook.chapters.goals.model import Card, GoalsResult
from playbook.chapters.goals.wording import (
    change,
    code,
    codes,
    cut,
    estimate,
    goal_name,
    in_unit,
    named,
    span,
)
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Column, Table
from playbook.core.text import NOT_KNOWN, Lang, listing, say

Row = Mapping[str, Cell]
PAIRS = 3  # of field and content in a row of a card page
_LINKS = ("only_service_team", "driver_not_named", "no_link", "no_process_driver")
_SIGN = {">=": "≥", "<=": "≤", "=": "="}


def column(key: str, lang: Lang, kind: str = "text", digits: int = 1, **ends: str) -> Column:
    """A column headed by ``goals.column.<key>``."""
    return Column(key, say(f"goals.column.{key}", lang), kind, digits, **ends)  # type: ignore[arg-type]


def table(
    key: str, columns: tuple[Column, ...], rows: tuple[Row, ...], lang: Lang, note: str = ""
) -> Table:
    """A table titled by ``goals.table.<key>``."""
    return Table(key, say(f"goals.table.{key}", lang), columns, rows, note)


def overview(result: GoalsResult, lang: Lang) -> Table:
    """One row a card: from what, to what, by when, by whom."""

    def row(c: Card) -> Row:
        return {
            "goal": c.goal_id,
            "name": goal_name(result, c, lang),
            "baseline": estimate(c.baseline, c.baseline_low, c.baseline_high, c.unit, lang),
            "n": c.baseline_n,
            "target": f"{_SIGN[c.comparator or '=']} {in_unit(c.target, c.unit, lang)}",
            "due": c.due,
            "owner": short_name(named(result, c.owner, lang)),
            "flags": codes("flag", c.flags, lang),
        }

    columns = (
        column("goal", lang), column("name", lang), column("baseline", lang),
        column("n", lang, "integer"), column("target", lang),
        column("due", lang, "date"), column("owner", lang), column("flags", lang),
    )  # fmt: skip
    note = say("goals.table.cards_note", lang)
    return table("cards", columns, tuple(map(row, result.cards)), lang, note)


def rates(result: GoalsResult, lang: Lang) -> Table:
    """GO11: what each goal asks for per period, and the next interim target."""

    def row(c: Card) -> Row:
        first = c.interim[0] if c.interim else None
        return {
            "goal": c.goal_id,
            "name": goal_name(result, c, lang),
            "horizon": code("horizon", c.horizon, lang),
            "months": c.months,
            "required": change(c.required_per_period, c.unit, lang, 2),
            "per": code("period", c.period_unit, lang),
            "failures": c.failures_to_remove_share,
            "cagr": c.cagr,
            "path": code("path", c.path, lang),
            "next_day": first.day if first else None,
            "next_value": in_unit(first.value, c.unit, lang) if first else NOT_KNOWN,
        }

    columns = (
        column("goal", lang), column("name", lang), column("horizon", lang),
        column("months", lang, "number"),
        column("required", lang), column("per", lang), column("failures", lang, "percent", 0),
        column("cagr", lang, "percent"), column("path", lang), column("next_day", lang, "date"),
        column("next_value", lang),
    )  # fmt: skip
    return table("rates", columns, tuple(map(row, result.cards)), lang,
                 say("goals.table.rates_note", lang))  # fmt: skip


def links(result: GoalsResult, lang: Lang) -> Table:
    """GO13, GO14: whom and what each goal is tied to."""

    def row(c: Card) -> Row:
        broken = [f for f in c.flags if f in _LINKS]
        return {
            "goal": c.goal_id,
            "name": goal_name(result, c, lang),
            "lead_lag": code("lead_lag", c.lead_lag, lang),
            "parent": named(result, c.parent_id, lang),
            "need": named(result, c.customer_need, lang),
            "theme": named(result, c.strategy_theme, lang),
            "participants": _people(result, c.participants, lang),
            "checked": codes("flag", broken, lang) if broken else say("goals.word.fine", lang),
        }

    columns = tuple(
        column(key, lang)
        for key in (
            "goal",
            "name",
            "lead_lag",
            "parent",
            "need",
            "theme",
            "participants",
            "checked",
        )
    )
    return table("links", columns, tuple(map(row, result.cards)), lang)


def page(result: GoalsResult, card: Card, lang: Lang) -> Table:
    """One card in full: every field, or the word for missing."""
    missing = say("goals.word.missing", lang)

    def or_missing(text: str) -> str:
        return missing if text in ("", NOT_KNOWN) else text

    held = {key: or_missing(text) for key, text in _fields(result, card, lang).items()}
    keys = list(held)
    length = -(-len(keys) // PAIRS)
    rows: list[Row] = []
    for i in range(length):
        row: dict[str, Cell] = {}
        for pair in range(PAIRS):
            at = pair * length + i
            key = keys[at] if at < len(keys) else ""
            row[f"field{pair}"] = say(f"goals.field.{key}", lang) if key else ""
            row[f"content{pair}"] = held.get(key, "")
        rows.append(row)
    columns = tuple(
        Column(f"{key}{pair}", say(f"goals.column.{key}", lang))
        for pair in range(PAIRS)
        for key in ("field", "content")
    )
    title = say("goals.table.page", lang, goal=card.goal_id,
                name=goal_name(result, card, lang))  # fmt: skip
    said = (card.statement_en, card.statement) if lang == "en" else (
        card.statement, card.statement_en,
    )  # fmt: skip
    return Table(f"card_{card.goal_id}", title, columns, tuple(rows), said[0] or said[1] or "")


def _fields(result: GoalsResult, c: Card, lang: Lang) -> dict[str, str]:
    review = code("period", c.review_every, lang)
    drawn = {s.source: s.drawn for s in result.sources}
    return {
        "metric": named(result, c.metric_id, lang),
        "direction": code("direction", c.direction, lang),
        "baseline": in_unit(c.baseline, c.unit, lang),
        "interval": span(*cut(c.baseline, c.baseline_low, c.baseline_high, c.unit), c.unit, lang),
        "baseline_n": "" if c.baseline_n is None else f"{c.baseline_n:,.0f}",
        "baseline_period": c.baseline_period or "",
        "baseline_from": code("baseline_from", c.baseline_from, lang),
        "target": f"{code('comparator', c.comparator, lang)} {in_unit(c.target, c.unit, lang)}",
        "start": c.start.isoformat(),
        "due": c.due.isoformat(),
        "horizon": code("horizon", c.horizon, lang),
        "required": _per_period(c, lang),
        "path": code("path", c.path, lang),
        "lead_lag": code("lead_lag", c.lead_lag, lang),
        "owner": named(result, c.owner, lang),
        "team": named(result, c.team, lang),
        "participants": _people(result, c.participants, lang),
        "customer_need": named(result, c.customer_need, lang),
        "strategy_theme": named(result, c.strategy_theme, lang),
        "parent": named(result, c.parent_id, lang),
        "level": code("level", c.level, lang),
        "source": named(result, c.source, lang),
        "drawn": code("drawn", drawn.get(c.source or ""), lang),
        "review_every": review,
        "budget": "" if c.budget is None else f"{c.budget:,.0f}",
        "guardrail": named(result, c.guardrail_metric, lang),
        "flags": codes("flag", c.flags, lang).replace(NOT_KNOWN, say("goals.word.fine", lang)),
    }


def _per_period(c: Card, lang: Lang) -> str:
    if c.required_per_period is None:
        return ""
    rate = change(c.required_per_period, c.unit, lang, 2)
    return say("goals.word.per", lang, rate=rate, period=code("period", c.period_unit, lang))


def _people(result: GoalsResult, keys: tuple[str, ...], lang: Lang) -> str:
    return listing([named(result, key, lang) for key in keys], lang) or NOT_KNOWN

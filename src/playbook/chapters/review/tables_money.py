"""The tables on the scorecard and on what paid."""

from collections.abc import Mapping
from dataclasses import replace

from playbook.chapters.review.money_draws import RATES, MoneyInput
from playbook.chapters.review.result import ReviewResult
from playbook.chapters.review.tables import code, column, named, table
from playbook.core.section import Cell, Table
from playbook.core.text import Lang


def scorecard_table(result: ReviewResult, lang: Lang) -> Table:
    """The measures with weight, attainment and what was counted."""
    columns = (
        column("measure", lang),
        column("perspective", lang),
        column("family", lang),
        column("weight", lang, "percent", 0),
        column("attainment", lang, "percent", 0, "rate_"),
        column("counted", lang, "percent", 0),
    )
    items = result.scorecard.items if result.scorecard is not None else ()
    rows = [
        {
            "measure": named(result, i.measure, lang),
            "perspective": code(i.perspective, lang),
            "family": code(f"family_{i.family}", lang) if i.family else "",
            "weight": i.weight,
            "attainment": i.attainment,
            "rate_low": i.low,
            "rate_high": i.high,
            "counted": i.counted,
        }
        for i in items
    ]
    return table("scorecard", lang, columns, rows)


def parts_table(result: ReviewResult, lang: Lang) -> Table:
    """Scores by perspective and family; the total never stands alone."""
    card = result.scorecard
    columns = (
        column("part", lang),
        column("weight", lang, "percent", 0),
        column("score", lang, "percent", 0, "score_"),
    )
    if card is None:
        return table("parts", lang, columns, ())
    rows: list[Mapping[str, Cell]] = [
        {"part": code(p, lang), "weight": w, "score": card.by_perspective.get(p)}
        for p, w in card.weight_by_perspective.items()
    ]
    rows += [
        {"part": code(f"family_{f}", lang), "weight": None, "score": s}
        for f, s in card.by_family.items()
    ]
    total: Mapping[str, Cell] = {
        "part": code("total", lang),
        "weight": 1 - card.missing_weight,
        "score": card.score,
        "score_low": card.low,
        "score_high": card.high,
    }
    return table("parts", lang, columns, [*rows, total])


def return_table(result: ReviewResult, lang: Lang) -> Table:
    """Both readings of the uplift side by side: one row each."""
    columns = (
        column("reading", lang),
        column("retention_after", lang, "percent"),
        column("clv_change", lang, "money", 2),
        column("roi", lang, "percent", 0, "roi_"),
        column("ratio", lang, "number", 2),
        column("prob_roi_positive", lang, "percent", 0),
        column("roi_at_lcb", lang, "percent", 0),
        column("breakeven_customers", lang, "integer"),
        column("breakeven_lift", lang, "number", 2),
    )
    money = result.money
    rows = [
        {
            "reading": code(reading, lang),
            "retention_after": found.retention_after,
            "clv_change": found.clv_change,
            "roi": found.roi,
            "roi_low": money.returns[reading].roi_low,
            "roi_high": money.returns[reading].roi_high,
            "ratio": found.ratio,
            "prob_roi_positive": money.returns[reading].prob_roi_positive,
            "roi_at_lcb": money.roi_at_lcb.get(reading),
            "breakeven_customers": found.breakeven_customers,
            "breakeven_lift": found.breakeven_lift,
        }
        for reading, found in (money.clv.items() if money is not None else ())
        if money is not None
    ]
    return table("returns", lang, columns, rows)


def inputs_table(result: ReviewResult, lang: Lang) -> Table:
    """What the return was computed from; what is missing stands as missing."""
    columns = (
        column("input", lang),
        column("amount", lang, "money", 0, "amount_"),
        replace(column("points_of", lang, "number", 2, "points_"), key="points"),
        column("rate", lang, "percent", 1, "rate_"),
        column("source_of", lang),
    )
    money = result.money
    if money is None:
        return table("inputs", lang, columns, ())
    rows = [_input(item, lang) for item in money.inputs]
    rows += [
        {"input": code(f"money_{name}", lang), "source_of": code("from_nowhere", lang)}
        for name in money.missing
    ]
    return table("inputs", lang, columns, rows)


def _input(item: MoneyInput, lang: Lang) -> Mapping[str, Cell]:
    stem = "rate" if item.name in RATES else "points" if item.name == "points" else "amount"
    return {
        "input": code(f"money_{item.name}", lang),
        stem: item.value,
        f"{stem}_low": item.low,
        f"{stem}_high": item.high,
        "source_of": code("from_pilot" if item.se else "from_table", lang),
    }


def flows_table(result: ReviewResult, lang: Lang) -> Table:
    """Present value, payback and plain return of the yearly flows."""
    columns = (
        column("discount", lang, "percent"),
        column("npv", lang, "money", 0),
        column("payback_years", lang, "number", 1),
        column("roi_undiscounted", lang, "percent", 0),
    )
    f = result.flows
    rows = [] if f is None else [
        {"discount": f.discount, "npv": f.npv, "payback_years": f.payback_years,
         "roi_undiscounted": f.roi_undiscounted}
    ]  # fmt: skip
    return table("flows", lang, columns, rows)

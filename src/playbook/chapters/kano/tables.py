"""The main tables: data card, quality, categories, coefficients, actions."""

from playbook.chapters.kano.result import KanoResult
from playbook.chapters.kano.tables_parts import (
    Row,
    by_priority,
    column,
    ends,
    interval_column,
    letter_of,
    pairs_of,
    table,
)
from playbook.core.section import Cell, Column, Table
from playbook.core.text import Lang, listing, say

_NO_GOAL = ("stop", "make_optional")


def card(result: KanoResult, lang: Lang) -> Table:
    """What was read and which parameters were used."""
    c, s = result.card, result.settings
    order = say(f"kano.code.order.{s.code_order}", lang) if c.order_aom is not None else None
    dates = f"{c.first_date} – {c.last_date}" if c.first_date else None
    values: dict[str, Cell] = {
        "respondents": c.n_respondents,
        "features": c.n_features,
        "pairs": f"{c.n_pairs:,.0f}",
        "missing": c.n_missing_pair if c.n_respondents is not None else None,
        "half": c.n_half_missing if c.n_respondents is not None else None,
        "layout": say(f"kano.code.layout.{c.layout}", lang),
        "order": order,
        "dates": dates,
        "wording": len(c.wording_sets) or None,
        "table": say(f"kano.code.table.{s.table}", lang),
        "gap": f"{s.near_tie_gap:.2f}",
        "lines": f"{result.better_line:.2f}, {result.worse_line:.2f}",
        "draws": f"{s.draws:,}",
        "groups": None if result.groups_resampled is None else f"{result.groups_resampled:,}",
        "seed": str(s.seed),
    }
    rows: list[Row] = [
        {"item": say(f"kano.card.{key}", lang), "value": value}
        for key, value in values.items()
        if value is not None
    ]
    return table("card", lang, rows, column("item", lang), column("value", lang))


def quality(result: KanoResult, lang: Lang) -> Table:
    """Missing, questionable and reverse answers by feature."""
    rows: list[Row] = [
        {
            "feature": result.names[f.feature].in_(lang),
            "n": pairs_of(f),
            "missing": f.n_missing_pair,
            "half": f.n_half_missing,
            "q_share": f.q_share,
            "r_share": f.r_share,
            "flags": listing(
                [say(f"kano.code.flag.{x}", lang) for x in f.flags if x != "half_missing"], lang
            ),
        }
        for f in result.features
    ]
    return table(
        "quality", lang, rows, column("feature", lang), column("n", lang, "integer"),
        column("missing", lang, "integer"), column("half", lang, "integer"),
        column("q_share", lang, "percent"), column("r_share", lang, "percent"),
        column("flags", lang),
    )  # fmt: skip


def main(result: KanoResult, lang: Lang) -> Table:
    """Shares of the categories, the category and how sure it is; in the order of priority."""
    rows: list[Row] = []
    for f in by_priority(result):
        total = f.n_pairs or 1
        shares: dict[str, Cell] = {c: count / total for c, count in f.counts.items()}
        rows.append(
            {
                "feature": result.names[f.feature].in_(lang),
                "n": pairs_of(f),
                **shares,
                "category": letter_of(f.category, lang),
                "p_category": f.p_category,
                "cs": f.category_strength,
                "agree": f"{f.rules_agree[0]}/{f.rules_agree[1]}",
                "certainty": say(f"kano.code.certainty.{f.certainty or 'none'}", lang),
            }
        )
    note = say("kano.table.main_note", lang, combination=result.settings.combination_below)
    return table(
        "main", lang, rows, column("feature", lang), column("n", lang, "integer"),
        *(Column(c, c, "percent", 0) for c in "MOAIRQ"), column("category", lang),
        column("p_category", lang, "percent", 0), column("cs", lang, "percent", 0),
        column("agree", lang), column("certainty", lang), note=note,
    )  # fmt: skip


def coefficients(result: KanoResult, lang: Lang) -> Table:
    """Better and Worse with intervals, and whether the two largest categories are apart."""
    rows: list[Row] = []
    for f in by_priority(result):
        rating = f.importance
        rows.append(
            {
                "feature": result.names[f.feature].in_(lang),
                "category": letter_of(f.category, lang),
                "n_aomi": None if f.source == "shares" else int(f.n_aomi),
                "better": f.better,
                **ends("better", f.better_ci),
                "worse": f.worse,
                **ends("worse", f.worse_ci),
                "top2_p": f.top2_p_holm,
                "importance": rating.mean if rating else None,
                **ends("importance", rating.ci if rating else None),
            }
        )
    columns = [
        column("feature", lang), column("category", lang), column("n_aomi", lang, "integer"),
        interval_column("better", lang, "percent", 0), interval_column("worse", lang, "percent", 0),
        column("top2_p", lang, "p"),
    ]  # fmt: skip
    if any(f.importance for f in result.features):
        columns.append(interval_column("importance", lang, "number", 1))
    note = say("kano.table.coefficients_note", lang, level=result.settings.level)
    return table("coefficients", lang, rows, *columns, note=note)


def actions(result: KanoResult, lang: Lang) -> Table:
    """What follows for each need, in the order of priority."""
    sure = {(f.code, about): f.certainty for f in result.findings for about in f.about}
    rows: list[Row] = []
    for place, f in enumerate(by_priority(result), 1):
        certainty = sure.get((f.conclusion, f.feature), "none")
        rows.append(
            {
                "priority": place,
                "feature": result.names[f.feature].in_(lang),
                "conclusion": say(f"kano.code.conclusion.{f.conclusion}", lang),
                "certainty": say(f"kano.code.certainty.{certainty}", lang),
                "action": say(f"kano.code.action.{f.action}", lang),
                "gap": None if f.action in _NO_GOAL else f.performance_gap,
            }
        )
    columns = [column("priority", lang, "integer")]
    columns += [column(k, lang) for k in ("feature", "conclusion", "certainty", "action")]
    if not any(f.performance for f in result.features):
        return table("actions", lang, rows, *columns)
    columns.append(column("gap", lang, "percent", 0))
    return table("actions", lang, rows, *columns, note=say("kano.table.actions_note", lang))

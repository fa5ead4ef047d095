"""The main tables: data card, quality, categories, coefficients, actions."""

from playbook.chapters.kano.result import KanoResult
from playbook.chapters.kano.tables_parts import (
    Row,
    by_priority,
    column,
    letter_of,
    pairs_of,
    table,
)
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, listing, say


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
            "flags": listing([say(f"kano.code.flag.{flag}", lang) for flag in f.flags], lang),
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
    """Counts, the category by five rules, and how sure it is; in the order of priority."""
    rows: list[Row] = []
    for f in by_priority(result):
        agree = f"{f.rules_agree[0]}/{f.rules_agree[1]}"
        counts: dict[str, Cell] = {
            c: count if f.source == "shares" else int(count) for c, count in f.counts.items()
        }
        rows.append(
            {
                "feature": result.names[f.feature].in_(lang),
                "n": pairs_of(f),
                **counts,
                "category": letter_of(f.category, lang),
                "near_tie": f.category_near_tie,
                "berger": f.category_berger,
                "quadrant": f.category_quadrant,
                "continuous": f.category_continuous,
                "agree": agree,
                "p_category": f.p_category,
                "ts": f.total_strength,
                "cs": f.category_strength,
                "light": say(f"kano.code.light.{f.light or 'unknown'}", lang),
                "certainty": say(f"kano.code.certainty.{f.certainty or 'none'}", lang),
            }
        )
    shares = any(f.source == "shares" for f in result.features)
    kind: Kind = "number" if shares else "integer"
    letters = [Column(c, c, kind, 2) for c in "MOAIRQ"]
    note = say("kano.table.main_note", lang, combination=result.settings.combination_below)
    return table(
        "main", lang, rows, column("feature", lang), column("n", lang, "integer"), *letters,
        column("category", lang), column("near_tie", lang), column("berger", lang),
        column("quadrant", lang), column("continuous", lang), column("agree", lang),
        column("p_category", lang, "percent", 0), column("ts", lang, "percent", 0),
        column("cs", lang, "percent", 0), column("light", lang), column("certainty", lang),
        note=note,
    )  # fmt: skip


def coefficients(result: KanoResult, lang: Lang) -> Table:
    """Better and Worse with intervals, the exact test beside Fong's."""
    rows: list[Row] = []
    for f in by_priority(result):
        better, worse = f.better_ci or (None, None), f.worse_ci or (None, None)
        rows.append(
            {
                "feature": result.names[f.feature].in_(lang),
                "category": letter_of(f.category, lang),
                "n_aomi": None if f.source == "shares" else int(f.n_aomi),
                "better": f.better,
                "better_low": better[0],
                "better_high": better[1],
                "worse": f.worse,
                "worse_low": worse[0],
                "worse_high": worse[1],
                "asc": f.asc,
                "sensitivity": f.sensitivity,
                "top2_p": f.top2_p_holm,
                "fong": f.fong_significant,
                "importance": f.importance.mean if f.importance else None,
                "importance_low": f.importance.ci[0] if f.importance and f.importance.ci else None,
                "importance_high": f.importance.ci[1] if f.importance and f.importance.ci else None,
            }
        )
    note = say("kano.table.coefficients_note", lang, level=result.settings.level)
    columns = [
        column("feature", lang), column("category", lang), column("n_aomi", lang, "integer"),
        Column("better", say("kano.column.better", lang), "number", 2, "better_low", "better_high"),
        Column("worse", say("kano.column.worse", lang), "number", 2, "worse_low", "worse_high"),
        column("asc", lang, "number", 2), column("sensitivity", lang, "number", 2),
        column("top2_p", lang, "number", 3), column("fong", lang, "yes"),
    ]  # fmt: skip
    if any(f.importance for f in result.features):
        label = say("kano.column.importance", lang)
        columns.append(
            Column("importance", label, "number", 1, "importance_low", "importance_high")
        )
    return table("coefficients", lang, rows, *columns, note=note)


def actions(result: KanoResult, lang: Lang) -> Table:
    """What follows for each need, in the order of priority."""
    rows: list[Row] = []
    for place, f in enumerate(by_priority(result), 1):
        rows.append(
            {
                "priority": place,
                "feature": result.names[f.feature].in_(lang),
                "category": letter_of(f.category, lang),
                "conclusion": say(f"kano.code.conclusion.{f.conclusion}", lang),
                "certainty": say(f"kano.code.certainty.{f.certainty or 'none'}", lang),
                "action": say(f"kano.code.action.{f.action}", lang),
                "gap": f.performance_gap,
            }
        )
    columns = [column("priority", lang, "integer")]
    columns += [
        column(k, lang) for k in ("feature", "category", "conclusion", "certainty", "action")
    ]
    if any(f.performance for f in result.features):
        columns.append(column("gap", lang, "percent", 0))
    return table("actions", lang, rows, *columns)

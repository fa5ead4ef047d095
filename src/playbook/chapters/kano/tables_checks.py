"""The tables that test the main ones: places, scores, groups, other ways to count, planning."""

from playbook.chapters.kano.result import KanoResult, Plan, Split
from playbook.chapters.kano.tables_parts import (
    Row,
    by_priority,
    column,
    ends,
    interval_column,
    letter_of,
    named,
    pairs_of,
    rank_cells,
    table,
)
from playbook.core.section import Cell, Column, Table
from playbook.core.stats import z_of
from playbook.core.text import Lang, listing, say


def ranks(result: KanoResult, lang: Lang) -> Table:
    """Places by priority, Better and |Worse| with their intervals."""
    rows: list[Row] = []
    for f in by_priority(result):
        row: dict[str, Cell] = {"feature": result.names[f.feature].in_(lang)}
        row["category"] = letter_of(f.category, lang)
        row |= rank_cells("priority", f.rank_priority)
        row |= rank_cells("rank_better", f.rank_better) | rank_cells("rank_worse", f.rank_worse)
        rows.append(row)
    places = ("priority", "rank_better", "rank_worse")
    columns = [interval_column(k, lang, "integer", 0) for k in places]
    return table("ranks", lang, rows, column("feature", lang), column("category", lang), *columns)


def continuous(result: KanoResult, lang: Lang) -> Table:
    """Mean scores with intervals and standard deviations, all pairs."""
    z = z_of(result.settings.level)
    rows: list[Row] = []
    for f in result.features:
        row: dict[str, Cell] = {"feature": result.names[f.feature].in_(lang), "n": pairs_of(f)}
        if (s := f.continuous_all) is not None:
            for key, mean, sd, se in (
                ("functional", s.functional_mean, s.functional_sd, s.functional_se),
                ("dysfunctional", s.dysfunctional_mean, s.dysfunctional_sd, s.dysfunctional_se),
            ):
                ci = None if mean is None or se is None else (mean - z * se, mean + z * se)
                row |= {key: mean, f"{key}_sd": sd, **ends(key, ci)}
        row["continuous"] = letter_of(f.category_continuous, lang)
        rows.append(row)
    scores = [
        made
        for key in ("functional", "dysfunctional")
        for made in (
            interval_column(key, lang, "number", 2),
            column(f"{key}_sd", lang, "number", 2),
        )
    ]
    return table(
        "continuous", lang, rows, column("feature", lang), column("n", lang, "integer"),
        *scores, column("continuous", lang),
    )  # fmt: skip


def by_rules(result: KanoResult, lang: Lang) -> Table:
    """The category by each of the five rules, and the older measures of strength."""
    rows: list[Row] = [
        {
            "feature": result.names[f.feature].in_(lang),
            "mode": f.category_mode,
            "near_tie": f.category_near_tie,
            "berger": f.category_berger,
            "quadrant": f.category_quadrant,
            "continuous": f.category_continuous,
            "ts": f.total_strength,
            "asc": f.asc,
            "sensitivity": f.sensitivity,
            "fong": f.fong_significant,
            "light": say(f"kano.code.light.{f.light or 'unknown'}", lang),
        }
        for f in by_priority(result)
    ]
    return table(
        "by_rules", lang, rows, column("feature", lang),
        *(column(k, lang) for k in ("mode", "near_tie", "berger", "quadrant", "continuous")),
        column("ts", lang, "percent", 0), column("asc", lang, "number", 2),
        column("sensitivity", lang, "number", 2), column("fong", lang, "yes"),
        column("light", lang), note=say("kano.table.by_rules_note", lang),
    )  # fmt: skip


def sensitivity(result: KanoResult, lang: Lang) -> Table:
    """The category of every way to count."""
    rows: list[Row] = []
    keys: list[str] = []
    for f in by_priority(result):
        row: dict[str, Cell] = {"feature": result.names[f.feature].in_(lang)}
        for v in f.variants:
            keys += [v.name] if v.name not in keys else []
            row[v.name] = f"{letter_of(v.category_mode, lang) or '–'} (n = {v.n_pairs:,.0f})"
        rows.append(row)
    columns = [Column(k, say(f"kano.code.variant.{k}", lang)) for k in keys]
    return table("sensitivity", lang, rows, column("feature", lang), *columns)


def segments(result: KanoResult, split: Split, lang: Lang) -> Table:
    """One test a feature."""
    rows: list[Row] = []
    for t in split.tests:
        modes = [f"{named(result, group, lang)} {mode or '–'}" for group, mode in t.modes.items()]
        rows.append(
            {
                "feature": result.names[t.feature].in_(lang),
                "modes": listing(modes, lang),
                "chi2": t.chi2,
                "p": t.p,
                "p_holm": t.p_holm,
                "p_monte_carlo": t.p_monte_carlo,
                "cramers_v": t.cramers_v,
            }
        )
    note = say("kano.table.segments_note", lang, draws=result.settings.monte_carlo)
    return table(
        f"segments_{split.column}", lang, rows, column("feature", lang), column("modes", lang),
        column("chi2", lang, "number", 1), column("p", lang, "p"),
        column("p_holm", lang, "p"), column("p_monte_carlo", lang, "p"),
        column("cramers_v", lang, "number", 2), note=note, title="segments",
    )  # fmt: skip


def differences(result: KanoResult, split: Split, lang: Lang) -> Table:
    """Better and Worse between groups, for features whose test found a difference."""
    rows: list[Row] = []
    for t in split.tests:
        for d in t.differences if t.proven else ():
            rows.append(
                {
                    "feature": result.names[t.feature].in_(lang),
                    "first": named(result, d.first, lang),
                    "second": named(result, d.second, lang),
                    "better": d.better.value,
                    "better_low": d.better.low,
                    "better_high": d.better.high,
                    "worse": d.worse.value,
                    "worse_low": d.worse.low,
                    "worse_high": d.worse.high,
                }
            )
    by_key = {"better": "difference_better", "worse": "difference_worse"}
    columns = [
        Column(k, say(f"kano.column.{v}", lang), "points", 0, f"{k}_low", f"{k}_high")
        for k, v in by_key.items()
    ]
    return table(
        f"differences_{split.column}", lang, rows, column("feature", lang),
        column("first", lang), column("second", lang), *columns,
        note=say("kano.table.differences_note", lang), title="differences",
    )  # fmt: skip


def plan(made: Plan, lang: Lang) -> Table:
    """K27 as a table."""
    rows: list[Row] = [
        {"n": r.n, "half_width": r.half_width, "p_mode": r.p_mode_correct} for r in made.rows
    ]
    return table(
        "plan", lang, rows, column("n", lang, "integer"), column("half_width", lang, "percent"),
        column("p_mode", lang, "percent", 0), note=say("kano.table.plan_note", lang),
    )  # fmt: skip

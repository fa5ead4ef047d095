"""The chapter's tables: raw numbers with their kinds; the writers format them."""

from collections.abc import Iterable, Mapping

from playbook.chapters.servqual.result import ServqualResult
from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, known_as, listing, say

Row = dict[str, Cell]


def table(
    key: str, columns: Iterable[Column], rows: Iterable[Mapping[str, Cell]], lang: Lang,
    note: bool = False, **values: object,
) -> Table:  # fmt: skip
    """A table whose title and note stand under its key."""
    text = say(f"servqual.table.{key}_note", lang) if note else ""
    title = say(f"servqual.table.{key}", lang, **values)
    return Table(key, title, tuple(columns), tuple(rows), text)


def column(
    key: str, lang: Lang, kind: Kind = "text", digits: int = 2, interval: bool = False
) -> Column:
    """A column named by its key; interval: shown with ``<key>_low``, ``<key>_high``."""
    ends = (f"{key}_low", f"{key}_high") if interval else ("", "")
    return Column(key, say(f"servqual.column.{key}", lang), kind, digits, *ends)


def ends(key: str, ci: Interval) -> Row:
    """The interval of a column."""
    low, high = ci or (None, None)
    return {f"{key}_low": low, f"{key}_high": high}


def name(result: ServqualResult, key: str, lang: Lang) -> str:
    """The name of an item or dimension."""
    return known_as(key, result.names, lang)


def quality_table(result: ServqualResult, lang: Lang) -> Table:
    """The data quality box: a count per row."""
    q = result.quality
    counts: list[tuple[str, float | None]] = [
        ("n_rows", q.n_rows),
        ("n_answered", q.n_answered),
        ("cells", q.cells),
        ("no_answer", q.missing_cells - q.never_used_cells),
        ("never_used", q.never_used_cells),
        ("straight_liners", q.straight_liners),
        ("duplicate_rows", q.duplicate_rows),
    ]
    if result.mean_points:
        counts.append(("points_refused", len(q.points_rows_refused)))
    if q.n_effective is not None:
        counts.append(("n_effective", q.n_effective))
    rows = [{"what": say(f"servqual.code.{key}", lang), "count": n} for key, n in counts]
    return table(
        "quality", (column("what", lang), column("count", lang, "integer")), rows, lang, note=True
    )


def never_used_table(result: ServqualResult, lang: Lang) -> Table:
    """Items that many respondents never used: their n is smaller by nature, not by refusal."""
    found = sorted(result.quality.never_used.items(), key=lambda x: -x[1])
    rows = [
        {
            "item": name(result, item, lang),
            "count": n,
            "share": n / result.quality.n_rows if result.quality.n_rows else None,
        }
        for item, n in found
    ]
    columns = (
        column("item", lang),
        column("count", lang, "integer"),
        column("share", lang, "percent", 1),
    )
    return table("never_used", columns, rows, lang)


def dimension_table(result: ServqualResult, lang: Lang) -> Table:
    """Gaps by dimension, or performance by dimension where expectations were not asked."""
    gap = result.used.form == "gap"
    rows: list[Row] = []
    for key, d in result.dimensions.items():
        w = d.performance_weighted
        rows.append(
            {
                "dimension": name(result, key, lang),
                "n": d.n,
                "e_mean": d.expectation.mean if d.expectation else None,
                "p_mean": d.performance.mean,
                **ends("p_mean", d.performance.ci),
                "gap": d.gap_points,
                **ends("gap", d.ci),
                "p_holm": d.p_holm,
                "dz": d.dz,
                "r_difference": d.difference_reliability,
                "p_first": d.p_largest_gap,
                "p_lowest": d.p_lowest,
                "ceiling": d.ceiling_share_e,
                "weighted": w.value if w else None,
                **ends("weighted", None if w is None or w.low is None or w.high is None
                       else (w.low, w.high)),
                "n_effective": w.n_effective if w else None,
            }
        )  # fmt: skip
    rows.sort(key=lambda r: _sort(r["gap"] if gap else r["p_mean"]))
    key = "dimensions" if gap else "dimensions_performance"
    return table(key, _dimension_columns(result, lang), rows, lang, note=True)


def item_table(result: ServqualResult, lang: Lang) -> Table:
    """Every item, the worst first: expectation, perception, gap and its test."""
    gap = result.used.form == "gap"
    rows: list[Row] = []
    for i in result.items:
        rows.append(
            {
                "item": name(result, i.item, lang),
                "dimension": name(result, i.dimension, lang),
                "n": i.n,
                "e_mean": i.e_mean,
                "p_mean": i.p_mean,
                **ends("p_mean", None if gap else i.performance.ci),
                "gap": i.gap_points,
                **ends("gap", i.ci),
                "p_holm": i.p_holm,
            }
        )
    rows.sort(key=lambda r: _sort(r["gap"] if gap else r["p_mean"]))
    means = (
        [
            column("e_mean", lang, "number"),
            column("p_mean", lang, "number"),
            column("gap", lang, "signed", 2, interval=True),
            column("p_holm", lang, "p"),
        ]
        if gap
        else [column("p_mean", lang, "number", 2, interval=True)]
    )
    columns = [
        column("item", lang),
        column("dimension", lang),
        column("n", lang, "integer"),
        *means,
    ]
    return table("items" if gap else "items_performance", columns, rows, lang, note=True)


def item_check_table(result: ServqualResult, lang: Lang) -> Table:
    """What a reviewer of the survey asks of every item, in the order of the instrument."""
    rows: list[Row] = []
    for i in result.items:
        r = result.dimensions[i.dimension].reliability["P"]
        rows.append(
            {
                "item": name(result, i.item, lang),
                "dimension": name(result, i.dimension, lang),
                "dz": i.dz,
                "wilcoxon_p": i.wilcoxon_p,
                "ceiling": i.ceiling_share_e,
                "item_total": r.item_total.get(i.item),
                "alpha_if_deleted": r.alpha_if_deleted.get(i.item),
            }
        )
    of_gaps = (column("dz", lang, "signed"), column("wilcoxon_p", lang, "p"),
               column("ceiling", lang, "percent", 0))  # fmt: skip
    columns = (
        column("item", lang),
        column("dimension", lang),
        *(of_gaps if result.used.form == "gap" else ()),
        column("item_total", lang, "number"),
        column("alpha_if_deleted", lang, "number", 3),
    )
    return table("item_checks", columns, rows, lang, note=True)


def score_table(result: ServqualResult, lang: Lang) -> Table:
    """S2, S3 and the performance score, each with n and interval."""
    found = (
        ("score_unweighted", result.score_unweighted),
        ("score_weighted_respondent", result.score_weighted_respondent),
        ("servperf_total", result.servperf_total),
    )
    rows: list[Row] = [
        {"what": say(f"servqual.code.{key}", lang), "mean": s.mean, **ends("mean", s.ci), "n": s.n}
        for key, s in found
        if s is not None
    ]
    if result.score_weighted_mean_points is not None:
        what = say("servqual.code.score_weighted_mean_points", lang)
        rows.append({"what": what, "mean": result.score_weighted_mean_points, "n": None})
    columns = (
        column("what", lang),
        column("mean", lang, "number", 2, interval=True),
        column("n", lang, "integer"),
    )
    key = "scores" if result.score_unweighted else "scores_performance"
    return table(key, columns, rows, lang, note=True)


def priority_table(result: ServqualResult, lang: Lang) -> Table:
    """Gap times stated points, the costliest dimension first."""
    rows: list[Row] = [
        {
            "dimension": name(result, key, lang),
            "points": result.mean_points.get(key),
            "gap": d.gap_points,
            **ends("gap", d.ci),
            "weighted_gap": d.weighted_gap_points,
            **ends("weighted_gap", d.weighted_gap_ci),
            "p_top_three": d.p_top_three,
        }
        for key, d in result.dimensions.items()
    ]
    rows.sort(key=lambda r: _sort(r["weighted_gap"]))
    columns = (
        column("dimension", lang),
        column("points", lang, "number", 1),
        column("gap", lang, "signed", 2, interval=True),
        column("weighted_gap", lang, "signed", 3, interval=True),
        column("p_top_three", lang, "percent", 0),
    )
    return table("priority", columns, rows, lang, note=True)


def segment_table(result: ServqualResult, lang: Lang) -> Table:
    """Dimensions down, segments across; comparisons are left to the reader's intervals."""
    rows: dict[str, Row] = {}
    most: dict[str, int] = {}
    for s in result.segments:
        own = s.gap or s.performance
        row = rows.setdefault(s.dimension, {"dimension": name(result, s.dimension, lang)})
        row |= {s.segment: own.mean, **ends(s.segment, own.ci)}
        most[s.segment] = max(most.get(s.segment, 0), own.n)
    gap = result.used.form == "gap"
    columns = [
        Column(
            s, say("servqual.column.segment", lang, name=name(result, s, lang), n=n),
            "signed" if gap else "number", 2, f"{s}_low", f"{s}_high",
        )
        for s, n in most.items()
    ]  # fmt: skip
    key = "segments_gap" if gap else "segments"
    return table(key, (column("dimension", lang), *columns), rows.values(), lang, note=True)


def _dimension_columns(result: ServqualResult, lang: Lang) -> list[Column]:
    first = [column("dimension", lang), column("n", lang, "integer")]
    if result.used.form == "gap":
        return [
            *first,
            column("e_mean", lang, "number"),
            column("p_mean", lang, "number"),
            column("gap", lang, "signed", 2, interval=True),
            column("p_holm", lang, "p"),
            column("dz", lang, "signed"),
            column("r_difference", lang, "number"),
            column("p_first", lang, "percent", 0),
            column("ceiling", lang, "percent", 0),
        ]
    shown = [*first, column("p_mean", lang, "number", 2, interval=True)]
    if result.used.weighted:
        shown += [
            column("weighted", lang, "number", 2, interval=True),
            column("n_effective", lang, "integer"),
        ]
    return [*shown, column("p_lowest", lang, "percent", 0)]


def _sort(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 1e9


def flag_words(flags: Iterable[str], result: ServqualResult, lang: Lang) -> str:
    """Flags such as ``item_weak:3`` in words, with the item's name."""
    out = []
    for flag in flags:
        code, _, about = flag.partition(":")
        out.append(say(f"servqual.code.{code}", lang, about=name(result, about, lang)))
    return listing(out, lang)

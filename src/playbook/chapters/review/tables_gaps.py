"""The tables on competitors."""

from collections.abc import Sequence
from dataclasses import replace

from playbook.chapters.review.gaps import Gap
from playbook.chapters.review.result import ReviewResult
from playbook.chapters.review.tables import Row, code, column, named, scaled, table, unit_word
from playbook.core.section import Table
from playbook.core.text import Lang, say


def gap_tables(result: ReviewResult, lang: Lang) -> list[Table]:
    """One table per metric and competitor, in its unit: shares in percentage points."""
    pairs = dict.fromkeys((g.metric_id, g.competitor) for g in result.gaps)
    return [_gap_table(result, [g for g in result.gaps if (g.metric_id, g.competitor) == pair],
                       place, lang) for place, pair in enumerate(pairs)]  # fmt: skip


def _gap_table(result: ReviewResult, gaps: Sequence[Gap], place: int, lang: Lang) -> Table:
    columns = (
        column("period", lang, "date"),
        column("us", lang, "number", 1),
        column("them", lang, "number", 1),
        column("gap", lang, "signed", 1, "gap_"),
        column("gap_relative", lang, "percent"),
        column("gap_closed", lang, "percent", 0),
        column("swing", lang, "signed", 1, "swing_"),
        column("standing", lang),
    )
    first = gaps[0]
    metric = _with_unit(named(result, first.metric_id, lang), first.unit, lang)
    rival = named(result, first.competitor, lang) or code("competitor_unnamed", lang)
    metric = metric[:1].upper() + metric[1:]
    title = say("review.table.gap", lang, metric=metric, competitor=rival)
    found = table("gaps", lang, columns, [_gap_row(g, lang) for g in gaps])
    return replace(found, id=f"gaps_{place}" if place else "gaps", title=title)


def _gap_row(g: Gap, lang: Lang) -> Row:
    behind = g.swing is not None and g.sense * (g.gap_absolute - g.swing) < 0
    return {
        "period": g.period,
        "us": scaled(g.us, g.unit),
        "them": scaled(g.them, g.unit),
        "gap": scaled(g.gap_absolute, g.unit),
        "gap_low": scaled(g.low, g.unit),
        "gap_high": scaled(g.high, g.unit),
        "gap_relative": g.gap_relative,
        "gap_closed": g.gap_closed_absolute if behind and _positive(g) else None,
        "swing": scaled(g.swing, g.unit),
        "swing_low": scaled(g.swing_low, g.unit),
        "swing_high": scaled(g.swing_high, g.unit),
        "standing": code(f"standing_{g.standing}", lang),
    }


def _with_unit(name: str, unit: str, lang: Lang) -> str:
    word = "%" if unit == "share" else unit_word(unit, lang)
    return name if not word else f"{name}（{word}）" if lang == "zh" else f"{name} ({word})"


def _positive(gap: Gap) -> bool:
    """A gap that widened has closed by nothing: the swing says by how much it widened."""
    return gap.gap_closed_absolute is not None and gap.gap_closed_absolute >= 0


def rank_table(result: ReviewResult, lang: Lang) -> Table:
    """RV11: the place among the competitors seen."""
    columns = (
        column("metric", lang),
        column("period", lang, "date"),
        column("place", lang, "integer"),
        column("n_peers", lang, "integer"),
        column("percentile", lang, "number", 0),
    )
    rows: list[Row] = [
        {
            "metric": named(result, r.metric_id, lang),
            "period": r.period,
            "place": r.place,
            "n_peers": r.n_peers,
            "percentile": r.percentile,
        }
        for r in result.ranks
    ]
    return table("ranks", lang, columns, rows)

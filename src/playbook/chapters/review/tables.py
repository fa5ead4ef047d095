"""The tables of the review: raw numbers, words from the TOML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from playbook.chapters.review.attainment import Attainment, state_word
from playbook.chapters.review.result import ReviewResult
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, known_as, listing, say

Row = Mapping[str, Cell]
SPOKEN_UNITS = ("share", "nps")
"""Units with a word; the others are told by the name of the goal."""


def column(key: str, lang: Lang, kind: Kind = "text", digits: int = 1, ends: str = "") -> Column:
    """A column whose label is ``review.column.<key>``; ends names the stem of its interval."""
    low, high = (f"{ends}low", f"{ends}high") if ends else ("", "")
    return Column(key, say(f"review.column.{key}", lang), kind, digits, low, high)


def table(
    id: str, lang: Lang, columns: Sequence[Column], rows: Iterable[Row], title: str = ""
) -> Table:
    """A table titled ``review.table.<id>``; columns without any value are left out."""
    found = tuple(rows)
    used = tuple(c for c in columns if any(row.get(c.key) not in (None, "") for row in found))
    name = title or id
    return Table(id, say(f"review.table.{name}", lang), used, found)


def named(result: ReviewResult, key: str, lang: Lang) -> str:
    """The client's name of a code, or the code."""
    return known_as(key, result.names, lang)


def code(key: str | None, lang: Lang) -> str:
    """The word of a code; nothing for none."""
    return say(f"review.code.{key}", lang) if key else ""


def unit_word(unit: str, lang: Lang) -> str:
    """The unit of a change where it has a word of its own."""
    return code(f"unit_column_{unit}", lang) if unit in SPOKEN_UNITS else ""


def attainment_tables(result: ReviewResult, lang: Lang) -> list[Table]:
    """Goals held as shares first, then the others: their numbers are shown differently."""
    out = []
    for id, share in (("goals_share", True), ("goals_other", False)):
        goals = [a for a in result.attainment if (a.unit == "share") == share]
        if goals:
            periods = sorted({a.period for a in goals})
            found = table(id, lang, _attained_columns(share, len(periods) > 1, lang),
                          [_attained_row(result, a, lang) for a in goals])  # fmt: skip
            if len(periods) == 1:
                title = say("review.table.of_period", lang, title=found.title, period=periods[0])
                found = replace(found, title=title)
            out.append(found)
    return out


def _attained_columns(share: bool, with_period: bool, lang: Lang) -> tuple[Column, ...]:
    value: Kind = "percent" if share else "number"
    digits = 1 if share else 2
    return (
        column("goal", lang),
        *((column("period", lang, "date"),) if with_period else ()),
        *(column(key, lang, value, digits) for key in ("baseline", "target")),
        column("actual", lang, value, digits, "actual_"),
        column("n", lang, "integer"),
        column("attainment", lang, "percent", 0, "rate_"),
        column("state", lang),
        column("prob_attained", lang, "percent", 0),
    )  # fmt: skip


def _attained_row(result: ReviewResult, a: Attainment, lang: Lang) -> Row:
    return {
        "goal": named(result, a.goal_id, lang),
        "period": a.period,
        "baseline": a.baseline,
        "target": a.target,
        "actual": a.actual,
        "actual_low": a.actual_low,
        "actual_high": a.actual_high,
        "n": a.n,
        "attainment": a.attainment,
        "rate_low": a.low,
        "rate_high": a.high,
        "state": code(state_word(a), lang),
        "prob_attained": a.prob_attained,
    }


def movement_table(result: ReviewResult, lang: Lang) -> Table:
    """RV2: the change of every goal from its baseline, and whether it can be told from none."""
    columns = (
        column("goal", lang),
        column("change", lang, "signed", 2, "change_"),
        column("unit", lang),
        column("movement", lang),
    )
    rows: list[Row] = [
        {
            "goal": named(result, a.goal_id, lang),
            "change": scaled(a.change, a.unit),
            "change_low": scaled(a.change_low, a.unit),
            "change_high": scaled(a.change_high, a.unit),
            "unit": unit_word(a.unit, lang),
            "movement": code(a.movement, lang) or None,
        }
        for a in result.attainment
        if a.change is not None
    ]
    return table("movement", lang, columns, rows)


def refused_reasons(result: ReviewResult, lang: Lang) -> str:
    """Why goals have no compound rate: each reason with its goals; empty if all have one."""
    why: dict[str, list[str]] = {}
    for g in result.growth:
        if g.refused:
            why.setdefault(g.refused, []).append(named(result, g.goal_id, lang))
    form = "{}（{}）" if lang == "zh" else "{} ({})"
    parts = [form.format(code(f"refused_{key}", lang), listing(goals, lang))
             for key, goals in why.items()]  # fmt: skip
    return ("；" if lang == "zh" else "; ").join(parts)


def growth_table(result: ReviewResult, lang: Lang) -> Table:
    """Pace of every goal; yearly change of shares in points x 100."""
    columns = (
        column("goal", lang),
        column("span", lang, "date"),
        column("points_seen", lang, "integer"),
        column("cagr", lang, "percent"),
        column("change_total", lang, "signed", 2),
        column("per_year", lang, "signed", 2),
        column("unit", lang),
        column("kendall_tau", lang, "signed", 2),
        column("slope", lang, "signed", 2, "slope_"),
    )
    rows: list[Row] = []
    for g in result.growth:
        scale = 100 if g.unit == "share" else 1
        rows.append(
            {
                "goal": named(result, g.goal_id, lang),
                "span": f"{g.first_period} – {g.last_period}",
                "points_seen": g.n_points,
                "cagr": g.cagr,
                "change_total": g.change * scale,
                "per_year": _times(g.per_year, scale),
                "unit": unit_word(g.unit, lang),
                "kendall_tau": g.kendall_tau,
                "slope": None if g.slope is None else g.slope * scale,
                "slope_low": None if g.slope_low is None else g.slope_low * scale,
                "slope_high": None if g.slope_high is None else g.slope_high * scale,
            }
        )
    return table("growth", lang, columns, rows)


def action_table(result: ReviewResult, lang: Lang) -> Table:
    """RV5: planned against observed, shares in percentage points."""
    columns = (
        column("action", lang),
        column("goal", lang),
        column("planned", lang, "signed", 2),
        column("observed", lang, "signed", 2, "effect_"),
        column("unit", lang),
        column("share_of_planned", lang, "percent", 0),
        column("evidence", lang),
        column("verdict", lang),
        column("done", lang, "yes"),
    )
    rows: list[Row] = []
    for a in result.actions:
        scale = 100 if a.unit == "share" else 1
        rows.append(
            {
                "action": named(result, a.action, lang),
                "goal": named(result, a.goal_id, lang),
                "planned": _times(a.planned_effect, scale),
                "observed": _times(a.observed_effect, scale),
                "effect_low": _times(a.low, scale),
                "effect_high": _times(a.high, scale),
                "unit": unit_word(a.unit, lang),
                "share_of_planned": a.share_of_planned,
                "evidence": code(f"evidence_{a.evidence}", lang),
                "verdict": code(f"effect_{a.verdict}", lang),
                "done": a.done,
            }
        )
    return table("actions", lang, columns, rows)


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def scaled(value: float | None, unit: str) -> float | None:
    """A change as it is shown: shares in percentage points."""
    return _times(value, 100 if unit == "share" else 1)

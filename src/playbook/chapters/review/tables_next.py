"""The tables on learning and the next round."""

from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.goal_diff import Change
from playbook.chapters.review.result import ReviewResult
from playbook.chapters.review.tables import code, column, named, scaled, table, unit_word
from playbook.core.section import Kind, Table
from playbook.core.text import Lang, has, say

DIRECTIONS = ("increase", "decrease", "maintain")


def case_table(result: ReviewResult, lang: Lang) -> Table:
    """The case library with grade and whether it may become a standard."""
    columns = (
        column("case", lang),
        column("practice", lang),
        column("conditions", lang),
        column("effect", lang, "signed", 3, "effect_"),
        column("evidence", lang),
        column("grade", lang),
        column("standard", lang, "yes"),
        column("sop_id", lang),
    )
    rows = [
        {
            "case": named(result, c.case, lang),
            "practice": named(result, c.practice, lang),
            "conditions": named(result, c.conditions, lang),
            "effect": c.effect,
            "effect_low": c.low,
            "effect_high": c.high,
            "evidence": code(f"evidence_{c.evidence}", lang),
            "grade": code(f"grade_{c.grade}", lang),
            "standard": c.standard,
            "sop_id": c.sop_id,
        }
        for c in result.cases
    ]
    return table("cases", lang, columns, rows)


def site_table(result: ReviewResult, lang: Lang) -> Table:
    """Each copy: last gap to the old sites, and when it was level."""
    columns = (
        column("site", lang),
        column("case", lang),
        column("periods_seen", lang, "integer"),
        column("new_minus_old", lang, "points", 1),
        column("lower_bound", lang, "points", 1),
        column("parity_period", lang, "integer"),
        column("outcome", lang),
    )
    copies = result.replication
    rows = [
        {
            "site": named(result, s.site, lang),
            "case": named(result, s.case, lang),
            "periods_seen": s.periods[-1].step,
            "new_minus_old": s.periods[-1].new - s.periods[-1].old,
            "lower_bound": s.periods[-1].lower_bound,
            "parity_period": s.parity_period,
            "outcome": code(f"outcome_{s.outcome}", lang),
        }
        for s in (copies.sites if copies is not None else ())
    ]
    return table("sites", lang, columns, rows)


def log_table(result: ReviewResult, lang: Lang) -> Table:
    """The PDCA board by step, oldest first; by what it closed where that was not its rule."""
    items = result.pdca.items if result.pdca is not None else ()
    strayed = any(i.closed_by and i.closed_by != i.check_rule for i in items)
    columns = (
        column("id", lang),
        column("step", lang),
        column("item_action", lang),
        column("owner", lang),
        column("due", lang, "date"),
        column("age_days", lang, "integer"),
        column("days_overdue", lang, "integer"),
        column("item_state", lang),
        column("check_rule", lang),
        *((column("closed_by", lang),) if strayed else ()),
    )
    order = {"plan": 0, "do": 1, "check": 2, "act": 3}
    rows = [
        {
            "id": i.id,
            "step": code(f"step_{i.step}", lang),
            "item_action": named(result, i.action, lang),
            "owner": named(result, i.owner, lang) or code("owner_open", lang),
            "due": i.due,
            "age_days": i.age_days,
            "days_overdue": i.days_overdue or None,
            "item_state": code(f"item_{i.state}", lang),
            "check_rule": code(f"rule_{i.check_rule}", lang) if i.check_rule else "",
            "closed_by": code(f"rule_{i.closed_by}", lang) if i.closed_by else "",
        }
        for i in sorted(items, key=lambda i: (order[i.step], -i.age_days))
    ]
    return table("log", lang, columns, rows)


def diff_table(result: ReviewResult, lang: Lang) -> Table:
    """Before, after and reason of every change of the goal set."""
    columns = tuple(column(k, lang) for k in ("goal", "changed", "before", "after", "reason"))
    rows = [
        {
            "goal": named(result, c.goal_id, lang),
            "changed": code("change_direction" if turned(c) else f"change_{c.code}", lang),
            "before": _shown(result, c, c.before, lang),
            "after": _shown(result, c, c.after, lang),
            "reason": code(f"reason_{c.reason}", lang) if c.reason else code("no_reason", lang),
        }
        for c in result.diff
    ]
    return table("diff", lang, columns, rows)


def turned(c: Change) -> bool:
    """A definition that changed in its direction only: values stay comparable."""
    return c.code == "definition_changed" and {c.before, c.after} <= set(DIRECTIONS)


def _shown(result: ReviewResult, c: Change, value: float | str | None, lang: Lang) -> str | None:
    """Text of a term: terms of several kinds share a column."""
    if value is None or isinstance(value, float | int):
        share = c.unit == "share" and c.code != "weight_changed"
        return None if value is None else f"{value * 100:.1f}%" if share else f"{value:g}"
    key = f"review.code.{value}"
    return say(key, lang) if has(key, lang) else named(result, value, lang)


def next_tables(result: ReviewResult, lang: Lang) -> list[Table]:
    """RV18: the proposals, goals held as shares apart from the others."""
    out = []
    for id, share in (("next_share", True), ("next_other", False)):
        kind: Kind = "percent" if share else "number"
        digits = 1 if share else 2
        columns = (
            column("goal", lang),
            column("proposal", lang),
            column("new_baseline", lang, kind, digits, "base_"),
            column("old_target", lang, kind, digits),
            column("new_target", lang, kind, digits),
            column("new_due", lang, "date"),
            column("required_rate", lang, "points" if share else "number", 2),
            column("best_rate", lang, "points" if share else "number", 2),
            column("q", lang, "number", 2),
            column("peer", lang, kind, digits),
        )
        rows = [
            {
                "goal": named(result, g.goal_id, lang),
                "proposal": code(f"next_{g.code}", lang),
                "new_baseline": g.new_baseline,
                "base_low": g.baseline_low,
                "base_high": g.baseline_high,
                "old_target": g.old_target,
                "new_target": g.new_target,
                "new_due": g.new_due,
                "required_rate": g.required_rate,
                "best_rate": g.best_rate,
                "q": g.q,
                "peer": g.peer,
            }
            for g in result.next_goals
            if (g.unit == "share") == share
        ]
        if rows:
            out.append(table(id, lang, columns, rows))
    return out


def check_table(result: ReviewResult, lang: Lang) -> Table:
    """RV17: the mini card of each change."""
    columns = (
        column("goal", lang),
        column("expected_effect", lang, "signed", 2),
        column("smallest_effect", lang, "signed", 2),
        column("unit", lang),
        column("check_date", lang, "date"),
        column("checked_by", lang),
        column("to_fill", lang),
    )
    rows = [
        {
            "goal": named(result, c.goal_id, lang),
            "expected_effect": scaled(c.expected_effect, c.unit),
            "smallest_effect": scaled(c.smallest_effect, c.unit),
            "unit": unit_word(c.unit, lang),
            "check_date": c.check_date,
            "checked_by": code(f"by_{c.by}", lang),
            "to_fill": ("、" if lang == "zh" else ", ").join(
                say(f"review.column.{m}", lang) for m in c.missing
            ),
        }
        for c in result.check_goals
    ]
    return table("check_goals", lang, columns, rows)


def after_action_table(result: ReviewResult, lang: Lang) -> Table:
    """复盘表: intended and happened are filled in; why and what next are for the meeting."""
    columns = tuple(
        column(k, lang) for k in ("goal", "intended", "happened", "why", "then", "who_when")
    )
    proposals = {g.goal_id: g.code for g in result.next_goals}
    rows = [
        {
            "goal": named(result, a.goal_id, lang),
            "intended": _intended(a, lang),
            "happened": _happened(a, lang),
            "why": say("review.sheet.to_discuss", lang),
            "then": code(f"next_{proposals[a.goal_id]}", lang),
            "who_when": named(result, a.owner, lang) or code("owner_open", lang),
        }
        for a in result.attainment
    ]  # fmt: skip
    return table("after_action", lang, columns, rows)


def _intended(a: Attainment, lang: Lang) -> str:
    form = "none" if a.target is None else "share" if a.unit == "share" else "number"
    due = a.due.isoformat() if a.due else None
    return say(f"review.sheet.intended_{form}", lang, baseline=a.baseline, target=a.target, due=due)


def _happened(a: Attainment, lang: Lang) -> str:
    form = "share" if a.unit == "share" else "number"
    key = f"review.sheet.happened_{form}" + ("" if a.actual_low is not None else "_bare")
    return say(key, lang, actual=a.actual, low=a.actual_low, high=a.actual_high, period=a.period)


def calendar_table(lang: Lang) -> Table:
    """The year plan: who meets when, on what."""
    columns = tuple(column(k, lang) for k in ("meeting", "rhythm", "agenda", "yields"))
    meetings = ("week", "month", "quarter", "care_day", "half", "year")
    rows = [
        {
            k: say(f"review.calendar.{m}_{k}", lang)
            for k in ("meeting", "rhythm", "agenda", "yields")
        }
        for m in meetings
    ]
    return table("calendar", lang, columns, rows)


def vote_table(result: ReviewResult, lang: Lang) -> Table:
    """Vote sheet of the yearly contest: cases with what is known, points left blank."""
    columns = tuple(
        column(k, lang) for k in ("case", "grade", "points_effect", "points_copy", "points_story")
    )
    blank = say("review.sheet.points", lang)
    rows = [
        {
            "case": named(result, c.case, lang),
            "grade": code(f"grade_{c.grade}", lang),
            "points_effect": blank,
            "points_copy": blank,
            "points_story": blank,
        }
        for c in result.cases
    ]
    return table("votes", lang, columns, rows)

"""What changed between two goal sets and why (RV16), and how each change is checked (RV17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.chapters.review.inputs import REASONS
from playbook.chapters.review.observed import SHARE_UNITS, sense_of
from playbook.chapters.review.reading import Card, Row, earlier, rows, saved_cards
from playbook.core.inputs import Inputs
from playbook.core.periods import add_months

Terms = Mapping[str, Any]
Value = float | str | None
TARGET_CODES = ("target_harder", "target_easier", "target_changed")
CHECKED_CODES = (*TARGET_CODES, "goal_added", "metric_changed", "definition_changed")


@dataclass(frozen=True)
class Change:
    """One change of one goal. reason is a code, empty if none is given. flags: no_reason,
    goalpost_moved, baseline_changed_after_start, definition_changed.
    """

    goal_id: str
    code: str
    unit: str
    before: float | str | None
    after: float | str | None
    reason: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class CheckGoal:
    """RV17: the mini card of a change. by: pilot or chart; missing: fields still to be filled.

    Effects are in the unit of the goal, of shares as 0-1.
    """

    goal_id: str
    metric_id: str
    unit: str
    expected_effect: float | None
    smallest_effect: float | None
    check_date: date
    by: str
    missing: tuple[str, ...]


def goal_diff(
    before: Mapping[str, Terms], after: Mapping[str, Terms]
) -> list[tuple[str, str, Value, Value]]:
    """RV16: (goal_id, code, before, after) for every change, sorted by goal and code.

    Terms that one side does not state are not compared.

    >>> goal_diff({"G": {"target": 3, "direction": "decrease"}},
    ...           {"G": {"target": 4, "direction": "decrease"}})
    [('G', 'target_easier', 3, 4)]
    """
    out: list[tuple[str, str, Value, Value]] = []
    out += [(g, "goal_added", None, _plain(after[g].get("target"))) for g in after.keys() - before]
    gone = before.keys() - after
    out += [(g, "goal_removed", _plain(before[g].get("target")), None) for g in gone]
    for goal in before.keys() & after.keys():
        out += [(goal, *change) for change in _changes(before[goal], after[goal])]
    return sorted(out, key=lambda change: change[:2])


def _changes(old: Terms, new: Terms) -> list[tuple[str, Value, Value]]:
    """The changed terms of one goal."""
    out: list[tuple[str, Value, Value]] = []
    new_metric = _differs(old, new, "metric_id")
    if new_metric:
        out.append(("metric_changed", _plain(old["metric_id"]), _plain(new["metric_id"])))
    elif _differs(old, new, "target"):  # another metric's target cannot be compared
        out.append((_target_code(old, new), _plain(old["target"]), _plain(new["target"])))
    if _differs(old, new, "due"):
        later = str(new["due"]) > str(old["due"])
        code = "deadline_later" if later else "deadline_earlier"
        out.append((code, _plain(old["due"]), _plain(new["due"])))
    names = {"baseline": "baseline_changed", "owner": "owner_changed", "weight": "weight_changed",
             "parent_id": "parent_changed"}  # fmt: skip
    for field, code in names.items():
        if _differs(old, new, field) and not (new_metric and field == "baseline"):
            out.append((code, _plain(old[field]), _plain(new[field])))
    for field in ("unit", "direction", "comparator"):
        if _differs(old, new, field) and not new_metric:
            out.append(("definition_changed", _plain(old[field]), _plain(new[field])))
            break
    return out


def _target_code(old: Terms, new: Terms) -> str:
    direction = str(new.get("direction") or old.get("direction") or "increase")
    comparator = str(new.get("comparator") or old.get("comparator") or "")
    if direction == "maintain" and comparator == "=":
        return "target_changed"
    rise = float(new["target"]) - float(old["target"])
    return "target_harder" if sense_of(direction, comparator) * rise > 0 else "target_easier"


def _differs(old: Terms, new: Terms, field: str) -> bool:
    a, b = _plain(old.get(field)), _plain(new.get(field))
    if a is None or b is None:
        return False
    if isinstance(a, float | int) and isinstance(b, float | int):
        return abs(a - b) > 1e-9
    return a != b


def _plain(value: Any) -> Value:
    if value is None or value == "" or value != value:
        return None
    return value if isinstance(value, int | float | str) else str(value)


def changes_of(inputs: Inputs[Any]) -> tuple[Change, ...]:
    """The differences between the saved goal cards and review_goals_next, with reasons."""
    before = saved_cards(inputs)
    found = {row.text("goal_id"): row for row in rows(inputs.tables, "review_goals_next")}
    if not before or not found:
        return ()
    after = {key: next_terms(row) for key, row in found.items() if not row.yes("dropped")}
    return tuple(
        _change(change, found.get(change[0]), before.get(change[0]), inputs)
        for change in goal_diff({key: card.fields for key, card in before.items()}, after)
    )


def next_terms(row: Row) -> dict[str, Any]:
    """The terms of a row of review_goals_next; values in % are held as shares, as in goals."""
    terms = {str(key): row.get(str(key)) for key in row.cells}
    if row.text("unit") == "%":
        for field in ("baseline", "target"):
            value = row.num(field)
            terms[field] = value / 100 if value is not None and abs(value) > 1.5 else value
    return terms


def reasons_of(row: Row | None) -> dict[str, str]:
    """Reason codes by change; under "" the one that stands for all changes of the goal.

    Written as ``market_moved`` or ``target_easier=capacity; owner_changed=other``.
    """
    out: dict[str, str] = {}
    for part in (row.get("reason") if row is not None else None) or ():
        change, mark, reason = str(part).partition("=")
        out[change.strip() if mark else ""] = (reason if mark else change).strip()
    return out


def _change(
    change: tuple[str, str, Value, Value],
    row: Row | None,
    card: Card | None,
    inputs: Inputs[Any],
) -> Change:
    goal_id, code, before, after = change
    given = reasons_of(row)
    reason = given.get(code, given.get("", ""))
    reason = reason if reason in REASONS else ""
    now = inputs.facts.reference_date
    flags = [] if reason else ["no_reason"]
    due = card.day("due") if card else None
    if code == "target_easier" and not reason and due is not None:
        near = 0 <= (due - now).days <= inputs.settings.goalpost_days
        flags += ["goalpost_moved"] if near else []
    if code == "baseline_changed" and _same_round(row, card, now):
        flags.append("baseline_changed_after_start")
    if code == "definition_changed":
        flags.append("definition_changed")
    unit = (card.text("unit") if card else "") or (row.text("unit") if row else "")
    unit = "share" if unit.lower() in SHARE_UNITS else unit
    return Change(goal_id, code, unit, before, after, reason, tuple(flags))


def _same_round(row: Row | None, card: Card | None, now: date) -> bool:
    """Whether the next card still starts when the old one did, and that day has passed."""
    start = card.day("start") if card else None
    following = row.day("start") if row else None
    return start is not None and start <= now and following in (None, start)


def check_goals(inputs: Inputs[Any], changes: tuple[Change, ...]) -> tuple[CheckGoal, ...]:
    """RV17: one mini card per goal whose target, metric or definition changed, or that is new."""
    changed = dict.fromkeys(c.goal_id for c in changes if c.code in CHECKED_CODES)
    found = {row.text("goal_id"): row for row in rows(inputs.tables, "review_goals_next")}
    piloted = str(earlier(inputs, "pilot").get("metric") or "")
    return tuple(_check_goal(found[goal], inputs, piloted) for goal in changed if goal in found)


def _check_goal(row: Row, inputs: Inputs[Any], piloted: str) -> CheckGoal:
    terms = next_terms(row)
    base, target = terms.get("baseline"), terms.get("target")
    aimed = target - base if base is not None and target is not None else None
    expected = _effect(row, "expected_effect")
    expected = expected if expected is not None else aimed
    smallest = _effect(row, "smallest_effect")
    needed = {"expected_effect": expected, "smallest_effect": smallest,
              "check_date": row.day("check_date")}  # fmt: skip
    return CheckGoal(
        goal_id=row.text("goal_id"),
        metric_id=row.text("metric_id"),
        unit="share" if row.text("unit").lower() in SHARE_UNITS else row.text("unit"),
        expected_effect=expected,
        smallest_effect=smallest,
        check_date=row.day("check_date") or add_months(inputs.facts.reference_date, 3),
        by="pilot" if piloted and row.text("metric_id") == piloted else "chart",
        missing=tuple(name for name, value in needed.items() if value is None),
    )


def _effect(row: Row, field: str) -> float | None:
    """An effect in the unit of its goal; points of a goal whose target is written in % as 0-1."""
    value, target = row.num(field), row.num("target")
    in_points = row.text("unit") == "%" and target is not None and abs(target) > 1.5
    return value / 100 if value is not None and in_points else value

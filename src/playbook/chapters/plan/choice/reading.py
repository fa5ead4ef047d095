"""The actions and their goals as read: ranges, units, gaps, weights.

Impacts stay as the file writes them, in the unit of the goal's card (5.8 for 5.8 points of %), so
gaps are brought to that unit, whatever the earlier chapters hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.units import unit_code

SAME_UNIT = (frozenset({"%", "pp"}), frozenset({"score", "points"}),
             frozenset({"count", "person"}))  # fmt: skip


@dataclass(frozen=True)
class Range:
    """A quantity between low and high."""

    low: float
    likely: float
    high: float

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Action:
    """One row of plan_actions. impact of an anonymous source: 0 to the quoted value, middle."""

    row: int
    action: str
    goal_id: str
    owner: str
    impact: Range
    effort: Range
    cost: Range
    unit: str | None
    anonymous: bool
    must: bool
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    after: tuple[str, ...]
    likely_days: float | None
    not_before: date | None
    overlap: tuple[str, ...]
    overlap_cap: float | None
    answers: tuple[str, ...]
    reuse: float | None
    first_step: str | None


@dataclass(frozen=True)
class Goal:
    """One goal in the unit its card writes; gap: how much better it is to get; None: not known."""

    goal_id: str
    unit: str
    baseline: float | None
    target: float | None
    gap: float | None
    owner: str | None
    due: date | None


def actions(inputs: Inputs[Settings]) -> list[Action]:
    """The actions in the order of their ids, so that the order of rows does not matter."""
    read = [_action(row, at) for at, row in inputs.tables.rows("plan_actions")]
    return sorted(read, key=lambda action: action.action)


def _action(row: Mapping[str, Any], at: int) -> Action:
    anonymous = bool(row.get("anonymous"))
    impact = _range(row, "impact")
    if anonymous:
        low, high = sorted((0.0, impact.likely))
        impact = Range(low, (low + high) / 2, high)
    cost = Range(*_ends(row.get("cost_low"), row["cost"], row.get("cost_high")))
    return Action(
        at, str(row["action"]), str(row["goal_id"]), str(row["owner"]), impact,
        _range(row, "effort"), cost, row.get("unit"), anonymous, bool(row.get("must")),
        _ids(row, "requires"), _ids(row, "excludes"), _ids(row, "after"),
        row.get("likely_days"), row.get("start_not_before"), _ids(row, "overlap"),
        row.get("overlap_cap"), _ids(row, "answers"), row.get("reuse"), row.get("first_step"),
    )  # fmt: skip


def _ids(row: Mapping[str, Any], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.get(column) or ()))


def _range(row: Mapping[str, Any], what: str) -> Range:
    ends = (row.get(f"{what}_low"), row[f"{what}_likely"], row.get(f"{what}_high"))
    return Range(*_ends(*ends))


def _ends(low: float | None, likely: float, high: float | None) -> tuple[float, float, float]:
    """A blank end is the likely value: nothing is made up."""
    return (likely if low is None else low, likely, likely if high is None else high)


def goals(inputs: Inputs[Settings]) -> dict[str, Goal]:
    """Every goal of the case: of the cards, else of the table; then those only the tree has."""
    found: dict[str, Goal] = {}
    cards = inputs.earlier.get("goals", {}).get("cards", ())
    for card in cards:
        found[card["goal_id"]] = _from_card(card)
    if not cards:
        for _, row in inputs.tables.rows("goals"):
            found[str(row["goal_id"])] = _from_row(row)
    for node in inputs.earlier.get("tree", {}).get("nodes", ()):
        found.setdefault(node["goal_id"], _from_card({**node, "unit_written": node["unit"]}))
    return found


def _from_card(card: Mapping[str, Any]) -> Goal:
    """A card holds shares 0-1; written as % they are points again."""
    written = unit_code(str(card["unit_written"] or card["unit"]))
    factor = 100.0 if written == "%" and card["unit"] in ("%", "share") else 1.0
    ends = [None if card[key] is None else float(f"{card[key] * factor:.10g}")
            for key in ("baseline", "target")]  # fmt: skip
    due = card.get("due")
    day = date.fromisoformat(due) if isinstance(due, str) else due
    return _goal(card, written, ends[0], ends[1], day)


def _from_row(row: Mapping[str, Any]) -> Goal:
    """A row of goals.csv, read before its chapter: 85% arrives as 0.85, 85 as 85."""
    unit = unit_code(str(row.get("unit") or ""))
    ends = [row.get("baseline"), row.get("target")]
    known = [abs(end) for end in ends if end is not None]
    if unit == "%" and known and max(known) <= 1:
        ends = [None if end is None else float(f"{end * 100:.10g}") for end in ends]
    return _goal(row, unit, ends[0], ends[1], row.get("due"))


def _goal(
    row: Mapping[str, Any],
    unit: str,
    baseline: float | None,
    target: float | None,
    due: date | None,
) -> Goal:
    gap = None
    if baseline is not None and target is not None and row.get("direction") != "maintain":
        sign = -1 if row.get("direction") == "decrease" else 1
        gap = float(f"{sign * (target - baseline):.10g}")
    return Goal(str(row["goal_id"]), unit, baseline, target, gap, row.get("owner"), due)


def same_unit(action: Action, goal: Goal | None) -> bool:
    """Whether the action's impact is in its goal's unit; a blank says it is."""
    if action.unit is None or goal is None:
        return True
    mine, theirs = unit_code(action.unit), unit_code(goal.unit)
    return mine == theirs or any({mine, theirs} <= alike for alike in SAME_UNIT)


def weights(
    inputs: Inputs[Settings], wanted: tuple[str, ...], known: Mapping[str, Goal]
) -> tuple[dict[str, float], dict[str, str]]:
    """The weight of each goal, summing to 1, and where it comes from: settings, tree, equal, one.

    A goal's weight in the tree is its weight on the KPI sheet of its own owner; a goal that no
    sheet names gets the mean of the others.
    """
    if len(wanted) == 1:
        return {wanted[0]: 1.0}, {wanted[0]: "one"}
    given = {g: w for g, w in inputs.settings.goal_weights.items() if g in wanted}
    source = "settings"
    if not given:
        source = "tree"
        sheets = inputs.earlier.get("tree", {}).get("sheets", ())
        by_holder = {(line["holder"], line["kpi"]): line["weight"] for line in sheets}
        held = {g: by_holder.get((known[g].owner, g)) for g in wanted if g in known}
        given = {g: float(w) for g, w in held.items() if w}
    middle = sum(given.values()) / len(given) if given else 1.0
    # who sets weights leaves out what is to weigh nothing
    other = 0.0 if source == "settings" else middle
    raw = {g: given.get(g, other) for g in wanted}
    total = sum(raw.values())
    from_ = {g: source if g in given or not other else "equal" for g in wanted}
    return {g: w / total for g, w in raw.items()}, from_


def earliest_finish(rows: list[Action], start: date) -> dict[str, date]:
    """The first day by which each action could be over at its likely duration (working days).

    Holidays, people and money left aside, so it is never too late; the schedule says when it will
    be. A cycle, refused elsewhere, has no date.
    """
    by_id = {row.action: row for row in rows}
    found: dict[str, date] = {}

    def end(key: str, path: tuple[str, ...]) -> date | None:
        if key in found or key not in by_id or key in path:
            return found.get(key)
        row = by_id[key]
        before = [day for a in row.after if (day := end(a, (*path, key)))]
        first = max([start, *([row.not_before] if row.not_before else [])])
        begin = np.busday_offset(first, 0, roll="forward")
        begin = max([begin, *(np.busday_offset(day, 1, roll="backward") for day in before)])
        days = max(int(np.ceil(row.likely_days or 0.0)), 1)
        found[key] = np.busday_offset(begin, days - 1, roll="forward").astype(object)
        return found[key]

    for row in rows:
        end(row.action, ())
    return found

"""The rules that hold the goals of a tree together (TR checks): who, when, in what unit."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.inputs import LEVELS, Settings
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.units import canonical
from playbook.core.problems import Level

REFUSED = frozenset({"cycle", "orphan", "unit_mismatch", "weights_missing", "weights_zero"})
"""With these the tree cannot be computed at all."""

SAME_METRIC_SUMS = ("additive", "weighted_mean", "time_budget")
"""Nodes whose children may each stay under (or over) the parent's own target."""


def consistency(
    goals: Sequence[Goal],
    settings: Settings,
    guarded: frozenset[str] = frozenset(),
    formulas: Mapping[str, str] | None = None,
) -> tuple[Check, ...]:
    """Every rule that a goal breaks, by goal and code.

    guarded: goals or metrics whose goal card names a guardrail. formulas: metric -> its formula.
    A goal whose parent is unknown is reported for that alone: nothing else about it can be told.
    """
    forest = Forest(goals)
    found: list[Check] = []
    for goal in goals:
        if goal.parent_id and goal.parent_id not in forest.by_id:
            found.append(_check(goal, "orphan", "error", parent=goal.parent_id))
            continue
        if goal.goal_id in forest.looped:
            found.append(_check(goal, "cycle", "error"))
        found += _ownership(goal, forest)
        found += _balance(goal, forest, guarded)
        parent = forest.parent(goal)
        if parent is not None:
            found += _dates(goal, parent)
            found += _link(goal, parent)
        found += _composition(goal, forest, formulas or {})
    found += _overload(goals, settings)
    return tuple(sorted(found, key=lambda check: (check.id, check.code)))


def _check(goal: Goal, code: str, level: Level, **values: str | float | int | None) -> Check:
    return Check(goal.goal_id, code, level, "goal", values)


def _ownership(goal: Goal, forest: Forest) -> Iterable[Check]:
    if len(goal.owners) > 1:
        yield _check(goal, "owner_many", "error", owners="; ".join(goal.owners))
    if not goal.owners and not forest.children(goal):
        yield _check(goal, "owner_missing", "error")
    if goal.source is None:
        yield _check(goal, "source_missing", "error")


def _overload(goals: Sequence[Goal], settings: Settings) -> Iterable[Check]:
    owned = Counter(owner for goal in goals for owner in goal.owners)
    for owner, count in owned.items():
        if count > settings.owner_most:
            values = {"count": count, "most": settings.owner_most}
            yield Check(owner, "owner_overload", "warn", "person", values)


def _dates(goal: Goal, parent: Goal) -> Iterable[Check]:
    values = {"parent": parent.goal_id}
    if goal.due > parent.due:
        there = parent.due.isoformat()
        yield _check(
            goal, "child_end_after_parent", "error", **values, here=goal.due.isoformat(),
            there=there,
        )  # fmt: skip
    if goal.start < parent.start:
        there = parent.start.isoformat()
        yield _check(
            goal, "child_start_before_parent", "warn", **values, here=goal.start.isoformat(),
            there=there,
        )  # fmt: skip


def _link(goal: Goal, parent: Goal) -> Iterable[Check]:
    """What holds between a child and its parent besides the dates."""
    if goal.edge == "formula" and parent.node != "milestone":
        if canonical(goal.unit) != canonical(parent.unit):
            yield _check(
                goal, "unit_mismatch", "error", parent=parent.goal_id, here=goal.unit,
                there=parent.unit,
            )  # fmt: skip
        if goal.direction != parent.direction:
            yield _check(
                goal, "direction_mismatch", "error", parent=parent.goal_id, here=goal.direction,
                there=parent.direction,
            )  # fmt: skip
    if _is_looser(goal, parent):
        yield _check(
            goal, "target_looser_than_parent", "error", parent=parent.goal_id, here=goal.target,
            there=parent.target,
        )  # fmt: skip
    if goal.level and parent.level:
        steps = LEVELS.index(goal.level) - LEVELS.index(parent.level)
        if steps > 1:
            yield _check(goal, "level_skipped", "note", here=goal.level, there=parent.level)
    if goal.kind == "process" and parent.kind == "result" and set(goal.owners) & set(parent.owners):
        yield _check(
            goal, "same_owner_process_result", "note", parent=parent.goal_id,
            owner=next(o for o in goal.owners if o in parent.owners),
        )  # fmt: skip


def _is_looser(goal: Goal, parent: Goal) -> bool:
    """Same metric, weaker target, and no formula by which others could make up for it."""
    if goal.metric_id != parent.metric_id or goal.target is None or parent.target is None:
        return False
    made_up = goal.edge == "formula" and parent.node in SAME_METRIC_SUMS
    same_unit = canonical(goal.unit) == canonical(parent.unit)
    return same_unit and not made_up and parent.better_by(goal.target, parent.target) < 0


def _composition(goal: Goal, forest: Forest, formulas: Mapping[str, str]) -> Iterable[Check]:
    """Whether the children can be what this goal is made of."""
    children = forest.children(goal, "formula")
    if goal.node == "weighted_mean" and children:
        yield from _weights(goal, children)
    stated = formulas.get(goal.metric_id, "")
    named = [child for child in children if child.metric_id in stated]
    for child in children:
        other = goal.node == "weighted_mean" and child.metric_id != goal.metric_id
        left_out = bool(named) and child not in named and child.metric_id != goal.metric_id
        if other or left_out:
            yield _check(
                child, "not_in_parent_formula", "error", parent=goal.goal_id, here=child.metric_id,
                there=goal.metric_id,
            )  # fmt: skip
    for child in children:
        if "r=" in (child.evidence or "").replace(" ", "").lower():
            yield _check(child, "influence_as_formula", "warn", parent=goal.goal_id)


def _weights(goal: Goal, children: Sequence[Goal]) -> Iterable[Check]:
    """TR4: a mean over sites needs their volumes; equal weights are no volumes."""
    blank = [child for child in children if child.weight_n is None]
    volumes = [child.weight_n for child in children if child.weight_n is not None]
    for child in blank:
        yield _check(child, "weights_missing", "error", parent=goal.goal_id)
    if not blank and sum(volumes) <= 0:
        yield _check(goal, "weights_zero", "error")
    elif not blank and len(children) > 1 and len(set(volumes)) == 1:
        yield _check(goal, "weights_equal", "warn", weight=volumes[0])


def _balance(goal: Goal, forest: Forest, guarded: frozenset[str]) -> Iterable[Check]:
    """A result needs something that drives it; speed and cost need a quality measure beside."""
    looped = goal.goal_id in forest.looped
    if goal.kind == "result" and not looped and not _is_driven(goal, forest):
        yield _check(goal, "no_process_driver", "warn")
    parent = forest.parent(goal)
    top = parent is None or not _is_speed_or_cost(parent)
    if _is_speed_or_cost(goal) and top and not guarded & {goal.goal_id, goal.metric_id}:
        beside = forest.children(parent) if parent is not None else ()
        near = (*beside, *forest.children(goal))
        if all(_is_speed_or_cost(other) or other.family in ("time", "money") for other in near):
            yield _check(goal, "guardrail_missing", "warn")


def _is_driven(goal: Goal, forest: Forest) -> bool:
    """A process goal below it, or beside it below the whole that it is a part of."""
    part: Goal | None = goal
    while part is not None:
        if part.goal_id in forest.above_process:
            return True
        part = forest.parent(part) if part.edge == "formula" else None
    return False


def _is_speed_or_cost(goal: Goal) -> bool:
    return goal.direction == "decrease" and goal.family in ("time", "money")

"""Everything wrong or doubtful in the table of actions, before anything is computed."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import isfinite

from playbook.chapters.plan.choice.menu import closure, within
from playbook.chapters.plan.choice.reading import Action, Goal, actions, goals, same_unit
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Level, Problem, did_you_mean

TABLE = "plan_actions"
TINY = 20.0


def problems(inputs: Inputs[Settings]) -> list[Problem]:
    """All of them; none if the table is absent."""
    rows = actions(inputs)
    if not rows:
        return []
    known = goals(inputs)
    return [
        *_limits(inputs),
        *(p for row in rows for p in _ranges(inputs, row)),
        *_links(inputs, rows),
        *_goals(inputs, rows, known),
        *_overlaps(inputs, rows),
        *_musts(inputs, rows),
        *_doubts(inputs, rows),
    ]


def _say(
    inputs: Inputs[Settings],
    code: str,
    action: Action | None,
    column: str,
    value: object,
    level: Level = "error",
    **values: str | int | float,
) -> Problem:
    row = action.row if action else None
    named = {"action": action.action, **values} if action else values
    return inputs.tables.problem(
        TABLE, f"plan.{code}", level=level, row=row, column=column, value=value, **named
    )


def _limits(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """No capacity and negative weights are settings at fault, not tables."""
    settings = inputs.settings
    for key in ("effort_limit", "cost_limit"):
        limit = getattr(settings, key)
        if limit is not None and not (isfinite(limit) and limit > 0):
            yield Problem("plan.limit_zero", file="case.toml", column=key, value=f"{limit:g}")
    for goal, weight in settings.goal_weights.items():
        if not (isfinite(weight) and weight >= 0):
            yield Problem("plan.weight_negative", file="case.toml", column="goal_weights",
                          value=f"{weight:g}", values={"goal": goal})  # fmt: skip
    if settings.goal_weights and not any(settings.goal_weights.values()):
        yield Problem("plan.weights_none", file="case.toml", column="goal_weights")
    if not 0 <= settings.out_share < settings.core_share <= 1:
        yield Problem("plan.core_out", file="case.toml", column="core_share",
                      values={"core": settings.core_share, "out": settings.out_share})  # fmt: skip
    if settings.choice_draws < 100:
        yield Problem("plan.few_draws", file="case.toml", column="choice_draws",
                      value=str(settings.choice_draws))  # fmt: skip


def _ranges(inputs: Inputs[Settings], row: Action) -> Iterator[Problem]:
    for what in ("impact", "effort", "cost"):
        held = getattr(row, what)
        if not held.low <= held.likely <= held.high:
            values = {"low": held.low, "likely": held.likely, "high": held.high}
            column = f"{what}_likely" if what != "cost" else "cost"
            yield _say(inputs, "range_order", row, column, held.likely, **values)


def _links(inputs: Inputs[Settings], rows: list[Action]) -> Iterator[Problem]:
    known = {row.action for row in rows}
    for row in rows:
        for column in ("requires", "excludes"):
            for other in getattr(row, column):
                if other == row.action:
                    yield _say(inputs, "link_self", row, column, other)
                elif other not in known:
                    near = did_you_mean(other, known)
                    code = "link_unknown_near" if near else "link_unknown"
                    yield _say(inputs, code, row, column, other, near=near)
        if both := sorted(set(row.requires) & set(row.excludes)):
            yield _say(inputs, "requires_excluded", row, "excludes", both[0])


def _goals(
    inputs: Inputs[Settings], rows: list[Action], known: Mapping[str, Goal]
) -> Iterator[Problem]:
    if not known:
        if len({row.goal_id for row in rows}) > 1:
            yield _say(inputs, "no_goals", None, "goal_id", "", "warn")
        return
    for row in rows:
        goal = known.get(row.goal_id)
        if goal is None:
            near = did_you_mean(row.goal_id, known)
            code = "goal_unknown_near" if near else "goal_unknown"
            yield _say(inputs, code, row, "goal_id", row.goal_id, near=near)
        elif not same_unit(row, goal):
            yield _say(inputs, "impact_unit", row, "unit", row.unit, "warn", unit=goal.unit)
    for goal_id in sorted({row.goal_id for row in rows} & set(known)):
        goal = known[goal_id]
        mine = [row for row in rows if row.goal_id == goal_id]
        if goal.gap is None:
            yield _say(inputs, "gap_unknown", mine[0], "goal_id", goal_id, "warn")
        elif goal.gap <= 0:
            yield _say(inputs, "gap_closed", mine[0], "goal_id", goal_id, "warn")
        elif goal.unit == "%" and 0 < max(r.impact.high for r in mine) < min(1, goal.gap / TINY):
            largest = max(r.impact.high for r in mine)
            yield _say(inputs, "impact_tiny", mine[0], "impact_likely", largest, "warn",
                       goal=goal_id, gap=goal.gap)  # fmt: skip


def _overlaps(inputs: Inputs[Settings], rows: list[Action]) -> Iterator[Problem]:
    groups: dict[str, list[Action]] = {}
    for row in rows:
        if len(row.overlap) > 1:
            yield _say(inputs, "overlap_two", row, "overlap", "; ".join(row.overlap))
        for group in row.overlap[:1]:
            groups.setdefault(group, []).append(row)
    for group, members in groups.items():
        if len({row.goal_id for row in members}) > 1:
            yield _say(inputs, "overlap_goals", members[0], "overlap", group)
        caps = sorted({row.overlap_cap for row in members if row.overlap_cap is not None})
        if len(caps) > 1:
            yield _say(inputs, "overlap_caps", members[0], "overlap_cap", group,
                       caps="; ".join(f"{cap:g}" for cap in caps))  # fmt: skip
        if not caps and len(members) > 1:
            yield _say(inputs, "overlap_no_cap", members[0], "overlap_cap", group, "note")


def _musts(inputs: Inputs[Settings], rows: list[Action]) -> Iterator[Problem]:
    """Prescribed actions that cannot all be done are named, with what they need."""
    by_id = {row.action: row for row in rows}
    at = {row.action: i for i, row in enumerate(rows)}
    pairs = tuple((at[r.action], at[o]) for r in rows for o in r.requires if o in at)
    must = frozenset(at[row.action] for row in rows if row.must)
    if not must:
        return
    needed = [rows[i] for i in sorted(closure(must, pairs))]
    first = next(row for row in rows if row.must)
    for a, b in combinations(needed, 2):
        if b.action in a.excludes or a.action in b.excludes:
            yield _say(inputs, "musts_exclude", by_id[a.action], "must", a.action, other=b.action)
    names = "; ".join(row.action for row in needed)
    effort, cost = sum(r.effort.likely for r in needed), sum(r.cost.likely for r in needed)
    limits = inputs.settings
    if not within(effort, limits.effort_limit):
        yield _say(inputs, "musts_effort", first, "must", names, need=effort,
                   limit=limits.effort_limit or 0.0)  # fmt: skip
    if not within(cost, limits.cost_limit):
        yield _say(inputs, "musts_cost", first, "must", names, need=cost,
                   limit=limits.cost_limit or 0.0)  # fmt: skip


def _doubts(inputs: Inputs[Settings], rows: list[Action]) -> Iterator[Problem]:
    """Nothing forbidden, but a consultant would ask."""
    if len(rows) > 1 and all(row.impact.is_point for row in rows):
        yield _say(inputs, "impacts_points", None, "impact_low", "", "warn", count=len(rows))
    for a, b in combinations(rows, 2):
        shared = [need for need in a.answers if need in b.answers]
        if shared and a.goal_id == b.goal_id and not set(a.overlap) & set(b.overlap):
            yield _say(inputs, "same_cases", a, "overlap", shared[0], "warn", other=b.action,
                       goal=a.goal_id)  # fmt: skip
    if inputs.settings.effort_limit is None and inputs.settings.cost_limit is None:
        yield _say(inputs, "no_limits", None, "", "", "warn", count=len(rows))

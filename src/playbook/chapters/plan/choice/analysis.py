"""The choice of key actions: few, within effort and money, and how sure each is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from playbook.chapters.plan.choice import build, checks, rivals
from playbook.chapters.plan.choice.conclusions import conclusions
from playbook.chapters.plan.choice.draws import Draws, drawn, gains
from playbook.chapters.plan.choice.menu import Flags, Floats, Menu
from playbook.chapters.plan.choice.model import (
    ActionRow,
    Choice,
    GoalRow,
    LimitStep,
    Overlap,
    State,
)
from playbook.chapters.plan.choice.needs import answers
from playbook.chapters.plan.choice.reading import Action, Goal, actions, goals, weights
from playbook.chapters.plan.choice.solve import best_set
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem, refuse_errors

STEPS = (-0.2, -0.1, 0.1, 0.2)
MOST_STEPS = 200
"""From so many actions on the limits are not moved: eight more proofs would take too long."""


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Refusals and flags of the table of actions; none if it is absent."""
    return checks.problems(inputs)


def analyse(inputs: Inputs[Settings]) -> Choice | None:
    """PL1 and PL2; None without actions. Raises RefusedError with every fault."""
    refuse_errors(check(inputs))
    rows, known, settings = actions(inputs), goals(inputs), inputs.settings
    if not rows:
        return None
    wanted = tuple(sorted({row.goal_id for row in rows}))
    weight, source = weights(inputs, wanted, known)
    held = build.worth(rows, known, weight, start_of(inputs))
    menu = build.menu(rows, held, settings)
    best = best_set(menu)
    seed = inputs.facts.seed_or(settings.seed)
    found = drawn(menu, held.per_unit, rows, settings.choice_draws, seed, int(best.sum()))
    closed = _closed(rows, menu, held, best, found, known)
    total = sum((_worth(found, menu, held, best, rows, g) for g in wanted), np.zeros(found.count))
    low, high = (float(v) for v in np.quantile(total, [0.05, 0.95]))
    ours = {rows[i].action for i in np.flatnonzero(best).tolist()}
    products = rivals.scores(rows, menu)
    effort = found.effort[:, best].sum(axis=1)
    limit = settings.effort_limit
    choice = Choice(
        one_goal=held.one_goal,
        unit=known[wanted[0]].unit if held.one_goal and wanted[0] in known else "",
        actions=tuple(_action_rows(rows, menu, held, best, found, products, known, settings)),
        goals=tuple(_goal_rows(rows, menu, held, best, found, known, weight, source, closed)),
        overlaps=_overlaps(rows, menu, best),
        answers=answers(rows, inputs.earlier),
        selected=tuple(rows[i].action for i in np.flatnonzero(best).tolist()),
        total_impact=menu.worth(best),
        total_low=low,
        total_high=high,
        effort=float(menu.effort[best].sum()),
        cost=float(menu.cost[best].sum()),
        effort_limit=limit,
        cost_limit=settings.cost_limit,
        prob_effort=None if limit is None else float((effort <= limit * (1 + 1e-9)).mean()),
        prob_all_closed=_all_closed(closed),
        musts_over=found.musts_over,
        limits=_limits(menu, best, rows) if menu.n <= MOST_STEPS else (),
        rivals=tuple(rivals.rival(k, s, rows, menu, ours) for k, s in products.items()),
        draws=found.count,
        seed=seed,
        core_share=settings.core_share,
        out_share=settings.out_share,
        most_actions=settings.most_actions,
        ranges_given=sum(not row.impact.is_point for row in rows),
        goals_without_action=_without_action(inputs, known, wanted),
        findings=(),
    )
    return replace(choice, findings=conclusions(choice))


def start_of(inputs: Inputs[Settings]) -> date:
    """The first day of the plan: as set, else the case's reference date."""
    try:
        return date.fromisoformat(inputs.settings.start)
    except ValueError:  # blank, or a fault that the schedule tells
        return inputs.facts.reference_date


def _closed(
    rows: Sequence[Action], menu: Menu, held: build.Worth, best: Flags, found: Draws,
    known: Mapping[str, Goal],
) -> dict[str, Flags]:  # fmt: skip
    """Per goal with a gap to close: the draws in which the chosen actions close it."""
    out = {}
    for goal_id in sorted({row.goal_id for row in rows}):
        goal = known.get(goal_id)
        if goal is not None and goal.gap is not None and goal.gap > 0:
            members = [i for i, row in enumerate(rows) if row.goal_id == goal_id]
            gained = gains(menu, held.per_unit, found.impact, best, members)
            out[goal_id] = gained >= goal.gap * (1 - 1e-9)
    return out


def _all_closed(closed: Mapping[str, Flags]) -> float | None:
    if not closed:
        return None
    return float(np.logical_and.reduce(list(closed.values())).mean())


def _worth(
    found: Draws, menu: Menu, held: build.Worth, best: Flags, rows: Sequence[Action], goal_id: str
) -> Floats:
    """What the chosen actions of one goal are worth to the choice, in each draw."""
    members = [i for i, row in enumerate(rows) if row.goal_id == goal_id]
    per_unit = max((float(held.per_unit[i]) for i in members), default=0.0)
    return gains(menu, held.per_unit, found.impact, best, members) * per_unit


def _state(share: float, settings: Settings) -> State:
    if share >= settings.core_share:
        return "core"
    return "out" if share < settings.out_share else "swing"


def _action_rows(
    rows: Sequence[Action], menu: Menu, held: build.Worth, best: Flags, found: Draws,
    products: Mapping[rivals.Kind, Floats], known: Mapping[str, Goal], settings: Settings,
) -> list[ActionRow]:  # fmt: skip
    chosen, free, top = (a.mean(axis=0) for a in (found.chosen, found.free, found.top))
    ice, rice = rivals.ranks(products["ice"]), rivals.ranks(products["rice"])
    out = []
    for i, row in enumerate(rows):
        per_unit, share = float(held.per_unit[i]), float(chosen[i])
        out.append(ActionRow(
            row.action, row.goal_id, known[row.goal_id].unit if row.goal_id in known else "",
            row.owner, row.impact.low, row.impact.likely, row.impact.high, row.effort.low,
            row.effort.likely, row.effort.high, row.cost.likely, row.impact.low * per_unit,
            row.impact.likely * per_unit, row.impact.high * per_unit, held.counted[i],
            row.anonymous, row.must, row.requires, row.excludes,
            row.overlap[0] if row.overlap else None, row.reuse, row.first_step, bool(best[i]),
            share, float(free[i]), float(top[i]),
            _state(float(free[i]) if row.must else share, settings), ice[i], rice[i],
        ))  # fmt: skip
    return out


def _goal_rows(
    rows: Sequence[Action], menu: Menu, held: build.Worth, best: Flags, found: Draws,
    known: Mapping[str, Goal], weight: Mapping[str, float], source: Mapping[str, str],
    closed: Mapping[str, Flags],
) -> list[GoalRow]:  # fmt: skip
    out = []
    likely = np.array([[row.impact.likely for row in rows]])
    for goal_id in sorted(weight):
        members = [i for i, row in enumerate(rows) if row.goal_id == goal_id]
        goal = known.get(goal_id)
        gained = gains(menu, held.per_unit, found.impact, best, members)
        low, high = (float(v) for v in np.quantile(gained, [0.05, 0.95]))
        out.append(GoalRow(
            goal_id, goal.unit if goal else "", goal.baseline if goal else None,
            goal.target if goal else None, goal.gap if goal else None, weight[goal_id],
            source[goal_id], len(members), int(best[members].sum()), low,
            float(gains(menu, held.per_unit, likely, best, members)[0]), high,
            float(closed[goal_id].mean()) if goal_id in closed else None,
        ))  # fmt: skip
    return out


def _overlaps(rows: Sequence[Action], menu: Menu, best: Flags) -> tuple[Overlap, ...]:
    """Groups with their cap and what the chosen ones lose by it, in the goal's unit."""
    out = []
    for name, group in zip(build.group_names(rows), menu.groups, strict=True):
        impacts = [rows[i].impact.likely for i in group.members]
        cap = max(0.0, *impacts) if group.cap is None else group.cap
        inside = sum(rows[i].impact.likely for i in group.members if best[i])
        out.append(Overlap(
            name, rows[group.members[0]].goal_id, tuple(rows[i].action for i in group.members),
            cap, group.cap is None, max(0.0, inside - cap),
        ))  # fmt: skip
    return tuple(out)


def _limits(menu: Menu, best: Flags, rows: Sequence[Action]) -> tuple[LimitStep, ...]:
    """The best set with one limit moved; steps that the prescribed actions forbid are left out."""
    out = []
    for which, limit, used in (
        ("effort", menu.effort_limit, menu.effort), ("cost", menu.cost_limit, menu.cost),
    ):  # fmt: skip
        for change in STEPS if limit is not None else ():
            amount = (limit or 0.0) * (1 + change)
            if used[sorted(menu.must)].sum() > amount:
                continue
            moved = (
                replace(menu, effort_limit=amount)
                if which == "effort"
                else replace(menu, cost_limit=amount)
            )
            other = best_set(moved)
            names = [tuple(rows[i].action for i in np.flatnonzero(a & ~b).tolist())
                     for a, b in ((other, best), (best, other))]  # fmt: skip
            kind = "effort" if which == "effort" else "cost"
            out.append(LimitStep(kind, change, amount, menu.worth(other), names[0], names[1]))  # type: ignore[arg-type]
    return tuple(out)


def _without_action(
    inputs: Inputs[Settings], known: Mapping[str, Goal], wanted: tuple[str, ...]
) -> tuple[str, ...]:
    """Goals on a card, with a gap and due within a year, that no action works on."""
    cards = {str(card["goal_id"]) for card in inputs.earlier.get("goals", {}).get("cards", ())}
    cards |= {str(row["goal_id"]) for _, row in inputs.tables.rows("goals")}
    start = start_of(inputs)
    return tuple(
        key for key, goal in sorted(known.items())
        if key in cards and key not in wanted and goal.gap is not None and goal.gap > 0
        and (goal.due is None or (goal.due - start).days <= 366)
    )  # fmt: skip

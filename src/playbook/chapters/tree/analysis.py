"""Goal tree: from the tables to the result. Checks first, then sums, times, duties, conclusions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Literal

from playbook.chapters.tree.cascade import cascade, rhythms_of
from playbook.chapters.tree.conclusions import conclusions
from playbook.chapters.tree.consistency import REFUSED
from playbook.chapters.tree.contributions import contributions
from playbook.chapters.tree.duties import grouped, raci_problems, sheet_problems
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.mixing import mixes
from playbook.chapters.tree.model import Check, Node, TreeResult, Values
from playbook.chapters.tree.model_times import TimeBudget
from playbook.chapters.tree.naming import names_of, teams_of
from playbook.chapters.tree.reading import Goal, reading_problems
from playbook.chapters.tree.recompute import Sampled, coverage, sampled
from playbook.chapters.tree.sampling import kind_of
from playbook.chapters.tree.split import chains
from playbook.chapters.tree.stage_faults import stage_problems
from playbook.chapters.tree.stages import time_budgets, time_checks, total_p95
from playbook.chapters.tree.workings import Plan, by_level
from playbook.core.inputs import Inputs
from playbook.core.problems import Level, Problem, errors, refuse_errors
from playbook.core.text import NOT_KNOWN

_COLUMN = {
    "orphan": "parent_id", "cycle": "parent_id", "owner_missing": "owner", "owner_many": "owner",
    "source_missing": "source", "child_end_after_parent": "due",
    "child_start_before_parent": "start", "unit_mismatch": "unit",
    "direction_mismatch": "direction", "target_looser_than_parent": "target",
    "level_skipped": "level", "not_in_parent_formula": "metric_id",
    "weights_missing": "weight_n", "weights_zero": "weight_n", "weights_equal": "weight_n",
    "parent_not_recomputed": "target", "rounded_short": "target", "not_closable": "target",
    "target_beyond_reach": "target", "child_target_missing": "target", "node_missing": "node",
    "weak_evidence": "evidence", "evidence_opinion": "evidence", "evidence_missing": "evidence",
    "influence_as_formula": "edge", "weight_small": "weight", "weight_large": "weight",
    "weights_sum": "weight", "coverage_short": "baseline", "coverage_over": "baseline",
    "mean_of_means": "baseline", "sample_missing": "weight_n", "top_not_appraised": "owner",
}  # fmt: skip


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Everything wrong with this chapter's tables.

    Errors are what cannot be computed (loops, unknown parents, mixed units, impossible rates,
    times or weights). A plan that is bad but can be computed is told by warnings; how bad each
    one is stands in the result's ``checks``.
    """
    tables = inputs.tables
    found = [*reading_problems(inputs), *sheet_problems(tables), *raci_problems(tables)]
    if errors(found):
        return tuple(found)
    plan = Plan(inputs)
    found += _chain_targets(plan)
    found += stage_problems(tables, plan.goals, inputs.settings)
    refused = errors(found) or any(rule.code in REFUSED for rule in plan.rules)
    told = plan.rules if refused else plan.checks
    return (*found, *(_as_problem(inputs, plan, one) for one in told))


def _chain_targets(plan: Plan) -> list[Problem]:
    """A product of rates cannot be asked to be 1 or more."""
    return [
        plan.inputs.tables.problem(
            "tree", "tree.chain_target_one", row=goal.row, column="target", value=f"{goal.target:g}"
        )
        for goal in plan.goals
        if goal.node in ("rate_chain", "complement") and goal.target is not None
        if goal.target >= 1
    ]


def _as_problem(inputs: Inputs[Settings], plan: Plan, one: Check) -> Problem:
    level: Level = "error" if one.code in REFUSED else "note" if one.level == "note" else "warn"
    table, row = _place(inputs, plan, one)
    values = {key: _written(value) for key, value in one.values.items()}
    return inputs.tables.problem(
        table, f"tree.{one.code}", level=level, row=row, column=_COLUMN.get(one.code, ""),
        value=one.id, **values,
    )  # fmt: skip


def _written(value: float | int | str | None) -> str:
    """A value as a problem quotes it: at most four decimals, a dash for none."""
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return NOT_KNOWN if value is None else str(value)


def _place(inputs: Inputs[Settings], plan: Plan, one: Check) -> tuple[str, int | None]:
    """The table and the first row that a check is about."""
    if one.about == "goal":
        return "tree", plan.forest.by_id[one.id].row
    if one.code == "owner_overload":
        return "tree", next(goal.row for goal in plan.goals if one.id in goal.owners)
    table = "tree_weights" if one.about == "sheet" else "tree_raci"
    holder = one.values.get("holder")
    return table, plan.places.get((table, one.id, str(holder) if holder else ""))


def analyse(inputs: Inputs[Settings]) -> TreeResult:
    """Compute the goal tree. Raises RefusedError with every fault that forbids it."""
    problems = check(inputs)
    refuse_errors(problems)
    plan, settings = Plan(inputs), inputs.settings
    seed = inputs.facts.seed_or(settings.seed)
    budgets = time_budgets(inputs.tables, plan.goals, settings, seed)
    samples = sampled(plan.forest, settings.draws, seed, settings.level, settings.likely)
    checks = by_level((*plan.checks, *time_checks(budgets)))
    nodes = _nodes(plan, checks, samples, budgets)
    parts = contributions(plan.forest, plan.today, plan.planned, settings, seed)
    mixed = mixes(plan.forest, plan.history, settings, seed)
    split = tuple(split for split, _ in plan.splits)
    teams = teams_of(inputs.tables, plan.forest)
    return TreeResult(
        parameters={**_parameters(settings), "seed": seed},
        nodes=nodes,
        allocation=tuple(row for _, given in plan.splits for row in given),
        splits=split,
        contributions=parts,
        chains=chains(plan.forest, plan.today, plan.planned),
        mixes=mixed,
        time_budgets=budgets,
        drivers=plan.drivers,
        sheets=plan.sheets,
        raci=plan.raci,
        checks=checks,
        cascade=cascade(
            plan.forest,
            plan.sheets,
            plan.raci,
            rhythms_of(inputs.tables),
            {node.goal_id: node.state for node in nodes},
        ),
        appraisals=plan.appraisals,
        teams=teams,
        names=names_of(inputs.tables, plan.goals, teams, plan.sheets, plan.raci, budgets, mixed),
        findings=conclusions(
            nodes, split, parts, mixed, budgets, plan.drivers, checks, plan.appraisals, settings
        ),
        problems=problems,
    )


def _parameters(settings: Settings) -> Values:
    return {
        key: "; ".join(f"{item:g}" for item in value) if isinstance(value, tuple) else value
        for key, value in asdict(settings).items()
    }


def _nodes(
    plan: Plan,
    checks: Sequence[Check],
    samples: Mapping[str, Sampled],
    budgets: Sequence[TimeBudget],
) -> tuple[Node, ...]:
    timed = {budget.goal_id: total_p95(budget) for budget in budgets}
    told = grouped((one for one in checks if one.about == "goal"), lambda check: check.id)
    return tuple(
        _node(plan, goal, told.get(goal.goal_id, []), samples.get(goal.goal_id), timed)
        for goal in plan.goals
    )


def _node(
    plan: Plan,
    goal: Goal,
    mine: Sequence[Check],
    sample: Sampled | None,
    timed: Mapping[str, tuple[float, float, float]],
) -> Node:
    ends = (sample.low, sample.high) if sample else (None, None)
    recomputed, low, high = timed.get(goal.goal_id, (plan.planned.value(goal.goal_id), *ends))
    return Node(
        goal_id=goal.goal_id,
        parent_id=goal.parent_id,
        metric_id=goal.metric_id,
        level=goal.level,
        depth=plan.forest.depth(goal),
        node=goal.node,
        kind=goal.kind,
        edge=goal.edge,
        unit=goal.unit,
        direction=goal.direction,
        baseline=goal.baseline,
        baseline_recomputed=plan.today.value(goal.goal_id),
        weight_n=goal.weight_n,
        reachable=goal.reachable,
        target=goal.target,
        recomputed=recomputed,
        recomputed_low=low,
        recomputed_high=high,
        prob_reach_parent=sample.prob_reach if sample else None,
        buffer=sample.buffer if sample else None,
        coverage=coverage(goal, plan.forest.children(goal, "formula")),
        error=kind_of(goal),
        owner="; ".join(goal.owners) or None,
        team=goal.team,
        start=goal.start,
        due=goal.due,
        source=goal.source,
        flags=tuple(dict.fromkeys(check.code for check in mine)),
        state=_state({check.level for check in mine}),
    )


def _state(levels: set[str]) -> Literal["error", "warn", "fine"]:
    """The worst thing found about a goal."""
    return "error" if "error" in levels else "warn" if "warn" in levels else "fine"

"""Stage times and logged cases, read and made into time budgets (TR9, TR10)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isclose

import numpy as np

from playbook.chapters.tree.formulas import Floats
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.model_times import (
    Bottleneck,
    LoggedTotal,
    StageTime,
    TimeBudget,
    TotalTime,
)
from playbook.chapters.tree.reading import Goal, number
from playbook.chapters.tree.timing import (
    Resampled,
    Stage,
    logged_dependence,
    readings,
    resample,
    total_time,
    trials,
)
from playbook.chapters.tree.units import hours_in
from playbook.core.durations import chance_within, mean_of, simulate
from playbook.core.inputs import Tables
from playbook.core.problems import Level
from playbook.core.stats import percentile_interval, wilson

SAME = 0.005
"""A limit this close to the sum of the stages' P95s was made by adding them."""


def read_stages(tables: Tables, goals: Sequence[Goal]) -> Mapping[str, tuple[Stage, ...]]:
    """The stages of each time goal in their order; a blank limit is the target of the child goal
    whose id or metric the stage names."""
    held: dict[str, list[Stage]] = defaultdict(list)
    for at, row in tables.rows("tree_stages"):
        stage = _stage(at, row, goals)
        held[stage.goal_id].append(stage)
    return {key: tuple(sorted(found, key=lambda s: s.order)) for key, found in held.items()}


def _stage(at: int, row: Mapping[str, object], goals: Sequence[Goal]) -> Stage:
    goal_id, name, pausable = str(row["goal_id"]), str(row["stage"]), row.get("pausable")
    children = [g for g in goals if g.parent_id == goal_id and name in (g.goal_id, g.metric_id)]
    limit = number(row.get("limit"))
    return Stage(
        at, goal_id, name, int(number(row["order"]) or 0),
        number(row.get("p50")), number(row.get("p95")),
        children[0].target if limit is None and children else limit,
        str(row["start_event"]), str(row["stop_event"]), str(row["clock"]),
        pausable if isinstance(pausable, bool) else None,
        *(number(row.get(k)) for k in ("arrival_rate", "work_time", "capacity", "pass_rate")),
    )  # fmt: skip


def read_cases(tables: Tables, stages: Sequence[Stage], hours: float) -> tuple[Floats, int] | None:
    """Times of the cases that went through every stage (stages, cases), and how many did not.

    hours: hours in one unit of the time goal. None if no case is whole.
    """
    by_case: dict[str, dict[str, float]] = defaultdict(dict)
    known = {stage.stage for stage in stages}
    for _, row in tables.rows("tree_cases"):
        value = number(row["hours"])
        if value is not None and str(row["stage"]) in known:
            by_case[str(row["case_id"])][str(row["stage"])] = value / hours
    whole = [times for times in by_case.values() if len(times) == len(stages)]
    if len(whole) < 2:
        return None
    array = np.array([[times[stage.stage] for times in whole] for stage in stages])
    return array, len(by_case) - len(whole)


def hours_of(goal: Goal, stages: Sequence[Stage], settings: Settings) -> float:
    """Hours in one unit of a time goal; a day has as many as its clock runs."""
    business = stages[0].clock == "business"
    return hours_in(goal.unit, settings.work_day_hours if business else 24.0)


def time_budgets(
    tables: Tables, goals: Sequence[Goal], settings: Settings, seed: int
) -> tuple[TimeBudget, ...]:
    """TR9 for every time goal with stages: from logged cases if there are, else by simulation."""
    by_id = {goal.goal_id: goal for goal in goals}
    return tuple(
        _budget(tables, by_id[goal_id], stages, settings, seed)
        for goal_id, stages in read_stages(tables, goals).items()
    )


def _budget(
    tables: Tables, goal: Goal, stages: Sequence[Stage], settings: Settings, seed: int
) -> TimeBudget:
    cases = read_cases(tables, stages, hours_of(goal, stages, settings))
    if cases is not None:
        return _from_cases(goal, stages, *cases, settings, seed)
    given = [(stage.p50 or 0.0, stage.p95 or 0.0) for stage in stages]
    drawn, dependence = _simulated(goal, stages, given, settings, seed)
    means = np.array([mean_of(*times) for times in given])
    kept = [
        None if stage.limit is None else chance_within(*times, stage.limit)
        for stage, times in zip(stages, given, strict=True)
    ]
    timed = _stage_times(stages, given, means, kept, None, settings)
    return _budget_of(goal, timed, dependence, None, stages, drawn, settings)


def _simulated(
    goal: Goal,
    stages: Sequence[Stage],
    given: Sequence[tuple[float, float]],
    settings: Settings,
    seed: int,
) -> tuple[list[Floats], Mapping[str, TotalTime]]:
    """The stages' P50 and P95 as log-normal times with each dependence."""
    if not all(0 < p50 < p95 for p50, p95 in given):  # cases that all took the same time
        return [], {}
    drawn = simulate(given, settings.dependence, settings.time_draws, seed)
    limits = [stage.limit for stage in stages]
    totals = {
        f"dependence_{rho:g}": total_time(times, limits, goal.target)
        for rho, times in drawn.items()
    }
    return list(drawn.values()), totals


def _from_cases(
    goal: Goal, stages: Sequence[Stage], times: Floats, incomplete: int, settings: Settings,
    seed: int,
) -> TimeBudget:  # fmt: skip
    limits = [stage.limit for stage in stages]
    again = resample(times, limits, goal.target, settings.bootstrap_draws, seed)
    given = [tuple(map(float, np.quantile(stage, [0.5, 0.95]))) for stage in times]
    kept = [
        None if stage.limit is None else float((column <= stage.limit).mean())
        for stage, column in zip(stages, times, strict=True)
    ]
    pairs = [(p50, p95) for p50, p95 in given]
    timed = _stage_times(stages, pairs, times.mean(axis=1), kept, again, settings)
    logged = _logged(times, limits, goal.target, incomplete, again, settings.level)
    dependence = _simulated(goal, stages, pairs, settings, seed)[1]
    return _budget_of(goal, timed, dependence, logged, stages, [times], settings)


def _logged(
    times: Floats, limits: Sequence[float | None], limit: float | None, incomplete: int,
    again: Resampled, level: float,
) -> LoggedTotal:  # fmt: skip
    total, n = total_time(times, limits, limit), times.shape[1]
    p50, p90, p95 = (percentile_interval(column, level) for column in again.percentiles.T)
    none = (total.p50_total, total.p50_total)
    both = total.p_total_within is not None and total.p_every_stage_within is not None
    slack = percentile_interval(again.kept[:, 0] - again.kept[:, 1], level) if both else None
    return LoggedTotal(
        total, n, incomplete, p50 or none, p90 or none, p95 or none,
        _of_cases(total.p_total_within, n, level), _of_cases(total.p_every_stage_within, n, level),
        slack,
    )  # fmt: skip


def _of_cases(share: float | None, n: int, level: float) -> tuple[float, float] | None:
    if share is None:
        return None
    found = wilson(round(share * n), n, level)
    return (found.low or 0.0, 1.0 if found.high is None else found.high)


def _stage_times(
    stages: Sequence[Stage],
    given: Sequence[tuple[float, float]],
    means: Floats,
    kept: Sequence[float | None],
    again: Resampled | None,
    settings: Settings,
) -> tuple[StageTime, ...]:
    """One row a stage; intervals of the shares and the chance to be largest only from cases."""
    total, found = float(means.sum()), []
    leads = None if again is None else again.shares.argmax(axis=1)
    for i, stage in enumerate(stages):
        ends = None if again is None else percentile_interval(again.shares[:, i], settings.level)
        mean = float(means[i])
        waiting = None if stage.work_time is None else max(0.0, 1 - stage.work_time / mean)
        found.append(
            StageTime(
                stage.stage, stage.order, *given[i], mean, stage.limit, kept[i], mean / total,
                ends[0] if ends else None, ends[1] if ends else None,
                None if leads is None else float((leads == i).mean()),
                stage.utilisation, waiting, stage.pass_rate,
                stage.start_event, stage.stop_event, stage.clock, stage.pausable,
            )
        )  # fmt: skip
    return tuple(found)


def _budget_of(
    goal: Goal, timed: Sequence[StageTime], dependence: Mapping[str, TotalTime],
    logged: LoggedTotal | None, stages: Sequence[Stage], scenarios: Sequence[Floats],
    settings: Settings,
) -> TimeBudget:  # fmt: skip
    limits = [stage.limit for stage in timed if stage.limit is not None]
    passed = [stage.pass_rate for stage in timed if stage.pass_rate is not None]
    level = None if logged is None else settings.level
    return TimeBudget(
        goal.goal_id, goal.unit, "simulated" if logged is None else "cases", goal.target,
        settings.time_percentile, tuple(timed), dependence, logged,
        sum(stage.p95 for stage in timed),
        sum(limits) if len(limits) == len(timed) else None,
        readings(stages, scenarios, goal.target, settings.time_percentile, level),
        bottleneck(timed, settings.busy),
        trials(stages, scenarios, goal.target, settings.what_if_cut, level),
        logged_dependence(scenarios[0]) if logged is not None else None,
        float(np.prod(passed)) if len(passed) == len(timed) else None,
    )  # fmt: skip


def bottleneck(timed: Sequence[StageTime], busy: float) -> Bottleneck:
    """TR10: the busiest stage if at least ``busy`` of it is used, else the longest one."""
    busiest = max(timed, key=lambda stage: stage.utilisation or 0.0)
    if busiest.utilisation is not None and busiest.utilisation >= busy:
        return Bottleneck(busiest.stage, "utilisation", busiest.share, busiest.utilisation,
                          busiest.prob_largest)  # fmt: skip
    longest = max(timed, key=lambda stage: stage.share)
    return Bottleneck(
        longest.stage, "share", longest.share, longest.utilisation, longest.prob_largest
    )


def total_p95(budget: TimeBudget) -> tuple[float, float, float]:
    """P95 of the total: middle, low, high; by interval from cases, else over the dependence."""
    if budget.logged is not None:
        return (budget.logged.total.p95_total, *budget.logged.p95_interval)
    values = sorted(total.p95_total for total in budget.dependence.values())
    return values[len(values) // 2], values[0], values[-1]


def time_checks(budgets: Sequence[TimeBudget]) -> tuple[Check, ...]:
    """Totals over their limit, surely (error) or perhaps (warn); limits made of added P95s."""
    found = []
    for budget in budgets:
        middle, low, high = total_p95(budget)
        if budget.limit is not None and middle > budget.limit:
            level: Level = "error" if low > budget.limit else "warn"
            values = {"limit": budget.limit, "p95": middle, "low": low, "high": high}
            found.append(Check(budget.goal_id, "time_over_limit", level, values=values))
        if budget.limit is not None and isclose(budget.limit, budget.sum_of_p95, rel_tol=SAME):
            summed = {"limit": budget.limit}
            found.append(Check(budget.goal_id, "limit_is_sum_of_p95", "warn", values=summed))
    return tuple(found)

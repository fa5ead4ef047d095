"""The tables of time goals: stages, totals, readings of the limit."""

from dataclasses import replace

from playbook.chapters.tree.lettering import unit_name
from playbook.chapters.tree.model_times import TimeBudget, TotalTime
from playbook.chapters.tree.tables import Row, Setter
from playbook.core.section import Column, Table
from playbook.core.text import say


def _timed(set_: Setter, budget: TimeBudget, key: str, ends: bool = False) -> Column:
    """A column of times, with their unit in its head."""
    column = set_.column(key, "number", 1, ends)
    unit = unit_name(budget.unit, set_.lang)
    return replace(column, label=say("tree.table.timed", set_.lang, label=column.label, unit=unit))


def stage_table(set_: Setter, budget: TimeBudget) -> Table:
    """One row a stage: its times, its limit, its part of the whole, how busy it is."""
    columns = [
        set_.column("stage"), _timed(set_, budget, "p50"), _timed(set_, budget, "p95"),
        _timed(set_, budget, "limit"), set_.column("prob_within", "percent", 1),
        set_.column("time_share", "percent", 0, ends=True),
        set_.column("prob_largest", "percent", 0), set_.column("utilisation", "percent", 0),
        set_.column("waiting_share", "percent", 0), set_.column("pass_rate", "percent", 0),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "stage": set_.name(stage.stage),
            "p50": stage.p50, "p95": stage.p95, "limit": stage.limit,
            "prob_within": stage.prob_within, "time_share": stage.share,
            "time_share_low": stage.share_low, "time_share_high": stage.share_high,
            "prob_largest": stage.prob_largest,
            "utilisation": stage.utilisation, "waiting_share": stage.waiting_share,
            "pass_rate": stage.pass_rate,
        }
        for stage in budget.stages
    ]  # fmt: skip
    used = [c for c in columns if any(row[c.key] is not None for row in rows)]
    table = set_.table("stages", used, rows)
    if budget.pass_all is None:
        return table
    return replace(table, note=say("tree.table.pass_all", set_.lang, share=budget.pass_all))


def clock_table(set_: Setter, budget: TimeBudget) -> Table:
    """One row a stage: when its clock starts and stops, and what else was logged of it."""
    columns = [
        set_.column("stage"), set_.column("clock_from"), set_.column("clock_to"),
        set_.column("clock"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "stage": set_.name(stage.stage),
            "clock_from": set_.name(stage.start_event),
            "clock_to": set_.name(stage.stop_event),
            "clock": set_.code("clock", f"{stage.clock}{'_paused' if stage.pausable else ''}"),
        }
        for stage in budget.stages
    ]  # fmt: skip
    return set_.table("clocks", columns, rows)


def total_table(set_: Setter, budget: TimeBudget) -> Table:
    """Percentiles of the total: from cases with intervals, or for each dependence."""
    ends = budget.logged is not None
    columns = [
        set_.column("basis_total"),
        *(_timed(set_, budget, key, ends) for key in ("p50_total", "p90_total", "p95_total")),
        set_.column("p_total_within", "percent", 1, ends),
        set_.column("p_every_stage_within", "percent", 1, ends),
    ]
    rows = [
        {"basis_total": _rho(set_, key), **_total(total)}
        for key, total in budget.dependence.items()
    ]
    if budget.logged is not None:
        it = budget.logged
        row: dict[str, str | float | None] = {
            "basis_total": say("tree.figure.logged", set_.lang, n=it.n), **_total(it.total)
        }  # fmt: skip
        for key, pair in (
            ("p50_total", it.p50_interval), ("p90_total", it.p90_interval),
            ("p95_total", it.p95_interval), ("p_total_within", it.within_interval),
            ("p_every_stage_within", it.every_interval),
        ):  # fmt: skip
            row[f"{key}_low"], row[f"{key}_high"] = pair or (None, None)
        rows.insert(0, row)
    table = set_.table("totals", columns, rows)
    if budget.rho_logged is None:
        return table
    return replace(table, note=say("tree.table.rho_logged", set_.lang, rho=budget.rho_logged))


def _rho(set_: Setter, key: str) -> str:
    return say("tree.figure.rho", set_.lang, rho=float(key.removeprefix("dependence_")))


def _total(total: TotalTime) -> dict[str, str | float | None]:
    return {
        "p50_total": total.p50_total,
        "p90_total": total.p90_total,
        "p95_total": total.p95_total,
        "p_total_within": total.p_total_within,
        "p_every_stage_within": total.p_every_stage_within,
    }


def reading_table(set_: Setter, budget: TimeBudget) -> Table:
    """The limit read in three ways (K2)."""
    columns = [
        set_.column("reading"), set_.column("clock_from"), set_.column("clock_to"),
        _timed(set_, budget, "limit"), set_.column("within", "percent", 1, ends=True),
        _timed(set_, budget, "p95_reading"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "reading": set_.code("reading", one.reading),
            "clock_from": set_.name(one.start_event),
            "clock_to": set_.name(one.stop_event),
            "limit": one.limit,
            "within": one.p_within,
            "within_low": one.p_within_low,
            "within_high": one.p_within_high,
            "p95_reading": one.p95,
        }
        for one in budget.readings
    ]
    return set_.table("readings", columns, rows)


def trial_table(set_: Setter, budget: TimeBudget) -> Table:
    """E35: each stage made faster in turn, and what it brings."""
    columns = [
        set_.column("stage"), set_.column("p_total_within", "percent", 1),
        set_.column("gain", "points", 1, ends=True), set_.column("prob_best", "percent", 0),
        _timed(set_, budget, "p95_total"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "stage": set_.name(trial.stage),
            "p_total_within": trial.p_total_within,
            "gain": trial.gain,
            "gain_low": trial.gain_low,
            "gain_high": trial.gain_high,
            "prob_best": trial.prob_best,
            "p95_total": trial.p95_total,
        }
        for trial in budget.trials
    ]
    columns = [c for c in columns if any(row[c.key] is not None for row in rows)]
    return set_.table("trials", columns, rows)

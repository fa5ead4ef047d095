"""The tables of the goal tree and what ``[tree]`` in case.toml may set.

``node`` says how a goal is made of its formula children, ``edge`` how the goal hangs on its own
parent (a root writes ``formula``). Shares are written as 85 % or 0.85 or, all of them, as 85 with
the unit ``%``. Blank baselines, targets and owners are taken from ``goals.csv`` (same goal_id).
"""

from dataclasses import dataclass
from typing import Literal

from playbook.core.schema import Field, TableSpec

LEVELS = ("company", "department", "team", "person")
KINDS = ("result", "process")
EDGES = ("formula", "influence")
NODES = (
    "additive", "weighted_mean", "rate_chain", "complement", "time_budget", "max", "milestone",
)  # fmt: skip
DIRECTIONS = ("increase", "decrease", "maintain")
CLOCKS = ("calendar", "business")

TREE = TableSpec(
    "tree",
    (
        Field("goal_id", required=True),
        Field("parent_id"),
        Field("metric_id", required=True),
        Field("level", "code", required=True, choices=LEVELS),
        Field("kind", "code", required=True, choices=KINDS),
        Field("edge", "code", required=True, choices=EDGES),
        Field("node", "code", choices=NODES),
        Field("unit", required=True),
        Field("direction", "code", required=True, choices=DIRECTIONS),
        Field("baseline", "number"),
        Field("baseline_low", "number"),  # 95 % interval of the baseline, where no n gives one
        Field("baseline_high", "number"),
        Field("weight_n", "number", low=0),  # volume: weight in a mean, n of a share, exposure
        Field("reachable", "number"),  # peer P75, achievable benchmark or best own unit
        Field("target", "number"),
        Field("start", "date", required=True),
        Field("due", "date", required=True),
        Field("owner"),  # one person; several names are found and said
        Field("team"),
        Field("source"),
        Field("evidence"),  # of an influence edge: "r=0.62 n=24", or words
    ),
    key=("goal_id",),
)

STAGES = TableSpec(
    "tree_stages",
    (
        Field("goal_id", required=True),  # the time goal the stages make up
        Field("stage", required=True),
        Field("order", "integer", required=True, low=1),
        Field("p50", "number"),  # in the unit of the time goal; may be blank if cases are logged
        Field("p95", "number"),
        Field("limit", "number"),
        Field("start_event", required=True),  # the stop event of the stage before, if in a row
        Field("stop_event", required=True),
        Field("clock", "code", required=True, choices=CLOCKS),
        Field("pausable", "flag"),
        # for utilisation (arrival_rate x work_time / capacity), all in the goal's time unit
        Field("arrival_rate", "number", low=0),  # cases per unit of time
        Field("work_time", "number", low=0),  # mean working time a case, without waiting
        Field("capacity", "number", low=0),  # people (or desks) working in parallel
        Field("pass_rate", "share"),  # right the first time
    ),
    key=("goal_id", "stage"),
)

CASES = TableSpec(
    "tree_cases",
    (
        Field("case_id", required=True),
        Field("stage", required=True),
        Field("hours", "number", required=True, low=0),
    ),
    key=("case_id", "stage"),
)

WEIGHTS = TableSpec(
    "tree_weights",
    (
        Field("holder", required=True),
        Field("kpi", required=True),
        Field("weight", "number", required=True),  # 45 or 45 %; a sheet sums to 100
        Field("metric_id"),
        Field("level", "code", choices=LEVELS),
    ),
    key=("holder", "kpi"),
)

RACI = TableSpec(
    "tree_raci",
    (
        Field("action", required=True),
        Field("person", required=True),
        Field("role", required=True),  # letters R A C I; "AR" holds both
        Field("is_department", "flag"),
    ),
    key=("action", "person"),
)

TABLES: tuple[TableSpec, ...] = (TREE, STAGES, CASES, WEIGHTS, RACI)


@dataclass(frozen=True)
class Settings:
    """Choices of the chapter; each is printed with the result.

    rates: how rows with the unit % write their values; auto: all up to 1 share, all above 1
    percent, both: asked. chain_method: how a rate chain's new product is split. mean_method: how
    a weighted mean's is. dependence: rho between stages. time_percentile: share of cases a time
    limit promises. seed: None = the case's. mix_from, mix_to: periods of the goals history whose
    change is split into rate and mix; blank: first and last. work_day_hours: hours of a day on a
    business clock. coverage_least: part of a parent
    its children must explain. what_if_cut: by how much a stage is made faster in the trial.
    tree_most: nodes a figure of the tree holds, at most 40; figures_most: figures of branches on
    the page, those with faults first; of waterfalls, weights and RACI a third of that each.
    """

    rates: Literal["auto", "share", "percent"] = "auto"
    chain_method: Literal["equal_odds", "equal_relative"] = "equal_odds"
    mean_method: Literal["closable_gap", "equal_lift"] = "closable_gap"
    level: float = 0.95
    seed: int | None = None
    draws: int = 10_000
    time_draws: int = 200_000
    bootstrap_draws: int = 2000
    dependence: tuple[float, ...] = (0.0, 0.5, 1.0)
    time_percentile: float = 0.95
    likely: float = 0.8
    slack: float = 0.05
    busy: float = 0.85
    evidence_n: int = 12
    rank_holds: float = 0.8
    work_day_hours: float = 8.0
    mix_from: str = ""
    mix_to: str = ""
    weight_tolerance: float = 0.01
    weight_least: float = 5.0
    weight_most: float = 40.0
    kpi_least: int = 3
    kpi_most: int = 8
    owner_most: int = 4
    consulted_most: int = 3
    accountable_most: int = 7
    responsible_most: int = 10
    coverage_least: float = 0.95
    what_if_cut: float = 0.2
    tree_most: int = 20
    figures_most: int = 12

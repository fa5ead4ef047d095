"""What the goal tree finds about time: records of stages, totals and limits.

Times are in the unit of their goal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class StageTime:
    """One stage: its times, its part of the whole, how busy it is."""

    stage: str
    order: int
    p50: float
    p95: float
    mean: float
    limit: float | None
    prob_within: float | None
    share: float
    share_low: float | None
    share_high: float | None
    prob_largest: float | None
    utilisation: float | None
    waiting_share: float | None
    pass_rate: float | None
    start_event: str
    stop_event: str
    clock: str
    pausable: bool | None


@dataclass(frozen=True)
class TotalTime:
    """The sum of the stages over cases, and how often the limits hold."""

    p50_total: float
    p90_total: float
    p95_total: float
    p_total_within: float | None
    p_every_stage_within: float | None
    density_x: tuple[float, ...]
    density_y: tuple[float, ...]


@dataclass(frozen=True)
class LoggedTotal:
    """As TotalTime from logged cases, with 95 % intervals (low, high)."""

    total: TotalTime
    n: int
    incomplete: int
    p50_interval: tuple[float, float]
    p90_interval: tuple[float, float]
    p95_interval: tuple[float, float]
    within_interval: tuple[float, float] | None
    every_interval: tuple[float, float] | None
    slack_interval: tuple[float, float] | None


@dataclass(frozen=True)
class Reading:
    """One way to read a time limit: which event starts and which stops the clock (K2).

    p_within: share of cases inside the limit, with its interval (from cases) or its range over
    the dependence (by simulation).
    """

    reading: Literal["whole", "after_first", "before_last"]
    start_event: str
    stop_event: str
    limit: float
    p95: float
    p_within: float
    p_within_low: float
    p_within_high: float


@dataclass(frozen=True)
class Trial:
    """What a service is worth in which one stage takes a part less time, tried before a pilot.

    gain: by how much more of the cases keep the total limit, with interval or range. prob_best:
    how often it gains most when the logged cases are drawn again.
    """

    stage: str
    p_total_within: float
    p95_total: float
    gain: float
    gain_low: float
    gain_high: float
    prob_best: float | None = None


@dataclass(frozen=True)
class Bottleneck:
    """The stage that holds up the rest. by: what it was found by."""

    stage: str
    by: Literal["utilisation", "share"]
    share: float
    utilisation: float | None
    probability: float | None


@dataclass(frozen=True)
class TimeBudget:
    """A time goal and its stages. dependence: ``dependence_<rho>`` -> total by simulation.

    rho_logged: mean correlation of the stages' log times over the logged cases. pass_all: part of
    the cases that pass every stage the first time, if each stage's pass rate is known.
    """

    goal_id: str
    unit: str
    source: Literal["cases", "simulated"]
    limit: float | None
    percentile: float
    stages: tuple[StageTime, ...]
    dependence: Mapping[str, TotalTime]
    logged: LoggedTotal | None
    sum_of_p95: float
    sum_of_limits: float | None
    readings: tuple[Reading, ...]
    bottleneck: Bottleneck
    trials: tuple[Trial, ...] = ()
    rho_logged: float | None = None
    pass_all: float | None = None

"""The tables of a pilot and what its registration (``[pilot]`` in case.toml) may fix.

Give counts (n_pre, x_pre, n_post, x_post: satisfied of answers) or means (n, mean and sd of both
periods). A period is ``pre`` or ``post`` or a calendar period (2026-03), which is told apart by
``post_from``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.core.schema import Field, TableSpec

ARMS = ("pilot", "control")

PILOT = TableSpec(
    "pilot",
    (
        Field("store", required=True),
        Field("arm", "code", required=True, choices=ARMS),
        Field("n_pre", "integer", required=True, low=0),
        Field("x_pre", "integer", low=0),
        Field("n_post", "integer", required=True, low=0),
        Field("x_post", "integer", low=0),
        Field("mean_pre", "number"),
        Field("sd_pre", "number", low=0),
        Field("mean_post", "number"),
        Field("sd_post", "number", low=0),
        Field("pair"),
        Field("stratum"),
    ),
    key=("store", "arm"),
)

PERIODS = TableSpec(
    "pilot_periods",
    (
        Field("store", required=True),
        Field("period", "period", required=True),
        Field("n", "integer", required=True, low=0),
        Field("x", "integer", required=True, low=0),
        Field("invited", "integer", low=0),
    ),
    key=("store", "period"),
)

ANSWERS = TableSpec(
    "pilot_answers",
    (
        Field("store", required=True),
        Field("period", required=True),
        Field("answered", "flag", required=True),
        Field("segment"),
        Field("channel"),
        Field("value", "number"),
    ),
)

GUARDRAILS = TableSpec(
    "pilot_guardrails",
    (
        Field("metric", required=True),
        Field("store", required=True),
        Field("period", required=True),
        Field("value", "number"),
        Field("n", "integer", low=0),
        Field("x", "integer", low=0),
        Field("worse", "code", required=True, choices=("up", "down")),
        Field("margin", "number", required=True, low=0),
    ),
    key=("metric", "store", "period"),
)

PROCESS = TableSpec(
    "pilot_process",
    (
        Field("gate", required=True),
        Field("x", "integer", required=True, low=0),
        Field("n", "integer", required=True, low=0),
        Field("red", "share", required=True),
        Field("green", "share", required=True),
    ),
    key=("gate",),
)

TABLES: tuple[TableSpec, ...] = (PILOT, PERIODS, ANSWERS, GUARDRAILS, PROCESS)

SelectionRule = Literal[
    "not_said",  # nobody wrote down how the pilots were chosen
    "random",  # drawn by lot
    "stratified",  # drawn by lot inside pairs or strata
    "earlier_period",  # by a score of a period before the baseline
    "worst_score",  # the worst by the baseline itself
    "best_score",  # the best by the baseline itself
    "judgement",  # typical or willing branches
]


@dataclass(frozen=True)
class RegisteredGuardrail:
    """A measure that must not get worse by margin (in its own unit)."""

    metric: str
    worse: Literal["up", "down"]
    margin: float


@dataclass(frozen=True)
class RegisteredGate:
    """Limits of one process share: not above red is red, green and above is green."""

    gate: str
    red: float
    green: float


@dataclass(frozen=True)
class Money:
    """What a rollout is worth: customers a year, value of one point of lift each, cost a year.

    value_per_point is money per customer and year for 1 percentage point (1 unit for means).
    """

    customers: float
    value_per_point: float
    cost: float


@dataclass(frozen=True)
class Settings:
    """The registration, its seal, and what was noted during the pilot.

    Shares and lifts are 0-1 (0.05 = 5 percentage points), or scale units when the table holds
    means. A pilot without a margin set before is refused; everything else has a default.
    """

    # registered before the first post answer, and sealed by the hash
    margin: float | None = None
    planned_lift: float | None = None
    alpha: float = 0.05  # one-sided
    power: float = 0.8
    prob_scale: float = 0.8
    stop_confidence: float = 0.9
    primary_metrics: tuple[str, ...] = ("satisfaction",)
    pilot_stores: tuple[str, ...] = ()
    guardrails: tuple[RegisteredGuardrail, ...] = ()
    gates: tuple[RegisteredGate, ...] = ()
    min_answers: int = 30  # per store and period
    min_response: float | None = None  # answers per invitation, pilot stores, post period
    max_response_drop: float = 0.10
    mix_alpha: float = 0.01
    tau: float | None = None  # store noise of a change; None: from earlier periods, else 2 pp
    selection_rule: SelectionRule = "not_said"
    pre_from: date | None = None
    pre_until: date | None = None
    post_from: date | None = None
    post_until: date | None = None
    training_ended: date | None = None
    analysis_date: date | None = None
    money: Money | None = None

    # the seal
    registered_on: date | None = None
    registered_sha256: str = ""
    registered_text: str = ""  # the canonical text as sealed; lets deviations be named one by one

    # noted while it ran
    interim_looks: int = 0
    look_bounds: Literal["none", "pocock", "obrien_fleming"] = "none"
    shared_staff: tuple[str, ...] = ()  # stores whose staff worked in both arms
    contaminated: tuple[str, ...] = ()  # control stores that used the new practice
    max_assignments: int = 20_000

"""What ``[plan]`` in case.toml may set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Settings:
    """Choices of the chapter; each is printed with the result.

    effort_limit (person-days), cost_limit: what the chosen actions may take; None: no limit, said.
    goal_weights: weight of each goal in the choice; empty: the KPI weights of the tree, else equal.
    calendar: whose public holidays; the table plan_calendar adds to them. start: first day of the
    plan; blank: the reference date. due: when it has to be done; blank: the last end date of its
    goals. shorten_by: share by which an action is shortened to see what that gains.
    common_factor: correlation of the durations (0 independent).
    team_preset, budget_preset: one of the two proposals of the source documents, never both.
    team_roles: the client's role or meeting -> post of the preset, where the words differ.
    budget_shares: own shares in per cent, category to share. gate_steps: shares of customers of
    the staged rollout.
    """

    effort_limit: float | None = None
    cost_limit: float | None = None
    goal_weights: Mapping[str, float] = field(default_factory=dict)
    calendar: Literal["none", "china"] = "none"
    start: str = ""
    due: str = ""
    seed: int | None = None
    level: float = 0.95
    choice_draws: int = 1000
    core_share: float = 0.8
    out_share: float = 0.2
    most_actions: int = 7
    schedule_draws: int = 20_000
    common_factor: float = 0.0
    buffer_floor: float = 0.25
    shorten_by: float = 0.2
    amber_load: float = 0.85
    red_load: float = 1.0
    load_change: float = 0.1
    expect_least: float = 0.8  # share of customers to whom an answer should be soon enough
    team_preset: Literal["none", "specialists", "three_levels"] = "none"
    team_roles: Mapping[str, str] = field(default_factory=dict)
    budget_preset: Literal["none", "a", "b"] = "none"
    budget_total: float | None = None
    budget_shares: Mapping[str, float] = field(default_factory=dict)
    focus_share: float = 0.6
    focus_touchpoints: int = 3
    red_score: int = 15
    amber_score: int = 8
    gate_steps: tuple[float, ...] = (0.05, 0.25, 1.0)
    gate_cases: int = 400
    fault_minutes: float = 30.0
    refresh_months: int = 12
    refreshers_a_year: int = 2
    coverage_least: float = 0.9
    course_start: str = ""  # first week of the first course; blank: the start of the plan
    min_cases: int = 30
    claim_ratio: float = 1.2
    gaming_p: float = 0.01
    dependence: tuple[float, ...] = (0.0, 0.5, 1.0)
    time_draws: int = 200_000
    service_minutes: float | None = None
    service_share: float = 0.95  # of cases that must keep service_minutes
    compliance_margin: float = 0.1
    compliance_least: float = 0.9
    pay_cap: float = 1.2  # attainment counts to here in a KPI score

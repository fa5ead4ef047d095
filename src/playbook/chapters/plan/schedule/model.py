"""What the schedule finds: plain records, numbers and codes only.

Times are working days from the start of the plan: an action of 8 days after 20 days of work starts
at 20, ends at 28, and stands on the 21st to 28th working day. Shares are 0-1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playbook.core.findings import Finding
from playbook.core.problems import Level

Values = Mapping[str, float | int | str | None]
DueSource = Literal["setting", "goals", "actions", "none"]


@dataclass(frozen=True)
class Flag:
    """A doubt about the dates that does not forbid them. ids: the actions it speaks of."""

    code: str
    level: Level = "warn"
    ids: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class ScheduledAction:
    """One chosen action in time.

    after: chosen actions to be finished first; where one was not chosen, what it waited for.
    early_…, late_…, floats: from the likely durations (PL3). start_on, end_on: first and last day
    of work; latest_end_on: without moving the end of the plan. criticality: share of draws in
    which it lies on the longest chain. finish_p80_on: the date it is done by in 80 % of draws;
    p_due: share of draws in which its own due date is kept. p80_gain: days by which the plan's p80
    falls if this action takes a fifth less time (setting shorten_by); None in very large plans.
    """

    action: str
    goal_id: str
    owner: str | None
    stage: str | None
    after: tuple[str, ...]
    likely_days: float
    safe_days: float
    not_before: date | None
    due: date | None
    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    total_float: float
    free_float: float
    critical: bool
    start_on: date
    end_on: date
    latest_start_on: date
    latest_end_on: date
    criticality: float | None
    finish_p80: float | None
    finish_p80_on: date | None
    p_due: float | None
    p80_gain: float | None


@dataclass(frozen=True)
class Chain:
    """A critical chain of the likely durations. wait_days: days it waits for start dates."""

    actions: tuple[str, ...]
    likely_days: float
    safe_days: float
    wait_days: float
    half_removed: float
    root_sum_square: float


@dataclass(frozen=True)
class ChainShare:
    """A chain of the simulation and the share of draws in which it was the longest."""

    actions: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Promise:
    """One way to set the date: days, the date, and the simulated chance to keep it.

    rule: likely, half_removed, root_sum_square, half_chain, floor, safe, p50, p80, p90, by_hand.
    buffer: days after the likely end. claimed: the chance the rule itself claims, if any.
    """

    rule: str
    days: float
    on: date
    buffer: float
    p_in_time: float | None
    claimed: float | None = None


@dataclass(frozen=True)
class Together:
    """The end if delays come together: by the correlation of the durations."""

    common_factor: float
    p50_on: date
    p80_on: date
    p90_on: date
    p_due: float | None


@dataclass(frozen=True)
class Simulation:
    """PL5. curve: (working days, share of draws finished by then), rising.

    together: the same under other correlations (setting dependence); none in very large plans.
    """

    draws: int
    seed: int
    common_factor: float
    mean: float
    sd: float
    p50: float
    p80: float
    p90: float
    p50_on: date
    p80_on: date
    p90_on: date
    p_within_likely: float
    p_with_half_removed: float
    p_with_root_sum_square: float
    p_with_half_chain: float
    p_with_floor: float
    p_within_safe: float
    criticality: Mapping[str, float]
    longest: tuple[ChainShare, ...]
    curve: tuple[tuple[float, float], ...]
    together: tuple[Together, ...] = ()


@dataclass(frozen=True)
class GoalDate:
    """When the actions of one goal are done, against the goal's own end date."""

    goal_id: str
    last_action: str
    end_on: date
    p80_on: date | None
    due: date | None
    p_due: float | None


@dataclass(frozen=True)
class Schedule:
    """The chosen actions in time, and the date that can be promised.

    start: first working day. duration: likely working days; safe_duration: the network with every
    safe duration. chains: all critical chains (at most the first 20; chain_count says how many).
    due: the date asked for, due_from: where it stands. known_until: last day whose public holidays
    are known (None: no public calendar asked for). free_days, extra_days: weekdays off and weekend
    days worked within the drawn span. simulation and all that rests on it are None if no action has
    a safe duration above its likely one: without a spread no date can be promised.
    """

    start: date
    today: date
    calendar: str
    known_until: date | None
    free_days: tuple[date, ...]
    extra_days: tuple[date, ...]
    rows: tuple[ScheduledAction, ...]
    duration: float
    end_on: date
    safe_duration: float
    critical: tuple[str, ...]
    chains: tuple[Chain, ...]
    chain_count: int
    buffer_half_removed: float
    buffer_root_sum_square: float
    buffer_half_chain: float
    buffer_floor: float
    simulation: Simulation | None
    shorten_by: float
    promises: tuple[Promise, ...]
    promised_on: date | None
    due: date | None
    due_from: DueSource
    p_due: float | None
    goals: tuple[GoalDate, ...]
    flags: tuple[Flag, ...] = ()
    findings: tuple[Finding, ...] = ()

    def row(self, action: str) -> ScheduledAction | None:
        """The action in time, if it was chosen."""
        return next((row for row in self.rows if row.action == action), None)

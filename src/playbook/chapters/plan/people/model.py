"""What the plan finds about people: plain records, numbers and codes only.

Shares and utilisations are 0-1 (a utilisation may pass 1), effort is in person-days, answer times
in seconds, weeks are named by their Monday.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playbook.core.findings import Finding
from playbook.core.queues import Staffing

Values = Mapping[str, float | int | str | None]
QueueState = Literal["held", "thin", "missed", "missed_for_certain", "not_known"]
StepState = Literal["passed", "thin", "skipped", "next", "later"]
LoadState = Literal["fine", "amber", "red", "not_known", "idle"]
ExpectationState = Literal["met", "late", "short", "not_known"]


@dataclass(frozen=True)
class Scenario:
    """The queue with other arrivals and handling time; factors of those given.

    agents: needed then; None if no level is promised. service_level: with the agents there.
    """

    arrivals: float
    handle: float
    load_erlang: float
    agents: int | None
    service_level: float | None


@dataclass(frozen=True)
class CurvePoint:
    """Share answered in time by so many agents: as given, with less load, with more."""

    agents: int
    level: float
    lighter: float
    heavier: float


@dataclass(frozen=True)
class Queue:
    """One queue (PL8): who is needed for the promise, and what the agents at hand reach.

    agents … occupancy: what is needed; None if no promised time or level is given. least: fewest
    agents with whom the queue does not grow without end. agents_there, there: those at hand.
    possible_s: time that can be promised to the share ``level`` with the agents at hand. waiting,
    open_cases: mean number waiting and in hand (Little 1961), with the agents at hand, else with
    those needed. open_limit: cases open at once above which the mean answer is later than promised.
    """

    queue: str
    arrivals_per_hour: float
    handle_s: float
    answer_s: float | None
    level: float | None
    opening: str | None
    metric_id: str | None
    shrinkage: float
    load_erlang: float
    least: int
    agents: int | None
    rostered: int | None
    prob_wait: float | None
    service_level: float | None
    asa_s: float | None
    occupancy: float | None
    agents_low: int | None
    agents_high: int | None
    agents_there: int | None
    there: Staffing | None
    possible_s: float | None
    waiting: float | None
    open_cases: float | None
    open_limit: float | None
    scenarios: tuple[Scenario, ...]
    curve: tuple[CurvePoint, ...]
    state: QueueState


@dataclass(frozen=True)
class Message:
    """One row of the communication plan (PL14), with the promise it makes.

    on: the day it goes out. missing: columns without which it cannot. faults: codes of rules it
    breaks. wanted: share it promises within promise_s (its queue's level if it names none);
    reached: share the agents of the queue answer by then; agents: needed to hold it; possible_s:
    what could be promised. curve: only where it promises other than its queue. on_alarm: its
    trigger is a measure of complaints.
    """

    segment: str
    message: str | None
    channel: str | None
    on: date | None
    owner: str | None
    tier: str | None
    trigger: str | None
    on_alarm: bool
    queue: str | None
    promise_s: float | None
    wanted: float | None
    reached: float | None
    agents: int | None
    agents_there: int | None
    possible_s: float | None
    missing: tuple[str, ...]
    faults: tuple[str, ...]
    curve: tuple[CurvePoint, ...]
    state: Literal["none", "held", "thin", "missed", "missed_for_certain", "not_known"]


@dataclass(frozen=True)
class Survey:
    """One survey of what customers accept at one queue (Q22).

    expected_s: longest time the share asked for accepts. accepted: share to whom the promised time
    is soon enough; change: of it since the survey before, 0-1.
    """

    period: str
    n: int
    expected_s: float | None
    accepted: float | None
    accepted_low: float | None
    accepted_high: float | None
    change: float | None
    change_low: float | None
    change_high: float | None


@dataclass(frozen=True)
class Expectation:
    """What customers expect of a queue, what it promises and what its people can keep (Q22).

    level: share of cases the times hold for. accepted: share of customers to whom the promised
    time is soon enough; possible_accepted: likewise for the time that can be kept. agents: needed
    to answer the same share of cases within expected_s. state: met, late (the promise is too late,
    a better one could be kept), short (what can be kept is too late); is_sure: the intervals of
    the latest survey leave it no other reading.
    """

    queue: str
    period: str
    n: int
    level: float | None
    expected_s: float | None
    promise_s: float | None
    accepted: float | None
    accepted_low: float | None
    accepted_high: float | None
    possible_s: float | None
    possible_accepted: float | None
    possible_low: float | None
    possible_high: float | None
    agents_there: int | None
    agents: int | None
    state: ExpectationState
    is_sure: bool
    surveys: tuple[Survey, ...]


@dataclass(frozen=True)
class WeekLoad:
    """Work planned for one person in one week (PL9). available: days; None if not stated."""

    person: str
    week: date
    planned: float
    available: float | None
    utilisation: float | None
    state: LoadState


@dataclass(frozen=True)
class PersonLoad:
    """One person over the whole plan.

    peak: highest utilisation of a week. at_once: most of the person's actions running on one day.
    actions: those the person works on; owns: those the person owns.
    """

    person: str
    team: str | None
    role: str | None
    days_per_week: float | None
    is_department: bool
    planned: float
    mean: float | None
    peak: float | None
    peak_week: date | None
    weeks: int
    weeks_amber: int
    weeks_red: int
    at_once: int
    actions: tuple[str, ...]
    owns: tuple[str, ...]
    state: LoadState


@dataclass(frozen=True)
class Relief:
    """A way to lower an overload without moving the end of the plan.

    way: shift (start later) or stretch (the same days over a longer time), by ``days`` working
    days of the action's float. moves: actions that start later because of it. peak, weeks_red: of
    the person before and after; others_red: weeks that turn red for other people.
    """

    person: str
    action: str
    way: Literal["shift", "stretch"]
    days: float
    moves: tuple[str, ...]
    peak_before: float
    peak_after: float
    weeks_red_before: int
    weeks_red_after: int
    others_red: int


@dataclass(frozen=True)
class TeamCheck:
    """One demand of a preset against the team at hand (PL10).

    kind post: wanted and found count people (who: them). kind meeting: wanted and found are days
    between two meetings; minutes likewise.
    """

    preset: str
    post: str
    kind: Literal["post", "meeting"]
    wanted: float
    found: float | None
    who: tuple[str, ...]
    minutes_wanted: float | None
    minutes_found: float | None
    met: bool


@dataclass(frozen=True)
class RuleOfThumb:
    """People a gain of so many points is said to need: an anecdote, range 0 to twice (K17)."""

    goal_id: str
    points: float
    managers: float
    managers_high: float
    staff: float
    staff_high: float


@dataclass(frozen=True)
class GateStep:
    """One step of the staged rollout (PL13). share: of customers; cases: seen so far.

    thin: passed on fewer cases than wanted; skipped: passed before an earlier step.
    """

    share: float
    cases_wanted: int
    cases: int | None
    due: date | None
    owner: str | None
    done: bool
    state: StepState


@dataclass(frozen=True)
class Gate:
    """The staged rollout: steps, guardrails, and what must stand before it starts.

    margin: half width of the 95 % interval of a share of one half with so many cases; rare_fault:
    share of cases a fault must hit to be seen at least once with 95 % probability. ready: code of
    a condition -> whether it stands; owners, dates: likewise, where they are stated.
    """

    actions: tuple[str, ...]
    steps: tuple[GateStep, ...]
    guardrails: Mapping[str, str]
    guardrails_stores: int | None
    on_call: str | None
    fault_wanted: float
    fault_found: float | None
    margin: float
    rare_fault: float
    ready: Mapping[str, bool]
    owners: Mapping[str, str]
    dates: Mapping[str, date]


@dataclass(frozen=True)
class Meeting:
    """One row of the governance calendar, with all its dates.

    every_days: middle gap between two dates. held, overdue: dates done; passed and not done.
    """

    item: str
    minutes: float | None
    every_days: float | None
    owner: str | None
    dates: tuple[date, ...]
    held: tuple[date, ...]
    overdue: tuple[date, ...]
    next_on: date | None


@dataclass(frozen=True)
class People:
    """Who does the plan, who answers the customers, who tells them."""

    today: date
    staffing: tuple[Queue, ...]
    people: tuple[PersonLoad, ...]
    load: tuple[WeekLoad, ...]
    reliefs: tuple[Relief, ...]
    by_owner: bool
    departments: Mapping[str, tuple[str, ...]]
    team: tuple[TeamCheck, ...]
    preset: str
    rule_of_thumb: RuleOfThumb | None
    gate: Gate | None
    messages: tuple[Message, ...]
    has_alarm: bool
    meetings: tuple[Meeting, ...]
    expectations: tuple[Expectation, ...] = ()
    parameters: Values = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

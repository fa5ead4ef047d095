"""The result of the chapter: letters with reasons, numbers and spans, never words of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.core.findings import Finding
from playbook.core.problems import Problem
from playbook.core.text import Name

Letter = Literal["pass", "weak", "fail", "unknown", "stretch"]
LETTERS = ("S", "M", "A", "R", "T")


@dataclass(frozen=True)
class Verdict:
    """A letter's value with its reason codes, the heaviest first."""

    value: Letter
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """Where a slot stands in the text: text[start:end]."""

    slot: str
    start: int
    end: int
    confidence: str


@dataclass(frozen=True)
class FanPoint:
    """The straight-line forecast of one day with its 80 % interval."""

    day: date
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Achievable:
    """Letter A on data (SM11). required and best are rates per period of the history.

    gap is what is still to win, in the good direction; ratio = required / best, None = infinite.
    best_from: where in the history the best run of window periods begins. second_verdict: the
    verdict by the second-best run. fan: the forecast from the last value to the deadline.
    advice: the earliest date at the best rate, or what that rate reaches by the deadline.
    """

    verdict: Letter
    reasons: tuple[str, ...]
    frequency: str = ""
    n_history: int = 0
    baseline: float | None = None
    gap: float | None = None
    required: float | None = None
    best: float | None = None
    ratio: float | None = None
    horizon_periods: float | None = None
    window: int | None = None
    sensitive: bool = False
    peer_class: str | None = None
    forecast: float | None = None
    forecast_low: float | None = None
    forecast_high: float | None = None
    prob_reach: float | None = None
    fan: tuple[FanPoint, ...] = ()
    best_from: int | None = None
    forecast_unstable: bool = False
    second_verdict: Letter | None = None
    second_best: float | None = None
    failures_to_remove: float | None = None
    advice_date: date | None = None
    advice_target: float | None = None


@dataclass(frozen=True)
class Detectable:
    """Letter M on data (SM10): difference against 1.96 standard errors of the planned samples."""

    difference: float
    se: float
    threshold: float
    power: float
    verdict: Letter
    n_before: int
    n_after: int


@dataclass(frozen=True)
class Promise:
    """A promised time against the queue that is to keep it (Erlang C, plan PL8).

    promised: the share to be answered within answer_s; expected: what the agents at work give;
    utilisation: load / agents, None without agents; needed: the fewest agents that keep it.
    """

    queue: str
    load_erlang: float
    agents: int | None
    utilisation: float | None
    answer_s: float | None
    promised: float | None
    expected: float | None
    wait_s: float | None
    needed: int | None
    verdict: Letter
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number with its unit as written in a sentence; text: the words it stands in."""

    value: float
    unit: str | None = None
    text: str = ""


@dataclass(frozen=True)
class OtherAim:
    """A further target of the same metric, a step on the way."""

    target: float
    unit: str | None
    deadline: date | None


@dataclass(frozen=True)
class Checked:
    """One goal with its letters. origin: card | sentence; numbers as held (shares 0-1) for cards,
    as written for sentences.

    sentence_id: the sentence it was read from; a sentence with several goals has several. peers,
    p75, p90 and history are in the unit of the numbers above. service_level: a duration that
    belongs to the metric. limit: spending that may not be passed. rewrite_of: the sentence that
    this one replaces.
    """

    goal_id: str
    origin: str
    text: str
    metric_id: str | None
    metric: str | None
    direction: str | None
    baseline: float | None
    target: float | None
    comparator: str | None
    delta: float | None
    delta_kind: str | None
    target_derived: float | None
    target_readings: tuple[tuple[str, float], ...]
    unit: str | None
    deadline: date | None
    start: date | None
    owner_name: str | None
    n_goals: int
    letters: Mapping[str, Verdict]
    owner: Verdict
    ready: bool
    next_question: str | None
    spans: tuple[Span, ...] = ()
    history: tuple[tuple[date, float], ...] = ()
    peers: tuple[float, ...] = ()
    p75: float | None = None
    p90: float | None = None
    achievable: Achievable | None = None
    detectable: Detectable | None = None
    promise: Promise | None = None
    flags: tuple[str, ...] = ()
    sentence_id: str | None = None
    lang: str = ""
    day: date | None = None
    deadline_text: str | None = None
    horizon: str | None = None
    scope: str | None = None
    service_level: Amount | None = None
    limit: Amount | None = None
    other_targets: tuple[OtherAim, ...] = ()
    rewrite_of: str | None = None

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The five letters and the owner, in the order shown."""
        return {**{key: self.letters[key] for key in LETTERS}, "owner": self.owner}

    @property
    def aim(self) -> float | None:
        """The value to reach, stated or reckoned from the start and the change."""
        return self.target if self.target is not None else self.target_derived


@dataclass(frozen=True)
class SmartResult:
    """Every goal checked; names: metrics, goals and owners as the client calls them.

    show_total: the client asked for a count of settled letters beside them.
    """

    goals: tuple[Checked, ...]
    names: Mapping[str, Name]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    show_total: bool = False

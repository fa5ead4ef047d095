"""The result of the chapter: numbers and codes, never words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from playbook.chapters.goals.evidence import (
    Attainable,
    Baseline,
    Benchmark,
    ChannelMix,
    Market,
    Needs,
)
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.presets import Example
from playbook.core.findings import Finding
from playbook.core.metrics import Clock
from playbook.core.problems import Problem
from playbook.core.text import Name


@dataclass(frozen=True)
class Step:
    """An interim target and the day it is due."""

    day: date
    value: float


@dataclass(frozen=True)
class Card:
    """A goal card, numbers in the unit held (a share 0-1), with what follows from them.

    baseline_from: counts (n of the card) | history | range (last values of the history) | value
    (no interval) | missing. required_per_period is per period_unit.
    """

    goal_id: str
    metric_id: str
    kind: str
    direction: str
    target: float
    unit: str
    start: date
    due: date
    parent_id: str | None = None
    level: str | None = None
    baseline: float | None = None
    baseline_low: float | None = None
    baseline_high: float | None = None
    baseline_n: float | None = None
    baseline_period: str | None = None
    baseline_from: str = "missing"
    comparator: str | None = None
    unit_written: str = ""
    owner: str | None = None
    team: str | None = None
    participants: tuple[str, ...] = ()
    customer_need: str | None = None
    strategy_theme: str | None = None
    source: str | None = None
    review_every: str | None = None
    budget: float | None = None
    guardrail_metric: str | None = None
    statement: str | None = None
    statement_en: str | None = None
    lead_lag: str = ""
    bound_low: float | None = None
    bound_high: float | None = None
    horizon: str = ""
    months: float = 0.0
    period_unit: str = ""
    periods: float = 0.0
    required_per_period: float | None = None
    failures_to_remove_share: float | None = None
    cagr: float | None = None
    path: str = ""
    interim: tuple[Step, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One row of the source register."""

    source: str
    kind: str
    n: float | None
    date_from: date | None
    date_to: date | None
    licence_or_consent: str | None
    drawn: str | None = None


@dataclass(frozen=True)
class Capability:
    """One row of the capability table; gap is ours minus the competitor's."""

    item: str
    kind: str
    own: float
    competitor: float | None
    gap: float | None


@dataclass(frozen=True)
class MetricLine:
    """A metric that the cards use, the sector suggests or the case adds.

    bounds are on the scale held. clock: the events a time runs between.
    """

    metric_id: str
    zh_hant: str
    formula: Name
    formula_hant: str
    unit: str
    direction: str
    bound_low: float | None
    bound_high: float | None
    aggregate: str
    lead_lag: str
    frequency: str
    data: str
    clock: Clock | None
    used: bool


@dataclass(frozen=True)
class SectorMetric:
    """A metric the sector usually measures: our goals on it, our periods of it, peers held."""

    metric_id: str
    goals: tuple[str, ...]
    periods: int
    peers: int


@dataclass(frozen=True)
class SectorView:
    """The preset of the case's sector beside what the case holds."""

    sector: str
    name: Name
    metrics: tuple[SectorMetric, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class ProblemStatement:
    """What the evidence says under the four headings of a problem statement: ids of needs.

    symptoms: lowest satisfaction first. factors: must-be needs not met, then rising ones.
    complaints: by complaints in the window. unserved: needs without a goal. without_process:
    needs whose goals have no process goal among them. lead: the first of the order of needs.
    """

    symptoms: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    unserved: tuple[str, ...] = ()
    without_process: tuple[str, ...] = ()
    lead: str | None = None


@dataclass(frozen=True)
class Unknown:
    """Something we do not know yet: code and what it is about."""

    code: str
    about: str


@dataclass(frozen=True)
class GoalsResult:
    """All the chapter found. need_names etc. stand in names; settings are those used."""

    needs: Needs
    channel_mix: ChannelMix | None
    benchmark: tuple[Benchmark, ...]
    attainable: tuple[Attainable, ...]
    market: Market | None
    baselines: tuple[Baseline, ...]
    cards: tuple[Card, ...]
    sources: tuple[Source, ...]
    capability: tuple[Capability, ...]
    metrics: tuple[MetricLine, ...]
    unknown: tuple[Unknown, ...]
    problem: ProblemStatement
    sector: SectorView | None
    names: Mapping[str, Name]
    settings: Settings
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

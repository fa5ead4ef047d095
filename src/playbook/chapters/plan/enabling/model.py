"""What the part finds: training, points, procedures, articles, forms. Shares 0-1, minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.core.findings import Finding

CellState = Literal["done", "due", "expired", "missing"]
"""due: done, and the next refresher is overdue; expired: done too long ago to count."""

PointState = Literal["better", "watch", "as_expected", "not_judged"]


@dataclass(frozen=True)
class Share:
    """x of n with its Wilson interval; None where n = 0."""

    x: int
    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class TrainingCell:
    """One required course of one person."""

    person: str
    topic: str
    state: CellState
    done_on: date | None
    next_on: date | None


@dataclass(frozen=True)
class Mastery:
    """PL16: the share that masters a topic, before and after.

    paired: the same people tested twice, n of them; gained and lost changed sides. Else two groups.
    """

    topic: str
    paired: bool
    before: Share
    after: Share
    n: int
    gained: int | None
    lost: int | None
    diff: float
    low: float
    high: float
    mcnemar_p: float | None


@dataclass(frozen=True)
class Training:
    """PL15, PL16. coverage: required cells done and not expired."""

    coverage: Share
    least: float
    by_topic: Mapping[str, Share]
    by_person: Mapping[str, Share]
    cells: tuple[TrainingCell, ...]
    mastery: tuple[Mastery, ...]
    unmeasured: tuple[str, ...]


@dataclass(frozen=True)
class Observed:
    """PL17: complaints against what the team's rates would give for the same mix of cases."""

    name: str
    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    n: int
    judged: bool
    state: PointState


@dataclass(frozen=True)
class GamingSignal:
    """One check that fired. kind: claimed | invited | pile_up | reopened. value, against: the two
    numbers compared; p: where it is a test."""

    person: str
    kind: Literal["claimed", "invited", "pile_up", "reopened"]
    value: float
    against: float
    n: int
    p: float | None


@dataclass(frozen=True)
class Points:
    """People in the order of their ids, never ranked; groups are."""

    people: tuple[Observed, ...]
    groups: tuple[Observed, ...]
    signals: tuple[GamingSignal, ...]
    min_cases: int


@dataclass(frozen=True)
class TotalTime:
    """The time of all steps at one dependence rho; p_within: share within the promised time."""

    rho: float
    p50: float
    p90: float
    p95: float
    p_within: float | None


@dataclass(frozen=True)
class Step:
    """One step of a procedure with its target and what was checked."""

    step: str
    role: str
    input: str
    output: str
    target_minutes: float
    check_question: str
    decision_limit: str
    p50: float | None
    p95: float | None
    p_within: float | None
    passed: Share


@dataclass(frozen=True)
class Procedure:
    """PL18. sum_of_targets is shown only to say that percentiles do not add."""

    steps: tuple[Step, ...]
    sum_of_targets: float
    sum_of_p95: float | None
    totals: tuple[TotalTime, ...]
    service_minutes: float | None
    compliance: Share
    sample_size: int
    margin: float


@dataclass(frozen=True)
class BlueprintStep:
    """PL21: one column of the service blueprint."""

    step: str
    customer_action: str
    front_stage: str
    back_stage: str
    support_system: str
    p50: float | None
    p95: float | None


@dataclass(frozen=True)
class Blueprint:
    steps: tuple[BlueprintStep, ...]
    totals: tuple[TotalTime, ...]


@dataclass(frozen=True)
class Article:
    """PL19: a frequent cause and the article that answers it. whole: article, owner and a review
    date that has not passed."""

    cause: str
    complaints: int
    share: float
    article: str
    owner: str
    review_on: date | None
    whole: bool


@dataclass(frozen=True)
class Knowledge:
    """causes: share of causes answered; complaints: share of complaints they stand for."""

    articles: tuple[Article, ...]
    causes: Share
    complaints: float


@dataclass(frozen=True)
class FormRow:
    form: str
    item: str
    value: str
    owner: str
    due: date | None
    done: bool
    note: str


@dataclass(frozen=True)
class Enabling:
    """Each part is None where its table is absent."""

    training: Training | None
    points: Points | None
    procedure: Procedure | None
    blueprint: Blueprint | None
    knowledge: Knowledge | None
    forms: tuple[FormRow, ...]
    findings: tuple[Finding, ...]

"""What the part finds: procedures, blueprint, articles, forms, KPI scores. Shares 0-1, minutes."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kept = Literal["kept", "missed", "open"]
"""open: it depends on how far slow steps go together."""

LineState = Literal["filled", "done", "open"]


@dataclass(frozen=True)
class Share:
    """x of n with its Wilson interval; None where n = 0."""

    x: int
    n: int
    value: float | None
    low: float | None
    high: float | None


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
    """PL18. sum_of_targets is shown only to say that percentiles do not add.

    kept: does the total keep service_minutes in service_share of cases at every dependence;
    handoffs: how often the work goes from one role to another.
    """

    steps: tuple[Step, ...]
    sum_of_targets: float
    sum_of_p95: float | None
    totals: tuple[TotalTime, ...]
    service_minutes: float | None
    service_share: float
    kept: Kept | None
    handoffs: int
    compliance: Share
    compliance_least: float
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
    """The service as designed, and its total time before any pilot starts."""

    steps: tuple[BlueprintStep, ...]
    totals: tuple[TotalTime, ...]
    service_minutes: float | None
    service_share: float
    kept: Kept | None


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
class FormLine:
    """One line of a form: an item of the catalogue, with what the client filled in, or the client's
    own. group: family or kind within the form."""

    item: str
    group: str
    own: bool
    state: LineState
    value: str
    owner: str
    due: date | None
    note: str


@dataclass(frozen=True)
class Form:
    """A form without arithmetic: filled of its catalogue lines have a value, an owner or a tick."""

    form: str
    lines: tuple[FormLine, ...]
    filled: int
    asked: int


@dataclass(frozen=True)
class PayLine:
    """I01: one measure of a holder's scorecard; points = weight x attainment, 0 to the cap."""

    kpi: str
    weight: float
    attainment: float | None
    points: float | None


@dataclass(frozen=True)
class PaySheet:
    """points: of the known measures; total: only if every measure is known. Weights of 100."""

    holder: str
    lines: tuple[PayLine, ...]
    known_weight: float
    points: float
    total: float | None
    cap: float

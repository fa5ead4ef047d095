"""The records a pilot's result is made of: numbers and codes.

Lifts, shares and changes are 0-1 (or scale units where ``measure`` is ``mean``).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["scale", "iterate", "stop", "invalid"]
GuardrailState = Literal["safe", "undecided", "harm"]
GateState = Literal["green", "amber_green", "amber_red", "red"]
Stage = Literal["design", "described", "evaluated"]
Measure = Literal["share", "mean"]


@dataclass(frozen=True)
class Lift:
    """An estimated lift of pilots over controls, J-2 degrees of freedom.

    lcb95 and ucb90 are one-sided, at levels 1 - alpha and stop_confidence of the registration.
    """

    estimate: float
    se: float
    df: int
    t: float | None
    p_two_sided: float
    ci_low: float
    ci_high: float
    ci90_low: float
    ci90_high: float
    lcb95: float
    ucb90: float
    p_margin: float
    tau2: float | None = None


@dataclass(frozen=True)
class StoreChange:
    """One store: levels of both periods, their difference and its sampling variance."""

    store: str
    arm: str
    n_pre: int
    n_post: int
    pre: float
    post: float | None
    change: float | None
    variance: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Cell:
    """All answers of an arm and period together; the interval treats answers as independent."""

    arm: str
    period: str
    stores: int
    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Cells:
    """The 2x2 table: (pilot after - before) - (control after - before)."""

    cells: tuple[Cell, ...]
    pilot_change: float | None
    control_change: float | None
    did: float | None


@dataclass(frozen=True)
class Permutation:
    """Exact permutation of the pilot label; bounds are one-sided 1 - alpha, None if impossible."""

    n_assignments: int
    exact: bool
    randomised: bool
    p_one_sided: float
    p_two_sided: float
    p_margin: float
    p_min: float
    lower_bound: float | None
    upper_bound: float | None
    p_margin_rescaled: float | None = None


@dataclass(frozen=True)
class Pairs:
    """Exact sign flips of matched pairs (pilot minus control)."""

    n_pairs: int
    total: float
    count_ge: int
    n_assignments: int
    p_one_sided: float
    p_two_sided: float


@dataclass(frozen=True)
class NaiveCustomer:
    """Customers as if independent: shown as a warning, never used."""

    estimate: float
    se: float
    z: float | None
    p_two_sided: float | None


@dataclass(frozen=True)
class Guardrail:
    """A measure that must not get worse; harm is the change in the bad direction."""

    metric: str
    worse: Literal["up", "down"]
    margin: float
    stores: int
    harm: float | None
    se: float | None
    df: int | None
    low: float | None
    high: float | None
    state: GuardrailState


@dataclass(frozen=True)
class Gate:
    """A process share against its red and green limits (Lewis et al. 2021)."""

    gate: str
    x: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    red: float
    green: float
    amber_cut: float | None
    n_required: int
    state: GateState


@dataclass(frozen=True)
class Decision:
    """The verdict by the registered rule. scale_from: the estimate from which, with this standard
    error, the rule says scale; stop_below: the estimate under which it says stop."""

    verdict: Verdict
    proved_margin: bool
    prob_gt_zero: float | None
    prob_gt_margin: float | None
    lcb95: float | None
    ucb90: float | None
    guardrails: tuple[GuardrailState, ...]
    gates: tuple[GateState, ...]
    reasons: tuple[str, ...]
    scale_from: float | None = None
    stop_below: float | None = None


@dataclass(frozen=True)
class RegressionToMean:
    """The change to expect without any effect if pilots were picked by this baseline."""

    reliability: float
    mean_selected: float
    mean_all: float
    expected_change: float
    did_bias: float
    by_score: bool


@dataclass(frozen=True)
class SensitivityRow:
    """One other way to estimate; about names the store left out."""

    code: str
    about: str
    estimate: float
    low: float | None
    high: float | None
    level: float
    p_margin: float | None


@dataclass(frozen=True)
class Group:
    """Do pilots and controls differ in this? (Pearson chi-square)."""

    what: str
    statistic: float
    df: int
    p_value: float
    differs: bool


@dataclass(frozen=True)
class Response:
    """Answers per invitation."""

    arm: str
    period: str
    invited: int
    answered: int
    rate: float | None


@dataclass(frozen=True)
class MoneyResult:
    """Yearly gain of scaling, after cost, over the uncertainty of the lift."""

    currency: str
    expected_gain: float
    low: float
    high: float
    break_even_lift: float
    prob_gain: float


@dataclass(frozen=True)
class Deviation:
    """One difference between what was registered and what was done."""

    code: str
    about: str
    registered: str
    used: str


@dataclass(frozen=True)
class Registration:
    """registered: a hash was given; intact: None without one."""

    registered: bool
    registered_on: date | None
    sha256: str
    intact: bool | None

"""What the kano chapter finds: numbers and codes, no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.uncertainty import Ellipse, Matrix2
from playbook.core.findings import Finding
from playbook.core.problems import Problem
from playbook.core.stats import Estimate
from playbook.core.text import Name

Source = Literal["answers", "matrix", "counts", "shares"]
Light = Literal["none", "indicative", "usable", "firm"]
Sure = Literal["proven", "likely", "undecided"]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Scores:
    """K20: DuMouchel scores; functional -2..4, dysfunctional -2..4."""

    n: int
    functional_mean: float | None
    functional_sd: float | None
    functional_se: float | None
    dysfunctional_mean: float | None
    dysfunctional_sd: float | None
    dysfunctional_se: float | None


@dataclass(frozen=True)
class Rating:
    """K21: mean of a rating with its t interval."""

    n: int
    mean: float | None
    sd: float | None
    se: float | None
    ci: Interval | None


@dataclass(frozen=True)
class Rank:
    """Place among the features, 1 = first, and the interval of it over the draws (K18)."""

    rank: int
    low: int
    high: int


@dataclass(frozen=True)
class Variant:
    """The feature counted otherwise: another table, or without flagged respondents."""

    name: str
    n_pairs: float
    category_mode: str | None
    better: float | None
    worse: float | None


@dataclass(frozen=True)
class FeatureResult:
    """One feature. Shares, better, worse: fractions; None = undefined; formulas K4-K26.

    category: the mode, None below 30 answers: then only shares are shown.
    """

    feature: str
    source: Source
    n_rows: int | None
    n_pairs: float
    n_missing_pair: int | None
    n_half_missing: int | None
    n_aomi: float
    counts: Mapping[str, float]
    share_ci_goodman: Mapping[str, Interval] | None
    q_share: float | None
    r_share: float | None
    category: str | None
    category_mode: str | None
    category_near_tie: str | None
    category_berger: str | None
    category_quadrant: str | None
    category_continuous: str | None
    rules_agree: tuple[int, int]
    top_two: tuple[str, str]
    combination: bool | None
    total_strength: float | None
    category_strength: float | None
    better: float | None
    better_ci: Interval | None
    better_bootstrap_ci: Interval | None
    worse: float | None
    worse_ci: Interval | None
    worse_bootstrap_ci: Interval | None
    cov_better_worse: Matrix2 | None
    ellipse95: Ellipse | None
    asc: float | None
    sensitivity: float | None
    weak: bool | None
    fong_lhs: float | None
    fong_rhs: float | None
    fong_significant: bool | None
    top2_p: float | None
    top2_p_holm: float | None
    p_category: float | None
    bootstrap_p_category_mode: Mapping[str, float] | None
    draws_left_out: int | None
    rank_better: Rank | None
    rank_worse: Rank | None
    rank_priority: Rank | None
    matrix: tuple[tuple[int, ...], ...] | None
    continuous_all: Scores | None
    continuous_without_q: Scores | None
    reverse_split: Mapping[str, int] | None
    importance: Rating | None
    performance: Rating | None
    performance_gap: float | None
    variants: tuple[Variant, ...]
    light: Light | None
    certainty: Sure | None
    conclusion: str
    action: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """first minus second group, Newcombe intervals; worse is -1..0, so below 0 = hurts more."""

    first: str
    second: str
    better: Estimate
    worse: Estimate


@dataclass(frozen=True)
class SplitTest:
    """K24 for one feature: the groups with enough pairs against each other."""

    feature: str
    counts: Mapping[str, Mapping[str, float]]
    modes: Mapping[str, str | None]
    better: Mapping[str, Estimate]
    worse: Mapping[str, Estimate]
    tested: tuple[str, ...]
    chi2: float | None
    dof: int | None
    p: float | None
    p_holm: float | None
    p_monte_carlo: float | None
    min_expected: float | None
    cramers_v: float | None
    differences: tuple[Difference, ...]
    modes_differ: bool
    proven: bool


@dataclass(frozen=True)
class Split:
    """The respondents by a column: segment or wording_set."""

    column: str
    groups: tuple[str, ...]
    tests: tuple[SplitTest, ...]


@dataclass(frozen=True)
class Card:
    """What was read. order_aom and order_r prove the code order (K28); None: no number codes."""

    n_features: int
    n_respondents: int | None
    n_pairs: float
    n_missing_pair: int
    n_half_missing: int
    layout: str
    order_aom: int | None
    order_r: int | None
    first_date: str | None
    last_date: str | None
    wording_sets: tuple[str, ...]


@dataclass(frozen=True)
class PlanRow:
    """K27: what n answers would show."""

    n: int
    half_width: float
    p_mode_correct: float


@dataclass(frozen=True)
class Plan:
    """K27: sample sizes for the shares M, O, A, I, R, Q; of feature, if they were taken from it."""

    shares: tuple[float, ...]
    feature: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class KanoResult:
    """The chapter's result. Lists of respondents hold at most the first 1000; n_* count all.

    settings: every parameter as used, the seed resolved. groups_resampled: so many groups of
    respondents were resampled (as many as respondents below 10,000).
    """

    card: Card
    features: tuple[FeatureResult, ...]
    priority_order: tuple[str, ...]
    better_line: float
    worse_line: float
    n_respondents: int | None
    n_straight_liners: int
    straight_liners: tuple[str, ...]
    n_many_questionable: int
    respondents_many_questionable: tuple[str, ...]
    n_fast_answers: int
    fast_answers: tuple[str, ...]
    splits: tuple[Split, ...]
    plan: Plan | None
    groups_resampled: int | None
    settings: Settings
    names: Mapping[str, Name]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

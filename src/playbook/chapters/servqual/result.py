"""What the servqual chapter hands on: numbers and codes, no words.

Gaps are scale points (perception minus expectation), shares are 0-1, ci is a 95 % interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from playbook.core.findings import Certainty, Finding
from playbook.core.problems import Problem
from playbook.core.stats import WeightedMean
from playbook.core.text import Name

Interval = tuple[float, float] | None
SurveyForm = Literal["gap", "performance", "zone", "summary"]
Verdict = Literal["proven", "undecided", "below"]
Quadrant = Literal["concentrate", "keep_up", "low_priority", "possible_overkill"]
Asymmetry = Literal["dissatisfier", "satisfier", "hybrid", "not_classified"]
Zone = Literal["below", "in", "above", "undecided"]


@dataclass(frozen=True)
class Score:
    """A mean over respondents with its t interval."""

    n: int
    mean: float | None
    sd: float | None
    se: float | None
    ci: Interval


@dataclass(frozen=True)
class ItemResult:
    """One item. e_mean, p_mean and the gap stand on rows with both answers; performance on all."""

    item: str
    dimension: str
    n: int
    e_mean: float | None
    p_mean: float | None
    gap_points: float | None
    sd_gap_points: float | None
    ci: Interval
    t: float | None
    df: int | None
    p: float | None
    p_holm: float | None
    dz: float | None
    wilcoxon_v_plus: float | None
    wilcoxon_p: float | None
    r_ep: float | None
    ceiling_share_e: float | None
    performance: Score
    negative: bool


@dataclass(frozen=True)
class SplitHalf:
    """Odd against even positions in instrument order."""

    r_halves: float | None
    spearman_brown: float | None
    horst: float | None
    guttman_rulon: float | None


@dataclass(frozen=True)
class Fit:
    """Fit of the one-factor model; None where the model has no degrees of freedom."""

    chi2: float | None
    df: int
    cfi: float | None
    rmsea: float | None
    srmr: float | None


@dataclass(frozen=True)
class Reliability:
    """One scale. n_rows: rows with any answer; alpha_n: complete rows, on which alpha stands.

    omega is omega_model where the one-factor model fits, else None.
    """

    items: tuple[str, ...]
    n_rows: int
    alpha_n: int
    n_min_pair: int
    k: int
    alpha: float | None
    alpha_std: float | None
    alpha_ci: Interval
    alpha_pairwise: float | None
    target: float
    p_above: float | None
    p_below: float | None
    verdict: Verdict | None
    item_total: Mapping[str, float | None]
    alpha_if_deleted: Mapping[str, float | None]
    lambda6: float | None
    split_half: SplitHalf
    omega: float | None
    omega_model: float | None
    omega_observed: float | None
    omega_standardised: float | None
    fit: Fit | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class DimensionResult:
    """One dimension. p_largest_gap, p_lowest: bootstrap probabilities of the first rank.

    weighted_gap_points = mean of points/100 times gap; p_top_three: among the three lowest of it.
    """

    items: tuple[str, ...]
    n: int
    gap_points: float | None
    sd_gap_points: float | None
    ci: Interval
    t: float | None
    df: int | None
    p: float | None
    p_holm: float | None
    dz: float | None
    p_largest_gap: float | None
    gap_share_of_scale: float | None
    expectation: Score | None
    performance: Score
    performance_weighted: WeightedMean | None
    p_lowest: float | None
    ceiling_share_e: float | None
    weighted_gap_points: float | None
    weighted_gap_ci: Interval
    p_top_three: float | None
    gap_without_straight_liners: float | None
    performance_without_straight_liners: float | None
    reliability: Mapping[str, Reliability]
    difference_reliability: float | None
    difference_reliability_n: int


@dataclass(frozen=True)
class SegmentScore:
    """One dimension in one segment: gap where expectations were asked, else performance."""

    segment: str
    dimension: str
    gap: Score | None
    performance: Score


@dataclass(frozen=True)
class ZoneResult:
    """One item in the zone of tolerance: mss = P - D, msa = P - A."""

    item: str
    dimension: str
    n: int
    violations: int
    d_mean: float | None
    a_mean: float | None
    p_mean: float | None
    mss: float | None
    mss_ci: Interval
    msa: float | None
    msa_ci: Interval
    zone_width: float | None
    zone_position: float | None
    share_below: float | None
    share_in: float | None
    share_above: float | None
    zone: Zone


@dataclass(frozen=True)
class IpaAttribute:
    """One attribute of the grid. quadrant_share: draws that put it in the same quadrant."""

    id: str
    n: int
    p_mean: float
    p_ci: Interval
    i_mean: float
    i_ci: Interval
    quadrant: Quadrant
    quadrant_share: float
    certainty: Certainty
    second_quadrant: Quadrant
    diagonal: float | None
    pgcv: float | None


@dataclass(frozen=True)
class Ipa:
    """Importance-performance grid. source: where importance comes from.

    stated = asked by item; points = 100 points shared out; derived = relative weights.
    diagonal_scale: points of the common scale, or z where the scales differ.
    """

    source: Literal["stated", "points", "derived"]
    lines: str
    second_lines: str
    line_p: float
    line_i: float
    attributes: tuple[IpaAttribute, ...]
    diagonal_scale: Literal["points", "z"]
    csi: float | None


@dataclass(frozen=True)
class Drivers:
    """Association of the attributes with the overall rating; never a cause.

    n: complete rows; n_outcome: rows with an overall rating.
    """

    n: int
    n_outcome: int
    r2: float
    attributes: tuple[str, ...]
    pearson: Mapping[str, float]
    beta: Mapping[str, float]
    vif: Mapping[str, float]
    lmg: Mapping[str, float] | None
    relative_weight: Mapping[str, float]
    relative_weight_ci: Mapping[str, Interval]
    p_rank_1: Mapping[str, float]
    first: Mapping[str, float]
    last: Mapping[str, float]
    pratt: Mapping[str, float]
    stated: Mapping[str, float]
    hidden: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Contrast:
    """Penalty and reward of one attribute in points of the overall rating."""

    penalty: float | None
    penalty_se: float | None
    penalty_p: float | None
    reward: float | None
    reward_se: float | None
    reward_p: float | None
    n_low: int
    n_high: int
    riocs: float | None
    sgp: float | None
    dgp: float | None
    ia: float | None
    asymmetry: Asymmetry


@dataclass(frozen=True)
class Prca:
    """Penalty-reward contrast analysis; low <= low_max, high >= high_min."""

    n: int
    low_max: float
    high_min: float
    intercept: float
    r2: float
    adj_r2: float
    attributes: Mapping[str, Contrast]


@dataclass(frozen=True)
class TypedRow:
    """The self-check of one row typed off from a report."""

    dimension: str
    gap_points: float | None
    gap_from_means: float
    se_from_ci: float | None
    se_from_t: float | None
    t_from_ci: float | None
    implied_r_ep: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """A typed table: the two scores it allows; no test is possible without respondents."""

    rows: tuple[TypedRow, ...]
    score_unweighted: float | None
    score_weighted: float | None


@dataclass(frozen=True)
class Quality:
    """What the answers are like before any number is read."""

    n_rows: int
    n_answered: int
    cells: int
    missing_cells: int
    never_used_cells: int
    never_used: Mapping[str, int]
    straight_liners: int
    duplicate_rows: int
    points_rows_refused: tuple[str, ...]
    n_effective: float | None


@dataclass(frozen=True)
class Used:
    """The settings a reader needs to repeat the numbers."""

    form: SurveyForm
    scale_min: float
    scale_max: float
    default_instrument: bool
    k_items: int
    half_rule: float
    target_alpha: float
    draws: int
    seed: int
    weighted: bool
    overall_scale: Interval


@dataclass(frozen=True)
class ServqualResult:
    """All of chapter 05."""

    used: Used
    quality: Quality
    items: tuple[ItemResult, ...]
    dimensions: Mapping[str, DimensionResult]
    score_unweighted: Score | None
    score_weighted_respondent: Score | None
    score_weighted_mean_points: float | None
    mean_points: Mapping[str, float]
    servperf_total: Score | None
    segments: tuple[SegmentScore, ...]
    zone: tuple[ZoneResult, ...]
    ipa: tuple[Ipa, ...]
    drivers: Drivers | None
    prca: Prca | None
    typed: Typed | None
    names: Mapping[str, Name]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = field(default=())

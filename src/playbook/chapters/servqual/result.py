"""What the servqual chapter hands on: numbers and codes, no words.

Gaps are scale points (perception minus expectation), shares are 0-1, ci is a 95 % interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from playbook.chapters.servqual.result_importance import Drivers, Ipa, Prca
from playbook.chapters.servqual.result_reliability import Interval, Reliability
from playbook.core.findings import Finding
from playbook.core.problems import Problem
from playbook.core.stats import WeightedMean
from playbook.core.text import Name

SurveyForm = Literal["gap", "performance", "zone", "summary"]
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

"""One feature from its counts to its result record."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano import rules, scores, uncertainty
from playbook.chapters.kano.conclusions import certainty, conclude_feature, light, reported
from playbook.chapters.kano.counted import Counted
from playbook.chapters.kano.evaluation import CATEGORIES, Bytes, by_category, count_pairs
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.quality import Doubtful, feature_flags
from playbook.chapters.kano.resampling import Resampled
from playbook.chapters.kano.result import FeatureResult, Interval, Rating, Scores, Sure, Variant
from playbook.chapters.kano.rules import Floats
from playbook.core.stats import wilson


@dataclass(frozen=True)
class Context:
    """What a feature's result needs besides its own counts.

    lines: better and |worse| of the quadrants. differs: its segments differ beyond doubt.
    """

    lines: tuple[float, float]
    resampled: Resampled = field(default_factory=Resampled)
    top2_p_holm: float | None = None
    differs: bool = False
    variants: tuple[Variant, ...] = ()
    importance: Rating | None = None
    performance: Rating | None = None


@dataclass(frozen=True)
class _Rules:
    """K5-K7, K11, K20 side by side."""

    mode: str | None
    near_tie: str | None
    berger: str | None
    quadrant: str | None
    continuous: str | None


@dataclass(frozen=True)
class _Judged:
    """What follows from the counts and the draws together: section 7."""

    category: str | None
    p_category: float | None
    combination: bool | None
    certainty: Sure | None
    conclusion: str
    action: str
    agree: tuple[int, int]


def describe(c: Counted, around: Context, s: Settings) -> FeatureResult:
    """All fields of one feature."""
    counts, draws = c.counts, around.resampled
    total, aomi = float(counts.sum()), float(counts[: rules.R].sum())
    better, worse = rules.better_worse(counts)
    better_ci, worse_ci = _wilson_pair(c, aomi, s.level)
    found, all_scores, clean_scores = _by_rule(c, better, worse, around, s)
    judged = _judge(c, found, around, s)
    fong = uncertainty.fong(counts) if c.has_n else None
    distance = rules.sensitivity(better, worse)
    return FeatureResult(
        feature=c.feature, source=c.source, n_rows=c.n_rows, n_pairs=total,
        n_missing_pair=c.n_missing, n_half_missing=c.n_half, n_aomi=aomi,
        counts=_by_letter(counts), share_ci_goodman=_goodman(c, s.level),
        q_share=_share(c, rules.Q), r_share=_share(c, rules.R), category=judged.category,
        category_mode=found.mode, category_near_tie=found.near_tie, category_berger=found.berger,
        category_quadrant=found.quadrant, category_continuous=found.continuous,
        rules_agree=judged.agree, top_two=_leaders(counts), combination=judged.combination,
        total_strength=rules.total_strength(counts),
        category_strength=rules.category_strength(counts),
        better=better, better_ci=better_ci, better_bootstrap_ci=draws.better_ci,
        worse=worse, worse_ci=worse_ci, worse_bootstrap_ci=draws.worse_ci,
        cov_better_worse=uncertainty.covariance(counts) if c.has_n else None,
        ellipse95=uncertainty.ellipse(counts, s.level) if c.has_n else None,
        asc=rules.average_coefficient(better, worse), sensitivity=distance,
        weak=None if distance is None else distance < rules.WEAK_RADIUS,
        fong_lhs=fong.lhs if fong else None, fong_rhs=fong.rhs if fong else None,
        fong_significant=fong.significant if fong else None,
        top2_p=uncertainty.top_two_p(counts) if c.has_n else None,
        top2_p_holm=around.top2_p_holm, p_category=judged.p_category,
        bootstrap_p_category_mode=draws.p_mode, draws_left_out=draws.left_out,
        rank_better=draws.rank_better, rank_worse=draws.rank_worse,
        rank_priority=draws.rank_priority, matrix=_rows(c), continuous_all=all_scores,
        continuous_without_q=clean_scores,
        reverse_split=None if c.matrix is None else scores.reverse_split(c.matrix),
        importance=around.importance, performance=around.performance,
        performance_gap=_gap(around.performance), variants=around.variants,
        light=light(aomi, c.has_n), certainty=judged.certainty, conclusion=judged.conclusion,
        action=judged.action, flags=_flags(c, aomi, judged.agree, around.variants, s),
    )  # fmt: skip


def _judge(c: Counted, found: _Rules, around: Context, s: Settings) -> _Judged:
    counts, drawn, p_top = c.counts, around.resampled.p_mode, around.top2_p_holm
    total, aomi = float(counts.sum()), float(counts[: rules.R].sum())
    category = reported(found.mode, aomi, total, c.has_n)
    p = None if drawn is None or category is None else drawn[category]
    strength = rules.category_strength(counts)
    combination = None if strength is None else strength < s.combination_below
    conclusion, action = conclude_feature(
        c, found.mode, aomi, total, _share(c, rules.Q), combination, p, p_top, around.differs, s
    )
    by_rule = [found.mode, found.near_tie, found.berger, found.quadrant, found.continuous]
    sure = certainty(found.mode, aomi, total, p, p_top)
    return _Judged(category, p, combination, sure, conclusion, action, rules.agreement(by_rule))


def _share(c: Counted, place: int) -> float | None:
    """The share of one category among all pairs."""
    total = float(c.counts.sum())
    return None if total <= 0 else float(c.counts[place]) / total


def variants(
    c: Counted, pairs: Bytes | None, flagged: Doubtful | None, s: Settings
) -> tuple[Variant, ...]:
    """The feature by both tables, and without straight-liners or any flagged respondent.

    pairs: this feature's pair codes, one per respondent.
    """
    if c.matrix is None:
        return ()
    made = [_variant(name, by_category(c.matrix, name)) for name in ("standard", "pouliot")]
    if pairs is not None and flagged is not None:
        out = (
            ("without_straight_liners", flagged.straight),
            ("without_flagged", flagged.straight | flagged.questionable | flagged.fast),
        )
        for name, dropped in out:
            matrix = count_pairs(pairs[~dropped])[1:, 1:]
            made.append(_variant(name, by_category(matrix, s.table)))
    return tuple(made)


def _variant(name: str, counts: NDArray[np.int64]) -> Variant:
    floats = counts.astype(np.float64)
    better, worse = rules.better_worse(floats)
    return Variant(name, float(floats.sum()), rules.mode(floats), better, worse)


def _by_rule(
    c: Counted, better: float | None, worse: float | None, around: Context, s: Settings
) -> tuple[_Rules, Scores | None, Scores | None]:
    everything = clean = None
    if c.matrix is not None:
        everything = scores.continuous(c.matrix)
        clean = scores.continuous(scores.without_questionable(c.matrix, s.table))
    found = _Rules(
        rules.mode(c.counts),
        rules.near_tie(c.counts, s.near_tie_gap),
        rules.berger(c.counts),
        rules.quadrant(better, worse, *around.lines),
        None if everything is None else scores.category_continuous(everything),
    )
    return found, everything, clean


def _wilson_pair(
    c: Counted, aomi: float, level: float
) -> tuple[Interval, Interval] | tuple[None, None]:
    """K14 for better, and for worse from that of |worse|."""
    if not c.has_n or aomi <= 0:
        return None, None
    gain = wilson(float(c.counts[rules.A] + c.counts[rules.O]), aomi, level)
    loss = wilson(float(c.counts[rules.O] + c.counts[rules.M]), aomi, level)
    return (gain.low or 0.0, gain.high or 0.0), (-(loss.high or 0.0), -(loss.low or 0.0))


def _leaders(counts: Floats) -> tuple[str, str]:
    (first, _), (second, _) = rules.top_two(counts)
    return first, second


def _rows(c: Counted) -> tuple[tuple[int, ...], ...] | None:
    return None if c.matrix is None else tuple(tuple(map(int, row)) for row in c.matrix)


def _goodman(c: Counted, level: float) -> dict[str, Interval] | None:
    ends = uncertainty.goodman(c.counts, level) if c.has_n else None
    return None if ends is None else dict(zip(CATEGORIES, ends, strict=True))


def _gap(performance: Rating | None) -> float | None:
    """K26: how far performance is from the top of its scale, as a share of the scale."""
    return None if performance is None or performance.mean is None else (5 - performance.mean) / 4


def _flags(
    c: Counted, aomi: float, agree: tuple[int, int], made: Sequence[Variant], s: Settings
) -> tuple[str, ...]:
    out = [*c.flags, *feature_flags(c.counts, s)]
    if c.has_n and aomi < 30:
        out.append("n_small")
    if agree[0] < agree[1] - 1:
        out.append("rules_disagree")
    modes = {v.name: v.category_mode for v in made}
    if modes and modes["standard"] != modes["pouliot"]:
        out.append("table_sensitive")
    return tuple(out)


def _by_letter(counts: Floats) -> dict[str, float]:
    return {letter: float(count) for letter, count in zip(CATEGORIES, counts, strict=True)}

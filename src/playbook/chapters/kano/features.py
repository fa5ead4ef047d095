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
from playbook.chapters.kano.result import FeatureResult, Interval, Rating, Scores, Variant
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


def describe(c: Counted, around: Context, s: Settings) -> FeatureResult:
    """All fields of one feature."""
    counts = c.counts
    total, aomi = float(counts.sum()), float(counts[: rules.R].sum())
    better, worse = rules.better_worse(counts)
    intervals = _wilson_pair(counts, aomi, s.level) if c.has_n and aomi > 0 else (None, None)
    by_rule, all_scores, clean_scores = _by_rule(c, better, worse, around, s)
    (first, _), (second, _) = rules.top_two(counts)
    strength = rules.category_strength(counts)
    combination = None if strength is None else strength < s.combination_below
    draws = around.resampled
    category = reported(by_rule.mode, aomi, total, c.has_n)
    p = None if draws.p_mode is None or category is None else draws.p_mode[category]
    p_top = uncertainty.top_two_p(counts) if c.has_n else None
    fong = uncertainty.fong(counts) if c.has_n else None
    q_share = None if total <= 0 else float(counts[rules.Q]) / total
    conclusion, action = conclude_feature(
        c, by_rule.mode, aomi, total, q_share, combination, p, around.top2_p_holm, around.differs, s
    )
    agree = rules.agreement(
        [by_rule.mode, by_rule.near_tie, by_rule.berger, by_rule.quadrant, by_rule.continuous]
    )
    distance = rules.sensitivity(better, worse)
    return FeatureResult(
        feature=c.feature,
        source=c.source,
        n_rows=c.n_rows,
        n_pairs=total,
        n_missing_pair=c.n_missing,
        n_half_missing=c.n_half,
        n_aomi=aomi,
        counts=_by_letter(counts),
        share_ci_goodman=_goodman(c, s.level),
        q_share=q_share,
        r_share=None if total <= 0 else float(counts[rules.R]) / total,
        category=category,
        category_mode=by_rule.mode,
        category_near_tie=by_rule.near_tie,
        category_berger=by_rule.berger,
        category_quadrant=by_rule.quadrant,
        category_continuous=by_rule.continuous,
        rules_agree=agree,
        top_two=(first, second),
        combination=combination,
        total_strength=rules.total_strength(counts),
        category_strength=strength,
        better=better,
        better_ci=intervals[0],
        better_bootstrap_ci=draws.better_ci,
        worse=worse,
        worse_ci=intervals[1],
        worse_bootstrap_ci=draws.worse_ci,
        cov_better_worse=uncertainty.covariance(counts) if c.has_n else None,
        ellipse95=uncertainty.ellipse(counts, s.level) if c.has_n else None,
        asc=rules.average_coefficient(better, worse),
        sensitivity=distance,
        weak=None if distance is None else distance < rules.WEAK_RADIUS,
        fong_lhs=fong.lhs if fong else None,
        fong_rhs=fong.rhs if fong else None,
        fong_significant=fong.significant if fong else None,
        top2_p=p_top,
        top2_p_holm=around.top2_p_holm,
        p_category=p,
        bootstrap_p_category_mode=draws.p_mode,
        draws_left_out=draws.left_out,
        rank_better=draws.rank_better,
        rank_worse=draws.rank_worse,
        rank_priority=draws.rank_priority,
        matrix=None if c.matrix is None else tuple(tuple(map(int, row)) for row in c.matrix),
        continuous_all=all_scores,
        continuous_without_q=clean_scores,
        reverse_split=None if c.matrix is None else scores.reverse_split(c.matrix),
        importance=around.importance,
        performance=around.performance,
        performance_gap=_gap(around.performance),
        variants=around.variants,
        light=light(aomi, c.has_n),
        certainty=certainty(by_rule.mode, aomi, total, p, around.top2_p_holm),
        conclusion=conclusion,
        action=action,
        flags=_flags(c, aomi, agree, around.variants, s),
    )


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


def _wilson_pair(counts: Floats, aomi: float, level: float) -> tuple[Interval, Interval]:
    """K14 for better, and for worse from that of |worse|."""
    gain = wilson(float(counts[rules.A] + counts[rules.O]), aomi, level)
    loss = wilson(float(counts[rules.O] + counts[rules.M]), aomi, level)
    return (gain.low or 0.0, gain.high or 0.0), (-(loss.high or 0.0), -(loss.low or 0.0))


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

"""Items and dimensions of a survey: every formula put to its arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playbook.chapters.servqual.gaps import (
    ceiling_share,
    correlation_of,
    dimension_scores,
    effect_size,
    score,
    t_test,
    weighted_scores,
    wilcoxon,
)
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.reliability import gap_reliability, reliability
from playbook.chapters.servqual.resample import (
    first_share,
    intervals,
    lowest_share,
    resampled_means,
)
from playbook.chapters.servqual.result import DimensionResult, ItemResult, Score, SegmentScore
from playbook.chapters.servqual.result_reliability import Interval, Reliability
from playbook.chapters.servqual.survey import Survey
from playbook.core.stats import Floats, holm, weighted_mean


@dataclass(frozen=True)
class Scores:
    """Dimension scores per respondent (n, dimensions); gap and e only where E was asked."""

    p: Floats
    e: Floats | None
    gap: Floats | None
    weighted_gap: Floats | None


@dataclass(frozen=True)
class Overall:
    """S2, S3, S4 over all dimensions."""

    unweighted: Score | None
    weighted_respondent: Score | None
    weighted_of_means: float | None
    mean_points: Mapping[str, float]
    servperf_total: Score


def scores_of(survey: Survey, half_rule: float) -> Scores:
    """Dimension scores of every respondent."""
    p = dimension_scores(survey.answers["P"], survey.members, half_rule)
    gaps = survey.gaps
    gap = None if gaps is None else dimension_scores(gaps, survey.members, half_rule)
    e = survey.answers.get("E") if survey.form == "gap" else None
    e = None if e is None else dimension_scores(e, survey.members, half_rule)
    weighted = None
    if gap is not None and survey.points is not None:
        weighted = _usable(gap) * survey.points / 100
    return Scores(p, e, gap, weighted)


def overall_of(survey: Survey, scores: Scores) -> Overall:
    """The scores over all dimensions: rows with every dimension only (S2, S3)."""
    dimensions = survey.instrument.dimensions
    total = score(scores.p.mean(axis=1))
    points: dict[str, float] = {}
    if survey.points is not None and not np.isnan(survey.points).all():
        points = dict(zip(dimensions, map(float, np.nanmean(survey.points, axis=0)), strict=True))
    if scores.gap is None:
        return Overall(None, None, None, points, total)
    unweighted = score(scores.gap.mean(axis=1))
    if not points or survey.points is None:
        return Overall(unweighted, None, None, points, total)
    weighted, of_means, _, _ = weighted_scores(scores.gap, survey.points)
    return Overall(unweighted, weighted, of_means, points, total)


def items_of(survey: Survey, settings: Settings) -> tuple[ItemResult, ...]:
    """S1, S5, S26 for every item; Holm over all of them."""
    raw = [_item(survey, i, settings) for i in range(len(survey.instrument.items))]
    adjusted = holm([item.p for item in raw])
    return tuple(replace(item, p_holm=p) for item, p in zip(raw, adjusted, strict=True))


def dimensions_of(
    survey: Survey, scores: Scores, settings: Settings, seed: int, straight: "Hits"
) -> Mapping[str, DimensionResult]:
    """All that is said of a dimension; Holm over the dimensions."""
    draws = settings.draws
    lowest = _first(scores.p, draws, seed)
    largest = None if scores.gap is None else _first(scores.gap, draws, seed)
    weighted = _weighted_gap(scores, draws, seed)
    plain = scores_of(survey.rows(~straight), settings.half_rule) if straight.any() else None
    found = {
        name: _dimension(survey, scores, d, settings)
        for d, name in enumerate(survey.instrument.dimensions)
    }
    adjusted = holm([x.p for x in found.values()])
    return {
        name: replace(
            one,
            p_holm=adjusted[d],
            p_lowest=lowest[d],
            p_largest_gap=None if largest is None else largest[d],
            weighted_gap_points=weighted[0][d],
            weighted_gap_ci=weighted[1][d],
            p_top_three=weighted[2][d],
            gap_without_straight_liners=_mean(plain.gap, d) if plain else None,
            performance_without_straight_liners=_mean(plain.p, d) if plain else None,
        )
        for d, (name, one) in enumerate(found.items())
    }


Hits = np.ndarray[tuple[int], np.dtype[np.bool_]]


def segments_of(survey: Survey, scores: Scores) -> tuple[SegmentScore, ...]:
    """Dimension scores by segment, in order of their names."""
    if survey.segment is None:
        return ()
    labels = np.array([s or "" for s in survey.segment], dtype=object)
    names = sorted({str(s) for s in labels if s})
    if len(names) < 2:
        return ()
    return tuple(
        SegmentScore(
            name,
            dimension,
            None if scores.gap is None else score(scores.gap[labels == name, d]),
            score(scores.p[labels == name, d]),
        )
        for name in names
        for d, dimension in enumerate(survey.instrument.dimensions)
    )


def _item(survey: Survey, i: int, settings: Settings) -> ItemResult:
    name = survey.instrument.items[i]
    p = survey.answers["P"][:, i]
    own = survey.instrument.dimension_of[name], name in survey.instrument.negative
    if survey.form != "gap":
        all_p = score(p)
        return ItemResult(
            name, own[0], all_p.n, None, all_p.mean, None, None, None, None, None, None, None,
            None, None, None, None, None, all_p, own[1],
        )  # fmt: skip
    e = survey.answers["E"][:, i]
    both = ~np.isnan(p) & ~np.isnan(e)
    gap = p[both] - e[both]
    found = score(gap)
    t, df, p_value = t_test(found, settings.test_n)
    v, w = wilcoxon(gap, settings.test_n)
    # the ceiling is that of the answers as given: a reversed item tops out at the low end
    return ItemResult(
        name, own[0], found.n, score(e[both]).mean, score(p[both]).mean, found.mean, found.sd,
        found.ci, t, df, p_value, None, effect_size(found), v, w,
        correlation_of(p[both], e[both]), ceiling_share(e, survey.scale[1]), score(p), own[1],
    )  # fmt: skip


def _dimension(survey: Survey, scores: Scores, d: int, settings: Settings) -> DimensionResult:
    places = list(survey.members[d])
    items = tuple(survey.instrument.items[i] for i in places)
    p_items = survey.answers["P"][:, places]
    performance = scores.p[:, d]
    weighted = None if survey.weight is None else weighted_mean(performance, survey.weight)
    gap = Score(0, None, None, None, None)
    expectation: Score | None = None
    ceiling: float | None = None
    r_gap: tuple[float | None, int] = (None, 0)
    scales = {"P": p_items}
    if scores.gap is not None and scores.e is not None:
        e_items = survey.answers["E"][:, places]
        gap, expectation = score(scores.gap[:, d]), score(scores.e[:, d])
        tops = [ceiling_share(e_items[:, i], survey.scale[1]) for i in range(len(places))]
        known = [x for x in tops if x is not None]
        ceiling = sum(known) / len(known) if known else None
        r_gap = gap_reliability(p_items, e_items)
        scales = {"E": e_items, "P": p_items, "gap": p_items - e_items}
    t, df, p_value = t_test(gap, settings.test_n)
    reliable: Mapping[str, Reliability] = {
        key: reliability(x, items, settings.target_alpha, settings.test_n)
        for key, x in scales.items()
    }
    span = survey.scale[1] - survey.scale[0]
    of_scale = None if gap.mean is None else gap.mean / span
    n = gap.n if scores.gap is not None else score(performance).n
    return DimensionResult(
        items, n, gap.mean, gap.sd, gap.ci, t, df, p_value, None, effect_size(gap), None, of_scale,
        expectation, score(performance), weighted, None, ceiling, None, None, None, None, None,
        reliable, r_gap[0], r_gap[1],
    )  # fmt: skip


def _weighted_gap(
    scores: Scores, draws: int, seed: int
) -> tuple[list[float | None], list[Interval], list[float | None]]:
    """Mean of share times gap by dimension, its interval and P(among the three lowest)."""
    if scores.weighted_gap is None or np.isnan(scores.weighted_gap).all():
        none: list[float | None] = [None] * scores.p.shape[1]
        return none, [None] * len(none), none
    means = resampled_means(scores.weighted_gap, draws, seed)
    found = [float(x) for x in np.nanmean(scores.weighted_gap, axis=0)]
    return list(found), intervals(means), list(lowest_share(means, 3))


def _first(x: Floats, draws: int, seed: int) -> list[float | None]:
    """P(lowest) by dimension; None where nobody has a score."""
    there = [d for d in range(x.shape[1]) if not np.isnan(x[:, d]).all()]
    out: list[float | None] = [None] * x.shape[1]
    if there:
        means = resampled_means(x[:, there], draws, seed)
        for d, share in zip(there, first_share(means, lowest=True), strict=True):
            out[d] = share
    return out


def _mean(x: Floats | None, d: int) -> float | None:
    return None if x is None else score(x[:, d]).mean


def _usable(gap: Floats) -> Floats:
    """Rows without all dimensions are out of the weighted score (S3)."""
    return np.where(np.isnan(gap).any(axis=1, keepdims=True), np.nan, gap)

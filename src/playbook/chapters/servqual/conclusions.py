"""What follows from the numbers, by certainty: section 7 of the method."""

from collections.abc import Iterator, Mapping

from playbook.chapters.servqual.gaps import excludes_nought
from playbook.chapters.servqual.importance import certainty_of
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.result import (
    DimensionResult,
    ItemResult,
    Quality,
    Score,
    ZoneResult,
)
from playbook.chapters.servqual.result_reliability import Reliability
from playbook.core.findings import Certainty, Finding, Weight

Values = Mapping[str, float | int | str | None]
FIRST_LEAST = 0.10  # named among the candidates for the first place
SIGNIFICANT = 0.05
CERTAIN = 0.999  # "in at least 99.9 % of resamples": so many draws cannot say 100 %


def finding(
    code: str,
    certainty: Certainty,
    about: tuple[str, ...] = (),
    weight: Weight = "detail",
    **values: float | int | str | None,
) -> Finding:
    """A finding with its values in the order given."""
    return Finding(code, certainty, about, values, weight)


def of_gaps(
    dimensions: Mapping[str, DimensionResult], items: tuple[ItemResult, ...], settings: Settings
) -> Iterator[Finding]:
    """S5: the largest gap first, then every dimension, then the items that surely fall short."""
    known = {name: d for name, d in dimensions.items() if d.gap_points is not None}
    yield from _first(
        "largest_gap",
        {n: d.p_largest_gap for n, d in known.items() if d.p_largest_gap is not None},
        {n: (d.gap_points, d.ci, d.n) for n, d in known.items()},
    )
    for name, d in sorted(known.items(), key=lambda x: x[1].gap_points or 0.0):
        low, high = d.ci or (None, None)
        sure = d.p_holm is not None and d.p_holm < SIGNIFICANT and d.n >= settings.small_n
        if not excludes_nought(d.ci) or d.gap_points is None:
            code, certainty = "gap_undecided", "undecided"
        else:
            code = "gap_negative" if d.gap_points < 0 else "gap_positive"
            certainty = "proven" if sure else "likely"
        yield finding(
            code, _certainty(certainty), (name,), gap=d.gap_points, low=low, high=high, n=d.n,
            p_holm=d.p_holm, dz=d.dz, size=_size(d.dz),
        )  # fmt: skip
    short = [i for i in items if _surely_short(i)]
    short.sort(key=lambda i: i.gap_points or 0.0)
    if short:
        yield finding(
            "items_short", "proven", tuple(i.item for i in short[:5]), count=len(short),
            k=len(items), worst=short[0].gap_points, n=short[0].n,
        )  # fmt: skip
    full = [n for n, d in known.items() if (d.ceiling_share_e or 0.0) >= settings.ceiling_share]
    if full:
        most = max(known[n].ceiling_share_e or 0.0 for n in full)
        yield finding("expectation_ceiling", "fact", tuple(full), share=most)


def of_performance(dimensions: Mapping[str, DimensionResult]) -> Iterator[Finding]:
    """S4 without expectations: which dimension is lowest."""
    known = {n: d for n, d in dimensions.items() if d.performance.mean is not None}
    if len(known) > 1:
        yield from _first(
            "lowest_performance",
            {n: d.p_lowest for n, d in known.items() if d.p_lowest is not None},
            {n: (d.performance.mean, d.performance.ci, d.performance.n) for n, d in known.items()},
        )
    shifts = {
        n: abs(d.performance_weighted.value - d.performance.mean)
        for n, d in known.items()
        if d.performance_weighted
        and d.performance_weighted.value is not None
        and d.performance.mean is not None
    }
    if shifts:
        most = max(shifts, key=lambda n: shifts[n])
        weighted = known[most].performance_weighted
        yield finding(
            "weights_shift", "fact", (most,), shift=shifts[most],
            n_effective=weighted.n_effective if weighted else None,
        )  # fmt: skip


def of_scores(
    unweighted: Score | None, weighted: Score | None, dimensions: Mapping[str, DimensionResult]
) -> Iterator[Finding]:
    """S2, S3 and the three dimensions that cost most by gap and points together."""
    for code, found in (("score_unweighted", unweighted), ("score_weighted", weighted)):
        if found and found.mean is not None:
            low, high = found.ci or (None, None)
            yield finding(
                code, "fact" if found.ci is None else "proven" if excludes_nought(found.ci)
                else "undecided", mean=found.mean, low=low, high=high, n=found.n,
            )  # fmt: skip
    ranked = sorted(
        (d.weighted_gap_points, n)
        for n, d in dimensions.items()
        if d.weighted_gap_points is not None
    )
    if len(ranked) > 3:
        top = tuple(n for _, n in ranked[:3])
        p = min(min(dimensions[n].p_top_three or 0.0 for n in top), CERTAIN)
        close = tuple(n for _, n in ranked[3:] if (dimensions[n].p_top_three or 0.0) >= FIRST_LEAST)
        sure = certainty_of(p)
        about = (*top, *close) if sure == "undecided" else top
        yield finding("top_three", sure, about, p=p, count=len(about))


def of_reliability(dimensions: Mapping[str, DimensionResult], target: float) -> Iterator[Finding]:
    """S12 by dimension on the perceptions; alpha over all items is never the headline."""
    scales = {n: d.reliability["P"] for n, d in dimensions.items()}
    done = {n: r for n, r in scales.items() if r.verdict is not None}
    if done:
        count = {v: sum(r.verdict == v for r in done.values()) for v in _VERDICTS}
        worst = min(done, key=lambda n: done[n].alpha or 0.0)
        low, high = done[worst].alpha_ci or (None, None)
        yield finding(
            "alpha_overview", "fact", (worst,), "headline", target=target, k=len(done),
            reached=count["proven"], open=count["undecided"], below=count["below"],
            alpha=done[worst].alpha, low=low, high=high, n=done[worst].alpha_n,
        )  # fmt: skip
    for name, r in done.items():
        low, high = r.alpha_ci or (None, None)
        code, certainty = _VERDICTS[r.verdict or "undecided"]
        yield finding(
            code, certainty, (name,), alpha=r.alpha, low=low, high=high, n=r.alpha_n,
            target=target, p_above=r.p_above,
        )  # fmt: skip
    yield from _flagged(scales)


def of_zone(found: tuple[ZoneResult, ...]) -> Iterator[Finding]:
    """S7: items below, within and above the zone of tolerance."""
    for place in ("below", "above", "in", "undecided"):
        ids = tuple(z.item for z in found if z.zone == place)
        if ids:
            sure: Certainty = "undecided" if place == "undecided" else "proven"
            weight: Weight = "headline" if place == "below" else "detail"
            n = min(z.n for z in found if z.zone == place)
            yield finding(f"zone_{place}", sure, ids, weight, count=len(ids), k=len(found), n=n)


def of_quality(quality: Quality, dimensions: Mapping[str, DimensionResult]) -> Iterator[Finding]:
    """What one-code answers change."""
    if not quality.straight_liners:
        return
    shifts = [
        abs(without - with_all)
        for d in dimensions.values()
        for with_all, without in (
            (d.gap_points, d.gap_without_straight_liners)
            if d.gap_points is not None
            else (d.performance.mean, d.performance_without_straight_liners),
        )
        if with_all is not None and without is not None
    ]
    yield finding(
        "straight_liners", "fact", count=quality.straight_liners, n=quality.n_rows,
        shift=max(shifts, default=None),
    )  # fmt: skip


_VERDICTS: Mapping[str, tuple[str, Certainty]] = {
    "proven": ("alpha_reached", "proven"),
    "undecided": ("alpha_not_proven", "undecided"),
    "below": ("alpha_below", "proven"),
}


def _first(
    code: str,
    p_first: Mapping[str, float],
    figures: Mapping[str, tuple[float | None, tuple[float, float] | None, int]],
) -> Iterator[Finding]:
    if len(p_first) < 2:
        return
    first = max(p_first, key=lambda n: p_first[n])
    p = p_first[first]
    value, ci, n = figures[first]
    if code == "largest_gap" and (value is None or value >= 0):
        return
    low, high = ci or (None, None)
    sure = certainty_of(p)
    names = [n for n in p_first if p_first[n] >= FIRST_LEAST] if sure == "undecided" else [first]
    about = tuple(sorted(names, key=lambda name: -p_first[name]))
    yield finding(
        code, sure, about, "headline", value=value, low=low, high=high, n=n, p=p, count=len(about)
    )


def _size(dz: float | None) -> str | None:
    """The size of a standardised difference by Cohen's conventions."""
    if dz is None:
        return None
    bounds = ((0.8, "large"), (0.5, "medium"), (0.2, "small"))
    return next((word for least, word in bounds if abs(dz) >= least), "tiny")


def _surely_short(item: ItemResult) -> bool:
    return (
        item.gap_points is not None
        and item.gap_points < 0
        and excludes_nought(item.ci)
        and item.p_holm is not None
        and item.p_holm < SIGNIFICANT
    )


def _flagged(scales: Mapping[str, Reliability]) -> Iterator[Finding]:
    for flag in ("one_factor_fails", "redundant", "alpha_negative"):
        names = tuple(n for n, r in scales.items() if flag in r.flags)
        if names:
            cfi = [f.cfi for n in names if (f := scales[n].fit) and f.cfi is not None]
            yield finding(flag, "fact", names, cfi=min(cfi, default=None))
    few = {n: r for n, r in scales.items() if "listwise_loss" in r.flags}
    if few:
        n, share = min((r.alpha_n, r.alpha_n / r.n_rows) for r in few.values())
        yield finding("alpha_listwise", "fact", tuple(few), n=n, share=share)
    for flag in ("item_negative", "item_weak"):
        items = {
            f.split(":", 1)[1]: r
            for r in scales.values()
            for f in r.flags
            if f.startswith(f"{flag}:")
        }
        if items:
            totals = [r.item_total[i] for i, r in items.items()]
            least = min((t for t in totals if t is not None), default=None)
            yield finding(flag, "fact", tuple(items), r=least, count=len(items))


def _certainty(word: str) -> Certainty:
    return "proven" if word == "proven" else "likely" if word == "likely" else "undecided"

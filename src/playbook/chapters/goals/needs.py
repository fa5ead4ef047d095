"""GO2, GO3, GO8, GO12: what customers need, how much, which way it moves, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median

import numpy as np

from playbook.chapters.goals.evidence import ChannelMix, KanoSurvey, Need, RatePoint, Trend
from playbook.core.periods import frequency
from playbook.core.stats import chi_square, wilson, z_of

LEFT_OUT = ("R", "Q")
A_YEAR = {"week": 52, "month": 12, "quarter": 4}
"""Periods in a year."""
_CLASS_ORDER = ("basic_not_met", "O", "M", "A", "I", "none")


@dataclass(frozen=True)
class Series:
    """The counted volume of one need by period. kano: the class typed in; complaints: period
    number and volume of the channel complaint, None where no channel is told."""

    need: str
    points: tuple[RatePoint, ...]
    kano: str | None = None
    importance: float | None = None
    satisfaction: float | None = None
    survey: KanoSurvey | None = None
    complaints: tuple[tuple[int, float], ...] | None = None


def trend(steps: Sequence[float], rates: Sequence[float], level: float, at_least: int) -> Trend:
    """GO3: Theil-Sen slope with Sen's interval and Kendall's tau-b (Sen 1968; Kendall 1938).

    steps: period numbers; rates: one value each. Fewer than at_least periods: too_short.
    """
    if len(rates) < at_least:
        return Trend("too_short", len(rates))
    from scipy.stats import kendalltau, theilslopes

    if len(set(rates)) == 1:  # tau is undefined on a constant series
        return Trend("no_clear_trend", len(rates), 0.0, 0.0, 0.0, rates[0])
    # scipy wants the confidence (0.95), not its complement
    found = theilslopes(rates, steps, level)
    tau = kendalltau(steps, rates)
    low, high = float(found.low_slope), float(found.high_slope)
    code = "rising" if low > 0 else "falling" if high < 0 else "no_clear_trend"
    return Trend(
        code,
        len(rates),
        float(found.slope),
        low,
        high,
        float(found.intercept),
        float(tau.statistic),
        float(tau.pvalue),
    )


def assess(
    series: Sequence[Series],
    window: int = 3,
    level: float = 0.95,
    at_least: int = 5,
    need_scale: tuple[float, float] = (1.0, 5.0),
) -> tuple[Need, ...]:
    """GO2, GO3: every need with share, rank group and trend, in rank order.

    The window is the last periods that any need has; shares are of the volume in it.
    """
    steps = sorted({p.step for s in series for p in s.points})[-window:]
    volumes = {s.need: sum(p.volume for p in s.points if p.step in steps) for s in series}
    total = sum(volumes.values())
    if total <= 0:
        return ()
    shares = {need: wilson(v, total, level) for need, v in volumes.items()}
    order = sorted(series, key=lambda s: (-volumes[s.need], s.need))
    ends = {need: (e.low or 0.0, e.high or 0.0) for need, e in shares.items()}
    answers = [s.satisfaction for s in series if s.satisfaction is not None]
    middle = median(answers) if answers else 0.0
    found = []
    for rank, s in enumerate(order, 1):
        t = trend([p.step for p in s.points], [p.rate for p in s.points], level, at_least)
        need = _need(s, volumes[s.need], total, rank, ends, t)
        told = _as_told(need, s, middle, need_scale, steps)
        found.append(_against_last_year(told, steps, level))
    return tuple(found)


def _need(
    s: Series,
    volume: float,
    total: float,
    rank: int,
    ends: Mapping[str, tuple[float, float]],
    t: Trend,
) -> Need:
    """Share with its rank group, and trend. ends: interval of every need's share."""
    low, high = ends[s.need]
    return Need(
        need=s.need,
        volume=volume,
        share=volume / total,
        share_low=low,
        share_high=high,
        rank=rank,
        rank_low=1 + sum(other[0] > high for other in ends.values()),
        rank_high=len(ends) - sum(other[1] < low for other in ends.values()),
        slope=t.slope,
        slope_low=t.slope_low,
        slope_high=t.slope_high,
        kendall_tau=t.kendall_tau,
        p_value=t.p_value,
        trend=t.code,
        intercept=t.intercept,
        points=s.points,
    )


def _as_told(
    need: Need, s: Series, middle: float, scale: tuple[float, float], steps: Sequence[int]
) -> Need:
    """The need with its class and what customers answered; middle: median satisfaction."""
    measured = s.survey.category if s.survey else None
    return replace(
        need,
        kano=s.kano or measured,
        kano_from="typed" if s.kano else "survey" if measured else "",
        survey=s.survey,
        complaints=(
            None if s.complaints is None else sum(v for step, v in s.complaints if step in steps)
        ),
        importance=s.importance,
        satisfaction=s.satisfaction,
        shortfall=shortfall(s.satisfaction, scale),
        below_median=s.satisfaction is not None and s.satisfaction < middle,
    )


def _against_last_year(need: Need, steps: Sequence[int], level: float) -> Need:
    ratio = year_ratio(need.points, steps, level)
    if ratio is None:
        return need
    return replace(need, year_ratio=ratio[0], year_low=ratio[1], year_high=ratio[2])


def shortfall(satisfaction: float | None, scale: tuple[float, float]) -> float | None:
    """How much of the scale is missing: 0 at its top, 1 at its bottom.

    >>> shortfall(4.0, (1, 5))
    0.25
    """
    low, high = scale
    return None if satisfaction is None else (high - satisfaction) / (high - low)


def year_ratio(
    points: Sequence[RatePoint], steps: Sequence[int], level: float
) -> tuple[float, float, float] | None:
    """Rate of the window over the same periods a year before, log-normal interval of counts.

    None unless every period of both windows is there. Months, quarters and weeks have a year
    before; years need none.
    """
    year = A_YEAR.get(frequency(points[0].period)) if points else None
    if year is None:
        return None
    by_step = {p.step: p for p in points}
    now = [by_step[s] for s in steps if s in by_step]
    then = [by_step[s - year] for s in steps if s - year in by_step]
    if len(now) < len(steps) or len(then) < len(steps):
        return None
    v1, v0 = (sum(p.volume for p in half) for half in (now, then))
    e1, e0 = (sum(1.0 if p.exposure is None else p.exposure for p in half) for half in (now, then))
    if v1 <= 0 or v0 <= 0:
        return None
    ratio = (v1 / e1) / (v0 / e0)
    half = z_of(level) * sqrt(1 / v1 + 1 / v0)
    return ratio, exp(log(ratio) - half), exp(log(ratio) + half)


def ordered(needs: Sequence[Need]) -> tuple[tuple[Need, ...], str, tuple[str, ...]]:
    """GO8: the needs with their place, the rule used, and those whose place is not certain."""
    rule = _rule(needs)
    kept = [n for n in needs if rule != "kano" or n.kano not in LEFT_OUT]
    named = [replace(n, order_class=_class(n, rule)) for n in kept]
    queue = sorted(
        named, key=lambda n: (_place(n.order_class), -_weight(n, rule), -n.share, n.need)
    )
    placed = {n.need: replace(n, order=i) for i, n in enumerate(queue, 1)}
    left = {n.need: replace(n, order_class="left_out") for n in needs if n.need not in placed}
    return tuple({**placed, **left}[n.need] for n in needs), rule, _swappable(queue, rule)


def _swappable(queue: Sequence[Need], rule: str) -> tuple[str, ...]:
    """Neighbours that only their shares put in order, where these move inside their intervals."""
    pairs = [
        (a.need, b.need)
        for a, b in pairwise(queue)
        if _place(a.order_class) == _place(b.order_class)
        and _weight(a, rule) == _weight(b, rule)
        and a.share_low <= b.share_high
    ]
    return tuple(dict.fromkeys(need for pair in pairs for need in pair))


def _rule(needs: Sequence[Need]) -> str:
    if any(n.kano for n in needs):
        return "kano"
    known = all(n.importance is not None and n.shortfall is not None for n in needs)
    return "importance" if needs and known else "share"


def _class(need: Need, rule: str) -> str:
    if rule != "kano":
        return ""
    if need.kano == "M":
        return "basic_not_met" if need.below_median else "M"
    return need.kano or "none"


def _place(order_class: str) -> int:
    return _CLASS_ORDER.index(order_class) if order_class in _CLASS_ORDER else 0


def _weight(need: Need, rule: str) -> float:
    """What orders needs of one class before their share."""
    importance, short = need.importance or 0.0, need.shortfall or 0.0
    if rule == "importance" or need.order_class == "O":
        return importance * short
    return importance if need.order_class == "A" else 0.0


def channel_mix(
    volumes: Mapping[str, Mapping[int, float]], alpha: float = 0.01
) -> ChannelMix | None:
    """GO12: has the mix of feedback channels changed between the halves of the time?

    volumes: channel -> period number -> volume. An odd middle period stands in neither half.
    """
    steps = sorted({s for by_step in volumes.values() for s in by_step})
    half = len(steps) // 2
    if half == 0 or len(volumes) < 2:
        return None
    channels = tuple(sorted(volumes))
    halves = [
        [sum(volumes[c].get(s, 0.0) for s in part) for c in channels]
        for part in (steps[:half], steps[-half:])
    ]
    statistic, df, p = chi_square(np.array(halves))
    first, last = (tuple(map(float, part)) for part in halves)
    return ChannelMix(channels, first, last, statistic, df, p, p < alpha)

"""A row of ``goals`` as a goal card: numbers on the scale held, baseline interval, glide path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import cast

from playbook.chapters.goals import paths
from playbook.chapters.goals.estimates import measured
from playbook.chapters.goals.evidence import Baseline, Point
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.model import Card
from playbook.chapters.goals.rows import Row, scaled, share_factor
from playbook.core.metrics import Metric
from playbook.core.periods import DAYS, Frequency, last_day
from playbook.core.stats import Estimate
from playbook.core.units import convert, unit_code

NOT_LINEAR_GROWTH = ("nps", "mean", "other", "vague", "milestone")


@dataclass(frozen=True)
class Held:
    """Baseline and target of a card in the unit of its metric, or the code of what forbids it."""

    baseline: float | None = None
    target: float | None = None
    fault: str = ""


def held(row: Row, metric: Metric) -> Held:
    """Bring the written values to the scale held: 85 with unit % is 0.85, 90 min is 1.5 h.

    A percentage written with its sign (85%) reaches us as 0.85 already.
    """
    b, t, unit = row["baseline"], row["target"], unit_code(str(row["unit"]))
    if metric.kind in ("vague", "other"):
        return Held(b, t)
    if metric.is_share and unit == "%":
        factor = share_factor((b, t))
        if factor is None:
            return Held(fault="percent_or_share")
        return Held(scaled(b, factor), scaled(t, factor))
    if metric.kind == "nps" and unit in ("%", "pp"):
        small = all(abs(v) < 1 for v in (b, t) if v)  # 30% reaches us as 0.3
        grown = [None if v is None else v * 100 if small else v for v in (b, t)]
        return Held(grown[0], grown[1])
    there = "share" if metric.is_share else metric.unit  # shares are held 0-1
    values = [None if v is None else convert(v, unit, there) for v in (b, t)]
    if any(new is None and old is not None for new, old in zip(values, (b, t), strict=True)):
        return Held(fault="unit_mismatch")
    return Held(values[0], values[1])


def card(row: Row, metric: Metric, base: Baseline | None, settings: Settings) -> Card:
    """The card with its baseline interval, horizon, required rate and interim targets."""
    values = held(row, metric)
    made = _written(row, metric, values)
    found, source, period, n = _baseline(row, metric, values.baseline, base, settings)
    made = replace(
        made,
        baseline=found.value,
        baseline_low=found.low,
        baseline_high=found.high,
        baseline_n=n,
        baseline_period=period,
        baseline_from=source,
    )
    return _with_path(made, metric, settings)


def _written(row: Row, metric: Metric, values: Held) -> Card:
    return Card(
        goal_id=str(row["goal_id"]),
        metric_id=metric.metric_id,
        kind=metric.kind,
        direction=str(row["direction"]),
        target=values.target if values.target is not None else float(row["target"]),
        unit=metric.unit,
        start=row["start"],
        due=row["due"],
        parent_id=row["parent_id"],
        level=row["level"],
        comparator=row["comparator"] or _comparator(str(row["direction"])),
        unit_written=str(row["unit"]),
        owner=row["owner"],
        team=row["team"],
        participants=tuple(row["participants"] or ()),
        customer_need=row["customer_need"],
        strategy_theme=row["strategy_theme"],
        source=row["source"],
        review_every=row["review_every"],
        budget=row["budget"],
        guardrail_metric=row["guardrail_metric"],
        statement=row["statement"],
        statement_en=row["statement_en"],
        lead_lag=metric.lead_lag,
        bound_low=metric.bound_low,
        bound_high=metric.bound_high,
    )


def _comparator(direction: str) -> str:
    return {"increase": ">=", "decrease": "<="}.get(direction, "=")


def _baseline(
    row: Row, metric: Metric, value: float | None, base: Baseline | None, settings: Settings
) -> tuple[Estimate, str, str | None, float | None]:
    """GO1 for a card: estimate, where it is from, period, n.

    The card's own value stands; the history gives the interval where it holds the same value, or
    the value itself where the card has none.
    """
    period, n = row["baseline_period"], row["baseline_n"]
    if value is None:
        if base is None:
            return Estimate(None, None, None, 0), "missing", period, n
        e = Estimate(base.value, base.low, base.high, round(base.n or 0))
        return e, "history", base.period, base.n
    if n:
        e = measured(metric.kind, metric.unit, value, n=n, level=settings.confidence)
        if e.low is not None:
            return e, "counts", period, n
    same = _same_point(value, period, base)
    if same and same.low is not None:
        return (
            Estimate(value, same.low, same.high, round(same.n or 0)),
            "history",
            same.period,
            same.n,
        )
    # the interval of a recent mean is not one of this value: it stands in its own column
    near = "range" if base and base.range_low is not None else "value"
    return Estimate(value, None, None, 0), near, period, n


def _same_point(value: float, period: str | None, base: Baseline | None) -> Point | None:
    """The history point a card's baseline was taken from: same period, and the value as rounded."""
    points = [p for p in (base.history if base else ()) if period in (None, p.period)]
    near = [p for p in points if isclose(p.value, value, rel_tol=0.006, abs_tol=1e-9)]
    return near[-1] if near else None


def _with_path(made: Card, metric: Metric, settings: Settings) -> Card:
    every = cast(Frequency, made.review_every or _review_period(metric))
    months = paths.months_between(made.start, made.due)
    every, days = paths.step_days(made.start, made.due, every)
    out = replace(
        made,
        horizon=paths.horizon(made.start, made.due, settings.short_months, settings.medium_months),
        months=months,
        period_unit=every,
        periods=(made.due - made.start).days / DAYS[every],
    )
    b, t, low, high = made.baseline, made.target, metric.bound_low, metric.bound_high
    if made.direction == "maintain":  # a level to be kept is due at every step, not approached
        return replace(out, path="level", interim=paths.interim(t, t, days, "linear", low, high))
    if b is None:
        return out
    if already_met(made):  # nothing to approach, and never a path that leads back
        return replace(out, path="level", interim=paths.interim(t, t, days, "linear", low, high))
    kind = paths.path_kind(made.kind, b, t, low, high, settings.near_bound)
    out = replace(out, path=kind, interim=paths.interim(b, t, days, kind, low, high))
    grows = metric.true_zero and made.kind not in NOT_LINEAR_GROWTH
    return replace(
        out,
        required_per_period=paths.required_rate(b, t, made.start, made.due, every),
        failures_to_remove_share=(
            paths.failures_to_remove(b, t, high) if made.direction == "increase" else None
        ),
        cagr=paths.yearly_growth(b, t, made.start, made.due, high) if grows else None,
    )


def already_met(made: Card) -> bool:
    """Whether the baseline is better than the target already."""
    if made.baseline is None or made.direction == "maintain":
        return False
    if made.direction == "increase":
        return made.target < made.baseline
    return made.target > made.baseline


def _review_period(metric: Metric) -> str:
    """Without review_every: the metric's own period, but nothing finer than a month."""
    return metric.frequency if metric.frequency in ("month", "quarter") else "month"


def baseline_age_days(made: Card) -> int | None:
    """Days from the end of the baseline's period to the start of the goal."""
    if made.baseline_period is None:
        return None
    return (made.start - last_day(made.baseline_period)).days


def with_flags(made: Card, flags: Sequence[str]) -> Card:
    return replace(made, flags=tuple(dict.fromkeys((*made.flags, *flags))))


def customers_first(cards: Sequence[Card], needs: Mapping[str, object]) -> float | None:
    """Share of the goals that answer a customer need; None without goals."""
    if not cards:
        return None
    linked = [c for c in cards if c.customer_need and (not needs or c.customer_need in needs)]
    return len(linked) / len(cards)

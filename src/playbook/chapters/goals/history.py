"""Our own history: one series per metric, its last value as the baseline, units side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playbook.chapters.goals.estimates import history_range, measured
from playbook.chapters.goals.evidence import Attainable, Baseline, Point
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.peers import attainable
from playbook.chapters.goals.rows import Row, rows_of, scaled, share_factor
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric
from playbook.core.periods import frequency, last_day
from playbook.core.stats import Estimate


@dataclass(frozen=True)
class Reading:
    """One history row on the scale its metric is held in."""

    row: Row
    period: str
    unit_name: str | None
    value: float


def readings(
    inputs: Inputs[Settings], metrics: Mapping[str, Metric]
) -> Mapping[str, tuple[Reading, ...]]:
    """The history by metric, in time order. Metrics with a mixed scale are left to the check."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(inputs, "goals_history"):
        groups.setdefault(str(row["metric_id"]), []).append(row)
    found = {}
    for metric_id, rows in groups.items():
        metric = metrics.get(metric_id)
        factor = history_factor(rows, metric, inputs.settings.rates)
        if metric is None or factor is None:
            continue
        read = [
            Reading(r, str(r["period"]), r["unit_name"], scaled(r["value"], factor) or 0.0)
            for r in rows
        ]
        found[metric_id] = tuple(sorted(read, key=lambda r: (last_day(r.period), r.row.at)))
    return found


def history_factor(rows: Iterable[Row], metric: Metric | None, mode: str) -> float | None:
    """The scale of the values: told by x/n where there are counts, else by their size."""
    if metric is None or not metric.is_share:
        return 1.0
    rows = list(rows)
    counted = [r for r in rows if r["x"] and r["n"] and r["value"]]
    if mode == "auto" and counted:
        ratios = [r["value"] / (r["x"] / r["n"]) for r in counted]
        if all(0.9 < ratio < 1.1 for ratio in ratios):
            return 1.0
        return 0.01 if all(90 < ratio < 110 for ratio in ratios) else None
    return share_factor((r["value"] for r in rows), mode)


def baseline(metric: Metric, read: Sequence[Reading], settings: Settings) -> Baseline | None:
    """GO1: the last value of the whole, with interval, and the range of the last values."""
    points = series(metric, read, settings)
    if not points:
        return None
    last = points[-1]
    span = history_range([p.value for p in points], settings.history_periods, settings.confidence)
    return Baseline(
        metric.metric_id,
        metric.kind,
        metric.unit,
        last.value,
        last.low,
        last.high,
        last.n,
        last.period,
        len(points),
        span.value,
        span.low,
        span.high,
        points,
    )


def series(metric: Metric, read: Sequence[Reading], settings: Settings) -> tuple[Point, ...]:
    """The whole by period: its own row, else its units pooled with their n as weights.

    Branch values without n cannot be pooled: such a period is left out, never averaged plainly.
    Only periods of the same length as the last one count.
    """
    by_period: dict[str, list[Reading]] = {}
    for one in read:
        by_period.setdefault(one.period, []).append(one)
    if not by_period:
        return ()
    kind = frequency(list(by_period)[-1])
    points = []
    for period, group in by_period.items():
        if frequency(period) != kind:
            continue
        whole = [r for r in group if r.unit_name is None]
        if whole:
            e = _estimate(metric, whole[-1], settings)
            # behind a rate stand its events
            n = float(e.n) or None if metric.kind == "rate" else whole[-1].row["n"]
        else:
            e = _pooled(metric, group, settings)
            n = float(e.n) or None
        if e.value is not None:
            points.append(Point(period, last_day(period), e.value, e.low, e.high, n))
    return tuple(points)


def _estimate(metric: Metric, one: Reading, settings: Settings) -> Estimate:
    row = one.row
    return measured(
        metric.kind,
        metric.unit,
        one.value,
        n=row["n"],
        x=row["x"],
        detractors=row["detractors"],
        sd=row["sd"],
        exposure=row["exposure"],
        level=settings.confidence,
    )


def _pooled(metric: Metric, group: Sequence[Reading], settings: Settings) -> Estimate:
    base = "exposure" if metric.kind == "rate" else "n"
    sizes = [float(r.row[base] or r.row["n"] or 0) for r in group]
    if not all(sizes):
        return Estimate(None, None, None, 0)
    total = sum(sizes)
    value = sum(r.value * n for r, n in zip(group, sizes, strict=True)) / total
    counts = [r.row["x"] for r in group]
    x = sum(counts) if all(c is not None for c in counts) else None
    if metric.kind == "share" and x is not None:
        value = x / total
    return measured(metric.kind, metric.unit, value, n=total, x=x, level=settings.confidence)


def best_units(metric: Metric, read: Sequence[Reading], settings: Settings) -> Attainable | None:
    """GO6 over our own units in the last period that has at least two of them with counts."""
    if metric.kind != "share" or metric.direction == "maintain":
        return None
    units = [r for r in read if r.unit_name is not None and r.row["n"]]
    periods = [r.period for r in units]
    period = next((p for p in reversed(periods) if periods.count(p) >= 2), None)
    if period is None:
        return None
    last = [r for r in units if r.period == period]
    n = [float(r.row["n"]) for r in last]
    x = [float(_count(r)) for r in last]
    down = metric.direction == "decrease"
    good = [size - count for size, count in zip(n, x, strict=True)] if down else x
    e, taken = attainable(good, n, settings.attainable_share)
    if e.value is None or e.low is None or e.high is None:
        return None
    value, low, high = (1 - e.value, 1 - e.high, 1 - e.low) if down else (e.value, e.low, e.high)
    return Attainable(
        metric.metric_id,
        metric.unit,
        value,
        low,
        high,
        sum(n[i] for i in taken),
        tuple(str(last[i].unit_name) for i in taken),
        len(n),
        period,
    )


def _count(one: Reading) -> float:
    x = one.row["x"]
    return float(x if x is not None else one.value * one.row["n"])

"""What data say about a metric: its history, its peers, its bounds, the answers planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from playbook.core.metrics import Metric
from playbook.core.periods import frequency
from playbook.core.units import convert


@dataclass(frozen=True)
class Evidence:
    """Values of one metric in one unit; shares held 0-1 have the unit ``share``.

    history: days and values of one frequency, oldest first. attainable: the level our best units
    hold (GO6), used where there are no peers. queues: rows of ``plan_load`` that serve the metric.
    """

    unit: str = ""
    history: tuple[tuple[date, float], ...] = ()
    frequency: str = "month"
    p75: float | None = None
    p90: float | None = None
    attainable: float | None = None
    peers: tuple[float, ...] = ()
    bound_low: float | None = None
    bound_high: float | None = None
    n_before: int | None = None
    n_after: int | None = None
    sd: float | None = None
    pilot_low: float | None = None
    queues: tuple[Mapping[str, Any], ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(value for _, value in self.history)

    def in_unit(self, unit: str) -> "Evidence | None":
        """The same in another unit; None if the two do not measure the same."""
        factor = convert(1.0, self.unit, unit)
        if factor is None:
            return None

        def to(value: float | None) -> float | None:
            return None if value is None else value * factor

        return replace(
            self, unit=unit, history=tuple((day, value * factor) for day, value in self.history),
            p75=to(self.p75), p90=to(self.p90), attainable=to(self.attainable),
            peers=tuple(value * factor for value in self.peers), bound_low=to(self.bound_low),
            bound_high=to(self.bound_high), sd=to(self.sd), pilot_low=to(self.pilot_low),
        )  # fmt: skip


def evidence_for(
    metric_id: str,
    goals: Mapping[str, Any],
    samples: Sequence[Mapping[str, Any]],
    queues: Sequence[Mapping[str, Any]],
    metrics: Mapping[str, Metric],
    day: date,
) -> Evidence:
    """Gather what was known of a metric by that day.

    goals: the result of the chapter ``goals`` as plain data. Of a history the rows of the last
    period's frequency are used.
    """
    points, every = _known_by(metric_id, goals, day)
    peers = _first(goals.get("benchmark", ()), metric_id) or {}
    best = _first(goals.get("attainable", ()), metric_id) or {}
    sample: Mapping[str, Any] = _first(samples, metric_id) or {}
    metric = metrics.get(metric_id)
    return Evidence(
        _held_unit(metric),
        tuple((date.fromisoformat(p["day"]), float(p["value"])) for p in points),
        every,
        peers.get("p75"),
        peers.get("p90"),
        best.get("value"),
        tuple(p["value"] for p in peers.get("peers", ())),
        metric.bound_low if metric else None,
        metric.bound_high if metric else None,
        _whole(sample.get("n_before")),
        _whole(sample.get("n_after")),
        sample.get("sd"),
        queues=tuple(row for row in queues if row.get("metric_id") == metric_id),
    )


def _known_by(
    metric_id: str, goals: Mapping[str, Any], day: date
) -> tuple[list[Mapping[str, Any]], str]:
    """The history known by the day, of one frequency, and that frequency."""
    found = _first(goals.get("baselines", ()), metric_id)
    points = [p for p in (found or {}).get("history", ()) if date.fromisoformat(p["day"]) <= day]
    if not points:
        return [], "month"
    every = frequency(points[-1]["period"])
    return [p for p in points if frequency(p["period"]) == every], every


def _held_unit(metric: Metric | None) -> str:
    if metric is None:
        return ""
    return "share" if metric.is_share else metric.unit


def _first(rows: Any, metric_id: str) -> Mapping[str, Any] | None:
    return next((row for row in rows if row["metric_id"] == metric_id), None)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)

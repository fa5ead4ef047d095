"""What the history of the goals' metrics adds: its points, and evidence on drivers (TR11)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Check, Driver
from playbook.chapters.tree.reading import Goal, number, text
from playbook.chapters.tree.units import family
from playbook.core.inputs import Tables
from playbook.core.stats import correlation

_R = re.compile(r"\br\s*=\s*([-+−]?\d*\.?\d+)", re.IGNORECASE)
_N = re.compile(r"\bn\s*=\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A value of one metric, period and branch (unit None: the whole) with its volume."""

    metric_id: str
    period: str
    unit: str | None
    value: float
    n: float | None


def read_history(tables: Tables, shares: frozenset[str]) -> tuple[Point, ...]:
    """The table ``goals_history``; metrics in shares are held 0-1 (x of n where both are given)."""
    found = []
    for _, row in tables.rows("goals_history"):
        value, n, x = (number(row.get(key)) for key in ("value", "n", "x"))
        metric = str(row["metric_id"])
        if value is None:
            continue
        if metric in shares:
            value = x / n if x is not None and n else value / 100 if value > 1 else value
        found.append(Point(metric, str(row["period"]), text(row.get("unit_name")), value, n))
    return tuple(found)


def share_metrics(goals: Sequence[Goal]) -> frozenset[str]:
    return frozenset(goal.metric_id for goal in goals if family(goal.unit) == "share")


def drivers(forest: Forest, points: Sequence[Point], settings: Settings) -> tuple[Driver, ...]:
    """TR11: the evidence behind each influence edge: as stated, else from common periods."""
    series = _series(points)
    found = []
    for goal in forest.goals:
        parent = forest.parent(goal)
        if goal.edge != "influence" or parent is None:
            continue
        others = [
            child.metric_id
            for child in forest.children(parent, "influence")
            if child.metric_id not in (goal.metric_id, parent.metric_id)
        ]
        found.append(_driver(goal, parent, others, series, settings))
    return tuple(found)


def _series(points: Sequence[Point]) -> Mapping[str, Mapping[str, float]]:
    held: dict[str, dict[str, float]] = {}
    for point in points:
        if point.unit is None:
            held.setdefault(point.metric_id, {})[point.period] = point.value
    return held


def _driver(
    goal: Goal,
    parent: Goal,
    others: Sequence[str],
    series: Mapping[str, Mapping[str, float]],
    settings: Settings,
) -> Driver:
    stated = _stated(goal, parent, settings)
    if stated is not None:
        return stated
    columns = _common(series, [parent.metric_id, goal.metric_id])
    r = _correlation(columns)
    if r is None:
        basis = "words" if goal.evidence else "none"
        return Driver(
            goal.goal_id, parent.goal_id, "words" if basis == "words" else "none",
            None, None, None, None, None, None, None, False, goal.evidence,
        )  # fmt: skip
    n = columns.shape[1]
    found = correlation(r, n, settings.level)
    partial = _partial(series, [parent.metric_id, goal.metric_id, *dict.fromkeys(others)], settings)
    return Driver(
        goal.goal_id, parent.goal_id, "history", r, found.low, found.high, n, *partial,
        _weak(found.low, found.high, n, settings), goal.evidence,
    )  # fmt: skip


def _stated(goal: Goal, parent: Goal, settings: Settings) -> Driver | None:
    written = goal.evidence or ""
    value, count = _R.search(written), _N.search(written)
    if value is None:
        return None
    r, n = float(value.group(1).replace("−", "-")), int(count.group(1)) if count else None
    if abs(r) > 1:
        return None
    found = correlation(r, n or 0, settings.level)
    weak = n is None or _weak(found.low, found.high, n, settings)
    return Driver(
        goal.goal_id, parent.goal_id, "stated", r, found.low, found.high, n, None, None, None,
        weak, written,
    )  # fmt: skip


def _weak(low: float | None, high: float | None, n: int, settings: Settings) -> bool:
    return n < settings.evidence_n or low is None or high is None or low <= 0 <= high


def _common(series: Mapping[str, Mapping[str, float]], metrics: Sequence[str]) -> "np.ndarray":
    """The metrics' values in the periods they all have: (metrics, periods)."""
    held = [series.get(metric, {}) for metric in metrics]
    periods = sorted(set.intersection(*(set(values) for values in held)))
    return np.array([[values[period] for period in periods] for values in held])


def _correlation(columns: "np.ndarray") -> float | None:
    if columns.size == 0 or columns.shape[1] <= 3 or (columns.std(axis=1) == 0).any():
        return None
    return float(np.corrcoef(columns)[0, 1])


def _partial(
    series: Mapping[str, Mapping[str, float]], metrics: Sequence[str], settings: Settings
) -> tuple[float | None, float | None, float | None]:
    """Correlation of the first two with the rest held still, from the inverse correlations."""
    known = [metric for metric in metrics if metric in series]
    if len(known) < 3:
        return None, None, None
    columns = _common(series, known)
    freed = columns.shape[1] - (len(known) - 2)
    if freed <= 3 or columns.size == 0 or (columns.std(axis=1) == 0).any():
        return None, None, None
    matrix = np.corrcoef(columns)
    if np.linalg.cond(matrix) > 1e8:
        return None, None, None
    inverse = np.linalg.inv(matrix)
    r = float(-inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1]))
    found = correlation(r, freed, settings.level)
    return r, found.low, found.high


def driver_checks(found: Sequence[Driver]) -> tuple[Check, ...]:
    """Influence edges with weak evidence, or with none at all."""
    checks = []
    for driver in found:
        values = {"parent": driver.parent_id, "r": driver.r, "n": driver.n,
                  "low": driver.low, "high": driver.high}  # fmt: skip
        if driver.is_weak:
            checks.append(Check(driver.goal_id, "weak_evidence", "warn", values=values))
        elif driver.basis == "words":
            checks.append(Check(driver.goal_id, "evidence_opinion", "note", values=values))
        elif driver.basis == "none":
            checks.append(Check(driver.goal_id, "evidence_missing", "warn", values=values))
    return tuple(checks)

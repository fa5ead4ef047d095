"""Can the people at work keep a promised time (SM11.7, plan PL8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from playbook.chapters.smart.result import Achievable, Promise
from playbook.core.queues import Staffing, agents_needed, staffed
from playbook.core.units import convert

BUSY = 0.85
"""Planned utilisation above which a goal is at best a stretch."""

KEPT_IN_TIME = ("service_level", "sla_compliance")
"""Metrics that are the share of cases answered in time."""

_HEAVIEST_FIRST = ("fail", "stretch", "unknown", "pass")


def promise_of(
    target: float | None, unit: str | None, queues: Sequence[Mapping[str, Any]]
) -> Promise | None:
    """Hold the promise of a goal against each queue that serves it; the worst is returned.

    queues: rows of ``plan_load``; target in the given unit (``share``: 0-1). None where no queue
    serves the metric or no time is promised.
    """
    found = [p for p in (_against(target, unit or "", row) for row in queues) if p is not None]
    return min(found, key=lambda p: _HEAVIEST_FIRST.index(p.verdict), default=None)


def _against(target: float | None, unit: str, row: Mapping[str, Any]) -> Promise | None:
    arrivals, handle = row.get("arrivals_per_hour"), row.get("handle_s")
    answer, level = _promised(target, unit, row)
    if arrivals is None or not handle or answer is None:
        return None
    load = arrivals * handle / 3600
    agents = row.get("agents")
    needed = _needed(arrivals, handle, answer, level)
    base = Promise(
        str(row["queue"]), load, None if agents is None else int(agents), None, answer, level,
        None, None, needed, "unknown", ("agents_unknown",),
    )  # fmt: skip
    return base if agents is None else _judged(base, staffed(arrivals, handle, answer, int(agents)))


def _judged(base: Promise, now: Staffing) -> Promise:
    """The promise as the agents at work will keep it."""
    kept = (
        now.asa_s is not None and now.asa_s <= (base.answer_s or 0)
        if base.promised is None
        else now.service_level >= base.promised
    )
    found = replace(base, utilisation=now.occupancy, expected=now.service_level,
                    wait_s=now.asa_s)  # fmt: skip
    if not kept:
        return replace(found, verdict="fail", reasons=("capacity",))
    if now.occupancy is not None and now.occupancy > BUSY:
        return replace(found, verdict="stretch", reasons=("staff_busy",))
    return replace(found, verdict="pass", reasons=("staff_suffice",))


def _promised(
    target: float | None, unit: str, row: Mapping[str, Any]
) -> tuple[float | None, float | None]:
    """The time promised in seconds, and the share of cases it is promised for; None = on average.

    A goal for a mean time is held against the mean wait, a goal for the share kept in time against
    that share; for any other metric it is the queue's own promise that must be kept.
    """
    seconds = None if target is None else convert(target, unit, "s")
    if seconds is not None:
        return seconds, None
    share = None if target is None else convert(target, unit, "share")
    if share is not None and row.get("metric_id") in KEPT_IN_TIME:
        return row.get("answer_s"), share
    return row.get("answer_s"), row.get("level")


def _needed(arrivals: float, handle: float, answer: float, level: float | None) -> int | None:
    """The fewest agents for the share; for an average, the fewest whose mean wait is no longer."""
    if level is not None:
        return agents_needed(arrivals, handle, answer, level).agents if level < 1 else None
    agents = int(arrivals * handle / 3600) + 1
    while (staffed(arrivals, handle, answer, agents).asa_s or 0.0) > answer:
        agents += 1
    return agents


def with_capacity(found: Achievable, promise: Promise | None) -> Achievable:
    """Letter A with what the staffing allows: it can only make the letter worse."""
    if promise is None or found.verdict == "fail":
        return found
    if promise.verdict == "fail":
        return replace(found, verdict="fail", reasons=("capacity", *found.reasons))
    if promise.verdict == "stretch" and found.verdict == "pass":
        return replace(found, verdict="stretch", reasons=("staff_busy", *found.reasons))
    return found

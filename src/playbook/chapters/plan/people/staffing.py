"""How many agents a promised time needs, and what those at hand reach (PL8; Erlang 1917)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor, log
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import CurvePoint, Queue, QueueState, Scenario
from playbook.core.inputs import Tables
from playbook.core.queues import Staffing, agents_needed, service_level, staffed

MOST_POINTS = 40  # of a curve
MORE = 2  # agents drawn beyond the dearest need


def queues(tables: Tables, settings: Settings) -> tuple[Queue, ...]:
    """Every queue of the table ``plan_load``, in its order."""
    return tuple(_queue(row, settings) for _, row in tables.rows("plan_load"))


def load_of(row: Mapping[str, Any]) -> float:
    """Load in erlang: cases in hand at once, if nobody waits."""
    return float(row["arrivals_per_hour"] * row["handle_s"] / 3600)


def reached(row: Queue, answer_s: float, arrivals: float = 1.0, handle: float = 1.0) -> float:
    """Share answered within answer_s by the agents at hand; factors change arrivals and handling.

    Raises ValueError if the queue says of no agents at hand.
    """
    if row.agents_there is None:
        raise ValueError(f"no agents stated for {row.queue}")
    load = row.load_erlang * arrivals * handle
    return service_level(load, row.agents_there, row.handle_s * handle, answer_s)


def state_of(row: Queue, answer_s: float, wanted: float, change: float) -> QueueState:
    """Whether the agents at hand keep a promise, and whether a change of load decides it.

    thin: kept as given, not with so much more arrivals or so much longer handling.
    missed_for_certain: not kept even with so much less of either.
    """
    if row.agents_there is None:
        return "not_known"
    easier = max(reached(row, answer_s, 1 - change), reached(row, answer_s, 1, 1 - change))
    harder = min(reached(row, answer_s, 1 + change), reached(row, answer_s, 1, 1 + change))
    if reached(row, answer_s) < wanted:
        return "missed" if easier >= wanted else "missed_for_certain"
    return "held" if harder >= wanted else "thin"


def possible_time(there: Staffing | None, handle_s: float, wanted: float) -> float | None:
    """The shortest time in seconds that this share is answered within by these agents.

    The level formula solved for the time; None where the queue grows without end.

    >>> from playbook.core.queues import staffed
    >>> round(possible_time(staffed(120, 240, 20, 11), 240, 0.809227), 2)
    20.0
    """
    if there is None or not 0 < wanted < 1 or there.agents <= there.load_erlang:
        return None
    if there.prob_wait <= 1 - wanted:
        return 0.0
    return log(there.prob_wait / (1 - wanted)) * handle_s / (there.agents - there.load_erlang)


@dataclass(frozen=True)
class _Asked:
    """A row of the table, with other arrivals or handling time if factors are given."""

    arrivals: float
    handle: float
    answer: float | None
    level: float | None
    agents: int | None
    shrinkage: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "_Asked":
        agents = row.get("agents")
        return cls(
            float(row["arrivals_per_hour"]), float(row["handle_s"]), row.get("answer_s"),
            row.get("level"), None if agents is None else int(agents), row.get("shrinkage") or 0.0,
        )  # fmt: skip

    @property
    def load(self) -> float:
        return self.arrivals * self.handle / 3600

    def changed(self, arrivals: float, handle: float) -> "_Asked":
        return replace(self, arrivals=self.arrivals * arrivals, handle=self.handle * handle)

    def need(self) -> Staffing | None:
        """What the promise needs; None without a promise."""
        if self.answer is None or self.level is None:
            return None
        return agents_needed(self.arrivals, self.handle, self.answer, self.level, self.shrinkage)

    def there(self) -> Staffing | None:
        """What the agents at hand give; without a promised time, the share that need not wait."""
        if self.agents is None:
            return None
        answer = self.answer or 0.0
        return staffed(self.arrivals, self.handle, answer, self.agents, self.shrinkage)


def _queue(row: Mapping[str, Any], settings: Settings) -> Queue:
    asked = _Asked.of(row)
    need, there = asked.need(), asked.there()
    scenarios = _scenarios(asked, settings.load_change)
    counts = [s.agents for s in scenarios if s.agents is not None]
    working, arrivals, handle = there or need, asked.arrivals, asked.handle
    wait = working.asa_s if working else None
    found = Queue(
        queue=str(row["queue"]), arrivals_per_hour=arrivals, handle_s=handle,
        answer_s=asked.answer, level=asked.level, opening=row.get("opening"),
        metric_id=row.get("metric_id"), shrinkage=asked.shrinkage, load_erlang=asked.load,
        least=floor(asked.load) + 1,
        agents=need.agents if need else None, rostered=need.rostered if need else None,
        prob_wait=need.prob_wait if need else None,
        service_level=need.service_level if need else None,
        asa_s=need.asa_s if need else None, occupancy=need.occupancy if need else None,
        agents_low=min(counts, default=None), agents_high=max(counts, default=None),
        agents_there=asked.agents, there=there,
        possible_s=None if asked.level is None else possible_time(there, handle, asked.level),
        # Little 1961: number in the queue = arrivals x time spent in it
        waiting=None if wait is None else arrivals * wait / 3600,
        open_cases=None if wait is None else arrivals * (wait + handle) / 3600,
        open_limit=None if asked.answer is None else arrivals * (asked.answer + handle) / 3600,
        scenarios=scenarios, curve=(), state="not_known",
    )  # fmt: skip
    if asked.answer is None or asked.level is None:
        return found
    state = state_of(found, asked.answer, asked.level, settings.load_change)
    curve = curve_of(found, asked.answer, asked.level, settings.load_change)
    return replace(found, state=state, curve=curve)


def _scenarios(asked: _Asked, change: float) -> tuple[Scenario, ...]:
    """The queue as given, then one change at a time, then both in the same direction."""
    less, more = 1 - change, 1 + change
    pairs = [(1.0, 1.0), (less, 1.0), (more, 1.0), (1.0, less), (1.0, more), (less, less),
             (more, more)]  # fmt: skip
    return tuple(_scenario(asked.changed(a, h), a, h) for a, h in pairs)


def _scenario(asked: _Asked, arrivals: float, handle: float) -> Scenario:
    need, there = asked.need(), asked.there()
    return Scenario(
        arrivals, handle, asked.load,
        need.agents if need else None,
        there.service_level if there and asked.answer is not None else None,
    )  # fmt: skip


def curve_of(row: Queue, answer_s: float, level: float, change: float) -> tuple[CurvePoint, ...]:
    """Share answered within answer_s against agents, from the first that hold the queue on.

    It ends a little beyond the most that the level takes with more load, or those at hand.
    """
    rate, handle = row.arrivals_per_hour, row.handle_s
    needs = [
        agents_needed(rate * a, handle * h, answer_s, level).agents
        for a, h in ((1.0, 1.0), (1 + change, 1 + change))
    ]
    there = row.agents_there if row.agents_there is not None else needs[0]
    first, last = min(row.least, max(there, 1)), max(*needs, there) + MORE
    step = max(1, (last - first) // MOST_POINTS)
    numbers = sorted({*range(first, last + 1, step), needs[0], there} - {0})
    return tuple(_point(row, n, answer_s, change) for n in numbers)


def _point(row: Queue, agents: int, answer_s: float, change: float) -> CurvePoint:
    def level(arrivals: float, handle: float) -> float:
        load = row.load_erlang * arrivals * handle
        return service_level(load, agents, row.handle_s * handle, answer_s)

    less, more = 1 - change, 1 + change
    return CurvePoint(
        agents,
        level(1, 1),
        max(level(less, 1), level(1, less)),
        min(level(more, 1), level(1, more)),
    )

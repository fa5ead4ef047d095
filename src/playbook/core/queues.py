"""Staffing of a queue by Erlang's formulas (Erlang 1917; Gans, Koole, Mandelbaum 2003).

Load is in erlang: arrivals per hour x handling time in seconds / 3600. The model knows no caller
who hangs up: with abandonment it asks for more people than needed. Formula PL8 of the plan sheet.
"""

from dataclasses import dataclass
from math import ceil, exp, isfinite

MOST_AGENTS = 100_000
"""A search for more people than this ends in ValueError: the numbers cannot be meant."""


def erlang_b(load: float, agents: int) -> float:
    """Share of arrivals that find every agent busy, if none may wait (Erlang B).

    >>> round(erlang_b(8, 11), 6)
    0.081288
    """
    _check(load=load, agents=agents)
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, agents: int) -> float:
    """Share of arrivals that must wait (Erlang C); 1 where the load is too large for the agents.

    >>> round(erlang_c(8, 11), 6), erlang_c(8, 8)
    (0.244958, 1.0)
    """
    return _waiting(load, agents, erlang_b(load, agents))


def service_level(load: float, agents: int, handle_s: float, answer_s: float) -> float:
    """Share of arrivals answered within answer_s seconds; 0 where the queue grows without end.

    >>> round(service_level(8, 11, 240, 20), 6)
    0.809227
    """
    _check(handle_s=handle_s, answer_s=answer_s)
    return _level(load, agents, erlang_c(load, agents), handle_s, answer_s)


def average_wait(load: float, agents: int, handle_s: float) -> float | None:
    """Mean wait of all arrivals in seconds (asa); None where the queue grows without end.

    >>> round(average_wait(8, 11, 240), 3)
    19.597
    """
    _check(handle_s=handle_s)
    waiting = erlang_c(load, agents)
    if load == 0:
        return 0.0
    return None if agents <= load else waiting * handle_s / (agents - load)


@dataclass(frozen=True)
class Staffing:
    """A queue with so many agents at work. asa_s: average wait; None = it grows without end.

    rostered: people on the rota, so that the agents are at work in spite of breaks and leave.
    """

    load_erlang: float
    agents: int
    rostered: int
    prob_wait: float
    service_level: float
    asa_s: float | None
    occupancy: float | None


def staffed(
    arrivals_per_hour: float,
    handle_s: float,
    answer_s: float,
    agents: int,
    shrinkage: float = 0.0,
) -> Staffing:
    """What so many agents at work give (PL8). Raises ValueError for a number that cannot be.

    shrinkage: share of paid time not at the queue (breaks, training, leave), 0 <= shrinkage < 1.

    >>> staffed(120, 240, 20, 8).service_level
    0.0
    """
    _check(arrivals_per_hour=arrivals_per_hour, handle_s=handle_s)
    if not 0 <= shrinkage < 1:
        raise ValueError(f"shrinkage={shrinkage} must lie in 0..1, below 1")
    load = arrivals_per_hour * handle_s / 3600
    return Staffing(
        load,
        agents,
        # a hair less, so that 9 / 0.9 is ten people and not eleven
        ceil(agents / (1 - shrinkage) - 1e-9),
        erlang_c(load, agents),
        service_level(load, agents, handle_s, answer_s),
        average_wait(load, agents, handle_s),
        load / agents if agents else None,
    )


def agents_needed(
    arrivals_per_hour: float,
    handle_s: float,
    answer_s: float,
    level: float,
    shrinkage: float = 0.0,
) -> Staffing:
    """The fewest agents that answer the share level within answer_s seconds (PL8).

    level is a share, 0 <= level < 1: no number of agents answers everyone in time for certain.
    Raises ValueError for a number that cannot be.

    >>> need = agents_needed(120, 240, 20, 0.8, shrinkage=0.3)
    >>> need.agents, need.rostered, round(need.service_level, 4)
    (11, 16, 0.8092)
    """
    _check(arrivals_per_hour=arrivals_per_hour, handle_s=handle_s, answer_s=answer_s)
    if not 0 <= level < 1:
        raise ValueError(f"level={level} must lie in 0..1, below 1")
    load, blocked = arrivals_per_hour * handle_s / 3600, 1.0
    for n in range(1, MOST_AGENTS + 1):
        blocked = load * blocked / (n + load * blocked)
        waiting = _waiting(load, n, blocked)
        if n > load and _level(load, n, waiting, handle_s, answer_s) >= level:
            return staffed(arrivals_per_hour, handle_s, answer_s, n, shrinkage)
    raise ValueError(f"load={load:g} erlang wants more than {MOST_AGENTS:,} agents")


def _waiting(load: float, agents: int, blocked: float) -> float:
    if load == 0:
        return 0.0
    return 1.0 if agents <= load else blocked / (1 - load / agents * (1 - blocked))


def _level(load: float, agents: int, waiting: float, handle_s: float, answer_s: float) -> float:
    if load == 0:
        return 1.0
    if agents <= load:
        return 0.0
    return 1 - waiting * exp(-(agents - load) * answer_s / handle_s)


def _check(**numbers: float) -> None:
    """Nothing below nought, nothing infinite; a handling time must last."""
    for name, value in numbers.items():
        if not isfinite(value) or value < 0 or (name == "handle_s" and value == 0):
            raise ValueError(f"{name}={value} must be a finite number above 0")

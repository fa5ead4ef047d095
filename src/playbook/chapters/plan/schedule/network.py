"""PL3: the network of actions: earliest and latest times, floats, critical chains, loops.

Kelley, Walker (1959). networkx is imported where it is used: opening a case must stay quick.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CLOSE = 1e-9  # days; below it two times are the same
MOST_CHAINS = 20


@dataclass(frozen=True)
class Task:
    """One action: its two durations, what must be done first, and the day it may not start before.

    release: working days from the start of the plan.
    """

    action: str
    likely: float
    safe: float
    after: tuple[str, ...] = ()
    release: float = 0.0


@dataclass(frozen=True)
class Times:
    """Times of all tasks, arrays (tasks, draws); duration (draws,)."""

    early_start: Floats
    early_finish: Floats
    late_start: Floats
    late_finish: Floats
    duration: Floats

    @property
    def total_float(self) -> Floats:
        return _snapped(self.late_start - self.early_start)


@dataclass(frozen=True)
class Path:
    """One critical chain and how long it waits for a start date before its first action."""

    actions: tuple[str, ...]
    wait: float


class Network:
    """Tasks in an order in which every one comes after those it waits for; ties by id."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        import networkx as nx

        by_id = {task.action: task for task in tasks}
        graph = _graph({key: task.after for key, task in by_id.items()})
        order = list(nx.lexicographical_topological_sort(graph))
        self.tasks = tuple(by_id[key] for key in order)
        self.at = {key: i for i, key in enumerate(order)}
        self.before = tuple(
            tuple(sorted({self.at[key] for key in task.after})) for task in self.tasks
        )
        behind: list[list[int]] = [[] for _ in self.tasks]
        for i, held in enumerate(self.before):
            for j in held:
                behind[j].append(i)
        self.behind = tuple(tuple(held) for held in behind)
        self.release = np.array([task.release for task in self.tasks], dtype=float)
        self.likely = np.array([task.likely for task in self.tasks], dtype=float)
        self.safe = np.array([task.safe for task in self.tasks], dtype=float)

    def early_start(self, days: Floats) -> Floats:
        """ES = the latest EF of those before, not before the release; days (tasks, draws)."""
        start = np.empty_like(days)
        for i, held in enumerate(self.before):
            start[i] = self.release[i]
            for j in held:
                np.maximum(start[i], start[j] + days[j], out=start[i])
        return start

    def timed(self, days: Floats) -> Times:
        """All times for durations (tasks, draws)."""
        start = self.early_start(days)
        finish = start + days
        duration = finish.max(axis=0)
        late = np.empty_like(days)  # LF = the earliest LS of those behind, else the end
        for i in range(len(self.tasks) - 1, -1, -1):
            late[i] = duration
            for j in self.behind[i]:
                np.minimum(late[i], late[j] - days[j], out=late[i])
        return Times(start, finish, late - days, late, duration)

    def free_float(self, times: Times) -> Floats:
        """The least ES of those behind (the end for the last ones) less EF; one draw."""
        start, finish = times.early_start[:, 0], times.early_finish[:, 0]
        end = float(times.duration[0])
        nearest = [min((start[j] for j in held), default=end) for held in self.behind]
        return _snapped(np.array(nearest) - finish)

    def tight(self, times: Times) -> tuple[tuple[int, ...], ...]:
        """For each critical task the critical ones that start the moment it ends; one draw."""
        critical = times.total_float[:, 0] == 0
        start, finish = times.early_start[:, 0], times.early_finish[:, 0]
        return tuple(
            tuple(j for j in held if critical[i] and critical[j] and _same(finish[i], start[j]))
            for i, held in enumerate(self.behind)
        )

    def critical_paths(self, times: Times) -> tuple[tuple[Path, ...], int]:
        """The first critical chains, in the order of the tasks, and how many there are."""
        tight, firsts = self._led(times)
        count = [0] * len(self.tasks)
        for i in reversed(range(len(self.tasks))):
            count[i] = sum(count[j] for j in tight[i]) or 1
        found: list[Path] = []
        for first in firsts:
            wait = float(times.early_start[first, 0])
            for path in _walks(first, tight, MOST_CHAINS - len(found)):
                found.append(Path(tuple(self.tasks[i].action for i in path), wait))
        return tuple(found), sum(count[i] for i in firsts)

    def largest(self, times: Times, values: Floats) -> float:
        """The largest sum of values over any one critical chain (values not negative)."""
        tight, firsts = self._led(times)
        best = [0.0] * len(self.tasks)
        for i in reversed(range(len(self.tasks))):
            best[i] = float(values[i]) + max((best[j] for j in tight[i]), default=0.0)
        return max((best[i] for i in firsts), default=0.0)

    def _led(self, times: Times) -> tuple[tuple[tuple[int, ...], ...], list[int]]:
        """Tight links, and the tasks that begin a critical chain."""
        tight = self.tight(times)
        led = {j for held in tight for j in held}
        critical = times.total_float[:, 0] == 0
        return tight, [i for i in range(len(self.tasks)) if critical[i] and i not in led]


def _walks(first: int, tight: Sequence[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    """Paths from a task to the end, without recursion: chains may be long."""
    found: list[tuple[int, ...]] = []
    open_: list[tuple[int, ...]] = [(first,)]
    while open_ and len(found) < most:
        path = open_.pop()
        if not tight[path[-1]]:  # a critical task without a tight follower ends with the plan
            found.append(path)
        open_ += [(*path, j) for j in reversed(tight[path[-1]])]
    return found


def loops(after: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """One loop of each knot of actions that wait for each other, from its first id on."""
    import networkx as nx

    graph = _graph(after)
    found = []
    for part in nx.strongly_connected_components(graph):
        held = graph.subgraph(part)
        if len(part) > 1 or nx.number_of_selfloops(held):
            ring = [str(a) for a, *_ in nx.find_cycle(held, min(part))]
            at = ring.index(min(ring))
            found.append((*ring[at:], *ring[:at]))
    return sorted(found)


def passed_on(
    after: Mapping[str, Sequence[str]], chosen: Sequence[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """What each chosen action waits for, and which of its own predecessors were not chosen.

    One that is not chosen passes on what it waited for itself. ``after`` must be without loops.
    """
    there = set(chosen)
    waits: dict[str, tuple[str, ...]] = {}
    for action in chosen:
        open_, seen, kept = list(after.get(action, ())), set[str](), list[str]()
        while open_:
            one = open_.pop(0)
            if one in seen:
                continue
            seen.add(one)
            if one in there:
                kept.append(one)
            else:
                open_ = [*after.get(one, ()), *open_]
        waits[action] = tuple(kept)
    left = {a: tuple(p for p in after.get(a, ()) if p not in there) for a in chosen}
    return waits, {a: lost for a, lost in left.items() if lost}


def _graph(after: Mapping[str, Sequence[str]]) -> Any:
    """Arrows from what comes first; predecessors that are not keys are left out."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    graph.add_nodes_from(sorted(after))
    graph.add_edges_from(
        (one, action) for action in sorted(after) for one in after[action] if one in after
    )
    return graph


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(1.0, abs(one))


def _snapped(values: Floats) -> Floats:
    """Rounding dust is nought, so that critical means exactly no float."""
    return np.where(np.abs(values) <= CLOSE * 1000, 0.0, values)

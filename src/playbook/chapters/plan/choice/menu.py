"""The menu of actions as arrays: what the solvers and the draws work on."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ROUND = 1e-9
"""Relative: sums that differ by less are equal, so that 0.1 + 0.2 fits into 0.3."""


@dataclass(frozen=True)
class Group:
    """Actions on the same cases: together they gain at most cap (None: their largest gain)."""

    members: tuple[int, ...]
    cap: float | None
    worth: float = 1.0  # what one unit of its goal is worth to the choice

    def cap_of(self, values: Floats) -> float:
        """The cap as value, for the values of one draw."""
        largest = max(0.0, float(values[list(self.members)].max()))
        return largest if self.cap is None else self.cap * self.worth


@dataclass(frozen=True)
class Menu:
    """n actions in the order of their ids. None: no limit.

    values (n): what each is worth; effort, cost (n). requires: pairs (one, needed); excludes:
    pairs that do not go together. must: actions in any case.
    """

    values: Floats
    effort: Floats
    cost: Floats
    effort_limit: float | None = None
    cost_limit: float | None = None
    requires: tuple[tuple[int, int], ...] = ()
    excludes: tuple[tuple[int, int], ...] = ()
    groups: tuple[Group, ...] = ()
    must: frozenset[int] = field(default_factory=frozenset)

    @property
    def n(self) -> int:
        return len(self.values)

    def worth(self, chosen: Flags) -> float:
        """The total value of a set, the caps of its groups applied."""
        total = float(self.values[chosen].sum())
        for group in self.groups:
            members = list(group.members)
            gained = float(self.values[members][chosen[members]].sum())
            total -= max(0.0, gained - group.cap_of(self.values))
        return total

    def fits(self, chosen: Flags) -> bool:
        """Whether a set keeps every limit and rule."""
        return (
            within(float(self.effort[chosen].sum()), self.effort_limit)
            and within(float(self.cost[chosen].sum()), self.cost_limit)
            and all(chosen[needed] for one, needed in self.requires if chosen[one])
            and not any(chosen[a] and chosen[b] for a, b in self.excludes)
            and all(chosen[i] for i in self.must)
        )

    def share_of_limits(self) -> Floats:
        """What each action takes of what there is: effort and cost, each in parts of its limit."""
        taken = np.zeros(self.n)
        for used, limit in ((self.effort, self.effort_limit), (self.cost, self.cost_limit)):
            whole = limit if limit else float(used.sum())
            if whole > 0:
                taken = taken + used / whole
        return taken


def within(used: float, limit: float | None) -> bool:
    """Whether a sum stays within a limit, rounding apart."""
    return limit is None or used <= limit * (1 + ROUND) + 1e-12


def closure(must: frozenset[int], requires: tuple[tuple[int, int], ...]) -> frozenset[int]:
    """The prescribed actions and all they need."""
    found = set(must)
    while more := {needed for one, needed in requires if one in found} - found:
        found |= more
    return frozenset(found)

"""Parents and children: order from the leaves up, loops, depths."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from playbook.chapters.tree.reading import Goal


class Forest:
    """The goals of a case and how they hang together. Parents that are unknown count as none."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self.goals = tuple(goals)
        self.by_id = {goal.goal_id: goal for goal in goals}

    def parent(self, goal: Goal) -> Goal | None:
        return self.by_id.get(goal.parent_id) if goal.parent_id else None

    def children(self, goal: Goal, edge: str = "") -> tuple[Goal, ...]:
        """In table order; edge limits them to one kind."""
        below = self._children.get(goal.goal_id, ())
        return tuple(child for child in below if not edge or child.edge == edge)

    def below(self, goal: Goal) -> Iterable[Goal]:
        """All goals under this one, each once, also where there is a loop."""
        seen, waiting = {goal.goal_id}, list(self.children(goal))
        while waiting:
            child = waiting.pop(0)
            if child.goal_id not in seen:
                seen.add(child.goal_id)
                waiting += self.children(child)
                yield child

    def above(self, goal: Goal) -> Iterable[Goal]:
        """Its parent, grandparent and so on."""
        seen, upper = {goal.goal_id}, self.parent(goal)
        while upper is not None and upper.goal_id not in seen:
            seen.add(upper.goal_id)
            yield upper
            upper = self.parent(upper)

    def depth(self, goal: Goal) -> int:
        return sum(1 for _ in self.above(goal))

    @cached_property
    def roots(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if self.parent(goal) is None)

    @cached_property
    def upwards(self) -> tuple[Goal, ...]:
        """Every goal after its children. Raises ValueError if there is a loop."""
        sorter = TopologicalSorter(
            {goal.goal_id: [c.goal_id for c in self.children(goal)] for goal in self.goals}
        )
        try:
            return tuple(self.by_id[key] for key in sorter.static_order())
        except CycleError as loop:
            raise ValueError(f"goals in a loop: {loop.args[1]}") from loop

    @cached_property
    def looped(self) -> frozenset[str]:
        """The goals that are their own ancestors."""
        return frozenset(goal.goal_id for goal in self.goals if self._meets_itself(goal))

    def _meets_itself(self, goal: Goal) -> bool:
        seen: set[str] = set()
        upper = self.parent(goal)
        while upper is not None and upper.goal_id not in seen:
            if upper.goal_id == goal.goal_id:
                return True
            seen.add(upper.goal_id)
            upper = self.parent(upper)
        return False

    @cached_property
    def _children(self) -> dict[str, tuple[Goal, ...]]:
        found: dict[str, list[Goal]] = {}
        for goal in self.goals:
            if goal.parent_id:
                found.setdefault(goal.parent_id, []).append(goal)
        return {key: tuple(children) for key, children in found.items()}

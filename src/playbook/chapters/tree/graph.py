"""Parents and children: order from the leaves up, loops, depths."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

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
        below = (self.by_id[key] for key in self._graph.successors(goal.goal_id))
        return tuple(child for child in below if not edge or child.edge == edge)

    def below(self, goal: Goal) -> Iterable[Goal]:
        """All goals under this one, each once, also where there is a loop."""
        import networkx as nx

        return (self.by_id[key] for _, key in nx.bfs_edges(self._graph, goal.goal_id))

    def above(self, goal: Goal) -> Iterable[Goal]:
        """Its parent, grandparent and so on."""
        import networkx as nx

        up = nx.bfs_edges(self._graph, goal.goal_id, reverse=True)
        return (self.by_id[key] for _, key in up)

    def depth(self, goal: Goal) -> int:
        """Steps up to the top; nought for goals on a loop, which have no top."""
        return self._depths.get(goal.goal_id, 0)

    @cached_property
    def roots(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if self.parent(goal) is None)

    @cached_property
    def upwards(self) -> tuple[Goal, ...]:
        """Every goal after its children. Raises ValueError if there is a loop."""
        import networkx as nx

        if self.looped:
            raise ValueError(f"goals in a loop: {sorted(self.looped)}")
        return tuple(self.by_id[key] for key in reversed(list(nx.topological_sort(self._graph))))

    @cached_property
    def looped(self) -> frozenset[str]:
        """The goals that are their own ancestors."""
        import networkx as nx

        parts = nx.strongly_connected_components(self._graph)
        rings = {key for part in parts if len(part) > 1 for key in part}
        return frozenset(rings | set(nx.nodes_with_selfloops(self._graph)))

    @cached_property
    def above_process(self) -> frozenset[str]:
        """The goals with a process goal somewhere below them."""
        found: set[str] = set()
        for goal in self.goals:
            upper = self.parent(goal) if goal.kind == "process" else None
            while upper is not None and upper.goal_id not in found:
                found.add(upper.goal_id)
                upper = self.parent(upper)
        return frozenset(found)

    @cached_property
    def _graph(self) -> Any:
        """Edges lead from parent to child."""
        import networkx as nx

        graph: Any = nx.DiGraph()
        graph.add_nodes_from(self.by_id)
        graph.add_edges_from((g.parent_id, g.goal_id) for g in self.goals if self.parent(g))
        return graph

    @cached_property
    def _depths(self) -> Mapping[str, int]:
        import networkx as nx

        layers = nx.bfs_layers(self._graph, [goal.goal_id for goal in self.roots])
        return {key: depth for depth, layer in enumerate(layers) for key in layer}

"""Which part of a result each figure shows, so that none is too large to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from playbook.chapters.tree.model import Node, TreeResult

MOST_NODES = 40
_WORSE = {"fine": 0, "warn": 1, "error": 2}
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """The goals one figure draws below a start. part: 2, 3 … where one goal has too many parts."""

    start: str
    goals: frozenset[str]
    part: int
    is_whole: bool

    @property
    def id(self) -> str:
        return self.start if self.part == 1 else f"{self.start}_{self.part}"


class Shape:
    """The goals of a result as a graph from parent to child."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.by_id = {node.goal_id: node for node in nodes}

    @cached_property
    def graph(self) -> Any:
        import networkx as nx

        graph: Any = nx.DiGraph()
        graph.add_nodes_from(self.by_id)
        known = self.by_id
        graph.add_edges_from((n.parent_id, key) for key, n in known.items() if n.parent_id in known)
        return graph

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Goals without a parent in the table."""
        return tuple(k for k, node in self.by_id.items() if node.parent_id not in self.by_id)

    def children(self, goal_id: str) -> list[str]:
        return list(self.graph.successors(goal_id))

    @cached_property
    def in_order(self) -> list[Node]:
        """Every child under its parent."""
        import networkx as nx

        ways = (nx.dfs_preorder_nodes(self.graph, root) for root in self.roots)
        return [self.by_id[key] for way in ways for key in way]

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many goals each one holds, itself included."""
        import networkx as nx

        found: dict[str, int] = {}
        for key in reversed(list(nx.topological_sort(self.graph))):
            found[key] = 1 + sum(found[child] for child in self.children(key))
        return found


def views(result: TreeResult) -> tuple[View, ...]:
    """The figures of the whole tree, from the top down; a goal cut off starts its own."""
    most = max(2, min(MOST_NODES, int(result.parameters.get("tree_most") or 20)))
    shape, found = Shape(result.nodes), list[View]()
    place = {key: at for at, key in enumerate(shape.by_id)}
    waiting = list(shape.roots)
    while waiting:
        made = _views_of(waiting.pop(0), shape, most)
        known = {key for view in made for key in view.goals}
        cut = [k for k in known if any(child not in known for child in shape.children(k))]
        found += made
        waiting += sorted(cut, key=place.__getitem__)
    return tuple(found)


def _views_of(start: str, shape: Shape, most: int) -> list[View]:
    """Level by level while all fit; a first level that does not fit goes over several figures."""
    first = shape.children(start)
    if len(first) >= most:
        size = most - 1
        groups = [first[i : i + size] for i in range(0, len(first), size)]
        return [
            View(start, frozenset((start, *group)), part, False)
            for part, group in enumerate(groups, 1)
        ]
    drawn, level = [start], [start]
    while level:
        level = [child for key in level for child in shape.children(key)]
        if len(drawn) + len(level) > most:
            break
        drawn += level
    return [View(start, frozenset(drawn), 1, len(drawn) == shape.sizes[start])]


def worst_first(pages: Sequence[T], state: Callable[[T], int], most: int) -> tuple[T, ...]:
    """At most so many pages, those with faults first, in their own order."""
    ranked = sorted(range(len(pages)), key=lambda at: (-state(pages[at]), at))
    return tuple(pages[at] for at in sorted(ranked[:most]))


def state_of(view: View, shape: Shape) -> int:
    """The worst state of the goals in a view: 0 fine, 1 in doubt, 2 wrong."""
    return max(_WORSE[shape.by_id[key].state] for key in view.goals)


def raci_pages(
    result: TreeResult, most_rows: int = 24, most_columns: int = 16
) -> tuple[tuple[str, ...], ...]:
    """Actions in groups that one grid holds: few enough rows, few enough people."""
    people: dict[str, set[str]] = {}
    for role in result.raci:
        people.setdefault(role.action, set()).add(role.person)
    pages: list[list[str]] = [[]]
    seen: set[str] = set()
    for action, held in people.items():
        if pages[-1] and (len(pages[-1]) >= most_rows or len(seen | held) > most_columns):
            pages.append([])
            seen = set()
        pages[-1].append(action)
        seen |= held
    return tuple(tuple(page) for page in pages if page)


def sheet_pages(result: TreeResult, most: int = 16) -> tuple[tuple[str, ...], ...]:
    """Holders of KPI sheets in groups of one figure each, about equal in size."""
    holders = tuple(dict.fromkeys(line.holder for line in result.sheets))
    size = max(1, -(-len(holders) // max(1, -(-len(holders) // most))))
    return tuple(holders[i : i + size] for i in range(0, len(holders), size))


def waterfall_pages(result: TreeResult, most: int = 6) -> tuple[tuple[str, ...], ...]:
    """Parents whose change is split, a few to a figure."""
    parents = [whole.goal_id for whole in result.contributions]
    return tuple(tuple(parents[i : i + most]) for i in range(0, len(parents), most))


def faulty(result: TreeResult) -> frozenset[str]:
    """Everything that a check calls wrong or doubtful."""
    return frozenset(check.id for check in result.checks if check.level != "note")

"""Who carries what: KPI sheets (TR12) and the RACI table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.model_duties import Role, SheetLine
from playbook.chapters.tree.reading import Goal, number, text
from playbook.core.inputs import Facts, Tables
from playbook.core.problems import Problem

LETTERS = "RACI"
T = TypeVar("T")


def grouped(rows: Iterable[T], key: Callable[[T], str]) -> Mapping[str, list[T]]:
    """Rows by their key, in the order of the first of each.

    >>> grouped(["ab", "c", "ad"], lambda word: word[0])
    {'a': ['ab', 'ad'], 'c': ['c']}
    """
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def sheet_problems(tables: Tables) -> list[Problem]:
    """Weights that cannot be normalised: negative, or all nought."""
    found = [
        tables.problem(
            "tree_weights", "tree.weight_negative", row=at, column="weight", value=weight
        )
        for at, row in tables.rows("tree_weights")
        if (weight := number(row["weight"]) or 0) < 0
    ]
    if found:
        return found
    return [
        tables.problem("tree_weights", "tree.weights_all_zero", column="weight", value=holder)
        for holder, lines in _by_holder(tables).items()
        if sum(number(row["weight"]) or 0 for row in lines) == 0
    ]


def _by_holder(tables: Tables) -> Mapping[str, list[dict[str, Any]]]:
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, row in tables.rows("tree_weights"):
        held[str(row["holder"])].append(row)
    return held


def read_sheets(tables: Tables) -> tuple[SheetLine, ...]:
    """Every KPI sheet with weights in percent points.

    A sheet written as 45 % or 0.45 is held in fractions; 1.5 is far from 1 and farther from 100.
    """
    lines = []
    for holder, held in _by_holder(tables).items():
        weights = [number(row["weight"]) or 0.0 for row in held]
        factor = 100.0 if sum(weights) <= 1.5 else 1.0
        lines += [
            SheetLine(holder, str(row["kpi"]), weight * factor, text(row.get("metric_id")),
                      text(row.get("level")))
            for row, weight in zip(held, weights, strict=True)
        ]  # fmt: skip
    return tuple(lines)


def sheet_checks(lines: Sequence[SheetLine], settings: Settings) -> tuple[Check, ...]:
    """TR12: each sheet sums to 100, holds 3 to 8 measures, none too small, none too large."""
    found: list[Check] = []
    for holder, held in grouped(lines, lambda line: line.holder).items():
        total = sum(line.weight for line in held)
        if abs(total - 100) > settings.weight_tolerance:
            found.append(Check(holder, "weights_sum", "warn", "sheet", {"total": total}))
        if not settings.kpi_least <= len(held) <= settings.kpi_most:
            limits = {"least": settings.kpi_least, "most": settings.kpi_most}
            values = {"count": len(held), **limits}
            found.append(Check(holder, "kpi_count", "warn", "sheet", values))
        for line in held:
            found += _weight_checks(line, settings)
    return tuple(found)


def _weight_checks(line: SheetLine, settings: Settings) -> Iterable[Check]:
    values: dict[str, float | int | str | None] = {"holder": line.holder, "weight": line.weight}
    if line.weight < settings.weight_least:
        values["limit"] = settings.weight_least
        yield Check(line.kpi, "weight_small", "warn", "sheet", values)
    if line.weight > settings.weight_most:
        values["limit"] = settings.weight_most
        yield Check(line.kpi, "weight_large", "warn", "sheet", values)


def unassigned(forest: Forest, lines: Sequence[SheetLine]) -> tuple[Check, ...]:
    """Measures of leaves that stand on nobody's sheet, once each; nothing to say without sheets."""
    held = {line.kpi for line in lines} | {line.metric_id for line in lines if line.metric_id}
    leaves: dict[str, list[Goal]] = defaultdict(list)
    for goal in forest.goals:
        if lines and not forest.children(goal) and not held & {goal.goal_id, goal.metric_id}:
            leaves[goal.metric_id].append(goal)
    return tuple(
        Check(goals[0].goal_id, "kpi_unassigned", "warn", "goal",
              {"metric": metric, "count": len(goals)})
        for metric, goals in leaves.items()
    )  # fmt: skip


def raci_problems(tables: Tables) -> list[Problem]:
    """Cells that hold another letter than R, A, C or I."""
    return [
        tables.problem("tree_raci", "tree.role_unknown", row=at, column="role", value=row["role"])
        for at, row in tables.rows("tree_raci")
        if not _letters(row["role"]) or set(_letters(row["role"])) - set(LETTERS)
    ]


def _letters(written: object) -> str:
    return "".join(c for c in str(written).upper() if c.isalpha())


def read_raci(tables: Tables, facts: Facts) -> tuple[Role, ...]:
    """The RACI table; a person is a department if so marked or if the case lists it as one."""
    return tuple(
        Role(
            str(row["action"]),
            str(row["person"]),
            "".join(letter for letter in LETTERS if letter in _letters(row["role"])),
            row.get("is_department") is True or str(row["person"]) in facts.departments,
        )
        for _, row in tables.rows("tree_raci")
    )


def raci_checks(roles: Sequence[Role], settings: Settings) -> tuple[Check, ...]:
    """Exactly one A and at least one R an action; nobody idle, nobody under a heap."""
    found: list[Check] = []
    for action, held in grouped(roles, lambda role: role.action).items():
        found += _action_checks(action, held, settings)
    for person, held in grouped(roles, lambda role: role.person).items():
        found += _person_checks(person, held, settings)
    return tuple(sorted(found, key=lambda check: (check.id, check.code)))


def _action_checks(action: str, held: Sequence[Role], settings: Settings) -> Iterable[Check]:
    accountable = [role for role in held if "A" in role.letters]
    consulted = sum("C" in role.letters for role in held)
    if not accountable:
        yield Check(action, "no_accountable", "error", "action")
    if len(accountable) > 1:
        people = "; ".join(role.person for role in accountable)
        yield Check(action, "many_accountable", "error", "action", {"people": people})
    if not any("R" in role.letters for role in held):
        yield Check(action, "no_responsible", "error", "action")
    if consulted > settings.consulted_most:
        values = {"count": consulted, "most": settings.consulted_most}
        yield Check(action, "many_consulted", "warn", "action", values)
    for role in accountable:
        if role.is_department:
            department = {"department": role.person}
            yield Check(action, "department_without_person", "warn", "action", department)


def _person_checks(person: str, held: Sequence[Role], settings: Settings) -> Iterable[Check]:
    accountable = sum("A" in role.letters for role in held)
    responsible = sum("R" in role.letters for role in held)
    if not accountable and not responsible:
        yield Check(person, "idle_person", "note", "person")
    if accountable > settings.accountable_most:
        values = {"count": accountable, "most": settings.accountable_most}
        yield Check(person, "accountable_overload", "warn", "person", values)
    if responsible > settings.responsible_most:
        values = {"count": responsible, "most": settings.responsible_most}
        yield Check(person, "responsible_overload", "warn", "person", values)

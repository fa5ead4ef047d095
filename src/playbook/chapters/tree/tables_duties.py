"""The tables of duties: weights, RACI, cascade sheets, and the rules that are broken."""

from collections.abc import Sequence

from playbook.chapters.tree.lettering import amount
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.model_duties import Cascade
from playbook.chapters.tree.tables import Row, Setter
from playbook.core.section import Table
from playbook.core.text import listing, say


def weights_table(set_: Setter) -> Table:
    """One row a sheet: its sum, and its measures with their weights."""
    columns = [set_.column("holder"), set_.column("sum", "number", 0), set_.column("measures")]
    rows: list[Row] = []
    for holder in dict.fromkeys(line.holder for line in set_.result.sheets):
        held = [line for line in set_.result.sheets if line.holder == holder]
        named = [f"{set_.name(line.kpi)} {line.weight:g}" for line in held]
        total = sum(line.weight for line in held)
        measures = listing(named, set_.lang)
        rows.append({"holder": set_.name(holder), "sum": total, "measures": measures})
    return set_.table("weights", columns, rows)


def raci_table(set_: Setter) -> Table:
    """One row an action: who holds which letter."""
    columns = [set_.column("action"), *(set_.column(f"letter_{c}") for c in "ARCI")]
    rows: list[Row] = []
    for action in dict.fromkeys(role.action for role in set_.result.raci):
        held = [role for role in set_.result.raci if role.action == action]
        who = {
            f"letter_{c}": set_.several(r.person for r in held if c in r.letters) for c in "ARCI"
        }
        rows.append({"action": set_.name(action), **who})
    return set_.table("raci", columns, rows)


def cascade_table(set_: Setter, sheets: Sequence[Cascade], key: str) -> Table:
    """Cascade sheets: one after the other, each holder named once."""
    columns = [
        set_.column("holder"), set_.column("goal"), set_.column("weight", "number", 0),
        set_.column("baseline"), set_.column("target"), set_.column("start", "date"),
        set_.column("due", "date"), set_.column("feeds"), set_.column("feeds_owner"),
        set_.column("rests_on_owners"),
    ]  # fmt: skip
    rows: list[Row] = []
    for sheet in sheets:
        for i, goal in enumerate(sheet.goals):
            rows.append(
                {
                    "holder": set_.name(sheet.holder) if i == 0 else "",
                    "goal": set_.name(goal.goal_id),
                    "weight": goal.weight,
                    "baseline": amount(goal.baseline, goal.unit, set_.lang),
                    "target": amount(goal.target, goal.unit, set_.lang),
                    "start": goal.start,
                    "due": goal.due,
                    "feeds": set_.name(goal.feeds),
                    "feeds_owner": set_.people(goal.feeds_owner),
                    "rests_on_owners": set_.several(goal.rests_on_owners),
                }
            )
    used = [c for c in columns if any(row[c.key] is not None for row in rows)]
    return set_.table(key, used, rows)


def check_table(set_: Setter) -> Table:
    """Rules broken, by rule: how bad, which, where, what to do."""
    columns = [set_.column(key) for key in ("check_level", "rule", "where", "todo")]
    by_rule: dict[tuple[str, str], list[Check]] = {}
    for check in set_.result.checks:
        by_rule.setdefault((check.level, check.code), []).append(check)
    rows = [
        {
            "check_level": say(f"tree.state.{level}", set_.lang),
            "rule": say(f"tree.rule.{code}", set_.lang),
            "where": listing([_where(set_, check) for check in found], set_.lang),
            "todo": say(f"tree.todo.{code}", set_.lang),
        }
        for (level, code), found in by_rule.items()
    ]
    return set_.table("checks", columns, rows)


def _where(set_: Setter, check: Check) -> str:
    name = set_.name(check.id) or check.id
    holder = check.values.get("holder")
    return f"{set_.name(str(holder))}: {name}" if holder else name

"""The tables of duties: weights, RACI, top goals in appraisal, and the rules that are broken."""

from playbook.chapters.tree.duties import grouped
from playbook.chapters.tree.model import Check
from playbook.chapters.tree.tables import Row, Setter
from playbook.core.section import Table
from playbook.core.text import listing, say


def weights_table(set_: Setter) -> Table:
    """One row a sheet: its sum, and its measures with their weights."""
    columns = [set_.column("holder"), set_.column("sum", "number", 0), set_.column("measures")]
    rows: list[Row] = []
    for holder, held in grouped(set_.result.sheets, lambda line: line.holder).items():
        named = [f"{set_.name(line.kpi)} {line.weight:g}" for line in held]
        total = sum(line.weight for line in held)
        measures = listing(named, set_.lang)
        rows.append({"holder": set_.name(holder), "sum": total, "measures": measures})
    return set_.table("weights", columns, rows)


def raci_table(set_: Setter) -> Table:
    """One row an action: who holds which letter, which department leads, which support (E06)."""
    columns = [
        set_.column("action"), *(set_.column(f"letter_{c}") for c in "ARCI"),
        set_.column("leads"), set_.column("supports"),
    ]  # fmt: skip
    named = {role.person: role.person for role in set_.result.raci if role.is_department}
    teams = {**set_.result.teams, **named}
    rows: list[Row] = []
    for action, held in grouped(set_.result.raci, lambda role: role.action).items():
        who = {
            f"letter_{c}": set_.several(r.person for r in held if c in r.letters) for c in "ARCI"
        }
        placed = [role for role in held if role.person in teams]
        lead = dict.fromkeys(teams[r.person] for r in placed if "A" in r.letters)
        near = dict.fromkeys(teams[role.person] for role in placed)
        supports = [team for team in near if team not in lead]
        rows.append({"action": set_.name(action), **who, "leads": set_.several(lead),
                     "supports": set_.several(supports)})  # fmt: skip
    used = [c for c in columns if any(row[c.key] is not None for row in rows)]
    return set_.table("raci", used, rows)


def appraisal_table(set_: Setter) -> Table:
    """I06: top goals, their owners' sheets, and who else carries them."""
    columns = [
        set_.column("goal"), set_.column("owner"), set_.column("weight", "number", 0),
        set_.column("carried_by"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "goal": set_.name(one.goal_id),
            "owner": set_.people(one.owner),
            "weight": one.weight,
            "carried_by": set_.several(one.others),
        }
        for one in set_.result.appraisals
    ]
    return set_.table("appraisal", columns, rows)


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

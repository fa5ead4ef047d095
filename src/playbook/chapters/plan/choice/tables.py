"""The tables of the choice: raw numbers, the unit beside them."""

from collections.abc import Iterable, Mapping

from playbook.chapters.plan.choice.lettering import amount, span, unit_name
from playbook.chapters.plan.choice.model import ActionRow, Answer, Choice, GoalRow
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import NOT_KNOWN, Lang, Name, has, known_as, listing, say

Row = Mapping[str, Cell]
FIELDS = ("enterprise", "project", "education", "society")
LIBRARY = 3


class Setter:
    """Sets the tables of one choice in one language."""

    def __init__(self, choice: Choice, lang: Lang, names: Mapping[str, Name]) -> None:
        self.choice, self.lang, self.names = choice, lang, names

    def name(self, key: str | None) -> str:
        return NOT_KNOWN if key is None else known_as(key, self.names, self.lang)

    def several(self, keys: Iterable[str]) -> str | None:
        return listing([self.name(key) for key in keys], self.lang) or None

    def word(self, key: str) -> str:
        return say(f"plan.choice.{key}", self.lang)

    def column(self, key: str, kind: Kind = "text", digits: int = 0, ends: bool = False) -> Column:
        low, high = (f"{key}_low", f"{key}_high") if ends else ("", "")
        return Column(key, self.word(f"column.{key}"), kind, digits, low, high)

    def table(self, key: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Table:
        note = f"plan.choice.table_note.{key}"
        said = say(note, self.lang) if has(note, self.lang) else ""
        return Table(f"plan_{key}", self.word(f"table.{key}"), columns, tuple(rows), said)

    def actions(self) -> Table:
        """Every action, the chosen first, then by the share of draws that choose it."""
        columns = (
            self.column("selected"), self.column("action"), self.column("goal"),
            self.column("impact"), self.column("effort", "integer", ends=True),
            self.column("cost", "money"), self.column("select_share", "percent"),
            self.column("state"), self.column("remark"),
        )  # fmt: skip
        rows = sorted(
            self.choice.actions, key=lambda r: (not r.selected, -r.select_share, r.action)
        )
        return self.table("choice", columns, map(self._action, rows))

    def _action(self, row: ActionRow) -> Row:
        low, high = row.impact_low, row.impact_high
        ends = "" if low == high else f" ({span(low, high)})"
        return {
            "selected": "✓" if row.selected else "",
            "action": self.name(row.action),
            "goal": self.name(row.goal_id),
            "impact": amount(row.impact_likely, row.unit, self.lang) + ends,
            "effort": row.effort_likely,
            "effort_low": row.effort_low,
            "effort_high": row.effort_high,
            "cost": row.cost,
            "select_share": row.select_share,
            "state": self.word(f"state.{'must' if row.must else row.state}"),
            "remark": self._remark(row),
        }

    def _remark(self, row: ActionRow) -> str | None:
        """What qualifies the row: prescribed, quoted, not counted, needs or excludes others."""
        parts = []
        if row.must:
            said = say("plan.choice.remark.must", self.lang, share=row.free_share)
            parts.append(said)
        if row.anonymous:
            parts.append(self.word("remark.anonymous"))
        if row.counted != "yes":
            parts.append(self.word(f"remark.{row.counted}"))
        if row.requires:
            parts.append(say("plan.choice.remark.requires", self.lang,
                             actions=self.several(row.requires)))  # fmt: skip
        if row.excludes:
            parts.append(say("plan.choice.remark.excludes", self.lang,
                             actions=self.several(row.excludes)))  # fmt: skip
        return ("；" if self.lang == "zh" else "; ").join(parts) or None

    def goals(self) -> Table:
        """Gap, gain and chance of each goal, with the weight it has in the choice."""
        columns = (
            self.column("goal"), self.column("gap"), self.column("gain"),
            self.column("gain_range"), self.column("closed", "percent"),
            self.column("weight", "percent"), self.column("weight_from"),
            self.column("count"),
        )  # fmt: skip
        return self.table("choice_goals", columns, map(self._goal, self.choice.goals))

    def _goal(self, goal: GoalRow) -> Row:
        return {
            "goal": self.name(goal.goal_id),
            "gap": amount(goal.gap, goal.unit, self.lang),
            **self.gain(goal),
            "closed": goal.prob_gap_closed,
            "weight": goal.weight,
            "weight_from": self.word(f"weight_from.{goal.weight_from}"),
            "count": f"{goal.selected} / {goal.actions}",
        }

    def gain(self, goal: GoalRow) -> Row:
        """What the chosen actions gain; of none it is said that none was chosen."""
        if not goal.selected:
            return {"gain": self.word("no_action"), "gain_range": None}
        return {
            "gain": amount(goal.gain, goal.unit, self.lang),
            "gain_range": span(goal.gain_low, goal.gain_high),
        }

    def overlaps(self) -> Table:
        """Actions on the same cases and what they can gain together."""
        columns = (self.column("group"), self.column("goal"), self.column("actions"),
                   self.column("cap"), self.column("lost"))  # fmt: skip
        units = {goal.goal_id: goal.unit for goal in self.choice.goals}
        rows = [
            {
                "group": self.name(one.group),
                "goal": self.name(one.goal_id),
                "actions": self.several(one.actions),
                "cap": amount(one.cap, units.get(one.goal_id, ""), self.lang)
                + (self.word("remark.assumed") if one.assumed else ""),
                "lost": amount(
                    -one.lost if one.lost else 0.0, units.get(one.goal_id, ""), self.lang
                ),
            }
            for one in self.choice.overlaps
        ]
        return self.table("overlaps", columns, rows)

    def answers(self) -> Table:
        """Which diagnosed need each chosen action answers, and the numbers behind it."""
        columns = (self.column("action"), self.column("need"), self.column("diagnosis"),
                   self.column("n", "integer"), self.column("supports"))  # fmt: skip
        chosen = set(self.choice.selected)
        rows = [self._answer(one) for one in self.choice.answers if one.action in chosen]
        return self.table("answers", columns, rows)

    def _answer(self, one: Answer) -> Row:
        kind = None
        if one.kind is not None:
            kind = say(f"plan.choice.kind.{one.kind}", self.lang)
        values = {"kind": kind, "value": one.value, "low": one.low, "high": one.high}
        supports = "none" if one.supports is None else "yes" if one.supports else "no"
        return {
            "action": self.name(one.action),
            "need": self.name(one.need),
            "diagnosis": say(f"plan.choice.diagnosis.{one.source}", self.lang, **values),
            "n": one.n,
            "supports": self.word(f"supports.{supports}"),
        }

    def limits(self) -> Table:
        """What another limit would make of the plan."""
        columns = (self.column("limit"), self.column("amount", "money"),
                   self.column("total", "percent" if not self.choice.one_goal else "number", 1),
                   self.column("added"), self.column("dropped"))  # fmt: skip
        rows = [
            {
                "limit": say(f"plan.choice.limit.{step.limit}", self.lang, change=step.change),
                "amount": step.amount,
                "total": step.total,
                "added": self.several(step.added),
                "dropped": self.several(step.dropped),
            }
            for step in self.choice.limits
        ]
        return self.table("limits", columns, rows)

    def rivals(self) -> Table:
        """The ranks that products of scores give, beside the share of draws."""
        columns = (self.column("action"), self.column("selected"),
                   self.column("select_share", "percent"), self.column("top_share", "percent"),
                   self.column("ice", "integer"), self.column("rice", "integer"),
                   self.column("by_ice"), self.column("by_rice"))  # fmt: skip
        taken = {one.kind: set(one.selected) for one in self.choice.rivals}
        rows = [
            {
                "action": self.name(row.action),
                "selected": "✓" if row.selected else "",
                "select_share": row.select_share,
                "top_share": row.top_share,
                "ice": row.ice_rank,
                "rice": row.rice_rank,
                "by_ice": "✓" if row.action in taken.get("ice", set()) else "",
                "by_rice": "✓" if row.action in taken.get("rice", set()) else "",
            }
            for row in sorted(self.choice.actions, key=lambda r: (-r.select_share, r.action))
        ]
        return self.table("rivals", columns, rows)

    def library(self) -> Table:
        """Typical key actions by field (D10), to start a list from; figures are the client's."""
        columns = (self.column("field"), self.column("action"), self.column("moves"),
                   self.column("first_step"))  # fmt: skip
        rows = [
            {"field": self.word(f"field.{field}"),
             **{part: self.word(f"library.{field}_{k}.{part}")
                for part in ("action", "moves", "first_step")}}
            for field in FIELDS
            for k in range(1, LIBRARY + 1)
        ]  # fmt: skip
        return self.table("library", columns, rows)


def unit_of(choice: Choice, lang: Lang) -> str:
    """The unit of the total: of the one goal, or the share of all gaps."""
    return unit_name(choice.unit, lang) if choice.one_goal else ""

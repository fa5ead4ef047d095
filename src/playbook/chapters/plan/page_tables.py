"""The plan on a page: goals, key actions, dates, owners, money, risks."""

from collections.abc import Mapping
from datetime import date

from playbook.chapters.plan.analysis import PlanResult
from playbook.chapters.plan.choice.lettering import amount
from playbook.chapters.plan.choice.model import ActionRow
from playbook.chapters.plan.choice.tables import Setter as Choosing
from playbook.chapters.plan.risks.tables import Setter
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, known_as, say

RISKS_SHOWN = 5


class Page:
    """The page's tables in one language."""

    def __init__(self, result: PlanResult, lang: Lang) -> None:
        self.result, self.lang = result, lang

    def name(self, code: str | None) -> str:
        return known_as(code or "", self.result.names, self.lang)

    def column(self, key: str, kind: Kind = "text", digits: int = 1, **ends: str) -> Column:
        label = say(f"plan.page.column.{key}", self.lang, currency=self.result.currency)
        return Column(key, label, kind, digits, **ends)

    def table(
        self, id_: str, columns: tuple[Column, ...], rows: tuple[Mapping[str, Cell], ...]
    ) -> Table:
        return Table(f"plan_page_{id_}", say(f"plan.page.table.{id_}", self.lang), columns, rows)

    def goals(self) -> Table | None:
        """Each goal: its gap, what the chosen actions are likely to gain, when they are done."""
        choice, schedule = self.result.choice, self.result.schedule
        if choice is None:
            return None
        ends = {goal.goal_id: goal.p80_on for goal in schedule.goals} if schedule else {}
        set_ = Choosing(choice, self.lang, self.result.names)
        gains = {goal.goal_id: set_.gain(goal) for goal in choice.goals}
        rows = tuple(
            {
                "goal": self.name(goal.goal_id),
                "gap": amount(goal.gap, goal.unit, self.lang),
                "gain": gains[goal.goal_id]["gain"],
                "range": gains[goal.goal_id]["gain_range"],
                "closed": goal.prob_gap_closed, "p80_on": ends.get(goal.goal_id),
            }
            for goal in choice.goals
        )  # fmt: skip
        columns = (
            self.column("goal"), self.column("gap"), self.column("gain"), self.column("range"),
            self.column("closed", "percent", 0), self.column("p80_on", "date"),
        )  # fmt: skip
        return self.table("goals", columns, rows)

    def actions(self) -> Table | None:
        """The chosen actions in the order they start."""
        choice = self.result.choice
        if choice is None:
            return None
        rows = tuple(self._action(row) for row in self._in_time(choice.actions))
        columns = (
            self.column("action"), self.column("goal"), self.column("owner"),
            self.column("start_on", "date"), self.column("end_on", "date"),
            self.column("p80_on", "date"), self.column("effort", "number", 0),
            self.column("cost", "money", 0), self.column("share", "percent", 0),
            self.column("first_step"),
        )  # fmt: skip
        return self.table("actions", columns, rows)

    def _in_time(self, rows: tuple[ActionRow, ...]) -> list[ActionRow]:
        schedule = self.result.schedule
        starts = {row.action: row.start_on for row in schedule.rows} if schedule else {}
        chosen = [row for row in rows if row.selected]
        return sorted(chosen, key=lambda row: (starts.get(row.action, date.max), row.action))

    def _action(self, row: ActionRow) -> Mapping[str, Cell]:
        timed = self.result.schedule.row(row.action) if self.result.schedule else None
        return {
            "action": self.name(row.action), "goal": self.name(row.goal_id),
            "owner": self.name(row.owner), "effort": row.effort_likely, "cost": row.cost,
            "share": row.select_share, "first_step": self.name(row.first_step),
            "start_on": timed.start_on if timed else None,
            "end_on": timed.end_on if timed else None,
            "p80_on": timed.finish_p80_on if timed else None,
        }  # fmt: skip

    def risks(self) -> Table | None:
        """The first risks of the register, with their owner and trigger."""
        if self.result.risks is None:
            return None
        table = Setter(self.result.risks, self.lang, self.result.names).watch()
        keys = ("order", "risk", "trigger", "response")
        columns = tuple(column for column in table.columns if column.key in keys)
        rows = tuple({key: row[key] for key in keys} for row in table.rows[:RISKS_SHOWN])
        return self.table("risks", columns, rows)

    def promise(self) -> str:
        """One sentence: the date that can be promised, and the chance of the one asked for."""
        schedule = self.result.schedule
        if schedule is None or schedule.promised_on is None:
            return say("plan.page.no_promise", self.lang)
        values = {"p80": schedule.promised_on.isoformat(), "likely": schedule.end_on.isoformat()}
        if schedule.due is None or schedule.p_due is None:
            return say("plan.page.promise", self.lang, **values)
        return say("plan.page.promise_due", self.lang, due=schedule.due.isoformat(),
                   share=schedule.p_due, **values)  # fmt: skip

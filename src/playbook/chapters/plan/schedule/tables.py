"""The tables of the schedule: raw days, dates and shares."""

from collections.abc import Iterable, Mapping, Sequence

from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, Name, known_as, listing, say

Row = Mapping[str, Cell]
SELDOM = 0.005
"""Chains that are longest in fewer draws are not listed."""


class Setter:
    """Sets the tables of one schedule in one language."""

    def __init__(self, result: Schedule, lang: Lang, names: Mapping[str, Name]) -> None:
        self.result, self.lang, self.names = result, lang, names

    def name(self, key: str | None) -> str | None:
        return None if key is None else known_as(key, self.names, self.lang)

    def several(self, keys: Iterable[str]) -> str | None:
        return listing([self.name(key) or key for key in keys], self.lang) or None

    def chain(self, keys: Iterable[str]) -> str:
        arrow = say("plan.schedule.figure.arrow", self.lang)
        return arrow.join(self.name(key) or key for key in keys)

    def column(self, key: str, kind: Kind = "text", digits: int = 0) -> Column:
        return Column(key, say(f"plan.schedule.column.{key}", self.lang), kind, digits)

    def table(self, key: str, columns: Sequence[Column], rows: Iterable[Row]) -> Table:
        title = say(f"plan.schedule.table.{key}", self.lang)
        return Table(f"plan_schedule_{key}", title, tuple(columns), tuple(rows))

    def dates(self) -> Table:
        """Every chosen action by start."""
        columns = [
            self.column("action"), self.column("owner"), self.column("after"),
            self.column("likely_days", "number", _digits(self.result)),
            self.column("safe_days", "number", _digits(self.result)),
            self.column("start_on", "date"), self.column("end_on", "date"),
            self.column("latest_end_on", "date"), self.column("total_float", "number"),
            self.column("free_float", "number"),
        ]  # fmt: skip
        rows = [
            {
                "action": self.name(row.action), "after": self.several(row.after),
                "owner": short_name(self.name(row.owner) or "") or None,
                "likely_days": row.likely_days, "safe_days": row.safe_days,
                "start_on": row.start_on, "end_on": row.end_on,
                "latest_end_on": row.latest_end_on, "total_float": row.total_float,
                "free_float": row.free_float,
            }
            for row in self.result.rows
        ]  # fmt: skip
        return self.table("dates", columns, rows)

    def chances(self) -> Table:
        """How often each action sets the end, and how sure its own date is."""
        columns = [
            self.column("action"), self.column("end_on", "date"),
            self.column("finish_p80_on", "date"), self.column("due", "date"),
            self.column("p_due", "percent"), self.column("criticality", "percent"),
            self.column("p80_gain", "number", 1),
        ]  # fmt: skip
        rows = [
            {
                "action": self.name(row.action), "end_on": row.end_on,
                "finish_p80_on": row.finish_p80_on, "due": row.due, "p_due": row.p_due,
                "criticality": row.criticality, "p80_gain": row.p80_gain,
            }
            for row in self.result.rows
        ]  # fmt: skip
        return self.table("chances", columns, rows)

    def chains(self) -> Table:
        """The critical chains of the likely durations."""
        columns = [
            self.column("chain"), self.column("likely_days", "number"),
            self.column("safe_days", "number"), self.column("wait_days", "number"),
            self.column("half_removed", "number", 1), self.column("root_sum_square", "number", 1),
        ]  # fmt: skip
        rows = [
            {
                "chain": self.chain(one.actions), "likely_days": one.likely_days,
                "safe_days": one.safe_days, "wait_days": one.wait_days or None,
                "half_removed": one.half_removed, "root_sum_square": one.root_sum_square,
            }
            for one in self.result.chains
        ]  # fmt: skip
        return self.table("chains", columns, rows)

    def longest(self) -> Table:
        """Which chain was longest in what share of draws."""
        columns = [self.column("chain"), self.column("share", "percent")]
        simulated = self.result.simulation
        held = simulated.longest if simulated else ()
        rows: list[Row] = [
            {"chain": self.chain(one.actions), "share": one.share}
            for one in held
            if one.share >= SELDOM or one is held[0]
        ]
        return self.table("longest", columns, rows)

    def promises(self) -> Table:
        """Each rule with its date and the simulated chance to keep it, the earliest first."""
        simulated = self.result.simulation is not None
        columns = [self.column("rule"), self.column("on", "date"), self.column("buffer", "number")]
        if simulated:
            columns += [self.column("p_in_time", "percent"), self.column("claimed", "percent")]
        rows = [
            {
                "rule": say(f"plan.schedule.rule.{one.rule}", self.lang, floor=self.floor_share()),
                "on": one.on, "buffer": one.buffer, "p_in_time": one.p_in_time,
                "claimed": one.claimed,
            }
            for one in self.result.promises
        ]  # fmt: skip
        return self.table("promises" if simulated else "promises_bare", columns, rows)

    def together(self) -> Table:
        """The end under other correlations of the durations."""
        simulated = self.result.simulation
        columns = [self.column("common_factor", "number", 1), self.column("p50_on", "date"),
                   self.column("p80_on", "date"), self.column("p90_on", "date")]  # fmt: skip
        if self.result.due is not None:
            columns.append(self.column("p_due", "percent"))
        rows: list[Row] = [
            {"common_factor": one.common_factor, "p50_on": one.p50_on, "p80_on": one.p80_on,
             "p90_on": one.p90_on, "p_due": one.p_due}
            for one in (simulated.together if simulated else ())
        ]  # fmt: skip
        return self.table("together", columns, rows)

    def floor_share(self) -> float:
        """The floor as a share of the chain, as it was set."""
        half = self.result.buffer_half_chain
        return self.result.buffer_floor / (2 * half) if half else 0.0

    def goals(self) -> Table:
        """When each goal's last action is done, against the goal's end date."""
        columns = [
            self.column("goal"), self.column("last_action"), self.column("end_on", "date"),
            self.column("finish_p80_on", "date"), self.column("goal_due", "date"),
            self.column("p_due", "percent"),
        ]  # fmt: skip
        rows = [
            {
                "goal": self.name(one.goal_id), "last_action": self.name(one.last_action),
                "end_on": one.end_on, "finish_p80_on": one.p80_on, "goal_due": one.due,
                "p_due": one.p_due,
            }
            for one in self.result.goals
        ]  # fmt: skip
        return self.table("goals", columns, rows)

    def doubts(self) -> Table:
        """The flags, each with the actions it speaks of."""
        columns = [self.column("where"), self.column("doubt")]
        rows: list[Row] = []
        for flag in self.result.flags:
            first = flag.code == "predecessor_left_out"
            where = flag.ids[:1] if first else flag.ids
            others = self.several(flag.ids[1:]) if first else None
            text = say(f"plan.schedule.flag.{flag.code}", self.lang, others=others, **flag.values)
            rows.append({"where": self.several(where), "doubt": text})
        return self.table("doubts", columns, rows)


def _digits(result: Schedule) -> int:
    """Half days are shown where there are any."""
    whole = all(row.likely_days % 1 == 0 and row.safe_days % 1 == 0 for row in result.rows)
    return 0 if whole else 1

"""The tables of the section: raw values in the unit printed beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from playbook.chapters.tree.formulas import cause_change
from playbook.chapters.tree.lettering import amount, in_print, unit_name
from playbook.chapters.tree.model import Node, Part, TreeResult
from playbook.chapters.tree.views import Shape
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Column, Table
from playbook.core.text import Lang, listing, say

Row = Mapping[str, Cell]


class Setter:
    """Sets the tables of one result in one language."""

    def __init__(self, result: TreeResult, lang: Lang) -> None:
        self.result, self.lang = result, lang
        self.nodes = {node.goal_id: node for node in result.nodes}
        self.shape = Shape(result.nodes)

    def name(self, key: str | None) -> str | None:
        if key is None:
            return None
        known = self.result.names.get(key)
        return known.in_(self.lang) if known else key

    def people(self, written: str | None) -> str | None:
        """Owners as stored, one or several, by name."""
        return self.several((written or "").split("; ")) if written else None

    def several(self, keys: Iterable[str]) -> str | None:
        return listing([short_name(self.name(key) or key) for key in keys], self.lang) or None

    def code(self, kind: str, value: str | None) -> str | None:
        return None if value is None else say(f"tree.code.{kind}.{value}", self.lang)

    def unit(self, unit: str) -> str:
        return unit_name(unit, self.lang)

    def column(self, key: str, kind: str = "text", digits: int = 1, ends: bool = False) -> Column:
        low, high = (f"{key}_low", f"{key}_high") if ends else ("", "")
        return Column(key, say(f"tree.column.{key}", self.lang), kind, digits, low, high)  # type: ignore[arg-type]

    def table(self, key: str, columns: Sequence[Column], rows: Iterable[Row]) -> Table:
        title = say(f"tree.table.{key}", self.lang)
        return Table(f"tree_{key}", title, tuple(columns), tuple(rows))

    def goals(self, levels: int = 99) -> Table:
        """Every goal down to so many levels, each under its parent: from what to what, whose."""
        columns = [
            self.column(key)
            for key in ("goal", "level", "kind", "edge", "baseline", "target", "owner")
        ] + [self.column("due", "date"), self.column("state")]
        rows = [self._goal(node) for node in self.shape.in_order if node.depth <= levels]
        return self.table("goals" if levels == 99 else "goals_top", columns, rows)

    def _goal(self, node: Node) -> Row:
        return {
            "goal": "　" * node.depth + (self.name(node.goal_id) or ""),
            "level": self.code("level", node.level),
            "kind": self.code("kind", node.kind),
            "edge": self.code("edge_short", node.edge) if node.parent_id else None,
            "baseline": amount(node.baseline, node.unit, self.lang),
            "target": amount(node.target, node.unit, self.lang),
            "owner": self.people(node.owner),
            "due": node.due,
            "state": say(f"tree.state.{node.state}", self.lang),
        }

    def sums(self) -> Table:
        """Parents: their own target beside what the children make of it, and how sure."""
        columns = [
            self.column("goal"), self.column("node"), self.column("baseline", "number", 2),
            self.column("target", "number", 2), self.column("recomputed", "number", 2, ends=True),
            self.column("unit"), self.column("prob_reach_parent", "percent", 0),
            self.column("buffer", "number", 2), self.column("coverage", "percent", 0),
            self.column("state"),
        ]  # fmt: skip
        computed = [node for node in self.result.nodes if node.recomputed is not None]
        return self.table("sums", columns, [self._sum(node) for node in computed])

    def _sum(self, node: Node) -> Row:
        shown = ("baseline", "target", "recomputed", "recomputed_low", "recomputed_high", "buffer")
        return {
            **{key: in_print(getattr(node, key), node.unit) for key in shown},
            "goal": self.name(node.goal_id),
            "node": self.code("node", node.node),
            "unit": self.unit(node.unit),
            "prob_reach_parent": node.prob_reach_parent,
            "coverage": node.coverage,
            "state": say(f"tree.state.{node.state}", self.lang),
        }

    def allocation(self) -> Table:
        """Children: what was asked of them beside what the split asks."""
        columns = [
            self.column("feeds"), self.column("goal"), self.column("method"),
            self.column("baseline", "number", 2), self.column("reachable", "number", 2),
            self.column("asked", "number", 2), self.column("needed", "number", 2),
            self.column("unit"),
        ]  # fmt: skip
        rows = [
            {
                "feeds": self.name(row.parent_id),
                "goal": self.name(row.goal_id),
                "method": self.code("method", row.method),
                "baseline": in_print(row.baseline, row.unit),
                "reachable": in_print(row.reachable, row.unit),
                "asked": in_print(row.asked, row.unit),
                "needed": in_print(row.target, row.unit),
                "unit": self.unit(row.unit),
            }
            for row in self.result.allocation
        ]
        return self.table("allocation", columns, rows)

    def chain(self) -> Table:
        """Rate chains: every way to reach the product, side by side."""
        keys = ("rate", "equal_odds", "equal_relative", "equal_share")
        columns = [
            self.column("feeds"), self.column("goal"),
            *(self.column(key, "percent", 1) for key in keys),
            self.column("contribution_log_mean", "points", 2),
            self.column("contribution_shapley", "points", 2),
        ]  # fmt: skip
        rows: list[Row] = []
        for chain in self.result.chains:
            for i, stage in enumerate(chain.stages):
                lists = {key: getattr(chain, key) for key in
                         ("equal_odds", "equal_relative", "contribution_log_mean",
                          "contribution_shapley")}  # fmt: skip
                rows.append(
                    {
                        "feeds": self.name(chain.goal_id),
                        "goal": self.name(stage),
                        "rate": chain.rates[i],
                        "equal_share": chain.equal_share,
                        **{key: found[i] if found else None for key, found in lists.items()},
                    }
                )
        return self.table("chain", columns, rows)

    def contributions(self) -> Table:
        """Parts of each planned change."""
        columns = [
            self.column("feeds"), self.column("goal"), self.column("method"),
            self.column("change", "signed", 2, ends=True), self.column("unit"),
            self.column("share", "percent", 0), self.column("prob_largest", "percent", 0),
            self.column("rank"),
        ]  # fmt: skip
        rows = [
            {
                "feeds": self.name(whole.goal_id),
                "goal": self.name(part.goal_id),
                "method": self.code("method", whole.method),
                "change": in_print(part.change, whole.unit),
                "change_low": in_print(part.low, whole.unit),
                "change_high": in_print(part.high, whole.unit),
                "unit": say("display.pp", self.lang).strip()
                if self.unit(whole.unit) == "%" else self.unit(whole.unit),
                "share": part.share,
                "prob_largest": part.prob_largest,
                "rank": self._rank(part),
            }
            for whole in self.result.contributions
            for part in whole.parts
        ]  # fmt: skip
        return self.table("contributions", columns, rows)

    def _rank(self, part: Part) -> str | None:
        """The rank if it holds in enough draws; else that it is open."""
        if part.prob_rank is None:
            return None
        key = "open" if part.rank is None else "held"
        return say(f"tree.code.rank.{key}", self.lang, rank=part.rank, prob=part.prob_rank)

    def pareto(self) -> Table:
        """TR7: a fall of the whole booked on one cause, beside what that cause would have to do."""
        columns = [
            self.column("feeds"), self.column("cause"), self.column("share_before", "percent", 0),
            self.column("whole_change", "percent", 1), self.column("alone", "percent", 1),
            self.column("planned", "percent", 1),
        ]  # fmt: skip
        rows = [
            {
                "feeds": self.name(whole.goal_id),
                "cause": self.name(part.goal_id),
                "share_before": part.share_before,
                "whole_change": whole.after / whole.before - 1,
                "alone": say("tree.figure.cannot_alone", self.lang)
                if part.alone < -1 else part.alone,
                "planned": part.change / part.before,
            }
            for whole in self.result.contributions
            for part in whole.parts
            if part.alone is not None
        ]  # fmt: skip
        given = {"share": 0.9, "change": -0.15}  # the example of the source documents
        alone = cause_change(given["share"], given["change"])
        note = say("tree.table.pareto_note", self.lang, **given, alone=alone)
        return replace(self.table("pareto", columns, rows), note=note)

    def mix(self) -> Table:
        """Rate and mix effect per branch, the sum last."""
        columns = [
            self.column("goal"), self.column("branch"), self.column("weight_before", "integer"),
            self.column("weight_after", "integer"), self.column("value_before", "number"),
            self.column("value_after", "number"), self.column("rate_effect", "signed", 2, True),
            self.column("mix_effect", "signed", 2, True),
        ]  # fmt: skip
        rows: list[Row] = []
        for mix in self.result.mixes:
            unit = self.nodes[mix.goal_id].unit
            shown = ("value_before", "value_after", "rate_effect", "mix_effect")
            rows += [
                {
                    **{key: in_print(getattr(row, key), unit) for key in shown},
                    "goal": self.name(mix.goal_id),
                    "branch": self.name(row.unit),
                    "weight_before": row.weight_before,
                    "weight_after": row.weight_after,
                }
                for row in mix.units
            ]
            rows.append(
                {
                    "goal": self.name(mix.goal_id),
                    "branch": say("tree.figure.together", self.lang),
                    "weight_before": sum(row.weight_before for row in mix.units),
                    "weight_after": sum(row.weight_after for row in mix.units),
                    "rate_effect": in_print(mix.rate_total, unit),
                    "mix_effect": in_print(mix.mix_total, unit),
                    "rate_effect_low": in_print(mix.rate_low, unit),
                    "rate_effect_high": in_print(mix.rate_high, unit),
                    "mix_effect_low": in_print(mix.mix_low, unit),
                    "mix_effect_high": in_print(mix.mix_high, unit),
                }
            )
        return self.table("mix", columns, rows)

    def drivers(self) -> Table:
        """Influence edges and their evidence."""
        columns = [
            self.column("goal"), self.column("feeds"), self.column("basis"),
            self.column("r", "number", 2, ends=True), self.column("n", "integer"),
            self.column("partial", "number", 2, ends=True), self.column("verdict"),
        ]  # fmt: skip
        rows = [
            {
                "goal": self.name(one.goal_id),
                "feeds": self.name(one.parent_id),
                "basis": self.code("basis", one.basis),
                "r": one.r, "r_low": one.low, "r_high": one.high, "n": one.n,
                "partial": one.partial, "partial_low": one.partial_low,
                "partial_high": one.partial_high,
                "verdict": self.code("verdict", _verdict(one.basis, one.is_weak)),
            }
            for one in self.result.drivers
        ]  # fmt: skip
        return self.table("drivers", columns, rows)


def _verdict(basis: str, weak: bool) -> str:
    if basis in ("words", "none"):
        return basis
    return "weak" if weak else "holds"

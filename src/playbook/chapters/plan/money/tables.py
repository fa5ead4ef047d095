"""Budget, presets and vendor cards as tables."""

from collections.abc import Iterable, Mapping

from playbook.chapters.plan.money.lettering import named
from playbook.chapters.plan.money.model import Budget, Preset, VendorRow
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, Name, say


class Setter:
    """Sets the tables of the money in one language."""

    def __init__(self, lang: Lang, names: Mapping[str, Name]) -> None:
        self.lang, self.names = lang, names

    def name(self, key: str | None) -> str | None:
        return None if key is None else named(key, self.names, self.lang)

    def column(self, key: str, kind: Kind = "text", digits: int = 0, **ends: str) -> Column:
        return Column(key, say(f"plan.money.column.{key}", self.lang), kind, digits, **ends)

    def _table(
        self, key: str, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Cell]],
        title: str = "",
    ) -> Table:  # fmt: skip
        said = title or say(f"plan.money.table.{key}", self.lang)
        return Table(f"plan_money_{key}", said, columns, tuple(rows))

    def categories(self, budget: Budget) -> Table:
        """Planned money by category, with the range of its lines."""
        columns = (
            self.column("category"), self.column("planned", "money", low="low", high="high"),
            self.column("share", "percent", 1),
        )  # fmt: skip
        rows: list[Mapping[str, Cell]] = [
            {"category": self.name(c.category), "planned": c.planned, "share": c.share,
             **_ends(c.low, c.high)}
            for c in budget.by_category
        ]  # fmt: skip
        rows.append({"category": say("plan.money.total", self.lang), "planned": budget.total,
                     "share": None, **_ends(budget.low, budget.high)})  # fmt: skip
        return self._table("categories", columns, rows)

    def quarters(self, budget: Budget) -> Table:
        columns = (self.column("quarter"), self.column("planned", "money"))
        rows: list[Mapping[str, Cell]] = [
            {"quarter": quarter, "planned": amount} for quarter, amount in budget.by_quarter.items()
        ]
        return self._table("quarters", columns, rows)

    def by_action(self, budget: Budget) -> Table:
        """What each action costs in the plan and what the lines hold for it."""
        columns = (
            self.column("action"), self.column("chosen"), self.column("cost", "money"),
            self.column("planned", "money"), self.column("difference", "signed"),
            self.column("reuse", "percent"),
        )  # fmt: skip
        rows: list[Mapping[str, Cell]] = [
            {"action": self.name(one.action), "chosen": "✓" if one.chosen else "",
             "cost": one.cost, "planned": one.planned,
             "difference": None if one.cost is None else one.planned - one.cost,
             "reuse": one.reuse}
            for one in budget.by_action
        ]  # fmt: skip
        return self._table("budget_actions", columns, rows)

    def preset(self, preset: Preset) -> Table:
        """A preset over the same total, beside what is planned."""
        columns = (
            self.column("category"), self.column("share", "percent", 0),
            self.column("amount", "money"), self.column("planned", "money"),
        )  # fmt: skip
        rows: list[Mapping[str, Cell]] = [
            {"category": self.name(line.category), "share": line.share, "amount": line.amount,
             "planned": line.planned}
            for line in preset.lines
        ]  # fmt: skip
        chosen = say("plan.money.chosen", self.lang) if preset.chosen else ""
        title = say(f"plan.money.preset.{preset.preset}", self.lang) + chosen
        return self._table(f"preset_{preset.preset}", columns, rows, title)

    def vendors(self, rows: Iterable[VendorRow]) -> Table:
        """Acceptance criteria of each vendor, met, missed or open."""
        columns = (
            self.column("vendor"), self.column("criterion"), self.column("wanted"),
            self.column("observed", "percent", 1, low="low", high="high"),
            self.column("n", "integer"), self.column("state"), self.column("owner"),
        )  # fmt: skip
        return self._table("vendors", columns, (self._vendor(row) for row in rows))

    def _vendor(self, row: VendorRow) -> Mapping[str, Cell]:
        wanted = say(f"plan.money.rule.{_RULES[row.rule]}", self.lang, wanted=row.wanted)
        return {
            "vendor": self.name(row.vendor), "criterion": self.name(row.criterion),
            "wanted": wanted, "observed": row.observed, "low": row.low, "high": row.high,
            "n": row.n, "state": say(f"plan.money.state.{row.state}", self.lang)
            + (say("plan.money.unsure", self.lang) if row.certainty == "undecided" else ""),
            "owner": self.name(row.owner),
        }  # fmt: skip


_RULES = {">=": "least", "<=": "most", "done": "done"}


def _ends(low: float, high: float) -> dict[str, Cell]:
    """A range, where there is one to show."""
    return {"low": low, "high": high} if high > low else {"low": None, "high": None}

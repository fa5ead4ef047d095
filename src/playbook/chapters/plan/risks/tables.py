"""The risk register as tables."""

from collections.abc import Mapping

from playbook.chapters.plan.risks.lettering import level_words
from playbook.chapters.plan.risks.model import Risk, Risks
from playbook.core.metrics import dictionary
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, Name, known_as, listing, say


class Setter:
    """Sets the tables of one register in one language."""

    def __init__(self, result: Risks, lang: Lang, names: Mapping[str, Name]) -> None:
        self.result, self.lang, self.names = result, lang, names

    def name(self, key: str | None) -> str | None:
        """The client's name of an id, else the dictionary's name of a metric, else the id."""
        if key is None:
            return None
        metric = None if key in self.names else dictionary().get(key)
        if metric is None:
            return known_as(key, self.names, self.lang)
        name = metric.name.in_(self.lang)
        return name[:1].upper() + name[1:]

    def column(self, key: str, kind: Kind = "text", digits: int = 0) -> Column:
        return Column(key, say(f"plan.risks.column.{key}", self.lang), kind, digits)

    def register(self) -> Table:
        """Every risk in its order, with what is missing."""
        columns = (
            self.column("order", "integer"), self.column("risk"), self.column("family"),
            self.column("probability", "integer"), self.column("impact", "integer"),
            self.column("score", "integer"), self.column("level"), self.column("owner"),
            self.column("missing"),
        )  # fmt: skip
        return self._table("register", columns)

    def watch(self) -> Table:
        """What to watch and what to do: trigger, response, money at stake."""
        columns = (
            self.column("order", "integer"), self.column("risk"), self.column("trigger"),
            self.column("response"), self.column("action"), self.column("money", "money"),
            self.column("exposure", "money"),
        )  # fmt: skip
        return self._table("watch", columns)

    def _table(self, key: str, columns: tuple[Column, ...]) -> Table:
        wanted = {column.key for column in columns}
        rows = tuple(
            {k: v for k, v in self._row(risk).items() if k in wanted} for risk in self.result.risks
        )
        return Table(f"plan_risks_{key}", say(f"plan.risks.table.{key}", self.lang), columns, rows)

    def trigger(self, risk: Risk) -> str | None:
        """The metric and the level from which on the response starts, as one says it."""
        name, written = self.name(risk.trigger_metric), risk.trigger_level
        if not name or not written:
            return name or written
        metric = dictionary().get(risk.trigger_metric or "")
        level = level_words(written, metric.unit if metric else "", self.lang)
        return f"{name}{level}" if self.lang == "zh" else f"{name} {level}"

    def _row(self, risk: Risk) -> Mapping[str, Cell]:
        missing = [say(f"plan.risks.missing.{key}", self.lang) for key in risk.missing]
        return {
            "order": risk.order, "risk": self.name(risk.risk),
            "family": say(f"plan.risks.family.{risk.family}", self.lang),
            "probability": risk.probability, "impact": risk.impact, "score": risk.score,
            "level": say(f"plan.risks.level.{risk.level}", self.lang),
            "owner": self.name(risk.owner), "missing": listing(missing, self.lang) or None,
            "trigger": self.trigger(risk), "response": self.name(risk.response),
            "action": self.name(risk.action), "money": risk.money, "exposure": risk.exposure,
        }  # fmt: skip

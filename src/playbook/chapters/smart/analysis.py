"""Goals checked one by one: the text settles S, M, T, data settle A, links settle R."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from playbook.chapters.smart.cards import Surroundings, check_card, judged_on
from playbook.chapters.smart.checks import check_tables, flat_histories, metrics_of, read_settings
from playbook.chapters.smart.conclusions import findings_of
from playbook.chapters.smart.evidence import Evidence, evidence_for
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.result import Checked, SmartResult
from playbook.chapters.smart.sentence import check_goals
from playbook.core.inputs import Inputs, names_for
from playbook.core.metrics import Metric
from playbook.core.problems import Problem, refuse_errors
from playbook.core.text import Name

_NAMES = ("name_zh_hans", "name_zh_hant", "name_en")


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Faults of the sentences, samples and drivers (section 4 of the method)."""
    return check_tables(inputs)


def analyse(inputs: Inputs[Settings]) -> SmartResult:
    """Check every goal card and every sentence of the case.

    Cards come from the result of ``goals``; their numbers decide, their statement is only read.
    Raises RefusedError for what ``check`` finds wrong.
    """
    problems = check(inputs)
    refuse_errors(problems)
    metrics = metrics_of(inputs)
    goals = inputs.earlier.get("goals", {})
    book = Casebook(inputs, goals, metrics)
    checked = (*_checked_cards(book), *_checked_sentences(book))
    ids = sorted({c.metric_id for c in checked if c.metric_id} | {c.goal_id for c in checked}
                 | {c.owner_name for c in checked if c.owner_name}
                 | {c.promise.queue for c in checked if c.promise})  # fmt: skip
    known = {m.metric_id: Name(m.zh_hans, m.en) for m in metrics.values()} | dict(
        inputs.tables.names()
    )
    problems = (*problems, *flat_histories(goals))
    return SmartResult(
        checked, names_for(ids, known), problems, findings_of(checked), inputs.settings.show_total
    )


class Casebook:
    """All that a case knows of its metrics, asked metric by metric."""

    def __init__(
        self, inputs: Inputs[Settings], goals: Mapping[str, Any], metrics: Mapping[str, Metric]
    ) -> None:
        self.inputs, self.goals = inputs, goals
        self._metrics = metrics
        self._samples = [row for _, row in inputs.tables.rows("smart_samples")]
        self._queues = [row for _, row in inputs.tables.rows("plan_load")]

    @property
    def own_names(self) -> Mapping[str, str]:
        """The client's names of its metrics in lower case, by the table ``goals_metrics``."""
        rows = [row for _, row in self.inputs.tables.rows("goals_metrics")]
        named = [(row.get(c), row["metric_id"]) for row in rows for c in _NAMES]
        return {str(name).lower(): str(key) for name, key in named if name}

    def known(self, metric_id: str, day: date) -> Evidence:
        """What was known of the metric by that day."""
        return evidence_for(metric_id, self.goals, self._samples, self._queues, self._metrics, day)

    def known_to_sentence(self, metric_id: str | None, day: date | None) -> Evidence | None:
        """The same, but None where there is neither history nor a queue: then A is not asked."""
        if metric_id is None or day is None:
            return None
        found = self.known(metric_id, day)
        return found if found.history or found.queues else None


def _checked_cards(book: Casebook) -> Iterator[Checked]:
    cards = book.goals.get("cards", ())
    absent = dict.fromkeys(("r", "r_low", "r_high", "n", "rank"))
    around = Surroundings(
        {card["goal_id"]: card for card in cards},
        [absent | row for _, row in book.inputs.tables.rows("smart_drivers")],
        book.inputs.settings,
        "plan_actions" in book.inputs.tables,
        bool(book.inputs.facts.strategy_themes)
        or any(card["customer_need"] or card["strategy_theme"] for card in cards),
    )
    for card in cards:
        day = judged_on(card, book.inputs.facts.reference_date)
        known = book.known(card["metric_id"], day)
        yield check_card(card, _as_held(card, known), day, around)


def _as_held(card: Mapping[str, Any], known: Evidence) -> Evidence:
    """A card's own kind of value decides its unit, also for a metric the dictionary lacks."""
    return replace(known, unit="share" if card["kind"] == "share" else card["unit"])


def _checked_sentences(book: Casebook) -> Iterator[Checked]:
    for _, row in book.inputs.tables.rows("smart_sentences"):
        settings = read_settings(book.inputs, row)
        day = settings.reference_date
        found = check_goals(
            str(row["sentence_id"]), str(row["text"]), settings,
            lambda metric_id, day=day: book.known_to_sentence(metric_id, day),  # type: ignore[misc]
            book.inputs.settings,
            book.own_names,
        )  # fmt: skip
        for goal in found:
            yield replace(goal, rewrite_of=row.get("rewrite_of"))

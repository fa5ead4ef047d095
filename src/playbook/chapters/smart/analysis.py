"""Goals checked one by one: the text settles S, M, T, data settle A, links settle R."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from playbook.chapters.smart.assemble import check_card, check_sentence
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.reading import ReadSettings
from playbook.chapters.smart.result import Checked, SmartResult
from playbook.core.findings import Finding, Weight
from playbook.core.inputs import Inputs, names_for
from playbook.core.metrics import Metric, dictionary, with_rows
from playbook.core.problems import Problem, refuse_errors
from playbook.core.text import Name

_DAMAGED = ("??", "\ufffd")


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Faults of the sentences, samples and drivers (section 4 of the method)."""
    return (*_settings_faults(inputs), *_sentence_faults(inputs), *_unknown_metrics(inputs))


def analyse(inputs: Inputs[Settings]) -> SmartResult:
    """Check every goal card and every sentence of the case.

    Cards come from the result of ``goals``; their numbers decide, their statement is only read.
    Raises RefusedError for what ``check`` finds wrong.
    """
    problems = check(inputs)
    refuse_errors(problems)
    metrics = _metrics(inputs)
    goals = inputs.earlier.get("goals", {})
    checked = [
        *(check_card(card, goals, inputs) for card in goals.get("cards", ())),
        *_checked_sentences(inputs),
    ]
    ids = sorted({c.metric_id for c in checked if c.metric_id} | {c.goal_id for c in checked}
                 | {c.owner_name for c in checked if c.owner_name})  # fmt: skip
    known = {m.metric_id: Name(m.zh_hans, m.en) for m in metrics.values()} | dict(
        inputs.tables.names()
    )
    return SmartResult(tuple(checked), names_for(ids, known), problems, _findings(checked))


def read_settings(inputs: Inputs[Settings], reference: date | None = None) -> ReadSettings:
    """How the reader is to read dates in this case."""
    chosen = inputs.settings
    month, day = (int(part) for part in chosen.fiscal_year_end.split("-"))
    return ReadSettings(
        reference or inputs.facts.reference_date, (month, day), chosen.day_first,
        most_characters=chosen.most_characters, most_goals=chosen.most_goals,
    )  # fmt: skip


def _metrics(inputs: Inputs[Settings]) -> Mapping[str, Metric]:
    if "goals_metrics" not in inputs.tables:
        return dictionary()
    return with_rows(cells for _, cells in inputs.tables.rows("goals_metrics"))


def _checked_sentences(inputs: Inputs[Settings]) -> Iterator[Checked]:
    for _, row in inputs.tables.rows("smart_sentences"):
        settings = read_settings(inputs, row.get("reference_date"))
        yield check_sentence(str(row["sentence_id"]), str(row["text"]), settings)


def _settings_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    month, _, day = inputs.settings.fiscal_year_end.partition("-")
    try:
        date(2024, int(month), int(day))
    except ValueError:
        value = inputs.settings.fiscal_year_end
        yield Problem("smart.fiscal_year_end", file="case.toml [smart]", value=value)


def _sentence_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    most = inputs.settings.most_characters
    for number, row in inputs.tables.rows("smart_sentences"):
        text = str(row["text"])
        codes = (
            ("text_damaged", any(mark in text for mark in _DAMAGED)),
            ("text_long", len(text) > most),
        )
        for code, _ in (pair for pair in codes if pair[1]):
            yield inputs.tables.problem(
                "smart_sentences", f"smart.{code}", level="warn", row=number, column="text",
                value=text, most=most,
            )  # fmt: skip


def _unknown_metrics(inputs: Inputs[Settings]) -> Iterator[Problem]:
    from playbook.core.metrics import nearest

    metrics = _metrics(inputs)
    for table, columns in (
        ("smart_samples", ("metric_id",)),
        ("smart_drivers", ("parent_metric", "metric_id")),
    ):
        for number, row in inputs.tables.rows(table):
            for column in columns:
                if row[column] not in metrics:
                    near = nearest(str(row[column]), metrics) or "–"
                    yield inputs.tables.problem(
                        table, "smart.metric_unknown", row=number, column=column,
                        value=row[column], near=near,
                    )  # fmt: skip


_RULES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("rewrite_goal", "SM", frozenset()),
    ("split_goal", "S", frozenset({"too_many_goals"})),
    ("deadline_missing_sla_present", "T", frozenset({"service_level_is_no_deadline"})),
    ("raise_or_maintain", "A", frozenset({"already_met"})),
    ("move_date_or_step", "A", frozenset({"too_fast"})),
    ("promise_below_limit", "A", frozenset({"at_bound"})),
    ("not_held", "A", frozenset({"not_held"})),
    ("stretch_with_plan", "A", frozenset({"faster_than_ever", "held_partly"})),
    ("drop_or_relink", "R", frozenset({"not_a_driver", "sign_opposite", "no_link"})),
    ("state_link", "R", frozenset({"link_asserted", "minor_driver", "evidence_thin"})),
    ("not_detectable", "M", frozenset({"not_detectable"})),
    ("low_power", "M", frozenset({"low_power"})),
)
"""Conclusion, the letters it looks at, the reasons that give it; none: any fail."""

_HEADLINES = {"rewrite_goal", "raise_or_maintain", "move_date_or_step", "promise_below_limit"}


def _findings(checked: Iterable[Checked]) -> tuple[Finding, ...]:
    """Section 7 over the cards; sentences are exercise texts and give no client conclusion."""
    cards = [c for c in checked if c.origin == "card"]
    ready = tuple(c.goal_id for c in cards if c.ready)
    counts = {"ready": len(ready), "all": len(cards)}
    code = "goals_ready" if ready else "none_ready"
    found = [Finding(code, "fact", ready, counts, "headline")] if cards else []
    for code, letters, reasons in _RULES:
        ids = tuple(c.goal_id for c in cards if _holds(c, letters, reasons))
        if ids:
            weight: Weight = "headline" if code in _HEADLINES else "detail"
            found.append(Finding(code, "fact", ids, {"count": len(ids)}, weight))
    unknown = tuple(c.goal_id for c in cards if c.letters["A"].value == "unknown")
    if unknown:
        found.append(Finding("collect_history", "fact", unknown, {"count": len(unknown)}))
    return tuple(found)


def _holds(goal: Checked, letters: str, reasons: frozenset[str]) -> bool:
    verdicts = [goal.letters[letter] for letter in letters]
    if not reasons:
        return any(v.value == "fail" for v in verdicts)
    return any(reasons & set(v.reasons) for v in verdicts)

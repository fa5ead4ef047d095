"""The sector's preset beside what the case holds, and its example cards as rows of ``goals``."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from playbook.chapters.goals.evidence import Baseline, Benchmark
from playbook.chapters.goals.inputs import CARDS, Settings
from playbook.chapters.goals.model import Card, SectorMetric, SectorView
from playbook.chapters.goals.presets import Example, preset, sectors
from playbook.core.inputs import Facts
from playbook.core.metrics import dictionary
from playbook.core.periods import add_months
from playbook.core.text import Lang, say

_COMPARATOR = {"increase": ">=", "decrease": "<=", "maintain": "="}


def sector_of(settings: Settings, facts: Facts) -> str:
    """The sector whose preset is shown: set for the chapter, else the case's if there is one."""
    return settings.sector or (facts.sector if facts.sector in sectors() else "")


def sector_view(
    sector: str,
    cards: Sequence[Card],
    baselines: Mapping[str, Baseline],
    benchmarks: Sequence[Benchmark],
) -> SectorView | None:
    """Which of the sector's metrics have a goal, a history, peers; None without a sector."""
    if not sector:
        return None
    made = preset(sector)
    peers = {b.metric_id: b.n_peers for b in benchmarks}
    lines = tuple(
        SectorMetric(
            metric,
            tuple(c.goal_id for c in cards if c.metric_id == metric),
            baselines[metric].k if metric in baselines else 0,
            peers.get(metric, 0),
        )
        for metric in made.metrics
    )
    return SectorView(sector, made.name, lines, made.examples)


def example_rows(sector: str, lang: Lang, start: date) -> tuple[dict[str, str], ...]:
    """The example cards of a sector as rows of ``goals``: every column, blank where only the
    client knows (baseline, target, owner, source). Raises KeyError for a sector without preset.

    >>> row = example_rows("retail", "en", date(2026, 1, 1))[0]
    >>> row["metric_id"], row["due"], row["target"]
    ('complaints_per_100_orders', '2026-12-31', '')
    """
    examples = preset(sector).examples
    rows = [_row(e, lang, start) for e in examples]
    for number, (row, example) in enumerate(zip(rows, examples, strict=True), 1):
        row["goal_id"] = f"S{number}"
        row["parent_id"] = f"S{example.under}" if example.under else ""
    return tuple({field.name: row.get(field.name, "") for field in CARDS.fields} for row in rows)


def example_csv(sector: str, lang: Lang, start: date) -> str:
    """The example cards as text of a ``goals.csv``, ready to be filled in."""
    from csv import DictWriter
    from io import StringIO

    out = StringIO()
    writer = DictWriter(out, [field.name for field in CARDS.fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows(example_rows(sector, lang, start))
    return out.getvalue()


def _row(example: Example, lang: Lang, start: date) -> dict[str, str]:
    metric = dictionary()[example.metric_id]
    due = add_months(start, example.months) - timedelta(days=1)
    people = example.participants.in_(lang).replace("、", ";").replace(", ", ";")
    statement = say(
        f"goals.example.{example.direction}", lang, due=due.isoformat(),
        metric=metric.name.in_(lang),
    )  # fmt: skip
    return {
        "level": "department",
        "metric_id": example.metric_id,
        "direction": example.direction,
        "comparator": _COMPARATOR[example.direction],
        "unit": metric.unit,
        "start": start.isoformat(),
        "due": due.isoformat(),
        "participants": people,
        "customer_need": example.need.in_(lang),
        "review_every": "month" if metric.frequency == "week" else metric.frequency,
        "guardrail_metric": example.guardrail_metric,
        "statement": statement,
    }

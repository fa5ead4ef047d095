"""The sector's preset as shown: its metrics beside what the case holds, and cards to copy."""

from playbook.chapters.goals.card_tables import Row, column, table
from playbook.chapters.goals.model import GoalsResult, SectorView
from playbook.chapters.goals.presets import Example, preset, sectors
from playbook.chapters.goals.wording import capital, code, named
from playbook.core.metrics import dictionary
from playbook.core.section import Item, Table, Text
from playbook.core.text import Lang, listing, say


def sector_items(result: GoalsResult, lang: Lang) -> tuple[Item, ...]:
    """What the sector usually measures, and its example cards; without a sector, which there are.

    The rows for ``goals.csv`` themselves are made by ``sector.example_csv``.
    """
    view = result.sector
    if view is None:
        known = [f"{key}（{name}）" if lang == "zh" else f"{key} ({name})"
                 for key in sectors() for name in (preset(key).name.in_(lang),)]  # fmt: skip
        return (Text((say("goals.empty.sector", lang, known=listing(known, lang)),)),)
    open_ones = [named(result, m.metric_id, lang) for m in view.metrics if not m.goals]
    lead = say("goals.lead.sector", lang, sector=view.name.in_(lang), count=len(view.metrics),
               open=len(open_ones), metrics=listing(open_ones, lang) or "–")  # fmt: skip
    return Text((lead,)), _metrics(result, view, lang), _examples(view, lang)


def _metrics(result: GoalsResult, view: SectorView, lang: Lang) -> Table:
    rows: tuple[Row, ...] = tuple(
        {
            "metric": named(result, m.metric_id, lang),
            "metric_id": m.metric_id,
            "lead_lag": code("lead_lag", dictionary()[m.metric_id].lead_lag, lang),
            "goals": listing(m.goals, lang) or say("goals.word.no_goal", lang),
            "k": m.periods,
            "n_peers": m.peers,
        }
        for m in view.metrics
    )
    columns = (
        column("metric", lang), column("metric_id", lang), column("lead_lag", lang),
        column("goals", lang), column("k", lang, "integer"), column("n_peers", lang, "integer"),
    )  # fmt: skip
    note = say("goals.table.sector_note", lang)
    return table("sector", columns, rows, lang, note)


def _examples(view: SectorView, lang: Lang) -> Table:
    def row(number: int, e: Example) -> Row:
        metric = dictionary()[e.metric_id]
        guard = dictionary().get(e.guardrail_metric)
        return {
            "goal": f"S{number}",
            "parent": f"S{e.under}" if e.under else "–",
            "metric": capital(metric.name.in_(lang)),
            "metric_id": e.metric_id,
            "direction": code("direction", e.direction, lang),
            "need": e.need.in_(lang),
            "participants": e.participants.in_(lang),
            "months": e.months,
            "guardrail": capital(guard.name.in_(lang)) if guard else "–",
        }

    columns = tuple(
        column(key, lang, "integer" if key == "months" else "text")
        for key in ("goal", "parent", "metric", "metric_id", "direction", "need",
                    "participants", "months", "guardrail")
    )  # fmt: skip
    rows = tuple(row(number, e) for number, e in enumerate(view.examples, 1))
    return table("examples", columns, rows, lang, say("goals.table.examples_note", lang))

"""The chapter: tables in, needs, benchmark, baselines and goal cards out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from playbook.chapters.goals import conclusions as say_so
from playbook.chapters.goals.card_checks import PINYIN_NOTE, baseline_problems, card_problems
from playbook.chapters.goals.cards import card, with_flags
from playbook.chapters.goals.checks import peer_problems, table_problems
from playbook.chapters.goals.competitors import benchmark, fields_of, market
from playbook.chapters.goals.departments import driver_missing, outside_service
from playbook.chapters.goals.evidence import Attainable, Baseline, Needs
from playbook.chapters.goals.history import baseline, best_units, readings
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.model import Capability, Card, GoalsResult, MetricLine, Source
from playbook.chapters.goals.need_table import by_channel, season_unseen, series_of
from playbook.chapters.goals.needs import assess, channel_mix, ordered
from playbook.chapters.goals.presets import preset
from playbook.chapters.goals.problem_statement import problem_statement
from playbook.chapters.goals.rows import metrics_of, rows_of
from playbook.chapters.goals.sector import sector_of, sector_view
from playbook.core.inputs import Inputs, names_for
from playbook.core.metrics import Metric
from playbook.core.problems import Problem, errors, refuse_errors
from playbook.core.text import Name


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Every fault of the chapter's tables, at once; doubts that need numbers only after them."""
    found = [*card_problems(inputs), *table_problems(inputs), *_preset_problem(inputs)]
    if errors(found):
        return tuple(found)
    metrics = metrics_of(inputs)
    bases = _baselines(inputs, metrics)
    made = _cards(inputs, metrics, bases)
    found += [*baseline_problems(inputs, made, metrics), *peer_problems(inputs)]
    return tuple(found)


def analyse(inputs: Inputs[Settings]) -> GoalsResult:
    """What to aim at. Raises RefusedError with every fault of the tables.

    Shares are 0-1, NPS is points, times are in the unit of their metric.
    """
    problems = check(inputs)
    refuse_errors(problems)
    settings, metrics = inputs.settings, metrics_of(inputs)
    bases = _baselines(inputs, metrics)
    units = _units(inputs, metrics)
    needs = _needs(inputs)
    mix = channel_mix(by_channel(inputs), settings.channel_alpha)
    peers = tuple(
        found
        for one in fields_of(inputs, metrics, bases)
        if (found := benchmark(
            one, settings, inputs.facts.seed, units.get(one.metric.metric_id)
        ))
    )  # fmt: skip
    cards = _flagged(tuple(_cards(inputs, metrics, bases).values()), inputs, needs, problems)
    result = GoalsResult(
        needs=needs,
        channel_mix=mix,
        benchmark=peers,
        attainable=tuple(units.values()),
        market=market(inputs),
        baselines=tuple(bases.values()),
        cards=cards,
        sources=_sources(inputs),
        capability=_capability(inputs),
        metrics=_metric_lines(cards, metrics, inputs),
        unknown=say_so.unknowns(cards, peers, bases, needs, settings),
        problem=problem_statement(needs, cards),
        sector=sector_view(sector_of(settings, inputs.facts), cards, bases, peers),
        names={},
        settings=settings,
        findings=(),
        problems=tuple(p for p in problems if p.level != "error"),
    )
    told = say_so.all_findings(result)
    return replace(result, findings=told, names=_names(result, inputs, metrics))


def _baselines(inputs: Inputs[Settings], metrics: Mapping[str, Metric]) -> dict[str, Baseline]:
    read = readings(inputs, metrics)
    made = {key: baseline(metrics[key], rows, inputs.settings) for key, rows in read.items()}
    return {key: base for key, base in made.items() if base is not None}


def _units(inputs: Inputs[Settings], metrics: Mapping[str, Metric]) -> dict[str, Attainable]:
    read = readings(inputs, metrics)
    made = {key: best_units(metrics[key], rows, inputs.settings) for key, rows in read.items()}
    return {key: best for key, best in made.items() if best is not None}


def _needs(inputs: Inputs[Settings]) -> Needs:
    settings = inputs.settings
    series = series_of(inputs)
    found = assess(
        series,
        settings.window,
        settings.confidence,
        settings.trend_periods,
        settings.need_scale,
    )
    if not found:
        return Needs()
    items, rule, swappable = ordered(found)
    by_step = {p.step: p.period for s in series for p in s.points}
    periods = tuple(by_step[step] for step in sorted(by_step))
    return Needs(
        items,
        periods[-settings.window :],
        periods,
        rule,
        not swappable,
        swappable,
        all(p.exposure is not None for s in series for p in s.points),
        season_unseen(periods, settings),
    )


def _cards(
    inputs: Inputs[Settings], metrics: Mapping[str, Metric], bases: Mapping[str, Baseline]
) -> dict[int, Card]:
    """Row number -> card."""
    made = {}
    for row in rows_of(inputs, "goals"):
        metric = metrics[str(row["metric_id"])]
        made[row.at] = card(row, metric, bases.get(metric.metric_id), inputs.settings)
    return made


def _flagged(
    cards: Sequence[Card], inputs: Inputs[Settings], needs: Needs, problems: Sequence[Problem]
) -> tuple[Card, ...]:
    """The cards with the codes of all that was found about them; pinyin notes taken out."""
    here = inputs.tables.problem("goals", "goals.metric_vague")
    rows, metrics = [row.at for row in rows_of(inputs, "goals")], metrics_of(inputs)
    of_row: dict[int, list[str]] = {}
    for p in problems:
        if (p.file, p.sheet) == (here.file, here.sheet) and p.row is not None:
            of_row.setdefault(p.row, []).append(p.code.partition(".")[2])
    out = []
    for at, made in zip(rows, cards, strict=True):
        codes = [*of_row.get(at, ()), *_links(made, cards, inputs, needs, metrics)]
        said, said_en = map(_without_notes, (made.statement, made.statement_en))
        out.append(with_flags(replace(made, statement=said, statement_en=said_en), codes))
    return tuple(out)


def _without_notes(text: str | None) -> str | None:
    return None if text is None else PINYIN_NOTE.sub("", text)


def _links(
    made: Card,
    cards: Sequence[Card],
    inputs: Inputs[Settings],
    needs: Needs,
    metrics: Mapping[str, Metric],
) -> list[str]:
    """GO13, GO14 and the process driver, as flags."""
    known = {n.need for n in needs.items}
    themes, people = inputs.facts.strategy_themes, made.participants
    everybody = {*inputs.facts.departments, *(p for c in cards for p in c.participants)}
    outside = outside_service(people, inputs.settings.service_departments)
    linked = (
        bool(made.parent_id)
        or (made.strategy_theme is not None and (made.strategy_theme in themes or not themes))
        or (made.customer_need is not None and (made.customer_need in known or not known))
    )
    metric, names = metrics[made.metric_id], inputs.tables.names()
    holds = (
        ("only_service_team", not outside),
        ("driver_not_named", outside and driver_missing(metric, people, everybody, names)),
        ("no_link", not linked),
        ("no_process_driver", say_so.process_driver_missing(made, cards)),
    )
    return [code for code, is_so in holds if is_so]


def _sources(inputs: Inputs[Settings]) -> tuple[Source, ...]:
    return tuple(
        Source(
            str(r["source"]), str(r["kind"]), r["n"], r["date_from"], r["date_to"],
            r["licence_or_consent"], r["drawn"],
        )
        for r in rows_of(inputs, "goals_sources")
    )  # fmt: skip


def _capability(inputs: Inputs[Settings]) -> tuple[Capability, ...]:
    return tuple(
        Capability(
            str(r["item"]), str(r["kind"]), r["own"], r["competitor"],
            None if r["competitor"] is None else r["own"] - r["competitor"],
        )
        for r in rows_of(inputs, "goals_capability")
    )  # fmt: skip


def _metric_lines(
    cards: Sequence[Card], metrics: Mapping[str, Metric], inputs: Inputs[Settings]
) -> tuple[MetricLine, ...]:
    """The metrics of the cards, then those the sector suggests, then the case's own."""
    used = list(dict.fromkeys(c.metric_id for c in cards))
    sector = sector_of(inputs.settings, inputs.facts)
    suggested = preset(sector).metrics if sector else ()
    own = [str(row["metric_id"]) for row in rows_of(inputs, "goals_metrics")]
    wanted = dict.fromkeys((*used, *suggested, *own))
    return tuple(metric_line(metrics[k], k in used) for k in wanted if k in metrics)


def metric_line(m: Metric, used: bool) -> MetricLine:
    """An entry of the dictionary as the result holds it."""
    return MetricLine(
        m.metric_id, m.zh_hant, m.formula, m.formula_hant, m.unit, m.direction, m.bound_low,
        m.bound_high, m.aggregate, m.lead_lag, m.frequency, m.data, m.clock, used,
    )  # fmt: skip


def _preset_problem(inputs: Inputs[Settings]) -> list[Problem]:
    from playbook.chapters.goals.presets import sectors

    sector = inputs.settings.sector
    if not sector or sector in sectors():
        return []
    known = ", ".join(sectors())
    return [Problem("goals.sector_unknown", file="case.toml [goals]", value=sector,
                    values={"known": known})]  # fmt: skip


def _names(
    result: GoalsResult, inputs: Inputs[Settings], metrics: Mapping[str, Metric]
) -> dict[str, Name]:
    """Every code the section prints, with the client's own names before the dictionary's."""
    ids = {m.metric_id for m in result.metrics}
    ids |= {b.metric_id for b in result.baselines} | {b.metric_id for b in result.benchmark}
    ids |= {a.metric_id for a in result.attainable}
    ids |= {c.guardrail_metric for c in result.cards if c.guardrail_metric}
    known = {key: metrics[key].name for key in ids if key in metrics} | dict(inputs.tables.names())
    wanted = [
        *sorted(ids),
        *(c.goal_id for c in result.cards),
        *(n.need for n in result.needs.items),
        *(n.survey.feature for n in result.needs.items if n.survey),
        *(c.customer_need for c in result.cards if c.customer_need),
        *(p.entity for b in result.benchmark for p in b.peers),
        *(u for a in result.attainable for u in a.units),
        *(result.market.entities if result.market else ()),
        *(c.item for c in result.capability if c.item in known),
        *(s.source for s in result.sources if s.source in known),
        *(w for c in result.cards for w in _people(c) if w in known),
    ]
    return names_for(list(dict.fromkeys(w for w in wanted if w)), known)


def _people(made: Card) -> tuple[str | None, ...]:
    return made.owner, made.team, made.strategy_theme, made.source, *made.participants

"""Faults of the tables beside the cards: history, needs, benchmark, market, sources."""

from collections.abc import Iterable, Iterator, Mapping

from playbook.chapters.goals.competitors import covered, fields_of
from playbook.chapters.goals.estimates import PER
from playbook.chapters.goals.history import baseline, history_factor, readings
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.need_checks import lengths, need_problems
from playbook.chapters.goals.rows import Row, metrics_of, rows_of, share_factor
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric, nearest
from playbook.core.periods import first_day, last_day
from playbook.core.problems import Problem

NPS_SMALL = 30


def table_problems(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Every fault and doubt of the tables other than ``goals``."""
    metrics = metrics_of(inputs)
    for table in ("goals_history", "goals_benchmark"):
        yield from unknown_metrics(inputs, table, metrics)
        yield from scales(inputs, table, metrics)
    yield from _counts(inputs)
    yield from _series(inputs, metrics)
    yield from need_problems(inputs)
    yield from _twice(inputs, "goals_history", ("metric_id", "period", "unit_name"))
    yield from _twice(inputs, "goals_needs", ("need", "period", "channel", "segment"))
    yield from _market(inputs)
    yield from _sources(inputs)


def peer_problems(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Doubts about peers; asked only of tables without errors."""
    metrics = metrics_of(inputs)
    read = readings(inputs, metrics)
    bases = {key: baseline(metrics[key], rows, inputs.settings) for key, rows in read.items()}
    known = {key: base for key, base in bases.items() if base is not None}
    tell = inputs.tables.problem
    for one in fields_of(inputs, metrics, known):
        for row in one.not_comparable:
            yield tell(
                "goals_benchmark", "goals.peer_not_comparable", level="warn", row=row.at,
                column="period", value=row["entity"],
            )  # fmt: skip
        undated = next((s.row for s in one.peers if not s.row["period"]), None)
        if undated is not None:
            yield tell(
                "goals_benchmark", "goals.peer_undated", level="warn", row=undated.at,
                column="period", value=undated["entity"], metric=one.metric.metric_id,
            )  # fmt: skip
        if one.own is None and one.peers:
            yield tell(
                "goals_benchmark", "goals.own_missing", level="warn",
                row=one.peers[0].row.at, column="own", value=one.metric.metric_id,
            )  # fmt: skip
    for base in known.values():
        if base.kind == "nps" and base.n is not None and base.n < NPS_SMALL:
            yield tell(
                "goals_history", "goals.nps_small_n", level="warn", column="n",
                value=f"{base.n:.0f}", period=base.period,
            )  # fmt: skip


def unknown_metrics(
    inputs: Inputs[Settings],
    table: str,
    metrics: Mapping[str, Metric],
    column: str = "metric_id",
) -> Iterator[Problem]:
    """Ids that neither the dictionary nor ``goals_metrics`` holds, each told once."""
    told: set[str] = set()
    for row in rows_of(inputs, table):
        metric_id = row[column]
        if metric_id is None or metric_id in metrics or metric_id in told:
            continue
        told.add(metric_id)
        near = nearest(metric_id, metrics)
        code = "goals.metric_unknown_near" if near else "goals.metric_unknown"
        yield inputs.tables.problem(
            table, code, row=row.at, column=column, value=metric_id, near=near
        )


def scales(
    inputs: Inputs[Settings], table: str, metrics: Mapping[str, Metric]
) -> Iterator[Problem]:
    """A series that holds shares and percents at once is asked about, never guessed."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(inputs, table):
        groups.setdefault(str(row["metric_id"]), []).append(row)
    for metric_id, rows in groups.items():
        metric = metrics.get(metric_id)
        if metric is None or not metric.is_share:
            continue
        mode = inputs.settings.rates
        if table == "goals_history":
            factor = history_factor(rows, metric, mode)
        else:
            factor = share_factor((r["value"] for r in rows), mode)
        if factor is None:
            odd = next((r for r in rows if r["value"] and abs(r["value"]) <= 1), rows[0])
            yield inputs.tables.problem(
                table, "goals.percent_or_share", row=odd.at, column="value",
                value=odd["value"], metric=metric_id,
            )  # fmt: skip


def _counts(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Negative volumes, exposures of nought, parts above their whole."""
    tell = inputs.tables.problem
    for table in ("goals_history", "goals_needs"):
        for row in rows_of(inputs, table):
            for column in ("volume", "n", "x"):
                if row[column] is not None and row[column] < 0:
                    yield tell(
                        table, "goals.volume_negative", row=row.at, column=column,
                        value=row[column],
                    )  # fmt: skip
            if row["exposure"] is not None and row["exposure"] <= 0:
                yield tell(
                    table, "goals.exposure_zero", row=row.at, column="exposure",
                    value=row["exposure"],
                )  # fmt: skip
    metrics = metrics_of(inputs)
    for table in ("goals_history", "goals_benchmark"):
        for row in rows_of(inputs, table):
            metric = metrics.get(str(row["metric_id"]))
            parts = (row["x"] or 0) + (row["detractors"] or 0)
            counted = metric is not None and metric.kind in ("share", "nps")
            if counted and row["n"] is not None and parts > row["n"]:
                yield tell(
                    table, "goals.x_above_n", row=row.at, column="x", value=parts, n=row["n"]
                )
            elif metric is not None and _other_value(row, metric):
                yield tell(
                    table, "goals.value_not_counts", level="warn", row=row.at, column="value",
                    value=row["value"], x=row["x"], n=row["exposure"] or row["n"],
                )  # fmt: skip


def _other_value(row: Row, metric: Metric) -> bool:
    """Whether value and counts of a row say different things, in every unit they may be in."""
    base = (row["exposure"] or row["n"]) if metric.kind == "rate" else row["n"]
    if metric.kind not in ("share", "rate") or not base or not row["x"] or not row["value"]:
        return False
    ratio = row["value"] / (row["x"] / base)
    return not any(0.9 < ratio / unit < 1.1 for unit in (1, 100, PER.get(metric.unit, 1)))


def _series(inputs: Inputs[Settings], metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """One series, one source, one formula, one length of period."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(inputs, "goals_history"):
        groups.setdefault(str(row["metric_id"]), []).append(row)
    for metric_id, rows in groups.items():
        for column in ("source", "formula"):
            ways = [r for r in rows if r[column]]
            changed = next((r for r in ways if r[column] != ways[0][column]), None)
            if changed:
                yield inputs.tables.problem(
                    "goals_history", "goals.definition_changed", level="warn", row=changed.at,
                    column=column, value=changed[column], metric=metric_id,
                    before=str(ways[0][column]),
                )  # fmt: skip
        yield from lengths(inputs, "goals_history", rows, "warn")


def _twice(inputs: Inputs[Settings], table: str, key: Iterable[str]) -> Iterator[Problem]:
    """Rows said twice, where the file lacks some of the key's columns."""
    rows = rows_of(inputs, table)
    if table not in inputs.tables or all(name in inputs.tables[table] for name in key):
        return  # the reading of the table has seen to it
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        same = tuple(row[name] for name in key)
        other = first.setdefault(same, row.at)
        if other != row.at:
            shown = " / ".join(str(v) for v in same if v is not None)
            yield inputs.tables.problem(
                table, "goals.row_twice", row=row.at, value=shown, other=other
            )


def _market(inputs: Inputs[Settings]) -> Iterator[Problem]:
    rows = rows_of(inputs, "goals_market")
    tell = inputs.tables.problem
    for period in dict.fromkeys(r["period"] for r in rows):
        here = [r for r in rows if r["period"] == period]
        own = [r for r in here if r["own"]]
        if len(own) != 1:
            at = own[1].at if own else here[0].at
            yield tell("goals_market", "goals.own_not_one", row=at, column="own",
                       value=len(own), period=str(period))  # fmt: skip
        if sum(r["sales"] for r in here) <= 0:
            yield tell("goals_market", "goals.sales_zero", row=here[0].at, column="sales",
                       value=0, period=str(period))  # fmt: skip
    if rows and not covered(rows, inputs.settings):
        yield tell("goals_market", "goals.market_incomplete", level="warn", column="coverage")


def _sources(inputs: Inputs[Settings]) -> Iterator[Problem]:
    rows = rows_of(inputs, "goals_sources")
    tell = inputs.tables.problem
    for row in rows:
        if not row["licence_or_consent"]:
            yield tell("goals_sources", "goals.consent_missing", level="warn", row=row.at,
                       column="licence_or_consent", value=row["source"])  # fmt: skip
        if row["drawn"] in ("volunteers", "convenience"):
            yield tell("goals_sources", "goals.not_random", level="note", row=row.at,
                       column="drawn", value=row["source"], n=row["n"] or 0)  # fmt: skip
    known = {row["source"] for row in rows}
    told: set[str] = set()
    for table in ("goals", "goals_benchmark", "goals_history") if rows else ():
        for row in rows_of(inputs, table):
            source = row["source"]
            if source and source not in known | told:
                told.add(source)
                yield tell(table, "goals.source_unlisted", level="note", row=row.at,
                           column="source", value=source)  # fmt: skip
    yield from _outside_dates(inputs, {str(row["source"]): row for row in rows})


def _outside_dates(inputs: Inputs[Settings], sources: Mapping[str, Row]) -> Iterator[Problem]:
    """Numbers of a time that their source, as registered, does not reach; each source once."""
    told: set[str] = set()
    for table, column in (("goals", "baseline_period"), ("goals_benchmark", "period")):
        for row in rows_of(inputs, table):
            source, period = sources.get(str(row["source"])), row[column]
            if source is None or period is None or str(row["source"]) in told:
                continue
            since, until = source["date_from"], source["date_to"]
            early = since is not None and first_day(str(period)) < since
            if early or (until is not None and last_day(str(period)) > until):
                told.add(str(row["source"]))
                yield inputs.tables.problem(
                    table, "goals.source_dates", level="warn", row=row.at, column=column,
                    value=period, source=str(row["source"]),
                )  # fmt: skip

"""The tables ``goals_benchmark`` and ``goals_market``: our place among peers and in the market."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from playbook.chapters.goals.estimates import measured
from playbook.chapters.goals.evidence import Attainable, Baseline, Benchmark, Market, Peer
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.peers import (
    Counted,
    gap_interval,
    market_share,
    p75_interval,
    position,
)
from playbook.chapters.goals.rows import Row, rows_of, scaled, share_factor
from playbook.core.inputs import Inputs
from playbook.core.metrics import Metric
from playbook.core.periods import first_day, frequency, last_day
from playbook.core.stats import Estimate, z_of


@dataclass(frozen=True)
class Side:
    """One row of the benchmark on the scale held; lent: its interval is from the history."""

    row: Row
    value: float
    estimate: Estimate
    lent: bool = False

    @property
    def counted(self) -> Counted:
        row = self.row
        return Counted(self.value, self.estimate, row["x"], row["n"], row["sd"])


@dataclass(frozen=True)
class Field:
    """All that is known of one metric: ourselves, peers that can be compared, those that cannot."""

    metric: Metric
    own: Side | None
    peers: tuple[Side, ...]
    not_comparable: tuple[Row, ...]


def fields_of(
    inputs: Inputs[Settings],
    metrics: Mapping[str, Metric],
    baselines: Mapping[str, Baseline],
) -> tuple[Field, ...]:
    """The benchmark by metric; each entity with its latest row. Mixed scales are left out."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(inputs, "goals_benchmark"):
        groups.setdefault(str(row["metric_id"]), []).append(row)
    found, settings = [], inputs.settings
    for metric_id, rows in groups.items():
        metric = metrics.get(metric_id)
        factor = 1.0
        if metric is not None and metric.is_share:
            factor = share_factor((r["value"] for r in rows), settings.rates) or 0.0
        if metric is None or factor == 0.0:
            continue
        sides = [_side(metric, row, factor, settings) for row in _latest(rows)]
        own = next((s for s in sides if s.row["own"]), None)
        base = baselines.get(metric_id)
        if base is not None:
            own = _from_history(metric_id, base) if own is None else _lent(own, base, settings)
        peers = [s for s in sides if not s.row["own"]]
        fit = [s for s in peers if comparable(s.row, own, settings.peer_months)]
        unfit = tuple(s.row for s in peers if s not in fit)
        found.append(Field(metric, own, tuple(fit), unfit))
    return tuple(found)


def comparable(row: Row, own: Side | None, months: int) -> bool:
    """A peer of another formula, or measured more than so many months apart, is no peer."""
    if own is None:
        return True
    formulas = {f for f in (row["formula"], own.row["formula"]) if f}
    if len(formulas) > 1:
        return False
    if not (row["period"] and own.row["period"]):
        return True
    apart = abs((last_day(row["period"]) - last_day(own.row["period"])).days)
    return apart <= months * 30.4375 + 15  # half a month of grace for periods of unlike length


def benchmark(
    one: Field, settings: Settings, seed: int, units: Attainable | None
) -> Benchmark | None:
    """GO4, GO5 of one metric; None without peers, without our own value or without a good side."""
    own, direction = one.own, one.metric.direction
    if own is None or not one.peers or direction == "maintain":
        return None
    values = [p.value for p in one.peers]
    enough = len(values) >= settings.peers_for_quantiles
    place = position(own.value, values, direction, enough)
    best = next(p for p in one.peers if p.value == place.best)
    gap = gap_interval(own.counted, best.counted, one.metric.kind, settings.confidence)
    wide = None
    if len(values) >= settings.peers_for_p90:
        wide = p75_interval(values, direction, settings.bootstrap_draws, seed, settings.confidence)
    return Benchmark(
        **vars(place),  # rank, quantiles, class, gaps: named alike
        metric_id=one.metric.metric_id,
        direction=direction,
        unit=one.metric.unit,
        own=own.value,
        own_low=own.estimate.low,
        own_high=own.estimate.high,
        own_n=own.row["n"] or (float(own.estimate.n) or None),
        own_source=str(own.row["source"] or "history"),
        own_period=own.row["period"],
        n_peers=len(values),
        p75_low=wide[0] if wide else None,
        p75_high=wide[1] if wide else None,
        best_entity=str(best.row["entity"]),
        gap_absolute=own.value - place.best,
        gap_relative=_relative_gap(one.metric, own.value, place.best),
        low=gap.low,
        high=gap.high,
        achievable_benchmark=units.value if units else None,
        peers=tuple(_peer(p) for p in one.peers),
        flags=_flags(one, best, enough, settings),
    )


def _relative_gap(metric: Metric, own: float, best: float) -> float | None:
    """GO5: only on a scale with a true zero."""
    return (own - best) / best if metric.true_zero and best > 0 else None


def _peer(side: Side) -> Peer:
    return Peer(str(side.row["entity"]), side.value, side.row["n"], side.row["period"])


def _flags(one: Field, best: Side, enough: bool, settings: Settings) -> tuple[str, ...]:
    return tuple(
        code
        for code, holds in (
            ("peers_few", not enough),
            ("p90_few", enough and len(one.peers) < settings.peers_for_p90),
            ("peer_n_unknown", not (best.row["n"] or best.row["exposure"])),
            ("peer_not_comparable", bool(one.not_comparable)),
            ("interval_lent", one.own is not None and one.own.lent),
        )
        if holds
    )


def _latest(rows: Sequence[Row]) -> list[Row]:
    """The latest row of each entity, in the order of the table."""
    best: dict[str, Row] = {}
    for row in rows:
        entity = str(row["entity"])
        old = best.get(entity)
        if old is None or _end(row) >= _end(old):
            best[entity] = row
    return list(best.values())


def _end(row: Row) -> str:
    return last_day(row["period"]).isoformat() if row["period"] else ""


def _side(metric: Metric, row: Row, factor: float, settings: Settings) -> Side:
    value = scaled(float(row["value"]), factor) or 0.0
    e = measured(
        metric.kind, metric.unit, value, n=row["n"], x=row["x"], detractors=row["detractors"],
        sd=row["sd"], exposure=row["exposure"], level=settings.confidence,
    )  # fmt: skip
    return Side(row, value, e)


def _from_history(metric_id: str, base: Baseline) -> Side:
    """Our own value from our history where the benchmark holds peers only."""
    cells = {"metric_id": metric_id, "n": base.n, "period": base.period}
    return Side(Row(0, cells), base.value, Estimate(base.value, base.low, base.high, 0))


def _lent(own: Side, base: Baseline, settings: Settings) -> Side:
    """Our own value without counts: its error from the history of the same time.

    The periods of the history inside the row's period are put together with their n as weights
    (equal weights where n is not held).
    """
    if own.estimate.low is not None or not own.row["period"]:
        return own
    first, last = first_day(own.row["period"]), last_day(own.row["period"])
    inside = [p for p in base.history if first <= first_day(p.period) and p.day <= last]
    z = z_of(settings.confidence)
    errors = [(p.high - p.low) / 2 / z for p in inside if p.low is not None and p.high is not None]
    if not inside or len(errors) < len(inside):
        return own
    sizes = [p.n or 0.0 for p in inside]
    weights = sizes if all(sizes) else [1.0] * len(inside)
    squares = sum((w * e) ** 2 for w, e in zip(weights, errors, strict=True))
    half = z * sqrt(squares) / sum(weights)
    e = Estimate(own.value, own.value - half, own.value + half, round(sum(sizes)))
    return Side(own.row, own.value, e, lent=True)


def market(inputs: Inputs[Settings]) -> Market | None:
    """GO7 for the latest period; shares only if the table covers the market."""
    rows = rows_of(inputs, "goals_market")
    if not rows:
        return None
    period = max((str(r["period"]) for r in rows), key=last_day)
    last = [r for r in rows if r["period"] == period]
    own = next((str(r["entity"]) for r in last if r["own"]), None)
    sales = {str(r["entity"]): float(r["sales"]) for r in last}
    if own is None or sum(sales.values()) <= 0:
        return None
    found = market_share(sales, own)
    whole = covered(last, inputs.settings)
    order = sorted(sales, key=lambda entity: (-sales[entity], entity))
    return Market(
        period,
        own,
        found.share[own] if whole else None,
        found.relative_share,
        found.hhi if whole else None,
        whole,
        tuple(order),
        tuple(sales[e] for e in order),
        tuple(found.share[e] for e in order) if whole else (),
        *_share_before(rows, period, inputs.settings),
    )


def _share_before(
    rows: Sequence[Row], period: str, settings: Settings
) -> tuple[str | None, float | None]:
    """The latest earlier period of the same length that covers the market, and our share in it."""
    same = {str(r["period"]) for r in rows if frequency(str(r["period"])) == frequency(period)}
    earlier = [p for p in same if last_day(p) < last_day(period)]
    if not earlier:
        return None, None
    before = max(earlier, key=last_day)
    held = [r for r in rows if r["period"] == before]
    total = sum(float(r["sales"]) for r in held)
    if total <= 0 or not covered(held, settings):
        return None, None
    return before, sum(float(r["sales"]) for r in held if r["own"]) / total


def covered(rows: Sequence[Row], settings: Settings) -> bool:
    """Whether the rows of a period hold the whole market, by the case or by their coverage."""
    known = [float(r["coverage"]) for r in rows if r["coverage"] is not None]
    if known:
        return min(known) >= settings.full_coverage
    return settings.market_covered

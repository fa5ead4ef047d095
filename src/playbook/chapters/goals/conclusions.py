"""From numbers to findings, by the rules of the method: code, certainty, what it speaks of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from playbook.chapters.goals.cards import customers_first
from playbook.chapters.goals.evidence import (
    Attainable,
    Baseline,
    Benchmark,
    ChannelMix,
    Market,
    Need,
    Needs,
)
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.model import Capability, Card, GoalsResult, Unknown
from playbook.core.findings import Certainty, Finding, Weight


def found(
    code: str,
    certainty: Certainty,
    about: tuple[str, ...] = (),
    values: Mapping[str, float | int | str | None] | None = None,
    weight: Weight = "detail",
) -> Finding:
    """A finding whose counts are held as floats, as its saved form gives them back."""
    plain = {k: float(v) if isinstance(v, int) else v for k, v in (values or {}).items()}
    return Finding(code, certainty, about, plain, weight)


HEADLINES = (
    "basic_not_met", "behind_peers", "beyond_best_shown", "need_growing", "collect_baseline",
    "goals_not_customer_led",
)  # fmt: skip
MOST_HEADLINES = 4


def with_headlines_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """At most four headlines, one of a kind, the most pressing first; the others after them."""
    marked = [f for f in findings if f.weight == "headline"]
    first = {f.code: f for f in reversed(marked)}
    lead = [first[code] for code in HEADLINES if code in first][:MOST_HEADLINES]
    rest = [replace(f, weight="detail") for f in findings if not any(f is one for one in lead)]
    return (*lead, *rest)


def all_findings(result: GoalsResult) -> tuple[Finding, ...]:
    """Everything the evidence and the cards allow to conclude."""
    bases = {b.metric_id: b for b in result.baselines}
    units = {a.metric_id: a for a in result.attainable}
    return with_headlines_first(
        (
            *card_findings(result.cards, bases, units, result.needs, result.settings),
            *need_findings(result.needs, result.channel_mix),
            *peer_findings(result.benchmark),
            *market_findings(result.market),
            *capability_findings(result.capability),
        )
    )


def need_findings(needs: Needs, mix: ChannelMix | None) -> Iterator[Finding]:
    """Growing needs, basics not met, an order that is not certain, a changed channel mix."""
    first = True
    for need in needs.items:
        if need.trend == "rising" and need.rank_low == 1:
            values = {
                "share": need.share, "low": need.share_low, "high": need.share_high,
                "slope": need.slope, "slope_low": need.slope_low, "slope_high": need.slope_high,
                "periods": len(need.points), "volume": need.volume, "year": need.year_ratio,
                "year_low": need.year_low, "year_high": need.year_high,
                "exposed": int(any(point.exposure is not None for point in need.points)),
            }  # fmt: skip
            # a rise that the same months of last year do not show may be the season's
            seasonal = need.year_low is not None and need.year_low <= 1
            yield found("need_growing", "undecided" if seasonal else "proven", (need.need,),
                        values, "headline" if first and not seasonal else "detail")  # fmt: skip
            first = first and seasonal
    yield from _basics(needs)
    if needs.items and not needs.order_certain:
        yield found("order_not_certain", "undecided", needs.swappable)
    yield from _against_survey(needs)
    if mix is not None and mix.changed:
        yield found("channel_mix_changed", "proven", (),
                      {"statistic": mix.statistic, "df": mix.df, "p": mix.p_value})  # fmt: skip


def _basics(needs: Needs) -> Iterator[Finding]:
    """Must-be needs not met; those whose class a sure survey denies are told apart."""
    basics = [n for n in needs.items if n.kano == "M" and n.below_median]
    sure: tuple[tuple[Certainty, Weight, bool], ...]
    sure = (("fact", "headline", False), ("undecided", "detail", True))
    for certainty, weight, denied in sure:
        held = [n for n in basics if survey_denies(n) == denied]
        if held:
            low = min(n.satisfaction or 0.0 for n in held)
            yield found("basic_not_met", certainty, tuple(n.need for n in held),
                        {"satisfaction": low, "count": len(held)}, weight)  # fmt: skip


def survey_denies(need: Need) -> bool:
    """Whether a sure Kano survey found another class than the one typed in."""
    survey = need.survey
    return (
        survey is not None
        and need.kano_from == "typed"
        and need.kano != survey.category
        and survey.certainty in ("proven", "likely")
    )


def _against_survey(needs: Needs) -> Iterator[Finding]:
    """Classes typed in that the Kano survey contradicts, where the survey is sure."""
    for need in needs.items:
        survey = need.survey
        if survey is not None and survey_denies(need):
            sure: Certainty = "proven" if survey.certainty == "proven" else "likely"
            yield found("kano_differs", sure, (need.need,),
                        {"typed": need.kano, "found": survey.category, "n": survey.n,
                         "feature": survey.feature})  # fmt: skip


def peer_findings(benchmarks: Sequence[Benchmark]) -> Iterator[Finding]:
    """Ahead, behind, or not to be told; the furthest behind is a headline."""
    each = [f for b in benchmarks if (f := _peer_finding(b)) is not None]
    behind = [f for f in each if f.code == "behind_peers"]
    furthest = min(behind, key=lambda f: f.values["rank"] or 0.0, default=None)
    for finding in each:
        lead = finding is furthest
        yield found(finding.code, finding.certainty, finding.about, finding.values,
                      "headline" if lead else "detail")  # fmt: skip


def _peer_finding(b: Benchmark) -> Finding | None:
    sign = 1.0 if b.direction == "increase" else -1.0
    values: Mapping[str, float | int | str | None] = {
        "own": b.own, "p50": b.p50, "p75": b.p75, "n": b.own_n, "peers": b.n_peers,
        "low": b.own_low, "high": b.own_high, "rank": b.percentile_rank,
        "period": b.own_period,
    }  # fmt: skip
    if b.p50 is None or b.p75 is None:
        return None
    if b.own_low is None or b.own_high is None:
        return found("peer_position_open", "undecided", (b.metric_id,), values)
    worst, best = sorted((sign * b.own_low, sign * b.own_high))
    if worst > sign * b.p75:
        return found("ahead_of_peers", "proven", (b.metric_id,), values)
    if best < sign * b.p50:
        return found("behind_peers", "proven", (b.metric_id,), values)
    if worst <= sign * b.p50 <= best:
        return found("peer_position_open", "undecided", (b.metric_id,), values)
    return None


def card_findings(
    cards: Sequence[Card],
    baselines: Mapping[str, Baseline],
    units: Mapping[str, Attainable],
    needs: Needs,
    settings: Settings,
) -> Iterator[Finding]:
    """What the set of cards shows as a whole."""
    for card in cards:
        best = units.get(card.metric_id)
        if best is not None and card.direction != "maintain":
            yield from _beyond(card, best)
    bare = [c.goal_id for c in cards if collect_first(c, baselines.get(c.metric_id), settings)]
    if bare:
        yield found("collect_baseline", "fact", tuple(bare),
                      {"count": len(bare), "total": len(cards),
                       "periods": settings.history_periods}, "headline")  # fmt: skip
    for code in (
        "target_already_met",
        "no_process_driver",
        "only_service_team",
        "driver_not_named",
        "no_link",
    ):
        hit = [c.goal_id for c in cards if code in c.flags]
        if hit:
            yield found(code, "fact", tuple(hit), {"count": len(hit), "total": len(cards)})
    share = customers_first(cards, {n.need: n for n in needs.items})
    if share is not None and share < settings.customer_share:
        yield found("goals_not_customer_led", "fact", (),
                      {"share": share, "count": round(share * len(cards)), "total": len(cards)},
                    "headline")  # fmt: skip


def _beyond(card: Card, best: Attainable) -> Iterator[Finding]:
    """Target above what our best units hold: proven beyond their interval, else undecided."""
    up = card.direction == "increase"
    if not (card.target > best.value if up else card.target < best.value):
        return
    proven = card.target > best.high if up else card.target < best.low
    values: dict[str, float | int | str | None] = {
        "target": card.target, "best": best.value, "low": best.low, "high": best.high,
        "n": best.n, "metric": card.metric_id,
    }  # fmt: skip
    yield found("beyond_best_shown", "proven" if proven else "undecided", (card.goal_id,), values,
                "headline" if proven else "detail")  # fmt: skip


def collect_first(card: Card, base: Baseline | None, settings: Settings) -> bool:
    """Whether five measurements must come before the target."""
    few = base is None or base.k < settings.history_periods
    return card.baseline is None or (few and card.baseline_low is None)


def process_driver_missing(card: Card, cards: Iterable[Card]) -> bool:
    """A result goal without any process goal under it, at any depth."""
    if card.lead_lag != "result":
        return False
    everyone, under, reached = list(cards), {card.goal_id}, 0
    while len(under) > reached:
        reached = len(under)
        under |= {c.goal_id for c in everyone if c.parent_id in under}
    return not any(c.goal_id in under and c.lead_lag == "process" for c in everyone)


def market_findings(market: Market | None) -> Iterator[Finding]:
    """Our share where the table covers the market."""
    if market is not None and market.share is not None:
        yield found("market_share", "fact", (market.own,),
                      {"share": market.share, "relative": market.relative_share,
                       "hhi": market.hhi, "period": market.period})  # fmt: skip


def capability_findings(rows: Sequence[Capability]) -> Iterator[Finding]:
    """Items called a strength in which the competitor scores higher."""
    claimed = [c for c in rows if c.kind == "strength" and c.gap is not None and c.gap < 0]
    if claimed:
        yield found("strength_behind", "fact", tuple(c.item for c in claimed),
                      {"count": len(claimed)})  # fmt: skip


def unknowns(
    cards: Sequence[Card],
    benchmarks: Sequence[Benchmark],
    baselines: Mapping[str, Baseline],
    needs: Needs,
    settings: Settings,
) -> tuple[Unknown, ...]:
    """What we do not know yet, goal by goal and metric by metric."""
    open_points: list[Unknown] = []
    for card in cards:
        if card.baseline is None:
            open_points.append(Unknown("baseline_missing", card.goal_id))
        elif card.baseline_low is None:
            open_points.append(Unknown("baseline_no_n", card.goal_id))
        for code, held in (
            ("owner_missing", card.owner),
            ("guardrail_missing", card.guardrail_metric),
        ):
            if not held:
                open_points.append(Unknown(code, card.goal_id))
        base = baselines.get(card.metric_id)
        if base is None or base.k < settings.history_periods:
            open_points.append(Unknown("history_short", card.goal_id))
    for b in benchmarks:
        for code in ("peers_few", "peer_n_unknown"):
            if code in b.flags:
                open_points.append(Unknown(code, b.metric_id))
    open_points += _open_needs(needs)
    return tuple(open_points)


def _open_needs(needs: Needs) -> Iterator[Unknown]:
    for need in needs.items:
        if need.trend == "too_short":
            yield Unknown("trend_too_short", need.need)
        if need.kano is None and needs.order_rule == "kano":
            yield Unknown("kano_missing", need.need)
        if need.kano_from == "survey" and need.survey and need.survey.certainty == "undecided":
            yield Unknown("kano_undecided", need.need)
        if need.satisfaction is None:
            yield Unknown("satisfaction_missing", need.need)
    if needs.season_ignored:
        yield Unknown("season_ignored", needs.window[-1])

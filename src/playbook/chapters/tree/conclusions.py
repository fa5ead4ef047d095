"""From the numbers to what may be concluded, each with its certainty."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Check, Contribution, Driver, Mix, Node, Split, Values
from playbook.chapters.tree.model_duties import Appraisal
from playbook.chapters.tree.model_times import TimeBudget, TotalTime
from playbook.chapters.tree.stages import total_p95
from playbook.core.findings import Certainty, Finding, Weight

OWNER_FAULTS = frozenset(
    {"owner_missing", "owner_many", "no_accountable", "many_accountable", "no_responsible"}
)
SHEET_FAULTS = frozenset({"weights_sum", "kpi_count", "weight_small", "weight_large"})
MOST_HEADLINES = 4
PROVEN = 0.95


def conclusions(
    nodes: Sequence[Node],
    splits: Sequence[Split],
    contributions: Sequence[Contribution],
    mixes: Sequence[Mix],
    budgets: Sequence[TimeBudget],
    drivers: Sequence[Driver],
    checks: Sequence[Check],
    appraisals: Sequence[Appraisal],
    settings: Settings,
) -> tuple[Finding, ...]:
    """All conclusions, the weightiest first; at most four are headlines."""
    units = {node.goal_id: node.unit for node in nodes}
    found = [
        *_standing(nodes, checks),
        *_reach(nodes, splits),
        *_duties(checks),
        *(finding for budget in budgets for finding in _times(budget, settings)),
        *_thin(nodes, settings),
        *(finding for mix in mixes for finding in _mix(mix, units[mix.goal_id], settings)),
        *_appraised(appraisals),
        *_led(contributions, settings),
        *_drivers(checks, drivers),
    ]
    headlines = [i for i, finding in enumerate(found) if finding.weight == "headline"]
    kept = set(headlines[:MOST_HEADLINES])
    return tuple(
        finding if i in kept else replace(finding, weight="detail")
        for i, finding in enumerate(found)
    )


def _standing(nodes: Sequence[Node], checks: Sequence[Check]) -> Iterable[Finding]:
    errors = [check for check in checks if check.level == "error"]
    warns = sum(check.level == "warn" for check in checks)
    computed = [node for node in nodes if node.recomputed is not None and node.target is not None]
    missed = ("parent_not_recomputed", "time_over_limit")
    short = [check.id for check in errors if check.code in missed]
    values: Values = {"goals": len(nodes), "parents": len(computed), "errors": len(errors),
              "warns": warns, "short": len(short)}  # fmt: skip
    if computed and not errors:
        yield Finding("tree_adds_up", "fact", (), values, "headline")
    elif errors:
        yield Finding(
            "tree_open" if short else "tree_errors",
            "fact",
            tuple(dict.fromkeys(short)),
            values,
            "headline",
        )


def _reach(nodes: Sequence[Node], splits: Sequence[Split]) -> Iterable[Finding]:
    by_id = {node.goal_id: node for node in nodes}
    for split in splits:
        if not split.is_closable:
            node = by_id[split.goal_id]
            values: Values = {"target": node.target, "best": split.best, "unit": node.unit}
            yield Finding("ask_exceeds_reach", "fact", (split.goal_id,), values, "headline")


def _thin(nodes: Sequence[Node], settings: Settings) -> Iterable[Finding]:
    """Parents that are likelier missed than wanted though every child is exactly on target."""
    judged = [(node, node.prob_reach_parent) for node in nodes]
    thin = [(n, prob) for n, prob in judged if prob is not None and prob < settings.likely]
    if not thin:
        return
    first, chance = min(thin, key=lambda pair: (pair[0].depth, pair[1]))
    values: Values = {
        "prob": chance, "likely": settings.likely, "count": len(thin), "first": first.goal_id,
        "buffer": first.buffer, "target": first.target, "unit": first.unit,
    }  # fmt: skip
    about = tuple(node.goal_id for node, _ in thin)
    weight: Weight = "headline" if first.depth == 0 else "detail"
    yield Finding("targets_too_thin", "likely", about, values, weight)


def _duties(checks: Sequence[Check]) -> Iterable[Finding]:
    unclear = [check for check in checks if check.code in OWNER_FAULTS]
    if unclear:
        about = tuple(dict.fromkeys(check.id for check in unclear))
        values: Values = {"count": len(unclear)}
        yield Finding("owners_unclear", "fact", about, values, "headline")
    sheets = [check for check in checks if check.code in SHEET_FAULTS]
    if sheets:
        holders = [str(check.values.get("holder", check.id)) for check in sheets]
        values = {"count": len(sheets)}
        yield Finding("weights_open", "fact", tuple(dict.fromkeys(holders)), values)


def _times(budget: TimeBudget, settings: Settings) -> Iterable[Finding]:
    yield from _promise(budget)
    yield from _bottleneck(budget, settings)
    yield from _tried(budget, settings)
    yield from _slack(budget, settings)
    middle, low, high = total_p95(budget)
    values: Values = {"sum_of_p95": budget.sum_of_p95, "p95": middle, "p95_low": low,
                      "p95_high": high, "unit": budget.unit}  # fmt: skip
    certainty: Certainty = "proven" if budget.logged else "likely"
    yield Finding("p95_do_not_add", certainty, (budget.goal_id,), values)
    if budget.readings:
        chances = [reading.p_within for reading in budget.readings]
        values = {"limit": budget.limit, "low": min(chances), "high": max(chances),
                  "unit": budget.unit}  # fmt: skip
        yield Finding("readings_differ", "fact", (budget.goal_id,), values)


def _tried(budget: TimeBudget, settings: Settings) -> Iterable[Finding]:
    """E35: where a faster stage gains most, if its gain can be told from the next best one."""
    if len(budget.trials) < 2:
        return
    best, second = sorted(budget.trials, key=lambda trial: -trial.gain)[:2]
    if best.gain <= 0:
        return
    certainty: Certainty = "likely" if best.gain_low > second.gain_high else "undecided"
    if best.prob_best is not None:
        certainty = _sure(best.prob_best, settings.likely)
    values: Values = {
        "cut": settings.what_if_cut, "gain": 100 * best.gain, "low": 100 * best.gain_low,
        "high": 100 * best.gain_high, "within": best.p_total_within, "second": second.stage,
        "gain_second": 100 * second.gain, "prob": best.prob_best, "limit": budget.limit,
        "unit": budget.unit,
    }  # fmt: skip
    yield Finding("stage_worth_most", certainty, (best.stage,), values)


def _totals(budget: TimeBudget) -> list[TotalTime]:
    return [budget.logged.total] if budget.logged else list(budget.dependence.values())


def within_range(budget: TimeBudget) -> tuple[float, float, float] | None:
    """The share of cases inside the limit: middle, low, high; by interval or by dependence."""
    if budget.logged is not None:
        share, ends = budget.logged.total.p_total_within, budget.logged.within_interval
        return None if share is None or ends is None else (share, *ends)
    shares = [t.p_total_within for t in budget.dependence.values() if t.p_total_within is not None]
    return (sorted(shares)[len(shares) // 2], min(shares), max(shares)) if shares else None


def _promise(budget: TimeBudget) -> Iterable[Finding]:
    """Whether the limit can be promised for the share of cases it promises."""
    found = within_range(budget)
    if found is None:
        return
    share, low, high = found
    wanted = budget.percentile
    code = (
        "promise_holds" if low >= wanted else "promise_fails" if high < wanted else "promise_open"
    )
    sure: Certainty = "proven" if budget.logged else "likely"
    values: Values = {"limit": budget.limit, "share": share, "low": low, "high": high,
              "percentile": wanted, "unit": budget.unit,
              "n": budget.logged.n if budget.logged else None}  # fmt: skip
    certainty: Certainty = "undecided" if code == "promise_open" else sure
    yield Finding(code, certainty, (budget.goal_id,), values, "headline")


def _bottleneck(budget: TimeBudget, settings: Settings) -> Iterable[Finding]:
    """TR10: named only if it is clear which stage it is."""
    it = budget.bottleneck
    n = budget.logged.n if budget.logged else None
    values: Values = {"share": it.share, "probability": it.probability,
                      "utilisation": it.utilisation, "n": n}  # fmt: skip
    about = (it.stage,)
    if it.by == "utilisation":
        both = it.probability is not None and it.probability >= PROVEN
        yield Finding("bottleneck_busy", "proven" if both else "likely", about, values, "headline")
    elif it.probability is not None and it.probability >= settings.likely:
        certainty: Certainty = "proven" if it.probability >= PROVEN else "likely"
        yield Finding("fix_bottleneck_first", certainty, about, values, "headline")
    else:
        code = "bottleneck_open" if budget.logged else "bottleneck_guess"
        yield Finding(code, "undecided", about, values)


def _slack(budget: TimeBudget, settings: Settings) -> Iterable[Finding]:
    totals = _totals(budget)
    pairs = [
        (t.p_total_within, t.p_every_stage_within)
        for t in totals
        if t.p_total_within is not None and t.p_every_stage_within is not None
    ]
    if not pairs:
        return
    total, every = max(pairs, key=lambda pair: pair[0] - pair[1])
    if total - every >= settings.slack:
        ends = budget.logged.slack_interval if budget.logged else None
        certainty: Certainty = "proven" if ends is not None and ends[0] > 0 else "likely"
        values: Values = {
            "total": total,
            "every": every,
            "n": budget.logged.n if budget.logged else None,
        }
        yield Finding("share_slack", certainty, (budget.goal_id,), values)


def _mix(mix: Mix, unit: str, settings: Settings) -> Iterable[Finding]:
    """As sure as the branches' samples are; without samples it is but a fact of the numbers."""
    values: Values = {"change": mix.change, "rate": mix.rate_total, "mix": mix.mix_total,
              "mix_low": mix.mix_low, "mix_high": mix.mix_high, "before": mix.period_before,
              "after": mix.period_after, "unit": unit}  # fmt: skip
    about = (mix.goal_id,)
    if mix.simpson:
        sure = _sure(mix.prob_simpson, settings.likely)
        yield Finding("simpson", sure, about, {**values, "prob": mix.prob_simpson}, "headline")
    elif abs(mix.mix_total) > abs(mix.rate_total):
        sure = _sure(mix.prob_mix_larger, settings.likely)
        given = {**values, "prob": mix.prob_mix_larger}
        yield Finding("mix_drives_change", sure, about, given)


def _sure(prob: float | None, likely: float) -> Certainty:
    if prob is None:
        return "fact"
    return "proven" if prob >= PROVEN else "likely" if prob >= likely else "undecided"


def _appraised(appraisals: Sequence[Appraisal]) -> Iterable[Finding]:
    """I06: top goals on their owners' own KPI sheets, and how many others carry them."""
    for one in appraisals:
        values: Values = {"owner": one.owner, "weight": one.weight, "others": len(one.others)}
        code = "top_appraised" if one.weight is not None else "top_not_appraised"
        yield Finding(code, "fact", (one.goal_id,), values)


def _led(contributions: Sequence[Contribution], settings: Settings) -> Iterable[Finding]:
    """The child that carries most of a planned change, as sure as the draws are."""
    open_: list[str] = []
    for whole in contributions:
        if whole.after == whole.before or len(whole.parts) < 2:
            continue
        lead = max(whole.parts, key=lambda part: part.share or 0.0)
        prob = lead.prob_largest
        if prob is not None and prob < settings.rank_holds:
            open_.append(whole.goal_id)
            continue
        certainty = _sure(prob, settings.rank_holds)
        values: Values = {"share": lead.share, "parent": whole.goal_id, "prob": prob}
        yield Finding("largest_part", certainty, (lead.goal_id,), values)
    yield from _ordered(contributions, settings)
    if open_:
        yield Finding("parts_open", "undecided", tuple(open_), {"holds": settings.rank_holds})


def _ordered(contributions: Sequence[Contribution], settings: Settings) -> Iterable[Finding]:
    """Parents whose parts stand in an order that holds; of two parts the largest says it all."""
    for whole in contributions:
        prob = whole.prob_order
        if prob is None or prob < settings.rank_holds or len(whole.parts) < 3:
            continue
        order = sorted(whole.parts, key=lambda part: -(part.share or 0.0))
        values: Values = {"parent": whole.goal_id, "prob": prob}
        yield Finding("parts_ordered", _sure(prob, settings.rank_holds),
                      tuple(part.goal_id for part in order), values)  # fmt: skip


def _drivers(checks: Sequence[Check], drivers: Sequence[Driver]) -> Iterable[Finding]:
    lacking = tuple(check.id for check in checks if check.code == "no_process_driver")
    if lacking:
        yield Finding("add_driver", "fact", lacking, {"count": len(lacking)})
    weak = tuple(driver.goal_id for driver in drivers if driver.is_weak)
    if weak:
        values: Values = {"count": len(weak), "edges": len(drivers)}
        yield Finding("weak_drivers", "undecided", weak, values)

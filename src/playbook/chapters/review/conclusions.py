"""Conclusions by certainty (section 7 of the method): attained, gap, paid, learned, next."""

from collections.abc import Iterable, Iterator, Sequence

from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.conclusions_next import following, in_unit, learned
from playbook.chapters.review.gaps import Gap
from playbook.chapters.review.money import Money
from playbook.chapters.review.next_goals import certainty_of
from playbook.chapters.review.result import ReviewResult
from playbook.core.findings import Certainty, Finding, Weight


def findings_of(result: ReviewResult) -> tuple[Finding, ...]:
    """All conclusions of a review, headlines first within each part."""
    return (
        *attained(result),
        *following(result),
        *standing(result.gaps),
        *paid(result),
        *scored(result),
        *learned(result),
    )


def attained(result: ReviewResult) -> Iterator[Finding]:
    """Attained or not, goal by goal, after one sentence on all of them."""
    with_target = [a for a in result.attainment if a.state is not None]
    if with_target:
        yield from _attained_summary(with_target)
    if without := [a for a in result.attainment if a.state is None]:
        weight: Weight = "detail" if with_target else "headline"
        values = {
            code: sum(a.movement == code for a in without)
            for code in ("improving", "little_change", "getting_worse")
        }
        yield Finding("movement_summary", "fact", (), {"n": len(without), **values}, weight)
        if unknown := tuple(a.goal_id for a in without if a.movement is None):
            yield Finding("movement_unknown", "undecided", unknown, {"n": len(unknown)})
    likely = result.parameters.likely
    yield from _together(_goal_state(a, likely) for a in result.attainment if a.state is not None)
    moved = (a for a in result.attainment if a.state is None or a.movement == "getting_worse")
    yield from _together(finding for a in moved for finding in _movement(a))


def _together(found: Iterable[Finding]) -> Iterator[Finding]:
    """Goals that ended alike in one sentence, the surest first: their numbers are in the table."""
    alike: dict[tuple[str, Certainty], list[Finding]] = {}
    for finding in found:
        alike.setdefault((finding.code, finding.certainty), []).append(finding)
    for (code, sure), some in sorted(alike.items(), key=lambda item: _SURENESS.index(item[0][1])):
        if len(some) == 1:
            yield some[0]
        else:
            about = tuple(goal for finding in some for goal in finding.about)
            yield Finding(f"{code}_many", sure, about, {"n": len(about)})


_SURENESS: tuple[Certainty, ...] = ("proven", "likely", "fact", "undecided")


def _attained_summary(goals: Sequence[Attainment]) -> Iterator[Finding]:
    def count(*states: str) -> int:
        return sum(a.state in states for a in goals)

    values = {
        "n": len(goals),
        "attained": count("attained_proven", "attained_likely"),
        "attained_proven": count("attained_proven"),
        "missed": count("missed_proven", "missed_likely"),
        "missed_proven": count("missed_proven"),
        "open": count("attained_likely", "missed_likely"),
        "open_attained": count("attained_likely"),
        "open_missed": count("missed_likely"),
    }
    yield Finding("attained_summary", "fact", (), values, "headline")
    if running := [a for a in goals if a.elapsed_share is not None and a.elapsed_share < 1]:
        yield Finding("running_summary", "fact", (), {"running": len(running)})


def _goal_state(a: Attainment, likely: float) -> Finding:
    sure: Certainty = "undecided"
    match certainty_of(a, likely):
        case "proven":
            sure = "proven"
        case "likely":
            sure = "likely"
    side = "attained" if a.state in ("attained_proven", "attained_likely") else "missed"
    code = side if a.actual_low is not None else f"{side}_no_interval"
    code = f"{code}_maintain" if a.attainment is None else code
    if a.elapsed_share is not None and a.elapsed_share < 1 and code in ("attained", "missed"):
        code = f"{code}_so_far"
    elif sure == "undecided" and code in ("attained", "missed"):
        code = f"{code}_open"
    values = {
        "attainment": a.attainment,
        "low": a.low,
        "high": a.high,
        "n": a.n,
        "probability": a.prob_attained,
        "period": a.period,
        "elapsed": a.elapsed_share,
        "shortfall": in_unit(a.shortfall, a.unit),
        "shortfall_low": in_unit(_minus(a.actual_low, a.target), a.unit),
        "shortfall_high": in_unit(_minus(a.actual_high, a.target), a.unit),
        "unit": f"unit_{a.unit}",
    }
    return Finding(code, sure, (a.goal_id,), values)


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a - b


def _movement(a: Attainment) -> Iterator[Finding]:
    if a.movement is None or a.movement == "met":
        return
    sure: Certainty = "undecided" if a.movement == "little_change" else "proven"
    values = {
        "change": in_unit(a.change, a.unit),
        "low": in_unit(a.change_low, a.unit),
        "high": in_unit(a.change_high, a.unit),
        "unit": f"unit_{a.unit}",
        "n": a.n,
        "period": a.period,
    }
    yield Finding(a.movement, sure, (a.goal_id,), values)


def standing(gaps: Sequence[Gap]) -> Iterator[Finding]:
    """Where we stand against each competitor in the last period, and whether it turned round."""
    last = {(g.metric_id, g.competitor): g for g in gaps}
    codes: dict[str, tuple[str, Certainty]] = {
        "ahead_proven": ("ahead_of_competitor", "proven"),
        "behind_proven": ("behind_competitor", "proven"),
        "level": ("level_with_competitor", "undecided"),
        "ahead": ("ahead_without_n", "undecided"),
        "behind": ("behind_without_n", "undecided"),
    }
    for place, gap in enumerate(last.values()):
        code, sure = codes[gap.standing]
        if gap.low is None and code == "level_with_competitor":
            code = "ahead_without_n"
        weight: Weight = "detail" if place else "headline"
        turned = gap.reversed and gap.standing in _PROVEN and _clear(gap)
        if turned:  # says where we stand as well
            yield Finding("gap_reversed", "proven", (gap.metric_id,), _gap_values(gap), weight)
            continue
        yield Finding(code, sure, (gap.metric_id,), _gap_values(gap), weight)
        if gap.reversed:
            yield Finding("gap_reversed", "undecided", (gap.metric_id,), _gap_values(gap))


_PROVEN = ("ahead_proven", "behind_proven")


def _clear(gap: Gap) -> bool:
    """The swing itself has an interval without 0."""
    low, high = gap.swing_low, gap.swing_high
    return low is not None and high is not None and (low > 0 or high < 0)


def _gap_values(gap: Gap) -> dict[str, float | int | str | None]:
    first = None if gap.swing is None else gap.gap_absolute - gap.swing
    return {
        "competitor": gap.competitor or "competitor_unnamed",
        "gap": in_unit(gap.gap_absolute, gap.unit),
        "low": in_unit(gap.low, gap.unit),
        "high": in_unit(gap.high, gap.unit),
        "first": in_unit(first, gap.unit),
        "swing": in_unit(gap.swing, gap.unit),
        "swing_low": in_unit(gap.swing_low, gap.unit),
        "swing_high": in_unit(gap.swing_high, gap.unit),
        "unit": f"unit_{gap.unit}",
        "period": gap.period,
    }


def paid(result: ReviewResult) -> Iterator[Finding]:
    """Did it pay: in both readings of the uplift, or which inputs are missing."""
    money = result.money
    if money is None:
        return
    if money.clv:
        yield _pays(money, result.parameters.likely)
        relative, absolute = money.clv["relative"], money.clv["absolute"]
        if relative.gain > 0:
            factor = absolute.gain / relative.gain
            yield Finding("reading_matters", "fact", (), {"factor": factor})
        if top := money.returns["relative"].tornado[:1]:
            yield Finding("top_driver", "fact", (f"money_{top[0].name}",), {
                "low": top[0].roi_low, "high": top[0].roi_high})  # fmt: skip
    else:
        lacking = tuple(f"money_{name}" for name in money.missing if name != "exposed_share")
        yield Finding("return_inputs_missing", "fact", lacking, {"n": len(lacking)}, "headline")
    if money.quoted is not None:
        q = money.quoted
        values = {
            "roi": q.roi,
            "price": q.price,
            "gain": q.gain_per_customer_if_pp,
            "net": q.cost_if_net_roi,
            "as_ratio": q.cost_if_ratio,
            "ratio": q.ratio,
            "roi_from_ratio": q.roi_from_ratio,
        }
        if q.roi is not None:
            missing = tuple(f"money_{name}" for name in q.missing)
            code = "quoted_return" if missing else "quoted_return_whole"
            yield Finding(code, "fact", missing, values)
        if q.ratio is not None:
            yield Finding("quoted_ratio", "fact", (), values)


def _pays(money: Money, likely: float) -> Finding:
    values: dict[str, float | int | str | None] = {}
    for reading in ("relative", "absolute"):
        spread = money.returns[reading]
        values[f"roi_{reading}"] = spread.roi
        values[f"low_{reading}"] = spread.roi_low
        values[f"high_{reading}"] = spread.roi_high
        values[f"p_{reading}"] = spread.prob_roi_positive
        values[f"breakeven_{reading}"] = money.clv[reading].breakeven_lift
    chances = [money.returns[r].prob_roi_positive for r in ("relative", "absolute")]
    known = [p for p in chances if p is not None]
    if len(known) < 2:
        return Finding("return_without_range", "undecided", (), values, "headline")
    if min(known) >= likely:
        return Finding("pays", "likely", (), values, "headline")
    if max(known) < 1 - likely:
        return Finding("does_not_pay", "likely", (), values, "headline")
    return Finding("pays_open", "undecided", (), values, "headline")


def scored(result: ReviewResult) -> Iterator[Finding]:
    """The scorecard, with what it hides and what it lacks."""
    card = result.scorecard
    if card is None:
        return
    values = {
        "score": card.score,
        "low": card.low,
        "high": card.high,
        "draw_low": card.draw_low,
        "draw_high": card.draw_high,
        "missing": card.missing_weight,
        "n": len(card.items),
    }
    yield Finding("score" if card.score is not None else "no_score", "fact", (), values)
    if card.hidden:
        yield Finding("look_at_measure", "fact", card.hidden, values)

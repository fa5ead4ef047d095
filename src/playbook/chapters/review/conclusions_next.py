"""Conclusions on what was learned and on the next round (section 7 of the method)."""

from collections.abc import Iterator, Mapping, Sequence

from playbook.chapters.review.learning import CaseCard
from playbook.chapters.review.result import ReviewResult
from playbook.core.findings import Certainty, Finding

Values = Mapping[str, float | int | str | None]
NEXT_ORDER = (
    "stop_and_find_cause",
    "change_approach",
    "extend_deadline",
    "target_at_bound",
    "raise_target",
    "maintain_goal",
    "on_the_way",
    "hold_and_confirm",
    "collect_history",
    "set_target",
)
"""The proposals by urgency; the first that occurs is a headline."""

# a worsening is only called so when it is proven; a missing target or history is a count
_SURE: Mapping[str, Certainty] = {
    "stop_and_find_cause": "proven",
    "collect_history": "fact",
    "target_at_bound": "fact",
    "set_target": "fact",
}


def in_unit(value: float | None, unit: str) -> float | None:
    """A change or gap as it is spoken of: shares in percentage points."""
    return None if value is None else value * 100 if unit == "share" else value


def learned(result: ReviewResult) -> Iterator[Finding]:
    """What may be copied, how copies went, what the log and the correlation say."""
    yield from _acted(result)
    copies = result.replication
    missed = copies is not None and copies.state == "missed"
    if standards := [] if missed else [c for c in result.cases if c.standard]:
        yield _standardise(standards)
    if weak := [c.case for c in result.cases if not c.standard]:
        yield Finding("evidence_weak", "undecided", tuple(weak), {"n": len(weak)})
    if copies is not None:
        yield from _copies(result)
    if log := result.pdca:
        counts: Values = {
            "n": len(log.items),
            "open": log.open_now,
            "overdue": log.overdue,
            "closed": log.closed,
            "unruled": log.closed_without_rule,
            "unopened": log.not_opened,
            "age": log.median_open_age_days,
        }
        yield Finding("pdca_state", "fact", (), counts)
    if (pairs := result.correlation) is not None and pairs.r is not None:
        clear = pairs.low is not None and pairs.high is not None and pairs.low * pairs.high > 0
        values: Values = {"r": pairs.r, "low": pairs.low, "high": pairs.high, "n": pairs.n}
        yield Finding("correlated", "proven" if clear else "undecided", (), values)
    for claim in result.claims:
        if claim.exceeds:
            claims: Values = {"claimed": in_unit(claim.claimed, claim.unit),
                      "total": in_unit(claim.total_change, claim.unit),
                      "unit": f"unit_{claim.unit}"}  # fmt: skip
            yield Finding("claims_exceed_change", "fact", (claim.goal_id,), claims)


def _acted(result: ReviewResult) -> Iterator[Finding]:
    """How many key actions show an effect, and with what evidence."""
    if not result.actions:
        return
    shown = [a for a in result.actions if a.verdict in ("as_planned", "less_than_planned")]
    controlled = sum(a.evidence == "pilot" for a in shown)
    counts: Values = {
        "n": len(result.actions),
        "controlled": controlled,
        "uncontrolled": len(shown) - controlled,
        "unshown": sum(a.verdict == "no_effect_shown" for a in result.actions),
        "unmeasured": sum(a.verdict in ("not_measured", "no_interval") for a in result.actions),
    }
    yield Finding("actions_shown", "fact", (), counts)


def _standardise(cases: Sequence[CaseCard]) -> Finding:
    shown = all(c.grade == "pilot_shown" for c in cases)
    practices = tuple(dict.fromkeys(c.practice for c in cases))
    return Finding("standardise", "proven" if shown else "likely", practices, {"n": len(practices)})


def _copies(result: ReviewResult) -> Iterator[Finding]:
    copies = result.replication
    if copies is None:
        return
    values: Values = {
        "share": copies.share,
        "low": copies.low,
        "high": copies.high,
        "successes": copies.successes,
        "trials": copies.trials,
        "open": copies.still_open,
        "goal": copies.goal,
        "median": copies.median_parity,
    }
    codes: dict[str, tuple[str, Certainty]] = {
        "proven": ("copies_succeed", "proven"),
        "missed": ("conditions_differ", "proven"),
        "undecided": ("copies_open", "undecided"),
    }
    code, sure = codes[copies.state]
    if code == "copies_open" and not copies.still_open:
        code = "copies_done_open"
    yield Finding(code if copies.trials else "copies_too_early", sure, (), values)
    if copies.median_parity is not None:
        yield Finding("parity_time", "fact", (), values)


def following(result: ReviewResult) -> Iterator[Finding]:
    """The proposals by urgency, and changes that lack a reason."""
    headline_given = False
    for code in NEXT_ORDER:
        found = [goal for goal in result.next_goals if goal.code == code]
        if not found:
            continue
        ids = tuple(goal.goal_id for goal in found)
        sure = _SURE.get(code) or _weakest([goal.certainty for goal in found])
        yield Finding(code, sure, ids, {"n": len(ids)}, "detail" if headline_given else "headline")
        headline_given = True
    without = tuple(dict.fromkeys(c.goal_id for c in result.diff if "no_reason" in c.flags))
    if without:
        yield Finding("reason_missing", "fact", without, {"n": len(without)})
    moved = tuple(c.goal_id for c in result.diff if "goalpost_moved" in c.flags)
    if moved:
        yield Finding("goalpost_moved", "fact", moved, {"n": len(moved)})


def _weakest(certainties: Sequence[str]) -> Certainty:
    order: tuple[Certainty, ...] = ("undecided", "likely", "proven")
    return next((c for c in order if c in certainties), "undecided")

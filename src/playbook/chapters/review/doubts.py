"""Doubts that only the results show, each at the table it concerns."""

from collections.abc import Iterator

from playbook.chapters.review.result import ReviewResult
from playbook.core.inputs import Tables
from playbook.core.problems import Problem


def doubts_of(result: ReviewResult, tables: Tables) -> Iterator[Problem]:
    """Warnings and notes on the results, after those on the tables."""
    yield from _goals(result, tables)
    yield from _money(result, tables)
    yield from _learning(result, tables)
    yield from _next(result, tables)


def _goals(result: ReviewResult, tables: Tables) -> Iterator[Problem]:
    bare = [a.goal_id for a in result.attainment if a.actual_low is None]
    if bare:
        yield tables.problem("review_actuals", "review.no_interval", level="warn",
                             goals=", ".join(bare))  # fmt: skip
    widest = [a.goal_id for a in result.attainment if a.interval == "nps_widest"]
    if widest:
        yield tables.problem("review_actuals", "review.nps_widest", level="note",
                             goals=", ".join(widest))  # fmt: skip
    card = result.scorecard
    if card is not None and card.unweighted:
        yield tables.problem("review_scorecard", "review.perspective_without_weight", level="warn",
                             names=", ".join(card.unweighted))  # fmt: skip
    if card is not None and card.missing_weight > 1e-12:
        yield tables.problem("review_scorecard", "review.missing_measures", level="warn",
                             missing=card.missing_weight)  # fmt: skip
    if card is not None and card.hidden:
        yield tables.problem("review_scorecard", "review.score_hides_failure", level="warn",
                             names=", ".join(card.hidden))  # fmt: skip


def _money(result: ReviewResult, tables: Tables) -> Iterator[Problem]:
    money = result.money
    if money is None:
        return
    where = "review_money"
    if money.missing:
        yield tables.problem(where, "review.inputs_missing", level="warn",
                             names=", ".join(money.missing))  # fmt: skip
    if money.lift_source == "table":
        yield tables.problem(where, "review.gross_lift_used", level="warn")
    if any(item.name == "uplift" for item in money.inputs):
        yield tables.problem(where, "review.uplift_assumed", level="warn")
    if any(found.capped for found in money.clv.values()):
        yield tables.problem(where, "review.retention_capped", level="warn")


def _learning(result: ReviewResult, tables: Tables) -> Iterator[Problem]:
    weak = [a.action for a in result.actions if a.evidence == "before_after"]
    if weak:
        yield tables.problem("review_actions", "review.before_after_only", level="warn",
                             names=", ".join(weak))  # fmt: skip
    for claim in result.claims:
        if claim.exceeds:
            yield tables.problem("review_actions", "review.claims_exceed_change", level="warn",
                                 goal=claim.goal_id)  # fmt: skip


def _next(result: ReviewResult, tables: Tables) -> Iterator[Problem]:
    if "review_goals_next" in result.present and result.goals_before == 0:
        yield tables.problem("review_goals_next", "review.no_goals_before", level="note")
    for change in result.diff:
        for flag in change.flags:
            yield tables.problem("review_goals_next", f"review.{flag}", level="warn",
                                 goal=change.goal_id, change=change.code)  # fmt: skip

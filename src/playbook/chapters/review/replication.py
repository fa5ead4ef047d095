"""Copies of a practice: time to parity (RV15) and success rate (RV14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playbook.chapters.review.reading import Row, rows
from playbook.core.inputs import Inputs
from playbook.core.periods import first_day, ordinal
from playbook.core.stats import kaplan_meier, newcombe, wilson

Outcome = Literal["parity", "failed", "open"]
SuccessState = Literal["proven", "missed", "undecided"]


@dataclass(frozen=True)
class SitePeriod:
    """One period of a copy: new and old share, and the lower 90 % bound of new minus old."""

    period: str
    step: int
    new: float
    old: float
    n_new: float
    lower_bound: float
    holds: bool


@dataclass(frozen=True)
class Site:
    """One copy. parity_period: first of the periods in a row, counted from 1.

    watched: periods for which it is known that parity had not come before.
    """

    case: str
    site: str
    periods: tuple[SitePeriod, ...]
    parity_period: int | None
    watched: int
    outcome: Outcome


@dataclass(frozen=True)
class Replication:
    """share: copies at parity in time of those whose time is up. median_parity is Kaplan-Meier's
    median in periods; None while less than half have got there. curve: (period, share not yet).
    """

    sites: tuple[Site, ...]
    successes: int
    trials: int
    still_open: int
    share: float | None
    low: float | None
    high: float | None
    goal: float
    state: SuccessState
    median_parity: float | None
    curve: tuple[tuple[float, float], ...]
    margin: float
    copy_periods: int


def lower_bounds(counts: Sequence[tuple[float, float, float, float]]) -> list[float]:
    """Lower 90 % Newcombe bound of new minus old for (x_new, n_new, x_old, n_old) per period."""
    bounds = [newcombe(xn, nn, xo, no, level=0.9).low for xn, nn, xo, no in counts]
    return [-1.0 if bound is None else bound for bound in bounds]


def parity_step(bounds: Sequence[float], margin: float, in_a_row: int = 2) -> int | None:
    """RV15: first of so many periods in a row with a lower bound above -margin, counted from 1.

    >>> parity_step([-0.29, -0.19, -0.12, -0.08, -0.06], 0.1)
    4
    """
    for start in range(len(bounds) - in_a_row + 1):
        if all(bound > -margin for bound in bounds[start : start + in_a_row]):
            return start + 1
    return None


def success_state(low: float | None, high: float | None, goal: float) -> SuccessState:
    """RV14: proven if the interval lies at or above the goal, missed if wholly below it.

    >>> success_state(0.64, 0.95, 0.85)
    'undecided'
    """
    if low is None or high is None:
        return "undecided"
    return "proven" if low >= goal else "missed" if high < goal else "undecided"


def replication_of(inputs: Inputs[Any]) -> Replication | None:
    """All copies of review_replication; None without the table."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows(inputs.tables, "review_replication"):
        groups.setdefault((row.text("case"), row.text("site")), []).append(row)
    if not groups:
        return None
    s = inputs.settings
    sites = tuple(_site(case, site, found, s) for (case, site), found in groups.items())
    successes = sum(site.outcome == "parity" for site in sites)
    trials = sum(site.outcome != "open" for site in sites)
    rate = wilson(successes, trials, s.level)
    times = [float(site.parity_period or site.watched) for site in sites]
    curve, median = kaplan_meier(times, [site.parity_period is not None for site in sites])
    return Replication(
        sites=sites,
        successes=successes,
        trials=trials,
        still_open=len(sites) - trials,
        share=rate.value,
        low=rate.low,
        high=rate.high,
        goal=s.replication_goal,
        state=success_state(rate.low, rate.high, s.replication_goal),
        median_parity=median,
        curve=curve,
        margin=s.parity_margin,
        copy_periods=s.copy_periods,
    )


def _site(case: str, site: str, found: list[Row], s: Any) -> Site:
    found = sorted(found, key=lambda row: first_day(row.text("period")))
    counts = [tuple(row.num(c) or 0.0 for c in ("x_new", "n_new", "x_old", "n_old"))
              for row in found]  # fmt: skip
    bounds = lower_bounds([(c[0], c[1], c[2], c[3]) for c in counts])
    start = found[0].text("period")
    periods = tuple(
        SitePeriod(
            period=row.text("period"),
            step=ordinal(row.text("period")) - ordinal(start) + 1,
            new=c[0] / c[1],
            old=c[2] / c[3],
            n_new=c[1],
            lower_bound=bound,
            holds=bound > -s.parity_margin,
        )
        for row, c, bound in zip(found, counts, bounds, strict=True)
    )
    place = parity_step(bounds, s.parity_margin, s.parity_in_a_row)
    step = None if place is None else periods[place - 1].step
    watched = _watched(periods)
    return Site(case, site, periods, step, watched, _outcome(step, watched, s.copy_periods))


def _watched(periods: Sequence[SitePeriod]) -> int:
    """Periods that surely lie before parity: a last good run may still turn out to be it."""
    failing = [p.step for p in periods if not p.holds]
    return failing[-1] if failing else 0


def _outcome(step: int | None, watched: int, most: int) -> Outcome:
    if step is not None:
        return "parity" if step <= most else "failed"
    return "failed" if watched >= most else "open"

"""PL17: satisfaction points, judged against the mix of cases and watched for gaming."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.chapters.plan.enabling.model import GamingSignal, Observed, Points, PointState
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.stats import chi_square, poisson_rate

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CaseLoad:
    """Complaints among the cases of one type that one person handled."""

    person: str
    case_type: str
    complaints: int
    cases: int


def points(inputs: Inputs[Settings]) -> Points | None:
    """Everything of the table plan_points; None if it is absent."""
    rows = [row for _, row in inputs.tables.rows("plan_points")]
    if not rows:
        return None
    settings = inputs.settings
    loads = [
        CaseLoad(str(r["person"]), str(r["case_type"]), int(r["complaints"]), int(r["cases"]))
        for r in rows
        if r.get("complaints") is not None
    ]
    group_of = {str(r["person"]): str(r["group"]) for r in rows if r.get("group") is not None}
    rates = team_rates(loads)
    people = observed_expected(loads, rates, lambda load: load.person, settings)
    in_groups = [load for load in loads if load.person in group_of]
    groups = observed_expected(in_groups, rates, lambda load: group_of[load.person], settings)
    return Points(
        tuple(sorted(people, key=lambda one: one.name)),
        tuple(sorted(groups, key=lambda one: (one.ratio is None, one.ratio or 0.0, one.name))),
        tuple(gaming_signals(rows, settings)),
        settings.min_cases,
    )


def team_rates(loads: Sequence[CaseLoad]) -> dict[str, float]:
    """Complaints per case of each type over the whole team."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for load in loads:
        found[load.case_type][0] += load.complaints
        found[load.case_type][1] += load.cases
    return {kind: x / n if n else 0.0 for kind, (x, n) in found.items()}


def observed_expected(
    loads: Sequence[CaseLoad],
    rates: Mapping[str, float],
    unit: Callable[[CaseLoad], str],
    settings: Settings,
) -> list[Observed]:
    """O/E by indirect standardisation (Breslow & Day 1987), exact Poisson interval (Garwood 1936).

    A unit with fewer than min_cases cases is not judged.
    """
    held: dict[str, list[CaseLoad]] = defaultdict(list)
    for load in loads:
        held[unit(load)].append(load)
    return [_judge(name, of_unit, rates, settings) for name, of_unit in held.items()]


def _judge(
    name: str, loads: Sequence[CaseLoad], rates: Mapping[str, float], settings: Settings
) -> Observed:
    observed, n = sum(load.complaints for load in loads), sum(load.cases for load in loads)
    expected = sum(load.cases * rates[load.case_type] for load in loads)
    judged = n >= settings.min_cases
    if expected <= 0:
        return Observed(name, observed, expected, None, None, None, n, judged, "not_judged")
    ratio = poisson_rate(observed, expected, settings.level)
    state = _state(judged, ratio.low, ratio.high)
    return Observed(
        name, observed, expected, ratio.value, ratio.low, ratio.high, n, judged, state
    )  # fmt: skip


def _state(judged: bool, low: float | None, high: float | None) -> PointState:
    if not judged or low is None or high is None:
        return "not_judged"
    return "better" if high < 1 else "watch" if low > 1 else "as_expected"


def gaming_signals(rows: Sequence[Row], settings: Settings) -> list[GamingSignal]:
    """Four checks a person; each speaks of the measure, not of the person's honesty."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[str(row["person"])].append(row)
    found = []
    for person in sorted(held):
        others = [row for name, of_name in held.items() if name != person for row in of_name]
        found += [
            *_claimed(person, held[person], settings),
            *_invited(person, held[person], others, settings),
            *_pile_up(person, held[person], settings),
            *_reopened(person, held[person]),
        ]
    return found


def _total(rows: Sequence[Row], *columns: str) -> tuple[int, ...]:
    """Sums over the rows in which every one of these columns is filled."""
    whole = [row for row in rows if all(row.get(c) is not None for c in columns)]
    return tuple(int(sum(row[c] for row in whole)) for c in columns)


def _claimed(person: str, rows: Sequence[Row], settings: Settings) -> list[GamingSignal]:
    claimed, verified = _total(rows, "claimed", "verified")
    if claimed == 0 or claimed <= settings.claim_ratio * verified:
        return []
    return [GamingSignal(person, "claimed", claimed, verified, claimed, None)]


def _invited(
    person: str, rows: Sequence[Row], others: Sequence[Row], settings: Settings
) -> list[GamingSignal]:
    """Share of own cases invited to the survey against the rest of the team."""
    invited, cases = _total(rows, "invited", "cases")
    theirs, their_cases = _total(others, "invited", "cases")
    table = [[invited, cases - invited], [theirs, their_cases - theirs]]
    columns = [sum(column) for column in zip(*table, strict=True)]
    if not cases or not their_cases or 0 in columns or min(min(row) for row in table) < 0:
        return []
    _, _, p = chi_square(table)
    if p >= settings.gaming_p:
        return []
    return [GamingSignal(person, "invited", invited / cases, theirs / their_cases, cases, p)]


def _pile_up(person: str, rows: Sequence[Row], settings: Settings) -> list[GamingSignal]:
    """Answers just at the mark against the next lower one: alike without a push over the mark."""
    from scipy.stats import binom

    at, below = _total(rows, "at_mark", "below_mark")
    if at + below == 0:
        return []
    p = float(binom.sf(at - 1, at + below, 0.5))
    if p >= settings.gaming_p:
        return []
    return [GamingSignal(person, "pile_up", at, below, at + below, p)]


def _reopened(person: str, rows: Sequence[Row]) -> list[GamingSignal]:
    """More solved at first, and more of them opened again: tickets closed too early."""
    columns = ("solved_before", "solved_after", "reopened_before", "reopened_after")
    whole = [row for row in rows if all(row.get(c) is not None for c in columns) and row["cases"]]
    n = sum(int(row["cases"]) for row in whole)
    if n == 0:
        return []
    sb, sa, rb, ra = (sum(row[c] * row["cases"] for row in whole) / n for c in columns)
    if sa > sb and ra > rb:
        return [GamingSignal(person, "reopened", ra, rb, n, None)]
    return []

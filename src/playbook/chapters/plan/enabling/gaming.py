"""PL17: signs that the measure is being fed instead of the guest served.

Each check speaks of the measure, not of the person's honesty. None is made on fewer than min_cases
cases: small numbers look odd by themselves.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.chapters.plan.enabling.model import (
    GamingSignal,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.stats import chi_square, newcombe

Row = Mapping[str, Any]
Pair = tuple[int, int]

SHARES = ("solved_before", "solved_after", "reopened_before", "reopened_after")
LEAST_EXPECTED = 5
"""Expected count of a cell under which a chi-square test is not made (Cochran 1954)."""


@dataclass(frozen=True)
class _Sums:
    """One person's counts over those rows in which both of a pair are filled."""

    claimed: Pair
    invited: Pair
    marks: Pair
    shares: tuple[float, ...]
    cases_with_shares: int


def gaming_signals(rows: Sequence[Row], settings: Settings) -> tuple[tuple[GamingSignal, ...], int]:
    """Four checks a person, in the order of ids; and how many tests with a p-value were made."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[str(row["person"])].append(row)
    sums = {person: _sums(held[person]) for person in sorted(held)}
    invited, marks = (_team([getattr(s, k) for s in sums.values()]) for k in ("invited", "marks"))
    signals: list[GamingSignal] = []
    tests = 0
    for person, own in sums.items():
        tested = (
            _invited(person, own.invited, _rest(invited, own.invited), settings),
            _pile_up(person, own.marks, _rest(marks, own.marks), settings),
        )
        tests += sum(one is not None for one in tested)
        fired = [one for one in tested if one is not None and _small_p(one, settings)]
        signals += [*_claimed(person, own.claimed, settings), *fired]
        signals += _reopened(person, own, settings)
    return tuple(signals), tests


def _sums(rows: Sequence[Row]) -> _Sums:
    whole = [row for row in rows if row["cases"] and all(row.get(c) is not None for c in SHARES)]
    n = sum(int(row["cases"]) for row in whole)
    shares = tuple(sum(row[c] * row["cases"] for row in whole) / n for c in SHARES) if n else ()
    return _Sums(
        _pair(rows, "claimed", "verified"),
        _pair(rows, "invited", "cases"),
        _pair(rows, "at_mark", "below_mark"),
        shares,
        n,
    )


def _pair(rows: Sequence[Row], one: str, other: str) -> Pair:
    whole = [row for row in rows if row.get(one) is not None and row.get(other) is not None]
    return int(sum(row[one] for row in whole)), int(sum(row[other] for row in whole))


def _team(pairs: Sequence[Pair]) -> Pair:
    return sum(a for a, _ in pairs), sum(b for _, b in pairs)


def _rest(team: Pair, own: Pair) -> Pair:
    return team[0] - own[0], team[1] - own[1]


def _small_p(signal: GamingSignal, settings: Settings) -> bool:
    return signal.p is not None and signal.p < settings.gaming_p


def _claimed(person: str, own: Pair, settings: Settings) -> list[GamingSignal]:
    """More good deeds claimed than were found when checked."""
    claimed, verified = own
    if claimed < settings.min_cases or claimed <= settings.claim_ratio * verified:
        return []
    return [GamingSignal(person, "claimed", float(claimed), float(verified), claimed, None)]


def _invited(person: str, own: Pair, rest: Pair, settings: Settings) -> GamingSignal | None:
    """Share of own cases invited to the survey against the rest of the team (chi-square)."""
    (invited, cases), (theirs, their_cases) = own, rest
    n, all_invited = cases + their_cases, invited + theirs
    table = [[invited, cases - invited], [theirs, their_cases - theirs]]
    if cases < settings.min_cases or not their_cases or min(min(row) for row in table) < 0:
        return None
    least = min(all_invited, n - all_invited) * min(cases, their_cases) / n
    if least < LEAST_EXPECTED:
        return None
    _, _, p = chi_square(table)
    return GamingSignal(person, "invited", invited / cases, theirs / their_cases, cases, p)


def _pile_up(person: str, own: Pair, rest: Pair, settings: Settings) -> GamingSignal | None:
    """Answers just at the mark against the next lower one (binomial).

    Where most guests are content, more answers stand at the mark than below it anyhow: so the
    measure is the rest of the team's share, and at least one half.
    """
    from scipy.stats import binom

    at, n = own[0], sum(own)
    if n < max(1, settings.min_cases):
        return None
    usual = rest[0] / sum(rest) if sum(rest) >= settings.min_cases else 0.5
    usual = max(0.5, usual)
    return GamingSignal(person, "pile_up", at / n, usual, n, float(binom.sf(at - 1, n, usual)))


def _reopened(person: str, own: _Sums, settings: Settings) -> list[GamingSignal]:
    """More solved at first, and more of them opened again: tickets closed too early.

    Both rises must be more than chance would give (Newcombe's interval, one-sided at gaming_p; as
    many cases before as after, since the table holds one count).
    """
    n = own.cases_with_shares
    if n < max(1, settings.min_cases):
        return []
    solved_before, solved_after, before, after = own.shares
    if not _rose(solved_before, solved_after, n, settings):
        return []
    if not _rose(before, after, n, settings):
        return []
    return [GamingSignal(person, "reopened", after, before, n, None)]


def _rose(before: float, after: float, n: int, settings: Settings) -> bool:
    found = newcombe(after * n, n, before * n, n, 1 - 2 * settings.gaming_p)
    return found.low is not None and found.low > 0

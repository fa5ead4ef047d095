"""The four headings of a problem statement, filled with what the evidence says.

Symptoms of low satisfaction, key factors, complaint data, and where goals do not match needs. No
cause and no solution: these are looked for later.
"""

from collections.abc import Sequence

from playbook.chapters.goals.evidence import Need, Needs
from playbook.chapters.goals.model import Card, ProblemStatement

MOST = 3


def problem_statement(needs: Needs, cards: Sequence[Card]) -> ProblemStatement:
    """Ids of the needs under each heading, at most three where they are ranked."""
    items = [n for n in needs.items if n.order is not None]
    answered = [n for n in items if n.satisfaction is not None]
    low = sorted(answered, key=lambda n: (n.satisfaction or 0.0, n.rank))[:MOST]
    basic = [n for n in items if n.kano == "M" and n.below_median]
    rising = [n for n in items if n.trend == "rising" and n not in basic]
    loud = [n for n in items if n.complaints]
    loud = sorted(loud, key=lambda n: (-(n.complaints or 0.0), n.rank))[:MOST]
    goals = {n.need: [c for c in cards if c.customer_need == n.need] for n in items}
    no_process = [n for n in items if goals[n.need] and not _process(goals[n.need])]
    first = min(items, key=lambda n: n.order or 0, default=None)
    return ProblemStatement(
        _ids(low),
        _ids([*basic, *rising]),
        _ids(loud),
        _ids([n for n in items if not goals[n.need]]),
        _ids(no_process),
        first.need if first else None,
    )


def _process(cards: Sequence[Card]) -> bool:
    return any(c.lead_lag == "process" for c in cards)


def _ids(needs: Sequence[Need]) -> tuple[str, ...]:
    return tuple(n.need for n in needs)

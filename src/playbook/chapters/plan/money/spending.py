"""How likely the money lasts, and whether the lines pay for what was chosen."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from playbook.chapters.plan.choice.draws import triangular
from playbook.chapters.plan.choice.reading import Range
from playbook.chapters.plan.money.model import ActionMoney, Spending
from playbook.chapters.plan.money.split import RESERVE
from playbook.core.findings import Finding

DRAWS = 10_000
LIKELY, EVEN = 0.8, 0.5
DIFFERS = 0.05  # of the action's cost: less is rounding, more is two figures for one thing
Row = Mapping[str, Any]


def spending(rows: Sequence[Row], limit: float | None, seed: int) -> Spending | None:
    """What the lines without the reserve will cost, by draws between low, planned and high.

    available: all that is planned, reserve included, or the limit if that is less. Twice: each
    line by itself, and all moving together (one price level). None if no line has a range.
    """
    ordered = sorted(rows, key=lambda row: str(row["line"]))  # the file's order changes nothing
    spent = [row for row in ordered if row["category"] != RESERVE]
    ranges = [
        Range(end_of(row, "low"), float(row["planned"]), end_of(row, "high")) for row in spent
    ]
    if not any(r.high > r.low for r in ranges):
        return None
    total = sum(float(row["planned"]) for row in rows)
    available = total if limit is None else min(total, limit)
    uniforms = np.random.default_rng(seed).random((DRAWS, len(spent) + 1))
    apart = triangular(ranges, uniforms[:, :-1]).sum(axis=1)
    together = triangular(ranges, np.repeat(uniforms[:, -1:], len(spent), axis=1)).sum(axis=1)
    p50, p80 = (round(float(v), 2) for v in np.quantile(apart, [0.5, 0.8]))
    fits = [float((drawn <= available * (1 + 1e-9)).mean()) for drawn in (apart, together)]
    return Spending(available, p50, p80, fits[0], fits[1], DRAWS)


def end_of(row: Row, key: str) -> float:
    """The low or high end of a line; what is planned where it has none."""
    value = row.get(key)
    return float(row["planned"] if value is None else value)


def by_action(
    lines: Sequence[Row], actions: Sequence[Row], chosen: Sequence[str]
) -> tuple[ActionMoney, ...]:
    """Each action with its cost and the money of the lines that name it."""
    held: dict[str, float] = defaultdict(float)
    for row in lines:
        if row.get("action"):
            held[str(row["action"])] += float(row["planned"])
    if not held:
        return ()
    costs = {str(row["action"]): float(row["cost"]) for row in actions}
    reuse = {str(row["action"]): row.get("reuse") for row in actions}
    ids = sorted(set(held) | (set(chosen) & set(costs)))
    return tuple(
        ActionMoney(i, i in chosen, costs.get(i), held.get(i, 0.0), reuse.get(i)) for i in ids
    )


def findings(spent: Spending | None, actions: Sequence[ActionMoney]) -> Iterator[Finding]:
    """Whether the money lasts; lines for what was not chosen, choices without a line."""
    if spent is not None:
        yield _lasts(spent)
    chosen = sum(one.chosen for one in actions)
    if not chosen:
        return
    idle = [one for one in actions if not one.chosen and one.planned > 0]
    if idle:
        yield Finding("money_unchosen", "fact", tuple(one.action for one in idle),
                      {"amount": sum(one.planned for one in idle), "count": len(idle)})  # fmt: skip
    without = [one for one in actions if one.chosen and not one.planned and one.cost]
    if without:
        yield Finding("action_unfunded", "fact", tuple(one.action for one in without),
                      {"amount": sum(one.cost or 0.0 for one in without),
                       "count": len(without), "chosen": chosen})  # fmt: skip
    apart = [one for one in actions if one.chosen and one.planned and one.differs(DIFFERS)]
    if apart:
        yield Finding("cost_differs", "fact", tuple(one.action for one in apart),
                      {"count": len(apart), "allowed": DIFFERS, "chosen": chosen})  # fmt: skip


def _lasts(spent: Spending) -> Finding:
    low, high = sorted((spent.prob_apart, spent.prob_together))
    values = {"low": low, "high": high, "available": spent.available, "p80": spent.p80,
              "draws": spent.draws}  # fmt: skip
    if low >= LIKELY:
        return Finding("money_lasts", "likely", (), values)
    if high < EVEN:
        return Finding("money_short", "likely", (), values, "headline")
    return Finding("money_lasts", "undecided", (), values)

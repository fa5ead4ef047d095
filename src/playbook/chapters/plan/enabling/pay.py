"""I01: the KPI score that pay may follow: weight x attainment, each measure capped.

Only weights of the tree and attainment of the review are used. Before a period is over there is no
attainment: the form then shows weights and leaves the rest open.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from playbook.chapters.plan.enabling.model_steps import (
    PayLine,
    PaySheet,
)


def pay_sheets(earlier: Mapping[str, Mapping[str, Any]], cap: float) -> tuple[PaySheet, ...]:
    """One sheet per holder of KPI weights; none without the tree's weights."""
    held: dict[str, list[tuple[str, float]]] = {}
    for line in earlier.get("tree", {}).get("sheets", ()):
        held.setdefault(str(line["holder"]), []).append((str(line["kpi"]), float(line["weight"])))
    attained = {
        str(one["goal_id"]): one.get("attainment")
        for one in earlier.get("review", {}).get("attainment", ())
    }
    return tuple(pay_sheet(holder, lines, attained, cap) for holder, lines in held.items())


def pay_sheet(
    holder: str,
    weights: Sequence[tuple[str, float]],
    attained: Mapping[str, float | None],
    cap: float = 1.2,
) -> PaySheet:
    """Points of one holder; an unknown measure is neither nought nor shared out among the others.

    >>> pay_sheet("a", [("x", 60), ("y", 40)], {"x": 1.5, "y": -0.2}).total
    72.0
    """
    lines = tuple(
        PayLine(kpi, weight, rate, None if rate is None else weight * min(max(rate, 0.0), cap))
        for kpi, weight in weights
        for rate in (attained.get(kpi),)
    )
    known = [line for line in lines if line.points is not None]
    points = sum((line.points or 0.0 for line in known), 0.0)
    return PaySheet(
        holder, lines, sum((line.weight for line in known), 0.0), points,
        points if lines and len(known) == len(lines) else None, cap,
    )  # fmt: skip

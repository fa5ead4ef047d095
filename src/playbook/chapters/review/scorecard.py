"""The balanced scorecard with its missing weight and the range of its score (RV10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.reading import Row, rows
from playbook.core.inputs import Inputs
from playbook.core.stats import z_of


@dataclass(frozen=True)
class Item:
    """One measure of the card. weight is the share of all weights; counted is cut to 0..cap."""

    measure: str
    perspective: str
    family: str
    weight: float
    attainment: float | None
    low: float | None
    high: float | None
    counted: float | None
    goal_id: str


@dataclass(frozen=True)
class Scorecard:
    """The total is never shown alone: the missing weight, the range and the parts go with it.

    low, high: the score when each weight in turn moves by the set share. draw_low, draw_high:
    95 % interval from the intervals of the attainments. score is None if too much is missing.
    """

    items: tuple[Item, ...]
    score: float | None
    low: float | None
    high: float | None
    draw_low: float | None
    draw_high: float | None
    missing_weight: float
    by_perspective: Mapping[str, float | None]
    weight_by_perspective: Mapping[str, float]
    by_family: Mapping[str, float | None]
    hidden: tuple[str, ...]
    unweighted: tuple[str, ...]


def score(
    weights: Sequence[float], attainments: Sequence[float | None], cap: float
) -> tuple[float | None, float]:
    """RV10: weighted mean of attainments cut to 0..cap, and the share of weight that is missing.

    A missing measure is left out, not counted as 0.

    >>> value, missing = score([0.3, 0.3, 0.2, 0.2], [0.95, 1.3, None, 0.6], 1.2)
    >>> round(value, 5), round(missing, 2)
    (0.95625, 0.2)
    """
    total = sum(weights)
    seen = [(w, min(cap, max(0.0, a))) for w, a in zip(weights, attainments, strict=True)
            if a is not None]  # fmt: skip
    known = sum(w for w, _ in seen)
    missing = 1 - known / total if total > 0 else 1.0
    return (sum(w * a for w, a in seen) / known if known > 0 else None), missing


def score_range(
    weights: Sequence[float], attainments: Sequence[float | None], cap: float, shift: float
) -> tuple[float, float] | None:
    """Lowest and highest score when each weight in turn is shifted down and up, re-scaled."""
    found = []
    for place in range(len(weights)):
        for factor in (1 - shift, 1 + shift):
            moved = [w * factor if k == place else w for k, w in enumerate(weights)]
            value, _ = score(moved, attainments, cap)
            if value is not None:
                found.append(value)
    return (min(found), max(found)) if found else None


def scorecard_of(inputs: Inputs[Any], goals: Sequence[Attainment]) -> Scorecard | None:
    """The card of review_scorecard; attainments come from the goals where a goal is named."""
    found = rows(inputs.tables, "review_scorecard")
    total = sum(row.num("weight") or 0.0 for row in found)
    if not found or total <= 0:
        return None
    s, by_goal = inputs.settings, {goal.goal_id: goal for goal in goals}
    items = tuple(_item(row, by_goal, total, s.scorecard_cap) for row in found)
    weights, rates = [i.weight for i in items], [i.attainment for i in items]
    value, missing = score(weights, rates, s.scorecard_cap)
    enough = value is not None and missing <= s.scorecard_missing_most
    ends = score_range(weights, rates, s.scorecard_cap, s.weight_shift) if enough else None
    drawn = _draws(items, s.scorecard_cap, s.scorecard_draws, inputs.facts.seed) if enough else None
    high = enough and value is not None and value >= s.hides_from
    return Scorecard(
        items=items,
        score=value if enough else None,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        draw_low=drawn[0] if drawn else None,
        draw_high=drawn[1] if drawn else None,
        missing_weight=missing,
        by_perspective=_parts(items, "perspective", s.scorecard_cap),
        weight_by_perspective=_weights(items),
        by_family=_parts(items, "family", s.scorecard_cap),
        hidden=tuple(
            i.measure
            for i in items
            if high and i.attainment is not None and i.attainment < s.hides_below
        ),
        unweighted=tuple(p for p, w in _weights(items).items() if w == 0),
    )


def _item(row: Row, goals: Mapping[str, Attainment], total: float, cap: float) -> Item:
    goal = goals.get(row.text("goal_id"))
    measured = goal is not None and goal.attainment is not None
    rate = goal.attainment if goal is not None and measured else row.num("attainment")
    return Item(
        measure=row.text("measure"),
        perspective=row.text("perspective"),
        family=row.text("family"),
        weight=(row.num("weight") or 0.0) / total,
        attainment=rate,
        low=goal.low if goal is not None and measured else None,
        high=goal.high if goal is not None and measured else None,
        counted=None if rate is None else min(cap, max(0.0, rate)),
        goal_id=row.text("goal_id"),
    )


def _parts(items: Sequence[Item], part: str, cap: float) -> dict[str, float | None]:
    out: dict[str, float | None] = {}
    for name in dict.fromkeys(getattr(i, part) for i in items if getattr(i, part)):
        chosen = [i for i in items if getattr(i, part) == name]
        out[name] = score([i.weight for i in chosen], [i.attainment for i in chosen], cap)[0]
    return out


def _weights(items: Sequence[Item]) -> dict[str, float]:
    perspectives = ("finance", "customer", "process", "learning")
    return {p: sum(i.weight for i in items if i.perspective == p) for p in perspectives}


def _draws(items: Sequence[Item], cap: float, draws: int, seed: int) -> tuple[float, float] | None:
    """Interval of the score from normal draws of the attainments that have an interval."""
    seen = [i for i in items if i.attainment is not None]
    if not any(i.low is not None for i in seen) or sum(i.weight for i in seen) <= 0:
        return None
    rng = np.random.default_rng([seed, 101])
    total = np.zeros(draws)
    for i in seen:
        spread = 0.0 if i.low is None or i.high is None else (i.high - i.low) / (2 * z_of())
        total += i.weight * np.clip((i.attainment or 0.0) + spread * rng.standard_normal(draws),
                                    0, cap)  # fmt: skip
    low, high = np.quantile(total / sum(i.weight for i in seen), [0.025, 0.975])
    return float(low), float(high)

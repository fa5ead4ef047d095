"""The choice under uncertainty (formula PL2): drawn impacts and efforts, the choice in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from playbook.chapters.plan.choice.menu import Flags, Floats, Menu
from playbook.chapters.plan.choice.reading import Action, Range
from playbook.chapters.plan.choice.search import admissible, best_sets

CELLS = 40_000
LEAST = 20
"""Many actions: as many draws as keep draws x actions near CELLS, at least LEAST (said)."""


@dataclass(frozen=True)
class Draws:
    """impact in goal units and effort (draws, n); chosen with what is prescribed, free without."""

    impact: Floats
    effort: Floats
    chosen: Flags
    free: Flags
    top: Flags
    musts_over: float

    @property
    def count(self) -> int:
        return len(self.chosen)


def draws_for(menu: Menu, rows: Sequence[Action], wanted: int) -> int:
    """How many draws: as wanted while all sets can be weighed at once, else by the rule above."""
    lowest = replace(menu, effort=np.array([row.effort.low for row in rows]), must=frozenset())
    limit = np.inf if menu.effort_limit is None else max(menu.effort_limit, _need(menu, rows))
    if admissible(lowest, limit) is not None:
        return wanted
    return min(wanted, max(LEAST, CELLS // menu.n))


def _need(menu: Menu, rows: Sequence[Action]) -> float:
    """The most that the prescribed actions can take."""
    return sum(rows[i].effort.high for i in menu.must)


def triangular(ranges: Sequence[Range], uniforms: Floats) -> Floats:
    """Draws between low and high, likeliest at likely (inverse of the distribution function).

    >>> triangular([Range(0, 1, 2)], np.array([[0.0], [0.5], [1.0]])).ravel().tolist()
    [0.0, 1.0, 2.0]
    """
    low, mode, high = (np.array([getattr(r, k) for r in ranges]) for k in ("low", "likely", "high"))
    wide = np.where(high > low, high - low, 1.0)
    at = (mode - low) / wide
    rising = low + np.sqrt(uniforms * wide * (mode - low))
    falling = high - np.sqrt((1 - uniforms) * wide * (high - mode))
    return np.where(high > low, np.where(uniforms < at, rising, falling), mode)


def drawn(
    menu: Menu, per_unit: Floats, rows: Sequence[Action], wanted: int, seed: int, top: int
) -> Draws:
    """Draw and choose. The prescribed actions stay even in draws where they exceed the effort."""
    count = draws_for(menu, rows, wanted)
    rng = np.random.default_rng(seed)
    uniforms = rng.random((count, 2, menu.n))
    impact = triangular([row.impact for row in rows], uniforms[:, 0])
    flat = np.array([row.anonymous for row in rows])  # an anonymous value: anything up to it
    low, high = (np.array([getattr(row.impact, k) for row in rows]) for k in ("low", "high"))
    impact = np.where(flat, low + uniforms[:, 0] * (high - low), impact)
    effort = triangular([row.effort for row in rows], uniforms[:, 1])
    values = impact * per_unit
    limit = np.inf if menu.effort_limit is None else menu.effort_limit
    limits = np.full(count, limit)
    free = best_sets(replace(menu, must=frozenset()), values, effort, limits)
    chosen, over = free, 0.0
    if menu.must:
        need = effort[:, sorted(menu.must)].sum(axis=1)
        over = float((need > limit * (1 + 1e-9)).mean())
        chosen = _with_musts(menu, free, values, effort, np.maximum(limits, need))
    order = np.argsort(-values, axis=1, kind="stable")
    among = np.zeros_like(chosen)
    np.put_along_axis(among, order[:, :top], True, axis=1)
    return Draws(impact, effort, chosen, free, among & (values > 0), over)


def _with_musts(menu: Menu, free: Flags, values: Floats, effort: Floats, limits: Floats) -> Flags:
    """A free choice that holds all that is prescribed is also the best with it."""
    again = ~free[:, sorted(menu.must)].all(axis=1)
    chosen = free.copy()
    if again.any():
        chosen[again] = best_sets(menu, values[again], effort[again], limits[again])
    return chosen


def gains(
    menu: Menu, per_unit: Floats, impact: Floats, chosen: Flags, members: Sequence[int]
) -> Floats:
    """What the chosen actions gain on one goal in each draw, in its unit, caps applied."""
    mine = [i for i in members if chosen[i] and per_unit[i] > 0]
    total = impact[:, mine].sum(axis=1) if mine else np.zeros(len(impact))
    for group in menu.groups:
        inside = [i for i in group.members if i in mine]
        if not inside:
            continue
        held = impact[:, list(group.members)].max(axis=1)
        cap = np.maximum(held, 0.0) if group.cap is None else np.full(len(impact), group.cap)
        total = total - np.maximum(impact[:, inside].sum(axis=1) - cap, 0.0)
    return np.asarray(total)

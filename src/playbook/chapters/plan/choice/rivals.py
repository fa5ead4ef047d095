"""Products of scores (ICE, RICE) beside the choice: for comparison only, they are none of ours.

A product of ordinal scores has no unit; the same 1-10 scores in another spacing give another order.
The scores here are made from the plan's own numbers, so that the comparison is fair.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from playbook.chapters.plan.choice.menu import Floats, Menu
from playbook.chapters.plan.choice.model import Rival
from playbook.chapters.plan.choice.reading import Action

Kind = Literal["ice", "rice"]


def scores(rows: Sequence[Action], menu: Menu) -> dict[Kind, Floats]:
    """ICE: value, confidence, ease from 1 to 10, multiplied. RICE: value x confidence / effort."""
    sure = np.array([_confidence(row) for row in rows])
    ice = _tens(menu.values) * np.round(sure * 10) * _tens(-menu.effort)
    rice = np.maximum(menu.values, 0.0) * sure / np.maximum(menu.effort, 1e-9)
    return {"ice": ice, "rice": rice}


def _confidence(row: Action) -> float:
    """RICE's usual steps: 50 % for a quoted or very wide value, 80 %, 100 % for a narrow range."""
    if row.anonymous or row.impact.likely <= 0:
        return 0.5
    if row.impact.is_point:  # nobody said how sure
        return 0.8
    width = (row.impact.high - row.impact.low) / row.impact.likely
    return 0.5 if width > 1 else 0.8 if width > 0.5 else 1.0


def _tens(x: Floats) -> Floats:
    """Stretched from 1 (least) to 10 (most), whole numbers."""
    wide = float(x.max() - x.min())
    return np.round(1 + 9 * (x - x.min()) / wide) if wide > 0 else np.full(len(x), 5.0)


def ranks(score: Floats) -> list[int]:
    """1 is best; ties share the better rank."""
    return [int((score > one).sum()) + 1 for one in score]


def rival(kind: Kind, score: Floats, rows: Sequence[Action], menu: Menu, ours: set[str]) -> Rival:
    """Down the list, each action that still fits, with what it requires: how the score is used."""
    chosen = np.array([i in menu.must for i in range(menu.n)])
    for i in sorted(range(menu.n), key=lambda i: (-score[i], rows[i].action)):
        more = chosen.copy()
        for j in _with_needed(i, menu):
            more[j] = True
        if menu.fits(more):
            chosen = more
    names = tuple(rows[i].action for i in np.flatnonzero(chosen).tolist())
    return Rival(kind, names, menu.worth(chosen), len(ours ^ set(names)))


def _with_needed(i: int, menu: Menu) -> set[int]:
    found = {i}
    while more := {b for a, b in menu.requires if a in found} - found:
        found |= more
    return found

"""Measures that must not get worse (PI15) and process gates (PI17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import pandas as pd

from playbook.chapters.pilot.decision import guardrail_state
from playbook.chapters.pilot.estimate import meta_regression
from playbook.chapters.pilot.parts import Gate, GateState, Guardrail
from playbook.chapters.pilot.phases import phase
from playbook.chapters.pilot.stores import can_infer, number, words
from playbook.core.stats import wilson, z_of

Worse = Literal["up", "down"]
AMBER_Z = 1.645  # as printed by Lewis et al. 2021


def guardrails_of(
    table: pd.DataFrame, arms: Mapping[str, str], post_from: object
) -> tuple[Guardrail, ...]:
    """Each metric of the table, in the order it first comes. arms: store -> pilot | control."""
    table = table.assign(phase=[phase(p, post_from) or "" for p in words(table, "period")])
    table = table[table["store"].isin(list(arms)) & (table["phase"] != "")]
    metrics = dict.fromkeys(metric for metric in words(table, "metric") if metric)
    return tuple(_guardrail(m, table[table["metric"] == m], arms) for m in metrics)


def gates_of(table: pd.DataFrame, alpha: float = 0.05, power: float = 0.9) -> tuple[Gate, ...]:
    """Each process gate with its traffic light."""
    rows = zip(
        words(table, "gate"), number(table, "x"), number(table, "n"),
        number(table, "red"), number(table, "green"), strict=True,
    )  # fmt: skip
    found = []
    for gate, x, n, red, green in rows:
        e = wilson(x, n)
        cut = amber_cut(red, n) if n > 0 else None
        needed = round(answers_for_gate(red, green, alpha, power) + 0.5)
        state = gate_state(e.value, red, green, cut)
        found.append(
            Gate(gate, int(x), int(n), e.value, e.low, e.high, red, green, cut, needed, state)
        )
    return tuple(found)


def gate_state(share: float | None, red: float, green: float, cut: float | None) -> GateState:
    """Red up to the red limit, green from the green limit, amber split at the cut (PI17).

    Nothing observed is red: the process was not seen to run.

    >>> gate_state(0.6, 0.5, 0.75, 0.641), gate_state(0.7, 0.5, 0.75, 0.641)
    ('amber_red', 'amber_green')
    """
    if share is None or share <= red:
        return "red"
    if share >= green:
        return "green"
    return "amber_green" if cut is not None and share >= cut else "amber_red"


def amber_cut(red: float, n: float) -> float:
    """The share from which, with n cases, a true share at the red limit is ruled out (PI17).

    >>> round(amber_cut(0.5, 34), 3)
    0.641
    """
    return red + AMBER_Z * sqrt(red * (1 - red) / n)


def answers_for_gate(red: float, green: float, alpha: float = 0.05, power: float = 0.9) -> float:
    """Cases to tell green from red, with continuity correction (PI17; Lewis et al. 2021).

    >>> round(answers_for_gate(0.5, 0.75), 1)
    34.2
    """
    a, b = z_of(1 - 2 * alpha), z_of(2 * power - 1)
    gap = abs(green - red)
    n = ((a * sqrt(red * (1 - red)) + b * sqrt(green * (1 - green))) / gap) ** 2
    return n / 4 * (1 + sqrt(1 + 2 / (n * gap))) ** 2


def _guardrail(metric: str, rows: pd.DataFrame, arms: Mapping[str, str]) -> Guardrail:
    worse: Worse = "up" if words(rows, "worse")[0] == "up" else "down"
    margin = float(number(rows, "margin").iloc[0])
    sides = {store: _sides(rows[rows["store"] == store]) for store in arms}
    known = {store: both for store, both in sides.items() if both is not None}
    pilot = [arms[store] == "pilot" for store in known]
    if not can_infer(pilot):
        nothing = (None, None, None, None, None)
        return Guardrail(metric, worse, margin, len(known), *nothing, "undecided")
    sign = 1 if worse == "up" else -1
    extreme = any(level.extreme for both in known.values() for level in both)
    changes = [sign * (post.value - pre.value) for pre, post in known.values()]
    variances = [pre.variance(extreme) + post.variance(extreme) for pre, post in known.values()]
    f = meta_regression(changes, variances, pilot)
    state = guardrail_state(f.estimate, f.se, f.df, margin)
    numbers = (f.estimate, f.se, f.df, f.ci90_low, f.ci90_high)
    return Guardrail(metric, worse, margin, len(known), *numbers, state)


@dataclass(frozen=True)
class _Level:
    """A share of n answers, or a value whose own spread is not known (n = 0)."""

    value: float
    n: float

    @property
    def extreme(self) -> bool:
        return self.n > 0 and self.value in (0.0, 1.0)

    def variance(self, inward: bool) -> float:
        if self.n == 0:
            return 0.0
        p = (self.value * self.n + 0.5) / (self.n + 1) if inward else self.value
        return p * (1 - p) / self.n


def _sides(rows: pd.DataFrame) -> tuple[_Level, _Level] | None:
    pre, post = (_level(rows[rows["phase"] == side]) for side in ("pre", "post"))
    return None if pre is None or post is None else (pre, post)


def _level(rows: pd.DataFrame) -> _Level | None:
    """Share of all counts, else mean of the values given."""
    n, x = number(rows, "n"), number(rows, "x")
    counted = n.notna() & x.notna() & (n > 0)
    if counted.any():
        total = float(n[counted].sum())
        return _Level(float(x[counted].sum()) / total, total)
    values = number(rows, "value").dropna()
    return _Level(float(values.mean()), 0.0) if len(values) else None

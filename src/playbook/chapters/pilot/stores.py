"""The stores of the pilot as arrays: levels, changes, sampling variances, the 2x2 table."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.chapters.pilot.design import Icc, icc_of
from playbook.chapters.pilot.estimate import Bools
from playbook.chapters.pilot.estimate import naive_customer as naive_of
from playbook.chapters.pilot.parts import (
    Cell,
    Cells,
    Measure,
    NaiveCustomer,
    RegressionToMean,
    StoreChange,
)
from playbook.core.stats import Floats, finite, wilson, z_of

FEWEST_STORES, FEWEST_CONTROLS = 4, 3


def can_infer(pilot: Iterable[bool]) -> bool:
    """Are there stores enough for an estimate with an interval (PI10)?"""
    arms = list(pilot)
    controls = sum(not arm for arm in arms)
    return any(arms) and len(arms) >= FEWEST_STORES and controls >= FEWEST_CONTROLS


@dataclass(frozen=True)
class Stores:
    """One entry a store. spread_*: variance of one answer; variance_*: of the level itself."""

    names: tuple[str, ...]
    pilot: Bools
    measure: Measure
    n_pre: Floats
    n_post: Floats
    pre: Floats
    post: Floats
    spread_pre: Floats
    spread_post: Floats
    pair: tuple[str, ...]
    stratum: tuple[str, ...]
    adjusted: bool

    @property
    def change(self) -> Floats:
        return self.post - self.pre

    @property
    def variance(self) -> Floats:
        """PI10: sampling variance of each change; shares of 0 or 1 moved inward in all stores."""
        if not self.adjusted:
            return self.spread_pre / self.n_pre + self.spread_post / self.n_post
        sides = ((self.pre, self.n_pre), (self.post, self.n_post))
        a, b = (((p * n + 0.5) / (n + 1), n) for p, n in sides)
        found: Floats = a[0] * (1 - a[0]) / a[1] + b[0] * (1 - b[0]) / b[1]
        return found

    def only(self, kept: Bools) -> "Stores":
        """These stores alone."""
        at = np.flatnonzero(kept)

        def some(items: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(items[i] for i in at)

        return Stores(
            some(self.names), self.pilot[at], self.measure, self.n_pre[at], self.n_post[at],
            self.pre[at], self.post[at], self.spread_pre[at], self.spread_post[at],
            some(self.pair), some(self.stratum), self.adjusted,
        )  # fmt: skip


def measure_of(table: pd.DataFrame) -> Measure | None:
    """Counts or means? None if the table holds neither."""
    if number(table, "x_pre").notna().any():
        return "share"
    return "mean" if number(table, "mean_pre").notna().any() else None


def number(table: pd.DataFrame, column: str) -> "pd.Series[float]":
    """A column of numbers, all missing where the table lacks it."""
    if column not in table:
        return pd.Series(np.nan, index=table.index, dtype=float)
    return pd.to_numeric(table[column]).astype(float)


def words(table: pd.DataFrame, column: str) -> tuple[str, ...]:
    """A column of text; missing is empty."""
    if column not in table:
        return ("",) * len(table)
    return tuple("" if pd.isna(cell) else str(cell) for cell in table[column])


def read_stores(table: pd.DataFrame, measure: Measure) -> Stores:
    """The checked table as arrays, in its own order."""
    sides = {}
    for side in ("pre", "post"):
        n: Floats = number(table, f"n_{side}").fillna(0).to_numpy().astype(float)
        if measure == "share":
            x = number(table, f"x_{side}").to_numpy()
            level = np.divide(x, n, out=np.full_like(n, np.nan), where=n > 0)
            sides[side] = n, level, level * (1 - level)
        else:
            level = np.where(n > 0, number(table, f"mean_{side}").to_numpy(), np.nan)
            sides[side] = n, level, number(table, f"sd_{side}").to_numpy() ** 2
    levels = np.concatenate([sides["pre"][1], sides["post"][1]])
    return Stores(
        names=words(table, "store"),
        pilot=np.asarray([arm == "pilot" for arm in words(table, "arm")], bool),
        measure=measure,
        n_pre=sides["pre"][0],
        n_post=sides["post"][0],
        pre=sides["pre"][1],
        post=sides["post"][1],
        spread_pre=sides["pre"][2],
        spread_post=sides["post"][2],
        pair=words(table, "pair"),
        stratum=words(table, "stratum"),
        adjusted=measure == "share" and bool(np.isin(levels, (0.0, 1.0)).any()),
    )


def store_changes(s: Stores) -> tuple[StoreChange, ...]:
    """One record a store; the interval of its change is normal with its sampling variance."""
    change, variance = s.change, s.variance
    return tuple(
        StoreChange(
            store=name,
            arm="pilot" if s.pilot[i] else "control",
            n_pre=int(s.n_pre[i]),
            n_post=int(s.n_post[i]),
            pre=float(s.pre[i]),
            post=finite(s.post[i]),
            change=finite(change[i]),
            variance=finite(variance[i]),
            low=finite(change[i] - z_of() * np.sqrt(variance[i])),
            high=finite(change[i] + z_of() * np.sqrt(variance[i])),
        )
        for i, name in enumerate(s.names)
    )


def cells_of(s: Stores) -> Cells:
    """The 2x2 table of all answers (PI13)."""
    cells = tuple(
        _cell(s, arm, period) for arm in ("pilot", "control") for period in ("pre", "post")
    )
    a, b, c, d = (cell.value for cell in cells)
    pilot = None if a is None or b is None else b - a
    control = None if c is None or d is None else d - c
    return Cells(cells, pilot, control, did(a, b, c, d))


def did(
    pilot_pre: float | None,
    pilot_post: float | None,
    control_pre: float | None,
    control_post: float | None,
) -> float | None:
    """Difference in differences of four cells (PI13); None if one is missing.

    >>> round(did(20.44, 21.03, 23.33, 21.17), 2)
    2.75
    """
    if pilot_pre is None or pilot_post is None or control_pre is None or control_post is None:
        return None
    return (pilot_post - pilot_pre) - (control_post - control_pre)


def naive_customer(s: Stores) -> NaiveCustomer:
    """Every answer as a unit: shown beside, with the reason why it is not used."""
    parts = [_pooled(s, arm, side) for arm in (True, False) for side in ("post", "pre")]
    a, b, c, d = ((level, spread / n) for n, level, spread in parts)
    return naive_of((a[0], b[0], c[0], d[0]), (a[1], b[1], c[1], d[1]))


def icc(s: Stores) -> Icc | None:
    """Intraclass correlation of the answers before the pilot (PI8)."""
    variances = s.spread_pre * s.n_pre / np.maximum(s.n_pre - 1, 1) if s.measure == "share" else (
        s.spread_pre
    )  # fmt: skip
    return icc_of(list(s.n_pre), list(s.pre), list(variances))


def between_sd(s: Stores) -> float:
    """Standard deviation of true store baselines: spread less sampling variance, floor 0."""
    if s.pre.size < 2:
        return 0.0
    noise = float((s.spread_pre / s.n_pre).mean())
    return float(np.sqrt(max(0.0, float(s.pre.var(ddof=1)) - noise)))


def regression_to_mean(s: Stores, by_score: bool) -> RegressionToMean:
    """What the pilots would change without any effect if picked by this baseline (PI16)."""
    from playbook.chapters.pilot.design import change_without_effect, reliability

    n = harmonic(s.n_pre[s.pilot])
    trust = reliability(between_sd(s), float(s.spread_pre.mean()), n)
    selected, everyone = float(s.pre[s.pilot].mean()), float(s.pre.mean())
    expected = change_without_effect(trust, selected, everyone)
    others = s.pre[~s.pilot]
    bias = expected if others.size == 0 else -(1 - trust) * (selected - float(others.mean()))
    return RegressionToMean(trust, selected, everyone, expected, bias, by_score)


def harmonic(n: Floats) -> float:
    """Harmonic mean: the number of answers whose 1/n is the mean of the stores' 1/n."""
    return float(n.size / (1 / n).sum())


def _cell(s: Stores, arm: str, period: str) -> Cell:
    chosen = s.pilot if arm == "pilot" else ~s.pilot
    stores = int(chosen.sum())
    n, level, spread = _pooled(s, arm == "pilot", period)
    if n == 0:
        return Cell(arm, period, stores, 0, None, None, None)
    if s.measure == "share":
        e = wilson(level * n, n)
        return Cell(arm, period, stores, round(n), e.value, e.low, e.high)
    half = z_of() * float(np.sqrt(spread / n))
    return Cell(arm, period, stores, round(n), level, level - half, level + half)


def _pooled(s: Stores, pilot: bool, period: str) -> tuple[float, float, float]:
    """n, level and variance of one answer over all answers of an arm and period."""
    chosen = s.pilot == pilot
    n = (s.n_pre if period == "pre" else s.n_post)[chosen]
    level = (s.pre if period == "pre" else s.post)[chosen]
    spread = (s.spread_pre if period == "pre" else s.spread_post)[chosen]
    there = n > 0
    total = float(n[there].sum())
    if total == 0:
        return 0.0, 0.0, 0.0
    mean = float((n * level)[there].sum()) / total
    if s.measure == "share":
        mean = round(mean * total) / total
        return total, mean, mean * (1 - mean)
    return total, mean, float((n * (spread + (level - mean) ** 2))[there].sum()) / total

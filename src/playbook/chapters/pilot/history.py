"""What the months before tell: pre-trend, placebo date, store noise; response and sample mix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook.chapters.pilot.customer import group_chi_square
from playbook.chapters.pilot.estimate import meta_regression
from playbook.chapters.pilot.parts import Group, Lift, Response
from playbook.chapters.pilot.phases import phase
from playbook.chapters.pilot.stores import FEWEST_STORES, can_infer, number, words
from playbook.core.periods import ordinal
from playbook.core.stats import Floats, chi_square


@dataclass(frozen=True)
class Before:
    """Store changes inside the time before the pilot: slopes a period, and half against half."""

    stores: tuple[str, ...]
    slope: tuple[float, ...]
    slope_variance: tuple[float, ...]
    half: tuple[float, ...]
    half_variance: tuple[float, ...]
    periods: int


def before(table: pd.DataFrame, stores: Sequence[str], post_from: date | None) -> Before | None:
    """Read the periods before post_from; None with fewer than two of them."""
    rows = table.assign(
        phase=[phase(p, post_from) or "" for p in words(table, "period")],
        n=number(table, "n"), x=number(table, "x"),
    )  # fmt: skip
    rows = rows[(rows["phase"] == "pre") & (rows["n"] > 0)]
    periods = sorted(set(words(rows, "period")), key=_order)
    if post_from is None or len(periods) < 2:
        return None
    wide_n = rows.pivot_table(index="store", columns="period", values="n", aggfunc="sum")
    wide_x = rows.pivot_table(index="store", columns="period", values="x", aggfunc="sum")
    kept = [s for s in stores if s in wide_n.index and wide_n.loc[s, periods].notna().all()]
    if len(kept) < FEWEST_STORES:
        return None
    n = wide_n.loc[kept, periods].to_numpy(float)
    x = wide_x.loc[kept, periods].to_numpy(float)
    at = np.asarray([_order(p) for p in periods], float)
    pooled = (x.sum(axis=1) + 0.5) / (n.sum(axis=1) + 1)
    spread = pooled * (1 - pooled)
    slope, slope_v = _slopes(x / n, n, at, spread)
    half, half_v = _halves(x, n, spread)
    return Before(
        tuple(kept), tuple(slope), tuple(slope_v), tuple(half), tuple(half_v), len(periods)
    )


def pre_trend(found: Before, arms: Mapping[str, str]) -> Lift | None:
    """Difference of the slopes, pilots less controls, per period (PI19)."""
    return _compare(found.slope, found.slope_variance, [arms[s] == "pilot" for s in found.stores])


def placebo_date(found: Before, arms: Mapping[str, str]) -> Lift | None:
    """The lift as if the pilot had begun in the middle of the time before (PI19)."""
    return _compare(found.half, found.half_variance, [arms[s] == "pilot" for s in found.stores])


def store_noise(found: Before) -> float:
    """tau: SD of earlier store changes less their sampling variance, floor 0 (PI9)."""
    changes = np.asarray(found.half)
    noise = float(np.mean(found.half_variance))
    return float(np.sqrt(max(0.0, float(changes.var(ddof=1)) - noise)))


def responses(
    table: pd.DataFrame, arms: Mapping[str, str], post_from: date | None, pre_from: date | None
) -> tuple[Response, ...]:
    """Answers per invitation of each arm and side; empty where invitations are not known."""
    sides = [phase(p, post_from) or "" for p in words(table, "period")]
    rows = table.assign(
        arm=[arms.get(s, "") for s in words(table, "store")],
        phase=sides, n=number(table, "n"), invited=number(table, "invited"),
    )  # fmt: skip
    if pre_from is not None:
        early = [_is_before(p, pre_from) for p in words(table, "period")]
        rows = rows[~np.asarray(early, bool)]
    rows = rows[rows["invited"] > 0]
    found = []
    for arm in ("pilot", "control"):
        for side in ("pre", "post"):
            some = rows[(rows["arm"] == arm) & (rows["phase"] == side)]
            invited, answered = int(some["invited"].sum()), int(some["n"].sum())
            if invited:
                found.append(Response(arm, side, invited, answered, answered / invited))
    return tuple(found)


def mix(
    answers: pd.DataFrame | None,
    response: Sequence[Response],
    arms: Mapping[str, str],
    post_from: date | None,
    alpha: float,
) -> tuple[Group, ...]:
    """Do pilots and controls differ in who answered and how many did (PI2)?"""
    found = []
    for side in ("pre", "post"):
        both = [r for r in response if r.period == side]
        if len(both) == 2:
            test = group_chi_square([r.answered for r in both], [r.invited for r in both])
            found.append(_group(f"response_{side}", test, alpha))
    if answers is not None:
        found += _answer_mix(answers, arms, post_from, alpha)
    return tuple(found)


def _answer_mix(
    table: pd.DataFrame, arms: Mapping[str, str], post_from: date | None, alpha: float
) -> list[Group]:
    answered = [bool(cell) and not pd.isna(cell) for cell in table["answered"]]
    rows = table.assign(
        arm=[arms.get(s, "") for s in words(table, "store")],
        phase=[phase(p, post_from) or "" for p in words(table, "period")],
    )[answered]
    found = []
    for column in ("segment", "channel"):
        rows_of = rows.assign(kind=words(rows, column))
        rows_of = rows_of[(rows_of["phase"] == "post") & (rows_of["arm"] != "")]
        rows_of = rows_of[rows_of["kind"] != ""]
        if rows_of["kind"].nunique() > 1 and rows_of["arm"].nunique() == 2:
            counts = pd.crosstab(rows_of["arm"], rows_of["kind"]).to_numpy(float)
            found.append(_group(column, chi_square(counts), alpha))
    return found


def _group(what: str, test: tuple[float, int, float], alpha: float) -> Group:
    return Group(what, *test, differs=test[2] < alpha)


def _compare(
    values: Sequence[float], variances: Sequence[float], pilot: Sequence[bool]
) -> Lift | None:
    if not can_infer(pilot):
        return None
    return meta_regression(values, variances, pilot)


def _slopes(
    p: Floats,
    n: Floats,
    at: Floats,
    spread: Floats,
) -> tuple[list[float], list[float]]:
    centre = (n * at).sum(axis=1) / n.sum(axis=1)
    apart = at[None, :] - centre[:, None]
    squares = (n * apart**2).sum(axis=1)
    return list((n * apart * p).sum(axis=1) / squares), list(spread / squares)


def _halves(
    x: Floats,
    n: Floats,
    spread: Floats,
) -> tuple[list[float], list[float]]:
    middle = n.shape[1] // 2
    first, second = n[:, :middle].sum(axis=1), n[:, middle:].sum(axis=1)
    change = x[:, middle:].sum(axis=1) / second - x[:, :middle].sum(axis=1) / first
    return list(change), list(spread / first + spread / second)


def _order(period: str) -> int:
    try:
        return ordinal(period.strip())
    except ValueError:
        return 0


def _is_before(period: str, day: date) -> bool:
    return phase(period, day) == "pre" and period.strip()[:1].isdigit()

"""Reliability of one scale from its rows: S6, S11-S17."""

from collections.abc import Sequence

import numpy as np

from playbook.chapters.servqual import alpha as formula
from playbook.chapters.servqual.gaps import correlation_of, difference_reliability
from playbook.chapters.servqual.omega import Omega, omega
from playbook.chapters.servqual.result_reliability import Reliability, SplitHalf
from playbook.core.stats import Floats

WEAK, REDUNDANT = 0.30, 0.95
LEAST_COMPLETE = 0.6  # below it alpha speaks for few of those who answered


def reliability(
    x: Floats, items: Sequence[str], target: float = 0.85, least_n: int = 10
) -> Reliability:
    """Reliability of a scale: x (respondents, items), NaN = no answer; listwise (S17).

    Items without variance are dropped and flagged ``constant_item``. Below two items or least_n
    complete rows nothing is computed: flags ``k_too_small``, ``n_too_small``.
    """
    answered = x[~np.isnan(x).all(axis=1)] if x.size else x
    whole = x[~np.isnan(x).any(axis=1)]
    varies = [i for i in range(x.shape[1]) if len(whole) > 1 and np.ptp(whole[:, i]) > 0]
    flags = [f"constant_item:{items[i]}" for i in range(x.shape[1]) if i not in varies]
    n, k = len(whole), len(varies)
    if n < least_n:
        flags = [f"n_too_small:{n}"]
    elif k < 2:
        flags.append("k_too_small")
    if n < max(least_n, 2) or k < 2:
        return _nothing(items, len(answered), n, _min_pair(x), k, target, flags)
    C = np.atleast_2d(np.cov(whole[:, varies], rowvar=False))
    kept = [items[i] for i in varies]
    return _from_covariance(C, kept, n, target, flags, len(answered), x[:, varies])


def from_covariance(C: Floats, items: Sequence[str], n: int, target: float = 0.85) -> Reliability:
    """Reliability from a published covariance matrix of n rows."""
    return _from_covariance(C, list(items), n, target, [], n, None)


def pairwise_alpha(x: Floats) -> float | None:
    """Alpha of the pairwise covariances: no n belongs to it, so no interval (S17)."""
    k = x.shape[1]
    C = np.full((k, k), np.nan)
    for i in range(k):
        for j in range(i, k):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            if both.sum() > 1:
                a, b = x[both, i], x[both, j]
                C[i, j] = C[j, i] = float((a - a.mean()) @ (b - b.mean())) / (both.sum() - 1)
    return None if np.isnan(C).any() else formula.raw_alpha(C)


def gap_reliability(p: Floats, e: Floats) -> tuple[float | None, int]:
    """S6 on rows complete on both forms: reliability of the dimension gap and its n."""
    both = ~np.isnan(p).any(axis=1) & ~np.isnan(e).any(axis=1)
    n = int(both.sum())
    if n < 2 or p.shape[1] < 2:
        return None, n
    p, e = p[both], e[both]
    r_pp = formula.raw_alpha(np.cov(p, rowvar=False))
    r_ee = formula.raw_alpha(np.cov(e, rowvar=False))
    mp, me = p.mean(axis=1), e.mean(axis=1)
    r_pe = correlation_of(mp, me)
    if r_pp is None or r_ee is None or r_pe is None:
        return None, n
    s_p, s_e = float(mp.std(ddof=1)), float(me.std(ddof=1))
    return difference_reliability(s_p, s_e, r_pp, r_ee, r_pe), n


def _from_covariance(
    C: Floats, items: list[str], n: int, target: float, flags: list[str], n_rows: int,
    x: Floats | None,
) -> Reliability:  # fmt: skip
    k = len(items)
    a = formula.raw_alpha(C)
    p_above, p_below, verdict = (
        (None, None, None) if a is None else formula.against_target(a, n, k, target)
    )
    totals = formula.item_total(C)
    model = omega(C, n)
    flags = flags + _flags(a, items, totals, model)
    if n < LEAST_COMPLETE * n_rows:
        flags.append("listwise_loss")
    return Reliability(
        tuple(items),
        n_rows,
        n,
        n if x is None else _min_pair(x),
        k,
        a,
        formula.standardised_alpha(C),
        None if a is None else formula.feldt_interval(a, n, k),
        None if x is None else pairwise_alpha(x),
        target,
        p_above,
        p_below,
        verdict,
        dict(zip(items, totals, strict=True)),
        dict(zip(items, formula.alpha_if_deleted(C), strict=True)),
        formula.lambda6(C),
        formula.split_half(C),
        None if model.flag else model.model,
        model.model,
        model.observed,
        model.standardised,
        model.fit,
        tuple(flags),
    )


def _flags(
    a: float | None, items: list[str], totals: list[float | None], model: Omega
) -> list[str]:
    out = []
    if a is not None and a < 0:
        out.append("alpha_negative")
    if a is not None and a > REDUNDANT:
        out.append("redundant")
    for item, r in zip(items, totals, strict=True):
        if r is not None and r < 0:
            out.append(f"item_negative:{item}")
        elif r is not None and r < WEAK:
            out.append(f"item_weak:{item}")
    return [*out, model.flag] if model.flag else out


def _min_pair(x: Floats) -> int:
    valid = (~np.isnan(x)).astype(float)
    return int((valid.T @ valid).min()) if x.size else 0


def _nothing(
    items: Sequence[str], n_rows: int, n: int, n_pair: int, k: int, target: float, flags: list[str]
) -> Reliability:
    none = dict.fromkeys(items)
    return Reliability(
        tuple(items), n_rows, n, n_pair, k, None, None, None, None, target, None, None, None,
        none, none, None, SplitHalf(None, None, None, None), None, None, None, None, None,
        tuple(flags),
    )  # fmt: skip

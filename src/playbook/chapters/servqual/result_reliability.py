"""Reliability of a scale as the chapter hands it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Interval = tuple[float, float] | None
Verdict = Literal["proven", "undecided", "below"]


@dataclass(frozen=True)
class SplitHalf:
    """Odd against even positions in instrument order."""

    r_halves: float | None
    spearman_brown: float | None
    horst: float | None
    guttman_rulon: float | None


@dataclass(frozen=True)
class Fit:
    """Fit of the one-factor model; None where the model has no degrees of freedom."""

    chi2: float | None
    df: int
    cfi: float | None
    rmsea: float | None
    srmr: float | None


@dataclass(frozen=True)
class Reliability:
    """One scale. n_rows: rows with any answer; alpha_n: complete rows, on which alpha stands.

    omega is omega_model where the one-factor model fits, else None.
    """

    items: tuple[str, ...]
    n_rows: int
    alpha_n: int
    n_min_pair: int
    k: int
    alpha: float | None
    alpha_std: float | None
    alpha_ci: Interval
    alpha_pairwise: float | None
    target: float
    p_above: float | None
    p_below: float | None
    verdict: Verdict | None
    item_total: Mapping[str, float | None]
    alpha_if_deleted: Mapping[str, float | None]
    lambda6: float | None
    split_half: SplitHalf
    omega: float | None
    omega_model: float | None
    omega_observed: float | None
    omega_standardised: float | None
    fit: Fit | None
    flags: tuple[str, ...]

"""The same question answered in other ways: does the verdict hang on one choice or one store?"""

import numpy as np

from playbook.chapters.pilot.estimate import exact_t, fixed_weights, meta_regression
from playbook.chapters.pilot.parts import Lift, Permutation, SensitivityRow
from playbook.chapters.pilot.stores import Stores, can_infer


def sensitivity(
    s: Stores,
    primary: Lift,
    permutation: Permutation,
    placebo: Lift | None,
    margin: float,
    alpha: float,
) -> tuple[SensitivityRow, ...]:
    """The strip: primary, exact t, permutation, weighted, placebo date, each store left out."""
    rows = [
        _row("primary", "", primary),
        _row("exact_t", "", exact_t(s.change, s.pilot, margin)),
        _permutation(s, permutation, alpha),
        _row("weighted", "", fixed_weights(s.change, s.variance, s.pilot, margin)),
    ]
    if placebo is not None:
        rows.append(_row("placebo_date", "", placebo, with_margin=False))
    return (*rows, *_left_out(s, margin))


def _left_out(s: Stores, margin: float) -> list[SensitivityRow]:
    found = []
    for i, name in enumerate(s.names):
        rest = np.arange(s.change.size) != i
        if not can_infer(s.pilot[rest]):
            continue
        found.append(
            _row(
                "without_pilot" if s.pilot[i] else "without_control",
                name,
                meta_regression(s.change[rest], s.variance[rest], s.pilot[rest], margin),
            )
        )
    return found


def _row(code: str, about: str, found: Lift, with_margin: bool = True) -> SensitivityRow:
    p = found.p_margin if with_margin else None
    return SensitivityRow(code, about, found.estimate, found.ci_low, found.ci_high, 0.95, p)


def _permutation(s: Stores, found: Permutation, alpha: float) -> SensitivityRow:
    """Two one-sided bounds at alpha enclose 1 - 2 alpha."""
    d = float(s.change[s.pilot].mean() - s.change[~s.pilot].mean())
    low, high = found.lower_bound, found.upper_bound
    return SensitivityRow("permutation", "", d, low, high, 1 - 2 * alpha, found.p_margin)

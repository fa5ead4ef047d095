"""How far a measured goal may lie from its true value: repeated samples of targets and baselines.

Shares with a known n vary as a binomial share, counts as a Poisson count, rates per so many with
a known exposure as a Poisson count over that exposure. Anything else (money, times, scores) needs
the interval of its baseline: the columns baseline_low and baseline_high, or what ``goals`` found.
"""

from typing import Literal

import numpy as np

from playbook.chapters.tree.formulas import Floats
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.units import per_of

Kind = Literal["binomial", "poisson", "rate", "normal"]


def kind_of(goal: Goal) -> Kind | None:
    """How samples of this goal vary; None if nothing is known of its sampling error."""
    if goal.family == "share" and goal.weight_n and round(goal.weight_n) > 0:
        return "binomial"
    if goal.family == "rate" and goal.weight_n:
        return "rate"
    if goal.family == "count":
        return "poisson"
    return "normal" if goal.baseline_sd is not None else None


def samples(goal: Goal, value: float | None, draws: int, seed: int) -> Floats | None:
    """Draws of the goal when its true value is ``value``; None where no error is known.

    Every goal has its own stream, so that adding a goal does not move the others.
    """
    kind = kind_of(goal)
    if value is None or kind is None or (kind != "normal" and value < 0):
        return None
    rng = np.random.default_rng([seed, *goal.goal_id.encode("utf-8")])
    if kind == "binomial":
        n = round(goal.weight_n or 0)
        return np.asarray(rng.binomial(n, value, draws) / n)
    if kind == "poisson":
        return rng.poisson(value, draws).astype(float)
    if kind == "rate":
        exposure = (goal.weight_n or 0.0) / (per_of(goal.unit) or 1.0)
        return np.asarray(rng.poisson(value * exposure, draws) / exposure)
    drawn = rng.normal(value, goal.baseline_sd or 0.0, draws)
    return np.clip(drawn, 0, 1) if goal.family == "share" else np.asarray(drawn)

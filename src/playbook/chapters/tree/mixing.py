"""TR8: has a mean over branches changed by what the branches did, or by where the volume went?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.tree.formulas import Floats, rate_and_mix
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.history import Point
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Mix, MixUnit
from playbook.chapters.tree.reading import Goal

_UNKNOWN = (None, None, None, None, None, None)


def mixes(
    forest: Forest, points: Sequence[Point], settings: Settings, seed: int
) -> tuple[Mix, ...]:
    """For each metric with volumes by branch in two periods, at its topmost goal."""
    found = []
    tops = sorted(forest.goals, key=lambda goal: (forest.depth(goal), goal.row))
    for goal in {g.metric_id: g for g in reversed(tops)}.values():
        branches = [p for p in points if p.metric_id == goal.metric_id and p.unit and p.n]
        mix = _mix(goal, branches, settings, seed)
        found += [mix] if mix else []
    return tuple(sorted(found, key=lambda mix: forest.by_id[mix.goal_id].row))


def _mix(
    goal: Goal, branches: Sequence[Point], settings: Settings, seed: int
) -> Mix | None:  # fmt: skip
    periods = sorted({point.period for point in branches})
    first, last = (
        settings.mix_from or (periods or [""])[0],
        settings.mix_to or (periods or [""])[-1],
    )
    before = {p.unit: p for p in branches if p.period == first}
    after = {p.unit: p for p in branches if p.period == last}
    units = [unit for unit in before if unit in after]
    if first == last or len(units) < 2:
        return None
    w0, x0 = [before[u].n or 0.0 for u in units], [before[u].value for u in units]
    w1, x1 = [after[u].n or 0.0 for u in units], [after[u].value for u in units]
    split = rate_and_mix(w0, x0, w1, x1)
    known = goal.family == "share" and min(*w0, *w1) >= 1
    sure = _sure(w0, x0, w1, x1, settings, [seed, *goal.metric_id.encode()]) if known else _UNKNOWN
    return Mix(
        goal.goal_id, goal.metric_id, first, last, split.change,
        sum(split.rate_effect), sum(split.mix_effect), split.simpson,
        tuple(
            MixUnit(str(u), w0[i], w1[i], x0[i], x1[i], split.rate_effect[i], split.mix_effect[i])
            for i, u in enumerate(units)
        ),
        *sure,
    )  # fmt: skip


def _sure(
    w0: Sequence[float], x0: Sequence[float], w1: Sequence[float], x1: Sequence[float],
    settings: Settings, seed: Sequence[int],
) -> tuple[float, float, float, float, float, float]:  # fmt: skip
    """Both effects when the branches are asked again: rate low, high, mix low, high, how often
    mix is the larger, how often all branches go one way and the whole the other."""
    rng = np.random.default_rng(seed)
    drawn0, drawn1 = _again(rng, w0, x0, settings.draws), _again(rng, w1, x1, settings.draws)
    part0, part1 = (np.array(w)[:, None] / sum(w) for w in (w0, w1))
    rate = ((part0 + part1) / 2 * (drawn1 - drawn0)).sum(axis=0)
    change = (part1 * drawn1).sum(axis=0) - (part0 * drawn0).sum(axis=0)
    mix, moves = change - rate, np.sign(drawn1 - drawn0)
    one_way = np.abs(moves.sum(axis=0)) == len(moves)
    ends = [0.5 - settings.level / 2, 0.5 + settings.level / 2]
    (low, high), (mix_low, mix_high) = np.quantile(rate, ends), np.quantile(mix, ends)
    simpson = one_way & (moves[0] * change < 0)
    larger = np.abs(mix) > np.abs(rate)
    return (float(low), float(high), float(mix_low), float(mix_high),
            float(larger.mean()), float(simpson.mean()))  # fmt: skip


def _again(
    rng: np.random.Generator, n: Sequence[float], shares: Sequence[float], draws: int
) -> Floats:
    sizes: NDArray[np.int_] = np.array(n).round().astype(int)[:, None]
    return np.asarray(rng.binomial(sizes, np.array(shares)[:, None], (len(n), draws)) / sizes)

"""PL5: the finish of the network under log-normal durations, and what would shorten it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.plan.schedule.network import CLOSE, Floats, Network
from playbook.core.durations import Z90, correlated

Z80 = 0.8416212335729143
BLOCK = 2_000  # draws at once: a thousand actions then need some tens of megabytes
MOST_LEVERS = 60  # beyond it the gain of shortening each action is not computed


@dataclass(frozen=True)
class Draws:
    """finish (tasks, draws) of each task, end (draws,) of the plan, critical (tasks, draws)."""

    finish: Floats
    end: Floats
    critical: NDArray[np.bool_]

    def p_by(self, days: float) -> float:
        """Share of draws in which the plan has ended after so many working days."""
        return float(np.mean(self.end <= days + CLOSE * 1000))

    def ever_critical(self) -> list[bool]:
        """For each task whether it was on the longest chain in any draw."""
        return [bool(row.any()) for row in self.critical]

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.end, share))


def simulate(network: Network, draws: int, seed: int, common_factor: float = 0.0) -> Draws:
    """Draw durations and time the network in each draw.

    Each is log-normal: median likely, 90th percentile safe; sigma = (ln safe - ln likely)/1.28155.
    common_factor is the correlation of the logarithms, the same for every pair of actions.
    """
    count = len(network.tasks)
    finish, end = np.empty((count, draws)), np.empty(draws)
    critical = np.empty((count, draws), dtype=bool)
    rng = np.random.default_rng(seed)
    for at in range(0, draws, BLOCK):
        part = slice(at, min(at + BLOCK, draws))
        times = network.timed(_durations(network, part.stop - part.start, rng, common_factor))
        finish[:, part], end[part] = times.early_finish, times.duration
        critical[:, part] = times.total_float == 0
    return Draws(finish, end, critical)


def _durations(network: Network, draws: int, rng: np.random.Generator, rho: float) -> Floats:
    safe, likely = network.safe[:, None], network.likely[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.where(safe > likely, np.log(safe / likely) / Z90, 0.0)
    shared = rng.standard_normal((1, draws))  # drawn also if unused: rho alone changes nothing else
    own = rng.standard_normal((len(network.tasks), draws))
    return np.asarray(likely * np.exp(sigma * correlated(shared, own, rho)))


def shortened(
    network: Network, draws: int, seed: int, common_factor: float, by: float, used: Sequence[bool]
) -> dict[str, float]:
    """Days by which p80 falls if one action takes a share ``by`` less time, action by action.

    The same random numbers throughout. Those never on the longest chain (not used) gain nothing.
    Empty for networks of more than 60 actions.
    """
    if len(network.tasks) > MOST_LEVERS:
        return {}
    rng = np.random.default_rng(seed)
    days = np.hstack(
        [
            _durations(network, min(BLOCK, draws - at), rng, common_factor)
            for at in range(0, draws, BLOCK)
        ]
    )
    before = _p80(network, days)
    gains: dict[str, float] = {}
    for i, task in enumerate(network.tasks):
        if used[i]:
            kept = days[i].copy()
            days[i] *= 1 - by
            gains[task.action] = before - _p80(network, days)
            days[i] = kept
        else:
            gains[task.action] = 0.0
    return gains


def _p80(network: Network, days: Floats) -> float:
    return float(np.quantile((network.early_start(days) + days).max(axis=0), 0.8))


def longest_chains(
    network: Network, found: Draws, most: int = 5
) -> list[tuple[tuple[str, ...], float]]:
    """The chains that were longest in most draws, with their share of draws.

    Where several tie in a draw (durations without spread), they are named together.
    """
    packed = np.ascontiguousarray(np.packbits(found.critical, axis=0).T)
    rows = packed.view([("", packed.dtype)] * packed.shape[1]).ravel()
    _, first, counts = np.unique(rows, return_index=True, return_counts=True)
    order = sorted(range(len(first)), key=lambda k: (-int(counts[k]), int(first[k])))[:most]
    names = np.array([task.action for task in network.tasks])
    draws = len(found.end)
    return [
        (tuple(str(n) for n in names[found.critical[:, first[k]]]), float(counts[k]) / draws)
        for k in order
    ]


@dataclass(frozen=True)
class ByHand:
    """The normal approximation on one chain: mean = sum of likely, sd from safe - likely.

    Optimistic twice over: it knows no skew and no other chain that may become the longest.
    """

    mean: float
    sd: float

    @classmethod
    def of(cls, likely: float, spread: float) -> "ByHand":
        """From the chain's likely days and the root sum square of safe - likely."""
        return cls(likely, spread / Z90)

    def p_by(self, days: float) -> float:
        """P(T <= d) = Phi((d - mu)/sigma)."""
        if self.sd == 0:
            return float(days >= self.mean - CLOSE)
        return (1 + erf((days - self.mean) / self.sd / sqrt(2))) / 2

    def p80(self) -> float:
        return self.mean + Z80 * self.sd


def curve_of(found: Draws, points: int = 101) -> tuple[tuple[float, float], ...]:
    """The finish curve: working days against the share of draws finished, 0.5 % to 99.5 %."""
    shares = np.linspace(0.005, 0.995, points)
    return tuple(
        (float(days), float(share))
        for days, share in zip(np.quantile(found.end, shares), shares, strict=True)
    )


def criticality(network: Network, found: Draws) -> Mapping[str, float]:
    """Share of draws in which each action lies on the longest chain."""
    shares = found.critical.mean(axis=1)
    return {task.action: float(share) for task, share in zip(network.tasks, shares, strict=True)}

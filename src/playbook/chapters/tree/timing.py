"""TR9: the total of stages. Means add; percentiles do not, so totals are taken case by case."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.tree.formulas import Floats
from playbook.chapters.tree.model_times import Reading, TotalTime, Trial
from playbook.core.stats import wilson

BARS = 60


@dataclass(frozen=True)
class Stage:
    """One stage as given; times in the unit of its goal."""

    row: int
    goal_id: str
    stage: str
    order: int
    p50: float | None
    p95: float | None
    limit: float | None
    start_event: str
    stop_event: str
    clock: str
    pausable: bool | None
    arrival_rate: float | None
    work_time: float | None
    capacity: float | None
    pass_rate: float | None

    @property
    def utilisation(self) -> float | None:
        """TR10: arrival rate x mean working time / capacity."""
        if self.arrival_rate is None or self.work_time is None or not self.capacity:
            return None
        return self.arrival_rate * self.work_time / self.capacity


def total_time(
    times: Floats, limits: Sequence[float | None], total_limit: float | None
) -> TotalTime:
    """Percentiles of the case totals and how often the limits hold; times: (stages, cases)."""
    totals = times.sum(axis=0)
    p50, p90, p95 = (float(q) for q in np.quantile(totals, [0.5, 0.9, 0.95]))
    x, y = density(totals)
    return TotalTime(
        p50, p90, p95,
        None if total_limit is None else float((totals <= total_limit).mean()),
        None if (kept := every_kept(times, limits)) is None else float(kept.mean()),
        x, y,
    )  # fmt: skip


def every_kept(times: Floats, limits: Sequence[float | None]) -> NDArray[np.bool_] | None:
    """Per case whether each stage keeps its limit; None if not every stage has one."""
    if any(limit is None for limit in limits):
        return None
    ends = np.array([limit for limit in limits if limit is not None])[:, None]
    return np.asarray((times <= ends).all(axis=0))


def density(totals: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """A histogram up to the 99.5th percentile: middles of the bars, and share per unit of time."""
    top = float(np.quantile(totals, 0.995)) or 1.0
    bars = min(BARS, max(5, int(sqrt(totals.size))))
    counts, edges = np.histogram(totals, bins=bars, range=(0, top))
    heights = counts / totals.size / (edges[1] - edges[0])
    middles = (edges[:-1] + edges[1:]) / 2
    return tuple(map(float, middles)), tuple(map(float, heights))


def readings(
    stages: Sequence[Stage],
    scenarios: Sequence[Floats],
    limit: float | None,
    percentile: float,
    level: float | None = None,
) -> tuple[Reading, ...]:
    """The same limit read in three ways (K2): over the whole; counted from the end of the first
    stage; stopped before the last stage ("answered" against "solved").

    scenarios: stage times (stages, cases) for each rho, or one array of logged cases, which then
    are a sample (level: of its intervals); else low and high are the range over the scenarios.
    """
    if limit is None or len(stages) < 2:
        return ()
    last = len(stages)
    spans = {"whole": (0, last), "after_first": (1, last), "before_last": (0, last - 1)}
    found = []
    for reading, (start, stop) in spans.items():
        totals = [times[start:stop].sum(axis=0) for times in scenarios]
        kept = kept_share([total <= limit for total in totals], level)
        worst = max(float(np.quantile(total, percentile)) for total in totals)
        found.append(
            Reading(
                reading,  # type: ignore[arg-type]
                stages[start].start_event, stages[stop - 1].stop_event, limit, worst, *kept,
            )
        )  # fmt: skip
    return tuple(found)


def kept_share(
    marks: Sequence[NDArray[np.bool_]], level: float | None
) -> tuple[float, float, float]:
    """Share of cases marked: middle, low, high; Wilson of a sample, else range of scenarios."""
    shares = sorted(float(mark.mean()) for mark in marks)
    middle = shares[len(shares) // 2]
    if level is None:
        return middle, shares[0], shares[-1]
    found = wilson(int(marks[0].sum()), marks[0].size, level)
    return middle, found.low or 0.0, 1.0 if found.high is None else found.high


def trials(
    stages: Sequence[Stage],
    scenarios: Sequence[Floats],
    limit: float | None,
    cut: float,
    level: float | None = None,
) -> tuple[Trial, ...]:
    """E35: each stage in turn made faster by a part of its time, case by case.

    A case can only come inside the limit by it, so of a sample the gain is a plain share.
    """
    if limit is None:
        return ()
    cut_totals = [_cut_totals(times, cut) for times in scenarios]
    gained = [
        (after <= limit) & (times.sum(axis=0) > limit)
        for after, times in zip(cut_totals, scenarios, strict=True)
    ]
    best = None if level is None else _often_best(gained[0])
    found = []
    for i, stage in enumerate(stages):
        within = kept_share([totals[i] <= limit for totals in cut_totals], None)[0]
        p95 = sorted(float(np.quantile(totals[i], 0.95)) for totals in cut_totals)
        gain = kept_share([marks[i] for marks in gained], level)
        often = None if best is None else float(best[i])
        found.append(Trial(stage.stage, within, p95[len(p95) // 2], *gain, often))
    return tuple(found)


def _cut_totals(times: Floats, cut: float) -> Floats:
    """Case totals with each stage in turn faster: (stages, cases)."""
    return np.asarray(times.sum(axis=0) - cut * times)


def _often_best(gained: NDArray[np.bool_], draws: int = 2000, seed: int = 0) -> Floats:
    """How often each stage gains most (ties shared) when whole cases are drawn again."""
    n = gained.shape[1]
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), draws)
    counts = weights @ gained.T.astype(float)
    first = counts == counts.max(axis=1, keepdims=True)
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


def logged_dependence(times: Floats) -> float | None:
    """Mean correlation between the log times of stages over cases; times: (stages, cases)."""
    if times.shape[0] < 2 or times.shape[1] < 4 or (times <= 0).any():
        return None
    logs = np.log(times)
    if (logs.std(axis=1) == 0).any():
        return None
    above = np.corrcoef(logs)[np.triu_indices(len(logs), 1)]
    return float(above.mean())


@dataclass(frozen=True)
class Resampled:
    """Bootstrap over cases: percentiles (draws, 3), stage shares (draws, stages), paired shares
    of cases within the total limit and within every stage limit (draws, 2)."""

    percentiles: Floats
    shares: Floats
    kept: Floats


def resample(
    times: Floats, limits: Sequence[float | None], total_limit: float | None, draws: int, seed: int
) -> Resampled:
    """Resample whole cases (Efron 1979); times: (stages, cases)."""
    rng = np.random.default_rng(seed)
    totals, n = times.sum(axis=0), times.shape[1]
    every = every_kept(times, limits)
    marks = np.stack(
        [
            totals <= (np.inf if total_limit is None else total_limit),
            np.ones(n, dtype=bool) if every is None else every,
        ]
    ).astype(float)
    found: list[tuple[Floats, Floats, Floats]] = []
    chunk = max(1, min(draws, 2_000_000 // n))  # bounds memory to tens of megabytes
    for start in range(0, draws, chunk):
        picked = rng.integers(0, n, (min(chunk, draws - start), n))
        quantiles = np.quantile(totals[picked], [0.5, 0.9, 0.95], axis=1).T
        means = np.stack([stage[picked].mean(axis=1) for stage in times], axis=1)
        kept = np.stack([mark[picked].mean(axis=1) for mark in marks], axis=1)
        found.append((quantiles, means / means.sum(axis=1, keepdims=True), kept))
    percentiles, shares, kept = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Resampled(percentiles, shares, kept)

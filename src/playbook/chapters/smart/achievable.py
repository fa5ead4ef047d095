"""Letter A from history, deadline, peers and bounds (SM11); without data it stays unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.result import Achievable, FanPoint, Letter
from playbook.core.periods import DAYS

if TYPE_CHECKING:
    from playbook.core.forecast import Forecast

LEAST_HISTORY = 5
LEAST_DISTINCT = 3
MAINTAIN_LAST = 4
FAN_STEPS = 6


@dataclass(frozen=True)
class Aim:
    """What the goal asks: sign is +1 to increase, -1 to decrease; values in one unit."""

    target: float
    sign: int
    maintain: bool = False
    baseline: float | None = None
    deadline: date | None = None
    bound: float | None = None  # the theoretical end on the good side, None if there is none


@dataclass(frozen=True)
class Record:
    """What was: values at one frequency, oldest first, and peers' 75th and 90th percentile.

    attainable: the level our own best units hold (GO6), where there are no peers. last_day: end of
    the last period, from which a forecast counts. share_of: the whole of a share, 1 or 100.
    pilot_low: the lower bound of what a pilot gained, in the good direction.
    """

    values: tuple[float, ...]
    frequency: str
    p75: float | None = None
    p90: float | None = None
    attainable: float | None = None
    last_day: date | None = None
    share_of: float | None = None
    pilot_low: float | None = None

    @property
    def reached_elsewhere(self) -> float | None:
        """The best level that others, or our own best units, show."""
        return self.p90 if self.p90 is not None else self.attainable


def judge_achievable(aim: Aim, record: Record, today: date, settings: Settings) -> Achievable:
    """Judge letter A by the rules of SM11, the first that holds.

    Values of aim and record share one unit; rates are per period of the record. Limits of the
    ratio required / best are our own choice, printed with the result.
    """
    base = Achievable("unknown", (), record.frequency, len(record.values), aim.baseline)
    if aim.maintain:
        return _maintain(aim, record, base)
    if aim.bound is not None and aim.sign * (aim.target - aim.bound) >= 0:
        return replace(base, verdict="fail", reasons=("at_bound",))
    if len(record.values) < LEAST_HISTORY:
        return replace(base, reasons=("too_few_points",))
    if len(set(record.values)) < LEAST_DISTINCT:
        return replace(base, reasons=("history_flat",))
    if aim.deadline is None:
        return replace(base, reasons=("no_deadline",))
    return _by_rate(aim, record, base, today, settings)


def _maintain(aim: Aim, record: Record, base: Achievable) -> Achievable:
    """SM11.1: the last four values against the target, and no slide over them."""
    values = record.values
    if len(values) < LEAST_HISTORY:
        return replace(base, reasons=("too_few_points",))
    last = values[-MAINTAIN_LAST:]
    met = sum(aim.sign * (v - aim.target) >= 0 for v in last) / len(last)
    if met == 1 and aim.sign * (last[-1] - last[0]) >= 0:
        return replace(base, verdict="pass", reasons=("held_so_far",))
    if met >= 0.5:
        return replace(base, verdict="stretch", reasons=("held_partly",))
    return replace(base, verdict="fail", reasons=("not_held",))


def _by_rate(
    aim: Aim, record: Record, base: Achievable, today: date, settings: Settings
) -> Achievable:
    """SM11.4-6: the required rate against the best one shown over a window of that length."""
    values = record.values
    start = aim.baseline if aim.baseline is not None else sum(values[-3:]) / len(values[-3:])
    gap = aim.sign * (aim.target - start)
    if gap <= 0:
        return replace(base, verdict="fail", reasons=("already_met",), baseline=start, gap=gap)
    length = DAYS[record.frequency]
    horizon = ((aim.deadline or today) - today).days / length
    if horizon <= 0:
        return replace(base, reasons=("deadline_past",), baseline=start, gap=gap)
    window = min(max(3, round(horizon)), len(values) - 1)
    rates = best_rates(values, window, aim.sign)
    required, best = gap / horizon, rates[0]
    verdict, reasons = _verdict(required, best, aim, record, settings)
    if record.pilot_low is not None and record.pilot_low >= gap:
        verdict, reasons = "pass", ("pilot_showed_it",)
    second = _verdict(required, rates[1], aim, record, settings)[0] if rates[1:] else None
    found = replace(
        base, verdict=verdict, reasons=reasons, baseline=start, gap=gap, required=required,
        best=best, ratio=required / best if best > 0 else None, horizon_periods=horizon,
        window=window, sensitive=second not in (None, verdict), second_verdict=second,
        second_best=rates[1] if rates[1:] else None,
        best_from=_best_from(values, window, aim.sign), peer_class=peer_class(aim, record),
        failures_to_remove=_failures(aim, start),
    )  # fmt: skip
    return _with_advice(_with_forecast(found, aim, record, horizon), aim, today, length)


def best_rates(values: Sequence[float], window: int, sign: int) -> list[float]:
    """The rates of every run of so many periods, the best first.

    >>> best_rates([1, 2, 4, 5], 2, 1)
    [1.5, 1.5]
    """
    pairs = zip(values, values[window:], strict=False)
    return sorted((sign * (b - a) / window for a, b in pairs), reverse=True)


def _best_from(values: Sequence[float], window: int, sign: int) -> int:
    """Where the best run begins; the earliest of equal ones."""
    gains = [sign * (b - a) for a, b in zip(values, values[window:], strict=False)]
    return gains.index(max(gains))


def peer_class(aim: Aim, record: Record) -> str | None:
    """Where the target stands among the peers, or against our own best units; None without."""
    if record.p75 is None or record.p90 is None:
        if record.attainable is None:
            return None
        beyond = aim.sign * (aim.target - record.attainable) > 0
        return "above_own_best" if beyond else "within_own_best"
    if aim.sign * (aim.target - record.p90) > 0:
        return "above_p90"
    return "p75_p90" if aim.sign * (aim.target - record.p75) > 0 else "at_or_below_p75"


def _verdict(
    required: float, best: float, aim: Aim, record: Record, settings: Settings
) -> tuple[Letter, tuple[str, ...]]:
    ratio = required / best if best > 0 else float("inf")
    if ratio <= 1:
        return "pass", ("rate_shown_before",)
    peers = peer_class(aim, record)
    if peers is None:
        if ratio <= settings.stretch_alone:
            return "stretch", ("faster_than_ever",)
        return "fail", ("too_fast",)
    where = {"above_p90": "beyond_peers", "above_own_best": "beyond_own_best",
             "within_own_best": "own_best_reach_it"}.get(peers, "peers_reach_it")  # fmt: skip
    beyond = peers.startswith("above")
    if ratio <= settings.stretch_peers and not beyond:
        return "stretch", ("faster_than_ever", where)
    if ratio > settings.stretch_peers:
        return "fail", ("too_fast", where) if beyond else ("too_fast",)
    return "fail", (where, "faster_than_ever")


def _failures(aim: Aim, start: float) -> float | None:
    """Share of the remaining failures the goal removes; only towards a bound."""
    if aim.bound is None or aim.bound == start:
        return None
    return (aim.target - start) / (aim.bound - start)


def _with_forecast(found: Achievable, aim: Aim, record: Record, horizon: float) -> Achievable:
    """A straight line through the history with its 80 % prediction interval (TK14)."""
    if record.last_day is not None and aim.deadline is not None:
        horizon = (aim.deadline - record.last_day).days / DAYS[record.frequency]
    line = _line_at(aim, record, horizon)
    if line is None:
        return found
    return replace(
        found, forecast=line[0], forecast_low=line[1], forecast_high=line[2],
        prob_reach=line[3].prob_reach, forecast_unstable=line[3].unstable,
        fan=tuple(_fan(aim, record, horizon)),
    )  # fmt: skip


def _line_at(
    aim: Aim, record: Record, horizon: float
) -> "tuple[float, float, float, Forecast] | None":
    """Value, low, high in the unit of the record, so many periods after its last value."""
    from playbook.core.forecast import straight_line

    size = record.share_of or 1.0
    values = [value / size for value in record.values]
    line = straight_line(
        values, len(values) + horizon, aim.target / size, aim.sign,
        share=record.share_of is not None,
    )  # fmt: skip
    if line is None:
        return None
    return line.value * size, line.low * size, line.high * size, line


def _fan(aim: Aim, record: Record, horizon: float) -> Iterator[FanPoint]:
    """The forecast at a few days up to the deadline, for the figure."""
    if record.last_day is None:
        return
    for step in range(1, FAN_STEPS + 1):
        ahead = horizon * step / FAN_STEPS
        line = _line_at(aim, record, ahead)
        if line is not None:
            day = record.last_day + timedelta(days=round(ahead * DAYS[record.frequency]))
            yield FanPoint(day, *line[:3])


def _with_advice(found: Achievable, aim: Aim, today: date, length: float) -> Achievable:
    """On a fail with a positive best rate: the earliest date, or what the rate reaches in time."""
    if found.verdict not in ("fail", "stretch") or found.best is None or found.best <= 0:
        return found
    if found.gap is None or found.baseline is None or found.horizon_periods is None:
        return found
    periods = found.gap / found.best
    reached = found.baseline + aim.sign * found.best * found.horizon_periods
    days = round(periods * length)
    when = today + timedelta(days=days) if days < 36_525 else None
    return replace(found, advice_date=when, advice_target=reached)

"""GO9, GO10, GO11: horizon, interim targets on a glide path, required rate."""

from datetime import date, timedelta
from math import exp, log

from playbook.chapters.goals.model import Step
from playbook.core.periods import DAYS, Frequency, add_months, period_end

MOST_STEPS = 60
_COARSER: dict[str, Frequency] = {
    "day": "week", "week": "month", "month": "quarter", "quarter": "year",
}  # fmt: skip


def months_between(start: date, due: date) -> float:
    """Mean months from start to due."""
    return (due - start).days / DAYS["month"]


def horizon(start: date, due: date, short: int = 6, medium: int = 18) -> str:
    """GO9: short (within 6 calendar months) | medium (within 18) | long.

    >>> horizon(date(2026, 7, 1), date(2026, 12, 31)), horizon(date(2026, 1, 1), date(2029, 1, 1))
    ('short', 'long')
    """
    if due <= add_months(start, short):
        return "short"
    return "medium" if due <= add_months(start, medium) else "long"


def glide_path(
    baseline: float,
    target: float,
    steps: int,
    kind: str = "linear",
    low: float | None = None,
    high: float | None = None,
) -> tuple[float, ...]:
    """GO10: the values at step 0..steps.

    linear: equal steps. logit: equal steps of log-odds between low and high. ratio: equal
    factors. Raises ValueError where a path is not defined: logit at a bound, ratio at 0.

    >>> [round(v, 3) for v in glide_path(5, 3, 2, "ratio")]
    [5.0, 3.873, 3.0]
    """
    b, t = baseline, target
    parts = [k / steps for k in range(steps + 1)]
    if kind == "linear":
        return tuple(b + (t - b) * part for part in parts)
    if kind == "ratio":
        if b <= 0 or t <= 0:
            raise ValueError("a ratio path needs values above 0")
        return tuple(b * (t / b) ** part for part in parts)
    if low is None or high is None or not (low < b < high and low < t < high):
        raise ValueError("a log-odds path needs values inside its bounds")
    wide = high - low
    at_b, at_t = (log((v - low) / (high - v)) for v in (b, t))
    return tuple(low + wide / (1 + exp(-(at_b + (at_t - at_b) * part))) for part in parts)


def path_kind(
    kind: str,
    baseline: float,
    target: float,
    low: float | None,
    high: float | None,
    near: float = 0.1,
) -> str:
    """GO10: logit near a bound of a bounded scale, ratio for counts and times, else linear."""
    if low is not None and high is not None:
        inside = low < min(baseline, target) and max(baseline, target) < high
        close = near * (high - low) + 1e-9
        reach = min(min(v - low, high - v) for v in (baseline, target))
        return "logit" if inside and reach <= close else "linear"
    if kind in ("count", "time", "rate", "money") and min(baseline, target) > 0:
        return "ratio"
    return "linear"


def step_days(start: date, due: date, every: Frequency) -> tuple[Frequency, tuple[date, ...]]:
    """GO10: the period ends between start and due, the last one being due.

    A period end less than half a period from start or due is left out. More than 60 steps: the
    next coarser period.
    """
    half = timedelta(days=DAYS[every] / 2)
    days: list[date] = []
    day = period_end(start, every)
    while day < due:
        if day - start >= half and due - day >= half:
            days.append(day)
        day = period_end(day + timedelta(days=1), every)
    if len(days) >= MOST_STEPS and every in _COARSER:
        return step_days(start, due, _COARSER[every])
    return every, (*days, due)


def interim(
    baseline: float,
    target: float,
    days: tuple[date, ...],
    kind: str,
    low: float | None,
    high: float | None,
) -> tuple[Step, ...]:
    """GO10: the interim targets, each on the last day of its period."""
    values = glide_path(baseline, target, len(days), kind, low, high)[1:]
    return tuple(Step(day, value) for day, value in zip(days, values, strict=True))


def required_rate(baseline: float, target: float, start: date, due: date, every: str) -> float:
    """GO11: change needed per period."""
    return (target - baseline) / ((due - start).days / DAYS[every])


def failures_to_remove(baseline: float, target: float, bound: float | None) -> float | None:
    """GO11: share of the remaining failures that must go, for a bounded increase metric.

    >>> round(failures_to_remove(0.75, 0.90, 1.0), 6)
    0.6
    """
    if bound is None or baseline >= bound or target < baseline:
        return None
    return (target - baseline) / (bound - baseline)


def yearly_growth(
    baseline: float, target: float, start: date, due: date, bound: float | None
) -> float | None:
    """GO11: compound rate a year; None without values above 0 or for less than a year.

    Months blown up to a year would promise more than the goal asks. A share already in the top
    tenth of its scale has no room to grow in percent: None, too.
    """
    if baseline <= 0 or target <= 0 or due < add_months(start, 12) - timedelta(days=1):
        return None
    if bound is not None and baseline > 0.9 * bound:
        return None
    years = (due - start).days / DAYS["year"]
    return float((target / baseline) ** (1 / years)) - 1

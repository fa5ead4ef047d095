"""PL17: satisfaction points, judged against the mix of cases and watched for gaming."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from scipy.special import chdtrc

from playbook.chapters.plan.enabling.gaming import gaming_signals
from playbook.chapters.plan.enabling.model import (
    Observed,
    Points,
    PointState,
    TypeRate,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.stats import poisson_rate


@dataclass(frozen=True)
class CaseLoad:
    """Complaints among the cases of one type that one person handled."""

    person: str
    case_type: str
    complaints: int
    cases: int


def points(inputs: Inputs[Settings]) -> Points | None:
    """Everything of the table plan_points; None if it is absent."""
    rows = [row for _, row in inputs.tables.rows("plan_points")]
    if not rows:
        return None
    settings = inputs.settings
    loads = [
        CaseLoad(str(r["person"]), str(r["case_type"]), int(r["complaints"]), int(r["cases"]))
        for r in rows
        if r.get("complaints") is not None
    ]
    group_of = {str(r["person"]): str(r["group"]) for r in rows if r.get("group") is not None}
    rates = team_rates(loads)
    people = observed_expected(loads, rates, lambda load: load.person, settings)
    in_groups = [load for load in loads if load.person in group_of]
    groups = observed_expected(in_groups, rates, lambda load: group_of[load.person], settings)
    judged = sum(one.state != "not_judged" for one in people)
    signals, tests = gaming_signals(rows, settings)
    return Points(
        tuple(sorted(people, key=lambda one: one.name)),
        tuple(sorted(groups, key=lambda one: (one.ratio is None, one.ratio or 0.0, one.name))),
        signals,
        tuple(TypeRate(kind, x, n, rates[kind]) for kind, (x, n) in _counts(loads).items()),
        settings.min_cases,
        settings.level,
        tests,
        tests * settings.gaming_p,
        judged,
        judged * (1 - settings.level) / 2,
        *dispersion(people),
    )


def dispersion(people: Sequence[Observed]) -> tuple[float | None, float | None]:
    """Do people differ at all beyond chance: sum (O - E)^2 / E over its degrees of freedom, and p.

    Over the people judged; the expectation is their own, so one degree of freedom is spent. Where
    they do not differ, a reward for the lowest ratio is a reward for luck.
    """
    known = [(one.observed, one.expected) for one in people if one.state != "not_judged"]
    if len(known) < 2:
        return None, None
    statistic = sum((x - e) ** 2 / e for x, e in known)
    return statistic / (len(known) - 1), float(chdtrc(len(known) - 1, statistic))


def _counts(loads: Sequence[CaseLoad]) -> dict[str, tuple[int, int]]:
    """Complaints and cases of each type over the whole team."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for load in loads:
        x, n = found[load.case_type]
        found[load.case_type] = x + load.complaints, n + load.cases
    return dict(found)


def team_rates(loads: Sequence[CaseLoad]) -> dict[str, float]:
    """Complaints per case of each type over the whole team."""
    return {kind: x / n if n else 0.0 for kind, (x, n) in _counts(loads).items()}


def observed_expected(
    loads: Sequence[CaseLoad],
    rates: Mapping[str, float],
    unit: Callable[[CaseLoad], str],
    settings: Settings,
) -> list[Observed]:
    """O/E by indirect standardisation (Breslow & Day 1987), exact Poisson interval (Garwood 1936).

    A unit with fewer than min_cases cases is not judged.
    """
    held: dict[str, list[CaseLoad]] = defaultdict(list)
    for load in loads:
        held[unit(load)].append(load)
    return [_judge(name, of_unit, rates, settings) for name, of_unit in held.items()]


def _judge(
    name: str, loads: Sequence[CaseLoad], rates: Mapping[str, float], settings: Settings
) -> Observed:
    observed, n = sum(load.complaints for load in loads), sum(load.cases for load in loads)
    expected = sum(load.cases * rates[load.case_type] for load in loads)
    judged, raw = n >= settings.min_cases, observed / n if n else None
    if expected <= 0:
        return Observed(name, observed, expected, None, None, None, n, judged, "not_judged", raw)
    ratio = poisson_rate(observed, expected, settings.level)
    state = _state(judged, ratio.low, ratio.high)
    return Observed(
        name, observed, expected, ratio.value, ratio.low, ratio.high, n, judged, state, raw
    )  # fmt: skip


def _state(judged: bool, low: float | None, high: float | None) -> PointState:
    if not judged or low is None or high is None:
        return "not_judged"
    return "better" if high < 1 else "watch" if low > 1 else "as_expected"


def control_limits(
    expected: Sequence[float], level: float = 0.95
) -> list[tuple[float | None, float]]:
    """Ratios O/E beyond which the exact interval leaves 1: the funnel of a plot.

    No count is low enough where E is under -ln(0.025) = 3.69 (at 0.95): None.

    >>> [(low, round(high, 2)) for low, high in control_limits([2.0])]
    [(None, 2.83)]
    """
    from scipy.special import pdtrik

    tail = (1 - level) / 2
    found: list[tuple[float | None, float]] = []
    for e in expected:
        low = float(pdtrik(tail, e)) if e > -log(tail) else None
        found.append((None if low is None else low / e, (float(pdtrik(1 - tail, e)) + 1) / e))
    return found

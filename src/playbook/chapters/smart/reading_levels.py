"""Units of levels and changes (1.3), stated, implied by the metric, or returning each period."""

import re
from collections.abc import Sequence
from dataclasses import replace

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_metrics import Measure
from playbook.chapters.smart.reading_model import DeltaKind
from playbook.chapters.smart.reading_roles import Roles
from playbook.chapters.smart.reading_units import COUNTED, TIME_SECONDS, UNIT, unit_code


def positive(delta: Quantity | None) -> Quantity | None:
    return None if delta is None else replace(delta, value=abs(delta.value))


def delta_kind(delta: Quantity | None) -> DeltaKind | None:
    if delta is None:
        return None
    if delta.unit == "%":
        return "relative_pct"
    return "pp" if delta.unit == "pp" else "absolute"


def scale_of(roles: Roles) -> float | None:
    return next((q.scale for q in (roles.target, roles.baseline) if q and q.scale), None)


_PERIODS = [
    (r"天|日|day|daily", "day"), (r"周|week", "week"), (r"季|quarter", "quarter"),
    (r"半年", "half_year"), (r"月|month", "month"), (r"年|year|annual", "year"),
]  # fmt: skip


_PER = re.compile(
    r"每\s?(?:[百千]|1,?000|100)(?=[单件名位人张次个笔通宗份台床例户元票班航工住间部辆吨公])"
    r"|\b(?:per|in every) (?:100|1,?000"
    r"|hundred|thousand)\b"
)


def recurring_unit(
    text: str, dates: Sequence[DateSpan], clause: Clause, roles: Roles, unit: str | None
) -> str | None:
    """Amounts that return: 每月50件 and 50 complaints per month are count/month (1.3)."""
    value = roles.target or roles.baseline or roles.delta
    if value is None or unit not in {*COUNTED, None}:
        return unit
    whole = _PER.search(text[clause.start : clause.end])
    if whole is not None and unit in {"count", "person", None}:
        return "per_100" if re.search("百|hundred|100$", whole.group(0)) else "per_1000"
    if unit is None:
        return None
    after = re.match(
        r"\s?/\s?(?:每)?(天|日|周|月|季|年|day|week|month|quarter|year)", text[value.end :]
    )
    words = after.group(1) if after else _recurring_words(text, dates, clause, value)
    period = next((code for pattern, code in _PERIODS if re.search(pattern, words)), None)
    return f"{unit}/{period}" if period else unit


def _recurring_words(text: str, dates: Sequence[DateSpan], clause: Clause, value: Quantity) -> str:
    """The words of a recurring period close to a value, empty where there are none."""
    for span in dates:
        if span.role == "recurring" and clause.start <= span.start < clause.end:
            gap = value.start - span.end if span.end <= value.start else span.start - value.end
            if 0 <= gap <= 24:
                return text[span.start : span.end]
    return ""


def unit_of(roles: Roles, metric: Measure | None, name: str) -> str | None:
    """The unit of the level; of the change where no level is stated (1.3)."""
    levels = [q for q in (roles.target, roles.baseline) if q is not None]
    stated = next((q.unit for q in levels if q.unit is not None), None)
    if stated is None and levels:
        unit = roles.delta.unit if roles.delta else None
        if unit == "pp":
            return "%"
        changed = unit if unit in {*TIME_SECONDS, *COUNTED} else None
        return changed or _implied(levels, metric, name)
    if stated is None and roles.delta is not None:
        stated = roles.delta.unit
        if stated is None and (_counts(name) or (metric and metric.kind in {"count", "rate"})):
            return "count"
    if metric is not None and metric.kind == "nps" and stated == "score":
        return "points"
    if stated == "pp" and levels and roles.delta is None:
        return "%"  # from 9 points to 7: levels of a share
    return stated


_BESIDE = re.compile(rf"\s?\((?P<unit>{UNIT})\)")


def unit_beside(body: str, end: int) -> str | None:
    """The unit in brackets behind a name: `avg. resolution (hrs): actual 31, target 24`.

    >>> unit_beside("wait time (min) from 8 to 5", 9)
    'min'
    """
    match = _BESIDE.match(body, end)
    return unit_code(match["unit"]) if match else None


def _counts(name: str) -> bool:
    """Whether the words name a number of things."""
    return re.match(r"numbers? of|.*(?:数量|人数|件数|次数|客户数|单数)$", name) is not None


def _implied(levels: list[Quantity], metric: Measure | None, name: str) -> str | None:
    """A level without a unit: points of NPS, marks of a rating, counts of complaints."""
    if metric is None:
        return "count" if _counts(name) else None
    if metric.kind == "rate":
        return "per_1000" if re.search(r"1,?000|thousand|千", name) else "per_100"
    small = all(q.value <= 10 for q in levels) and any(q.value % 1 for q in levels)
    if metric.kind in {"nps", "mean", "count"}:
        return metric.unit
    return "score" if metric.metric_id in {"csat", "staff_engagement"} and small else None

"""SM7: which of a text's dates is the deadline of a goal, which its start, which a step."""

import re
from dataclasses import replace

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_model import OtherTarget, ReadGoal, Slot
from playbook.chapters.smart.reading_reader import Reader
from playbook.chapters.smart.reading_roles import Roles


def with_dates(reader: Reader, goal: ReadGoal, clause: Clause, roles: Roles) -> ReadGoal:
    """The clause's own deadline, else the one the whole text shares (SM2, SM7)."""
    span = _deadline_for(reader, clause, roles)
    start = next((d for d in reader.dates if d.role == "start" and d.day), None)
    if start is not None and start.day is not None:
        first, last = reader.plain.span(start.start, start.end)
        goal = replace(goal, start=Slot(start.day.isoformat(), first, last))
    if span is None:
        return goal
    goal = replace(
        goal, deadline=_day_slot(reader, span), horizon=span.horizon,
        deadline_text=reader.text_slot(span.start, span.end, "sure" if span.sure else "likely"),
    )  # fmt: skip
    return replace(goal, other_targets=_steps(reader, roles, goal.unit, span))


def _day_slot(reader: Reader, span: DateSpan) -> Slot[str] | None:
    if span.day is None:
        return None
    first, last = reader.plain.span(span.start, span.end)
    return Slot(span.day.isoformat(), first, last, "sure" if span.sure else "likely")


def _deadline_for(reader: Reader, clause: Clause, roles: Roles) -> DateSpan | None:
    """Own dates first, days before open events, the one in one phrase with the value first."""
    value = roles.target or roles.delta
    dates = [d for d in reader.dates if d.role == "deadline" and not _dates_base(reader, d, roles)]
    own = [d for d in dates if clause.start <= d.start < clause.end]
    other = [d for d in dates if d not in own]
    for group in (own, other):
        exact = [d for d in group if d.day is not None]
        if exact or group:
            return min(exact or group, key=lambda d: _apart(reader.body, d, value))
    return None


def _dates_base(reader: Reader, span: DateSpan, roles: Roles) -> bool:
    """`down from 8.3% in April`: a month behind the baseline says when that was, a stretch not."""
    base = roles.baseline
    if base is None or span.horizon or not base.end <= span.start <= base.end + 2:
        return False
    later = roles.target is not None and roles.target.start > base.end
    return not later and reader.plain.text[span.start : span.start + 3] == "in "


def _apart(body: str, span: DateSpan, value: Quantity | None) -> bool:
    """Whether a comma or an "and" stands between a date and a value."""
    if value is None:
        return False
    between = body[min(span.end, value.end) : max(span.start, value.start)]
    return re.search(r"[,;。]|\band\b", between, flags=re.ASCII) is not None


def _steps(
    reader: Reader, roles: Roles, unit: str | None, used: DateSpan
) -> tuple[OtherTarget, ...]:
    """Further targets of the same clause, each with the deadline that stands nearest to it."""
    out = []
    for quantity in roles.others:
        later = [d for d in reader.dates if d.role == "deadline" and d is not used]
        near = min(later, key=lambda d: abs(d.start - quantity.start), default=None)
        slot = reader.number_slot(quantity, True)
        if slot is not None:
            out.append(
                OtherTarget(slot, quantity.unit or unit, _day_slot(reader, near) if near else None)
            )
    return tuple(out)

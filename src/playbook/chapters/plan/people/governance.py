"""The governance calendar: meetings with their rhythm, held, overdue and next (E16)."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from playbook.chapters.plan.people.model import Meeting
from playbook.core.inputs import Tables

_MINUTES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:min|分)", re.IGNORECASE)
_RHYTHM = (
    (1.0, ("daily", "每天", "每日")),
    (7.0, ("weekly", "every week", "每周", "每星期")),
    (14.0, ("fortnight", "every two weeks", "双周", "每两周")),
    (30.0, ("monthly", "every month", "每月")),
    (91.0, ("quarterly", "every quarter", "每季")),
)


def meetings(tables: Tables, today: date) -> tuple[Meeting, ...]:
    """Each item of the form ``governance`` with all its dates, in the order of the table."""
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for _, row in tables.rows("plan_forms"):
        if row["form"] == "governance":
            rows[str(row["item"])].append(row)
    return tuple(_meeting(item, held, today) for item, held in rows.items())


def _meeting(item: str, rows: Sequence[Mapping[str, Any]], today: date) -> Meeting:
    written = " ".join(str(row["value"]) for row in rows if row.get("value") is not None)
    dates = sorted(row["due"] for row in rows if row.get("due") is not None)
    held = sorted(row["due"] for row in rows if row.get("due") is not None and row.get("done"))
    owners = [row["owner"] for row in rows if row.get("owner")]
    return Meeting(
        item=item,
        minutes=minutes_in(written),
        every_days=rhythm(dates, written),
        owner=owners[0] if owners else None,
        dates=tuple(dates),
        held=tuple(held),
        overdue=tuple(day for day in dates if day < today and day not in held),
        next_on=next((day for day in dates if day >= today and day not in held), None),
    )


def minutes_in(text: str) -> float | None:
    """The minutes a text states.

    >>> minutes_in("每周，30分钟"), minutes_in("weekly 45 min"), minutes_in("monthly")
    (30.0, 45.0, None)
    """
    found = _MINUTES.search(text)
    return float(found.group(1)) if found else None


def rhythm(dates: Sequence[date], text: str) -> float | None:
    """Days between two meetings: the middle gap of the dates, else what the text says.

    >>> rhythm([date(2026, 7, 6), date(2026, 7, 13), date(2026, 7, 20)], ""), rhythm([], "每月")
    (7.0, 30.0)
    """
    gaps = [(b - a).days for a, b in pairwise(dates)]
    if gaps:
        return float(median(gaps))
    said = text.casefold()
    return next((days for days, words in _RHYTHM if any(word in said for word in words)), None)

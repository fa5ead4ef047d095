"""SM5: which number is the baseline, which the target, which the change."""

import re
from dataclasses import dataclass, replace

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_marks import mark_of
from playbook.chapters.smart.reading_units import COUNTED, TIME_SECONDS


@dataclass(frozen=True)
class Roles:
    """The numbers of one goal by role."""

    baseline: Quantity | None = None
    target: Quantity | None = None
    delta: Quantity | None = None
    others: tuple[Quantity, ...] = ()
    sure: bool = True


Marked = tuple[Quantity, str | None]


def assign_roles(
    body: str, start: int, quantities: list[Quantity], dates: list[DateSpan], direction_before: bool
) -> Roles:
    """The roles of the numbers of a clause that begins at `start` (SM5)."""
    marked = [(q, mark_of(body, start, quantities, i, dates)) for i, q in enumerate(quantities)]
    marked = _past_change(body, start, dates, _was_then_will(_series(body, marked, dates)))
    roles = Roles(
        baseline=_last(marked, "baseline"),
        target=_first(marked, "target"),
        delta=_first(marked, "delta"),
        others=tuple(q for q, mark in marked if mark == "target")[1:],
    )
    open_ones = [q for q, mark in marked if mark is None and q.form != "window"]
    if len(open_ones) > 1 and all(_is_dated(body, q, dates) for q in open_ones):
        return replace(roles, target=open_ones[0], others=tuple(open_ones[1:]))
    return _share_unit(_fill(roles, open_ones, direction_before))


def _is_dated(body: str, quantity: Quantity, dates: list[DateSpan]) -> bool:
    """Whether a deadline stands right behind a number (85 % by June, 90 % by December)."""
    return any(
        d.role == "deadline"
        and quantity.end <= d.start
        and re.fullmatch(r"\s{0,2}(?:on average|or more|or less)?\s?", body[quantity.end : d.start])
        for d in dates
    )


_SERIES = re.compile(
    r"\s?\x00*\s?(?:[,、/和及与]|and|then|,\s?and)?\s?(?:\x00+|[0-9]{4}年)?\s?", re.ASCII
)
_ALREADY = re.compile(
    r"已经?|一度|曾|\b(?:has|have|had|already|rose|fell|went|improved|gone|risen|fallen)\b",
    re.ASCII,
)


def _is_ahead(body: str, before: Quantity, quantity: Quantity, dates: list[DateSpan]) -> bool:
    """Whether a number of a row has a date of its own to come (去年82%, 今年90%)."""
    ends = [d for d in dates if d.role == "deadline"]
    return any(before.end <= d.start < quantity.start for d in ends) or any(
        d.start >= quantity.end and body[quantity.end : d.start] in {"", " "} for d in ends
    )


def _series(body: str, marked: list[Marked], dates: list[DateSpan]) -> list[Marked]:
    """`was 81%, 83% and 84%`: the numbers of a row share the role of the first of them."""
    out: list[Marked] = []
    for quantity, mark in marked:
        before, role = out[-1] if out else (None, None)
        if before is not None and role == "baseline" and mark in {None, "baseline"}:
            near = _SERIES.fullmatch(body[before.end : quantity.start])
            if near and mark is None and _is_ahead(body, before, quantity, dates):
                near = None
            mark = "baseline" if near and alike(before, quantity) else mark
            if near and quantity.unit is None:
                quantity = replace(quantity, unit=before.unit, scale=before.scale)
        out.append((quantity, mark))
    return out


def _past_change(
    body: str, start: int, dates: list[DateSpan], marked: list[Marked]
) -> list[Marked]:
    """`已从86%升到91%, ..挑战95%`: a change that has been made gives baselines only."""
    targets = [i for i, (_, mark) in enumerate(marked) if mark in {"target", "to", "aim"}]
    later = [q for q, mark in marked if mark is None or mark in {"target", "to", "aim"}]
    first = targets[0] if targets else 0
    opening = marked[first][0].start if targets else start
    past_period = any(d.role == "base" and start <= d.start < opening for d in dates)
    made = past_period or _ALREADY.search(body[start:opening])
    if len(later) < 2 or not targets or not made or marked[first][1] != "to":
        return [(q, "target" if mark in {"to", "aim"} else mark) for q, mark in marked]
    past = range(first, _chain_end(body, marked, first))
    past = past if alike(marked[first][0], later[-1]) else range(0)
    return [
        (q, "baseline" if i in past else "target" if mark in {"to", "aim"} else mark)
        for i, (q, mark) in enumerate(marked)
    ]


def _chain_end(body: str, marked: list[Marked], first: int) -> int:
    """`from 61 to 66 to 69; 75 by December`: where the chain ends, its last number left open."""
    end = first + 1
    while end < len(marked) - 1:
        if not re.fullmatch(
            r"\s?(?:to|then|and then|→|到)\s?", body[marked[end - 1][0].end : marked[end][0].start]
        ):
            break
        end += 1
    return end


def _was_then_will(marked: list[Marked]) -> list[Marked]:
    """`NPS is 28, raise it to 36`: a plain level before a `to` is the baseline."""
    marks = [mark for _, mark in marked]
    if "to" in marks and "baseline" not in marks and "target" in marks[: marks.index("to")]:
        place = marks.index("target")
        if alike(marked[place][0], marked[marks.index("to")][0]):
            marked[place] = (marked[place][0], "baseline")
    return marked


def _first(marked: list[Marked], role: str) -> Quantity | None:
    return next((q for q, mark in marked if mark == role), None)


def _last(marked: list[Marked], role: str) -> Quantity | None:
    return next((q for q, mark in reversed(marked) if mark == role), None)


def _fill(roles: Roles, open_ones: list[Quantity], changing: bool) -> Roles:
    """Unmarked numbers: baseline before target; alone after a verb of change, a delta."""
    if not open_ones:
        return roles
    if roles.target is not None:
        earlier = [q for q in open_ones if q.end <= roles.target.start and alike(q, roles.target)]
        if roles.baseline is None and earlier:
            return replace(roles, baseline=earlier[-1], sure=False)
        return roles
    if roles.delta is not None and roles.baseline is None:
        return replace(roles, baseline=_level_beside(open_ones, roles.delta), sure=False)
    if roles.delta is not None:
        return roles
    if roles.baseline is not None:
        if changing and _is_step(open_ones[0], roles.baseline):
            return replace(roles, delta=open_ones[0], sure=False)
        later = [q for q in open_ones if q.start >= roles.baseline.end]
        return replace(roles, target=(later or open_ones)[-1], sure=False)
    return _unmarked(roles, open_ones, changing)


def _is_step(only: Quantity, baseline: Quantity) -> bool:
    """`grow NPS twenty points, from a base of 12`: points before the baseline are a change."""
    return only.start < baseline.start and only.unit in {"points", "pp"}


def _level_beside(open_ones: list[Quantity], delta: Quantity) -> Quantity | None:
    """A level named beside a change, where both cannot be the change itself."""
    levels = [q for q in open_ones if q.unit != delta.unit and q.unit not in {None, "pp"}]
    return levels[0] if levels and levels[0].unit not in COUNTED else None


def _unmarked(roles: Roles, open_ones: list[Quantity], changing: bool) -> Roles:
    if len(open_ones) > 1 and alike(open_ones[0], open_ones[-1]):
        return replace(roles, baseline=open_ones[-2], target=open_ones[-1], sure=False)
    only = open_ones[0]
    if changing and only.form in {"amount", "bare", "fraction"} and only.unit not in {"score"}:
        return replace(roles, delta=only, sure=False)
    return replace(roles, target=only, sure=False)


def alike(one: Quantity, two: Quantity) -> bool:
    """Whether two numbers can be two values of one measure."""
    if one.unit == two.unit or one.unit is None or two.unit is None:
        return True
    if {one.unit, two.unit} <= {"score", "points"}:
        return True
    return one.unit in TIME_SECONDS and two.unit in TIME_SECONDS


def _share_unit(roles: Roles) -> Roles:
    """`from 5 to 3 minutes`: the unit stands once; both take it, and both count in one unit."""
    base, target = roles.baseline, roles.target
    if base is None or target is None or base.unit == target.unit:
        return roles
    if base.unit is None:
        return replace(roles, baseline=replace(base, unit=target.unit, scale=target.scale))
    if target.unit is None:
        return replace(roles, target=replace(target, unit=base.unit, scale=base.scale))
    if base.unit in TIME_SECONDS and target.unit in TIME_SECONDS:
        rate = TIME_SECONDS[base.unit] / TIME_SECONDS[target.unit]
        return replace(roles, baseline=replace(base, value=base.value * rate, unit=target.unit))
    return roles

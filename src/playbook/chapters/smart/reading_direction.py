"""SM6: which way a goal points, and whether its values agree."""

import re

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_metrics import Measure
from playbook.chapters.smart.reading_naming import Named
from playbook.chapters.smart.reading_roles import Roles
from playbook.chapters.smart.reading_words import verbs_in

Verb = tuple[int, int, str]


def governing_verb(body: str, clause: Clause, named: Named | None, roles: Roles) -> Verb | None:
    """The verb of change that belongs to the value, else the one that belongs to the metric."""
    verbs = [v for v in verbs_in(body, clause.start, clause.end) if not _inside(v, named)]
    value = roles.delta or roles.target or roles.baseline
    if value is not None and value.form == "change":
        return (value.start, value.end, value.way or "up")
    if value is None or not verbs:
        return _strongest(verbs)
    noun = [v for v in verbs if value.end <= v[0] <= value.end + 16] if value is roles.delta else []
    earlier = [v for v in verbs if v[1] <= value.start]
    between = [v for v in earlier if named and v[0] >= named.end and v[2] != "reach"]
    before = [v for v in earlier if named and v[1] <= named.start and v[2] != "reach"]
    base = roles.baseline
    if value is roles.target and base is not None and base.end < value.start:
        # "crept up to 6.1 % last year; bring it back to 5 %": the verb beside the target
        since = [v for v in earlier if v[0] >= base.end]
        if since and re.search(r"[;。,]|\.\s", body[base.end : since[0][0]]):
            return since[-1]
    for group in (between, before):
        if group:
            return group[-1]
    return _strongest(noun) or _strongest(earlier) or _strongest(verbs)


def _inside(verb: Verb, named: Named | None) -> bool:
    return named is not None and named.start <= verb[0] < named.end


def _strongest(verbs: list[Verb]) -> Verb | None:
    """The last verb of change; verbs of reaching only where there is no other."""
    changing = [v for v in verbs if v[2] != "reach"]
    return (changing or verbs or [None])[-1]  # type: ignore[list-item]


def direction_of(verb: Verb | None, metric: Measure | None, roles: Roles) -> str | None:
    """increase, decrease, maintain; None where neither verb nor values tell."""
    by_values = _by_values(roles.baseline, roles.target)
    if verb is None:
        return by_values or _by_sign(roles.delta, metric)
    way = verb[2]
    if way == "keep":
        return by_values if by_values and roles.baseline else "maintain"
    if way in {"reach", "better"}:
        return by_values or _toward_good(metric)
    return "increase" if way == "up" else "decrease"


def _by_sign(delta: Quantity | None, metric: Measure | None) -> str | None:
    """`NPS +6`, `churn -1.2 pp`: the sign tells, where no verb does; else what is good."""
    if delta is None:
        return None
    return "decrease" if delta.value < 0 else _toward_good(metric)


def _toward_good(metric: Measure | None) -> str:
    return "decrease" if metric is not None and metric.falls else "increase"


def _by_values(baseline: Quantity | None, target: Quantity | None) -> str | None:
    if baseline is None or target is None or baseline.value == target.value:
        return None
    return "increase" if target.value > baseline.value else "decrease"


def improves_time(body: str, verb: Verb | None, metric: Measure | None, roles: Roles) -> bool:
    """`提升响应时间`, `boost response time`: a time that is lifted without values is improved."""
    if verb is None or metric is None or metric.kind != "time" or verb[2] != "up":
        return False
    return re.fullmatch(r"提升|boost\w*|lift\w*", body[verb[0] : verb[1]]) is not None


def contradicts(direction: str | None, roles: Roles) -> bool:
    """Whether the verb points one way and the values the other."""
    by_values = _by_values(roles.baseline, roles.target)
    return direction in {"increase", "decrease"} and by_values not in {None, direction}


_FLOOR = (
    r"以上|不低于|不少于|不小于|高于|超过|大于|至少|>=|>|\b(?:at least|at or above|above|over"
    r"|more than|(?:no|not) (?:less|lower|fewer|worse) than|minimum|or (?:more|higher|better"
    r"|above)|exceed\w*)\b"
    r"|[0-9%]\+"
)
_CEILING = (
    r"以下|以内|之内|不多于|不超过|不高于|不大于|低于|少于|小于|控制在|<=|<|\b(?:at most"
    r"|at or below|below|under|within|less than|fewer than|(?:no|not) (?:more|higher|longer|slower"
    r"|greater) than|up to|maximum"
    r"|or (?:less|lower|fewer|below)|in)\b"
)


def comparator_of(
    body: str, start: int, target: Quantity | None, direction: str | None, metric: Measure | None
) -> str | None:
    """>= or <=: as the words say, else by the direction, else by what is good for the metric."""
    if target is None:
        return None
    around = (
        body[max(start, target.start - 14) : target.start]
        + "0"
        + body[target.end : target.end + 10]
    )
    ceiling, floor = re.search(_CEILING, around), re.search(_FLOOR, around)
    if floor and not ceiling:
        return ">="
    if ceiling and not floor and not re.fullmatch("in", ceiling.group(0)):
        return "<="
    if direction in {"increase", "decrease"}:
        return ">=" if direction == "increase" else "<="
    return "<=" if metric is not None and metric.falls else ">="

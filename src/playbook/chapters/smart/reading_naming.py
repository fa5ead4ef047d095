"""Which metric a clause is about, and the words of the text that name it."""

import re
from dataclasses import dataclass, replace

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause, is_plain_object
from playbook.chapters.smart.reading_metrics import Measure, MetricHit, measure_named
from playbook.chapters.smart.reading_naming_patterns import (
    ANY_VERB,
    STOP_EN,
    measure_zh,
    phrases,
    stop_zh,
)
from playbook.chapters.smart.reading_service import (
    INSIDE,
    RATE_AFTER,
    SHARE_OF,
    act_metric,
    becomes_service_level,
    find_act,
    share_metric,
)
from playbook.chapters.smart.reading_text import is_chinese
from playbook.chapters.smart.reading_units import CURRENCIES, LONG_TIMES, TIME_SECONDS
from playbook.chapters.smart.reading_words import MILESTONE, SERVICE_ACT, verbs_in


@dataclass(frozen=True)
class Named:
    """The metric of a clause: its span in the plain text and its entry, where it is known."""

    start: int
    end: int
    metric: Measure | None
    sure: bool = True


_COUNTS = frozenset({"count", "person", "%", "per_100", "per_1000", None})
_FITS = {
    "time": frozenset({*TIME_SECONDS, "%", "score", None}),
    "share": frozenset({"%", "pp", "points", "score", "per_100", "per_1000", None}),
    "nps": frozenset({"%", "pp", "points", "score", None}),
    "mean": frozenset({"%", "pp", "points", "score", None}),
    "count": _COUNTS,
    "rate": _COUNTS,
    "money": frozenset({*CURRENCIES, "%", "count", None}),
    "speed": frozenset({"%", *TIME_SECONDS, None}),
}


def fits(metric: Measure, quantity: Quantity) -> bool:
    """Whether a number's unit can measure the metric."""
    allowed = _FITS.get(metric.kind)
    return allowed is None or quantity.unit in allowed


def name_metric(body: str, clause: Clause, threshold: Quantity | None) -> Named | None:
    """The metric of a clause: known names first, then acts of service, then the words there."""
    hit = _best_hit(body, clause)
    solid = hit is not None and hit.metric.kind != "vague" and not _is_object(body, clause, hit)
    if threshold is not None and becomes_service_level(hit.metric.metric_id if hit else None):
        return _service_level(body, clause, threshold, hit if solid else None)
    measured = _measured(body, clause)
    if hit is not None and solid and not _is_part(body, hit, measured):
        return _from_hit(body, clause, hit)
    if hit is not None and measured is not None and measured.end == hit.end:
        return _from_hit(body, clause, hit)
    return (
        _counted_object(body, hit, measured)
        or _timed_measure(body, measured)
        or _from_act(body, clause)
        or measured
        or (None if clause.quantities else _milestone(body, clause))  # 上线投诉系统: no count of it
        or _served_share(body, clause)
        or (_from_hit(body, clause, hit) if hit else None)
        or (_phrase(body, clause) if clause.quantities else None)  # reach 40% adoption
        or _milestone(body, clause)
        or _phrase(body, clause)
        or _rated(body, clause)
    )


def _is_object(body: str, clause: Clause, hit: MetricHit) -> bool:
    """A thing served; but 等候 with a time is the time that people wait."""
    timed = any(q.unit in TIME_SECONDS for q in clause.quantities)
    return is_plain_object(body, hit) and not (timed and hit.metric.kind == "time")


def _is_part(body: str, hit: MetricHit, measured: Named | None) -> bool:
    """陈情案件 in 陈情案件逾期率: the name of a thing inside a measure the dictionary lacks."""
    if measured is None or not measured.start <= hit.start < hit.end < measured.end:
        return False
    tail = body[hit.end : measured.end]
    return (
        hit.metric.kind == "count"
        and re.fullmatch(r"[\u4e00-\u9fff]{1,4}[率比例]+", tail) is not None
    )


def _counted_object(body: str, hit: MetricHit | None, measured: Named | None) -> Named | None:
    """顾客抱怨件数: the number of what is served, where the dictionary counts that thing."""
    if hit is None or measured is None or hit.metric.kind != "count":
        return None
    tail = body[hit.end : measured.end]
    counts = measured.start <= hit.start and re.fullmatch("(?:案?件|总|宗|次|单)?[数量]", tail)
    return replace(measured, metric=hit.metric) if counts else None


def _best_hit(body: str, clause: Clause) -> MetricHit | None:
    """Solid names before objects and vague words; then the one nearest before the first value."""
    values = [q for q in clause.quantities if q.form != "window"]
    anchor = values[0].start if values else clause.end

    def rank(hit: MetricHit) -> tuple[bool, bool, bool, int]:
        weak = is_plain_object(body, hit) or hit.metric.kind == "vague"
        misfit = bool(values) and not any(fits(hit.metric, q) for q in values)
        after = hit.start >= anchor
        return (weak, misfit, after, hit.start - anchor if after else anchor - hit.end)

    return min(clause.metrics, key=rank, default=None)


def _from_hit(body: str, clause: Clause, hit: MetricHit) -> Named:
    start = _extended(body, clause.start, hit)
    return Named(start, hit.end, hit.metric, hit.metric.kind != "vague")


def _extended(body: str, floor: int, hit: MetricHit) -> int:
    """The start of the whole name: words before the known part that belong to it."""
    if is_chinese(body[hit.start : hit.end]):
        stops = [m.end() for m in stop_zh().finditer(body, floor, hit.start)]
        return max([floor, hit.start - 8, *stops[-1:]])
    start = hit.start
    for word in list(re.finditer(r"[a-z][a-z'-]*", body[floor : hit.start]))[::-1][:2]:
        gap = body[floor + word.end() : start]
        if (
            gap.strip()
            or STOP_EN.fullmatch(word.group(0))
            or re.fullmatch(ANY_VERB, word.group(0), flags=re.ASCII)
        ):
            break
        start = floor + word.start()
    return start


def _service_level(body: str, clause: Clause, threshold: Quantity, hit: MetricHit | None) -> Named:
    """SM4: the name runs over the act and its duration."""
    act = find_act(body, clause)
    places = [(threshold.start, threshold.end)]
    if hit is not None:
        places.append((hit.start, hit.end))
    if act is not None:
        places.append((clause.start + act.start(), clause.start + act.end()))
    if rate := RATE_AFTER.match(body, threshold.end, clause.end):
        places.append((threshold.start, rate.end()))
    inside = INSIDE.match(body, threshold.end)
    first, last = min(p[0] for p in places), max(p[1] for p in places)
    last = max(last, inside.end() if inside else 0)
    return Named(first, last, measure_named("service_level"), hit is not None or act is not None)


def _from_act(body: str, clause: Clause) -> Named | None:
    """An act of service with a time: the time it takes is what is measured."""
    short = TIME_SECONDS.keys() - LONG_TIMES
    times = [q for q in clause.quantities if q.unit in short and q.form != "window"]
    act = find_act(body, clause) if times or clause.quantities else None
    if act is None or not times:
        return None
    words = body[clause.start : clause.end]
    metric = measure_named(act_metric(act.group(0), words))
    start, end = clause.start + act.start(), clause.start + act.end()
    tail = re.match(r"[\u4e00-\u9fff]{1,6}(?=$|[,;。\x00])", body[end : clause.end])
    return Named(start, end + (tail.end() if tail else 0), metric, False)


def _served_share(body: str, clause: Clause) -> Named | None:
    """An act of service with a share and no time (resolve 80 % of complaints, 接听90%的来电)."""
    shares = [q for q in clause.quantities if q.unit == "%" and q.form != "change"]
    act = find_act(body, clause) if len(shares) == len(clause.quantities) == 1 else None
    words = body[clause.start : clause.end]
    if act is None or not SHARE_OF.search(body[shares[0].end : clause.end]):
        return None
    metric_id = share_metric(act.group(0), words)
    if metric_id is None:
        return None
    start, end = min(clause.start + act.start(), shares[0].end), clause.start + act.end()
    served = SHARE_OF.match(body, shares[0].end, clause.end)
    last = max(end, served.end() if served else 0)
    return Named(start, last, measure_named(metric_id), False)


def _measured(body: str, clause: Clause) -> Named | None:
    """A measure that the dictionary does not know, told by its last character (率, 量, ...)."""
    if not is_chinese(body[clause.start : clause.end]):
        return None
    values = [q for q in clause.quantities if q.form != "window"]
    limit = values[0].start if values else clause.end
    found = [m for m in measure_zh().finditer(body, clause.start, clause.end) if m.start() < limit]
    if not found:
        return None
    last = found[-1]
    stops = list(stop_zh().finditer(body, last.start(), last.end() - 1))
    start = stops[-1].end() if stops else last.start()
    return Named(start, last.end(), None, False) if start < last.end() - 1 else None


def _timed_measure(body: str, measured: Named | None) -> Named | None:
    """A time that is named by an act of service: 办理入住时间, 案件处理天数."""
    words = body[measured.start : measured.end] if measured else ""
    act = re.search(SERVICE_ACT, words, flags=re.ASCII)
    if measured is None or act is None or not re.search(r"(?:时间|时长|时效|周期|天数)$", words):
        return None
    return replace(measured, metric=measure_named(act_metric(act.group(0), words)))


def _milestone(body: str, clause: Clause) -> Named | None:
    """Something to be launched, built or finished: an activity, not an outcome."""
    match = MILESTONE.search(body, clause.start, clause.end)
    if match is None or any(
        v[2] in {"up", "down"} for v in verbs_in(body, clause.start, clause.end)
    ):
        return None
    tail = re.match(r"[^,;。\x00]*", body[match.start() : clause.end])
    end = match.start() + len(tail.group(0).rstrip(" .")) if tail else match.end()
    return Named(match.start(), max(end, match.end()), measure_named("milestone"), False)


def _rated(body: str, clause: Clause) -> Named | None:
    """Stars that no words name are a public rating."""
    for quantity in clause.quantities:
        if re.search("star|星", body[quantity.start : quantity.end]):
            return Named(quantity.start, quantity.end, measure_named("review_score"), False)
    return None


def _is_filler(word: str) -> bool:
    """A word that alone names no measure: a small word or an act of service."""
    return bool(STOP_EN.fullmatch(word) or re.fullmatch(SERVICE_ACT, word, flags=re.ASCII))


def _phrase(body: str, clause: Clause) -> Named | None:
    """The words that stand where a metric would: after the verb, or as the subject."""
    words = body[clause.start : clause.end]
    for pattern in phrases(is_chinese(words)):
        match = pattern.search(words)
        place = _trimmed(words, *match.span("np")) if match else None
        if place and _holds_value(clause, *place):
            continue  # 每五通来电, four out of five: a number names nothing
        if place and not re.fullmatch(ANY_VERB, words[slice(*place)], flags=re.ASCII):
            return Named(clause.start + place[0], clause.start + place[1], None, False)
    for quantity in clause.quantities:  # nine in ten emails answered the same day
        share = quantity.form == "share" and _COUNTED.match(body, quantity.end, clause.end)
        if share:
            return Named(share.start("np"), share.end("np"), None, False)
    return None


_COUNTED = re.compile(
    r"\s(?:of (?:the |our "
    r"|all )?)?(?P<np>[a-z][a-z' -]{3,40}?)(?=\s?(?:[,;.\x00(]|$))"
)


def _holds_value(clause: Clause, start: int, end: int) -> bool:
    """Whether a stretch of its words is no more than a number of the clause."""
    first, last = clause.start + start, clause.start + end
    return any(q.start <= first and last <= q.end for q in clause.quantities)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of a phrase without small words before it; None where too little is left."""
    words = text[start:end].rstrip()
    if not words.isascii():
        return (start, start + len(words))
    kept = re.sub(rf"^(?:(?:{STOP_EN.pattern}) )+", "", words)
    lone = kept != words and " " not in kept
    if lone or all(_is_filler(word) for word in re.findall("[a-z]+", kept)):
        return None
    return (start + len(words) - len(kept), start + len(words))

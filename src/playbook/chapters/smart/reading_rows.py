"""SM2: metrics named in one row (`CSAT and NPS`, `满意度、续约率和NPS`)."""

import re

from playbook.chapters.smart.reading_metrics import Measure, MetricHit
from playbook.chapters.smart.reading_words import verbs_in

# What may stand between the names of a row: commas, "and", the name of who or what is measured.
_GAP = re.compile(
    r"\s?(?:[,、/&+]|和|与|及|以及|and|,\s?and|as well as)\s?(?:both )?(?:the "
    r"|our )?(?:\([a-z ]{2,12}\))?(?:(?:(?![将把使让])[\u4e00-\u9fff]){0,6}|(?:[a-z'-]+ ){0,2})",
    re.ASCII,
)


def find_rows(body: str, metrics: tuple[MetricHit, ...]) -> list[list[MetricHit]]:
    """Every row of two or more metrics; a second name in brackets is no metric of its own.

    >>> from playbook.chapters.smart.reading_metrics import find_metrics
    >>> text = "raise csat and nps to 85% and 40"
    >>> [[h.metric.metric_id for h in row] for row in find_rows(text, find_metrics(text))]
    [['csat', 'nps']]
    """
    rows: list[list[MetricHit]] = []
    end = -1
    for hit in metrics:
        gap = body[end : hit.start] if rows else ""
        if rows and rows[-1][-1].metric == hit.metric and re.fullmatch(r"\s?\(", gap):
            end = hit.end + 1
            continue
        same = bool(rows) and rows[-1][-1].metric == hit.metric
        joined = re.match(r"\s?(?:、|和|与|及|and\b)", gap) or not same
        if rows and joined and _GAP.fullmatch(gap) and not verbs_in(gap, 0, len(gap)):
            rows[-1].append(hit)
        else:
            rows.append([hit])
        end = hit.end
    return [row for row in rows if _is_row(body, row)]


# Measures that the dictionary does not know, in a row that 分别 or "respectively" divides.
_UNKNOWN_ZH = re.compile(
    r"(?:^|(?<=[,;。、\x00将把使让和与及年月内前]))(?P<m>[\u4e00-\u9fff]{2,12}?(?:率|度|量|数|成本"
    r"|费用|时间|时长|得分|评分|占比|比例|指数))(?=[、和与及,]|分别|各自|均)",
    re.ASCII,
)
_UNKNOWN_EN = re.compile(
    r"(?:\b(?:raise|lift|increase|improve|grow|cut|reduce|lower|bring|get|move|and|both) "
    r"|, )(?:the |our )?(?P<m>(?!from\b|to\b|by\b)[a-z][a-z -]{2,30}?)(?= and |, | from | to )",
    re.ASCII,
)


def unknown_in_rows(body: str, metrics: tuple[MetricHit, ...]) -> tuple[MetricHit, ...]:
    """Measures without an id beside known ones, in a text that says 分别 or "respectively"."""
    pattern = _UNKNOWN_ZH if "分别" in body else _UNKNOWN_EN
    if "分别" not in body and not re.search(r"\brespectively\b", body, flags=re.ASCII):
        return metrics
    found = [
        MetricHit(Measure(body[m.start("m") : m.end("m")], "unknown", "", False), *m.span("m"))
        for m in pattern.finditer(body)
        if all(m.end("m") <= h.start or m.start("m") >= h.end for h in metrics)
    ]
    return tuple(sorted([*metrics, *found], key=lambda hit: hit.start))


def _is_row(body: str, row: list[MetricHit]) -> bool:
    """Two or more measures, each once; words that name no measurement make no row."""
    names = {body[hit.start : hit.end] for hit in row}
    return 1 < len(row) == len(names) and all(hit.metric.kind != "vague" for hit in row)

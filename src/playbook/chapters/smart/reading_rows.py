"""SM2: metrics named in one row (`CSAT and NPS`, `满意度、续约率和NPS`)."""

import re

from playbook.chapters.smart.reading_metrics import MetricHit
from playbook.chapters.smart.reading_words import verbs_in

# What may stand between the names of a row: commas, "and", the name of who or what is measured.
_GAP = re.compile(
    r"\s?(?:[,、/&+]|和|与|及|以及|and|,\s?and|as well as)\s?(?:both )?(?:the "
    r"|our )?(?:\([a-z ]{2,12}\))?"
    r"(?:(?:(?![将把使让])[\u4e00-\u9fff]){0,6}|(?:[a-z'-]+ ){0,2})",
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
        same = bool(rows) and rows[-1][-1].metric == hit.metric
        if same and re.fullmatch(r"\s?\(", gap):
            end = hit.end + 1
            continue
        if rows and not same and _GAP.fullmatch(gap) and not verbs_in(gap, 0, len(gap)):
            rows[-1].append(hit)
        else:
            rows.append([hit])
        end = hit.end
    return [row for row in rows if _is_row(row)]


def _is_row(row: list[MetricHit]) -> bool:
    """Two or more measures, each once; words that name no measurement make no row."""
    ids = {hit.metric.metric_id for hit in row}
    return 1 < len(row) == len(ids) and all(hit.metric.kind != "vague" for hit in row)

"""The metrics of core's dictionary by their names in three scripts, found in a plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from playbook.chapters.smart.reading_name_index import NameIndex
from playbook.chapters.smart.reading_text import is_chinese
from playbook.core.metrics import Metric, dictionary


@dataclass(frozen=True)
class Measure:
    """A metric as a sentence speaks of it.

    kind: as in the dictionary, or `speed` for a time named by its speed; a rate that people state
    in per cent is a `share` here. falls: whether less is better.
    """

    metric_id: str
    kind: str
    unit: str
    falls: bool


@dataclass(frozen=True)
class MetricHit:
    """A metric and where it stands in the plain text."""

    metric: Measure
    start: int
    end: int


# A name before one of these is part of the name of a thing: a complaint system, 满意度看板.
_OF_A_THING = re.compile(
    r"(?:的)?(?:处理|管理|受理|分析|响应|调查|跟踪)?(?:看板|系统|平台|问卷(?!回|填|满)|培训(?!覆|合"
    r"|完|通|率)|课程|方案|机制|制度|模块|流程(?!遵|执|合)|项目|工具|专班|小组|管理办法|指南|手册"
    r"|体系)|(?:[ -](?:handling|management|tracking|logging))?[ -](?:survey(?! (?:response|return"
    r"|score|participation))|dashboards?|programmes?|programs?|training(?! (?:coverage|completion"
    r"|pass))|teams?|systems?|portals?|policy|policies|process(?:es)?|procedures?|modules?|forms?"
    r"|reports?|tools?|software|platforms?|workshops?|campaigns?|forums?|initiatives?|modules?"
    r"|course)\b",
    re.ASCII,
)


def find_metrics(text: str) -> tuple[MetricHit, ...]:
    """Every metric named in a plain text, longest names first where names overlap.

    >>> [hit.metric.metric_id for hit in find_metrics("投诉率和客户满意度")]
    ['complaint_rate', 'csat']
    """
    hits = [MetricHit(*found) for found in _index().find(text)]
    hits += [
        MetricHit(measure, match.start(), match.end())
        for script in (True, False)
        if script == is_chinese(text) or not script
        for pattern, measure in _patterns(script)
        for match in pattern.finditer(text)
    ]
    kept: list[MetricHit] = []
    hits = [hit for hit in hits if not _OF_A_THING.match(text, hit.end)]
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start), h.start, h.metric.metric_id)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))


def measure_named(metric_id: str) -> Measure:
    """The measure of a dictionary id; raises KeyError for an unknown id.

    >>> measure_named("complaint_rate").kind
    'share'
    """
    return _measure(dictionary()[metric_id])


def _measure(metric: Metric) -> Measure:
    """How the metric is heard: a rate that people state in per cent is a share."""
    heard = metric.heard
    said_as_share = metric.kind == "rate" and heard.unit == "%"
    return Measure(
        metric.metric_id,
        "share" if said_as_share else metric.kind,
        heard.unit or metric.unit,
        (heard.direction or metric.direction) == "decrease",
    )


@cache
def _index() -> NameIndex[Measure]:
    """All names of all metrics; names of a time's speed are a measure of their own."""
    return NameIndex(pair for metric in dictionary().values() for pair in _names_of(metric))


def _names_of(metric: Metric) -> Iterator[tuple[str, Measure]]:
    measure, speed = _measure(metric), metric.heard.speed_names
    for name in {metric.zh_hans, metric.zh_hant, metric.en, *metric.aliases} - set(speed):
        yield name, measure
    for name in speed:
        yield name, Measure(metric.metric_id, "speed", "", falls=False)


@cache
def _patterns(chinese: bool) -> tuple[tuple[re.Pattern[str], Measure], ...]:
    """The patterns of one script: those of the other are not compiled until a text needs them."""
    return tuple(
        (re.compile("|".join(own), re.ASCII), _measure(metric))
        for metric in dictionary().values()
        if (own := [p for p in metric.heard.patterns if is_chinese(p) == chinese])
    )

"""The metrics of core's dictionary by their names in three scripts, found in a plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from playbook.chapters.smart.reading_text import is_chinese, normalise
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


def find_metrics(text: str) -> tuple[MetricHit, ...]:
    """Every metric named in a plain text, longest names first where names overlap.

    >>> [hit.metric.metric_id for hit in find_metrics("投诉率和客户满意度")]
    ['complaint_rate', 'csat']
    """
    hits = [
        MetricHit(measure, match.start(), match.end())
        for pattern, measure in _matchers()
        for match in pattern.finditer(text)
    ]
    kept: list[MetricHit] = []
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
def _matchers() -> tuple[tuple[re.Pattern[str], Measure], ...]:
    return tuple(pair for metric in dictionary().values() for pair in _matchers_of(metric))


def _matchers_of(metric: Metric) -> Iterator[tuple[re.Pattern[str], Measure]]:
    """The pattern of all names of a metric; names of its speed are a measure of their own."""
    measure, speed = _measure(metric), set(metric.heard.speed_names)
    names = {metric.zh_hans, metric.zh_hant, metric.en, *metric.aliases} - speed
    yield _pattern(metric.heard.patterns, names), measure
    if speed:
        yield _pattern((), speed), Measure(measure.metric_id, "speed", "", falls=False)


def _pattern(patterns: tuple[str, ...], names: set[str]) -> re.Pattern[str]:
    words = [_word_pattern(name) for name in sorted(names, key=lambda n: (-len(n), n))]
    return re.compile("|".join([*patterns, *words]), re.ASCII)


def _word_pattern(word: str) -> str:
    """A plain word as a pattern: English with word borders, any dash or space, and a plural."""
    plain = normalise(word).text
    if is_chinese(plain):
        return r"\s*".join(re.escape(c) for c in plain if not c.isspace())
    parts = [re.escape(part) for part in re.split(r"[\s-]+", plain)]
    return r"(?<![a-z0-9])" + r"[\s-]+".join(parts) + r"s?(?![a-z0-9])"

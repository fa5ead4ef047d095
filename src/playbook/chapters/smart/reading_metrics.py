"""The metric dictionary: names and aliases in three scripts, found in a plain text."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playbook.chapters.smart.reading_text import normalise


@dataclass(frozen=True)
class Metric:
    """One known metric; `kind` says what its values look like, `better` which way is good."""

    id: str
    zh_hans: str
    zh_hant: str
    en: str
    kind: str
    better: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class MetricHit:
    """A metric and where it stands in the plain text."""

    metric: Metric
    start: int
    end: int


_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def dictionary() -> tuple[Metric, ...]:
    """Every entry of the dictionary; two entries may share one id (load speed, load time).

    >>> {m.id for m in dictionary()} >= {"csat", "fcr", "wait_time"}
    True
    """
    raw = tomllib.loads(Path(__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
    return tuple(_entry(key, fields) for key, fields in raw.items())


def _entry(key: str, fields: dict[str, object]) -> Metric:
    lists = {name: _strings(fields.get(name)) for name in ("words", "patterns")}
    plain = {name: str(fields[name]) for name in ("zh_hans", "zh_hant", "en", "kind", "better")}
    return Metric(id=str(fields.get("id", key)), **plain, **lists)  # type: ignore[arg-type]


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def _word_pattern(word: str) -> str:
    """A plain word as a pattern: English with word borders, any dash or space, and a plural."""
    plain = normalise(word).text
    if _HAN.search(plain):
        return r"\s*".join(re.escape(c) for c in plain if not c.isspace())
    parts = [re.escape(part) for part in re.split(r"[\s-]+", plain)]
    return r"(?<![a-z0-9])" + r"[\s-]+".join(parts) + r"s?(?![a-z0-9])"


@cache
def _matchers() -> tuple[tuple[re.Pattern[str], Metric], ...]:
    found = []
    for metric in dictionary():
        words = (metric.zh_hans, metric.zh_hant, metric.en, *metric.words)
        patterns = [_word_pattern(w) for w in sorted(set(words), key=lambda w: (-len(w), w))]
        found.append((re.compile("|".join([*metric.patterns, *patterns]), re.ASCII), metric))
    return tuple(found)


def find_metrics(text: str) -> tuple[MetricHit, ...]:
    """Every metric named in a plain text, longest names first where names overlap.

    >>> [hit.metric.id for hit in find_metrics("投诉率和客户满意度")]
    ['complaint_rate', 'csat']
    """
    hits = [
        MetricHit(metric, match.start(), match.end())
        for pattern, metric in _matchers()
        for match in pattern.finditer(text)
    ]
    kept: list[MetricHit] = []
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start), h.start, h.metric.id)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))


def metric_named(metric_id: str) -> Metric:
    """The first dictionary entry of an id; raises KeyError for an unknown id.

    >>> metric_named("fcr").zh_hant
    '首次問題解決率'
    """
    for metric in dictionary():
        if metric.id == metric_id:
            return metric
    raise KeyError(metric_id)

"""The metric dictionary 指标字典: what a metric is called, how it is measured, which way is better.

It ships with the service metrics of ``metrics.toml``; a case adds rows or replaces them by its own
(table ``goals_metrics``). It holds no benchmark figure.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from playbook.core.records import from_dict, to_dict
from playbook.core.text import Name
from playbook.core.units import unit_code

Kind = Literal[
    "share", "mean", "nps", "rate", "time", "count", "money", "milestone", "other", "vague"
]
Direction = Literal["increase", "decrease", "maintain"]
_BOUNDS: dict[str, tuple[float | None, float | None]] = {
    "share": (0.0, 1.0), "nps": (-100.0, 100.0), "rate": (0.0, None), "time": (0.0, None),
    "count": (0.0, None), "money": (0.0, None), "milestone": (0.0, 1.0),
}  # fmt: skip
_TIMES = ("s", "min", "h", "day", "business_day", "week", "month")


@dataclass(frozen=True)
class Heard:
    """How people speak of a metric in a goal sentence, where that differs from its entry.

    patterns: further names as regular expressions over lower-case simplified text. unit: the unit
    they state (a rate per 1,000 is said in per cent). direction: what "improve" means for a metric
    that is to be maintained.
    speed_names: names of a time that speak of its speed, where more is better.
    """

    patterns: tuple[str, ...] = ()
    unit: str = ""
    direction: Direction | None = None
    speed_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happens, in simplified and traditional Chinese and in English."""

    zh: str
    hant: str
    en: str

    @property
    def name(self) -> Name:
        return Name(self.zh, self.en)


@dataclass(frozen=True)
class Clock:
    """The events between which a time typically runs; a client may mean others and must say so."""

    start: Event
    stop: Event


@dataclass(frozen=True)
class Metric:
    """One metric.

    unit: the unit its values are held in; a share (unit ``%``) is held 0-1, NPS in points.
    direction: which way is better. bound_low, bound_high: what a value cannot pass. scale_min,
    scale_max: ends of an answer scale. aggregate: ratio | mean | sum | quantile. lead_lag: process
    drives, result follows. data: where the numbers come from. drivers: departments outside the
    service department that move it. clock: the events a time runs between. kind ``vague``: a word
    that names no measurement. aliases: further names. heard: what a reader of goal sentences must
    know besides.
    """

    metric_id: str
    zh_hans: str
    zh_hant: str
    en: str
    kind: Kind
    direction: Direction
    unit: str = ""
    aggregate: str = ""
    lead_lag: str = ""
    frequency: str = ""
    data: str = ""
    formula_zh: str = ""
    formula_en: str = ""
    formula_hant: str = ""
    scale_min: float | None = None
    scale_max: float | None = None
    bound_low: float | None = None
    bound_high: float | None = None
    clock: Clock | None = None
    drivers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    heard: Heard = Heard()

    @property
    def name(self) -> Name:
        return Name(self.zh_hans, self.en)

    @property
    def formula(self) -> Name:
        return Name(self.formula_zh, self.formula_en)

    @property
    def parts(self) -> tuple[Name, Name] | None:
        """Numerator and denominator of the formula; None for a metric that is no ratio.

        >>> dictionary()["csat"].parts[1].en
        'all respondents'
        """
        both = [_ratio_parts(formula) for formula in (self.formula_zh, self.formula_en)]
        if None in both:
            return None
        (top_zh, under_zh), (top_en, under_en) = (part for part in both if part)
        return Name(top_zh, top_en), Name(under_zh, under_en)

    @property
    def is_share(self) -> bool:
        """Whether values are held 0-1 and shown in per cent."""
        return unit_code(self.unit) in ("%", "share")

    @property
    def true_zero(self) -> bool:
        """Whether ratios of values mean something: never for NPS or a rating."""
        return self.kind in ("share", "rate", "time", "count", "money") and (
            self.bound_low is not None and self.bound_low >= 0
        )


@cache
def dictionary() -> Mapping[str, Metric]:
    """The shipped metrics by id.

    >>> dictionary()["fcr"].zh_hans, len(dictionary()) > 60
    ('首次问题解决率', True)
    """
    source = files("playbook") / "core" / "metrics.toml"
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    return {key: _bounded({"metric_id": key, **entry}) for key, entry in raw.items()}


def with_rows(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Metric]:
    """The dictionary with the rows of a case (columns of ``goals_metrics``, None for missing).

    A row replaces the shipped metric of its id, but keeps what the row leaves empty.
    """
    found = dict(dictionary())
    for row in rows:
        found[str(row["metric_id"])] = _from_row(row, found.get(str(row["metric_id"])))
    return found


def nearest(metric_id: str, metrics: Mapping[str, Metric]) -> str:
    """The id most like the given text, by id, name or alias; the empty string if none is near.

    >>> nearest("csta", dictionary()), nearest("首次解决率", dictionary())
    ('csat', 'fcr')
    """
    by_text = {
        text.lower(): metric.metric_id
        for metric in reversed(list(metrics.values()))
        for text in (
            metric.en, metric.zh_hant, metric.zh_hans, *metric.aliases, metric.metric_id,
        )
    }  # fmt: skip
    near = get_close_matches(metric_id.strip().lower(), by_text, n=1, cutoff=0.6)
    return by_text[near[0]] if near else ""


def find(text: str, metrics: Mapping[str, Metric]) -> tuple[Metric, ...]:
    """The metrics a reader may mean: by id, else by part of a name or alias, else the nearest.

    >>> [m.metric_id for m in find("fcr", dictionary())]
    ['fcr']
    >>> [m.metric_id for m in find("排隊", dictionary())]
    ['queue_time']
    """
    wanted = text.strip().lower()
    if wanted in metrics:
        return (metrics[wanted],)
    held = [m for m in metrics.values() if wanted and any(wanted in n for n in _known_as(m))]
    near = "" if held else nearest(text, metrics)
    return (metrics[near],) if near else tuple(held)


def _known_as(metric: Metric) -> tuple[str, ...]:
    names = (metric.metric_id, metric.zh_hans, metric.zh_hant, metric.en, *metric.aliases)
    return tuple(name.lower() for name in names)


def _from_row(row: Mapping[str, Any], old: Metric | None) -> Metric:
    def of(column: str) -> Any:
        return row.get(column)

    def kept(column: str, name: str = "") -> Any:
        value = of(column)
        return value if value is not None else getattr(old, name or column, None)

    unit = unit_code(str(row["unit"]))
    kind = old.kind if old is not None and old.unit == unit else _kind(unit, row)
    part = ("bound_low", "bound_high")
    # bounds of a share may be written 0..100
    factor = 0.01 if unit == "%" and any((of(c) or 0) > 1.5 for c in part) else 1.0
    bounds = {c: None if kept(c) is None else kept(c) * (factor if of(c) else 1.0) for c in part}
    formula = of("formula") or _ratio(row)
    made = _bounded(
        {
            "metric_id": str(row["metric_id"]),
            "zh_hans": str(row["name_zh_hans"]),
            "zh_hant": str(kept("name_zh_hant", "zh_hant") or row["name_zh_hans"]),
            "en": str(row["name_en"]),
            "kind": kind,
            "direction": row["direction"],
            "unit": unit,
            "aggregate": kept("aggregate") or "",
            "lead_lag": kept("lead_lag") or "",
            "frequency": kept("frequency") or "",
            "data": kept("source", "data") or "",
            "formula_zh": formula or getattr(old, "formula_zh", ""),
            "formula_en": of("formula_en") or formula or getattr(old, "formula_en", ""),
            "formula_hant": of("formula_zh_hant")
            or ("" if formula else getattr(old, "formula_hant", "")),
            "clock": _clock(row, old),
            "scale_min": kept("scale_min"),
            "scale_max": kept("scale_max"),
            **bounds,
        }
    )
    if old is None:
        return made
    return replace(made, drivers=old.drivers, aliases=old.aliases, heard=old.heard)


def _ratio_parts(formula: str) -> tuple[str, str] | None:
    """Both sides of the sign ÷, without brackets around them and a factor behind."""
    top, sign, under = formula.partition("÷")
    if not sign:
        return None
    return top.strip().strip("（）()"), under.partition("×")[0].strip()


def _clock(row: Mapping[str, Any], old: Metric | None) -> dict[str, dict[str, str]] | None:
    """The client's own events, written in one language; else those of the shipped metric."""
    start, stop = row.get("start_event"), row.get("stop_event")
    if start and stop:
        return {
            key: {"zh": event, "hant": event, "en": event}
            for key, event in (("start", str(start)), ("stop", str(stop)))
        }
    return None if old is None or old.clock is None else to_dict(old.clock)


def _ratio(row: Mapping[str, Any]) -> str:
    top, bottom = row.get("numerator"), row.get("denominator")
    return f"{top} ÷ {bottom}" if top and bottom else ""


def _kind(unit: str, row: Mapping[str, Any]) -> Kind:
    if unit in ("%", "share"):
        return "share"
    if unit.startswith("per_"):
        return "rate"
    if unit in _TIMES:
        return "time"
    if unit == "points" and (row.get("bound_low") or row.get("scale_min") or 0) < 0:
        return "nps"
    if unit in ("points", "score"):
        return "mean"
    return "count" if unit in ("count", "person") else "other"


def _bounded(entry: Mapping[str, Any]) -> Metric:
    """Build the record and fill the bounds that its kind or its scale sets."""
    scale = (entry.get("scale_min"), entry.get("scale_max"))
    low, high = _BOUNDS.get(str(entry["kind"]), scale)
    filled = dict(entry)
    for key, bound in (("bound_low", low), ("bound_high", high)):
        if filled.get(key) is None:
            filled[key] = bound
    return from_dict(Metric, filled, file="metrics.toml")

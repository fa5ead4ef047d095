"""Values of metrics as a reader sees them: 0.762 as 76.2 %, 3.4 as 3.4 h."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from playbook.chapters.goals.model import Card, GoalsResult
from playbook.core.findings import Finding
from playbook.core.text import NOT_KNOWN, Lang, Name, has, listing, say

_DIGITS = {"%": 1, "share": 1, "points": 1, "score": 2, "per_100": 2, "per_1000": 2,
           "count": 0, "person": 0}  # fmt: skip
_IN_UNIT = ("own", "p50", "p75", "best", "target")
_BARE = ("low", "high")


def plain(value: float | None, unit: str) -> str:
    """The number without its unit; shares in per cent.

    >>> plain(0.762, "%"), plain(4.58, "score"), plain(None, "%")
    ('76.2', '4.58', '–')
    """
    if value is None:
        return NOT_KNOWN
    shown = value * 100 if unit in ("%", "share") else value
    digits = _DIGITS.get(unit, 0 if abs(shown) >= 1000 else 1)
    return f"{shown:,.{digits}f}"


def in_unit(value: float | None, unit: str, lang: Lang) -> str:
    """The number with its unit.

    >>> in_unit(0.762, "%", "en"), in_unit(3.4, "h", "zh")
    ('76.2%', '3.4 小时')
    """
    if value is None:
        return NOT_KNOWN
    key = f"goals.unit.{unit}"
    return say(key, lang, v=plain(value, unit)) if has(key, lang) else plain(value, unit)


def change(value: float | None, unit: str, lang: Lang, digits: int = 1) -> str:
    """A difference with its sign; differences of shares in percentage points (digits of them)."""
    if value is None:
        return NOT_KNOWN
    number = f"{value * 100:+,.{digits}f}" if unit in ("%", "share") else f"{value:+,.3g}"
    if unit in ("%", "share"):
        return say("goals.unit.pp", lang, v=number)
    key = f"goals.unit.{unit}"
    return say(key, lang, v=number) if has(key, lang) else number


def span(low: float | None, high: float | None, unit: str, lang: Lang) -> str:
    """An interval, or a dash."""
    if low is None or high is None:
        return NOT_KNOWN
    return joined(plain(low, unit), plain(high, unit), lang)


def estimate(
    value: float | None, low: float | None, high: float | None, unit: str, lang: Lang
) -> str:
    """The number in its unit with its interval behind it, as tables show it.

    >>> estimate(0.762, 0.75, 0.774, "%", "en"), estimate(3.4, None, None, "h", "en")
    ('76.2% (75.0–77.4)', '3.4 h')
    """
    shown, ends = in_unit(value, unit, lang), span(*cut(value, low, high, unit), unit, lang)
    return shown if NOT_KNOWN in (shown, ends) else f"{shown} ({ends})"


def cut(
    value: float | None, low: float | None, high: float | None, unit: str
) -> tuple[float | None, float | None]:
    """Ends as shown: the interval of an NPS may pass its scale of -100 to 100, its picture not.

    >>> cut(96.0, 88.0, 104.0, "points"), cut(310.0, 290.0, 330.0, "points")
    ((88.0, 100.0), (290.0, 330.0))
    """
    if unit != "points" or value is None or low is None or high is None or abs(value) > 100:
        return low, high
    return max(low, -100.0), min(high, 100.0)


def joined(low: str, high: str, lang: Lang) -> str:
    """Two ends as an interval; in words where a dash would be read as a minus sign.

    >>> joined("1", "2", "en"), joined("-2", "-1", "en")
    ('1–2', '-2 to -1')
    """
    return say("goals.word.to", lang, low=low, high=high) if low[0] in "-+" else f"{low}–{high}"


def code(kind: str, value: str | None, lang: Lang) -> str:
    """The word of a code; a code of the client's own stands for itself."""
    if not value:
        return NOT_KNOWN
    key = f"goals.{kind}.{value}"
    return say(key, lang) if has(key, lang) else value


def codes(kind: str, values: Sequence[str], lang: Lang) -> str:
    return listing([code(kind, v, lang) for v in values], lang) or NOT_KNOWN


def named(result: GoalsResult, key: str | None, lang: Lang) -> str:
    """The name of a code, or itself; a dash for none."""
    if not key:
        return NOT_KNOWN
    return capital(result.names[key].in_(lang)) if key in result.names else key


def capital(text: str) -> str:
    """With a capital first: the dictionary's English names are written small.

    >>> capital("wait time"), capital("SLA compliance"), capital("等待时间")
    ('Wait time', 'SLA compliance', '等待时间')
    """
    return text[:1].upper() + text[1:]


def capital_names(names: Mapping[str, Name]) -> dict[str, Name]:
    return {key: Name(name.zh, capital(name.en)) for key, name in names.items()}


def goal_name(result: GoalsResult, made: Card, lang: Lang) -> str:
    """The client's name of the goal, else that of its metric."""
    name = named(result, made.goal_id, lang)
    return named(result, made.metric_id, lang) if name == made.goal_id else name


def units(result: GoalsResult) -> dict[str, str]:
    """Metric id -> unit held."""
    return {m.metric_id: m.unit for m in result.metrics}


def findings_in_units(result: GoalsResult, lang: Lang) -> tuple[Finding, ...]:
    """The findings with values of a metric written in its unit, ready for their sentences."""
    held = units(result) | {b.metric_id: b.unit for b in result.benchmark}

    def one(finding: Finding) -> Finding:
        if finding.code == "kano_differs":
            words = {k: code("kano", str(finding.values[k]), lang) for k in ("typed", "found")}
            return replace(finding, values={**finding.values, **words})
        if finding.code == "need_growing":
            year = finding.values.get("year")
            said = say("goals.word.against_year", lang, **finding.values) if year else ""
            per = say("goals.word.per_exposure", lang) if finding.values.get("exposed") else ""
            return replace(finding, values={**finding.values, "against_year": said, "per": per})
        metric = finding.values.get("metric") or (finding.about[0] if finding.about else "")
        if finding.code not in _SPEAK_OF_METRICS or metric not in held:
            return finding
        unit = held[str(metric)]
        values = dict(finding.values)
        for key, value in finding.values.items():
            if isinstance(value, str):
                continue
            if key in _IN_UNIT:
                values[key] = in_unit(value, unit, lang)
            elif key in _BARE:
                values[key] = plain(value, unit)
        return replace(finding, values=values)

    return tuple(one(finding) for finding in result.findings)


_SPEAK_OF_METRICS = ("ahead_of_peers", "behind_peers", "peer_position_open", "beyond_best_shown")

"""SM3: numbers with their units in a plain text, and the numerals that are none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import isfinite

from playbook.chapters.smart.reading_numerals import EN_NUMERAL, ZH_NUMERAL, any_number
from playbook.chapters.smart.reading_units import (
    CURRENCY_BEFORE,
    TIME_SECONDS,
    UNIT,
    currency_code,
    unit_code,
)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; form is amount, share, change, window or bare.

    share = n out of m; change = a relative change written as a word (halve, double);
    window = a hyphened duration that names a metric (a 24-hour response rate).
    """

    value: float
    unit: str | None
    start: int
    end: int
    form: str = "amount"
    way: str | None = None
    scale: float | None = None


_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ANY = rf"(?:{_DIGITS}|{ZH_NUMERAL}|{EN_NUMERAL})"
_MINUS = r"(?P<minus>(?:(?<![0-9a-z%)\]])|(?<=[\u4e00-\u9fff]))-\s?(?=[0-9])|负|\b(?:minus|negative) )?"
_BIG = r"(?P<big>亿|千万|百万|万|千(?![单次人])|k(?![a-z])|million\b|mn\b|bn\b|billion\b|thousand\b|m(?=\b)(?! ?[0-9]))"
_BIGS = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6,
         "bn": 1e9, "billion": 1e9, "thousand": 1e3, "m": 1e6}  # fmt: skip

# Numerals that are no amounts: ordinals, tiers, percentile names, hot lines, opening hours.
_NOT_AMOUNTS = re.compile(
    r"第[0-9零一二两三四五六七八九十百]+[\u4e00-\u9fff]?|首次|首轮|一线|二线|一次性?(?=[\u4e00-\u9fff])|一站式|一体化|一对一|一起|一定|一流|唯一|统一|进一步|一律|一致"
    r"|一键|一人一|一些|一般|一旦|(?<!分)之一|单一|每一|逐一|一直|万一|一事一|十分(?![钟之])|千方百计|百分百满意|二维码|三方|四季|三包|[一二三]线|万能|[0-9]+[vx][0-9]+"
    r"|24\s?/\s?7|7\s?[x×*]\s?24(?:小时)?|全?24小时(?:热线|服务|客服|营业|在线|值守|自助|不打烊)|24-hour (?:hotline|service|support|line)"
    r"|\bp[0-9]{2}\b|\b[0-9]+(?:st|nd|rd|th)\b(?: percentile)?|[0-9]+分位数?|\bt\s?\+\s?[0-9]+日?"
    r"|\b(?:phase|tier|level|class|stage|grade|step|wave|line|version|iso|l|no\.?)\s?-?[0-9]+(?:\.[0-9]+)?\b"
    r"|(?<![0-9])[0-9一二三四五六七八九十]{1,2}(?:期|级|类|阶段|号线)|前[0-9一二三四五六七八九十百]+(?:名|强|位)?"
    r"|\btop[- ]?[0-9]+(?:[- ]box)?\b|(?<![0-9])(?:12345|12315|10086|10010|400|95[0-9]{3})\s?(?:热线|平台|电话|hotline)"
    r"|\b[0-9]{1,2}[gs](?=[\u4e00-\u9fff店 ]|$)|\b[a-z]+[0-9]+[a-z]*\b|\bone[- ](?:stop|touch|on[- ]one|time|call|click|team)\b|\bfirst\b|\bsecond (?:half|line|visit|call)"
    r"|满分(?:为)?[0-9]+分?|[0-9]+分制|[0-9一二三四五六七八九十百]+分满分|[0-9.]*(?:[?]{2,}|\ufffd+)[0-9.]*%?"
    r"|\b[0-9]{1,2}\s?(?:am|pm)\b|(?<![0-9:])[0-2]?[0-9]:[0-5][0-9]\s?(?:前|以前|之前|-|~)"
    r"|\bone of\b|\bno one\b|\bone another\b|\b[0-9]{1,3}-(?:degree|point scale|point)\b"
    r"|(?:scale of|scale from) [0-9]+ ?(?:to|-) ?[0-9]+|(?:每|每个)[一1]?(?:名|位|个|次|件)(?=[\u4e00-\u9fff])"
)  # fmt: skip


def _share_of(match: re.Match[str]) -> Quantity | None:
    """n out of m: a share of people or cases, or a score on a scale."""
    part, whole = any_number(match["n"]), any_number(match["m"])
    if part is None or not whole:
        return None
    tail = match.string[match.end() : match.end() + 24]
    counted = re.match(r"\s?(?:of )?(?:the |our |all )?(?!(?:by|on|in|within|for|across|at|and|or|from|to|before|after|score|rating|stars?)\b)[a-z]{3,}", tail)
    spoken = not match["n"][0].isdigit()
    if whole in {5, 7, 10, 100} and "." in match["n"] or (whole in {5, 7, 10, 100} and not counted and not spoken):
        return Quantity(part, "score", match.start(), match.end(), "amount", None, whole)
    if part > whole:
        return None
    return Quantity(100 * part / whole, "%", match.start(), match.end(), "share")


def _scored(match: re.Match[str]) -> Quantity | None:
    value, whole = any_number(match["n"]), any_number(match["m"])
    if value is None or whole is None or value > whole or whole not in {5, 7, 10, 100}:
        return None
    return Quantity(value, "score", match.start(), match.end(), "amount", None, whole)


def _tenths(match: re.Match[str]) -> Quantity | None:
    """成: tenths, with hundredths or a half after it (八成五 = 85 %, 三成半 = 35 %)."""
    tens, rest = any_number(match["n"]), match["rest"]
    more = 5.0 if rest == "半" else (any_number(rest) or 0.0) if rest else 0.0
    if tens is None or tens > 10:
        return None
    return Quantity(10 * tens + more, "%", match.start(), match.end())


def _per_hundred(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    unit = {"百": "%", "千": "per_1000", "万": "per_1000"}[match["base"]]
    if value is None:
        return None
    value = value / 10 if match["base"] == "万" else value
    sign = -1 if match["minus"] else 1
    return Quantity(sign * value, unit, match.start(), match.end())


def _fraction_zh(match: re.Match[str]) -> Quantity | None:
    part, whole = any_number(match["n"]), any_number(match["m"])
    if part is None or not whole or part > whole:
        return None
    return Quantity(100 * part / whole, "%", match.start(), match.end(), "share")


_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}


def _fraction_en(match: re.Match[str]) -> Quantity | None:
    count = 1.0 if match["n"] in {None, "a", "one"} else any_number(match["n"]) or 1.0
    share = 100 * count / _PARTS[match["part"]]
    return Quantity(share, "%", match.start(), match.end(), "share") if share <= 100 else None


def _half(match: re.Match[str]) -> Quantity | None:
    return Quantity(50.0, "%", match.start(), match.end(), "share")


def _word_change(match: re.Match[str]) -> Quantity | None:
    """Doubling, tripling and halving are relative changes."""
    word = match.group(0)
    if re.match(r"halv|减半", word):
        return Quantity(50.0, "%", match.start(), match.end(), "change", "down")
    many = 300.0 if "两番" in word else 200.0 if word.startswith("tripl") else 100.0
    return Quantity(many, "%", match.start(), match.end(), "change", "up")


def _times(match: re.Match[str]) -> Quantity | None:
    """倍: 提高1倍 adds 100 %, 提高到2倍 makes it twice as much."""
    value = any_number(match["n"])
    if value is None:
        return None
    made = re.search(r"(?:到|至|为|成)(?:原来|目前|现在|去年|当前)?的?$", match.string[: match.start()])
    return Quantity(100 * (value - 1 if made else value), "%", match.start(), match.end(), "change", "up")


def _clock(match: re.Match[str]) -> Quantity | None:
    """9:30 minutes is 9.5 minutes; a pair shares the unit of its second member."""
    unit = unit_code(match["unit"]) if match["unit"] else "min"
    if unit not in {"min", "h"}:
        return None
    return Quantity(int(match["n"]) + int(match["m"]) / 60, unit, match.start(), match.end())


def _window(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    return None if value is None else Quantity(
        value, unit_code(match["unit"]), match.start(), match.end(), "window")  # fmt: skip


def _money(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    scale = _BIGS[match["big"].strip()] if match["big"] else 1.0
    return None if value is None else Quantity(
        value * scale, currency_code(match["sign"]), match.start(), match.end())  # fmt: skip


def _per(match: re.Match[str]) -> Quantity | None:
    """A number for every 100 or 1,000."""
    value, whole = any_number(match["n"]), any_number(match["m"].replace("hundred", "100").replace("thousand", "1000"))
    if value is None or whole not in {100, 1000, 10000}:
        return None
    value, whole = (value / 10, 1000) if whole == 10000 else (value, whole)
    return Quantity(value, f"per_{whole:.0f}", match.start(), match.end())


def _amount(match: re.Match[str]) -> Quantity | None:
    """A number with a unit word; 半 before or after the unit adds a half."""
    words = match["n"]
    value = 0.5 if words in {"半", "half a", "half an"} else 1.0 if words in {"a", "an"} else any_number(words)
    unit = unit_code(match["unit"])
    if value is None or (words in {"a", "an"} and unit not in TIME_SECONDS):
        return None
    if match["half"] or match["more"]:
        value += 0.5
    if match["big"]:
        value *= _BIGS[match["big"]]
    return Quantity(-value if match["minus"] else value, unit, match.start(), match.end())


def _bare(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    if value is None:
        return None
    value *= _BIGS[match["big"]] if match["big"] else 1
    return Quantity(-value if match["minus"] else value, None, match.start(), match.end(), "bare")


_RULES: list[tuple[str, Callable[[re.Match[str]], Quantity | None]]] = [
    (rf"每(?:10|十|100|百)[个位名][\u4e00-\u9fff]{{1,4}}(?:中|里)?(?:至少)?有(?P<n>[0-9]+|{ZH_NUMERAL})[个位名]", lambda m: _every(m)),
    (rf"(?P<n>{_ANY}) (?:out of|in|of)(?: every)? (?P<m>{_ANY})(?![0-9%]|\s?(?:%|percent|days|hours|minutes|months|weeks|years))", _share_of),
    (r"(?<![0-9./])(?P<n>[5-9][0-9])\s?/\s?(?P<m>10|15|20|30|45|60)(?![0-9./])", lambda m: _eighty_twenty(m)),
    (rf"(?P<n>{_DIGITS}) ?/ ?(?P<m>5|7|10|100)(?![0-9]|\.[0-9])(?:分|星)?", _scored),
    (rf"(?P<n>[0-9]|[一二两三四五六七八九十])(?<!达)(?<!完)\s?成(?P<rest>半|[一二三四五六七八九](?![成年个天])|[0-9](?![0-9%]))?(?![功为本员就果立交型熟绩都效分长])", _tenths),
    (rf"{_MINUS}(?P<base>[百千万])分之(?P<n>[0-9.]+|{ZH_NUMERAL})", _per_hundred),
    (rf"(?P<m>[0-9]+|{ZH_NUMERAL})分之(?P<n>[0-9]+|{ZH_NUMERAL})", _fraction_zh),
    (rf"\b(?:(?P<n>a|one|two|three|four)[\s-])?(?P<part>third|quarter|fifth|tenth)s?\b(?=[^a-z]|$)(?<!first quarter)(?! party|[- ](?:line|party|time|call))", _fraction_en),
    (r"一半|\b(?:by|in|a)? ?half\b(?! an?\b|[- ](?:hour|day|year|yearly|month)| of 20| point)", _half),
    (r"减半|翻[一两]?番|翻倍|倍增|\bhalv(?:e[sd]?|ing)\b|\bdoubl(?:e[sd]?|ing)\b|\btripl(?:e[sd]?|ing)\b", _word_change),
    (rf"(?P<n>{_DIGITS}|{ZH_NUMERAL})\s?倍", _times),
    (rf"(?<![0-9:])(?P<n>[0-9]{{1,2}}):(?P<m>[0-5][0-9])(?![0-9:])(?:\s?(?P<unit>minutes?|mins?|分钟|hours?|hrs?|小时))?", _clock),
    (rf"(?P<sign>{CURRENCY_BEFORE})\s?(?P<n>{_DIGITS})(?:\s?{_BIG})?", _money),
    (rf"(?P<n>{_ANY})\s?(?:\w+ )?(?:per|for every|in every|every) (?P<m>[0-9,]+|hundred|thousand)\b(?: \w+)?", _per),
    (rf"\b(?P<n>[0-9]+|{EN_NUMERAL})-(?P<unit>day|week|month|hour|minute|second|quarter|year|min|sec)\b", _window),
    (rf"{_MINUS}(?P<n>(?:(?<=within )|(?<=under )|(?<=in )|(?<=to )|(?<=than ))an?(?= )|half an?|半|{_ANY})\s?{_BIG}?\s?(?:个(?=半))?(?P<half>半|and a half )?\s?(?P<new>(?:more|new|additional|extra|fewer) )?(?P<unit>{UNIT})(?P<more>半)?", _amount),
    (rf"(?<![0-9a-z.]){_MINUS}(?P<n>{_DIGITS})(?:\s?{_BIG})?(?![0-9a-z]|\.[0-9])", _bare),
    (r"(?:(?<=\bto )|(?<=to a )|(?<=reach )|(?<=achieve ))(?P<n>zero)\b(?P<minus>x)?(?P<big>x)?|(?<=[为到至现])(?P<n2>零)(?P<unit2>x)?", lambda m: _zero(m)),
]  # fmt: skip


def _zero(match: re.Match[str]) -> Quantity | None:
    return Quantity(0.0, None, match.start(), match.end(), "bare")


def _eighty_twenty(match: re.Match[str]) -> Quantity | None:
    """80/20 is the usual short form of 80 % within 20 seconds."""
    return Quantity(float(match["n"]), "%", match.start(), match.end(), "share")


def _every(match: re.Match[str]) -> Quantity | None:
    """每10位客户有9位: a share of the number named first."""
    whole = 100.0 if re.match("每(?:100|百)", match.group(0)) else 10.0
    part = any_number(match["n"])
    if part is None or part > whole:
        return None
    return Quantity(100 * part / whole, "%", match.start(), match.end(), "share")


_COMPILED = [(re.compile(_p.replace("_BIG", _BIG)), build) for _p, build in _RULES]


def find_quantities(text: str) -> list[Quantity]:
    """Every amount of a plain text, left to right.

    >>> [(q.value, q.unit) for q in find_quantities("从75%提升到九十%,90秒内")]
    [(75.0, '%'), (90.0, '%'), (90.0, 's')]
    """
    taken = [(m.start(), m.end()) for m in _NOT_AMOUNTS.finditer(text)]
    found: list[Quantity] = []
    for quantity in _candidates(text):
        free = all(quantity.end <= s or quantity.start >= e for s, e in taken)
        if free and isfinite(quantity.value):
            found.append(quantity)
            taken.append((quantity.start, quantity.end))
    return _joined(text, sorted(found, key=lambda q: q.start))


def _candidates(text: str) -> Iterator[Quantity]:
    for pattern, build in _COMPILED:
        for match in pattern.finditer(text):
            quantity = build(match)
            if quantity is not None:
                yield quantity


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Compound times as one amount: 1小时30分, 4 minutes 30 seconds."""
    out: list[Quantity] = []
    for quantity in found:
        before = out[-1] if out else None
        gap = text[before.end : quantity.start] if before else "?"
        if before and re.fullmatch(r"\s?(?:and|零|又|,)?\s?", gap) and _is_finer(before, quantity):
            part = quantity.value * _seconds(quantity) / TIME_SECONDS[before.unit or "s"]
            out[-1] = replace(before, value=before.value + part, end=quantity.end)
        else:
            out.append(quantity)
    return out


def _seconds(quantity: Quantity) -> int:
    return 60 if quantity.unit == "score" else TIME_SECONDS[quantity.unit or "s"]


def _is_finer(before: Quantity, after: Quantity) -> bool:
    """Whether the second amount continues the first in a smaller unit (分 after 小时 is minutes)."""
    if before.unit == "score" or before.unit not in {"h", "min", "day"}:
        return False
    if after.unit == "score":
        return before.unit == "h"
    return after.unit in {"s", "min", "h"} and _seconds(after) < TIME_SECONDS[before.unit]

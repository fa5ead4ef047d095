"""SM3: numbers with their units in a plain text, and the numerals that are none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isfinite

from playbook.chapters.smart.reading_amounts import (
    Quantity,
    amount_from,
    bare_from,
    clock_from,
    eighty_twenty_from,
    every_from,
    fold_from,
    fraction_en_from,
    fraction_zh_from,
    half_from,
    money_from,
    per_from,
    per_hundred_from,
    points_from,
    scored_from,
    share_of_from,
    star_from,
    tenths_from,
    times_from,
    transfer_days_from,
    window_from,
    word_change_from,
    zero_from,
)
from playbook.chapters.smart.reading_not_amounts import NOT_AMOUNTS
from playbook.chapters.smart.reading_numerals import EN_NUMERAL, ZH_NUMERAL
from playbook.chapters.smart.reading_units import CURRENCY_BEFORE, TIME_SECONDS, UNIT

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ANY = rf"(?:{_DIGITS}|{ZH_NUMERAL}|{EN_NUMERAL})"
_MINUS = (
    r"(?P<minus>(?:(?<![0-9a-z%)\]])|(?<=[\u4e00-\u9fff]))-\s?(?=[0-9])|负|\b(?:minus|negative) )?"
)
_BIG = (
    r"(?P<big>亿|千万|百万|万|千(?![单次人])|k(?![a-z])|million\b|mn\b|bn\b|billion\b|thousand\b"
    r"|m(?=\b)(?! ?[0-9]))"
)

_RULES: list[tuple[str, Callable[[re.Match[str]], Quantity | None]]] = [
    (
        (rf"每(?P<m>[0-9]+|{ZH_NUMERAL})(?P<c>[个位名通件单次人宗份])(?!月|季|星期|小时|工作)"
         r"[\u4e00-\u9fff]{0,4}?(?:中|里|,)?(?:至少|必须|要)*有?"
        rf"(?P<n>[0-9]+|{ZH_NUMERAL})(?P=c)(?!月|季|星期|小时|工作)")
    , every_from),
    (
        (rf"(?P<n>{_ANY}) (?:times |cases )?(?:out of|in|of)(?: every| our| the| its| all"
         rf"| these)? (?P<m>{_ANY})(?![0-9%]|\s?(?:%|percent"
        r"|days|hours|minutes|months|weeks|years))")
    , share_of_from),
    (
        r"(?<![0-9./])(?P<n>[5-9][0-9])\s?/\s?(?P<m>10|15|20|30|45|60)(?![0-9./])"
    , eighty_twenty_from),
    (r"(?P<n>[0-9]\.[0-9])-star\b", star_from),
    (rf"\b(?P<n>{_DIGITS}|{EN_NUMERAL})-(?P<pp>percentage-)?point\b", points_from),
    (rf"(?P<n>{_DIGITS}) ?/ ?(?P<m>5|7|10|100)(?![0-9]|\.[0-9])(?:分|星)?", scored_from),
    (
        (r"(?P<low>[一二两三四五六七八](?=[二三四五六七八九]成))?"
         r"(?P<n>[0-9]|[半一二两三四五六七八九十])(?<!达)(?<!完)\s?成(?P<rest>半"
         r"|[一二三四五六七八九](?!成(?!长)|[年个天])"
         r"|[0-9](?![0-9%]))?(?![功为本员就果立交型熟绩都效分长])")
    , tenths_from),
    (r"\bt\s?\+\s?(?P<n>[0-9]{1,3})(?:个工作日|日)?", transfer_days_from),
    (rf"{_MINUS}(?P<base>[百千万])分之(?P<n>[0-9.]+|{ZH_NUMERAL})", per_hundred_from),
    (rf"(?P<m>[0-9]+|{ZH_NUMERAL})分之(?P<n>[0-9]+|{ZH_NUMERAL})", fraction_zh_from),
    (
        (r"\b(?:(?P<n>a|one|two|three|four)[\s-])?(?P<part>third|quarter|fifth|tenth)s?\b(?=[^a-z]"
         r"|$)(?<!first quarter)(?! party|[- ](?:line|party|time|call))")
    , fraction_en_from),
    (
        (r"一半|过半|半数|\b(?:in )?half\b(?! an?\b| as\b|[- ](?:hour|day|year|yearly|month)| of 20"
         r"| point)")
    , half_from),
    (
        (r"减半|砍半|腰斩|折半|\bhalf as (?:many|much)\b|翻[一两]?番|翻倍|倍增|\bhalv(?:e[sd]?"
         r"|ing)\b|\bdoubl(?:e[sd]?|ing)\b|\btripl(?:e[sd]?|ing)\b")
    , word_change_from),
    (rf"(?P<n>{_DIGITS}|{ZH_NUMERAL})\s?倍", times_from),
    (
        (r"(?<![0-9a-z.])(?P<n>[0-9]+(?:\.[0-9]+)?)\s?[x×](?![a-z0-9*×])|\b(?P<w>two|three|four"
         r"|five|ten|[0-9]+)[- ]?fold\b|\b(?P<t>twice|(?:three|four|five|ten) times) as (?:many"
         r"|much|fast|high)\b")
    , fold_from),
    (
        (r"(?<![0-9:])(?P<n>[0-9]{1,2}):(?P<m>[0-5][0-9])(?![0-9:])(?:\s?(?P<unit>minutes?|mins?"
         r"|分钟|hours?|hrs?|小时))?")
    , clock_from),
    (rf"(?P<sign>{CURRENCY_BEFORE})\s?(?P<n>{_DIGITS})(?:\s?{_BIG})?", money_from),
    (
        (rf"(?P<n>{_ANY})\s?(?:\w+ )?(?:per|for every|in every|every) (?P<m>[0-9,]+|hundred"
        r"|thousand)\b(?: \w+)?")
    , per_from),
    (
        (rf"\b(?P<n>[0-9]+|{EN_NUMERAL})-(?P<unit>day|week|month|hour|minute|second|quarter"
        r"|year|min|sec)\b")
    , window_from),
    (
        (rf"(?<!per ){_MINUS}(?P<n>(?:(?<=within )|(?<=under )|(?<=in )|(?<=to )"
         rf"|(?<=than ))an?(?= )|half an?|半"
         rf"|{_ANY})\s?{_BIG}?\s?(?:[多余几来](?=[个件起宗单条通例笔份张台项人名位天]))?(?:个(?=半))?(?P<half>半"
        r"|and a half )?\s?(?:(?:more|new|additional|extra"
        rf"|fewer) )?(?P<unit>{UNIT})(?P<more>半)?")
    , amount_from),
    (rf"(?<![0-9a-z.])(?<!per ){_MINUS}(?P<n>{_DIGITS})(?:\s?{_BIG})?(?![0-9a-z]"
     rf"|\.[0-9])", bare_from),
    (
        (r"\bzero\b(?!-)|(?<=[为到至现])零|(?<![0-9零一二三四五六七八九十百千万亿点])零(?=(?:投诉"
         r"|客诉|差错|事故|延误|积压|失误|遗漏|违规|超时|缺陷|差评|等待|退单|流失|重复|退回|逾期"
         r"|漏接|申诉))|清零|归零")
    , zero_from),
    (rf"(?<=\bto )(?P<minus>)(?P<n>{EN_NUMERAL})(?P<big>)(?=\s?(?:$|[.,;\x00(]))", bare_from),
]  # fmt: skip


_COMPILED = [(re.compile(_p, re.ASCII), build) for _p, build in _RULES]


def find_quantities(text: str) -> list[Quantity]:
    """Every amount of a plain text, left to right.

    >>> [(q.value, q.unit) for q in find_quantities("从75%提升到九十%,90秒内")]
    [(75.0, '%'), (90.0, '%'), (90.0, 's')]
    """
    taken = [(m.start(), m.end()) for m in NOT_AMOUNTS.finditer(text)]
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
        if before and len(gap) < 8 and _is_range(text, before, quantity):
            out[-1] = replace(quantity, value=before.value, start=before.start, high=quantity.value)
            continue
        if before and re.fullmatch(r"\s?(?:and|零|又|,)?\s?", gap) and _is_finer(before, quantity):
            unit = "min" if before.unit == "score" else before.unit or "s"
            part = quantity.value * _seconds(quantity) / TIME_SECONDS[unit]
            out[-1] = replace(before, value=before.value + part, unit=unit, end=quantity.end)
        else:
            out.append(quantity)
    return out


# What opens a range (at the end of the text before it) and what joins its two ends.
_RANGES = [
    (r"(?<!from)(?<!从)(?<!由)(?<!自)(?:^|.)\s?$", r"\s?[-~]\s?"),
    (r"[到至在为达于]\s?$", r"\s?[至到]\s?"),
    (r"介于\s?$|在\s?$", r"\s?[和与]\s?"),
    (r"between\s$", r"\s(?:and|to)\s"),
    (r"\b(?:to|within|in|of|at)\s(?:a |the )?$", r"\sto\s"),
]


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    """10-15%, 3至5天 after 到, between 3 and 5: one amount with two ends; `from` opens a pair."""
    left, gap = text[max(0, low.start - 12) : low.start], text[low.end : high.start]
    if re.search(r"\bfrom [0-9.]+(?: ?%| per ?cent)? to $", text[: low.start]):
        return False  # from 61 to 66 to 69: a way with a stop on it
    joined = any(re.fullmatch(g, gap) and re.search(o, left) for o, g in _RANGES)
    same = low.unit in {None, high.unit} or {low.unit, high.unit} <= {"score", "min"}
    return joined and same and low.value < high.value


def _seconds(quantity: Quantity) -> int:
    return 60 if quantity.unit == "score" else TIME_SECONDS[quantity.unit or "s"]


def _is_finer(before: Quantity, after: Quantity) -> bool:
    """Whether the second amount continues the first in a smaller unit (分 after 小时: minutes)."""
    if before.unit == "score":
        return after.unit == "s" and before.scale is None
    if before.unit not in {"h", "min", "day"}:
        return False
    if after.unit == "score":
        return before.unit == "h"
    return after.unit in {"s", "min", "h"} and _seconds(after) < TIME_SECONDS[before.unit]

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
    scored_from,
    share_of_from,
    tenths_from,
    times_from,
    transfer_days_from,
    window_from,
    word_change_from,
    zero_from,
)
from playbook.chapters.smart.reading_numerals import EN_NUMERAL, ZH_NUMERAL
from playbook.chapters.smart.reading_units import CURRENCY_BEFORE, TIME_SECONDS, UNIT

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ANY = rf"(?:{_DIGITS}|{ZH_NUMERAL}|{EN_NUMERAL})"
_MINUS = (
    r"(?P<minus>(?:(?<![0-9a-z%)\]])|(?<=[\u4e00-\u9fff]))-\s?(?=[0-9])|负|\b(?:minus"
    r"|negative) )?"
)
_BIG = (
    r"(?P<big>亿|千万|百万|万|千(?![单次人])|k(?![a-z])|million\b|mn\b|bn\b|billion\b"
    r"|thousand\b|m(?=\b)(?! ?[0-9]))"
)
# Numerals that are no amounts: ordinals, tiers, percentile names, hot lines, opening hours.
_NOT_AMOUNTS = re.compile(
    # labels: list numbers, numbered things, names with a number
    r"(?:^|[;。]\s?)\s*(?:\(?[0-9]{1,2}(?:[、)]|[.](?![0-9]))|[一二三四五六七八九十]{1,3}[、.]"
    r"|\([一二三四五六七八九十]\))|(?:目标|任务|指标|举措"
    r"|重点)[一二三四五六七八九十0-9]{1,2}(?=\s?[:、.]|是)"
    r"|[0-9一二三四五七]{1,2}天(?:无理由|价保|包退|退换)|[0-9]+小时便利店"
    r"|\b(?:minute|item|section|page|goal|objective|kpi|kr|okr|action|slide|para(?:graph)?"
    r"|chapter|ref|priority|pillar|initiative|room|floor|gate|terminal|counter|ward|zone|branch"
    r"|store|shop|team|sprint|release|round|cohort|unit|site)\s?#?[0-9]+(?:\.[0-9]+)*\b"
    r"(?!\s?(?:%|percent|per cent|points?\b))"
    r"|\b(?!sub|under|over|mid|pre|post|non|plus|minus|from|to\b)[a-z]{2,}-[0-9]{1,4}\b(?!\s?%)|"
    r"第[0-9零一二两三四五六七八九十百]+[\u4e00-\u9fff]?|首次|首轮|一线|二线"
    r"|一次性?(?=[\u4e00-\u9fff])|一站式|一体化|一对一|一起|一定|一流|唯一|统一|进一步|一律"
    r"|一致"
    r"|一键|一人一|一些|一般|一旦|(?<!分)之一|单一|每一|逐一|一直|万一|一事一"
    r"|十分(?![钟之])|千方百计|百分百满意|二维码|三方|四季|三包|[一二三]线|万能"
    r"|[0-9]+[vx][0-9]+"
    r"|24\s?/\s?7|7\s?[x×*]\s?24(?:小时)?|全?24小时(?:热线|服务|客服|营业|在线|值守|自助"
    r"|不打烊)|24-hour (?:hotline|service|support|line)"
    r"|\bp[0-9]{2}\b|\b[0-9]+(?:st|nd|rd|th)\b(?: percentile)?|[0-9]+分位数?"
    r"|\bt\s?\+\s?[0-9]+日?(?=[\u4e00-\u9fff]{0,6}率)"
    r"|\b(?:phase|tier|level|class|stage|grade|step|wave|line|version|iso|l"
    r"|no\.?)\s?-?[0-9]+(?:\.[0-9]+)?\b"
    r"|(?<![0-9])[0-9一二三四五六七八九十]{1,2}(?:期|级|类|阶段|号线)"
    r"|前[0-9一二三四五六七八九十百]+(?:名|强|位)?"
    r"|\btop[- ]?[0-9]+(?:[- ]box)?\b|(?<![0-9])(?:12345|12315|10086|10010|400"
    r"|95[0-9]{3})\s?(?:热线|平台|电话|hotline)"
    r"|\b[0-9]{1,2}[gs](?=[\u4e00-\u9fff店 ]|$)|\b[a-z]{1,2}[0-9]+[a-z]*\b|\bone[- ](?:stop"
    r"|touch|on[- ]one|time|call|click|team)\b|\bfirst\b|\bsecond (?:half|line|visit|call)"
    r"|满分(?:为)?[0-9]+分?|[0-9]+分制|[0-9一二三四五六七八九十百]+分满分|[0-9.]*(?:[?]{2,}"
    r"|\ufffd+)[0-9.]*%?"
    r"|\b[0-9]{1,2}\s?(?:am|pm)\b|(?<![0-9:])[0-2]?[0-9]:[0-5][0-9]\s?(?:前|以前|之前|-|~)"
    r"|\b[a-z0-9]+-star\b|五星级|\bone of\b|\bno one\b|\bone another\b"
    r"|\b[0-9]{1,3}-(?:degree|point scale|point)\b"
    r"|(?:scale of|scale from) [0-9]+ ?(?:to|-) ?[0-9]+|(?:每|每个)[一1]?(?:名|位|个|次"
    r"|件)(?=[\u4e00-\u9fff])|每\s?(?:[百千万]|1[0-9,]*0)(?=[单件名位人张次个笔通宗份台])"
    r"|(?<=[^动静心])零(?=售|件|食|钱|距离|碎|工|担|基础|点)", re.ASCII
)  # fmt: skip


_RULES: list[tuple[str, Callable[[re.Match[str]], Quantity | None]]] = [
    (
        (r"每(?:10|十|100|百)[个位名][\u4e00-\u9fff]{1,4}(?:中"
        rf"|里)?(?:至少)?有(?P<n>[0-9]+|{ZH_NUMERAL})[个位名]")
    , every_from),
    (
        (rf"(?P<n>{_ANY}) (?:out of|in|of)(?: every)? (?P<m>{_ANY})(?![0-9%]|\s?(?:%|percent"
        r"|days|hours|minutes|months|weeks|years))")
    , share_of_from),
    (
        r"(?<![0-9./])(?P<n>[5-9][0-9])\s?/\s?(?P<m>10|15|20|30|45|60)(?![0-9./])"
    , eighty_twenty_from),
    (rf"(?P<n>{_DIGITS}) ?/ ?(?P<m>5|7|10|100)(?![0-9]|\.[0-9])(?:分|星)?", scored_from),
    (
        (r"(?P<n>[0-9]|[半一二两三四五六七八九十])(?<!达)(?<!完)\s?成(?P<rest>半"
        r"|[一二三四五六七八九](?!成(?!长)|[年个天])"
        r"|[0-9](?![0-9%]))?(?![功为本员就果立交型熟绩都效分长])")
    , tenths_from),
    (r"\bt\s?\+\s?(?P<n>[0-9]{1,3})(?:个工作日|日)?", transfer_days_from),
    (rf"{_MINUS}(?P<base>[百千万])分之(?P<n>[0-9.]+|{ZH_NUMERAL})", per_hundred_from),
    (rf"(?P<m>[0-9]+|{ZH_NUMERAL})分之(?P<n>[0-9]+|{ZH_NUMERAL})", fraction_zh_from),
    (
        (r"\b(?:(?P<n>a|one|two|three|four)[\s-])?(?P<part>third|quarter|fifth"
        r"|tenth)s?\b(?=[^a-z]|$)(?<!first quarter)(?! party|[- ](?:line|party|time|call))")
    , fraction_en_from),
    (
        (r"一半|\b(?:in )?half\b(?! an?\b|[- ](?:hour|day|year|yearly|month)| of 20"
        r"| point)")
    , half_from),
    (
        (r"减半|翻[一两]?番|翻倍|倍增|\bhalv(?:e[sd]?|ing)\b|\bdoubl(?:e[sd]?|ing)\b"
        r"|\btripl(?:e[sd]?|ing)\b")
    , word_change_from),
    (rf"(?P<n>{_DIGITS}|{ZH_NUMERAL})\s?倍", times_from),
    (
        (r"(?<![0-9a-z.])(?P<n>[0-9]+(?:\.[0-9]+)?)\s?[x×](?![a-z0-9*×])"
        r"|\b(?P<w>two|three|four|five|ten|[0-9]+)[- ]?fold\b|\b(?P<t>twice|(?:three|four|five|ten)"
        r" times) as (?:many|much|fast|high)\b")
    , fold_from),
    (
        (r"(?<![0-9:])(?P<n>[0-9]{1,2}):(?P<m>[0-5][0-9])(?![0-9:])(?:\s?(?P<unit>minutes?"
        r"|mins?|分钟|hours?|hrs?|小时))?")
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
        (rf"{_MINUS}(?P<n>(?:(?<=within )|(?<=under )|(?<=in )|(?<=to )|(?<=than ))an?(?= )"
        rf"|half an?|半|{_ANY})\s?{_BIG}?\s?(?:个(?=半))?(?P<half>半"
        r"|and a half )?\s?(?:(?:more|new|additional|extra"
        rf"|fewer) )?(?P<unit>{UNIT})(?P<more>半)?")
    , amount_from),
    (rf"(?<![0-9a-z.]){_MINUS}(?P<n>{_DIGITS})(?:\s?{_BIG})?(?![0-9a-z]|\.[0-9])", bare_from),
    (
        (r"\bzero\b(?!-)|(?<=[为到至现])零|(?<![0-9零一二三四五六七八九十百千万亿点])零"
        r"(?=(?:投诉|客诉|差错|事故|延误|积压|失误|遗漏|违规|超时|缺陷|差评|等待|退单|流失|重复"
        r"|退回|逾期|漏接|申诉))"
        r"|清零|归零")
    , zero_from),
    (rf"(?<=\bto )(?P<minus>)(?P<n>{EN_NUMERAL})(?P<big>)(?=\s?(?:$|[.,;\x00(]))", bare_from),
]  # fmt: skip


_COMPILED = [(re.compile(_p, re.ASCII), build) for _p, build in _RULES]


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

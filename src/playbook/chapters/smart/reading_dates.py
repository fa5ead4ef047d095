"""SM7: which periods of a text are deadlines, starts or base periods; durations counted on."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from playbook.chapters.smart.reading_calendar import add_days
from playbook.chapters.smart.reading_durations import find_durations, horizon_end
from playbook.chapters.smart.reading_model import ReadSettings
from playbook.chapters.smart.reading_periods import Period, find_periods


@dataclass(frozen=True)
class DateSpan:
    """A stretch of text about time; role is deadline, start, base or recurring.

    `day` is None where no day can be given: a movable feast, or no reference date.
    """

    start: int
    end: int
    role: str
    day: date | None
    horizon: str | None = None
    sure: bool = True
    flags: tuple[str, ...] = ()
    first: date | None = None


_RECURRING = re.compile(
    r"(?:每|逐)(?:个|一)?(?:季度?|月度?|周|年度?|天|日|半年)(?![底末])|按[季月周年]度?|\b(?:every"
    r"|each) (?:month|quarter|week|year|day)\b|\b(?:monthly|quarterly|weekly|annually|yearly)\b"
    r"|(?<!in )(?<!within )(?<!over )(?<!half )(?<!for )(?<!during )(?<!by )\b(?:per|a) (?:month"
    r"|quarter|week|year|day)\b|一个?(?:月|周|季度|年|天)(?=(?:不|别|至少|最多)[^,;]{0,4}[0-9])"
    r"|连续[0-9一二两三四五六七八九十]+个?(?:季度|月|周|天|年)|\b(?:for )?\w+ (?:consecutive"
    r"|straight) (?:months?|quarters?|weeks?|years?)\b",
    re.ASCII,
)
_EVENT = re.compile(
    r"(?:在|于|到)?[\u4e00-\u9fff]{0,6}(?:上线|开业|开幕|启用|投产|换季)(?:之前|以前|前)"
    r"|\bbefore (?:the )?(?:\w+ ){0,2}(?:launch|opening|go-live|rollout)\b",
    re.ASCII,
)
_LEFT_DEADLINE = (
    r"(?:(?:by )?(?:cob|eod|close of business|close of play|close)(?: on)?|no later than"
    r"|not later than|on or before|by no later than|latest by|prior to|ahead of|in time for|(?:due"
    r"|effective) (?:by|on)|by|before|until|till|through|throughout|during|come|due|deadline(?: is"
    r"| of)?|within|in|at|on|to|for|of|over|(?:截止日期|截止时间|完成时间|完成时限|完成期限|期限"
    r"|时限|限期)[为是]?|截至到?|截止到?|赶在|(?:最迟|最晚|不晚于|不迟于|务必|须|定)[在于]?|到了?"
    r"|至|在|于|将于)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)"
_EDGE = r"(?:the\s)?(?:(?:very )?(?:end|close|start|beginning|middle) of|end|mid|early|late)"
_LEFT = re.compile(
    rf"(?:(?<![a-z]){_LEFT_DEADLINE}:?\s*)?(?:(?<![a-z]){_EDGE}[\s-]*)?(?:the\s*"
    rf"|their\s*)?{_WEEKDAY}?$",
    re.ASCII,
)
_RIGHT = re.compile(
    r"\s?(?:的)?(?P<edge>年底|年末|月底|月末|季末|底|末|终|结束|初|中旬|上旬|下旬|中(?!旬|心|国|小"
    r"|级)|-?\s?end\b)?(?:\s?\((?:周|星期|礼拜)[一二三四五六日天]\))?(?P<before>结束)?(?:下班"
    r"|收市)?(?:之?前|以前|内|之内|以内|止|为止|期间|时)?",
    re.ASCII,
)
_RIGHT_START = re.compile(r"\s?(?:份)?(?:初)?(?:开始|起|onwards?\b)", re.ASCII)
_LEFT_START = re.compile(
    r"(?:\b(?:from|since|starting(?: in| on| from)?|beginning(?: in| on)?|effective|as of)|自"
    r"|从)\s?(?:the )?$",
    re.ASCII,
)
_LEFT_BASE = re.compile(
    r"(?:\b(?:compared (?:to|with)|relative to|versus|vs\.?|over|than|against|on|up from|down from)"
    r"|比|较|相比于?|对比|相对于?|与|和|同)\s?(?:the )?(?:same period (?:of|in) )?$", re.ASCII
)  # fmt: skip
_PAST_WORDS = re.compile(
    r"\b(?:last|previous|prior)\b|去年|上年|上周|昨[天日]|上个?季|上一个?季|上个?月|上半年的",
    re.ASCII,
)
_JOINER = re.compile(r"\s?(?:to|-|~|至|到|through|until|and)\s?(?:the )?$")


def find_dates(text: str, settings: ReadSettings, lang: str) -> list[DateSpan]:
    """Every stretch about time in a plain text with its role, left to right."""
    spans = [DateSpan(m.start(), m.end(), "recurring", None) for m in _RECURRING.finditer(text)]
    for found in find_durations(text, settings.reference_date):
        _add(spans, DateSpan(found.start, found.end, "deadline", found.day, found.horizon,
                             found.sure, found.flags))  # fmt: skip
    periods = find_periods(text, settings, lang)
    for number, period in enumerate(periods):
        _add(spans, _placed(text, period, periods[number - 1] if number else None))
    for match in _EVENT.finditer(text):
        _add(spans, DateSpan(match.start(), match.end(), "deadline", None, sure=False,
                             flags=("event_without_date",)))  # fmt: skip
    spans = _in_brackets(text, spans)
    return _from_start(text, _ranges(text, sorted(spans, key=lambda s: s.start), settings))


def _in_brackets(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """`93% in FY27 (FY26: 90.5%)`: a period with its own value in brackets is the base."""
    ends = [s for s in spans if s.role == "deadline"]
    return [
        replace(s, role="base")
        if s in ends
        and len(ends) > 1
        and text[: s.start].endswith("(")
        and re.match(r"\s?[:为是]\s?[0-9]", text[s.end :])
        else s
        for s in spans
    ]


_FROM_THERE = re.compile(r"\s?[,的]?\s?(?:在|的)?\s?")
_UNTIL_THEN = re.compile(r"\s?(?:of|from|after|starting|beginning)?\s?", re.ASCII)


def _from_start(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """`自5月起三个月内`, `within 3 months from 1 March`: counted from the start, not from today."""
    out = list(spans)
    for one, two in pairwise(spans):
        gap = text[one.end : two.start]
        for start, stretch, words in ((one, two, _FROM_THERE), (two, one, _UNTIL_THEN)):
            day = start.first or start.day
            counted = stretch.role == "deadline" and stretch.horizon and start.role == "start"
            if counted and day and words.fullmatch(gap):
                ends = horizon_end(stretch.horizon or "", day)
                out[out.index(stretch)] = replace(stretch, day=ends)
    return out


def _add(spans: list[DateSpan], new: DateSpan) -> None:
    if all(new.end <= s.start or new.start >= s.end for s in spans):
        spans.append(new)


def _placed(text: str, period: Period, before: Period | None) -> DateSpan:
    """A period with its neighbouring words, its role and the day it stands for."""
    floor = before.end if before else 0
    left = text[max(floor, period.start - 40) : period.start]
    opening = _LEFT.search(left)
    start = period.start - (len(left) - opening.start() if opening else 0)
    while start < period.start and text[start] == " ":
        start += 1
    closing = _RIGHT.match(text, period.end)
    end = closing.end() if closing else period.end
    while end > period.end and text[end - 1] == " ":
        end -= 1
    role = _role(text, period, left)
    if role == "start" and (tail := _RIGHT_START.match(text, period.end)):
        end = tail.end()
    if role == "start" and (head := _LEFT_START.search(left)):
        start = period.start - (len(left) - head.start())
    day, exact = _day(text[start : period.start], text[period.end : end], period, role)
    return DateSpan(start, end, role, day, None, exact and not period.assumed, _flags(period),
                    period.first)  # fmt: skip


def _flags(period: Period) -> tuple[str, ...]:
    named = {
        "year_assumed": period.assumed,
        "reference_date_missing": period.needs_reference,
        "day_month_ambiguous": period.day_ambiguous,
        "movable_feast": period.size == "feast" and period.first is None,
    }
    return tuple(name for name, holds in named.items() if holds)


def _role(text: str, period: Period, left: str) -> str:
    """Deadline unless the words around say start or base period (SM7)."""
    words = text[period.start : period.end]
    compared = _LEFT_BASE.search(left)
    if compared and compared.group(0).strip() in {"over", "over the"} and _is_ahead(period):
        return "deadline"  # from 12 to 25 over FY26/27
    if compared or _PAST_WORDS.search(words) or text.startswith("相比", period.end):
        return "base"
    if _RIGHT_START.match(text, period.end):
        return "start"
    closed = re.match(r"\s?(?:年底|底|末)?(?:之?前|以前|底|末|止)", text[period.end :])
    wanted = closed or re.search(
        r"\b(?:by|before|until|due|end of)\s(?:the )?$", left, flags=re.ASCII
    )
    if _is_past(period) and not wanted:
        return "base"
    if _LEFT_START.search(left):
        return "start"
    return "deadline"


def _is_ahead(period: Period) -> bool:
    return period.last is not None and not period.past and period.size in {"fiscal", "year"}


def _is_past(period: Period) -> bool:
    return period.last is not None and period.past


def _day(left: str, right: str, period: Period, role: str) -> tuple[date | None, bool]:
    """The day meant, and whether the words give it exactly."""
    first, last = period.first, period.last
    if first is None or last is None:
        return (None, False)
    if role == "start":
        return (first, True)
    if re.search(r"\b(?:start|beginning) of|\bearly", left, flags=re.ASCII) or right.startswith(
        ("初", "的初")
    ):
        return (first, False)
    middle = {"month": 14, "year": 180, "quarter": 45}.get(period.size)
    if re.search(r"\bmid|\bmiddle", left, flags=re.ASCII) and middle:
        return (_middle(first, last, period.size), False)
    tens = {"上旬": 9, "中旬": 19}
    if period.size == "month" and right[:2] in tens:
        return (add_days(first, tens[right[:2]]), True)
    if right.startswith("中") and period.size == "year":
        return (_middle(first, last, "year"), True)
    return (_before(left, right, period, first, last), True)


def _middle(first: date, last: date, size: str) -> date | None:
    if size == "year":
        return date(first.year, 6, 30)
    return add_days(first, 14) if size == "month" else add_days(first, (last - first).days // 2)


def _before(left: str, right: str, period: Period, first: date, last: date) -> date:
    """Before a bare month or quarter means before its first day; before a year, the day before."""
    ends = re.search(r"\bend|\bclose", left, flags=re.ASCII) or re.search(r"[底末终]|结束", right)
    before = re.search(r"\bbefore\s", left, flags=re.ASCII) or re.fullmatch(
        r"\s?(?:之?前|以前)", right
    )
    if not before or ends or period.size in {"day", "feast"}:
        return last
    if period.size == "year":
        return add_days(first, -1) or first
    return first if re.search(r"\bbefore\s", left, flags=re.ASCII) else last


def _ranges(text: str, spans: list[DateSpan], settings: ReadSettings) -> list[DateSpan]:
    """`from January to June`, `1月至6月`: the first is the start, the second the deadline."""
    out: list[DateSpan] = []
    for span in spans:
        previous = out[-1] if out else None
        joined = previous and _JOINER.fullmatch(text[previous.end : span.start] + _head(text, span))
        if previous and joined and span.role == "deadline" and previous.role != "recurring":
            out[-1] = replace(previous, role="start", day=previous.first or previous.day)
        out.append(span)
    return out


def _head(text: str, span: DateSpan) -> str:
    match = re.match(r"(?:to|through|until|and)\s|-|~|至|到", text[span.start : span.end])
    return match.group(0) if match else ""

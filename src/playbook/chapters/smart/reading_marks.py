"""SM5: the role that the words around a number give it."""

import re

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_text import BLANK
from playbook.chapters.smart.reading_words import BETTER, DOWN, UP

# Small words that may stand between a marker and its number.
_FILL = (
    r"(?:\s|[,(:=~≈+]|>=|<=|>|<|±|about|around|approximately|approx\.?|roughly|nearly"
    r"|almost|at least|at most|no (?:more|less|fewer)"
    r" than|not (?:more|less) than|more than|less than|fewer than|up to|over|under|below"
    r"|above|within|better than"
    r"|an?\b|the\b|our\b|its\b|average|avg\.?|of\b|minimum|maximum|levels?\b|score\b|rate\b"
    r"|just|only|is\b|are\b|at\b|be\b|a further|another|or\b"
    r"|大约|约|近|至少|最少|最多|不少于|不低于|不小于|超过|低于|高于|不多于|不超过|不高于|不大于"
    r"|少于|大于|小于|仅|只有|了|的|为|是|再|均|平均|每(?:月|天|周|年|季度?)|逾|个)*$"
)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_FILL}", re.ASCII)


_TO = _before(rf"\b(?:to|into)\b|→|->|至(?!少)|到(?!场|达)|改为|(?:{UP}|{DOWN}|{BETTER})为")
_BY = _before(rf"\bby\b|{UP}|{DOWN}|{BETTER}|[升降增减涨]幅(?:达到?)?|加快")
_FROM = _before(
    r"\b(?:from|was|were|currently|current(?: \w+)?|now|today|baseline|versus|vs\.?|against"
    r"|stands at|sits at|stood at|starting at)\b"
    r"|从|由|自|目前|当前|现在|现时|现有|现为|现状|现|原(?:来|先|订|定|本|为)?|去年|上年"
    r"|基线值?|基准值?|(?<!占)(?<!对)(?<!环)(?<!同)比|较|动辄|高达|长达|平均要|一直在|普遍在?"
    r"|徘徊在|停留在|眼下|如今|现阶段"
    r"|当下|起点|起始值|初始值"
    r"|底数|上期|往年|(?<!持)已(?:经)?(?:达到?|是|有|为|升至|降至)"
    r"|\b(?:stuck|hovering|running|sitting|standing|averaging|languishing|stands|sits) (?:at"
    r"|around|on)"
    r"|\b(?:presently|right now|today's|starting point|used to be|as of now)\b"
)
_COMPARED = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared (?:to|with)|relative to)\s+"
    r"|\b(?:(?:up|down) (?:from|on)|from|on)\s+(?:the|our|a|an|its|this|that|today's|current|last"
    r"|previous|\w+'s)\s+)(?:[\w/'-]+\s+){0,5}(?:of|at|:)\s?(?:just |only |around |about )?$",
    re.ASCII,
)
_AT = _before(
    r"达到?|达成|实现|为|不低于|不少于|不小于|不多于|不超过|不高于|不大于|低于|高于|超过|少于|大于"
    r"|小于|>=|<=|>|<|突破|在|目标值?|预定|力争|争取|保持|维持|≈"
    r"|\b(?:reach(?:es|ing)?|achiev\w+|hit|attain|targets?|goal|at least|at most"
    r"|at or (?:above|below)|above|below|under|over|within|exceed\w*"
    r"|(?:no|not) (?:more|less|fewer) than|less than|fewer than|more than|minimum|maximum"
    r"|meet|at|of|in|keep|maintain|be)\b"
)
_EARLIER = re.compile(
    r"(?:目前|当前|现在|现时|现有|现状|原[订定来先]|去年|上年|上季度?|上月|基线|基准"
    r"|[近过前][去往]?(?:[0-9]|[一二两三四五六])"
    r"|截至|如今|眼下|一直|往年|(?<![a-z])(?:currently|current|today|presently|was|were"
    r"|used to be|baseline"
    r"|at present|right now|so far))"
    r"[^0-9;。]{0,26}$",
    re.ASCII,
)
_AIM = re.compile(r"目标|预定|预计|计划|力争|争取|\b(?:target|goal|aim|want|plan)\b", re.ASCII)
_NOUN_CHANGE = re.compile(
    r"\s?(?!(?:or|and)\b)(?:的)?(?:\w+ ){0,2}?"
    r"(?:reductions?|decrease|increase|improvement|drop|cut|decline"
    r"|growth|rise|savings?|uplift|fewer|lower|higher"
    r"|faster|quicker|shorter|more(?! than)|less(?! than)|降幅|增幅|涨幅)(?![a-z])"
    r"|\s?的?(?:提升|下降|增长|改善|降低|减少|缩短|节省)(?=$|[\s,;。)\x00])",
    re.ASCII,
)
_OR_MORE = re.compile(
    r"\s?(?:及|或|或者)?(?:以上|以下|以内|之内|内|左右|\+|(?:or|and) (?:more|higher|better"
    r"|above|over|less|lower|below|fewer|greater)\b|minimum\b|的?目标)",
    re.ASCII,
)
_NOW = re.compile(
    r"\s?(?:\(|的)?(?:目前|现状|当前|现在|基础上?|水平[上,]|currently|current\b|today|right now"
    r"|now\b"
    r"|at present|at the moment|baseline|last (?:year|quarter|month))"
    r"|\s(?:(?!from|than|against|vs|versus|to\b)[a-z'-]+ ){1,5}(?:at the moment|at present"
    r"|right now|currently|today)\b",
    re.ASCII,
)
_SIGNED = re.compile(r"(?:^|[a-z)\u4e00-\u9fff,])[\s:]?\s?(?:\+$|\+?[+-][0-9]$)", re.ASCII)


def mark_of(
    body: str, start: int, quantities: list[Quantity], index: int, dates: list[DateSpan]
) -> str | None:
    """The role that the words around a number give it, None if they are silent."""
    quantity = quantities[index]
    floor = max(start, quantities[index - 1].end if index else start, quantity.start - 48)
    left = body[floor : quantity.start].replace(BLANK, "").rstrip()
    right = body[quantity.end : quantity.end + 32]
    if quantity.form == "change":
        return "delta"
    if _is_signed(body[floor : quantity.start + 1], quantity, left):
        return "delta"
    if _NOW.match(right) and not _TO.search(left):
        return "baseline"
    if _NOUN_CHANGE.match(right) and not re.search(
        r"(?:\bto|→|至|到|from|从|由)$", left, flags=re.ASCII
    ):
        return "delta"
    return (
        _left_mark(left) or _date_mark(left, quantity, dates, start) or _right_mark(quantity, right)
    )


def _is_signed(words: str, quantity: Quantity, left: str) -> bool:
    """`NPS +6 points`, `churn -1.2 pp`: a signed number is a change unless a verb says `to`."""
    marked = _TO.search(left) or _AT.search(left) or _FROM.search(left)
    return bool(_SIGNED.search(words)) and quantity.unit not in {"score", None} and not marked


def _left_mark(left: str) -> str | None:
    if _TO.search(left):
        return "to"
    if _FROM.search(left) or _COMPARED.search(left):
        return "baseline"
    if _BY.search(left):
        return "delta"
    earlier = _EARLIER.search(left)
    if earlier and not _AIM.search(earlier.group(0)):
        return "baseline"
    return "target" if _AT.search(left) else None


def _date_mark(left: str, quantity: Quantity, dates: list[DateSpan], start: int) -> str | None:
    """A number beside a past period (2025年的78%, 78% in 2025) is a baseline."""
    for span in dates:
        if span.role != "base" or span.start < start:
            continue
        if 0 <= quantity.start - span.end <= 14 and not re.search(r"[,;0-9]", left[-14:]):
            return "baseline"
        if 0 <= span.start - quantity.end <= 3:
            return "baseline"
    return None


def _right_mark(quantity: Quantity, right: str) -> str | None:
    if quantity.unit == "pp":
        return "delta"
    return "target" if _OR_MORE.match(right) else None

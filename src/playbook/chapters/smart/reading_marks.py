"""SM5: the role that the words around a number give it."""

import re

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_text import BLANK
from playbook.chapters.smart.reading_words import BETTER, DOWN, UP

# Small words that may stand between a marker and its number.
_FILL = (
    r"(?:\s|[,(:=~≈+]|>=|<=|>|<|±|about|around|approximately|approx\.?|roughly|nearly|almost"
    r"|at least|at most|(?:no|not) [a-z]+(?:er|re|ss|se) than|more than|less than"
    r"|fewer than|up to|over|under|below|above|within|better than|an?\b|the\b|our\b|its\b|average"
    r"|avg\.?|of\b|minimum|maximum|levels?\b|score\b|rate\b|just|only|is\b|are\b|at\b|be\b"
    r"|a further|another|or\b|大约|约|近|至少|最少|最多|不少于|不低于|不小于|超过|低于|高于|不多于"
    r"|不超过|不高于|不大于|少于|大于|小于|仅|只有|了|的|为|是|再|均|平均|每(?:月|天|周|年|季度?)"
    r"|逾|个)*$"
)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_FILL}", re.ASCII)


_TO = _before(
    rf"\b(?:to|into)\b|→|->|至(?!少)|到(?!场|达)|改为|[压降拉升调]回|回到|恢复到|(?:{UP}|{DOWN}"
    rf"|{BETTER})为"
)
_BY = _before(
    rf"\bby\b|{UP}|{DOWN}|{BETTER}|[升降增减涨]幅(?:达到?)?|加快|(?<![最至不])[少多]|[环同]比"
    rf"|\b(?:another|a further|an extra|an additional)\b|(?:比"
    rf"|较)[^,;]{{0,12}}[高低多少快慢长短]出?了?"
)
_FROM = _before(
    r"\b(?:from|was|were|currently|current(?: \w+)?|now|today|baseline|versus|vs\.?|against"
    r"|stands at|sits at|stood at|starting at)\b|从|由|自|目前|当前|现在|现时|现有|现为|现[状况]|现"
    r"|原(?:来|先|订|定|本|为)?|去年|上年|基线值?|基准值?|(?<!占)(?<!对)(?<!环)(?<!同)比|较|动辄"
    r"|而不是|而非|高达|长达|平均要|一直在|普遍在?|徘徊在|停留在|眼下|如今|现阶段|当下|起点|起始值"
    r"|初始值|底数|上期|往年|(?<!持)已(?:经)?(?:达到?|是|有|为|升至|降至)|\b(?:stuck|hovering"
    r"|running|sitting|standing|averaging|languishing|stands|sits) (?:at|around|on)|\b(?:it's|it is"
    r"|we're at|we are at|instead of|rather than|presently|right now|today's|starting point"
    r"|used to be|as of now|(?<!target )(?<!goal )(?:is|are) at|(?:latest )?(?:results?|actuals?"
    r"|outturn)(?= ?:))"
    r"(?![a-z])"
)
_COMPARED = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared (?:to|with)|relative to)\s+|\b(?:(?:up|down) (?:from"
    r"|on)|from|on)\s+(?:the|our|a|an|its|this|that|today's|current|last|previous"
    r"|\w+'s)\s+)(?:[\w/'-]+\s+){0,5}(?:of|at|:)\s?(?:just |only |around |about )?$",
    re.ASCII,
)
_AT = _before(
    r"达到?|达成|实现|为|不低于|不少于|不小于|不多于|不超过|不高于|不大于|低于|高于|超过|少于|大于"
    r"|小于|>=|<=|>|<|突破|冲[刺击上]?|在|目标值?|预定|力争|争取|保持|维持|≈|\b(?:reach(?:es|ing)?"
    r"|achiev\w+|hit|attain|targets?|goal|at least|at most|at or (?:above|below)|above|below|under"
    r"|over|within|exceed\w*|(?:no|not) [a-z]+(?:er|re|ss|se) than|less than|fewer than|more than"
    r"|minimum|maximum|meet|at|of|in|keep|maintain|be)\b"
)
_EARLIER = re.compile(
    r"(?:目前|当前|现在|现时|现有|现[状况]|原[订定来先]|去年|上年|上季度?|上月|基线|基准"
    r"|[近过前][去往期]?(?:[0-9]|[一二两三四五六半几期])?(?=[年个月季日周期])|截至|如今|眼下|一直"
    r"|往年|(?<![a-z])(?:currently|current|today|presently|was|were|used to be|baseline|at present"
    r"|right now|so far))[^0-9;。]{0,26}$",
    re.ASCII,
)
_AIM = re.compile(r"目标|预定|预计|计划|力争|争取|\b(?:target|goal|aim|want|plan)\b", re.ASCII)
_NOUN_CHANGE = re.compile(
    r"\s?(?!(?:or|and)\b)(?:的)?(?:\w+ ){0,2}?(?:reductions?|decrease|increase|improvement|drop|cut"
    r"|decline|growth|rise|savings?|uplift|jump|lift|boost|gain|fall|fewer|lower|higher|faster"
    r"|quicker|shorter|more(?! than)"
    r"|less(?! than)|降幅|增幅|涨幅)(?![a-z])|\s?的?(?:提升|下降|增长|改善|降低|减少|缩短|节省)(?=$"
    r"|[\s,;。)\x00])|\s?off (?:the |our |average )",
    re.ASCII,
)
_OR_MORE = re.compile(
    r"\s?(?:及|或|或者)?(?:以上|以下|以内|之内|内|左右|\+|(?:or|and) (?:more|higher|better|above"
    r"|over|less|lower|below|fewer|greater)\b|minimum\b|的?目标)",
    re.ASCII,
)
# falls below 4 %: a bound is a level; cut by over 4 %: a bound of the change is none.
_BOUND = re.compile(r"\b(?:below|under|above|beneath)\s?(?:the )?$", re.ASCII)
_BY_BOUND = re.compile(r"\bby (?:just |well |a little )?(?:under|above)\s?$", re.ASCII)
# 180秒→120秒: a level in front of an arrow is where the way begins.
_ARROW = re.compile(r"\s?(?:→|-+>|=+>|»)\s?(?:[<>]=?\s?)?[0-9]", re.ASCII)
_NOW = re.compile(
    r"\s?(?:\(|的)?(?:之间|左右|上下)?(?!(?:目前|现[状况]|当前"
    r"|现在)\s?[为是约仅只有:]*\s?[0-9零一二三四五六七八九])"
    r"(?:目前|现[状况]|当前|现在|徘徊|浮动|波动|基础上?|水平[上,]"
    r"|currently|current\b|today|right now|now\b|at present|at the moment|baseline|last (?:year"
    r"|quarter|month))|\s(?:(?!from|than|against|vs|versus|to\b)[a-z'-]+ ){1,5}(?:at the moment"
    r"|at present|right now|currently|today)\b",
    re.ASCII,
)
# Words behind the number before, which say nothing of the next one (7:20 today, 6:30 by May).
_SAID_OF_LAST = re.compile(
    r"^\s?(?:currently|today|now|at present|at the moment|目前|现[状况]|现在)\s?(?=[,;])", re.ASCII
)
# A level that is aimed at, never the baseline of a later `to` (年底冲85%, 年中先到78%).
_AIMED = re.compile(
    r"冲|力争|争取|目标|不低于|不少于|不超过|不高于|>=|<=|\bat least|no (?:more|less) than"
    r"|\b(?:target|goal|aim\w*|reach\w*|achiev\w+)\b",
    re.ASCII,
)
# A change that has been made, told beside the one that is wanted (fell 12% last year, 下降了12%).
_MADE = re.compile(
    r"(?:[升降增减高低少多善]|增长|下滑)了\s?(?:近|约)?$|\b(?:fell|rose|grew|dropped|declined"
    r"|climbed|slipped)"
    r" (?:by )?(?:about |around |nearly )?$",
    re.ASCII,
)
_SIGNED = re.compile(r"(?:^|[a-z)\u4e00-\u9fff,\x00])[\s:]?\s?(?:\+$|\+?[+-][0-9]$)", re.ASCII)


def mark_of(
    body: str, start: int, quantities: list[Quantity], index: int, dates: list[DateSpan]
) -> str | None:
    """The role that the words around a number give it, None if they are silent."""
    quantity = quantities[index]
    floor = max(start, quantities[index - 1].end if index else start, quantity.start - 48)
    left = body[floor : quantity.start].replace(BLANK, "").rstrip()
    if index:
        left = _SAID_OF_LAST.sub("", left)
    right = body[quantity.end : quantity.end + 32]
    if quantity.form == "change":
        return "delta"
    if _MADE.search(body[floor : quantity.start]) and index + 1 < len(quantities):
        return "past"
    if _is_signed(body[floor : quantity.start + 1], quantity, left):
        return "delta"
    if _ARROW.match(right) and not _FROM.search(left):
        return "baseline"
    if _NOW.match(right) and not _TO.search(left):
        return "baseline"
    if _NOUN_CHANGE.match(right) and not re.search(
        r"(?:\bto|→|至|到|from|从|由)$", left, flags=re.ASCII
    ):
        return "delta"
    mark = _left_mark(left)
    if mark == "delta" and _is_of_past(body, quantity, dates):
        return "baseline"
    if mark != "delta" and _dated_back(body, quantity, dates):
        return "baseline"
    if mark in {None, "target", "aim"}:
        mark = _date_mark(body, quantity, dates, start) or mark
    return mark or _right_mark(quantity, right)


def _is_of_past(body: str, quantity: Quantity, dates: list[DateSpan]) -> bool:
    """`improve on last year's 82%`, 去年的82%: a past period right before the number."""
    return any(
        span.role == "base" and re.fullmatch(r"(?:'s|的)?\s?", body[span.end : quantity.start])
        for span in dates
        if span.end <= quantity.start
    )


def _dated_back(body: str, quantity: Quantity, dates: list[DateSpan]) -> bool:
    """`crept up to 6.1% last year`: a past period right behind the number."""
    return any(
        span.role == "base"
        and span.start >= quantity.end
        and body[quantity.end : span.start].isspace()
        for span in dates
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
    if _BOUND.search(left) and not _BY_BOUND.search(left):
        return "target"
    if _BY.search(left):
        return "delta"
    earlier = _EARLIER.search(left)
    if earlier and not _AIM.search(earlier.group(0)):
        return "baseline"
    if _AT.search(left):
        return "aim" if _AIMED.search(left) else "target"
    return None


def _date_mark(body: str, quantity: Quantity, dates: list[DateSpan], start: int) -> str | None:
    """A number beside a past period (2025年的78%, 78% in 2025) is a baseline."""
    for span in dates:
        if span.role != "base" or span.start < start:
            continue
        ahead = body[span.end : quantity.start]
        if 0 <= quantity.start - span.end <= 14 and not re.search(r"[,;0-9]", ahead):
            return "baseline"
        behind = body[quantity.end : span.start] if quantity.end <= span.start else "?"
        if re.fullmatch(r"\s?的?在?|\s?[,]?\s?", behind) or (
            behind.strip() == "(" and body.startswith(")", span.end)
        ):
            return "baseline"
    return None


def _right_mark(quantity: Quantity, right: str) -> str | None:
    if quantity.unit == "pp":
        return "delta"
    return "target" if _OR_MORE.match(right) else None

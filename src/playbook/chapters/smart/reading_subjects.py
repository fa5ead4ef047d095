"""SM2: whether a stretch of text names what it measures."""

import re

from playbook.chapters.smart.reading_clause import Clause, is_plain_object
from playbook.chapters.smart.reading_text import is_chinese
from playbook.chapters.smart.reading_units import TIME_SECONDS
from playbook.chapters.smart.reading_words import BETTER, DOWN, SERVICE_ACT, UP


def has_subject(body: str, clause: Clause) -> bool:
    """Whether a clause names what it measures: a metric, or an act of service with a time."""
    named = any(not is_plain_object(body, h) for h in clause.metrics)
    timed = any(q.unit in TIME_SECONDS or q.unit == "%" for q in clause.quantities)
    acts = re.search(SERVICE_ACT, body[clause.start : clause.end], flags=re.ASCII)
    counted = any(q.unit in {"count", "%"} for q in clause.quantities) and bool(clause.metrics)
    served = {q.unit == "%" for q in clause.quantities if q.unit in {"%", *TIME_SECONDS}}
    if served == {True, False} and re.search(
        r"within|in under|内", body[clause.start : clause.end]
    ):
        return True  # 95% of emails within 2 days
    bounded = bool(clause.quantities) and re.match(
        r"\s?(?:no more|not more|at most|fewer|less|at least|under|over|more)\b",
        body[clause.start : clause.end],
    )
    measured = named or counted or bool(bounded) or bool(acts and timed)
    measured = measured or _fitting_object(body, clause) or _verb_object(body, clause)
    return measured or bool(_measure_noun(body, clause)) or _opens_sentence(body, clause)


def _fitting_object(body: str, clause: Clause) -> bool:
    """等候10分钟内, hit 4.7 stars: the unit tells what is measured."""
    timed = any(q.unit in TIME_SECONDS for q in clause.quantities)
    waits = timed and any(h.metric.kind == "time" for h in clause.metrics)
    return waits or any(re.search("star|星", body[q.start : q.end]) for q in clause.quantities)


_VERB_OBJECT = re.compile(
    rf"[\s,\x00]*(?:to )?(?:{UP}|{DOWN}|{BETTER}) (?:the |our )?(?!it\b|this\b|that\b|them\b|by\b"
    r"|to\b|from\b)[a-z][a-z-]+(?: (?!by\b|to\b|from\b)[a-z-]+){0,4} (?:by|to|from) (?:under "
    r"|at least )?[0-9]",
    re.ASCII,
)


def _verb_object(body: str, clause: Clause) -> bool:
    """`decrease paper statements by 40 %`: a verb of change, its object, its value."""
    return (
        bool(clause.quantities) and _VERB_OBJECT.match(body, clause.start, clause.end) is not None
    )


# After a full stop or a semicolon: words of their own with a value behind them.
_OWN_ZH = re.compile(
    r"[\s,\x00:]*(?!目前|目标|现[在有]|去年|预计|力争|其中|计划|争取|最终|同时|并|再|到|由|从|将|把"
    r"|要|需|由于|上[周月年季])[\u4e00-\u9fff]{3,14}?(?:由|从|达到?|提升|提高|降|减|增|控制|不低于"
    r"|不超过|[:≥≤><=\s]*[0-9])"
)
_OWN_EN = re.compile(
    r"(?:[\s,\x00]*(?:kr[0-9]?|kpi[0-9]?)?\s?:?\s)(?!target|goal|aim|it\b|this|that|we\b|they|by\b"
    r"|from|to\b|currently|today|now|baseline|last|raise|reach|get|bring|cut|reduce|increase|make"
    r"|keep|achieve|due|owner|deadline)[a-z][a-z-]+(?: [a-z-]+){0,3}(?:\s?:)?\s(?:from |to |at |by "
    r"|[<>=]*\s?)[0-9]",
    re.ASCII,
)


def _opens_sentence(body: str, clause: Clause) -> bool:
    """A part behind `;` or a full stop with words of its own before its value."""
    before = body[: clause.start].rstrip()[-1:]
    if not clause.quantities or before not in {";", "。", "."}:
        return False
    pattern = _OWN_ZH if is_chinese(body[clause.start : clause.end]) else _OWN_EN
    return pattern.match(body, clause.start, clause.end) is not None


_MEASURE_EN = re.compile(
    r"\b[a-z][a-z-]+(?: [a-z-]+)? (?:rate|time|score|cost|share|ratio|count|volume|index"
    r"|percentage)s?\b",
    re.ASCII,
)
_MEASURE_ZH = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:率|量|数|价|额|度|时间|时长|天数|周期|成本|费用|得分|评分|占比|比例"
    r"|收入|利润)"
)


def _measure_noun(body: str, clause: Clause) -> re.Match[str] | None:
    """A measure that the dictionary does not know (..率, .. rate) with a value behind it."""
    if not clause.quantities:
        return None
    chinese = is_chinese(body[clause.start : clause.end])
    pattern = _MEASURE_ZH if chinese else _MEASURE_EN
    return pattern.search(body, clause.start, clause.quantities[0].start)

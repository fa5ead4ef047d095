"""SM7: durations that count on from the reference date, and those that are service levels (SM4)."""

import re
from dataclasses import dataclass
from datetime import date

from playbook.chapters.smart.reading_calendar import add_days, add_months
from playbook.chapters.smart.reading_numerals import EN_NUMERAL, ZH_NUMERAL, any_number
from playbook.chapters.smart.reading_words import CHANGE_VERB, REACHING, SERVICE_ACT


@dataclass(frozen=True)
class Duration:
    """A stretch counted from the reference date; `horizon` is its ISO 8601 form."""

    start: int
    end: int
    day: date | None
    horizon: str
    sure: bool = True
    flags: tuple[str, ...] = ()


_NUM = rf"(?:[0-9]+(?:\.[0-9]+)?|{ZH_NUMERAL}|半)"
_ZH = re.compile(
    r"(?P<lead>(?:在|于|用|以|经过|为期|历时|从现在起|自即日起|即日起|力争|争取|计划)*(?:未来的?"
    r"|今后的?|再?给(?:你们|我们|大家|团队)?|再过|接下来的?|往后的?|之后的?|后续)?)"
    rf"(?P<n>{_NUM})\s?(?P<ge>个)?\s?(?P<half>半)?\s?(?P<unit>天|日|周|星期|礼拜|月|季度|季"
    r"|年)(?P<more>半)?(?P<tail>(?:左右)?(?:的?时间)?(?:之内|以内|内|之后|以后|后|期间|里"
    r"|时间))?", re.ASCII
)  # fmt: skip
_EN = re.compile(
    r"(?P<lead>\b(?:within|in|over|during|for|after|inside|throughout|under)\s+)?(?P<next>(?:the\s+"
    r"|a\s+)?(?:next|coming|following|first|upcoming)\s+)?(?:the\s+|an?\s+(?=[0-9]))?"
    rf"(?P<n>[0-9]+(?:\.[0-9]+)?|half an?|an?(?! (?:hundred|thousand|dozen))|{EN_NUMERAL}"
    r"|(?<=next )|(?<=coming ))(?P<half1>\s+and a half)?[\s-]*(?P<unit>day|week|month|quarter"
    r"|year)s?'?\b(?P<half2>\s+and a half)?(?P<tail>\s+from (?:now|today)|\s+time\b)?", re.ASCII
)  # fmt: skip
_AFTER_EVENT_ZH = re.compile(
    r"(?:后的?|之后|入职|购买|下单|注册|签约|到店|办卡|成交|交车|开户|新员工|新人|新客户"
    r"|新会员|质保|保修|保固|(?:质保|保修|试用|合同|服务|观察|犹豫|冷静|保固|鉴赏)期|出院|术后|收到|接到|受理"
    r"|签收|出险"
    r"|出厂|入会|入住|开卡|激活|提车|开业)\s?$"
)
_OF_EVENT_EN = re.compile(
    r"\s+(?:of|after|from|following|since)\s+(?!now\b|today\b|this\b|the (?:date|start))", re.ASCII
)
_PROJECT = re.compile(
    "上线|培训|训练|建设|改造|部署|搭建|升级|开发|改版|试点|验收|招聘|整改|系统|平台|项目|课程"
    "|建档|盘点|方案|轮训|认证"
)
_WINDOW = re.compile(
    r"(?:的)?(?:(?![将把使让令])[\u4e00-\u9fff]){0,5}?(?:复购|回购|留存|再入院|重复|二次|返修|回访"
    r"|退货|活跃|激活|送达|妥投|闭环|解决|办结|响应|答复|回复|结案|到账|发货|签收|修复|上门|转化"
    r"|付款|流失|离职|接听|应答|处理|完成)[\u4e00-\u9fff]{0,3}(?:率|占比|比例)"
)
_PROJECT_EN = (
    r"\b(?:train|launch|implement|roll out|deploy|introduce|build|create|establish|set up|develop"
    r"|publish|migrate|hire|recruit|redesign|pilot|certify|coach)\b"
)
_UNITS = {
    "天": "D", "日": "D", "day": "D", "周": "W", "星期": "W", "礼拜": "W", "week": "W", "月": "M",
    "month": "M", "季度": "Q", "季": "Q", "quarter": "Q", "年": "Y", "year": "Y",
}  # fmt: skip


def find_durations(text: str, reference: date | None) -> list[Duration]:
    """Durations of a plain text that set a deadline; service-level durations are left alone."""
    found = []
    for pattern, accept in ((_ZH, _is_deadline_zh), (_EN, _is_deadline_en)):
        for match in pattern.finditer(text):
            if accept(text, match):
                found.append(_duration(match, reference))
    return [d for d in found if d is not None]


def _is_deadline_zh(text: str, match: re.Match[str]) -> bool:
    lead, tail = match["lead"], match["tail"] or ""
    forward = bool(
        re.search("未来|今后|给|再过|接下来|往后|用$|即日起|现在起|经过|为期|历时", lead)
    )
    unit = _UNITS[match["unit"]]
    if not (forward or tail) or (
        unit == "M" and not match["ge"] and match["n"] != "半" and not tail
    ):
        return False
    if unit == "M" and not match["ge"]:
        return False
    if match["n"] == "半" and re.search("[上下]$", text[: match.start("n")]):
        return False  # 上半年内 is the first half, no half year from now
    if match["unit"] == "季度" and not match["ge"] and re.fullmatch("[1-4一二三四]", match["n"]):
        return False  # 三季度内 is the third quarter, 三个季度内 are nine months
    if len(match["n"]) == 4 and match["n"].isdigit():
        return False
    if _AFTER_EVENT_ZH.search(text[: match.start()]) or re.search(
        "第$|近$|过去$", text[: match.start("n")]
    ):
        return False
    if not forward and unit in "DW" and _WINDOW.match(text, match.end()):
        return False  # 7日内复购率: the days belong to the metric
    return unit not in "DW" or forward or not _serves_zh(text, match)


def _serves_zh(text: str, match: re.Match[str]) -> bool:
    """SM4 for days and weeks: `7天内解决` is a service level, `90天内将..提升` a deadline."""
    clause = re.split(r"[,;。]", text[match.end() :].lstrip(", "), maxsplit=1)[0]
    act = re.search(SERVICE_ACT, clause, flags=re.ASCII)
    if act and act.group(0) == "完成" and _PROJECT.search(clause):
        return False  # 8周内完成系统上线
    change = re.search(rf"将|把|使|让|{CHANGE_VERB}|{REACHING}", clause, flags=re.ASCII)
    if change and (not act or change.start() < act.start()):
        return False
    if not act and re.search(rf"{CHANGE_VERB}|{REACHING}", text[: match.start()], flags=re.ASCII):
        return bool(re.search(SERVICE_ACT, text[: match.start()], flags=re.ASCII))
    return bool(act) or not change


def _is_deadline_en(text: str, match: re.Match[str]) -> bool:
    lead, ahead = (match["lead"] or "").strip(), bool(match["next"] or match["tail"])
    first = "first" in (match["next"] or "")
    if first or not (lead or ahead) or (lead in {"for", "after", "under"} and not ahead):
        return False
    if not match["n"] and match["next"] == "next " and lead in {"for", "in", "during", ""}:
        return False  # for next year: the calendar's, not a year from now
    if lead == "over" and not ahead and not _spans_a_change(text, match):
        return False
    if not match["n"] and lead not in {"within", "over", "during", "for"}:
        return False
    if _OF_EVENT_EN.match(text, match.end()) and not match["tail"]:
        return False
    if re.match(r"\s*(?:average|avg|rolling|moving)", text[match.end() :]):
        return False
    return _UNITS[match["unit"]] not in "DW" or ahead or not _serves_en(text, match)


_AGED = re.compile(
    r"\b(?:open|waiting|waits?|pending|outstanding|unresolved|aged|stuck|overdue|unanswered|orders"
    r"|cases|tickets|complaints|calls|claims|arrears|requests|invoices|debts?)$"
)


def _spans_a_change(text: str, match: re.Match[str]) -> bool:
    """`by 10% over 18 months` is a stretch of time, `tickets open over 18 months` an age."""
    if re.match(r"\s*(?:old|overdue|late|ago|of age|behind)\b", text[match.end() :]):
        return False
    left = text[: match.start()].rstrip()
    wanted = re.search(
        rf"[0-9].*(?:{CHANGE_VERB}|\b(?:jump|rise|gain"
        rf"|fall)\b)",
        left,
        flags=re.ASCII,
    )
    if wanted and not _AGED.search(left):
        return True  # a 20-point jump in NPS over two years
    return not left or bool(
        re.search(
            r"[0-9%,;:.)]$|\b(?:points?|pts?|pp|percent|per cent|half|third|seconds?|minutes?"
            r"|hours?|stars?)$",
            left,
        )
    )


def _serves_en(text: str, match: re.Match[str]) -> bool:
    """SM4 for days and weeks: the verb that governs the duration decides."""
    verbs = re.compile(
        rf"(?P<act>{SERVICE_ACT})(?!\s(?:times?|rates?|speed|level))|(?P<project>{_PROJECT_EN})"
        rf"|(?P<change>{CHANGE_VERB}|{REACHING})",
        re.ASCII,
    )
    clause = re.split(r"[;.](?:\s|$)", text[: match.start()])[-1]
    before = list(verbs.finditer(clause))
    if before:
        return before[-1]["act"] is not None
    after = verbs.search(text, match.end())
    return after is None or after["act"] is not None


def _duration(match: re.Match[str], reference: date | None) -> Duration | None:
    groups = match.groupdict()
    unit, amount = _UNITS[match["unit"]], _amount(match["n"])
    if groups.get("half") or groups.get("half1") or groups.get("half2") or groups.get("more"):
        amount += 0.5
    horizon = _horizon(amount, unit)
    if horizon is None:
        return None
    exact = not re.search("左右", match.group(0))
    start = match.start() + len(match.group(0)) - len(match.group(0).lstrip())
    if reference is None:
        return Duration(start, match.end(), None, horizon, False, ("reference_date_missing",))
    return Duration(start, match.end(), _counted(amount, unit, reference), horizon, exact)


def _amount(text: str) -> float:
    if text in {"半", "half a", "half an"}:
        return 0.5
    if text in {"", "a", "an"}:
        return 1.0
    return any_number(text) or 0.0


def _horizon(amount: float, unit: str) -> str | None:
    """ISO 8601: quarters and half years in months, other halves in the next smaller unit."""
    if not 0 < amount < 10_000:
        return None
    if unit == "Q" or (unit == "Y" and amount % 1):
        amount, unit = amount * (3 if unit == "Q" else 12), "M"
    return f"P{amount:g}{unit}"


def _counted(amount: float, unit: str, reference: date) -> date | None:
    """The reference date so much later: months keep the end of month, days are exact."""
    if unit in "DW":
        return add_days(reference, round(amount * (7 if unit == "W" else 1)))
    months = amount * {"M": 1, "Q": 3, "Y": 12}[unit]
    day = add_months(reference, int(months))
    # Half a month is 15 days [C].
    return add_days(day, 15) if day and months % 1 else day


def horizon_end(horizon: str, start: date) -> date | None:
    """The day that lies an ISO 8601 horizon after a start.

    >>> horizon_end("P3M", date(2026, 5, 1))
    datetime.date(2026, 8, 1)
    """
    match = re.fullmatch(r"P([0-9.]+)([DWMY])", horizon)
    return _counted(float(match[1]), match[2], start) if match else None

"""Who answers for a goal, and where it holds."""

import re

from playbook.chapters.smart.reading_metrics import find_metrics
from playbook.chapters.smart.reading_text import BLANK, PlainText

Found = tuple[int, int, bool]

_TEAM_ZH = (
    r"(?:团队|小组|班组|部门|部|中心|处|科|组|室|局|公司|门店|分行|支行|网点|经理|主管|总监"
    r"|店长|主任|专员|负责人|同仁|客服|坐席|座席|"
    r"组长|院长|站长|班长|窗口|客服人员)"
)
_ZH = [
    re.compile(
        r"(?:由|请)(?!此)(?P<o>[^,;。0-9\x00()%]{2,16}?)(?:全权|共同|主要|总体|具体)?"
        r"(?:负责|牵头|主责|主导|承担|跟进|落实|执行|推进|统筹|主办|督办|完成|担任)"
    ),
    re.compile(
        r"(?:第一责任人|负责人|责任人|责任部门|责任单位|牵头部门|牵头人|负责部门|主责部门"
        r"|责任方|主办单位|主责|责任者|owner)"
        r"\s?(?:为|是|:)?\s?(?P<o>[^,;。()\s\x00]{2,14})"
    ),
    re.compile(
        r"(?:^|[,;。(\x00\s])(?P<o>[\u4e00-\u9fff]{2,10}?)(?:全权|牵头|主要)?负责(?!人|部"
        r"|单位)"
    ),
    re.compile(
        r"(?:^|[,;。(\x00\s])(?P<o>[\u4e00-\u9fff]{2,10}?)(?:全权|共同)?"
        r"(?:牵头|主责|主办|督办|统筹)(?=$|[,;。)\x00])"
    ),
]  # fmt: skip
_SUBJECT_ZH = re.compile(
    r"(?:^|[,;。\x00:])\s?(?!在|于|对|从|由|为|让|使|到|把|将|确保|提升|针对"
    rf"|通过)(?P<o>[\u4e00-\u9fff]{{0,12}}?{_TEAM_ZH})"
    r"(?=需要?|应该?|要(?!求)|必须|须|将|把|承诺|计划|力争|确保|争取|务必|会(?!员)"
    r"|\x00+(?:前|内)?,?(?:将|把|需|要|应|必须|须|力争|确保))"
)
_ROLE = (
    r"(?:[a-z][\w&/'-]* ){0,4}?(?:team|manager|director|lead|leader|head|supervisor"
    r"|department|centre|center|desk|unit|group"
    r"|officer|vp|coordinator|executive|agents|staff|reps|advisors|managers|supervisors"
    r"|teams|branch|store|division|office)"
    r"(?: of [a-z]+(?: [a-z]+)?)?"
)
_NAME = (
    r"(?:(?:Dr|Mr|Mrs|Ms)\.? )?[A-Z][\w'-]+(?: (?:[A-Z]\.|(?:de|van|von|der"
    r"|la) )?[A-Z]?[\w'-]*[a-z])?(?: [A-Z][\w'-]+)?"
)
_EN_LABEL = re.compile(
    r"(?i:\b(?:owner|owned by|accountable|accountable to|responsible|responsible person"
    r"|responsibility|led by|lead by|assigned to|driven by"
    r"|dri|sponsor|managed by|overseen by|headed by|run by|lead|assignee"
    r"|person in charge)\b)\s?(?::|=|-|is|of|for this is)?\s?(?:(?i:the|our)\s)?"
)  # fmt: skip
_EN_AFTER = re.compile(
    rf"(?P<o>\b(?:(?:[Tt]he |[Oo]ur )?(?i:{_ROLE})|{_NAME}))\s(?:(?:is|are"
    r"|will be)\s(?:responsible|accountable)|accountable\b"
    r"|responsible\b|in charge\b|owns|own this|is the owner|as (?:the )?owner"
    r"|leads|takes ownership)"
)
_EN_SUBJECT = re.compile(
    rf"(?:^|[.;,\x00]\s?|\s\x00+\s?,?\s?)(?P<o>(?:[Tt]he |[Oo]ur )?(?i:{_ROLE})"
    r"|(?:[A-Z][a-z]+ ){1,2}[A-Z][a-z]+(?:,[^,]{3,30},)?)"
    r"\s(?:will|must|shall|should|to|needs? to|has to|have to|commits? to|aims? to|is to"
    r"|are to|plans? to)\s(?!be\b|\x00)"
)


def find_owner(plain: PlainText, masked: str) -> Found | None:
    """The owner's place in the plain text, and whether the text says so outright.

    `masked` is the plain text with its dates covered.
    """
    for pattern in _ZH:
        match = pattern.search(masked)
        if match and _is_owner(match["o"]):
            return (match.start("o"), match.end("o"), True)
    return _labelled(plain, masked) or _subject(plain, masked)


def _is_owner(words: str) -> bool:
    """Not a measure, not a verb phrase: `由72%` and `首次解决率负责` name nobody."""
    measured = any(
        hit.metric.kind != "vague" and hit.end == len(words) for hit in find_metrics(words)
    )
    return not measured and not re.search(r"提升|提高|降低|减少|从|至|将|[0-9%]", words)


def _labelled(plain: PlainText, masked: str) -> Found | None:
    cased = _cased(plain, masked)
    after = _EN_AFTER.search(cased)
    if after and _is_owner(after["o"].lower()):
        return (after.start("o"), after.end("o"), True)
    for label in _EN_LABEL.finditer(cased):
        named = re.match(rf"(?:{_NAME}|(?i:{_ROLE})\b)", cased[label.end() :])
        strict = label.group(0).lower().strip() not in {"lead", "responsible", "responsibility"}
        if named and (strict or named.group(0)[0].isupper()) and _is_owner(named.group(0).lower()):
            return (label.end(), label.end() + len(named.group(0)), True)
    return None


def _subject(plain: PlainText, masked: str) -> Found | None:
    """A team or person that is told what to do: 客服部需.., the support team will .."""
    match = _SUBJECT_ZH.search(masked)
    if match and _is_owner(match["o"]):
        return (match.start("o"), match.end("o"), False)
    english = _EN_SUBJECT.search(_cased(plain, masked))
    if english and _is_owner(english["o"].lower()):
        return (english.start("o"), english.end("o"), False)
    return None


def _cased(plain: PlainText, masked: str) -> str:
    """The text with its case, covered where `masked` is."""
    return "".join(BLANK if m == BLANK else c for m, c in zip(masked, plain.cased, strict=True))


_SCOPE = [
    re.compile(
        r"(?:在|针对|面向|对于?|于)?(?P<s>(?:全国|全市|全省|全部|所有|各"
        r"|[\u4e00-\u9fff]{2,4})?(?:地区|区域|大区|门店|渠道|分行|支行|网点|片区|营业厅"
        r"|专柜|分店|热线))(?=的|内|,|客户|顾客|\x00|将|平均|投诉|客诉|满意)"
    ),
    re.compile(
        r"\b(?:for|across|in|at|on) (?P<s>(?:the |our "
        r"|all )?(?:[a-z][\w'-]* ){0,3}?(?:teams?|channels?|regions?|branch(?:es)?|stores?"
        r"|customers|departments?"
        r"|cent(?:re|er)s?|markets?|sites?|hotline|queue|segments?|phone|chat|email))\b"
    ),
]


def find_scope(masked: str, start: int, end: int) -> tuple[int, int] | None:
    """The place, channel or group that a clause is limited to."""
    for pattern in _SCOPE:
        match = pattern.search(masked, start, end)
        if match:
            return (match.start("s"), match.end("s"))
    return None

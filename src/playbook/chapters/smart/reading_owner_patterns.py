"""How owners are named: each rule is a pattern whose group `o` is the owner."""

import re
from dataclasses import dataclass
from functools import cached_property

from playbook.chapters.smart.reading_calendar import MONTHS


@dataclass(frozen=True)
class Rule:
    """A way of naming an owner; outright: the text says that this is the owner.

    The pattern is compiled when it is first used, so that the import stays light.
    """

    source: str
    outright: bool
    flags: re.RegexFlag = re.NOFLAG

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)


_TITLE = (
    "(?:经理|主管|总监|店长|主任|专员|负责人|组长|院长|站长|班长|科长|处长|局长|校长|护士长|领班|主理人"
    "|总裁|总经理|行长|队长|所长|部长|馆长|园长|书记|厂长|督导|主厨|厨师长|资讯长|执行长|营运长|财务长|技术长|行销长|护理长|总务长|教务长|学务长|总|工|姐|哥|老师|医生)"
)
_TEAM = (
    "(?:团队|小组|门市|班组|部门|事业部|项目组|部|中心|处|科|组|室|局|公司|门店|分行|支行|网点|窗口|同仁|客服|坐席"
    "|座席|客服人员|前台|柜台|服务台|护士站|仓库|车队|后厨|物业|站|所|院|厅|校|队|委|办|仓|馆|店)"
)
_SURNAME = (
    "(?!高[峰端级校品频]|金[融额]|方[案便式]|任[务何]|程序|白[天班]|黄金|马上|周[会报期末边年一二三四五六日]"
    "|严[格控]|顾客|石油|夏[季天]|江[苏西]|田间|段|史上|陆续|武汉|余额|万[一元]|向[上下]|何时|时|单|常|平均"
    "|全|安全|温|花|水|年|成[本功]|连|路|关|项|商|明[年天]|应|经|解|能|房|车|强|和|文)"
    "(?:欧阳|司马|诸葛|上官|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤])"
)
_PERSON = (
    rf"(?:[小老阿](?:{_SURNAME}|[\u4e00-\u9fff])|{_SURNAME}[\u4e00-\u9fff]{{0,2}}?{_TITLE}"
    rf"|{_SURNAME}[\u4e00-\u9fff]{{1,2}}?)"
)
_HOLDS = (
    "(?:负责|牵头|主责|主导|承担|跟进|落实|执行|推进|统筹|主办|督办|完成|担任|承办|挂帅|领衔|主抓|认领|搞定"
    "|包干|盯办|操盘|兜底)"
)
_HOW = "(?:全权|共同|主要|总体|具体|直接|亲自|整体|来)?"
_START = r"(?:^|[,;。(:\x00\s])\s?"
_ORDER = (
    "(?:需要?|应该?|应当|要(?!求)|必须|须|将|把|承诺|计划|力争|确保|争取|务必|会(?!员)"
    "|每[人天日月周季年]|平均每|至少|不少于|拟|准备|得在|负责)"
)
_NOT_SUBJECT = (
    "(?!在|于|对|从|由|为|让|使|到|把|将|确保|提升|针对|通过|每|所有|全部|全体|我们|本|我)"
)


def _zh(pattern: str, outright: bool = True) -> Rule:
    return Rule(pattern, outright, re.ASCII)


CHINESE = (
    _zh(rf"(?:由|请)(?!此|于)(?P<o>[^,;。0-9\x00()%]{{2,16}}?)\x00*{_HOW}{_HOLDS}"),
    _zh(
        rf"(?:由|请)(?!此|于)(?P<o>[a-z]{{0,6}}[\u4e00-\u9fff]{{0,10}}?(?:{_PERSON}|{_TEAM}"
        rf"|{_TITLE}))"
        r"(?=把|将|在|于(?!是)|\x00)"
    ),
    _zh(
        r"(?:第一责任人|直接责任人|负责人|责任人|责任部门|责任单位|牵头部门|牵头单位|牵头人"
        r"|负责部门|负责单位|负责科室|责任科室|主责部门|主责单位|主责科室|权责单位|承办单位"
        r"|承办部门|责任方|主办单位|主办部门|主责|责任到人|责任者|经办人"
        r"|项目经理|(?<![a-z])(?:owner|pic|dri|pm)|承办人|承接人|经手人)\s?(?:为|是|:|-"
        r"|=)?\s?(?P<o>[\u4e00-\u9fff][^,;。()\s\x00:=]{1,13})"
    ),
    _zh(
        r"(?:负责人|责任人|责任部门|责任单位|牵头人)\s?(?:为|是"
        r"|:)?\s?(?P<o>[a-z][a-z .]{1,24}[\u4e00-\u9fff]{0,6})"
    ),
    _zh(
        rf"(?:^"
        rf"|[,;。:])\s?(?P<o>[\u4e00-\u9fff]{{0,6}}{_SURNAME}[\u4e00-\u9fff]{{0,2}}?{_TITLE})(?=\x00)"
    ),
    _zh(rf"(?P<o>{_PERSON}|[\u4e00-\u9fff]{{1,8}}?{_TEAM}|[\u4e00-\u9fff]{{1,8}}?{_TITLE})"
        r"(?:为|是|作为|担任|任)(?:第一|直接|主要|总)?(?:责任人|负责人|责任单位|责任部门|牵头人"
        r"|牵头部门)"),
    _zh(rf"{_START}(?P<o>[a-z]{{0,6}}[\u4e00-\u9fff]{{2,10}}?)\x00*{_HOW}(?:负责|盯着"
        rf"|签责任状)(?!人|部|单位|制|任)"),
    _zh(rf"{_START}(?P<o>[a-z]{{0,6}}[\u4e00-\u9fff]{{2,10}}?)\x00*{_HOW}(?:牵头|主责|主办|督办"
        rf"|统筹|挂帅|领衔|主抓|认领"
        r"|搞定|包干|跟进|兜底)(?=$|[,;。)!\x00])"),
    _zh(r"(?:责成|委托|指定|授权|交由|交给|安排|要求|请)(?P<o>(?!客户|顾客|用户|业主|旅客|患者"
        r"|市民)"
        rf"[\u4e00-\u9fff]{{1,10}}?(?:{_TEAM}|{_TITLE})|[\u4e00-\u9fff]{{2}}长|{_PERSON})(?=\x00"
        rf"|在|于|把|将|尽快|负责|确认"
        rf"|完成|协助|安排|推动|督导|牵头|务必|确保|跟进|按)"),
    _zh(r"(?:负责|承办|主办|牵头|督办|跟进)\s?[:=]\s?(?P<o>[\u4e00-\u9fff][^,;。()"
        r"|\s\x00:=]{1,13})"),
    _zh(rf"(?:^|[,;。:\x00])\s?(?P<o>{_PERSON}),?(?:你|您)(?:来|要|得|盯|跟|负责|看|牵头|务必"
        rf"|必须)"),
    _zh(rf"(?:^|[,;。:])\s?(?P<o>[\u4e00-\u9fff]{{0,6}}?{_TITLE}{_PERSON})(?=\x00|于|负责|把|将"
        rf"|要)"),
    _zh(rf"(?:@|\(|\||-\s?)\s?(?P<o>(?:[\u4e00-\u9fff]{{0,8}}?(?:{_TEAM}"
        rf"|{_TITLE}))?{_PERSON})(?=\)|$"
        rf"|\s)"),
    _zh(rf"(?:^|[;。])\s?(?P<o>(?:[\u4e00-\u9fff]{{0,8}}?(?:{_TEAM}|{_TITLE}))?{_PERSON}|(?!目标"
        rf"|任务|要求)[a-z]{{0,6}}[\u4e00-\u9fff]{{1,8}}?{_TEAM})"
        r"(?:,|:)(?=.{6})", outright=False),
    _zh(rf"{_START}{_NOT_SUBJECT}(?P<o>[a-z]{{0,6}}[\u4e00-\u9fff]{{0,12}}?(?:{_TEAM}"
        rf"|{_TITLE}))(?={_ORDER}|\x00+(?:前|内)?,?(?:[\u4e00-\u9fff]{{0,12}}(?:要|须|必须|务必)"
        rf"|{_ORDER}))", outright=False),
    _zh(rf"(?:^|[,;。:\x00])\s?(?P<o>{_PERSON})(?={_ORDER}|\x00+(?:前"
        rf"|内)?,?{_ORDER})", outright=False),
)  # fmt: skip

_ROLE = (
    r"(?:[a-z][\w&/'-]* ){0,4}?(?:team|manager|director|lead|leader|head|supervisor|department"
    r"|centre|center|desk|unit|group|officer|vp|coordinator|executive|agents|staff|reps|advisors"
    r"|managers|supervisors|teams|branch|store|division|office|matron|principal|dean|registrar|chef"
    r"|captain|controller|planner|analyst|engineer|administrator|superintendent|helpdesk|chief|coo"
    r"|ceo|cfo|cio|cco)s?\b(?: of [a-z]+(?: (?!to\b|will\b|by\b|is\b)[a-z]+)?)?"
)
_FULL_NAME = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sister|Nurse)\.? )?(?:[A-Z]\. ?){0,2}[A-Z][a-z'-]+(?: (?:[A-Z]\.|de"
    r"|van|von|der|la|bin|al))?(?: [A-Z][a-z][\w'-]*){0,2}"
)
_PLACED_NAME = rf"{_FULL_NAME}(?: (?:in|from|of) [A-Z]\w+)?"  # Dana in Finance
_EITHER = rf"(?:(?i:{_ROLE})|{_FULL_NAME})"
_THE = r"(?:(?i:the|our)\s)?"
_DEPARTMENT = (
    r"(?:Operations|Finance|HR|IT [Hh]elpdesk|IT|Marketing|Logistics|Sales|Facilities|Housekeeping"
    r"|Reception|Catering|Warehouse|Claims|Billing|Procurement|Admissions|Pharmacy|Nursing"
    r"|Radiology|Fulfilment|Dispatch|Compliance|Legal|Engineering|Customer (?:Care|Service|Services"
    r"|Success|Support|Experience)|Front (?:Desk|Office)|Field Services?|Guest Relations"
    r"|Guest Services|Patient Services)"
)
_WILL = (
    r"(?:will|must|shall|should|needs? to|has to|have to|commits? to|aims? to|is to|are to"
    r"|plans? to)"
)
_DOES = (
    r"(?:chase|own|lead|drive|deliver|report|follow up|action|sort|fix|coordinate|oversee|champion"
    r"|run|cut|halve|double|drop|lower|increase|boost|grow|keep|hold|push|shorten|trim|clear|close"
    r"|train|send|set up|build|review|reduce|raise|lift|improve|bring|get|take|complete|roll out"
    r"|launch|implement|manage"
    r"|track)"
)
# Words that stand where a name would and name nobody.
NO_NAME_EN = re.compile(
    r"(?:guys|team|all|everyone|everybody|folks|hi|hello|please|currently|today|overall|however"
    r"|next|also|finally|first|firstly|second|secondly|then|now|yes|ok|okay|goal|target|objective"
    r"|aim|need|want|plan|try|continue|strive|seek|look|work|commit|decided|promise|start|begin|how"
    r"|what|where|who|we|they|it|our|the|this|that|by|from|in|at|on|for|to|and|or|note|nb"
    r"|customers?|guests?"
    r"|patients?|callers?|calls?"
    rf"|answers?|tickets?|{'|'.join(MONTHS)}|monday|tuesday|wednesday|thursday|friday|saturday"
    rf"|sunday|q[1-4])"
)


def _en(pattern: str, outright: bool = True) -> Rule:
    return Rule(pattern, outright)


ENGLISH = (
    _en(rf"(?P<o>\b(?:{_THE}(?i:{_ROLE})|{_PLACED_NAME}))\s(?:(?:is|are|will be)\s(?:responsible"
        rf"|accountable)"
        r"|accountable\b|responsible\b|in charge\b|owns|own this|is the owner|as (?:the )?owner"
        r"|leads|takes ownership|will own|on the hook|on point|has the action|takes the lead"
        r"|signs off)"),
    _en(r"(?i:\b(?:owner|owned by|accountable|accountable to|responsible person|led by|lead by"
        r"|assigned to|driven by|dri|sponsor|sponsored by|managed by|overseen by|headed by|run by"
        r"|assignee|championed by|delivered by|actioned by|person in charge|pic|over to"
        r"|(?:\w+ )?(?:lead|manager|director|champion|head|supervisor|officer"
        r"|contact)(?=\s?:))\b)\s?(?:::?|:|=|-"
        r"|is|of|for this is)?\s?"
        rf"{_THE}(?P<o>{_EITHER})"),
    _en(rf"(?i:\b(?:lead|responsible|responsibility|resp\.))\s?(?::|=|-"
        rf"|is)\s?{_THE}(?P<o>{_FULL_NAME})"),
    _en(rf"(?:^|[:|,;.(-]|\x00)\s?(?P<o>{_FULL_NAME}) to {_DOES}\b"),
    _en(rf"(?i:\b(?:action|owner|lead|task|assigned))\s?\((?P<o>{_FULL_NAME})\)"),
    _en(rf"(?i:\b(?:proposed|agreed|resolved|recommended|expected|suggested) that )(?i:the )?"
        rf"(?P<o>(?i:{_ROLE})|{_DEPARTMENT})\s(?!is\b|are\b|be\b)"),
    _en(r"@(?P<o>[A-Za-z][\w.-]+)"),
    _en(rf"(?:^|[.;,\x00]\s?|\s\x00+\s?,?\s?)(?P<o>(?:[Tt]he |[Oo]ur )?(?i:{_ROLE})|{_DEPARTMENT}"
        rf"|(?:[A-Z][a-z]+ ){{1,2}}[A-Z][a-z]+(?:,[^,]{{3,30}},)?)\s(?:{_WILL}|to)\s(?!be\b"
        rf"|\x00)", False),
    _en(rf"(?:^|[.;,\x00]\s?)(?P<o>[A-Z][a-z]+'s team|(?:[Tt]he |[Oo]ur )(?i:{_ROLE}))\s(?:takes"
        rf"|brings|raises"
        r"|cuts|lifts|reduces|improves|gets|drives|increases|keeps|delivers|answers"
        r"|resolves)\b", False),
    _en(rf"^(?:(?i:hi|hey|dear) )?(?P<o>{_FULL_NAME}),\s(?:\x00+,?\s?)?(?:please|can you|could you"
        rf"|I need|let's|we need|make|keep|push|clear|ensure|aim|move|see|increase"
        rf"|{_DOES})\b", False),
    _en(r",\s(?P<o>[A-Z][a-z]+ [A-Z][a-z]+)(?: responsible)?\.?$", False),
    _en(rf"(?:-{{1,2}}\s|\()(?P<o>{_FULL_NAME}(?:, [A-Z][\w ]{{2,30}})?)\)?\.?$", False),
)  # fmt: skip

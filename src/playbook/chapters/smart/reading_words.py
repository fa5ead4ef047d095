"""The verbs of goal sentences: change, reaching, keeping, and acts of service."""

import re

# SM6. Each verb in all its forms; English forms stand between word borders.
UP = (
    r"提升|提高|增加|增长|成长|上升|增至|增到|升至|升到|提至|提到|扩大|上调|拉升|拉高|攀升|跃升"
    r"|上涨|提振|推高|涨|增(?!值税|至?强)|提(?=[到至高])|抬[升高]|做大|转正|↑|高出"
    r"|(?<!最)高(?=[0-9一二三四五六七八九十])|回升|冲(?=[0-9到上高])|冲击|拔高|攀至|拓展|(?:越"
    r"|更)(?:高|多"
    r"|好)|能[高多]就[高多]|\b(?:increas(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?"
    r"|boost(?:s|ed|ing)?|push(?:es|ed|ing)?|add(?:s|ed|ing)?(?= [0-9]|$)|gr(?:ow(?:s|ing|th)?|ew)"
    r"|gain(?:s|ed|ing)?|(?<!make )(?<!makes )(?<!made )(?<!pick )(?<!picked )(?<!set )(?<!sign )"
    r"(?<!or )up(?! to)|(?<!or )(?<!no )(?<!not )higher(?! than)|ris(?:e[sn]?|ing)|expand(?:s"
    r"|ing)?|doubl(?:e[sd]?"
    r"|ing)(?![- ]digit)|tripl(?:e[sd]?|ing)|uplift|(?<!or )more(?! than)|climb(?:s|ed|ing)?"
    r"|bump(?:s|ed"
    r"|ing)?(?= |$)|nudg(?:e[sd]?|ing)|upwards?|build(?:ing)? up|maximi[sz](?:e|ing)|multipl(?:y"
    r"|ied))\b|翻[一两]?番|翻倍|倍增"
)
DOWN = (
    r"降低|下降|减少|缩短|压缩|压降|降至|降到|降为|减至|减到|缩减|缩至|缩到|削减|精简|下调|压减"
    r"|减半|调降|砍[掉到半至]?|压(?=[缩到低降回])|打下来|降下来|清零|归零|清掉|清理|↓"
    r"|(?<![最至])[低少短快](?=[0-9一二两三四五六七八九十半])|停止|不再|别再|终结"
    r"|少(?=[等跑走花排])"
    r"|清(?=[到至])|[少减降省砍][掉下去]|节[省约]|清空|清完|杜绝|消灭|消除|杜绝|避免|遏制|缩(?!略"
    r"|写|水)|(?:越"
    r"|更)(?:低|少|短|快)|能[短少低快]就[短少低快]|压至|压到|压低|调低|拉低|降(?![雨温])|减(?!免)"
    r"|\b(?:reduc(?:e[sd]?|ing|tions?)|cut(?:s|ting)?|decreas(?:e[sd]?|ing)"
    r"|(?<!or )(?<!no )(?<!not )lower(?:s|ed"
    r"|ing)?"
    r"|drop(?:s|ped|ping)?|short(?:en(?:s|ed|ing)?|er)|declin(?:e[sd]?|ing)|minimi[sz](?:e|ing)"
    r"|halv(?:e[sd]?|ing)|slash(?:es|ed|ing)?|trim(?:s|med|ming)?|shav(?:e[sd]?|ing)|down"
    r"|shrink(?:s|ing)?|bring(?:s|ing)? down|(?<!or )(?<!no )(?<!not )fewer|(?<!or )less(?! than"
    r"| or)|savings?"
    r"|saved?|fall(?:s|ing)?"
    r"|(?<!or )(?<!no )faster|(?<!or )(?<!no )quicker|(?<!one[ -])stop(?:s|ped|ping)?"
    r"|eliminat(?:e[sd]?|ing)|eradicat(?:e[sd]?|ing)"
    r"|prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?|no longer(?! than)|clear(?:s|ed|ing)?(?! that)"
    r"|squeez(?:e[sd]?|ing)|compress(?:ed|ing)?|curb(?:s|ed|ing)?|knock(?:ed|ing)?|tak(?:e"
    r"|ing)(?= [^,;.]{0,40}? (?:off|out of|down)\b)|bring(?= [^,;.]{0,40}? down\b)"
    r"|get(?= [^,;.]{0,30}? down\b)|driv(?:e|ing)(?= (?:down|[^,;.]{0,30} down)\b)|crack down"
    r"|wip(?:e|ing) out|put(?:ting)? an? (?:end|stop) to|do(?:ing)? away with"
    r"|get(?:ting)? rid of)\b"
)
BETTER = (
    r"改善|优化|改进|增强|加快|提速|强化|\b(?:improv(?:e[sd]?|ing|ements?)|enhanc(?:e[sd]?|ing)"
    r"|optimi[sz](?:e|ing)|strengthen(?:s|ing)?|better|accelerat(?:e|ing)|speed(?:ing)? up)\b"
)  # fmt: skip
KEEP = (
    r"保持|维持|稳定|守住|巩固|控制|管控|控管|不超过|不高于|\b(?:maintain(?:s|ed|ing)?|keep(?:s"
    r"|ing)?|sustain(?:s|ed|ing)?|hold(?:s|ing)?(?= (?:(?:\w+ ){0,4}(?:at|above|below|steady"
    r"|under)))|stay(?:s|ing)?|remain(?:s|ing)?|sit(?= (?:somewhere )?(?:at|around|between|within"
    r"|above"
    r"|below)))\b"
)
REACHING = (
    r"达到|达成|实现|达|突破|做到|做出|完成率?达|拉到|打到|干到|搞到|弄到|挑战|站上|冲刺|迈上|兑现"
    r"|\b(?:reach(?:es|ed|ing)?|achiev(?:e[sd]?|ing)|attain(?:s|ed|ing)?|hit(?:s|ting)?"
    r"|get(?:ting)?|bring(?:s|ing)?|meet(?:s|ing)?|exceed(?:s|ing)?|get(?:s)?|bring|mov(?:e[sd]?"
    r"|ing)|tak(?:e|ing)|land(?:s|ing)?(?= at| on)|hitting|secur(?:e[sd]?|ing)|surpass(?:es|ed"
    r"|ing)?|beat(?:s|ing)?|driv(?:e|ing)|make it)\b"
)  # fmt: skip
CHANGE_VERB = rf"(?:{UP}|{DOWN}|{BETTER}|{KEEP})"

# SM4. What a service does in answer to a customer: the time it takes is a service level.
SERVICE_ACT = (
    r"首次响应|响应|回应|回复|回覆|答复|应答|接听|接起|接通|处理|处置|解决|办结|办理|办妥|结案|反馈"
    r"|确认|受理|联系|联络|回访|跟进|退款|退费|退货|赔付|理赔|发货|出货|送达|配送|送货|交付|到达"
    r"|到场|上门|维修|修复|抢修|审核|审批|核准|给出|提供|关闭|闭环|回电|致电|安装|签收|出具|派单"
    r"|派工|安抚|补偿|换货|完成|\b(?:acknowledg(?:e[sd]?|ing|e?ments?)|respon(?:ds?|ded|ding|ses?)"
    r"|repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|resolv(?:e[sd]?|ing)|resolution|clos(?:e[sd]|ing)"
    r"|close(?! of)|fix(?:es|ed|ing)?|settl(?:e[sd]?|ing)|solv(?:e[sd]?|ing)|(?<!-)handl(?:e[sd]?"
    r"|ing)(?! time)|process(?:ed|ing)(?! time)|process(?= (?:all|every|each|\w+%|[0-9]))"
    r"|refund(?:s|ed|ing)?|deliver(?:s|ed|ing)?|ship(?:s|ped|ping)?|dispatch(?:es|ed|ing)?"
    r"|contact(?:ed|ing)|contact(?= (?:all|every|each|[0-9]))|call(?:ed|ing)? back|follow(?:ed"
    r"|ing)?[- ]up|schedul(?:e[sd]?|ing)|greet(?:s|ed|ing)?|seat(?:ed|ing)?|serv(?:e[sd]?"
    r"|ing)(?! team)|repair(?:s|ed|ing)?|issue (?=refund)|install(?:ed|ing)?|approv(?:e[sd]?|ing)"
    r"|return(?:ed|ing)? calls?|picked up|pick up|met)\b"
)  # fmt: skip

# An activity with an end of its own: a date beside it is a deadline.
MILESTONE = re.compile(
    r"上线|推出|建成|建立|搭建|部署|启动|落地|开通|发布|制定|引入|引进|完成|举办|开展|培训|训练"
    r"|建置|导入|\b(?:launch|implement|roll ?out|deploy|introduce|complete|build|create|establish"
    r"|set up|develop|publish|open|train|migrate|install|hire|recruit|start|finish|conduct"
    r"|go live)\b",
    re.ASCII,
)


def verbs_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The verbs between two positions as (start, end, class), left to right.

    >>> verbs_in("raise csat", 0, 10)
    [(0, 5, 'up')]
    """
    found = []
    for match in _ALL_VERBS.finditer(text, start, end):
        found.append((match.start(), match.end(), str(match.lastgroup)))
    return found


_ALL_VERBS = re.compile(
    rf"(?P<keep>{KEEP})|(?P<reach>{REACHING})|(?P<better>{BETTER})|(?P<up>{UP})|(?P<down>{DOWN})",
    re.ASCII,
)

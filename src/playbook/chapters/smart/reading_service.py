"""SM4: durations that belong to the metric (90 % within 24 hours), and acts that name a metric."""

import re

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_text import is_chinese
from playbook.chapters.smart.reading_units import TIME_SECONDS
from playbook.chapters.smart.reading_words import CHANGE_VERB, SERVICE_ACT

# What the act of service measures when only a time stands there; the first match wins.
_ACTS = [
    (r"首次响应|首次回[复应覆]|first (?:respon|repl)", "first_response_time"),
    (r"退款|退费|refund", "refund_time"),
    (r"发货|出货|送达|配送|送货|交付|deliver|\bship|dispatch", "delivery_time"),
    (r"acknowledg|确认|受理", "ack_time"),
    (r"接听|接起|接通|应答|answer|pick(?:ed)? up", "asa"),
    (r"到场|上门|到达", "response_time"),
    (
        (r"响应|回应|回复|回覆|答复|回电|致电|联系|联络|respon|repl|call(?:ed|ing)? back|contact"
         r"|return")
    , "response_time"),
    (
        (r"解决|办结|结案|闭环|关闭|处理|处置|修复|维修|resolv|resolution|clos|fix|settl|solv|handl"
         r"|repair|follow")
    , "resolution_time"),
    (r"反馈|回访|跟进", "response_time"),
    (r"seat|greet|serv", "wait_time"),
    (
        (r"办理|办妥|审核|审批|核准|理赔|赔付|process|approv|完成|给出|提供|出具|安装|install"
         r"|schedul")
    , "processing_time"),
]  # fmt: skip
_SPECIAL = {
    "response_time": [
        (r"投诉|客诉|申诉|complain", "complaint_response_time"),
        (r"邮件|电邮|e-?mail", "email_response_time"),
        (r"在线咨询|在线客服|聊天|\bchat", "chat_response_time"),
    ],
    "asa": [
        (r"邮件|电邮|e-?mail", "email_response_time"),
        (r"在线|聊天|\bchat", "chat_response_time"),
        (r"消息|留言|\bmessages?|\bposts?", "response_time"),
    ],
    "processing_time": [(r"解决方案|处理结果|处理意见|solution", "resolution_time")],
}
# Share metrics that a threshold turns into a service level; others (satisfaction) keep their name.
_BY_TIME = frozenset(
    [
        "resolution_rate",
        "complaint_resolution_rate",
        "answer_rate",
        "review_reply_rate",
        "service_level",
        "connect_rate",
        "complaint_count",
        "processing_time",
        "resolution_time",
        "response_time",
        "first_response_time",
        "email_response_time",
        "chat_response_time",
        "complaint_response_time",
        "ack_time",
        "refund_time",
        "delivery_time",
        "asa",
        "wait_time",
        "queue_time",
        "service_quality",
        "responsiveness",
        "complaint_rate",
        "backlog",
        "aht",
        "repeat_complaint_rate",
        "referral_rate",
        "app_downloads",
    ]
)
RATE_AFTER = re.compile(
    r"\s?(?:之?内|以内)?(?:的)?(?!将|把|使)[\u4e00-\u9fff]{0,10}?(?:率|占比|比例|水平|水准)"
    r"|\s(?:\w+ ){0,3}(?:rate|compliance|service level|sla)\b",
    re.ASCII,
)
_WITHIN = re.compile(
    r"(?:\b(?:within|in|under|inside|less than|no more than|at most|in under|in less than|or less)"
    r"|<=|<|不超过|不高于|低于|小于)\s?(?:an?\s|the first\s)?$",
    re.ASCII,
)
INSIDE = re.compile(r"\s?(?:之内|以内|内)")
_MADE = re.compile(
    r"(?:\bto|\bto (?:within|under|below|less than|no more than|at most|at or below)|→|至|到|由|从"
    r"|from|by)\s?(?:an?\s)?$",
    re.ASCII,
)


def find_threshold(body: str, clause: Clause) -> Quantity | None:
    """The duration of a clause that belongs to its metric, None where a time is the target."""
    shares = [q for q in clause.quantities if q.unit == "%" and q.form != "change"]
    for quantity in clause.quantities:
        if quantity.unit not in TIME_SECONDS:
            continue
        left = body[max(clause.start, quantity.start - 24) : quantity.start].rstrip()
        if _MADE.search(left):
            continue
        named = quantity.form == "window" and re.match(
            rf" \w* ?(?:{SERVICE_ACT})", body[quantity.end :], flags=re.ASCII
        )
        within = named or _within(body, left, quantity)
        if _names_rate(body, clause, quantity) or (shares and within):
            return quantity
    return None


def _within(body: str, left: str, quantity: Quantity) -> bool:
    return bool(_WITHIN.search(left) or INSIDE.match(body, quantity.end))


def _names_rate(body: str, clause: Clause, quantity: Quantity) -> bool:
    """`30秒应答率`, `a 24-hour response rate`: the time is part of the name."""
    match = RATE_AFTER.match(body, quantity.end)
    if match is None or match.end() > clause.end:
        return False
    words = match.group(0)
    return not re.search(CHANGE_VERB, words, flags=re.ASCII) and bool(
        re.search(SERVICE_ACT, words, flags=re.ASCII)
        or re.search("达标|及时|占比|比[例率重]|rate|level|水[平准]", words)
    )


def becomes_service_level(metric_id: str | None) -> bool:
    """Whether a metric with a threshold is a service level."""
    return metric_id is None or metric_id in _BY_TIME


def find_act(body: str, clause: Clause) -> re.Match[str] | None:
    """The act of service nearest to the clause's last duration, or its first act."""
    acts = list(re.finditer(SERVICE_ACT, body[clause.start : clause.end], flags=re.ASCII))
    # 完成 says only that the act is over: 投诉处理在5天内完成 is about 处理.
    acts = [a for a in acts if a.group(0) != "完成"] or acts
    times = [q for q in clause.quantities if q.unit in TIME_SECONDS]
    if not acts or not times:
        return acts[0] if acts else None
    place = times[0].start - clause.start
    after = [a for a in acts if a.start() >= place and a.start() - place < 20]
    before = [a for a in acts if a.start() < place]
    if is_chinese(body[clause.start : clause.end]):
        return (after or before[::-1] or acts)[0]
    return (before[::-1] or after or acts)[0]


# What share of what is served: 80 % of complaints, 90%的来电.
SHARE_OF = re.compile(
    r"\s?of (?:the |our |all )?[a-z]+(?: (?!at|in|by|on|within|to|from|before"
    r"|for)[a-z]+)?|\s?的?[\u4e00-\u9fff]{2,6}"
)
_SHARES = [
    (r"解决|办结|结案|闭环|关闭|处理|resolv|clos|solv|settl", "投诉|客诉|申诉"
     r"|complain", "complaint_resolution_rate"),
    (r"解决|办结|结案|闭环|关闭|resolv|clos|solv|settl|fix", "", "resolution_rate"),
    (r"接听|接起|接通|应答|answer|pick", "来电|电话|热线|\\bcalls?", "answer_rate"),
    (r"回复|回应|答复|repl|respon|answer", "评价|点评|评论|差评|review", "review_reply_rate"),
]  # fmt: skip


def share_metric(act: str, words: str) -> str | None:
    """The metric id of the share that an act of service reaches, None where there is none.

    >>> share_metric("resolving", "resolving 80% of complaints")
    'complaint_resolution_rate'
    """
    found = (i for a, o, i in _SHARES if re.match(a, act) and re.search(o, words))
    return next(found, None)


def act_metric(act: str, words: str) -> str:
    """The metric id of an act of service, made finer by what it serves.

    >>> act_metric("reply", "reply to emails within 4 hours")
    'email_response_time'
    """
    for pattern, metric_id in _ACTS:
        if re.search(pattern, act):
            for object_pattern, finer in _SPECIAL.get(metric_id, []):
                if re.search(object_pattern, words):
                    return finer
            return metric_id
    return "processing_time"

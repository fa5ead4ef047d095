"""Where a goal holds: the place, the channel or the group it is limited to."""

import re

_SCOPE = [
    re.compile(
        r"(?:在|针对|面向|对于?|于)?(?P<s>(?:全国|全市|全省|全部|所有|各"
        r"|[\u4e00-\u9fff]{2,4})?(?:地区|区域|大区|门店|渠道|分行|支行|网点|片区|营业厅|专柜|分店"
        r"|热线))(?=的|内|,|客户|顾客|\x00|将|平均|投诉|客诉|满意)"
    ),
    re.compile(
        r"\b(?:for|across|in|at|on) (?P<s>(?:the |our |all )?(?:[a-z][\w'-]* ){0,3}?(?:teams?"
        r"|channels?|regions?|branch(?:es)?|stores?|customers|departments?|cent(?:re|er)s?|markets?"
        r"|sites?|hotline|queue|segments?|phone|chat|email))\b"
    ),
]


def find_scope(masked: str, start: int, end: int) -> tuple[int, int] | None:
    """The place, channel or group that a clause is limited to."""
    for pattern in _SCOPE:
        match = pattern.search(masked, start, end)
        if match:
            return (match.start("s"), match.end("s"))
    return None

"""Unit words and their codes (SM3)."""

import re

# Code -> the words that stand after a number. Longest word wins.
_AFTER = {
    "pp": (
        "个百分点 百分点 个点 percentage-points percentage-point %-points %-pts pp ppt ppts p.p. "
        "pct-pts"
    ),
    "per_1000": "‰",
    "bp": "个基点 基点 basis-points basis-point bps",
    "%": "% percent per-cent pct pc",
    "points": "点 points point pts pt",
    "score": "分 颗星 星 stars star",
    "s": "秒钟 秒 seconds second secs sec s",
    "min": "分钟 minutes minute mins min m",
    "h": "个小时 小时 个钟头 钟头 business-hours working-hours hours hour hrs hr h",
    "business_day": (
        "个工作日 工作日 个工作天 工作天 个营业日 business-days business-day "
        "working-days working-day"
    ),
    "day": "个自然日 自然日 日历天 天 日 calendar-days days day d",
    "week": "个星期 星期 个礼拜 礼拜 周 weeks week wks wk",
    "month": "个月 months month",
    "quarter": "个季度 quarters",
    "year": "年 years year yrs",
    "person": (
        "位客户 名客户 位顾客 名顾客 名员工 位员工 人 名 位 people persons "
        "employees agents staff members customers users colleagues patients learners students "
        "volunteers"
    ),
    "count": (
        "人次 件 起 宗 单 次 个 户 家 条 通 例 笔 份 张 台 项 complaints complaint tickets "
        "ticket cases case calls call contacts reviews review orders incidents "
        "items visits downloads errors times requests enquiries inquiries "
        "escalations referrals emails transfers"
    ),
    "元": "元人民币 元 块钱 块 人民币 yuan rmb cny",
    "USD": "美元 美金 usd dollars",
    "HKD": "港元 港币 hkd",
    "TWD": "新台币 台币 twd",
    "EUR": "欧元 eur euros",
    "GBP": "英镑 gbp pounds",
    "JPY": "日元 jpy",
    "SGD": "sgd",
}
_BEFORE = {
    "us$": "USD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "a$": "AUD", "c$": "CAD", "$": "$",
    "€": "€", "£": "£", "¥": "元", "rmb": "元", "cny": "元", "usd": "USD", "hkd": "HKD",
    "twd": "TWD", "eur": "EUR", "gbp": "GBP", "新台币": "TWD", "人民币": "元", "港币": "HKD",
}  # fmt: skip
CODES = {word.replace("-", " "): code for code, words in _AFTER.items() for word in words.split()}
TIME_SECONDS = {
    "s": 1, "min": 60, "h": 3600, "day": 86400, "business_day": 86400, "week": 604800,
    "month": 2_629_800, "quarter": 7_889_400, "year": 31_557_600,
}  # fmt: skip
LONG_TIMES = frozenset({"month", "quarter", "year"})
CURRENCIES = frozenset({*_BEFORE.values(), "元", "JPY"})
COUNTED = frozenset({"count", "person"}) | CURRENCIES


def _pattern(word: str) -> str:
    """A unit word with any dash or space inside; Latin words end at a word border."""
    if word == "点":
        return r"点(?=\s?(?:$|[,;。)\x00]|以上|以下|左右))"
    if word == "分":
        return "分(?![之公店部行支布])"
    body = r"[\s-]?".join(re.escape(part) for part in word.split(" "))
    return body + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")


UNIT = "|".join(_pattern(word) for word in sorted(CODES, key=len, reverse=True))
CURRENCY_BEFORE = "|".join(re.escape(word) for word in sorted(_BEFORE, key=len, reverse=True))


def unit_code(word: str) -> str:
    """The code of a unit word as it stands in a plain text.

    >>> unit_code("个百分点"), unit_code("working days"), unit_code("分钟")
    ('pp', 'business_day', 'min')
    """
    plain = re.sub(r"[\s-]+", " ", word.strip())
    if plain in CODES:
        return CODES[plain]
    squeezed = {key.replace(" ", ""): code for key, code in CODES.items()}
    return squeezed[plain.replace(" ", "")]


def currency_code(sign: str) -> str:
    """The code of a currency sign that stands before its number.

    >>> currency_code("NT$")
    'TWD'
    """
    return _BEFORE[sign.strip().lower()]

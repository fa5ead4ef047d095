"""Units as written in tables, told apart by what may be computed with them."""

import unicodedata
from typing import Literal

Family = Literal["share", "rate", "time", "count", "money", "other"]

_SHARE = {"%", "share", "percent", "pct", "比例", "百分比", "百分率", "占比", "率"}
_HOURS = {
    "s": ("second", "seconds", "sec", "秒", "秒钟"),
    "min": ("minute", "minutes", "mins", "分钟"),
    "h": ("hour", "hours", "hrs", "hr", "小时", "时"),
    "day": ("d", "days", "天", "日", "工作日"),
}
_COUNT = {
    "count", "number", "cases", "complaints", "tickets", "件", "次", "个", "起", "单", "宗", "例",
    "人", "人次",
}  # fmt: skip
_PER = {
    "per_1000": (1000.0, ("‰", "per 1000", "per 1,000", "per mille", "每千", "千分之", "件/千单")),
    "per_100": (100.0, ("per 100", "每百")),
    "per_10000": (10_000.0, ("‱", "per 10000", "per 10,000", "每万", "万分之")),
    "per_million": (1e6, ("ppm", "per million", "每百万")),
}  # events over an exposure that may be counted more than once each, so no shares
_MONEY = {
    "cny", "rmb", "yuan", "usd", "eur", "hkd", "元", "万元", "百万元", "亿元", "人民币", "¥", "$",
    "€",
}  # fmt: skip


def canonical(unit: str) -> str:
    """One spelling of a unit, so that ``小时`` and ``h`` are the same.

    >>> canonical("小时"), canonical(" ％ "), canonical("件"), canonical("Points")
    ('h', 'share', 'count', 'points')
    """
    plain = unicodedata.normalize("NFKC", unit).strip().casefold()
    if plain in _SHARE:
        return "share"
    for short, others in _HOURS.items():
        if plain == short or plain in others:
            return short
    for short, (_, others) in _PER.items():
        if plain == short or plain in others:
            return short
    return "count" if plain in _COUNT else plain


def family(unit: str) -> Family:
    """What kind of quantity a unit measures.

    >>> family("%"), family("分钟"), family("万元"), family("NPS"), family("‰")
    ('share', 'time', 'money', 'other', 'rate')
    """
    known = canonical(unit)
    if known in ("share", "count"):
        return "share" if known == "share" else "count"
    if known in _HOURS:
        return "time"
    if known in _PER:
        return "rate"
    return "money" if known in _MONEY else "other"


def hours_in(unit: str, day: float = 24.0) -> float:
    """Hours in one of a time unit; day: hours that count as one day on the clock used.

    >>> hours_in("分钟"), hours_in("天", 8)
    (0.016666666666666666, 8)
    """
    return {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "day": day}[canonical(unit)]


def per_of(unit: str) -> float | None:
    """The base of a rate: events per so many; None if the unit is no such rate.

    >>> per_of("per_1000"), per_of("每万"), per_of("%")
    (1000.0, 10000.0, None)
    """
    known = canonical(unit)
    return _PER[known][0] if known in _PER else None


def digits_of(value: float) -> int:
    """Decimals a number was written with, as far as the number still shows them.

    >>> digits_of(0.85), digits_of(24.0), digits_of(19.25)
    (2, 0, 2)
    """
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])

"""Units of metrics: one code for each way of writing it, and what can be turned into what."""

from typing import Final

CURRENCY: Final = "currency"
"""Held unit of money metrics: any currency, kept as written, never converted."""

_WRITTEN: dict[str, tuple[str, ...]] = {
    "%": ("%", "％", "percent", "百分比", "百分率"),
    "share": ("share", "fraction", "占比"),
    "pp": ("pp", "百分点", "个百分点", "percentage point", "percentage points"),
    "points": ("points", "point", "点"),
    "score": ("score", "分", "评分"),
    "s": ("s", "sec", "second", "seconds", "秒", "秒钟"),
    "min": ("min", "minute", "minutes", "分钟", "分鐘"),
    "h": ("h", "hour", "hours", "hr", "小时", "小時"),
    "day": ("day", "days", "d", "天", "日"),
    "business_day": ("business_day", "business day", "business days", "工作日", "个工作日"),
    "week": ("week", "weeks", "周", "週", "星期"),
    "month": ("month", "months", "月", "个月"),
    "count": ("count", "次", "件", "个", "单", "起"),
    "person": ("person", "persons", "people", "人", "名"),
    "per_100": ("per_100", "per 100", "每百单", "每百次"),
    "per_1000": ("per_1000", "per 1000", "per 1,000", "‰", "每千单", "每千次"),
}
_CODE = {written: code for code, ways in _WRITTEN.items() for written in ways}
_FACTOR = {
    "share": ("part", 1.0), "%": ("part", 0.01), "per_100": ("part", 0.01),
    "per_1000": ("part", 0.001),
    "s": ("time", 1.0), "min": ("time", 60.0), "h": ("time", 3600.0), "day": ("time", 86400.0),
    "week": ("time", 604800.0),
}  # fmt: skip
_ALIKE = {("count", "person"), ("person", "count"), ("points", "score"), ("score", "points")}


def unit_code(written: str) -> str:
    """The code of a unit as people write it; an unknown one (a currency) stands for itself.

    >>> unit_code("分钟"), unit_code("％"), unit_code("元")
    ('min', '%', '元')
    """
    plain = written.strip()
    return _CODE.get(plain, _CODE.get(plain.lower(), plain))


def convert(value: float, written: str, held: str) -> float | None:
    """A value in the unit it is held in; None if the two units do not measure the same.

    >>> convert(90, "min", "h"), convert(3, "per_1000", "%"), convert(5, "h", "%")
    (1.5, 0.3, None)
    """
    here, there = unit_code(written), unit_code(held)
    if here == there or (here, there) in _ALIKE:
        return value
    if there == CURRENCY:
        return value if here not in _WRITTEN else None
    if here not in _FACTOR or there not in _FACTOR or _FACTOR[here][0] != _FACTOR[there][0]:
        return None
    # through ten digits, so that 3 per 1,000 is 0.3 % and not 0.30000000000000004
    return float(f"{value * _FACTOR[here][1] / _FACTOR[there][1]:.12g}")

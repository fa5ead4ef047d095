"""SM7: arithmetic of days, months, quarters and fiscal years."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

# Feasts with a fixed day; movable ones resolve only with the table in the settings.
FIXED_HOLIDAYS = {
    "元旦": (1, 1), "妇女节": (3, 8), "三八节": (3, 8), "劳动节": (5, 1), "五一": (5, 1),
    "儿童节": (6, 1), "六一": (6, 1), "618": (6, 18), "建军节": (8, 1), "教师节": (9, 10),
    "国庆节": (10, 1), "国庆": (10, 1), "十一黄金周": (10, 1), "双十国庆": (10, 10),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12),
    "平安夜": (12, 24), "圣诞节": (12, 25), "圣诞": (12, 25), "跨年": (12, 31),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year": (1, 1),
    "valentine's day": (2, 14), "labour day": (5, 1), "may day": (5, 1),
    "independence day": (7, 4), "halloween": (10, 31), "singles' day": (11, 11),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "xmas eve": (12, 24), "xmas": (12, 25), "x-mas": (12, 25),
    "boxing day": (12, 26),
}  # fmt: skip
MOVABLE_FEASTS = (
    "农历新年", "农历年", "阴历年", "春节", "元宵节", "清明节", "清明", "端午节", "端午", "七夕",
    "中秋节", "中秋",
    "本学期末", "下学期末", "学期末", "本学期", "下学期", "新学期", "学期", "本学年", "学年末",
    "汛期", "黄金周", "重阳节", "除夕", "过年", "年关", "旺季", "淡季", "暑假", "寒假", "开学",
    "春运", "大促", "暑运", "chinese new year", "lunar new year", "spring festival",
    "mid-autumn festival", "easter", "thanksgiving", "black friday", "cyber monday", "ramadan",
    "diwali", "holiday season", "peak season", "summer season", "busy season", "high season",
    "the holidays", "end of term", "this term", "next term", "end of the semester",
    "this semester", "next semester", "the season", "this summer", "next summer", "this winter",
    "next winter", "this spring", "next spring", "this autumn", "next autumn", "summer holidays",
    "monsoon", "go-live",
)  # fmt: skip


def add_months(day: date, months: int) -> date | None:
    """The day so many months later, at most the last day of that month; None past year 9999.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date | None:
    """The day so many days later; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    """A calendar day, or None where there is no such day.

    >>> day_of(2026, 2, 30) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a month."""
    first = day_of(year, month, 1)
    return None if first is None else (first, date(year, month, monthrange(year, month)[1]))


def months_span(year: int, month: int, length: int) -> tuple[date, date] | None:
    """First and last day of `length` months from the given one on."""
    opening = month_span(year, month)
    final = add_months(opening[0], length - 1) if opening else None
    closing = month_span(final.year, final.month) if final else None
    return (opening[0], closing[1]) if opening and closing else None


def fiscal_span(year: int, end: tuple[int, int]) -> tuple[date, date] | None:
    """First and last day of the fiscal year that ends in `year` on the (month, day) `end`.

    >>> fiscal_span(2026, (3, 31))[0]
    datetime.date(2025, 4, 1)
    """
    month, day = end
    limit = month_span(year, month)
    if limit is None:
        return None
    last = min(limit[1], limit[0].replace(day=min(max(day, 1), limit[1].day)))
    before = add_months(last, -12)
    first = add_days(before, 1) if before else None
    return (first, last) if first else None


def fiscal_quarter(year: int, quarter: int, end: tuple[int, int]) -> tuple[date, date] | None:
    """First and last day of a quarter of a fiscal year.

    >>> fiscal_quarter(2026, 1, (3, 31))[1]
    datetime.date(2025, 6, 30)
    """
    whole = fiscal_span(year, end)
    return months_span(whole[0].year, whole[0].month + 3 * (quarter - 1), 3) if whole else None

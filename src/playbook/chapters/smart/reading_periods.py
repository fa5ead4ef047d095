"""SM7: named periods in a plain text (days, months, quarters, halves, years) and their days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from playbook.chapters.smart.reading_calendar import (
    FIXED_HOLIDAYS,
    MONTHS,
    MOVABLE_FEASTS,
    add_days,
    add_months,
    day_of,
    fiscal_quarter,
    fiscal_span,
    month_span,
    months_span,
)
from playbook.chapters.smart.reading_model import ReadSettings
from playbook.chapters.smart.reading_numerals import any_number


@dataclass(frozen=True)
class Period:
    """A named stretch of days; `first` is None where the text alone cannot give it."""

    start: int
    end: int
    size: str
    first: date | None
    last: date | None
    year_known: bool = False
    needs_reference: bool = False
    assumed: bool = False
    day_ambiguous: bool = False
    past: bool = False


_MON = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y4 = r"(?:20[0-9]{2}|二零[零一二三四五六七八九]{2})"
_ZN = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ZY = rf"(?:(?P<y>{_Y4}|民国\s?1[0-9]{{2}}|(?<![0-9])1[0-4][0-9]|今|本|当|明|后|来|次|隔|去|上)\s?年度?的?)"
_EY = r"(?P<y>20[0-9]{2}|'[0-9]{2}|next year|this year|the year|the following year|last year)"
_FY = r"(?:fy|fiscal year|financial year|fiscal)\s?'?(?P<fy>20[0-9]{2}|[0-9]{2})(?:\s?[/-]\s?(?P<fy2>20[0-9]{2}|[0-9]{2})(?![0-9]))?"
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|last)"
_NOT_AMOUNT = r"(?![0-9]|\s?(?:%|percent|per cent|points?|pp|sec|min|hour|days?\b|out of)|[.,:][0-9])"
_FEASTS = "|".join(
    re.escape(w) for w in sorted([*FIXED_HOLIDAYS, *MOVABLE_FEASTS], key=len, reverse=True)
)

# Each pattern names its parts: y year, m month, d day, q quarter, h half, fy fiscal year, r relative.
_PATTERNS = [
    ("day", r"(?<![0-9])(?P<y>20[0-9]{2})\s?[-/.]\s?(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<d>[0-9]{1,2})(?![0-9])"),
    ("day", r"(?<![0-9])(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<y>20[0-9]{2})(?![0-9])"),
    ("day", rf"{_ZY}?(?P<m>{_ZN})\s?月份?的?(?P<d>{_ZN})\s?[日号]"),
    ("day", rf"(?<![0-9.:])(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<mon>{_MON})\b\.?(?:,? {_EY})?"),
    ("day", rf"\b(?P<mon>{_MON})\b\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_NOT_AMOUNT}(?:,? {_EY})?"),
    ("day", r"(?:(?<=by )|(?<=before )|(?<=截至)|(?<=due ))(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?![0-9/%])"),
    ("fiscal", rf"q(?P<q>[1-4])\s?(?:of )?\s?{_FY}|{_FY}\s?q(?P<q>[1-4])"),
    ("fiscal", rf"\b{_FY}"),
    ("fiscal", r"(?<![0-9])(?P<fy>20[0-9]{2})\s?[/-]\s?(?P<fy2>20[0-9]{2}|[0-9]{2})(?![0-9])\s?(?:财政?年度?|会计年度|学?年度|fiscal year|financial year)?"),
    ("fiscal", r"(?<![0-9])(?P<fy>20[0-9]{2}|[0-9]{2})\s?(?:财政?年度?|会计年度)"),
    ("fiscal", r"(?P<r>本|这个|这一|当前|下个?|下一个?|next|this|the|current)\s?(?:财政?年度?|会计年度|fiscal year|financial year)"),
    ("quarter", rf"\b(?P<y>20[0-9]{{2}})\s?-?q(?P<q>[1-4])\b|\bq(?P<q>[1-4])(?:,?\s?(?:of )?{_EY}|\s?'?(?P<y>2[0-9])\b)?(?![a-z0-9])|\b(?P<q>[1-4])q\s?'?(?P<y>20[0-9]{{2}}|[0-9]{{2}})\b"),
    ("quarter", rf"{_ZY}?(?:第\s?(?P<q>[一二三四1-4])\s?季度?|(?P<q>[一二三四1-4])季度|(?P<q>[一二三四])季(?![节风])|q(?P<q>[1-4])(?:季度?)?(?![a-z0-9]))"),
    ("quarter", rf"\b(?P<o>{_ORD}) quarter(?: of)?(?: {_EY})?"),
    ("quarter", r"(?P<r>本|这个?|当|下个?|下一个?|上个?|上一个?)季度?|(?P<r>季)(?=[末底])|\b(?P<r>this|the|current|next|coming|following|last|previous|prior) quarter(?!s| of a|ly)|\b(?P<r>e)oq\b|(?P<r>)\bquarter[- ]end\b"),
    ("half", rf"\b(?:(?P<y>20[0-9]{{2}})\s?)?h(?P<h>[12])(?:\s?{_EY}|\s?'?(?P<y>2[0-9])\b)?(?![a-z0-9])|\b(?P<h>[12])h\s?'?(?P<y>20[0-9]{{2}}|2[0-9])\b|\b(?P<o>first|second) half(?: of)?(?: {_EY})?"),
    ("half", rf"{_ZY}?(?:(?P<h>[上下])半年度?|h(?P<h>[12])(?![a-z0-9]))"),
    ("month", rf"{_ZY}?(?<![0-9个第])(?P<m>{_ZN})\s?月份?(?![0-9])"),
    ("month", r"(?<![0-9./-])(?P<y>20[0-9]{2})\s?[-/.]\s?(?P<m>0?[1-9]|1[0-2])(?![0-9/.-])"),
    ("month", rf"\b(?P<mon>{_MON})\b\.?,?(?: of)? {_EY}|(?:(?<=by )|(?<=in )|(?<=of )|(?<=before )|(?<=until )|(?<=through )|(?<=from )|(?<=since )|(?<=to )|(?<=end )|(?<=early )|(?<=late )|(?<=mid )|(?<=mid-)|(?<=next )|(?<=this )|(?<=and )|(?<=starting )|(?<=end-))(?P<mon>{_MON})\b(?!\s?[0-9])"),
    ("month", r"(?P<r>本|这个|当|下个?|下下个?|上个?)月(?!度)|(?P<r>月)(?=[末底])|\b(?P<r>this|the|current|next|coming|last|previous|prior) month\b(?!s)|\b(?P<r>e)om\b|(?P<r>)\bmonth[- ]end\b"),
    ("week", r"(?P<r>本|这|下个?)周(?:[末底])?|\b(?P<r>this|next) week\b"),
    ("feast", rf"{_ZY}?(?P<f>{_FEASTS})(?:,? (?P<y>20[0-9]{{2}}))?"),
    ("year", rf"{_ZY}"),
    ("year", r"(?P<r>年|岁)(?=[末底终内初中])|(?P<r>全)年"),
    ("year", rf"(?<![0-9.,$/-])(?P<y>{_Y4})(?=\s?(?:[:,;年]|$|\x00|\)|-?end\b))|(?:(?<=by )|(?<=in )|(?<=of )|(?<=during )|(?<=throughout )|(?<=through )|(?<=for )|(?<=until )|(?<=before )|(?<=mid-)|(?<=mid )|(?<=early )|(?<=late )|(?<=year )|(?<=since )|(?<=end )|(?<=from ))(?P<y>20[0-9]{{2}})(?![0-9,%]*[0-9%])"),
    ("year", r"\b(?P<r>this|the|current|next|the following|last|previous|prior|calendar) year(?!s|ly)(?:'s)?\b|\b(?P<r>e)oy\b|(?P<r>)\byear[- ]?end\b|(?<=end of )(?P<r>)year\b|(?<=mid-)(?P<r>)year\b"),
]  # fmt: skip  # noqa: E501


def _unique_groups(pattern: str) -> str:
    """Number repeated group names (q, q__2, ...), which `re` does not allow to repeat."""
    seen: dict[str, int] = {}

    def renamed(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}__{seen[name]}>"

    return re.sub(r"\(\?P<([a-z0-9]+)>", renamed, pattern)


_COMPILED = [(size, re.compile(_unique_groups(p))) for size, p in _PATTERNS]


def _parts(match: re.Match[str]) -> dict[str, str]:
    found = {k.split("__")[0]: v for k, v in match.groupdict().items() if v is not None}
    return {k: v.strip() for k, v in found.items()}


def find_periods(text: str, settings: ReadSettings, lang: str) -> list[Period]:
    """Every named period of a plain text, from left to right, none overlapping another."""
    found: list[Period] = []
    for size, match in _matches(text):
        if all(match.end() <= p.start or match.start() >= p.end for p in found):
            period = _resolve(size, match, settings)
            if period is not None:
                found.append(period)
    return sorted(found, key=lambda p: p.start)


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for size, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield size, match


def _resolve(size: str, match: re.Match[str], settings: ReadSettings) -> Period | None:
    """The period of a match; None where the numbers are no date (month 13)."""
    parts = _parts(match)
    year, relative = _year(parts.get("y"), settings.reference_date)
    if "r" in parts or relative:
        needs, known = True, True
    else:
        needs, known = year is None and "fy" not in parts, year is not None or "fy" in parts
    if size == "feast" and parts["f"] in MOVABLE_FEASTS:
        return _feast(match, parts["f"], settings)
    if needs and settings.reference_date is None:
        return Period(match.start(), match.end(), size, None, None, needs_reference=True)
    span = _span(size, parts, year, settings)
    if span is None:
        return None
    assumed = not known and settings.reference_date is not None and span[1] < settings.reference_date
    if assumed:
        span = _span(size, parts, (settings.reference_date or span[1]).year + 1, settings) or span
    ambiguous = "a" in parts and _swappable(parts)
    past = settings.reference_date is not None and span[1] < settings.reference_date
    return Period(match.start(), match.end(), size, *span, known, needs, assumed, ambiguous, past)


def _swappable(parts: dict[str, str]) -> bool:
    return int(parts["a"]) <= 12 and int(parts["b"]) <= 12 and parts["a"] != parts["b"]


def _feast(match: re.Match[str], name: str, settings: ReadSettings) -> Period:
    """A movable feast: a day only if the settings' table has it."""
    day = dict(settings.holidays).get(name)
    return Period(match.start(), match.end(), "feast", day, day, day is not None)


_RELATIVE_YEARS = {"今": 0, "本": 0, "当": 0, "明": 1, "来": 1, "次": 1, "隔": 1, "后": 2, "去": -1,
                   "上": -1, "this year": 0, "the year": 0, "next year": 1,
                   "the following year": 1, "last year": -1}  # fmt: skip


def _year(text: str | None, reference: date | None) -> tuple[int | None, bool]:
    """The year of a year expression, and whether it was counted from the reference date."""
    if text is None:
        return (None, False)
    if text in _RELATIVE_YEARS:
        return (reference.year + _RELATIVE_YEARS[text] if reference else None, True)
    value = any_number(text.replace("民国", "").replace("'", "").strip())
    if value is None:
        return (None, False)
    year = int(value)
    if year < 100:
        return (2000 + year, False)
    # The Minguo calendar counts from 1912: year 115 is 2026.
    return (year + 1911 if year < 200 else year, False)


def _span(
    size: str, parts: dict[str, str], year: int | None, settings: ReadSettings
) -> tuple[date, date] | None:
    """First and last day of the parts of a match."""
    today = settings.reference_date
    if size == "fiscal":
        return _fiscal(parts, settings)
    if "r" in parts and today is not None:
        return _relative_span(size, parts["r"], today)
    if year is None:
        year = today.year if today is not None else None
    return None if year is None else _absolute_span(size, parts, year, settings)


def _absolute_span(
    size: str, parts: dict[str, str], year: int, settings: ReadSettings
) -> tuple[date, date] | None:
    if size == "day":
        month, day = _month_and_day(parts, settings.day_first)
        single = day_of(year, month, day)
        return (single, single) if single else None
    if size == "feast":
        single = day_of(year, *FIXED_HOLIDAYS[parts["f"]])
        return (single, single) if single else None
    if size == "month":
        return month_span(year, _month(parts))
    if size == "quarter":
        return months_span(year, 3 * _ordinal(parts.get("q") or parts["o"], 4) - 2, 3)
    if size == "half":
        return months_span(year, 6 * _ordinal(parts.get("h") or parts["o"], 2) - 5, 6)
    return (date(year, 1, 1), date(year, 12, 31))


def _month(parts: dict[str, str]) -> int:
    return MONTHS[parts["mon"]] if "mon" in parts else int(any_number(parts["m"]) or 0)


def _month_and_day(parts: dict[str, str], day_first: bool) -> tuple[int, int]:
    if "a" not in parts:
        return (_month(parts), int(any_number(parts["d"]) or 0))
    one, two = int(parts["a"]), int(parts["b"])
    if two > 12 or (not day_first and one <= 12):
        return (one, two)
    return (two, one)


def _ordinal(text: str, most: int) -> int:
    named = {"first": 1, "1st": 1, "上": 1, "second": 2, "2nd": 2, "下": 2, "third": 3, "3rd": 3}
    if text in {"final", "last", "fourth", "4th"}:
        return most
    return named.get(text) or int(any_number(text) or 1)


def _steps(word: str) -> int:
    """How many periods on from the current one a relative word points."""
    if word.startswith("下下"):
        return 2
    if word.startswith("下") or word in {"next", "coming", "following", "the following"}:
        return 1
    return -1 if word.startswith("上") or word in {"last", "previous", "prior"} else 0


def _relative_span(size: str, word: str, today: date) -> tuple[date, date] | None:
    steps = _steps(word)
    if size == "week":
        monday = add_days(today, 7 * steps - today.weekday())
        sunday = add_days(monday, 6) if monday else None
        return (monday, sunday) if monday and sunday else None
    length = {"month": 1, "quarter": 3}.get(size, 12)
    opening = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    moved = add_months(opening, steps * length)
    return months_span(moved.year, moved.month, length) if moved else None


def _fiscal(parts: dict[str, str], settings: ReadSettings) -> tuple[date, date] | None:
    end, today = settings.fiscal_year_end, settings.reference_date
    if "r" in parts:
        if today is None:
            return None
        this_year = fiscal_span(today.year, end)
        passed = this_year is not None and this_year[1] < today
        return fiscal_span(today.year + passed + _steps(parts["r"]), end)
    year = int(parts["fy"]) % 2000 + 2000
    if "fy2" in parts:
        # A two-year name ends with March unless the settings say otherwise [C].
        if (int(parts["fy2"]) - year) % 100 != 1:
            return None
        year, end = year + 1, ((3, 31) if end == (12, 31) else end)
    return fiscal_quarter(year, int(parts["q"]), end) if "q" in parts else fiscal_span(year, end)

"""One cell of text to one value. Every reader raises ValueError on what it cannot read.

The argument of an error is a code whose sentence is ``intake.problem.<code>``.
"""

import re
import unicodedata
from datetime import date, timedelta

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d+)?")
_SCALE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "%": 0.01, "‰": 0.001}
_MARKS = re.compile(r"^[-+]?[¥$€£元]|(元|个百分点|分|人|次|条|份)$")
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?$")
_QUARTER = re.compile(r"(\d{4})\s*(?:[-/.]?\s*Q|年\s*第?)\s*([1-4一二三四])\s*(?:季度|季)?", re.I)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_WEEK = re.compile(r"(\d{4})\s*[-/.年]?\s*(?:W|第)\s*(\d{1,2})\s*周?", re.I)
_EXCEL_DAY_0 = date(1899, 12, 30)
_YES = {"1", "yes", "y", "true", "是", "有", "对", "√", "✓"}
_NO = {"0", "no", "n", "false", "否", "没有", "错", "×"}

AGREEMENT: tuple[tuple[str, ...], ...] = (
    ("非常不同意", "很不同意", "完全不同意", "strongly disagree",
     "非常不满意", "很不满意", "very dissatisfied"),
    ("不同意", "比较不同意", "disagree", "不满意", "比较不满意", "dissatisfied"),
    ("一般", "中立", "不确定", "neutral", "neither agree nor disagree",
     "neither satisfied nor dissatisfied"),
    ("同意", "比较同意", "agree", "满意", "比较满意", "satisfied"),
    ("非常同意", "很同意", "完全同意", "strongly agree", "非常满意", "很满意", "very satisfied"),
)  # fmt: skip
"""Whole labels of five-point agreement and satisfaction scales; place 1 is the low end."""

_LABELS = {label: place for place, row in enumerate(AGREEMENT, 1) for label in row}


def normalise(text: str) -> str:
    """Full-width to half-width (NFKC), invisible marks and outer blanks removed.

    >>> normalise(" １２，３４５\\u200b ")
    '12,345'
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def number(text: str) -> float:
    """A number as people write it; a percentage is its fraction.

    >>> number("1,234.5"), number("85%"), number("-３"), number("1.2万")
    (1234.5, 0.85, -3.0, 12000.0)
    """
    plain = normalise(text).replace("−", "-")
    sign_kept = re.sub(r"^([-+]?)[¥$€£]", r"\1", plain)
    bare = _MARKS.sub("", sign_kept).strip()
    factor = _SCALE.get(bare[-1:], 1.0)
    bare = bare[:-1].strip() if factor != 1.0 else bare
    if not bare or not _NUMBER.fullmatch(bare) or not any(c.isdigit() for c in bare):
        raise ValueError("not_a_number")
    value = float(bare.replace(",", ""))
    # 85% through decimal text: 85 * 0.01 is not exactly 0.85
    return value / round(1 / factor) if factor < 1 else value * factor


def share(text: str) -> float:
    """A share held as 0-1: ``85%`` or ``0.85``; a bare 85 is refused, not guessed.

    >>> share("85 %"), share("0.85")
    (0.85, 0.85)
    """
    value = number(text)
    if not 0 <= value <= 1:
        raise ValueError("not_a_share")
    return value


def integer(text: str) -> float:
    """A whole number.

    >>> integer("1,200")
    1200.0
    """
    value = number(text)
    if value != round(value):
        raise ValueError("not_whole")
    return value


def day(text: str) -> date:
    """A calendar day; an Excel serial number counts from 1899-12-30.

    >>> day("2026年3月5日") == day("2026/3/5") == day("２０２６-03-05 12:30") == day("46086")
    True
    """
    plain = _TIME.sub("", normalise(text))
    found = _YMD.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found:
        year, month, dom = (int(part) for part in found.groups())
        try:
            return date(year, month, dom)
        except ValueError:
            raise ValueError("no_such_day") from None
    serial = plain.split(".")[0]
    if serial.isdigit() and 20_000 <= int(serial) <= 80_000:
        return _EXCEL_DAY_0 + timedelta(days=int(serial))
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", plain):
        raise ValueError("day_ambiguous")
    raise ValueError("not_a_day")


def period(text: str) -> str:
    """A period as ``2026``, ``2026-Q1``, ``2026-03`` or ``2026-W09``.

    A day that is the first of its month is that month: spreadsheets turn 2026-03 into it.

    >>> period("2026年第一季度"), period("2026年3月"), period("2026-W9"), period("2026-03-01")
    ('2026-Q1', '2026-03', '2026-W09', '2026-03')
    """
    plain = normalise(text)
    if re.fullmatch(r"\d{4}年?", plain):
        return plain[:4]
    if found := _WEEK.fullmatch(plain):
        return _numbered(found.group(1), "W", int(found.group(2)), 53)
    if found := _QUARTER.fullmatch(plain):
        quarter = "一二三四".find(found.group(2)) + 1 or int(found.group(2))
        return f"{found.group(1)}-Q{quarter}"
    if found := _MONTH.fullmatch(plain):
        return _numbered(found.group(1), "", int(found.group(2)), 12)
    try:
        first = day(plain)
    except ValueError:
        raise ValueError("not_a_period") from None
    if first.day != 1:
        raise ValueError("not_a_period")
    return f"{first:%Y-%m}"


def flag(text: str) -> bool:
    """Yes or no.

    >>> flag("是"), flag("0")
    (True, False)
    """
    plain = normalise(text).lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError("not_yes_no")


def likert(text: str) -> float:
    """An answer on a rating scale: a number, a whole label of a five-point scale, or both.

    >>> likert("5 非常同意"), likert("满意"), likert("７")
    (5.0, 4.0, 7.0)
    """
    plain = normalise(text).lower()
    found = re.fullmatch(r"(\d+(?:\.\d+)?)?[\s.、:,)-]*(.*?)", plain)
    digits, label = (found.group(1), found.group(2).strip()) if found else (None, plain)
    place = _LABELS.get(label)
    if label and place is None:
        raise ValueError("not_an_answer")
    if digits is None:
        if place is None:
            raise ValueError("not_an_answer")
        return float(place)
    if place is not None and float(digits) != place:
        raise ValueError("number_and_label_differ")
    return float(digits)


def several(text: str) -> tuple[str, ...]:
    """Texts separated by semicolons or 、.

    >>> several("市场；售后; 生产")
    ('市场', '售后', '生产')
    """
    return tuple(part for part in (p.strip() for p in re.split("[;；、|]", text)) if part)


def _numbered(year: str, mark: str, count: int, most: int) -> str:
    if not 1 <= count <= most:
        raise ValueError("not_a_period")
    return f"{year}-{mark}{count:02d}"

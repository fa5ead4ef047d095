"""SM7: the first and the last day of a named period, from the parts of its words."""

from datetime import date

from playbook.chapters.smart.reading_calendar import (
    FIXED_HOLIDAYS,
    MONTHS,
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

Days = tuple[date, date] | None
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {
    "天": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_NEAR_DAYS = {"今": 0, "当": 0, "to": 0, "eo": 0, "co": 0, "明": 1, "后": 2, "大": 3}
# Five-year plans by their number: the tenth ended in 2005.
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035, "十七五": 2040}


def days_of(size: str, parts: dict[str, str], year: int | None, settings: ReadSettings) -> Days:
    """First and last day of the parts of a match."""
    today = settings.reference_date
    if size == "fiscal":
        return _fiscal(parts, settings)
    if size == "plan":
        last = _PLANS[parts["p"]]
        return (date(last - 4, 1, 1), date(last, 12, 31))
    if size in {"weekday", "nearday"} and today is not None:
        return _weekday(parts, today) if size == "weekday" else _near_day(parts["n"], today)
    bare_day = size == "day" and not {"m", "mon", "a"} & parts.keys()
    if ("r" in parts or bare_day) and today is not None:
        return _relative_span(size, parts, today)
    if year is None:
        year = today.year if today is not None else None
    return None if year is None else _absolute_span(size, parts, year, settings)


def _absolute_span(size: str, parts: dict[str, str], year: int, settings: ReadSettings) -> Days:
    if size == "day":
        month, day = _month_and_day(parts, settings.day_first)
        single = day_of(year, month, day)
        return (single, single) if single else None
    if size == "isoweek":
        return _iso_week(year, int(parts["w"]))
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


def _relative_span(size: str, parts: dict[str, str], today: date) -> Days:
    word = parts.get("r", "")
    steps = _steps(word)
    if size == "day":
        return _day_of_month(today, steps, parts)
    if size == "week":
        monday = add_days(today, 7 * steps - today.weekday())
        sunday = add_days(monday, 6) if monday else None
        return (monday, sunday) if monday and sunday else None
    length = {"month": 1, "quarter": 3, "half": 6}.get(size, 12)
    opening = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    moved = add_months(opening, steps * length)
    return months_span(moved.year, moved.month, length) if moved else None


def _fiscal(parts: dict[str, str], settings: ReadSettings) -> Days:
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


def _day_of_month(today: date, steps: int, parts: dict[str, str]) -> Days:
    """The 15th of this or of next month."""
    number = int(any_number(parts["d"]) or 0)
    if "r" not in parts and number < today.day:
        steps = 1
    month = add_months(today.replace(day=1), steps)
    single = day_of(month.year, month.month, number) if month else None
    return (single, single) if single else None


def _weekday(parts: dict[str, str], today: date) -> Days:
    """The day of this or a later week; a bare or coming weekday is the next one to come."""
    word, steps = parts["wd"], _steps(parts.get("r", ""))
    number = _WEEKDAYS.get(word, _WEEKDAYS.get(word[:3], 0))
    ahead = number - today.weekday()
    if parts.get("r") in {"coming", "following"}:
        steps = 0
    if parts.get("r", "coming") in {"this", "coming", "following"} and ahead <= 0:
        steps = 1
    day = add_days(today, ahead + 7 * steps)
    return (day, day) if day else None


def _near_day(word: str, today: date) -> Days:
    """Today, tomorrow, the day after: 今天, 明天, 后天."""
    if word.startswith(("this time", "明年")):
        later = add_months(today, 12)
        return (later, later) if later else None
    steps = 1 if word == "tomorrow" else _NEAR_DAYS[word[:2] if word.isascii() else word[0]]
    day = add_days(today, steps)
    return (day, day) if day else None


def _iso_week(year: int, week: int) -> Days:
    """Monday and Sunday of a numbered week (ISO 8601)."""
    try:
        return (date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))
    except ValueError:
        return None

"""SM3: what each written form of a number is worth."""

import re
from dataclasses import dataclass

from playbook.chapters.smart.reading_numerals import any_number
from playbook.chapters.smart.reading_units import TIME_SECONDS, currency_code, unit_code


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; form is amount, share, fraction, change, window or bare.

    share = n out of m; fraction = a third, half; change = a relative change written as a word
    (halve, double); window = a hyphened duration that names a metric (a 24-hour response rate).
    high: the upper end of a range, whose lower end is the value.
    """

    value: float
    unit: str | None
    start: int
    end: int
    form: str = "amount"
    way: str | None = None
    scale: float | None = None
    high: float | None = None


_BIGS = {
    "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "k": 1e3, "million": 1e6,
    "mn": 1e6, "bn": 1e9, "billion": 1e9, "thousand": 1e3, "m": 1e6,
}  # fmt: skip


def share_of_from(match: re.Match[str]) -> Quantity | None:
    """n out of m: a share of people or cases, or a score on a scale."""
    part, whole = any_number(match["n"]), any_number(match["m"])
    if part is None or not whole:
        return None
    tail = match.string[match.end() : match.end() + 24]
    counted = re.match(
        r"\s?(?:of )?(?:the |our |all )?(?!(?:by|on|in|within|for|across|at|and|or|from|to|before"
        r"|after|score|rating|stars?)\b)[a-z]{3,}",
        tail,
        flags=re.ASCII,
    )
    spoken = not match["n"][0].isdigit() or " in " in match.group(0)  # 8 in 10 are people
    if (whole in {5, 7, 10, 100} and "." in match["n"]) or (
        whole in {5, 7, 10, 100} and not counted and not spoken
    ):
        return Quantity(part, "score", match.start(), match.end(), "amount", None, whole)
    if part > whole:
        return None
    return Quantity(100 * part / whole, "%", match.start(), match.end(), "share")


def scored_from(match: re.Match[str]) -> Quantity | None:
    value, whole = any_number(match["n"]), any_number(match["m"])
    if value is None or whole is None or value > whole or whole not in {5, 7, 10, 100}:
        return None
    return Quantity(value, "score", match.start(), match.end(), "amount", None, whole)


def star_from(match: re.Match[str]) -> Quantity | None:
    """4.5-star: a rating."""
    return Quantity(float(match["n"]), "score", match.start(), match.end())


def points_from(match: re.Match[str]) -> Quantity | None:
    """A 20-point jump, a 5-percentage-point rise."""
    value, unit = any_number(match["n"]), "pp" if match["pp"] else "points"
    return None if value is None else Quantity(value, unit, match.start(), match.end())


def tenths_from(match: re.Match[str]) -> Quantity | None:
    """成: tenths, with hundredths or a half after it (八成五 = 85 %, 三成半 = 35 %)."""
    tens, rest = 0.5 if match["n"] == "半" else any_number(match["n"]), match["rest"]
    more = 5.0 if rest == "半" else (any_number(rest) or 0.0) if rest else 0.0
    if tens is None or tens > 10:
        return None
    low = any_number(match["low"]) if match["low"] else None
    if low is not None and low + 1 == tens:  # 两三成: between 20 and 30 %
        return Quantity(10 * low, "%", match.start(), match.end(), high=10 * tens)
    return Quantity(10 * tens + more, "%", match.start(), match.end())


def per_hundred_from(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    unit = {"百": "%", "千": "per_1000", "万": "per_1000"}[match["base"]]
    if value is None:
        return None
    value = value / 10 if match["base"] == "万" else value
    sign = -1 if match["minus"] else 1
    return Quantity(sign * value, unit, match.start(), match.end())


def fraction_zh_from(match: re.Match[str]) -> Quantity | None:
    part, whole = any_number(match["n"]), any_number(match["m"])
    if part is None or not whole or part > whole:
        return None
    return _fraction(match, 100 * part / whole)


# "to a third of the current level", 降到原来的三分之一: what is left of the level.
_OF_LEVEL = re.compile(
    r"\s(?:of|the) (?:(?:the|our|its|that) )?(?:current|today|present|what it is|existing|previous)"
)
_LEVEL_OF = re.compile(r"(?:到|至|为|成)(?:原来|目前|现在|当前|去年|原先)的?$")


def _fraction(match: re.Match[str], share: float) -> Quantity:
    """A fraction; one of the present level is a fall by the rest."""
    made = re.search(r"\bto (?:a |an |one )?$", match.string[: match.start()])
    level = made and _OF_LEVEL.match(match.string, match.end())
    if level or _LEVEL_OF.search(match.string[: match.start()]):
        return Quantity(100 - share, "%", match.start(), match.end(), "change", "down")
    return Quantity(share, "%", match.start(), match.end(), "fraction")


_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}


def fraction_en_from(match: re.Match[str]) -> Quantity | None:
    count = 1.0 if match["n"] in {None, "a", "one"} else any_number(match["n"]) or 1.0
    share = 100 * count / _PARTS[match["part"]]
    return _fraction(match, share) if share <= 100 else None


def half_from(match: re.Match[str]) -> Quantity | None:
    return _fraction(match, 50.0)


def word_change_from(match: re.Match[str]) -> Quantity | None:
    """Doubling, tripling and halving are relative changes."""
    word = match.group(0)
    if re.match(r"halv|half|减半|砍半|腰斩|折半", word):
        return Quantity(50.0, "%", match.start(), match.end(), "change", "down")
    many = 300.0 if "两番" in word else 200.0 if word.startswith("tripl") else 100.0
    return Quantity(many, "%", match.start(), match.end(), "change", "up")


def times_from(match: re.Match[str]) -> Quantity | None:
    """倍: 提高1倍 adds 100 %, 提高到2倍 makes it twice as much."""
    value = any_number(match["n"])
    if value is None:
        return None
    made = re.search(
        r"(?:到|至|为|成)(?:原来|目前|现在|去年|当前)?的?$", match.string[: match.start()]
    )
    return Quantity(
        100 * (value - 1 if made else value), "%", match.start(), match.end(), "change", "up"
    )


_FOLDS = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "twice": 2.0}


def fold_from(match: re.Match[str]) -> Quantity | None:
    """1.5x, threefold, twice as many: times as much as before."""
    word = match["n"] or match["w"] or match["t"].split(" ")[0]
    times = _FOLDS.get(word) or any_number(word)
    if times is None or times <= 1:
        return None
    return Quantity(100 * (times - 1), "%", match.start(), match.end(), "change", "up")


def transfer_days_from(match: re.Match[str]) -> Quantity | None:
    """T+3: so many days after the day of the order."""
    return Quantity(float(match["n"]), "day", match.start(), match.end())


def clock_from(match: re.Match[str]) -> Quantity | None:
    """9:30 minutes is 9.5 minutes; a pair shares the unit of its second member."""
    unit = unit_code(match["unit"]) if match["unit"] else "min"
    if unit not in {"min", "h"}:
        return None
    return Quantity(int(match["n"]) + int(match["m"]) / 60, unit, match.start(), match.end())


def window_from(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    return None if value is None else Quantity(
        value, unit_code(match["unit"]), match.start(), match.end(), "window")  # fmt: skip


def money_from(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    scale = _BIGS[match["big"].strip()] if match["big"] else 1.0
    return None if value is None else Quantity(
        value * scale, currency_code(match["sign"]), match.start(), match.end())  # fmt: skip


def per_from(match: re.Match[str]) -> Quantity | None:
    """A number for every 100 or 1,000."""
    value, whole = (
        any_number(match["n"]),
        any_number(match["m"].replace("hundred", "100").replace("thousand", "1000")),
    )
    if value is None or whole not in {100, 1000, 10000}:
        return None
    value, whole = (value / 10, 1000) if whole == 10000 else (value, whole)
    return Quantity(value, f"per_{whole:.0f}", match.start(), match.end())


def amount_from(match: re.Match[str]) -> Quantity | None:
    """A number with a unit word; 半 before or after the unit adds a half."""
    words = match["n"]
    value = (
        0.5
        if words in {"半", "half a", "half an"}
        else 1.0
        if words in {"a", "an"}
        else any_number(words)
    )
    unit = unit_code(match["unit"])
    if value is None or (words in {"a", "an"} and unit not in TIME_SECONDS):
        return None
    if match["half"] or match["more"]:
        value += 0.5
    if match["big"]:
        value *= _BIGS[match["big"]]
    if unit == "bp":  # a hundred basis points are one percentage point
        value, unit = value / 100, "pp"
    return Quantity(-value if match["minus"] else value, unit, match.start(), match.end())


def bare_from(match: re.Match[str]) -> Quantity | None:
    value = any_number(match["n"])
    if value is None:
        return None
    value *= _BIGS[match["big"]] if match["big"] else 1
    return Quantity(-value if match["minus"] else value, None, match.start(), match.end(), "bare")


def zero_from(match: re.Match[str]) -> Quantity | None:
    return Quantity(0.0, None, match.start(), match.end(), "bare")


def eighty_twenty_from(match: re.Match[str]) -> Quantity | None:
    """80/20 is the usual short form of 80 % within 20 seconds."""
    return Quantity(float(match["n"]), "%", match.start(), match.end(), "share")


def every_from(match: re.Match[str]) -> Quantity | None:
    """每10位客户有9位, 每五通至少四通: a share of the number named first."""
    whole, part = any_number(match["m"]), any_number(match["n"])
    if part is None or whole is None or whole < 2 or part > whole:
        return None
    return Quantity(100 * part / whole, "%", match.start(), match.end(), "share")

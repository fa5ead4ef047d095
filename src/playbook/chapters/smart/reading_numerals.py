"""SM3: values of written-out numerals, Chinese and English."""

import re

_ZH_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_ZH_LARGE = {"万": 10_000, "亿": 100_000_000}
ZH_NUMERAL = "[零一二两三四五六七八九十百千万亿]{1,16}(?:点[零一二三四五六七八九]{1,8})?"

_EN_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_EN_TENS = {
    word: 20 + 10 * i
    for i, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_EN_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_EN_WORD = "|".join(sorted([*_EN_SMALL, *_EN_TENS], key=len, reverse=True))
_EN_MORE = "|".join(_EN_LARGE)
EN_NUMERAL = (
    rf"\b(?:{_EN_WORD}|a (?=hundred|thousand|dozen))(?:(?:[\s-]+(?:and\s+)?)?(?:{_EN_WORD}"
    rf"|{_EN_MORE}|dozen)\b)*(?:\s+point(?:\s+(?:{_EN_WORD}))+)?\b"
)


def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral, or of digits read one by one; None if it is neither.

    >>> chinese_number("九十"), chinese_number("一百零五"), chinese_number("二零二六")
    (90.0, 105.0, 2026.0)
    >>> chinese_number("三点五"), chinese_number("两万")
    (3.5, 20000.0)
    """
    whole, _, part = text.partition("点")
    value = _chinese_whole(whole)
    if value is None or any(c not in _ZH_DIGITS for c in part):
        return None
    decimals = "".join(str(_ZH_DIGITS[c]) for c in part)
    return float(f"{value}.{decimals or 0}")


def _chinese_whole(text: str) -> int | None:
    if not text or any(c not in _ZH_DIGITS | _ZH_UNITS | _ZH_LARGE for c in text):
        return None
    if len(text) > 1 and all(c in _ZH_DIGITS for c in text):
        return int("".join(str(_ZH_DIGITS[c]) for c in text))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _ZH_DIGITS:
            digit = _ZH_DIGITS[char]
        elif char in _ZH_UNITS:
            section += (digit or 1) * _ZH_UNITS[char]
            digit = 0
        else:
            total = (total + (section + digit or 1)) * _ZH_LARGE[char]
            section, digit = 0, 0
    return total + section + digit


def english_number(text: str) -> float | None:
    """The value of an English number word; None if a word is not part of a number.

    >>> english_number("eighty-five"), english_number("one hundred and twenty")
    (85.0, 120.0)
    >>> english_number("four point five")
    4.5
    """
    words = [w for w in re.split(r"[\s-]+", text.strip()) if w not in {"and", "a", ""}]
    if "point" in words:
        cut = words.index("point")
        digits = "".join(str(_EN_SMALL.get(w, 0)) for w in words[cut + 1 :])
        whole = _english_whole(words[:cut])
        return None if whole is None else float(f"{whole}.{digits or 0}")
    value = _english_whole(words)
    return None if value is None else float(value)


def _english_whole(words: list[str]) -> int | None:
    total, section = 0, 0
    for word in words:
        if word in _EN_SMALL or word in _EN_TENS:
            section += _EN_SMALL.get(word, _EN_TENS.get(word, 0))
        elif word == "hundred":
            section = max(section, 1) * 100
        elif word == "dozen":
            section = max(section, 1) * 12
        elif word in _EN_LARGE:
            total, section = total + max(section, 1) * _EN_LARGE[word], 0
        else:
            return None
    return total + section if words else None


def any_number(text: str) -> float | None:
    """The value of digits (with thousands separators), a Chinese or an English numeral.

    >>> any_number("1,200"), any_number("十二"), any_number("six")
    (1200.0, 12.0, 6.0)
    """
    plain = text.strip().replace(",", "")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain):
        return float(plain)
    chinese = chinese_number(plain)
    return english_number(text) if chinese is None else chinese

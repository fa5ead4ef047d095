"""SM1: one plain form of a text for matching, with a map back to the original positions."""

import re
import unicodedata
from dataclasses import dataclass

from playbook.chapters.smart.reading_script import SIMPLIFIED, to_simplified

# Signs that are written in many ways; each becomes one form.
_SIGNS = {
    "≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "⇒": "→", "➔": "→", "➜": "→",
    "—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-", "﹣": "-", "～": "~", "〜": "~", "∼": "~",
    "⁄": "/", "∕": "/", "’": "'", "‘": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"',
    "』": '"', "〇": "零", "\t": " ", "\n": ";", "\r": " ",
} | dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫❶❷❸❹❺❻⑴⑵⑶⑷⑸⑹•▪●■◆", ";")  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_PINYIN = re.compile(r"\(\s*[A-Za-z\s]*[\u0101-\u01dc][A-Za-z\u00e0-\u01dc\s]*\)")
_DAMAGED = re.compile(r"\?{2,}|\ufffd")
_HAN = re.compile(r"[\u4e00-\u9fff]")
BLANK = "\x00"


@dataclass(frozen=True)
class PlainText:
    """`text` is lower case and simplified, `cased` keeps the case; both have one length.

    `index[i]` is the position in `original` that character i came from.
    """

    original: str
    text: str
    cased: str
    index: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the original text of the plain text's [start, end)."""
        if not self.index or end <= start:
            return (0, 0)
        return (self.index[start], self.index[end - 1] + 1)


def _forms(char: str) -> str:
    """One original character in plain form, case kept: none, one or several characters."""
    if char in _INVISIBLE:
        return ""
    if char in _SIGNS:
        return _SIGNS[char]
    normal = unicodedata.normalize("NFKC", char)
    return "".join(_SIGNS.get(c, c) for c in normal).replace(BLANK, " ")


def _lower(char: str) -> str:
    """Lower case where that is still one character, so that both forms keep one length."""
    low = char.lower()
    return low if len(low) == 1 else char


def normalise(text: str) -> PlainText:
    """The plain form of a text (SM1); pinyin notes in brackets are left out.

    >>> normalise("顧客滿意度　８５％").text
    '顾客满意度 85%'
    """
    cased: list[str] = []
    index: list[int] = []
    for position, char in enumerate(text):
        for form in _forms(char):
            cased.append(form)
            index.append(position)
    joined = "".join(cased)
    for note in reversed(list(_PINYIN.finditer(joined))):
        del cased[note.start() : note.end()]
        del index[note.start() : note.end()]
    plain = "".join(_lower(to_simplified(c)) for c in cased)
    return PlainText(text, plain, "".join(cased), tuple(index))


def detect_lang(text: str) -> str:
    """The written language: zh-Hant with any traditional character, zh-Hans, else en.

    >>> detect_lang("滿意度"), detect_lang("满意度"), detect_lang("CSAT")
    ('zh-Hant', 'zh-Hans', 'en')
    """
    if any(c in SIMPLIFIED for c in text):
        return "zh-Hant"
    return "zh-Hans" if is_chinese(text) else "en"


def is_damaged(text: str) -> bool:
    """Whether characters were lost on the way (`??` or the replacement sign): never guessed."""
    return bool(_DAMAGED.search(text))


def is_chinese(text: str) -> bool:
    """Whether any character is Chinese."""
    return bool(_HAN.search(text))


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the given spans covered, all other positions unchanged."""
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text

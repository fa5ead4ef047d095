"""Which of the five Kano answers a text means. Whole labels only, never a part of one.

不喜欢 contains 喜欢, and 无法接受, 勉强接受, 可以接受 share 接受: a search for parts would turn
answers round.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from playbook.core.schema import BLANKS

ANSWERS: tuple[str, ...] = ("like", "must_be", "neutral", "live_with", "dislike")
"""Names of the codes 1..5."""

_LABELS: tuple[tuple[str, ...], ...] = (
    ("like", "喜欢", "我喜欢", "很喜欢", "我很喜欢", "非常喜欢", "我非常喜欢", "感到满意",
     "I like it", "I like it that way", "I enjoy it", "I enjoy it that way", "Love it",
     "I like it very much", "This would be very helpful to me",
     "Das würde mich sehr freuen"),
    ("must_be", "must be", "理应如此", "它理应如此", "理所当然", "应该的", "应该如此", "必须如此",
     "我期望如此", "It must be that way", "I must be that way", "I expect it",
     "I expect it that way", "Expect it", "It is a basic necessity or I expect it that way",
     "Basic requirement", "This is a basic requirement for me", "Das setze ich voraus"),
    ("neutral", "无所谓", "I am neutral", "I'm neutral", "I feel neutral",
     "This would not affect me", "Would not affect me", "Don't mind", "Don't care",
     "Das ist mir egal"),
    ("live_with", "live with", "能忍受", "可以忍受", "我能忍受", "勉强接受", "可以接受", "能接受",
     "I can live with it", "I can live with it that way", "Live with it", "I can tolerate it",
     "I tolerate it", "I dislike it, but I can live with it that way",
     "This would be a minor inconvenience", "Das könnte ich eventuell in Kauf nehmen"),
    ("dislike", "不喜欢", "我不喜欢", "很不喜欢", "我很不喜欢", "非常不喜欢", "无法接受",
     "不能接受", "感到不满", "I dislike it", "I dislike it that way",
     "I dislike it, and I can't accept it", "I can't accept it", "Dislike it",
     "This would be a major problem for me", "Unhappy", "Das würde mich sehr stören"),
)  # fmt: skip

_OTHER_SCALES: tuple[str, ...] = (
    "非常满意", "很满意", "比较满意", "满意", "一般", "不满意", "比较不满意", "不太满意",
    "很不满意", "非常不满意", "非常同意", "很同意", "比较同意", "同意", "中立", "不同意",
    "比较不同意", "不太同意", "很不同意", "非常不同意", "完全同意", "完全不同意", "非常重要",
    "很重要", "比较重要", "重要", "不重要", "不太重要", "很不重要", "非常不重要",
    "strongly agree", "agree", "neither agree nor disagree", "disagree", "strongly disagree",
    "very satisfied", "satisfied", "neither satisfied nor dissatisfied", "dissatisfied",
    "very dissatisfied", "extremely satisfied", "extremely dissatisfied", "very important",
    "important", "moderately important", "slightly important", "unimportant",
    "not important", "not at all important", "extremely important",
)  # fmt: skip

_TO_SIMPLE = str.maketrans(
    "歡無謂應該強滿對當讓會為個覺點須請", "欢无谓应该强满对当让会为个觉点须请"
)
_APOSTROPHES = str.maketrans("’‘ʼ`´′", "''''''")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_OPTION = re.compile(r"^(?:\d+|[a-e])\s*[.、:)\]分]\s*|^[1-5]\s+")


@dataclass(frozen=True)
class Meaning:
    """code 1..5, None without one; fault: "", "not_a_kano_scale" or "unknown_label"."""

    code: int | None
    fault: str = ""


def meaning(text: str) -> Meaning:
    """Tell which answer a whole label is; a blank or a skip is no answer and no fault.

    >>> meaning("喜歡"), meaning("I’m neutral").code, meaning("(跳过)")
    (Meaning(code=1, fault=''), 3, Meaning(code=None, fault=''))
    >>> meaning("非常满意").fault, meaning("很好").fault
    ('not_a_kano_scale', 'unknown_label')
    """
    plain = plain_label(text)
    if plain in _blanks():
        return Meaning(None)
    for label in (plain, plain_label(_OPTION.sub("", plain))):
        if code := _codes().get(label):
            return Meaning(code)
        if label in _others():
            return Meaning(None, "not_a_kano_scale")
    return Meaning(None, "unknown_label")


def plain_label(text: str) -> str:
    """A label for comparing: NFKC, simplified, lower case, straight apostrophes, single blanks.

    >>> plain_label(" 無所謂。")
    '无所谓'
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)))
    plain = plain.translate(_TO_SIMPLE).lower()
    return " ".join(plain.split()).rstrip("。.!;；")


@cache
def _codes() -> dict[str, int]:
    return {plain_label(label): code for code, row in enumerate(_LABELS, 1) for label in row}


@cache
def _others() -> frozenset[str]:
    return frozenset(plain_label(label) for label in _OTHER_SCALES)


@cache
def _blanks() -> frozenset[str]:
    return frozenset(plain_label(text) for text in BLANKS)

"""Who answers for a goal: persons, roles and teams, in three scripts."""

import re

from playbook.chapters.smart.reading_metrics import find_metrics
from playbook.chapters.smart.reading_owner_patterns import CHINESE, ENGLISH, NO_NAME_EN, Rule
from playbook.chapters.smart.reading_text import BLANK, PlainText, is_chinese

Found = tuple[int, int, bool]
_NO_OWNER = re.compile(
    r"^(?:every|all|each|any) |谁|待定|未定|没定|提升|提高|降低|减少|缩短|从|[到至]|将|[0-9%]"
    r"|(?:客户|顾客|旅客|患者|病人|市民|群众|业主)$|^(?:公司|全[市省院校行局])$|^(?:坚持|围绕|按照"
    r"|根据|依托|聚焦|全面|全体"
    r"|持续|进一步|不断|为|以|我们|[本我][行校院司公局店])|以.{1,4}为"
)


def find_owner(plain: PlainText, masked: str) -> Found | None:
    """The owner's place in the plain text, and whether the text says so outright.

    `masked` is the plain text with its dates covered.

    >>> from playbook.chapters.smart.reading_text import normalise
    >>> plain = normalise("投诉率降至2%,责任人:王芳")
    >>> find_owner(plain, plain.text)
    (12, 14, True)
    """
    # Rules of a script that the text does not hold are never compiled.
    found = _first(CHINESE, masked) if is_chinese(masked) else None
    latin = re.search("[A-Za-z]{2}", plain.cased) is not None
    return found or (_first(ENGLISH, _cased(plain, masked)) if latin else None)


def _first(rules: tuple[Rule, ...], text: str) -> Found | None:
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if _is_owner(match["o"]):
                return (match.start("o"), match.end("o"), rule.outright)
    return None


def _is_owner(words: str) -> bool:
    """Not a measure, not a verb phrase: `由72%` and `首次解决率负责` name nobody."""
    plain = words.lower()
    if NO_NAME_EN.fullmatch(plain.strip()):
        return False
    measured = any(
        hit.metric.kind != "vague" and hit.end == len(plain) for hit in find_metrics(plain)
    )
    return not measured and not _NO_OWNER.search(plain)


def _cased(plain: PlainText, masked: str) -> str:
    """The text with its case, covered where `masked` is."""
    return "".join(BLANK if m == BLANK else c for m, c in zip(masked, plain.cased, strict=True))

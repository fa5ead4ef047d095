"""How the level of a trigger is said: the comparison in words, the number with its unit."""

import re

from playbook.core.text import Lang, has, say
from playbook.core.units import unit_code

LEVEL = re.compile(
    r"\s*(>=|<=|[<>≥≤＞＜])\s*([+-]?\d[\d,]*(?:\.\d+)?)\s*([^/\d]*)(?:/\s*(\w+))?\s*"
)
COMPARED = {
    ">": "above", "＞": "above", "<": "below", "＜": "below", ">=": "at_least", "≥": "at_least",
    "<=": "at_most", "≤": "at_most",
}  # fmt: skip


def level_words(written: str, unit: str, lang: Lang) -> str:
    """A level such as ``>40/day`` in words; what is no comparison comes back as it is written.

    unit: the unit in which the metric is held, for a level that has none of its own. A share
    written as 0.85 gets none: whether 0.85 or 0.85 % is meant, nobody knows.

    >>> level_words("<85%", "", "en"), level_words(">40/day", "count", "zh")
    ('below 85%', '每天高于 40 件')
    >>> level_words(">9.5", "per_1000", "en"), level_words("two in a row", "%", "en")
    ('above 9.5‰', 'two in a row')
    """
    found = LEVEL.fullmatch(written)
    if not found:
        return written if lang == "en" else f" {written}"
    sign, number, own, period = found.groups()
    code = unit_code(own.strip() or unit)
    if not own.strip() and code == "%" and abs(float(number.replace(",", ""))) <= 1:
        code = ""
    key = f"plan.risks.unit.{code}"
    value = say(key, lang, value=number) if has(key, lang) else f"{number} {own}".strip()
    said = say(f"plan.risks.compared.{COMPARED[sign]}", lang, value=value)
    per = f"plan.risks.per.{unit_code(period)}" if period else ""
    return say(per, lang, level=said) if per and has(per, lang) else said

"""How amounts are set: by unit and language."""

from playbook.chapters.tree.units import canonical, family
from playbook.core.text import NOT_KNOWN, Lang, has, say


def amount(
    value: float | None, unit: str, lang: Lang, signed: bool = False, points: bool = False
) -> str:
    """A value in its unit as text: 0.805 of a share as 80.5%, 24 of hours as 24 h.

    points: a difference; of shares it is said in percentage points. signed: with its sign.

    >>> amount(0.805, "%", "en"), amount(24.0, "小时", "en"), amount(None, "h", "zh")
    ('80.5%', '24 h', '–')
    """
    if value is None:
        return NOT_KNOWN
    sign, value = "+" if signed else "", round(value, 9)
    if family(unit) == "share":
        tail = say("display.pp", lang) if points else "%"
        return f"{round(value * 100, 7):{sign},.1f}{tail}".replace("-", "−")
    digits = 2 if family(unit) == "rate" else 0 if value == round(value) else 1
    return f"{value:{sign},.{digits}f} {unit_name(unit, lang)}".replace("-", "−")


def in_print(value: float | None, unit: str) -> float | None:
    """A value as its column shows it: shares in percent."""
    return value * 100 if value is not None and family(unit) == "share" else value


def unit_name(unit: str, lang: Lang) -> str:
    """The unit in the language of the reader, where it is a usual one.

    >>> unit_name("小时", "en"), unit_name("h", "zh"), unit_name("分", "en")
    ('h', '小时', '分')
    """
    key = f"tree.unit.{canonical(unit)}"
    return say(key, lang) if has(key, lang) else unit

"""How amounts and long names are set: by unit, by language, by width."""

import unicodedata

from playbook.chapters.tree.units import canonical, family
from playbook.core.text import NOT_KNOWN, Lang, has, say


def amount(
    value: float | None, unit: str, lang: Lang, signed: bool = False, points: bool = False
) -> str:
    """A value in its unit as text: 0.805 of a share as 80.5 %, 24 of hours as 24 h.

    points: a difference; of shares it is said in percentage points. signed: with its sign.

    >>> amount(0.805, "%", "en"), amount(24.0, "小时", "en"), amount(None, "h", "zh")
    ('80.5 %', '24 h', '–')
    """
    if value is None:
        return NOT_KNOWN
    sign, value = "+" if signed else "", round(value, 9)
    if family(unit) == "share":
        tail = say("display.pp", lang) if points else " %"
        return f"{round(value * 100, 7):{sign},.1f}{tail}".replace("-", "−")
    digits = 0 if value == round(value) else 1
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


def short_name(name: str) -> str:
    """A person's name without the post that may follow in brackets.

    >>> short_name("方华（华东区总监）"), short_name("Ann Lee (director)")
    ('方华', 'Ann Lee')
    """
    return name.split("（")[0].split(" (")[0].strip() or name


def width_of(text: str) -> int:
    """Width in half characters: a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """Break a name into at most so many lines of width half characters; the rest is cut.

    >>> wrapped("First-contact resolution by branch", 16)
    'First-contact\\nresolution by…'
    >>> wrapped("客户首次问题解决率", 10)
    '客户首次问\\n题解决率'
    """
    rows, row = [], ""
    for piece in pieces(text):
        if row and width_of(row + piece.rstrip()) > width:
            rows.append(row.rstrip())
            row = ""
        row += piece if row else piece.lstrip()
    rows.append(row.rstrip())
    if len(rows) > lines:
        rows = [*rows[: lines - 1], _cut(rows[lines - 1], width - 1) + "…"]
    return "\n".join(rows)


def pieces(text: str) -> list[str]:
    """Single Chinese characters; Latin words with the blank after them."""
    pieces: list[str] = []
    for char in text:
        wide = width_of(char) == 2
        if wide or not pieces or pieces[-1].endswith(" ") or width_of(pieces[-1][-1]) == 2:
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces


def _cut(text: str, width: int) -> str:
    while width_of(text) > width:
        text = text[:-1]
    return text.rstrip()

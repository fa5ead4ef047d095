"""Long names in small rooms: wrapped or cut by width, where a Chinese character counts two."""

import unicodedata


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

"""How a raw cell is shown to a reader: 0.853 as ``85.3%``, an interval behind it."""

from collections.abc import Mapping
from datetime import date

from playbook.core.section import Cell, Column
from playbook.core.text import NOT_KNOWN, Lang, say


def shown_cell(row: Mapping[str, Cell], column: Column, lang: Lang = "en") -> str:
    """One cell of a table as text, with its interval if the column names one.

    >>> c = Column("p", "share", "percent", low="lo", high="hi")
    >>> shown_cell({"p": 0.853, "lo": 0.8, "hi": 0.9}, c)
    '85.3% (80.0–90.0)'
    """
    value = one(row.get(column.key), column, lang)
    if not column.low or row.get(column.key) is None:
        return value
    low, high = (bare(row.get(key), column) for key in (column.low, column.high))
    if NOT_KNOWN in (low, high):
        return value
    signed = column.kind in ("points", "signed") or low.startswith("-")
    to = say("display.to", lang) if signed else "–"
    return f"{value} ({low}{to}{high})"


def one(value: Cell, column: Column, lang: Lang) -> str:
    """A single value by the column's kind."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return say("display.yes" if value else "display.no", lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    unit = {"percent": "%", "points": say("display.pp", lang)}.get(column.kind, "")
    return bare(value, column) + unit


def p_words(p: float | None) -> str:
    """A p-value for a sentence, never shown as nought.

    >>> p_words(0.0412), p_words(8.9e-31)
    ('p = 0.041', 'p < 0.001')
    """
    if p is None:
        return f"p = {NOT_KNOWN}"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def bare(value: Cell, column: Column) -> str:
    """A number without its unit; a dash where it is not one. What rounds to nought has no minus.

    >>> bare(-0.001, Column("slope", "slope", "signed", 2))
    '+0.00'
    """
    if value is None or isinstance(value, str | bool | date):
        return NOT_KNOWN if value is None else str(value)
    match column.kind:
        case "percent":
            return f"{value * 100:z,.{column.digits}f}"
        case "points":
            return f"{value * 100:+z,.{column.digits}f}"
        case "signed":
            return f"{value:+z,.{column.digits}f}"
        case "p":
            return "<0.001" if value < 0.001 else f"{value:.3f}"
        case "integer":
            return f"{value:z,.0f}"
        case "number" | "money":
            return f"{value:z,.{column.digits}f}"
        case _:
            return f"{value:g}"

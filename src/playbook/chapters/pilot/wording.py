"""Lifts as their reader wants them: points of a percentage, or scale units."""

from collections.abc import Sequence
from math import floor, log10

from playbook.chapters.pilot.parts import SensitivityRow
from playbook.chapters.pilot.result import PilotResult
from playbook.core.text import Lang, has, say


def row_label(row: SensitivityRow, result: PilotResult, lang: Lang) -> str:
    """What was done otherwise in this row."""
    name = result.names[row.about].in_(lang) if row.about else ""
    return say(f"pilot.sensitivity.{row.code}", lang, name=name, level=row.level)


def amount(value: float | None, result: PilotResult, sign: bool = True) -> str | None:
    """A lift as its reader wants it: points of a percentage, or scale units."""
    if value is None:
        return None
    digits = 1 if result.measure == "share" else 2
    shown = round(value * scale_of(result), digits)
    plus = "+" if sign and shown != 0 else ""  # neither -0.0 nor +0.0
    return format(shown or 0.0, f"{plus}.{digits}f")


def scale_of(result: PilotResult) -> float:
    return 100.0 if result.measure == "share" else 1.0


def unit(result: PilotResult, lang: Lang) -> str:
    """The unit of a lift, with the space that goes before it."""
    return say(f"pilot.unit.{result.measure}", lang)


def money(value: float, beside: Sequence[float]) -> float:
    """An amount with the digits its estimate can bear: three of the largest beside it.

    >>> money(-172628.4, (472645.2, -172628.4, 1117918.7))
    -170000.0
    """
    largest = max((abs(x) for x in (value, *beside)), default=0.0)
    return round(value, 2 - floor(log10(largest))) if largest else 0.0


def currency(code: str, lang: Lang) -> str:
    """The currency as the language writes it, or its code."""
    key = f"pilot.currency.{code}"
    return say(key, lang) if has(key, lang) else code


def p_text(value: float | None) -> str | None:
    """A p-value with its sign of comparison.

    >>> p_text(0.0412), p_text(0.00001)
    ('= 0.041', '< 0.001')
    """
    if value is None:
        return None
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"

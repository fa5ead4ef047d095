"""Lifts as their reader wants them: points of a percentage, or scale units."""

from playbook.chapters.pilot.parts import SensitivityRow
from playbook.chapters.pilot.result import PilotResult
from playbook.core.text import Lang, say


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


def p_text(value: float | None) -> str | None:
    """A p-value with its sign of comparison.

    >>> p_text(0.0412), p_text(0.00001)
    ('= 0.041', '< 0.001')
    """
    if value is None:
        return None
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"

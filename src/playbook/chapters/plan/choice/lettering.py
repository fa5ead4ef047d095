"""How names, units and amounts of the choice are set."""

from playbook.core.text import NOT_KNOWN, Lang, has, say


def unit_name(unit: str, lang: Lang, one: bool = False) -> str:
    """A unit of impacts in words; a difference of % is percentage points.

    >>> unit_name("%", "en"), unit_name("h", "zh"), unit_name("rooms", "en")
    ('pp', '小时', 'rooms')
    """
    single = f"plan.choice.unit_of_one.{unit}"
    key = single if one and has(single, lang) else f"plan.choice.unit.{unit}"
    return say(key, lang) if has(key, lang) else unit


def amount(value: float | None, unit: str, lang: Lang) -> str:
    """A change with its sign and unit, three digits that count.

    >>> amount(0.45, "h", "en"), amount(4.6, "%", "zh"), amount(0.0, "h", "en")
    ('+0.45 h', '+4.6 个百分点', '0 h')
    >>> amount(1.0, "points", "en"), amount(2.0, "points", "en")
    ('+1 point', '+2 points')
    """
    if value is None:
        return NOT_KNOWN
    if abs(value) < 0.005:
        return f"0 {unit_name(unit, lang)}".strip()
    shown = f"{value:+,.2f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:+,.0f}"
    name = unit_name(unit, lang, one=shown in ("+1", "-1"))
    return f"{shown} {name}".strip().replace("-", "−")


def after_amount(currency: str) -> str:
    """What follows an amount of money: the currency after a blank, nothing where none is known.

    >>> after_amount("CNY"), after_amount("")
    (' CNY', '')
    """
    return f" {currency}" if currency else ""


def chance(prob: float) -> str:
    """Never quite none and never quite sure from draws.

    >>> chance(0.0), chance(0.622), chance(0.999)
    ('<1%', '62%', '>99%')
    """
    return "<1%" if prob < 0.01 else ">99%" if prob > 0.99 else f"{prob:.0%}"


def span(low: float, high: float) -> str:
    """Two ends, as short as they can be.

    >>> span(0.3, 0.6), span(-0.5, 2)
    ('0.3–0.6', '−0.5 … 2')
    """
    ends = [f"{v:,.2f}".rstrip("0").rstrip(".").replace("-", "−") for v in (low, high)]
    return (" … " if low < 0 else "–").join(ends)

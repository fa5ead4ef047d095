"""Numbers, units and verdicts of a goal in words, for the page and for the card of a terminal."""

from playbook.chapters.smart.result import Checked, SmartResult, Verdict
from playbook.core.text import NOT_KNOWN, Lang, has, known_as, listing, say


def reasoned(verdict: Verdict, lang: Lang) -> str:
    """A letter's value with its reasons in words."""
    value = say(f"smart.value.{verdict.value}", lang)
    reasons = [say(f"smart.reason.{code}", lang) for code in verdict.reasons]
    if not reasons:
        return value
    return say("smart.lead.reasoned", lang, value=value, reasons=listing(reasons, lang))


def open_reasons(verdict: Verdict, lang: Lang) -> str:
    """The reasons of a letter that is still open; of one that passes its value alone."""
    return say("smart.value.pass", lang) if verdict.value == "pass" else reasoned(verdict, lang)


def unit_word(unit: str | None, lang: Lang) -> str:
    """A unit as readers know it; an unknown one (a currency) as written."""
    key = f"smart.unit.{unit}"
    return say(key, lang) if unit and has(key, lang) else unit or ""


def amount(value: float | None, unit: str | None, lang: Lang) -> str:
    """A number of a sentence as it is written: 85%, 1.5 hours."""
    if value is None:
        return NOT_KNOWN
    word = unit_word(unit, lang)
    blank = "" if word in ("", "%") else " "
    return f"{value:,.6g}{blank}{word}" if abs(value) < 1e6 else f"{value:,.0f}{blank}{word}"


def factor_of(goal: Checked) -> float:
    """Cards hold shares 0-1, sentences as written: what turns a value into the one shown."""
    return 100.0 if goal.origin == "card" and goal.unit == "%" else 1.0


def held(value: float | None, goal: Checked, digits: int | None = None) -> str:
    """A value of a goal as shown: shares as %, others with their unit left to the column."""
    if value is None:
        return NOT_KNOWN
    shown = value * factor_of(goal)
    sign = "%" if goal.unit == "%" else ""
    return f"{shown:z,.{_digits(goal) if digits is None else digits}f}{sign}"


def step(value: float | None, goal: Checked, lang: Lang) -> str:
    """A difference of two values of a goal: of shares in percentage points."""
    if value is None:
        return NOT_KNOWN
    shown = f"{value * factor_of(goal):z,.2f}"
    return f"{shown}{say('display.pp', lang)}" if goal.unit == "%" else with_unit(shown, goal, lang)


def with_unit(text: str, goal: Checked, lang: Lang) -> str:
    """A shown value with its unit behind it, unless it holds a per cent sign."""
    if goal.unit == "%" or text == NOT_KNOWN:
        return text
    if goal.unit == "score" and lang == "en":
        return text  # English has no word for the unit of a rating
    return f"{text} {unit_word(goal.unit, lang)}".rstrip()


def _digits(goal: Checked) -> int:
    """Ratings move in hundredths."""
    return 2 if goal.unit in ("score", "h") else 1


def goal_name(result: SmartResult, goal: Checked, lang: Lang) -> str:
    """Id and name of a card; the id alone where the client gave none."""
    name = named(result, goal.goal_id, lang)
    if name != goal.goal_id:
        return f"{goal.goal_id} {name}"
    metric = result.names.get(goal.metric_id or "")
    return f"{goal.goal_id} {metric.in_(lang)}" if metric else goal.goal_id


def duration(seconds: float | None, lang: Lang) -> str:
    """Seconds as people say them: hours from two hours on, minutes from two minutes."""
    if seconds is None:
        return NOT_KNOWN
    unit = "h" if seconds >= 7200 else "min" if seconds >= 120 else "s"
    value = seconds / {"h": 3600, "min": 60, "s": 1}[unit]
    return f"{value:,.3g} {unit_word(unit, lang)}"


def named(result: SmartResult, key: str | None, lang: Lang) -> str:
    """What the client calls an id; a dash for none."""
    if key is None:
        return NOT_KNOWN
    return known_as(key, result.names, lang)


def question(goal: Checked, lang: Lang) -> str:
    """The one next question, a dash where none is open."""
    return say(f"smart.ask.{goal.next_question}", lang) if goal.next_question else NOT_KNOWN


def both_readings(goal: Checked, lang: Lang) -> str:
    """K9: what "by 15 %" would mean as per cent and as percentage points."""
    if goal.delta is None or "ambiguous_change" not in goal.flags:
        return ""
    if not goal.target_readings:
        way = "down" if goal.direction == "decrease" else "up"
        return say(f"smart.lead.readings_open_{way}", lang, delta=goal.delta)
    values = dict(goal.target_readings)
    impossible = [v for v in values.values() if goal.unit == "%" and not 0 <= v <= 100]
    key = "readings_impossible" if impossible else "readings"
    back = goal.delta if goal.direction == "decrease" else -goal.delta
    return say(
        f"smart.lead.{key}", lang, delta=goal.delta, start=values["pp"] + back,
        relative=values["relative_pct"], points=values["pp"], unit=unit_word(goal.unit, lang),
    )  # fmt: skip

"""A goal sentence as a card of plain text: what was read, what the letters say, what to ask next.

Only signs that every console knows: letters stand under the words they were read from.
"""

from collections.abc import Iterator

from playbook.chapters.smart.marks import LETTERS, pieces_of
from playbook.chapters.smart.result import Checked
from playbook.chapters.smart.section_words import amount, both_readings, reasoned
from playbook.core.lettering import pieces, width_of
from playbook.core.metrics import dictionary
from playbook.core.text import NOT_KNOWN, Lang, say

MARKS = {"pass": "[+]", "stretch": "[^]", "weak": "[~]", "fail": "[x]", "unknown": "[?]"}
WIDTH = 88
_ASKED = ("metric", "baseline", "target", "deadline", "owner")
"""Slots shown even where they are empty: these a goal must have."""


def sentence_card(goals: tuple[Checked, ...], lang: Lang) -> list[str]:
    """The lines of one sentence: its text once, then a card for each goal in it."""
    first = goals[0]
    lines = [*marked(first, WIDTH), ""]
    if first.day is not None:
        lines.append(say("smart.card.counted", lang, day=first.day))
    for number, goal in enumerate(goals, 1):
        if len(goals) > 1:
            title = say("smart.card.goal", lang, number=number, all=len(goals))
            lines += ["", title, *(marked(goal, WIDTH) if number > 1 else [])]
        lines += _goal(goal, lang)
    return lines


def marked(goal: Checked, width: int) -> list[str]:
    """The sentence with a line of slot letters under it, both broken at the same places.

    >>> from playbook.chapters.smart.reading import ReadSettings
    >>> from playbook.chapters.smart.sentence import check_sentence
    >>> print("\\n".join(marked(check_sentence("x", "投诉率降到2%", ReadSettings()), 40)))
    投诉率降到2%
    aaaaaabbbbdd
    """
    slots = [""] * len(goal.text)
    for piece in pieces_of(goal.text, goal.spans):
        slots[piece.start : piece.end] = [piece.slot] * (piece.end - piece.start)
    lines, row, under, at = [], "", "", 0
    for word in pieces(goal.text):
        if row and width_of(row + word.rstrip()) > width:
            lines += [row.rstrip(), under.rstrip()]
            row, under = "", ""
        row += word
        for char in word:
            under += LETTERS.get(slots[at], " ") * width_of(char)
            at += 1
    return [*lines, row.rstrip(), under.rstrip()]


def _goal(goal: Checked, lang: Lang) -> Iterator[str]:
    rows = list(_slots(goal, lang))
    wide = max(width_of(label) for _, label, _, _ in rows)
    values = min(44, max(width_of(value) for _, _, value, _ in rows))
    yield ""
    for letter, label, value, sure in rows:
        yield f"  {letter} {_padded(label, wide)}  {_padded(value, values)}  {sure}".rstrip()
    yield ""
    names = {key: say(f"smart.letter.{key}", lang) for key in goal.verdicts}
    wide = max(width_of(name) for name in names.values())
    for key, verdict in goal.verdicts.items():
        yield f"  {MARKS[verdict.value]} {_padded(names[key], wide)}  {reasoned(verdict, lang)}"
    yield from _remarks(goal, lang)


def _slots(goal: Checked, lang: Lang) -> Iterator[tuple[str, str, str, str]]:
    """Letter, name, value and confidence of each slot that was read or must be asked for."""
    sure = {span.slot: span.confidence for span in goal.spans}
    values = {
        "metric": _metric(goal, lang),
        "direction": say(f"smart.direction.{goal.direction}", lang) if goal.direction else None,
        "baseline": _number(goal.baseline, goal, lang),
        "target": _target(goal, lang),
        "delta": _delta(goal, lang),
        "deadline": _deadline(goal, lang),
        "start": goal.start.isoformat() if goal.start else None,
        "owner": goal.owner_name,
        "scope": goal.scope,
    }
    for slot, value in values.items():
        if value is not None or slot in _ASKED:
            known = sure.get(slot) or ("likely" if value is not None else "")
            said = say(f"smart.confidence.{known}", lang) if known else ""
            shown = NOT_KNOWN if value is None else value
            yield LETTERS[slot], say(f"smart.column.{slot}", lang), shown, said


def _metric(goal: Checked, lang: Lang) -> str | None:
    metric = dictionary().get(goal.metric_id or "")
    if metric is None:
        return goal.metric
    name = metric.name.in_(lang)
    said = goal.metric or name
    return f"{said} = {name}" if said.lower() != name.lower() else name


def _number(value: float | None, goal: Checked, lang: Lang) -> str | None:
    return None if value is None else amount(value, goal.unit, lang)


def _target(goal: Checked, lang: Lang) -> str | None:
    if goal.target is not None:
        return f"{goal.comparator or ''} {amount(goal.target, goal.unit, lang)}".strip()
    if goal.target_derived is None:
        return None
    return say("smart.card.derived", lang, value=amount(goal.target_derived, goal.unit, lang))


def _delta(goal: Checked, lang: Lang) -> str | None:
    if goal.delta is None:
        return None
    unit = {"relative_pct": "%", "pp": "pp"}.get(goal.delta_kind or "", goal.unit)
    open_ = "ambiguous_change" in goal.flags or goal.delta_kind is None
    kind = say(f"smart.delta.{'open' if open_ else goal.delta_kind}", lang)
    return f"{amount(goal.delta, unit, lang)} ({kind})"


def _deadline(goal: Checked, lang: Lang) -> str | None:
    if goal.deadline is None:
        return goal.deadline_text
    words = goal.deadline_text
    return f"{goal.deadline} ({words})" if words else goal.deadline.isoformat()


def _remarks(goal: Checked, lang: Lang) -> Iterator[str]:
    """What stands beside the goal, what to doubt, and the one next question."""
    yield ""
    readings = both_readings(goal, lang)
    said = [
        *_beside(goal, lang),
        *(say(f"smart.flag.{f}", lang) for f in goal.flags if f in SPOKEN),
        *([readings] if readings else []),
    ]
    yield from (f"  * {line}" for line in said)
    if said:
        yield ""
    if goal.ready:
        yield say("smart.card.ready", lang)
    if goal.next_question:
        yield say("smart.card.next", lang, question=say(f"smart.ask.{goal.next_question}", lang))
        yield say("smart.card.hint", lang, hint=say(f"smart.hint.{goal.next_question}", lang))


SPOKEN = ("no_goal", "contradiction", "nps_in_percent", "over_promise", "text_damaged", "text_long",
          "goals_many", "year_assumed", "day_month_ambiguous")  # fmt: skip
"""Flags said as a remark; the others are told by a letter's reason."""


def _beside(goal: Checked, lang: Lang) -> Iterator[str]:
    if goal.service_level is not None:
        level = amount(goal.service_level.value, goal.service_level.unit, lang)
        yield say("smart.card.service_level", lang, time=level)
    if goal.limit is not None:
        yield say("smart.card.limit", lang, amount=amount(goal.limit.value, goal.limit.unit, lang))
    for other in goal.other_targets:
        target = amount(other.target, other.unit, lang)
        yield say("smart.card.other", lang, target=target, day=other.deadline or NOT_KNOWN)
    found = goal.achievable
    if found is not None and found.ratio is not None:
        yield say("smart.card.rate", lang, ratio=found.ratio, n=found.n_history)
    if goal.promise is not None and goal.promise.needed is not None:
        yield say("smart.card.staff", lang, agents=goal.promise.agents, needed=goal.promise.needed)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - width_of(text))

"""Goal sentences: what was read where, what to doubt, and how a rewritten one fares."""

from playbook.chapters.smart.charts_sentence import MOST, sentence_figure
from playbook.chapters.smart.result import LETTERS, Amount, Checked, SmartResult
from playbook.chapters.smart.section_words import (
    amount,
    both_readings,
    named,
    question,
    reasoned,
)
from playbook.core.section import Cell, Column, Item, Picture, Table, Text
from playbook.core.text import NOT_KNOWN, Lang, say

_DOUBTS = ("no_goal", "contradiction", "nps_in_percent", "over_promise", "text_damaged",
           "year_assumed", "day_month_ambiguous", "goals_many", "text_long")  # fmt: skip


def main_goals(result: SmartResult) -> list[Checked]:
    """The main goal of each sentence."""
    return [g for g in result.goals if g.origin == "sentence" and g.goal_id == g.sentence_id]


def sentences(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """The most telling sentences with their marks, and all that must not be taken as read."""
    shown = main_goals(result)
    if not shown:
        return (Text((say("smart.lead.no_sentences", lang),)),)
    picture = _picture(_telling(shown), "sentences", lang)
    doubts = [row for g in result.goals if g.origin == "sentence" for row in _doubts(g, lang)]
    if not doubts:
        return (picture,)
    columns = (
        Column("id", say("smart.column.sentence_id", lang)),
        Column("text", say("smart.column.text", lang)),
        Column("doubt", say("smart.column.doubt", lang)),
    )
    return picture, Table("doubts", say("smart.table.doubts", lang), columns, tuple(doubts))


def sentences_all(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """Every sentence: slots, letters, the next question; the rest of the marked ones."""
    shown = main_goals(result)
    if not shown:
        return (Text((say("smart.lead.no_sentences", lang),)),)
    columns = (
        Column("id", say("smart.column.sentence_id", lang)),
        Column("text", say("smart.column.text", lang)),
        Column("read", say("smart.column.read", lang)),
        *(Column(k, say(f"smart.letter.{k}", lang)) for k in ("S", "M", "A", "T", "owner")),
        Column("question", say("smart.column.question", lang)),
    )
    goals = [g for g in result.goals if g.origin == "sentence"]
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "id": g.goal_id,
            "text": g.text,
            "read": _read(result, g, lang),
            **{k: reasoned(g.verdicts[k], lang) for k in ("S", "M", "A", "T", "owner")},
            "question": question(g, lang),
        }
        for g in goals
    )
    note = say("smart.table.sentences_note", lang)
    table = Table("sentences", say("smart.table.sentences", lang), columns, rows, note)
    first = _telling(shown)
    rest = [g for g in shown if g not in first]
    parts = [rest[i : i + 12] for i in range(0, len(rest), 12)]
    pictures = [_picture(part, f"sentences_{i}", lang) for i, part in enumerate(parts, 2)]
    return (*pictures, table)


def rewrites(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """Before and after: the letters of a sentence and of the one that replaces it."""
    shown = {g.goal_id: g for g in main_goals(result)}
    pairs = [(shown[g.rewrite_of], g) for g in shown.values() if g.rewrite_of in shown]
    if not pairs:
        return (Text((say("smart.lead.no_rewrites", lang),)),)
    columns = (
        Column("when", say("smart.column.when", lang)),
        Column("text", say("smart.column.text", lang)),
        *(Column(k, say(f"smart.letter.{k}", lang)) for k in (*LETTERS, "owner")),
        Column("question", say("smart.column.question", lang)),
    )
    rows = tuple(
        row
        for before, after in pairs
        for row in (_line("before", before, lang), _line("after", after, lang))
    )
    note = say("smart.table.rewrites_note", lang)
    return (Table("rewrites", say("smart.table.rewrites", lang), columns, rows, note),)


def _line(when: str, goal: Checked, lang: Lang) -> dict[str, Cell]:
    return {
        "when": say(f"smart.lead.{when}", lang, id=goal.goal_id),
        "text": goal.text,
        **{k: say(f"smart.value.{v.value}", lang) for k, v in goal.verdicts.items()},
        "question": question(goal, lang),
    }


def _telling(goals: list[Checked]) -> list[Checked]:
    """Those with something to doubt or rewritten first, then in the order given; then by place."""
    rewritten = {g.rewrite_of for g in goals}

    def less(goal: Checked) -> bool:
        return not (goal.flags or goal.rewrite_of or goal.goal_id in rewritten or goal.limit)

    chosen = sorted(goals, key=less)[:MOST]
    return [g for g in goals if g in chosen]


def _picture(goals: list[Checked], key: str, lang: Lang) -> Picture:
    return Picture(
        key,
        say("smart.figure.sentences_caption", lang),
        say(
            "smart.figure.sentences_alt",
            lang,
            goals=len(goals),
            texts=" / ".join(g.text for g in goals),
        ),
        lambda: sentence_figure(goals, lang),
    )


def _doubts(goal: Checked, lang: Lang) -> list[dict[str, Cell]]:
    said = [say(f"smart.flag.{flag}", lang) for flag in _DOUBTS if flag in goal.flags]
    readings = both_readings(goal, lang)
    said += [readings] if readings else []
    main = goal.goal_id == goal.sentence_id
    if main and "service_level_is_no_deadline" in goal.letters["T"].reasons:
        said.append(say("smart.reason.service_level_is_no_deadline", lang))
    if "contradiction" in goal.flags:
        first, last = (amount(v, goal.unit, lang) for v in (goal.baseline, goal.aim))
        said[0] = say("smart.lead.contradiction", lang, start=first, target=last)
    return [{"id": goal.goal_id, "text": goal.text, "doubt": text} for text in said]


def _read(result: SmartResult, goal: Checked, lang: Lang) -> str:
    """What the reader took from a sentence, slot by slot."""
    slots = (
        ("metric", named(result, goal.metric_id, lang) if goal.metric_id else goal.metric),
        ("direction", say(f"smart.direction.{goal.direction}", lang) if goal.direction else None),
        ("baseline", _or_none(goal.baseline, goal, lang)),
        ("target", _or_none(goal.target, goal, lang)),
        ("delta", _or_none(goal.delta, goal, lang)),
        ("deadline", goal.deadline.isoformat() if goal.deadline else None),
        ("owner", goal.owner_name),
        ("scope", goal.scope),
        ("service_level", _amount(goal.service_level, lang)),
        ("limit", _amount(goal.limit, lang)),
    )
    known = [(say(f"smart.column.{key}", lang), value) for key, value in slots if value]
    said = [say("smart.lead.slot", lang, slot=slot, value=value) for slot, value in known]
    end = "；" if lang == "zh" else "; "
    return end.join(said) if said else say("smart.lead.nothing_read", lang)


def _amount(found: Amount | None, lang: Lang) -> str | None:
    return None if found is None else amount(found.value, found.unit, lang)


def _or_none(value: float | None, goal: Checked, lang: Lang) -> str | None:
    shown = amount(value, goal.unit, lang)
    return None if shown == NOT_KNOWN else shown

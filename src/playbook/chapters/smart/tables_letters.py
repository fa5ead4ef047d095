"""Who must mend what: the letters still open, and the next question of each owner."""

from playbook.chapters.smart.charts import grid_goals, letter_grid
from playbook.chapters.smart.result import LETTERS, Checked, SmartResult
from playbook.chapters.smart.section_words import goal_name, named, open_reasons, question
from playbook.core.section import Cell, Column, Item, Picture, Table, Text
from playbook.core.text import NOT_KNOWN, Lang, say


def letters(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """The grid of all cards, and the reasons of those that are not ready."""
    cards = cards_of(result)
    if not cards:
        return (Text((say("smart.lead.no_cards", lang),)),)
    drawn = len(grid_goals(result))
    key = "letters_caption" if drawn == len(cards) else "letters_part"
    picture = Picture(
        "letters",
        say(f"smart.figure.{key}", lang, drawn=drawn, all=len(cards)),
        say("smart.figure.letters_alt", lang, goals=drawn),
        lambda: letter_grid(result, lang),
    )
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        *(Column(letter, say(f"smart.letter.{letter}", lang)) for letter in (*LETTERS, "owner")),
        *((Column("total", say("smart.column.total", lang)),) if result.show_total else ()),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "goal": goal_name(result, g, lang),
            **{key: open_reasons(verdict, lang) for key, verdict in g.verdicts.items()},
            "total": f"{len(g.verdicts) - _still_open(g)} / {len(g.verdicts)}",
        }
        for g in cards
        if not g.ready
    )
    if not rows:
        return (picture,)
    return picture, Table("letters", say("smart.table.letters", lang), columns, rows)


def questions(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """One open question a goal, sorted by who is to answer."""
    open_ = [g for g in cards_of(result) if g.next_question]
    if not open_:
        return (Text((say("smart.lead.no_questions", lang),)),)
    columns = (
        Column("owner", say("smart.column.owner", lang)),
        Column("goal", say("smart.column.goal", lang)),
        Column("question", say("smart.column.question", lang)),
        Column("hint", say("smart.column.hint", lang)),
        Column("left", say("smart.column.left", lang), "integer"),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "owner": named(result, g.owner_name, lang) if g.owner_name else NOT_KNOWN,
            "goal": goal_name(result, g, lang),
            "question": question(g, lang),
            "hint": say(f"smart.hint.{g.next_question}", lang),
            "left": _still_open(g),
        }
        for g in sorted(open_, key=lambda g: (g.owner_name or "", g.goal_id))
    )
    return (Table("questions", say("smart.table.questions", lang), columns, rows),)


def _still_open(goal: Checked) -> int:
    """How many of the five letters and the owner are not settled: no score, a count of work."""
    settled = {"pass", "stretch"}
    return sum(verdict.value not in settled for verdict in goal.verdicts.values())


def cards_of(result: SmartResult) -> list[Checked]:
    """The goals that have a card."""
    return [g for g in result.goals if g.origin == "card"]

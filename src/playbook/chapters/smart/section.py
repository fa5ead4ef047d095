"""The letters in words: who must answer which question next."""

from datetime import date

from playbook.chapters.smart.charts import achievable_panels, letter_grid, with_history
from playbook.chapters.smart.result import LETTERS, Checked, SmartResult, Verdict
from playbook.core.section import (
    Block,
    Cell,
    Column,
    Conclusions,
    Item,
    Picture,
    Section,
    Table,
    Text,
    conclude,
)
from playbook.core.text import NOT_KNOWN, Lang, listing, say

ANNEX = ("measurable", "sentences")
"""Blocks for those who work on the goals; the report puts them behind."""

REFERENCES = (
    "Doran, G. T. (1981). There's a S.M.A.R.T. way to write management's goals and objectives. "
    "Management Review 70(11).",
    "Locke, E. A., Latham, G. P. (2002). Building a practically useful theory of goal setting. "
    "American Psychologist 57(9).",
    "Ogbeiwi, O. (2017). Why written objectives need to be really SMART. "
    "British Journal of Healthcare Management 23(7).",
    "Bjerke, M. B., Renger, R. (2017). Being smart about writing SMART objectives. "
    "Evaluation and Program Planning 61.",
    "Swann, C. et al. (2022). The (over)use of SMART goals. Health Psychology Review.",
)


def section(result: SmartResult, lang: Lang) -> Section:
    """Show the letters of every goal, why, and the one next question each."""
    found = conclude("smart", result.findings, lang, result.names)
    cards = [g for g in result.goals if g.origin == "card"]
    sentences = [g for g in result.goals if g.origin == "sentence"]
    parts: dict[str, tuple[Item, ...]] = {
        "summary": (Text((_lead(cards, sentences, lang),)), Conclusions(found)),
        "letters": _letters(result, cards, lang),
        "achievable": _achievable(result, lang),
        "measurable": _measurable(result, cards, lang),
        "sentences": _sentences(result, sentences, lang),
        "questions": _questions(result, cards, lang),
    }
    blocks = tuple(
        Block(key, say(f"smart.block.{key}", lang), items, lang, key in ANNEX)
        for key, items in parts.items()
    )
    return Section(
        "smart", say("chapter.smart.title", lang), lang, say("chapter.smart.question", lang),
        blocks, found, tuple(say(f"smart.note.{n}", lang) for n in ("text", "data", "rate", "sum")),
        REFERENCES,
    )  # fmt: skip


def _lead(cards: list[Checked], sentences: list[Checked], lang: Lang) -> str:
    return say("smart.lead.summary", lang, cards=len(cards), sentences=len(sentences))


def _letters(result: SmartResult, cards: list[Checked], lang: Lang) -> tuple[Item, ...]:
    if not cards:
        return (Text((say("smart.lead.no_cards", lang),)),)
    picture = Picture(
        "letters",
        say("smart.figure.letters_caption", lang),
        say("smart.figure.letters_alt", lang, goals=len(cards)),
        lambda: letter_grid(result, lang),
    )
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        *(Column(letter, say(f"smart.letter.{letter}", lang)) for letter in (*LETTERS, "owner")),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "goal": _goal(result, g, lang),
            **{letter: open_reasons(g.letters[letter], lang) for letter in LETTERS},
            "owner": open_reasons(g.owner, lang),
        }
        for g in cards
        if not g.ready
    )
    return picture, Table("letters", say("smart.table.letters", lang), columns, rows)


def open_reasons(verdict: Verdict, lang: Lang) -> str:
    """The reasons of a letter that is still open; of one that passes its value alone."""
    passed = verdict.value == "pass"
    return say("smart.value.pass", lang) if passed else reasoned(verdict, lang)


def reasoned(verdict: Verdict, lang: Lang) -> str:
    """A letter's value with its reasons in words."""
    value = say(f"smart.value.{verdict.value}", lang)
    reasons = [say(f"smart.reason.{code}", lang) for code in verdict.reasons]
    return say("smart.lead.reasoned", lang, value=value, reasons=listing(reasons, lang)) if (
        reasons
    ) else value  # fmt: skip


def _achievable(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    shown = with_history(result)
    if not shown:
        return (Text((say("smart.lead.no_history", lang),)),)
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("baseline", say("smart.column.baseline", lang)),
        Column("target", say("smart.column.target", lang)),
        Column("required", say("smart.column.required", lang)),
        Column("best", say("smart.column.best", lang)),
        Column("ratio", say("smart.column.ratio", lang), "number", 2),
        Column("horizon", say("smart.column.horizon", lang), "number", 1),
        Column("n", say("smart.column.n_history", lang), "integer"),
        Column("forecast", say("smart.column.forecast", lang)),
        Column("verdict", say("smart.column.verdict", lang)),
        Column("advice", say("smart.column.advice", lang)),
    )
    table = Table(
        "achievable", say("smart.table.achievable", lang), columns,
        tuple(_rate_row(result, g, lang) for g in shown), say("smart.table.achievable_note", lang),
    )  # fmt: skip
    picture = Picture(
        "achievable",
        say("smart.figure.achievable_caption", lang),
        say("smart.figure.achievable_alt", lang, goals=len(shown)),
        lambda: achievable_panels(result, lang),
    )
    return picture, table


def _rate_row(result: SmartResult, goal: Checked, lang: Lang) -> dict[str, Cell]:
    a = goal.achievable
    if a is None:
        return {}
    middle, low, high = (_held(v, goal) for v in (a.forecast, a.forecast_low, a.forecast_high))
    return {
        "goal": _goal(result, goal, lang),
        "baseline": _held(a.baseline, goal),
        "target": _held(goal.target, goal),
        "required": _step(a.required, goal, lang),
        "best": _step(a.best, goal, lang),
        "ratio": a.ratio,
        "horizon": a.horizon_periods,
        "n": a.n_history,
        "forecast": f"{middle} ({low}–{high})" if a.forecast is not None else NOT_KNOWN,
        "verdict": reasoned(goal.letters["A"], lang),
        "advice": _advice(goal, lang),
    }


def _advice(goal: Checked, lang: Lang) -> str:
    a = goal.achievable
    if a is None or a.advice_target is None:
        return NOT_KNOWN
    when: date | None = a.advice_date
    key = "advice" if when else "advice_undated"
    return say(f"smart.lead.{key}", lang, day=when, target=_held(a.advice_target, goal))


def _measurable(result: SmartResult, cards: list[Checked], lang: Lang) -> tuple[Item, ...]:
    shown = [(g, g.detectable) for g in cards if g.detectable]
    if not shown:
        return (Text((say("smart.lead.no_samples", lang),)),)
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("n", say("smart.column.n_planned", lang)),
        Column("difference", say("smart.column.difference", lang)),
        Column("threshold", say("smart.column.threshold", lang)),
        Column("power", say("smart.column.power", lang), "percent", 0),
        Column("verdict", say("smart.column.verdict", lang)),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "goal": _goal(result, g, lang),
            "n": f"{d.n_before:,} / {d.n_after:,}",
            "difference": _step(d.difference, g, lang),
            "threshold": _step(d.threshold, g, lang),
            "power": d.power,
            "verdict": say(f"smart.value.{d.verdict}", lang),
        }
        for g, d in shown
    )
    return (Table("measurable", say("smart.table.measurable", lang), columns, rows),)


def _sentences(result: SmartResult, sentences: list[Checked], lang: Lang) -> tuple[Item, ...]:
    if not sentences:
        return (Text((say("smart.lead.no_sentences", lang),)),)
    columns = (
        Column("text", say("smart.column.text", lang)),
        Column("read", say("smart.column.read", lang)),
        *(Column(k, say(f"smart.letter.{k}", lang)) for k in ("S", "M", "T")),
        Column("question", say("smart.column.question", lang)),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "text": g.text,
            "read": _read(result, g, lang),
            **{k: reasoned(g.letters[k], lang) for k in ("S", "M", "T")},
            "question": _question(g, lang),
        }
        for g in sentences
    )
    note = say("smart.table.sentences_note", lang)
    return (Table("sentences", say("smart.table.sentences", lang), columns, rows, note),)


def _read(result: SmartResult, goal: Checked, lang: Lang) -> str:
    """What the reader took from a sentence, slot by slot."""
    unit = goal.unit or ""
    slots = (
        ("metric", _named(result, goal.metric_id, lang) if goal.metric_id else goal.metric),
        ("direction", say(f"smart.direction.{goal.direction}", lang) if goal.direction else None),
        ("baseline", _written(goal.baseline, unit)),
        ("target", _written(goal.target, unit)),
        ("delta", _written(goal.delta, unit)),
        ("deadline", goal.deadline.isoformat() if goal.deadline else None),
        ("owner", goal.owner_name),
    )
    said = [f"{say(f'smart.column.{key}', lang)}: {value}" for key, value in slots if value]
    return "; ".join(said) if said else say("smart.lead.nothing_read", lang)


def _questions(result: SmartResult, cards: list[Checked], lang: Lang) -> tuple[Item, ...]:
    open_ = [g for g in cards if g.next_question]
    if not open_:
        return (Text((say("smart.lead.no_questions", lang),)),)
    columns = (
        Column("owner", say("smart.column.owner", lang)),
        Column("goal", say("smart.column.goal", lang)),
        Column("question", say("smart.column.question", lang)),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "owner": _named(result, g.owner_name, lang) if g.owner_name else NOT_KNOWN,
            "goal": _goal(result, g, lang),
            "question": _question(g, lang),
        }
        for g in sorted(open_, key=lambda g: (g.owner_name or "", g.goal_id))
    )
    return (Table("questions", say("smart.table.questions", lang), columns, rows),)


def _question(goal: Checked, lang: Lang) -> str:
    return say(f"smart.ask.{goal.next_question}", lang) if goal.next_question else NOT_KNOWN


def _held(value: float | None, goal: Checked, digits: int = 1) -> str:
    """A number of a card as shown: shares as %, others with their unit left to the column."""
    if value is None:
        return NOT_KNOWN
    return f"{value * 100:.{digits}f}%" if goal.unit == "%" else f"{value:,.{digits}f}"


def _step(value: float | None, goal: Checked, lang: Lang) -> str:
    """A difference of two values of a card: of shares in percentage points."""
    if value is None:
        return NOT_KNOWN
    return f"{value * 100:.2f}{say('display.pp', lang)}" if goal.unit == "%" else f"{value:,.2f}"


def _written(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{value:g} {unit}".strip()


def _goal(result: SmartResult, goal: Checked, lang: Lang) -> str:
    name = _named(result, goal.goal_id, lang)
    return name if name == goal.goal_id else f"{goal.goal_id} {name}"


def _named(result: SmartResult, key: str | None, lang: Lang) -> str:
    if key is None:
        return NOT_KNOWN
    return result.names[key].in_(lang) if key in result.names else key

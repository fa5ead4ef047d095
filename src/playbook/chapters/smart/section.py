"""The letters in words: who must answer which question next."""

from playbook.chapters.smart.result import SmartResult
from playbook.chapters.smart.tables_data import achievable, achievable_all, measurable, promises
from playbook.chapters.smart.tables_letters import cards_of, letters, questions
from playbook.chapters.smart.tables_sentences import (
    main_goals,
    rewrites,
    sentences,
    sentences_all,
)
from playbook.core.section import Block, Conclusions, Item, Section, Text, conclude
from playbook.core.text import Lang, say

ANNEX = ("rewrites", "achievable_all", "sentences_all")
"""Blocks for those who work on the goals; the report puts them behind."""

NOTES = ("text", "data", "rate", "forecast", "sample", "staff", "left_out", "sum")

REFERENCES = (
    "Doran, G. T. (1981). There's a S.M.A.R.T. way to write management's goals and objectives. "
    "Management Review 70(11).",
    "Locke, E. A., Latham, G. P. (2002). Building a practically useful theory of goal setting. "
    "American Psychologist 57(9).",
    "Ogbeiwi, O. (2017). Why written objectives need to be really SMART. "
    "British Journal of Healthcare Management 23(7).",
    "Bjerke, M. B., Renger, R. (2017). Being smart about writing SMART objectives. "
    "Evaluation and Program Planning 61.",
    "Epton, T., Currie, S., Armitage, C. J. (2017). Unique effects of setting goals on behavior "
    "change. Journal of Consulting and Clinical Psychology 85(12).",
    "Swann, C. et al. (2022). The (over)use of SMART goals. Health Psychology Review.",
    "Gans, N., Koole, G., Mandelbaum, A. (2003). Telephone call centers. "
    "Manufacturing & Service Operations Management 5(2).",
)


def section(result: SmartResult, lang: Lang) -> Section:
    """Show the letters of every goal, why, and the one next question each."""
    found = conclude("smart", result.findings, lang, result.names)
    lead = say(
        "smart.lead.summary", lang, cards=len(cards_of(result)), sentences=len(main_goals(result))
    )
    parts: dict[str, tuple[Item, ...]] = {
        "summary": (Text((lead,)), Conclusions(found)),
        "letters": letters(result, lang),
        "questions": questions(result, lang),
        "achievable": achievable(result, lang),
        "measurable": measurable(result, lang),
        "promises": promises(result, lang),
        "sentences": sentences(result, lang),
        "rewrites": rewrites(result, lang),
        "achievable_all": achievable_all(result, lang),
        "sentences_all": sentences_all(result, lang),
    }
    blocks = tuple(
        Block(key, say(f"smart.block.{key}", lang), items, lang, key in ANNEX)
        for key, items in parts.items()
    )
    return Section(
        "smart", say("chapter.smart.title", lang), lang, say("chapter.smart.question", lang),
        blocks, found, tuple(say(f"smart.note.{n}", lang) for n in NOTES), REFERENCES,
    )  # fmt: skip

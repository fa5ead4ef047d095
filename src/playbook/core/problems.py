"""Problem: one thing wrong with the input, said so that its owner can mend it.

Where (file, sheet, row as Excel shows it, column), what was found, what was expected and what to
do. A problem holds a code and values; its sentence stands in the words of the part that found it:
``Problem("kano.code_order_conflict")`` is said by ``kano.problem.code_order_conflict``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from playbook.core.text import Lang, Name, say

Level = Literal["error", "warn", "note"]


@dataclass(frozen=True)
class Problem:
    """A fault (error), a doubt (warn) or a remark (note) about one place of the input.

    row is the line number a spreadsheet shows: 1 is the header. names: what the client calls the
    ids among the values; both are shown, since the id is what stands in the file.
    """

    code: str
    level: Level = "error"
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)

    def where(self, lang: Lang) -> str:
        """Name the place: ``goals.csv, row 4, column target``."""
        parts = [
            self.file,
            say("problem.sheet", lang, sheet=self.sheet) if self.sheet else "",
            say("problem.row", lang, row=self.row) if self.row is not None else "",
            say("problem.column", lang, column=self.column) if self.column else "",
        ]
        return say("problem.join", lang).join(part for part in parts if part)

    def what(self, lang: Lang) -> str:
        """What was found, what was expected and what to do."""
        table, _, code = self.code.partition(".")
        slots = {"value": shown(self.value), "column": self.column, "row": self.row, **self.values}
        named = {slot: self._named(value, lang) for slot, value in slots.items()}
        return say(f"{table}.problem.{code}", lang, file=self.file, **named)

    def _named(self, value: object, lang: Lang) -> object:
        if not isinstance(value, str):
            return value
        name = self.names.get(value)
        if name is None or name.in_(lang) == value:
            return visible(value)
        return say("problem.named", lang, name=visible(name.in_(lang)), id=visible(value))

    def say(self, lang: Lang) -> str:
        """The whole sentence, the place first."""
        place, text = self.where(lang), self.what(lang)
        return say("problem.line", lang, place=place, text=text) if place else text


class RefusedError(ValueError):
    """Input that must not become a number. Carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem], lang: Lang = "en") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.lines(lang)))

    def lines(self, lang: Lang) -> list[str]:
        return [problem.say(lang) for problem in self.problems]

    def in_(self, lang: Lang) -> "RefusedError":
        """The same refusal, said in another language."""
        return RefusedError(self.problems, lang)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that forbid going on."""
    return tuple(problem for problem in problems if problem.level == "error")


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raise RefusedError if any of the problems is an error."""
    if faults := errors(problems):
        raise RefusedError(faults)


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """The nearest known name, or the empty string.

    >>> did_you_mean("respondant", ["respondent", "feature"])
    'respondent'
    """
    near = get_close_matches(wrong, list(right), n=1, cutoff=0.6)
    return near[0] if near else ""


def shown(value: str, most: int = 40) -> str:
    """A value as quoted in a message: one line, control characters visible, long text cut.

    >>> shown("a\\tb" + "x" * 50)
    'a\\\\tbxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    plain = visible(value)
    return plain if len(plain) <= most else plain[:most] + "…"


def visible(value: str) -> str:
    """Text on one line: what does not print is written as its escape.

    >>> visible("two\\nlines")
    'two\\\\nlines'
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in value)

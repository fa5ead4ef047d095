"""The model of what is shown: a Section of blocks, rendered late by several writers.

A block holds paragraphs, tables, pictures and conclusions. Tables hold raw numbers and say how
each column is to be shown, so HTML shows ``85.0 %`` where the workbook holds 0.85.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from matplotlib.figure import Figure

from playbook.core.findings import Certainty, Finding
from playbook.core.problems import did_you_mean
from playbook.core.text import Lang, Name, has, known_as, listing, say

Cell = str | int | float | bool | date | None
Kind = Literal[
    "text", "integer", "number", "signed", "percent", "points", "money", "p", "date", "yes"
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """How one column is shown. low and high name the keys of its interval in the row, if any.

    percent: a share 0-1 shown as %; points: a difference of shares shown in percentage points;
    signed: a number with its sign; p: a p-value, never shown as nought; yes: a truth value.
    """

    key: str
    label: str
    kind: Kind = "text"
    digits: int = 1
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Table:
    """A titled table; rows map column keys (and interval keys) to raw cells."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure, drawn when first asked for. caption and alt text are required."""

    id: str
    caption: str
    alt: str
    draw: Callable[[], Figure]

    def __post_init__(self) -> None:
        if not self.caption.strip() or not self.alt.strip():
            raise ValueError(f"picture {self.id!r} needs a caption and an alt text")

    @cached_property
    def svg(self) -> bytes:
        from playbook.core.figure import to_svg

        return to_svg(self.draw)

    @cached_property
    def png(self) -> bytes:
        from playbook.core.figure import to_png

        return to_png(self.draw)


@dataclass(frozen=True)
class Text:
    """Plain paragraphs."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Conclusion:
    """A finding in words: what holds, how sure, what to do next."""

    code: str
    certainty: Certainty
    text: str
    next_step: str = ""
    headline: bool = False


@dataclass(frozen=True)
class Conclusions:
    """A list of conclusions shown together."""

    items: tuple[Conclusion, ...]


Item = Text | Table | Picture | Conclusions


@dataclass(frozen=True, repr=False)
class Block:
    """One step of a chapter: a heading and what stands under it.

    annex: needed to check or to work on, not to read first; the report puts it behind the chapters.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    lang: Lang
    annex: bool = False

    def __repr__(self) -> str:  # short, and the same in every process
        return f"<Block {self.id}>"

    def _repr_html_(self) -> str:
        from playbook.core.html import fragment

        return fragment(self)


@dataclass(frozen=True, repr=False)
class Section:
    """What one chapter shows, in one language. ``section["main"]`` is one of its blocks."""

    id: str
    title: str
    lang: Lang
    question: str
    blocks: tuple[Block, ...]
    conclusions: tuple[Conclusion, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    skipped: bool = False

    def __repr__(self) -> str:
        return f"<Section {self.id}: {', '.join(block.id for block in self.blocks)}>"

    def __getitem__(self, block_id: str) -> Block:
        if self.skipped:
            first = self.blocks[0]
            return first if block_id == "summary" else Block(block_id, "", (), self.lang)
        by_id = {block.id: block for block in self.blocks}
        if block_id not in by_id:
            near = did_you_mean(block_id, by_id)
            raise KeyError(
                f"no block {block_id!r} in {self.id}; there are {', '.join(by_id)}"
                + (f"; did you mean {near!r}?" if near else "")
            )
        return by_id[block_id]

    def _repr_html_(self) -> str:
        from playbook.core.html import fragment

        return fragment(self)


def conclude(
    chapter: str,
    findings: tuple[Finding, ...],
    lang: Lang,
    names: Mapping[str, Name] | None = None,
) -> tuple[Conclusion, ...]:
    """Put findings into words; ``{about}`` in a sentence is the list of names it speaks of.

    A text value that is an id in names is replaced by that name.
    """
    known = names or {}

    def key_of(part: str, finding: Finding) -> str:
        key = f"{chapter}.{part}.{finding.code}"
        sure = f"{key}.{finding.certainty}"
        return sure if has(sure, lang) else key

    def one(finding: Finding) -> Conclusion:
        slots: dict[str, object] = {
            slot: known_as(value, known, lang) if isinstance(value, str) else value
            for slot, value in finding.values.items()
        }
        slots["about"] = listing([known_as(item, known, lang) for item in finding.about], lang)
        then = key_of("next", finding)
        return Conclusion(
            finding.code,
            finding.certainty,
            say(key_of("finding", finding), lang, **slots),
            say(then, lang, **slots) if has(then, lang) else "",
            finding.weight == "headline",
        )

    return tuple(one(finding) for finding in findings)


def home_of(code: str, homes: Mapping[str, str]) -> str:
    """The block of the first start that the code begins with; blank if there is none.

    >>> home_of("promise_thin", {"promise_": "staffing"})
    'staffing'
    """
    return next((block for start, block in homes.items() if code.startswith(start)), "")


def spread(
    blocks: Sequence[Block],
    found: Iterable[Conclusion],
    homes: Mapping[str, str],
    heads_first: bool = False,
) -> tuple[Block, ...]:
    """Put each conclusion into the block it speaks of, behind the block's opening text.

    homes: the start of a code -> block id, the first that fits. What has no home among these
    blocks stands in the first one, and so do headlines if heads_first.
    """
    held: dict[str, list[Conclusion]] = {block.id: [] for block in blocks}

    def home(one: Conclusion) -> str:
        if heads_first and one.headline:
            return blocks[0].id
        near = home_of(one.code, homes)
        return near if near in held else blocks[0].id

    for one in found:
        held[home(one)].append(one)
    return tuple(_opened(block, tuple(held[block.id])) for block in blocks)


def _opened(block: Block, own: tuple[Conclusion, ...]) -> Block:
    if not own:
        return block
    lead = 1 if block.items and isinstance(block.items[0], Text) else 0
    return replace(block, items=(*block.items[:lead], Conclusions(own), *block.items[lead:]))


@dataclass(frozen=True)
class Skipped:
    """A chapter that did not run because tables are absent; no error.

    missing lists groups of tables: one of each group would do.
    """

    chapter: str
    missing: tuple[tuple[str, ...], ...] = field(default=())


def skipped_section(skipped: Skipped, lang: Lang) -> Section:
    """The section of a chapter that did not run: what it would need."""
    either = say("section.or", lang)
    groups = [either.join(f"{table}.csv" for table in group) for group in skipped.missing]
    needs = say("section.skipped", lang, needs=listing(groups, lang))
    block = Block("summary", say("section.skipped_title", lang), (Text((needs,)),), lang)
    title = say(f"chapter.{skipped.chapter}.title", lang)
    question = say(f"chapter.{skipped.chapter}.question", lang)
    return Section(skipped.chapter, title, lang, question, (block,), skipped=True)

"""Report: all a client reads, in one language, from what the chapters saved."""

from dataclasses import dataclass
from pathlib import Path

from playbook.bench import out_folder, read_saved, saved_section
from playbook.case import Case, load_case
from playbook.chapters import CHAPTERS, REPORT
from playbook.core.section import Block, Cell, Column, Conclusion, Section, Table
from playbook.core.text import Lang, Name, say

APPENDIX = "start"
"""The chapter whose section is the report's appendix on data quality."""


@dataclass(frozen=True)
class Summary:
    """The headline conclusions of one chapter, in the order the chapter gives them."""

    chapter: str
    title: str
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True, repr=False)
class Report:
    """A report as data. dated is the case's reference date: the same input, the same bytes."""

    name: str
    lang: Lang
    dated: str
    period: str
    synthetic: bool
    about: str
    summary: tuple[Summary, ...]
    sections: tuple[Section, ...]
    skipped: tuple[Section, ...]
    appendix: Section | None
    not_run: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[tuple[Section, Table], ...]:
        """Every table with the section it stands in."""
        parts = (*self.sections, *((self.appendix,) if self.appendix else ()))
        return tuple(
            (section, item)
            for section in parts
            for block in section.blocks
            for item in block.items
            if isinstance(item, Table)
        )

    @property
    def has_annex(self) -> bool:
        return any(block.annex for section in self.sections for block in section.blocks)

    def __repr__(self) -> str:
        return f"<Report {self.name}: {', '.join(section.id for section in self.sections)}>"

    def _repr_html_(self) -> str:
        return self.overview._repr_html_()

    @property
    def overview(self) -> Block:
        """What the report holds, as one small table."""
        columns = (
            Column("chapter", say("report.column.chapter", self.lang)),
            Column("headlines", say("report.column.headlines", self.lang), "integer"),
            Column("tables", say("report.column.tables", self.lang), "integer"),
        )
        headlines = {s.chapter: len(s.conclusions) for s in self.summary}
        rows: tuple[dict[str, Cell], ...] = tuple(
            {
                "chapter": section.title,
                "headlines": headlines.get(section.id, 0),
                "tables": sum(isinstance(i, Table) for b in section.blocks for i in b.items),
            }
            for section in self.sections
        )
        title = say("report.overview", self.lang)
        return Block("overview", title, (Table("overview", title, columns, rows),), self.lang)


def build_report(case: Case, out: Path, lang: Lang) -> Report:
    """Gather what the chapters saved in out into one report."""
    found = {one.name: saved_section(out, one, lang) for one in CHAPTERS}
    appendix = found.pop(APPENDIX)
    sections = [section for section in found.values() if section is not None]
    return Report(
        case.file.name.in_(lang),
        lang,
        case.file.reference_date.isoformat(),
        _period(case),
        case.file.synthetic,
        _in(case.file.about, lang),
        tuple(_summary(section) for section in sections if _headlines(section)),
        tuple(section for section in sections if not section.skipped),
        tuple(section for section in sections if section.skipped),
        appendix,
        tuple(say(f"chapter.{name}.title", lang) for name, s in found.items() if s is None),
    )


def report_of(case_dir: str, lang: Lang, out_dir: str = "") -> tuple[Report, Path]:
    """The report and the folder its files go to; used by the report's notebook."""
    case = load_case(case_dir)
    out = out_folder(case, lang, out_dir)
    if not any(read_saved(out, one.name) for one in CHAPTERS):
        raise FileNotFoundError(say("report.nothing_saved", lang, chapter=REPORT.notebook))
    return build_report(case, out, lang), out


def _headlines(section: Section) -> tuple[Conclusion, ...]:
    return tuple(c for c in section.conclusions if c.headline)


def _summary(section: Section) -> Summary:
    return Summary(section.id, section.title, _headlines(section))


def _period(case: Case) -> str:
    span = case.file.period
    return f"{span.start.isoformat()} – {span.end.isoformat()}" if span else ""


def _in(name: Name | None, lang: Lang) -> str:
    return name.in_(lang) if name else ""

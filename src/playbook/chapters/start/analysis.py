"""The state of the case: its tables, their blanks and faults, and what each chapter will do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.chapters.start.inputs import Settings
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem
from playbook.core.records import from_dict
from playbook.core.text import Name


@dataclass(frozen=True)
class About:
    """Whose case it is and of what time."""

    name: Name
    reference_date: date
    synthetic: bool
    sector: str
    currency: str
    licence: str
    about: Name | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class TableState:
    """One table as read: counts of rows, columns, cells, blank and "never used" cells."""

    table: str
    file: str
    sheet: str
    rows: int
    columns: int
    cells: int
    blanks: int
    never_used: int


@dataclass(frozen=True)
class ChapterState:
    """Whether a chapter will run; missing: groups of tables it lacks, one of each would do."""

    chapter: str
    number: int
    missing: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class StartResult:
    """The health of a case."""

    about: About
    tables: tuple[TableState, ...]
    chapters: tuple[ChapterState, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """No fault is the chapter's own: case and chapters find theirs."""
    return ()


def analyse(inputs: Inputs[Settings]) -> StartResult:
    """Sum up the state that the case reports of itself (``inputs.earlier["case"]``)."""
    health = inputs.earlier["case"]
    tables = tuple(from_dict(TableState, row) for row in health["tables"])
    chapters = tuple(from_dict(ChapterState, row) for row in health["chapters"])
    problems = tuple(from_dict(Problem, row) for row in health["problems"])
    findings = _findings(tables, chapters, problems)
    return StartResult(_about(health["about"]), tables, chapters, problems, findings)


def _about(case: Mapping[str, Any]) -> About:
    period = case["period"] or {"start": None, "end": None}
    kept = {
        key: case[key]
        for key in ("name", "reference_date", "synthetic", "sector", "currency", "licence", "about")
    }
    return from_dict(About, {**kept, **period})


def _findings(
    tables: tuple[TableState, ...],
    chapters: tuple[ChapterState, ...],
    problems: tuple[Problem, ...],
) -> tuple[Finding, ...]:
    levels = [problem.level for problem in problems]
    wrong, doubtful = levels.count("error"), levels.count("warn")
    code = "data_faulty" if wrong else "data_doubtful" if doubtful else "data_sound"
    values = {"tables": len(tables), "rows": sum(t.rows for t in tables)}
    found = [Finding(code, "fact", values={**values, "errors": wrong, "warnings": doubtful})]
    skipped = [c for c in chapters if c.missing]
    running = {"run": len(chapters) - len(skipped), "all": len(chapters)}
    found.append(Finding("chapters_run", "fact", values=running))
    return tuple(found)

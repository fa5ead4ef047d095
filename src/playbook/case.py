"""Case: all inputs of one folder, read and checked.

``case.toml`` says whose case it is; every table stands beside it as ``<table>.csv``, ``.xlsx`` or
``.parquet``, as a sheet of ``case.xlsx``, or where ``[tables.<table>]`` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from playbook.chapters import CHAPTERS, Chapter, chapter
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.intake.files import SUFFIXES, sheet_names
from playbook.core.intake.tables import Loaded, read_table
from playbook.core.problems import Problem, RefusedError, did_you_mean, errors
from playbook.core.records import from_dict, read_toml, to_dict
from playbook.core.schema import Field, Mapped, TableSpec
from playbook.core.text import Lang, Name

LABELS = TableSpec(
    "labels",
    (Field("id", required=True), Field("zh", required=True), Field("en", required=True)),
    key=("id",),
)
"""The client's own names of codes, for every chapter."""


@dataclass(frozen=True)
class Period:
    """The span of time the case speaks of, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            values = {"start": self.start.isoformat(), "end": self.end.isoformat()}
            raise RefusedError([Problem("case.period_reversed", file="case.toml", values=values)])


@dataclass(frozen=True)
class CaseFile:
    """What ``case.toml`` holds beside the chapters' settings.

    reference_date: the day relative dates are counted from. synthetic: made-up data, said so
    wherever it is shown. about: what the data is and where it comes from.
    """

    name: Name
    reference_date: date
    lang: Lang = "zh"
    synthetic: bool = False
    sector: str = ""
    period: Period | None = None
    currency: str = ""
    seed: int = 1
    departments: tuple[str, ...] = ()
    strategy_themes: tuple[str, ...] = ()
    about: Name | None = None
    licence: str = ""
    tables: Mapping[str, Mapped] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A case as read. problems: those of case.toml's table names and of every file."""

    folder: Path
    file: CaseFile
    settings: Mapping[str, Any]
    loaded: tuple[Loaded, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def tables(self) -> Tables:
        usable = [item for item in self.loaded if item.frame is not None]
        return Tables(
            {item.name: item.frame for item in usable if item.frame is not None},
            {item.name: item.place for item in usable},
            {item.name: item.never_used for item in usable},
        )

    @property
    def facts(self) -> Facts:
        it = self.file
        return Facts(
            it.reference_date, it.currency, it.seed, it.synthetic, it.departments,
            it.strategy_themes, it.sector,
        )  # fmt: skip

    def inputs(self, name: str, earlier: Mapping[str, Mapping[str, Any]] | None = None) -> Any:
        """What this chapter's ``analyse`` is given."""
        known = dict(earlier or {})
        if name == "start":
            known["case"] = self.health()
        return Inputs(self.tables, self.settings[name], self.facts, known)

    def missing(self, one: Chapter) -> tuple[tuple[str, ...], ...]:
        """The groups of tables the chapter lacks; a faulty table counts as there."""
        return one.missing({item.name for item in self.loaded})

    def table_problems(self, names: tuple[str, ...] = ()) -> tuple[Problem, ...]:
        """The problems of the folder and of the tables that these chapters use; () is all."""
        chosen = [c for c in CHAPTERS if not names or c.name in names]
        used = {spec.name for c in chosen for spec in _specs_used(c)} | {LABELS.name}
        of_tables = (p for item in self.loaded if item.name in used for p in item.problems)
        return (*self.problems, *of_tables)

    def check(self, names: tuple[str, ...] = ()) -> tuple[Problem, ...]:
        """Every problem: of the folder, of the tables, and what the chapters find in them."""
        found = list(self.table_problems(names))
        if errors(found):  # a chapter's own check needs whole tables
            return tuple(found)
        for one in (c for c in CHAPTERS if not names or c.name in names):
            if one.name != "start" and not self.missing(one):
                found += one.module("analysis").check(self.inputs(one.name))
        return tuple(found)

    def health(self) -> dict[str, Any]:
        """The state of the case as plain data, for the chapter ``start``."""
        tables = [
            {
                "table": item.name,
                "file": item.place.file,
                "sheet": item.place.sheet,
                "rows": item.rows,
                "columns": 0 if item.frame is None else item.frame.shape[1],
                "blanks": sum(item.blanks.values()),
                "never_used": sum(item.never_used.values()),
                "cells": 0 if item.frame is None else int(item.frame.size),
            }
            for item in self.loaded
        ]
        chapters = [
            {"chapter": c.name, "number": c.number, "missing": to_dict(self.missing(c))}
            for c in CHAPTERS
            if c.name != "start"
        ]
        problems = [to_dict(p) for p in self.check()]
        about = to_dict({f.name: getattr(self.file, f.name) for f in fields(self.file)})
        return {"about": about, "tables": tables, "chapters": chapters, "problems": problems}


def find_case(case_dir: str | Path) -> Path:
    """The folder of a case: as given, or from a folder above the current one.

    So ``data/hotel`` works from the project's top and from ``notebooks/`` alike. Raises
    RefusedError if no folder of that name holds a ``case.toml``.
    """
    wanted = Path(case_dir)
    for base in (Path.cwd(), *Path.cwd().parents):
        if (base / wanted / "case.toml").is_file():
            return (base / wanted).resolve()
    code = "folder_without_case" if wanted.is_dir() else "folder_missing"
    raise RefusedError([Problem(f"case.{code}", value=str(case_dir))])


def load_case(case_dir: str | Path) -> Case:
    """Read a case folder. Raises RefusedError only if case.toml itself cannot be used.

    Faulty tables do not raise: their problems are kept, so that all can be told at once.
    """
    folder = find_case(case_dir)
    data = read_toml(folder / "case.toml")
    settings, faults = _settings(data)
    kept = {key: value for key, value in data.items() if key not in settings}
    try:
        file = from_dict(CaseFile, kept, "case.toml")
    except RefusedError as refused:
        raise RefusedError((*refused.problems, *faults)) from None
    if faults:
        raise RefusedError(faults)
    places, problems = _places(folder, file.tables)
    specs = table_specs()
    loaded = tuple(read_table(specs[name], path, mapped) for name, (path, mapped) in places.items())
    return Case(folder, file, settings, loaded, tuple(problems))


@cache
def table_specs() -> dict[str, TableSpec]:
    """Every table that any chapter declares, by name."""
    return {spec.name: spec for spec in (LABELS, *(s for c in CHAPTERS for s in _specs(c)))}


def _specs(one: Chapter) -> tuple[TableSpec, ...]:
    specs: tuple[TableSpec, ...] = one.module("inputs").TABLES
    return specs


def _specs_used(one: Chapter) -> list[TableSpec]:
    return [s for name in (one.name, *one.after) for s in _specs(chapter(name))]


def _settings(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Each chapter's settings, defaults where case.toml is silent; and all their faults."""
    settings: dict[str, Any] = {}
    faults: list[Problem] = []
    for one in CHAPTERS:
        cls = one.module("inputs").Settings
        try:
            settings[one.name] = from_dict(cls, data.get(one.name, {}), f"case.toml [{one.name}]")
        except RefusedError as refused:
            settings[one.name] = None
            faults += refused.problems
    return settings, faults


def _places(
    folder: Path, mapped: Mapping[str, Mapped]
) -> tuple[dict[str, tuple[Path, Mapped]], list[Problem]]:
    """Where each table stands, and what is wrong with the names of files and tables."""
    specs = table_specs()
    problems = [_unknown_table(name, specs) for name in mapped if name not in specs]
    book = folder / "case.xlsx"
    sheets = sheet_names(book) if book.is_file() else ()
    places: dict[str, tuple[Path, Mapped]] = {}
    for name in specs:
        how = mapped.get(name, Mapped())
        found = [(folder / how.file, how)] if how.file else _candidates(folder, name, how, sheets)
        if len(found) > 1:
            files = ", ".join(path.name for path, _ in found)
            problems.append(Problem("case.table_twice", value=name, values={"files": files}))
        if found:
            places[name] = found[0]
        elif name in mapped:
            problems.append(Problem("case.mapped_table_missing", file="case.toml", value=name))
    return places, problems + _stray_files(folder, {p.name for p, _ in places.values()})


def _candidates(
    folder: Path, name: str, how: Mapped, sheets: tuple[str, ...]
) -> list[tuple[Path, Mapped]]:
    files = [(folder / f"{name}{suffix}", how) for suffix in SUFFIXES]
    found = [(path, how) for path, how in files if path.is_file()]
    if name in sheets:
        found.append((folder / "case.xlsx", replace(how, sheet=name)))
    return found


def _unknown_table(name: str, specs: Mapping[str, TableSpec]) -> Problem:
    near = did_you_mean(name, specs) or "–"
    return Problem("case.table_unknown", file="case.toml", value=name, values={"near": near})


def _stray_files(folder: Path, used: set[str]) -> list[Problem]:
    """Files that look like a misspelt table; other files are the client's own business."""
    strays = []
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.name not in used | {"case.xlsx"}:
            near = did_you_mean(path.stem, [s for s in table_specs() if f"{s}.csv" not in used])
            if near:
                values = {"near": near}
                strays.append(Problem("case.file_unknown", "warn", path.name, values=values))
    return strays

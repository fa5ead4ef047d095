"""Bench: what one chapter's notebook works on: the case, the language, the output folder.

bench = open_bench("kano", case_dir, lang, out_dir)
result = bench.analyse(analyse)
page = bench.section(section, result)
bench.save(result)
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from playbook.case import Case, load_case
from playbook.chapters import Chapter, chapter
from playbook.core.problems import RefusedError, refuse_errors
from playbook.core.records import from_dict, to_dict, to_json, write_text
from playbook.core.section import Section, Skipped, skipped_section
from playbook.core.text import LANGS, Lang

R = TypeVar("R")


@dataclass(frozen=True)
class Saved:
    """The file a result was saved to, named without its folder."""

    file: str

    def __repr__(self) -> str:
        return self.file


@dataclass(frozen=True)
class Bench:
    """One chapter at work."""

    chapter: Chapter
    case: Case
    lang: Lang
    out: Path

    def analyse(self, analyse: Callable[[Any], R]) -> R | Skipped:
        """Compute the chapter's result, or say which tables it lacks.

        Raises RefusedError, in the bench's language, if the input has faults.
        """
        try:
            missing = self.case.missing(self.chapter)
            if missing:
                return Skipped(self.chapter.name, missing)
            if self.chapter.name != "start":  # which tells of faults instead of refusing them
                refuse_errors(self.case.table_problems((self.chapter.name,)))
            return analyse(self.case.inputs(self.chapter.name, self.earlier()))
        except RefusedError as refused:
            raise refused.in_(self.lang) from None

    def earlier(self) -> dict[str, Mapping[str, Any]]:
        """The results of the chapters this one reads, as plain data: saved, or made now."""
        found = {name: self._result_of(chapter(name)) for name in self.chapter.after}
        found |= {name: self._help_of(chapter(name)) for name in self.chapter.helped_by}
        return {name: result for name, result in found.items() if result is not None}

    def _result_of(self, other: Chapter) -> Mapping[str, Any] | None:
        """A notebook run alone finds nothing saved: then the earlier analysis is run here."""
        saved = read_saved(self.out, other.name)
        if saved is not None:
            result: Mapping[str, Any] | None = saved["result"]
            return result
        return self._computed(other)

    def _help_of(self, other: Chapter) -> Mapping[str, Any] | None:
        """A later chapter's result, from the tables as they are; its faults are its own to tell."""
        try:
            refuse_errors(self.case.table_problems((other.name,)))
            return self._computed(other)
        except RefusedError:
            return None

    def _computed(self, other: Chapter) -> Mapping[str, Any] | None:
        if self.case.missing(other):
            return None
        theirs = Bench(other, self.case, self.lang, self.out)
        inputs = self.case.inputs(other.name, theirs.earlier())
        plain: Mapping[str, Any] = json.loads(to_json(other.module("analysis").analyse(inputs)))
        return plain

    def section(self, section: Callable[[R, Lang], Section], result: R | Skipped) -> Section:
        """The result in words, tables and figures."""
        if isinstance(result, Skipped):
            return skipped_section(result, self.lang)
        return section(result, self.lang)

    def save(self, result: object) -> Saved:
        """Hand the result over to later chapters and the report."""
        skipped = result if isinstance(result, Skipped) else None
        held = {
            "chapter": self.chapter.name,
            "skipped": to_dict(skipped),
            "result": None if skipped else to_dict(result),
        }
        path = self.out / f"{self.chapter.name}.json"
        write_text(path, to_json(held))
        return Saved(path.name)


def open_bench(name: str, case_dir: str, lang: str = "zh", out_dir: str = "") -> Bench:
    """Open the case for a chapter. out_dir "" stands for ``runs/<case>/<lang>`` beside data/."""
    spoken = as_lang(lang)
    try:
        case = load_case(case_dir)
    except RefusedError as refused:
        raise refused.in_(spoken) from None
    return Bench(chapter(name), case, spoken, out_folder(case, spoken, out_dir))


def as_lang(lang: str) -> Lang:
    """Check a language's name. Raises ValueError."""
    for known in LANGS:
        if lang == known:
            return known
    raise ValueError(f"lang={lang!r} must be one of {', '.join(LANGS)}")


def out_folder(case: Case, lang: Lang, out_dir: str | Path = "") -> Path:
    """Where results go: out_dir, or ``runs/<case>/<lang>`` beside the folder of cases."""
    if out_dir:
        return Path(out_dir).resolve()
    beside = case.folder.parent
    root = beside.parent if beside.name == "data" else beside
    return root / "runs" / case.folder.name / lang


def read_saved(out: Path, name: str) -> dict[str, Any] | None:
    """The saved file of a chapter as plain data; None if there is none."""
    path = out / f"{name}.json"
    if not path.is_file():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def saved_section(out: Path, one: Chapter, lang: Lang) -> Section | None:
    """A chapter's section, made again from its saved result; None if it did not run."""
    data = read_saved(out, one.name)
    if data is None:
        return None
    if data["skipped"] is not None:
        return skipped_section(from_dict(Skipped, data["skipped"]), lang)
    record = get_type_hints(one.module("analysis").analyse)["return"]
    section: Section = one.module("section").section(from_dict(record, data["result"]), lang)
    return section

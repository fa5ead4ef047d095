"""The cascade sheets 目标分解单 as files: to print, to send to each holder, to work on.

``cascade.html`` holds all pages, ``cascade/<holder>.html`` one each, ``cascade.xlsx`` the tables;
``tree.mmd`` is the tree as Mermaid text, for documents that draw it themselves.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Template
from markupsafe import Markup, escape

from playbook.bench import Bench
from playbook.chapters.tree.drawing_mermaid import mermaid
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.tables import Setter
from playbook.chapters.tree.tables_cascade import (
    CascadePage,
    cascade_pages,
    cascade_table,
    sheets_shown,
)
from playbook.core.html import environment, style
from playbook.core.records import write_bytes, write_text
from playbook.core.section import Skipped, Table
from playbook.core.text import Lang, say
from playbook.report.html import template_file
from playbook.report.xlsx import pages_xlsx

FOLDER = "cascade"
MOST_SHEETS = 200
"""Sheets a workbook is still easy to leaf through; further holders stand in its first table."""
DENSE = 11
"""Rows from which on a page is set small."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{d}{i}" for d in ("com", "lpt") for i in range(10))}
)
_LONGEST = 40


@dataclass(frozen=True)
class HandOut:
    """The files written, as paths below the output folder; shown as links in a notebook."""

    files: tuple[str, ...]
    pages: Mapping[str, str]
    lang: Lang

    def __repr__(self) -> str:
        return "\n".join((*self.files, *(f"{self.pages[key]}" for key in self.pages)))

    def _repr_html_(self) -> str:
        main = ", ".join(_link(file, file) for file in self.files)
        each = ", ".join(_link(file, name) for name, file in self.pages.items())
        lead = escape(say("report.cascade.lead", self.lang))
        return f"<div><p>{lead}</p><p>{main}</p><p>{each}</p></div>"


def _link(file: str, name: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(quote(file), name)


@dataclass(frozen=True)
class _Page:
    name: str
    tables: tuple[Table, ...]

    @property
    def is_dense(self) -> bool:
        return sum(len(table.rows) for table in self.tables) > DENSE


def hand_out(bench: Bench, result: TreeResult | Skipped) -> HandOut:
    """Write the sheets of everybody into the output folder; older ones are taken away first.

    Raises ValueError if ``cascade`` in the output folder leads elsewhere.
    """
    folder = bench.out / FOLDER
    if not clear_sheets(bench.out):
        raise ValueError(say("report.cascade.elsewhere", bench.lang, folder=FOLDER))
    if isinstance(result, Skipped):
        return HandOut((), {}, bench.lang)
    pages = cascade_pages(result, bench.lang)
    names = file_names(page.holder for page in pages)
    write_text(bench.out / "cascade.html", to_html(bench, pages))
    for page in pages:
        write_text(folder / names[page.holder], to_html(bench, [page]))
    write_bytes(bench.out / "cascade.xlsx", to_xlsx(bench, result, pages))
    write_text(bench.out / "tree.mmd", mermaid(result, bench.lang))
    shown = {page.name: f"{FOLDER}/{names[page.holder]}" for page in pages}
    return HandOut(("cascade.html", "cascade.xlsx", "tree.mmd"), shown, bench.lang)


def clear_sheets(out: Path) -> bool:
    """Take away what an older run wrote; False, and nothing is touched, if ``cascade`` in the
    output folder leads elsewhere."""
    folder = out / FOLDER
    if folder.resolve().parent != out.resolve():
        return False
    alone = (out / name for name in ("cascade.html", "cascade.xlsx", "tree.mmd"))
    for old in (*folder.glob("*.html"), *alone):
        old.unlink(missing_ok=True)
    return True


def to_html(bench: Bench, pages: Sequence[CascadePage]) -> str:
    """The pages as one HTML file, each on a printed page of its own."""
    case = bench.case.file
    return _template().render(
        lang=bench.lang,
        style=_sheet(),
        case=case.name.in_(bench.lang),
        synthetic=case.synthetic,
        title=f"{say('report.cascade.kind', bench.lang)} · {case.name.in_(bench.lang)}",
        pages=[_Page(page.name, page.tables) for page in pages],
    )


def to_xlsx(bench: Bench, result: TreeResult, pages: Sequence[CascadePage]) -> bytes:
    """The pages as a workbook: everybody in one table first, then a sheet each."""
    whole = cascade_table(Setter(result, bench.lang), sheets_shown(result), "cascade")
    sheets = [(page.name, page.tables) for page in pages[:MOST_SHEETS]]
    case = bench.case.file
    title = case.name.in_(bench.lang)
    return pages_xlsx(title, case.reference_date.isoformat(), bench.lang, whole, sheets)


def file_names(holders: Iterable[str]) -> dict[str, str]:
    """A file name for each holder that is safe on every system and used once.

    >>> file_names(["王琳", "../etc/passwd", "CON", "a b", "A B"])
    {'王琳': '王琳.html', '../etc/passwd': 'etc_passwd.html', 'CON': 'CON_.html', 'a b': 'a_b.html',
     'A B': 'A_B_2.html'}
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for holder in holders:
        plain = unicodedata.normalize("NFKC", holder)
        base = "".join(c if c.isalnum() or c in "-_" else "_" for c in plain).strip("_")
        base = base[:_LONGEST] or "holder"
        base = f"{base}_" if base.casefold() in _RESERVED else base
        name, count = base, 1
        while name.casefold() in used:
            count += 1
            name = f"{base}_{count}"
        used.add(name.casefold())
        found[holder] = f"{name}.html"
    return found


@cache
def _template() -> Template:
    return environment().from_string(template_file("cascade.html"))


@cache
def _sheet() -> Markup:
    return style() + Markup(template_file("cascade.css"))  # noqa: S704  our own file

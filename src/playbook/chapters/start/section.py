"""The state of the case in words, tables and one figure."""

from playbook.chapters.start.analysis import StartResult
from playbook.chapters.start.charts import fill_chart
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
from playbook.core.text import Lang, listing, say


def section(result: StartResult, lang: Lang) -> Section:
    """Show what is in the case, how sound it is and what will run."""
    found = conclude("start", result.findings, lang)
    tables: tuple[Item, ...] = (_tables(result, lang), _picture(result, lang))
    parts: dict[str, tuple[Item, ...]] = {
        "summary": (_lead(result, lang), Conclusions(found)),
        "tables": tables if result.tables else tables[:1],
        "problems": (_problems(result, lang),),
        "chapters": (_chapters(result, lang),),
    }
    blocks = tuple(
        Block(key, say(f"start.block.{key}", lang), items, lang) for key, items in parts.items()
    )
    return Section(
        "start",
        say("chapter.start.title", lang),
        lang,
        say("chapter.start.question", lang),
        blocks,
        found,
        notes=(say("start.note.blanks", lang),),
    )


def _lead(result: StartResult, lang: Lang) -> Text:
    about = result.about
    lines = [say("start.lead.case", lang, name=about.name.in_(lang), day=about.reference_date)]
    if about.start and about.end:
        lines.append(say("start.lead.period", lang, start=about.start, end=about.end))
    if about.synthetic:
        lines.append(say("start.lead.synthetic", lang))
    if about.about:
        lines.append(about.about.in_(lang))
    if about.licence:
        lines.append(say("start.lead.licence", lang, licence=about.licence))
    return Text(tuple(lines))


def _tables(result: StartResult, lang: Lang) -> Table:
    columns = (
        Column("table", say("start.column.table", lang)),
        Column("file", say("start.column.file", lang)),
        Column("rows", say("start.column.rows", lang), "integer"),
        Column("columns", say("start.column.columns", lang), "integer"),
        Column("blank", say("start.column.blank", lang), "percent"),
        Column("never", say("start.column.never", lang), "percent"),
    )
    rows = tuple(
        {
            "table": t.table,
            "file": f"{t.file} / {t.sheet}" if t.sheet else t.file,
            "rows": t.rows,
            "columns": t.columns,
            "blank": t.blanks / t.cells if t.cells else None,
            "never": t.never_used / t.cells if t.cells else None,
        }
        for t in result.tables
    )
    return Table("tables", say("start.table.tables", lang), columns, rows)


def _picture(result: StartResult, lang: Lang) -> Picture:
    return Picture(
        "fill",
        say("start.figure.fill.caption", lang),
        say("start.figure.fill.alt", lang, tables=len(result.tables)),
        lambda: fill_chart(result, lang),
    )


def _problems(result: StartResult, lang: Lang) -> Table | Text:
    if not result.problems:
        return Text((say("start.lead.no_problems", lang),))
    columns = (
        Column("level", say("start.column.level", lang)),
        Column("where", say("start.column.where", lang)),
        Column("what", say("start.column.what", lang)),
    )
    rows = tuple(
        {
            "level": say(f"start.code.{problem.level}", lang),
            "where": problem.where(lang),
            "what": problem.what(lang),
        }
        for problem in result.problems
    )
    return Table("problems", say("start.table.problems", lang), columns, rows)


def _chapters(result: StartResult, lang: Lang) -> Table:
    columns = (
        Column("number", say("start.column.number", lang)),
        Column("chapter", say("start.column.chapter", lang)),
        Column("runs", say("start.column.runs", lang), "yes"),
        Column("needs", say("start.column.needs", lang)),
    )
    either = say("section.or", lang)
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "number": f"{c.number:02d}",
            "chapter": say(f"chapter.{c.chapter}.title", lang),
            "runs": not c.missing,
            "needs": listing([either.join(group) for group in c.missing], lang),
        }
        for c in result.chapters
    )
    return Table("chapters", say("start.table.chapters", lang), columns, rows)

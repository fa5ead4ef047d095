"""What forbids reading the table as numbers: all faults at once, each in its place."""

from collections.abc import Iterator

from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.instrument import instrument_faults
from playbook.chapters.servqual.layout import Role, repeated
from playbook.chapters.servqual.survey import Source, form_of
from playbook.core.inputs import Tables
from playbook.core.problems import Problem, did_you_mean

TABLE = "servqual"
MOST = 20


def faults(tables: Tables, source: Source, settings: Settings) -> Iterator[Problem]:
    """Every error of the table, and the remarks that need no numbers."""
    yield from instrument_faults(tables)
    yield from _columns(tables, source, settings)
    yield from _respondents(tables)
    yield from _scales(tables, source, settings)
    for role in source.scales:
        yield from _answers(tables, source, role)
    yield from _overall(tables, source, settings)
    yield from _drivers(tables, source, settings)


def _columns(tables: Tables, source: Source, settings: Settings) -> Iterator[Problem]:
    layout, items = source.layout, source.instrument.items
    for column in layout.strange:
        yield tables.problem(
            TABLE, "servqual.instrument_unknown", row=1, column=column, value=column
        )
    if not layout.items("P"):
        yield tables.problem(TABLE, "servqual.no_perceptions", row=1, k=len(items))
        return
    form = form_of(layout, settings)
    roles: dict[str, tuple[Role, ...]] = {"gap": ("E", "P"), "zone": ("D", "A", "P")}
    for role in roles.get(form, ("P",)):
        lacking = [item for item in items if item not in layout.items(role)]
        if lacking:
            shown = ", ".join(f"{role}{item}" for item in lacking[:MOST])
            yield tables.problem(
                TABLE, "servqual.items_unmatched", row=1, value=shown, k=len(items)
            )
    have, want = set(layout.points), set(source.instrument.dimensions)
    if have and have != want:
        lacking = sorted(f"points_{d}" for d in want - have)
        yield tables.problem(TABLE, "servqual.points_incomplete", row=1, value=", ".join(lacking))


def _respondents(tables: Tables) -> Iterator[Problem]:
    frame = tables[TABLE]
    for row in list(frame.index[repeated(frame)])[:MOST]:
        value = frame.loc[row, "respondent_id"]
        yield tables.problem(
            TABLE, "servqual.duplicate_respondent", row=int(row), column="respondent_id",
            value=value,
        )  # fmt: skip


def _scales(tables: Tables, source: Source, settings: Settings) -> Iterator[Problem]:
    if any(role not in source.scales for role in source.counts):
        lacking = [r for r in source.counts if r not in source.scales]
        found = sorted({t for r in lacking for t in source.counts[r]})
        some = ", ".join(found[:12])
        yield tables.problem(TABLE, "servqual.scale_undeclared", value=some)
        return
    for role, (low, high) in source.scales.items():
        if low >= high:
            yield tables.problem(
                TABLE, "servqual.scale_empty", value=f"{low:g}..{high:g}", role=role
            )
    gap = form_of(source.layout, settings) == "gap"
    if gap and "P" in source.scales and source.scales.get("E") != source.scales["P"]:
        e, p = source.scales["E"], source.scales["P"]
        yield tables.problem(
            TABLE, "servqual.scales_differ", e=f"{e[0]:g}..{e[1]:g}", p=f"{p[0]:g}..{p[1]:g}"
        )


def _answers(tables: Tables, source: Source, role: Role) -> Iterator[Problem]:
    low, high = source.scales[role]
    counts, reading = source.counts[role], source.readings[role]

    def told(code: str, text: str) -> Problem:
        columns, row = _where(source, role, text)
        return tables.problem(
            TABLE, f"servqual.{code}", row=row, column=columns, value=text,
            count=counts[text], low=low, high=high,
        )  # fmt: skip

    for text in reading.unknown[:MOST]:
        yield told("answer_unknown", text)
    for text in reading.conflicts[:MOST]:
        yield told("label_number_conflict", text)
    for text, number in reading.numbers.items():
        if not low <= number <= high:
            yield told("score_out_of_range", text)


def _where(source: Source, role: Role, text: str) -> tuple[str, int | None]:
    """The columns that hold an answer (the first five) and its first row."""
    columns: list[str] = []
    rows: list[int] = []
    for (found, _), column in source.layout.columns.items():
        if found == role:
            cells = source.frame[column]
            hits = cells.index[cells.map(lambda x: _same(x, text))]
            if len(hits):
                columns.append(column)
                rows.append(int(hits[0]))
    more = " …" if len(columns) > 5 else ""
    return ", ".join(columns[:5]) + more, min(rows) if rows else None


def _same(cell: object, text: str) -> bool:
    return cell is not None and (f"{cell:g}" if isinstance(cell, float) else str(cell)) == text


def _overall(tables: Tables, source: Source, settings: Settings) -> Iterator[Problem]:
    low, high = settings.overall_min, settings.overall_max
    if "overall" not in source.frame:
        return
    values = source.frame["overall"].dropna()
    if low is None or high is None:
        if len(values):
            yield tables.problem(
                TABLE, "servqual.overall_undeclared", level="note", column="overall",
                low=float(values.min()), high=float(values.max()),
            )  # fmt: skip
        return
    wrong = values[(values < low) | (values > high)]
    for value, n in wrong.value_counts().sort_index().items():
        row = int(wrong.index[wrong == value][0])
        yield tables.problem(
            TABLE, "servqual.score_out_of_range", row=row, column="overall", value=f"{value:g}",
            count=int(n), low=low, high=high,
        )  # fmt: skip


def _drivers(tables: Tables, source: Source, settings: Settings) -> Iterator[Problem]:
    known = {*source.instrument.items, *source.instrument.dimensions}
    for name in settings.drivers:
        if name not in known:
            near = did_you_mean(name, known) or "–"
            yield tables.problem(TABLE, "servqual.driver_unknown", value=name, near=near)

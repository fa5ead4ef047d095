"""The tables of the design: what is needed, what would help, how the rule behaves."""

from playbook.chapters.pilot.design_parts import DesignCell
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.tables import Row, change_kind, column, table_of
from playbook.core.section import Column, Table
from playbook.core.text import Lang, say


def design_table(result: PilotResult, lang: Lang) -> Table:
    """Lift needed by pilots and controls at the answers of this pilot."""
    d = result.design
    here = [c for c in d.table if c.answers == d.answers or c.controls != max(d.controls, 2)]
    by_controls: dict[int, dict[int, DesignCell]] = {}
    for cell in here:
        by_controls.setdefault(cell.controls, {})[cell.pilots] = cell
    pilots = sorted({cell.pilots for cell in here})
    columns = [column("controls", lang, "integer")]
    columns += [
        Column(f"pilots_{j}", say("pilot.column.with_pilots", lang, pilots=j), *change_kind(result))
        for j in pilots
    ]
    rows: list[Row] = [
        {"controls": c, **{f"pilots_{j}": cells[j].lift_needed for j in cells}}
        for c, cells in sorted(by_controls.items())
    ]
    return table_of("design", columns, rows, result, lang)


def options_table(result: PilotResult, lang: Lang) -> Table:
    """What one more store or quarter adds."""
    columns = [
        column("option", lang),
        *(column(key, lang, "integer") for key in ("pilots", "controls", "answers")),
        Column("needed", say("pilot.column.needed", lang), *change_kind(result)),
        column("power", lang, "percent", 0),
    ]
    rows: list[Row] = [
        {"option": say(f"pilot.option.{o.code}", lang), "pilots": o.pilots,
         "controls": o.controls, "answers": o.answers, "needed": o.lift_needed, "power": o.power}
        for o in result.design.options
    ]  # fmt: skip
    return table_of("options", columns, rows, result, lang)


def operating_table(result: PilotResult, lang: Lang) -> Table:
    """How often the rule says what."""
    keys = ("scale", "iterate", "stop", "point_rule")
    columns = [
        Column("lift", say("pilot.column.true_lift", lang), *change_kind(result)),
        *(column(key, lang, "percent", 0) for key in keys),
    ]
    rows: list[Row] = [
        {"lift": row.lift, **{key: getattr(row, key) for key in keys}}
        for row in result.design.operating
    ]
    return table_of("operating", columns, rows, result, lang)

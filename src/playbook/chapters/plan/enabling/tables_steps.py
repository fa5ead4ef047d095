"""Tables of procedures, blueprint, articles, KPI scores and forms."""

from collections.abc import Mapping, Sequence

from playbook.chapters.plan.enabling.model_steps import (
    Form,
    FormLine,
    Knowledge,
    PaySheet,
    Procedure,
    Step,
    TotalTime,
)
from playbook.chapters.plan.enabling.naming import name_of
from playbook.chapters.plan.enabling.tables import code, column, table, title
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Table
from playbook.core.text import Lang, Name, listing, say, words

Names = Mapping[str, Name]


def step_table(procedure: Procedure, lang: Lang, names: Names) -> Table:
    """Each step with its target, the times measured and what was found when it was checked."""
    rows = [
        _step_row(number, step, lang, names) for number, step in enumerate(procedure.steps, start=1)
    ]
    columns = (
        column("step", lang), column("role", lang), column("target", lang, "number", 0),
        column("p50", lang, "number", 0), column("p95", lang, "number", 0),
        column("within_target", lang, "percent", 0),
        column("passed", lang, "percent", 0, "low", "high"), column("checked", lang, "integer"),
        column("limit", lang),
    )  # fmt: skip
    return table("sop_steps", columns, rows, title("steps", lang))


def _step_row(number: int, step: Step, lang: Lang, names: Names) -> dict[str, Cell]:
    passed = step.passed
    return {
        "step": f"{number} {name_of(step.step, names, lang)}",
        "role": name_of(step.role, names, lang), "target": step.target_minutes, "p50": step.p50,
        "p95": step.p95, "within_target": step.p_within, "passed": passed.value,
        "low": passed.low, "high": passed.high, "checked": passed.n,
        "limit": name_of(step.decision_limit, names, lang) if step.decision_limit else None,
    }  # fmt: skip


def check_table(procedure: Procedure, lang: Lang, names: Names) -> Table:
    """The check sheet: what goes in, what comes out, what to ask."""
    rows: list[dict[str, Cell]] = [
        {"step": f"{number} {name_of(step.step, names, lang)}",
         "role": name_of(step.role, names, lang),
         "input": name_of(step.input, names, lang), "output": name_of(step.output, names, lang),
         "question": name_of(step.check_question, names, lang)}
        for number, step in enumerate(procedure.steps, start=1)
    ]  # fmt: skip
    columns = [column(key, lang) for key in ("step", "role", "input", "output", "question")]
    name = title("checks", lang, n=procedure.sample_size, margin=100 * procedure.margin)
    return table("sop_checks", columns, rows, name)


def totals_table(key: str, totals: Sequence[TotalTime], lang: Lang) -> Table:
    """The total time at each dependence of the steps."""
    rows: list[dict[str, Cell]] = [
        {"rho": _rho(one.rho, lang), "p50": one.p50, "p90": one.p90, "p95": one.p95,
         "within": one.p_within}
        for one in totals
    ]  # fmt: skip
    columns = [column("rho", lang)]
    columns += [column(key, lang, "number", 0) for key in ("p50", "p90", "p95")]
    if any(one.p_within is not None for one in totals):
        columns.append(column("within", lang, "percent"))
    return table(f"{key}_totals", columns, rows, title("totals", lang))


def _rho(rho: float, lang: Lang) -> str:
    key = "rho_none" if rho == 0 else "rho_full" if rho == 1 else "rho_some"
    return code(key, lang, rho=rho)


def article_table(knowledge: Knowledge, lang: Lang, names: Names) -> Table:
    """Causes by how often they are complained of, with what answers them."""
    rows: list[dict[str, Cell]] = [
        {"cause": name_of(one.cause, names, lang), "complaints": one.complaints, "part": one.share,
         "article": one.article or None,
         "owner": short_name(name_of(one.owner, names, lang)) if one.owner else None,
         "review": one.review_on, "whole": one.whole}
        for one in knowledge.articles
    ]  # fmt: skip
    columns = (
        column("cause", lang), column("complaints", lang, "integer"),
        column("part", lang, "percent", 0), column("article", lang), column("owner", lang),
        column("review", lang, "date"), column("whole", lang, "yes"),
    )  # fmt: skip
    return table("articles", columns, rows, title("articles", lang))


def weight_table(pay: Sequence[PaySheet], lang: Lang, names: Names) -> Table:
    """Holders with their measures and weights, while no attainment is known."""
    rows: list[dict[str, Cell]] = [
        {"holder": name_of(sheet.holder, names, lang),
         "kpis": listing([f"{name_of(one.kpi, names, lang)} {one.weight:g}"
                          for one in sheet.lines], lang),
         "weight": sum(one.weight for one in sheet.lines)}
        for sheet in pay
    ]  # fmt: skip
    columns = (column("holder", lang), column("kpis", lang), column("weight", lang, "number", 0))
    return table("pay", columns, rows, title("pay_weights", lang))


def pay_table(pay: Sequence[PaySheet], lang: Lang, names: Names) -> Table:
    """KPI scores: weights, attainment, points; under each holder the sum of what is known."""
    columns = (
        column("holder", lang), column("kpi", lang), column("weight", lang, "number", 0),
        column("attainment", lang, "percent", 0), column("points", lang, "number"),
    )  # fmt: skip
    rows = [row for sheet in pay for row in _pay_rows(sheet, lang, names)]
    return table("pay", columns, rows, title("pay", lang))


def _pay_rows(sheet: PaySheet, lang: Lang, names: Names) -> list[dict[str, Cell]]:
    holder = name_of(sheet.holder, names, lang)
    rows: list[dict[str, Cell]] = [
        {"holder": holder, "kpi": name_of(line.kpi, names, lang), "weight": line.weight,
         "attainment": line.attainment, "points": line.points}
        for line in sheet.lines
    ]  # fmt: skip
    whole = sheet.total is not None
    last = code("total", lang) if whole else code("known_sum", lang, weight=sheet.known_weight)
    rows.append(
        {"holder": holder, "kpi": last, "weight": sum(line.weight for line in sheet.lines),
         "attainment": None, "points": sheet.points if sheet.known_weight else None}
    )  # fmt: skip
    return rows


def forms_table(forms: Sequence[Form], lang: Lang) -> Table:
    """How far each form is filled in."""
    rows: list[dict[str, Cell]] = [
        {"form": say(f"plan.enabling.block.form_{form.form}", lang), "asked": form.asked,
         "filled": form.filled, "open": form.asked - form.filled}
        for form in forms
    ]  # fmt: skip
    columns = [column("form", lang)]
    columns += [column(key, lang, "integer") for key in ("asked", "filled", "open")]
    return table("forms", columns, rows, title("forms", lang))


def form_table(form: Form, lang: Lang, names: Names) -> Table:
    """One form: what it should say, with the client's lines; open ones said to be open."""
    rows = [_form_row(form.form, line, lang, names) for line in form.lines]
    columns = [
        column("group_of", lang), column("item", lang), column("given", lang),
        column("owner", lang), column("day", lang, "date"), column("line_state", lang),
    ]  # fmt: skip
    if any(line.note for line in form.lines):
        columns.append(column("note", lang))
    return table(f"form_{form.form}", columns, rows, title("form", lang))


def _form_row(form: str, line: FormLine, lang: Lang, names: Names) -> dict[str, Cell]:
    asked = words("plan", lang).get(f"plan.enabling.item.{form}.{line.item}", "")
    return {
        "group_of": say(f"plan.enabling.group.{line.group}", lang),
        "item": name_of(line.item, names, lang) if line.own else asked,
        "given": name_of(line.value, names, lang) if line.value else None,
        "owner": short_name(name_of(line.owner, names, lang)) if line.owner else None,
        "day": line.due, "line_state": code(line.state, lang),
        "note": name_of(line.note, names, lang) if line.note else None,
    }  # fmt: skip

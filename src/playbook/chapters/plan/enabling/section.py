"""Training, points, procedure, blueprint, articles and forms in words, tables and figures.

``blocks`` gives them in the order of teaching; long ones go to the annex. Conclusions are worded by
the chapter, which also knows in which block each of them belongs.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from matplotlib.figure import Figure

from playbook.chapters.plan.enabling import tables as t
from playbook.chapters.plan.enabling import tables_steps as s
from playbook.chapters.plan.enabling.charts import (
    by_teams,
    funnel_chart,
    mastery_chart,
    people_chart,
    people_parts,
    teams_chart,
)
from playbook.chapters.plan.enabling.charts_steps import blueprint_chart, lanes_chart
from playbook.chapters.plan.enabling.forms import without_gated
from playbook.chapters.plan.enabling.model import Enabling, Points, Training
from playbook.chapters.plan.enabling.model_steps import (
    Blueprint,
    Form,
    Knowledge,
    PaySheet,
    Procedure,
)
from playbook.chapters.plan.enabling.naming import name_of, preset_names
from playbook.core.display import p_words
from playbook.core.findings import Finding
from playbook.core.section import Block, Item, Picture, Text
from playbook.core.text import Lang, Name, say

Names = Mapping[str, Name]

REFERENCES = ("mcnemar", "bonett", "breslow", "garwood", "spiegelhalter", "shostack")


def blocks(result: Enabling, lang: Lang, names: Names) -> tuple[Block, ...]:
    """Everything of this part; a block is absent where its table is."""
    found: list[Block] = []
    if result.training:
        found += _training_blocks(result.training, lang, names)
    if result.points:
        found += _points_blocks(result.points, lang, names)
    if result.procedure:
        found += _sop_blocks(result.procedure, lang, names)
    if result.blueprint:
        found.append(_blueprint_block(result.blueprint, lang, names))
    if result.knowledge:
        found.append(_knowledge_block(result.knowledge, lang, names))
    found.append(_block("forms", lang, [_text("forms", lang), s.forms_table(result.forms, lang)]))
    if result.pay:
        found.append(_pay_block(result.pay, lang, names))
    found += [_form_block(form, lang, names) for form in result.forms]
    return (*(b for b in found if not b.annex), *(b for b in found if b.annex))


def worded(finding: Finding, lang: Lang, names: Names) -> Finding:
    """A p-value as it is said, and preset topics that the client has not named himself."""
    known = preset_names()

    def said(code: str) -> str:
        return known[code].in_(lang) if code in known and code not in names else code

    values = {k: said(v) if isinstance(v, str) else v for k, v in finding.values.items()}
    p = values.get("p")
    if isinstance(p, float):
        values["p"] = p_words(p)
    return replace(finding, about=tuple(said(one) for one in finding.about), values=values)


def notes(result: Enabling, lang: Lang) -> tuple[str, ...]:
    """Method, parameters used and limits of what was shown."""
    keys = {
        "coverage": result.training, "effect": result.training, "points": result.points,
        "gaming": result.points, "times": result.procedure or result.blueprint,
        "compliance": result.procedure, "forms": result.forms, "quoted": result.forms,
    }  # fmt: skip
    return tuple(
        say(f"plan.enabling.note.{key}", lang, **result.parameters)
        for key, there in keys.items()
        if there
    )


def references(lang: Lang) -> tuple[str, ...]:
    """Sources of the methods of this part."""
    return tuple(say(f"plan.enabling.reference.{key}", lang) for key in REFERENCES)


def _block(key: str, lang: Lang, items: list[Item], annex: bool = False) -> Block:
    return Block(key, say(f"plan.enabling.block.{key}", lang), tuple(items), lang, annex)


def _text(key: str, lang: Lang, **values: object) -> Text:
    return Text((say(f"plan.enabling.lead.{key}", lang, **values),))


def _picture(
    key: str, lang: Lang, draw: Callable[[], Figure], part: str = "", **values: object
) -> Picture:
    caption, alt = (
        say(f"plan.enabling.figure.{key}_{end}", lang, **values) for end in ("caption", "alt")
    )
    return Picture(f"plan_{key}{part}", caption, alt, draw)


def _training_blocks(training: Training, lang: Lang, names: Names) -> list[Block]:
    cover = training.coverage
    items: list[Item] = [_text("training", lang, n=cover.n, x=cover.x, least=training.least,
                               months=training.refresh_months)]  # fmt: skip
    grouped = by_teams(training)
    if grouped:
        items += [_text("training_teams", lang),
                  _picture("teams", lang, lambda: teams_chart(training, lang, names),
                           least=training.least)]  # fmt: skip
    elif len(people_parts(training)) == 1:
        items += _grids(training, lang, names)
    items.append(t.topic_table(training, lang, names))
    if training.mastery or training.unmeasured:
        items.append(_text("mastery", lang))
        items.append(_picture("mastery", lang, lambda: mastery_chart(training, lang, names)))
    if training.mastery:
        items.append(t.effect_table(training, lang, names))
    items.append(_text("calendar" if training.calendar else "no_calendar", lang))
    if training.calendar:
        items.append(t.calendar_table(training, lang, names))
    found = [_block("training", lang, items)]
    detail: list[Item] = []
    if grouped or len(people_parts(training)) > 1:
        detail += _grids(training, lang, names)
    if training.calendar:
        detail.append(t.open_people_table(training, lang, names))
    return [*found, _block("training_people", lang, detail, annex=True)] if detail else found


def _grids(training: Training, lang: Lang, names: Names) -> list[Item]:
    def draw(people: tuple[str, ...]) -> Callable[[], Figure]:
        return lambda: people_chart(training, lang, names, people)

    parts = people_parts(training)
    drawn_people, everybody = sum(map(len, parts)), len(training.by_person)
    said = [_text("training_grid", lang)]
    if drawn_people < everybody:
        said.append(_text("training_grid_first", lang, drawn=drawn_people, n=everybody))
    drawn = [
        _picture("people", lang, draw(people), f"_{at}" if len(parts) > 1 else "")
        for at, people in enumerate(parts, start=1)
    ]
    return [*said, *drawn]


def _points_blocks(points: Points, lang: Lang, names: Names) -> list[Block]:
    rules = _text("points_rules", lang, least=points.min_cases, judged=points.judged,
                  chance=points.outside_by_chance)  # fmt: skip
    items: list[Item] = [
        Text((*_text("points", lang).paragraphs, *rules.paragraphs)),
        _picture("funnel", lang, lambda: funnel_chart(points, lang, names)),
    ]  # fmt: skip
    if points.groups:
        items.append(t.group_table(points, lang, names))
    else:
        items.append(_text("points_no_groups", lang))
    values = {"tests": points.tests, "chance": points.by_chance}
    if points.signals:
        p = points.by_chance / points.tests if points.tests else None
        items += [_text("signals", lang, p=p, **values), t.signal_table(points, lang)]
    else:
        items.append(_text("no_signals", lang, tests=points.tests))
    detail: list[Item] = [_text("points_people", lang), t.people_table(points, lang, names),
                          t.rate_table(points, lang, names)]  # fmt: skip
    return [_block("points", lang, items), _block("points_people", lang, detail, annex=True)]


def _sop_blocks(procedure: Procedure, lang: Lang, names: Names) -> list[Block]:
    first, last = procedure.steps[0], procedure.steps[-1]
    lead = _text(
        "sop", lang, start=name_of(first.input or first.step, names, lang),
        stop=name_of(last.output or last.step, names, lang), n=len(procedure.steps),
        handoffs=procedure.handoffs,
    )  # fmt: skip
    items: list[Item] = [
        lead,
        _picture("lanes", lang, lambda: lanes_chart(procedure, lang, names)),
        s.step_table(procedure, lang, names),
    ]
    if procedure.totals:
        items += [_text("totals", lang, sum=procedure.sum_of_targets, p95=procedure.sum_of_p95),
                  s.totals_table("sop", procedure.totals, lang)]  # fmt: skip
    else:
        items.append(_text("no_times", lang, sum=procedure.sum_of_targets))
    checks: list[Item] = [s.check_table(procedure, lang, names)]
    return [_block("sop", lang, items), _block("sop_checks", lang, checks, annex=True)]


def _blueprint_block(blueprint: Blueprint, lang: Lang, names: Names) -> Block:
    items: list[Item] = [
        _text("blueprint", lang),
        _picture("blueprint", lang, lambda: blueprint_chart(blueprint, lang, names)),
    ]
    if blueprint.totals:
        items += [_text("blueprint_totals", lang),
                  s.totals_table("blueprint", blueprint.totals, lang)]  # fmt: skip
    return _block("blueprint", lang, items)


def _knowledge_block(knowledge: Knowledge, lang: Lang, names: Names) -> Block:
    causes = knowledge.causes
    lead = _text("knowledge", lang, x=causes.x, n=causes.n, share=knowledge.complaints)
    return _block("knowledge", lang, [lead, s.article_table(knowledge, lang, names)])


def _pay_block(pay: tuple[PaySheet, ...], lang: Lang, names: Names) -> Block:
    known = any(sheet.known_weight for sheet in pay)
    lead = _text("pay_known" if known else "pay", lang, cap=pay[0].cap)
    shown = s.pay_table(pay, lang, names) if known else s.weight_table(pay, lang, names)
    return _block("pay", lang, [lead, shown], annex=True)


def _form_block(form: Form, lang: Lang, names: Names) -> Block:
    key = f"form_{form.form}"
    shown = without_gated(form)
    lead = _text(f"{key}_gated" if len(shown.lines) < len(form.lines) else key, lang)
    return _block(key, lang, [lead, s.form_table(shown, lang, names)], annex=True)

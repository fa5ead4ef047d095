"""The pilot in words, tables and figures."""

from collections.abc import Callable
from dataclasses import replace

from matplotlib.figure import Figure

from playbook.chapters.pilot import tables as t
from playbook.chapters.pilot.charts import (
    design_chart,
    evidence_chart,
    guardrail_chart,
    sensitivity_chart,
)
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.tables_design import design_table, operating_table, options_table
from playbook.chapters.pilot.wording import amount, currency, money, p_text, unit
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Conclusions,
    Item,
    Picture,
    Section,
    Text,
    conclude,
)
from playbook.core.text import Lang, has, say

SIGNED = {
    "lift", "low", "high", "lower", "upper", "least", "most", "expected", "bias", "slope",
    "stop_below",
}  # fmt: skip
UNSIGNED = {"margin", "planned", "needed", "needed_then", "scale_from", "even"}
MONEY = ("gain", "low_gain", "high_gain")
Draw = Callable[[PilotResult, Lang], Figure]
NOTES = ("unit", "method", "prob", "permutation", "customer", "limits", "reporting")
REFERENCES = (
    "donald_lang", "knapp_hartung", "paule_mandel", "rover", "mackinnon_webb", "barnett", "lewis",
    "consort",
)  # fmt: skip


def section(result: PilotResult, lang: Lang) -> Section:
    """The chapter in the order of its lesson: verdict, design, stores, evidence, checks, money."""
    found = conclude("pilot", tuple(_shown(f, result, lang) for f in result.findings), lang,
                     result.names)  # fmt: skip
    blocks = (
        _block("summary", lang, _lead(result, lang), Conclusions(found)),
        _block("design", lang, *_design(result, lang)),
        _block("stores", lang, *_stores(result, lang)),
        _block("main", lang, *_main(result, lang)),
        _block("decision", lang, *_decision(result, lang)),
        _block("sensitivity", lang, *_sensitivity(result, lang)),
        _block("guardrails", lang, *_guardrails(result, lang)),
        _block("selection", lang, *_selection(result, lang)),
        _block("money", lang, *_money(result, lang)),
        _block("registration", lang, *_registration(result, lang)),
    )
    return Section(
        "pilot",
        say("chapter.pilot.title", lang),
        lang,
        say("chapter.pilot.question", lang),
        blocks,
        conclusions=found,
        notes=tuple(_note(key, result, lang) for key in NOTES),
        references=tuple(say(f"pilot.reference.{key}", lang) for key in REFERENCES),
    )


def _block(key: str, lang: Lang, *items: Item) -> Block:
    return Block(key, say(f"pilot.block.{key}", lang), items, lang)


def _shown(finding: Finding, result: PilotResult, lang: Lang) -> Finding:
    """Lifts in the unit of the measure, and codes of reasons in words."""
    values: dict[str, float | int | str | None] = {"unit": unit(result, lang)}
    amounts = [v for k, v in finding.values.items() if k in MONEY and isinstance(v, float)]
    for key, value in finding.values.items():
        if key in MONEY and isinstance(value, float):
            values[key] = money(value, amounts)
        elif key == "currency":
            values[key] = currency(str(value), lang)
        elif key in SIGNED | UNSIGNED and isinstance(value, int | float):
            values[key] = amount(float(value), result, sign=key in SIGNED)
        elif key.startswith("p_") and isinstance(value, int | float):
            values[key] = p_text(float(value))
        elif key in ("reason", "option"):
            values[key] = say(f"pilot.{key}.{value}", lang)
        else:
            values[key] = value
    return replace(finding, values=values)


def _say(key: str, result: PilotResult, lang: Lang, **values: object) -> str:
    return say(f"pilot.{key}", lang, unit=unit(result, lang), **values)


def _text(*paragraphs: str) -> Text:
    return Text(tuple(paragraph for paragraph in paragraphs if paragraph))


def _lead(result: PilotResult, lang: Lang) -> Text:
    d = result.design
    values = {
        "pilots": d.pilots, "controls": d.controls,
        "metric": result.names[result.metric].in_(lang) if result.metric else "",
        "margin": amount(result.margin, result, sign=False),
    }  # fmt: skip
    verdict = result.decision.verdict if result.decision else "design"
    lines = [_say("lead.case", result, lang, **values), _say(f"lead.{verdict}", result, lang)]
    if result.registration.registered is False:
        lines.append(_say("lead.not_registered", result, lang))
    return _text(*lines)


def _design(result: PilotResult, lang: Lang) -> list[Item]:
    d = result.design
    words = _say(
        "text.design", result, lang, needed=amount(d.lift_needed, result, sign=False),
        margin=amount(result.margin, result, sign=False), sd=amount(d.sd_change, result, False),
        tau=amount(d.tau, result, sign=False), source=say(f"pilot.source.{d.tau_source}", lang),
        answers=d.answers, effective=d.n_effective_per_store, icc=d.icc, deff=d.deff,
    )  # fmt: skip
    lottery = ""
    if d.answers_if_randomised is not None:
        n = d.answers_if_randomised
        lottery = _say("text.randomised", result, lang, n=n, planned=amount(
            result.planned_lift, result, sign=False))  # fmt: skip
    items: list[Item] = [_text(words, lottery), _picture("design", design_chart, result, lang)]
    items.append(design_table(result, lang))
    if d.options:
        items.append(options_table(result, lang))
    if d.operating:
        items += [_text(_say("text.operating", result, lang)), operating_table(result, lang)]
    return items


def _stores(result: PilotResult, lang: Lang) -> list[Item]:
    c = result.cells
    did = _say(
        "text.did", result, lang, pilot=amount(c.pilot_change, result),
        control=amount(c.control_change, result), did=amount(c.did, result),
    )  # fmt: skip
    return [_text(did), t.cells_table(result, lang), t.changes_table(result, lang)]


def _main(result: PilotResult, lang: Lang) -> list[Item]:
    items: list[Item] = []
    if any(row.change is not None for row in result.store_change):
        items.append(_picture("evidence", evidence_chart, result, lang))
    if result.primary is None or result.naive_customer is None:
        return [*items, _text(_say("text.no_estimate", result, lang))]
    naive = _say(
        "text.naive", result, lang, z=result.naive_customer.z,
        p=p_text(result.naive_customer.p_two_sided), p_store=p_text(result.primary.p_two_sided),
    )  # fmt: skip
    return [*items, t.estimates_table(result, lang), _text(naive)]


def _decision(result: PilotResult, lang: Lang) -> list[Item]:
    if result.decision is None:
        return [_text(_say("text.no_decision", result, lang))]
    d = result.decision
    margin = amount(result.margin, result, sign=False)
    levels = {"level": 1 - result.alpha, "prob": result.prob_scale, "stop": result.stop_confidence}
    change = _say(
        "text.change", result, lang, scale_from=amount(d.scale_from, result, sign=False),
        stop_below=amount(d.stop_below, result),
    )  # fmt: skip
    return [
        _text(_say("text.rule", result, lang, margin=margin, **levels)),
        t.decision_table(result, lang),
        _text(change if d.scale_from is not None else "", _say("text.strict", result, lang)),
    ]


def _sensitivity(result: PilotResult, lang: Lang) -> list[Item]:
    if not result.sensitivity:
        return [_text(_say("text.no_estimate", result, lang))]
    items: list[Item] = [
        _text(_say("text.sensitivity", result, lang)),
        _picture("sensitivity", sensitivity_chart, result, lang),
        t.sensitivity_table(result, lang),
    ]
    if p := result.permutation:
        kind = "permutation" if p.randomised else "placebo"
        items.append(
            _text(_say(f"text.{kind}", result, lang, sets=p.n_assignments, p_min=p.p_min,
                       rescaled=p_text(p.p_margin_rescaled)))
        )  # fmt: skip
    if pairs := result.pairs:
        items.append(
            _text(_say("text.pairs", result, lang, pairs=pairs.n_pairs, count=pairs.count_ge,
                       sets=pairs.n_assignments, p=p_text(pairs.p_one_sided)))
        )  # fmt: skip
    return items


def _guardrails(result: PilotResult, lang: Lang) -> list[Item]:
    items: list[Item] = []
    if result.guardrails:
        items.append(_text(_say("text.guardrails", result, lang)))
        if any(g.harm is not None for g in result.guardrails):
            items.append(_picture("guardrail", guardrail_chart, result, lang))
        items.append(t.guardrails_table(result, lang))
    else:
        items.append(_text(_say("text.no_guardrails", result, lang)))
    if result.gates:
        items += [_text(_say("text.gates", result, lang)), t.gates_table(result, lang)]
    if result.response:
        items.append(t.response_table(result, lang))
    if result.mix:
        items.append(t.mix_table(result, lang))
    return items


def _selection(result: PilotResult, lang: Lang) -> list[Item]:
    rule = say(f"pilot.selection.{result.selection_rule}", lang)
    words = [_say("text.selection", result, lang, rule=rule)]
    if r := result.regression_to_mean:
        key = "text.regression" if r.by_score else "text.regression_spared"
        words.append(
            _say(key, result, lang, trust=r.reliability, gap=amount(
                r.mean_selected - r.mean_all, result), change=amount(r.expected_change, result),
                bias=amount(r.did_bias, result))
        )  # fmt: skip
    return [_text(*words)]


def _money(result: PilotResult, lang: Lang) -> list[Item]:
    m = result.money
    if m is None:
        return [_text(_say("text.no_money", result, lang))]
    amounts = (m.expected_gain, m.low, m.high)
    shown = {key: money(x, amounts) for key, x in zip(MONEY, amounts, strict=True)}
    words = _say(
        "text.money", result, lang, **shown, currency=currency(m.currency, lang),
        even=amount(m.break_even_lift, result, sign=False), prob=m.prob_gain,
    )  # fmt: skip
    return [_text(words)]


def _registration(result: PilotResult, lang: Lang) -> list[Item]:
    r = result.registration
    state = "none" if not r.registered else "intact" if r.intact else "broken"
    first = _say(f"text.registered_{state}", result, lang, day=r.registered_on, sha256=r.sha256)
    items: list[Item] = [_text(first)]
    if result.deviations:
        items.append(t.deviations_table(result, lang))
    if result.problems:
        lines = tuple(problem.say(lang) for problem in result.problems)
        items.append(Text((_say("text.problems", result, lang), *lines)))
    return items


def _picture(key: str, draw: Draw, result: PilotResult, lang: Lang) -> Picture:
    values = {"margin": amount(result.margin, result, sign=False)}
    caption = _say(f"figure.{key}.caption", result, lang, **values)
    alt = _say(f"figure.{key}.alt", result, lang, **values)
    return Picture(f"pilot-{key}", caption, alt, lambda: draw(result, lang))


def _note(key: str, result: PilotResult, lang: Lang) -> str:
    """A note, in the form for shares or for means where they differ."""
    special = f"note.{key}.{result.measure}"
    path = special if has(f"pilot.{special}", lang) else f"note.{key}"
    return _say(
        path, result, lang, alpha=result.alpha, prob=result.prob_scale,
        stop=result.stop_confidence, tau=amount(result.design.tau, result, sign=False),
    )  # fmt: skip

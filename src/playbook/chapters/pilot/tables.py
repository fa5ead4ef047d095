"""The tables of the pilot's section; raw numbers, with how each column is to be shown."""

from collections.abc import Mapping

from playbook.chapters.pilot.parts import Lift
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.wording import amount, row_label, scale_of, unit
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import NOT_KNOWN, Lang, known_as, say

Row = Mapping[str, Cell]


def cells_table(result: PilotResult, lang: Lang) -> Table:
    """The 2x2 table with its differences."""
    kind, digits = _value(result)
    change, change_digits = change_kind(result)
    by = {(cell.arm, cell.period): cell for cell in result.cells.cells}
    changes = {"pilot": result.cells.pilot_change, "control": result.cells.control_change}
    rows: list[Row] = []
    for arm in ("pilot", "control"):
        pre, post = by[arm, "pre"], by[arm, "post"]
        rows.append(
            {"arm": say(f"pilot.arm.{arm}", lang), "stores": pre.stores, "n_pre": pre.n,
             "n_post": post.n, "pre": pre.value, "pre_low": pre.low, "pre_high": pre.high,
             "post": post.value, "post_low": post.low, "post_high": post.high,
             "change": changes[arm]}
        )  # fmt: skip
    rows.append({"arm": say("pilot.arm.difference", lang), "change": result.cells.did})
    columns = [
        column("arm", lang), *(column(key, lang, "integer") for key in ("stores", "n_pre")),
        Column("pre", say("pilot.column.pre", lang), kind, digits, "pre_low", "pre_high"),
        column("n_post", lang, "integer"),
        Column("post", say("pilot.column.post", lang), kind, digits, "post_low", "post_high"),
        column("change", lang, change, change_digits),
    ]  # fmt: skip
    return table_of("cells", columns, rows, result, lang)


def changes_table(result: PilotResult, lang: Lang) -> Table:
    """Each store's change with its interval."""
    kind, digits = _value(result)
    change, change_digits = change_kind(result)
    rows: list[Row] = [
        {"store": result.names[s.store].in_(lang), "arm": say(f"pilot.arm.{s.arm}", lang),
         "n_pre": s.n_pre, "n_post": s.n_post, "pre": s.pre, "post": s.post,
         "change": s.change, "low": s.low, "high": s.high}
        for s in result.store_change
    ]  # fmt: skip
    columns = [
        column("store", lang), column("arm", lang),
        column("n_pre", lang, "integer"), column("pre", lang, kind, digits),
        column("n_post", lang, "integer"), column("post", lang, kind, digits),
        Column("change", say("pilot.column.change", lang), change, change_digits, "low", "high"),
    ]  # fmt: skip
    return table_of("changes", columns, rows, result, lang)


def estimates_table(result: PilotResult, lang: Lang) -> Table:
    """The primary estimate and, beside it, the exact t, the permutation and the naive z."""
    change, digits = change_kind(result)
    columns = [
        column("way", lang),
        Column("lift", say("pilot.column.lift", lang), change, digits, "low", "high"),
        Column("se", say(f"pilot.column.se_{result.measure}", lang), "number", digits),
        *(column(key, lang, "p") for key in ("p_zero", "p_margin")),
        column("use", lang),
    ]
    rows: list[Row] = []
    for key, found in (("primary", result.primary), ("exact_t", result.exact_t)):
        if found is not None:
            rows.append(_lift_row(key, found, result, lang))
    if (p := result.permutation) and result.exact_t:
        rows.append(
            {**_way("permutation", lang), "lift": result.exact_t.estimate,
             "p_zero": p.p_two_sided, "p_margin": p.p_margin}
        )  # fmt: skip
    if n := result.naive_customer:
        rows.append(
            {
                **_way("naive", lang),
                "lift": n.estimate,
                "se": n.se * scale_of(result),
                "p_zero": n.p_two_sided,
            }
        )
    return table_of("estimates", columns, rows, result, lang)


def decision_table(result: PilotResult, lang: Lang) -> Table:
    """Each condition of the rule: what is asked, what was found, whether it holds."""
    d = result.decision
    if d is None:
        raise ValueError("there is no decision before the pilot")
    estimate = result.primary.estimate if result.primary else None
    margin, u = amount(result.margin, result, False), unit(result, lang)
    asked: list[tuple[str, str | None, bool | None]] = []
    if estimate is not None and d.lcb95 is not None and d.ucb90 is not None:
        above = d.prob_gt_margin or 0.0
        asked = [
            ("estimate", _with_unit(estimate, result, lang), estimate >= result.margin),
            ("above_zero", _with_unit(d.lcb95, result, lang), d.lcb95 > 0),
            ("likely", f"{above:.0%}", above >= result.prob_scale),
            ("not_stopped", _with_unit(d.ucb90, result, lang), d.ucb90 >= result.margin),
            ("strict", _with_unit(d.lcb95, result, lang), d.proved_margin),
        ]
    for what, states, bad in (
        ("guardrails", d.guardrails, ("harm", "undecided")), ("gates", d.gates, ("red",)),
    ):  # fmt: skip
        if states:
            good = sum(state not in bad for state in states)
            asked.append((what, f"{good} / {len(states)}", good == len(states)))
    levels = {"level": 1 - result.alpha, "prob": result.prob_scale, "stop": result.stop_confidence}
    rows: list[Row] = [
        {"condition": say(f"pilot.condition.{code}", lang, margin=margin, unit=u, **levels),
         "found": found, "holds": holds}
        for code, found, holds in asked
    ]  # fmt: skip
    rows += [
        {"condition": say("pilot.condition.reason", lang), "found": say(f"pilot.reason.{r}", lang)}
        for r in d.reasons
    ]
    columns = [column("condition", lang), column("found", lang), column("holds", lang, "yes")]
    return table_of("decision", columns, rows, result, lang)


def sensitivity_table(result: PilotResult, lang: Lang) -> Table:
    """The numbers of the strip."""
    change, digits = change_kind(result)
    columns = [
        column("way", lang),
        Column("lift", say("pilot.column.lift", lang), change, digits, "low", "high"),
        column("p_margin", lang, "p"),
    ]
    rows: list[Row] = [
        {"way": row_label(row, result, lang), "lift": row.estimate, "low": row.low,
         "high": row.high, "p_margin": row.p_margin}
        for row in result.sensitivity
    ]  # fmt: skip
    return table_of("sensitivity", columns, rows, result, lang)


def guardrails_table(result: PilotResult, lang: Lang) -> Table:
    """Harm of each guardrail with its 90 % interval (two one-sided bounds at 95 %)."""
    rows: list[Row] = [
        {"metric": result.names[g.metric].in_(lang), "worse": say(f"pilot.worse.{g.worse}", lang),
         "stores": g.stores, "harm": g.harm, "low": g.low, "high": g.high, "limit": g.margin,
         "state": say(f"pilot.guardrail.{g.state}", lang)}
        for g in result.guardrails
    ]  # fmt: skip
    columns = [
        column("metric", lang), column("worse", lang), column("stores", lang, "integer"),
        Column("harm", say("pilot.column.harm", lang), "signed", 3, "low", "high"),
        column("limit", lang, "number", 3), column("state", lang),
    ]  # fmt: skip
    return table_of("guardrails", columns, rows, result, lang)


def gates_table(result: PilotResult, lang: Lang) -> Table:
    """Process gates with their traffic light."""
    rows: list[Row] = [
        {"gate": result.names[g.gate].in_(lang), "n": g.n, "n_required": g.n_required,
         "share": g.share, "low": g.low, "high": g.high, "red": g.red, "green": g.green,
         "cut": g.amber_cut, "state": say(f"pilot.gate.{g.state}", lang)}
        for g in result.gates
    ]  # fmt: skip
    columns = [
        column("gate", lang), column("n", lang, "integer"),
        column("n_required", lang, "integer"),
        Column("share", say("pilot.column.share", lang), "percent", 1, "low", "high"),
        *(column(key, lang, "percent", 0) for key in ("red", "green")),
        column("cut", lang, "percent", 1), column("state", lang),
    ]  # fmt: skip
    return table_of("gates", columns, rows, result, lang)


def response_table(result: PilotResult, lang: Lang) -> Table:
    """Answers per invitation."""
    rows: list[Row] = [
        {"arm": say(f"pilot.arm.{r.arm}", lang), "period": say(f"pilot.period.{r.period}", lang),
         "invited": r.invited, "answered": r.answered, "rate": r.rate}
        for r in result.response
    ]  # fmt: skip
    columns = [
        column("arm", lang), column("period", lang), column("invited", lang, "integer"),
        column("answered", lang, "integer"), column("rate", lang, "percent"),
    ]  # fmt: skip
    return table_of("response", columns, rows, result, lang)


def mix_table(result: PilotResult, lang: Lang) -> Table:
    """Do pilots and controls differ in who answered?"""
    rows: list[Row] = [
        {"what": say(f"pilot.mix.{m.what}", lang), "statistic": m.statistic, "df": m.df,
         "p_value": m.p_value, "differs": m.differs}
        for m in result.mix
    ]  # fmt: skip
    columns = [
        column("what", lang), column("statistic", lang, "number", 1),
        column("df", lang, "integer"), column("p_value", lang, "p"),
        column("differs", lang, "yes"),
    ]  # fmt: skip
    return table_of("mix", columns, rows, result, lang)


def deviations_table(result: PilotResult, lang: Lang) -> Table:
    """Registered against done."""
    rows: list[Row] = [
        {"what": say(f"pilot.deviation.{d.code}", lang),
         "about": known_as(d.about, result.names, lang),
         "registered": d.registered or NOT_KNOWN, "used": d.used or NOT_KNOWN}
        for d in result.deviations
    ]  # fmt: skip
    columns = [column(key, lang) for key in ("what", "about", "registered", "used")]
    return table_of("deviations", columns, rows, result, lang)


def table_of(
    key: str, columns: list[Column], rows: list[Row], result: PilotResult, lang: Lang
) -> Table:
    title = say(f"pilot.table.{key}", lang, answers=result.design.answers,
                unit=unit(result, lang))  # fmt: skip
    return Table(f"pilot-{key}", title, tuple(columns), tuple(rows))


def column(key: str, lang: Lang, kind: Kind = "text", digits: int = 1) -> Column:
    return Column(key, say(f"pilot.column.{key}", lang), kind, digits)


def _value(result: PilotResult) -> tuple[Kind, int]:
    return ("percent", 1) if result.measure == "share" else ("number", 2)


def change_kind(result: PilotResult) -> tuple[Kind, int]:
    return ("points", 1) if result.measure == "share" else ("signed", 2)


def _with_unit(value: float, result: PilotResult, lang: Lang) -> str:
    return f"{amount(value, result)}{unit(result, lang)}"


def _way(key: str, lang: Lang) -> dict[str, Cell]:
    return {"way": say(f"pilot.way.{key}", lang), "use": say(f"pilot.use.{key}", lang)}


def _lift_row(key: str, found: Lift, result: PilotResult, lang: Lang) -> Row:
    return {
        **_way(key, lang), "lift": found.estimate, "low": found.ci_low, "high": found.ci_high,
        "se": found.se * scale_of(result), "p_zero": found.p_two_sided, "p_margin": found.p_margin,
    }  # fmt: skip

"""Tables of zone, reliability, importance, drivers, asymmetry and the typed table."""

from playbook.chapters.servqual.result import ServqualResult, Typed
from playbook.chapters.servqual.result_importance import Drivers, Ipa, Prca
from playbook.chapters.servqual.tables import Row, column, ends, flag_words, name, table
from playbook.core.section import Table
from playbook.core.text import Lang, say


def reliability_table(result: ServqualResult, lang: Lang) -> Table:
    """Alpha and its companions of every scale."""
    rows: list[Row] = []
    for key, d in result.dimensions.items():
        for form, r in d.reliability.items():
            rows.append(
                {
                    "dimension": name(result, key, lang),
                    "form": say(f"servqual.code.form_{form}", lang),
                    "k": r.k,
                    "n": r.alpha_n,
                    "alpha": r.alpha,
                    **ends("alpha", r.alpha_ci),
                    "verdict": say(f"servqual.code.alpha_{r.verdict}", lang) if r.verdict else None,
                    "flags": flag_words(r.flags, result, lang),
                }
            )
    columns = (
        column("dimension", lang),
        column("form", lang),
        column("k", lang, "integer"),
        column("n", lang, "integer"),
        column("alpha", lang, "number", 3, interval=True),
        column("verdict", lang),
        column("flags", lang),
    )
    return table("reliability", columns, rows, lang, note=True)


def scale_check_table(result: ServqualResult, lang: Lang) -> Table:
    """The other measures of reliability, for those who check the scale."""
    rows: list[Row] = [
        {
            "dimension": name(result, key, lang),
            "form": say(f"servqual.code.form_{form}", lang),
            "n": r.alpha_n,
            "n_rows": r.n_rows,
            "alpha_std": r.alpha_std,
            "lambda6": r.lambda6,
            "omega": r.omega,
            "split_half": r.split_half.horst,
            "cfi": r.fit.cfi if r.fit else None,
        }
        for key, d in result.dimensions.items()
        for form, r in d.reliability.items()
    ]
    measures = ("alpha_std", "lambda6", "omega", "split_half", "cfi")
    columns = (
        column("dimension", lang),
        column("form", lang),
        column("n", lang, "integer"),
        column("n_rows", lang, "integer"),
        *(column(key, lang, "number", 3) for key in measures),
    )
    return table("scale_checks", columns, rows, lang, note=True)


def ipa_table(result: ServqualResult, grid: Ipa, lang: Lang) -> Table:
    """One grid: means, quadrant, its stability and the second choice of lines."""
    derived = grid.source == "derived"
    rows: list[Row] = [
        {
            "attribute": name(result, a.id, lang),
            "n": a.n,
            "performance": a.p_mean,
            **ends("performance", a.p_ci),
            "importance": a.i_mean,
            **ends("importance", a.i_ci),
            "quadrant": say(f"servqual.code.{a.quadrant}", lang),
            "quadrant_share": a.quadrant_share,
            "sure": say(f"certainty.{a.certainty}", lang),
            "second_quadrant": say(f"servqual.code.{a.second_quadrant}", lang),
            "diagonal": None if a.diagonal is None else round(a.diagonal, 2) + 0.0,  # no -0.00
            "pgcv": a.pgcv if grid.source == "stated" else None,
        }
        for a in sorted(grid.attributes, key=lambda a: -(a.diagonal or 0.0))
    ]
    columns = [
        column("attribute", lang),
        column("n", lang, "integer"),
        column("performance", lang, "number", 2, interval=True),
        column("importance", lang, "percent" if derived else "number", 1, interval=True),
        column("quadrant", lang),
        column("quadrant_share", lang, "percent", 0),
        column("sure", lang),
        column("second_quadrant", lang),
        column("diagonal", lang, "signed"),
    ]
    if grid.source == "stated":
        columns.append(column("pgcv", lang, "number"))
    made = table(
        f"ipa_{grid.source}", columns, rows, lang,
        lines=say(f"servqual.code.lines_{grid.lines}", lang),
        second=say(f"servqual.code.lines_{grid.second_lines}", lang),
    )  # fmt: skip
    return Table(made.id, made.title, made.columns, made.rows, _ipa_note(grid, lang))


def _ipa_note(grid: Ipa, lang: Lang) -> str:
    line = say(f"servqual.table.ipa_line_{grid.source}", lang, p=grid.line_p, i=grid.line_i)
    scale = say(f"servqual.code.diagonal_{grid.diagonal_scale}", lang)
    note = line + say("servqual.table.ipa_note", lang, scale=scale)
    if grid.csi is None:
        return note
    return note + say("servqual.table.ipa_csi", lang, csi=grid.csi)


def driver_table(result: ServqualResult, found: Drivers, lang: Lang) -> Table:
    """Every measure of a driver beside the stated importance and the asymmetry."""
    ids = sorted(found.attributes, key=lambda a: -found.relative_weight[a])
    classes = result.prca.attributes if result.prca else {}
    rows: list[Row] = [
        {
            "attribute": name(result, a, lang),
            "relative_weight": found.relative_weight[a],
            **ends("relative_weight", found.relative_weight_ci[a]),
            "lmg": found.lmg[a] if found.lmg else None,
            "p_rank_1": found.p_rank_1[a],
            "stated": found.stated.get(a),
            "pearson": found.pearson[a],
            "beta": found.beta[a],
            "vif": found.vif[a],
            "last": found.last[a],
            "asymmetry": say(f"servqual.code.{classes[a].asymmetry}", lang) if a in classes else "",
        }
        for a in ids
    ]
    columns = [
        column("attribute", lang),
        column("relative_weight", lang, "percent", 1, interval=True),
        column("lmg", lang, "percent", 1),
        column("p_rank_1", lang, "percent", 0),
        *([column("stated", lang, "number", 1)] if found.stated else []),
        column("pearson", lang, "number"),
        column("beta", lang, "signed"),
        column("vif", lang, "number", 1),
        column("last", lang, "percent", 1),
        column("asymmetry", lang),
    ]
    return table("drivers", columns, rows, lang, note=True, n=found.n, r2=found.r2)


def prca_table(result: ServqualResult, found: Prca, lang: Lang) -> Table:
    """Penalty and reward in points of the overall rating."""
    rows: list[Row] = [
        {
            "attribute": name(result, a, lang),
            "penalty": c.penalty,
            "penalty_p": c.penalty_p,
            "n_low": c.n_low,
            "reward": c.reward,
            "reward_p": c.reward_p,
            "n_high": c.n_high,
            "ia": c.ia,
            "lean_p": c.lean_p,
            "asymmetry": say(f"servqual.code.{c.asymmetry}", lang),
        }
        for a, c in sorted(found.attributes.items(), key=lambda x: x[1].penalty or 0.0)
    ]
    columns = (
        column("attribute", lang),
        column("penalty", lang, "signed"),
        column("penalty_p", lang, "p"),
        column("n_low", lang, "integer"),
        column("reward", lang, "signed"),
        column("reward_p", lang, "p"),
        column("n_high", lang, "integer"),
        column("ia", lang, "signed"),
        column("lean_p", lang, "p"),
        column("asymmetry", lang),
    )
    made = table("prca", columns, rows, lang, n=found.n)
    note = say("servqual.table.prca_note", lang, low=found.low_max, high=found.high_min)
    return Table(made.id, made.title, made.columns, made.rows, note)


def typed_table(result: ServqualResult, found: Typed, lang: Lang) -> Table:
    """The self-check of a typed-in table, row by row."""
    rows: list[Row] = [
        {
            "dimension": name(result, r.dimension, lang),
            "gap": r.gap_points,
            "gap_from_means": r.gap_from_means,
            "t_from_ci": r.t_from_ci,
            "implied_r_ep": r.implied_r_ep,
            "flags": flag_words(r.flags, result, lang),
        }
        for r in found.rows
    ]
    columns = (
        column("dimension", lang),
        column("gap", lang, "signed"),
        column("gap_from_means", lang, "signed"),
        column("t_from_ci", lang, "signed"),
        column("implied_r_ep", lang, "number"),
        column("flags", lang),
    )
    return table("typed", columns, rows, lang, note=True)


def zone_table(result: ServqualResult, lang: Lang) -> Table:
    """Zone of tolerance by item."""
    rows: list[Row] = [
        {
            "item": name(result, z.item, lang),
            "n": z.n,
            "a_mean": z.a_mean,
            "p_mean": z.p_mean,
            "d_mean": z.d_mean,
            "msa": z.msa,
            **ends("msa", z.msa_ci),
            "mss": z.mss,
            **ends("mss", z.mss_ci),
            "zone_position": z.zone_position,
            "zone": say(f"servqual.code.zone_{z.zone}", lang),
            "violations": z.violations,
        }
        for z in result.zone
    ]
    columns = (
        column("item", lang),
        column("n", lang, "integer"),
        column("a_mean", lang, "number"),
        column("p_mean", lang, "number"),
        column("d_mean", lang, "number"),
        column("msa", lang, "signed", 2, interval=True),
        column("mss", lang, "signed", 2, interval=True),
        column("zone_position", lang, "number"),
        column("zone", lang),
        column("violations", lang, "integer"),
    )
    return table("zone", columns, rows, lang, note=True)

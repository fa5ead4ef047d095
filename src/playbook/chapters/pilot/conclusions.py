"""What the evidence means, as findings with their certainty."""

from collections.abc import Iterator

from playbook.chapters.pilot.design_parts import Design
from playbook.chapters.pilot.estimate import prob_above
from playbook.chapters.pilot.evidence import Evidence
from playbook.chapters.pilot.inputs import Settings
from playbook.chapters.pilot.parts import (
    Decision,
    Deviation,
    GuardrailState,
    Lift,
    MoneyResult,
    NaiveCustomer,
    RegressionToMean,
)
from playbook.core.findings import Certainty, Finding, Weight

LIKELY, SURE = 0.8, 0.975
SIGNIFICANT = 0.05
SHOWN = 0.005  # a share below this would print as 0 %
Values = dict[str, float | int | str | None]


def findings(
    e: Evidence,
    s: Settings,
    margin: float,
    design: Design,
    decision: Decision | None,
    picked: RegressionToMean | None,
    money: MoneyResult | None,
    strayed: tuple[Deviation, ...],
) -> tuple[Finding, ...]:
    """All conclusions, the verdict first."""
    found: list[Finding] = []
    if decision is not None:
        found.append(_verdict(e, decision, margin, _values(e, s, margin, decision)))
    if e.primary is not None:
        if decision is None or decision.verdict != "invalid":  # then the numbers say nothing
            found.append(_lift(e.primary, _values(e, s, margin, decision)))
            found += _money(money, decision)
        found += _point_trap(e.primary, decision, design, margin)
    found += _guardrails(e)
    found += _gates(e)
    found += _design(e, s, margin, design)
    found += _stronger(decision, design, s)
    found += _robust(e)
    found += _selection(picked)
    found += _registered(s, strayed)
    return tuple(found)


def _values(e: Evidence, s: Settings, margin: float, decision: Decision | None) -> Values:
    values: Values = {
        "metric": s.primary_metrics[0] if s.primary_metrics else "",
        "pilots": int(e.used.pilot.sum()),
        "controls": int((~e.used.pilot).sum()),
        "answers": int(e.used.n_pre.sum() + e.used.n_post.sum()),
        "margin": margin,
    }
    if e.primary is not None:
        values |= {
            "lift": e.primary.estimate, "low": e.primary.ci_low, "high": e.primary.ci_high,
            "p_value": e.primary.p_two_sided,
        }  # fmt: skip
    if decision is not None:
        values |= {
            "prob_zero": decision.prob_gt_zero, "prob_margin": decision.prob_gt_margin,
            "lower": decision.lcb95, "upper": decision.ucb90,
            "scale_from": decision.scale_from, "stop_below": decision.stop_below,
            "reason": decision.reasons[0],
        }  # fmt: skip
    return values


def _verdict(e: Evidence, d: Decision, margin: float, values: Values) -> Finding:
    code, certainty = _verdict_code(d, e.primary, margin)
    return Finding(code, certainty, (), values, "headline")


def _verdict_code(d: Decision, primary: Lift | None, margin: float) -> tuple[str, Certainty]:
    if d.verdict == "scale":
        return "scale", "proven" if d.proved_margin else "likely"
    if d.verdict == "iterate":
        return "iterate", "undecided"
    if d.verdict == "stop":
        if d.reasons[0] == "guardrail_harm":
            return "stop_harm", "proven"
        surely = primary is not None and primary.ci90_high < margin
        return "stop_margin", "proven" if surely else "likely"
    return ("no_control" if d.reasons[0] == "no_control" else "invalid"), "fact"


def _lift(primary: Lift, values: Values) -> Finding:
    if primary.ci_low > 0:
        return Finding("lift", "proven", (), values, "headline")
    if primary.ci_high < 0:
        return Finding("lift_down", "proven", (), values, "headline")
    above = prob_above(primary.estimate, primary.se, primary.df, 0.0)
    certainty: Certainty = "likely" if above >= LIKELY else "undecided"
    return Finding("lift", certainty, (), values, "headline")


def _point_trap(
    primary: Lift, decision: Decision | None, design: Design, margin: float
) -> Iterator[Finding]:
    """The point is above the threshold, and still that is no success."""
    if decision is None or decision.verdict != "iterate" or primary.estimate < margin:
        return
    nothing = next((row for row in design.operating if row.lift == 0), None)
    just = next((row for row in design.operating if abs(row.lift - margin) < 1e-9), None)
    values: Values = {
        "lift": primary.estimate, "margin": margin,
        "false_alarm": nothing.point_rule if nothing else None,
        "coin": just.point_rule if just else None,
    }  # fmt: skip
    shown = nothing is not None and nothing.point_rule >= SHOWN
    yield Finding("point_trap" if shown else "point_trap_even", "fact", (), values)


def _guardrails(e: Evidence) -> Iterator[Finding]:
    by_state: dict[GuardrailState, list[str]] = {}
    for g in e.guardrails:
        by_state.setdefault(g.state, []).append(g.metric)
    states: tuple[tuple[GuardrailState, Certainty], ...] = (
        ("harm", "proven"), ("undecided", "undecided"), ("safe", "proven"),
    )  # fmt: skip
    for state, certainty in states:
        if about := by_state.get(state):
            weight: Weight = "headline" if state == "harm" else "detail"
            yield Finding(f"guardrail_{state}", certainty, tuple(about), {"k": len(about)}, weight)


def _gates(e: Evidence) -> Iterator[Finding]:
    red = tuple(g.gate for g in e.gates if g.state == "red")
    amber = tuple(g.gate for g in e.gates if g.state.startswith("amber"))
    if red:
        yield Finding("gate_red", "fact", red, {"k": len(red)}, "headline")
    if amber:
        yield Finding("gate_amber", "fact", amber, {"k": len(amber)})
    if e.gates and not red and not amber:
        yield Finding("gates_green", "fact", (), {"k": len(e.gates)})


def _money(money: MoneyResult | None, decision: Decision | None) -> Iterator[Finding]:
    """Money is a headline only where the verdict is to scale: else it would sound like one."""
    if money is None:
        return
    scale = decision is not None and decision.verdict == "scale"
    certainty: Certainty = (
        "proven" if money.prob_gain >= SURE
        else "likely" if money.prob_gain >= LIKELY
        else "undecided"
    )  # fmt: skip
    values: Values = {
        "gain": money.expected_gain, "low_gain": money.low, "high_gain": money.high,
        "even": money.break_even_lift, "prob": money.prob_gain, "currency": money.currency,
    }  # fmt: skip
    weight: Weight = "headline" if scale else "detail"
    if money.prob_gain <= 1 - LIKELY:
        yield Finding("money_loss", "likely", (), values, weight)
    else:
        yield Finding("money", certainty, (), values, weight)


def _design(e: Evidence, s: Settings, margin: float, design: Design) -> Iterator[Finding]:
    if design.lift_needed is None:
        return
    values: Values = {
        "needed": design.lift_needed, "margin": margin, "planned": s.planned_lift,
        "pilots": design.pilots, "controls": design.controls, "answers": design.answers,
        "power": design.power, "wanted": s.power,
    }  # fmt: skip
    code = "design_need"
    if s.planned_lift is not None:
        code = "design_can_show" if s.planned_lift >= design.lift_needed else "design_cannot_show"
    yield Finding(code, "fact", (), values, "headline" if e.stage == "design" else "detail")


def _stronger(decision: Decision | None, design: Design, s: Settings) -> Iterator[Finding]:
    """Which single step lowers the lift needed most, when there is reason to take one."""
    if decision is not None and decision.verdict not in ("iterate", "invalid"):
        return
    strong = design.power is not None and design.power >= s.power
    if len(design.options) < 2 or strong:
        return
    best = min(design.options[1:4], key=lambda o: o.lift_needed)
    now = design.options[0]
    values: Values = {
        "needed": now.lift_needed, "needed_then": best.lift_needed,
        "power": now.power, "power_then": best.power, "pilots": best.pilots,
        "controls": best.controls, "answers": best.answers, "option": best.code,
    }  # fmt: skip
    code = "stronger_unplanned" if best.power is None else "stronger"
    yield Finding(code, "fact", (), values)


def _robust(e: Evidence) -> Iterator[Finding]:
    left_out = [row for row in e.sensitivity if row.code.startswith("without")]
    if left_out and e.primary is not None:
        low, high = (f(left_out, key=lambda row: row.estimate) for f in (min, max))
        values: Values = {
            "least": low.estimate, "most": high.estimate,
            "least_store": low.about, "most_store": high.about,
        }  # fmt: skip
        yield Finding("leave_one_out", "fact", (), values)
    if e.pre_trend is not None and e.before is not None:
        trend: Values = {
            "slope": e.pre_trend.estimate, "low": e.pre_trend.ci_low,
            "high": e.pre_trend.ci_high, "periods": e.before.periods,
        }  # fmt: skip
        yield Finding("pre_trend", "undecided", (), trend)
    if e.naive is not None and e.primary is not None and _only_naive(e.naive, e.primary):
        naive: Values = {
            "z": e.naive.z, "p_naive": e.naive.p_two_sided, "p_value": e.primary.p_two_sided,
        }  # fmt: skip
        yield Finding("customers_are_no_units", "fact", (), naive)


def _only_naive(naive: NaiveCustomer, primary: Lift) -> bool:
    """Whether only the count of answers as units calls the lift significant."""
    p = naive.p_two_sided
    return p is not None and p < SIGNIFICANT <= primary.p_two_sided


def _selection(picked: RegressionToMean | None) -> Iterator[Finding]:
    if picked is None or not picked.by_score:
        return
    values: Values = {
        "expected": picked.expected_change, "bias": picked.did_bias,
        "reliability": picked.reliability,
    }  # fmt: skip
    yield Finding("selected_by_score", "fact", (), values, "headline")


def _registered(s: Settings, strayed: tuple[Deviation, ...]) -> Iterator[Finding]:
    if not s.registered_sha256.strip():
        yield Finding("not_registered", "fact")
    elif strayed:
        yield Finding("deviations", "fact", (), {"k": len(strayed)})
    else:
        yield Finding("as_registered", "fact")

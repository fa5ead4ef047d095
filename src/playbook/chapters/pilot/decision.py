"""The verdict by the rule fixed before: scale, iterate, stop, or not valid (PI15, section 7)."""

from collections.abc import Sequence

from playbook.chapters.pilot.estimate import lift as lift_of
from playbook.chapters.pilot.estimate import prob_above
from playbook.chapters.pilot.inputs import Money
from playbook.chapters.pilot.parts import (
    Decision,
    GateState,
    GuardrailState,
    Lift,
    MoneyResult,
    Verdict,
)

CHOSEN_LEVEL = 0.95


def guardrail_state(harm: float, se: float, df: int, margin: float) -> GuardrailState:
    """Is the harm surely below the margin, surely above it, or neither (PI15)?

    >>> guardrail_state(0.004, 0.003, 10, 0.02), guardrail_state(0.06, 0.012, 10, 0.02)
    ('safe', 'harm')
    """
    from scipy.stats import t

    half = float(t.ppf(CHOSEN_LEVEL, df)) * se
    if harm + half < margin:
        return "safe"
    return "harm" if harm - half > margin else "undecided"


def decide(
    found: Lift | None,
    margin: float,
    guardrails: Sequence[GuardrailState] = (),
    gates: Sequence[GateState] = (),
    invalid: Sequence[str] = (),
    rule: tuple[float, float, float] = (0.05, 0.8, 0.9),
) -> Decision:
    """The verdict and its reasons. rule: alpha, prob_scale, stop_confidence.

    found is None where no inference is possible; invalid lists why the pilot cannot be judged.
    """
    spoilt = [*invalid, *(["gate_red"] if "red" in gates else [])]
    if found is None:
        spoilt = spoilt or ["no_estimate"]
        states = tuple(guardrails), tuple(gates)
        return Decision("invalid", False, None, None, None, None, *states, tuple(spoilt))
    above = prob_above(found.estimate, found.se, found.df, margin)
    lower, upper = _bounds(found, rule)
    verdict, reasons = _verdict(found.estimate, lower, upper, above, margin, guardrails, rule)
    if spoilt:
        verdict, reasons = "invalid", spoilt
    scale_from, stop_below = thresholds(found.se, found.df, margin, rule)
    return Decision(
        verdict=verdict,
        proved_margin=lower > margin,
        prob_gt_zero=prob_above(found.estimate, found.se, found.df, 0.0),
        prob_gt_margin=above,
        lcb95=lower,
        ucb90=upper,
        guardrails=tuple(guardrails),
        gates=tuple(gates),
        reasons=tuple(reasons),
        scale_from=scale_from,
        stop_below=stop_below,
    )


def thresholds(
    se: float, df: int, margin: float, rule: tuple[float, float, float]
) -> tuple[float, float]:
    """With this standard error: scale from which estimate, stop below which."""
    from scipy.stats import t

    alpha, prob_scale, stop = rule
    likely = margin + max(0.0, float(t.ppf(prob_scale, df))) * se
    return max(likely, float(t.ppf(1 - alpha, df)) * se), margin - float(t.ppf(stop, df)) * se


def money_of(found: Lift, money: Money, currency: str, points: float) -> MoneyResult:
    """Yearly gain of scaling over the t-distribution of the lift (PI18).

    points: how many value points one unit of lift is (100 for shares). The gain is straight in
    the lift, so its mean and bounds are those of the lift.
    """
    slope = money.customers * money.value_per_point * points
    gain, low, high = (
        slope * x - money.cost for x in (found.estimate, found.ci_low, found.ci_high)
    )
    even = money.cost / slope
    return MoneyResult(
        currency, gain, low, high, even, prob_above(found.estimate, found.se, found.df, even)
    )


def _bounds(found: Lift, rule: tuple[float, float, float]) -> tuple[float, float]:
    alpha, _, stop = rule
    levels = lift_of(found.estimate, found.se, found.df, 0.0, 1 - alpha, stop)
    return levels.lcb95, levels.ucb90


def _verdict(
    estimate: float,
    lower: float,
    upper: float,
    above: float,
    margin: float,
    guardrails: Sequence[GuardrailState],
    rule: tuple[float, float, float],
) -> tuple[Verdict, list[str]]:
    if "harm" in guardrails:
        return "stop", ["guardrail_harm"]
    if upper < margin:
        return "stop", ["below_margin"]
    missing = [
        code
        for code, failed in (
            ("estimate_below_margin", estimate < margin),
            ("not_above_zero", lower <= 0),
            ("margin_not_likely", above < rule[1]),
            ("guardrail_undecided", "undecided" in guardrails),
        )
        if failed
    ]
    return ("iterate", missing) if missing else ("scale", ["rule_met"])

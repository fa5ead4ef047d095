"""What came out in the first half of 2026: actuals, competitors, scorecard, money, actions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.pilot import BASE, POST

HALF, DECEMBER = (*BASE, *POST), "2025-12"


@dataclass(frozen=True)
class Outcome:
    """A goal of the first half: baseline of December 2025, target, value of June 2026.

    Shares are 0-1. n: answers, cases or thousand nights of a month; sd: spread of a mean.
    """

    goal_id: str
    unit: str
    direction: str
    baseline: float
    target: float
    reached: float
    n: float | None = None
    sd: float = 0.0
    baseline_n: int | None = None


OUTCOMES = (
    Outcome("G02", "nps", "increase", 24.0, 28.0, 27.8, 6600, 0, 6644),
    Outcome("G03", "rate", "decrease", 9.8, 9.0, 8.86, 67.0),
    Outcome("G04", "share", "increase", 0.71, 0.90, 0.842, 620, 0, 660),
    Outcome("G05", "number", "decrease", 3.4, 2.0, 1.93, 620, 2.4, 660),
    Outcome("G06", "share", "increase", 0.735, 0.77, 0.769, 2400, 0, 2400),
    Outcome("G07", "number", "decrease", 7.9, 6.5, 6.2, 5200, 5.1, 5200),
    Outcome("G08", "share", "increase", 0.914, 0.95, 0.959, 4980, 0, 4980),
    Outcome("G09", "mean", "increase", 4.57, 4.66, 4.62, 3100, 0.82, 3100),
    Outcome("G10", "share", "increase", 0.308, 0.32, 0.311),
    Outcome("G11", "share", "increase", 0.93, 0.95, 0.963, 436, 0, 430),
    Outcome("G12", "share", "increase", 0.71, 0.74, 0.678, 2860, 0, 2860),
    Outcome("G13", "share", "maintain", 0.246, 0.26, 0.241),
    Outcome("G14", "rate", "decrease", 2.1, 1.9, 2.6, 67.0),
    Outcome("G15", "share", "increase", 0.92, 1.0, 0.979, 3100, 0, 3100),
    Outcome("G16", "number", "decrease", 42.0, 20.0, 21.6, 96, 22.0, 96),
)
CSAT_TARGET = 0.78
_ACTUALS = ["goal_id", "period", "actual", "n", "x", "detractors", "sd", "unit", "baseline",
            "baseline_n", "target", "direction", "start", "due"]  # fmt: skip


def actuals(seed: int, monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``review_actuals``: six months of every goal that was measured.

    monthly: the satisfaction answers of ``pilot_periods``, of which G01 is made.
    """
    rows = _satisfaction(monthly)
    for outcome in OUTCOMES:
        rng = stream(seed, f"review_actuals.{outcome.goal_id}")
        rows += [_month(rng, outcome, k) for k in range(len(HALF))]
    table = pd.DataFrame(rows, columns=_ACTUALS)
    return table.astype({"x": "Int64", "detractors": "Int64", "baseline_n": "Int64"})


def _satisfaction(monthly: pd.DataFrame) -> list[dict[str, object]]:
    """Goal G01 from the same monthly answers as the pilot."""
    sums = monthly.groupby("period")[["n", "x"]].sum()
    n, x = sums["n"].to_dict(), sums["x"].to_dict()
    base = round(x[DECEMBER] / n[DECEMBER], 4)
    goal = Outcome("G01", "share", "increase", base, CSAT_TARGET, 0.0, baseline_n=n[DECEMBER])
    return [
        _terms(goal) | {"period": m, "actual": round(x[m] / n[m], 4), "n": n[m], "x": x[m]}
        for m in HALF
    ]


def _terms(outcome: Outcome) -> dict[str, object]:
    return {
        "goal_id": outcome.goal_id,
        "unit": outcome.unit,
        "baseline": outcome.baseline,
        "baseline_n": outcome.baseline_n,
        "target": outcome.target,
        "direction": outcome.direction,
        "start": "2026-01-01",
        "due": "2026-06-30",
    }


def _month(rng: np.random.Generator, outcome: Outcome, k: int) -> dict[str, object]:
    """One month on the straight way from baseline to June; June itself is exact."""
    value = outcome.baseline + (outcome.reached - outcome.baseline) * (k + 1) / len(HALF)
    noise = 0.0 if k == len(HALF) - 1 else float(rng.standard_normal())
    row, n = _terms(outcome) | {"period": HALF[k]}, outcome.n
    if n is None:
        return row | {"actual": round(value + 0.001 * noise, 3)}
    match outcome.unit:
        case "nps":
            value += noise
            promoters = round(n * (0.37 + value / 200))
            row |= {"x": promoters, "detractors": promoters - round(n * value / 100)}
        case "mean" | "number":
            value += noise * outcome.sd / n**0.5
            row |= {"sd": outcome.sd}
        case "rate":
            value += noise * (value / n) ** 0.5
            row |= {"x": round(n * value)}
        case _:
            value += noise * (value * (1 - value) / n) ** 0.5
            row |= {"x": round(n * value)}
    return row | {"actual": round(value, 3 if outcome.unit == "share" else 2), "n": n}


_NPS = ((17.0, 25.2), (18.6, 25.6), (20.1, 25.0), (21.4, 25.4), (22.9, 24.6), (23.8, 24.2),
        (25.6, 23.9), (27.8, 23.1))  # fmt: skip
_FCR = ((0.725, 0.752), (0.733, 0.760), (0.748, 0.768), (0.769, 0.772))


def competitor() -> pd.DataFrame:
    """The table ``review_competitor``: recommendation passes peer 03; solving comes level."""
    quarters = [f"{2024 + (2 + k) // 4}-Q{(2 + k) % 4 + 1}" for k in range(8)]
    rows: list[dict[str, object]] = [
        {"metric_id": "nps", "period": quarters[k], "us": us, "us_n": 18_000 + 250 * k,
         "them": them, "them_n": 2400, "competitor": "peer 03", "source": "peer_exchange",
         "unit": "nps"}
        for k, (us, them) in enumerate(_NPS)
    ]  # fmt: skip
    rows += [
        {"metric_id": "fcr", "period": quarters[4 + k], "us": us, "us_n": 7150,
         "us_x": round(7150 * us), "them": them, "them_n": 900, "them_x": round(900 * them),
         "competitor": "peer 07", "source": "mystery_report", "unit": "share"}
        for k, (us, them) in enumerate(_FCR)
    ]  # fmt: skip
    columns = ["metric_id", "period", "us", "us_n", "us_x", "them", "them_n", "them_x",
               "competitor", "source", "unit"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table["direction"] = "increase"
    return table.astype({"us_x": "Int64", "them_x": "Int64"})


def scorecard() -> pd.DataFrame:
    """The table ``review_scorecard``: engagement is missing, repeat stays hardly moved."""
    rows = (
        ("G01", "customer", "perception", 20, None, "G01"),
        ("G02", "customer", "perception", 12, None, "G02"),
        ("G09", "customer", "perception", 8, None, "G09"),
        ("G04", "process", "", 12, None, "G04"),
        ("G08", "process", "", 10, None, "G08"),
        ("G10", "finance", "behaviour", 10, None, "G10"),
        ("revenue_plan", "finance", "finance", 12, 0.97, ""),
        ("sop_audit", "learning", "", 8, 1.02, ""),
        ("staff_engagement", "learning", "", 8, None, ""),
    )
    columns = ["measure", "perspective", "family", "weight", "attainment", "goal_id"]
    return pd.DataFrame(rows, columns=columns)


def money() -> pd.DataFrame:
    """The table ``review_money``: a member's worth and the cost of the complaint rule, CNY.

    exposed_share: members of hotels that adopt the rule. The pilot's lift is that of all guests of
    a hotel, so it is not cut again to those who complain.
    """
    rows = (
        ("customers", 96_000, 90_000, 101_000),
        ("margin", 186, 150, 215),
        ("retention", 0.58, 0.54, 0.62),
        ("discount", 0.10, 0.08, 0.12),
        ("uplift", 0.006, 0.002, 0.010),
        ("points", 5.7, 3.6, 7.7),
        ("cost", 930_000, 820_000, 1_150_000),
        ("first_margin", "end", None, None),
        ("exposed_share", 0.90, 0.80, 1.00),
    )
    return pd.DataFrame(rows, columns=["name", "value", "low", "high"])


def flows() -> pd.DataFrame:
    """The table ``review_flows``: the check-in kiosks, CNY a year."""
    rows = [(0, -1_260_000), (1, 380_000), (2, 510_000), (3, 540_000), (4, 420_000)]
    return pd.DataFrame(rows, columns=["year", "amount"])


def actions() -> pd.DataFrame:
    """The table ``review_actions``: effects in the unit of the goal (shares 0-1)."""
    rows = (
        ("A01", "G04", 0.12, 0.118, 0.083, 0.153, 1, "pilot"),
        ("A02", "G07", -1.8, -1.5, -1.9, -1.1, 1, "before_after"),
        ("A03", "G08", 0.03, 0.041, 0.035, 0.047, 1, "before_after"),
        ("A04", "G05", -0.8, -0.9, -1.2, -0.6, 1, "before_after"),
        ("A05", "G06", 0.03, 0.012, -0.006, 0.030, 1, "before_after"),
        ("A06", "G12", 0.04, None, None, None, 0, ""),
        ("A07", "G14", -0.4, 0.1, -0.3, 0.5, 0, "before_after"),
        ("A08", "G10", 0.012, 0.002, None, None, 1, "opinion"),
    )
    columns = ["action", "goal_id", "planned_effect", "observed_effect", "low", "high", "done",
               "evidence"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)

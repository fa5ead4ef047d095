"""What came out in the first half of 2026: actuals, competitors, scorecard, money, actions."""

from dataclasses import dataclass

import pandas as pd

from playbook.teach.hotel.goals import CARDS, Card
from playbook.teach.hotel.pilot import BASE, POST

Q1, Q2 = "2026-Q1", "2026-Q2"


@dataclass(frozen=True)
class Outcome:
    """A goal's two quarters in the unit of the review (shares 0-1), n of a quarter, spread."""

    goal_id: str
    unit: str
    first: float
    second: float
    n: float | None = None
    sd: float | None = None


OUTCOMES = (
    Outcome("G02", "nps", 25.6, 27.8, 19_800),
    Outcome("G03", "rate", 9.52, 8.86, 201.0),
    Outcome("G04", "share", 0.771, 0.842, 1890),
    Outcome("G05", "mean", 2.62, 1.93, 1840, 2.4),
    Outcome("G06", "share", 0.748, 0.769, 7150),
    Outcome("G07", "mean", 7.1, 6.2, 15_400, 5.1),
    Outcome("G08", "share", 0.936, 0.959, 14_900),
    Outcome("G09", "mean", 4.59, 4.62, 9300, 0.82),
    Outcome("G10", "share", 0.309, 0.311),
    Outcome("G11", "share", 0.959, 0.963, 436),
    Outcome("G12", "share", 0.699, 0.678, 8600),
    Outcome("G13", "share", 0.247, 0.241),
    Outcome("G14", "rate", 2.24, 2.52, 201.0),
    Outcome("G15", "share", 0.954, 0.979, 9250),
    Outcome("G16", "mean", 29.5, 21.6, 288, 22.0),
)
_ACTUALS = ["goal_id", "period", "actual", "n", "x", "detractors", "sd", "unit", "baseline",
            "baseline_n", "target", "direction", "due"]  # fmt: skip


def actuals(monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``review_actuals``: both quarters of every goal that was measured.

    monthly: the satisfaction answers of ``pilot_periods``, of which G00 and G01 are made.
    """
    rows = _satisfaction(monthly)
    for outcome in OUTCOMES:
        both = ((Q1, outcome.first), (Q2, outcome.second))
        rows += [_actual(outcome, period, value) for period, value in both]
    table = pd.DataFrame(rows, columns=_ACTUALS)
    return table.astype({"x": "Int64", "detractors": "Int64", "baseline_n": "Int64"})


def _card(goal_id: str) -> Card:
    return next(card for card in CARDS if card.goal_id == goal_id)


def _satisfaction(monthly: pd.DataFrame) -> list[dict[str, object]]:
    rows = []
    for goal_id in ("G00", "G01"):
        for period, months in ((Q1, BASE), (Q2, POST)):
            own = monthly[monthly["period"].isin(months)]
            n, x = int(own["n"].sum()), int(own["x"].sum())
            row = _terms(_card(goal_id), "share")
            rows.append(row | {"period": period, "actual": round(x / n, 3), "n": n, "x": x})
    return rows


def _terms(card: Card, unit: str) -> dict[str, object]:
    by = 100 if unit == "share" else 1
    return {
        "goal_id": card.goal_id,
        "unit": unit,
        "baseline": None if card.baseline is None else round(card.baseline / by, 4),
        "baseline_n": card.baseline_n,
        "target": round(card.target / by, 4),
        "direction": card.direction,
        "due": card.due,
    }


def _actual(outcome: Outcome, period: str, value: float) -> dict[str, object]:
    row = _terms(_card(outcome.goal_id), outcome.unit) | {"period": period, "actual": value}
    n = outcome.n
    if n is None:
        return row
    match outcome.unit:
        case "nps":
            promoters = round(n * (0.37 + value / 200))
            row |= {"x": promoters, "detractors": promoters - round(n * value / 100)}
        case "mean":
            row |= {"sd": outcome.sd}
        case _:
            row |= {"x": round(n * value)}
    return row | {"n": n}


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
    """The table ``review_money``: a member's worth and the cost of the complaint rule, CNY."""
    rows = (
        ("customers", 96_000, 90_000, 101_000),
        ("margin", 186, 150, 215),
        ("retention", 0.58, 0.54, 0.62),
        ("discount", 0.10, 0.08, 0.12),
        ("uplift", 0.006, 0.002, 0.010),
        ("points", 5.7, 3.6, 7.7),
        ("cost", 930_000, 820_000, 1_150_000),
        ("first_margin", "end", None, None),
        ("exposed_share", 0.35, 0.25, 0.45),
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

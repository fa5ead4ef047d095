"""Tables of the case ``data/sfo`` that are computed from the two airport surveys.

``python -m playbook.teach.sfo data/sfo`` reads sfo2017.csv and sfo2018.csv and writes the goal
tables, the instrument, the labels and ``case.toml``. The goals are illustrative and our own.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

YEARS = ("2017", "2018")


@dataclass(frozen=True)
class Shared:
    """A share of passengers: counted answers, unweighted and weighted, and Kish's effective n.

    value is the weighted share; n and x are the plain counts of valid and counted answers.
    """

    n: int
    x: int
    value: float
    n_effective: float


@dataclass(frozen=True)
class Promoted:
    """A net promoter score in points: plain counts, plain and weighted score, effective n."""

    n: int
    promoters: int
    detractors: int
    plain: float
    value: float
    promoters_share: float
    detractors_share: float
    n_effective: float


@dataclass(frozen=True)
class Asked:
    """A metric: its column in 2018 and 2017, the valid codes and the codes that count."""

    metric_id: str
    columns: tuple[str, str]
    valid: tuple[int, ...]
    counted: tuple[int, ...]


FIVE, TOP = (1, 2, 3, 4, 5), (4, 5)
SHARES = (
    Asked("csat", ("Q7ALL", "Q7ALL"), FIVE, TOP),
    Asked("clean_overall", ("Q9ALL", "Q9All"), FIVE, TOP),
    Asked("clean_restroom", ("Q9RESTROOM", "Q9Restroom"), FIVE, TOP),
    Asked("felt_safe", ("Q10SAFE", "Q10Safe"), FIVE, TOP),
    Asked("problem_share", ("Q15PROBLEM", "Q15PROBLEM"), (1, 2), (1,)),
)
"""The columns of 2017 and 2018. 3 to the problem question is "don't know": not counted."""


def read(folder: Path, year: str) -> pd.DataFrame:
    """The survey of one year, cells as text as the airport gave them."""
    return pd.read_csv(folder / f"sfo{year}.csv", dtype=str, keep_default_na=False)


def share(table: pd.DataFrame, column: str, valid: tuple[int, ...], counted: tuple[int, ...],
          ) -> Shared:  # fmt: skip
    """A weighted share; every code that is not valid (0, 6, 11, BLANK, empty) is left out."""
    codes = pd.to_numeric(table[column], errors="coerce")
    kept = codes.isin(valid)
    weight = table.loc[kept, "WEIGHT"].astype(float)
    hit = codes[kept].isin(counted)
    value = float(weight[hit].sum() / weight.sum())
    return Shared(int(kept.sum()), int(hit.sum()), value, effective(weight))


def effective(weight: pd.Series) -> float:
    """Kish's effective number of answers: (sum of weights)^2 / sum of squared weights."""
    return float(weight.sum() ** 2 / (weight**2).sum())


def recommended(table: pd.DataFrame) -> Promoted:
    """The net promoter score of NETPRO 0..10; code 11 and an empty cell are blanks."""
    codes = pd.to_numeric(table["NETPRO"], errors="coerce")
    kept = codes.between(0, 10)
    weight, score = table.loc[kept, "WEIGHT"].astype(float), codes[kept]
    up, down = score >= 9, score <= 6
    high, low = (float(weight[side].sum() / weight.sum()) for side in (up, down))
    n, promoters, detractors = int(kept.sum()), int(up.sum()), int(down.sum())
    plain = 100 * (promoters - detractors) / n
    score_weighted = 100 * (high - low)
    return Promoted(n, promoters, detractors, plain, score_weighted, high, low, effective(weight))


def history(surveys: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The table ``goals_history``: weighted values of both years; 2018 also by boarding area.

    Values in per cent or points. n is the effective number of answers, x the share times n: so
    intervals are as wide as the weights make them.
    """
    rows = []
    for k, year in enumerate(YEARS):
        table = surveys[year]
        rows += [_share_row(asked, table, year, k, "") for asked in SHARES]
        rows.append(_nps_row(table, year))
    for area, part in surveys["2018"].groupby("BAREA", sort=True):
        rows += [_share_row(asked, part, "2018", 1, f"area_{area}") for asked in SHARES[:3]]
    columns = ["metric_id", "period", "value", "n", "x", "detractors", "unit_name", "source"]
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64"})


def _share_row(asked: Asked, table: pd.DataFrame, year: str, k: int, unit: str
               ) -> dict[str, object]:  # fmt: skip
    found = share(table, asked.columns[k], asked.valid, asked.counted)
    n = round(found.n_effective)
    return {"metric_id": asked.metric_id, "period": year, "value": round(100 * found.value, 2),
            "n": n, "x": round(n * found.value, 2), "unit_name": unit,
            "source": "sfo_survey"}  # fmt: skip


def _nps_row(table: pd.DataFrame, year: str) -> dict[str, object]:
    found = recommended(table)
    n = round(found.n_effective)
    return {"metric_id": "nps", "period": year, "value": round(found.value, 2), "n": n,
            "x": round(n * found.promoters_share, 2),
            "detractors": round(n * found.detractors_share, 2), "unit_name": "",
            "source": "sfo_survey"}  # fmt: skip


_CARDS = (
    ("SF1", "", "company", "csat", "increase", 85.0, ">=", "%", "2020-12-31", "airport_director",
     "airport", "terminals;food_shops;signage;facilities",
     "Raise the share of passengers who rate the airport 4 or 5 from {b:.1f}% to 85% by the end "
     "of 2020."),
    ("SF2", "SF1", "company", "nps", "increase", 40.0, ">=", "points", "2020-12-31",
     "guest_experience", "guest_experience", "guest_experience;food_shops;signage",
     "Bring the net promoter score from {b:.1f} back to 40 points by the end of 2020."),
    ("SF3", "SF1", "department", "clean_overall", "increase", 86.0, ">=", "%", "2019-12-31",
     "facilities_lead", "facilities", "facilities;terminals",
     "Raise the share of passengers who find the airport clean from {b:.1f}% to 86% by the end "
     "of 2019."),
    ("SF4", "SF3", "team", "clean_restroom", "increase", 76.0, ">=", "%", "2019-12-31",
     "restroom_lead", "custodial_team", "facilities",
     "Raise the share of passengers who find the restrooms clean from {b:.1f}% to 76% by the end "
     "of 2019."),
    ("SF5", "SF1", "department", "problem_share", "decrease", 12.0, "<=", "%", "2019-12-31",
     "guest_experience", "guest_experience", "terminals;signage;guest_experience",
     "Lower the share of passengers who met a problem from {b:.1f}% to 12% by the end of 2019."),
    ("SF6", "SF1", "department", "felt_safe", "maintain", 86.0, ">=", "%", "2019-12-31",
     "security_lead", "security", "security;terminals",
     "Keep the share of passengers who feel safe at or above 86% through 2019."),
)  # fmt: skip
"""Illustrative goals of our own: the airport did not set them."""


def goals(past: pd.DataFrame) -> pd.DataFrame:
    """The table ``goals``: baselines are the weighted values of 2018."""
    now = past[(past["period"] == "2018") & (past["unit_name"] == "")].set_index("metric_id")
    rows = []
    for key, parent, level, metric, way, target, sign, unit, due, owner, team, who, text in _CARDS:
        b = float(now["value"][metric])
        rows.append((key, parent, level, metric, way, b, int(now["n"][metric]), "2018", target,
                     sign, unit, "2019-01-01", due, owner, team, who, "passenger_experience",
                     "sfo_survey", "year", text.format(b=b)))  # fmt: skip
    columns = ["goal_id", "parent_id", "level", "metric_id", "direction", "baseline", "baseline_n",
               "baseline_period", "target", "comparator", "unit", "start", "due", "owner", "team",
               "participants", "strategy_theme", "source", "review_every",
               "statement"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def actuals(past: pd.DataFrame) -> pd.DataFrame:
    """The table ``review_actuals``: 2018 against 2017, no target, only the movement is judged."""
    whole = past[past["unit_name"] == ""]
    rows = []
    for row in whole.to_dict("records"):
        nps = row["metric_id"] == "nps"
        rows.append({
            "goal_id": row["metric_id"], "period": row["period"],
            "actual": row["value"] if nps else round(row["value"] / 100, 4),
            "n": row["n"], "x": row["x"], "detractors": row["detractors"],
            "unit": "nps" if nps else "share",
            "direction": "decrease" if row["metric_id"] == "problem_share" else "increase",
        })  # fmt: skip
    table = pd.DataFrame(rows).sort_values(["goal_id", "period"], ignore_index=True)
    return table.astype({"n": "Int64"})


def metrics() -> pd.DataFrame:
    """The table ``goals_metrics``: metrics of this survey."""
    rows = (
        ("clean_overall", "整体清洁满意率", "整體清潔滿意率", "Airport found clean", "increase",
         "清洁4分或5分的旅客（加权）", "答题旅客（加权）"),
        ("clean_restroom", "洗手间清洁满意率", "洗手間清潔滿意率", "Restrooms found clean",
         "increase", "洗手间4分或5分的旅客（加权）", "用过并答题的旅客（加权）"),
        ("felt_safe", "安全感比例", "安全感比例", "Passengers who feel safe", "increase",
         "安全感4分或5分的旅客（加权）", "答题旅客（加权）"),
        ("problem_share", "遇到问题的旅客比例", "遇到問題的旅客比例",
         "Passengers who met a problem", "decrease", "回答遇到问题的旅客（加权）",
         "回答有或没有的旅客（加权）"),
    )  # fmt: skip
    columns = ["metric_id", "name_zh_hans", "name_zh_hant", "name_en", "direction", "numerator",
               "denominator"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(unit="%", bound_low=0, bound_high=1, aggregate="ratio", lead_lag="result",
                        frequency="year", source="survey")  # fmt: skip


def sources(surveys: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The table ``goals_sources``: one yearly survey, asked alike in both years."""
    n = sum(len(table) for table in surveys.values())
    row = ("sfo_survey", "survey", n, f"{YEARS[0]}-01-01", f"{YEARS[-1]}-12-31",
           "PDDL 1.0 (DataSF licence policy)")  # fmt: skip
    columns = ["source", "kind", "n", "date_from", "date_to", "licence_or_consent"]
    return pd.DataFrame([row], columns=columns)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the computed files of the folder."""
    from playbook.teach.sfo_case import write_case

    parser = argparse.ArgumentParser(prog="python -m playbook.teach.sfo", description=__doc__)
    parser.add_argument("folder", type=Path)
    for path in write_case(parser.parse_args(arguments).folder):
        print(path)


if __name__ == "__main__":
    main()

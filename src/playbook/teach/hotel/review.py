"""What came out in the first half of 2026: actuals, competitors, scorecard, money, learning."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.goals import CARDS, Card
from playbook.teach.hotel.pilot import BASE, POST
from playbook.teach.hotel.truth import Truth

Q1, Q2 = "2026-Q1", "2026-Q2"


@dataclass(frozen=True)
class Outcome:
    """A goal's two quarters in the unit of the review (shares 0-1), n of a quarter, spread."""

    goal_id: str
    unit: str
    first: float
    second: float
    n: float | None
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
    Outcome("G10", "number", 0.309, 0.311, None),
    Outcome("G11", "share", 0.959, 0.963, 436),
    Outcome("G12", "share", 0.699, 0.678, 8600),
    Outcome("G13", "number", 0.247, 0.241, None),
    Outcome("G14", "rate", 2.24, 2.52, 201.0),
    Outcome("G15", "share", 0.954, 0.979, 9250),
    Outcome("G16", "mean", 29.5, 21.6, 288, 22.0),
)
_SHARES = ("share", "number")
_ACTUALS = ["goal_id", "period", "actual", "n", "x", "detractors", "sd", "unit", "baseline",
            "baseline_n", "target", "direction", "due"]  # fmt: skip


def actuals(monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``review_actuals``: both quarters of every goal that was measured."""
    rows = _satisfaction(monthly)
    for outcome in OUTCOMES:
        card = _card(outcome.goal_id)
        rows += [
            _actual(card, outcome, Q1, outcome.first),
            _actual(card, outcome, Q2, outcome.second),
        ]
    table = pd.DataFrame(rows, columns=_ACTUALS)
    return table.astype({"x": "Int64", "detractors": "Int64", "baseline_n": "Int64"})


def _card(goal_id: str) -> Card:
    return next(card for card in CARDS if card.goal_id == goal_id)


def _satisfaction(monthly: pd.DataFrame) -> list[dict[str, object]]:
    """Goals G00 and G01 from the same monthly answers as the pilot."""
    rows = []
    for goal_id in ("G00", "G01"):
        for period, months in ((Q1, BASE), (Q2, POST)):
            own = monthly[monthly["period"].isin(months)]
            n, x = int(own["n"].sum()), int(own["x"].sum())
            row = _terms(_card(goal_id), "share")
            rows.append(row | {"period": period, "actual": round(x / n, 3), "n": n, "x": x})
    return rows


def _terms(card: Card, unit: str) -> dict[str, object]:
    by = 100 if unit in _SHARES else 1
    return {
        "goal_id": card.goal_id,
        "unit": unit,
        "baseline": None if card.baseline is None else round(card.baseline / by, 4),
        "baseline_n": card.baseline_n,
        "target": round(card.target / by, 4),
        "direction": card.direction,
        "due": card.due,
    }


def _actual(card: Card, outcome: Outcome, period: str, value: float) -> dict[str, object]:
    row = _terms(card, outcome.unit) | {"period": period, "actual": value}
    match outcome.unit:
        case "share":
            x = round((outcome.n or 0) * value)
            row |= {"n": outcome.n, "x": x}
        case "rate":
            row |= {"n": outcome.n, "x": round((outcome.n or 0) * value)}
        case "nps":
            n = outcome.n or 0
            promoters = round(n * (0.37 + value / 200))
            row |= {"n": n, "x": promoters, "detractors": promoters - round(n * value / 100)}
        case "mean":
            row |= {"n": outcome.n, "sd": outcome.sd}
    return row


def competitor() -> pd.DataFrame:
    """The table ``review_competitor``: recommendation passes peer 03; satisfaction stays level."""
    quarters = [f"{2024 + (2 + k) // 4}-Q{(2 + k) % 4 + 1}" for k in range(8)]
    us, them = (
        (17.0, 18.6, 20.1, 21.4, 22.9, 23.8, 25.6, 27.8),
        (25.2, 25.6, 25.0, 25.4, 24.6, 24.2, 23.9, 23.1),
    )
    rows: list[dict[str, object]] = []
    for k, period in enumerate(quarters):
        row = {"metric_id": "nps", "period": period, "us": us[k], "us_n": 18_000 + 240 * k,
               "them": them[k], "them_n": 2400, "unit": "nps"}  # fmt: skip
        rows.append(row | {"competitor": "peer 03", "source": "peer_exchange"})
    level = ((0.739, 0.752), (0.748, 0.760), (0.756, 0.768), (0.761, 0.772))
    for k, (ours, theirs) in enumerate(level):
        row = {"metric_id": "fcr", "period": quarters[4 + k], "us": ours, "us_n": 7150,
               "us_x": round(7150 * ours), "them": theirs, "them_n": 900,
               "them_x": round(900 * theirs), "unit": "share"}  # fmt: skip
        rows.append(row | {"competitor": "peer 07", "source": "mystery_report"})
    columns = ["metric_id", "period", "us", "us_n", "us_x", "them", "them_n", "them_x",
               "competitor", "source", "unit"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table["direction"] = "increase"
    return table.astype({"us_x": "Int64", "them_x": "Int64"})


def scorecard() -> pd.DataFrame:
    """The table ``review_scorecard``: one measure is missing, one is far below its goal."""
    rows = (
        ("G01", "customer", "perception", 20, None, "G01"),
        ("G02", "customer", "perception", 12, None, "G02"),
        ("G09", "customer", "perception", 8, None, "G09"),
        ("G04", "process", "", 12, None, "G04"),
        ("G08", "process", "", 10, None, "G08"),
        ("G10", "finance", "behaviour", 10, None, "G10"),
        ("revenue_plan", "finance", "finance", 12, 0.97, ""),
        ("G11", "learning", "", 8, 1.02, ""),
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
        ("points", 5.0, 2.5, 7.5),
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


def pdca() -> pd.DataFrame:
    """The table ``review_pdca``: monthly review items; some late, one opened again."""
    rows = (
        (
            "P01",
            "2026-01-15",
            "act",
            "投诉登记晚于客人离店",
            "夜班工单改手机端登记",
            "xu_jing",
            "2026-03-31",
            "signal",
            "2026-04-15",
            "closed",
            "signal",
            "2026-04-18",
            0,
        ),
        (
            "P02",
            "2026-01-15",
            "act",
            "查房漏检卫生间毛发",
            "客房双人质检",
            "luo_qian",
            "2026-03-31",
            "run_of_eight",
            "2026-05-08",
            "closed",
            "run_of_eight",
            "2026-05-12",
            0,
        ),
        (
            "P03",
            "2026-02-13",
            "check",
            "高峰入住排队",
            "大店试用自助入住机",
            "he_feng",
            "2026-05-31",
            "signal",
            "2026-06-15",
            "open",
            "",
            "",
            0,
        ),
        (
            "P04",
            "2026-02-13",
            "do",
            "临街房隔音差",
            "更换门窗密封条",
            "ma_jun",
            "2026-05-15",
            "signal",
            "2026-06-30",
            "open",
            "",
            "",
            0,
        ),
        (
            "P05",
            "2026-03-13",
            "check",
            "投诉首问无人负责",
            "首问负责与2小时/24小时规则",
            "zhou_min",
            "2026-06-30",
            "pilot_verdict",
            "2026-07-01",
            "open",
            "",
            "",
            0,
        ),
        (
            "P06",
            "2026-03-13",
            "do",
            "早餐高峰补菜慢",
            "增设现做档口",
            "tang_wei",
            "2026-05-31",
            "signal",
            "2026-06-30",
            "reopened",
            "",
            "",
            1,
        ),
        (
            "P07",
            "2026-04-15",
            "plan",
            "培训合格但现场不会用",
            "改为情景演练考核",
            "gao_ning",
            "2026-07-31",
            "signal",
            "2026-08-15",
            "open",
            "",
            "",
            0,
        ),
        (
            "P08",
            "2026-04-15",
            "act",
            "发票抬头常出错",
            "入住时扫码预填抬头",
            "he_feng",
            "2026-05-31",
            "run_of_eight",
            "2026-06-20",
            "closed",
            "run_of_eight",
            "2026-06-22",
            0,
        ),
        (
            "P09",
            "2026-05-14",
            "do",
            "会员权益看不懂",
            "权益页改三句话",
            "shen_yi",
            "2026-06-15",
            "signal",
            "2026-07-10",
            "open",
            "",
            "",
            0,
        ),
        (
            "P10",
            "2026-06-12",
            "plan",
            "网评差评回复套话",
            "差评必须给出处理结果",
            "shen_yi",
            "2026-07-31",
            "run_of_eight",
            "2026-08-31",
            "open",
            "",
            "",
            0,
        ),
    )
    columns = ["id", "opened", "step", "cause", "action", "owner", "due", "check_rule",
               "check_date", "state", "closed_by", "closed", "reopened"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def practices() -> pd.DataFrame:
    """The table ``review_cases``: practices with their evidence."""
    rows = (
        (
            "K01",
            "首问负责，2小时确认、24小时给出方案",
            "B04",
            "登记→确认→派单→解决→回访",
            "服务台三班有人；工程部夜间待命",
            0.057,
            0.036,
            0.077,
            "pilot",
            "SOP-11",
            "all",
        ),
        (
            "K02",
            "客房双人质检",
            "B03",
            "自检→互检→抽检",
            "每层不少于两名服务员",
            0.041,
            0.035,
            0.047,
            "before_after",
            "SOP-07",
            "all",
        ),
        (
            "K03",
            "入住前一日短信确认到店时间",
            "B10",
            "短信→排房→预制房卡",
            "预订含手机号",
            0.022,
            0.004,
            0.040,
            "before_after",
            "",
            "best",
        ),
        (
            "K04",
            "雨天门口递伞与热毛巾",
            "B14",
            "预报→备伞→迎客",
            "门口有岗",
            None,
            None,
            None,
            "opinion",
            "",
            "best",
        ),
    )
    columns = ["case", "practice", "site", "steps", "conditions", "effect", "low", "high",
               "evidence", "sop_id", "picked"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


COPIES = ("B01", "B02", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B13")
FAILED = ("B06", "B11")
"""Hotels where the double inspection did not take root: too few staff on a floor."""


def replication(truth: Truth, seed: int) -> pd.DataFrame:
    """The table ``review_replication``: K02 copied from B03 to twelve hotels, six months."""
    rng = stream(seed, "review_replication")
    months = [f"2026-{k:02d}" for k in range(1, 7)]
    rows = []
    for site in COPIES:
        start = -0.09 + 0.01 * float(rng.standard_normal())
        gain = 0.15 if site in FAILED else 1.0
        for k, month in enumerate(months):
            lag = start * (1 - gain * min(1.0, k / float(rng.uniform(1.8, 3.2))))
            rows.append(_copy(rng, site, month, 0.958, min(0.99, 0.958 + lag)))
    columns = ["case", "site", "period", "x_new", "n_new", "x_old", "n_old"]
    return pd.DataFrame(rows, columns=columns)


def _copy(
    rng: np.random.Generator, site: str, month: str, old: float, new: float
) -> tuple[object, ...]:
    n_new, n_old = int(rng.integers(280, 400)), int(rng.integers(330, 380))
    x_new, x_old = int(rng.binomial(n_new, new)), int(rng.binomial(n_old, old))
    return "K02", site, month, x_new, n_new, x_old, n_old


def pairs(seed: int) -> pd.DataFrame:
    """The table ``review_pairs``: staff engagement and guest satisfaction by hotel, true r .7."""
    rng = stream(seed, "review_pairs")
    rows = []
    for branch in BRANCHES:
        quality = (branch.satisfied - 0.765) / 0.027
        mood = 0.7 * quality + 0.51**0.5 * float(rng.standard_normal())
        rows.append((branch.code, round(68 + 6 * mood, 1), round(100 * branch.satisfied, 1)))
    return pd.DataFrame(rows, columns=["unit", "employee", "customer"])

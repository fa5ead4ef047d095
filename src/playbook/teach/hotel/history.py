"""What the goals start from: history, needs, peers, market, sources, capability."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES, Branch
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.goals import LAST_MONTH
from playbook.teach.hotel.truth import NeedTruth, Truth

MONTHS = tuple(f"{2025 + (2 + k) // 12}-{(2 + k) % 12 + 1:02d}" for k in range(16))
QUARTERS = tuple(f"{2024 + (2 + k) // 4}-Q{(2 + k) % 4 + 1}" for k in range(8))
YEAR_BEFORE = "2025-12"
KANO_OF: dict[str, tuple[str, bool]] = {
    "N01": ("F06", True), "N02": ("F03", False), "N03": ("F01", False), "N04": ("F05", True),
    "N05": ("F04", True), "N06": ("F02", False), "N07": ("F11", True), "N08": ("F09", False),
}  # fmt: skip
"""Need -> the feature of the Kano survey that answers it, and whether its class is typed in.

Management takes fast solving of complaints (N05) for a must-be; its guests do not.
"""
CHANNELS = (("complaint", 0.34), ("review", 0.30), ("survey", 0.24), ("phone", 0.12))
_HISTORY = ["metric_id", "period", "value", "n", "x", "detractors", "sd", "exposure",
            "unit_name", "source"]  # fmt: skip
_BENCHMARK = ["metric_id", "entity", "value", "own", "n", "x", "detractors", "sd", "exposure"]


@dataclass(frozen=True)
class Path:
    """The true course of a metric: from first to last, level until the period ``turn``.

    kind: share (per cent), nps, rate (events per exposure), mean. n: answers, cases or exposure
    of a period.
    """

    metric_id: str
    kind: str
    first: float
    last: float
    n: float
    source: str
    periods: tuple[str, ...] = MONTHS
    turn: int = 0
    sd: float = 0.0

    def values(self) -> list[float]:
        steps = len(self.periods) - 1 - self.turn
        way = [max(0, k - self.turn) / steps for k in range(len(self.periods))]
        return [self.first + (self.last - self.first) * part for part in way]


PATHS: tuple[Path, ...] = (
    Path("csat", "share", 74.2, 75.9, 6600, "guest_survey", MONTHS[:7]),
    Path("nps", "nps", 20.3, 27.8, 6600, "guest_survey"),
    Path("complaint_rate", "rate", 11.2, 8.86, 67.0, "ticket_log"),
    Path("sla_compliance", "share", 70.0, 84.2, 620, "ticket_log", turn=9),
    Path("complaint_response_time", "mean", 3.6, 1.93, 620, "ticket_log", turn=9, sd=2.4),
    Path("fcr", "share", 70.6, 76.9, 2400, "ticket_log"),
    Path("wait_time", "mean", 10.4, 6.2, 5200, "front_desk_log", sd=5.1),
    Path("room_pass_rate", "share", 91.0, 95.9, 4980, "room_inspection", turn=9),
    Path("review_score", "mean", 4.55, 4.62, 3100, "ota_reviews", sd=0.82),
    Path("breakfast_csat", "share", 72.0, 67.8, 2860, "guest_survey", turn=8),
    Path("review_reply_rate", "share", 90.0, 97.9, 3100, "ota_reviews", MONTHS[4:]),
    Path("noise_complaint_rate", "rate", 2.3, 2.6, 67.0, "ticket_log", MONTHS[-4:]),
    Path("ack_time", "mean", 31.0, 21.6, 96, "ticket_log", MONTHS[-4:], sd=22.0),
    Path("training_pass_rate", "share", 90.5, 96.3, 436, "hr_system", QUARTERS[-6:], turn=0),
    Path("staff_turnover", "value", 27.6, 24.1, 0, "hr_system", QUARTERS),
    Path("repurchase_rate", "value", 29.9, 31.1, 0, "member_system", QUARTERS),
)


def history(seed: int, monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``goals_history``: the chain by period, and satisfaction by branch.

    monthly: satisfied of all answers by hotel and month, from October 2025 (``pilot_periods``).
    """
    rows = []
    for path in PATHS:
        rng = stream(seed, f"history.{path.metric_id}")
        rows += [_period(rng, path, period, value)
                 for period, value in zip(path.periods, path.values(), strict=True)]  # fmt: skip
        if path.metric_id == "csat":
            rows += _chain(monthly)
    for period in (YEAR_BEFORE, LAST_MONTH):
        rows += [_satisfied(period, b.code, n, x) for b, n, x in branch_counts(monthly, period)]
    return pd.DataFrame(rows, columns=_HISTORY).astype(
        {"n": "Int64", "x": "Int64", "detractors": "Int64"}
    )


def _period(rng: np.random.Generator, path: Path, period: str, value: float) -> dict[str, object]:
    """One period: drawn around the true value; the last one, the baseline, is the true value."""
    row: dict[str, object] = {"metric_id": path.metric_id, "period": period, "source": path.source}
    last = period in (LAST_MONTH, QUARTERS[-1])
    size = path.n if last else path.n * (1 + 0.06 * float(rng.uniform(-1, 1)))
    noise = 0.0 if last else float(rng.standard_normal())
    match path.kind:
        case "share":
            n = round(size)
            x = round(n * value / 100 + noise * (n * value / 100 * (1 - value / 100)) ** 0.5)
            row |= {"value": round(100 * x / n, 1), "n": n, "x": x}
        case "nps":
            row |= _recommended(value + noise * 1.02, round(size))
        case "rate":
            exposure = round(size, 1)
            events = round(value * exposure + noise * (value * exposure) ** 0.5)
            row |= {"value": round(events / exposure, 2), "x": events, "exposure": exposure}
        case "mean":
            n = round(size)
            row |= {"value": round(value + noise * path.sd / n**0.5, 2), "n": n, "sd": path.sd}
        case _:
            row |= {"value": round(value + 0.1 * noise, 1)}
    return row


def _recommended(score: float, n: int) -> dict[str, object]:
    """A net promoter score with its counts; detractors fall as promoters rise."""
    promoters = round(n * (0.37 + score / 200))
    detractors = promoters - round(n * score / 100)
    value = 100 * (promoters - detractors) / n
    return {"value": round(value, 1), "n": n, "x": promoters, "detractors": detractors}


def branch_counts(
    monthly: pd.DataFrame, period: str = LAST_MONTH
) -> tuple[tuple[Branch, int, int], ...]:
    """Answers and satisfied by branch in a month: together the chain's figure."""
    last = monthly[monthly["period"] == period].set_index("store")
    return tuple((b, int(last["n"][b.code]), int(last["x"][b.code])) for b in BRANCHES)


def _chain(monthly: pd.DataFrame) -> list[dict[str, object]]:
    sums = monthly.groupby("period", sort=True)[["n", "x"]].sum()
    return [
        _satisfied(str(period), "", int(n), int(x))
        for period, n, x in zip(sums.index, sums["n"], sums["x"], strict=True)
    ]


def _satisfied(period: str, unit_name: str, n: int, x: int) -> dict[str, object]:
    value = round(100 * x / n, 1)
    return {"metric_id": "csat", "period": period, "value": value, "n": n, "x": x,
            "unit_name": unit_name, "source": "guest_survey"}  # fmt: skip


def needs(truth: Truth, seed: int) -> pd.DataFrame:
    """The table ``goals_needs``: mentions of each need a month and channel, per 1,000 nights."""
    rng = stream(seed, "goals_needs")
    nights = [round(64 + 5 * np.sin(k / 2) + rng.uniform(-1, 1), 1) for k in range(len(MONTHS))]
    rows = []
    for need in truth.needs:
        for k, period in enumerate(MONTHS):
            rows += _mentions(rng, need, k, period, nights[k])
    return pd.DataFrame(rows)


def _mentions(
    rng: np.random.Generator, need: NeedTruth, k: int, period: str, nights: float
) -> list[dict[str, object]]:
    expected = 4 * need.monthly * (1 + need.growth) ** (k - 4) * nights / 64
    feature, typed = KANO_OF[need.need]
    return [
        {
            "need": need.need,
            "period": period,
            "volume": int(rng.poisson(expected * part)),
            "exposure": nights,
            "channel": channel,
            "kano": need.kano if typed else "",
            "kano_feature": feature,
            "importance": need.importance,
            "satisfaction": need.satisfaction,
        }
        for channel, part in CHANNELS
    ]


_PEERS: dict[str, tuple[float, ...]] = {
    "csat": (70.8, 72.4, 73.6, 74.5, 75.4, 76.1, 76.6, 77.8, 79.2, 80.6, 82.3, 84.1),
    "nps": (12, 15, 18, 20, 22, 23, 25, 27, 29, 32, 34, 38),
    "complaint_rate": (11.9, 10.8, 9.6, 9.2, 9.0, 8.8, 8.5, 8.3, 8.0, 7.7, 7.4, 6.9),
    "fcr": (69.5, 71.2, 72.8, 74.9, 75.8, 76.2, 76.8, 77.9, 79.0, 80.3, 81.5, 83.0),
    "wait_time": (9.6, 8.9, 8.2, 7.6, 7.1, 6.9, 6.6, 6.2, 5.7, 5.2, 4.8, 4.1),
    "review_score": (4.31, 4.35, 4.38, 4.41, 4.43, 4.45, 4.47, 4.49, 4.51, 4.53, 4.60, 4.64),
    "sla_compliance": (58, 63, 66, 69, 71, 72, 74, 77, 80, 83, 86, 90),
}
_OWN: dict[str, dict[str, float]] = {
    "csat": {"value": 76.1, "n": 20_000, "x": 15_220},
    "nps": {"value": 23.5, "n": 20_000, "x": 9750, "detractors": 5050},
    "complaint_rate": {"value": 9.6, "x": 1850, "exposure": 192.7},
    "fcr": {"value": 73.8, "n": 7230, "x": 5336},
    "wait_time": {"value": 7.6, "n": 15_600, "sd": 5.1},
    "review_score": {"value": 4.59, "n": 9350, "sd": 0.82},
    "sla_compliance": {"value": 77.1, "n": 1890, "x": 1457},
}
_BEST: dict[str, dict[str, float]] = {
    "csat": {"n": 1850, "x": 1556},
    "nps": {"n": 1600, "x": 880, "detractors": 272},
    "wait_time": {"n": 3100, "sd": 3.9},
    "review_score": {"n": 5200, "sd": 0.80},
}
"""Counts that the best peer of a metric gives away; the others keep theirs."""


def benchmark(seed: int) -> pd.DataFrame:
    """The table ``goals_benchmark``: twelve made-up peers and the chain, first quarter of 2026."""
    rng = stream(seed, "goals_benchmark")
    order = rng.permutation(12)
    rows: list[dict[str, object]] = []
    for metric, values in _PEERS.items():
        rows.append({"metric_id": metric, "entity": "heyu", "own": 1, **_OWN[metric]})
        places = np.roll(order, len(rows) % 3)
        for k in range(12):
            value = values[places[k]]
            row = {"metric_id": metric, "entity": f"peer {k + 1:02d}", "value": value, "own": 0}
            rows.append(row | _BEST.get(metric, {}) if value == values[-1] else row)
    table = pd.DataFrame(rows, columns=_BENCHMARK)
    table["period"], table["source"] = "2026-Q1", "peer_exchange"
    table["licence"] = "CC0-1.0"
    return table.astype({"n": "Int64", "x": "Int64", "detractors": "Int64"})


def market() -> pd.DataFrame:
    """The table ``goals_market``: sales in million CNY of the chains in the ten cities."""
    sales = {
        "heyu": (742, 801), "peer 01": (1120, 1150), "peer 02": (905, 880), "peer 03": (690, 742),
        "peer 04": (611, 645), "peer 05": (540, 522), "peer 06": (455, 480),
        "peer 07": (390, 410), "peer 08": (322, 330), "peer 09": (255, 260),
        "peer 10": (195, 200), "peer 11": (135, 140), "peer 12": (78, 85),
    }  # fmt: skip
    rows = [
        (entity, amount, str(2024 + k), int(entity == "heyu"), 1)
        for entity, both in sales.items()
        for k, amount in enumerate(both)
    ]
    return pd.DataFrame(rows, columns=["entity", "sales", "period", "own", "coverage"])


def sources() -> pd.DataFrame:
    """The table ``goals_sources``."""
    rows = (
        ("guest_survey", "survey", 106_700, "2025-03-01", "2026-06-30",
         "客人同意条款第3条，已去标识", "volunteers"),
        ("kano_survey", "survey", 420, "2026-05-11", "2026-05-29", "知情同意，匿名", "random"),
        ("servqual_survey", "survey", 520, "2026-05-11", "2026-05-29", "知情同意，匿名", "random"),
        ("ticket_log", "complaint_log", 10_980, "2025-03-01", "2026-06-30",
         "内部数据，已去标识", "census"),
        ("front_desk_log", "internal", 83_000, "2025-03-01", "2026-06-30", "内部数据", "census"),
        ("room_inspection", "internal", 79_600, "2025-03-01", "2026-06-30", "内部数据", "random"),
        ("ota_reviews", "market_research", 49_800, "2025-03-01", "2026-06-30",
         "平台开放接口许可", "volunteers"),
        ("member_system", "internal", 121_000, "2024-07-01", "2026-06-30",
         "会员协议第5条", "census"),
        ("hr_system", "internal", 1184, "2024-07-01", "2026-06-30",
         "内部数据，仅汇总", "census"),
        ("peer_exchange", "competitor", 12, "2026-01-01", "2026-03-31",
         "数据互换协议（虚构）", "convenience"),
    )  # fmt: skip
    columns = ["source", "kind", "n", "date_from", "date_to", "licence_or_consent", "drawn"]
    return pd.DataFrame(rows, columns=columns)


def capability() -> pd.DataFrame:
    """The table ``goals_capability``: scores 1-5 of the chain and its nearest competitor."""
    rows = (
        ("quality_assurance", "strength", 4, 3), ("brand", "strength", 4, 4),
        ("rapid_response", "weakness", 2, 4), ("tech_innovation", "weakness", 3, 4),
        ("channel", "opportunity", 3, 3), ("cost", "threat", 3, 4),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=["item", "kind", "own", "competitor"])

"""The goal tree of 2026: regions, hotels, complaint chain, stages, cases, weights, roles."""

from dataclasses import dataclass
from math import ceil, exp, log

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES, REGIONS, Branch
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.goals import YEAR_END
from playbook.teach.hotel.history import branch_counts

TARGET = 82.0
REACHABLE = 85.0
"""Satisfaction the best quarter of hotels has reached at some time, per cent."""


NIGHTS = 67_000
"""Room nights of June 2026: the exposure of the complaint rates."""

DIRECTORS = ("fang_hua", "lu_tao", "jiang_nan")


@dataclass(frozen=True)
class Stage:
    """A stage of a complaint: hours at the median and 95th percentile, limit, load, and the share
    done right the first time."""

    stage: str
    p50: float
    p95: float
    limit: float
    start: str
    stop: str
    work: float
    capacity: float
    pausable: int
    passed: float


STAGES = (
    Stage("register", 0.5, 1.9, 2, "complaint_received", "complaint_confirmed", 0.25, 1, 0, 0.985),
    Stage("assign", 0.8, 3.2, 3, "complaint_confirmed", "owner_named", 0.30, 1, 0, 0.95),
    Stage("solve", 7.5, 23.0, 16, "owner_named", "solution_agreed", 3.9, 4, 1, 0.9),
    Stage("reply", 1.4, 5.0, 3, "solution_agreed", "guest_answered", 0.5, 1, 0, 0.97),
)
CASES = 320
DEPENDENCE = 0.3
_START = "2026-07-01"

_COLUMNS = ["goal_id", "parent_id", "metric_id", "level", "kind", "edge", "node", "unit",
            "direction", "baseline", "weight_n", "reachable", "target", "due", "owner", "team",
            "source", "evidence"]  # fmt: skip


Counts = tuple[tuple[Branch, int, int], ...]


def branch_targets(counts: Counts) -> dict[str, float]:
    """Targets of the hotels: the chain's rise shared out by what each can still gain (TR4)."""
    total = sum(n for _, n, _ in counts)
    now = {b.code: 100 * x / n for b, n, x in counts}
    room = {b.code: max(0.0, REACHABLE - now[b.code]) for b, *_ in counts}
    mean = sum(n * now[b.code] for b, n, _ in counts) / total
    scale = (TARGET - mean) * total / sum(n * room[b.code] for b, n, _ in counts)
    return {code: ceil(10 * (now[code] + scale * room[code])) / 10 for code in now}


def tree(monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``tree``."""
    counts = branch_counts(monthly)
    parts = [_root(counts), *_regions(counts), *_hotels(counts), *_drivers()]
    table = pd.DataFrame(parts, columns=_COLUMNS)
    table.insert(13, "start", _START)
    return table


def _root(counts: Counts) -> tuple[object, ...]:
    n, x = sum(n for _, n, _ in counts), sum(x for *_, x in counts)
    return ("G01", "", "csat", "company", "result", "formula", "weighted_mean", "%", "increase",
            round(100 * x / n, 1), n, None, TARGET, YEAR_END, "chen_lan", "operations",
            "guest_survey", "")  # fmt: skip


def _regions(counts: Counts) -> list[tuple[object, ...]]:
    goals = branch_targets(counts)
    rows: list[tuple[object, ...]] = []
    for (region, *_), owner in zip(REGIONS, DIRECTORS, strict=True):
        own = [(b, n, x) for b, n, x in counts if b.region == region]
        n = sum(n for _, n, _ in own)
        now = round(100 * sum(x for *_, x in own) / n, 1)
        target = round(sum(k * goals[b.code] for b, k, _ in own) / n, 1)
        rows.append((f"G01_{region}", "G01", "csat", "department", "result", "formula",
                     "weighted_mean", "%", "increase", now, n, None, target, YEAR_END, owner,
                     region, "guest_survey", ""))  # fmt: skip
    return rows


def _hotels(counts: Counts) -> list[tuple[object, ...]]:
    goals = branch_targets(counts)
    return [
        (f"G01_{b.code}", f"G01_{b.region}", "csat", "team", "result", "formula", "", "%",
         "increase", round(100 * x / n, 1), n, REACHABLE, goals[b.code], YEAR_END,
         f"gm_{b.code.lower()}", b.code, "guest_survey", "")
        for b, n, x in counts
    ]  # fmt: skip


def _drivers() -> list[tuple[object, ...]]:
    """The goals that drive satisfaction, and the chain and causes below the complaint goals."""
    rate = "per_1000"
    return [
        ("G03", "G01", "complaint_rate", "department", "result", "influence", "additive", rate,
         "decrease", 8.86, NIGHTS, None, 7.5, YEAR_END, "zhou_min", "guest_service", "ticket_log",
         "r=-0.58 n=28"),
        ("G14", "G03", "noise_complaint_rate", "team", "result", "formula", "additive", rate,
         "decrease", 2.6, NIGHTS, 1.3, 1.6, YEAR_END, "ma_jun", "room_care", "ticket_log", ""),
        ("G14_window", "G14", "window_noise_rate", "team", "result", "formula", "", rate,
         "decrease", 1.45, NIGHTS, 0.6, 0.72, YEAR_END, "ma_jun", "room_care", "ticket_log", ""),
        ("G14_corridor", "G14", "corridor_noise_rate", "team", "result", "formula", "", rate,
         "decrease", 0.8, NIGHTS, 0.4, 0.55, YEAR_END, "luo_qian", "housekeeping", "ticket_log",
         ""),
        ("G14_equipment", "G14", "equipment_noise_rate", "team", "result", "formula", "", rate,
         "decrease", 0.35, NIGHTS, 0.3, 0.33, YEAR_END, "ma_jun", "room_care", "ticket_log", ""),
        ("G03_clean", "G03", "clean_complaint_rate", "department", "result", "formula", "", rate,
         "decrease", 1.95, NIGHTS, 1.6, 1.8, YEAR_END, "luo_qian", "housekeeping", "ticket_log",
         ""),
        ("G03_checkin", "G03", "checkin_complaint_rate", "department", "result", "formula", "",
         rate, "decrease", 1.6, NIGHTS, 1.3, 1.5, YEAR_END, "he_feng", "front_office",
         "ticket_log", ""),
        ("G03_food", "G03", "breakfast_complaint_rate", "department", "result", "formula", "",
         rate, "decrease", 1.5, NIGHTS, 1.3, 1.45, YEAR_END, "tang_wei", "food_beverage",
         "ticket_log", ""),
        ("G03_other", "G03", "other_complaint_rate", "department", "result", "formula", "", rate,
         "decrease", 1.21, NIGHTS, 1.05, 1.15, YEAR_END, "ding_rui", "operations", "ticket_log",
         ""),
        ("G04", "G03", "sla_compliance", "department", "process", "influence", "rate_chain", "%",
         "increase", 84.2, 620, None, 90, YEAR_END, "zhou_min", "guest_service", "ticket_log",
         "r=-0.49 n=28"),
        ("G04_ack", "G04", "ack_2h_rate", "team", "process", "formula", "", "%", "increase", 96.5,
         620, 98.5, 97.8, YEAR_END, "xu_jing", "service_desk", "ticket_log", ""),
        ("G04_route", "G04", "routing_rate", "team", "process", "formula", "", "%", "increase",
         95.0, 598, 98, 97.2, YEAR_END, "ding_rui", "service_desk", "ticket_log", ""),
        ("G04_solve", "G04", "solved_in_time_rate", "team", "process", "formula", "", "%",
         "increase", 91.9, 568, 95.5, 94.7, YEAR_END, "ma_jun", "room_care", "ticket_log", ""),
        ("G05", "G04", "complaint_response_time", "team", "process", "influence", "", "h",
         "decrease", 1.93, 620, None, 1.5, YEAR_END, "xu_jing", "service_desk", "ticket_log",
         "r=-0.66 n=28"),
        ("G16", "G05", "ack_time", "person", "process", "influence", "", "min", "decrease", 21.6,
         96, None, 20, "2026-08-28", "xu_jing", "night_shift", "ticket_log", "r=0.71 n=14"),
        ("G17", "G04", "resolution_time", "department", "process", "influence", "time_budget",
         "h", "decrease", 28, 320, None, 24, YEAR_END, "zhou_min", "guest_service",
         "ticket_log", "r=-0.74 n=28"),
        ("G06", "G01", "fcr", "department", "process", "influence", "", "%", "increase", 76.9,
         2400, None, 81.3, YEAR_END, "he_feng", "front_office", "ticket_log", "r=0.63 n=28"),
        ("G11", "G06", "training_pass_rate", "department", "process", "influence", "", "%",
         "increase", 96.3, 436, None, 95, YEAR_END, "gao_ning", "hr", "hr_system",
         "r=0.21 n=14"),
        ("G07", "G01", "wait_time", "department", "process", "influence", "", "min", "decrease",
         6.2, 5200, None, 5.0, YEAR_END, "he_feng", "front_office", "front_desk_log",
         "r=-0.52 n=28"),
        ("G08", "G01", "room_pass_rate", "department", "process", "influence", "", "%",
         "increase", 95.9, 4980, None, 97, YEAR_END, "luo_qian", "housekeeping",
         "room_inspection", "r=0.44 n=28"),
        ("G12", "G01", "breakfast_csat", "department", "result", "influence", "", "%",
         "increase", 67.8, 2860, None, 78, YEAR_END, "tang_wei", "food_beverage", "guest_survey",
         "r=0.31 n=28"),
    ]  # fmt: skip


def stages() -> pd.DataFrame:
    """The table ``tree_stages``: the way of a complaint, hours by the calendar."""
    rows = [
        ("G17", s.stage, k + 1, s.p50, s.p95, s.limit, s.start, s.stop, "calendar", s.pausable,
         0.92, s.work, s.capacity, s.passed)
        for k, s in enumerate(STAGES)
    ]  # fmt: skip
    columns = ["goal_id", "stage", "order", "p50", "p95", "limit", "start_event", "stop_event",
               "clock", "pausable", "arrival_rate", "work_time", "capacity",
               "pass_rate"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def cases(seed: int) -> pd.DataFrame:
    """The table ``tree_cases``: hours of each stage of 320 complaints, log-normal, dependent."""
    rng = stream(seed, "tree_cases")
    shared = rng.standard_normal(CASES)
    rows = []
    for s in STAGES:
        z = np.sqrt(DEPENDENCE) * shared + np.sqrt(1 - DEPENDENCE) * rng.standard_normal(CASES)
        spread = log(s.p95 / s.p50) / 1.6449
        rows += [(f"C{k + 1:04d}", s.stage, round(s.p50 * exp(spread * float(z[k])), 2))
                 for k in range(CASES)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["case_id", "stage", "hours"])
    order = {s.stage: k for k, s in enumerate(STAGES)}
    table["order"] = table["stage"].map(order)
    return table.sort_values(["case_id", "order"], ignore_index=True).drop(columns="order")


_SHEETS: dict[str, tuple[tuple[str, float], ...]] = {
    "chen_lan": (("G01", 35), ("G02", 25), ("G13", 20), ("G10", 20)),
    "zhou_min": (("G03", 30), ("G04", 30), ("G17", 25), ("G01", 15)),
    "xu_jing": (("G16", 45), ("G05", 35), ("G04_ack", 20)),
    "he_feng": (("G06", 30), ("G07", 35), ("G03_checkin", 20), ("G11", 15)),
    "luo_qian": (("G08", 40), ("G03_clean", 35), ("G14_corridor", 25)),
    "tang_wei": (("G12", 40), ("G03_food", 30), ("G01", 30)),
    "ma_jun": (("G14", 40), ("G04_solve", 35), ("G14_window", 15), ("G14_equipment", 10)),
    "shen_yi": (("G02", 30), ("G09", 30), ("G10", 25), ("G15", 15)),
    "gao_ning": (("G11", 40), ("G13", 40), ("G06", 20)),
    "ding_rui": (("G03_other", 40), ("G04_route", 40), ("G17", 20)),
}


_LEVELS = {"chen_lan": "company", "xu_jing": "team", "ma_jun": "team", "ding_rui": "team"}
"""Whose sheet stands at which level, where it is not a department's (or a hotel's)."""


def weights() -> pd.DataFrame:
    """The table ``tree_weights``: every sheet sums to 100; one weight is above 40."""
    sheets = dict(_SHEETS)
    for code, director in zip((r[0] for r in REGIONS), DIRECTORS, strict=True):
        sheets[director] = ((f"G01_{code}", 40), ("G03", 35), ("G13", 25))
    for branch in BRANCHES:
        own = f"G01_{branch.code}"
        sheets[f"gm_{branch.code.lower()}"] = ((own, 40), ("G03", 30), ("G08", 30))
    rows = [(who, kpi, weight, _LEVELS.get(who, "team" if who.startswith("gm_") else "department"))
            for who, sheet in sheets.items() for kpi, weight in sheet]  # fmt: skip
    return pd.DataFrame(rows, columns=["holder", "kpi", "weight", "level"])


_ROLES: dict[str, str] = {
    "A01": "zhou_min=A;xu_jing=R;he_feng=R;ma_jun=C;gao_ning=I",
    "A02": "he_feng=A;ding_rui=R;shen_yi=C;ma_jun=C",
    "A03": "luo_qian=A;ma_jun=R;gao_ning=C",
    "A04": "xu_jing=AR;ding_rui=C;zhou_min=I",
    "A05": "gao_ning=A;he_feng=R;luo_qian=R;zhou_min=C;tang_wei=I",
    "A06": "tang_wei=AR;shen_yi=C;luo_qian=I",
    "A07": "ma_jun=A;luo_qian=R;ding_rui=C;chen_lan=I;zhou_min=C;he_feng=C;shen_yi=C",
    "A08": "shen_yi=A;he_feng=R;ding_rui=C",
}


def raci() -> pd.DataFrame:
    """The table ``tree_raci``: each action has one A; A07 asks more people than it needs."""
    rows = [
        (action, *cell.split("=")) for action, cells in _ROLES.items() for cell in cells.split(";")
    ]
    return pd.DataFrame(rows, columns=["action", "person", "role"])

"""The goal tree of 2026: regions, hotels, complaint chain, stages, cases, weights, roles."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.goals import HALF_YEAR, YEAR_END
from playbook.teach.hotel.history import branch_counts

TARGET = 80.5
REACHABLE = 84.0
"""Satisfaction the best quarter of hotels has reached at some time, per cent."""


@dataclass(frozen=True)
class Stage:
    """A stage of a complaint: hours at the median and 95th percentile, limit, load."""

    stage: str
    p50: float
    p95: float
    limit: float
    start: str
    stop: str
    work: float
    capacity: float
    pausable: int


STAGES = (
    Stage("register", 0.5, 1.9, 2, "complaint_received", "complaint_confirmed", 0.25, 1, 0),
    Stage("assign", 0.8, 3.2, 3, "complaint_confirmed", "owner_named", 0.30, 1, 0),
    Stage("solve", 7.5, 23.0, 16, "owner_named", "solution_agreed", 3.9, 4, 1),
    Stage("reply", 1.4, 5.0, 3, "solution_agreed", "guest_answered", 0.5, 1, 0),
)
CASES = 320
DEPENDENCE = 0.3
_START = "2026-01-01"

_COLUMNS = ["goal_id", "parent_id", "metric_id", "level", "kind", "edge", "node", "unit",
            "direction", "baseline", "weight_n", "reachable", "target", "due", "owner", "team",
            "source", "evidence"]  # fmt: skip


def branch_targets() -> dict[str, float]:
    """Targets of the hotels: the chain's rise shared out by what each can still gain (TR4)."""
    counts = branch_counts()
    total = sum(n for _, n, _ in counts)
    now = {b.code: 100 * x / n for b, n, x in counts}
    room = {b.code: max(0.0, REACHABLE - now[b.code]) for b, *_ in counts}
    mean = sum(n * now[b.code] for b, n, _ in counts) / total
    scale = (TARGET - mean) * total / sum(n * room[b.code] for b, n, _ in counts)
    return {code: round(now[code] + scale * room[code], 1) for code in now}


def tree() -> pd.DataFrame:
    """The table ``tree``."""
    table = pd.DataFrame([_root(), *_regions(), *_hotels(), *_drivers()], columns=_COLUMNS)
    table.insert(13, "start", _START)
    return table


def _root() -> tuple[object, ...]:
    n = sum(n for _, n, _ in branch_counts())
    return ("G01", "", "csat", "company", "result", "formula", "weighted_mean", "%", "increase",
            76.2, n, None, TARGET, YEAR_END, "chen_lan", "operations", "guest_survey",
            "")  # fmt: skip


def _regions() -> list[tuple[object, ...]]:
    goals = branch_targets()
    owners = {"east": "fang_hua", "north_south": "lu_tao", "west": "jiang_nan"}
    rows: list[tuple[object, ...]] = []
    for region, owner in owners.items():
        own = [(b, n, x) for b, n, x in branch_counts() if b.region == region]
        n = sum(n for _, n, _ in own)
        now = round(100 * sum(x for *_, x in own) / n, 1)
        target = round(sum(n * goals[b.code] for b, n, _ in own) / n, 1)
        rows.append((f"G01_{region}", "G01", "csat", "department", "result", "formula",
                     "weighted_mean", "%", "increase", now, n, None, target, YEAR_END, owner,
                     region, "guest_survey", ""))  # fmt: skip
    return rows


def _hotels() -> list[tuple[object, ...]]:
    goals = branch_targets()
    return [
        (f"G01_{b.code}", f"G01_{b.region}", "csat", "team", "result", "formula", "", "%",
         "increase", round(100 * x / n, 1), n, REACHABLE, goals[b.code], YEAR_END,
         f"gm_{b.code.lower()}", b.code, "guest_survey", "")
        for b, n, x in branch_counts()
    ]  # fmt: skip


def _drivers() -> list[tuple[object, ...]]:
    """The goals that drive satisfaction, and the chain and causes below the complaint goals."""
    rate = "per_1000"
    return [
        ("G03", "G01", "complaint_rate", "department", "result", "influence", "additive", rate,
         "decrease", 9.8, None, None, 8.0, YEAR_END, "zhou_min", "guest_service", "ticket_log",
         "r=-0.58 n=28"),
        ("G14", "G03", "noise_complaint_rate", "team", "result", "formula", "", rate, "decrease",
         2.1, None, 1.3, 1.6, YEAR_END, "ma_jun", "room_care", "ticket_log", ""),
        ("G03_clean", "G03", "clean_complaint_rate", "department", "result", "formula", "", rate,
         "decrease", 2.6, None, 1.8, 2.0, YEAR_END, "luo_qian", "housekeeping", "ticket_log", ""),
        ("G03_checkin", "G03", "checkin_complaint_rate", "department", "result", "formula", "",
         rate, "decrease", 1.9, None, 1.3, 1.5, YEAR_END, "he_feng", "front_office",
         "ticket_log", ""),
        ("G03_food", "G03", "breakfast_complaint_rate", "department", "result", "formula", "",
         rate, "decrease", 1.3, None, 1.1, 1.2, YEAR_END, "tang_wei", "food_beverage",
         "ticket_log", ""),
        ("G03_other", "G03", "other_complaint_rate", "department", "result", "formula", "", rate,
         "decrease", 1.9, None, 1.6, 1.7, YEAR_END, "ding_rui", "operations", "ticket_log", ""),
        ("G04", "G03", "sla_compliance", "department", "process", "influence", "rate_chain", "%",
         "increase", 71, 660, None, 90, HALF_YEAR, "zhou_min", "guest_service", "ticket_log",
         "r=-0.49 n=28"),
        ("G04_ack", "G04", "ack_2h_rate", "team", "process", "formula", "", "%", "increase", 93,
         660, 98, 97.5, HALF_YEAR, "xu_jing", "service_desk", "ticket_log", ""),
        ("G04_route", "G04", "routing_rate", "team", "process", "formula", "", "%", "increase",
         93, 614, 98, 97.5, HALF_YEAR, "ding_rui", "service_desk", "ticket_log", ""),
        ("G04_solve", "G04", "solved_in_time_rate", "team", "process", "formula", "", "%",
         "increase", 82.1, 571, 95, 94.7, HALF_YEAR, "ma_jun", "room_care", "ticket_log", ""),
        ("G05", "G04", "complaint_response_time", "team", "process", "influence", "", "h",
         "decrease", 3.4, 660, None, 2.0, HALF_YEAR, "xu_jing", "service_desk", "ticket_log",
         "r=-0.66 n=28"),
        ("G16", "G05", "ack_time", "person", "process", "influence", "", "min", "decrease", 42,
         96, None, 20, HALF_YEAR, "xu_jing", "night_shift", "ticket_log", "r=0.71 n=14"),
        ("G17", "G04", "resolution_time", "department", "process", "influence", "time_budget",
         "h", "decrease", 31, 660, None, 24, HALF_YEAR, "zhou_min", "guest_service",
         "ticket_log", "r=-0.74 n=28"),
        ("G06", "G01", "fcr", "department", "process", "influence", "", "%", "increase", 73.5,
         2400, None, 80, YEAR_END, "he_feng", "front_office", "ticket_log", "r=0.63 n=28"),
        ("G11", "G06", "training_pass_rate", "department", "process", "influence", "", "%",
         "increase", 96.6, 430, None, 95, HALF_YEAR, "gao_ning", "hr", "hr_system",
         "r=0.21 n=14"),
        ("G07", "G01", "wait_time", "department", "process", "influence", "", "min", "decrease",
         7.9, 5200, None, 5.0, YEAR_END, "he_feng", "front_office", "front_desk_log",
         "r=-0.52 n=28"),
        ("G08", "G01", "room_pass_rate", "department", "process", "influence", "", "%",
         "increase", 91.4, 4980, None, 95, HALF_YEAR, "luo_qian", "housekeeping",
         "room_inspection", "r=0.44 n=28"),
        ("G12", "G01", "breakfast_csat", "department", "result", "influence", "", "%",
         "increase", 71, 2860, None, 78, YEAR_END, "tang_wei", "food_beverage", "guest_survey",
         "r=0.31 n=28"),
    ]  # fmt: skip


def stages() -> pd.DataFrame:
    """The table ``tree_stages``: the way of a complaint, hours by the calendar."""
    rows = [
        ("G17", s.stage, k + 1, s.p50, s.p95, s.limit, s.start, s.stop, "calendar", s.pausable,
         0.92, s.work, s.capacity)
        for k, s in enumerate(STAGES)
    ]  # fmt: skip
    columns = ["goal_id", "stage", "order", "p50", "p95", "limit", "start_event", "stop_event",
               "clock", "pausable", "arrival_rate", "work_time", "capacity"]  # fmt: skip
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
    "luo_qian": (("G08", 40), ("G03_clean", 35), ("G13", 25)),
    "tang_wei": (("G12", 40), ("G03_food", 30), ("G01", 30)),
    "ma_jun": (("G14", 40), ("G04_solve", 35), ("G08", 25)),
    "shen_yi": (("G02", 30), ("G09", 30), ("G10", 25), ("G15", 15)),
    "gao_ning": (("G11", 40), ("G13", 40), ("G06", 20)),
}


def weights() -> pd.DataFrame:
    """The table ``tree_weights``: every sheet sums to 100; one weight is above 40."""
    rows = [(who, kpi, weight) for who, sheet in _SHEETS.items() for kpi, weight in sheet]
    return pd.DataFrame(rows, columns=["holder", "kpi", "weight"])


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


def hotel_goals() -> list[str]:
    """The goals of single hotels."""
    return [f"G01_{b.code}" for b in BRANCHES]

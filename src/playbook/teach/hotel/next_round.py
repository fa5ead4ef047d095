"""The goal set of the second half of 2026 as settled: what the review changes, and why."""

from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from playbook.teach.hotel.goals import COLUMNS, YEAR_END, Card, cards

CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "G04": (
        {"due": "2027-03-31",
         "statement": "2027年3月底前，投诉24小时内解决的比例由84.2%提升到90%。"},
        "capacity",
    ),
    "G05": (
        {"target": 2.0, "direction": "maintain",
         "statement": "下半年投诉首次响应的平均时间保持在2小时以内。"},
        "attained",
    ),
    "G09": (
        {"target": 4.65,
         "statement": "2026年底前平台点评均分由4.62分提升到4.65分（满分5分）。"},
        "not_achievable",
    ),
    "G10": (
        {"target": 32, "statement": "2027年6月底前会员12个月复购率由31.1%提升到32%。"},
        "not_achievable",
    ),
    "G12": (
        {"target": 72, "owner": "tang_wei",
         "statement": "唐伟：年底前早餐满意度由67.8%回升到72%。"},
        "not_achievable",
    ),
    "G14": ({"target": 1.9, "statement": "年底前每千间夜噪音投诉由2.6件降到1.9件。"}, ""),
    "G16": (
        {"target": 22,
         "statement": "许静：8月28日前夜班投诉确认受理的平均时间保持在22分钟以内。"},
        "",
    ),
}  # fmt: skip
"""Changes by goal and the reason code. G14 and G16 change without one, G16 shortly before due."""

DROPPED = {"G11": "already_met", "G15": "not_relevant"}

NEW = Card(
    "G18", "resolution_time", "decrease", 28, 24, "h", YEAR_END, "zhou_min", "guest_service",
    "年底前，95%的投诉从受理到答复不超过24小时（自收到投诉起算，按自然时间）。",
    parent_id="G04", baseline_n=320, comparator="<=",
    participants="guest_service;engineering;housekeeping",
    customer_need="N05", strategy_theme="standard_service", source="ticket_log",
    guardrail_metric="reopen_rate",
)  # fmt: skip

_CHECKS: dict[str, tuple[float, float, str]] = {
    "G04": (5.8, 3.0, "2026-09-30"),
    "G12": (4.2, 2.0, "2026-09-30"),
    "G14": (-0.9, -0.3, "2026-10-31"),
    "G18": (-7, -3, "2026-10-31"),
}
"""Expected effect, smallest effect worth keeping, day of the check."""


def goals_next(monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``review_goals_next``."""
    rows = []
    for card in cards(monthly):
        changes, reason = CHANGES.get(card.goal_id, ({}, ""))
        new = replace(card, **changes)
        rows.append(_row(new, DROPPED.get(card.goal_id, reason), int(card.goal_id in DROPPED)))
    rows.append(_row(NEW, "new_need", 0))
    columns = [*COLUMNS, "reason", "dropped", "expected_effect", "smallest_effect", "check_date"]
    return pd.DataFrame(rows)[columns].astype({"baseline_n": "Int64"})


def _row(card: Card, reason: str, dropped: int) -> dict[str, Any]:
    expected, smallest, day = _CHECKS.get(card.goal_id, (None, None, ""))
    return asdict(card) | {
        "reason": reason,
        "dropped": dropped,
        "expected_effect": expected,
        "smallest_effect": smallest,
        "check_date": day,
    }

"""The goal set of the second half of 2026: what the review changes, and why."""

from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from playbook.teach.hotel.goals import CARDS, COLUMNS, YEAR_END, Card

_SECOND_HALF: dict[str, Any] = {"start": "2026-07-01", "baseline_period": "2026-Q2"}
CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "G01": ({"baseline": 78.4, "baseline_n": 19_994}, "other"),
    "G02": ({"baseline": 27.8, "baseline_n": 19_800}, "other"),
    "G03": ({"baseline": 8.86, "baseline_n": None}, "other"),
    "G04": (
        {"baseline": 84.2, "baseline_n": 1890, "due": YEAR_END,
         "statement": "年底前，投诉24小时内解决的比例由84.2%提升到90%。"},
        "capacity",
    ),
    "G05": (
        {"baseline": 1.93, "baseline_n": 1840, "due": YEAR_END, "direction": "maintain",
         "statement": "下半年投诉首次响应的平均时间保持在2小时以内。"},
        "attained",
    ),
    "G08": (
        {"baseline": 95.9, "baseline_n": 14_900, "target": 97, "due": YEAR_END,
         "statement": "年底前客房清洁一次合格率由95.9%提升到97%。"},
        "attained",
    ),
    "G10": (
        {"baseline": 31.1, "target": 32, "statement": "年底前会员12个月复购率由31.1%提升到32%。"},
        "not_achievable",
    ),
    "G12": (
        {"baseline": 67.8, "baseline_n": 8600, "target": 72, "owner": "tang_wei",
         "statement": "唐伟：年底前早餐满意度由67.8%回升到72%。"},
        "not_achievable",
    ),
    "G14": ({"baseline": 2.52, "budget": 1_100_000}, ""),
    "G16": ({"baseline": 21.6, "baseline_n": 288, "due": "2026-09-30"}, "other"),
}  # fmt: skip
"""Changes by goal and the reason code; G14 changes without a reason."""

DROPPED = {"G11": "already_met", "G15": "not_relevant"}

NEW = Card(
    "G18", "resolution_time", "decrease", 31, 24, "h", YEAR_END, "zhou_min", "guest_service",
    "年底前，95%的投诉从受理到答复不超过24小时（自收到投诉起算，按自然时间）。",
    parent_id="G04", baseline_n=320, baseline_period="2026-Q2", comparator="<=",
    start="2026-07-01", participants="guest_service;engineering;housekeeping",
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


def goals_next() -> pd.DataFrame:
    """The table ``review_goals_next``."""
    rows = []
    for card in CARDS:
        changes, reason = CHANGES.get(card.goal_id, ({}, ""))
        new = replace(card, **(changes | _SECOND_HALF)) if changes else card
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

"""The table ``labels``: every code of the case with its name in both languages."""

import pandas as pd

from playbook.teach.hotel import (
    cast,
    people,
    plan_actions,
    plan_enabling_words,
    plan_money,
    plan_people,
)

_MORE: tuple[cast.Named, ...] = (
    ("heyu", "禾屿酒店", "Heyu Hotels"),
    *((f"peer {k:02d}", f"同行{k:02d}", f"Peer {k:02d}") for k in range(1, 13)),
    ("tech_innovation", "技术创新", "Technical innovation"),
    ("quality_assurance", "品质保证", "Quality assurance"),
    ("rapid_response", "快速响应", "Rapid response"),
    ("cost", "成本", "Cost"),
    ("channel", "渠道", "Sales channels"),
    ("checkin_wait", "高峰入住等待时间（分钟）", "Check-in wait at peak hours (minutes)"),
    ("room_pass", "客房清洁一次合格率", "Rooms passing inspection at first sight"),
    ("overtime", "一线员工月均加班（小时）", "Overtime of front-line staff a month (hours)"),
    ("confirmed_2h", "2小时内确认投诉", "Complaint confirmed within 2 hours"),
    ("solved_24h", "24小时内给出解决方案", "Solution given within 24 hours"),
    ("staff_trained", "员工完成培训", "Staff trained"),
    ("call_back", "解决后回访", "Call back after the solution"),
    ("brand", "品牌", "Brand"),
    ("same_complaints", "同一批投诉", "The same complaints"),
    ("first_contact", "同一批首问", "The same first contacts"),
)

GROUPS: tuple[tuple[cast.Named, ...], ...] = (
    tuple((b.code, b.zh, b.en) for b in cast.BRANCHES),
    cast.REGIONS,
    cast.STRATA,
    cast.SEGMENTS,
    cast.FEATURES,
    cast.DIMENSIONS,
    cast.NEEDS,
    people.DEPARTMENTS,
    people.TEAMS,
    people.PEOPLE,
    people.THEMES,
    people.SOURCES,
    people.METRICS,
    people.MANAGERS,
    people.GOALS,
    people.ACTIONS,
    people.KEY_ACTIONS,
    plan_actions.first_steps(),
    plan_people.LABELS,
    plan_money.NAMES,
    plan_enabling_words.names(),
    people.STAGES,
    people.LEARNING,
    _MORE,
)


def labels() -> pd.DataFrame:
    """One row per code: id, zh, en."""
    rows = [row for group in GROUPS for row in group]
    return pd.DataFrame(rows, columns=["id", "zh", "en"])

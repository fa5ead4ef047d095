"""Who carries the plan of the second half of 2026: people, queues, messages, meetings, the gate.

What is planted. One person is overloaded, for three weeks in August: zhou_min helps with the
training and writes the messages at the same time; the messages have float, and the same days over a
longer time end the overload. The complaint desk keeps its own standard of four hours, but barely,
and a message is about to promise guests two hours, which two agents cannot keep (a third could).
One analyst, one process expert and one certified expert are missing, so both presets of a team are
short. One group of guests has no message, one message belongs to a department and to no person, one
to the best customers goes out by app. The gate of the rollout lacks its load test.

The survey of expectations finds one queue of each kind: guests who complain want an answer within
two hours, which two agents cannot keep, and ask for more than a quarter before; check-in promises
five minutes where guests expect three and the people keep one; phone and night requests are fine.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from playbook.teach.hotel.cast import Named

# person, team, role, days a week for the plan, skills, certified
_PEOPLE = (
    ("chen_lan", "operations", "sponsor", 0.5, "", 0),
    ("zhou_min", "guest_service", "project_manager", 4, "process", 0),
    ("he_feng", "front_office", "project_manager", 3.5, "kiosk", 0),
    ("luo_qian", "housekeeping", "project_manager", 5, "inspection", 1),
    ("tang_wei", "food_beverage", "project_manager", 3.5, "", 0),
    ("ma_jun", "engineering", "process_expert", 3.5, "process", 0),
    ("shen_yi", "marketing", "project_manager", 5, "communication", 0),
    ("gao_ning", "hr", "trainer", 5, "training", 1),
    ("xu_jing", "night_shift", "process_expert", 3.5, "process", 0),
    ("ding_rui", "operations", "data_analyst", 4.5, "data", 0),
    ("fang_hua", "east", "rollout_lead", 2, "", 0),
    ("lu_tao", "north_south", "rollout_lead", 2, "", 0),
    ("jiang_nan", "west", "rollout_lead", 2, "", 0),
    ("gm_b04", "east", "pilot_manager", 2.5, "training", 0),
    ("gm_b08", "north_south", "pilot_manager", 2.5, "training", 0),
    ("gm_b12", "west", "pilot_manager", 2.5, "training", 0),
)

# queue, arrivals an hour, handling s, answer s, level, opening, agents, shrinkage, metric
_LOAD = (
    ("phone_desk", 60, 150, 20, 0.8, "00:00-24:00", 5, 0.3, "fcr"),
    ("checkin_peak", 40, 180, 300, 0.9, "14:00-20:00", 4, 0.25, "wait_time"),
    ("complaint_desk", 2, 3000, 14400, 0.8, "00:00-24:00", 2, 0.3, "complaint_response_time"),
    ("night_requests", 14, 300, 300, 0.8, "22:00-06:00", 2, 0.3, "ack_time"),
)

# queue, quarter, longest acceptable time in seconds -> answers
_EXPECTED: tuple[tuple[str, str, dict[int, int]], ...] = (
    ("phone_desk", "2026-Q1", {10: 12, 20: 54, 30: 118, 60: 96, 120: 32}),
    ("phone_desk", "2026-Q2", {10: 16, 20: 56, 30: 115, 60: 90, 120: 28}),
    ("checkin_peak", "2026-Q1", {60: 14, 120: 37, 180: 83, 300: 104, 600: 54}),
    ("checkin_peak", "2026-Q2", {60: 16, 120: 39, 180: 96, 300: 108, 600: 51}),
    ("complaint_desk", "2026-Q1", {1800: 10, 3600: 28, 7200: 82, 14400: 72, 28800: 48}),
    ("complaint_desk", "2026-Q2", {1800: 12, 3600: 34, 7200: 106, 14400: 64, 28800: 36}),
    ("night_requests", "2026-Q1", {120: 6, 300: 52, 600: 60, 900: 30}),
    ("night_requests", "2026-Q2", {120: 8, 300: 50, 600: 64, 900: 34}),
)

# segment, text, channel, date, owner, trigger, tier, queue, seconds, share
_MESSAGES = (
    ("member_gold", "专属服务经理与下半年改进安排", "one_to_one", "2026-07-20", "shen_yi", "",
     "high_value", "", None, None),
    ("corporate", "首问负责制上线时间与对接人", "app", "2026-08-10", "shen_yi", "",
     "high_value", "", None, None),
    ("business", "投诉2小时内有人给出方案", "wechat", "2026-08-17", "zhou_min", "",
     "broad", "complaint_desk", 7200, 0.95),
    ("leisure", "高峰入住等待不超过5分钟", "sms", "2026-09-14", "he_feng", "",
     "broad", "checkin_peak", 300, 0.9),
    ("family", "", "", "", "", "", "broad", "", None, None),
    ("past_complainers", "回访：您提的问题改了什么", "phone", "2026-08-03", "guest_service", "",
     "", "", None, None),
    ("all_guests", "服务异常说明与补救办法", "wechat", "", "chen_lan", "complaint_rate",
     "broad", "", None, None),
)  # fmt: skip

# item, value, owner, due, done: steps of the rollout and what must stand before it starts
_RELEASE = (
    ("5%", "", "xu_jing", "2026-09-28", 0),
    ("25%", "", "zhou_min", "2026-10-26", 0),
    ("100%", "", "zhou_min", "2026-11-23", 0),
    ("on_call", "7x24", "xu_jing", "", 1),
    ("fault_location", "22", "xu_jing", "2026-06-18", 1),
    ("load_test", "", "he_feng", "2026-09-14", 0),
    ("rollback", "", "xu_jing", "2026-06-25", 1),
)

_TEXTS = {
    "专属服务经理与下半年改进安排": "Your personal contact, and what will be better this half-year",
    "首问负责制上线时间与对接人": "When the first-owner rule starts, and whom to ask",
    "投诉2小时内有人给出方案": "A solution within two hours of a complaint",
    "高峰入住等待不超过5分钟": "Never more than five minutes' wait at check-in",
    "回访：您提的问题改了什么": "Call back: what we changed after your complaint",
    "服务异常说明与补救办法": "What went wrong and how we make it good",
}

LABELS: tuple[Named, ...] = (
    ("sponsor", "项目发起人", "Sponsor"),
    ("project_manager", "项目经理", "Project manager"),
    ("process_expert", "流程优化专家", "Process expert"),
    ("trainer", "内训负责人", "Head of training"),
    ("data_analyst", "数据分析师", "Data analyst"),
    ("rollout_lead", "区域推广负责人", "Regional rollout lead"),
    ("pilot_manager", "试点门店店长", "Manager of a pilot hotel"),
    ("phone_desk", "总机与服务台电话", "Switchboard and desk phone"),
    ("checkin_peak", "高峰入住窗口（大店）", "Check-in desks at peak hours (large hotels)"),
    ("complaint_desk", "投诉受理（集团晚高峰）", "Complaint desk (whole chain, evening peak)"),
    ("night_requests", "夜班客需", "Requests at night"),
    ("member_gold", "金卡会员", "Gold members"),
    ("corporate", "协议公司客户", "Corporate accounts"),
    ("past_complainers", "近半年投诉过的客人", "Guests who complained in the last half-year"),
    ("all_guests", "全部在住客人", "All guests in house"),
    ("decision_group", "决策组周会", "Decision group, weekly"),
    ("execution_group", "执行组月会", "Execution group, monthly"),
    *((zh, zh, en) for zh, en in _TEXTS.items()),
)


def people() -> pd.DataFrame:
    """The table ``plan_people``: everybody with time for the plan."""
    columns = ["person", "team", "role", "days_per_week", "skills", "certified"]
    return pd.DataFrame(_PEOPLE, columns=columns)


def load() -> pd.DataFrame:
    """The table ``plan_load``: four queues with their promised times and the agents at work."""
    columns = ["queue", "arrivals_per_hour", "handle_s", "answer_s", "level", "opening", "agents",
               "shrinkage", "metric_id"]  # fmt: skip
    return pd.DataFrame(_LOAD, columns=columns)


def expectations() -> pd.DataFrame:
    """The table ``plan_expectations``: the longest time guests accept, asked every quarter."""
    rows = [
        (queue, quarter, seconds, answers)
        for queue, quarter, asked in _EXPECTED
        for seconds, answers in asked.items()
    ]
    return pd.DataFrame(rows, columns=["queue", "period", "acceptable_s", "answers"])


def messages() -> pd.DataFrame:
    """The table ``plan_messages``: who is told what, when and how."""
    columns = ["segment", "message", "channel", "date", "owner", "trigger", "tier", "queue",
               "promise_s", "promise_share"]  # fmt: skip
    return pd.DataFrame(_MESSAGES, columns=columns)


def forms() -> pd.DataFrame:
    """Rows of the table ``plan_forms``: governance calendar and rollout gate."""
    rows = [*_meetings(), *(("release", *row) for row in _RELEASE)]
    return pd.DataFrame(rows, columns=["form", "item", "value", "owner", "due", "done"])


def _meetings() -> Iterator[tuple[str, str, str, str, str, int]]:
    """The meetings that steer the plan, from the last two Mondays of June on."""
    monday = date(2026, 6, 22)
    while monday <= date(2026, 12, 28):
        held = int(monday == date(2026, 6, 22))  # that of 29 June was dropped
        yield "governance", "decision_group", "每周，30分钟", "chen_lan", f"{monday}", held
        monday += timedelta(days=7)
    for month in range(7, 13):
        first = date(2026, month, 1)
        day = first + timedelta(days=(1 - first.weekday()) % 7 + 7)  # the second Tuesday
        yield "governance", "execution_group", "每月，90分钟", "ding_rui", f"{day}", 0

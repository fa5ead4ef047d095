"""What the plan of the second half of 2026 costs and what may go wrong.

What is planted. The budget of 1.6 million takes categories from both presets of the source
documents, puts nearly nine tenths of its money for touchpoints on three of them and keeps a
reserve too thin for the high ends of its ranges. One red risk (the contractor for sound-proofing
fails) has no trigger metric, one amber risk no owner. One vendor misses a criterion of its card.
Money is still held for two actions that are not chosen (P08, P12), none for P13, and P04 costs less
in the table of actions than its line.
"""

import pandas as pd

from playbook.teach.hotel.cast import Named

# line, category, planned, low, high, quarter, touchpoint, action
_BUDGET = (
    ("L01", "research", 20000, 15000, 30000, "2026-Q3", "", "P01"),
    ("L02", "technology", 330000, 290000, 400000, "2026-Q3", "T_arrival", "P06"),
    ("L03", "technology", 90000, 80000, 100000, "2026-Q4", "T_arrival", "P06"),
    ("L04", "technology", 150000, 120000, 210000, "2026-Q3", "T_complaint", "P05"),
    ("L05", "training", 180000, 160000, 230000, "2026-Q3", "T_complaint", "P03"),
    ("L06", "operations", 135000, 100000, 195000, "2026-Q4", "T_complaint", "P04"),
    ("L07", "operations", 90000, 70000, 120000, "2026-Q4", "T_room", "P07"),
    ("L08", "operations", 260000, 220000, 330000, "2026-Q3", "T_breakfast", "P08"),
    ("L09", "operations", 60000, 50000, 80000, "2026-Q3", "T_after", "P10"),
    ("L10", "operations", 30000, 20000, 40000, "2026-Q3", "T_after", "P11"),
    ("L11", "other", 140000, 110000, 180000, "2026-Q4", "", "P12"),
    ("L12", "reserve", 100000, None, None, "2026-Q4", "", ""),
    ("L13", "operations", 15000, 10000, 25000, "2026-Q3", "T_complaint", "P02"),
)
# risk, family, probability, impact, proximity, owner, trigger, level, response, money, action
_RISKS = (
    ("R01", "expectation", 4, 4, 3, "shen_yi", "complaint_rate", ">9.5‰", "RS01", 180000, "P10"),
    ("R02", "system", 3, 5, 2, "ding_rui", "checkin_wait", ">8", "RS02", 260000, "P06"),
    ("R03", "system", 4, 4, 2, "ma_jun", "", "", "RS03", 320000, "P09"),
    ("R04", "change", 4, 3, 3, "zhou_min", "ack_2h_rate", "<85%", "RS04", 120000, "P04"),
    ("R05", "change", 3, 4, 2, "gao_ning", "staff_turnover", ">28%", "RS05", 150000, "P12"),
    ("R06", "external", 3, 3, 1, "", "review_score", "<4.5", "RS06", 90000, ""),
    ("R07", "external", 2, 4, 1, "chen_lan", "nps", "<22", "RS07", 400000, ""),
    ("R08", "expectation", 2, 3, 1, "he_feng", "csat", "<76%", "RS08", 60000, "P08"),
    ("R09", "system", 1, 5, 1, "ding_rui", "complaint_count", ">40/day", "RS09", 500000, "P05"),
)
# vendor, criterion, rule, wanted, observed, n, checked on, owner
_VENDORS = (
    ("kiosk_vendor", "acceptance", "done", None, None, None, "2026-06-18", "he_feng"),
    ("kiosk_vendor", "answer_rate", ">=", 0.80, 0.86, 420, "2026-06-18", "ding_rui"),
    ("kiosk_vendor", "quarterly_review", "done", None, None, None, None, "he_feng"),
    ("survey_vendor", "drop_out", "<=", 0.08, 0.11, 600, "2026-06-05", "ding_rui"),
    ("survey_vendor", "knowledge_transfer", "done", None, None, None, "2026-06-20", "ding_rui"),
    ("training_partner", "partner_library", "done", None, None, None, "2026-06-12", "gao_ning"),
    ("training_partner", "profit_share", "done", None, None, None, None, "gao_ning"),
    ("training_partner", "acceptance", "done", None, None, None, None, "gao_ning"),
    ("training_partner", "knowledge_transfer", "done", None, None, None, None, "gao_ning"),
)

_MONEY: tuple[Named, ...] = (
    ("L01", "复测与数据补采", "Re-measurement and missing data"),
    ("L02", "自助入住机采购", "Check-in kiosks, purchase"),
    ("L03", "自助入住机安装与接口", "Check-in kiosks, fitting and interfaces"),
    ("L04", "夜班工单手机端", "Mobile tickets for the night shift"),
    ("L05", "四周培训与教材", "Four weeks of training, with material"),
    ("L06", "首问负责制推广", "Roll-out of the first-owner rule"),
    ("L07", "客房双人质检", "Double inspection of rooms"),
    ("L08", "早餐现做档口", "Live cooking counters"),
    ("L09", "会员分层沟通", "Tiered communication with members"),
    ("L10", "网评回复小组", "Team that answers reviews"),
    ("L11", "积分奖励", "Rewards for points"),
    ("L12", "储备金", "Reserve"),
    ("L13", "投诉处理规程与授权", "Complaint procedure and authority"),
    ("T_arrival", "到店与入住", "Arrival and check-in"),
    ("T_complaint", "投诉处理", "Handling of complaints"),
    ("T_room", "客房", "Room"),
    ("T_breakfast", "早餐", "Breakfast"),
    ("T_after", "离店后", "After the stay"),
)
_RISK_NAMES: tuple[Named, ...] = (
    ("R01", "承诺说得过满，客人失望", "Promises too bold, guests let down"),
    ("R02", "入住机与前台系统不通", "Kiosks do not talk to the front desk system"),
    ("R03", "隔音施工方延期或不合格", "Sound-proofing contractor late or failing"),
    ("R04", "老员工抵触首问负责制", "Long-serving staff resist the first-owner rule"),
    ("R05", "积分引起刷分与不满", "Points invite gaming and discontent"),
    ("R06", "网络负面评价扩散", "Bad reviews spread online"),
    ("R07", "同商圈新店低价开业", "A new low-price hotel opens nearby"),
    ("R08", "早餐改造期间排队变长", "Longer breakfast queues during the works"),
    ("R09", "工单手机端泄露客人资料", "Guest data leak from the mobile tickets"),
)
_RESPONSES: tuple[Named, ...] = (
    (
        "RS01",
        "分阶段公布目标；超出能力的时限先不写进消息",
        "Publish goals in stages; keep times beyond capacity out of the messages",
    ),
    (
        "RS02",
        "先在两店联调与压力测试，保留人工通道",
        "Joint and load tests in two hotels first; keep a staffed lane",
    ),
    (
        "RS03",
        "合同写明延期条款；备选一家施工方",
        "A delay clause; a second contractor",
    ),
    (
        "RS04",
        "总经理站台，每店一名改进大使；头三个月容错",
        "Sponsorship by the general manager, one ambassador a hotel; three months of tolerance",
    ),
    ("RS05", "先试行不挂奖金；单量不足不评", "Trial without bonus; nobody judged on few cases"),
    (
        "RS06",
        "24小时内回应差评；舆情小组每日一报",
        "Answer bad reviews in 24 hours; report daily",
    ),
    ("RS07", "不跟价，守住会员权益与服务差异", "No price war: hold member benefits and service"),
    ("RS08", "分时段施工，备用自助餐台", "Work in off hours; a spare buffet"),
    (
        "RS09",
        "最小权限、灰度5%、七乘二十四值守",
        "Least rights, 5 % first, on call at all hours",
    ),
)
_VENDOR_NAMES: tuple[Named, ...] = (
    ("kiosk_vendor", "入住机供应商", "Kiosk vendor"),
    ("survey_vendor", "问卷平台", "Survey platform"),
    ("training_partner", "培训合作方", "Training partner"),
)
NAMES = (*_MONEY, *_RISK_NAMES, *_RESPONSES, *_VENDOR_NAMES)
"""Names of the codes used here, for the table of labels."""


def budget() -> pd.DataFrame:
    """The table ``plan_budget``: 1.6 million yuan in thirteen lines."""
    columns = ["line", "category", "planned", "low", "high", "quarter", "touchpoint", "action"]
    return pd.DataFrame(_BUDGET, columns=columns)


def risks() -> pd.DataFrame:
    """The table ``plan_risks``: nine risks of the four families."""
    columns = ["risk", "family", "probability", "impact", "proximity", "owner", "trigger_metric",
               "trigger_level", "response", "money", "action"]  # fmt: skip
    return pd.DataFrame(_RISKS, columns=columns)


def vendors() -> pd.DataFrame:
    """The table ``plan_vendors``: three vendors against their acceptance criteria."""
    columns = ["vendor", "criterion", "rule", "wanted", "observed", "n", "checked_on", "owner"]
    return pd.DataFrame(_VENDORS, columns=columns)

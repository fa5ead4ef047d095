"""The goal cards of 2026 and the metrics that the dictionary does not hold."""

from dataclasses import asdict, dataclass

import pandas as pd

from playbook.teach.hotel.people import METRICS

YEAR_END, HALF_YEAR = "2026-12-31", "2026-06-30"


@dataclass(frozen=True)
class Card:
    """One goal card; values in per cent as written (82, not 0.82)."""

    goal_id: str
    metric_id: str
    direction: str
    baseline: float | None
    target: float
    unit: str
    due: str
    owner: str
    team: str
    statement: str
    parent_id: str = ""
    level: str = "department"
    baseline_n: int | None = None
    baseline_period: str = "2025-12"
    comparator: str = ">="
    start: str = "2026-01-01"
    participants: str = ""
    customer_need: str = ""
    strategy_theme: str = ""
    source: str = "guest_survey"
    review_every: str = "month"
    budget: float | None = None
    guardrail_metric: str = ""


COLUMNS = (
    "goal_id", "parent_id", "level", "metric_id", "direction", "baseline", "baseline_n",
    "baseline_period", "target", "comparator", "unit", "start", "due", "owner", "team",
    "participants", "customer_need", "strategy_theme", "source", "review_every", "budget",
    "guardrail_metric", "statement",
)  # fmt: skip

CARDS: tuple[Card, ...] = (
    Card(
        "G00", "csat", "increase", 76.2, 88, "%", "2028-12-31", "chen_lan", "operations",
        "三年内把全集团客户满意度由76.2%提升到88%，总投入不超过500万元。",
        level="company", baseline_n=6644, strategy_theme="word_of_mouth", budget=5_000_000,
        participants="guest_service;front_office;housekeeping;food_beverage;marketing",
        review_every="quarter", guardrail_metric="cost_per_contact",
    ),
    Card(
        "G01", "csat", "increase", 76.2, 80.5, "%", YEAR_END, "chen_lan", "operations",
        "2026年底前把全集团客户满意度由76.2%提升到80.5%以上。",
        parent_id="G00", level="company", baseline_n=6644, strategy_theme="word_of_mouth",
        participants="guest_service;front_office;housekeeping;food_beverage;engineering",
        budget=1_600_000, guardrail_metric="cost_per_contact",
    ),
    Card(
        "G02", "nps", "increase", 24, 31, "points", YEAR_END, "shen_yi", "marketing",
        "2026年底前净推荐值由24提升到31，每季度跟踪一次。",
        parent_id="G00", level="company", baseline_n=6644, strategy_theme="word_of_mouth",
        participants="marketing;guest_service;front_office", review_every="quarter",
    ),
    Card(
        "G03", "complaint_rate", "decrease", 9.8, 8.0, "per_1000", YEAR_END, "zhou_min",
        "guest_service", "2026年底前每千间夜投诉由9.8件降到8件以下。",
        parent_id="G01", comparator="<=", customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="guest_service;housekeeping;engineering",
        guardrail_metric="survey_response_rate",
    ),
    Card(
        "G04", "sla_compliance", "increase", 71, 90, "%", HALF_YEAR, "zhou_min", "guest_service",
        "6月底前，投诉24小时内解决的比例由71%提升到90%。",
        parent_id="G03", baseline_n=660, customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="guest_service;engineering;housekeeping",
        guardrail_metric="reopen_rate",
    ),
    Card(
        "G05", "complaint_response_time", "decrease", 3.4, 2.0, "h", HALF_YEAR, "zhou_min",
        "service_desk", "上半年内，投诉首次响应的平均时间由3.4小时缩短到2小时以内。",
        parent_id="G04", level="team", baseline_n=660, comparator="<=", customer_need="N05",
        source="ticket_log", strategy_theme="standard_service", review_every="week",
        participants="guest_service", guardrail_metric="reopen_rate",
    ),
    Card(
        "G06", "fcr", "increase", 73.5, 80, "%", YEAR_END, "he_feng", "front_office",
        "年底前首次问题解决率由73.5%提高到80%。",
        parent_id="G01", baseline_n=2400, customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="front_office;guest_service;engineering",
        guardrail_metric="aht",
    ),
    Card(
        "G07", "wait_time", "decrease", 7.9, 5.0, "min", YEAR_END, "he_feng", "front_office",
        "年底前把高峰时段入住平均等待由7.9分钟缩短到5分钟以内。",
        parent_id="G01", baseline_n=5200, comparator="<=", customer_need="N02",
        source="front_desk_log", strategy_theme="standard_service",
        participants="front_office;marketing", review_every="week",
        guardrail_metric="error_rate", budget=420_000,
    ),
    Card(
        "G08", "room_pass_rate", "increase", 91.4, 95, "%", HALF_YEAR, "luo_qian", "housekeeping",
        "6月底前客房清洁一次合格率由91.4%提升到95%。",
        parent_id="G01", baseline_n=4980, customer_need="N03", source="room_inspection",
        strategy_theme="standard_service", participants="housekeeping;engineering",
        review_every="week", guardrail_metric="staff_turnover",
    ),
    Card(
        "G09", "review_score", "increase", 4.58, 4.70, "score", YEAR_END, "shen_yi", "marketing",
        "2026年底前平台点评均分由4.58分提升到4.70分（满分5分）。",
        parent_id="G02", level="company", baseline_n=3100, source="ota_reviews",
        strategy_theme="word_of_mouth", participants="marketing;front_office;housekeeping",
    ),
    Card(
        "G10", "repurchase_rate", "increase", 30.8, 34, "%", YEAR_END, "shen_yi", "marketing",
        "年底前会员12个月复购率由30.8%提升到34%。",
        parent_id="G02", baseline_period="2025-Q4", source="member_system",
        strategy_theme="member_growth", participants="marketing;front_office",
        review_every="quarter", budget=380_000,
    ),
    Card(
        "G11", "training_pass_rate", "increase", None, 95, "%", HALF_YEAR, "gao_ning", "hr",
        "6月底前一线员工服务培训合格率达到95%。",
        parent_id="G06", baseline_period="", source="hr_system",
        strategy_theme="standard_service", participants="hr;front_office;housekeeping",
    ),
    Card(
        "G12", "breakfast_csat", "increase", 71, 78, "%", YEAR_END, "", "food_beverage",
        "年底前早餐满意度由71%提升到78%。",
        parent_id="G01", baseline_n=2860, customer_need="N04",
        strategy_theme="word_of_mouth", participants="food_beverage;marketing",
    ),
    Card(
        "G13", "staff_turnover", "maintain", 24.6, 26, "%", YEAR_END, "gao_ning", "hr",
        "全年一线员工年化流失率保持在26%以内。",
        parent_id="G01", baseline_n=1184, comparator="<=", source="hr_system",
        strategy_theme="standard_service", participants="hr;operations", review_every="quarter",
    ),
    Card(
        "G14", "noise_complaint_rate", "decrease", 2.1, 1.6, "per_1000", YEAR_END, "ma_jun",
        "room_care", "年底前每千间夜噪音投诉由2.1件降到1.6件。",
        parent_id="G03", level="team", comparator="<=", customer_need="N01", source="ticket_log",
        strategy_theme="word_of_mouth", participants="engineering;housekeeping", budget=650_000,
    ),
    Card(
        "G15", "review_reply_rate", "increase", 92, 100, "%", HALF_YEAR, "shen_yi", "reviews_team",
        "6月底前网评回复率达到100%。",
        level="team", baseline_n=3100, source="ota_reviews", participants="marketing",
        review_every="week",
    ),
    Card(
        "G16", "ack_time", "decrease", 42, 20, "min", HALF_YEAR, "xu_jing", "night_shift",
        "许静：6月底前夜班投诉确认受理的平均时间由42分钟缩短到20分钟。",
        parent_id="G05", level="person", baseline_n=96, comparator="<=", customer_need="N05",
        source="ticket_log", strategy_theme="standard_service", review_every="week",
        participants="guest_service",
    ),
)  # fmt: skip


def cards_table(cards: tuple[Card, ...] = CARDS) -> pd.DataFrame:
    """The table ``goals``."""
    return pd.DataFrame([asdict(card) for card in cards])[list(COLUMNS)].astype(
        {"baseline_n": "Int64"}
    )


def metrics() -> pd.DataFrame:
    """The table ``goals_metrics``: three metrics of this chain."""
    names = {code: (zh, en) for code, zh, en in METRICS}
    rows = (
        ("room_pass_rate", "客房清潔一次合格率", "%", "increase", 0, 1, "ratio", "process",
         "week", "room_inspection", "一次检查合格的房间数", "检查的房间数"),
        ("breakfast_csat", "早餐滿意度", "%", "increase", 0, 1, "ratio", "result",
         "month", "guest_survey", "早餐题选择满意两档的人数", "回答早餐题的人数"),
        ("noise_complaint_rate", "噪音投訴率", "per_1000", "decrease", 0, None, "ratio", "result",
         "month", "ticket_log", "噪音投诉件数", "千间夜"),
        ("clean_complaint_rate", "清潔投訴率", "per_1000", "decrease", 0, None, "ratio", "result",
         "month", "ticket_log", "清洁投诉件数", "千间夜"),
        ("checkin_complaint_rate", "入住投訴率", "per_1000", "decrease", 0, None, "ratio",
         "result", "month", "ticket_log", "入住退房投诉件数", "千间夜"),
        ("breakfast_complaint_rate", "早餐投訴率", "per_1000", "decrease", 0, None, "ratio",
         "result", "month", "ticket_log", "早餐投诉件数", "千间夜"),
        ("other_complaint_rate", "其他投訴率", "per_1000", "decrease", 0, None, "ratio", "result",
         "month", "ticket_log", "其他投诉件数", "千间夜"),
        ("ack_2h_rate", "2小時內確認率", "%", "increase", 0, 1, "ratio", "process", "week",
         "ticket_log", "2小时内确认的投诉件数", "投诉件数"),
        ("routing_rate", "一次派單正確率", "%", "increase", 0, 1, "ratio", "process", "week",
         "ticket_log", "一次派对部门的投诉件数", "已确认的投诉件数"),
        ("solved_in_time_rate", "按時解決率", "%", "increase", 0, 1, "ratio", "process", "week",
         "ticket_log", "按时解决的投诉件数", "派对部门的投诉件数"),
    )  # fmt: skip
    columns = ["metric_id", "name_zh_hant", "unit", "direction", "bound_low", "bound_high",
               "aggregate", "lead_lag", "frequency", "source", "numerator",
               "denominator"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table.insert(1, "name_zh_hans", [names[m][0] for m in table["metric_id"]])
    table.insert(3, "name_en", [names[m][1] for m in table["metric_id"]])
    return table

"""The goal cards drafted for the second half of 2026, and the metrics of the chain's own."""

from dataclasses import asdict, dataclass, replace

import pandas as pd

from playbook.teach.hotel.people import METRICS

YEAR_END = "2026-12-31"
LAST_MONTH = "2026-06"


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
    baseline_period: str = LAST_MONTH
    comparator: str = ">="
    start: str = "2026-07-01"
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
        "G00", "csat", "increase", None, 90, "%", "2029-06-30", "chen_lan", "operations",
        "三年内把全集团客户满意度由{baseline}%提升到90%，总投入不超过500万元。",
        level="company", strategy_theme="word_of_mouth", budget=5_000_000,
        participants="guest_service;front_office;housekeeping;food_beverage;marketing",
        review_every="quarter", guardrail_metric="cost_per_contact",
    ),
    Card(
        "G01", "csat", "increase", None, 82, "%", YEAR_END, "chen_lan", "operations",
        "2026年底前把全集团客户满意度由{baseline}%提升到82%以上。",
        parent_id="G00", level="company", strategy_theme="word_of_mouth",
        participants="guest_service;front_office;housekeeping;food_beverage;engineering",
        budget=1_600_000, guardrail_metric="cost_per_contact",
    ),
    Card(
        "G02", "nps", "increase", 27.8, 32, "points", YEAR_END, "shen_yi", "marketing",
        "2026年底前净推荐值由27.8提升到32，每季度跟踪一次。",
        parent_id="G00", level="company", baseline_n=6600, strategy_theme="word_of_mouth",
        participants="marketing;guest_service;front_office", review_every="quarter",
    ),
    Card(
        "G03", "complaint_rate", "decrease", 8.86, 7.5, "per_1000", YEAR_END, "zhou_min",
        "guest_service", "2026年底前每千间夜投诉由8.9件降到7.5件以下。",
        parent_id="G01", comparator="<=", customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="guest_service;housekeeping;engineering",
        guardrail_metric="survey_response_rate",
    ),
    Card(
        "G04", "sla_compliance", "increase", 84.2, 90, "%", YEAR_END, "zhou_min",
        "guest_service", "年底前，投诉24小时内解决的比例由84.2%提升到90%。",
        parent_id="G03", baseline_n=620, customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="guest_service;engineering;housekeeping",
        guardrail_metric="reopen_rate",
    ),
    Card(
        "G05", "complaint_response_time", "decrease", 1.93, 1.5, "h", YEAR_END, "zhou_min",
        "service_desk", "下半年内，投诉首次响应的平均时间由1.93小时缩短到1.5小时以内。",
        parent_id="G04", level="team", baseline_n=620, comparator="<=", customer_need="N05",
        source="ticket_log", strategy_theme="standard_service", review_every="week",
        participants="guest_service", guardrail_metric="reopen_rate",
    ),
    Card(
        "G06", "fcr", "increase", 76.9, 81.3, "%", YEAR_END, "he_feng", "front_office",
        "年底前首次问题解决率由76.9%提高到81.3%。",
        parent_id="G01", baseline_n=2400, customer_need="N05", source="ticket_log",
        strategy_theme="standard_service", participants="front_office;guest_service;engineering",
        guardrail_metric="aht",
    ),
    Card(
        "G07", "wait_time", "decrease", 6.2, 5.0, "min", YEAR_END, "he_feng", "front_office",
        "年底前把高峰时段入住平均等待由6.2分钟缩短到5分钟以内。",
        parent_id="G01", baseline_n=5200, comparator="<=", customer_need="N02",
        source="front_desk_log", strategy_theme="standard_service",
        participants="front_office;marketing", review_every="week",
        guardrail_metric="error_rate", budget=420_000,
    ),
    Card(
        "G08", "room_pass_rate", "increase", 95.9, 97, "%", YEAR_END, "luo_qian", "housekeeping",
        "年底前客房清洁一次合格率由95.9%提升到97%。",
        parent_id="G01", baseline_n=4980, customer_need="N03", source="room_inspection",
        strategy_theme="standard_service", participants="housekeeping;engineering",
        review_every="week", guardrail_metric="staff_turnover",
    ),
    Card(
        "G09", "review_score", "increase", 4.62, 4.70, "score", YEAR_END, "shen_yi", "marketing",
        "2026年底前平台点评均分由4.62分提升到4.70分（满分5分）。",
        parent_id="G02", level="company", baseline_n=3100, source="ota_reviews",
        strategy_theme="word_of_mouth", participants="marketing;front_office;housekeeping",
    ),
    Card(
        "G10", "repurchase_rate", "increase", 31.1, 34, "%", "2027-06-30", "shen_yi",
        "marketing", "2027年6月底前会员12个月复购率由31.1%提升到34%。",
        parent_id="G02", baseline_period="2026-Q2", source="member_system",
        strategy_theme="member_growth", participants="marketing;front_office",
        review_every="quarter", budget=380_000,
    ),
    Card(
        "G11", "training_pass_rate", "increase", None, 95, "%", YEAR_END, "gao_ning", "hr",
        "年底前一线员工服务培训合格率达到95%。",
        parent_id="G06", baseline_period="", source="hr_system",
        strategy_theme="standard_service", participants="hr;front_office;housekeeping",
    ),
    Card(
        "G12", "breakfast_csat", "increase", 67.8, 78, "%", YEAR_END, "", "food_beverage",
        "年底前早餐满意度由67.8%提升到78%。",
        parent_id="G01", baseline_n=2860, customer_need="N04",
        strategy_theme="word_of_mouth", participants="food_beverage;marketing",
    ),
    Card(
        "G13", "staff_turnover", "maintain", 24.1, 26, "%", YEAR_END, "gao_ning", "hr",
        "下半年一线员工年化流失率一直保持在26%以内。",
        parent_id="G01", baseline_n=1184, baseline_period="2026-Q2", comparator="<=",
        source="hr_system", strategy_theme="standard_service", participants="hr;operations",
        review_every="quarter",
    ),
    Card(
        "G14", "noise_complaint_rate", "decrease", 2.6, 1.6, "per_1000", YEAR_END, "ma_jun",
        "room_care", "年底前每千间夜噪音投诉由2.6件降到1.6件。",
        parent_id="G03", level="team", comparator="<=", customer_need="N01", source="ticket_log",
        strategy_theme="word_of_mouth", participants="engineering;housekeeping", budget=650_000,
    ),
    Card(
        "G15", "review_reply_rate", "increase", 97.9, 100, "%", "2026-09-30", "shen_yi",
        "reviews_team", "9月底前网评回复率达到100%。",
        level="team", baseline_n=3100, source="ota_reviews", participants="marketing",
        review_every="week",
    ),
    Card(
        "G16", "ack_time", "decrease", 21.6, 20, "min", "2026-08-28", "xu_jing", "night_shift",
        "许静：8月28日前夜班投诉确认受理的平均时间由21.6分钟缩短到20分钟。",
        parent_id="G05", level="person", baseline_n=96, comparator="<=", customer_need="N05",
        source="ticket_log", strategy_theme="standard_service", review_every="week",
        participants="guest_service",
    ),
)  # fmt: skip


STATEMENTS_EN: dict[str, str] = {
    "G00": "Raise satisfaction of the whole chain from {baseline}% to 90% within three years, "
    "spending no more than CNY 5 million in all.",
    "G01": "Raise satisfaction of the whole chain from {baseline}% to 82% or more by the end of "
    "2026.",
    "G02": "Raise the net promoter score from 27.8 to 32 by the end of 2026, followed quarterly.",
    "G03": "Bring complaints per 1,000 room nights from 8.9 down to 7.5 or fewer by the end of "
    "2026.",
    "G04": "Raise the share of complaints solved within 24 hours from 84.2% to 90% by year end.",
    "G05": "Cut the mean time to the first reply to a complaint from 1.93 to 1.5 hours or less in "
    "the second half-year.",
    "G06": "Raise first contact resolution from 76.9% to 81.3% by year end.",
    "G07": "Cut the mean check-in wait at peak hours from 6.2 to 5 minutes or less by year end.",
    "G08": "Raise the share of rooms that pass inspection at first sight from 95.9% to 97% by "
    "year end.",
    "G09": "Raise the mean review score from 4.62 to 4.70 (of 5) by the end of 2026.",
    "G10": "Raise the 12-month repeat rate of members from 31.1% to 34% by the end of June 2027.",
    "G11": "Have 95% of front-line staff pass the service training by year end.",
    "G12": "Raise satisfaction with breakfast from 67.8% to 78% by year end.",
    "G13": "Keep the yearly turnover of front-line staff at 26% or less throughout the second "
    "half-year.",
    "G14": "Bring noise complaints per 1,000 room nights from 2.6 down to 1.6 by year end.",
    "G15": "Reply to 100% of online reviews by the end of September.",
    "G16": "Xu Jing: cut the mean time to confirm a complaint on the night shift from 21.6 to 20 "
    "minutes by 28 August.",
}
"""The statements of the cards in English, for the English report."""


def cards(monthly: pd.DataFrame) -> tuple[Card, ...]:
    """The cards, with satisfaction as measured in the last month of ``pilot_periods``."""
    own = monthly[monthly["period"] == LAST_MONTH]
    n, x = int(own["n"].sum()), int(own["x"].sum())
    value = round(100 * x / n, 1)
    return tuple(
        replace(c, baseline=value, baseline_n=n, statement=c.statement.format(baseline=value))
        if c.metric_id == "csat"
        else c
        for c in CARDS
    )


def cards_table(monthly: pd.DataFrame) -> pd.DataFrame:
    """The table ``goals``."""
    made = cards(monthly)
    table = pd.DataFrame([asdict(card) for card in made])[list(COLUMNS)]
    table["statement_en"] = [STATEMENTS_EN[c.goal_id].format(baseline=c.baseline) for c in made]
    return table.astype({"baseline_n": "Int64"})


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
        ("window_noise_rate", "門窗噪音投訴率", "per_1000", "decrease", 0, None, "ratio", "result",
         "month", "ticket_log", "门窗噪音投诉件数", "千间夜"),
        ("corridor_noise_rate", "走廊噪音投訴率", "per_1000", "decrease", 0, None, "ratio",
         "result", "month", "ticket_log", "走廊噪音投诉件数", "千间夜"),
        ("equipment_noise_rate", "設備噪音投訴率", "per_1000", "decrease", 0, None, "ratio",
         "result", "month", "ticket_log", "设备噪音投诉件数", "千间夜"),
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
    formulas = {
        "room_pass_rate": ("一次檢查合格的房間數 ÷ 檢查的房間數",
                           "rooms passing inspection at first sight ÷ rooms inspected"),
        "breakfast_csat": ("早餐題選擇滿意兩檔的人數 ÷ 回答早餐題的人數",
                           "guests in the top two boxes on breakfast ÷ guests who answered it"),
        "noise_complaint_rate": ("噪音投訴件數 ÷ 千間夜",
                                 "noise complaints ÷ thousand room nights"),
        "window_noise_rate": ("門窗噪音投訴件數 ÷ 千間夜",
                              "complaints about noise from the street ÷ thousand room nights"),
        "corridor_noise_rate": ("走廊噪音投訴件數 ÷ 千間夜",
                                "complaints about noise in corridors ÷ thousand room nights"),
        "equipment_noise_rate": ("設備噪音投訴件數 ÷ 千間夜",
                                 "complaints about noise of equipment ÷ thousand room nights"),
        "clean_complaint_rate": ("清潔投訴件數 ÷ 千間夜",
                                 "cleanliness complaints ÷ thousand room nights"),
        "checkin_complaint_rate": ("入住退房投訴件數 ÷ 千間夜",
                                   "check-in and check-out complaints ÷ thousand room nights"),
        "breakfast_complaint_rate": ("早餐投訴件數 ÷ 千間夜",
                                     "breakfast complaints ÷ thousand room nights"),
        "other_complaint_rate": ("其他投訴件數 ÷ 千間夜",
                                 "other complaints ÷ thousand room nights"),
        "ack_2h_rate": ("2小時內確認的投訴件數 ÷ 投訴件數",
                        "complaints confirmed within two hours ÷ complaints"),
        "routing_rate": ("一次派對部門的投訴件數 ÷ 已確認的投訴件數",
                         "complaints sent right at once ÷ complaints confirmed"),
        "solved_in_time_rate": ("按時解決的投訴件數 ÷ 派對部門的投訴件數",
                                "complaints solved in time ÷ complaints sent right"),
    }  # fmt: skip
    columns = ["metric_id", "name_zh_hant", "unit", "direction", "bound_low", "bound_high",
               "aggregate", "lead_lag", "frequency", "source", "numerator",
               "denominator"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table.insert(1, "name_zh_hans", [names[m][0] for m in table["metric_id"]])
    table.insert(3, "name_en", [names[m][1] for m in table["metric_id"]])
    table["formula_zh_hant"] = [formulas[m][0] for m in table["metric_id"]]
    table["formula_en"] = [formulas[m][1] for m in table["metric_id"]]
    return table

"""The plan of the second half of 2026: key actions, who works on them, days off.

What is planted. The board asks for 16 November, so that effects show before the year's end. Of the
ten actions that the limits allow, the chain to the roll-out (P01 P02 P03 P04) is longest by the
likely durations; the kiosks (P06) run beside it from mid-July and are nearly as long. So the likely
end is kept in fewer than one case in three, and the date asked for is at risk, not lost. The trial
of points (P12) is not worth its money: the evaluation (P13) that should wait for it then waits for
what P12 waited for. P08 and P09 compete for the money. The gain of P12 is one that was quoted
without name or number of cases.
"""

import pandas as pd

ACTION_COLUMNS = (
    "action", "goal_id", "impact_low", "impact_likely", "impact_high", "anonymous",
    "effort_low", "effort_likely", "effort_high", "cost", "cost_low", "cost_high",
    "owner", "after", "likely_days", "safe_days", "start_not_before", "due", "requires",
    "must", "stage", "overlap", "overlap_cap", "answers", "reuse", "first_step",
)  # fmt: skip

# impact in the unit of its goal in goals.csv, better is positive; effort in person-days
_EFFECTS = {
    "P01": ("G01", 0, 0.1, 0.3, 0, 12, 15, 20, 20_000, 15_000, 30_000),
    "P02": ("G04", 0.5, 1.5, 2.5, 0, 20, 25, 32, 15_000, 10_000, 25_000),
    "P03": ("G06", 1.2, 2.4, 3.6, 0, 52, 60, 72, 180_000, 160_000, 230_000),
    "P04": ("G04", 3, 4.6, 6, 0, 40, 50, 70, 120_000, 90_000, 170_000),
    "P05": ("G05", 0.3, 0.45, 0.6, 0, 24, 30, 42, 150_000, 120_000, 210_000),
    "P06": ("G07", 0.6, 1.1, 1.5, 0, 32, 40, 52, 420_000, 380_000, 500_000),
    "P07": ("G08", 1, 1.3, 1.6, 0, 38, 45, 56, 90_000, 70_000, 120_000),
    "P08": ("G12", 2, 5, 8, 0, 28, 35, 48, 380_000, 320_000, 470_000),
    "P09": ("G14", 0.1, 0.6, 1.1, 0, 24, 30, 40, 650_000, 560_000, 820_000),
    "P10": ("G02", 0.3, 1, 2, 0, 16, 20, 26, 60_000, 50_000, 80_000),
    "P11": ("G09", 0.01, 0.03, 0.05, 0, 12, 15, 20, 30_000, 20_000, 40_000),
    "P12": ("G06", 0, 1.5, 1.5, 1, 28, 35, 45, 140_000, 110_000, 180_000),
    "P13": ("G01", 0, 0.2, 0.4, 0, 12, 15, 20, 10_000, 5_000, 20_000),
}

# owner, after, likely and safe working days, not before, due, requires, must, stage
_TIMES = {
    "P01": ("ding_rui", "", 12, 18, "", "", "", 0, ""),
    "P02": ("zhou_min", "P01", 15, 22, "", "2026-08-14", "P01", 0, ""),
    "P03": ("gao_ning", "P02", 20, 28, "", "2026-09-30", "P02", 0, ""),
    "P04": ("zhou_min", "P02;P03", 35, 55, "", "2026-11-13", "P02;P03", 0, "rollout"),
    "P05": ("xu_jing", "P01", 40, 60, "", "2026-10-16", "P01", 0, "pilot"),
    "P06": ("he_feng", "", 60, 85, "2026-07-15", "2026-11-13", "", 0, ""),
    "P07": ("luo_qian", "P01", 30, 42, "", "2026-10-30", "P01", 0, "rollout"),
    "P08": ("tang_wei", "", 45, 65, "2026-07-20", "2026-10-30", "", 0, ""),
    "P09": ("ma_jun", "", 48, 75, "2026-09-01", "2026-11-13", "", 0, ""),
    "P10": ("shen_yi", "P02", 15, 22, "", "2026-09-18", "P02", 0, ""),
    "P11": ("shen_yi", "", 10, 15, "2026-07-06", "2026-07-31", "", 0, ""),
    "P12": ("gao_ning", "P03", 40, 55, "", "", "P03", 0, "pilot"),
    "P13": ("ding_rui", "P05;P12", 10, 15, "", "2026-11-13", "", 1, ""),
}

# overlap, its cap, needs and dimensions answered, share of standard components, first step
_CONTENT = {
    "P01": ("", None, "reliability", 0.5, "七月第一周核对工单与问卷的漏登"),
    "P02": ("same_complaints", 6.2, "N05;F04;responsiveness", 0.6, "列出前台可当场决定的赔付额度"),
    "P03": ("first_contact", 3.4, "responsiveness;empathy", 0.5, "选出14家店的内训师"),
    "P04": ("same_complaints", 6.2, "N05;F04;responsiveness", 0.8, "先在试点三店定稿流程"),
    "P05": ("", None, "N05;F04", 0.6, "夜班两人试用手机登记一周"),
    "P06": ("", None, "N02;F03", 0.7, "确认一期故障率与验收条款"),
    "P07": ("", None, "N03;F01;tangibles", 0.8, "把试点店的检查单印发各店"),
    "P08": ("", None, "N04;F05", 0.3, "选两家店核算档口改造费"),
    "P09": ("", None, "N01;F06", 0.2, "八月完成五店声学测量"),
    "P10": ("", None, "empathy", 0.5, "按会员等级列出客群与话术"),
    "P11": ("", None, "assurance", 0.6, "排出每日回复值班表"),
    "P12": ("first_contact", 3.4, "responsiveness", 0.4, "先写明积分规则与最少单量"),
    "P13": ("", None, "reliability", 0.5, "七月写定评估口径并登记"),
}

FIRST_STEPS = {
    "P01": "Check tickets and surveys for gaps in the first week of July",
    "P02": "List what the front desk may grant on the spot",
    "P03": "Name the trainers of the 14 hotels",
    "P04": "Settle the procedure in the three pilot hotels first",
    "P05": "Two people of the night shift try it for a week",
    "P06": "Check faults of phase one and the terms of acceptance",
    "P07": "Hand the pilot's check list to every hotel",
    "P08": "Cost the counter in two hotels",
    "P09": "Measure sound in the five hotels in August",
    "P10": "List groups of guests by tier and what to tell them",
    "P11": "Set up a daily rota for replies",
    "P12": "Write down the rules and the least number of cases first",
    "P13": "Write down and register in July how it will be judged",
}
"""The first steps in English; their Chinese is the text of the table."""

_WORK: dict[str, dict[str, float]] = {
    "P01": {"ding_rui": 10, "xu_jing": 2, "he_feng": 3},
    "P02": {"zhou_min": 9, "xu_jing": 3, "ma_jun": 7, "luo_qian": 3, "he_feng": 3},
    "P03": {"gao_ning": 18, "zhou_min": 10, "he_feng": 4, "luo_qian": 4,
            "gm_b04": 8, "gm_b08": 8, "gm_b12": 8},
    "P04": {"zhou_min": 14, "xu_jing": 8, "fang_hua": 10, "lu_tao": 9, "jiang_nan": 9},
    "P05": {"xu_jing": 18, "ding_rui": 12},
    "P06": {"he_feng": 28, "ma_jun": 12},
    "P07": {"luo_qian": 22, "ding_rui": 5, "fang_hua": 6, "lu_tao": 6, "jiang_nan": 6},
    "P08": {"tang_wei": 28, "shen_yi": 7},
    "P09": {"ma_jun": 24, "luo_qian": 6},
    "P10": {"shen_yi": 12, "zhou_min": 8},
    "P11": {"shen_yi": 8, "fang_hua": 2, "lu_tao": 2.5, "jiang_nan": 2.5},
    "P12": {"gao_ning": 20, "zhou_min": 4, "ding_rui": 11},
    "P13": {"ding_rui": 8, "gao_ning": 7},
}  # fmt: skip


def actions() -> pd.DataFrame:
    """The table ``plan_actions``."""
    rows = []
    for action, (goal, *effects) in _EFFECTS.items():
        owner, after, likely, safe, not_before, due, requires, must, stage = _TIMES[action]
        times = (owner, after, likely, safe, not_before, due, requires, must, stage)
        rows.append((action, goal, *effects, *times, *_CONTENT[action]))
    return pd.DataFrame(rows, columns=list(ACTION_COLUMNS))


def work() -> pd.DataFrame:
    """The table ``plan_work``: person-days by action and person; they add up to the effort."""
    rows = [(a, person, days) for a, held in _WORK.items() for person, days in held.items()]
    return pd.DataFrame(rows, columns=["action", "person", "days"])


def calendar() -> pd.DataFrame:
    """The table ``plan_calendar``: the chain's own days beside the public holidays."""
    rows = [("2026-07-31", None), (None, "2026-11-07")]  # half-year meeting; a Saturday of training
    return pd.DataFrame(rows, columns=["holiday", "extra_working_day"])


def first_steps() -> tuple[tuple[str, str, str], ...]:
    """Names of the first steps for ``labels``."""
    return tuple((zh := content[4], zh, FIRST_STEPS[a]) for a, content in _CONTENT.items())

"""What was learned in the first half of 2026: improvement items, practices, copies, pairs."""

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.truth import Truth


def pdca() -> pd.DataFrame:
    """The table ``review_pdca``: monthly review items; some late, one opened again."""
    rows = (
        ("PD01", "2026-01-15", "act", "投诉登记晚于客人离店", "夜班工单改手机端登记", "xu_jing",
         "2026-03-31", "signal", "2026-04-15", "closed", "signal", "2026-04-18", 0),
        ("PD02", "2026-01-15", "act", "查房漏检卫生间毛发", "客房双人质检", "luo_qian",
         "2026-03-31", "run_of_eight", "2026-05-08", "closed", "run_of_eight", "2026-05-12", 0),
        ("PD03", "2026-02-13", "check", "高峰入住排队", "大店试用自助入住机", "he_feng",
         "2026-05-31", "signal", "2026-06-15", "open", "", "", 0),
        ("PD04", "2026-02-13", "do", "临街房隔音差", "更换门窗密封条", "ma_jun",
         "2026-05-15", "signal", "2026-06-30", "open", "", "", 0),
        ("PD05", "2026-03-13", "check", "投诉首问无人负责", "首问负责与2小时/24小时规则",
         "zhou_min", "2026-06-30", "pilot_verdict", "2026-07-01", "open", "", "", 0),
        ("PD06", "2026-03-13", "do", "早餐高峰补菜慢", "增设现做档口", "tang_wei",
         "2026-05-31", "signal", "2026-06-30", "reopened", "", "", 1),
        ("PD07", "2026-04-15", "plan", "培训合格但现场不会用", "改为情景演练考核", "gao_ning",
         "2026-07-31", "signal", "2026-08-15", "open", "", "", 0),
        ("PD08", "2026-04-15", "act", "发票抬头常出错", "入住时扫码预填抬头", "he_feng",
         "2026-05-31", "run_of_eight", "2026-06-20", "closed", "run_of_eight", "2026-06-22", 0),
        ("PD09", "2026-05-14", "do", "会员权益看不懂", "权益页改三句话", "shen_yi",
         "2026-06-15", "signal", "2026-07-10", "open", "", "", 0),
        ("PD10", "2026-06-12", "plan", "网评差评回复套话", "差评必须给出处理结果", "shen_yi",
         "2026-07-31", "run_of_eight", "2026-08-31", "open", "", "", 0),
    )  # fmt: skip
    columns = ["id", "opened", "step", "cause", "action", "owner", "due", "check_rule",
               "check_date", "state", "closed_by", "closed", "reopened"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def practices() -> pd.DataFrame:
    """The table ``review_cases``: practices with their evidence.

    K01 is what the pilot tried; its verdict is not ``scale``, so it counts as before and after.
    """
    rows = (
        ("K01", "first_owner", "B04", "登记→确认→派单→解决→回访",
         "服务台三班有人；工程部夜间待命",
         0.057, 0.036, 0.077, "before_after", "SOP-11", "all"),
        ("K02", "double_check", "B03", "自检→互检→抽检", "每层不少于两名服务员",
         0.041, 0.035, 0.047, "before_after", "SOP-07", "all"),
        ("K05", "double_check", "B05", "自检→互检→抽检", "每层不少于两名服务员",
         0.052, 0.031, 0.073, "before_after", "SOP-07", "all"),
        ("K06", "double_check", "B09", "自检→互检→抽检", "每层不少于两名服务员",
         0.036, 0.014, 0.058, "before_after", "SOP-07", "all"),
        ("K03", "arrival_text", "B10", "短信→排房→预制房卡", "预订含手机号",
         0.022, 0.004, 0.040, "before_after", "", "best"),
        ("K04", "rain_care", "B14", "预报→备伞→迎客", "门口有岗",
         None, None, None, "opinion", "", "best"),
    )  # fmt: skip
    columns = ["case", "practice", "site", "steps", "conditions", "effect", "low", "high",
               "evidence", "sop_id", "picked"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


COPIES = ("B01", "B02", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B13")
OLD_LEVEL = 0.958


def replication(truth: Truth, seed: int) -> pd.DataFrame:
    """The table ``review_replication``: K02 copied from B03 to twelve hotels, six months.

    A copy starts nine points below the old level and closes the gap in two or three months; the
    failed ones (too few staff on a floor) stay where they were.
    """
    rng = stream(seed, "review_replication")
    months = [f"2026-{k:02d}" for k in range(1, 7)]
    rows = []
    for site in COPIES:
        failed = site in truth.failed_copies
        gap = (0.13 if failed else 0.09) + 0.01 * float(rng.standard_normal())
        needed = float(rng.uniform(1.8, 3.2))
        gain = 0.15 if failed else 1.0
        for k, month in enumerate(months):
            level = OLD_LEVEL - gap * (1 - gain * min(1.0, k / needed))
            rows.append(_copy(rng, site, month, level))
    columns = ["case", "site", "period", "x_new", "n_new", "x_old", "n_old"]
    return pd.DataFrame(rows, columns=columns)


def _copy(rng: np.random.Generator, site: str, month: str, level: float) -> tuple[object, ...]:
    n_new, n_old = int(rng.integers(280, 400)), int(rng.integers(330, 380))
    x_new, x_old = int(rng.binomial(n_new, level)), int(rng.binomial(n_old, OLD_LEVEL))
    return "K02", site, month, x_new, n_new, x_old, n_old


def pairs(seed: int) -> pd.DataFrame:
    """The table ``review_pairs``: staff engagement and guest satisfaction by hotel, true r .7."""
    rng = stream(seed, "review_pairs")
    rows = []
    for branch in BRANCHES:
        quality = (branch.satisfied - 0.765) / 0.027
        mood = 0.7 * quality + 0.51**0.5 * float(rng.standard_normal())
        rows.append((branch.code, round(68 + 6 * mood, 1), round(100 * branch.satisfied, 1)))
    return pd.DataFrame(rows, columns=["unit", "employee", "customer"])

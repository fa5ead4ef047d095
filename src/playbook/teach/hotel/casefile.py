"""The text of the hotel's ``case.toml``."""

from playbook.chapters.pilot.registration import canonical_text, seal
from playbook.teach.hotel.cast import CHAIN, Named
from playbook.teach.hotel.people import DEPARTMENTS, THEMES
from playbook.teach.hotel.pilot import registration
from playbook.teach.hotel.truth import TRUTH

_ABOUT_ZH = (
    "虚构的连锁酒店（14家门店），全部数据由程序按随机种子生成，预先埋入了已知的“真相”，供教学与测试使用；"
    "不对应任何真实酒店、客人或员工。问卷为2026年5月，历史数据为2025年3月至2026年6月，"
    "试点为2026年4月至6月；目标卡是2026年下半年的初稿，复盘针对2026年上半年的目标。"
)
_ABOUT_EN = (
    "A fictional chain of 14 hotels. All data is made by a program from a random seed with a "
    "known truth planted in it, for teaching and tests; no real hotel, guest or member of staff "
    "is meant. "
    "Surveys of May 2026, history from March 2025 to June 2026, pilot from April to June 2026. "
    "The goal cards are the draft for the second half of 2026; the review looks at the goals of "
    "the first half."
)


def case_toml(seed: int) -> str:
    """What the folder is, and the settings of its chapters."""
    return f"""# 虚构教学案例，由 python -m playbook.teach.hotel 生成；要改请改生成器。
# A synthetic teaching case made by python -m playbook.teach.hotel: change the generator, not this.
name = {{ zh = "{CHAIN[0]}", en = "{CHAIN[1]}" }}
lang = "zh"
synthetic = true
sector = "hotel"
reference_date = 2026-07-01
period = {{ start = 2026-01-01, end = 2026-06-30 }}
currency = "CNY"
seed = {seed}
departments = {_codes(DEPARTMENTS)}
strategy_themes = {_codes(THEMES)}
about.zh = "{_ABOUT_ZH}"
about.en = "{_ABOUT_EN}"
licence = "CC0-1.0"

# P4（房内资料）答9表示没有用过，与漏答分开计
# 9 to P4 (guides in the room) says "not used": kept apart from a blank
[tables.servqual]
never_used = {{ P4 = ["9"] }}

[goals]
sector = "hotel"
rates = "percent"
service_departments = ["guest_service"]
market_covered = true

[kano]
code_order = "like_first"

[servqual]
scale_min = 1
scale_max = 7
overall_min = 1
overall_max = 10
target_alpha = {TRUTH.alpha_target}
prca_low_max = 4
prca_high_min = 6

# 2026年下半年行动计划：人天与资金上限，法定节假日按国务院通知
# The plan for the second half of 2026: limits of person-days and money, public holidays of China
[plan]
effort_limit = 320
cost_limit = 1600000
calendar = "china"
team_preset = "three_levels"
start = "2026-07-01"
due = "2026-11-16"
course_start = "2026-08-10"
service_minutes = 1440

# 试点登记：3月20日写定并计算指纹，之后不得更改
# The registration of the pilot: written and sealed on 20 March, not to be changed
[pilot]
{canonical_text(registration(TRUTH))}registered_on = {registration(TRUTH).registered_on}
registered_sha256 = "{seal(registration(TRUTH))}"
"""


def _codes(items: tuple[Named, ...]) -> str:
    return "[" + ", ".join(f'"{code}"' for code, _, _ in items) + "]"

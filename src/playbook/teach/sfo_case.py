"""Words and settings of the case ``data/sfo``: instrument, labels, ``case.toml``; its writer."""

from pathlib import Path

import pandas as pd

from playbook.teach import sfo
from playbook.teach.csv_text import as_csv

ITEMS: tuple[tuple[str, str, str, str, str], ...] = (
    ("clean_gate", "cleanliness", "Q9Boarding", "登机区干净", "Boarding areas are clean"),
    ("clean_train", "cleanliness", "Q9AirTrain", "机场列车干净", "The airport train is clean"),
    ("clean_rental", "cleanliness", "Q9Rental", "租车中心干净", "The rental car centre is clean"),
    ("clean_food", "cleanliness", "Q9Food", "餐饮区干净", "Places to eat are clean"),
    ("clean_restrooms", "cleanliness", "Q9Restroom", "洗手间干净", "Restrooms are clean"),
    ("signs", "wayfinding", "Q7SIGN", "指示牌与方向指引", "Signs and directions inside"),
    ("screens", "wayfinding", "Q7SCREENS", "航班信息屏", "Flight information screens"),
    ("info_lower", "wayfinding", "Q7INFODOWN", "到达层问讯处", "Information booths, lower level"),
    ("info_upper", "wayfinding", "Q7INFOUP", "出发层问讯处", "Information booths, upper level"),
    (
        "walkways",
        "wayfinding",
        "Q7WALKWAY",
        "扶梯、电梯与步道",
        "Escalators, lifts, walkways",
    ),
    ("art", "amenities", "Q7ART", "艺术展览", "Art exhibitions"),
    ("food", "amenities", "Q7FOOD", "餐饮", "Places to eat"),
    ("shops", "amenities", "Q7STORE", "商店", "Shops"),
    ("wifi", "amenities", "Q7WIFI", "免费无线网络", "Free Wi-Fi"),
    ("roads", "access", "Q7ROADS", "机场道路指示", "Signs on the airport roads"),
    ("parking", "access", "Q7PARK", "停车楼", "Parking garages"),
    ("train", "access", "Q7AIRTRAIN", "机场列车", "The airport train"),
    ("long_parking", "access", "Q7LTPARKING", "长期停车场", "Long-term parking"),
    ("rental", "access", "Q7RENTAL", "租车中心", "The rental car centre"),
)
"""Item, dimension, column of 2018, our own words. The grouping is ours, not the airport's."""

_LABELS: tuple[tuple[str, str, str], ...] = (
    ("cleanliness", "清洁", "Cleanliness"),
    ("wayfinding", "指引与信息", "Wayfinding and information"),
    ("amenities", "餐饮、购物与环境", "Food, shops and setting"),
    ("access", "进出机场", "Getting to and from the airport"),
    ("SF1", "总体满意率（示例目标）", "Overall satisfaction (illustrative goal)"),
    ("SF2", "净推荐值（示例目标）", "Net promoter score (illustrative goal)"),
    ("SF3", "整体清洁（示例目标）", "Cleanliness (illustrative goal)"),
    ("SF4", "洗手间清洁（示例目标）", "Clean restrooms (illustrative goal)"),
    ("SF5", "遇到问题的旅客（示例目标）", "Passengers who met a problem (illustrative goal)"),
    ("SF6", "安全感（示例目标）", "Feeling safe (illustrative goal)"),
    ("csat", "总体满意率", "Overall satisfaction, top two"),
    ("nps", "净推荐值", "Net promoter score"),
    ("clean_overall", "整体清洁满意率", "Airport found clean, top two"),
    ("clean_restroom", "洗手间清洁满意率", "Restrooms found clean, top two"),
    ("felt_safe", "安全感比例", "Passengers who feel safe, top two"),
    ("problem_share", "遇到问题的旅客比例", "Passengers who met a problem"),
    ("airport_director", "机场总经理（示例）", "Airport director (illustrative)"),
    ("guest_experience", "旅客体验部（示例）", "Guest experience (illustrative)"),
    ("facilities_lead", "设施部负责人（示例）", "Head of facilities (illustrative)"),
    ("restroom_lead", "保洁主管（示例）", "Custodial supervisor (illustrative)"),
    ("security_lead", "安保负责人（示例）", "Head of security (illustrative)"),
    ("airport", "机场", "Airport"),
    ("terminals", "航站楼管理部（示例）", "Terminals (illustrative)"),
    ("food_shops", "商业管理部（示例）", "Food and shops (illustrative)"),
    ("facilities", "设施部（示例）", "Facilities (illustrative)"),
    ("custodial_team", "保洁组（示例）", "Custodial team (illustrative)"),
    ("signage", "标识与信息部（示例）", "Signs and information (illustrative)"),
    ("security", "安保部（示例）", "Security (illustrative)"),
    ("passenger_experience", "旅客体验（示例主题）", "Passenger experience (illustrative theme)"),
    ("sfo_survey", "年度旅客调查", "Yearly passenger survey"),
    *((f"area_{a}", f"{a}登机区", f"Boarding area {a}") for a in "ABCDEFG"),
)
DEPARTMENTS = ("guest_experience", "terminals", "food_shops", "facilities", "signage",
               "security")  # fmt: skip


def instrument() -> pd.DataFrame:
    """The table ``servqual_instrument``."""
    rows = [(item, dimension, zh, en, 0) for item, dimension, _, zh, en in ITEMS]
    return pd.DataFrame(rows, columns=["item", "dimension", "text_zh", "text_en", "negative"])


def labels() -> pd.DataFrame:
    """The table ``labels``; items carry the words of the instrument."""
    items = [(item, zh, en) for item, _, _, zh, en in ITEMS]
    return pd.DataFrame([*_LABELS, *items], columns=["id", "zh", "en"])


def case_toml() -> str:
    """What the folder is, how the survey's columns are named, and the chapters' settings."""
    columns = {"respondent_id": "RESPNUM", "overall": "Q7ALL", "weight": "WEIGHT"}
    rated = {f"P_{item}": column for item, _, column, _, _ in ITEMS}
    departments = ", ".join(f'"{d}"' for d in DEPARTMENTS)
    return f"""# 由 python -m playbook.teach.sfo data/sfo 生成
# Written by python -m playbook.teach.sfo data/sfo
name.zh = "旧金山国际机场旅客调查（公开数据）"
name.en = "San Francisco airport passenger survey (open data)"
lang = "en"
synthetic = false
sector = "public_service"
reference_date = 2019-01-01
period = {{ start = 2017-01-01, end = 2018-12-31 }}
seed = 2018
departments = [{departments}]
strategy_themes = ["passenger_experience"]
about.zh = "旧金山国际机场2017与2018年旅客调查的真实数据（DataSF公开，PDDL 1.0），代码原样保留；\
目标卡是本项目自拟的示例，并非机场的目标。"
about.en = "Real answers to the passenger surveys of San Francisco International Airport, 2017 and \
2018 (DataSF, PDDL 1.0), codes as published. The goals are illustrations of our own, not the \
airport's."
licence = "PDDL-1.0 (survey data); CC0-1.0 (goals, words)"

[tables.servqual]
file = "sfo2018.csv"

[tables.servqual.columns]
{_lines(columns | rated)}

# 0 = 未答；总体题未答写作BLANK
# 0 is a blank; the overall question writes BLANK
[tables.servqual.blanks]
{_lists(("overall", *rated), ("0", "BLANK"))}

# 6 = 没有用过
# 6 says never used
[tables.servqual.never_used]
{_lists(tuple(rated), ("6",))}

[goals]
rates = "percent"
service_departments = ["guest_experience"]

[servqual]
form = "performance"
scale_min = 1
scale_max = 5
overall_min = 1
overall_max = 5
"""


def _lines(pairs: dict[str, str]) -> str:
    return "\n".join(f'{key} = "{value}"' for key, value in pairs.items())


def _lists(keys: tuple[str, ...], codes: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{code}"' for code in codes)
    return "\n".join(f"{key} = [{listed}]" for key in keys)


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Every table that is computed from the surveys of the folder."""
    surveys = {year: sfo.read(folder, year) for year in sfo.YEARS}
    past = sfo.history(surveys)
    return {
        "labels": labels(),
        "servqual_instrument": instrument(),
        "goals": sfo.goals(past),
        "goals_metrics": sfo.metrics(),
        "goals_history": past,
        "goals_sources": sfo.sources(surveys),
        "review_actuals": sfo.actuals(past),
    }


def write_case(folder: Path, into: Path | None = None) -> tuple[Path, ...]:
    """Write the computed files beside the surveys, or into another folder."""
    target = into or folder
    target.mkdir(parents=True, exist_ok=True)
    written = [target / "case.toml"]
    written[0].write_text(case_toml(), encoding="utf-8", newline="\n")
    for name, table in tables(folder).items():
        written.append(target / f"{name}.csv")
        written[-1].write_text(as_csv(table), encoding="utf-8", newline="\n")
    return tuple(written)

"""What holds for the reading of any goal sentence, and the kinds of sentence it must tell apart."""

import re
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.smart.reading import ReadGoal, ReadSettings, read_goals, to_prediction
from playbook.chapters.smart.reading_script import SIMPLIFIED

TODAY = ReadSettings(reference_date=date(2026, 1, 15))
TRADITIONAL = {ord(simple): traditional for traditional, simple in SIMPLIFIED.items()}
COMPARED = ("metric_canonical", "direction", "baseline", "target", "delta", "unit", "deadline")


def read(text: str) -> list[ReadGoal]:
    return list(read_goals(text, TODAY).goals)


def slots(text: str) -> dict[str, object]:
    got = to_prediction(read_goals(text, TODAY))
    return {slot: got[slot] for slot in (*COMPARED, "n_goals")}


# --- properties

LEVELS = st.integers(1, 99)
SHARES = st.sampled_from(
    ["客户满意度", "首次解决率", "续约率", "准时送达率", "CSAT", "renewal rate"]
)
CHINESE = st.builds(
    "{},将{}从{}%提升到{}%,由客服部负责".format,
    st.sampled_from(["6月底前", "三个月内", "2026年第三季度末", "明年年底", "下周五前"]),
    SHARES, LEVELS, LEVELS,
)  # fmt: skip
ENGLISH = st.builds(
    "Raise {} from {}% to {}% {}".format,
    SHARES, LEVELS, LEVELS,
    st.sampled_from(["by June", "within 6 months", "by the end of Q3", "over 18 months"]),
)  # fmt: skip
LEVEL_ONLY = st.builds("{}达到{}%".format, SHARES, LEVELS)


@settings(max_examples=60, deadline=None)
@given(st.one_of(CHINESE, ENGLISH), st.integers(0, 3))
def test_number_slots_point_at_the_words_they_were_read_from(text: str, spaces: int) -> None:
    padded = "　" * spaces + text
    (goal,) = read(padded)
    for slot in (goal.baseline, goal.target):
        assert slot is not None
        assert padded[slot.start : slot.end] == f"{slot.value:g}%"
    assert goal.deadline is not None
    assert goal.deadline_text is not None
    assert goal.deadline_text.value in padded


@settings(max_examples=60, deadline=None)
@given(st.one_of(CHINESE, LEVEL_ONLY))
def test_script_and_width_change_nothing(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%,"})
    assert slots(text) == slots(text.translate(TRADITIONAL)) == slots(wide)


SERVICE_ZH = st.builds(
    "{}{}内{}".format,
    st.integers(1, 60),
    st.sampled_from(["秒", "分钟", "小时", "天", "个工作日"]),
    st.sampled_from(["回复客户", "响应", "解决投诉", "办结", "完成退款", "上门"]),
)
SERVICE_EN = st.builds(
    "{} within {} {}".format,
    st.sampled_from(["reply to every email", "resolve complaints", "answer calls", "refund"]),
    st.integers(2, 60),
    st.sampled_from(["seconds", "minutes", "hours", "working days", "days"]),
)


@settings(max_examples=80, deadline=None)
@given(LEVEL_ONLY, st.one_of(SERVICE_ZH, SERVICE_EN), st.booleans())
def test_a_service_level_clause_never_makes_a_deadline(
    text: str, clause: str, before: bool
) -> None:
    joined = f"{clause},{text}" if before else f"{text},{clause}"
    assert all(goal.deadline is None for goal in read(joined))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.sampled_from(["复购率", "解决率", "回复率", "留存率", "妥投率"]))
def test_the_window_of_a_metric_is_no_deadline(days: int, metric: str) -> None:
    assert all(goal.deadline is None for goal in read(f"{days}天内{metric}达到30%"))


@settings(max_examples=40, deadline=None)
@given(LEVELS, LEVELS, LEVELS)
def test_of_a_past_series_the_latest_is_the_baseline(a: int, b: int, c: int) -> None:
    for text in (
        f"近三年满意度为{a}%、{b}%、{c}%,2026年底提升到99.5%",
        f"CSAT was {a}%, {b}% and {c}% in the last three quarters; reach 99.5% by Q4",
    ):
        goal = read(text)[0]
        assert goal.baseline is not None
        assert goal.target is not None
        assert (goal.baseline.value, goal.target.value) == (c, 99.5)


# --- kinds of sentence


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("提高早餐满意度，同时降低早餐成本，并完成全部厨师培训", ["increase", "decrease", None]),
        ("Improve guest satisfaction, reduce breakfast cost and train all cooks",
         ["increase", "decrease", None]),
        ("提升客户满意度，降低投诉率10%", ["increase", "decrease"]),
        ("为提升客户满意度，将平均等待时间缩短到5分钟", ["decrease"]),
        ("Cut AHT to 5 minutes without hurting CSAT", ["decrease"]),
    ],
)  # fmt: skip
def test_outcomes_of_a_sentence(text: str, wanted: list[str | None]) -> None:
    assert [goal.direction and goal.direction.value for goal in read(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Raise CSAT and NPS to 85% and 40 respectively",
         [("csat", None, 85, "%"), ("nps", None, 40, "points")]),
        ("客户满意度、首次解决率和NPS分别由75%、60%和30提升至85%、70%和40",
         [("csat", 75, 85, "%"), ("fcr", 60, 70, "%"), ("nps", 30, 40, "points")]),
        ("客户满意度和首次解决率分别由75%提升至85%、由60%提升至70%",
         [("csat", 75, 85, "%"), ("fcr", 60, 70, "%")]),
        ("將客訴率與放棄率分別降至2%及3%以下",
         [("complaint_rate", None, 2, "%"), ("abandon_rate", None, 3, "%")]),
        ("满意度与续约率都要达到90%",
         [("csat", None, 90, "%"), ("renewal_rate", None, 90, "%")]),
        ("按时交房率和业主满意度分别达到98%和88分",
         [(None, None, 98, "%"), ("csat", None, 88, "score")]),
    ],
)  # fmt: skip
def test_metrics_in_a_row_take_their_own_values(
    text: str, wanted: list[tuple[str | None, float | None, float, str]]
) -> None:
    found = [
        (g.metric_id, g.baseline and g.baseline.value, g.target and g.target.value, g.unit)
        for g in read(text)
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("下周五前", "2026-01-23"),
        ("本周五下班前", "2026-01-16"),
        ("下週三之前", "2026-01-21"),
        ("By Friday", "2026-01-16"),
        ("By next Friday", "2026-01-23"),
        ("By COB Friday", "2026-01-16"),
        ("By Friday 13 February 2026", "2026-02-13"),
        ("每周五", None),
        ("周一至周五", None),
        ("by the 20th", "2026-01-20"),
        ("下月15日前", "2026-02-15"),
        ("6/30前", "2026-06-30"),
        ("by 31/12/26", "2026-12-31"),
        ("by Dec-26", "2026-12-31"),
        ("1-6月", "2026-06-30"),
        ("Jan-Jun 2026", "2026-06-30"),
        ("三季度内", "2026-09-30"),
        ("三个季度内", "2026-10-15"),
        ("over 18 months", "2027-07-15"),
        ("自5月起三个月内", "2026-08-01"),
        ("“十五五”期末", "2030-12-31"),
        ("by week 20", "2026-05-17"),
        ("by this time next year", "2027-01-15"),
        ("本学期末前", None),
        ("by the end of summer", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert to_prediction(read_goals(f"{text}, CSAT 90%", TODAY))["deadline"] == day


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("小王，下周五前把差评回复率拉到九成", "小王"),
        ("评价由4.1星升到4.4星，店長雅婷Q2結束前負責搞定", "店長雅婷"),
        ("请客服中心王主任在6月底前把投诉率降到2%", "客服中心王主任"),
        ("6月底前投诉率降到2%（李娜）", "李娜"),
        ("投诉率降到2%，客服部经理为第一责任人", "客服部经理"),
        ("客服部：6月底前把首次解决率提升到80%", "客服部"),
        ("ASA below 45 seconds (Ops lead: J. Okafor)", "J. Okafor"),
        ("Train every agent before 1 April, Priya to chase", "Priya"),
        ("Owner: Head of Customer Care. Reduce churn to 4%", "Head of Customer Care"),
        ("HR must bring staff turnover down to 12%", "HR"),
        ("Maria, please cut AHT to 5 minutes by June", "Maria"),
        ("高峰期将接通率提升到90%", None),
        ("坚持以客户为中心，持续提升服务水平", None),
        ("Guys, get CSAT to 90%", None),
        ("Goal: reduce wait to 5 minutes", None),
    ],
)
def test_owners(text: str, owner: str | None) -> None:
    assert to_prediction(read_goals(text, TODAY))["owner"] == owner


@pytest.mark.parametrize(
    ("text", "baseline", "target", "delta"),
    [
        ("Grow self-serve use 1.5x", None, None, 50),
        ("将放弃率控制在3%-5%之间", None, 5, None),
        ("满意度提升至85%~90%", None, 85, None),
        ("服务水平已从86%升到91%，下一步挑战95%", 91, 95, None),
        ("放弃率上周飙到14%，本月底前压回8%以内", 14, 8, None),
        ("Average handle time: 7:20 today, 6:30 by November", 22 / 3, 6.5, None),
        ("DNA rate to fall by 2.5 percentage points against the outturn of 9.1%", 9.1, None, 2.5),
        ("Claims paid in 5 days instead of 12", 12, 5, None),
        ("Reduce late invoices to a third of the current level", None, None, 200 / 3),
        ("At least 600 of our 750 drivers hold the certificate", None, 80, None),
        ("积压占比过半", None, 50, None),
        ("NPS +6 pts", None, None, 6),
        ("零投诉", None, 0, None),
        ("Trust board minute 7.2: complaint rate at 3%", None, 3, None),
    ],
)
def test_roles_of_numbers(
    text: str, baseline: float | None, target: float | None, delta: float | None
) -> None:
    got = to_prediction(read_goals(text, TODAY))
    wanted = {"baseline": baseline, "target": target, "delta": delta}
    assert {k: got[k] for k in wanted} == pytest.approx(wanted, abs=1e-5)


def test_the_name_of_a_thing_is_no_metric() -> None:
    for text in ("上线投诉处理系统", "Launch a customer satisfaction dashboard"):
        assert read(text)[0].metric_id == "milestone"


def test_reading_is_quick() -> None:
    text = "2026年6月30日前，将平均响应时间从5分钟压缩至3分钟，由客服部张丽负责"
    read(text)
    start = perf_counter()
    for _ in range(50):
        read(text)
    # 3 ms on an idle machine; five times that leaves room for a busy one
    assert (perf_counter() - start) / 50 < 0.015


def test_spans_of_digits_stand_on_digits() -> None:
    text = "①客户满意度（CSAT）从 ７５％ 提升到 ８５％；②投诉率降至 2%"
    goals = read(text)
    assert [g.metric_id for g in goals] == ["csat", "complaint_rate"]
    for goal in goals:
        assert goal.target is not None
        assert re.search(r"[0-9０-９]", text[goal.target.start : goal.target.end])

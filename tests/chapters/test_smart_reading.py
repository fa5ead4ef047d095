"""The reader of goal sentences against labelled sentences, and what holds for any text."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.smart.reading import ReadSettings, Slot, read_goals, to_prediction
from playbook.chapters.smart.reading_metrics import find_metrics
from playbook.chapters.smart.reading_script import SIMPLIFIED
from playbook.chapters.smart.reading_text import normalise
from playbook.core.metrics import dictionary

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
BENCH = json.loads((VECTORS / "smart_bench20.json").read_text(encoding="utf-8"))
# Sentences the rules were tuned on: they guard against going back, they measure nothing.
OWN = [
    goal
    for name in ("smart_reading_own", "smart_own_sentences")
    for goal in json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["goals"]
]
# Sets that were unseen when they were first scored (their meta says with what result); the rules
# have been tuned on them since.
LABELLED = ("b", "d", "e", "f", "g", "h")
SECONDS = {"s": 1, "min": 60, "h": 3600, "day": 86400}
SAME_UNIT = {"score": "points", "USD": "$", "CNY": "元"}
NUMBERS = ("baseline", "target", "delta")
BARS = {"target": 0.9, "baseline": 0.9, "deadline": 0.9, "unit": 0.88, "metric": 0.75}
TODAY = ReadSettings(reference_date=date(2026, 1, 15))


def squeezed(text: object) -> str:
    return re.sub(r"[\s\-_,.'\"的]+", "", normalise(str(text or "")).text)


def overlaps(one: object, two: object) -> bool:
    a, b = squeezed(one), squeezed(two)
    return bool(a and b) and (a in b or b in a)


def number_right(slot: str, got: dict[str, Any], want: dict[str, Any]) -> bool:
    value, accepted = got[slot], want.get(f"{slot}_accept", [want[slot]])
    if slot == "target" and want["target"] is None and want.get("target_derived") is not None:
        accepted = [None, want["target_derived"]]
    if value is not None and {got["unit"], want["unit"]} <= SECONDS.keys():
        value = value * SECONDS[got["unit"]] / SECONDS[want["unit"]]
    if value is None:
        return None in accepted
    return any(a is not None and abs(value - a) < 1e-6 for a in accepted)


def unit_right(got: dict[str, Any], want: dict[str, Any]) -> bool:
    a, b = got["unit"], want["unit"]
    if SAME_UNIT.get(a, a) == SAME_UNIT.get(b, b):
        return True
    return {a, b} <= SECONDS.keys() and all(number_right(s, got, want) for s in NUMBERS)


def right_slots(got: dict[str, Any], want: dict[str, Any]) -> dict[str, bool]:
    """Which slots are right; a null metric or direction is not tested."""
    canonical = want.get("metric_canonical", want["metric"])
    right = {slot: number_right(slot, got, want) for slot in NUMBERS}
    right["metric"] = (
        want["metric"] is None
        or got["metric_canonical"] == canonical
        or overlaps(got["metric"], want["metric"])
    )
    ways = want.get("direction_accept") or [want["direction"]]
    right["direction"] = ("direction_accept" not in want and ways == [None]) or got[
        "direction"
    ] in ways
    right["unit"] = unit_right(got, want)
    right["deadline"] = got["deadline"] in (want.get("deadline_accept") or [want["deadline"]])
    right["n_goals"] = got["n_goals"] == want.get("n_goals", got["n_goals"])
    right["owner"] = got["owner"] == want["owner"] or overlaps(got["owner"], want["owner"])
    return right


def holds_the_bars(labelled: dict[str, Any], all_slots: float) -> None:
    """Every slot over its bar, all slots over theirs, and no deadline where there is none."""
    when = ReadSettings(reference_date=date.fromisoformat(labelled["meta"]["reference_date"]))
    scored = []
    for goal in labelled["goals"]:
        got, want = to_prediction(read_goals(goal["text"], when)), goal["expected"]
        scored.append(right_slots(got, want))
        assert got["deadline"] is None or want["deadline_accept"] != [None], goal["text"]
    for slot, bar in BARS.items():
        assert sum(right[slot] for right in scored) / len(scored) >= bar, slot
    whole = [all(v for k, v in right.items() if k != "n_goals") for right in scored]
    assert sum(whole) / len(scored) >= all_slots


def test_bench_reaches_the_bars() -> None:
    holds_the_bars(BENCH, all_slots=0.6)


@pytest.mark.parametrize("name", LABELLED)
def test_labelled_set_stays_over_the_bars(name: str) -> None:
    text = (VECTORS / f"smart_labelled_{name}.json").read_text(encoding="utf-8")
    holds_the_bars(json.loads(text), all_slots=0.95)  # tuned on: more than the bar of 0.6


@pytest.mark.parametrize("name", ["i", "j"])
def test_sentences_the_rules_were_not_tuned_on_reach_the_bars(name: str) -> None:
    text = (VECTORS / f"smart_labelled_{name}.json").read_text(encoding="utf-8")
    holds_the_bars(json.loads(text), all_slots=0.6)


@pytest.mark.parametrize("text", ["明年農曆年前", "by Chinese New Year next year"])
def test_a_feast_of_next_year_is_not_the_end_of_next_year(text: str) -> None:
    got = to_prediction(read_goals(f"{text} NPS 40", TODAY))
    assert got["deadline"] is None


def test_a_stretch_behind_a_baseline_is_the_deadline() -> None:
    got = to_prediction(read_goals("Double the referral rate from 6% in eighteen months", TODAY))
    assert got["deadline"] == "2027-07-15"


@pytest.mark.parametrize("goal", BENCH["goals"], ids=lambda g: str(g["id"]))
def test_bench_never_invents_a_deadline(goal: dict[str, Any]) -> None:
    got = to_prediction(read_goals(goal["text"], TODAY))
    if goal["expected"]["deadline_accept"] == [None]:
        assert got["deadline"] is None
    assert got["n_goals"] == goal["expected"]["n_goals"]


@pytest.mark.parametrize("goal", OWN, ids=lambda g: str(g["text"]))
def test_own_sentence(goal: dict[str, Any]) -> None:
    when = ReadSettings(reference_date=date.fromisoformat(goal["reference_date"]))
    got = to_prediction(read_goals(goal["text"], when))
    wrong = {s: got[s] for s, right in right_slots(got, goal).items() if not right}
    assert not wrong


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by the end of next quarter", "2026-06-30"),
        ("下季度末", "2026-06-30"),
        ("115年底前", "2026-12-31"),
        ("民國115年6月底", "2026-06-30"),
        ("FY2025/26", "2026-03-31"),
        ("within a year and a half", "2027-07-15"),
        ("一年半內", "2027-07-15"),
        ("by mid-2026", "2026-06-30"),
        ("2026年1月至6月", "2026-06-30"),
        ("from March to May 2026", "2026-05-31"),
        ("國慶節前", "2026-10-01"),
        ("by Q3'26", "2026-09-30"),
        ("明年上半年", "2027-06-30"),
        ("by 31.03.2026", "2026-03-31"),
        ("二零二六年九月三十日前", "2026-09-30"),
        ("2月底前", "2026-02-28"),
        ("春节前", None),
        ("before the summer launch", None),
        ("within 24 hours", None),
        ("入职3个月内", None),
        ("monthly", None),
    ],
)
def test_deadline(text: str, day: str | None) -> None:
    reading = read_goals(f"{text}, CSAT 90%", TODAY)
    assert to_prediction(reading)["deadline"] == day


def test_deadline_settings() -> None:
    april = ReadSettings(date(2026, 1, 15), fiscal_year_end=(3, 31), day_first=False)
    assert (
        to_prediction(read_goals("CSAT 90% by the end of FY2026", april))["deadline"]
        == "2026-03-31"
    )
    assert to_prediction(read_goals("CSAT 90% by 03/04/2026", april))["deadline"] == "2026-03-04"
    feast = ReadSettings(date(2026, 1, 15), holidays=(("春节", date(2026, 2, 17)),))
    assert to_prediction(read_goals("春节前满意度达到90%", feast))["deadline"] == "2026-02-17"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("年底前满意度达到90%", "reference_date_missing"),
        ("满意度提升到8??%", "text_damaged"),
        ("将满意度从90%提升到85%", "contradiction"),
        ("NPS提升10个百分点", "nps_in_percent"),
        ("投诉率下降15%", "ambiguous_change"),
        ("", "text_empty"),
        ("春节前满意度达到90%", "movable_feast"),
        ("满意度达到90%。" * 80, "text_long"),
    ],
)
def test_flags(text: str, flag: str) -> None:
    assert flag in read_goals(text).flags


def test_year_assumed() -> None:
    later = ReadSettings(reference_date=date(2026, 8, 1))
    reading = read_goals("3月底前满意度达到90%", later)
    assert reading.goals[0].deadline is not None
    assert reading.goals[0].deadline.value == "2027-03-31"
    assert "year_assumed" in reading.flags


def test_several_goals_and_a_spending_limit() -> None:
    text = "年底前满意度达到90%,投诉率降至2%以下,平均等待时间缩短到2分钟,总预算不超过50万元"
    reading = read_goals(text, TODAY)
    assert [g.metric_id for g in reading.goals] == ["csat", "complaint_rate", "wait_time"]
    assert {g.deadline.value for g in reading.goals if g.deadline} == {"2026-12-31"}
    limit = reading.goals[0].constraint
    assert limit is not None
    assert (limit.limit.value, limit.unit) == (500_000, "元")


def test_percent_change_of_a_rate_has_two_readings() -> None:
    goal = read_goals("将续费率从80%提升5%").goals[0]
    assert dict(goal.target_readings) == {"relative_pct": 84.0, "pp": 85.0}
    assert goal.target_derived == 84.0


def test_threshold_is_kept_beside_the_target() -> None:
    goal = read_goals("Resolve 90% of complaints within 24 hours").goals[0]
    assert goal.threshold is not None
    assert (goal.threshold.value, goal.threshold.unit) == (24, "h")
    assert goal.target is not None
    assert goal.target.value == 90


def test_pinyin_note_is_left_out() -> None:
    goal = read_goals("客户满意度(mǎn yì dù)提升到85%").goals[0]
    assert (goal.metric_id, goal.target and goal.target.value) == ("csat", 85)


def test_every_name_of_the_dictionary_is_found() -> None:
    for metric in dictionary().values():
        wanted = metric.metric_id
        for name in (metric.zh_hans, metric.zh_hant, metric.en, *metric.heard.speed_names):
            found = {hit.metric.metric_id for hit in find_metrics(normalise(name).text)}
            assert wanted in found, name


def test_no_name_of_the_dictionary_stands_for_two_metrics() -> None:
    owner: dict[str, str] = {}
    for metric in dictionary().values():
        names = {metric.zh_hans, metric.en, *metric.aliases, *metric.heard.speed_names}
        for name in {normalise(n).text for n in (*names, metric.zh_hant)}:
            assert owner.setdefault(name, metric.metric_id) == metric.metric_id, name


def test_a_time_is_lowered_and_its_speed_is_raised() -> None:
    time, speed = (find_metrics(text)[0].metric for text in ("页面加载时间", "页面加载速度"))
    assert time.metric_id == speed.metric_id == "load_speed"
    assert (time.kind, time.falls, speed.kind, speed.falls) == ("time", True, "speed", False)


def test_an_act_far_from_its_duration_is_read() -> None:
    text = "在3天的试运行期间里我们要与各门店的同事们一起商量怎样更快地回复客户"
    assert read_goals(text, TODAY).goals[0].metric_id == "response_time"


def test_simplified_table_is_stable() -> None:
    assert all(len(a) == len(b) == 1 and b not in SIMPLIFIED for a, b in SIMPLIFIED.items())


WORDS = st.sampled_from(
    [
        "将", "把", "客户满意度", "投诉率", "提升", "降低", "从", "到",
        "至", "75%", "90%", "八成五", "5个百分点", "3分钟", "2小时内", "6月底前",
        "年底", "三个月内", "目前", "由", "负责", ",", ";", "。",
        "raise", "cut", "to", "from", "by", "within", "CSAT", "NPS",
        "24", "hours", "months", "Q3", "2026", "half", "double", "$5",
        "9:30", "4.5/5", "??", "（", "）", "％", "≥", "-",
        "半", "零", "千", "万亿", "will", "owner:", "顧客", "縮短",
        "½", "①", "İ", "ﷺ", "the team", "a third",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map("".join),
                  st.lists(WORDS, max_size=14).map(" ".join))  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_spans_index_the_original(text: str) -> None:
    reading = read_goals(text, TODAY)
    assert reading == read_goals(text, TODAY)
    for goal in reading.goals:
        slots = [s for s in vars(goal).values() if isinstance(s, Slot)]
        assert all(0 <= s.start <= s.end <= len(text) for s in slots)
        for words in (goal.metric, goal.deadline_text, goal.owner, goal.scope):
            assert words is None or text[words.start : words.end] == words.value


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=12).map("".join))
def test_full_width_digits_read_like_half_width(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%"})
    one, two = to_prediction(read_goals(text, TODAY)), to_prediction(read_goals(wide, TODAY))
    for slot in (
        "metric_canonical",
        "baseline",
        "target",
        "delta",
        "unit",
        "deadline",
        "direction",
    ):
        assert one[slot] == two[slot]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 48),
    st.sampled_from(["小时", "分钟", "秒", "个工作日", "小時"]),
    st.sampled_from(["响应客户", "解决问题", "回复投诉", "處理完畢"]),
)
def test_service_level_duration_is_never_a_deadline(n: int, unit: str, act: str) -> None:
    got = to_prediction(read_goals(f"{n}{unit}内{act}", TODAY))
    assert got["deadline"] is None
    assert got["target"] == n

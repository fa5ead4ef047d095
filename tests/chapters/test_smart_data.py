"""Letters on data: staffing, peers, forecast, samples, readings of a change; refusals."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.smart.achievable import Aim, Record, judge_achievable
from playbook.chapters.smart.analysis import analyse, check
from playbook.chapters.smart.capacity import promise_of, with_capacity
from playbook.chapters.smart.conclusions import findings_of
from playbook.chapters.smart.evidence import Evidence
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.reading import ReadSettings
from playbook.chapters.smart.result import Achievable, Checked, SmartResult
from playbook.chapters.smart.section import section
from playbook.chapters.smart.section_words import both_readings
from playbook.chapters.smart.sentence import check_goals, check_sentence
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.records import from_dict, to_json

TODAY = date(2026, 1, 15)
SETTINGS = ReadSettings(TODAY)
MONTHS = tuple(date(2025, 1, 31) + timedelta(days=round(30.4375 * k)) for k in range(12))


# --- staffing (SM11.7)


def queue(**values: object) -> dict[str, Any]:
    """120 calls an hour of 240 s, 20 s for 80 %: 8 erlang, 11 agents (the shared vector)."""
    base = {"queue": "desk", "arrivals_per_hour": 120.0, "handle_s": 240.0, "answer_s": 20.0,
            "level": 0.8, "agents": 11.0, "metric_id": "service_level"}  # fmt: skip
    return base | values


def test_a_promise_that_staffing_keeps_and_one_it_does_not() -> None:
    kept = promise_of(0.8, "share", [queue()])
    assert kept is not None
    assert (kept.verdict, kept.needed, round(kept.expected or 0, 4)) == ("pass", 11, 0.8092)
    broken = promise_of(0.9, "share", [queue()])
    assert broken is not None
    assert (broken.verdict, broken.reasons, broken.needed) == ("fail", ("capacity",), 13)


def test_a_percent_and_a_share_promise_the_same() -> None:
    assert promise_of(80, "%", [queue()]) == promise_of(0.8, "share", [queue()])


def test_a_mean_time_is_held_against_the_mean_wait() -> None:
    """The vector's mean wait is 19.6 s with 11 agents."""
    row = queue(metric_id="wait_time")
    found = promise_of(20, "s", [row])
    assert found is not None
    assert (found.verdict, found.promised, found.needed) == ("pass", None, 11)
    tight = promise_of(0.3, "min", [row])
    assert tight is not None
    assert (tight.verdict, tight.needed) == ("fail", 12)


def test_a_metric_of_another_kind_is_held_against_the_queues_own_promise() -> None:
    found = promise_of(0.95, "share", [queue(metric_id="fcr")])
    assert found is not None
    assert (found.promised, found.verdict) == (0.8, "pass")


def test_busy_people_leave_at_best_a_stretch() -> None:
    """9 agents for 8 erlang: 89 % busy; a promise of ten minutes is kept all the same."""
    found = promise_of(0.5, "share", [queue(agents=9, answer_s=600.0)])
    assert found is not None
    assert (found.verdict, found.reasons) == ("stretch", ("staff_busy",))
    passed = Achievable("pass", ("rate_shown_before",))
    assert with_capacity(passed, found).verdict == "stretch"
    assert with_capacity(replace(passed, verdict="unknown"), found).verdict == "unknown"
    failed = Achievable("fail", ("too_fast",))
    assert with_capacity(failed, found) == failed


def test_staffing_fails_a_goal_without_history() -> None:
    broken = promise_of(0.9, "share", [queue(agents=5)])
    unknown = Achievable("unknown", ("too_few_points",))
    assert with_capacity(unknown, broken).reasons == ("capacity", "too_few_points")
    assert broken is not None
    assert broken.wait_s is None  # five agents for eight erlang: it grows without end


def test_the_worst_queue_counts_and_an_unknown_number_at_work_is_said() -> None:
    found = promise_of(0.8, "share", [queue(), queue(queue="night", agents=7)])
    assert found is not None
    assert found.queue == "night"
    unknown = promise_of(0.8, "share", [queue(agents=None)])
    assert unknown is not None
    assert (unknown.verdict, unknown.reasons, unknown.needed) == (
        "unknown", ("agents_unknown",), 11,
    )  # fmt: skip


@pytest.mark.parametrize("row", [queue(handle_s=0.0), queue(answer_s=None), queue(handle_s=None)])
def test_a_queue_without_time_or_promise_says_nothing(row: dict[str, Any]) -> None:
    assert promise_of(0.8, "share", [row]) is None
    assert promise_of(None, "", []) is None


# --- history and peers


RISING = Record((70, 71, 72, 73, 74, 75), "month", last_day=date(2026, 1, 15), share_of=100)


def test_our_own_best_units_count_where_there_are_no_peers() -> None:
    aim = Aim(84, 1, deadline=date(2026, 7, 16))  # 1.67 a month against 1: q = 1.67
    alone = judge_achievable(aim, RISING, TODAY, Settings())
    assert alone.reasons == ("too_fast",)
    near = judge_achievable(aim, replace(RISING, attainable=86), TODAY, Settings())
    assert (near.verdict, near.peer_class) == ("stretch", "within_own_best")
    far = judge_achievable(aim, replace(RISING, attainable=80), TODAY, Settings())
    assert (far.verdict, far.reasons[0]) == ("fail", "beyond_own_best")


def test_a_pilot_counts_with_its_lower_bound_never_with_its_point() -> None:
    aim = Aim(84, 1, baseline=75, deadline=date(2026, 7, 16))
    shown = judge_achievable(aim, replace(RISING, pilot_low=9.0), TODAY, Settings())
    assert (shown.verdict, shown.reasons) == ("pass", ("pilot_showed_it",))
    short = judge_achievable(aim, replace(RISING, pilot_low=8.9), TODAY, Settings())
    assert short.verdict == "fail"


def test_the_forecast_counts_from_the_last_value_and_ends_at_the_deadline() -> None:
    aim = Aim(80, 1, deadline=date(2026, 7, 16))
    found = judge_achievable(aim, RISING, TODAY, Settings())
    # by hand: 75 + 1 a month over 182 days / 30.4375
    assert found.forecast == pytest.approx(75 + 182 / 30.4375)
    assert found.prob_reach == 1.0
    assert found.fan[-1].day == date(2026, 7, 16)
    assert found.fan[-1].value == pytest.approx(found.forecast)
    days = [point.day for point in found.fan]
    assert days == sorted(days)


def test_no_forecast_beyond_twice_the_span() -> None:
    found = judge_achievable(Aim(80, 1, deadline=date(2029, 1, 1)), RISING, TODAY, Settings())
    assert (found.forecast, found.fan, found.prob_reach) == (None, (), None)


def test_the_second_best_run_shows_what_hangs_on_one_stretch() -> None:
    """The best run of three gains 3 a period, the second best nothing."""
    due = TODAY + timedelta(days=round(3 * 30.4375))
    record = Record((11, 10, 10, 19, 10, 10, 10, 10), "month")
    found = judge_achievable(Aim(16, 1, baseline=10, deadline=due), record, TODAY, Settings())
    assert (found.window, found.best_from) == (3, 0)
    assert found.best == pytest.approx(8 / 3)
    assert found.second_best == 0
    assert (found.verdict, found.second_verdict, found.sensitive) == ("pass", "fail", True)


def test_k12_seventy_five_to_ninety_in_three_years() -> None:
    """The worked case: 6.3 % a year compound against 3.2 %, ratio 1.96 (K12)."""
    growth = (90 / 75) ** (1 / 3) - 1
    assert round(100 * growth, 1) == 6.3
    assert round(75 * 1.032**3, 1) == 82.4
    assert round(6.3 / 3.2, 1) == 2.0
    history = tuple(75 * 1.032 ** (k - 5) for k in range(6))
    aim = Aim(90, 1, baseline=75, deadline=date(2029, 1, 15), bound=100)
    alone = judge_achievable(aim, Record(history, "year"), TODAY, Settings())
    assert alone.verdict == "fail"
    # in points a year the run before was slower still: 5 against 2.25
    assert alone.ratio == pytest.approx(5 / ((75 - history[2]) / 3), rel=1e-3)


# --- sentences with data


def known(unit: str, values: tuple[float, ...], **more: Any) -> Evidence:
    days = MONTHS[-len(values) :]
    return Evidence(unit, tuple(zip(days, values, strict=True)), "month", **more)


SHARES = known("share", (0.70, 0.71, 0.72, 0.73, 0.74, 0.75), bound_low=0, bound_high=1)


def test_a_sentence_is_judged_in_the_unit_it_is_written_in() -> None:
    (found,) = check_goals("x", "6个月内将客户满意度从75%提高到80%", SETTINGS, lambda _: SHARES)
    assert found.letters["A"].value == "pass"
    assert found.achievable is not None
    assert found.achievable.best == pytest.approx(1.0)
    assert found.history[-1][1] == pytest.approx(75)


def test_a_promise_at_the_limit_fails_with_data_and_is_warned_of_without() -> None:
    text = "6个月内客户满意度达到100%"
    bare = check_sentence("x", text, SETTINGS)
    assert bare.letters["A"].value == "unknown"
    assert "over_promise" in bare.flags
    (found,) = check_goals("x", text, SETTINGS, lambda _: SHARES)
    assert found.letters["A"].reasons == ("at_bound",)
    assert "over_promise" not in check_sentence("x", "客户满意度达到90%", SETTINGS).flags
    assert "over_promise" in check_sentence("x", "Reduce complaints rate to 0%", SETTINGS).flags


def test_another_unit_or_no_target_stays_unknown() -> None:
    score = known("score", (4.1, 4.2, 4.3, 4.4, 4.5))
    (found,) = check_goals("x", "6个月内客户满意度达到80%", SETTINGS, lambda _: score)
    assert found.letters["A"].reasons == ("unit_differs",)
    (found,) = check_goals("x", "提升客户满意度", SETTINGS, lambda _: SHARES)
    assert found.letters["A"].reasons == ("no_target",)


def test_k9_both_readings_from_the_last_known_values() -> None:
    """70 % renewed: 6 per cent more is 74.2, 6 points more is 76 (K9)."""
    base = known("share", (0.69, 0.70, 0.71, 0.70, 0.70, 0.70))
    (found,) = check_goals("x", "年底前续费率提高6%", SETTINGS, lambda _: base)
    assert found.letters["M"].value == "weak"
    assert dict(found.target_readings) == pytest.approx({"relative_pct": 74.2, "pp": 76.0})
    said = both_readings(found, "zh")
    assert "74.2" in said
    assert "76" in said
    bare = check_sentence("x", "年底前续费率提高6%", SETTINGS)
    assert "今" in both_readings(bare, "zh") or "现值" in both_readings(bare, "zh")
    assert bare.next_question == "ask_change"


def test_k9_a_reading_that_cannot_be_is_said_to_be_so() -> None:
    base = known("share", (0.03, 0.031, 0.03, 0.03, 0.03, 0.03))
    (found,) = check_goals("x", "年底前投诉率降低15%", SETTINGS, lambda _: base)
    assert dict(found.target_readings) == pytest.approx({"relative_pct": 2.55, "pp": -12.0})
    assert "cannot be" in both_readings(found, "en")


def test_k8_nps_in_percentage_points_is_weak_and_flagged() -> None:
    found = check_sentence("x", "半年内NPS提升10个百分点", SETTINGS)
    assert found.letters["M"].value == "weak"
    assert "nps_in_percent" in found.letters["M"].reasons
    assert found.unit == "pp"  # as written, never silently changed


def test_k1_a_goal_without_a_date_fails_t_however_good_the_rest() -> None:
    found = check_sentence("x", "由何峰负责，把首次问题解决率从76.9%提高到81.3%", SETTINGS)
    assert [found.letters[k].value for k in "SMT"] == ["pass", "pass", "fail"]
    assert not found.ready


def test_m09_a_service_time_is_held_against_the_people_at_work() -> None:
    desk = Evidence("h", queues=(queue(metric_id="ack_time", arrivals_per_hour=4.0,
                                       handle_s=1800.0, agents=2.0),))  # fmt: skip
    text = "2小时内确认问题"
    found = check_goals("x", text, SETTINGS, lambda _: desk)[0]
    assert found.metric_id == "ack_time"
    assert found.promise is not None
    assert found.letters["A"].reasons[0] == "capacity"
    assert found.letters["T"].value == "fail"


def test_the_clients_own_name_of_a_metric_goes_first() -> None:
    text = "年底前客房清洁一次合格率从95.9%提高到97%"
    found = check_goals("x", text, SETTINGS, own_names={"客房清洁一次合格率": "room_pass_rate"})[0]
    assert found.metric_id == "room_pass_rate"


# --- wording


@pytest.mark.parametrize(
    ("text", "letter", "reason"),
    [
        ("6个月内满意度提高到120%", "M", "scale_contradicts"),
        ("年底前满意度评分从4.2提高到6分（满分5分）", "M", "scale_contradicts"),
        ("年底前投诉响应时间从5小时缩短到3小时", "M", "statistic_missing"),
        ("年底前满意度评分达到90分", "M", "scale_missing"),
        ("年底前平台点评评分达到90分", "M", "scale_contradicts"),
        ("提高客户满意度到85%，并上线新的工单系统", "S", "activity_mixed"),
    ],
)
def test_what_a_measure_leaves_open(text: str, letter: str, reason: str) -> None:
    found = check_sentence("x", text, SETTINGS).letters[letter]
    assert reason in found.reasons
    if reason.endswith("_missing"):
        assert found.value == "pass", "a warning, the letter stays"
    else:
        assert found.value == "weak"


@pytest.mark.parametrize(
    "text", ["年底前平均响应时间从5分钟缩短到3分钟", "年底前90%的投诉在24小时内解决"]
)
def test_a_stated_statistic_is_not_asked_for(text: str) -> None:
    assert "statistic_missing" not in check_sentence("x", text, SETTINGS).letters["M"].reasons


@pytest.mark.parametrize(
    ("text", "letter", "value", "reason"),
    [
        ("6月底左右满意度提高到85%", "T", "weak", "date_approximate"),
        ("Raise CSAT to 85% around June 2026", "T", "weak", "date_approximate"),
        ("年底前满意度约85%", "M", "weak", "number_fuzzy"),
        ("CSAT in the eighties by June 2026", "M", "weak", "number_fuzzy"),
        ("在春节前将满意度提高到85%", "T", "weak", "movable_feast"),
    ],
)
def test_what_is_only_about_right_is_weak(text: str, letter: str, value: str, reason: str) -> None:
    found = check_sentence("x", text, SETTINGS).letters[letter]
    assert (found.value, reason in found.reasons) == (value, True)


@pytest.mark.parametrize(
    "text",
    ["年底前预约成功率提高到90%", "Reduce complaints about billing from 9% to 5% by June 2026",
     "年底前不满意率从8%降到5%"],
)  # fmt: skip
def test_words_that_look_rough_and_are_none(text: str) -> None:
    found = check_sentence("x", text, SETTINGS).letters
    assert "number_fuzzy" not in found["M"].reasons
    assert "worded_as_problem" not in found["S"].reasons


def test_verb_against_numbers_fails_and_is_asked_first() -> None:
    found = check_sentence("x", "年底前客房合格率从95.9%提升到92%", SETTINGS)
    assert found.letters["M"].reasons == ("values_contradict_verb",)
    assert (found.baseline, found.target) == (95.9, 92)
    assert found.next_question == "ask_contradiction"


# --- refusals (section 4)


def sentences(**columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame({"sentence_id": ["a", "b"], "text": ["提升满意度", "NPS到40"], **columns},
                         dtype=object)  # fmt: skip
    frame.index = pd.Index(range(2, 2 + len(frame)))
    return frame


def inputs(
    goals: dict[str, Any] | None = None, settings: Settings | None = None, **tables: pd.DataFrame
) -> Inputs[Settings]:
    earlier = {"goals": goals} if goals else {}
    return Inputs(Tables(tables), settings or Settings(), Facts(reference_date=TODAY), earlier)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("满意度 ?? 提高", "smart.text_damaged"),
        ("提高满意度，" * 90, "smart.text_long"),
        ("在03/04/2026前把满意度提高到85%", "smart.day_month_ambiguous"),
    ],
)
def test_doubts_of_a_sentence_are_warned_of(text: str, code: str) -> None:
    frame = sentences(text=[text, "NPS到40"])
    found = {p.code: p for p in check(inputs(smart_sentences=frame, settings=Settings()))}
    assert code in found
    assert (found[code].level, found[code].row) == ("warn", 2)
    for lang in ("zh", "en"):
        assert found[code].say(lang)  # type: ignore[arg-type]


def test_a_rewrite_must_name_another_sentence() -> None:
    assert not check(inputs(smart_sentences=sentences(rewrite_of=[None, "a"])))
    for wrong in ("b", "zz"):
        (problem,) = check(inputs(smart_sentences=sentences(rewrite_of=[None, wrong])))
        assert (problem.code, problem.row, problem.column) == (
            "smart.rewrite_unknown", 3, "rewrite_of",
        )  # fmt: skip
    with pytest.raises(RefusedError):
        analyse(inputs(smart_sentences=sentences(rewrite_of=[None, "zz"])))


CARD: dict[str, Any] = {
    "goal_id": "G1", "parent_id": None, "metric_id": "csat", "kind": "share", "level": "team",
    "direction": "increase", "baseline": 0.75, "target": 0.8, "comparator": ">=", "unit": "%",
    "unit_written": "%", "start": "2026-01-15", "due": "2026-12-31", "owner": "王芳",
    "team": None, "customer_need": "N1", "strategy_theme": "growth", "statement": None,
    "review_every": "month", "bound_low": 0, "bound_high": 1,
}  # fmt: skip


def history(values: list[float]) -> dict[str, Any]:
    points = [
        {"day": str(day), "value": value, "period": f"{day:%Y-%m}"}
        for day, value in zip(MONTHS[-len(values) :], values, strict=True)
    ]
    return {"metric_id": "csat", "history": points}


def test_a_history_of_months_and_quarters_is_refused() -> None:
    def table(*periods: str) -> pd.DataFrame:
        rows = [
            {"metric_id": "csat", "period": p, "value": 0.7, "unit_name": None} for p in periods
        ]
        return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)

    assert not check(inputs(goals_history=table("2025-01", "2025-02")))
    (problem,) = check(inputs(goals_history=table("2025-01", "2025-Q1", "2025-Q2")))
    assert (problem.code, problem.level, problem.row) == ("smart.history_mixed", "error", 3)
    assert "2025-Q1" in problem.say("en")


def test_a_flat_history_is_warned_of_and_leaves_a_unknown() -> None:
    result = analyse(inputs({"cards": [CARD], "baselines": [history([0.75, 0.74] * 4)]}))
    assert result.goals[0].letters["A"].reasons == ("history_flat",)
    (problem,) = result.problems
    assert (problem.code, problem.level) == ("smart.history_flat", "warn")


def test_a_card_without_data_is_never_guessed() -> None:
    (goal,) = analyse(inputs({"cards": [CARD]})).goals
    assert goal.letters["A"].value == "unknown"


def test_r_is_unknown_where_no_card_names_a_need_or_theme() -> None:
    bare = CARD | {"customer_need": None, "strategy_theme": None}
    (goal,) = analyse(inputs({"cards": [bare]})).goals
    assert (goal.letters["R"].value, goal.letters["R"].reasons) == ("unknown", ("no_link_data",))
    goals = analyse(inputs({"cards": [bare, CARD | {"goal_id": "G2"}]})).goals
    assert [g.letters["R"].reasons for g in goals] == [("no_link",), ("strategy_and_need",)]


def test_counts_of_attention_are_vanity() -> None:
    parent = CARD | {"goal_id": "G0"}
    card = CARD | {"parent_id": "G0", "metric_id": "app_downloads"}
    drivers = pd.DataFrame({"parent_metric": ["csat"], "metric_id": ["fcr"], "kind": ["listed"]},
                           index=[2])  # fmt: skip
    result = analyse(inputs({"cards": [parent, card]}, smart_drivers=drivers))
    assert result.goals[1].letters["R"].reasons == ("not_a_driver", "vanity")


def test_with_a_plan_a_card_must_say_how_often_it_is_reviewed() -> None:
    card = CARD | {"review_every": None}
    actions = pd.DataFrame({"action_id": ["A1"]}, index=[2])
    (goal,) = analyse(inputs({"cards": [card]}, plan_actions=actions)).goals
    assert goal.letters["T"].reasons == ("review_missing",)
    (goal,) = analyse(inputs({"cards": [card]})).goals
    assert goal.letters["T"].value == "pass"


def load_table(**values: object) -> pd.DataFrame:
    return pd.DataFrame([queue(metric_id="sla_compliance", **values)], index=[2])


def test_staffing_reaches_the_card_and_the_conclusions() -> None:
    card = CARD | {"metric_id": "sla_compliance", "target": 0.9}
    result = analyse(inputs({"cards": [card]}, plan_load=load_table()))
    (goal,) = result.goals
    assert goal.letters["A"].reasons[0] == "capacity"
    assert goal.next_question == "ask_staff"
    found = {f.code: f for f in result.findings}
    assert found["promise_above_capacity"].about == ("G1",)
    assert found["promise_above_capacity"].weight == "headline"
    for lang in ("zh", "en"):
        page = section(result, lang)  # type: ignore[arg-type]
        assert "11 / 13" in page["promises"]._repr_html_()


def test_a_total_stands_only_where_it_was_asked_for() -> None:
    for wanted in (False, True):
        result = analyse(inputs({"cards": [CARD]}, Settings(show_total=wanted)))
        assert ("5 / 6" in section(result, "en")["letters"]._repr_html_()) is wanted


# --- conclusions


def judged(value: str, *reasons: str) -> Checked:
    base = check_sentence("G1", "2026年底前由王芳把满意度从75%提高到80%", SETTINGS)
    letters = {**base.letters, "A": replace(base.letters["A"], value=value, reasons=reasons)}
    return replace(base, origin="card", letters=letters)


def test_a_fail_for_want_of_peers_is_no_stretch() -> None:
    codes = {f.code for f in findings_of([judged("fail", "beyond_peers", "faster_than_ever")])}
    assert "move_date_or_step" in codes
    assert "stretch_with_plan" not in codes


def test_at_most_four_headlines() -> None:
    cards = [
        judged("fail", "capacity"), judged("fail", "too_fast"), judged("fail", "already_met"),
        judged("fail", "at_bound"),
    ]  # fmt: skip
    assert sum(f.weight == "headline" for f in findings_of(cards)) == 4


# --- as a whole


def test_a_full_result_survives_the_file() -> None:
    values = [0.70, 0.71, 0.73, 0.72, 0.74, 0.75, 0.75, 0.76]
    goals = {
        "cards": [CARD],
        "baselines": [history(values)],
        "benchmark": [{"metric_id": "csat", "p75": 0.8, "p90": 0.85, "peers": [{"value": 0.7}]}],
    }
    samples = pd.DataFrame({"metric_id": ["csat"], "n_before": [1200.0], "n_after": [1200.0],
                            "sd": [np.nan]}, index=[2])  # fmt: skip
    result = analyse(inputs(goals, smart_sentences=sentences(), smart_samples=samples))
    text = to_json(result)
    assert to_json(from_dict(SmartResult, json.loads(text))) == text
    assert result.goals[0].ready
    for lang in ("zh", "en"):
        assert section(result, lang)._repr_html_()  # type: ignore[arg-type]


@given(st.lists(st.floats(0.2, 0.8), min_size=5, max_size=12), st.floats(0.3, 0.95))
def test_no_history_makes_a_pass_of_a_goal_already_met(values: list[float], target: float) -> None:
    days = MONTHS[-len(values) :]
    record = Evidence("share", tuple(zip(days, values, strict=True)))
    text = f"年底前客户满意度达到{100 * target:.1f}%"
    (found,) = check_goals("x", text, SETTINGS, lambda _: record)
    start = sum(values[-3:]) / 3
    if round(100 * target, 1) <= 100 * start - 0.06 and len(set(values)) >= 3:
        assert found.letters["A"].reasons == ("already_met",)

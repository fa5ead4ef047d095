"""Letters: the text settles S, M, T, data settle A, links settle R."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.smart.achievable import Aim, Record, best_rates, judge_achievable
from playbook.chapters.smart.analysis import analyse, check
from playbook.chapters.smart.detectable import mean_detectable, share_detectable
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.links import letter_r
from playbook.chapters.smart.reading import ReadSettings
from playbook.chapters.smart.result import SmartResult
from playbook.chapters.smart.section import section
from playbook.chapters.smart.sentence import check_sentence
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.records import from_dict, to_json

TODAY = date(2026, 1, 15)
Vector = Callable[[str], dict[str, Any]]


def aim_of(case: dict[str, Any]) -> Aim:
    falling = case["direction"] == "decrease" or case.get("sense") == "decrease"
    bounds = case["bounds"]
    return Aim(
        case["target"], -1 if falling else 1, case["direction"] == "maintain", case["baseline"],
        date.fromisoformat(case["deadline"]), bounds[0 if falling else 1] if bounds else None,
    )  # fmt: skip


def test_letter_a_on_the_reference_cases(
    vector: Vector, assert_agrees: Callable[..., None]
) -> None:
    reference = vector("smart_achievable")
    for case, expected in zip(
        reference["inputs"]["cases"], reference["expected"]["cases"], strict=True
    ):
        peers = case["peers"] or {}
        record = Record(
            tuple(case["history"]), case["frequency"], peers.get("p75"), peers.get("p90")
        )
        found = judge_achievable(
            aim_of(case), record, date.fromisoformat(case["reference_date"]), Settings()
        )
        assert_agrees(found, expected, reference["tolerance"])


def test_letter_m_on_the_reference_samples(
    vector: Vector, assert_agrees: Callable[..., None]
) -> None:
    reference = vector("smart_detectable")
    given_ = reference["inputs"]["baseline_target_n_before_n_after"]
    for values, expected in zip(given_, reference["expected"]["cases"], strict=True):
        assert_agrees(share_detectable(*values), expected, reference["tolerance"])


def test_means_are_judged_by_their_standard_deviation() -> None:
    # by hand: SE = 1 * sqrt(1/100 + 1/100) = .1414; 1.96 SE = .2772
    found = mean_detectable(4.0, 4.3, 1.0, 100, 100)
    assert found.se == pytest.approx(0.141421, abs=1e-6)
    assert found.verdict == "weak"
    assert mean_detectable(4.0, 4.2, 1.0, 100, 100).verdict == "fail"


@pytest.mark.parametrize(
    ("history", "target", "reason"),
    [
        ((90.0, 91, 92, 93, 94), 100.0, "at_bound"),
        ((91.0, 92, 93, 94, 95), 94.0, "already_met"),
        ((91.0, 92, 93), 96.0, "too_few_points"),
        ((91.0,) * 8, 96.0, "history_flat"),
    ],
)
def test_letter_a_fails_on_both_sides_and_never_guesses(
    history: tuple[float, ...], target: float, reason: str
) -> None:
    aim = Aim(target, 1, deadline=date(2026, 12, 31), bound=100)
    assert judge_achievable(aim, Record(history, "month"), TODAY, Settings()).reasons == (reason,)


def test_no_deadline_leaves_letter_a_unknown() -> None:
    found = judge_achievable(Aim(90, 1), Record((1, 2, 3, 4, 5), "month"), TODAY, Settings())
    assert (found.verdict, found.reasons) == ("unknown", ("no_deadline",))


def test_the_advice_is_what_the_best_rate_reaches() -> None:
    record = Record((70, 71, 72, 73, 74), "month")
    found = judge_achievable(Aim(86, 1, deadline=date(2026, 7, 16)), record, TODAY, Settings())
    assert found.verdict == "fail"
    assert found.best == 1
    assert found.baseline == 73  # the mean of the last three
    assert found.advice_target == pytest.approx(73 + found.horizon_periods)  # type: ignore[operator]
    assert found.advice_date is not None
    assert (found.advice_date - TODAY).days == round(13 * 30.4375)


@given(
    st.lists(st.floats(0, 100).map(lambda x: round(x, 2)), min_size=5, max_size=20),
    st.floats(1, 99).map(lambda x: round(x, 2)),
)
def test_a_falling_goal_is_the_mirror_of_a_rising_one(history: list[float], target: float) -> None:
    due = date(2026, 12, 31)
    up = judge_achievable(
        Aim(target, 1, deadline=due), Record(tuple(history), "month"), TODAY, Settings()
    )
    down = judge_achievable(
        Aim(-target, -1, deadline=due),
        Record(tuple(-v for v in history), "month"),
        TODAY,
        Settings(),
    )
    assert (up.verdict, up.reasons, up.window) == (down.verdict, down.reasons, down.window)
    assert up.required == pytest.approx(down.required) if up.required else down.required is None


@given(st.lists(st.floats(-50, 50), min_size=4, max_size=15), st.integers(1, 3))
def test_best_rates_by_brute_force(values: list[float], window: int) -> None:
    brute = [(values[i + window] - values[i]) / window for i in range(len(values) - window)]
    assert best_rates(values, window, 1) == sorted(brute, reverse=True)


# --- sentences

SETTINGS = ReadSettings(TODAY)


def letters(text: str) -> dict[str, str]:
    checked = check_sentence("x", text, SETTINGS)
    return {k: v.value for k, v in checked.letters.items()} | {"owner": checked.owner.value}


def test_letters_of_the_labelled_sentences(vector: Vector) -> None:
    reference = vector("smart_bench20")
    wrong = [
        (goal["id"], letter, found[letter], wanted)
        for goal in reference["goals"]
        for found in [letters(goal["text"])]
        for letter, wanted in goal["smart"].items()
        if found[letter] != wanted
    ]
    assert len(wrong) <= 5, wrong  # of 100 letters
    assert not [w for w in wrong if w[1] in "AR"], "A and R may never be guessed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提升客户满意度", {"S": "weak", "M": "fail", "T": "fail", "owner": "fail"}),
        ("上线新的投诉工单系统", {"S": "pass", "M": "weak", "T": "fail"}),
        ("Improve the guest experience", {"S": "fail", "M": "fail"}),
        ("打造一流服务", {"M": "fail", "T": "fail"}),
        ("尽快把平均等待时间从8分钟降到5分钟", {"M": "pass", "T": "fail"}),
        ("投诉24小时内解决率达到95%", {"T": "fail"}),
        (
            "2026年6月30日前,由王芳负责将投诉率从3%降到2%",
            {"M": "pass", "T": "pass", "owner": "pass"},
        ),
        ("客服部在2026年底前将满意度提高到90%", {"T": "pass"}),
        ("NPS up by 10% by end of 2026", {"M": "weak"}),
        ("By June 2025, raise CSAT to 90%", {"M": "pass"}),
    ],
)
def test_letters_of_teaching_sentences(text: str, expected: dict[str, str]) -> None:
    found = letters(text)
    assert {k: found[k] for k in expected} == expected


def test_a_and_r_of_a_bare_sentence_are_unknown() -> None:
    found = letters("3个月内客户满意度达到85%以上")
    assert (found["A"], found["R"]) == ("unknown", "unknown")


@given(st.text(max_size=80))
def test_no_text_is_ready_or_crashes(text: str) -> None:
    checked = check_sentence("x", text, SETTINGS)
    assert not checked.ready
    assert checked.next_question is not None
    assert all(0 <= s.start <= s.end <= len(text) for s in checked.spans)


# --- links


CARD = {"metric_id": "fcr", "direction": "increase", "customer_need": None, "strategy_theme": None}
PARENT = {"metric_id": "complaint_rate", "direction": "decrease"}


def driver(**values: object) -> dict[str, Any]:
    empty = {"r": None, "r_low": None, "r_high": None, "n": None, "rank": None}
    return {"parent_metric": "complaint_rate", "metric_id": "fcr", **empty, **values}


@pytest.mark.parametrize(
    ("row", "value", "reason"),
    [
        (driver(kind="formula"), "pass", "formula_child"),
        (driver(kind="listed", rank=2), "pass", "listed_driver"),
        (driver(kind="listed", rank=9), "weak", "minor_driver"),
        (
            driver(kind="estimated", r=-0.5, r_low=-0.7, r_high=-0.2, n=40),
            "pass",
            "estimated_driver",
        ),
        (driver(kind="estimated", r=0.5, r_low=0.2, r_high=0.7, n=40), "fail", "sign_opposite"),
        (driver(kind="estimated", r=-0.5, r_low=-0.9, r_high=0.1, n=40), "weak", "evidence_thin"),
        (driver(kind="estimated", r=-0.5, r_low=-0.7, r_high=-0.2, n=8), "weak", "evidence_thin"),
    ],
)
def test_letter_r_by_the_driver(row: dict[str, Any], value: str, reason: str) -> None:
    found = letter_r(CARD, PARENT, [row], Settings())
    assert (found.value, found.reasons) == (value, (reason,))


def test_letter_r_without_a_driver_or_a_link() -> None:
    other = driver(kind="listed") | {"metric_id": "aht"}
    assert letter_r(CARD, PARENT, [other], Settings()).reasons == ("not_a_driver",)
    assert letter_r(CARD, PARENT, [], Settings()).value == "weak"
    assert letter_r(CARD, None, [], Settings()).reasons == ("no_link",)


# --- the chapter


def sentences(**columns: list[object]) -> pd.DataFrame:
    base = {"sentence_id": ["a", "b"], "text": ["提升客户满意度", "半年内NPS提升10点"]}
    frame = pd.DataFrame({**base, **columns}, dtype=object)
    frame.index = pd.Index(range(2, 2 + len(frame)))
    return frame


def inputs(settings: Settings | None = None, **tables: pd.DataFrame) -> Inputs[Settings]:
    return Inputs(Tables(tables), settings or Settings(), Facts(reference_date=TODAY))


def test_a_case_of_sentences_alone_is_checked_and_survives_the_file() -> None:
    result = analyse(inputs(smart_sentences=sentences()))
    text = to_json(result)
    assert to_json(from_dict(SmartResult, json.loads(text))) == text
    for lang in ("zh", "en"):
        page = section(result, lang)
        assert "提升客户满意度" in page["sentences"]._repr_html_()


def test_the_reference_date_of_a_sentence_goes_before_the_cases() -> None:
    frame = sentences(reference_date=[None, date(2030, 1, 1)])
    result = analyse(inputs(smart_sentences=frame))
    assert result.goals[1].deadline == date(2030, 7, 1)


CARD_OF_A_CASE = {
    "goal_id": "G1", "parent_id": None, "metric_id": "csat", "kind": "share", "level": "team",
    "direction": "increase", "baseline": 0.75, "target": 0.8, "comparator": ">=", "unit": "%",
    "unit_written": "%", "start": "2026-01-01", "due": "2026-02-15", "owner": "王芳",
    "team": None, "customer_need": None, "strategy_theme": None, "statement": None,
    "review_every": "month", "bound_low": 0, "bound_high": 1,
}  # fmt: skip


def test_a_card_too_short_to_measure_is_asked_for_another_date_not_for_a_date() -> None:
    given_ = Inputs(Tables({}), Settings(), Facts(TODAY), {"goals": {"cards": [CARD_OF_A_CASE]}})
    result = analyse(given_)
    (goal,) = result.goals
    assert goal.letters["T"].reasons == ("too_short_to_measure",)
    assert goal.next_question == "ask_horizon"
    assert result.findings[0].code == "none_ready"


def test_faults_are_located() -> None:
    samples = pd.DataFrame(
        {"metric_id": ["cast"], "n_before": [100.0], "n_after": [np.nan]}, index=[2]
    )
    (problem,) = check(inputs(smart_samples=samples))
    assert (problem.code, problem.row, problem.column) == ("smart.metric_unknown", 2, "metric_id")
    assert "csat" in problem.say("en")
    (warned,) = check(inputs(smart_sentences=sentences(text=["客户??度", "x"])))
    assert (warned.code, warned.level, warned.row) == ("smart.text_damaged", "warn", 2)
    with pytest.raises(RefusedError, match="12-31"):
        analyse(inputs(Settings(fiscal_year_end="31-12")))

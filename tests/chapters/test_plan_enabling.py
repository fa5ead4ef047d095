"""Training, points, procedures and articles: reference numbers, by hand and by property."""

import json
from dataclasses import asdict
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.plan.enabling.analysis import analyse, check
from playbook.chapters.plan.enabling.model import Enabling
from playbook.chapters.plan.enabling.points import CaseLoad, observed_expected, team_rates
from playbook.chapters.plan.enabling.steps import checks_needed
from playbook.chapters.plan.enabling.training import (
    bonett_price,
    mcnemar_p,
    paired_mastery,
    unpaired_mastery,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import Problem
from playbook.core.records import from_dict, to_json

TODAY = date(2026, 7, 1)


def inputs(settings: Settings | None = None, **tables: list[dict[str, object]]) -> Inputs[Settings]:
    frames = {}
    for name, rows in tables.items():
        frame = pd.DataFrame(rows)
        frame.index = pd.RangeIndex(2, 2 + len(frame))
        frames[name] = frame
    return Inputs(Tables(frames), settings or Settings(time_draws=20_000), Facts(TODAY))


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.removeprefix("plan.") for problem in problems]


def test_points_agree_with_the_reference(vector, assert_agrees) -> None:
    case = vector("plan_case_mix")
    loads = [
        CaseLoad(person, kind, x, n)
        for person, kinds in case["inputs"]["people"].items()
        for kind, (x, n) in kinds.items()
    ]
    settings = Settings(min_cases=case["inputs"]["min_cases"])
    found = observed_expected(loads, team_rates(loads), lambda load: load.person, settings)
    expected = [
        {("name" if key == "person" else key): value for key, value in one.items()}
        for one in case["expected"]["people"]
    ]
    assert_agrees([asdict(one) for one in found], expected, case["tolerance"])


def test_mastery_agrees_with_the_reference(vector) -> None:
    case = vector("plan_training_effect")
    given_, want = case["inputs"], case["expected"]
    stay = given_["mastered_before"] - given_["lost"]
    never = given_["n_paired"] - stay - given_["gained"] - given_["lost"]
    both = (
        [(False, True)] * given_["gained"]
        + [(True, False)] * given_["lost"]
        + [(True, True)] * stay
        + [(False, False)] * never
    )
    paired = paired_mastery("topic", both)
    two = unpaired_mastery(
        "topic", given_["mastered_before"], given_["n_before"],
        given_["mastered_after"], given_["n_after"],
    )  # fmt: skip
    close = pytest.approx
    assert (paired.diff, paired.low, paired.high) == close(
        (want["paired_diff"], want["paired_low"], want["paired_high"]), abs=case["tolerance"]
    )
    assert paired.mcnemar_p == close(want["mcnemar_p"], abs=case["tolerance"])
    assert (two.diff, two.low, two.high) == close(
        (want["unpaired_diff"], want["unpaired_low"], want["unpaired_high"]), abs=case["tolerance"]
    )


def test_the_checks_needed_for_ten_points_either_way() -> None:
    assert checks_needed(0.10) == 97
    assert checks_needed(0.05) == 385


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_does_not_care_which_side_gains(gained: int, lost: int) -> None:
    assert mcnemar_p(gained, lost) == mcnemar_p(lost, gained)
    assert 0 < mcnemar_p(gained, lost) <= 1


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_the_paired_interval_turns_with_its_sides(gained: int, lost: int, stay: int) -> None:
    n = gained + lost + stay + 1
    low, high = bonett_price(gained, lost, n)
    assert bonett_price(lost, gained, n) == pytest.approx((-high, -low))
    assert -1 <= low <= high <= 1


LOADS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y"]), st.integers(1, 60)),
    min_size=2, max_size=12, unique_by=lambda one: one[:2],
)  # fmt: skip


@given(LOADS, st.data())
def test_a_team_as_a_whole_is_as_expected_and_splitting_a_type_changes_nothing(
    rows: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    loads = [CaseLoad(p, t, data.draw(st.integers(0, n)), n) for p, t, n in rows]
    rates, settings = team_rates(loads), Settings(min_cases=1)
    found = observed_expected(loads, rates, lambda load: load.person, settings)
    assert sum(one.expected for one in found) == pytest.approx(sum(x.complaints for x in loads))
    halves = [
        CaseLoad(load.person, load.case_type + half, load.complaints, load.cases)
        for load in loads
        for half in "12"
    ]
    doubled = observed_expected(halves, team_rates(halves), lambda load: load.person, settings)
    for one, two in zip(found, doubled, strict=True):
        assert two.expected == pytest.approx(2 * one.expected)


def training_rows() -> list[dict[str, object]]:
    return [
        {"person": f"p{i}", "topic": "emotion", "required": True,
         "done_on": None if i == 0 else date(2026, 3, 1) if i < 4 else date(2025, 3, 1),
         "score_before": 40.0 if i % 2 else 70.0, "score_after": 80.0, "pass_mark": 60.0}
        for i in range(6)
    ]  # fmt: skip


def test_a_course_held_too_long_ago_no_longer_counts() -> None:
    found = analyse(inputs(plan_training=training_rows()))
    assert found is not None
    assert found.training is not None
    assert [cell.state for cell in found.training.cells] == ["missing"] + ["done"] * 3 + [
        "expired"
    ] * 2
    assert (found.training.coverage.x, found.training.coverage.n) == (3, 6)
    assert "train_before_start" in {finding.code for finding in found.findings}


def test_the_result_survives_its_own_json() -> None:
    found = analyse(
        inputs(
            plan_training=training_rows(),
            plan_sop=[
                {"step": "s1", "role": "r", "target_minutes": 30.0, "check_question": "q",
                 "p50_minutes": 10.0, "p95_minutes": 40.0, "checked": 20, "passed": 18},
            ],
        )
    )  # fmt: skip
    text = to_json(found)
    assert to_json(from_dict(Enabling, json.loads(text))) == text


def test_faults_are_told_by_place() -> None:
    rows = training_rows()
    rows[0]["pass_mark"] = None
    rows[1]["done_on"] = date(2027, 1, 1)
    sop = [{"step": "s", "role": "r", "target_minutes": -5.0, "check_question": "q",
            "p50_minutes": 50.0, "p95_minutes": 40.0, "checked": 3, "passed": 5}]  # fmt: skip
    points = [{"person": "p", "case_type": "t", "cases": 3, "complaints": 5}]
    found = check(inputs(plan_training=rows, plan_sop=sop, plan_points=points))
    assert codes(found) == [
        "pass_mark_missing", "scored_without_course", "done_in_future", "part_above_whole",
        "target_not_positive", "percentiles_disordered", "part_above_whole",
    ]  # fmt: skip
    assert [p.row for p in found[:3]] == [2, 2, 3]


def point_rows(**more: object) -> list[dict[str, object]]:
    rows = [
        {"person": f"p{i}", "case_type": "t", "cases": 200, "complaints": 20, "invited": 100,
         "claimed": 50, "verified": 48, "at_mark": 10, "below_mark": 9}
        for i in range(5)
    ]  # fmt: skip
    rows[0] |= more
    return rows


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("claimed", {"claimed": 90, "verified": 60}),
        ("invited", {"invited": 30}),
        ("pile_up", {"at_mark": 40, "below_mark": 5}),
        ("reopened", {"solved_before": 0.7, "solved_after": 0.9, "reopened_before": 0.05,
                      "reopened_after": 0.2}),
    ],
)  # fmt: skip
def test_each_kind_of_gaming_is_seen_and_nothing_else(kind: str, more: dict[str, object]) -> None:
    clean = analyse(inputs(plan_points=point_rows()))
    found = analyse(inputs(plan_points=point_rows(**more)))
    assert clean is not None
    assert found is not None
    assert clean.points is not None
    assert found.points is not None
    assert clean.points.signals == ()
    assert [(s.person, s.kind) for s in found.points.signals] == [("p0", kind)]


def test_nobody_is_judged_on_few_cases() -> None:
    rows = [{"person": "new", "case_type": "t", "cases": 29, "complaints": 29},
            {"person": "old", "case_type": "t", "cases": 900, "complaints": 90}]  # fmt: skip
    found = analyse(inputs(plan_points=rows))
    assert found is not None
    assert found.points is not None
    by_name = {one.name: one for one in found.points.people}
    assert by_name["new"].state == "not_judged"
    assert by_name["new"].low is not None
    assert by_name["new"].low > 1

"""Points: the mix of cases, small numbers, signals of a fed measure; by hand and by property."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from playbook.chapters.plan.enabling.analysis import analyse, check
from playbook.chapters.plan.enabling.model import Enabling, Points
from playbook.chapters.plan.enabling.points import (
    CaseLoad,
    control_limits,
    dispersion,
    observed_expected,
    team_rates,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import Problem

TODAY = date(2026, 7, 1)
Row = dict[str, object]


def inputs(rows: list[Row], settings: Settings | None = None) -> Inputs[Settings]:
    frame = pd.DataFrame(rows)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return Inputs(Tables({"plan_points": frame}), settings or Settings(), Facts(TODAY))


def found(rows: list[Row], settings: Settings | None = None) -> tuple[Enabling, Points]:
    result = analyse(inputs(rows, settings))
    assert result is not None
    assert result.points is not None
    return result, result.points


def codes(result: Enabling) -> dict[str, str]:
    return {finding.code: finding.certainty for finding in result.findings}


def people(**of_first: object) -> list[Row]:
    """Five people of 200 cases each, four of them alike."""
    rows: list[Row] = [
        {"person": f"p{i}", "case_type": "t", "cases": 200, "complaints": 20, "invited": 100,
         "claimed": 50, "verified": 48, "at_mark": 30, "below_mark": 20}
        for i in range(5)
    ]  # fmt: skip
    rows[0] |= of_first
    return rows


def test_a_hard_type_of_case_is_no_fault_of_the_one_who_handles_it() -> None:
    """By hand: rates 10/400 = .025 easy, 40/200 = .2 hard; ann expects .025*100 + .2*150 = 32.5."""
    rows: list[Row] = [
        {"person": "ann", "group": "north", "case_type": "hard", "cases": 150, "complaints": 30},
        {"person": "ann", "group": "north", "case_type": "easy", "cases": 100, "complaints": 2},
        {"person": "ben", "group": "south", "case_type": "hard", "cases": 50, "complaints": 10},
        {"person": "ben", "group": "south", "case_type": "easy", "cases": 300, "complaints": 8},
    ]
    result, points = found(rows)
    ann, ben = points.people
    assert (ann.expected, ben.expected) == pytest.approx((32.5, 17.5))
    assert ann.ratio == pytest.approx(32 / 32.5)
    assert ann.raw == pytest.approx(32 / 250)
    assert codes(result)["raw_rate_misleads"] == "undecided"
    assert {one.state for one in points.groups} == {"as_expected"}


def test_groups_stand_by_ratio_and_people_by_id() -> None:
    rows: list[Row] = [
        {"person": p, "group": g, "case_type": "t", "cases": 300, "complaints": x}
        for p, g, x in (("c", "worst", 40), ("a", "best", 10), ("b", "middle", 25))
    ]
    _, points = found(rows)
    assert [one.name for one in points.people] == ["a", "b", "c"]
    assert [one.name for one in points.groups] == ["best", "middle", "worst"]


def test_a_group_that_is_truly_worse_is_said_to_be_and_one_that_is_better_too() -> None:
    rows: list[Row] = [
        {"person": f"p{i}", "group": f"g{i}", "case_type": "t", "cases": 1000, "complaints": x}
        for i, x in enumerate((60, 60, 60, 110, 25))
    ]
    result, _ = found(rows)
    by_code = {finding.code: finding for finding in result.findings}
    assert by_code["points_watch"].about == ("g3",)
    assert by_code["points_better"].about == ("g4",)
    assert by_code["points_watch"].certainty == "proven"
    assert by_code["points_differ"].certainty == "proven"


def test_people_who_do_not_differ_beyond_chance_are_not_to_be_rewarded_by_rank() -> None:
    rows: list[Row] = [
        {"person": f"p{i}", "case_type": "t", "cases": 100, "complaints": x}
        for i, x in enumerate((8, 10, 12, 9, 11))
    ]
    result, points = found(rows)
    # by hand: E = 10 each, (4 + 0 + 4 + 1 + 1) / 10 = 1.0 on 4 degrees of freedom
    assert points.dispersion == pytest.approx(0.25)
    assert points.spread_p == pytest.approx(chi2.sf(1.0, 4))
    assert codes(result)["points_like_luck"] == "undecided"


def test_a_handful_of_cases_is_no_ground_for_a_bonus() -> None:
    rows: list[Row] = [
        {"person": "lucky", "case_type": "t", "cases": 29, "complaints": 0},
        {"person": "unlucky", "case_type": "t", "cases": 12, "complaints": 9},
        {"person": "old", "case_type": "t", "cases": 3000, "complaints": 300},
    ]
    result, points = found(rows)
    states = {one.name: one.state for one in points.people}
    assert states == {"lucky": "not_judged", "unlucky": "not_judged", "old": "as_expected"}
    few = next(f for f in result.findings if f.code == "points_small_n")
    assert (few.values["few"], few.values["people"]) == (2, 3)
    assert points.judged == 1
    assert points.dispersion is None


def test_thirty_cases_are_enough_and_chance_is_counted_on_each_side() -> None:
    rows: list[Row] = [
        {"person": f"p{i}", "case_type": "t", "cases": 30, "complaints": 3} for i in range(40)
    ]
    _, points = found(rows)
    assert points.judged == 40
    assert points.outside_by_chance == pytest.approx(1.0)  # 40 x 2.5 %


def test_shares_invited_are_not_tested_where_counts_are_too_thin() -> None:
    """Three invited of 400: under five are expected of each, so chi-square does not hold."""
    rows: list[Row] = [
        {"person": f"p{i}", "case_type": "t", "cases": 200, "complaints": 2, "invited": x}
        for i, x in enumerate((3, 0))
    ]
    _, points = found(rows)
    assert points.tests == 0


def test_nobody_is_suspected_on_few_cases() -> None:
    rows = people(cases=12, complaints=1, invited=0, claimed=9, verified=1, at_mark=9,
                  below_mark=0, solved_before=0.1, solved_after=0.9, reopened_before=0.0,
                  reopened_after=0.6)  # fmt: skip
    _, points = found(rows)
    assert points.signals == ()


def test_content_guests_are_no_pile_up_where_everybody_has_them() -> None:
    """Three answers in four at the mark: far from one half, and like everybody else."""
    rows = [row | {"at_mark": 75, "below_mark": 25} for row in people()]
    _, points = found(rows)
    assert points.signals == ()
    rows[0] |= {"at_mark": 96, "below_mark": 4}
    _, points = found(rows)
    assert [(s.person, s.kind) for s in points.signals] == [("p0", "pile_up")]
    assert points.signals[0].against == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("after", "reopened", "fired"),
    [(0.80, 0.07, False), (0.95, 0.07, False), (0.80, 0.20, False), (0.95, 0.20, True)],
)
def test_solved_and_reopened_must_both_rise_by_more_than_chance(
    after: float, reopened: float, fired: bool
) -> None:
    rows = people(solved_before=0.78, solved_after=after, reopened_before=0.06,
                  reopened_after=reopened)  # fmt: skip
    _, points = found(rows)
    assert bool(points.signals) is fired


def test_false_alarms_are_counted_before_anybody_is_blamed() -> None:
    result, points = found(people(claimed=90, verified=60))
    assert points.tests == 10  # five people, two tests with a p-value each
    assert points.by_chance == pytest.approx(0.1)
    signal = next(f for f in result.findings if f.code == "review_incentive")
    assert signal.certainty == "likely"
    assert signal.about == ()  # nobody is named in a sentence
    assert signal.weight == "headline"


@given(st.integers(1, 400), st.integers(0, 800))
def test_the_funnel_says_what_the_interval_says(e: int, x: int) -> None:
    low, high = control_limits([float(e)])[0]
    lower = chi2.ppf(0.025, 2 * x) / 2 / e if x else 0.0
    upper = chi2.ppf(0.975, 2 * x + 2) / 2 / e
    if abs(lower - 1) > 1e-9:
        assert (lower > 1) == (x / e > high)
    if low is not None and abs(upper - 1) > 1e-9:
        assert (upper < 1) == (x / e < low)
    if low is None:
        assert upper >= 1


LOADS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y"]), st.integers(30, 90)),
    min_size=2, max_size=8, unique_by=lambda one: one[:2],
)  # fmt: skip


@given(LOADS, st.data(), st.integers(2, 5))
def test_more_of_the_same_keeps_the_ratio_and_narrows_the_interval(
    rows: list[tuple[str, str, int]], data: st.DataObject, times: int
) -> None:
    loads = [CaseLoad(p, t, data.draw(st.integers(1, n)), n) for p, t, n in rows]
    more = [CaseLoad(one.person, one.case_type, one.complaints * times, one.cases * times)
            for one in loads]  # fmt: skip
    before, after = (
        observed_expected(held, team_rates(held), lambda load: load.person, Settings())
        for held in (loads, more)
    )
    for one, two in zip(before, after, strict=True):
        assert two.ratio == pytest.approx(one.ratio)
        assert None not in (one.low, one.high, two.low, two.high)
        assert two.high - two.low < one.high - one.low  # type: ignore[operator]


@given(LOADS, st.data())
def test_the_order_of_rows_changes_nothing(
    rows: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    table: list[Row] = [
        {"person": p, "case_type": t, "cases": n, "complaints": data.draw(st.integers(0, n)),
         "group": p.upper()}
        for p, t, n in rows
    ]  # fmt: skip
    _, one = found(table)
    _, two = found(table[::-1])
    assert [(a.name, a.observed, a.state) for a in one.people] == [
        (a.name, a.observed, a.state) for a in two.people
    ]
    assert [a.expected for a in one.people] == pytest.approx([a.expected for a in two.people])


def test_no_complaints_at_all_is_no_division_by_nought() -> None:
    rows: list[Row] = [{"person": "a", "case_type": "t", "cases": 90, "complaints": 0}]
    result, points = found(rows)
    assert points.people[0].ratio is None
    assert points.people[0].state == "not_judged"
    assert dispersion(points.people) == (None, None)
    assert "review_incentive" not in codes(result)


def told(rows: list[Row], settings: Settings | None = None) -> list[tuple[str, str, int | None]]:
    problems: list[Problem] = check(inputs(rows, settings))
    return [(p.code.removeprefix("plan."), p.level, p.row) for p in problems]


def test_bad_tables_are_told_by_place() -> None:
    rows = people(complaints=300)
    rows[1] |= {"invited": 250}
    rows[2] |= {"complaints": None}
    rows[3] |= {"answered": 20, "at_mark": 30}
    assert told(rows) == [
        ("part_above_whole", "error", 2), ("part_above_whole", "error", 3),
        ("complaints_missing", "warn", 4), ("part_above_whole", "error", 5),
    ]  # fmt: skip


def test_one_person_belongs_to_one_group() -> None:
    rows: list[Row] = [
        {"person": "a", "case_type": "x", "cases": 50, "complaints": 3, "group": "north"},
        {"person": "a", "case_type": "y", "cases": 50, "complaints": 3, "group": "south"},
    ]
    assert told(rows) == [("person_in_two_groups", "error", 3)]


def test_points_without_a_least_number_are_pointed_out() -> None:
    assert ("min_cases_missing", "warn", None) in told(people(), Settings(min_cases=0))
    empty: list[Row] = [{"person": "a", "case_type": "t", "cases": 0, "complaints": 0,
                         "invited": 0, "at_mark": 0, "below_mark": 0}]  # fmt: skip
    _, points = found(empty, Settings(min_cases=0))
    assert points.signals == ()


def test_a_limit_for_p_that_cannot_be_is_refused() -> None:
    assert told(people(), Settings(gaming_p=0.9)) == [("gaming_p_range", "error", None)]


@pytest.mark.slow
def test_three_hundred_people_by_ten_types_take_seconds() -> None:
    rows: list[Row] = [
        {"person": f"p{i:03}", "group": f"g{i % 20}", "case_type": f"t{k}", "cases": 40 + k,
         "complaints": (i * 7 + k) % 6, "invited": 20, "answered": 12, "claimed": 9,
         "verified": 9, "at_mark": 5, "below_mark": 4}
        for i in range(300)
        for k in range(10)
    ]  # fmt: skip
    _, points = found(rows)
    assert len(points.people) == 300
    assert points.tests == 600

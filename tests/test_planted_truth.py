"""The analyses find what was planted in the hotel case, each with the certainty it deserves."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from playbook.case import Case, load_case
from playbook.chapters import chapter
from playbook.core.records import to_dict
from playbook.teach.hotel.truth import (
    TRUTH,
    DimensionTruth,
    FeatureTruth,
    GoalTruth,
    NeedTruth,
)

CASE = Path(__file__).parents[1] / "data" / "hotel"


@cache
def case() -> Case:
    return load_case(CASE)


@cache
def found(name: str) -> Any:
    """The result of a chapter, with the results of those it reads."""
    one = chapter(name)
    earlier = {other: to_dict(found(other)) for other in one.after}
    return one.module("analysis").analyse(case().inputs(name, earlier))


def test_the_case_has_no_error() -> None:
    assert [p for p in case().check() if p.level == "error"] == []


# --- kano


@pytest.mark.parametrize("truth", TRUTH.features, ids=lambda f: f.feature)
def test_category_of_a_feature(truth: FeatureTruth) -> None:
    result = next(f for f in found("kano").features if f.feature == truth.feature)
    if truth.feature == TRUTH.segment_feature:
        assert result.conclusion == "segments_differ"
    elif truth.settled:
        assert (result.category, result.certainty) == (truth.category, "proven")
    else:
        assert result.conclusion == "between_two"
        assert truth.category in result.top_two
        assert result.certainty == "undecided"


@pytest.mark.parametrize("truth", TRUTH.features, ids=lambda f: f.feature)
def test_true_better_lies_in_its_interval(truth: FeatureTruth) -> None:
    result = next(f for f in found("kano").features if f.feature == truth.feature)
    part = 0.45 if truth.business else 0.0
    m, o, a, i = (
        part * b + (1 - part) * g
        for g, b in zip(truth.shares[:4], (truth.business or truth.shares)[:4], strict=True)
    )
    low, high = result.better_ci
    assert low - 0.03 < (a + o) / (a + o + m + i) < high + 0.03


def test_straight_liners_of_kano_are_named() -> None:
    assert tuple(found("kano").straight_liners) == TRUTH.kano_straight_liners


# --- servqual


@pytest.mark.parametrize("truth", TRUTH.dimensions, ids=lambda d: d.dimension)
def test_gap_and_reliability_of_a_dimension(truth: DimensionTruth) -> None:
    result = found("servqual").dimensions[truth.dimension]
    assert result.gap_points == pytest.approx(truth.gap_points, abs=0.15)
    assert result.reliability["P"].verdict == truth.alpha


def test_the_largest_gap_is_proven() -> None:
    dimensions = found("servqual").dimensions
    assert dimensions[TRUTH.largest_gap].p_largest_gap >= 0.95


def test_the_first_driver_is_named() -> None:
    assert found("servqual").drivers.p_rank_1[TRUTH.top_driver] >= 0.8


def test_what_punishes_and_what_rewards() -> None:
    kinds = {name: a.asymmetry for name, a in found("servqual").prca.attributes.items()}
    assert kinds[TRUTH.penalised] == "dissatisfier"
    assert kinds[TRUTH.rewarded] == "satisfier"


def test_the_weak_item_is_named() -> None:
    flags = {
        flag
        for dimension in found("servqual").dimensions.values()
        for flag in dimension.reliability["P"].flags
    }
    assert {flag for flag in flags if flag.startswith("item_weak")} == {
        f"item_weak:{TRUTH.weak_item}"
    }


def test_faulty_rows_of_servqual_are_found() -> None:
    quality = found("servqual").quality
    assert quality.straight_liners == len(TRUTH.servqual_straight_liners)
    assert quality.never_used_cells > 0
    assert quality.points_rows_refused == TRUTH.bad_points


# --- goals


@pytest.mark.parametrize("truth", TRUTH.needs, ids=lambda n: n.need)
def test_trend_of_a_need(truth: NeedTruth) -> None:
    result = next(n for n in found("goals").needs.items if n.need == truth.need)
    assert result.trend == truth.trend


def test_the_channel_mix_did_not_change() -> None:
    assert not found("goals").channel_mix.changed


def test_position_among_peers() -> None:
    codes = {(f.code, f.about[0], f.certainty) for f in found("goals").findings if f.about}
    for metric in TRUTH.behind_peers:
        assert ("behind_peers", metric, "proven") in codes
    for metric in TRUTH.ahead_of_peers:
        assert ("ahead_of_peers", metric, "proven") in codes
    assert ("peer_position_open", "csat", "undecided") in codes


# --- smart


@pytest.mark.parametrize("truth", TRUTH.goals, ids=lambda g: g.goal_id)
def test_letter_a_of_a_goal(truth: GoalTruth) -> None:
    result = next(g for g in found("smart").goals if g.goal_id == truth.goal_id)
    assert result.letters["A"].value == truth.letter_a


def test_the_slogan_fails_and_the_good_sentence_does_not() -> None:
    read = {g.text: g for g in found("smart").goals if g.origin == "sentence"}
    assert read["提升客户满意度"].letters["M"].value == "fail"
    assert read["提升客户满意度"].letters["T"].value == "fail"
    good = read["3个月内客户满意度达到85%以上"]
    assert {good.letters[letter].value for letter in "SMT"} == {"pass"}
    promise = read["投诉2小时内确认，24小时内解决"]
    assert promise.letters["T"].value == "fail"


# --- tree


def test_the_bottleneck_is_found() -> None:
    (budget,) = found("tree").time_budgets
    assert budget.bottleneck.stage == TRUTH.bottleneck


def test_the_tree_adds_up_but_the_time_promise_does_not_hold() -> None:
    errors = {check.code for check in found("tree").checks if check.level == "error"}
    assert errors == {"time_over_limit"}


# --- pilot


def test_the_verdict_of_the_pilot() -> None:
    decision = found("pilot").decision
    assert decision.verdict == TRUTH.pilot.verdict
    assert decision.prob_gt_zero > 0.95
    assert not decision.proved_margin


def test_the_true_lift_lies_in_the_interval() -> None:
    primary = found("pilot").primary
    assert primary.ci_low < TRUTH.pilot.lift < primary.ci_high
    assert primary.estimate > TRUTH.pilot.margin


def test_guardrails_and_gates_of_the_pilot() -> None:
    states = {g.metric: g.state for g in found("pilot").guardrails}
    assert states == dict(TRUTH.pilot.guardrails)
    amber = [g.gate for g in found("pilot").gates if g.state != "green"]
    assert amber == [TRUTH.pilot.amber_gate]


def test_the_pilot_ran_as_registered() -> None:
    assert found("pilot").registration.intact
    assert not found("pilot").deviations


# --- review


@pytest.mark.parametrize("truth", [g for g in TRUTH.goals if g.state], ids=lambda g: g.goal_id)
def test_how_a_goal_ended(truth: GoalTruth) -> None:
    result = next(a for a in found("review").attainment if a.goal_id == truth.goal_id)
    assert result.state.startswith(truth.state)
    assert (result.movement or "") == truth.movement


def test_the_gap_to_the_competitor_is_reversed() -> None:
    reversed_now = {g.metric_id for g in found("review").gaps if g.reversed}
    assert reversed_now == {TRUTH.reversed_gap}


def test_copies_are_open_and_the_failed_ones_never_reach_the_old_level() -> None:
    copies = found("review").replication
    assert copies.state == "undecided"
    assert copies.trials + copies.still_open == TRUTH.copies
    late = {s.site for s in copies.sites if s.parity_period is None}
    assert set(TRUTH.failed_copies) <= late


def test_changes_of_the_goals_without_reason_are_found() -> None:
    silent = {d.goal_id for d in found("review").diff if not d.reason}
    assert silent == {"G14", "G16"}
    moved = {d.goal_id for d in found("review").diff if "goalpost_moved" in d.flags}
    assert moved == {"G16"}


# --- plan


def said(code: str) -> list[tuple[str, tuple[str, ...]]]:
    """Certainty and subjects of each finding of this code, in order."""
    return [(f.certainty, f.about) for f in found("plan").findings if f.code == code]


def test_the_date_of_the_plan_is_at_risk_and_not_lost() -> None:
    schedule = found("plan").schedule
    assert schedule.critical == ("P01", "P02", "P03", "P04")
    assert 0.5 <= schedule.p_due < 0.8
    assert schedule.simulation.p_within_likely < 1 / 3
    assert schedule.simulation.criticality["P06"] > 0.1
    assert [f for f, _ in said("date_at_risk")] == ["undecided"]


def test_the_trial_of_points_is_left_out_and_its_waiting_passed_on() -> None:
    chosen = found("plan").choice.selected
    assert len(chosen) == 10
    assert not {"P08", "P09", "P12"} & set(chosen)
    assert "P13" in chosen
    assert said("wait_passed_on") == [("fact", ("P13",))]


def test_one_person_is_overloaded_for_three_weeks_and_float_ends_it() -> None:
    people = found("plan").people
    red = [person for person in people.people if person.state == "red"]
    assert [(person.person, person.weeks_red) for person in red] == [("zhou_min", 3)]
    assert said("overloaded") == [("fact", ("zhou_min",))]
    (relief,) = (one for one in people.reliefs if one.person == "zhou_min")
    assert relief.action == "P10"
    assert relief.weeks_red_after == 0


def test_two_hours_are_more_than_two_agents_can_promise_and_four_barely() -> None:
    desk = next(q for q in found("plan").people.staffing if q.queue == "complaint_desk")
    assert desk.state == "thin"
    message = next(m for m in found("plan").people.messages if m.segment == "business")
    assert message.reached < 0.95
    assert message.agents == 3
    assert said("promise_above_capacity") == [("likely", ("business",))]
    assert said("segments_without_message") == [("fact", ("family",))]


def test_money_risks_and_vendors_of_the_plan() -> None:
    plan = found("plan")
    assert plan.money.budget.high - plan.money.budget.total > plan.money.budget.reserve > 0
    assert plan.money.budget.concentration > 0.6
    assert said("reserve_thin")
    assert said("money_unchosen") == [("fact", ("P08", "P12"))]
    assert said("action_unfunded") == [("fact", ("P13",))]
    assert said("cost_differs") == [("fact", ("P04",))]
    assert said("risk_blind") == [("fact", ("R03",))]
    assert said("risk_incomplete") == [("fact", ("R06",))]
    assert said("vendor_missed") == [("proven", ("survey_vendor",))]
    assert any(p.code == "plan.presets_mixed" for p in plan.problems)


def test_what_training_did() -> None:
    training = found("plan").enabling.training
    effects = {one.topic: one for one in training.mastery}
    assert effects["communication"].low > 0
    assert effects["emotion"].low < 0 < effects["emotion"].high
    assert not effects["common_problems"].paired
    assert "digital_tools" in training.unmeasured
    assert training.coverage.high < training.least


def test_complaints_by_case_mix_and_the_signs_of_gaming() -> None:
    points = found("plan").enabling.points
    state = {group.name: group.state for group in points.groups}
    assert {name for name, one in state.items() if one == "watch"} == {"B11"}
    assert {name for name, one in state.items() if one == "better"} == {"B03"}
    ratio = {group.name: (group.low, group.high) for group in points.groups}
    assert ratio["B11"][0] < 1.7 < ratio["B11"][1]
    assert ratio["B03"][0] < 0.6 < ratio["B03"][1]
    worst = max(points.groups, key=lambda group: group.raw or 0.0)
    assert (worst.name, worst.state) == ("B06", "as_expected")
    assert [person.n for person in points.people if not person.judged] == [18]
    kinds = {signal.kind for signal in points.signals}
    assert kinds == {"claimed", "invited", "pile_up", "reopened"}
    assert len(points.signals) == 4


def test_targets_add_up_and_the_total_is_still_late() -> None:
    enabling = found("plan").enabling
    assert enabling.procedure.sum_of_targets == enabling.procedure.service_minutes == 1440
    assert enabling.procedure.kept == "missed"
    assert enabling.blueprint.kept == "kept"

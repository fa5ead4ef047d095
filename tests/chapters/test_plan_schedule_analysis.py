"""From the tables to the schedule: refusals, doubts, dates, chances, conclusions."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.case import load_case
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.analysis import analyse, check
from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import Problem
from playbook.core.records import from_dict, to_json
from playbook.core.text import LANGS

START = date(2026, 7, 1)
QUICK = Settings(schedule_draws=2_000)
Row = dict[str, Any]


def row(action: str, likely: float | None, safe: float | None = None, after: str = "",
        **more: Any) -> Row:  # fmt: skip
    return {
        "action": action, "goal_id": "G1", "owner": "wang", "likely_days": likely,
        "safe_days": safe, "after": tuple(after.split()), **more,
    }  # fmt: skip


PLAN = [
    row("survey", 20, 30), row("diagnose", 8, 12, "survey"), row("training", 20, 28, "diagnose"),
    row("pilot", 40, 50, "training"), row("crm", 60, 90),
]  # fmt: skip


def inputs(rows: list[Row], how: Settings = QUICK, earlier: Mapping[str, Any] | None = None,
           **tables: list[Row]) -> Inputs[Settings]:  # fmt: skip
    held = {"plan_actions": rows, **tables}
    frames = {k: pd.DataFrame(v, index=range(2, len(v) + 2)) for k, v in held.items() if v}
    return Inputs(Tables(frames), how, Facts(START, seed=7), earlier or {})


def scheduled(rows: list[Row], how: Settings = QUICK, chosen: tuple[str, ...] = (),
              **more: Any) -> Schedule:  # fmt: skip
    given = inputs(rows, how, **more)
    found = analyse(given, chosen or tuple(one["action"] for one in rows))
    assert found is not None
    return found


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.removeprefix("plan.") for problem in problems]


def test_dates_floats_and_the_date_to_promise() -> None:
    found = scheduled(PLAN)
    assert (found.start, found.duration, found.end_on) == (START, 88, date(2026, 10, 30))
    assert found.critical == ("survey", "diagnose", "training", "pilot")
    crm = found.row("crm")
    assert crm is not None
    assert (crm.start_on, crm.end_on, crm.latest_start_on, crm.latest_end_on) == (
        START, date(2026, 9, 22), date(2026, 8, 10), date(2026, 10, 30)
    )  # fmt: skip
    assert (crm.total_float, crm.free_float, crm.critical) == (28, 28, False)
    assert found.simulation is not None
    assert found.promised_on == found.simulation.p80_on > found.end_on
    assert found.row("nobody") is None


def test_every_way_to_set_the_date_stands_beside_the_chance_to_keep_it() -> None:
    found = scheduled(PLAN)
    by_rule = {one.rule: one for one in found.promises}
    assert len(by_rule) == 10
    assert [one.days for one in found.promises] == sorted(one.days for one in found.promises)
    # the chain is survey, diagnose, training, pilot: 88 days, safety 10 + 4 + 8 + 10
    assert by_rule["half_removed"].buffer == 16
    assert by_rule["root_sum_square"].buffer == pytest.approx((100 + 16 + 64 + 100) ** 0.5)
    assert (by_rule["half_chain"].buffer, by_rule["floor"].buffer) == (44, 22)
    assert by_rule["p80"].p_in_time == pytest.approx(0.8, abs=0.01)
    hand = by_rule["by_hand"]
    assert hand.claimed == 0.8
    assert hand.p_in_time is not None
    assert hand.p_in_time < 0.8


def test_likely_durations_added_up_are_no_promise() -> None:
    """Mistake to block: the sum of likely durations told as a promise."""
    found = scheduled(PLAN)
    told = next(f for f in found.findings if f.code == "likely_end_no_promise")
    share = told.values["share"]
    assert isinstance(share, float)
    assert share < 0.5


def test_safe_durations_added_up_are_far_too_late() -> None:
    """Mistake to block: the sum of safe durations called a plan."""
    safe = next(one for one in scheduled(PLAN).promises if one.rule == "safe")
    assert safe.p_in_time is not None
    assert safe.p_in_time > 0.97


def test_no_spread_means_no_date_to_promise() -> None:
    bare = [row(one["action"], one["likely_days"], None, " ".join(one["after"])) for one in PLAN]
    found = scheduled(bare, replace(QUICK, due="2026-10-01"))
    assert (found.simulation, found.promised_on, found.p_due) == (None, None, None)
    assert [f.code for f in found.findings] == ["no_date_without_spread", "likely_end_after_due"]
    assert all(one.p_in_time is None for one in found.promises)
    assert {one.rule for one in found.promises}.isdisjoint({"p50", "p80", "p90", "by_hand"})
    assert codes(check(inputs(bare))) == ["no_spread"]


@pytest.mark.parametrize(
    ("due", "code", "certainty"),
    [
        ("2026-10-01", "date_not_credible", "likely"),
        ("2026-11-04", "date_not_credible", "undecided"),
        ("2026-11-16", "date_at_risk", "undecided"),
        ("2026-12-31", "date_holds", "likely"),
    ],
)
def test_the_date_asked_for_against_the_simulated_end(due: str, code: str, certainty: str) -> None:
    found = scheduled(PLAN, replace(QUICK, due=due))
    first = found.findings[0]
    assert (first.code, first.certainty, first.weight) == (code, certainty, "headline")
    assert found.due_from == "setting"
    assert ("shorten_chain" in {f.code for f in found.findings}) == (code != "date_holds")


def test_without_a_date_asked_for_the_date_to_promise_is_told() -> None:
    found = scheduled(PLAN)
    assert (found.due, found.due_from, found.findings[0].code) == (None, "none", "promise_p80")


def test_the_date_asked_for_may_come_from_goals_or_actions() -> None:
    own = [{**one, "due": date(2026, 11, 2) if one["action"] == "pilot" else None} for one in PLAN]
    assert scheduled(own).due_from == "actions"
    cards = {"goals": {"cards": [{"goal_id": "G1", "due": "2026-12-31"}]}}
    found = scheduled(own, earlier=cards)
    assert (found.due, found.due_from) == (date(2026, 12, 31), "goals")
    table = [{"goal_id": "G1", "due": date(2026, 12, 30)}, {"goal_id": "G9", "due": None}]
    found = scheduled(own, goals=table)
    assert found.due == date(2026, 12, 30)
    assert found.goals[0].last_action == "pilot"
    assert found.goals[0].p_due is not None


def test_own_dates_and_goals_that_will_not_hold_are_named() -> None:
    rows = [{**one, "due": date(2026, 7, 24) if one["action"] == "survey" else None}
            for one in PLAN]  # fmt: skip
    cards = {"goals": {"cards": [{"goal_id": "G1", "due": "2026-10-20"}]}}
    told = {f.code: f for f in scheduled(rows, earlier=cards).findings}
    assert told["own_date_at_risk"].about == ("survey",)
    assert told["own_date_at_risk"].certainty == "undecided"
    assert told["goal_end_at_risk"].about == ("G1",)
    assert told["goal_end_at_risk"].certainty == "likely"


def test_a_start_date_moves_the_chain() -> None:
    rows = [
        row("a", 5, 7),
        row("late", 10, 14, "a", start_not_before=date(2026, 8, 3)),
        row("x", 2),
    ]
    found = scheduled(rows)
    late = found.row("late")
    assert late is not None
    assert (late.start_on, late.early_start, late.not_before) == (
        date(2026, 8, 3), 23, date(2026, 8, 3)
    )  # fmt: skip
    assert (found.duration, found.chains[0].wait_days, found.chains[0].actions) == (
        33, 23, ("late",)
    )  # fmt: skip
    assert found.buffer_half_chain == 5  # waiting is no work


def test_milestones_stand_on_the_day_they_are_reached() -> None:
    found = scheduled([row("a", 3, 5), row("gate", 0, 0, "a"), row("kickoff", 0, 0)])
    gate, kickoff = found.row("gate"), found.row("kickoff")
    assert gate is not None
    assert kickoff is not None
    assert gate.start_on == gate.end_on == date(2026, 7, 3)
    assert kickoff.start_on == kickoff.end_on == START


def test_delays_that_come_together_are_shown_beside_independent_ones() -> None:
    found = scheduled(PLAN, replace(QUICK, due="2026-11-16", dependence=(0.0, 0.5, 1.0)))
    assert found.simulation is not None
    held = found.simulation.together
    assert [one.common_factor for one in held] == [0.0, 0.5, 1.0]
    assert (held[0].p80_on, held[0].p_due) == (found.simulation.p80_on, found.p_due)
    assert held[0].p90_on <= held[1].p90_on <= held[2].p90_on
    # all late or all early: the critical chain is never overtaken and its median is the likely end
    assert held[2].p50_on <= held[0].p50_on


def test_only_chosen_actions_are_scheduled_and_predecessors_passed_on() -> None:
    found = scheduled(PLAN, chosen=("survey", "training", "pilot"))
    assert [one.action for one in found.rows] == ["survey", "training", "pilot"]
    training = found.row("training")
    assert training is not None
    assert training.after == ("survey",)
    assert [(flag.code, flag.ids) for flag in found.flags] == [
        ("predecessor_left_out", ("training", "diagnose"))
    ]
    told = next(f for f in found.findings if f.code == "wait_passed_on")
    assert (told.about, told.values) == (("training",), {"count": 1})
    assert found.duration == 80


def test_nothing_to_schedule() -> None:
    assert analyse(inputs(PLAN), ()) is None
    assert analyse(inputs([]), ("survey",)) is None
    assert check(inputs([])) == []
    untimed = [row("a", None), row("b", None)]
    assert analyse(inputs(untimed), ("a", "b")) is None
    assert [(p.code, p.level) for p in check(inputs(untimed))] == [("plan.no_durations", "note")]


def test_the_clients_own_days_count_before_the_public_ones() -> None:
    how = replace(QUICK, calendar="china", start="2026-09-24")
    rows = [row("a", 3, 4)]
    own = [{"holiday": date(2026, 9, 28), "extra_working_day": None},
           {"holiday": None, "extra_working_day": date(2026, 9, 25)}]  # fmt: skip
    plain, changed = scheduled(rows, how), scheduled(rows, how, plan_calendar=own)
    # 25 September is Mid-Autumn: off for the state, worked here; the 28th the other way round
    assert plain.end_on == date(2026, 9, 29)
    assert changed.end_on == date(2026, 9, 29)
    assert date(2026, 9, 25) in plain.free_days
    assert date(2026, 9, 28) in changed.free_days
    assert date(2026, 9, 25) not in changed.free_days


def test_dates_in_years_whose_holidays_are_not_known_are_flagged() -> None:
    found = scheduled(PLAN, replace(QUICK, calendar="china", start="2026-10-12"))
    flag = next(flag for flag in found.flags if flag.code == "calendar_not_known")
    assert set(flag.ids) >= {"pilot"}
    assert "survey" not in flag.ids
    assert flag.values["last"] == 2026
    assert "holidays_not_known" in {f.code for f in found.findings}
    assert all(flag.code != "calendar_not_known" for flag in scheduled(PLAN).flags)


def test_a_start_on_a_day_off_and_one_that_has_passed_are_said() -> None:
    found = scheduled(PLAN, replace(QUICK, start="2026-06-27"))
    assert found.start == date(2026, 6, 29)
    assert [flag.code for flag in found.flags] == ["start_moved", "start_passed"]


@pytest.mark.parametrize(
    ("rows", "code", "at", "column"),
    [
        ([row("a", 5, 6, "b"), row("b", 5, 6, "a")], "loop", 2, "after"),
        ([row("a", 5, 6, "a")], "loop", 2, "after"),
        ([row("a", 5, 6), row("b", 5, 6, "zzz")], "after_unknown", 3, "after"),
        ([row("train", 5, 6), row("b", 5, 6, "trian")], "after_unknown_near", 3, "after"),
        ([row("a", -1, 6)], "duration_negative", 2, "likely_days"),
        ([row("a", 5, 4), row("b", 1, 2)], "safe_below_likely", 2, "safe_days"),
        ([row("a", 0, 4)], "likely_zero", 2, "likely_days"),
        ([row("a", 5, 99_999)], "duration_too_long", 2, "safe_days"),
        ([row("a", 5, 6), row("b", None)], "duration_missing", 3, "likely_days"),
        ([row("a", 5, 6, due=date(2026, 6, 1))], "due_before_begin", 2, "due"),
        ([row("a", 5, 6, due=date(2026, 7, 9), start_not_before=date(2026, 8, 1))],
         "due_before_begin", 2, "due"),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(rows: list[Row], code: str, at: int, column: str) -> None:
    faults = [p for p in check(inputs(rows)) if p.level == "error"]
    assert [(p.code, p.row, p.column) for p in faults] == [(f"plan.{code}", at, column)]
    for lang in LANGS:
        assert "{" not in faults[0].say(lang)


def test_a_loop_is_named_from_action_to_action() -> None:
    rows = [row("a", 1, 2, "c"), row("b", 1, 2, "a"), row("c", 1, 2, "b")]
    fault = next(p for p in check(inputs(rows)) if p.level == "error")
    assert "a → b → c → a" in fault.say("zh")
    assert "a → b → c → a" in fault.say("en")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (replace(QUICK, due="soon"), "date_unreadable"),
        (replace(QUICK, start="2026-13-01"), "date_unreadable"),
        (replace(QUICK, start="2026-08-01", due="2026-07-01"), "due_before_start"),
        (replace(QUICK, common_factor=1.5), "setting_range"),
        (replace(QUICK, schedule_draws=10), "setting_range"),
        (replace(QUICK, shorten_by=1.0), "setting_range"),
        (replace(QUICK, dependence=(0.0, -0.5)), "setting_range"),
    ],
)
def test_settings_that_cannot_be(how: Settings, code: str) -> None:
    faults = check(inputs(PLAN, how))
    assert codes(faults) == [code]
    assert all("{" not in fault.say(lang) for fault in faults for lang in LANGS)


def test_doubts_that_do_not_forbid() -> None:
    some = [row("a", 5, 8), row("b", 5), row("c", 4, 4)]
    assert [(p.code, p.level) for p in check(inputs(some))] == [("plan.safe_missing", "warn")]
    wide = check(inputs([row("a", 2, 30), row("b", 5, 9)]))
    assert [(p.code, p.level, p.row) for p in wide] == [("plan.spread_wide", "warn", 2)]
    long = [row(f"a{k}", 4_000, 5_000) for k in range(60)]
    assert codes(check(inputs(long))) == ["plan_too_long"]
    both = [{"holiday": date(2026, 8, 1), "extra_working_day": date(2026, 8, 1)}]
    assert codes(check(inputs(PLAN, plan_calendar=both))) == ["day_off_and_worked"]


def test_no_buffer_is_hidden_in_single_actions() -> None:
    """Mistake to block: padding each action. Dates of actions rest on the likely durations."""
    found = scheduled(PLAN)
    assert sum(found.row(a).likely_days for a in found.critical) == found.duration  # type: ignore[union-attr]
    safe = [{**one, "safe_days": (one["safe_days"] or 0) * 2} for one in PLAN]
    assert [one.end_on for one in scheduled(safe).rows] == [one.end_on for one in found.rows]


def test_the_record_survives_its_file() -> None:
    found = scheduled(PLAN, replace(QUICK, due="2026-11-16", calendar="china"),
                      chosen=("survey", "training", "pilot"))  # fmt: skip
    text = to_json(found)
    assert to_json(from_dict(Schedule, json.loads(text))) == text
    assert to_json(scheduled(PLAN, replace(QUICK, due="2026-11-16", calendar="china"),
                             chosen=("pilot", "survey", "training"))) == text  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.permutations(PLAN))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row]) -> None:
    assert to_json(scheduled(rows)) == to_json(scheduled(PLAN))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(0, 40), st.dates(START, date(2028, 12, 31)))
def test_dates_agree_with_days(likely: int, more: int, start: date) -> None:
    how = replace(QUICK, start=start.isoformat(), calendar="china", schedule_draws=1_000)
    found = scheduled([row("a", likely, likely + more), row("b", 3, 4, "a")], how)
    first, second = found.rows
    assert found.start >= start
    assert first.start_on == found.start
    assert first.end_on < second.start_on <= second.end_on == found.end_on
    assert all(one.latest_end_on >= one.end_on for one in found.rows)


CHOSEN = ("P01", "P02", "P03", "P04", "P05", "P06", "P07", "P10", "P11", "P13")
"""What the hotel's limits of person-days and money allow."""


def test_the_hotels_schedule() -> None:
    """Planted: two chains of nearly one length, so that the likely end is kept in few cases."""
    given = load_case("data/hotel").inputs("plan")
    assert [p for p in check(given) if p.level != "note"] == []
    found = analyse(given, CHOSEN)
    assert found is not None
    assert found.simulation is not None
    assert found.critical == ("P01", "P02", "P03", "P04")
    assert found.simulation.p_within_likely < 1 / 3
    assert found.findings[0].code == "date_at_risk"
    told = {f.code: f for f in found.findings}
    assert told["chain_open"].about == ("P06",)
    assert told["shorten_chain"].about[0] == "P04"
    assert told["wait_passed_on"].about == ("P13",)

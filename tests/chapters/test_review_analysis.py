"""The review on tables: attainment, gaps, money, learning, next round; and what it refuses."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.review.analysis import analyse, check
from playbook.chapters.review.inputs import Settings
from playbook.chapters.review.result import ReviewResult
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.records import from_dict, to_dict, to_json

TODAY = date(2026, 7, 10)
PILOT = {
    "measure": "share",
    "primary": {
        "estimate": 0.02,
        "se": 0.005,
        "df": 10,
        "ci_low": 0.009,
        "ci_high": 0.031,
        "lcb95": 0.011,
    },
}
MONEY = {
    "customers": "10000",
    "margin": "50",
    "retention": "60%",
    "discount": "0.1",
    "uplift": "0.06",
    "points": "1",
    "cost": "20000",
    "exposed_share": "1",
}


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return frame


def inputs(
    earlier: Mapping[str, Any] | None = None, settings: Settings | None = None, **tables: Any
) -> Inputs[Settings]:
    frames = {f"review_{name}": table(rows) for name, rows in tables.items()}
    facts = Facts(reference_date=TODAY, seed=3)
    return Inputs(Tables(frames), settings or Settings(), facts, earlier or {})


def share(goal: str, period: str, x: float, n: float, **more: Any) -> dict[str, Any]:
    row = {
        "goal_id": goal,
        "period": period,
        "actual": x / n,
        "n": n,
        "x": x,
        "direction": "increase",
        "unit": "share",
    }
    return row | more


def months(goal: str, values: list[float], n: int = 1000, **more: Any) -> list[dict[str, Any]]:
    return [
        share(goal, f"2026-{m:02d}", round(v * n), n, **more) for m, v in enumerate(values, start=1)
    ]


def money(**changes: Any) -> list[dict[str, Any]]:
    return [{"name": k, "value": v} for k, v in (MONEY | changes).items() if v is not None]


def codes(given: Inputs[Settings]) -> set[str]:
    return {problem.code.removeprefix("review.") for problem in check(given)}


def said(result: ReviewResult) -> dict[str, str]:
    return {finding.code: finding.certainty for finding in result.findings}


# --- attained or not


def test_a_decrease_goal_is_judged_by_the_same_formula() -> None:
    row = {"goal_id": "wait", "period": "2026-06", "actual": 4.5, "n": 200, "sd": 1.0,
           "direction": "decrease", "unit": "number", "baseline": 6.0, "target": 4.0,
           "due": date(2026, 6, 30)}  # fmt: skip
    goal = analyse(inputs(actuals=[row])).attainment[0]
    assert goal.attainment == pytest.approx(0.75)
    assert goal.low is not None
    assert goal.high is not None
    assert goal.low < 0.75 < goal.high  # the ends are ordered although less is better
    assert goal.state == "missed_proven"
    assert goal.movement == "improving"


def test_attainment_is_not_cut_for_display_but_for_the_score() -> None:
    rows = [share("a", "2026-06", 900, 1000, baseline=0.5, target=0.6, due=date(2026, 6, 30))]
    goal = analyse(inputs(actuals=rows)).attainment[0]
    assert goal.attainment == pytest.approx(4.0)
    assert goal.scored == 1.2


def test_without_target_only_the_movement_is_judged() -> None:
    rows = [share("a", "2017", 800, 1000), share("a", "2018", 700, 1000)]
    result = analyse(inputs(actuals=rows))
    goal = result.attainment[0]
    assert (goal.attainment, goal.state, goal.baseline_from) == (None, None, "first_period")
    assert goal.movement == "getting_worse"
    assert "attained_summary" not in said(result)
    assert said(result)["stop_and_find_cause"] == "proven"


def test_a_mean_without_spread_gives_no_certainty() -> None:
    row = {"goal_id": "m", "period": "2017", "actual": 4.1, "n": 900, "direction": "increase",
           "unit": "mean"}  # fmt: skip
    rows = [row, row | {"period": "2018", "actual": 3.2}]
    result = analyse(inputs(actuals=rows))
    assert result.attainment[0].movement is None
    assert "review.no_interval" in {p.code for p in result.problems}


def test_nps_without_counts_has_the_widest_interval() -> None:
    row = {"goal_id": "n", "period": "2026-06", "actual": 20.0, "n": 400, "direction": "increase",
           "unit": "nps", "baseline": 10.0, "target": 30.0}  # fmt: skip
    counted = row | {"x": 160, "detractors": 80}
    wide = analyse(inputs(actuals=[row])).attainment[0]
    narrow = analyse(inputs(actuals=[counted])).attainment[0]
    assert wide.actual_high is not None
    assert narrow.actual_high is not None
    assert wide.actual_high > narrow.actual_high > 20


def test_a_maintain_goal_is_met_or_not_and_has_no_rate() -> None:
    row = {"goal_id": "t", "period": "2026-06", "actual": 0.24, "n": 1000, "x": 240,
           "direction": "maintain", "unit": "share", "baseline": 0.25, "target": 0.28,
           "comparator": "<="}  # fmt: skip
    goal = analyse(inputs(actuals=[row])).attainment[0]
    assert goal.attainment is None
    assert goal.state == "attained_proven"


def test_before_its_date_a_goal_stands_so_far() -> None:
    rows = months("a", [0.70, 0.72], baseline=0.7, target=0.8, start=date(2026, 1, 1),
                  due=date(2026, 12, 31))  # fmt: skip
    assert "missed_so_far" in said(analyse(inputs(actuals=rows)))


def test_a_card_of_the_next_round_gives_no_terms() -> None:
    card = {"goal_id": "a", "target": 0.99, "baseline": 0.1, "start": "2026-07-01"}
    rows = [share("a", "2026-06", 700, 1000)]
    goal = analyse(inputs({"goals": {"cards": [card]}}, actuals=rows)).attainment[0]
    assert goal.target is None
    card["start"] = "2026-01-01"
    goal = analyse(inputs({"goals": {"cards": [card]}}, actuals=rows)).attainment[0]
    assert goal.target == 0.99


# --- gap


def gap_rows(us: list[int], them: list[int], n: int = 2000) -> list[dict[str, Any]]:
    return [
        {"metric_id": "csat", "period": f"2026-Q{q}", "us": a / n, "us_n": n, "us_x": a,
         "them": b / n, "them_n": n, "them_x": b, "competitor": "A", "source": "panel"}
        for q, (a, b) in enumerate(zip(us, them, strict=True), start=1)
    ]  # fmt: skip


def test_from_minus_12_to_plus_5_is_a_reversal_by_17_points() -> None:
    result = analyse(inputs(competitor=gap_rows([1360, 1700], [1600, 1600])))
    last = result.gaps[-1]
    assert last.gap_absolute == pytest.approx(0.05)
    assert last.swing == pytest.approx(0.17)
    assert last.reversed
    assert last.standing == "ahead_proven"
    assert said(result)["gap_reversed"] == "proven"


def test_a_gap_that_holds_zero_is_undecided() -> None:
    found = said(analyse(inputs(competitor=gap_rows([1600], [1590]))))
    assert found["level_with_competitor"] == "undecided"


def test_no_relative_gap_of_nps_and_sign_by_direction() -> None:
    nps = {"metric_id": "nps", "period": "2026", "us": 30.0, "them": 20.0, "unit": "nps",
           "us_n": 500, "them_n": 500}  # fmt: skip
    wait = {"metric_id": "wait", "period": "2026", "us": 3.0, "us_n": 500, "us_sd": 1.0,
            "them": 5.0, "them_n": 500, "them_sd": 1.0, "unit": "number",
            "direction": "decrease"}  # fmt: skip
    by_metric = {g.metric_id: g for g in analyse(inputs(competitor=[nps, wait])).gaps}
    assert by_metric["nps"].gap_relative is None
    assert by_metric["wait"].standing == "ahead_proven"
    assert by_metric["wait"].gap_relative == pytest.approx(-0.4)


def test_unknown_n_of_the_competitor_is_told() -> None:
    row = gap_rows([1600], [1590])[0] | {"them_n": None, "them_x": None, "source": None}
    assert {"competitor_n_unknown", "anonymous_source"} <= codes(inputs(competitor=[row]))
    assert analyse(inputs(competitor=[row])).gaps[0].sides == 1


# --- money


def test_without_a_needed_input_the_return_is_not_computed_but_named() -> None:
    result = analyse(inputs(money=money(customers=None, cost=None)))
    assert result.money is not None
    assert result.money.missing == ("customers", "cost")
    assert result.money.clv == {}
    assert "return_inputs_missing" in said(result)


def test_the_lift_is_the_pilots_where_there_is_one() -> None:
    found = analyse(inputs({"pilot": PILOT}, money=money())).money
    assert found is not None
    lift = next(item for item in found.inputs if item.name == "points")
    assert (found.lift_source, lift.value) == ("pilot", 2.0)
    assert lift.low == pytest.approx(0.9)
    assert set(found.roi_at_lcb) == {"relative", "absolute"}
    table_lift = analyse(inputs(money=money()))
    assert "review.gross_lift_used" in {p.code for p in table_lift.problems}


def test_the_same_seed_gives_the_same_return() -> None:
    rows = money()
    rows[0] |= {"low": 8000.0, "high": 12000.0}
    a, b = (analyse(inputs(money=rows)).money for _ in range(2))
    assert a == b
    assert a is not None
    spread = a.returns["relative"]
    assert spread.roi_low is not None
    assert spread.roi_high is not None
    assert spread.roi_low < spread.roi < spread.roi_high
    assert [bar.name for bar in spread.tornado] == ["customers"]


def test_break_even_lift_pays_exactly_the_cost() -> None:
    found = analyse(inputs(money=money())).money
    assert found is not None
    for reading in ("relative", "absolute"):
        lift = found.clv[reading].breakeven_lift
        again = analyse(inputs(money=money(points=str(lift)))).money
        assert again is not None
        assert again.clv[reading].roi == pytest.approx(0, abs=1e-9)


# --- learning and the next round


def test_an_item_closes_only_by_its_rule() -> None:
    base = {"step": "act", "owner": "lin", "opened": date(2026, 1, 1), "due": date(2026, 2, 1)}
    rows = [
        base | {"id": "1", "state": "closed", "check_rule": "signal", "closed_by": "signal",
                "closed": date(2026, 1, 31)},
        base | {"id": "2", "state": "closed", "check_rule": "signal"},
        base | {"id": "3", "state": "open", "check_rule": "signal"},
        base | {"id": "4", "state": "open"},
    ]  # fmt: skip
    log = analyse(inputs(pdca=rows)).pdca
    assert log is not None
    states = [item.state for item in log.items]
    assert states == ["closed", "closed_without_rule", "overdue", "not_opened"]
    assert log.items[0].age_days == 30
    assert (log.open_now, log.overdue) == (1, 1)


def test_evidence_of_three_sites_of_the_same_sign_makes_a_standard() -> None:
    def case(k: int, effect: float, evidence: str = "before_after") -> dict[str, Any]:
        return {"case": f"C{k}", "practice": "p", "site": f"s{k}", "effect": effect,
                "evidence": evidence}  # fmt: skip

    two = analyse(inputs(cases=[case(1, 0.1), case(2, 0.1), case(3, -0.1)]))
    assert not any(c.standard for c in two.cases)
    three = analyse(inputs(cases=[case(1, 0.1), case(2, 0.1), case(3, 0.2)]))
    assert all(c.standard for c in three.cases)
    pilot = case(4, 0.1, "pilot") | {"low": -0.01, "high": 0.2}
    assert analyse(inputs(cases=[pilot])).cases[0].grade == "pilot_not_shown"


def copies(site: str, shares: list[float]) -> list[dict[str, Any]]:
    return [
        {"case": "C", "site": site, "period": f"2026-{m:02d}", "x_new": round(p * 400),
         "n_new": 400, "x_old": 1600, "n_old": 2000}
        for m, p in enumerate(shares, start=1)
    ]  # fmt: skip


def test_copies_not_yet_level_are_censored_not_failed() -> None:
    rows = [*copies("a", [0.6, 0.82, 0.83]), *copies("b", [0.6, 0.6]), *copies("c", [0.6] * 6)]
    found = analyse(inputs(replication=rows)).replication
    assert found is not None
    assert [s.outcome for s in found.sites] == ["parity", "open", "failed"]
    assert (found.successes, found.trials, found.still_open) == (1, 2, 1)
    assert found.state == "undecided"
    assert found.median_parity is None or found.median_parity >= 2


def test_one_good_month_is_not_parity_yet() -> None:
    found = analyse(inputs(replication=copies("a", [0.6, 0.85]))).replication
    assert found is not None
    assert found.sites[0].parity_period is None
    assert found.sites[0].watched == 1


CARD = {"goal_id": "a", "metric_id": "a", "direction": "decrease", "target": 3.0, "baseline": 5.0,
        "start": "2026-01-01", "due": "2026-08-01", "owner": "lin", "unit": "min"}  # fmt: skip


def test_an_eased_target_near_its_date_without_reason_is_a_moved_goalpost() -> None:
    earlier = {"goals": {"cards": [CARD]}}
    row = {"goal_id": "a", "metric_id": "a", "direction": "decrease", "target": 4.0}
    result = analyse(inputs(earlier, goals_next=[row]))
    assert [(c.code, c.flags) for c in result.diff] == [
        ("target_easier", ("no_reason", "goalpost_moved"))
    ]
    row["reason"] = ("capacity",)
    assert analyse(inputs(earlier, goals_next=[row])).diff[0].flags == ()
    assert "goalpost_moved" not in said(analyse(inputs(earlier, goals_next=[row])))


def test_a_dropped_goal_is_removed_with_its_reason() -> None:
    row = {"goal_id": "a", "dropped": True, "reason": ("not_relevant",)}
    result = analyse(inputs({"goals": {"cards": [CARD]}}, goals_next=[row]))
    assert [(c.code, c.reason) for c in result.diff] == [("goal_removed", "not_relevant")]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([0.66, 0.68, 0.70, 0.72, 0.74, 0.76], "raise_target"),
        ([0.50, 0.53, 0.56, 0.59, 0.62, 0.65], "extend_deadline"),
        ([0.50, 0.51, 0.50, 0.51, 0.50, 0.51], "change_approach"),
        ([0.50, 0.48, 0.46, 0.44, 0.42, 0.40], "stop_and_find_cause"),
        ([0.60, 0.62, 0.64, 0.66, 0.68, 0.70], "hold_and_confirm"),
        ([0.40, 0.80], "collect_history"),
    ],
)
def test_the_proposal_follows_from_state_and_pace(values: list[float], code: str) -> None:
    rows = months("a", values, baseline=0.5, baseline_n=1000, target=0.7, due=date(2026, 6, 30))
    assert analyse(inputs(actuals=rows)).next_goals[0].code == code


def test_a_target_of_all_customers_is_sent_back() -> None:
    rows = months("a", [0.7, 0.75, 0.8, 0.85, 0.9], baseline=0.7, target=1.0,
                  due=date(2026, 6, 30))  # fmt: skip
    assert analyse(inputs(actuals=rows)).next_goals[0].code == "target_at_bound"


# --- scorecard


def test_a_high_total_names_the_measure_it_hides() -> None:
    rows = [
        {"measure": "a", "perspective": "customer", "weight": 90, "attainment": 1.0},
        {"measure": "b", "perspective": "process", "weight": 10, "attainment": 0.2},
    ]
    result = analyse(inputs(scorecard=rows))
    assert result.scorecard is not None
    assert result.scorecard.hidden == ("b",)
    assert "look_at_measure" in said(result)
    assert result.scorecard.unweighted == ("finance", "learning")


def test_too_much_missing_weight_gives_no_total() -> None:
    rows = [
        {"measure": "a", "perspective": "customer", "weight": 70, "attainment": 1.0},
        {"measure": "b", "perspective": "process", "weight": 30, "attainment": None},
    ]
    result = analyse(inputs(scorecard=rows))
    assert result.scorecard is not None
    assert (result.scorecard.score, result.scorecard.missing_weight) == (None, pytest.approx(0.3))


# --- what is refused


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"actuals": [share("a", "2026", 8, 10, baseline=0.7, target=0.7)]},
         "target_equals_baseline"),
        ({"actuals": [share("a", "2026", 8, 10, baseline=0.7, target=0.6)]}, "direction_conflict"),
        ({"actuals": [share("a", "2026", 8, 10) | {"actual": 80.0}]}, "share_out_of_range"),
        ({"actuals": [share("a", "2026", 8, 10) | {"actual": 0.7}]}, "actual_not_x_over_n"),
        ({"actuals": [share("a", "2026", 12, 10)]}, "more_than_n"),
        ({"actuals": [share("a", "2025", 8, 10), share("a", "2026-01", 8, 10)]},
         "period_kinds_mixed"),
        ({"money": money(retention="1.0")}, "retention_out_of_range"),
        ({"money": money(discount="0")}, "discount_not_positive"),
        ({"money": money(cost="0")}, "cost_not_positive"),
        ({"money": money(exposed_share="1.5")}, "exposed_out_of_range"),
        ({"money": money(customers="many")}, "money_not_a_number"),
        ({"money": [*money(), {"name": "first_margin", "value": "soon"}]}, "first_margin_unknown"),
        ({"scorecard": [{"measure": "a", "perspective": "customer", "weight": -1.0,
                         "attainment": 1.0}]}, "weight_negative"),
        ({"scorecard": [{"measure": "a", "perspective": "customer", "weight": 0.0,
                         "attainment": 1.0}]}, "weights_zero"),
        ({"pairs": [{"unit": str(k), "employee": k, "customer": k} for k in range(3)]},
         "pairs_few"),
        ({"goals_next": [{"goal_id": "a", "target": 1.0, "reason": ("becuase",)}]},
         "reason_unknown"),
    ],
)  # fmt: skip
def test_faults_are_refused(tables: dict[str, Any], code: str) -> None:
    given = inputs(**tables)
    assert code in codes(given)
    with pytest.raises(RefusedError):
        analyse(given)


def test_season_and_drift_are_doubted() -> None:
    rows = [
        share("a", "2025-Q3", 700, 1000),
        share("a", "2025-Q4", 800, 1000),
        share("b", "2026-01", 700, 1000, baseline=0.6, target=0.8),
        share("b", "2026-02", 700, 1000, baseline=0.65, target=0.8),
    ]
    found = codes(inputs(actuals=rows))
    assert {"season_compared", "baseline_changed_after_start"} <= found


# --- the record


def test_nothing_but_one_table_is_needed_and_the_record_survives() -> None:
    result = analyse(inputs(actuals=[share("a", "2017", 8, 10), share("a", "2018", 7, 10)]))
    text = to_json(result)
    assert to_dict(from_dict(ReviewResult, json.loads(text))) == json.loads(text)
    assert (result.gaps, result.money, result.scorecard, result.pdca) == ((), None, None, None)


def test_goals_that_ended_alike_are_told_in_one_sentence() -> None:
    rows = [
        *months("a", [0.5, 0.9], baseline=0.5, target=0.7, due="2026-06-30"),
        *months("b", [0.5, 0.9], baseline=0.5, target=0.7, due="2026-06-30"),
        *months("c", [0.5, 0.4], baseline=0.5, target=0.7, due="2026-06-30"),
    ]
    found = {f.code: f for f in analyse(inputs(actuals=rows)).findings}
    assert found["attained_many"].about == ("a", "b")
    assert found["missed"].about == ("c",)
    assert found["attained_summary"].values["attained_proven"] == 2


def test_half_a_year_is_not_stretched_to_a_yearly_pace() -> None:
    grown = analyse(inputs(actuals=months("a", [0.5, 0.55, 0.6]))).growth[0]
    assert grown.change == pytest.approx(0.1)
    assert (grown.per_year, grown.cagr, grown.refused) == (None, None, "short_span")


def test_effects_of_a_goal_in_percent_are_points_of_its_share() -> None:
    row = {
        "goal_id": "G1", "metric_id": "csat", "unit": "%", "direction": "increase",
        "baseline": 70.0, "target": 76.0, "expected_effect": 4.2, "smallest_effect": 2.0,
        "reason": ("new_need",),
    }  # fmt: skip
    card = analyse(inputs({"goals": {"cards": [CARD]}}, goals_next=[row])).check_goals[0]
    assert card.unit == "share"
    assert (card.expected_effect, card.smallest_effect) == pytest.approx((0.042, 0.02))


def test_copies_all_due_are_not_told_to_wait() -> None:
    rows = [row for k in range(10) for row in copies(f"s{k}", [0.9] * 6)]
    rows += [row for k in range(2) for row in copies(f"t{k}", [0.5] * 6)]
    assert "copies_done_open" in said(analyse(inputs(replication=rows)))

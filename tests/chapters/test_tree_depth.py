"""Sampling errors, coverage, ranks that hold, mix, trials, appraisal: what the sheet asks beyond
the sums."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.tree.analysis import analyse, check
from playbook.chapters.tree.cascade import first_measure
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.reading import read_goals
from playbook.chapters.tree.sampling import kind_of, samples
from playbook.chapters.tree.split import alike
from playbook.chapters.tree.timing import Stage, logged_dependence, readings, trials
from playbook.core.inputs import Facts, Inputs, Tables

FACTS = Facts(reference_date=date(2026, 7, 1))
ROW = {
    "parent_id": None, "metric_id": "m", "level": "team", "kind": "process", "edge": "formula",
    "node": None, "unit": "件", "direction": "decrease", "baseline": None, "weight_n": None,
    "reachable": None, "target": None, "start": date(2026, 1, 1), "due": date(2026, 12, 31),
    "owner": "lin", "team": None, "source": "tickets", "evidence": None,
}  # fmt: skip


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)


def inputs(*rows: dict[str, Any], earlier: Any = None, **more: Any) -> Inputs[Settings]:
    settings = Settings(draws=4000, time_draws=20_000, bootstrap_draws=200)
    tree = table([{**ROW, "owner": f"p{i}", **row} for i, row in enumerate(rows)])
    return Inputs(Tables({"tree": tree, **more}), settings, FACTS, earlier or {})


def codes(result: Any) -> set[tuple[str, str]]:
    return {(one.id, one.code) for one in result.checks}


SUM = {"goal_id": "P", "node": "additive"}


class TestSampling:
    """Every leaf brings the error its unit has: exact counts, or an interval that was measured."""

    def one(self, earlier: Any = None, **row: Any) -> Any:
        return read_goals(inputs({"goal_id": "A", **row}, earlier=earlier))[0]

    def test_a_rate_with_its_exposure_is_a_poisson_count(self) -> None:
        goal = self.one(unit="per_1000", baseline=2.6, weight_n=67_000)
        assert kind_of(goal) == "rate"
        drawn = samples(goal, 2.6, 20_000, 1)
        assert drawn.mean() == pytest.approx(2.6, rel=0.01)
        assert drawn.std() == pytest.approx(np.sqrt(2.6 / 67), rel=0.03)
        counts = drawn * 67
        assert counts == pytest.approx(counts.round())

    def test_without_exposure_a_rate_has_no_error(self) -> None:
        assert kind_of(self.one(unit="‰", baseline=2.6)) is None

    def test_money_takes_the_interval_of_its_baseline(self) -> None:
        goal = self.one(unit="万元", baseline=100.0, baseline_low=90.2, baseline_high=109.8)
        assert kind_of(goal) == "normal"
        assert goal.baseline_sd == pytest.approx(5, abs=1e-3)
        assert samples(goal, 80.0, 20_000, 1).std() == pytest.approx(5, rel=0.03)

    def test_or_the_interval_that_the_goals_chapter_found(self) -> None:
        card = {"goal_id": "A", "unit": "h", "baseline_low": 1.8, "baseline_high": 2.2}
        earlier = {"goals": {"cards": [card]}}
        assert self.one(earlier, unit="小时", baseline=2.0).baseline_sd == pytest.approx(
            0.102, abs=1e-3
        )
        assert self.one(earlier, unit="件", baseline=2.0).baseline_sd is None

    def test_a_goal_keeps_its_draws_when_others_are_added(self) -> None:
        goal = self.one(unit="件", baseline=40.0)
        assert np.array_equal(samples(goal, 40.0, 50, 3), samples(goal, 40.0, 50, 3))

    def test_rates_by_cause_give_their_sum_an_interval_and_a_chance(self) -> None:
        parts = [
            {"goal_id": k, "parent_id": "P", "unit": "per_1000", "baseline": b, "target": t,
             "weight_n": 67_000}
            for k, b, t in (("A", 2.6, 1.6), ("B", 1.9, 1.9))
        ]  # fmt: skip
        result = analyse(
            inputs({**SUM, "unit": "per_1000", "target": 3.5, "baseline": 4.5}, *parts)
        )
        whole = result.nodes[0]
        assert whole.recomputed == pytest.approx(3.5)
        assert whole.recomputed_high - whole.recomputed_low == pytest.approx(
            3.92 * np.sqrt(3.5 / 67), rel=0.06
        )
        assert whole.prob_reach_parent == pytest.approx(0.5, abs=0.06)
        assert result.contributions[0].parts[0].rank == 1

    def test_a_leaf_without_an_error_is_named(self) -> None:
        part = {"goal_id": "A", "parent_id": "P", "unit": "万元", "baseline": 9.0, "target": 8.0}
        result = analyse(inputs({**SUM, "unit": "万元", "target": 8.0}, part))
        assert ("A", "sample_missing") in codes(result)
        assert result.nodes[0].prob_reach_parent is None

    def test_thousands_where_the_exposure_itself_belongs(self) -> None:
        found = check(inputs({"goal_id": "A", "unit": "‰", "baseline": 2.6, "weight_n": 67.0}))
        assert ("tree.exposure_small", 2, "weight_n") in {(p.code, p.row, p.column) for p in found}

    @pytest.mark.parametrize(("low", "high"), [(90.0, None), (120.0, 90.0), (101.0, 110.0)])
    def test_half_or_wrong_intervals_are_refused(self, low, high) -> None:
        row = {"goal_id": "A", "unit": "元", "baseline": 100.0, "baseline_low": low,
               "baseline_high": high}  # fmt: skip
        found = [p for p in check(inputs(row)) if p.code == "tree.interval_wrong"]
        assert [p.level for p in found] == ["error"]


class TestCoverage:
    """TR13."""

    def parts(self, *values: float) -> list[dict[str, Any]]:
        return [{"goal_id": f"C{i}", "parent_id": "P", "baseline": v, "target": v}
                for i, v in enumerate(values)]  # fmt: skip

    @pytest.mark.parametrize(
        ("values", "share", "code"),
        [((60.0, 40.0), 1.0, None), ((50.0, 30.0), 0.8, "coverage_short"),
         ((90.0, 40.0), 1.3, "coverage_over")],
    )  # fmt: skip
    def test_of_a_sum(self, values, share, code) -> None:
        result = analyse(inputs({**SUM, "baseline": 100.0}, *self.parts(*values)))
        assert result.nodes[0].coverage == pytest.approx(share)
        found = {c for i, c in codes(result) if i == "P" and c.startswith("coverage")}
        assert found == ({code} if code else set())

    def test_of_a_product_by_its_losses(self) -> None:
        head = {"goal_id": "P", "node": "rate_chain", "unit": "%", "direction": "increase",
                "baseline": 72.0, "target": 80.0}  # fmt: skip
        parts = [{**p, "unit": "%", "direction": "increase"} for p in self.parts(90.0, 80.0)]
        assert analyse(inputs(head, *parts)).nodes[0].coverage == pytest.approx(1)

    def test_influences_explain_nothing(self) -> None:
        part = {"goal_id": "A", "parent_id": "P", "edge": "influence", "baseline": 50.0}
        assert analyse(inputs({**SUM, "baseline": 100.0}, part)).nodes[0].coverage is None

    def test_averages_of_averages(self) -> None:
        head = {"goal_id": "P", "node": "weighted_mean", "unit": "%", "direction": "increase",
                "baseline": 80.0, "target": 80.0}  # fmt: skip
        parts = [
            {"goal_id": k, "parent_id": "P", "unit": "%", "direction": "increase", "baseline": b,
             "target": b, "weight_n": n}
            for k, b, n in (("A", 70.0, 900), ("B", 90.0, 100))
        ]  # fmt: skip
        assert ("P", "mean_of_means") in codes(analyse(inputs(head, *parts)))
        assert ("P", "mean_of_means") not in codes(
            analyse(inputs({**head, "baseline": 72.0}, *parts))
        )


class TestContributions:
    def whole(self, *parts: tuple[float, float]) -> Any:
        rows = [
            {"goal_id": f"C{i}", "parent_id": "P", "baseline": a, "target": b}
            for i, (a, b) in enumerate(parts)
        ]
        target = sum(b for _, b in parts)
        return analyse(inputs({**SUM, "target": target}, *rows)).contributions[0]

    def test_ranks_that_hold_are_given(self) -> None:
        whole = self.whole((5000, 3000), (900, 500), (50, 49))
        assert [part.rank for part in whole.parts] == [1, 2, 3]
        assert all(part.prob_rank >= 0.8 for part in whole.parts)

    def test_ranks_within_the_error_are_not(self) -> None:
        whole = self.whole((100, 90), (100, 91))
        assert [part.rank for part in whole.parts] == [None, None]

    def test_a_product_whose_samples_hold_noughts_still_has_intervals(self) -> None:
        """A log mean knows no nought; then the draws are split by Shapley's mean over orders."""
        share = {"unit": "%", "direction": "increase", "parent_id": "P"}
        rows = [{"goal_id": "A", **share, "baseline": 10.0, "target": 40.0, "weight_n": 12},
                {"goal_id": "B", **share, "baseline": 50.0, "target": 60.0,
                 "weight_n": 12}]  # fmt: skip
        head = {"goal_id": "P", "node": "rate_chain", "unit": "%", "direction": "increase",
                "target": 24.0}  # fmt: skip
        whole = analyse(inputs(head, *rows)).contributions[0]
        assert whole.method == "log_mean"
        assert sum(part.change for part in whole.parts) == pytest.approx(0.24 - 0.05)
        assert all(part.low < part.change < part.high for part in whole.parts)

    def test_shares_before_and_the_change_alone(self) -> None:
        whole = self.whole((900, 750), (100, 100))
        late = whole.parts[0]
        assert late.share_before == 0.9
        assert late.alone == pytest.approx(-0.15 / 0.9)  # 16.7 %, not 15 %
        assert whole.after / whole.before - 1 == pytest.approx(-0.15)


def history(*units: tuple[str, float, float, float, float]) -> pd.DataFrame:
    """Rows of name, n and share before, n and share after."""
    rows = [
        {"metric_id": "m", "period": period, "value": value, "n": n, "x": None, "unit_name": name}
        for name, n0, x0, n1, x1 in units
        for period, n, value in (("2025-01", n0, x0), ("2025-02", n1, x1))
    ]
    return table(rows)


class TestMix:
    GOAL = {"goal_id": "A", "unit": "%", "direction": "increase", "baseline": 80.0}  # noqa: RUF012

    def found(self, *units: tuple[str, float, float, float, float]) -> Any:
        result = analyse(inputs(self.GOAL, goals_history=history(*units)))
        return result.mixes[0], {f.code: f.certainty for f in result.findings}

    def test_large_samples_prove_simpson(self) -> None:
        mix, findings = self.found(("E", 9000, 0.9, 1000, 0.93), ("W", 1000, 0.5, 9000, 0.56))
        assert mix.simpson
        assert mix.prob_simpson > 0.95
        assert findings["simpson"] == "proven"
        assert mix.mix_low < mix.mix_total < mix.mix_high

    def test_small_samples_do_not(self) -> None:
        mix, findings = self.found(("E", 90, 0.9, 10, 0.91), ("W", 10, 0.5, 90, 0.51))
        assert mix.simpson
        assert findings["simpson"] == "undecided"

    def test_mix_and_rate_of_alike_size_are_left_open(self) -> None:
        _, findings = self.found(("E", 60, 0.9, 40, 0.9), ("W", 40, 0.6, 60, 0.61))
        assert findings["mix_drives_change"] in ("undecided", "likely")


def stage(name: str, start: str, stop: str, **more: Any) -> Stage:
    given = {"row": 2, "goal_id": "T", "stage": name, "order": 1, "p50": 1.0, "p95": 2.0,
             "limit": None, "start_event": start, "stop_event": stop, "clock": "calendar",
             "pausable": None, "arrival_rate": None, "work_time": None, "capacity": None,
             "pass_rate": None}  # fmt: skip
    return Stage(**{**given, **more})


STAGES = (stage("confirm", "in", "confirmed"), stage("solve", "confirmed", "solved"),
          stage("reply", "solved", "answered"))  # fmt: skip
TIMES = np.array([[2.0, 2, 2, 2], [10, 20, 21, 30], [1, 1, 5, 1]])


class TestTimes:
    def test_three_readings_of_24_hours_by_hand(self) -> None:
        """K2: of four complaints 2 are answered within 24 h of receipt, 2 of confirmation, and
        3 are solved within 24 h of receipt."""
        whole, after, before = readings(STAGES, [TIMES], 24.0, 0.95, 0.95)
        assert [r.p_within for r in (whole, after, before)] == [0.5, 0.5, 0.75]
        assert (after.start_event, before.stop_event) == ("confirmed", "solved")
        assert whole.p_within_low < 0.5 < whole.p_within_high

    def test_a_trial_by_hand(self) -> None:
        """Solving a fifth faster brings the case of 2 + 21 + 5 = 28 h to 23.8 h."""
        confirm, solve, reply = trials(STAGES, [TIMES], 24.0, 0.2, 0.95)
        assert (confirm.gain, solve.gain, reply.gain) == (0, 0.25, 0)
        assert solve.p_total_within == 0.75
        assert solve.prob_best > confirm.prob_best

    def test_dependence_of_cases(self) -> None:
        assert logged_dependence(np.exp(np.array([[1.0, 2, 3, 4], [2, 4, 6, 8]]))) == pytest.approx(
            1
        )
        assert logged_dependence(TIMES) is None  # confirming always took the same time
        assert logged_dependence(TIMES[:, :2]) is None

    def test_events_with_a_gap_are_drawn(self) -> None:
        from playbook.chapters.tree.section import section
        from playbook.core.section import Picture

        rows = [
            {"goal_id": "T", "stage": s, "order": i, "p50": 1.0, "p95": 4.0, "limit": 4.0,
             "clock": "calendar", "start_event": a, "stop_event": b}
            for i, (s, a, b) in enumerate((("x", "in", "ok"), ("y", "named", "done")), 1)
        ]  # fmt: skip
        goal = {"goal_id": "T", "node": "time_budget", "unit": "h", "target": 6.0}
        result = analyse(inputs(goal, tree_stages=table(rows)))
        pictures = [i for i in section(result, "zh")["readings"].items if isinstance(i, Picture)]
        assert pictures[0].svg


class TestDuties:
    def test_steps_of_one_kind_share_alike_but_better_ones_stay(self) -> None:
        assert alike([0.95] * 3, 0.95) == pytest.approx([0.95 ** (1 / 3)] * 3)
        found = alike([0.99, 0.9, 0.9], 0.95)
        assert found[0] == 0.99
        assert np.prod(found) == pytest.approx(0.95)

    @pytest.mark.parametrize(
        ("every", "day"),
        [("day", date(2026, 7, 1)), ("week", date(2026, 7, 5)), ("month", date(2026, 7, 31)),
         ("quarter", date(2026, 9, 30)), ("year", date(2026, 10, 1)), (None, None)],
    )  # fmt: skip
    def test_the_first_measurement(self, every, day) -> None:
        assert first_measure(date(2026, 7, 1), date(2026, 10, 1), every) == day

    def sheets(self, *rows: tuple[str, str, float]) -> pd.DataFrame:
        return table([{"holder": h, "kpi": k, "weight": w} for h, k, w in rows])

    def test_a_top_goal_must_stand_on_its_owners_sheet(self) -> None:
        rows = ({"goal_id": "A", "owner": "boss"}, {"goal_id": "B", "parent_id": "A"})
        off = analyse(inputs(*rows, tree_weights=self.sheets(("boss", "x", 60), ("boss", "y", 40))))
        assert ("A", "top_not_appraised") in codes(off)
        sheets = self.sheets(("boss", "A", 60), ("boss", "y", 40), ("p1", "B", 100))
        on = analyse(inputs(*rows, tree_weights=sheets))
        (one,) = on.appraisals
        assert (one.owner, one.weight, one.others) == ("boss", 60, ("p1",))
        assert "top_appraised" in {f.code for f in on.findings}

    def test_a_sheet_holds_other_measures_and_actions_too(self) -> None:
        sheets = self.sheets(("lin", "A", 60), ("lin", "else", 40), ("guest", "other", 100))
        roles = table([{"action": "x", "person": "lin", "role": "A"},
                       {"action": "x", "person": "wu", "role": "R"}])  # fmt: skip
        given = inputs({"goal_id": "A", "owner": "lin"}, tree_weights=sheets, tree_raci=roles)
        by_holder = {one.holder: one for one in analyse(given).cascade}
        lin = by_holder["lin"]
        assert [line.kpi for line in lin.other_kpis] == ["else"]
        assert lin.weight_total == 100
        assert lin.actions[0].responsible == ("wu",)
        assert by_holder["guest"].goals == ()

    def test_what_a_parent_asks_is_handed_on(self) -> None:
        rows = (
            {"goal_id": "P", "node": "additive", "target": 50.0},
            {"goal_id": "Q", "parent_id": "P", "node": "additive"},
            {"goal_id": "A", "parent_id": "Q", "baseline": 60.0},
            {"goal_id": "B", "parent_id": "Q", "baseline": 40.0},
        )
        asked = {row.goal_id: row.target for row in analyse(inputs(*rows)).allocation}
        assert asked == {"Q": 50, "A": 30, "B": 20}

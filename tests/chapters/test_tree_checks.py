"""What the goal tree finds wrong: reference checks, refusals, and each mistake it must block."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.tree.analysis import analyse, check
from playbook.chapters.tree.consistency import consistency
from playbook.chapters.tree.duties import raci_checks, read_raci, read_sheets, sheet_checks
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.reading import read_goals
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError

FACTS = Facts(reference_date=date(2026, 7, 1))
ROW = {
    "parent_id": None, "metric_id": "m", "level": None, "kind": "process", "edge": "formula",
    "node": None, "unit": "%", "direction": "increase", "baseline": None, "weight_n": None,
    "reachable": None, "target": None, "start": date(2026, 1, 1), "due": date(2026, 12, 31),
    "owner": "lin", "team": None, "source": "tickets", "evidence": None,
}  # fmt: skip


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)


def tree(*rows: dict[str, Any]) -> pd.DataFrame:
    """A tree from what differs from ROW; owners differ unless given."""
    return table([{**ROW, "owner": f"p{i}", **row} for i, row in enumerate(rows)])


def inputs(*rows: dict[str, Any], tables: dict[str, pd.DataFrame] | None = None, **settings: Any):
    return Inputs(Tables({"tree": tree(*rows), **(tables or {})}), Settings(**settings), FACTS)


def codes(*rows: dict[str, Any], **kwargs: Any) -> set[tuple[str, str]]:
    """The codes found, by goal or sheet, and their levels as problems."""
    return {(p.value, p.code.removeprefix("tree.")) for p in check(inputs(*rows, **kwargs))}


class TestReferences:
    def test_goals(self, vector) -> None:
        case = vector("tree_checks")
        rows = [
            {**ROW, "metric_id": goal["goal_id"], **goal,
             "start": date.fromisoformat(goal["start"]), "due": date.fromisoformat(goal["due"])}
            for goal in case["inputs"]["goals"]
        ]  # fmt: skip
        read = read_goals(Inputs(Tables({"tree": table(rows)}), Settings(), FACTS))
        found = [[one.id, one.code] for one in consistency(read, Settings())]
        assert found == case["expected"]["codes"]

    def test_weights(self, vector) -> None:
        case = vector("tree_kpi_weights")
        sheet = table([{"holder": "h", **line} for line in case["inputs"]["sheet"]])
        lines = read_sheets(Tables({"tree_weights": sheet}))
        found = [[one.id, one.code] for one in sheet_checks(lines, Settings())]
        assert found == case["expected"]["codes"]

    def test_raci(self, vector) -> None:
        case = vector("tree_raci")
        rows = [
            {"action": row["action"], "person": person, "role": role}
            for row in case["inputs"]["rows"]
            for person, role in row["roles"].items()
        ]
        roles = read_raci(Tables({"tree_raci": table(rows)}), FACTS)
        found = [[one.id, one.code] for one in raci_checks(roles, Settings())]
        assert found == case["expected"]["codes"]


PARENT = {"goal_id": "P", "node": "additive", "unit": "件", "direction": "decrease"}
CHILD = {"goal_id": "C", "parent_id": "P", "unit": "件", "direction": "decrease"}
MEAN = {"goal_id": "P", "node": "weighted_mean", "target": 80.0, "baseline": 75.0}


def site(goal_id: str, n: float | None, target: float = 80.0, **more: Any) -> dict[str, Any]:
    given = {"goal_id": goal_id, "parent_id": "P", "weight_n": n, "target": target}
    return {**given, "baseline": 75.0, **more}


class TestRefusals:
    """Input that must not become a number."""

    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ([{"goal_id": "A", "parent_id": "B"}, {"goal_id": "B", "parent_id": "A"}], "cycle"),
            ([{"goal_id": "A", "parent_id": "A"}], "cycle"),
            ([{"goal_id": "A", "parent_id": "Z"}], "orphan"),
            ([PARENT, {**CHILD, "unit": "h"}], "unit_mismatch"),
            ([MEAN, site("A", None), site("B", 3)], "weights_missing"),
            ([MEAN, site("A", 0), site("B", 0)], "weights_zero"),
            ([{"goal_id": "A", "target": 120.0, "baseline": 80.0}], "rate_outside"),
            ([{"goal_id": "A", "target": 0.85, "baseline": 80.0}], "rates_mixed"),
            ([{"goal_id": "A", "node": "rate_chain", "target": 1.0}], "chain_target_one"),
            ([{"goal_id": "A", "node": "rate_chain", "unit": "h"}], "chain_needs_shares"),
            ([{"goal_id": "A", "node": "time_budget"}], "time_needs_time"),
            ([{"goal_id": "A", "due": date(2025, 1, 1)}], "due_before_start"),
        ],
    )
    def test_tree(self, rows, code) -> None:
        with pytest.raises(RefusedError) as refused:
            analyse(inputs(*rows))
        assert f"tree.{code}" in {problem.code for problem in refused.value.problems}
        assert all(line.strip() for line in refused.value.lines("zh"))

    def test_every_goal_on_a_loop_is_named(self) -> None:
        loop = [{"goal_id": k, "parent_id": v} for k, v in (("A", "C"), ("B", "A"), ("C", "B"))]
        assert {("A", "cycle"), ("B", "cycle"), ("C", "cycle")} <= codes(*loop)

    def test_percents_and_shares_may_be_declared(self) -> None:
        row = {"goal_id": "A", "target": 0.9, "baseline": 2.0}
        assert ("", "rates_mixed") in codes(row)
        result = analyse(inputs(row, rates="percent"))
        assert result.nodes[0].target == pytest.approx(0.009)

    @pytest.mark.parametrize(("weights", "code"), [([-5, 105], "weight_negative"),
                                                   ([0, 0], "weights_all_zero")])  # fmt: skip
    def test_weights(self, weights, code) -> None:
        rows = [{"holder": "h", "kpi": f"k{w}{i}", "weight": w} for i, w in enumerate(weights)]
        found = check(inputs({"goal_id": "A"}, tables={"tree_weights": table(rows)}))
        assert f"tree.{code}" in {p.code for p in found if p.level == "error"}

    def test_roles_of_other_letters(self) -> None:
        rows = [{"action": "a", "person": "p", "role": "X"}]
        found = check(inputs({"goal_id": "A"}, tables={"tree_raci": table(rows)}))
        assert found[0].code == "tree.role_unknown"
        assert (found[0].row, found[0].column) == (2, "role")


STAGE = {"goal_id": "T", "p50": 1.0, "p95": 4.0, "limit": 4.0, "clock": "calendar"}
TIME = {"goal_id": "T", "node": "time_budget", "unit": "h", "direction": "decrease", "target": 24.0}


def stages(*rows: dict[str, Any]) -> dict[str, pd.DataFrame]:
    events = ["in", "confirmed", "answered", "closed"]
    made = [
        {**STAGE, "stage": f"s{i}", "order": i + 1, "start_event": events[i],
         "stop_event": events[i + 1], **row}
        for i, row in enumerate(rows)
    ]  # fmt: skip
    return {"tree_stages": table(made)}


class TestStageRefusals:
    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ([{"p95": 0.5}], "stage_p95_not_above"),
            ([{"p50": 0.0}], "stage_p50_not_positive"),
            ([{"p50": None}], "stage_times_missing"),
            ([{}, {"order": 1}], "stage_order_twice"),
            ([{}, {"clock": "business"}], "clock_mixed"),
            ([{}, {"start_event": "in"}], "stage_overlaps"),
            ([{"goal_id": "Z"}], "stage_goal_unknown"),
        ],
    )
    def test_each_is_an_error(self, rows, code) -> None:
        found = check(inputs(TIME, tables=stages(*rows)))
        assert f"tree.{code}" in {p.code for p in found if p.level == "error"}

    def test_time_between_stages_that_nobody_counts_is_a_doubt(self) -> None:
        found = check(inputs(TIME, tables=stages({}, {"start_event": "assigned"})))
        assert ("tree.clock_gap", "warn") in {(p.code, p.level) for p in found}


class TestMistakesToBlock:
    def test_rates_are_not_averaged_equally(self) -> None:
        result = analyse(inputs(MEAN, site("A", 900, 78.0), site("B", 100, 88.0)))
        assert result.nodes[0].recomputed == pytest.approx(0.79)
        assert ("P", "parent_not_recomputed") in {(c.id, c.code) for c in result.checks}

    def test_equal_weights_are_doubted(self) -> None:
        assert ("P", "weights_equal") in codes(MEAN, site("A", 1), site("B", 1))

    def test_influences_are_never_added(self) -> None:
        child = {**CHILD, "edge": "influence", "unit": "h", "target": 3.0}
        result = analyse(inputs({**PARENT, "target": 200.0, "baseline": 240.0}, child))
        assert result.nodes[0].recomputed is None
        assert result.contributions == ()

    def test_a_correlation_on_a_formula_edge_is_doubted(self) -> None:
        assert ("C", "influence_as_formula") in codes(PARENT, {**CHILD, "evidence": "r = 0.6"})

    def test_steps_at_95_do_not_make_95(self) -> None:
        steps = [{"goal_id": k, "parent_id": "P", "baseline": 90.0, "target": 95.0} for k in "ABC"]
        result = analyse(inputs({"goal_id": "P", "node": "complement", "target": 95.0}, *steps))
        assert result.nodes[0].recomputed == pytest.approx(0.857375)
        assert result.nodes[0].state == "error"
        assert result.chains[0].equal_share == pytest.approx(0.983, abs=5e-4)

    def test_stages_near_one_are_asked_for_less(self) -> None:
        stages_ = [
            {"goal_id": k, "parent_id": "P", "baseline": b, "target": b}
            for k, b in (("A", 97.0), ("B", 80.0))
        ]
        result = analyse(inputs({"goal_id": "P", "node": "rate_chain", "target": 85.0}, *stages_))
        a, b = result.allocation
        assert a.target - a.baseline < b.target - b.baseline
        assert a.target * b.target == pytest.approx(0.85)

    def test_p95s_are_not_added(self) -> None:
        result = analyse(inputs(TIME, tables=stages({}, {}, {}), time_draws=20_000))
        budget = result.time_budgets[0]
        assert budget.sum_of_p95 == 12
        assert budget.dependence["dependence_0"].p95_total < 10
        assert budget.dependence["dependence_1"].p95_total == pytest.approx(12, rel=0.03)
        assert "p95_do_not_add" in {finding.code for finding in result.findings}

    def test_several_accountable(self) -> None:
        assert ("A", "owner_many") in codes({"goal_id": "A", "owner": "王琳；陈明"})

    def test_trivial_weights(self) -> None:
        rows = [{"holder": "h", "kpi": f"k{i}", "weight": 4 if i else 20} for i in range(21)]
        found = check(inputs({"goal_id": "A"}, tables={"tree_weights": table(rows)}))
        assert {"tree.kpi_count", "tree.weight_small"} <= {p.code for p in found}

    def test_a_sheet_in_fractions_is_read(self) -> None:
        rows = [{"holder": "h", "kpi": k, "weight": w} for k, w in zip("abc", (0.4, 0.35, 0.25),
                                                                      strict=True)]  # fmt: skip
        lines = read_sheets(Tables({"tree_weights": table(rows)}))
        assert [line.weight for line in lines] == pytest.approx([40, 35, 25])
        assert sheet_checks(lines, Settings()) == ()

    def test_a_child_after_its_parent(self) -> None:
        assert ("C", "child_end_after_parent") in codes(PARENT, {**CHILD, "due": date(2027, 1, 1)})

    def test_speed_without_a_quality_guard(self) -> None:
        speed = {"goal_id": "S", "parent_id": "P", "edge": "influence", "unit": "h",
                 "direction": "decrease"}  # fmt: skip
        guard = {"goal_id": "Q", "parent_id": "P", "edge": "influence"}
        assert ("S", "guardrail_missing") in codes({"goal_id": "P"}, speed)
        assert ("S", "guardrail_missing") not in codes({"goal_id": "P"}, speed, guard)

    def test_another_metric_in_a_mean(self) -> None:
        rows = (MEAN, site("A", 10), site("B", 20, metric_id="other"))
        assert ("B", "not_in_parent_formula") in codes(*rows)

    def test_a_looser_target_for_the_same_metric(self) -> None:
        loose = {"goal_id": "C", "parent_id": "P", "edge": "influence", "target": 70.0}
        assert ("C", "target_looser_than_parent") in codes({**MEAN, "node": None}, loose)

    def test_more_than_can_be_reached(self) -> None:
        rows = (MEAN, site("A", 10, reachable=78.0), site("B", 10, reachable=79.0))
        result = analyse(inputs(*rows))
        assert ("P", "not_closable") in {(c.id, c.code) for c in result.checks}
        assert result.splits[0].best == pytest.approx(0.785)
        assert "ask_exceeds_reach" in {finding.code for finding in result.findings}

    def test_people_with_too_many_goals(self) -> None:
        many = [{"goal_id": f"G{i}", "owner": "lin"} for i in range(5)]
        assert ("lin", "owner_overload") in codes(*many)

    def test_a_department_that_is_accountable(self) -> None:
        rows = [{"action": "a", "person": "IT", "role": "A/R", "is_department": True}]
        found = check(inputs({"goal_id": "A"}, tables={"tree_raci": table(rows)}))
        assert "tree.department_without_person" in {p.code for p in found}

    def test_measures_on_nobodys_sheet(self) -> None:
        rows = [{"holder": "h", "kpi": k, "weight": w} for k, w in zip("abc", (40, 40, 20),
                                                                      strict=True)]  # fmt: skip
        assert ("A", "kpi_unassigned") in codes(
            {"goal_id": "A"}, tables={"tree_weights": table(rows)}
        )


def test_problems_stand_at_their_row_and_column_in_both_languages() -> None:
    found = check(inputs(PARENT, {**CHILD, "due": date(2027, 1, 1), "owner": None}))
    by_code = {problem.code: problem for problem in found}
    late = by_code["tree.child_end_after_parent"]
    assert (late.file, late.row, late.column) == ("tree.csv", 3, "due")
    for problem in found:
        for lang in ("zh", "en"):
            assert "{" not in problem.say(lang)

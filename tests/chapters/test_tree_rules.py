"""Each rule of the sheet is broken once, each conclusion drawn once, and both are said twice."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.tree.analysis import analyse, check
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.section import section
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.section import Table
from playbook.core.text import LANGS, words

FACTS = Facts(reference_date=date(2026, 7, 1))
ROW = {
    "parent_id": None, "metric_id": "m", "level": "team", "kind": "process", "edge": "formula",
    "node": None, "unit": "件", "direction": "decrease", "baseline": None, "weight_n": None,
    "reachable": None, "target": None, "start": date(2026, 1, 1), "due": date(2026, 12, 31),
    "owner": "lin", "team": None, "source": "tickets", "evidence": None,
}  # fmt: skip


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)


def inputs(*rows: dict[str, Any], **more: list[dict[str, Any]]) -> Inputs[Settings]:
    settings = Settings(draws=2000, time_draws=20_000, bootstrap_draws=200)
    tree = table([{**ROW, "owner": f"p{i}", **row} for i, row in enumerate(rows)])
    return Inputs(Tables({"tree": tree, **{k: table(v) for k, v in more.items()}}), settings, FACTS)


P = {"goal_id": "P", "node": "additive", "baseline": 100.0, "target": 80.0}
C = {"goal_id": "C", "parent_id": "P", "baseline": 100.0, "target": 80.0}
SHARE = {"unit": "%", "direction": "increase"}
MEAN = {"goal_id": "P", "node": "weighted_mean", **SHARE, "baseline": 70.0, "target": 80.0}


def site(key: str, n: float | None, base: float = 70.0, target: float = 80.0) -> dict[str, Any]:
    return {"goal_id": key, "parent_id": "P", **SHARE, "weight_n": n, "baseline": base,
            "target": target}  # fmt: skip


def influence(**more: Any) -> dict[str, Any]:
    return {**C, "edge": "influence", "metric_id": "x", **more}


def stages(*limits: float, **more: Any) -> list[dict[str, Any]]:
    return [
        {"goal_id": "P", "stage": f"s{i}", "order": i + 1, "p50": 1.0, "p95": 4.0, "limit": limit,
         "start_event": f"e{i}", "stop_event": f"e{i + 1}", "clock": "calendar", **more}
        for i, limit in enumerate(limits)
    ]  # fmt: skip


def time_goal(target: float) -> dict[str, Any]:
    return {"goal_id": "P", "node": "time_budget", "unit": "h", "target": target}


def raci(*cells: str) -> dict[str, list[dict[str, Any]]]:
    """Cells like ``act1 lin A``."""
    rows = [dict(zip(("action", "person", "role"), cell.split(), strict=True)) for cell in cells]
    return {"tree_raci": rows}


def sheet(*weights: float, holder: str = "h", first: str = "k0") -> dict[str, list[dict[str, Any]]]:
    rows = [{"holder": holder, "kpi": f"k{i}" if i else first, "weight": w}
            for i, w in enumerate(weights)]  # fmt: skip
    return {"tree_weights": rows}


late = {"due": date(2027, 1, 1)}
RULES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "cycle": ([{"goal_id": "P", "parent_id": "P"}], {}),
    "orphan": ([{"goal_id": "P", "parent_id": "?"}], {}),
    "owner_missing": ([{"goal_id": "P", "owner": None}], {}),
    "owner_many": ([{"goal_id": "P", "owner": "a; b"}], {}),
    "owner_overload": ([{"goal_id": f"G{i}", "owner": "a"} for i in range(5)], {}),
    "unit_mismatch": ([P, {**C, "unit": "h"}], {}),
    "direction_mismatch": ([P, {**C, "direction": "increase"}], {}),
    "child_end_after_parent": ([P, {**C, **late}], {}),
    "child_start_before_parent": ([P, {**C, "start": date(2025, 1, 1)}], {}),
    "target_looser_than_parent": ([P, influence(metric_id="m", target=90.0)], {}),
    "no_process_driver": ([{"goal_id": "P", "kind": "result"}], {}),
    "same_owner_process_result": ([{**P, "kind": "result", "owner": "a"}, {**C, "owner": "a"}], {}),
    "source_missing": ([{"goal_id": "P", "source": None}], {}),
    "guardrail_missing": ([{"goal_id": "P", "unit": "h"}], {}),
    "not_in_parent_formula": ([MEAN, {**site("A", 9), "metric_id": "other"}, site("B", 9)], {}),
    "not_closable": ([P, {**C, "reachable": 90.0}], {}),
    "parent_not_recomputed": ([P, {**C, "target": 85.0}], {}),
    "rounded_short": ([{**P, "target": 80.0}, {**C, "target": 80.4}], {}),
    "level_skipped": ([{**P, "level": "company"}, {**C, "level": "person"}], {}),
    "weights_missing": ([MEAN, site("A", None), site("B", 9)], {}),
    "weights_zero": ([MEAN, site("A", 0), site("B", 0)], {}),
    "weights_equal": ([MEAN, site("A", 9), site("B", 9)], {}),
    "mean_of_means": ([{**MEAN, "baseline": 75.0}, site("A", 9, 70), site("B", 90, 80)], {}),
    "influence_as_formula": ([P, {**C, "evidence": "r=0.6 n=30"}], {}),
    "child_target_missing": ([P, {**C, "target": None}], {}),
    "node_missing": ([{**P, "node": None}, C], {}),
    "target_beyond_reach": ([{"goal_id": "P", "target": 50.0, "reachable": 60.0}], {}),
    "coverage_short": ([{**P, "baseline": 200.0}, C], {}),
    "coverage_over": ([{**P, "baseline": 60.0}, C], {}),
    "sample_missing": ([{**P, "unit": "元"}, {**C, "unit": "元"}], {}),
    "weak_evidence": ([P, influence(evidence="r=0.2 n=10")], {}),
    "evidence_opinion": ([P, influence(evidence="专家判断")], {}),
    "evidence_missing": ([P, influence()], {}),
    "weights_sum": ([P], sheet(40, 40, 10)),
    "kpi_count": ([P], sheet(40, 60)),
    "weight_small": ([P], sheet(40, 40, 17, 3)),
    "weight_large": ([P], sheet(41, 39, 20)),
    "kpi_unassigned": ([P], sheet(40, 40, 20)),
    "top_not_appraised": ([P], sheet(40, 40, 20)),
    "no_accountable": ([P], raci("act lin R")),
    "many_accountable": ([P], raci("act lin A", "act wu A", "act an R")),
    "no_responsible": ([P], raci("act lin A")),
    "many_consulted": ([P], raci("act a AR", "act b C", "act c C", "act d C", "act e C")),
    "idle_person": ([P], raci("act a AR", "act b I")),
    "accountable_overload": ([P], raci(*(f"act{i} a AR" for i in range(8)))),
    "responsible_overload": ([P], raci(*(f"act{i} a AR" for i in range(11)))),
    "department_without_person": (
        [P],
        {"tree_raci": [{"action": "x", "person": "IT", "role": "AR", "is_department": True}]},
    ),
    "time_over_limit": ([time_goal(3.0)], {"tree_stages": stages(4, 4)}),
    "limit_is_sum_of_p95": ([time_goal(8.0)], {"tree_stages": stages(4, 4)}),
}
REFUSED = {"cycle", "orphan", "unit_mismatch", "weights_missing", "weights_zero"}


@pytest.mark.parametrize("code", RULES)
def test_a_broken_rule_is_found_and_said(code) -> None:
    rows, tables = RULES[code]
    given = inputs(*rows, **tables)
    if code in REFUSED:
        with pytest.raises(RefusedError) as refused:
            analyse(given)
        assert f"tree.{code}" in {problem.code for problem in refused.value.problems}
        return
    result = analyse(given)
    assert code in {one.code for one in result.checks}
    for lang in LANGS:
        shown = section(result, lang)["checks"].items
        rows_ = [row for item in shown if isinstance(item, Table) for row in item.rows]
        assert any(words("tree", lang)[f"tree.rule.{code}"] in str(row) for row in rows_)


def test_every_rule_with_words_is_broken_here_and_none_is_broken_by_a_sound_plan() -> None:
    named = {key.removeprefix("tree.rule.") for key in words("tree", "zh") if ".rule." in key}
    assert named == set(RULES)
    sound = inputs(
        {**P, "level": "team"}, {**C, "kind": "process"},
        **raci("act p0 A", "act p1 R"),
        tree_weights=[{"holder": h, "kpi": k, "weight": w}
                      for h in ("p0", "p1") for k, w in (("m", 40), ("a", 30), ("b", 30))],
    )  # fmt: skip
    result = analyse(sound)
    assert [one.code for one in result.checks] == []
    assert check(sound) == ()
    assert "tree_adds_up" in {finding.code for finding in result.findings}


def cases(*hours: tuple[float, float]) -> list[dict[str, Any]]:
    return [
        {"case_id": f"C{i}", "stage": stage, "hours": value}
        for i, pair in enumerate(hours)
        for stage, value in zip(("s0", "s1"), pair, strict=True)
    ]


LONG = cases(*((1.0 + i % 3, 9.0 + i % 5) for i in range(120)))
SPIKY = cases(*((9.0, 1.0) if i % 7 == 0 else (1.0, 9.0) if i % 7 == 1 else (1.0, 1.0)
                for i in range(70)))  # fmt: skip
FINDINGS: dict[str, tuple[list[dict[str, Any]], dict[str, Any], str]] = {
    "tree_adds_up": ([P, C], {}, "fact"),
    "tree_open": ([P, {**C, "target": 85.0}], {}, "fact"),
    "tree_errors": ([P, {**C, "source": None}], {}, "fact"),
    "ask_exceeds_reach": ([P, {**C, "reachable": 90.0}], {}, "fact"),
    "targets_too_thin": ([P, C], {}, "likely"),
    "owners_unclear": ([P, {**C, "owner": None}], {}, "fact"),
    "weights_open": ([P], sheet(40, 60), "fact"),
    "add_driver": ([{"goal_id": "P", "kind": "result"}], {}, "fact"),
    "weak_drivers": ([P, influence(evidence="r=0.2 n=10")], {}, "undecided"),
    "promise_holds": ([time_goal(20.0)], {"tree_stages": stages(4, 4), "tree_cases": LONG},
                      "proven"),
    "promise_fails": ([time_goal(11.0)], {"tree_stages": stages(4, 4), "tree_cases": LONG},
                      "proven"),
    "promise_open": ([time_goal(7.0)], {"tree_stages": stages(4, 4)}, "undecided"),
    "bottleneck_busy": (
        [time_goal(9.0)],
        {"tree_stages": stages(4, 4, arrival_rate=0.9, work_time=1.0, capacity=1.0)},
        "likely",
    ),
    "bottleneck_busy ": (
        [time_goal(9.0)],
        {"tree_stages": stages(4, 4, arrival_rate=0.9, work_time=1.0, capacity=1.0)[:1]
         + stages(4, 4, arrival_rate=0.95, work_time=1.0, capacity=1.0)[1:],
         "tree_cases": LONG},
        "proven",
    ),
    "bottleneck_guess": ([time_goal(9.0)], {"tree_stages": stages(4, 4)}, "undecided"),
    "bottleneck_open": (
        [time_goal(9.0)], {"tree_stages": stages(4, 4), "tree_cases": SPIKY}, "undecided"),
    "fix_bottleneck_first": (
        [time_goal(9.0)], {"tree_stages": stages(4, 4), "tree_cases": LONG}, "proven"),
    "stage_worth_most": (
        [time_goal(11.5)], {"tree_stages": stages(4, 4), "tree_cases": LONG}, "proven"),
    "share_slack": (
        [time_goal(11.0)], {"tree_stages": stages(4, 8), "tree_cases": SPIKY}, "proven"),
    "p95_do_not_add": ([time_goal(9.0)], {"tree_stages": stages(4, 4)}, "likely"),
    "readings_differ": ([time_goal(9.0)], {"tree_stages": stages(4, 4)}, "fact"),
    "largest_part": ([{**P, "baseline": 2000.0, "target": 1400.0},
                      {**C, "baseline": 1000.0, "target": 500.0},
                      {**C, "goal_id": "D", "baseline": 1000.0, "target": 900.0}], {}, "proven"),
    "parts_open": ([{**P, "baseline": 200.0, "target": 180.0},
                    {**C, "target": 90.0}, {**C, "goal_id": "D", "target": 90.0}], {}, "undecided"),
    "top_not_appraised": ([P], sheet(40, 40, 20), "fact"),
    "top_appraised": ([P], sheet(40, 40, 20, holder="p0", first="P"), "fact"),
}  # fmt: skip
ELSEWHERE = {"simpson", "mix_drives_change", "parts_ordered"}
"""Shown with their histories and draws in other tests."""


@pytest.mark.parametrize("code", FINDINGS)
def test_a_conclusion_is_drawn_with_its_certainty(code) -> None:
    rows, tables, certainty = FINDINGS[code]
    code = code.strip()  # a second case of the same conclusion
    result = analyse(inputs(*rows, **tables))
    found = {finding.code: finding.certainty for finding in result.findings}
    assert code in found
    assert found[code] == certainty
    for lang in LANGS:
        said = {c.code: c for c in section(result, lang).conclusions}[code]
        assert said.text
        assert "{" not in said.text


def test_every_conclusion_with_words_is_drawn_somewhere() -> None:
    keys = (k for k in words("tree", "zh") if k.startswith("tree.finding."))
    assert {key.split(".")[2] for key in keys} == {code.strip() for code in FINDINGS} | ELSEWHERE

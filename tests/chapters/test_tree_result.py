"""A whole small case: the result's numbers, its file, its section in both languages."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.tree.analysis import analyse, check
from playbook.chapters.tree.drawing_mermaid import mermaid
from playbook.chapters.tree.inputs import TABLES, Settings
from playbook.chapters.tree.model import TreeResult
from playbook.chapters.tree.section import section
from playbook.chapters.tree.tables_cascade import cascade_pages
from playbook.chapters.tree.views import views
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.records import from_dict, to_json
from playbook.core.section import Picture, Table
from playbook.core.text import LANGS, Name

HEAD = ("goal_id", "parent_id", "metric_id", "kind", "edge", "node", "unit", "direction",
        "baseline", "weight_n", "reachable", "target", "owner")  # fmt: skip
UP, DOWN = "increase", "decrease"
ROWS = (
    ("G0", None, "csat", "result", "formula", None, "%", UP, 78, 2400, None, 85, "wang"),
    ("G1", "G0", "fcr", "result", "influence", "weighted_mean", "%", UP, 75.6, 1000, None, 79,
     "lin"),
    ("G11", "G1", "fcr", "result", "formula", None, "%", UP, 72, 400, 80, 77, "zhao"),
    ("G12", "G1", "fcr", "result", "formula", None, "%", UP, 80, 300, 84, 82.5, "qian"),
    ("G13", "G1", "fcr", "result", "formula", None, "%", UP, 76, 300, 80, 78.5, "sun"),
    ("G14", "G1", "training", "process", "influence", None, "%", UP, 60, 120, None, 95, "zhou"),
    ("G2", "G0", "solve", "result", "influence", "rate_chain", "%", UP, 67.3, 1500, None, 80,
     "li"),
    ("G21", "G2", "answer", "process", "formula", None, "%", UP, 90, 1500, 96, 94.5, "wu"),
    ("G22", "G2", "identify", "process", "formula", None, "%", UP, 85, 1350, 93, 91.5, "zheng"),
    ("G23", "G2", "solved", "process", "formula", None, "%", UP, 88, 1150, 95, 93.5, "feng"),
    ("G3", "G0", "resolve", "result", "influence", "time_budget", "h", DOWN, 30, None, None, 24,
     "chen"),
    ("G31", "G3", "confirm", "process", "formula", None, "h", DOWN, 3, None, None, 2, "chu"),
    ("G4", "G0", "complaints", "result", "influence", "additive", "件", DOWN, 240, None, None, 200,
     "shen"),
    ("G41", "G4", "late", "process", "formula", None, "件", DOWN, 120, None, 90, 96, "han"),
    ("G42", "G4", "room", "process", "formula", None, "件", DOWN, 80, None, 60, 64, "yang"),
    ("G43", "G4", "bill", "process", "formula", None, "件", DOWN, 40, None, 40, 40, None),
)  # fmt: skip
EVIDENCE = {"G1": "r=0.62 n=24", "G2": "r=0.41 n=10", "G14": "专家判断"}


def frame(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(head), index=range(2, 2 + len(rows)), dtype=object)


def tables(cases: bool = True) -> dict[str, pd.DataFrame]:
    tree = frame(HEAD, list(ROWS))
    tree["start"], tree["due"] = date(2026, 1, 1), date(2026, 12, 31)
    tree["level"], tree["team"], tree["source"] = "team", "service", "tickets"
    tree["evidence"] = [EVIDENCE.get(goal) for goal in tree["goal_id"]]
    stage_head = ("goal_id", "stage", "order", "p50", "p95", "limit", "start_event", "stop_event",
                  "clock", "arrival_rate", "work_time", "capacity")  # fmt: skip
    stages = [
        ("G3", "confirm", 1, 0.6, 2, None, "in", "confirmed", "calendar", 2.0, 0.4, 2),
        ("G3", "analyse", 2, 2, 8, 8, "confirmed", "answered", "calendar", 2.0, 1.2, 3),
        ("G3", "fix", 3, 4, 14, 14, "answered", "closed", "calendar", 2.0, 2.0, 6),
    ]
    sheet = [("lin", "fcr", 50), ("lin", "solve", 35), ("lin", "csat", 15), ("zhao", "fcr", 100)]
    raci = [("survey", "lin", "A"), ("survey", "zhao", "R"), ("crm", "lin", "A"),
            ("crm", "zhao", "A"), ("crm", "IT", "R"), ("train", "zhao", "R")]  # fmt: skip
    history = [
        ("fcr", period, value, n, unit)
        for unit, *values in (("E", 72, 400, 75, 300), ("S", 80, 300, 81, 500),
                              ("N", 76, 300, 74, 200))
        for period, value, n in (("2025-Q1", *values[:2]), ("2025-Q4", *values[2:]))
    ]  # fmt: skip
    labels = [("G0", "客户满意度", "Customer satisfaction"), ("fix", "整改闭环", "Fix and close")]
    found = {
        "tree": tree,
        "tree_stages": frame(stage_head, stages),
        "tree_weights": frame(("holder", "kpi", "weight"), sheet),
        "tree_raci": frame(("action", "person", "role"), raci),
        "goals_history": frame(("metric_id", "period", "value", "n", "unit_name"), history),
        "labels": frame(("id", "zh", "en"), labels),
    }
    return {**found, "tree_cases": logged()} if cases else found


def logged(n: int = 150) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    common = rng.normal(size=n)
    rows = [
        (f"T{i}", stage, float(p50 * np.exp(sigma * (0.6 * common[i] + 0.8 * own[i]))))
        for stage, p50, sigma in (("confirm", 0.6, 0.7), ("analyse", 2, 0.8), ("fix", 4, 0.8))
        for own in (rng.normal(size=n),)
        for i in range(n)
    ]
    rows.append(("open", "confirm", 1.0))
    return frame(("case_id", "stage", "hours"), rows)


def inputs(cases: bool = True, **settings: Any) -> Inputs[Settings]:
    facts = Facts(reference_date=date(2026, 7, 1))
    return Inputs(Tables(tables(cases)), Settings(**settings), facts)


@pytest.fixture(scope="module")
def result():
    return analyse(inputs())


@pytest.fixture(scope="module")
def simulated():
    return analyse(inputs(cases=False))


def node(result: Any, goal_id: str) -> Any:
    return next(node for node in result.nodes if node.goal_id == goal_id)


def test_parents_are_recomputed_from_their_parts(result) -> None:
    assert node(result, "G1").recomputed == pytest.approx(0.4 * 0.77 + 0.3 * 0.825 + 0.3 * 0.785)
    assert node(result, "G2").recomputed == pytest.approx(0.945 * 0.915 * 0.935)
    assert node(result, "G4").recomputed == 200
    assert node(result, "G0").recomputed is None
    assert node(result, "G1").baseline_recomputed == pytest.approx(0.756)
    assert node(result, "G1").coverage == 1


def test_exact_targets_have_about_an_even_chance(result) -> None:
    chance = node(result, "G4").prob_reach_parent
    assert 0.45 < chance < 0.57
    thin = next(f for f in result.findings if f.code == "targets_too_thin")
    assert set(thin.about) >= {"G1", "G4"}
    assert node(result, "G4").buffer == pytest.approx(0.84 * 200**0.5, abs=2)


def test_allocation_follows_the_closable_gap(result) -> None:
    rows = {row.goal_id: row for row in result.allocation}
    assert [rows[g].target for g in ("G41", "G42", "G43")] == pytest.approx([96, 64, 40])
    assert rows["G11"].target == pytest.approx(0.7685714285714286)
    assert rows["G21"].method == "equal_odds"


def test_contributions_add_up_and_bear_intervals(result) -> None:
    for whole in result.contributions:
        total = sum(part.change for part in whole.parts)
        assert total == pytest.approx(whole.after - whole.before)
        assert all(part.low < part.change < part.high for part in whole.parts)
    late = next(c for c in result.contributions if c.goal_id == "G4").parts[0]
    assert late.alone == pytest.approx((-40 / 240) / 0.5)


def test_mix_is_told_from_rate(result) -> None:
    (mix,) = result.mixes
    assert mix.change == pytest.approx(0.022)
    assert mix.rate_total == pytest.approx(0.0095)
    assert "mix_drives_change" in {finding.code for finding in result.findings}


def test_logged_cases_come_before_simulation(result, simulated) -> None:
    (budget,), (guess,) = result.time_budgets, simulated.time_budgets
    assert budget.source == "cases"
    assert budget.logged.n == 150
    assert budget.logged.incomplete == 1
    assert budget.logged.p95_interval[0] < budget.logged.total.p95_total
    assert guess.source == "simulated"
    assert list(budget.dependence) == list(guess.dependence)
    assert list(guess.dependence) == ["dependence_0", "dependence_0.5", "dependence_1"]
    assert guess.stages[0].limit == 2  # the target of the child goal of that metric
    assert guess.dependence["dependence_0"].p95_total == pytest.approx(19.3, abs=0.15)


def test_the_limit_is_read_in_three_ways(simulated) -> None:
    whole, after, before = simulated.time_budgets[0].readings
    assert (whole.start_event, whole.stop_event) == ("in", "closed")
    assert (after.start_event, before.stop_event) == ("confirmed", "answered")
    assert whole.p_within_low < after.p_within_low < before.p_within_low


def test_the_bottleneck_is_proven_by_cases_only(result, simulated) -> None:
    codes = {f.code: f.certainty for f in result.findings}
    assert codes["fix_bottleneck_first"] == "proven"
    assert "bottleneck_guess" in {f.code for f in simulated.findings}
    busy = analyse(inputs(busy=0.5)).time_budgets[0].bottleneck
    assert busy.by == "utilisation"


def test_evidence_is_weighed(result) -> None:
    weak = {driver.goal_id: driver.is_weak for driver in result.drivers}
    assert weak == {"G1": False, "G14": False, "G2": True, "G3": False, "G4": False}
    assert {d.basis for d in result.drivers if d.goal_id in ("G14", "G3")} == {"words", "none"}


def test_partial_correlation_from_history() -> None:
    rng = np.random.default_rng(5)
    x, z = rng.normal(size=(2, 40))
    values = {"solve": x, "fcr": x + z, "csat": z + 0.2 * rng.normal(size=40)}
    rows = [
        (metric, f"2025-W{i + 1:02d}", float(0.5 + 0.05 * value), None, None)
        for metric, column in values.items()
        for i, value in enumerate(column)
    ]
    given = tables()
    given["goals_history"] = frame(("metric_id", "period", "value", "n", "unit_name"), rows)
    given["tree"]["evidence"] = None
    found = analyse(Inputs(Tables(given), Settings(), Facts(reference_date=date(2026, 7, 1))))
    fcr = next(driver for driver in found.drivers if driver.goal_id == "G1")
    assert (fcr.basis, fcr.n) == ("history", 40)
    assert fcr.partial > fcr.r > 0


def test_duties_and_their_faults(result) -> None:
    found = {(one.id, one.code) for one in result.checks}
    assert {("crm", "many_accountable"), ("train", "no_accountable"), ("zhao", "kpi_count"),
            ("G43", "owner_missing")} <= found  # fmt: skip
    unclear = next(f for f in result.findings if f.code == "owners_unclear")
    assert set(unclear.about) == {"crm", "train", "G43"}


def test_everybody_gets_a_sheet_with_links(result) -> None:
    sheets = {sheet.holder: sheet for sheet in result.cascade}
    lin = sheets["lin"].goals[0]
    assert (lin.goal_id, lin.weight, lin.feeds, lin.feeds_owner) == ("G1", 50, "G0", "wang")
    assert lin.rests_on_owners == ("zhao", "qian", "sun", "zhou")
    assert sheets["service"].is_team
    pages = cascade_pages(result, "zh")
    assert {page.holder for page in pages} <= set(sheets)
    assert [page.holder for page in pages if page.is_team] == ["service"]


def test_at_most_four_headlines(result) -> None:
    assert 1 <= sum(f.weight == "headline" for f in result.findings) <= 4


def test_the_result_survives_its_file_and_comes_out_the_same(result) -> None:
    text = to_json(result)
    assert to_json(from_dict(TreeResult, json.loads(text))) == text
    assert to_json(analyse(inputs())) == text
    assert TreeResult is type(result)


@pytest.mark.parametrize("lang", LANGS)
def test_the_section_says_everything_in_both_languages(result, simulated, lang) -> None:
    for one in (result, simulated):
        page = section(one, lang)
        assert page.blocks[0].id == "summary"
        assert len(page.conclusions) == len(one.findings)
        for text in (c.text for c in page.conclusions):
            assert "{" not in text
        assert page.lang == lang


def test_the_section_stands_again_from_the_file(result) -> None:
    again = from_dict(TreeResult, json.loads(to_json(result)))
    one, two = (section(r, "zh") for r in (result, again))
    assert [c.text for c in one.conclusions] == [c.text for c in two.conclusions]


def test_every_figure_is_drawn_alike_twice(result) -> None:
    page = section(result, "en")
    pictures = [i for b in page.blocks for i in b.items if isinstance(i, Picture)]
    assert "Fix and close" in page._repr_html_()
    kinds = {picture.id.split("_")[1] for picture in pictures}
    assert kinds >= {"goal", "waterfall", "rate", "times", "weights", "raci"}
    again = [i for b in section(result, "en").blocks for i in b.items if isinstance(i, Picture)]
    assert pictures[1].svg == again[1].svg
    assert all(picture.svg.startswith(b"<?xml") for picture in pictures[1:])


def test_a_lonely_goal_is_enough() -> None:
    one: Mapping[str, Any] = {
        **dict(zip(HEAD, ROWS[0], strict=True)), "start": date(2026, 1, 1),
        "due": date(2026, 12, 31), "level": "company", "team": None, "source": "s",
        "evidence": None,
    }  # fmt: skip
    given = Tables({"tree": pd.DataFrame([one], index=[2], dtype=object)})
    found = analyse(Inputs(given, Settings(), Facts(reference_date=date(2026, 7, 1))))
    for lang in LANGS:
        page = section(found, lang)
        assert all(block.items for block in page.blocks)
        page._repr_html_()


@pytest.mark.slow
def test_the_whole_page_is_set_in_chinese(result, simulated) -> None:
    for one in (result, simulated):
        assert "整改闭环" in section(one, "zh")._repr_html_()


def test_large_trees_are_drawn_by_branch(result) -> None:
    (whole,) = views(result)
    assert (whole.start, whole.is_whole) == ("G0", True)
    small = section(result, "en")
    assert [i.id for i in small["tree"].items if isinstance(i, Picture)] == ["tree_goal_tree_G0"]
    large = analyse(inputs(tree_most=5))
    drawn = views(large)
    assert [view.start for view in drawn] == ["G0", "G1", "G2", "G3", "G4"]
    page = section(large, "en")
    assert [i.id for i in page["tree"].items if isinstance(i, Picture)] == ["tree_overview_G0"]
    pictures = [i for i in page["branches"].items if isinstance(i, Picture)]
    assert [i.id for i in pictures] == [f"tree_goal_tree_{view.id}" for view in drawn[1:]]


def test_a_board_reads_seven_blocks(result) -> None:
    shown = [block.id for block in section(result, "en").blocks if not block.annex]
    assert shown == ["summary", "tree", "sums", "time", "trap", "readings", "raci"]


def test_a_part_that_cannot_carry_the_change_alone_is_said_so() -> None:
    """Complaints of 1.2 cannot fall by more than 1.2 (TR7)."""
    from playbook.case import load_case

    found = analyse(load_case("data/hotel").inputs("tree"))
    tables = [i for i in section(found, "en")["parts"].items if isinstance(i, Table)]
    table = next(table for table in tables if table.id == "tree_pareto")
    said = {row["cause"]: row["alone"] for row in table.rows}
    assert "-16.7%" in table.note
    assert said["Other complaints"] == "cannot alone"
    assert said["Noise complaints"] == pytest.approx(-1.36 / 2.6)


def test_check_only_warns_of_a_bad_plan() -> None:
    assert {problem.level for problem in check(inputs())} == {"warn", "note"}


def test_tables_declare_the_sheets_columns() -> None:
    by_name = {spec.name: spec for spec in TABLES}
    assert set(by_name) == {"tree", "tree_stages", "tree_cases", "tree_weights", "tree_raci"}
    assert by_name["tree"].required[:3] == ("goal_id", "metric_id", "level")


def test_a_region_can_reach_what_its_branches_can() -> None:
    given = tables()
    rows = given["tree"]
    rows.loc[2, "node"] = "weighted_mean"
    region = rows["goal_id"] == "G1"
    rows.loc[region, ["metric_id", "edge"]] = ["csat", "formula"]
    rows.loc[rows["goal_id"].isin(["G11", "G12", "G13"]), "metric_id"] = "csat"
    found = analyse(Inputs(Tables(given), Settings(), Facts(reference_date=date(2026, 7, 1))))
    row = next(row for row in found.allocation if row.goal_id == "G1")
    assert row.reachable == pytest.approx(0.812)
    assert row.method == "closable_gap"


def test_mermaid_draws_influences_dotted(result) -> None:
    text = mermaid(result, "en")
    assert text.startswith("flowchart LR\n")
    assert "g1 -.-> g0" in text
    assert "g2 --> g1" in text
    names = {**result.names, "G0": Name('"]\n<script>x', '"]\n<script>x')}
    bad = mermaid(replace(result, names=names), "en")
    assert "<script" not in bad
    assert len(bad.splitlines()) == len(text.splitlines())


def test_the_causes_of_noise_stand_in_an_order_that_holds() -> None:
    """Street, corridor, equipment: each planned change is far from the next (parts_ordered)."""
    from playbook.case import load_case

    found = analyse(load_case("data/hotel").inputs("tree"))
    (finding,) = (f for f in found.findings if f.code == "parts_ordered")
    assert finding.about == ("G14_window", "G14_corridor", "G14_equipment")
    assert finding.values["parent"] == "G14"
    said = {c.code: c.text for c in section(found, "en").conclusions}["parts_ordered"]
    assert said.index("Street noise") < said.index("Corridor noise") < said.index("Equipment noise")

"""What must hold of every goal tree."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.tree.analysis import analyse, check
from playbook.chapters.tree.duties import read_sheets
from playbook.chapters.tree.formulas import combine
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.section import section
from playbook.chapters.tree.views import views
from playbook.core.inputs import Facts, Inputs, Tables

FACTS = Facts(reference_date=date(2026, 7, 1))
ROW = {
    "parent_id": None, "metric_id": "m", "level": "team", "kind": "process", "edge": "formula",
    "node": None, "unit": "件", "direction": "decrease", "baseline": None, "weight_n": None,
    "reachable": None, "target": None, "start": date(2026, 1, 1), "due": date(2026, 12, 31),
    "owner": "lin", "team": None, "source": "tickets", "evidence": None,
}  # fmt: skip
QUICK = {"draws": 50, "time_draws": 500, "bootstrap_draws": 20}


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(2, 2 + len(rows)), dtype=object)


def inputs(rows: list[dict[str, Any]], **more: Any) -> Inputs[Settings]:
    tree = table([{**ROW, "owner": f"p{i}", **row} for i, row in enumerate(rows)])
    return Inputs(Tables({"tree": tree, **more}), Settings(**QUICK), FACTS)


SHARE = st.floats(0.3, 0.97)
NODES = ("additive", "weighted_mean", "rate_chain", "complement")


@st.composite
def two_levels(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A parent over parents over leaves, all of one node, with a target that can be reached."""
    node = draw(st.sampled_from(NODES))
    share = node != "additive"
    common = {"node": node, "unit": "%" if share else "件",
              "direction": "increase" if share else "decrease"}  # fmt: skip
    rows = [{"goal_id": "P", **common}]
    for i in range(draw(st.integers(1, 3))):
        leaves = draw(st.lists(st.tuples(SHARE, st.integers(1, 900)), min_size=1, max_size=4))
        mid = {"goal_id": f"M{i}", "parent_id": "P", **common,
               "weight_n": sum(n for _, n in leaves)}  # fmt: skip
        rows.append(mid)
        rows += [
            {"goal_id": f"L{i}{j}", "parent_id": f"M{i}", **common, "node": None, "weight_n": n,
             "baseline": value if share else 1000 * value}
            for j, (value, n) in enumerate(leaves)
        ]  # fmt: skip
    today = analyse(inputs(rows)).nodes[0].baseline_recomputed
    part = draw(st.floats(0.05, 0.9))
    if not share:
        aim = today * part
    elif node == "weighted_mean":
        best = max(row["baseline"] for row in rows if "baseline" in row)
        aim = min(0.999, today + part * (1 - best))  # equal lift must stay below 1
    else:
        aim = today + part * (0.999 - today)
    return [{**rows[0], "target": aim}, *rows[1:]]


def of_children(result: Any, parent: str, key: str = "allocation") -> tuple[list[float], list[Any]]:
    asked = {row.goal_id: row.target for row in result.allocation}
    below = [node for node in result.nodes if node.parent_id == parent]
    return [asked[node.goal_id] for node in below], [node.weight_n for node in below]


@settings(max_examples=30, deadline=None)
@given(two_levels())
def test_what_is_handed_down_makes_the_parent_again(rows) -> None:
    """Through all levels, to 1e-9: the leaves' targets recompute every parent up to the top."""
    result = analyse(inputs(rows))
    asked = {row.goal_id: row.target for row in result.allocation}
    aims = {**asked, "P": rows[0]["target"]}
    for parent in [row["goal_id"] for row in rows if row["node"]]:
        values, weights = of_children(result, parent)
        again = float(combine(rows[0]["node"], values, weights))
        assert again == pytest.approx(aims[parent], rel=1e-9, abs=1e-9)
    filled = [{**row, "target": aims[row["goal_id"]]} for row in rows]
    top = analyse(inputs(filled)).nodes[0]
    assert top.recomputed == pytest.approx(rows[0]["target"], rel=1e-8, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(two_levels(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    one, two = (analyse(inputs([{**r, "owner": r["goal_id"]} for r in rs])) for rs in (rows, mixed))
    by_id = {node.goal_id: node for node in two.nodes}
    for node in one.nodes:
        other = by_id[node.goal_id]
        assert (node.flags, node.depth, node.state) == (other.flags, other.depth, other.state)
        assert node.recomputed == pytest.approx(other.recomputed, nan_ok=True)
    asked = {row.goal_id: row.target for row in two.allocation}
    for row in one.allocation:
        assert row.target == pytest.approx(asked[row.goal_id], rel=1e-9)
    assert {(c.id, c.code) for c in one.checks} == {(c.id, c.code) for c in two.checks}


@settings(max_examples=30, deadline=None)
@given(two_levels())
def test_other_names_give_the_same_numbers(rows) -> None:
    name = {row["goal_id"]: f"目标-{i}" for i, row in enumerate(rows)}
    other = [{**row, "goal_id": name[row["goal_id"]], "parent_id": name.get(row.get("parent_id"))}
             for row in rows]  # fmt: skip
    one, two = analyse(inputs(rows)), analyse(inputs(other))
    assert [n.recomputed for n in one.nodes] == pytest.approx([n.recomputed for n in two.nodes])
    assert [a.target for a in one.allocation] == pytest.approx([a.target for a in two.allocation])
    assert [len(n.flags) for n in one.nodes] == [len(n.flags) for n in two.nodes]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=8))
def test_loops_are_found_exactly_and_told_for_each_goal(parents) -> None:
    """Each goal hangs on any other (or itself): on a loop is who meets itself going up."""
    count = len(parents)
    up = {i: parent for i, parent in enumerate(parents) if parent < count}

    def on_loop(start: int) -> bool:
        at = up.get(start)
        for _ in range(count):
            if at is None or at == start:
                return at == start
            at = up.get(at)
        return False

    rows = [{"goal_id": f"G{i}", "parent_id": f"G{up[i]}" if i in up else None}
            for i in range(count)]  # fmt: skip
    found = {p.value for p in check(inputs(rows)) if p.code == "tree.cycle"}
    assert found == {f"G{i}" for i in range(count) if on_loop(i)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.5, 60), min_size=1, max_size=8), st.sampled_from([1.0, 0.01]))
def test_a_sheet_of_weights_is_the_same_in_per_cent_and_in_fractions(weights, factor) -> None:
    total = sum(weights)
    rows = [{"holder": "h", "kpi": f"k{i}", "weight": factor * 100 * w / total}
            for i, w in enumerate(weights)]  # fmt: skip
    lines = read_sheets(Tables({"tree_weights": table(rows)}))
    assert sum(line.weight for line in lines) == pytest.approx(100)


UNITS = ("%", "h", "件", "万元", "per_1000", "分")


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
@settings(deadline=None)
def test_units_that_differ_are_refused_on_formula_edges_only(above, below) -> None:
    for edge in ("formula", "influence"):
        rows = [{"goal_id": "P", "node": "additive", "unit": above},
                {"goal_id": "C", "parent_id": "P", "unit": below, "edge": edge}]  # fmt: skip
        found = {p.code for p in check(inputs(rows)) if p.level == "error"}
        assert ("tree.unit_mismatch" in found) == (edge == "formula" and above != below)


def test_a_flat_tree_goes_over_several_figures() -> None:
    rows = [{"goal_id": "P", "node": "additive"}]
    rows += [{"goal_id": f"C{i}", "parent_id": "P"} for i in range(100)]
    result = analyse(inputs(rows))
    drawn = views(result)
    assert [view.id for view in drawn] == ["P", *(f"P_{i}" for i in range(2, len(drawn) + 1))]
    assert {key for view in drawn for key in view.goals} == {n.goal_id for n in result.nodes}


def test_a_chain_of_a_thousand_levels_is_no_trouble() -> None:
    rows: list[dict[str, Any]] = [{"goal_id": "G0"}]
    rows += [{"goal_id": f"G{i}", "parent_id": f"G{i - 1}", "edge": "influence", "kind": "result"}
             for i in range(1, 1200)]  # fmt: skip
    result = analyse(inputs(rows))
    assert max(node.depth for node in result.nodes) == 1199
    assert section(result, "en")["branches"].items

"""How long large cases take, from the files to the page; figures are drawn where it says so.

Times are of the processor, so that a busy machine does not fail; ``pytest tests/benchmarks -s``
prints them. Bars are several times what a quiet machine needs.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest

from playbook.bench import Bench, open_bench
from playbook.chapters import chapter
from playbook.chapters.tree.views import MOST_NODES, raci_pages, views
from playbook.core.section import Picture, Section

pytestmark = pytest.mark.slow

CASE = (
    'name = { zh = "大案例", en = "Large case" }\nreference_date = 2026-07-01\nsynthetic = true\n'
)
MONTHS = tuple(f"{2024 + k // 12}-{k % 12 + 1:02d}" for k in range(6, 30))
Rows = Sequence[dict[str, Any]]
Timer = Callable[[str, float], None]


@pytest.fixture
def done() -> Timer:
    """``done("goals", 20)``: print the time since the last call, which is to be below the bar."""
    last = process_time()

    def stop(what: str, bar: float) -> None:
        nonlocal last
        took, last = process_time() - last, process_time()
        print(f"\n{what}: {took:.1f} s of {bar:.0f}")
        assert took < bar, what

    return stop


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., Path]:
    """``case(goals=rows, goals_needs=rows)``: a case folder with these tables."""

    def write(**tables: Rows) -> Path:
        (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
        for name, rows in tables.items():
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(k for row in rows for k in row)))
                writer.writeheader()
                writer.writerows(rows)
        return tmp_path

    return write


def analysed(name: str, folder: Path) -> tuple[Bench, Any]:
    bench = open_bench(name, str(folder), "zh", str(folder / "out"))
    result = bench.analyse(chapter(name).module("analysis").analyse)
    bench.save(result)
    return bench, result


def shown(bench: Bench, result: Any) -> Section:
    page: Section = bench.section(bench.chapter.module("section").section, result)
    return page


def goal_tables(goals: int, needs: int) -> dict[str, Rows]:
    """Goals on a metric of their own each, with a year of history, and needs over two years."""
    rng = np.random.default_rng(1)
    own = [f"own_{i}" for i in range(goals)]
    value = {m: np.clip(0.7 + np.cumsum(rng.normal(0.002, 0.01, 12)), 0.01, 0.99) for m in own}
    return {
        "goals": [
            {"goal_id": f"G{i}", "metric_id": metric, "direction": "increase", "unit": "%",
             "baseline": 75, "baseline_n": 400, "baseline_period": "2026-06", "target": 85,
             "start": "2026-07-01", "due": "2026-12-31", "source": "survey", "owner": f"p{i}",
             "team": f"T{i}", "customer_need": f"N{i}", "statement": "年底前把满意度从75%提升到85%"}
            for i, metric in enumerate(own)
        ],
        "goals_metrics": [
            {"metric_id": metric, "name_zh_hans": f"满意度{i}", "name_en": f"Satisfaction {i}",
             "unit": "%", "direction": "increase", "bound_low": 0, "bound_high": 1}
            for i, metric in enumerate(own)
        ],
        "goals_history": [
            {"metric_id": metric, "period": month, "value": round(100 * float(share), 2), "n": 400}
            for metric in own
            for month, share in zip(MONTHS[12:], value[metric], strict=True)
        ],
        "goals_needs": [
            {"need": f"N{j}", "period": month, "volume": rng.poisson(20), "exposure": 50}
            for j in range(needs)
            for month in MONTHS
        ],
    }  # fmt: skip


@pytest.mark.usefixtures("undrawn")
def test_two_hundred_goals_and_five_hundred_needs(case: Callable[..., Path], done: Timer) -> None:
    folder = case(**goal_tables(200, 500))
    done("tables written", 20)
    bench, goals = analysed("goals", folder)
    done("goals: 200 cards, 500 needs over 24 months", 20)
    assert (len(goals.cards), len(goals.needs.items)) == (200, 500)
    assert shown(bench, goals)._repr_html_()
    done("goals: page without figures", 20)
    bench, smart = analysed("smart", folder)
    done("smart: 200 sentences on data", 20)
    assert len(smart.goals) == 200
    assert all(goal.achievable and goal.achievable.reasons for goal in smart.goals)
    assert shown(bench, smart)._repr_html_()
    done("smart: page without figures", 30)


def tree_tables(goals: int, actions: int) -> dict[str, Rows]:
    """A company of 10 departments, some 110 teams and the rest persons."""
    rows = []
    for i in range(goals):
        parent = "G0" if i <= 10 else f"G{1 + i % 10}" if i <= 120 else f"G{11 + i % 110}"
        inner = {"node": "weighted_mean", "baseline": 80, "weight_n": 1800, "target": 82}
        leaf = {"baseline": 75 + i % 7, "weight_n": 60 + i % 50, "reachable": 90,
                "target": 80 + i % 5}  # fmt: skip
        rows.append({"goal_id": f"G{i}", "parent_id": parent if i else "", "metric_id": "csat",
                     "level": "team", "kind": "result", "edge": "formula", "unit": "%",
                     "direction": "increase", "start": "2026-01-01", "due": "2026-12-31",
                     "owner": f"p{i}", "source": "survey",
                     **(leaf if i > 120 else inner)})  # fmt: skip
    roles = {
        (f"A{i}", f"p{(i * step + shift) % 300}"): letter
        for step, shift, letter in ((3, 2, "C"), (7, 1, "R"), (1, 0, "A"))
        for i in range(actions)
    }
    raci = [{"action": a, "person": p, "role": letter} for (a, p), letter in roles.items()]
    return {"tree": rows, "tree_raci": raci}


def test_two_thousand_goals_in_a_tree_and_their_figures(
    case: Callable[..., Path], done: Timer
) -> None:
    folder = case(**tree_tables(2000, 1000))
    done("tables written", 20)
    bench, tree = analysed("tree", folder)
    done("tree: 2,000 goals, 1,000 actions", 30)
    drawn = views(tree)
    assert max(len(view.goals) for view in drawn) <= MOST_NODES
    assert {key for view in drawn for key in view.goals} == {n.goal_id for n in tree.nodes}
    assert len({view.id for view in drawn}) == len(drawn)
    assert max(map(len, raci_pages(tree))) <= 24
    assert sum(map(len, raci_pages(tree))) == 1000
    page = shown(bench, tree)
    pictures = [i for b in page.blocks for i in b.items if isinstance(i, Picture)]
    assert 15 < len(pictures) < 40
    assert page._repr_html_()
    done(f"tree: page with {len(pictures)} figures", 90)


def plan_tables(actions: int, people: int) -> dict[str, Rows]:
    rng = np.random.default_rng(5)
    return {
        "plan_actions": [
            {"action": f"A{i}", "goal_id": f"G{i // 50}", "impact_low": 0,
             "impact_likely": round(float(rng.uniform(0.1, 2)), 2), "impact_high": 3,
             "effort_likely": int(rng.integers(2, 30)), "cost": int(rng.integers(1, 90)) * 1000,
             "owner": f"p{i % people}", "after": f"A{i - 100}" if i >= 100 else "",
             "likely_days": int(rng.integers(5, 40)), "safe_days": 60,
             "requires": f"A{i - 7}" if i % 9 == 8 else "",
             "excludes": f"A{i - 3}" if i % 50 == 49 else "",
             "overlap": f"o{i // 10}" if i % 10 < 3 else ""}
            for i in range(actions)
        ],
        "plan_people": [
            {"person": f"p{k}", "role": "staff", "days_per_week": 2.5} for k in range(people)
        ],
    }  # fmt: skip


@pytest.mark.usefixtures("undrawn")
def test_a_thousand_actions_through_the_whole_plan(case: Callable[..., Path], done: Timer) -> None:
    folder = case(**plan_tables(1000, 200))
    limits = "\n[plan]\neffort_limit = 6000\ncost_limit = 15000000\n"
    (folder / "case.toml").write_text(CASE + limits, encoding="utf-8")
    done("tables written", 20)
    bench, plan = analysed("plan", folder)
    done("plan: choice, schedule and people of 1,000 actions", 120)
    assert len(plan.choice.actions) == 1000
    assert 300 < len(plan.choice.selected) < 1000
    assert len({week.person for week in plan.people.load}) > 150
    assert shown(bench, plan)._repr_html_()
    done("plan: page without figures", 30)

"""The choice of key actions: the vector, brute force, properties, refusals, what is concluded."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.case import load_case
from playbook.chapters.plan.choice.analysis import analyse, check
from playbook.chapters.plan.choice.draws import CELLS, LEAST, draws_for
from playbook.chapters.plan.choice.menu import Group, Menu, closure
from playbook.chapters.plan.choice.model import Choice
from playbook.chapters.plan.choice.reading import Range, actions
from playbook.chapters.plan.choice.search import best_sets, exact
from playbook.chapters.plan.choice.section import blocks, notes, references, worded
from playbook.chapters.plan.choice.solve import best_set
from playbook.chapters.plan.choice.tables import Setter
from playbook.chapters.plan.inputs import ACTIONS, Settings
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.records import from_dict, to_json
from playbook.core.section import Picture, conclude
from playbook.core.text import LANGS, Name

FACTS = Facts(reference_date=date(2026, 7, 1), seed=7)
NUMBERS = {f.name for f in ACTIONS.fields if f.kind in ("number", "share")}
LISTS = {f.name for f in ACTIONS.fields if f.kind == "list"}


def row(action: str, impact: float, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {field.name: None for field in ACTIONS.fields}
    base |= {"action": action, "goal_id": "G1", "impact_likely": impact, "effort_likely": 10.0,
             "cost": 10.0, "owner": "li"}  # fmt: skip
    return base | more


def goal(
    goal_id: str, baseline: float, target: float, unit: str = "h", **more: Any
) -> dict[str, Any]:
    direction = "increase" if target > baseline else "decrease"
    return {"goal_id": goal_id, "baseline": baseline, "target": target, "unit": unit,
            "direction": direction, "due": date(2026, 12, 31), "owner": "li", **more}  # fmt: skip


def given_case(
    rows: list[dict[str, Any]],
    goals: list[dict[str, Any]] | None = None,
    earlier: dict[str, Any] | None = None,
    **asked: Any,
) -> Inputs[Settings]:
    frame = pd.DataFrame(rows, index=range(2, len(rows) + 2))
    for name in frame.columns:
        if name in NUMBERS:
            frame[name] = pd.to_numeric(frame[name]).astype(float)
        else:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    for name in LISTS:
        frame[name] = [() if value is None else tuple(value) for value in frame[name]]
    tables = {"plan_actions": frame}
    if goals is not None:
        tables["goals"] = pd.DataFrame(goals, index=range(2, len(goals) + 2))
    return Inputs(Tables(tables), Settings(**asked), FACTS, earlier or {})


def chosen(inputs: Inputs[Settings]) -> Choice:
    found = analyse(inputs)
    assert found is not None
    return found


def codes(inputs: Inputs[Settings]) -> list[str]:
    return [problem.code for problem in check(inputs)]


# the vector and hand-worked cases


def test_vector_key_actions(
    vector: Callable[[str], dict[str, Any]], assert_agrees: Callable[..., None]
) -> None:
    held = vector("plan_key_actions")
    menu = held["inputs"]["actions"]
    rows = [
        row(name, one["impact"], effort_likely=one["effort"], cost=one["cost"])
        for name, one in menu.items()
    ]
    found = chosen(given_case(
        rows, effort_limit=held["inputs"]["effort_limit"], cost_limit=held["inputs"]["cost_limit"],
    ))  # fmt: skip
    expected = dict(held["expected"])
    assert set(found.selected) == set(expected.pop("selected"))
    assert_agrees(found, expected, held["tolerance"])


def test_two_goals_weigh_as_shares_of_their_gaps() -> None:
    """A: 2 of a gap of 4 h at weight .75; B: 30 of a gap of 50 min at weight .25."""
    rows = [row("a", 2.0), row("b", 30.0, goal_id="G2")]
    found = chosen(given_case(rows, [goal("G1", 10, 6), goal("G2", 60, 10, "min")],
                              goal_weights={"G1": 3.0, "G2": 1.0}, effort_limit=10.0))  # fmt: skip
    assert found.selected == ("a",)
    assert [one.value for one in found.actions] == pytest.approx([0.375, 0.15])
    assert [one.gap for one in found.goals] == [4.0, 50.0]


def test_weights_come_from_the_sheet_of_the_goals_owner() -> None:
    held = (("li", "G1", 30.0), ("wu", "G1", 90.0), ("wu", "G2", 10.0))
    sheets = [{"holder": h, "kpi": k, "weight": w} for h, k, w in held]
    goals = [goal("G1", 10, 6), goal("G2", 60, 10, owner="wu"), goal("G3", 5, 4, owner="ma")]
    rows = [row(a, 1.0, goal_id=g) for a, g in (("a", "G1"), ("b", "G2"), ("c", "G3"))]
    found = chosen(given_case(rows, goals, {"tree": {"sheets": sheets, "nodes": []}}))
    assert [one.weight for one in found.goals] == pytest.approx([0.5, 1 / 6, 1 / 3])
    assert [one.weight_from for one in found.goals] == ["tree", "tree", "equal"]


def test_a_card_that_holds_shares_is_read_in_points() -> None:
    card = {"goal_id": "G1", "unit": "%", "unit_written": "%", "direction": "increase",
            "baseline": 0.842, "target": 0.9, "owner": "li", "due": "2026-12-31"}  # fmt: skip
    found = chosen(given_case([row("a", 3.0)], earlier={"goals": {"cards": [card]}}))
    assert found.goals[0].gap == pytest.approx(5.8)
    assert found.goals[0].prob_gap_closed == 0.0


def test_chance_of_a_triangular_sum_by_hand() -> None:
    """One action 0, 1, 2 against a gap of 1.5: P = (2 - 1.5)^2 / 2 = .125."""
    rows = [row("a", 1.0, impact_low=0.0, impact_high=2.0)]
    found = chosen(given_case(rows, [goal("G1", 1.5, 0.0)], choice_draws=20_000))
    assert found.goals[0].prob_gap_closed == pytest.approx(0.125, abs=0.01)


def test_actions_on_the_same_cases_are_not_added_twice() -> None:
    rows = [row("a", 5.0, overlap=("same",), overlap_cap=6.0), row("b", 4.0, overlap=("same",)),
            row("c", 1.5)]  # fmt: skip
    found = chosen(given_case(rows, effort_limit=20.0))
    assert (found.selected, found.total_impact) == (("a", "c"), 6.5)
    both = chosen(given_case(rows, effort_limit=30.0))
    assert both.total_impact == 7.5
    assert both.overlaps[0].lost == 3.0


def test_without_a_cap_the_largest_impact_is_the_cap() -> None:
    rows = [row("a", 5.0, overlap=("same",)), row("b", 4.0, overlap=("same",))]
    inputs = given_case(rows, effort_limit=20.0)
    assert "plan.overlap_no_cap" in codes(inputs)
    assert chosen(inputs).selected == ("a",)


def test_a_quoted_gain_counts_from_nothing_to_the_value() -> None:
    found = chosen(given_case([row("a", 8.0, anonymous=True), row("b", 5.0)], effort_limit=10.0))
    assert found.selected == ("b",)
    held = found.actions[0]
    assert (held.impact_low, held.impact_likely, held.impact_high) == (0.0, 4.0, 8.0)
    assert 0.3 < held.select_share < 0.45  # uniform on 0..8 is above 5 in .375


# the solvers against brute force

COUNTS = st.integers(min_value=0, max_value=6)


@st.composite
def menus(draw: st.DrawFn) -> Menu:
    n = draw(st.integers(min_value=1, max_value=7))

    def numbers() -> Any:
        return np.array(draw(st.lists(COUNTS, min_size=n, max_size=n)), dtype=float)

    index = st.integers(min_value=0, max_value=n - 1)
    pairs = draw(st.lists(st.tuples(index, index).filter(lambda p: p[0] != p[1]), max_size=3))
    apart = draw(st.lists(st.tuples(index, index).filter(lambda p: p[0] < p[1]), max_size=2))
    members = tuple(sorted(draw(st.sets(index, max_size=4))))
    cap = draw(st.one_of(st.none(), COUNTS.map(float)))
    groups = (Group(members, cap),) if members else ()
    limits = [draw(st.one_of(st.none(), st.integers(1, 20).map(float))) for _ in range(2)]
    return Menu(numbers(), numbers(), numbers(), limits[0], limits[1], tuple(pairs), tuple(apart),
                groups)  # fmt: skip


def brute(menu: Menu) -> tuple[float, float]:
    """The largest worth and the least use of the limits among the sets that reach it."""
    sets = [np.array(bits) for bits in product([False, True], repeat=menu.n)]
    fitting = [one for one in sets if menu.fits(one)]
    best = max(menu.worth(one) for one in fitting)
    share = menu.share_of_limits()
    return best, min(share[one].sum() for one in fitting if menu.worth(one) > best - 1e-9)


@settings(max_examples=40, deadline=None)
@given(menus())
def test_every_solver_finds_what_brute_force_finds(menu: Menu) -> None:
    best, used = brute(menu)
    limit = np.array([np.inf if menu.effort_limit is None else menu.effort_limit])
    searched = exact(menu)
    assert searched is not None
    for found in (
        best_set(menu),
        searched,
        best_sets(menu, menu.values[None], menu.effort[None], limit)[0],
    ):
        assert menu.fits(found)
        assert menu.worth(found) == pytest.approx(best)
        assert menu.share_of_limits()[found].sum() == pytest.approx(used)


def test_search_in_draws_is_the_solver_of_each_draw() -> None:
    """30 actions with rules: too many sets to weigh at once."""
    rng = np.random.default_rng(3)
    n = 30
    menu = Menu(rng.gamma(2, 1, n), rng.gamma(2, 10, n), rng.gamma(2, 100, n),
                requires=((3, 9), (12, 1)), excludes=((4, 5),),
                groups=(Group((6, 7, 8), None),))  # fmt: skip
    menu = replace(menu, cost_limit=float(menu.cost.sum() / 3))
    values = menu.values * rng.uniform(0.5, 1.5, (5, n))
    effort = menu.effort * rng.uniform(0.8, 1.3, (5, n))
    limits = np.full(5, menu.effort.sum() / 3)
    for v, e, found in zip(values, effort, best_sets(menu, values, effort, limits), strict=True):
        one = replace(menu, values=v, effort=e, effort_limit=float(limits[0]))
        assert one.fits(found)
        assert one.worth(found) == pytest.approx(one.worth(best_set(one)))


def test_a_budget_that_fits_only_by_the_solvers_tolerance_does_not_fit() -> None:
    menu = Menu(np.array([2.0, 1.0]), np.zeros(2), np.array([1_600_000.01, 5.0]),
                cost_limit=1_600_000.0)  # fmt: skip
    assert best_set(menu).tolist() == [False, True]


def test_many_actions_get_fewer_draws_and_it_is_said() -> None:
    rng = np.random.default_rng(1)
    rows = [row(f"a{i:03d}", float(rng.gamma(2, 1)), effort_likely=float(rng.gamma(2, 10)))
            for i in range(400)]  # fmt: skip
    inputs = given_case(rows, effort_limit=2000.0)
    read = actions(inputs)
    values, effort = (np.array([getattr(r, k).likely for r in read]) for k in ("impact", "effort"))
    menu = Menu(values, effort, np.full(400, 10.0), 2000.0)
    assert draws_for(menu, read, 1000) == max(LEAST, CELLS // 400) == 100
    assert "50" in notes(replace(chosen(given_case([row("a", 1.0)])), draws=50), "en")[1]


def test_closure_takes_what_is_needed_along_a_chain() -> None:
    assert closure(frozenset({0}), ((0, 1), (1, 2), (3, 0))) == {0, 1, 2}


# properties


def ranged(values: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    return [
        row(f"a{i}", float(v), impact_low=v / 2, impact_high=v * 1.5, effort_likely=float(e),
            effort_high=e * 1.3, cost=float(c))
        for i, (v, e, c) in enumerate(values)
    ]  # fmt: skip


MENU = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)),
                min_size=2, max_size=6)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(MENU, st.integers(1, 30), st.integers(0, 20))
def test_more_money_never_lowers_the_total(
    values: list[tuple[int, int, int]], limit: int, more: int
) -> None:
    rows = ranged(values)
    less, wider = (
        chosen(given_case(rows, cost_limit=float(c), effort_limit=25.0, choice_draws=100))
        for c in (limit, limit + more)
    )
    assert wider.total_impact >= less.total_impact - 1e-9


@settings(max_examples=10, deadline=None)
@given(MENU, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(values: list[tuple[int, int, int]], rng: Any) -> None:
    rows = ranged(values)
    mixed = list(rows)
    rng.shuffle(mixed)
    one, other = (chosen(given_case(r, effort_limit=15.0, choice_draws=200)) for r in (rows, mixed))
    assert one == other


@settings(max_examples=10, deadline=None)
@given(MENU)
def test_other_names_in_the_same_order_change_nothing(values: list[tuple[int, int, int]]) -> None:
    rows = ranged(values)
    renamed = [{**r, "action": f"z{r['action']}"} for r in rows]
    one, other = (
        chosen(given_case(r, effort_limit=15.0, choice_draws=200)) for r in (rows, renamed)
    )
    assert tuple(f"z{name}" for name in one.selected) == other.selected
    assert [r.select_share for r in one.actions] == [r.select_share for r in other.actions]


@settings(max_examples=8, deadline=None)
@given(MENU, st.floats(0.1, 100))
def test_the_unit_of_effort_and_money_does_not_matter(
    values: list[tuple[int, int, int]], factor: float
) -> None:
    rows = ranged(values)
    grown = [{**r, "cost": r["cost"] * factor} for r in rows]
    one = chosen(given_case(rows, cost_limit=14.5, choice_draws=100))
    other = chosen(given_case(grown, cost_limit=14.5 * factor, choice_draws=100))
    assert one.selected == other.selected


def test_point_values_choose_the_same_in_every_draw() -> None:
    found = chosen(given_case([row("a", 3.0), row("b", 2.0), row("c", 2.5)], effort_limit=20.0))
    assert {one.select_share for one in found.actions} == {0.0, 1.0}
    assert [one.selected for one in found.actions] == [
        one.select_share == 1 for one in found.actions
    ]


def test_the_same_seed_gives_the_same_result_another_seed_does_not() -> None:
    rows = ranged([(5, 5, 5), (5, 5, 4), (4, 4, 5)])
    one, same, other = (chosen(given_case(rows, effort_limit=9.0, seed=s)) for s in (1, 1, 2))
    assert to_json(one) == to_json(same)
    assert to_json(one) != to_json(other)


# rules of the table


def test_prescribed_actions_stay_and_weak_ones_are_named() -> None:
    rows = [row("a", 5.0), row("b", 4.0), row("weak", 0.1, must=True)]
    found = chosen(given_case(rows, effort_limit=20.0))
    assert found.selected == ("a", "weak")
    weak = found.actions[2]
    assert (weak.select_share, weak.free_share, weak.state) == (1.0, 0.0, "out")
    told = {finding.code: finding for finding in found.findings}
    assert told["must_low_effect"].about == ("weak",)
    assert "weak" not in told["key_action"].about


def test_requires_and_excludes_hold() -> None:
    rows = [row("a", 9.0, requires=("base",)), row("base", 0.0), row("b", 8.0, excludes=("a",)),
            row("c", 1.5)]  # fmt: skip
    assert chosen(given_case(rows, effort_limit=20.0)).selected == ("b", "c")
    assert chosen(given_case(rows, effort_limit=30.0)).selected == ("a", "base", "c")


def test_an_impact_in_another_unit_is_said_and_not_counted() -> None:
    rows = [row("a", 90.0, unit="min"), row("b", 1.0)]
    inputs = given_case(rows, [goal("G1", 10, 6)], effort_limit=10.0)
    assert codes(inputs).count("plan.impact_unit") == 1
    found = chosen(inputs)
    assert found.selected == ("b",)
    assert found.actions[0].counted == "unit"


def test_points_and_percent_are_one_unit_for_differences() -> None:
    inputs = given_case([row("a", 3.0, unit="个百分点")], [goal("G1", 80, 90, "%")])
    assert "plan.impact_unit" not in codes(inputs)


def test_an_action_that_cannot_end_in_time_is_not_counted() -> None:
    rows = [row("a", 9.0, likely_days=100.0, after=("b",)), row("b", 1.0, likely_days=40.0)]
    found = chosen(given_case(rows, [goal("G1", 10, 6)], effort_limit=10.0))
    assert found.selected == ("b",)
    assert {one.code for one in found.findings} >= {"action_too_late"}


def test_a_goal_already_met_gives_no_weight() -> None:
    rows = [row("a", 9.0), row("b", 1.0, goal_id="G2")]
    inputs = given_case(rows, [goal("G1", 5, 5), goal("G2", 3, 1)], effort_limit=10.0)
    assert "plan.gap_closed" in codes(inputs)
    assert chosen(inputs).selected == ("b",)


@pytest.mark.parametrize(
    ("rows", "asked", "code"),
    [
        ([row("a", 1.0, impact_low=2.0)], {}, "range_order"),
        ([row("a", 1.0, impact_high=0.5)], {}, "range_order"),
        ([row("a", 1.0, effort_low=11.0)], {}, "range_order"),
        ([row("a", 1.0, cost_high=9.0)], {}, "range_order"),
        ([row("a", 1.0, requires=("b",))], {}, "link_unknown"),
        ([row("act1", 1.0, excludes=("act2x",)), row("act2", 1.0)], {}, "link_unknown_near"),
        ([row("a", 1.0, excludes=("a",))], {}, "link_self"),
        ([row("a", 1.0, requires=("b",), excludes=("b",)), row("b", 1.0)], {}, "requires_excluded"),
        ([row("a", 1.0, goal_id="G9x")], {}, "goal_unknown"),
        ([row("a", 1.0)], {"effort_limit": 0.0}, "limit_zero"),
        ([row("a", 1.0)], {"cost_limit": float("nan")}, "limit_zero"),
        ([row("a", 1.0)], {"goal_weights": {"G1": -1.0}}, "weight_negative"),
        ([row("a", 1.0)], {"goal_weights": {"G1": 0.0}}, "weights_none"),
        ([row("a", 1.0)], {"core_share": 0.1}, "core_out"),
        ([row("a", 1.0)], {"choice_draws": 10}, "few_draws"),
        ([row("a", 1.0, overlap=("x", "y"))], {}, "overlap_two"),
        ([row("a", 1.0, overlap=("x",)), row("b", 1.0, overlap=("x",), goal_id="G2")], {},
         "overlap_goals"),
        ([row("a", 1.0, overlap=("x",), overlap_cap=1.0),
          row("b", 1.0, overlap=("x",), overlap_cap=2.0)], {}, "overlap_caps"),
        ([row("a", 1.0, must=True, excludes=("b",)), row("b", 1.0, must=True)], {},
         "musts_exclude"),
        ([row("a", 1.0, must=True), row("b", 1.0, must=True)], {"effort_limit": 15.0},
         "musts_effort"),
        ([row("a", 1.0, must=True, requires=("b",)), row("b", 1.0)], {"cost_limit": 15.0},
         "musts_cost"),
    ],
)  # fmt: skip
def test_what_is_refused(rows: list[dict[str, Any]], asked: dict[str, Any], code: str) -> None:
    inputs = given_case(rows, [goal("G1", 10, 6), goal("G2", 8, 2)], **asked)
    found = [p for p in check(inputs) if p.code == f"plan.{code}"]
    assert found
    assert all(problem.level == "error" for problem in found)
    for lang in LANGS:
        assert all(problem.say(lang) for problem in found)
    with pytest.raises(RefusedError):
        analyse(inputs)


def test_infeasible_prescribed_actions_are_named_with_what_they_need() -> None:
    rows = [row("a", 1.0, must=True, requires=("b",)), row("b", 1.0), row("c", 1.0)]
    problem = next(p for p in check(given_case(rows, effort_limit=15.0)) if "musts" in p.code)
    assert problem.value == "a; b"
    assert problem.values["need"] == 20.0


@pytest.mark.parametrize(
    ("rows", "goals", "code"),
    [
        ([row("a", 1.0), row("b", 2.0)], [goal("G1", 10, 6)], "impacts_points"),
        ([row("a", 1.0, answers=("N1",)), row("b", 2.0, answers=("N1", "N2"))],
         [goal("G1", 10, 6)], "same_cases"),
        ([row("a", 0.04)], [goal("G1", 84, 90, "%")], "impact_tiny"),
        ([row("a", 1.0)], [goal("G1", float("nan"), 6)], "gap_unknown"),
        ([row("a", 1.0), row("b", 1.0, goal_id="G2")], None, "no_goals"),
        ([row("a", 1.0)], [goal("G1", 10, 6)], "no_limits"),
    ],
)  # fmt: skip
def test_what_is_doubted(rows: list[dict[str, Any]], goals: Any, code: str) -> None:
    inputs = given_case(rows, goals)
    found = [p for p in check(inputs) if p.code == f"plan.{code}"]
    assert found
    assert all(problem.level == "warn" for problem in found)
    for lang in LANGS:
        assert all(problem.say(lang) for problem in found)
    assert analyse(inputs) is not None


# conclusions, reasons, page


@pytest.mark.parametrize(
    ("gap", "code", "certainty"),
    [
        (3.0, "plan_reaches_goal", "likely"),  # estimates prove nothing, even at 100 %
        (4.9, "plan_may_reach_goal", "undecided"),
        (6.5, "plan_reaches_goal", "undecided"),
    ],
)
def test_the_strength_of_the_conclusion_follows_the_chance(
    gap: float, code: str, certainty: str
) -> None:
    rows = [row("a", 5.0, impact_low=3.0, impact_high=7.0)]
    found = chosen(given_case(rows, [goal("G1", gap, 0.0)]))
    reached = next(f for f in found.findings if f.code.endswith(("reaches_goal", "reach_goal")))
    assert (reached.code, reached.certainty, reached.about) == (code, certainty, ("G1",))
    assert reached.weight == "headline"


def test_what_is_missed_is_the_only_headline_and_names_what_is_reached() -> None:
    rows = [row("a", 5.0, impact_low=3.0, impact_high=7.0), row("b", 5.0, goal_id="G2"),
            row("c", 5.0, goal_id="G3", must=True, effort_likely=9.0)]  # fmt: skip
    goals = [goal("G1", 3.0, 0.0), goal("G2", 50.0, 0.0), goal("G3", 60.0, 0.0)]
    found = chosen(given_case(rows, goals, effort_limit=25.0))
    reached = [f for f in found.findings if f.code == "plan_reaches_goal"]
    assert [f.weight for f in reached] == ["headline", "detail"]
    names = {"G1": Name("目标一", "goal one")}
    said = conclude("plan", (worded(reached[0], "en", names),), "en", names)[0].text
    assert said.endswith("close it for: goal one.")
    cells = {cell["goal"]: cell for cell in Setter(found, "en", {}).goals().rows}
    idle = [one.goal_id for one in found.goals if not one.selected]
    assert idle
    assert all(cells[one]["gain"] == "no action chosen" for one in idle)
    assert all(cells[one]["gain_range"] is None for one in idle)


def test_more_than_seven_are_no_longer_key() -> None:
    found = chosen(given_case([row(f"a{i}", 1.0) for i in range(8)], effort_limit=100.0))
    told = {finding.code: finding for finding in found.findings}
    assert told["many_actions"].values["count"] == 8
    assert "no_ranges" in told


def test_the_limit_that_binds_is_named() -> None:
    rows = [row("a", 5.0, effort_likely=10.0), row("b", 4.0, effort_likely=1.0)]
    found = chosen(given_case(rows, effort_limit=10.0, cost_limit=1000.0))
    told = {finding.code: finding for finding in found.findings}
    assert told["limit_effort"].about == ("b",)
    assert told["limit_effort"].values["relative"] == pytest.approx(0.8)


def test_each_action_shows_the_need_it_answers() -> None:
    earlier = {
        "kano": {"features": [
            {"feature": "F1", "category": "M", "category_near_tie": "M", "worse": -0.8,
             "worse_ci": [-0.9, -0.7], "n_pairs": 200},
            {"feature": "F2", "category": "I", "category_near_tie": "I", "worse": -0.1,
             "worse_ci": [-0.2, 0.0], "n_pairs": 200},
        ]},
        "servqual": {"dimensions": {"trust": {"gap_points": -0.5, "ci": [-0.6, -0.4], "n": 90}}},
    }  # fmt: skip
    rows = [row("a", 3.0, answers=("F1", "trust")), row("b", 2.0, answers=("F2",)),
            row("c", 1.0, answers=("nothing",))]  # fmt: skip
    found = chosen(given_case(rows, earlier=earlier))
    shown = [(one.action, one.need, one.source, one.supports) for one in found.answers]
    assert shown == [("a", "F1", "kano", True), ("a", "trust", "servqual", True),
                     ("b", "F2", "kano", False), ("c", "nothing", "none", None)]  # fmt: skip
    told = {finding.code: finding.about for finding in found.findings}
    assert told["need_not_missed"] == ("b",)
    assert told["action_without_need"] == ("c",)


def test_products_of_scores_are_never_better_than_the_choice() -> None:
    rows = ranged([(9, 9, 9), (5, 4, 4), (6, 5, 5), (1, 1, 1)])
    found = chosen(given_case(rows, effort_limit=9.0))
    assert {one.kind for one in found.rivals} == {"ice", "rice"}
    assert all(one.total <= found.total_impact + 1e-9 for one in found.rivals)


def test_no_table_is_no_part() -> None:
    assert analyse(Inputs(Tables({}), Settings(), FACTS)) is None


def test_a_range_that_is_one_value() -> None:
    assert Range(1.0, 1.0, 1.0).is_point


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_renders(lang: Any) -> None:
    rows = [row("a", 3.0, impact_low=1.0, impact_high=5.0, overlap=("x",), overlap_cap=4.0),
            row("b", 2.0, must=True, overlap=("x",)), row("c", 1.0, anonymous=True, goal_id="G2"),
            row("d", 9.0, unit="min"), row("e", 1.0, requires=("a",), excludes=("c",))]  # fmt: skip
    found = chosen(given_case(rows, [goal("G1", 10, 6), goal("G2", 8, 2), goal("G3", 4, 1)],
                              effort_limit=25.0, cost_limit=100.0))  # fmt: skip
    assert conclude("plan", found.findings, lang)
    page = blocks(found, lang, {})
    assert len({block.id for block in page}) == len(page)
    for block in page:
        assert block._repr_html_()
        for item in block.items:
            if isinstance(item, Picture):
                assert item.svg.startswith(b"<?xml")
    assert all(notes(found, lang))
    assert all(references(lang))


def test_a_single_goal_without_limits_renders_and_survives_its_json() -> None:
    found = chosen(given_case([row("a", 3.0), row("b", -1.0)]))
    again = from_dict(Choice, json.loads(to_json(found)))
    assert to_json(again) == to_json(found)
    assert found.selected == ("a",)
    assert blocks(found, "en", {})


def test_the_hotel_shows_what_was_planted() -> None:
    """Read without the earlier chapters: goals from their table, equal weights."""
    case = load_case("data/hotel")
    found = chosen(Inputs(case.tables, case.settings["plan"], case.facts))
    rows = {one.action: one for one in found.actions}
    assert rows["P12"].anonymous  # quoted without source
    assert rows["P12"].state == "out"
    assert not rows["P08"].selected  # the counter and the sound-proofing compete for the money
    assert {rows["P08"].state, rows["P09"].state} == {"swing"}
    reached = {(f.code, f.certainty): f.about for f in found.findings}
    assert reached["plan_reaches_goal", "likely"] == ("G08",)
    assert reached["plan_may_reach_goal", "undecided"] == ("G04", "G05")
    assert found.effort <= 320
    assert found.cost <= 1_600_000

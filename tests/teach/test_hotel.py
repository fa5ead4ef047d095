"""The hotel case: the same bytes from the same seed, names for every code, a coherent truth."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from playbook.case import table_specs
from playbook.core.schema import Field
from playbook.teach.csv_text import as_csv
from playbook.teach.hotel.casefile import case_toml
from playbook.teach.hotel.tree import REACHABLE
from playbook.teach.hotel.truth import TRUTH
from playbook.teach.hotel.write import SEED, tables, write_case

CASE = Path(__file__).parents[2] / "data" / "hotel"
MOST_BYTES = 1_500_000

CODED: dict[str, tuple[str, ...]] = {
    "goals": ("goal_id", "parent_id", "owner", "team", "customer_need", "strategy_theme", "source"),
    "goals_history": ("unit_name", "source"),
    "goals_needs": ("need",),
    "goals_benchmark": ("entity", "source"),
    "goals_market": ("entity",),
    "goals_sources": ("source",),
    "goals_capability": ("item",),
    "tree": ("goal_id", "parent_id", "owner", "team", "source"),
    "tree_stages": ("goal_id", "stage", "start_event", "stop_event"),
    "tree_cases": ("stage",),
    "tree_weights": ("holder", "kpi"),
    "tree_raci": ("action", "person"),
    "kano": ("feature", "segment"),
    "servqual": ("segment",),
    "servqual_instrument": ("dimension",),
    "plan_actions": ("action", "goal_id", "owner", "first_step"),
    "plan_work": ("action", "person"),
    "plan_training": ("person", "topic", "team"),
    "plan_points": ("case_type", "group"),  # people are numbers on purpose
    "plan_sop": ("step", "role", "input", "output", "check_question"),
    "plan_blueprint": ("step", "customer_action"),
    "plan_articles": ("cause",),
    "pilot": ("store", "stratum"),
    "pilot_periods": ("store",),
    "pilot_guardrails": ("metric", "store"),
    "pilot_process": ("gate",),
    "review_actuals": ("goal_id",),
    "review_competitor": ("competitor", "source"),
    "review_scorecard": ("measure", "goal_id"),
    "review_actions": ("action", "goal_id"),
    "review_pdca": ("id", "owner"),
    "review_cases": ("case", "practice", "site", "sop_id"),
    "review_replication": ("case", "site"),
    "review_pairs": ("unit",),
    "review_goals_next": ("goal_id", "parent_id", "owner", "team", "customer_need"),
}
"""Columns that hold codes of the client."""


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return tables()


@pytest.fixture(scope="module")
def named(made: dict[str, pd.DataFrame]) -> set[str]:
    return set(made["labels"]["id"])


def test_the_committed_folder_is_what_the_generator_writes(tmp_path: Path) -> None:
    written = {path.name for path in write_case(tmp_path, SEED)}
    assert written == {path.name for path in CASE.iterdir()}
    for name in written:
        assert (tmp_path / name).read_bytes() == (CASE / name).read_bytes(), name
    assert sum(path.stat().st_size for path in CASE.iterdir()) < MOST_BYTES


def test_another_seed_gives_other_answers_and_the_same_cards(
    made: dict[str, pd.DataFrame],
) -> None:
    other = tables(7)
    assert not other["kano"].equals(made["kano"])
    assert list(other["goals"]["goal_id"]) == list(made["goals"]["goal_id"])
    assert f"seed = {7}" in case_toml(7)


@pytest.mark.parametrize("table", sorted(CODED))
def test_every_code_has_a_name(table: str, made: dict[str, pd.DataFrame], named: set[str]) -> None:
    for column in CODED[table]:
        codes = set(made[table][column].dropna().astype(str)) - {""}
        assert codes <= named, f"{table}.{column}: {sorted(codes - named)}"


def test_participants_and_metrics_have_a_name(
    made: dict[str, pd.DataFrame], named: set[str]
) -> None:
    asked = {code for cell in made["goals"]["participants"] for code in cell.split(";")}
    assert asked <= named
    assert set(made["goals_metrics"]["metric_id"]) <= named


def test_names_are_given_once_and_in_both_languages(made: dict[str, pd.DataFrame]) -> None:
    labels = made["labels"]
    assert labels["id"].is_unique
    assert (labels[["zh", "en"]].map(str.strip) != "").all(axis=None)
    assert labels["en"].map(str.isascii).all()


def _fields() -> list[tuple[str, Field]]:
    found = [(name, f) for name, spec in table_specs().items() for f in spec.fields]
    return [(name, f) for name, f in found if f.choices]


def test_coded_columns_hold_only_codes_of_their_table(made: dict[str, pd.DataFrame]) -> None:
    for name, field in _fields():
        if name in made and field.name in made[name]:
            found = set(made[name][field.name].dropna().astype(str)) - {""}
            assert found <= set(field.choices), f"{name}.{field.name}: {found}"


def test_every_table_is_known_and_whole(made: dict[str, pd.DataFrame]) -> None:
    specs = table_specs()
    for name, table in made.items():
        assert name in specs, name
        assert set(specs[name].required) <= set(table), name
        if specs[name].key:
            key = [c for c in specs[name].key if c in table]
            assert not table.duplicated(key).any(), name


def test_a_goal_card_and_its_baseline_agree_with_the_history(
    made: dict[str, pd.DataFrame],
) -> None:
    past = made["goals_history"]
    whole = past[past["unit_name"].isna() | (past["unit_name"] == "")]
    last = whole.groupby("metric_id").tail(1).set_index("metric_id")
    for card in made["goals"].itertuples():
        if pd.notna(card.baseline):
            assert card.baseline == pytest.approx(last["value"][card.metric_id], abs=0.051)
            assert last["period"][card.metric_id] == card.baseline_period


def test_satisfaction_is_one_figure_in_all_tables(made: dict[str, pd.DataFrame]) -> None:
    june = made["pilot_periods"].query("period == '2026-06'")
    n, x = int(june["n"].sum()), int(june["x"].sum())
    card = made["goals"].set_index("goal_id").loc["G01"]
    assert (card["baseline"], card["baseline_n"]) == (round(100 * x / n, 1), n)
    actual = made["review_actuals"].query("goal_id == 'G01' and period == '2026-06'").iloc[0]
    assert (actual["n"], actual["x"]) == (n, x)
    root = made["tree"].set_index("goal_id").loc["G01"]
    assert (root["baseline"], root["weight_n"]) == (card["baseline"], n)


def test_the_pilot_counts_are_the_months_before_and_during(
    made: dict[str, pd.DataFrame],
) -> None:
    months = made["pilot_periods"]
    before = months[months["period"].between("2026-01", "2026-03")]
    counted = made["pilot"].set_index("store")
    assert (before.groupby("store")["n"].sum() == counted["n_pre"]).all()
    assert (months["x"] <= months["n"]).all()
    assert (months["n"] <= months["invited"]).all()
    assert set(counted.index[counted["arm"] == "pilot"]) == set(TRUTH.pilot.stores)


def test_dates_lie_in_the_story(made: dict[str, pd.DataFrame]) -> None:
    due = [date.fromisoformat(day) for day in made["goals"]["due"]]
    assert min(due) > date(2026, 7, 1)
    assert set(made["review_actuals"]["due"]) == {"2026-06-30"}


def test_the_planted_truth_is_coherent(made: dict[str, pd.DataFrame]) -> None:
    business = 0.45
    for feature in TRUTH.features:
        own = feature.business or feature.shares
        both = [business * b + (1 - business) * a for a, b in zip(feature.shares, own, strict=True)]
        assert sum(feature.shares) == pytest.approx(1)
        assert sum(own) == pytest.approx(1)
        assert "MOAIRQ"[both.index(max(both))] == feature.category
    assert [f.feature for f in TRUTH.features if f.business] == [TRUTH.segment_feature]
    gaps = {d.dimension: d.gap_points for d in TRUTH.dimensions}
    assert min(gaps, key=lambda d: gaps[d]) == TRUTH.largest_gap
    drivers = {d.dimension: d.driver for d in TRUTH.dimensions}
    assert max(drivers, key=lambda d: drivers[d]) == TRUTH.top_driver
    assert sum(d.points for d in TRUTH.dimensions) == 100
    assert sum(drivers.values()) == pytest.approx(1)
    assert sorted(k for d in TRUTH.dimensions for k in d.items) == list(range(1, 23))
    assert [g.goal_id for g in TRUTH.goals] == list(made["goals"]["goal_id"])
    assert TRUTH.pilot.lift > TRUTH.pilot.margin
    assert len(set(made["review_replication"]["site"])) == TRUTH.copies
    assert set(TRUTH.failed_copies) < set(made["review_replication"]["site"])


def test_need_trends_follow_their_growth() -> None:
    for need in TRUTH.needs:
        expected = "rising" if need.growth > 0 else "falling" if need.growth < 0 else ""
        assert need.trend == (expected or "no_clear_trend")


def test_tree_targets_stay_within_reach(made: dict[str, pd.DataFrame]) -> None:
    hotels = made["tree"][made["tree"]["goal_id"].str.fullmatch(r"G01_B\d\d")]
    assert (hotels["target"] > hotels["baseline"]).all()
    assert (hotels["target"] <= REACHABLE).all()
    chain = made["tree"].set_index("goal_id").loc[["G04_ack", "G04_route", "G04_solve"]]
    assert (chain["target"] / 100).prod() >= 0.90
    parts = made["tree"][made["tree"]["parent_id"] == "G03"].query("edge == 'formula'")
    assert parts["target"].sum() == pytest.approx(7.5)
    assert parts["baseline"].sum() == pytest.approx(8.86)


def test_weights_of_every_sheet_sum_to_a_hundred(made: dict[str, pd.DataFrame]) -> None:
    assert (made["tree_weights"].groupby("holder")["weight"].sum() == 100).all()


def test_each_action_has_one_accountable_person(made: dict[str, pd.DataFrame]) -> None:
    answers = made["tree_raci"]["role"].str.contains("A").groupby(made["tree_raci"]["action"])
    assert (answers.sum() == 1).all()


def test_csv_text_is_plain() -> None:
    table = pd.DataFrame({"a": [1.0, None, 0.1 + 0.2], "b": ["x", None, "y"]})
    assert as_csv(table) == "a,b\n1,x\n,\n0.3,y\n"

"""The airport case: its computed tables, and the reference figures they rest on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from playbook.teach import sfo
from playbook.teach.sfo_case import ITEMS, write_case

CASE = Path(__file__).parents[2] / "data" / "sfo"


@pytest.fixture(scope="module")
def surveys() -> dict[str, pd.DataFrame]:
    return {year: sfo.read(CASE, year) for year in sfo.YEARS}


def test_the_committed_tables_are_what_the_script_writes(tmp_path: Path) -> None:
    written = [path.name for path in write_case(CASE, tmp_path)]
    for name in written:
        assert (tmp_path / name).read_bytes() == (CASE / name).read_bytes(), name
    given = {"README.md", "sfo2017.csv", "sfo2018.csv", "sfo_codes.csv"}
    assert {path.name for path in CASE.iterdir()} == given | set(written)


@pytest.mark.parametrize(
    ("year", "name", "path"),
    [
        ("2018", "journey_sfo2018_nps_blank_code_weights", ()),
        ("2017", "journey_sfo2017_nps_and_problem_pareto", ("nps",)),
    ],
)
def test_recommendation_agrees_with_the_reference(
    year: str,
    name: str,
    path: tuple[str, ...],
    surveys: dict[str, pd.DataFrame],
    vector: Callable[[str], dict[str, Any]],
    assert_agrees: Callable[..., None],
) -> None:
    reference = vector(name)
    expected = reference["expected"]
    for key in path:
        expected = expected[key]
    found = sfo.recommended(surveys[year])
    assert len(surveys[year]) == expected["n_rows"]
    computed = {
        "n_valid": found.n,
        "detractors": found.detractors,
        "promoters": found.promoters,
        "nps_points": found.plain,
        "nps_points_weighted": found.value,
        "n_effective": found.n_effective,
    }
    assert_agrees(computed, {key: expected[key] for key in computed}, reference["tolerance"])


def test_problems_of_2017_agree_with_the_reference(
    surveys: dict[str, pd.DataFrame], vector: Callable[[str], dict[str, Any]]
) -> None:
    expected = vector("journey_sfo2017_nps_and_problem_pareto")["expected"]
    found = sfo.share(surveys["2017"], "Q15PROBLEM", (1, 2), (1,))
    assert found.x == expected["n_problem_yes"]
    assert found.n - found.x == expected["n_problem_no"]


def test_a_blank_code_left_in_would_change_the_score(
    surveys: dict[str, pd.DataFrame], vector: Callable[[str], dict[str, Any]]
) -> None:
    wrong = vector("journey_sfo2018_nps_blank_code_weights")["expected"]
    codes = pd.to_numeric(surveys["2018"]["NETPRO"])
    score = 100 * ((codes >= 9).mean() - (codes <= 6).mean())
    assert score == pytest.approx(wrong["wrong_value_if_11_counted_as_promoter"])
    assert sfo.recommended(surveys["2018"]).plain == pytest.approx(wrong["nps_points"])


def test_weights_make_the_number_of_answers_smaller(surveys: dict[str, pd.DataFrame]) -> None:
    found = sfo.share(surveys["2018"], "Q7ALL", sfo.FIVE, sfo.TOP)
    assert (found.n, found.x) == (2625, 1428 + 631)
    assert found.n_effective < found.n
    assert sfo.effective(pd.Series([1.0, 1.0, 1.0])) == 3


def test_baselines_are_the_weighted_values_of_2018(surveys: dict[str, pd.DataFrame]) -> None:
    past = sfo.history(surveys)
    cards = sfo.goals(past).set_index("metric_id")
    now = past[(past["period"] == "2018") & (past["unit_name"] == "")].set_index("metric_id")
    assert (cards["baseline"] == now["value"].reindex(cards.index)).all()
    assert (cards["start"] == "2019-01-01").all()


def test_every_code_has_a_name_and_every_item_a_column(
    surveys: dict[str, pd.DataFrame],
) -> None:
    named = set(pd.read_csv(CASE / "labels.csv")["id"])
    cards = pd.read_csv(CASE / "goals.csv")
    for column in ("goal_id", "owner", "team", "strategy_theme", "source"):
        assert set(cards[column]) <= named, column
    assert {code for cell in cards["participants"] for code in cell.split(";")} <= named
    assert {item for item, *_ in ITEMS} | {dimension for _, dimension, *_ in ITEMS} <= named
    assert {column for _, _, column, *_ in ITEMS} <= set(surveys["2018"])
    actuals = pd.read_csv(CASE / "review_actuals.csv")
    assert set(actuals["goal_id"]) <= named

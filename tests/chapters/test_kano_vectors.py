"""The formulas of the kano chapter against reference numbers."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playbook.chapters.kano import evaluation, rules, scores, splits, uncertainty
from playbook.chapters.kano.analysis import analyse
from playbook.chapters.kano.conclusions import light
from playbook.chapters.kano.counted import Counted
from playbook.chapters.kano.features import Context, describe
from playbook.chapters.kano.inputs import TABLES, Settings
from playbook.chapters.kano.planner import half_width, p_mode_correct, satisfaction_curve
from playbook.chapters.kano.result import FeatureResult, KanoResult
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.intake.tables import read_table
from playbook.core.stats import newcombe

HALF = Context((0.5, 0.5))


def feature(counts: dict[str, float], source: Any = "counts", **settings: Any) -> FeatureResult:
    return describe(Counted("F", source, rules.in_order(counts)), HALF, Settings(**settings))


def of_matrix(matrix: list[list[int]], table: Any) -> FeatureResult:
    cells = np.array(matrix)
    counts = evaluation.by_category(cells, table).astype(float)
    return describe(Counted("F", "matrix", counts, cells), HALF, Settings(table=table))


@pytest.fixture(scope="module")
def demo(vectors: Path) -> KanoResult:
    frame = read_table(TABLES[0], vectors / "kano_demo_wide.csv").frame
    facts = Facts(date(2026, 7, 1), seed=7)
    return analyse(Inputs(Tables({"kano": frame}), Settings(draws=4000), facts))


def test_evaluation_tables(vector: Any) -> None:
    expected = vector("kano_evaluation_tables")["expected"]
    assert list(evaluation.STANDARD) == expected["standard"]
    assert list(evaluation.POULIOT) == expected["pouliot"]
    assert list(evaluation.three_point()) == expected["three_point_like_neutral_dislike"]
    turned = [
        "".join(evaluation.category_of(6 - f, 6 - d) for d in range(1, 6)) for f in range(1, 6)
    ]
    assert turned == expected["standard_when_1_is_dislike"]


def test_counts_of_three_service_features(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_counts_three_service_features")
    for given, wanted in zip(v["inputs"]["features"], v["expected"]["features"], strict=True):
        assert_agrees(asdict(feature(given["counts"])), wanted["exact"], v["tolerance"])


@pytest.mark.parametrize("name", ["kano_counts_retail_607"])
def test_published_counts(name: str, vector: Any, assert_agrees: Any) -> None:
    v = vector(name)
    for given, wanted in zip(v["inputs"]["features"], v["expected"]["features"], strict=True):
        found = asdict(feature(given["counts"]))
        published = wanted.pop("published")
        del wanted["feature"]
        assert_agrees(found, wanted, v["tolerance"])
        assert_agrees(found, published, v["expected"]["looser"]["published"])


@pytest.mark.parametrize("name", ["kano_percentages_ski", "kano_percentages_word_processor"])
def test_percentages_in_place_of_counts(name: str, vector: Any, assert_agrees: Any) -> None:
    v = vector(name)
    alias = v["inputs"].get("letter_alias", {})
    for given, wanted in zip(v["inputs"]["features"], v["expected"]["features"], strict=True):
        counts = {alias.get(k, k): x for k, x in given["percent"].items()}
        found = asdict(feature(counts, "shares"))
        published = wanted.pop("published", {})
        del wanted["feature"]
        assert_agrees(found, wanted, v["tolerance"])
        assert_agrees(found, published, v["expected"].get("looser", {}).get("published", 0))
        assert found["top2_p"] is None
        assert found["better_ci"] is None
        assert found["light"] is None


def test_matrices_by_both_tables(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_matrices_digital_transfers")
    for given, wanted in zip(v["inputs"]["features"], v["expected"]["features"], strict=True):
        for table in ("standard", "pouliot"):
            found = asdict(of_matrix(given["matrix"], table))
            assert_agrees(found, wanted[table], v["tolerance"])
        assert_agrees(
            found, wanted["published_pouliot"], v["expected"]["looser"]["published_pouliot"]
        )


def test_edge_cases(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_edge_cases")
    for given, wanted in zip(v["inputs"]["cases"], v["expected"]["cases"], strict=True):
        found = asdict(feature(given["counts"])) | {"name": given["name"]}
        assert_agrees(found, wanted, v["tolerance"])


def test_ellipse_curves_differences(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_ellipse_curves_differences")
    i, e = v["inputs"], v["expected"]
    found = uncertainty.ellipse(rules.in_order(i["ellipse_counts"]))
    assert found is not None
    assert_agrees(asdict(found), e["ellipse95"], v["tolerance"])
    c = i["curves"]
    for letter, wanted in e["curves"].items():
        curve = [satisfaction_curve(letter, c["cs"], c["ds"], x) for x in c["x"]]
        assert_agrees(curve, wanted, v["tolerance"])
    d = i["difference"]
    gap = newcombe(d["k1"], d["n1"], d["k2"], d["n2"])
    assert_agrees(
        [gap.value, gap.low, gap.high], [e["difference"], *e["difference_ci"]], v["tolerance"]
    )
    ends = uncertainty.goodman(np.array(i["goodman_counts"], dtype=float))
    assert_agrees([list(end) for end in ends or ()], e["goodman"], v["tolerance"])
    assert scores.reverse_split(np.array(i["reverse_matrix"])) == e["reverse_split"]


def test_planner(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_sample_planner")
    for n, row in v["expected"]["wilson_half_width"].items():
        found = {p: half_width(int(n), float(p)) for p in row}
        assert_agrees(found, row, v["tolerance"])
    for name, row in v["expected"]["p_mode_correct"].items():
        shares = v["inputs"]["true_shares_MOAIRQ"][name]
        for n, wanted in row.items():
            assert p_mode_correct(shares, int(n), 20_000, 3) == pytest.approx(wanted, abs=0.012)


def test_wording_sets_as_segments(vector: Any, assert_agrees: Any) -> None:
    v = vector("kano_wording_as_segment")
    given, wanted = v["inputs"]["features"], v["expected"]["features"]
    groups = [c["cohort"] for c in given[0]["cohorts"]]
    counts = {
        f["feature"]: np.array(
            [evaluation.by_category(np.array(c["matrix"]), "standard") for c in f["cohorts"]], float
        )
        for f in given
    }
    made = splits.split_counts("wording_set", groups, counts, Settings(monte_carlo=500), 1)
    for test, e in zip(made.tests, wanted, strict=True):
        assert_agrees(
            {k: getattr(test, k) for k in ("chi2", "dof", "p", "min_expected", "cramers_v")},
            {k: e[k] for k in ("chi2", "dof", "p", "min_expected", "cramers_v")},
            v["tolerance"],
        )
        assert list(test.modes.values()) == e["modes"]
        assert_agrees([x.value for x in test.better.values()], e["better"], v["tolerance"])
        assert_agrees([x.value for x in test.worse.values()], e["worse"], v["tolerance"])
        assert counts[test.feature].astype(int).tolist() == e["table_MOAIRQ"]
    assert_agrees([t.p_holm for t in made.tests], v["expected"]["p_holm"], v["tolerance"])


class TestDemo:
    """150 respondents, six features, a wide table with blanks."""

    def test_every_field_of_every_feature(
        self, demo: KanoResult, vector: Any, assert_agrees: Any
    ) -> None:
        v = vector("kano_demo_raw_150x6")
        for found, wanted in zip(demo.features, v["expected"]["features"], strict=True):
            plain = {
                k: x for k, x in wanted.items() if k not in ("segment", "bootstrap_p_category_mode")
            }
            assert_agrees(asdict(found), plain, v["tolerance"])
            for letter, p in wanted["bootstrap_p_category_mode"].items():
                made = found.bootstrap_p_category_mode or {}
                assert made[letter] == pytest.approx(p, abs=0.03)

    def test_over_the_features(self, demo: KanoResult, vector: Any, assert_agrees: Any) -> None:
        e = vector("kano_demo_raw_150x6")["expected"]
        assert_agrees([f.top2_p_holm for f in demo.features], e["top2_p_holm"], 1e-9)
        assert list(demo.priority_order) == e["priority_order"]
        assert demo.n_respondents == e["n_respondents"]
        assert list(demo.straight_liners) == e["straight_liners"]
        assert list(demo.respondents_many_questionable) == e["respondents_many_questionable"]
        places = {f.feature: f.rank_priority.rank for f in demo.features if f.rank_priority}
        assert sorted(places, key=lambda k: places[k]) == e["priority_order"]

    def test_segments(self, demo: KanoResult, vector: Any, assert_agrees: Any) -> None:
        e = vector("kano_demo_raw_150x6")["expected"]
        tests = demo.splits[0].tests
        assert_agrees([t.p_holm for t in tests], e["segment_p_holm"], 1e-9)
        for test, feature in zip(tests, e["features"], strict=True):
            wanted = dict(feature["segment"])
            gap, ends = (
                wanted.pop("better_difference_A_minus_B"),
                wanted.pop("better_difference_ci"),
            )
            assert_agrees(asdict(test), wanted, 1e-9)
            found = test.differences[0].better
            assert_agrees([found.value, found.low, found.high], [gap, *ends], 1e-9)
            assert test.p_monte_carlo is None or abs(test.p_monte_carlo - (test.p or 0)) < 0.03


def test_light_follows_the_sample() -> None:
    assert [light(n) for n in (29, 30, 100, 200)] == ["none", "indicative", "usable", "firm"]


def test_grouped_resampling_agrees_with_single_respondents(vectors: Path) -> None:
    """Random groups of respondents give the spread that single respondents give."""
    from playbook.chapters.kano import resampling

    rng = np.random.default_rng(4)
    f = rng.choice(6, (2, 4000), p=[0.02, 0.4, 0.2, 0.2, 0.1, 0.08]).astype(np.int8)
    d = rng.choice(6, (2, 4000), p=[0.02, 0.1, 0.1, 0.2, 0.2, 0.38]).astype(np.int8)
    pairs = evaluation.pair_codes(f, d)
    spreads = []
    for most in (4000, 500):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(resampling, "MOST_GROUPS", most)
            groups = resampling.respondent_groups(pairs, "standard", 1)
        assert groups.sum(axis=0).tolist() == [
            evaluation.by_category(evaluation.count_pairs(row)[1:, 1:], "standard").tolist()
            for row in pairs
        ]
        spreads.append(resampling.draw_groups(groups, 2000, 2).std(axis=0))
    assert np.abs(spreads[1] / spreads[0] - 1).max() < 0.12


def test_same_input_same_numbers(demo: KanoResult, vectors: Path) -> None:
    frame = read_table(TABLES[0], vectors / "kano_demo_wide.csv").frame
    facts = Facts(date(2026, 7, 1), seed=7)
    again = analyse(Inputs(Tables({"kano": frame}), Settings(draws=4000), facts))
    assert again == demo

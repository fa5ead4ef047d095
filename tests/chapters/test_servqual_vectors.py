"""Published and recomputed reference numbers of the servqual chapter."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.servqual import alpha as formula
from playbook.chapters.servqual.analysis import analyse
from playbook.chapters.servqual.asymmetry import prca
from playbook.chapters.servqual.drivers import relative_weights, shares
from playbook.chapters.servqual.gaps import difference_reliability, dimension_scores
from playbook.chapters.servqual.importance import csi, diagonal, pgcv, quadrants
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.reliability import from_covariance, pairwise_alpha, reliability
from playbook.chapters.servqual.typed import TypedFigures, typed_table
from playbook.chapters.servqual.zone import zone_of_means
from playbook.core.inputs import Facts, Inputs, Tables

SFO = Path(__file__).parents[2] / "data" / "sfo" / "sfo2017.csv"
DAY = pd.Timestamp("2026-07-01").date()


def named(names, values):
    return dict(zip(names, map(float, values), strict=True))


def test_alpha_against_target(vector, assert_agrees):
    v = vector("servqual_alpha_against_target")
    for case, expected in zip(v["inputs"]["cases"], v["expected"]["cases"], strict=True):
        a, n, k = case["alpha"], case["n"], case["k"]
        above, below, verdict = formula.against_target(a, n, k, case["target"])
        found = {
            "ci": list(formula.feldt_interval(a, n, k)),
            "F": (1 - case["target"]) / (1 - a),
            "df1": n - 1,
            "df2": (n - 1) * (k - 1),
            "p_above": above,
            "p_below": below,
            "verdict": verdict,
            "flags": ["redundant"] if a > 0.95 else [],
        }
        assert_agrees(found, expected, v["tolerance"])


def test_alpha_from_covariance(vector, assert_agrees):
    v = vector("servqual_alpha_from_covariance_attitude")
    given = v["inputs"]
    r = from_covariance(np.array(given["cov"]), given["items"], given["n"])
    expected = dict(v["expected"])
    looser = expected.pop("looser")
    renamed = {
        "omega_model_raw": "omega_model",
        "omega_observed_raw": "omega_observed",
    }
    looser = {renamed.get(k, k): t for k, t in looser.items()} | {
        f"fit.{k}": looser["fit"] for k in expected["fit"]
    }
    assert sorted(r.flags) == sorted(expected.pop("flags"))
    of_r = from_covariance(formula.correlations(np.array(given["cov"])), given["items"], given["n"])
    assert of_r.omega_model == pytest.approx(expected.pop("omega_model_std"), abs=1e-5)
    expected = {renamed.get(k, k): x for k, x in expected.items()}
    assert_agrees(r, expected, v["tolerance"], looser)
    assert r == from_covariance(np.array(given["cov"]), given["items"], given["n"])
    assert r.omega is None  # the one-factor model fails, so no headline


def test_alpha_of_three_scales(vector, assert_agrees):
    v = vector("servqual_alpha_three_mobile_scales")
    for name, scale in v["inputs"]["scales"].items():
        r = from_covariance(np.array(scale["cov"]), scale["items"], v["inputs"]["n"])
        assert_agrees(r, v["expected"]["scales"][name], v["tolerance"])


def test_standardised_alpha_from_correlations(vector, assert_agrees):
    v = vector("servqual_standardised_alpha_bank")
    for name, scale in v["inputs"]["scales"].items():
        R = np.array(scale["corr"])
        k = len(R)
        found = {
            "alpha_std": formula.standardised_alpha(R),
            "average_r": (R.sum() - k) / (k * (k - 1)),
            "lambda6": formula.lambda6(R),
        }
        assert_agrees(found, v["expected"]["scales"][name], v["tolerance"])
    v = vector("servqual_correlations_two_dimensions")
    for name, scale in v["inputs"]["dimensions"].items():
        R = np.array(scale["corr"])
        k = len(R)
        found = {
            "alpha_std": formula.standardised_alpha(R),
            "average_r": (R.sum() - k) / (k * (k - 1)),
            "item_total": formula.item_total(R),
            "alpha_if_deleted": formula.alpha_if_deleted(R),
        }
        assert_agrees(found, v["expected"]["dimensions"][name], v["tolerance"])


def test_missing_answers_take_the_n_after_deletion(vector, assert_agrees):
    v = vector("servqual_missing_answers")
    x = np.array(v["inputs"]["rows"], dtype=float)
    r = reliability(x, v["inputs"]["items"], least_n=2)
    found = {
        "n_rows": len(x),
        "n_complete": r.alpha_n,
        "n_min_pair": r.n_min_pair,
        "alpha": r.alpha,
        "alpha_n": r.alpha_n,
        "alpha_ci": list(r.alpha_ci),
        "alpha_pairwise": pairwise_alpha(x),
        "alpha_pairwise_ci": None,
        "scale_scores": [
            None if np.isnan(s) else float(s) for s in dimension_scores(x, [(0, 1, 2, 3)])[:, 0]
        ],
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_kr20_and_a_reversed_item(vector, assert_agrees):
    v = vector("servqual_kr20_and_reversed_item")
    given, expected = v["inputs"], v["expected"]
    binary = np.array(given["binary"], dtype=float)
    kr20 = formula.raw_alpha(np.cov(binary, rowvar=False))
    assert kr20 == pytest.approx(expected["kr20"], abs=1e-9)
    likert = given["likert"]
    x = np.array(likert["rows"], dtype=float)
    as_given = reliability(x, likert["items"], least_n=2)
    low, high = likert["scale"]
    turned = x.copy()
    turned[:, 2] = low + high - turned[:, 2]
    after = reliability(turned, likert["items"], least_n=2)
    found = {
        "alpha_as_given": as_given.alpha,
        "item_total_as_given": as_given.item_total,
        "flags_as_given": [f for f in as_given.flags if f.startswith("item_")],
        "alpha_after_reversal": after.alpha,
        "item_total_after_reversal": after.item_total,
    }
    assert_agrees(found, expected["likert"], v["tolerance"])


def test_split_half(vector, assert_agrees):
    v = vector("servqual_split_half")
    C = np.cov(np.array(v["inputs"]["rows"], dtype=float), rowvar=False)
    assert_agrees(formula.split_half(C), v["expected"], v["tolerance"])


def test_relative_weights_from_published_correlations(vector, assert_agrees):
    v = vector("servqual_relative_weights_from_correlations")
    R = np.array(v["inputs"]["R"])
    w = relative_weights(R[None, 1:, 1:], R[None, 0, 1:])[0]
    found = {
        "relative_weight": w.tolist(),
        "relative_weight_percent": (100 * w / w.sum()).tolist(),
        "r2": float(w.sum()),
    }
    assert_agrees(found, v["expected"], v["tolerance"], v["expected"]["looser"])


def test_lmg_and_relative_weights(vector, assert_agrees):
    v = vector("servqual_lmg_and_relative_weights")
    for name in ("swiss", "mtcars"):
        given = v["inputs"][name]
        R = np.array(given["corr_outcome_last"])
        s = shares(R[:-1, :-1], R[:-1, -1])
        names = given["predictors"]
        found = {"r2": s.r2, "pearson": named(names, R[:-1, -1])} | {
            key: named(names, getattr(s, key))
            for key in ("beta", "vif", "lmg", "relative_weight", "first", "last", "pratt")
        }
        assert_agrees(found, v["expected"][name], v["tolerance"])
        if name == "mtcars":
            assert_agrees(
                found["relative_weight"],
                v["expected"]["published_mtcars_relative_weight"],
                1e-7,
            )


def test_ipa_crosshairs(vector, assert_agrees):
    v = vector("servqual_ipa_crosshairs")
    given, expected = v["inputs"], v["expected"]
    ids = list(given["performance"])
    p = np.array([given["performance"][a] for a in ids])
    i = np.array([given["importance"][a] for a in ids])
    scale = tuple(given["scale"])
    for kind in ("grand_mean", "median", "scale_midpoint", "target"):
        line_p, line_i, found = quadrants(p, i, kind, scale, (given["target"],) * 2)
        found = {"p": line_p, "i": line_i, "quadrant": dict(zip(ids, found, strict=True))}
        assert_agrees(found, expected[kind], v["tolerance"])
    prior = named(ids, diagonal(p, i, same_scale=True))
    assert_agrees(prior, expected["diagonal_priority_i_minus_p"], v["tolerance"])
    assert csi(p, i, scale[1]) == pytest.approx(expected["csi"], abs=1e-9)
    assert_agrees(named(ids, pgcv(p, i, scale[1])), expected["pgcv"], v["tolerance"])


def test_zone_of_tolerance(vector, assert_agrees):
    v = vector("servqual_zone_of_tolerance")
    for row, expected in zip(v["inputs"]["items"], v["expected"]["items"], strict=True):
        assert_agrees(
            {"item": row["item"], **zone_of_means(row["D"], row["A"], row["P"])},
            expected,
            v["tolerance"],
        )
    d = v["inputs"]["difference"]
    r = difference_reliability(d["sd_p"], d["sd_e"], d["r_pp"], d["r_ee"], d["r_pe"])
    assert r == pytest.approx(v["expected"]["difference_reliability"])


def test_published_dimension_table(vector, assert_agrees):
    v = vector("servqual_published_dimension_table")
    n = v["inputs"]["n"]
    rows = [
        TypedFigures(
            r["dimension"], r["E_mean"], r["P_mean"], n, r["E_sd"], r["P_sd"], r["gap"], *r["ci"],
            r["t"],
        )
        for r in v["inputs"]["rows"]
    ]  # fmt: skip
    found = {"rows": list(typed_table(rows).rows)}
    assert_agrees(found, {"rows": v["expected"]["rows"]}, v["tolerance"])


def test_typed_table_self_check(vector, assert_agrees):
    v = vector("servqual_typed_table_self_check")
    given = v["inputs"]
    rows = [
        TypedFigures(
            r["dimension"], r["E_mean"], r["P_mean"], given["n"], r["sd_e"], r["sd_p"], r["gap"],
            *r["ci"], r["t"],
        )
        for r in given["rows"]
    ]  # fmt: skip
    found = typed_table(rows, given["allow_gap"], given["allow_t_relative"]).rows
    wanted = [
        {("gap_from_means" if k == "gap_from_means" else k): x for k, x in r.items()}
        for r in v["expected"]["rows"]
    ]
    assert_agrees({"rows": list(found)}, {"rows": wanted}, v["tolerance"])


def test_unweighted_and_weighted_score_of_means(vector):
    v = vector("servqual_unweighted_weighted")
    gaps, points = v["inputs"]["gaps"], v["inputs"]["points"]

    def table(points):
        return typed_table(
            [TypedFigures(d, 6.0, 6.0 + g, points=points[d]) for d, g in gaps.items()]
        )

    found = table(points)
    assert found.score_unweighted == pytest.approx(v["expected"]["unweighted"])
    assert found.score_weighted == pytest.approx(v["expected"]["weighted"])
    equal = table(dict.fromkeys(points, 20.0)).score_weighted
    assert equal == pytest.approx(v["expected"]["weighted_with_equal_points"])


@pytest.fixture(scope="module")
def demo(vectors):
    frame = pd.read_csv(vectors / "servqual_demo_7pt.csv", dtype=str)
    frame = frame.astype(object).where(frame.notna(), None)
    frame["overall"] = frame["overall"].astype(float)
    frame.index = range(2, len(frame) + 2)
    settings = Settings(scale_min=1, scale_max=7)
    return analyse(Inputs(Tables({"servqual": frame}), settings, Facts(reference_date=DAY)))


def test_demo_items(vector, assert_agrees, demo):
    v = vector("servqual_demo_raw_22_items_7pt")
    for found, expected in zip(demo.items, v["expected"]["items"], strict=True):
        assert_agrees(found, {**expected, "item": str(expected["item"])}, v["tolerance"])


def test_demo_dimensions(vector, assert_agrees, demo):
    v = vector("servqual_demo_raw_22_items_7pt")
    for name, expected in v["expected"]["dimensions"].items():
        found = demo.dimensions[name]
        expected = dict(expected)
        for form, scale in expected.pop("reliability").items():
            scale = dict(scale)
            r = found.reliability[form]
            assert r.alpha_n == scale.pop("n")
            assert r.verdict == scale.pop("verdict_target_085")
            assert_agrees(r, scale, v["tolerance"])
        assert_agrees(found, expected, v["tolerance"])


def test_demo_scores(vector, assert_agrees, demo):
    v = vector("servqual_demo_raw_22_items_7pt")
    expected, tolerance = v["expected"], v["tolerance"]
    assert demo.quality.n_rows == expected["n_rows"]
    assert list(demo.quality.points_rows_refused) == expected["points_rows_refused"]
    for key in ("score_unweighted", "score_weighted_respondent", "servperf_total"):
        assert_agrees(getattr(demo, key), expected[key], tolerance)
    assert demo.score_weighted_mean_points == pytest.approx(
        expected["score_weighted_mean_points"], abs=tolerance
    )
    assert_agrees(demo.mean_points, expected["mean_points"], tolerance)
    for name, performance in expected["servperf"].items():
        assert_agrees(demo.dimensions[name].performance, performance, tolerance)


def test_demo_drivers(vector, assert_agrees, demo):
    v = vector("servqual_demo_raw_22_items_7pt")
    assert_agrees(demo.drivers, v["expected"]["drivers_of_overall"], v["tolerance"])


@pytest.fixture(scope="module")
def sfo():
    if not SFO.is_file():
        pytest.skip("data/sfo is not there")
    return pd.read_csv(SFO, dtype=str).apply(pd.to_numeric, errors="coerce")


def rated(frame, columns):
    x = frame[columns].to_numpy(dtype=float)
    return np.where((x == 0) | (x == 6), np.nan, x)


def test_sfo_alpha_and_drivers(vector, assert_agrees, sfo):
    v = vector("servqual_sfo2017_alpha_drivers")
    given, expected = v["inputs"], v["expected"]
    r = reliability(rated(sfo, given["alpha_items"]), given["alpha_items"])
    alpha = dict(expected["alpha"])
    assert r.alpha_n == alpha.pop("n")
    assert_agrees(r, alpha, v["tolerance"])
    names = given["predictors"]
    Z = rated(sfo, [*names, given["outcome"]])
    Z = Z[~np.isnan(Z).any(axis=1)]
    R = np.corrcoef(Z, rowvar=False)
    s = shares(R[:-1, :-1], R[:-1, -1])
    found = {"n": len(Z), "r2": s.r2, "pearson": named(names, R[:-1, -1])} | {
        key: named(names, getattr(s, key))
        for key in ("beta", "vif", "lmg", "relative_weight", "first", "last", "pratt")
    }
    assert_agrees(found, expected["drivers"], v["tolerance"])


def test_sfo_penalty_reward(vector, assert_agrees, sfo):
    v = vector("servqual_sfo2017_penalty_reward")
    given = v["inputs"]
    all_six = vector("servqual_sfo2017_alpha_drivers")["inputs"]["predictors"]
    whole = ~np.isnan(rated(sfo, [*all_six, given["outcome"]])).any(axis=1)
    X = rated(sfo, given["predictors"])[whole]
    y = rated(sfo, [given["outcome"]])[whole, 0]
    found = prca(X, y, given["predictors"], given["low_max"], given["high_min"])
    assert_agrees(found, v["expected"], v["tolerance"])

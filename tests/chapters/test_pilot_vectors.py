"""The formulas of the pilot chapter against reference numbers."""

from math import ceil
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.pilot.customer import (
    agresti_caffo,
    cuped,
    group_chi_square,
    margin_score,
    plain_power,
    sample_size,
    welch,
)
from playbook.chapters.pilot.decision import decide, guardrail_state
from playbook.chapters.pilot.design import (
    change_without_effect,
    design_effect,
    excess_needed,
    icc_of,
    power,
    reliability,
    sd_change,
)
from playbook.chapters.pilot.estimate import exact_t, lift, meta_regression, naive_customer
from playbook.chapters.pilot.guardrails import amber_cut, answers_for_gate
from playbook.chapters.pilot.looks import bound_constant, false_positives
from playbook.chapters.pilot.permutation import permute, sign_flips
from playbook.chapters.pilot.stores import did
from playbook.core.stats import benjamini_hochberg, holm, newcombe


@pytest.fixture(scope="module")
def stores(vectors: Any) -> dict[str, Any]:
    """The twelve constructed stores as changes, variances and arms."""
    t = pd.read_csv(vectors / "pilot_stores.csv")
    pre, post = t.sat_pre / t.n_pre, t.sat_post / t.n_post
    variance = pre * (1 - pre) / t.n_pre + post * (1 - post) / t.n_post
    return {"table": t, "y": post - pre, "v": variance, "pilot": t.arm == "pilot"}


def test_two_proportions(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_two_proportions")
    found = {"diff": [], "newcombe": [], "agresti_caffo": []}
    for row in v["inputs"]["x1_n1_x2_n2"]:
        n, a = newcombe(*row), agresti_caffo(*row)
        found["diff"].append(n.value)
        found["newcombe"].append([n.low, n.high])
        found["agresti_caffo"].append([a.low, a.high])
    assert_agrees(found, v["expected"], v["tolerance"])


def test_welch(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_welch")
    assert_agrees(
        vars(welch(v["inputs"]["pilot"], v["inputs"]["control"])), v["expected"], v["tolerance"]
    )


def test_groups(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_group_chi_square")
    statistic, df, p = group_chi_square(v["inputs"]["x"], v["inputs"]["n"])
    assert_agrees({"statistic": statistic, "df": df, "p_value": p}, v["expected"], v["tolerance"])


def test_margin_score(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_margin_score")
    i = v["inputs"]
    counts = (i["x_pilot"], i["n_pilot"], i["x_control"], i["n_control"])
    found = dict(vars(margin_score(*counts, i["margin"])))
    for level in (95, 90):
        interval = newcombe(*counts, level / 100)
        found[f"newcombe_{level}"] = [interval.low, interval.high]
    assert_agrees(found, v["expected"], v["tolerance"])


def test_sample_size(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_sample_size")
    i, plain = v["inputs"], v["inputs"]["plain"]
    raw = sample_size(i["p_pilot"], i["p_control"], i["margin"], i["alpha"], i["power"])
    n = v["expected"]["n_for_power_90"]
    assert plain_power(plain["p1"], plain["p2"], n) == pytest.approx(plain["power"], abs=1e-5)
    found = {
        "n_per_arm_raw": raw,
        "n_per_arm": ceil(raw),
        "power_n50": plain_power(plain["p1"], plain["p2"], plain["n"]),
    }
    expected = {key: value for key, value in v["expected"].items() if key in found}
    assert_agrees(found, expected, v["tolerance"])


def test_cuped(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_cuped")
    i = v["inputs"]
    assert_agrees(vars(cuped(i["post"], i["pre"], i["pilot"])), v["expected"], v["tolerance"])


def test_multiplicity(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_multiplicity")
    p = v["inputs"]["p"]
    found = {"holm": holm(p), "benjamini_hochberg": benjamini_hochberg(p)}
    expected = {key: v["expected"][key] for key in found}
    assert_agrees(found, expected, v["tolerance"])


def test_looks(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_peeking")
    i = v["inputs"]
    found = {
        "false_positive": [false_positives([1.959964] * k) for k in i["looks"]],
        "pocock": [bound_constant(k, "constant") for k in i["looks_bounds"]],
        "obrien_fleming": [bound_constant(k, "obrien_fleming") for k in i["looks_bounds"]],
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_icc_and_design_effect(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_icc_deff")
    rows = [np.asarray(store) for store in v["inputs"]["answers_by_store"]]
    found = icc_of([r.size for r in rows], [r.mean() for r in rows], [r.var(ddof=1) for r in rows])
    assert found is not None
    deff = [design_effect(m, rho, cv) for m, rho, cv in v["inputs"]["m_icc_cv"]]
    per_store = [m / d for (m, _, _), d in zip(v["inputs"]["m_icc_cv"], deff, strict=True)]
    assert_agrees(
        {**vars(found), "deff": deff, "n_effective_per_store": per_store},
        v["expected"],
        v["tolerance"],
    )


def test_design_power(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_design_power")
    i = v["inputs"]
    found = {
        "sd_change": [sd_change(*row) for row in i["p_tau_npre_npost"]],
        "excess_needed": [
            excess_needed(*row, i["alpha"], i["power"]) for row in i["sd_pilots_controls"]
        ],
    }
    assert_agrees(found, v["expected"], v["tolerance"])
    sd, pilots, controls = i["sd_pilots_controls"][2]
    assert power(found["excess_needed"][2], sd, pilots, controls) == pytest.approx(0.8, abs=1e-6)


def test_primary_estimate(vector: Any, assert_agrees: Any, stores: Any) -> None:
    v = vector("pilot_meta_regression")
    found = meta_regression(stores["y"], stores["v"], stores["pilot"], v["inputs"]["margin"])
    assert_agrees(found, v["expected"], v["tolerance"])


def test_exact_t_and_customers(vector: Any, assert_agrees: Any, stores: Any) -> None:
    v = vector("pilot_store_changes")
    assert_agrees(list(stores["y"]), v["expected"]["store_change"], v["tolerance"])
    expected = {
        k: e for k, e in v["expected"].items() if k not in ("store_change", "naive_customer")
    }
    found = exact_t(stores["y"], stores["pilot"], v["inputs"]["margin"])
    assert_agrees(found, expected, v["tolerance"])
    means, variances = [], []
    for arm in ("pilot", "control"):
        rows = stores["table"][stores["table"].arm == arm]
        for period in ("post", "pre"):
            n = rows[f"n_{period}"].sum()
            p = rows[f"sat_{period}"].sum() / n
            means.append(p)
            variances.append(p * (1 - p) / n)
    naive = naive_customer(tuple(means), tuple(variances))
    assert_agrees(naive, v["expected"]["naive_customer"], v["tolerance"])


def test_permutation(vector: Any, assert_agrees: Any, stores: Any) -> None:
    v = vector("pilot_permutation")
    i = v["inputs"]
    found = permute(stores["y"], stores["pilot"], i["margin"], i["alpha"])
    assert_agrees(found, v["expected"], v["tolerance"])


def test_pairs(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_matched_pairs")
    assert_agrees(sign_flips(v["inputs"]["pair_differences"]), v["expected"], v["tolerance"])


def test_one_treated_state(vector: Any, assert_agrees: Any, vectors: Any) -> None:
    v = vector("pilot_one_treated_prop99")
    t = pd.read_csv(vectors / "pilot_prop99.csv")
    for scale, change_of in (("level", lambda x: x), ("log", np.log)):
        values = change_of(t.packs_per_capita)
        means = values.groupby([t.state, t.year >= 1989]).mean().unstack()
        change = means[True] - means[False]
        pilot = change.index == v["inputs"]["treated"]
        expected = dict(v["expected"][scale])
        placebo = expected.pop("placebo_p_two_sided", None)
        assert_agrees(vars(exact_t(change, pilot)), expected, v["tolerance"])
        if placebo is not None:
            assert permute(change, pilot).p_two_sided == pytest.approx(placebo, abs=v["tolerance"])


def test_regression_to_the_mean(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_regression_to_mean")
    trust, change = [], []
    for tau, p, n, selected, everyone in v["inputs"]["tau_between_p_n_mean_selected_mean_all"]:
        trust.append(reliability(tau, p * (1 - p), n))
        change.append(change_without_effect(trust[-1], selected, everyone))
    assert_agrees({"reliability": trust, "expected_change": change}, v["expected"], v["tolerance"])


def test_two_by_two_table(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_did_cells")
    keys = ("pilot_pre", "pilot_post", "control_pre", "control_post")
    found = {
        "did": did(*(v["inputs"][key] for key in keys)),
        "did_from_printed": did(*(v["inputs"]["printed"][key] for key in keys)),
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_traffic_light(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_traffic_light")
    i = v["inputs"]
    found = {
        "n_required": [answers_for_gate(*row, i["alpha"], i["power"]) for row in i["red_green"]],
        "amber_cut": [amber_cut(*row) for row in i["amber_red_n"]],
    }
    assert_agrees(found, v["expected"], v["tolerance"])


def test_decision(vector: Any, assert_agrees: Any) -> None:
    v = vector("pilot_decision")
    margin, prob_scale = v["inputs"]["margin"], v["inputs"]["prob_scale"]
    found = []
    for case in v["inputs"]["cases"]:
        estimate = lift(case["estimate"], case["se"], case["df"])
        guardrails = [
            guardrail_state(g["harm"], g["se"], g["df"], g["margin"])
            for g in case.get("guardrails", [])
        ]
        invalid = [] if case.get("valid", True) else ["few_answers"]
        rule = (0.05, prob_scale, 0.9)
        found.append(decide(estimate, case.get("margin", margin), guardrails, (), invalid, rule))
    assert_agrees({"cases": found}, v["expected"], v["tolerance"])

"""Properties of the formulas and the mistakes the chapter must block."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings as effort
from hypothesis import strategies as st

from playbook.chapters.servqual import alpha as formula
from playbook.chapters.servqual.analysis import analyse
from playbook.chapters.servqual.asymmetry import prca
from playbook.chapters.servqual.conclusions_importance import of_prca, of_sources
from playbook.chapters.servqual.drivers import (
    SingularError,
    bootstrap_weights,
    relative_weights,
    shares,
)
from playbook.chapters.servqual.gaps import dimension_scores, score, t_test, wilcoxon
from playbook.chapters.servqual.importance import quadrants
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.reliability import reliability
from playbook.chapters.servqual.resample import first_share, resampled_means, resampled_sums
from playbook.chapters.servqual.result import ServqualResult
from playbook.chapters.servqual.section import section
from playbook.chapters.servqual.typed import TypedFigures, typed_table
from playbook.chapters.servqual.zone import zone_result
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.records import from_dict, to_dict, to_json
from playbook.core.section import Picture, Table

FACTS = Facts(date(2026, 7, 1), seed=7)
SCALE = Settings(scale_min=1, scale_max=5, overall_min=1, overall_max=10)
GROUPS = {"speed": ["s1", "s2", "s3"], "care": ["c1", "c2", "c3"], "place": ["p1", "p2"]}


def table(n=120, roles="EP", seed=5):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"respondent_id": [f"R{i}" for i in range(n)]})
    frame["segment"] = [("A", "B")[i % 2] for i in range(n)]
    means = {"E": 4.2, "P": 3.4, "I": 3.9, "D": 4.4, "A": 2.7}
    total = np.zeros(n)
    for role in roles:
        for g, items in enumerate(GROUPS.values()):
            base = rng.normal(0, 0.8, n)
            for item in items:
                x = np.clip(np.rint(means[role] + 0.2 * g + base + rng.normal(0, 0.6, n)), 1, 5)
                frame[role + item] = [f"{v:g}" for v in x]
                total += x * (3 - g) * (role == "P")
    frame["overall"] = np.clip(np.rint(total / 8 + rng.normal(0, 1, n)), 1, 10)
    frame.index = range(2, n + 2)
    return frame


def instrument():
    rows = [
        {"item": i, "dimension": d, "text_zh": f"题目{i}", "text_en": f"item {i}", "negative": None}
        for d, items in GROUPS.items()
        for i in items
    ]
    return pd.DataFrame(rows, index=range(2, len(rows) + 2))


def run(frame, settings=SCALE):
    tables = Tables({"servqual": frame, "servqual_instrument": instrument()})
    return analyse(Inputs(tables, settings, FACTS))


@pytest.fixture(scope="module")
def gap_result():
    return run(table().assign(points_speed="50", points_care="30", points_place="20"))


@pytest.fixture(scope="module")
def plain_result():
    weight = np.linspace(0.5, 2, 120)
    return run(table(roles="PI").assign(weight=weight))


@pytest.fixture(scope="module")
def zone_found():
    return run(table(roles="DAP"))


@pytest.fixture(scope="module")
def every_form(gap_result, plain_result, zone_found):
    rows = [{"dimension": "有形性", "e_mean": 5.0, "p_mean": 4.8, "gap": -0.5}]
    tables = Tables({"servqual_summary": pd.DataFrame(rows, index=[2])})
    summary = analyse(Inputs(tables, Settings(), FACTS))
    return [gap_result, plain_result, zone_found, summary]


def test_a_result_survives_json(every_form):
    for result in every_form:
        again = from_dict(ServqualResult, json.loads(to_json(result)))
        assert to_dict(again) == to_dict(result)


def test_the_same_input_gives_the_same_bytes(gap_result):
    again = run(table().assign(points_speed="50", points_care="30", points_place="20"))
    assert to_json(again) == to_json(gap_result)


@pytest.mark.usefixtures("undrawn")
def test_every_form_renders_in_both_languages_from_its_json(every_form):
    for result in every_form:
        loaded = from_dict(ServqualResult, json.loads(to_json(result)))
        for lang in ("zh", "en"):
            page = section(loaded, lang)
            ids = [block.id for block in page.blocks]
            assert ids[:9] == ["summary", "quality", "main", "items", "scores", "reliability",
                               "importance", "drivers", "asymmetry"]  # fmt: skip
            html = page._repr_html_()
            assert "<table" in html
            assert ".0 of" not in html  # counts come back from JSON as floats


def test_each_kind_of_figure_is_drawn(every_form):
    drawn = {}
    for result in every_form:
        for block in section(result, "zh").blocks:
            for item in block.items:
                if isinstance(item, Picture) and item.id not in drawn:
                    drawn[item.id] = item.svg
    assert len(drawn) > 5
    assert all(svg.startswith(b"<?xml") for svg in drawn.values())


def test_each_form_speaks_only_of_what_was_asked(gap_result, plain_result, zone_found):
    assert gap_result.used.form == "gap"
    assert plain_result.used.form == "performance"
    assert plain_result.score_unweighted is None
    assert all(d.gap_points is None for d in plain_result.dimensions.values())
    assert [g.source for g in plain_result.ipa] == ["stated", "derived"]
    assert [g.source for g in gap_result.ipa] == ["points", "derived"]
    assert zone_found.used.form == "zone"
    assert len(zone_found.zone) == 8


def test_weighted_means_stand_beside_the_unweighted_ones(plain_result):
    d = plain_result.dimensions["speed"]
    assert d.performance_weighted.value != d.performance.mean
    assert d.performance_weighted.n_effective < 120
    assert plain_result.quality.n_effective == pytest.approx(d.performance_weighted.n_effective)


def test_equal_weights_change_nothing():
    d = run(table(roles="P").assign(weight=2.0)).dimensions["speed"]
    assert d.performance_weighted.value == pytest.approx(d.performance.mean)
    assert d.performance_weighted.se == pytest.approx(d.performance.se)
    assert d.performance_weighted.n_effective == pytest.approx(120)


def test_holm_stands_over_items_and_over_dimensions(gap_result):
    p = sorted(i.p for i in gap_result.items)
    assert min(i.p_holm for i in gap_result.items) == pytest.approx(min(1, p[0] * 8))
    raw = sorted(d.p for d in gap_result.dimensions.values())
    adjusted = min(d.p_holm for d in gap_result.dimensions.values())
    assert adjusted == pytest.approx(min(1, raw[0] * 3))


def test_the_test_is_paired(gap_result):
    item = gap_result.items[0]
    frame = table()
    gap = frame["Ps1"].astype(float) - frame["Es1"].astype(float)
    assert item.t == pytest.approx(gap.mean() / (gap.std() / np.sqrt(120)))


def test_the_unweighted_score_is_of_dimensions_not_of_items(gap_result):
    of_items = np.mean([i.gap_points for i in gap_result.items])
    of_dimensions = np.mean([d.gap_points for d in gap_result.dimensions.values()])
    assert gap_result.score_unweighted.mean == pytest.approx(of_dimensions)
    assert abs(of_items - of_dimensions) > 1e-6


def test_reliability_is_told_by_dimension_and_beside_the_gap(gap_result):
    for d in gap_result.dimensions.values():
        assert set(d.reliability) == {"E", "P", "gap"}
        assert d.difference_reliability is not None
    two = gap_result.dimensions["place"].reliability["P"]
    assert two.omega is None
    assert set(two.alpha_if_deleted.values()) == {None}


def test_few_respondents_give_intervals_but_nothing_proven():
    found = run(table(20))
    assert {p.code for p in found.problems} >= {"servqual.n_small"}
    gaps = [f for f in found.findings if f.code.startswith("gap_")]
    assert gaps
    assert all(f.certainty != "proven" for f in gaps)
    tiny = run(table(8))
    assert tiny.items[0].p is None
    assert tiny.items[0].ci is not None
    assert tiny.dimensions["speed"].reliability["P"].alpha is None
    assert tiny.drivers is None


def test_singular_drivers_are_refused_and_named():
    frame = table(roles="P")
    frame["Ps2"] = frame["Ps1"]
    found = run(frame, replace(SCALE, drivers=("s1", "s2", "c1")))
    told = {p.code: p for p in found.problems}
    assert found.drivers is None
    assert told["servqual.drivers_singular"].value == "s1 / s2"


def test_listwise_loss_is_said():
    frame = table(roles="P")
    frame.loc[2:70, "Ps1"] = None
    found = run(frame, replace(SCALE, drivers=("s1", "c1")))
    assert "listwise_loss" in found.drivers.flags
    assert "servqual.driver_listwise_loss" in {p.code for p in found.problems}
    assert "listwise_loss" in found.dimensions["speed"].reliability["P"].flags


def test_the_word_effect_is_not_used_of_drivers(gap_result, plain_result):
    for result in (gap_result, plain_result):
        page = section(result, "en")
        said = " ".join(c.text + c.next_step for c in page.conclusions)
        assert "effect " not in said


def test_copied_statistics_in_a_typed_table_are_found():
    rows = [
        TypedFigures("a", 5.0, 4.7, 250, ci_low=-0.42, ci_high=-0.18, t=-4.92),
        TypedFigures("b", 5.0, 4.2, 250, ci_low=-0.92, ci_high=-0.68, t=-4.92),
    ]
    assert typed_table(rows).rows[0].flags == ()
    assert typed_table(rows).rows[1].flags == ("t_and_ci_disagree", "copied_statistic")


def test_the_lean_of_an_attribute_is_tested_as_statsmodels_does():
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    X = rng.integers(1, 6, (400, 2)).astype(float)
    y = rng.normal(size=400) - 1.5 * (X[:, 0] <= 2) + 0.3 * (X[:, 0] >= 5)
    found = prca(X, y, ("a", "b"), 2, 5)
    dummies = np.column_stack([X <= 2, X >= 5]).astype(float)
    fitted = sm.OLS(y, sm.add_constant(dummies)).fit()
    for j, name in enumerate(("a", "b")):
        row = np.zeros(5)
        row[[1 + j, 3 + j]] = 1
        wanted = float(np.squeeze(fitted.t_test(row).pvalue))
        assert found.attributes[name].lean_p == pytest.approx(wanted, rel=1e-6)
    codes = {(f.code, f.certainty) for f in of_prca(found) if "a" in f.about}
    assert codes == {("dissatisfier", "likely")}


def test_a_wrong_sign_is_never_classified():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 6, (600, 1)).astype(float)
    y = 5 - 0.5 * (x[:, 0] >= 5) + rng.normal(0, 0.1, 600)  # high answers lower the outcome
    c = prca(x, y, ["a"], 2, 5).attributes["a"]
    assert c.reward < 0
    assert c.ia is None
    assert c.asymmetry == "not_classified"


def test_an_empty_cell_drops_its_dummy():
    rng = np.random.default_rng(2)
    x = rng.integers(3, 6, (200, 2)).astype(float)
    found = prca(x, x.sum(axis=1) + rng.normal(0, 1, 200), ["a", "b"], 2, 5)
    assert found.attributes["a"].n_low == 0
    assert found.attributes["a"].penalty is None
    assert found.attributes["a"].asymmetry == "not_classified"


def test_a_value_on_the_line_counts_as_high():
    p, i = np.array([3.0, 4.0, 5.0]), np.array([4.0, 4.0, 4.0])
    assert quadrants(p, i, "grand_mean", (1, 5))[2] == ("concentrate", "keep_up", "keep_up")


def test_unstable_quadrants_are_undecided():
    found = run(table(30, roles="PI", seed=9))
    assert any(a.certainty == "undecided" for a in found.ipa[0].attributes)
    for a in found.ipa[0].attributes:
        assert (a.certainty == "undecided") == (a.quadrant_share < 0.8)


def test_edge_cases_give_none_not_numbers():
    one = score(np.array([3.0]))
    assert (one.n, one.mean, one.sd, one.ci) == (1, 3.0, None, None)
    same = score(np.full(40, -1.0))
    assert t_test(same) == (None, None, None)
    assert wilcoxon(np.zeros(40)) == (None, None)
    z = zone_result("a", "d", *(np.full(12, v) for v in (5.0, 5.0, 4.8)))
    assert z.zone_position is None


def test_wilcoxon_agrees_with_scipy():
    from scipy.stats import wilcoxon as reference

    x = np.random.default_rng(4).integers(-3, 3, 80).astype(float)
    v, p = wilcoxon(x)
    expected = reference(x, correction=False, method="asymptotic")
    assert p == pytest.approx(expected.pvalue)
    assert min(v, (x != 0).sum() * ((x != 0).sum() + 1) / 2 - v) == expected.statistic


def test_the_half_rule_wants_half_of_the_items():
    nan = np.nan
    x = np.array([[4, 4, 4, nan, nan], [4, 4, nan, nan, nan], [nan] * 5], dtype=float)
    found = dimension_scores(x, [(0, 1, 2, 3, 4)])[:, 0]
    assert found[0] == 4
    assert np.isnan(found[1:]).all()


def test_resamples_by_counting_are_resamples():
    x = np.arange(50, dtype=float)[:, None]
    sums = resampled_sums(np.hstack([x, np.ones((50, 1))]), 4000, 1)
    assert (sums[:, 1] == 50).all()
    means = sums[:, 0] / 50
    assert means.mean() == pytest.approx(24.5, abs=0.15)
    assert means.std() == pytest.approx(x.std() / np.sqrt(50), rel=0.05)
    assert (resampled_means(x, 100, 1)[:, 0] == means[:100]).all()


def test_bootstrap_weights_are_those_of_the_resampled_rows():
    rng = np.random.default_rng(6)
    X = rng.normal(size=(80, 3))
    y = X @ [1.0, 0.5, 0.0] + rng.normal(size=80)
    fast = bootstrap_weights(X, y, 3, 11)
    rows = np.random.default_rng(11).integers(0, 80, (3, 80))
    for draw, own in zip(fast, rows, strict=True):
        R = np.corrcoef(np.column_stack([X[own], y[own]]), rowvar=False)
        slow = relative_weights(R[None, :3, :3], R[None, :3, 3])[0]
        assert draw == pytest.approx(slow)
    assert first_share(bootstrap_weights(X, y, 500, 11), lowest=False)[0] > 0.9


@effort(max_examples=40, deadline=None)
@drawn(st.integers(2, 6), st.integers(0, 10_000))
def test_shares_add_up_to_r2(p, seed):
    rng = np.random.default_rng(seed)
    Z = rng.normal(size=(60, p + 1)) + rng.normal(size=(60, 1))
    R = np.corrcoef(Z, rowvar=False)
    s = shares(R[:-1, :-1], R[:-1, -1])
    assert s.lmg.sum() == pytest.approx(s.r2)
    assert s.relative_weight.sum() == pytest.approx(s.r2)
    assert s.pratt.sum() == pytest.approx(s.r2)
    assert (s.lmg > -1e-12).all()
    assert (s.relative_weight > -1e-12).all()


def test_one_predictor_has_all_of_r2():
    s = shares(np.eye(1), np.array([0.6]))
    assert s.lmg[0] == pytest.approx(0.36)
    with pytest.raises(SingularError):
        shares(np.ones((2, 2)), np.array([0.5, 0.5]))


@effort(max_examples=40, deadline=None)
@drawn(st.integers(2, 8), st.integers(10, 60), st.integers(0, 10_000))
def test_reliability_keeps_its_ranges(k, n, seed):
    rng = np.random.default_rng(seed)
    x = np.rint(np.clip(3 + rng.normal(size=(n, 1)) + rng.normal(size=(n, k)), 1, 5))
    r = reliability(x, [f"i{j}" for j in range(k)])
    if r.alpha is None:
        return
    assert r.alpha <= 1
    assert r.lambda6 is None or r.lambda6 <= 1 + 1e-9
    low, high = r.alpha_ci
    assert low < r.alpha < high
    assert r.p_above + r.p_below == pytest.approx(1)
    for w in (r.omega_model, r.omega_observed):
        assert w is None or -1e-9 <= w <= 1 + 1e-6


@effort(max_examples=30, deadline=None)
@drawn(st.integers(1, 4), st.integers(0, 1000))
def test_a_shift_of_every_answer_leaves_alpha_alone(shift, seed):
    x = np.random.default_rng(seed).integers(1, 6, (30, 4)).astype(float)
    C, D = np.cov(x, rowvar=False), np.cov(x + shift, rowvar=False)
    assert formula.raw_alpha(C) == pytest.approx(formula.raw_alpha(D))


def test_reversing_all_answers_turns_the_gap_around():
    frame = table()
    columns = [c for c in frame if c[0] in "EP" and len(c) == 3]
    turned = frame.assign(**{c: [f"{6 - float(v):g}" for v in frame[c]] for c in columns})
    plain, other = run(frame), run(turned)
    for name, d in plain.dimensions.items():
        assert other.dimensions[name].gap_points == pytest.approx(-d.gap_points)
        low, high = d.ci
        assert other.dimensions[name].ci == pytest.approx((-high, -low))


def test_an_attribute_that_moves_with_the_source_of_importance_is_named(gap_result):
    grid = next(iter(gap_result.ipa), None)
    assert grid is not None
    moved = replace(grid.attributes[0], quadrant=_other(grid.attributes[0].quadrant))
    second = replace(grid, attributes=(moved, *grid.attributes[1:]))
    (found,) = of_sources((grid, second))
    assert found.code == "sources_differ"
    assert found.about == (moved.id,)
    assert not list(of_sources((grid, grid)))
    assert not list(of_sources((grid,)))


def _other(quadrant):
    return "keep_up" if quadrant != "keep_up" else "low_priority"


def test_tables_of_the_text_fit_the_page(every_form):
    """The wide measures stand in the annex, so that no table of the text is cut off."""
    for found in every_form:
        for block in section(found, "en").blocks:
            for item in block.items:
                if isinstance(item, Table) and not block.annex:
                    assert len(item.columns) <= 10, item.id

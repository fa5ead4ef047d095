"""What the servqual chapter refuses, flags and understands of a table."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.servqual.analysis import analyse, check
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.layout import layout_of
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError

DAY = date(2026, 7, 1)
SCALE = Settings(scale_min=1, scale_max=5, overall_min=0, overall_max=10)
DIMENSIONS = {"speed": ["s1", "s2", "s3"], "care": ["c1", "c2", "c3"]}
ITEMS = [item for items in DIMENSIONS.values() for item in items]


def instrument(negative=()):
    rows = [
        {"item": i, "dimension": d, "text_zh": f"题 {i}", "text_en": f"item {i}",
         "negative": i in negative}
        for d, items in DIMENSIONS.items() for i in items
    ]  # fmt: skip
    return pd.DataFrame(rows, index=range(2, len(rows) + 2))


def answers(n=60, roles="EP", seed=3, shift=0.0):
    """Correlated answers 1..5 as text, an overall rating that follows perceptions."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"respondent_id": [f"R{i:03d}" for i in range(n)]})
    perceived = []
    for role in roles:
        for items in DIMENSIONS.values():
            base = rng.normal(0, 0.8, n)
            for item in items:
                middle = {"E": 4.2, "P": 3.5 + shift, "I": 3.8, "D": 4.4, "A": 2.8}[role]
                x = np.clip(np.rint(middle + base + rng.normal(0, 0.6, n)), 1, 5)
                frame[f"{role}_{item}"] = [f"{v:g}" for v in x]
                if role == "P":
                    perceived.append(x)
    if perceived:
        overall = 2 * np.mean(perceived, axis=0) + rng.normal(0, 0.8, n)
        frame["overall"] = np.clip(np.rint(overall), 0, 10)
    frame.index = range(2, n + 2)
    return frame


def given(frame, settings=SCALE, table=None, never_used=None):
    tables = {"servqual": frame, "servqual_instrument": instrument() if table is None else table}
    return Inputs(
        Tables(tables, never_used={"servqual": never_used or {}}), settings, Facts(DAY, seed=7)
    )


def codes(frame, settings=SCALE, table=None):
    return {p.code.split(".")[1]: p for p in check(given(frame, settings, table))}


def test_a_sound_table_has_no_problem():
    assert codes(answers()) == {}


def test_a_scale_is_never_guessed_from_numbers():
    found = codes(answers(), Settings(overall_min=0, overall_max=10))
    assert found["scale_undeclared"].level == "error"
    with pytest.raises(RefusedError):
        analyse(given(answers(), Settings()))


def test_labels_settle_the_scale():
    words = dict(zip("12345", ["非常不同意", "不同意", "一般", "同意", "非常同意"], strict=True))
    frame = answers(200)
    columns = [c for c in frame if c[:2] in ("E_", "P_")]
    labelled = frame.assign(**{c: frame[c].map(words) for c in columns})
    plain = analyse(given(frame))
    found = analyse(given(labelled, Settings(overall_min=0, overall_max=10)))
    assert found.dimensions == plain.dimensions


def test_a_missing_code_is_no_rating_and_all_values_are_told_at_once():
    frame = answers()
    frame.loc[5, "P_s1"] = "9"
    frame.loc[[6, 7], "E_c1"] = "0"
    found = [p for p in check(given(frame)) if p.code == "servqual.score_out_of_range"]
    assert {(p.value, p.row, p.column, p.values["count"]) for p in found} == {
        ("9", 5, "P_s1", 1),
        ("0", 6, "E_c1", 2),
    }


def test_an_overall_code_out_of_its_scale_is_found():
    frame = answers()
    frame.loc[9, "overall"] = 11
    assert codes(frame)["score_out_of_range"].value == "11"
    assert codes(frame, Settings(scale_min=1, scale_max=5))["overall_undeclared"].level == "note"


def test_number_and_label_must_agree():
    frame = answers()
    frame.loc[2, "P_s1"] = "5 非常不同意"
    assert codes(frame)["label_number_conflict"].level == "error"
    frame.loc[2, "P_s1"] = "5 非常同意"
    assert codes(frame) == {}
    frame.loc[2, "P_s1"] = "well"
    assert codes(frame)["answer_unknown"].value == "well"


def test_unmatched_items_and_unknown_items():
    frame = answers()
    assert "P_c3" not in codes(frame.drop(columns="P_c3"))["items_unmatched"].column
    assert codes(frame.drop(columns="P_c3"))["items_unmatched"].value == "Pc3"
    assert codes(frame.drop(columns="E_c3"))["items_unmatched"].value == "Ec3"
    assert codes(frame.assign(P_extra="3"))["instrument_unknown"].value == "P_extra"
    lost = instrument()
    lost.loc[3, "dimension"] = None
    assert codes(frame, table=lost)["instrument_unknown"].row == 3
    assert "no_perceptions" in codes(frame[["respondent_id"]])


def test_different_scales_are_not_subtracted():
    from dataclasses import replace

    other = replace(SCALE, expectation_max=7)
    assert codes(answers(), other)["scales_differ"].level == "error"
    assert "scales_differ" not in codes(answers(), replace(other, form="performance"))


def test_duplicate_respondents_are_refused_and_duplicate_answers_flagged():
    frame = answers(roles="EP")
    frame.loc[4, "respondent_id"] = frame.loc[3, "respondent_id"]
    assert codes(frame)["duplicate_respondent"].row == 4
    frame = answers(roles="EP")
    columns = [c for c in frame if c[:2] in ("E_", "P_")]
    frame.loc[4, columns] = frame.loc[3, columns]
    assert codes(frame)["duplicate_rows"].values["count"] == 1


def test_straight_liners_are_flagged_and_left_in_with_results_without_them():
    frame = answers(80)
    columns = [c for c in frame if c[:2] in ("E_", "P_")]
    frame.loc[[2, 3, 4], columns] = "5"
    result = analyse(given(frame))
    assert result.quality.straight_liners == 3
    assert result.quality.duplicate_rows == 0
    speed = result.dimensions["speed"]
    assert speed.n == 80
    assert speed.gap_without_straight_liners != speed.gap_points
    assert any(f.code == "straight_liners" for f in result.findings)


def test_a_reversed_item_is_flagged_not_flipped_and_turned_when_marked():
    frame = answers(120)
    turned = frame.assign(**{c: [f"{6 - int(x)}" for x in frame[c]] for c in ("E_s2", "P_s2")})
    found = codes(turned)["negative_not_marked"]
    assert (found.level, found.value) == ("warn", "s2")
    unmarked = analyse(given(turned)).dimensions["speed"].reliability["P"]
    assert "item_negative:s2" in unmarked.flags
    marked = analyse(given(turned, table=instrument(negative=("s2",))))
    plain = analyse(given(frame))
    assert marked.dimensions["speed"].gap_points == pytest.approx(
        plain.dimensions["speed"].gap_points
    )
    assert marked.dimensions["speed"].reliability["P"].alpha == pytest.approx(
        plain.dimensions["speed"].reliability["P"].alpha
    )


def test_a_scale_that_runs_the_other_way_is_flagged():
    frame = answers(120)
    assert codes(frame.assign(overall=10 - frame["overall"]))["order_reversed"].level == "warn"


def test_points_must_sum_to_100_or_the_row_is_left_out():
    frame = answers(60).assign(points_speed="60", points_care="40")
    frame.loc[2, "points_care"] = "80"
    found = codes(frame)["points_sum"]
    assert (found.level, found.values["count"]) == ("note", 1)
    result = analyse(given(frame))
    assert result.quality.points_rows_refused == ("R000",)
    assert result.score_weighted_respondent.n == 59
    assert result.score_unweighted.n == 60
    frame.loc[2:12, "points_care"] = "80"
    assert codes(frame)["points_sum"].level == "warn"
    assert "points_incomplete" in codes(frame.drop(columns="points_care"))


def test_equal_points_give_the_unweighted_score():
    result = analyse(given(answers(60).assign(points_speed="50", points_care="50")))
    assert result.score_weighted_respondent.mean == pytest.approx(result.score_unweighted.mean)


def test_an_unknown_driver_is_refused_with_the_nearest_name():
    found = codes(answers(), Settings(scale_min=1, scale_max=5, drivers=("spead",)))
    assert found["driver_unknown"].values["near"] == "speed"


def test_never_used_is_kept_apart_from_no_answer():
    frame = answers(60)
    frame.loc[2:11, "P_c3"] = None
    result = analyse(given(frame, never_used={"P_c3": 7, "E_c3": 2}))
    assert result.quality.never_used == {"c3": 7}
    assert result.quality.missing_cells == 10
    assert next(i for i in result.items if i.item == "c3").performance.n == 50


def test_columns_that_only_start_like_an_item_are_left_alone():
    found = layout_of(["Purpose", "DAY", "AIRTRAIN", "PEAK", "P1", "第2题_感知"], ["1", "2"], [])
    assert found.columns == {("P", "1"): "P1", ("P", "2"): "第2题_感知"}
    assert found.strange == ()


def test_a_long_table_gives_the_same_numbers():
    frame = answers(40)
    rows = [
        {"respondent_id": r["respondent_id"], "item": item, "E": r[f"E_{item}"],
         "P": r[f"P_{item}"], "overall": r["overall"]}
        for _, r in frame.iterrows() for item in ITEMS
    ]  # fmt: skip
    long = pd.DataFrame(rows, index=range(2, len(rows) + 2))
    assert analyse(given(long)).dimensions == analyse(given(frame)).dimensions
    long.loc[3, "item"] = "s1"
    assert "duplicate_respondent" in codes(long)


def test_the_default_instrument_needs_its_22_items():
    tables = Tables({"servqual": answers()})
    found = {p.code for p in check(Inputs(tables, SCALE, Facts(DAY)))}
    assert "servqual.no_perceptions" in found
    assert "servqual.instrument_unknown" in found


def test_a_summary_alone_allows_no_test():
    rows = [{"dimension": "有形性", "n": 250.0, "e_mean": 5.1, "p_mean": 4.8, "gap": -0.3,
             "ci_low": -0.42, "ci_high": -0.18, "t": -4.92}]  # fmt: skip
    summary = pd.DataFrame(rows, index=[2])
    inputs = Inputs(Tables({"servqual_summary": summary}), Settings(), Facts(DAY))
    result = analyse(inputs)
    assert result.used.form == "summary"
    assert result.typed.score_unweighted == pytest.approx(-0.3)
    assert [p.code for p in result.problems] == ["servqual.summary_only"]
    assert result.dimensions == {}

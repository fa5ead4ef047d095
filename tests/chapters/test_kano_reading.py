"""What the kano chapter reads, in every layout, and what it refuses."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.kano.analysis import analyse, check
from playbook.chapters.kano.inputs import TABLES, Settings
from playbook.chapters.kano.labels import meaning
from playbook.chapters.kano.layout import question, recognise
from playbook.chapters.kano.reading import Read, read
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.intake.tables import read_table
from playbook.core.problems import RefusedError

Build = Callable[..., Inputs[Settings]]
SPECS = {spec.name: spec for spec in TABLES}


def inputs(frame: pd.DataFrame, table: str = "kano", **given: Any) -> Inputs[Settings]:
    frame = frame.astype(object).where(frame.notna(), None)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return Inputs(Tables({table: frame}), Settings(**given), Facts(date(2026, 7, 1)))


def wide(*pairs: tuple[Any, Any], **given: Any) -> Inputs[Settings]:
    """One feature, a respondent per pair."""
    ids = [f"R{i}" for i in range(len(pairs))]
    f, d = zip(*pairs, strict=True)
    return inputs(pd.DataFrame({"respondent_id": ids, "F1_f": f, "F1_d": d}, dtype=object), **given)


def codes(made: Inputs[Settings], level: str = "") -> set[str]:
    return {p.code.removeprefix("kano.") for p in check(made) if level in ("", p.level)}


def answers(got: Read, feature: int) -> list[list[int | None]]:
    a = got.answers
    assert a is not None
    both = zip(a.functional[feature], a.dysfunctional[feature], strict=True)
    return [[int(f) or None, int(d) or None] for f, d in both]


class TestLabels:
    def test_every_known_label_and_every_trap(self, vector: Any) -> None:
        v = vector("kano_answer_labels")
        for code, labels in v["inputs"]["map"].items():
            for label in labels:
                assert meaning(label).code == int(code), label
        for case in v["expected"]["texts"]:
            found = meaning(case["text"])
            assert found.code == case["code"], case
            assert found.fault == (case.get("error") or "")

    def test_a_part_of_a_label_is_no_label(self) -> None:
        assert meaning("不喜欢").code == 5
        assert meaning("喜欢吗").fault == "unknown_label"
        assert meaning("完全无法接受它").code is None

    def test_an_option_number_before_the_label_does_not_matter(self) -> None:
        assert meaning("A. 喜欢").code == 1
        assert meaning("5、不喜欢").code == 5


class TestLayouts:
    def test_six_files_hold_the_same_answers(self, vector: Any, vectors: Path) -> None:
        v = vector("kano_layouts_one_table")
        for name, file in v["inputs"]["files"].items():
            loaded = read_table(SPECS["kano"], vectors / file)
            assert loaded.frame is not None
            order = "like_last" if name == "wenjuanxing_codes" else "like_first"
            tables = Tables({"kano": loaded.frame}, {"kano": loaded.place})
            got = read(Inputs(tables, Settings(code_order=order), Facts(date(2026, 7, 1))))
            for i in (0, 1):
                assert answers(got, i) == v["expected"][f"pairs_feature_{i + 1}"], name
                counts = dict(zip("MOAIRQ", map(int, got.features[i].counts), strict=True))
                assert counts == v["expected"][f"counts_feature_{i + 1}"]
            assert not [p for p in got.problems if p.level == "error"]

    def test_codes_read_the_wrong_way_round_are_refused(self, vector: Any, vectors: Path) -> None:
        wanted = vector("kano_layouts_one_table")["expected"]["wenjuanxing_codes_declared_1_like"]
        frame = read_table(SPECS["kano"], vectors / "kano_layout_wenjuanxing_codes.csv").frame
        assert frame is not None
        made = Inputs(Tables({"kano": frame}), Settings(), Facts(date(2026, 7, 1)))
        found = next(p for p in check(made) if p.code == f"kano.{wanted['refuse']}")
        assert found.values["reverse"] == wanted["r_declared"]
        assert found.values["aom"] == wanted["aom_declared"]
        with pytest.raises(RefusedError):
            analyse(made)

    def test_block_and_interleaved_columns_are_alike(self) -> None:
        rows = {"a_f": ["1", "2"], "b_f": ["3", "1"], "a_d": ["5", "5"], "b_d": ["3", "4"]}
        block = pd.DataFrame(rows)
        mixed = block[["a_f", "a_d", "b_f", "b_d"]]
        assert recognise(block).pairs == recognise(mixed).pairs

    @pytest.mark.parametrize(
        ("text", "feature", "has"),
        [
            ("3、如果提供“上门取件”,您的感受是?", "上门取件", True),
            ("如果不提供上门取件,您的感受是?", "上门取件", False),
            ("4、如果产品没有以下功能,您的感受是—夜间模式", "夜间模式", False),
            ("How do you feel if the service does NOT have this? [Pick-up]", "Pick-up", False),
            ("If the service has: - Home pick-up", "Home pick-up", True),
            ("您的年龄", "您的年龄", None),
        ],
    )
    def test_questions_of_presence_and_absence(
        self, text: str, feature: str, has: bool | None
    ) -> None:
        assert question(text) == (feature, has)

    def test_an_ending_by_chance_is_no_answer(self) -> None:
        frame = pd.DataFrame({"F1_f": ["1"], "F1_d": ["5"], "是否改正": ["已经和顾客说明"]})
        assert recognise(frame).unmatched == ()

    def test_pairs_by_hand(self) -> None:
        frame = pd.DataFrame({"Q1": ["1", "1"], "Q2": ["5", "4"]})
        got = read(inputs(frame, pairs=("Wi-Fi = Q1 | Q2",)))
        assert [f.feature for f in got.features] == ["Wi-Fi"]
        assert "pair_columns_unmatched" in codes(inputs(frame, pairs=("Wi-Fi = Q1 | Q9",)))

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.tuples(*[st.integers(1, 5)] * 2), min_size=1, max_size=30))
    def test_both_orders_of_codes_give_the_same_answers(self, pairs: list[tuple[int, int]]) -> None:
        one = read(wide(*((str(f), str(d)) for f, d in pairs), confirm_code_order=True))
        turned = [(str(6 - f), str(6 - d)) for f, d in pairs]
        two = read(wide(*turned, code_order="like_last", confirm_code_order=True))
        assert one.answers is not None
        assert two.answers is not None
        assert (one.answers.functional == two.answers.functional).all()
        assert (one.answers.dysfunctional == two.answers.dysfunctional).all()


class TestRefused:
    def test_a_scale_of_satisfaction(self) -> None:
        made = wide(("非常满意", "不满意"), ("满意", "一般"))
        assert "not_a_kano_scale" in codes(made, "error")

    def test_scores_in_place_of_answers(self) -> None:
        made = wide(("4", "4"), ("2", "-2"), ("0", "2"), ("-1", "-1"))
        assert "score_codes_not_answers" in codes(made, "error")

    def test_codes_out_of_range_with_their_row(self) -> None:
        found = [p for p in check(wide(("1", "5"), ("9", "5"))) if p.level == "error"]
        assert [(p.code, p.row, p.column, p.value) for p in found] == [
            ("kano.code_out_of_range", 3, "F1_f", "9")
        ]

    def test_declared_missing_codes_are_missing(self) -> None:
        got = read(wide(("1", "5"), ("9", "5"), ("-3", "-2"), missing_codes=(9, -2, -3)))
        assert not [p for p in got.problems if p.level == "error"]
        assert got.features[0].n_missing == 2
        assert got.features[0].n_half == 1

    def test_labels_and_numbers_mixed(self) -> None:
        assert "mixed_label_code" in codes(wide(("喜欢", "5"), ("1", "5")), "error")

    def test_columns_without_a_partner(self) -> None:
        frame = pd.DataFrame({"F1_f": ["1"], "F1_d": ["5"], "F2_f": ["1"]})
        found = next(p for p in check(inputs(frame)) if p.code == "kano.pair_columns_unmatched")
        assert found.value == "F2_f"
        assert "pair_columns_unmatched" in codes(inputs(pd.DataFrame({"Q1": ["1"], "Q2": ["5"]})))

    def test_totals_in_place_of_pairs(self) -> None:
        frame = pd.DataFrame(
            {"question": ["F1 has"], "喜欢": ["40"], "理应如此": ["30"], "无所谓": ["20"],
             "能忍受": ["5"], "不喜欢": ["5"]}
        )  # fmt: skip
        assert codes(inputs(frame)) >= {"marginals_only"}

    def test_a_respondent_twice(self) -> None:
        frame = pd.DataFrame({"respondent_id": ["a", "b", "a"], "x_f": list("121"),
                              "x_d": list("554")})  # fmt: skip
        found = next(p for p in check(inputs(frame)) if p.code == "kano.duplicate_respondent")
        assert (found.row, found.values["other"]) == (4, 2)

    def test_a_respondent_twice_for_one_feature_of_a_long_table(self) -> None:
        frame = pd.DataFrame(
            {"respondent_id": ["a", "a", "a"], "feature": ["x", "y", "x"],
             "functional": list("111"), "dysfunctional": list("555")}
        )  # fmt: skip
        assert "duplicate_respondent" in codes(inputs(frame), "error")

    def test_too_many_unknown_labels(self) -> None:
        made = wide(("喜欢", "不喜欢"), ("很好", "不喜欢"))
        assert codes(made) >= {"unknown_label", "unknown_labels_many"}

    def test_a_table_without_one_pair(self) -> None:
        made = wide((None, "5"), ("1", None))
        assert "no_pairs_at_all" in codes(made, "error")

    def test_every_problem_has_its_sentence(self) -> None:
        made = wide(("非常满意", "5"), ("9", "喜欢"), ("很好", "-7"))
        for problem in check(made):
            assert problem.say("zh") != problem.say("en")


class TestTotals:
    def counts(self, **columns: list[Any]) -> Inputs[Settings]:
        return inputs(pd.DataFrame({"feature": ["a", "b"], **columns}), "kano_counts")

    def test_letters_of_other_sources(self) -> None:
        made = self.counts(M=[10, 2], P=[30, 3], E=[5, 40], I=[5, 5], R=[0, 0], Q=[1, 0])
        got = read(made)
        assert got.features[0].counts.tolist() == [10, 30, 5, 5, 0, 1]

    def test_the_letter_n_is_asked_for(self) -> None:
        columns = {"M": [1, 2], "O": [1, 1], "A": [1, 1], "N": [1, 1], "R": [0, 0], "Q": [0, 0]}
        assert "letter_n_ambiguous" in codes(self.counts(**columns), "error")
        frame = pd.DataFrame({"feature": ["a", "b"], **columns})
        got = read(inputs(frame, "kano_counts", letter_n="I"))
        assert got.features[0].counts.tolist() == [1, 1, 1, 1, 0, 0]

    def test_shares_with_and_without_n(self) -> None:
        shares = {"M": [0.5, 0.2], "O": [0.2, 0.5], "A": [0.1, 0.1], "I": [0.2, 0.2],
                  "R": [0.0, 0.0], "Q": [0.0, 0.05]}  # fmt: skip
        got = read(self.counts(**shares))
        assert [f.source for f in got.features] == ["shares", "shares"]
        assert {p.code for p in got.problems} == {"kano.shares_do_not_sum"}
        with_n = read(self.counts(**shares, n=[200, 100]))
        assert with_n.features[0].counts.tolist() == [100, 40, 20, 40, 0, 0]
        assert with_n.features[0].flags == ("counts_from_shares",)

    def test_rows_that_all_sum_to_a_hundred_may_be_percentages(self) -> None:
        made = self.counts(M=[50, 20], O=[20, 50], A=[10, 10], I=[20, 20], R=[0, 0], Q=[0, 0])
        assert "counts_or_percent" in codes(made, "error")

    def test_a_matrix_needs_its_five_rows(self) -> None:
        row = {f"d{i}": [3.0] * 4 for i in range(1, 6)}
        frame = pd.DataFrame({"feature": ["a"] * 4, "functional": [1.0, 2, 3, 4], **row})
        assert "matrix_rows" in codes(inputs(frame, "kano_matrix"), "error")

    def test_a_matrix_gives_what_its_answers_give(self) -> None:
        rng = np.random.default_rng(2)
        pairs = [(str(f), str(d)) for f, d in rng.integers(1, 6, (200, 2))]
        one = analyse(wide(*pairs, confirm_code_order=True)).features[0]
        cells = np.zeros((5, 5))
        for f, d in pairs:
            cells[int(f) - 1, int(d) - 1] += 1
        columns = {f"d{i + 1}": cells[:, i] for i in range(5)}
        frame = pd.DataFrame({"feature": "F1", "functional": range(1, 6), **columns})
        two = analyse(inputs(frame, "kano_matrix")).features[0]
        assert two.matrix == one.matrix
        assert two.ellipse95 == one.ellipse95
        assert two.continuous_without_q == one.continuous_without_q

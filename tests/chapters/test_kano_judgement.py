"""What the kano chapter concludes, what it will not conclude, and how it says it."""

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.kano import charts, rules, uncertainty
from playbook.chapters.kano.analysis import analyse
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.result import KanoResult
from playbook.chapters.kano.section import section
from playbook.core.figure import to_png
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.placing import label_points
from playbook.core.records import from_dict, to_dict, to_json
from playbook.core.section import Picture
from playbook.core.text import LANGS

PAIR = {"M": ("3", "5"), "O": ("1", "5"), "A": ("1", "3"), "I": ("3", "3"), "R": ("3", "1"),
        "Q": ("1", "1")}  # fmt: skip


def survey(
    features: dict[str, dict[str, int]], segment: list[str] | None = None, **given: Any
) -> KanoResult:
    """A wide table with so many answers of each category, in the order given."""
    columns: dict[str, Any] = {}
    for name, counts in features.items():
        letters = [letter for letter, n in counts.items() for _ in range(n)]
        columns[f"{name}_f"] = [PAIR[x][0] for x in letters]
        columns[f"{name}_d"] = [PAIR[x][1] for x in letters]
    n = max(len(c) for c in columns.values())
    frame = pd.DataFrame({k: c + [None] * (n - len(c)) for k, c in columns.items()}, dtype=object)
    frame.insert(0, "respondent_id", [f"R{i:04}" for i in range(n)])
    if segment:
        frame["segment"] = segment
    frame.index = pd.RangeIndex(2, n + 2)
    given = {"draws": 400, "confirm_code_order": True, "monte_carlo": 999, **given}
    return analyse(Inputs(Tables({"kano": frame}), Settings(**given), Facts(date(2026, 7, 1))))


def one(counts: dict[str, int], **given: Any) -> Any:
    return survey({"F1": counts}, **given).features[0]


counts_of = st.fixed_dictionaries({letter: st.integers(0, 60) for letter in "MOAIRQ"})


class TestMistakes:
    """One test for each mistake the method is known for."""

    def test_blanks_are_missing_and_never_questionable(self) -> None:
        r = survey({"F1": {"M": 40}, "F2": {"M": 35}})
        assert r.features[1].n_missing_pair == 5
        assert r.features[1].counts["Q"] == 0

    def test_reverse_and_questionable_stay_out_of_the_denominator(self) -> None:
        f = one({"M": 10, "O": 20, "A": 5, "I": 15, "R": 40, "Q": 10})
        assert f.better == pytest.approx(25 / 50)
        assert f.worse == pytest.approx(-30 / 50)

    def test_nought_by_nought_is_undefined(self) -> None:
        f = one({"R": 40, "Q": 5})
        assert f.better is None
        assert f.worse is None
        assert f.category_quadrant is None
        assert f.ellipse95 is None

    def test_ties_go_to_must_be_not_to_the_alphabet(self) -> None:
        assert one({"M": 40, "A": 40}).category == "M"
        assert one({"O": 40, "I": 40}).category == "O"

    def test_worse_is_of_must_be_and_performance(self) -> None:
        assert one({"A": 30, "M": 10, "R": 20}).worse == pytest.approx(-0.25)

    def test_small_samples_get_no_letter(self) -> None:
        f = one({"M": 25, "I": 4, "R": 30})
        assert f.category_mode == "R"
        g = one({"M": 25, "I": 4})
        assert (g.category, g.light, g.certainty, g.conclusion) == (None, "none", None, "too_few")
        page = section(survey({"F1": {"M": 25, "I": 4}}), "en")
        row = page["main"].items[1].rows[0]  # type: ignore[union-attr]
        assert row["category"] is None

    def test_fong_is_no_proof(self) -> None:
        f = one({"M": 60, "O": 44, "I": 50, "A": 46})
        assert f.conclusion == "between_two"
        g = one({"O": 123, "M": 95, "A": 45, "I": 33})
        assert g.fong_significant
        assert g.top2_p > 0.05
        assert g.certainty != "proven"

    def test_lines_at_the_means_are_called_relative(self) -> None:
        r = survey({"F1": {"M": 50}, "F2": {"A": 50}}, quadrant_lines="mean")
        assert (r.better_line, r.worse_line) == (0.5, 0.5)
        said = section(r, "en")["better_worse"].items[0].paragraphs  # type: ignore[union-attr]
        assert any("not an absolute standard" in line for line in said)

    def test_segments_are_not_averaged(self) -> None:
        features = {"F1": {"M": 100, "I": 100}, "F2": {"M": 90, "I": 10, "O": 100}}
        r = survey(features, ["a"] * 100 + ["b"] * 100)
        assert r.features[0].conclusion == "segments_differ"
        assert r.features[0].action == "decide_by_segment"
        finding = next(f for f in r.findings if f.code == "segments_differ")
        assert finding.weight == "headline"

    def test_the_group_that_is_hurt_more_comes_first(self) -> None:
        r = survey({"F1": {"I": 100, "M": 100}}, ["a"] * 100 + ["b"] * 100)
        said = next(f for f in r.findings if f.code == "segments_differ").values
        assert (said["group_a"], said["group_b"]) == ("b", "a")
        assert said["difference_points"] == pytest.approx(100)
        low, high = said["low_points"], said["high_points"]
        assert isinstance(low, float)
        assert isinstance(high, float)
        assert 0 < low < 100 <= high + 1e-9
        assert "p < 0.001" in " ".join(c.text for c in section(r, "en").conclusions)

    def test_needs_of_a_kind_share_a_headline_and_are_told_one_by_one_below(self) -> None:
        clear = {"M": 190, "O": 40, "I": 10}
        r = survey({"F1": clear, "F2": clear, "F3": {"A": 200, "I": 40}})
        heads = [f for f in r.findings if f.weight == "headline"]
        assert [(f.code, f.about) for f in heads] == [
            ("must_be_all", ("F1", "F2")),
            ("attractive", ("F3",)),
        ]
        least = min(-f.worse_ci[1] for f in r.features[:2] if f.worse_ci)
        assert heads[0].values["hurt_least"] == pytest.approx(least)
        page = section(r, "en")
        kinds = [type(item).__name__ for item in page["main"].items]
        assert kinds[-1] == "Conclusions"
        assert len(page["main"].items[-1].items) == 2  # type: ignore[union-attr]

    def test_the_example_of_the_planner_is_no_mixture_of_groups(self) -> None:
        features = {"F1": {"M": 100, "I": 100}, "F2": {"M": 120, "O": 80}}
        r = survey(features, ["a"] * 100 + ["b"] * 100)
        assert r.features[0].conclusion == "segments_differ"
        assert r.plan is not None
        assert r.plan.feature != "F1" or r.features[1].conclusion == "segments_differ"

    def test_wordings_are_shown_apart(self) -> None:
        frame = pd.DataFrame(
            {"respondent_id": [str(i) for i in range(80)], "feature": "x", "functional": "3",
             "dysfunctional": ["5"] * 40 + ["3"] * 40, "wording_set": ["w1"] * 40 + ["w2"] * 40},
            dtype=object,
        )  # fmt: skip
        r = analyse(Inputs(Tables({"kano": frame}), Settings(), Facts(date(2026, 7, 1))))
        assert "kano.wording_sets_mixed" in {p.code for p in r.problems}
        assert r.splits[0].column == "wording_set"
        assert r.splits[0].tests[0].modes == {"w1": "M", "w2": "I"}

    def test_questionable_and_reverse_are_told(self) -> None:
        f = one({"M": 60, "Q": 12, "R": 28})
        assert "q_share_rewrite" in f.flags
        assert "r_share_ask_again" in f.flags
        assert f.conclusion == "question_unclear"
        assert one({"R": 60, "I": 20}).conclusion == "reverse"

    def test_nobody_is_dropped_silently(self) -> None:
        # two people answer "neutral" throughout: named, kept, and left out beside
        counts = {"I": 2, "M": 60}
        r = survey({"F1": counts, "F2": counts, "F3": counts})
        assert r.straight_liners == ("R0000", "R0001")
        f = r.features[0]
        assert f.n_pairs == 62
        assert {v.name: v.n_pairs for v in f.variants}["without_straight_liners"] == 60

    def test_continuous_scores_come_with_and_without_q(self) -> None:
        f = one({"M": 30, "Q": 20})
        assert f.continuous_all.n == 50
        assert f.continuous_without_q.n == 30

    def test_order_inside_a_category_is_by_strength(self) -> None:
        weak, strong = {"M": 40, "I": 30}, {"M": 60, "I": 10}
        assert survey({"F1": weak, "F2": strong}).priority_order == ("F2", "F1")

    def test_many_features_are_corrected(self) -> None:
        r = survey({f"F{i}": {"M": 45, "O": 30} for i in range(6)})
        for f in r.features:
            assert f.top2_p is not None
            assert f.top2_p_holm == pytest.approx(min(1, 6 * f.top2_p))

    @pytest.mark.parametrize("lang", LANGS)
    def test_categories_are_said_to_age(self, lang: Any) -> None:
        notes = section(survey({"F1": {"M": 40}}), lang).notes
        assert any(("老化" if lang == "zh" else "age") in note for note in notes)


class TestProperties:
    @settings(deadline=None, max_examples=60)
    @given(counts_of)
    def test_ranges(self, counts: dict[str, int]) -> None:
        c = rules.in_order(counts)
        better, worse = rules.better_worse(c)
        if better is None or worse is None:
            assert counts["M"] + counts["O"] + counts["A"] + counts["I"] == 0
            return
        assert 0 <= better <= 1
        assert -1 <= worse <= 0
        e = uncertainty.ellipse(c)
        assert e is not None
        assert 0 < e.semi_minor <= e.semi_major < 1.5
        p = uncertainty.top_two_p(c)
        assert p is None or 0 < p <= 1
        for (low, high), n in zip(uncertainty.goodman(c) or (), c, strict=True):
            assert 0 <= low <= n / c.sum() <= high <= 1

    @settings(deadline=None, max_examples=60)
    @given(counts_of, st.integers(2, 9))
    def test_categories_do_not_change_with_the_unit(self, counts: dict[str, int], k: int) -> None:
        c = rules.in_order(counts)
        assert rules.mode(c) == rules.mode(c * k)
        assert rules.near_tie(c) == rules.near_tie(c * k)
        assert rules.berger(c) == rules.berger(c * k)

    @settings(deadline=None, max_examples=60)
    @given(counts_of)
    def test_near_tie_without_a_gap_is_the_mode_of_the_five(self, counts: dict[str, int]) -> None:
        c = rules.in_order(counts)
        c[rules.Q] = 0
        assert rules.near_tie(c, 0.0) == rules.mode(c)


class TestCertainty:
    def test_proven_likely_undecided(self) -> None:
        assert one({"M": 200, "O": 40}).certainty == "proven"
        assert one({"M": 80, "O": 30}).certainty == "likely"
        assert one({"M": 40, "O": 20}).certainty == "undecided"

    def test_between_two_names_both(self) -> None:
        r = survey({"F1": {"M": 50, "O": 49, "I": 10}})
        found = next(f for f in r.findings if f.code == "between_two")
        assert (found.values["first"], found.values["second"]) == ("M", "O")
        assert found.values["earlier"] == "M"

    def test_the_table_decides(self) -> None:
        frame = pd.DataFrame({"F1_f": ["2"] * 60 + ["3"] * 50, "F1_d": ["2"] * 60 + ["5"] * 50},
                             dtype=object)  # fmt: skip
        made = Inputs(Tables({"kano": frame}), Settings(draws=100), Facts(date(2026, 7, 1)))
        r = analyse(made)
        assert "table_sensitive" in r.features[0].flags
        assert {v.name: v.category_mode for v in r.features[0].variants}["pouliot"] == "Q"

    def test_fast_answers_are_flagged(self) -> None:
        frame = pd.DataFrame({"F1_f": ["1"] * 40, "F1_d": ["5"] * 40, "seconds": [90.0] * 40})
        frame.loc[3, "seconds"] = 20.0
        r = analyse(Inputs(Tables({"kano": frame}), Settings(draws=50), Facts(date(2026, 7, 1))))
        assert r.fast_answers == ("3",)


@pytest.fixture(scope="module")
def made() -> KanoResult:
    rng = np.random.default_rng(1)
    features = {
        f"F{i}": dict(zip("MOAIRQ", map(int, rng.multinomial(240, p)), strict=True))
        for i, p in enumerate(rng.dirichlet([2, 2, 2, 2, 0.3, 0.2], 7))
    }
    return survey(features | {"F9": {"M": 20}}, ["a", "b"] * 120)


class TestShown:
    def test_survives_json(self, made: KanoResult) -> None:
        back = from_dict(KanoResult, json.loads(to_json(made)))
        assert to_dict(back) == to_dict(made)
        for lang in LANGS:
            assert section(back, lang).conclusions == section(made, lang).conclusions

    @pytest.mark.usefixtures("undrawn")
    @pytest.mark.parametrize("lang", LANGS)
    def test_section(self, made: KanoResult, lang: Any) -> None:
        page = section(made, lang)
        assert page.blocks[0].id == "summary"
        assert 1 <= sum(c.headline for c in page.conclusions) <= 4
        assert "F9" in page._repr_html_()

    def test_both_languages_have_the_same_blocks(self, made: KanoResult) -> None:
        zh, en = (section(made, lang) for lang in LANGS)
        assert [b.id for b in zh.blocks] == [b.id for b in en.blocks]

    @pytest.mark.usefixtures("undrawn")
    def test_a_table_of_shares_has_the_same_blocks(self, made: KanoResult) -> None:
        frame = pd.DataFrame({"feature": ["x"], "M": [0.5], "O": [0.2], "A": [0.1], "I": [0.2],
                              "R": [0.0], "Q": [0.0]}, index=[2])  # fmt: skip
        r = analyse(Inputs(Tables({"kano_counts": frame}), Settings(), Facts(date(2026, 7, 1))))
        for lang in LANGS:
            page = section(r, lang)
            assert [b.id for b in page.blocks] == [b.id for b in section(made, lang).blocks]
            assert page._repr_html_()
        assert r.features[0].conclusion == "shares_only"

    def test_labels_of_the_plane_do_not_cover_each_other(self, made: KanoResult) -> None:
        from playbook.core.figure import new_figure

        _, (axes,) = new_figure(12, 12)
        points = [(0.5 + 0.01 * i, 0.5) for i in range(6)]
        labels = label_points(axes, points, [f"need number {i}" for i in range(6)])
        boxes = [label.get_window_extent() for label in labels]
        covered = [a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
        assert not any(covered)

    @pytest.mark.parametrize("lang", LANGS)
    def test_every_figure_can_be_drawn(self, made: KanoResult, lang: Any) -> None:
        apart = {"F1": {"M": 60, "I": 60}, "F2": {"R": 120}}
        other = survey(apart, ["a"] * 60 + ["b"] * 60)
        drawn = {
            item.id
            for result in (made, other)
            for block in section(result, lang).blocks
            for item in block.items
            if isinstance(item, Picture) and item.draw()
        }
        assert drawn >= {"categories", "answers", "better_worse", "ranks", "groups_segment"}

    def test_figures_are_the_same_bytes(self, made: KanoResult) -> None:
        assert to_png(lambda: charts.better_worse_chart(made, "zh"), 60) == to_png(
            lambda: charts.better_worse_chart(made, "zh"), 60
        )

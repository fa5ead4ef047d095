"""The pilot chapter from its tables to the verdict, on twelve constructed stores."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from playbook.chapters.pilot.analysis import analyse, check
from playbook.chapters.pilot.inputs import (
    Money,
    RegisteredGate,
    RegisteredGuardrail,
    Settings,
)
from playbook.chapters.pilot.registration import canonical_text, check_seal, hash_of, seal
from playbook.chapters.pilot.result import PilotResult
from playbook.chapters.pilot.section import section
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.records import from_dict, to_dict, to_json
from playbook.core.section import Picture, Section
from playbook.core.text import LANGS, has

VECTORS = Path(__file__).parents[1] / "vectors"
DAY = date(2026, 7, 1)
PLAN = Settings(
    margin=0.05,
    planned_lift=0.08,
    pilot_stores=("S03", "S08"),
    selection_rule="random",
    pre_from=date(2026, 1, 1),
    pre_until=date(2026, 3, 31),
    post_from=date(2026, 4, 1),
    post_until=date(2026, 6, 30),
    analysis_date=DAY,
)
Build = Callable[..., Inputs[Settings]]


def stores() -> pd.DataFrame:
    table = pd.read_csv(VECTORS / "pilot_stores.csv")
    table = table.rename(columns={"sat_pre": "x_pre", "sat_post": "x_post"})
    table.index = range(2, 2 + len(table))
    return table


def sealed(settings: Settings) -> Settings:
    """The same plan, written down before the start."""
    return replace(settings, registered_on=date(2026, 3, 20), registered_sha256=seal(settings))


def rows(columns: list[str], data: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(data, columns=columns, index=range(2, 2 + len(data)))


def inputs(settings: Settings = PLAN, **tables: pd.DataFrame) -> Inputs[Settings]:
    frames = {"pilot": stores(), **tables}
    return Inputs(Tables(frames), sealed(settings), Facts(DAY, currency="CNY"))


def guardrails(worse_by: float, spread: float = 0.1) -> pd.DataFrame:
    """Waiting minutes that rise in the pilots; stores differ a little, always the same way."""
    data = []
    for i, row in enumerate(stores().itertuples()):
        harm = worse_by if row.arm == "pilot" else 0.0
        data.append(("wait", row.store, "pre", 8.0, "up", 1.0))
        data.append(("wait", row.store, "post", 8.0 + harm + spread * (-1) ** i, "up", 1.0))
    return rows(["metric", "store", "period", "value", "worse", "margin"], data)


def codes(found: PilotResult | Inputs[Settings]) -> set[str]:
    problems = found.problems if isinstance(found, PilotResult) else check(found)
    return {p.code.removeprefix("pilot.") for p in problems}


class TestWorkedCase:
    """Sheet, section 7: the point is above 5 pp and p < .05, and still it is no success."""

    def test_verdict(self) -> None:
        result = analyse(inputs())
        assert result.primary is not None
        assert result.decision is not None
        assert result.primary.estimate == pytest.approx(0.074, abs=0.0005)
        assert result.primary.ci_low == pytest.approx(0.004, abs=0.0005)
        assert result.primary.ci_high == pytest.approx(0.144, abs=0.0005)
        assert result.decision.lcb95 == pytest.approx(0.017, abs=0.0005)
        assert result.decision.prob_gt_margin == pytest.approx(0.77, abs=0.005)
        assert result.primary.p_two_sided < 0.05
        assert result.decision.verdict == "iterate"
        assert result.decision.reasons == ("margin_not_likely",)
        assert not result.decision.proved_margin

    def test_what_stands_beside(self) -> None:
        result = analyse(inputs())
        assert result.naive_customer is not None
        assert result.permutation is not None
        assert result.naive_customer.z == pytest.approx(2.72, abs=0.005)
        assert result.permutation.p_one_sided == pytest.approx(0.015, abs=0.0005)
        assert result.permutation.p_margin == pytest.approx(0.27, abs=0.005)
        assert result.permutation.randomised
        assert result.cells.did == pytest.approx(result.naive_customer.estimate)

    def test_the_thresholds_are_where_the_verdict_turns(self) -> None:
        from playbook.chapters.pilot.decision import decide
        from playbook.chapters.pilot.estimate import lift

        result = analyse(inputs())
        assert result.primary is not None
        assert result.decision is not None
        se, df = result.primary.se, result.primary.df
        for at, above, below in (
            (result.decision.scale_from, "scale", "iterate"),
            (result.decision.stop_below, "iterate", "stop"),
        ):
            assert at is not None
            assert decide(lift(at + 1e-9, se, df), 0.05).verdict == above
            assert decide(lift(at - 1e-9, se, df), 0.05).verdict == below

    def test_each_store_is_left_out_once(self) -> None:
        result = analyse(inputs())
        left_out = [row.about for row in result.sensitivity if row.code.startswith("without")]
        assert left_out == list(stores().store)

    def test_the_record_survives_json(self) -> None:
        result = analyse(inputs(replace(PLAN, money=Money(1000.0, 2.0, 5000.0))))
        text = to_json(result)
        again = from_dict(PilotResult, json.loads(text))
        assert to_dict(again) == to_dict(result)
        assert to_json(analyse(inputs(replace(PLAN, money=Money(1000.0, 2.0, 5000.0))))) == text

    def test_a_rollout_that_cannot_pay_is_said_so(self) -> None:
        result = analyse(inputs(replace(PLAN, money=Money(1000.0, 2.0, 60_000.0))))
        found = {f.code: f for f in result.findings}
        assert found["money_loss"].certainty == "likely"
        assert found["money_loss"].weight == "detail"
        assert "money" not in found

    def test_money(self) -> None:
        result = analyse(inputs(replace(PLAN, money=Money(1000.0, 2.0, 5000.0))))
        assert result.money is not None
        assert result.primary is not None
        gain = 1000 * 2 * 100 * result.primary.estimate - 5000
        assert result.money.expected_gain == pytest.approx(gain)
        assert result.money.break_even_lift == pytest.approx(0.025)


class TestStages:
    def test_before_any_answer_only_the_design_is_told(self) -> None:
        table = stores().assign(n_post=0, x_post=0)
        result = analyse(inputs(pilot=table))
        assert result.stage == "design"
        assert result.decision is None
        assert result.design.lift_needed is not None
        assert "few_answers" not in codes(result)

    def test_without_controls_it_only_describes(self) -> None:
        table = stores()
        result = analyse(inputs(pilot=table[table.arm == "pilot"]))
        assert result.stage == "described"
        assert result.primary is None
        assert result.decision is not None
        assert result.decision.verdict == "invalid"
        assert result.decision.reasons == ("no_control",)
        assert "no_control" in codes(result)
        assert result.cells.pilot_change is not None

    def test_two_controls_are_too_few(self) -> None:
        table = stores().loc[lambda t: t.store.isin(["S01", "S02", "S03", "S08"])]
        result = analyse(inputs(pilot=table))
        assert result.primary is None
        assert "too_few_controls" in codes(result)

    def test_one_pilot_is_judged_but_the_permutation_cannot(self) -> None:
        table = stores()
        result = analyse(
            inputs(replace(PLAN, pilot_stores=("S03",)), pilot=table[table.store != "S08"])
        )
        assert result.primary is not None
        assert result.permutation is not None
        assert result.permutation.p_min == pytest.approx(1 / 11)
        assert result.permutation.lower_bound is None
        assert {"one_pilot", "permutation_impossible"} <= codes(result)

    def test_means_instead_of_counts(self) -> None:
        table = stores()
        means = table[["store", "arm", "n_pre", "n_post"]].assign(
            mean_pre=3 + table.x_pre / table.n_pre,
            sd_pre=0.9,
            mean_post=3 + table.x_post / table.n_post,
            sd_post=0.9,
        )
        result = analyse(inputs(pilot=means))
        shares = analyse(inputs())
        assert result.measure == "mean"
        assert result.exact_t is not None
        assert shares.exact_t is not None
        assert result.exact_t.estimate == pytest.approx(shares.exact_t.estimate)

    def test_a_store_without_answers_after_the_start_is_left_out(self) -> None:
        table = stores()
        table.loc[table.store == "S01", ["n_post", "x_post"]] = 0
        result = analyse(inputs(pilot=table))
        assert result.primary is not None
        assert result.primary.df == 9
        assert "few_answers" in codes(result)
        assert result.decision is not None
        assert result.decision.verdict == "iterate"

    def test_shares_of_one_widen_all_variances(self) -> None:
        table = stores()
        table.loc[table.store == "S01", "x_post"] = table.loc[table.store == "S01", "n_post"]
        result = analyse(inputs(pilot=table))
        assert "variance_adjusted" in result.flags
        assert all(row.variance and row.variance > 0 for row in result.store_change)


class TestConduct:
    def test_a_guardrail_that_is_worse_stops(self) -> None:
        plan = replace(PLAN, guardrails=(RegisteredGuardrail("wait", "up", 1.0),))
        result = analyse(inputs(plan, pilot_guardrails=guardrails(3.0)))
        assert result.guardrails[0].harm == pytest.approx(3.0)
        assert result.decision is not None
        assert result.decision.verdict == "stop"
        assert result.deviations == ()

    def test_a_guardrail_that_stays_is_safe(self) -> None:
        result = analyse(inputs(pilot_guardrails=guardrails(0.0)))
        assert result.guardrails[0].state == "safe"

    def test_a_red_gate_spoils_the_pilot(self) -> None:
        table = rows(["gate", "x", "n", "red", "green"], [("fidelity", 30, 100, 0.5, 0.75)])
        result = analyse(inputs(pilot_process=table))
        assert result.gates[0].state == "red"
        assert result.decision is not None
        assert result.decision.verdict == "invalid"
        assert "gate_red" in result.decision.reasons

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"min_answers": 350}, "few_answers"),
            ({"contaminated": ("S01",)}, "contaminated"),
        ],
    )
    def test_what_makes_it_invalid(self, change: dict[str, Any], reason: str) -> None:
        result = analyse(inputs(replace(PLAN, **change)))
        assert result.decision is not None
        assert result.decision.verdict == "invalid"
        assert reason in result.decision.reasons

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"selection_rule": "worst_score"}, "selected_by_score"),
            ({"interim_looks": 2}, "looks_without_bounds"),
            ({"primary_metrics": ("csat", "nps")}, "several_primary"),
            ({"training_ended": date(2026, 4, 20)}, "trained_after_start"),
            ({"post_until": date(2026, 5, 15)}, "period_lengths_differ"),
            ({"shared_staff": ("S01",)}, "shared_staff"),
            ({"min_response": 0.2}, "response_not_known"),
            ({}, "design_cannot_show"),
        ],
    )
    def test_mistakes_are_flagged(self, change: dict[str, Any], code: str) -> None:
        assert code in codes(analyse(inputs(replace(PLAN, **change))))

    def test_bounded_looks_are_no_fault(self) -> None:
        plan = replace(PLAN, interim_looks=2, look_bounds="obrien_fleming")
        assert "looks_without_bounds" not in codes(inputs(plan))

    def test_picking_the_worst_is_answered_with_a_number(self) -> None:
        result = analyse(inputs(replace(PLAN, selection_rule="worst_score")))
        assert result.regression_to_mean is not None
        assert any(f.code == "selected_by_score" for f in result.findings)

    def test_pairs_and_strata(self) -> None:
        table = stores()
        table["pair"] = ["", "", "a", "a", "", "", "b", "b", "", "", "", ""]
        table["stratum"] = ["small"] * 12
        table.loc[table.store == "S08", "stratum"] = "large"
        result = analyse(inputs(pilot=table))
        assert result.pairs is not None
        assert (result.pairs.n_pairs, result.pairs.n_assignments) == (2, 4)
        assert "stratum_without_control" in codes(result)

    def test_months_before_response_and_mix(self) -> None:
        data, raw = [], []
        for i, row in enumerate(stores().itertuples()):
            for month in range(1, 7):
                n = 100 + 3 * i + month
                late_pilot = row.arm == "pilot" and month > 3
                data.append((row.store, f"2026-0{month}", n, 70 + i, 800 if late_pilot else 300))
            for k in range(30):
                segment = "business" if k < (25 if row.arm == "pilot" else 15) else "leisure"
                raw.append((row.store, "2026-05", True, segment, "app", 1.0))
        result = analyse(
            inputs(
                pilot_periods=rows(["store", "period", "n", "x", "invited"], data),
                pilot_answers=rows(
                    ["store", "period", "answered", "segment", "channel", "value"], raw
                ),
            )
        )
        assert result.pre_trend is not None
        assert result.pre_periods == 3
        assert result.design.tau_source == "earlier_periods"
        assert {"mix_differs", "response_dropped"} <= codes(result)
        assert {m.what for m in result.mix if m.differs} >= {"segment", "response_post"}


class TestRegistration:
    def test_without_a_hash_it_is_not_registered(self) -> None:
        result = analyse(Inputs(Tables({"pilot": stores()}), PLAN, Facts(DAY)))
        assert result.registration.intact is None
        assert "not_registered" in result.flags

    def test_the_sealed_plan_is_intact(self) -> None:
        result = analyse(inputs())
        assert result.registration.intact
        assert result.deviations == ()

    def test_a_lowered_threshold_breaks_the_seal_and_is_named(self) -> None:
        plan = sealed(PLAN)
        moved = replace(plan, margin=0.03, registered_text=canonical_text(PLAN))
        result = analyse(Inputs(Tables({"pilot": stores()}), moved, Facts(DAY)))
        assert result.registration.intact  # the text is the sealed one
        found = [(d.code, d.about, d.registered, d.used) for d in result.deviations]
        assert ("setting_changed", "margin", "0.05", "0.03") in found
        without_text = replace(moved, registered_text="")
        assert check_seal(without_text).intact is False
        blind = analyse(Inputs(Tables({"pilot": stores()}), without_text, Facts(DAY)))
        assert [d.code for d in blind.deviations] == ["hash_differs"]

    def test_each_kind_of_deviation(self) -> None:
        plan = sealed(
            replace(
                PLAN,
                pilot_stores=("S03", "S09"),
                guardrails=(RegisteredGuardrail("complaints", "up", 0.01),),
                gates=(RegisteredGate("fidelity", 0.4, 0.75),),
            )
        )
        plan = replace(plan, registered_on=date(2026, 4, 2))
        tables = {
            "pilot": stores(),
            "pilot_guardrails": guardrails(0.0),
            "pilot_process": rows(
                ["gate", "x", "n", "red", "green"], [("fidelity", 90, 100, 0.5, 0.75)]
            ),
        }
        early = Facts(date(2026, 5, 1))
        result = analyse(Inputs(Tables(tables), plan, early))
        assert {d.code for d in result.deviations} == {
            "registered_late", "analysed_early", "pilots_differ", "guardrail_missing",
            "guardrail_added", "gate_changed",
        }  # fmt: skip

    def test_line_ends_do_not_break_the_seal(self) -> None:
        text = canonical_text(PLAN)
        assert hash_of(text.replace("\n", "\r\n") + "\n\n") == seal(PLAN)

    def test_everything_registered_is_in_the_text(self) -> None:
        for change in (
            {"margin": 0.04}, {"prob_scale": 0.9}, {"min_answers": 10}, {"tau": 0.03},
            {"money": Money(1.0, 1.0, 1.0)}, {"selection_rule": "judgement"},
            {"gates": (RegisteredGate("g", 0.1, 0.2),)}, {"analysis_date": date(2027, 1, 1)},
        ):  # fmt: skip
            assert seal(replace(PLAN, **change)) != seal(PLAN)
        assert seal(replace(PLAN, interim_looks=3, contaminated=("S01",))) == seal(PLAN)


class TestRefused:
    @pytest.mark.parametrize(
        ("column", "row", "value", "code"),
        [
            ("arm", 2, "pilote", "arm_unknown"),
            ("x_post", 3, 9999, "x_above_n"),
            ("x_pre", 4, np.nan, "outcome_missing"),
            ("n_pre", 5, 0, "no_baseline"),
            ("store", 6, "S01", "store_twice"),
            ("store", 4, "S01", "store_in_both_arms"),
        ],
    )
    def test_a_bad_cell(self, column: str, row: int, value: Any, code: str) -> None:
        table = stores()
        table[column] = table[column].astype(object)
        table.loc[row, column] = value
        if code == "no_baseline":
            table.loc[row, "x_pre"] = 0
        with pytest.raises(RefusedError) as refused:
            analyse(inputs(pilot=table))
        first = next(p for p in refused.value.problems if p.code == f"pilot.{code}")
        assert (first.row, first.column) == (row, column)

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"margin": None}, "margin_missing"),
            ({"margin": 5.0}, "lift_in_points"),
            ({"margin": -0.01}, "negative"),
            ({"alpha": 0.0}, "out_of_range"),
            ({"pre_until": date(2026, 4, 30)}, "periods_overlap"),
            ({"money": Money(0.0, 1.0, 1.0)}, "money_without_value"),
        ],
    )
    def test_a_bad_plan(self, change: dict[str, Any], code: str) -> None:
        with pytest.raises(RefusedError, match=r".") as refused:
            analyse(inputs(replace(PLAN, **change)))
        assert f"pilot.{code}" in {p.code for p in refused.value.problems}

    def test_three_stores(self) -> None:
        with pytest.raises(RefusedError) as refused:
            analyse(inputs(pilot=stores().iloc[:3]))
        assert {p.code for p in refused.value.problems} == {"pilot.too_few_stores"}

    def test_no_pilot(self) -> None:
        assert "no_pilot" in codes(inputs(pilot=stores().assign(arm="control")))

    def test_no_outcome(self) -> None:
        table = stores().drop(columns=["x_pre", "x_post"])
        assert "no_outcome" in codes(inputs(pilot=table))

    def test_side_tables(self) -> None:
        periods = rows(
            ["store", "period", "n", "x", "invited"],
            [("S99", "2026-01", 10, 11, 5), ("S01", "soon", 1, 1, 9)],
        )
        guards = rows(
            ["metric", "store", "period", "value", "worse", "margin"],
            [("wait", "S01", "pre", np.nan, "up", 0.0), ("wait", "S02", "pre", 1.0, "left", 1.0)],
        )
        gates = rows(["gate", "x", "n", "red", "green"], [("g", 5, 4, 0.9, 0.5)])
        found = codes(inputs(pilot_periods=periods, pilot_guardrails=guards, pilot_process=gates))
        assert found >= {
            "store_unknown", "period_not_used", "x_above_n", "more_answers_than_invited",
            "guardrail_without_value", "guardrail_margin", "guardrail_mixed",
            "direction_unknown", "gate_limits",
        }  # fmt: skip


def every_kind_of_result() -> list[PilotResult]:
    table = stores()
    plan = replace(PLAN, money=Money(1000.0, 2.0, 5000.0))
    gates = rows(
        ["gate", "x", "n", "red", "green"],
        [("a", 30, 100, 0.5, 0.75), ("b", 52, 100, 0.5, 0.75), ("c", 70, 100, 0.5, 0.75)],
    )
    better = table.copy()
    better.loc[better.arm == "pilot", "x_post"] += 45
    worse = table.copy()
    worse.loc[worse.arm == "pilot", "x_post"] -= 60
    means = table[["store", "arm", "n_pre", "n_post"]].assign(
        mean_pre=4.0, sd_pre=0.9, mean_post=4.1 + 0.02 * np.arange(12), sd_post=0.9
    )
    return [
        analyse(inputs(plan, pilot_process=gates, pilot_guardrails=guardrails(1.0))),
        analyse(inputs(plan, pilot=better)),
        analyse(inputs(replace(PLAN, selection_rule="best_score"), pilot=worse)),
        analyse(inputs(pilot=table[table.arm == "pilot"])),
        analyse(inputs(replace(PLAN, planned_lift=0.3), pilot=table.assign(n_post=0, x_post=0))),
        analyse(inputs(replace(PLAN, planned_lift=None), pilot=means)),
        analyse(inputs(pilot_guardrails=guardrails(3.0))),
        analyse(Inputs(Tables({"pilot": table}), PLAN, Facts(DAY))),
    ]


@pytest.fixture(scope="module")
def results() -> list[PilotResult]:
    return every_kind_of_result()


class TestSection:
    @pytest.mark.usefixtures("undrawn")
    @pytest.mark.parametrize("lang", LANGS)
    def test_every_stage_renders(self, results: list[PilotResult], lang: Any) -> None:
        for result in results:
            shown: Section = section(result, lang)
            assert "{" not in shown._repr_html_().split("</style>")[-1]
            assert shown.blocks[0].id == "summary"
            for block in ("design", "main", "decision", "registration"):
                assert shown[block].items

    def test_verdicts_are_all_met(self, results: list[PilotResult]) -> None:
        found = {r.decision.verdict for r in results if r.decision}
        assert found == {"scale", "iterate", "stop", "invalid"}

    def test_both_languages_show_the_same_blocks_and_numbers(
        self, results: list[PilotResult]
    ) -> None:
        for result in results:
            zh, en = (section(result, lang) for lang in LANGS)
            for a, b in zip(zh.blocks, en.blocks, strict=True):
                assert [type(i) for i in a.items] == [type(i) for i in b.items]
            assert [c.code for c in zh.conclusions] == [c.code for c in en.conclusions]

    def test_pictures_draw(self, results: list[PilotResult]) -> None:
        items = [i for block in section(results[0], "zh").blocks for i in block.items]
        pictures = [item for item in items if isinstance(item, Picture)]
        assert {p.id for p in pictures} == {
            "pilot-design", "pilot-evidence", "pilot-sensitivity", "pilot-guardrail",
        }  # fmt: skip
        assert all(p.png.startswith(b"\x89PNG") for p in pictures)

    def test_no_more_than_four_headlines(self, results: list[PilotResult]) -> None:
        for result in results:
            assert 1 <= sum(f.weight == "headline" for f in result.findings) <= 4

    @pytest.mark.parametrize("lang", LANGS)
    def test_every_problem_has_its_sentence(self, lang: Any) -> None:
        folder = Path(analyse.__code__.co_filename).parent
        text = "".join((folder / f"{m}.py").read_text("utf-8") for m in ("checks", "analysis"))
        named = set(re.findall(r'\.problem\(\s*(?:name|"pilot"),\s*"pilot\.([a-z_]+)"', text))
        named |= set(re.findall(r'_(?:doubt|of_settings)\(\s*"([a-z_]+)"', text))
        assert len(named) > 35
        assert {code for code in named if not has(f"pilot.problem.{code}", lang)} == set()

"""Budget, presets, vendor cards and the risk register: reference numbers, properties, bad input."""

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.money import analysis as money
from playbook.chapters.plan.money.charts import budget_chart
from playbook.chapters.plan.money.model import Money
from playbook.chapters.plan.money.section import blocks as money_blocks
from playbook.chapters.plan.money.section import worded as money_worded
from playbook.chapters.plan.money.split import PRESETS, split
from playbook.chapters.plan.risks import analysis as risks
from playbook.chapters.plan.risks.model import Risks
from playbook.chapters.plan.risks.section import blocks as risk_blocks
from playbook.chapters.plan.risks.section import worded as risk_worded
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.records import from_dict, to_json
from playbook.core.section import Table, conclude
from playbook.core.text import LANGS, Lang


def inputs(settings: Settings | None = None, **tables: list[dict[str, object]]) -> Inputs[Settings]:
    frames = {}
    for name, rows in tables.items():
        frame = pd.DataFrame(rows)
        frame.index = pd.RangeIndex(2, 2 + len(frame))
        frames[name] = frame
    return Inputs(Tables(frames), settings or Settings(), Facts(date(2026, 7, 1)))


def line(name: str, category: str, planned: float, **more: object) -> dict[str, object]:
    return {"line": name, "category": category, "planned": planned, **more}


BUDGET = [
    line("a", "research", 100, low=80.0, high=150.0, touchpoint="t1", quarter="2026-Q3"),
    line("b", "technology", 300, low=None, high=None, touchpoint="t2", quarter="2026-Q3"),
    line("c", "other", 500, low=400.0, high=700.0, touchpoint="t3", quarter="2026-Q4"),
    line("d", "training", 100, low=None, high=None, touchpoint="t4", quarter="2026-Q4"),
]


def codes(found: object) -> list[str]:
    return [one.code.removeprefix("plan.") for one in found]  # type: ignore[attr-defined]


def test_the_presets_split_as_the_reference(vector) -> None:
    case = vector("plan_budget_split")
    for key in ("a", "b"):
        given_ = case["inputs"][f"preset_{key}"]
        assert list(PRESETS[key].values()) == given_
        assert list(split(case["inputs"]["total"], given_)) == case["expected"][f"preset_{key}"]


SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(
    lambda weights: [100 * w / sum(weights) for w in weights]
)


@given(st.integers(0, 10_000_000), SHARES)
def test_a_split_gives_away_every_unit_and_none_twice(total: int, shares: list[float]) -> None:
    parts = split(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / 100) < 1


@pytest.mark.parametrize("shares", [[50, 49], [60, 41], [-10, 110], []])
def test_shares_that_do_not_sum_to_a_hundred_are_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="100"):
        split(1000, shares)


def test_a_budget_by_hand() -> None:
    found = money.analyse(inputs(plan_budget=BUDGET))
    assert found is not None
    assert found.budget is not None
    budget = found.budget
    assert (budget.total, budget.low, budget.high) == (1000, 880, 1250)
    assert budget.focus == ("t3", "t2", "t1")
    assert budget.concentration == pytest.approx(0.9)
    assert budget.by_quarter == {"2026-Q3": 400, "2026-Q4": 600}
    assert budget.reserve == 0
    assert codes(found.findings) == ["budget_focused", "reserve_absent", "money_short"]


def test_two_presets_in_one_table_are_said_and_own_shares_must_be_whole() -> None:
    mixed = [*BUDGET, line("e", "operations", 50)]
    assert "presets_mixed" in codes(money.check(inputs(plan_budget=mixed)))
    assert "presets_mixed" not in codes(money.check(inputs(plan_budget=BUDGET)))
    short = Settings(budget_shares={"x": 60, "y": 30}, budget_preset="a")
    assert codes(money.check(inputs(short)))[:2] == ["shares_sum", "shares_and_preset"]


def test_a_range_that_does_not_hold_its_plan_is_refused() -> None:
    wrong = [line("a", "research", 100, low=120.0, high=150.0)]
    (fault, *_) = money.check(inputs(plan_budget=wrong))
    assert (fault.code, fault.level, fault.row) == ("plan.cost_range", "error", 2)


def test_vendors_are_met_missed_or_open() -> None:
    rows = [
        {"vendor": "v", "criterion": "drop_out", "rule": "<=", "wanted": 0.08, "observed": 0.11,
         "n": 600, "checked_on": date(2026, 6, 1)},
        {"vendor": "v", "criterion": "answer_rate", "rule": ">=", "wanted": 0.8, "observed": 0.86,
         "n": 420, "checked_on": date(2026, 6, 1)},
        {"vendor": "v", "criterion": "acceptance", "rule": "done", "wanted": None,
         "observed": None, "n": None, "checked_on": None},
    ]  # fmt: skip
    found = money.analyse(inputs(plan_vendors=rows))
    assert found is not None
    assert [row.state for row in found.vendors] == ["missed", "met", "open"]
    first = found.vendors[0]
    assert first.low is not None
    assert first.low == pytest.approx(0.0874, abs=5e-4)  # Wilson, 66 of 600


def test_risks_stand_in_the_order_of_the_reference(vector) -> None:
    case = vector("plan_risk_order")
    rows = [{**one, "risk": one["id"], "family": one["id"]} for one in case["inputs"]["risks"]]
    found = risks.ordered_risks(rows)
    assert [one.risk for one in found] == case["expected"]["order"]
    scored = {one.risk: (one.score, one.level) for one in found}
    for want in case["expected"]["risks"]:
        assert scored[want["id"]] == (want["score"], want["level"])


RISK = st.fixed_dictionaries(
    {
        "risk": st.uuids().map(str), "family": st.just("system"), "probability": st.integers(1, 5),
        "impact": st.integers(1, 5), "proximity": st.integers(1, 3),
    }
)  # fmt: skip


@given(st.lists(RISK, min_size=1, max_size=12), st.randoms())
def test_the_order_of_the_table_does_not_matter(rows: list[dict[str, object]], random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert risks.ordered_risks(rows) == risks.ordered_risks(shuffled)
    scores = [one.score for one in risks.ordered_risks(rows)]
    assert scores == sorted(scores, reverse=True)


def risk(name: str, probability: int, impact: int, **more: object) -> dict[str, object]:
    whole = {"owner": "o", "trigger_metric": "nps", "trigger_level": "<20", "response": "r"}
    return {"risk": name, "family": "change", "probability": probability, "impact": impact,
            "proximity": None, "money": 1000.0, **whole, **more}  # fmt: skip


def test_a_red_risk_nobody_would_see_is_blind_and_money_is_weighed_by_its_class() -> None:
    rows = [risk("seen", 5, 5), risk("blind", 4, 4, trigger_metric=None), risk("small", 1, 2)]
    found = risks.analyse(inputs(plan_risks=rows))
    assert found is not None
    by_code = {finding.code: finding for finding in found.findings}
    assert by_code["risk_blind"].about == ("blind",)
    assert by_code["risk_red"].about == ("seen",)
    assert by_code["risk_family_empty"].about == ("expectation", "system", "external")
    assert found.exposure == pytest.approx(1000 * (0.9 + 0.7 + 0.1))


def test_a_register_without_any_trigger_is_said_to_be_copied() -> None:
    rows = [risk(name, 3, 3, trigger_metric=None) for name in "ab"]
    assert "register_copied" in codes(risks.check(inputs(plan_risks=rows)))


def test_both_parts_are_shown_in_both_languages_and_survive_their_json() -> None:
    given_ = inputs(plan_budget=BUDGET, plan_risks=[risk("a", 5, 5), risk("b", 1, 1, owner=None)])
    spent, held = money.analyse(given_), risks.analyse(given_)
    assert from_dict(Money, json.loads(to_json(spent))) == spent
    assert from_dict(Risks, json.loads(to_json(held))) == held
    assert spent is not None
    assert held is not None
    for lang in LANGS:
        ids = [b.id for b in (*money_blocks(spent, lang, {}), *risk_blocks(held, lang, {}))]
        assert ids == ["budget", "presets", "risks", "risk_watch"]


# whether the money lasts, whether the lines pay for the choice, what a card needs


def test_the_chance_that_the_money_lasts_by_hand() -> None:
    """One line 0, 100, 200 and a reserve of 50: P(spent <= 150) = 1 - .5 (50/100)^2 = .875."""
    lines = [line("a", "other", 100, low=0.0, high=200.0), line("r", "reserve", 50)]
    found = money.analyse(inputs(plan_budget=lines))
    assert found is not None
    assert found.budget is not None
    spent = found.budget.spending
    assert spent is not None
    assert spent.available == 150
    assert spent.prob_apart == pytest.approx(0.875, abs=0.01)
    assert spent.p50 == pytest.approx(100, abs=2)
    assert [f.certainty for f in found.findings if f.code == "money_lasts"] == ["likely"]


def test_lines_that_move_together_are_less_sure() -> None:
    lines = [line(f"a{i}", "other", 100, low=50.0, high=150.0) for i in range(6)]
    found = money.analyse(inputs(plan_budget=[*lines, line("r", "reserve", 60)]))
    assert found is not None
    assert found.budget is not None
    assert found.budget.spending is not None
    assert found.budget.spending.prob_together < found.budget.spending.prob_apart


def test_without_ranges_nothing_is_said_of_chances() -> None:
    found = money.analyse(inputs(plan_budget=[line("a", "other", 100)]))
    assert found is not None
    assert found.budget is not None
    assert found.budget.spending is None


def test_lines_are_held_against_the_choice() -> None:
    lines = [line("a", "other", 100, action="x"), line("b", "other", 70, action="y"),
             line("c", "other", 40, action="z")]  # fmt: skip
    actions = [{"action": a, "cost": c} for a, c in (("x", 100.0), ("y", 50.0), ("w", 30.0))]
    found = money.analyse(inputs(plan_budget=lines, plan_actions=actions), ("x", "y", "w"))
    assert found is not None
    told = {one.code: one for one in found.findings}
    assert (told["money_unchosen"].about, told["money_unchosen"].values["amount"]) == (("z",), 40)
    assert (told["action_unfunded"].about, told["action_unfunded"].values["amount"]) == (("w",), 30)
    assert told["cost_differs"].about == ("y",)


def test_a_share_missed_on_few_cases_is_not_said_to_be_proven() -> None:
    rows = [
        {"vendor": v, "criterion": "drop_out", "rule": "<=", "wanted": 0.08, "observed": 0.11,
         "n": n, "checked_on": date(2026, 6, 1)}
        for v, n in (("few", 30.0), ("many", 600.0), ("none", None))
    ]  # fmt: skip
    found = money.analyse(inputs(plan_vendors=rows))
    assert found is not None
    told = {one.certainty: one.about for one in found.findings if one.code == "vendor_missed"}
    assert told == {"proven": ("many",), "fact": ("none",), "undecided": ("few",)}


def test_a_card_without_its_usual_rows_and_a_review_long_ago_are_said() -> None:
    rows = [
        {"vendor": "v", "criterion": c, "rule": "done", "wanted": None, "observed": None,
         "n": None, "checked_on": day}
        for c, day in (("acceptance", date(2026, 6, 1)), ("quarterly_review", date(2026, 2, 1)))
    ]  # fmt: skip
    found = money.analyse(inputs(plan_vendors=rows))
    assert found is not None
    assert [row.state for row in found.vendors] == ["met", "overdue"]
    assert codes(found.findings) == ["vendor_overdue", "vendor_card_short"]
    for lang in LANGS:
        (block,) = money_blocks(found, lang, {})
        assert block._repr_html_()


def test_the_reserve_is_held_against_the_losses_by_hand() -> None:
    """Two risks of class 3 (.5 each), 100 each, reserve 100: both happen in .25."""
    both = [risk(name, 3, 3, money=100.0) for name in "ab"]
    kept = [line("r", "reserve", 100), line("x", "other", 50)]
    found = risks.analyse(inputs(plan_risks=both, plan_budget=kept))
    assert found is not None
    assert (found.exposure, found.reserve) == (100.0, 100.0)
    assert found.prob_covered == pytest.approx(0.75, abs=0.02)
    told = {one.code: one.certainty for one in found.findings}
    assert told["exposure_over_reserve"] == "undecided"


def test_without_a_budget_nothing_is_said_of_the_reserve() -> None:
    found = risks.analyse(inputs(plan_risks=[risk("a", 3, 3, money=100.0)]))
    assert found is not None
    assert (found.reserve, found.prob_covered) == (None, None)


def test_touchpoints_without_any_money_are_not_drawn() -> None:
    found = money.analyse(inputs(plan_budget=[line("a", "research", 0, touchpoint="t1")]))
    assert found is not None
    assert found.budget is not None
    assert found.budget.concentration is None
    for lang in LANGS:
        assert len(budget_chart(found.budget, lang, {}).axes) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_missing_entry_is_told_in_words_not_by_its_column(lang: Lang) -> None:
    blank = {"owner": None, "trigger_metric": None, "response": None}
    told = [fault.say(lang) for fault in risks.check(inputs(plan_risks=[risk("a", 3, 3, **blank)]))]
    assert len(told) == 3
    sentences = [one.split("“" if lang == "zh" else "risk '")[1] for one in told]
    assert not any("_" in one for one in sentences)


@pytest.mark.parametrize("lang", LANGS)
def test_money_in_a_sentence_has_its_currency_and_the_reserve_its_whole(lang: Lang) -> None:
    lines = [line("a", "other", 900, high=1300.0), line("r", "reserve", 100)]
    for currency, amount in (("CNY", "100 CNY"), ("", "100")):
        facts = Facts(date(2026, 7, 1), currency=currency)
        found = money.analyse(replace(inputs(plan_budget=lines), facts=facts))
        assert found is not None
        worded = tuple(money_worded(one, lang, {}) for one in found.findings)
        said = {one.code: one.text for one in conclude("plan", worded, lang)}
        assert amount in said["reserve_thin"]
        assert "10.0%" in said["reserve_thin"]
        assert not any(mark in said["reserve_thin"] for mark in (" ，", " ,", "  ", " 。", " ;"))


def test_a_preset_has_no_rows_without_a_number() -> None:
    found = money.analyse(inputs(plan_budget=[line("a", "our own", 900)]))
    assert found is not None
    (presets,) = [b for b in money_blocks(found, "en", {}) if b.id == "presets"]
    tables = [item for item in presets.items if isinstance(item, Table)]
    assert all(row["amount"] is not None for table in tables for row in table.rows)


def test_a_loss_that_no_draw_bears_is_not_said_to_be_impossible() -> None:
    rows = [risk(name, 5, 5, money=100.0) for name in "abcdef"]
    found = risks.analyse(inputs(plan_risks=rows, plan_budget=[line("x", "other", 50)]))
    assert found is not None
    (finding,) = [one for one in found.findings if one.code == "exposure_over_reserve"]
    assert risk_worded(finding, "en", {}).values["prob"] == "<1%"

"""What the chapter refuses, flags, and never turns into a number."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.goals.analysis import analyse, check
from playbook.chapters.goals.inputs import TABLES, Settings
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.problems import RefusedError
from playbook.core.text import LANGS

FLOATS = {"number", "share", "integer", "likert"}
KINDS = {spec.name: {f.name: f.kind for f in spec.fields} for spec in TABLES}
CARD: dict[str, Any] = {
    "goal_id": "G1", "metric_id": "csat", "direction": "increase", "baseline": 75.0,
    "baseline_n": 400, "baseline_period": "2025-12", "target": 85.0, "unit": "%",
    "start": date(2026, 1, 1), "due": date(2026, 12, 31), "source": "survey",
    "owner": "Li", "customer_need": "fast", "participants": ("sales",),
}  # fmt: skip


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table as intake would hand it over."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    made = {
        name: pd.Series(
            [row.get(name) for row in rows],
            dtype="float64" if KINDS[table][name] in FLOATS else object,
        )
        for name in names
    }
    out = pd.DataFrame(made)
    out.index = pd.RangeIndex(2, len(out) + 2)
    return out


def case(settings: Settings | None = None, **tables: list[dict[str, Any]]) -> Inputs[Settings]:
    rows = {"goals": [CARD], **tables}
    frames = {name: frame(name, given) for name, given in rows.items() if given}
    return Inputs(Tables(frames), settings or Settings(), Facts(date(2026, 1, 1)))


def codes(given: Inputs[Settings]) -> set[str]:
    return {p.code.removeprefix("goals.") for p in check(given)}


def card(**changes: Any) -> dict[str, Any]:
    return CARD | changes


def monthly(metric: str, values: list[float], **more: Any) -> list[dict[str, Any]]:
    return [
        {"metric_id": metric, "period": f"2025-{i + 1:02d}", "value": v, **more}
        for i, v in enumerate(values)
    ]


def test_a_sound_card_has_nothing_against_it() -> None:
    assert check(case()) == ()
    made = analyse(case()).cards[0]
    assert (made.baseline, made.target, made.unit) == (0.75, 0.85, "%")
    assert made.baseline_from == "counts"
    assert made.baseline_low < 0.75 < made.baseline_high


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"metric_id": "csta"}, "metric_unknown_near"),
        ({"metric_id": "zzzzzz"}, "metric_unknown"),
        ({"unit": "h"}, "unit_mismatch"),
        ({"target": 120.0}, "target_out_of_scale"),
        ({"due": date(2026, 1, 1)}, "due_before_start"),
        ({"target": 70.0}, "direction_conflict"),
        ({"metric_id": "complaint_rate", "unit": "per_1000", "baseline": 5.0, "target": 6.0,
          "direction": "decrease"}, "direction_conflict"),
        ({"baseline": 0.75}, "percent_or_share"),
    ],
)  # fmt: skip
def test_what_is_refused(changes: Mapping[str, Any], code: str) -> None:
    given = case(goals=[card(**changes)])
    assert code in codes(given)
    with pytest.raises(RefusedError):
        analyse(given)


def test_the_nearest_metric_is_offered() -> None:
    problem = next(p for p in check(case(goals=[card(metric_id="csta")])) if "unknown" in p.code)
    assert problem.values["near"] == "csat"
    assert (problem.row, problem.column) == (2, "metric_id")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"metric_id": "nps", "unit": "%", "baseline": 20.0, "target": 30.0}, "nps_in_percent"),
        ({"target": 100.0}, "at_bound"),
        ({"baseline": None, "baseline_n": None}, "baseline_missing"),
        ({"baseline_n": None}, "baseline_no_n"),
        ({"baseline_period": "2024-06"}, "baseline_old"),
        ({"target": 75.0}, "target_equals_baseline"),
        ({"target": 77.0}, "target_within_noise"),
        ({"baseline": 0.75, "target": 0.85}, "percent_sign"),
        ({"metric_id": "service_quality", "unit": "score"}, "metric_vague"),
        ({"direction": "decrease", "target": 70.0}, "direction_unusual"),
        ({"parent_id": "G9"}, "parent_unknown"),
        ({"statement": "达到目标（biāo）??"}, "text_damaged"),
    ],
)
def test_what_is_flagged(changes: Mapping[str, Any], code: str) -> None:
    given = case(goals=[card(**changes)])
    assert code in codes(given)
    assert code in analyse(given).cards[0].flags


def test_nps_is_held_as_points_whatever_its_unit_says() -> None:
    made = analyse(case(goals=[card(metric_id="nps", unit="%", baseline=20.0, target=30.0)])).cards[
        0
    ]
    assert (made.baseline, made.target, made.unit) == (20, 30, "points")
    assert made.cagr is None


def test_pinyin_notes_are_taken_out_and_lost_letters_stay_lost() -> None:
    made = analyse(case(goals=[card(statement="定目标（dìng mù biāo）：??85%（约）")])).cards[0]
    assert made.statement == "定目标：??85%（约）"


def test_times_are_turned_into_the_unit_of_their_metric() -> None:
    made = analyse(
        case(goals=[card(metric_id="first_response_time", direction="decrease", unit="h",
                         baseline=1.5, target=0.5, baseline_n=None)])
    ).cards[0]  # fmt: skip
    assert (made.baseline, made.target, made.unit) == (90, 30, "min")


def test_goals_said_twice() -> None:
    assert "duplicate_goal" in codes(case(goals=[CARD, CARD]))
    assert "same_metric_twice" in codes(case(goals=[CARD, card(goal_id="G2")]))


def test_a_decrease_goal_that_falls_is_right() -> None:
    made = analyse(
        case(goals=[card(metric_id="complaint_rate", unit="per_1000", direction="decrease",
                         baseline=5.0, target=3.0, baseline_n=None)])
    ).cards[0]  # fmt: skip
    assert made.required_per_period < 0
    assert [s.value for s in made.interim] == sorted((s.value for s in made.interim), reverse=True)


def test_a_goal_already_met_has_no_path_back() -> None:
    given = case(goals=[card(baseline=None, baseline_n=None)],
                 goals_history=monthly("csat", [88.0, 89.0, 90.0, 91.0, 92.0], n=500))  # fmt: skip
    result = analyse(given)
    made = result.cards[0]
    assert "target_already_met" in made.flags
    assert {s.value for s in made.interim} == {0.85}
    assert made.required_per_period is None


def test_branch_rates_are_pooled_with_their_n_and_never_averaged_plainly() -> None:
    rows = [
        {"metric_id": "csat", "period": "2025-12", "value": v, "n": n, "unit_name": name}
        for name, v, n in (("A", 90.0, 100), ("B", 50.0, 900))
    ]
    base = analyse(case(goals_history=rows)).baselines[0]
    assert base.value == pytest.approx(0.54)
    bare = [{k: v for k, v in row.items() if k != "n"} for row in rows]
    assert analyse(case(goals_history=bare)).baselines == ()


def test_history_tells_its_scale_by_its_counts() -> None:
    rows = monthly("complaint_share", [0.5, 0.8], x=8, n=1000)
    rows[0]["x"] = 5
    base = analyse(case(goals_history=rows)).baselines[0]
    assert base.value == pytest.approx(0.008)  # 0.8 % and not 80 %


def test_history_and_its_faults() -> None:
    mixed = monthly("csat", [0.75, 76.0])
    assert "percent_or_share" in codes(case(goals_history=mixed))
    later = {"metric_id": "csat", "period": "2025-05", "value": 75.0, "source": "b"}
    changed = [*monthly("csat", [75.0], source="a"), later]
    assert "definition_changed" in codes(case(goals_history=changed))
    assert "exposure_zero" in codes(case(goals_history=monthly("csat", [75.0], exposure=0.0)))
    assert "x_above_n" in codes(case(goals_history=monthly("csat", [75.0], n=10, x=11)))
    assert "value_not_counts" in codes(case(goals_history=monthly("csat", [75.0], n=100, x=30)))
    assert "row_twice" in codes(case(goals_history=monthly("csat", [75.0]) * 2))
    small = monthly("nps", [20.0], n=20, x=10, detractors=6)
    assert "nps_small_n" in codes(case(goals_history=small))


def need(**changes: Any) -> dict[str, Any]:
    return {"need": "fast", "period": "2025-12", "volume": 10.0, "exposure": 5.0} | changes


def test_needs_and_their_faults() -> None:
    def of(*rows: dict[str, Any]) -> set[str]:
        return codes(case(goals_needs=list(rows)))

    assert of(need()) == set()
    assert "volume_negative" in of(need(volume=-1.0))
    assert "exposure_zero" in of(need(exposure=0.0))
    assert "exposure_missing" in of(need(exposure=None))
    assert "exposure_partly" in of(need(), need(need="b", exposure=None))
    assert "period_mixed" in of(need(), need(period="2025-Q4"))
    assert "satisfaction_out_of_scale" in of(need(satisfaction=80.0))
    assert "kano_conflict" in of(need(kano="M"), need(kano="O", period="2026-01"))


def test_channels_of_one_base_count_it_once() -> None:
    rows = [need(channel="phone"), need(channel="survey", volume=20.0)]
    point = analyse(case(goals_needs=rows)).needs.items[0].points[0]
    assert (point.volume, point.exposure, point.rate) == (30, 5, 6)


def peer(entity: str, value: float, **more: Any) -> dict[str, Any]:
    return {"metric_id": "csat", "entity": entity, "value": value, "own": False,
            "source": "exchange", **more}  # fmt: skip


def test_few_peers_give_a_position_and_no_quantiles() -> None:
    rows = [peer("us", 78.0, own=True, n=400), peer("a", 70.0), peer("b", 80.0), peer("c", 90.0)]
    found = analyse(case(goals_benchmark=rows)).benchmark[0]
    assert found.percentile_rank == pytest.approx(100 / 3)
    assert found.p75 is None
    assert found.peer_class is None
    assert {"peers_few", "peer_n_unknown"} <= set(found.flags)


def test_peers_of_another_year_or_formula_are_left_out() -> None:
    rows = [
        peer("us", 78.0, own=True, period="2025", formula="top 2"),
        peer("old", 95.0, period="2023", formula="top 2"),
        peer("other", 95.0, period="2025", formula="top 1"),
        peer("good", 80.0, period="2025"),
    ]
    given = case(goals_benchmark=rows)
    assert "peer_not_comparable" in codes(given)
    assert [p.entity for p in analyse(given).benchmark[0].peers] == ["good"]


def test_market_shares_only_of_a_whole_market() -> None:
    rows = [
        {"entity": "us", "sales": 120.0, "period": "2025", "own": True},
        {"entity": "b", "sales": 200.0, "period": "2025", "own": False},
    ]
    given = case(goals_market=rows)
    assert "market_incomplete" in codes(given)
    market = analyse(given).market
    assert (market.share, market.hhi, market.relative_share) == (None, None, 0.6)
    whole = analyse(case(Settings(market_covered=True), goals_market=rows)).market
    assert whole.share == pytest.approx(0.375)
    assert "own_not_one" in codes(case(goals_market=rows[1:]))


def test_sources_need_a_licence_and_cards_a_registered_source() -> None:
    rows = [{"source": "panel", "kind": "survey", "licence_or_consent": None}]
    assert {"consent_missing", "source_unlisted"} <= codes(case(goals_sources=rows))


def test_a_metric_of_the_case_may_be_used() -> None:
    own = [{"metric_id": "room_ok", "name_zh_hans": "客房合格率", "name_en": "Rooms passing",
            "unit": "%", "direction": "increase", "bound_high": 100.0}]  # fmt: skip
    result = analyse(case(goals=[card(metric_id="room_ok")], goals_metrics=own))
    assert result.cards[0].bound_high == 1.0
    assert result.names["room_ok"].en == "Rooms passing"


def test_an_unknown_sector_is_refused() -> None:
    assert "sector_unknown" in codes(case(Settings(sector="banks")))


@pytest.mark.parametrize("lang", LANGS)
def test_every_problem_has_its_sentence(lang: Any) -> None:
    bad = case(
        goals=[card(metric_id="csta"), card(target=120.0), card(due=date(2025, 1, 1))],
        goals_history=monthly("csat", [0.75, 76.0], exposure=0.0),
        goals_needs=[need(volume=-1.0), need(period="2025-Q4", satisfaction=9.0, exposure=None)],
    )
    for problem in check(bad):
        assert "{" not in problem.say(lang)

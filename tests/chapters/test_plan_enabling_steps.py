"""Procedure, blueprint, articles, forms, KPI scores and the training calendar."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.chapters.plan.enabling.analysis import analyse, check
from playbook.chapters.plan.enabling.forms import CATALOGUE
from playbook.chapters.plan.enabling.model import Enabling
from playbook.chapters.plan.enabling.pay import pay_sheet
from playbook.chapters.plan.inputs import Settings
from playbook.core.durations import chance_within
from playbook.core.inputs import Facts, Inputs, Tables

TODAY = date(2026, 7, 1)
Row = dict[str, object]


def inputs(
    settings: Settings | None = None,
    earlier: dict[str, dict[str, object]] | None = None,
    **tables: list[Row],
) -> Inputs[Settings]:
    frames = {}
    for name, rows in tables.items():
        frame = pd.DataFrame(rows)
        frame.index = pd.RangeIndex(2, 2 + len(frame))
        frames[name] = frame
    chosen = settings or Settings(time_draws=20_000)
    return Inputs(Tables(frames), chosen, Facts(TODAY), earlier or {})


def found(
    settings: Settings | None = None,
    earlier: dict[str, dict[str, object]] | None = None,
    **tables: list[Row],
) -> Enabling:
    result = analyse(inputs(settings, earlier, **tables))
    assert result is not None
    return result


def codes(result: Enabling) -> dict[str, str]:
    return {finding.code: finding.certainty for finding in result.findings}


def step(name: str, target: float, p50: float | None, p95: float | None, **more: object) -> Row:
    return {"step": name, "role": f"role of {name}", "target_minutes": target, "p50_minutes": p50,
            "p95_minutes": p95, "check_question": "?", **more}  # fmt: skip


def promise(minutes: float, **more: object) -> Settings:
    return Settings(service_minutes=minutes, time_draws=20_000, **more)  # type: ignore[arg-type]


ALIKE = [step(f"s{k}", 60.0, 20.0, 60.0) for k in range(4)]


def test_percentiles_of_steps_are_never_added() -> None:
    """Four steps of p95 = 60: their sum is 240, the total's own p95 is far below it."""
    procedure = found(promise(240), plan_sop=ALIKE).procedure
    assert procedure is not None
    assert procedure.sum_of_p95 == 240
    apart, partly, together = procedure.totals
    assert apart.p95 < 200
    assert apart.p95 < partly.p95 < together.p95
    assert together.p95 == pytest.approx(240, rel=0.03)


def test_one_step_alone_is_the_log_normal_by_hand() -> None:
    procedure = found(promise(50), plan_sop=[step("only", 50, 20.0, 60.0)]).procedure
    assert procedure is not None
    by_hand = chance_within(20, 60, 50)
    assert procedure.steps[0].p_within == pytest.approx(by_hand)
    assert procedure.totals[0].p_within == pytest.approx(by_hand, abs=0.01)
    assert procedure.totals[0].p50 == pytest.approx(20, rel=0.03)


def test_targets_above_the_promise_though_the_total_keeps_it() -> None:
    result = found(promise(230, dependence=(0.0, 0.5)), plan_sop=ALIKE)
    assert result.procedure is not None
    assert result.procedure.sum_of_targets > 230
    assert codes(result)["procedure_time_kept"] == "likely"
    assert codes(result)["targets_exceed_total_kept"] == "likely"


def test_targets_within_the_promise_though_the_total_misses_it() -> None:
    rows = [step(f"s{k}", 30.0, 25.0, 90.0) for k in range(4)]
    result = found(promise(120), plan_sop=rows)
    assert codes(result)["procedure_time_missed"] == "likely"
    assert codes(result)["targets_fit_total_not"] == "likely"


def test_what_hangs_on_the_dependence_is_left_open() -> None:
    result = found(promise(185), plan_sop=ALIKE)
    assert codes(result)["procedure_time_open"] == "undecided"
    assert not {"targets_fit_total_not", "targets_exceed_total_kept"} & set(codes(result))


def test_a_step_without_times_leaves_the_total_unsaid() -> None:
    result = found(promise(100), plan_sop=[*ALIKE, step("blind", 10, None, None)])
    assert result.procedure is not None
    assert result.procedure.totals == ()
    assert result.procedure.kept is None
    assert result.procedure.sum_of_p95 is None
    assert not any(code.startswith("procedure_time") for code in codes(result))


def test_no_promise_no_verdict() -> None:
    result = found(Settings(time_draws=5_000), plan_sop=ALIKE, plan_blueprint=[])
    assert result.procedure is not None
    assert result.procedure.kept is None
    assert result.procedure.totals[0].p_within is None


@pytest.mark.parametrize(
    ("passed", "code", "certainty"),
    [(97, "compliance_good", "proven"), (70, "compliance_low", "proven"),
     (91, "compliance_open", "undecided")],
)  # fmt: skip
def test_compliance_is_judged_by_its_interval(passed: int, code: str, certainty: str) -> None:
    result = found(plan_sop=[step("s", 9, None, None, checked=100, passed=passed)])
    assert codes(result)[code] == certainty
    assert "compliance_sample_small" not in codes(result)


def test_few_checks_are_said_to_be_few() -> None:
    result = found(plan_sop=[step("s", 9, None, None, checked=20, passed=20)])
    small = next(f for f in result.findings if f.code == "compliance_sample_small")
    assert (small.values["n"], small.values["needed"]) == (20, 97)
    assert codes(result)["authority_missing"] == "fact"


def test_work_that_changes_hands_is_counted() -> None:
    rows = [step("a", 1, None, None) | {"role": r, "step": f"s{k}"} for k, r in enumerate("xxyxz")]
    procedure = found(plan_sop=rows).procedure
    assert procedure is not None
    assert procedure.handoffs == 3


def test_the_blueprint_is_judged_before_the_pilot() -> None:
    rows: list[Row] = [
        {"step": f"s{k}", "customer_action": "waits", "p50_minutes": 10.0, "p95_minutes": 30.0}
        for k in range(3)
    ]
    assert codes(found(promise(120), plan_blueprint=rows))["blueprint_time_kept"] == "likely"
    assert codes(found(promise(45), plan_blueprint=rows))["blueprint_time_missed"] == "likely"


TIMES = st.lists(
    st.tuples(st.floats(1, 100), st.floats(1.1, 5)), min_size=1, max_size=6
)  # (median, 95th percentile / median)


@given(TIMES, st.floats(10, 600))
def test_a_longer_promise_is_kept_more_often(
    times: list[tuple[float, float]], minutes: float
) -> None:
    rows = [step(f"s{k}", 10, m, m * r) for k, (m, r) in enumerate(times)]
    short, long = (
        found(Settings(service_minutes=limit, time_draws=1_000), plan_sop=rows).procedure
        for limit in (minutes, 2 * minutes)
    )
    assert short is not None
    assert long is not None
    for one, two in zip(short.totals, long.totals, strict=True):
        assert 0 <= one.p_within <= two.p_within <= 1  # type: ignore[operator]
        assert one.p50 <= one.p90 <= one.p95


def test_an_article_needs_an_owner_and_a_review_to_come() -> None:
    rows: list[Row] = [
        {"cause": c, "complaints": n, "article": a, "owner": o, "review_on": r}
        for c, n, a, o, r in (
            ("whole", 60, "A1", "ann", TODAY),  # to be reviewed today: not yet overdue
            ("ownerless", 20, "A2", None, date(2026, 9, 1)),
            ("stale", 15, "A3", "ann", date(2026, 6, 30)),
            ("none", 5, None, None, None),
        )
    ]
    result = found(plan_articles=rows)
    assert result.knowledge is not None
    assert [one.whole for one in result.knowledge.articles] == [True, False, False, False]
    assert result.knowledge.complaints == pytest.approx(0.6)
    missing = next(f for f in result.findings if f.code == "articles_missing")
    assert missing.about == ("ownerless", "stale", "none")
    good = found(plan_articles=rows[:1])
    assert codes(good) == {"articles_enough": "fact"}


def test_forms_lay_the_clients_lines_over_the_catalogue() -> None:
    rows: list[Row] = [
        {"form": "authority", "item": "front_line", "value": "200", "owner": None},
        {"form": "authority", "item": "own rule", "value": "x", "owner": "ann"},
        {"form": "release", "item": "5%", "value": "400", "owner": "ann"},
        {"form": "release", "item": "rollback", "done": True},
        {"form": "recognition", "item": "ann", "value": "kind", "due": date(2026, 6, 1)},
        {"form": "recognition", "item": "ann", "value": "kind again", "due": date(2026, 6, 9)},
        {"form": "governance", "item": "board", "value": "weekly"},
    ]
    result = found(plan_forms=rows)
    by_form = {form.form: form for form in result.forms}
    assert set(by_form) == set(CATALOGUE)
    authority = by_form["authority"]
    assert (authority.filled, authority.asked) == (1, 10)
    assert [line.item for line in authority.lines if line.own] == ["own rule"]
    assert [line.state for line in by_form["release"].lines if line.item == "rollback"] == ["done"]
    assert "5%" not in [line.item for line in by_form["release"].lines]
    assert [line.value for line in by_form["recognition"].lines if line.own] == [
        "kind", "kind again",
    ]  # fmt: skip
    assert codes(result) == {"forms_open": "fact"}


def test_no_kpi_counts_above_its_cap_or_below_nought() -> None:
    sheet = pay_sheet("ann", [("x", 60), ("y", 30), ("z", 10)], {"x": 2.0, "y": 0.9, "z": -0.5})
    assert [line.points for line in sheet.lines] == pytest.approx([72, 27, 0])
    assert sheet.total == pytest.approx(99)


def test_a_missing_kpi_gives_no_total_and_its_weight_to_nobody() -> None:
    sheet = pay_sheet("ann", [("x", 60), ("y", 40)], {"x": 1.0, "y": None})
    assert sheet.total is None
    assert (sheet.points, sheet.known_weight) == (60, 60)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(-2, 3)), min_size=1, max_size=8))
def test_a_score_lies_between_nought_and_the_cap(measures: list[tuple[float, float]]) -> None:
    weights = [(f"k{i}", weight) for i, (weight, _) in enumerate(measures)]
    attained = {f"k{i}": rate for i, (_, rate) in enumerate(measures)}
    total = pay_sheet("ann", weights, attained, 1.2).total
    assert total is not None
    assert 0 <= total <= 1.2 * sum(w for w, _ in measures) + 1e-9


def test_pay_waits_for_the_end_of_the_period() -> None:
    lines = [
        {"holder": "ann", "kpi": "G1", "weight": 70},
        {"holder": "ann", "kpi": "G2", "weight": 30},
    ]
    forms: list[Row] = [{"form": "authority", "item": "record", "value": "x"}]
    tree: dict[str, object] = {"sheets": lines}
    review: dict[str, object] = {"attainment": [{"goal_id": "G1", "attainment": 1.5}]}
    before = found(None, {"tree": tree}, plan_forms=forms)
    assert before.pay[0].total is None
    assert codes(before)["pay_open"] == "fact"
    after = found(None, {"tree": tree, "review": review}, plan_forms=forms)
    assert after.pay[0].points == pytest.approx(84)
    assert after.pay[0].total is None


def required(person: str, topic: str, done: date | None) -> Row:
    return {"person": person, "topic": topic, "required": True, "done_on": done}


def test_the_first_course_takes_four_weeks_and_is_refreshed_twice_a_year() -> None:
    rows = [required(f"p{i}", topic, None) for topic in "abcde" for i in range(ord(topic) - 96)]
    settings = Settings(course_start="2026-08-12")
    training = found(settings, plan_training=rows).training
    assert training is not None
    first = [one for one in training.calendar if one.week]
    assert [one.week for one in first] == [1, 2, 3, 4]
    assert first[0].starts_on == date(2026, 8, 17)  # the Monday after a Wednesday
    assert first[0].topics == ("e", "d")  # most people lack it
    again = [one.starts_on for one in training.calendar if not one.week]
    assert again == [date(2027, 2, 17), date(2027, 8, 17)]


def test_who_has_everything_needs_no_calendar() -> None:
    training = found(plan_training=[required("p", "a", date(2026, 6, 1))]).training
    assert training is not None
    assert training.calendar == ()


def test_hours_are_no_success() -> None:
    """Everybody attended, nobody was tested: coverage, and no word of learning."""
    rows = [required(f"p{i}", "a", date(2026, 6, 1)) for i in range(30)]
    result = found(plan_training=rows)
    assert codes(result) == {"training_covered": "fact", "training_unmeasured": "fact"}
    problems = check(inputs(plan_training=rows))
    assert [p.code for p in problems] == ["plan.training_unmeasured"]


def scored(gained: int, lost: int, same: int) -> list[Row]:
    pairs = [(40, 90)] * gained + [(90, 40)] * lost + [(90, 90)] * same
    return [
        required(f"p{i}", "a", date(2026, 6, 1))
        | {"score_before": float(b), "score_after": float(a), "pass_mark": 80.0}
        for i, (b, a) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("gained", "lost", "code", "certainty"),
    [(30, 2, "training_raised_mastery", "proven"), (6, 3, "training_raised_mastery", "undecided"),
     (2, 30, "training_lowered_mastery", "proven")],
)  # fmt: skip
def test_a_rise_is_as_certain_as_its_interval(
    gained: int, lost: int, code: str, certainty: str
) -> None:
    result = found(plan_training=scored(gained, lost, 28))
    assert codes(result)[code] == certainty
    assert result.training is not None
    assert result.training.mastery[0].design == "before_after_only"


def test_two_groups_are_told_from_the_same_people_twice() -> None:
    rows = [
        required(f"p{i}", "a", None if i < 20 else date(2026, 6, 1))
        | {"score_before": 50.0 if i < 20 else None, "score_after": None if i < 20 else 90.0,
           "pass_mark": 80.0}
        for i in range(40)
    ]  # fmt: skip
    assert codes(found(plan_training=rows))["training_two_groups"] == "proven"


def test_many_topics_stand_in_one_sentence() -> None:
    rows = [row | {"topic": topic} for topic in "abcd" for row in scored(20, 0, 5)]
    rows += [row | {"topic": topic} for topic in "wxyz" for row in scored(3, 3, 5)]
    result = found(plan_training=rows)
    raised = next(f for f in result.findings if f.code == "training_raised_several")
    assert raised.about == ("a", "b", "c", "d")
    unclear = next(f for f in result.findings if f.code == "training_effects_open")
    assert unclear.about == ("w", "x", "y", "z")


def test_an_overdue_refresher_counts_and_an_expired_course_does_not() -> None:
    """Two refreshers a year: due after six months; expired after twelve, to the day."""
    days = (date(2026, 1, 1), date(2025, 12, 31), date(2025, 7, 1), date(2025, 6, 30))
    rows = [required(f"p{i}", "a", day) for i, day in enumerate(days)]
    training = found(plan_training=rows).training
    assert training is not None
    assert [cell.state for cell in training.cells] == ["done", "due", "due", "expired"]
    assert training.coverage.x == 3


@pytest.mark.parametrize(
    ("settings", "code"),
    [(Settings(refreshers_a_year=0), "refreshers_missing"),
     (Settings(dependence=(0.5, 1.2)), "dependence_range"),
     (Settings(time_draws=10), "draws_few"),
     (Settings(service_minutes=0.0), "promise_not_positive"),
     (Settings(course_start="next week"), "course_start_no_day"),
     (Settings(compliance_margin=0.0), "margin_range"), (Settings(level=1.0), "level_range")],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(settings: Settings, code: str) -> None:
    problems = check(inputs(settings, plan_sop=ALIKE, plan_training=scored(1, 1, 1)))
    assert [(p.code, p.level, p.file) for p in problems] == [(f"plan.{code}", "error", "case.toml")]


def test_one_topic_has_one_pass_mark_and_one_person_one_team() -> None:
    rows = scored(1, 0, 1)
    rows[1] |= {"pass_mark": 60.0}
    rows += [rows[0] | {"topic": "b", "team": "south"}]
    rows[0] |= {"team": "north"}
    told = [(p.code, p.level, p.row) for p in check(inputs(plan_training=rows))]
    assert told == [
        ("plan.pass_mark_varies", "warn", 3), ("plan.person_in_two_groups", "error", 4),
    ]  # fmt: skip


def test_half_a_pair_of_percentiles_is_refused() -> None:
    rows = [step("a", 5, 3.0, None), step("b", 5, None, 9.0), step("c", 5, 9.0, 3.0)]
    told = [(p.code, p.column, p.row) for p in check(inputs(plan_sop=rows))]
    assert told == [
        ("plan.percentile_alone", "p95_minutes", 2), ("plan.percentile_alone", "p50_minutes", 3),
        ("plan.percentiles_disordered", "p95_minutes", 4),
    ]  # fmt: skip


def test_without_tables_there_is_nothing_to_say() -> None:
    assert analyse(inputs()) is None
    assert check(inputs()) == []


@pytest.mark.slow
def test_five_hundred_people_by_twelve_topics_take_seconds() -> None:
    rows = [
        row | {"person": f"p{i:03}", "topic": f"t{k:02}", "team": f"team {i % 25}"}
        for k in range(12)
        for i, row in enumerate(scored(200, 40, 260))
    ]
    result = found(plan_training=rows)
    assert result.training is not None
    assert len(result.training.cells) == 6000
    assert len(result.training.by_person) == 500

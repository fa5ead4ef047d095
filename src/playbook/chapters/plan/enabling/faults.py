"""What is wrong or doubtful in the tables of training, points, procedures and articles."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem

TABLES = (
    "plan_training", "plan_points", "plan_sop", "plan_blueprint", "plan_articles", "plan_forms",
)  # fmt: skip
PARTS = (
    ("complaints", "cases"), ("invited", "cases"), ("answered", "invited"),
    ("at_mark", "answered"), ("below_mark", "answered"),
)  # fmt: skip


def faults(inputs: Inputs[Settings]) -> list[Problem]:
    """Every fault of these tables; warnings for what can be computed but not believed."""
    return [
        *_training_faults(inputs),
        *_one_place(inputs, "plan_training", "team"),
        *_points_faults(inputs),
        *_one_place(inputs, "plan_points", "group"),
        *_times_faults(inputs, "plan_sop"),
        *_times_faults(inputs, "plan_blueprint"),
        *_checked_faults(inputs),
        *_article_faults(inputs),
        *_setting_faults(inputs),
    ]


def _training_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem, today = inputs.tables.problem, inputs.facts.reference_date
    rows = inputs.tables.rows("plan_training")
    marks: dict[str, float] = {}
    for at, row in rows:
        scored = row.get("score_before") is not None or row.get("score_after") is not None
        mark, topic = row.get("pass_mark"), str(row["topic"])
        if scored and mark is None:
            yield problem("plan_training", "plan.pass_mark_missing", row=at, column="pass_mark")
        if mark is not None and marks.setdefault(topic, mark) != mark:
            yield problem(
                "plan_training", "plan.pass_mark_varies", level="warn", row=at,
                column="pass_mark", value=mark, topic=topic, first=marks[topic],
            )  # fmt: skip
        done = row.get("done_on")
        if done is None and row.get("score_after") is not None:
            yield problem("plan_training", "plan.scored_without_course", level="warn", row=at,
                          column="done_on")  # fmt: skip
        if done is not None and done > today:
            yield problem(
                "plan_training", "plan.done_in_future", row=at, column="done_on", value=done,
                today=today.isoformat(),
            )  # fmt: skip
    if rows and all(row.get("score_after") is None for _, row in rows):
        yield problem("plan_training", "plan.training_unmeasured", level="warn",
                      column="score_after")  # fmt: skip


def _one_place(inputs: Inputs[Settings], table: str, column: str) -> Iterator[Problem]:
    """A person stands in one team or group; two would count the same cases in both."""
    first: dict[str, str] = {}
    for at, row in inputs.tables.rows(table):
        person, place = str(row["person"]), str(row.get(column) or "")
        if place and first.setdefault(person, place) != place:
            yield inputs.tables.problem(
                table, "plan.person_in_two_groups", row=at, column=column, value=place,
                person=person, first=first[person],
            )  # fmt: skip


def _points_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem = inputs.tables.problem
    for at, row in inputs.tables.rows("plan_points"):
        for part, whole in PARTS:
            x, n = row.get(part), row.get(whole)
            if x is not None and n is not None and x > n:
                yield problem(
                    "plan_points", "plan.part_above_whole", row=at, column=part, value=x,
                    whole=whole, most=n,
                )  # fmt: skip
        if row.get("complaints") is None:
            yield problem("plan_points", "plan.complaints_missing", level="warn", row=at,
                          column="complaints")  # fmt: skip
    if "plan_points" in inputs.tables and inputs.settings.min_cases < 1:
        yield Problem("plan.min_cases_missing", "warn", file="case.toml", column="min_cases")


def _times_faults(inputs: Inputs[Settings], table: str) -> Iterator[Problem]:
    problem = inputs.tables.problem
    for at, row in inputs.tables.rows(table):
        target = row.get("target_minutes")
        if target is not None and target <= 0:
            yield problem(table, "plan.target_not_positive", row=at, column="target_minutes",
                          value=target)  # fmt: skip
        p50, p95 = row.get("p50_minutes"), row.get("p95_minutes")
        if (p50 is None) != (p95 is None):
            column = "p50_minutes" if p50 is None else "p95_minutes"
            yield problem(table, "plan.percentile_alone", row=at, column=column)
        elif p50 is not None and p95 is not None and not 0 < p50 < p95:
            yield problem(
                table, "plan.percentiles_disordered", row=at, column="p95_minutes", value=p95,
                p50=p50,
            )  # fmt: skip


def _checked_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    for at, row in inputs.tables.rows("plan_sop"):
        checked, passed = row.get("checked"), row.get("passed")
        if passed is not None and passed > (checked or 0):
            values: dict[str, Any] = {"whole": "checked", "most": checked or 0}
            yield inputs.tables.problem(
                "plan_sop", "plan.part_above_whole", row=at, column="passed", value=passed, **values
            )


def _article_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    for at, row in inputs.tables.rows("plan_articles"):
        if row.get("article") and not row.get("owner"):
            yield inputs.tables.problem(
                "plan_articles", "plan.article_without_owner", level="warn", row=at,
                column="owner", value=row["article"],
            )  # fmt: skip


def _setting_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    """Settings of this part that cannot be; only where one of its tables is there."""
    settings = inputs.settings
    if not any(name in inputs.tables for name in TABLES):
        return
    timed = any(name in inputs.tables for name in ("plan_sop", "plan_blueprint"))
    if "plan_training" in inputs.tables and settings.refreshers_a_year < 1:
        yield _setting("refreshers_missing", "refreshers_a_year", settings.refreshers_a_year)
    if not 0 < settings.level < 1:
        yield _setting("level_range", "level", settings.level)
    if "plan_points" in inputs.tables and not 0 < settings.gaming_p < 0.5:
        yield _setting("gaming_p_range", "gaming_p", settings.gaming_p)
    if "plan_sop" in inputs.tables and not 0 < settings.compliance_margin < 0.5:
        yield _setting("margin_range", "compliance_margin", settings.compliance_margin)
    if not _is_day(settings.course_start):
        yield _setting("course_start_no_day", "course_start", settings.course_start)
    if timed and not all(0 <= rho <= 1 for rho in settings.dependence):
        yield _setting("dependence_range", "dependence", list(settings.dependence))
    if timed and settings.time_draws < 1000:
        yield _setting("draws_few", "time_draws", settings.time_draws)
    if timed and settings.service_minutes is not None and settings.service_minutes <= 0:
        yield _setting("promise_not_positive", "service_minutes", settings.service_minutes)


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _setting(code: str, name: str, value: object) -> Problem:
    return Problem(f"plan.{code}", "error", file="case.toml", column=name, value=str(value))

"""Training, points, procedures, blueprint, articles and forms: checked, then computed."""

from collections.abc import Iterator
from typing import Any

from playbook.chapters.plan.enabling.conclusions import conclusions
from playbook.chapters.plan.enabling.model import Enabling
from playbook.chapters.plan.enabling.points import points
from playbook.chapters.plan.enabling.steps import blueprint, form_rows, knowledge, procedure
from playbook.chapters.plan.enabling.training import training
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem

TABLES = (
    "plan_training", "plan_points", "plan_sop", "plan_blueprint", "plan_articles", "plan_forms",
)  # fmt: skip


def analyse(inputs: Inputs[Settings]) -> Enabling | None:
    """What people must be able and want to do; None if none of the tables is there."""
    if not any(name in inputs.tables for name in TABLES):
        return None
    parts = (
        training(inputs), points(inputs), procedure(inputs), blueprint(inputs), knowledge(inputs),
        form_rows(inputs),
    )  # fmt: skip
    return Enabling(*parts, conclusions(*parts[:5], inputs.settings))


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Every fault of these tables; warnings for what can be computed but not believed."""
    return [
        *_training_faults(inputs),
        *_points_faults(inputs),
        *_times_faults(inputs, "plan_sop"),
        *_times_faults(inputs, "plan_blueprint"),
        *_checked_faults(inputs),
        *_article_faults(inputs),
    ]


def _training_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem, today = inputs.tables.problem, inputs.facts.reference_date
    rows = inputs.tables.rows("plan_training")
    for at, row in rows:
        scored = row.get("score_before") is not None or row.get("score_after") is not None
        if scored and row.get("pass_mark") is None:
            yield problem("plan_training", "plan.pass_mark_missing", row=at, column="pass_mark")
        done = row.get("done_on")
        if done is not None and done > today:
            yield problem(
                "plan_training", "plan.done_in_future", row=at, column="done_on", value=done,
                today=today.isoformat(),
            )  # fmt: skip
    if rows and all(row.get("score_after") is None for _, row in rows):
        yield problem("plan_training", "plan.training_unmeasured", level="warn",
                      column="score_after")  # fmt: skip


def _points_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem = inputs.tables.problem
    for at, row in inputs.tables.rows("plan_points"):
        for part, whole in (("complaints", "cases"), ("invited", "cases"), ("answered", "invited")):
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

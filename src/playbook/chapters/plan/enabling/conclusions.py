"""What the part concludes, by the rules of the plan: each with its certainty."""

from collections.abc import Iterator

from playbook.chapters.plan.enabling.model import (
    Blueprint,
    Knowledge,
    Mastery,
    Points,
    Procedure,
    Training,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.findings import Certainty, Finding

ANSWERED = 0.8
"""Articles should stand for four complaints in five; our choice."""


def conclusions(
    training: Training | None,
    points: Points | None,
    procedure: Procedure | None,
    blueprint: Blueprint | None,
    knowledge: Knowledge | None,
    settings: Settings,
) -> tuple[Finding, ...]:
    """The findings of every part that is there."""
    found: list[Finding] = []
    if training:
        found += _of_training(training)
    if points:
        found += _of_points(points)
    if procedure:
        found += _of_procedure(procedure)
    if blueprint and blueprint.totals and settings.service_minutes is not None:
        found += _of_time("blueprint_time", blueprint.totals[0].p_within, settings.service_minutes)
    if knowledge and knowledge.complaints < ANSWERED:
        found.append(_of_knowledge(knowledge))
    return tuple(found)


def _of_training(training: Training) -> Iterator[Finding]:
    coverage = training.coverage
    if coverage.value is not None and coverage.value < training.least:
        worst = min(training.by_topic, key=lambda topic: training.by_topic[topic].value or 0.0)
        values: dict[str, float | int | str | None] = {
            "share": coverage.value, "x": coverage.x, "n": coverage.n, "least": training.least,
            "topic": worst,
        }  # fmt: skip
        yield Finding("train_before_start", "fact", (worst,), values, "headline")
    for effect in training.mastery:
        yield _of_mastery(effect)
    if training.unmeasured:
        yield Finding("training_unmeasured", "fact", training.unmeasured)


def _of_mastery(effect: Mastery) -> Finding:
    """No control group: a rise is proven, its cause is not."""
    certainty: Certainty = "proven" if effect.low > 0 or effect.high < 0 else "undecided"
    code = "training_lowered_mastery" if effect.high < 0 else "training_raised_mastery"
    values = {
        "before": effect.before.value, "after": effect.after.value, "diff": effect.diff,
        "low": effect.low, "high": effect.high, "n": effect.n,
    }  # fmt: skip
    return Finding(code, certainty, (effect.topic,), values)


def _of_points(points: Points) -> Iterator[Finding]:
    for group in points.groups:
        if group.state in ("better", "watch"):
            values = {"ratio": group.ratio, "low": group.low, "high": group.high,
                      "observed": group.observed, "expected": group.expected,
                      "n": group.n}  # fmt: skip
            yield Finding(f"points_{group.state}", "proven", (group.name,), values)
    if points.signals:
        people = tuple(dict.fromkeys(signal.person for signal in points.signals))
        values_of = {"signals": len(points.signals), "people": len(people)}
        yield Finding("review_incentive", "likely", (), values_of, "headline")


def _of_procedure(procedure: Procedure) -> Iterator[Finding]:
    if procedure.totals and procedure.service_minutes is not None:
        yield from _of_time("procedure_time", procedure.totals[0].p_within,
                            procedure.service_minutes)  # fmt: skip
    compliance = procedure.compliance
    if compliance.n and compliance.n < procedure.sample_size:
        values = {"n": compliance.n, "needed": procedure.sample_size, "margin": procedure.margin}
        yield Finding("compliance_sample_small", "fact", (), values)


def _of_time(code: str, within: float | None, minutes: float) -> Iterator[Finding]:
    if within is not None:
        kept = "kept" if within >= 0.95 else "missed"
        yield Finding(f"{code}_{kept}", "likely", (), {"within": within, "minutes": minutes})


def _of_knowledge(knowledge: Knowledge) -> Finding:
    open_causes = tuple(one.cause for one in knowledge.articles if not one.whole)[:3]
    values = {"share": knowledge.complaints, "x": knowledge.causes.x, "n": knowledge.causes.n}
    return Finding("articles_missing", "fact", open_causes, values)

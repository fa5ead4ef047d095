"""PL18, PL19, PL21: procedures, blueprint and the articles that answer frequent causes."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np

from playbook.chapters.plan.enabling.model_steps import (
    Article,
    Blueprint,
    BlueprintStep,
    Kept,
    Knowledge,
    Procedure,
    Share,
    Step,
    TotalTime,
)
from playbook.chapters.plan.enabling.training import share
from playbook.chapters.plan.inputs import Settings
from playbook.core.durations import chance_within, simulate
from playbook.core.inputs import Inputs
from playbook.core.stats import z_of

Row = Mapping[str, Any]


def procedure(inputs: Inputs[Settings]) -> Procedure | None:
    """The standard operating procedure of plan_sop; None if it is absent."""
    rows = [row for _, row in inputs.tables.rows("plan_sop")]
    if not rows:
        return None
    settings = inputs.settings
    steps = tuple(_step(row, settings.level) for row in rows)
    high = [step.p95 for step in steps if step.p95 is not None]
    totals = _totals(inputs, [(step.p50, step.p95) for step in steps])
    roles = [step.role for step in steps]
    return Procedure(
        steps,
        sum(step.target_minutes for step in steps),
        sum(high) if len(high) == len(steps) else None,
        totals,
        settings.service_minutes,
        settings.service_share,
        kept_at_all(totals, settings.service_share),
        sum(one != then for one, then in pairwise(roles)),
        share(
            sum(step.passed.x for step in steps), sum(step.passed.n for step in steps),
            settings.level,
        ),
        settings.compliance_least,
        checks_needed(settings.compliance_margin, settings.level),
        settings.compliance_margin,
    )  # fmt: skip


def _step(row: Row, level: float) -> Step:
    p50, p95 = row.get("p50_minutes"), row.get("p95_minutes")
    target = float(row["target_minutes"])
    within = None if p50 is None or p95 is None else chance_within(p50, p95, target)
    return Step(
        str(row["step"]), str(row["role"]), _text(row, "input"), _text(row, "output"), target,
        str(row["check_question"]), _text(row, "decision_limit"), p50, p95, within,
        _passed(row, level),
    )  # fmt: skip


def _passed(row: Row, level: float) -> Share:
    checked, passed = row.get("checked"), row.get("passed")
    if not checked or passed is None:
        return share(0, 0)
    return share(int(passed), int(checked), level)


def _text(row: Row, column: str) -> str:
    return str(row.get(column) or "")


def _totals(
    inputs: Inputs[Settings], pairs: Sequence[tuple[float | None, float | None]]
) -> tuple[TotalTime, ...]:
    """The total by simulation at each dependence (TR9); percentiles of steps are never added."""
    known = [(lo, hi) for lo, hi in pairs if lo is not None and hi is not None]
    if len(known) < len(pairs):
        return ()
    settings, promised = inputs.settings, inputs.settings.service_minutes
    seed = inputs.facts.seed_or(settings.seed)
    drawn = simulate(known, settings.dependence, settings.time_draws, seed)
    return tuple(_total(rho, times.sum(axis=0), promised) for rho, times in drawn.items())


def _total(rho: float, totals: Any, promised: float | None) -> TotalTime:
    p50, p90, p95 = (float(q) for q in np.quantile(totals, [0.5, 0.9, 0.95]))
    within = None if promised is None else float((totals <= promised).mean())
    return TotalTime(rho, p50, p90, p95, within)


def kept_at_all(totals: Sequence[TotalTime], least: float) -> Kept | None:
    """Is the promised time kept in enough cases whatever the dependence; None without a promise."""
    within = [total.p_within for total in totals if total.p_within is not None]
    if not within:
        return None
    if min(within) >= least:
        return "kept"
    return "missed" if max(within) < least else "open"


def checks_needed(margin: float, level: float = 0.95) -> int:
    """Checks for a compliance rate known to +-margin in the worst case of one half.

    >>> checks_needed(0.10)
    97
    """
    return ceil((z_of(level) / (2 * margin)) ** 2)


def blueprint(inputs: Inputs[Settings]) -> Blueprint | None:
    """The service blueprint with its total time before any pilot starts; None if absent."""
    rows = [row for _, row in inputs.tables.rows("plan_blueprint")]
    if not rows:
        return None
    steps = tuple(
        BlueprintStep(
            str(row["step"]), str(row["customer_action"]), _text(row, "front_stage"),
            _text(row, "back_stage"), _text(row, "support_system"), row.get("p50_minutes"),
            row.get("p95_minutes"),
        )
        for row in rows
    )  # fmt: skip
    totals = _totals(inputs, [(step.p50, step.p95) for step in steps])
    minutes, least = inputs.settings.service_minutes, inputs.settings.service_share
    return Blueprint(steps, totals, minutes, least, kept_at_all(totals, least))


def knowledge(inputs: Inputs[Settings]) -> Knowledge | None:
    """Which causes of complaints have a whole article; most frequent first."""
    rows = [row for _, row in inputs.tables.rows("plan_articles")]
    if not rows:
        return None
    total = sum(int(row["complaints"]) for row in rows)
    articles = tuple(
        _article(row, total, inputs.facts.reference_date)
        for row in sorted(rows, key=lambda row: (-row["complaints"], str(row["cause"])))
    )
    answered = [one for one in articles if one.whole]
    return Knowledge(
        articles,
        share(len(answered), len(articles), inputs.settings.level),
        sum(one.complaints for one in answered) / total if total else 0.0,
    )


def _article(row: Row, total: int, today: date) -> Article:
    article, owner, review = _text(row, "article"), _text(row, "owner"), row.get("review_on")
    whole = bool(article and owner and review and review >= today)
    count = int(row["complaints"])
    return Article(
        str(row["cause"]), count, count / total if total else 0.0, article, owner, review, whole
    )

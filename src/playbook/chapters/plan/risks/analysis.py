"""PL12: the risk register ordered, its exposure, and what is missing in it.

The score is a sorting aid within one register: never compared between teams, never added up.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from playbook.chapters.plan.inputs import FAMILIES, Settings
from playbook.chapters.plan.money.split import RESERVE
from playbook.chapters.plan.risks.model import Risk, RiskLevel, Risks
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem

DRAWS = 10_000
CHANCE = {1: 0.1, 2: 0.3, 3: 0.5, 4: 0.7, 5: 0.9}
"""Probability that stands for each of the five classes; our choice, printed with the result."""


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Doubts about the register; its ranges are held by the table's own columns."""
    tables = inputs.tables
    rows = tables.rows("plan_risks")
    found = [
        tables.problem("plan_risks", f"plan.risk_no_{column}", level="warn", row=at, column=column,
                       value=row["risk"])
        for at, row in rows
        for column in missing_of(row)
    ]  # fmt: skip
    metrics = {row.get("trigger_metric") for _, row in rows}
    if len(rows) > 1 and metrics == {None}:
        found.append(tables.problem("plan_risks", "plan.register_copied", level="warn"))
    return found


def missing_of(row: dict[str, Any]) -> tuple[str, ...]:
    """A risk without owner, trigger metric or response is incomplete."""
    return tuple(key for key in ("owner", "trigger_metric", "response") if not row.get(key))


def analyse(inputs: Inputs[Settings]) -> Risks | None:
    """Order the register; None if the table is absent."""
    rows = [row for _, row in inputs.tables.rows("plan_risks")]
    if not rows:
        return None
    settings = inputs.settings
    ordered = ordered_risks(rows, settings.red_score, settings.amber_score)
    families = Counter(risk.family for risk in ordered)
    exposure, reserve = sum(risk.exposure or 0.0 for risk in ordered), _reserve_of(inputs)
    seed = inputs.facts.seed_or(settings.seed)
    covered = None if reserve is None else prob_covered(ordered, reserve, seed)
    return Risks(
        ordered,
        {family: families[family] for family in FAMILIES},
        exposure,
        reserve,
        covered,
        inputs.facts.currency,
        settings.red_score,
        settings.amber_score,
        (
            *_findings(ordered, families),
            *_reserve(exposure, reserve, covered, inputs.facts.currency),
        ),
    )


def _reserve_of(inputs: Inputs[Settings]) -> float | None:
    """What the budget keeps back; None without a budget."""
    rows = [row for _, row in inputs.tables.rows("plan_budget")]
    kept = (float(row["planned"]) for row in rows if row["category"] == RESERVE)
    return sum(kept) if rows else None


def prob_covered(risks: Sequence[Risk], reserve: float, seed: int) -> float | None:
    """Share of draws in which the losses stay within the reserve; each risk happens by itself.

    None where no risk has money at stake.
    """
    held = [(CHANCE[risk.probability], risk.money) for risk in risks if risk.money]
    if not held:
        return None
    happens = np.random.default_rng(seed).random((DRAWS, len(held))) < [p for p, _ in held]
    losses = happens @ np.array([money for _, money in held])
    return float((losses <= reserve).mean())


def ordered_risks(
    rows: Sequence[dict[str, Any]], red: int = 15, amber: int = 8
) -> tuple[Risk, ...]:
    """By score, impact and proximity, each the largest first; ties by the risk's id."""

    def rank(row: dict[str, Any]) -> tuple[float, float, float, str]:
        score = row["probability"] * row["impact"]
        return -score, -row["impact"], -(row.get("proximity") or 1), str(row["risk"])

    return tuple(
        _risk(row, order, red, amber) for order, row in enumerate(sorted(rows, key=rank), 1)
    )


def _risk(row: dict[str, Any], order: int, red: int, amber: int) -> Risk:
    probability, impact = int(row["probability"]), int(row["impact"])
    score, money = probability * impact, row.get("money")
    level: RiskLevel = "red" if score >= red else "amber" if score >= amber else "green"
    return Risk(
        str(row["risk"]), str(row["family"]), probability, impact, int(row.get("proximity") or 1),
        score, level, order, None if money is None else money * CHANCE[probability], money,
        row.get("owner"), row.get("trigger_metric"), row.get("trigger_level"),
        row.get("response"), row.get("action"), missing_of(row),
    )  # fmt: skip


def _findings(risks: Sequence[Risk], families: Counter[str]) -> Iterator[Finding]:
    high = sum(risk.level == "red" for risk in risks)
    blind = tuple(r.risk for r in risks if r.level == "red" and "trigger_metric" in r.missing)
    if blind:
        yield Finding("risk_blind", "fact", blind, {"count": len(blind), "high": high},
                      "headline")  # fmt: skip
    red = tuple(r.risk for r in risks if r.level == "red" and r.risk not in blind)
    if red:
        values = {"count": len(red), "high": high, "score": risks[0].score}
        yield Finding("risk_red", "fact", red, values)
    lacking = tuple(r.risk for r in risks if r.missing and r.risk not in blind)
    if lacking:
        yield Finding("risk_incomplete", "fact", lacking,
                      {"count": len(lacking), "risks": len(risks)})  # fmt: skip
    unseen = tuple(family for family in FAMILIES if not families[family])
    if unseen:
        yield Finding("risk_family_empty", "fact", unseen, {"count": len(unseen)})


def _reserve(
    exposure: float, reserve: float | None, covered: float | None, currency: str
) -> Iterator[Finding]:
    """Whether the reserve bears the losses that may come."""
    if reserve is None or covered is None:
        return
    values: dict[str, float | str] = {
        "exposure": exposure, "reserve": reserve, "prob": covered, "currency": currency,
    }  # fmt: skip
    if covered < 0.5:
        yield Finding("exposure_over_reserve", "likely", (), values)
    elif covered < 0.8:
        yield Finding("exposure_over_reserve", "undecided", (), values)

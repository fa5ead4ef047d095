"""PL11, PL20: the budget by category, touchpoint and quarter, its presets, and vendor cards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.money import cards
from playbook.chapters.plan.money.model import (
    Budget,
    Category,
    Money,
    Preset,
    PresetLine,
    VendorRow,
)
from playbook.chapters.plan.money.spending import by_action, end_of, spending
from playbook.chapters.plan.money.spending import findings as spending_findings
from playbook.chapters.plan.money.split import PRESETS, RESERVE, TOLERANCE, split
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem

Row = dict[str, Any]


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Every fault of plan_budget, plan_vendors and the shares in case.toml."""
    return [*_share_faults(inputs.settings), *_budget_faults(inputs), *_vendor_faults(inputs)]


def _share_faults(settings: Settings) -> Iterator[Problem]:
    shares = settings.budget_shares
    if shares and abs(sum(shares.values()) - 100) > TOLERANCE:
        yield Problem(
            "plan.shares_sum", file="case.toml", column="budget_shares",
            value=f"{sum(shares.values()):g}",
        )  # fmt: skip
    if shares and settings.budget_preset != "none":
        yield Problem(
            "plan.shares_and_preset", file="case.toml", column="budget_shares",
            value=settings.budget_preset,
        )  # fmt: skip


def _budget_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem = inputs.tables.problem
    rows = inputs.tables.rows("plan_budget")
    for at, row in rows:
        low, high = row.get("low"), row.get("high")
        if (low is not None and low > row["planned"]) or (
            high is not None and high < row["planned"]
        ):
            yield problem("plan_budget", "plan.cost_range", row=at, column="planned",
                          value=row["planned"])  # fmt: skip
    known = {str(row["category"]) for _, row in rows}
    mixed = [key for key, shares in PRESETS.items() if known & set(shares) - {RESERVE}]
    if len(mixed) > 1:
        yield problem("plan_budget", "plan.presets_mixed", level="warn", column="category")
    if rows and RESERVE not in known:
        yield problem("plan_budget", "plan.reserve_absent", level="warn", column="category")


def _vendor_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    problem = inputs.tables.problem
    for at, row in inputs.tables.rows("plan_vendors"):
        if row.get("rule") in (">=", "<=") and row.get("wanted") is None:
            yield problem("plan_vendors", "plan.wanted_missing", row=at, column="wanted",
                          value=row["criterion"])  # fmt: skip


def analyse(inputs: Inputs[Settings], chosen: Sequence[str] = ()) -> Money | None:
    """The money of the plan; None if neither table is there. chosen: the actions to be paid."""
    if not any(name in inputs.tables for name in ("plan_budget", "plan_vendors")):
        return None
    budget = _budget(inputs, chosen)
    vendors = tuple(
        cards.vendor_row(row, inputs.settings.level, inputs.facts.reference_date)
        for _, row in inputs.tables.rows("plan_vendors")
    )
    money = {"currency": inputs.facts.currency}
    found = (replace(one, values={**one.values, **money}) for one in _findings(budget, vendors))
    return Money(budget, vendors, tuple(found))


def _budget(inputs: Inputs[Settings], chosen: Sequence[str]) -> Budget | None:
    rows = [row for _, row in inputs.tables.rows("plan_budget")]
    if not rows:
        return None
    settings = inputs.settings
    seed = inputs.facts.seed_or(settings.seed)
    total = sum(row["planned"] for row in rows)
    touchpoints = _sums(rows, "touchpoint")
    focus = sorted(touchpoints, key=lambda t: (-touchpoints[t], t))[: settings.focus_touchpoints]
    tied, reserve = sum(touchpoints.values()), _sums(rows, "category").get(RESERVE, 0.0)
    return Budget(
        total,
        sum(end_of(row, "low") for row in rows),
        sum(end_of(row, "high") for row in rows),
        _categories(rows, total),
        touchpoints,
        tuple(focus),
        sum(touchpoints[t] for t in focus) / tied if tied else None,
        settings.focus_share,
        reserve,
        reserve / total if total else None,
        dict(sorted(_sums(rows, "quarter").items())),
        tuple(presets(_sums(rows, "category"), settings, total)),
        _cost(inputs, chosen),
        settings.cost_limit,
        spending(rows, settings.cost_limit, seed),
        by_action(rows, [row for _, row in inputs.tables.rows("plan_actions")], chosen),
        inputs.facts.currency,
    )


def _sums(rows: Sequence[Row], column: str) -> dict[str, float]:
    """Planned money by the codes of a column; rows without one are left out."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.get(column) is not None:
            found[str(row[column])] += float(row["planned"])
    return dict(found)


def _categories(rows: Sequence[Row], total: float) -> tuple[Category, ...]:
    sums = _sums(rows, "category")
    return tuple(
        Category(
            category,
            planned,
            planned / total if total else 0.0,
            sum(end_of(row, "low") for row in rows if row["category"] == category),
            sum(end_of(row, "high") for row in rows if row["category"] == category),
        )
        for category, planned in sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    )


def presets(planned: Mapping[str, float], settings: Settings, total: float) -> Iterator[Preset]:
    """The presets of the source documents, and the client's own shares, laid over one total."""
    amount = round(total if settings.budget_total is None else settings.budget_total)
    wanted = {**PRESETS, **({"own": settings.budget_shares} if settings.budget_shares else {})}
    for key, shares in wanted.items():
        amounts = split(amount, list(shares.values()))
        lines = tuple(
            PresetLine(category, share / 100, part, planned.get(category))
            for (category, share), part in zip(shares.items(), amounts, strict=True)
        )
        outside = tuple(category for category in planned if category not in shares)
        yield Preset(key, key in ("own", settings.budget_preset), lines, outside)


def _cost(inputs: Inputs[Settings], chosen: Sequence[str]) -> float | None:
    costs = [r["cost"] for _, r in inputs.tables.rows("plan_actions") if r["action"] in chosen]
    return float(sum(costs)) if costs else None


def _findings(budget: Budget | None, vendors: Sequence[VendorRow]) -> Iterator[Finding]:
    if budget is not None:
        yield from _budget_findings(budget)
        yield from spending_findings(budget.spending, budget.by_action)
    yield from cards.findings(vendors)


def _budget_findings(budget: Budget) -> Iterator[Finding]:
    cost = budget.actions_cost
    if cost is not None and cost > budget.total:
        yield Finding("actions_above_budget", "fact", (), {"cost": cost, "total": budget.total},
                      "headline")  # fmt: skip
    if budget.concentration is not None:
        code = "focused" if budget.concentration >= budget.focus_share else "scattered"
        values = {"share": budget.concentration, "wanted": budget.focus_share}
        yield Finding(f"budget_{code}", "fact", budget.focus, values)
    over = budget.high - budget.total
    if not budget.reserve:
        yield Finding("reserve_absent", "fact", (), {"over": over, "total": budget.total})
    elif over > budget.reserve:
        said: dict[str, float | None] = {
            "over": over, "reserve": budget.reserve, "share": budget.reserve_share,
            "total": budget.total,
        }  # fmt: skip
        yield Finding("reserve_thin", "fact", (), said)

"""What was learned: the PDCA log (RV12), cases and their evidence (RV13), correlation (RV9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Literal

import numpy as np

from playbook.chapters.review.reading import Row, rows
from playbook.core.inputs import Inputs
from playbook.core.stats import correlation

ItemState = Literal["open", "overdue", "reopened", "closed", "closed_without_rule", "not_opened"]
CaseGrade = Literal[
    "pilot_shown", "pilot_not_shown", "several_sites", "before_after_only", "opinion_only"
]


@dataclass(frozen=True)
class PdcaItem:
    """One item. It counts as closed only if its check rule was met; without a rule, not opened."""

    id: str
    step: str
    owner: str
    action: str
    due: date | None
    age_days: int
    days_overdue: int
    state: ItemState
    check_rule: str
    closed_by: str
    reopened: int


@dataclass(frozen=True)
class Pdca:
    """The log with its counts; open_now includes overdue and reopened items."""

    items: tuple[PdcaItem, ...]
    open_now: int
    overdue: int
    closed: int
    closed_without_rule: int
    not_opened: int
    reopened: int
    median_open_age_days: float | None


@dataclass(frozen=True)
class CaseCard:
    """One case. sites: independent sites with before-and-after evidence of the same sign."""

    case: str
    practice: str
    steps: str
    conditions: str
    effect: float | None
    low: float | None
    high: float | None
    evidence: str
    grade: CaseGrade
    sites: int
    standard: bool
    sop_id: str
    picked: str


@dataclass(frozen=True)
class Correlation:
    """RV9: Pearson's r with Fisher's interval; says nothing about cause."""

    x: str
    y: str
    r: float | None
    low: float | None
    high: float | None
    n: int


def pdca_of(inputs: Inputs[Any]) -> Pdca | None:
    """The log at the reference date; None without review_pdca."""
    if "review_pdca" not in inputs.tables:
        return None
    now = inputs.facts.reference_date
    items = tuple(_item(row, now) for row in rows(inputs.tables, "review_pdca"))
    running = [i for i in items if i.state in ("open", "overdue", "reopened")]

    def count(*states: str) -> int:
        return sum(i.state in states for i in items)

    return Pdca(
        items=items,
        open_now=len(running),
        overdue=sum(i.days_overdue > 0 for i in running),
        closed=count("closed"),
        closed_without_rule=count("closed_without_rule"),
        not_opened=count("not_opened"),
        reopened=sum(i.reopened > 0 for i in items),
        median_open_age_days=median(i.age_days for i in running) if running else None,
    )


def _item(row: Row, now: date) -> PdcaItem:
    opened, due, closed = (row.day(c) for c in ("opened", "due", "closed"))
    state, rule, closed_by = (row.text(c) for c in ("state", "check_rule", "closed_by"))
    end = closed if state == "closed" and closed is not None else now
    late = (now - due).days if due is not None and state != "closed" else 0
    again = int(row.num("reopened") or 0) or int(state == "reopened")
    return PdcaItem(
        id=row.text("id"),
        step=row.text("step"),
        owner=row.text("owner"),
        action=row.text("action"),
        due=due,
        age_days=max(0, (end - opened).days) if opened is not None else 0,
        days_overdue=max(0, late) if rule else 0,
        state=_state(state, rule, closed_by, late),
        check_rule=rule,
        closed_by=closed_by,
        reopened=again,
    )


def _state(state: str, rule: str, closed_by: str, late: int) -> ItemState:
    if not rule:
        return "not_opened"
    if state == "closed":
        return "closed" if closed_by else "closed_without_rule"
    if late > 0:
        return "overdue"
    return "reopened" if state == "reopened" else "open"


def cases_of(inputs: Inputs[Any]) -> tuple[CaseCard, ...]:
    """RV13: the case library, each with its grade and whether it may become a standard."""
    found = rows(inputs.tables, "review_cases")
    enough = int(inputs.settings.sites_for_standard)
    return tuple(_case(row, found, enough) for row in found)


def _case(row: Row, found: Sequence[Row], enough: int) -> CaseCard:
    sites = _same_sign_sites(row, found)
    grade = _grade(row, sites, enough)
    return CaseCard(
        case=row.text("case"),
        practice=row.text("practice"),
        steps=row.text("steps"),
        conditions=row.text("conditions"),
        effect=row.num("effect"),
        low=row.num("low"),
        high=row.num("high"),
        evidence=row.text("evidence"),
        grade=grade,
        sites=sites,
        standard=grade in ("pilot_shown", "several_sites"),
        sop_id=row.text("sop_id"),
        picked=row.text("picked"),
    )


def _same_sign_sites(row: Row, found: Sequence[Row]) -> int:
    """Sites of the same practice with before-and-after evidence of the same sign."""
    effect = row.num("effect") or 0.0
    same = [
        other
        for other in found
        if other.text("practice") == row.text("practice")
        and other.text("evidence") == "before_after"
        and (other.num("effect") or 0.0) * effect > 0
    ]
    return len({other.text("site") or other.text("case") for other in same})


def _grade(row: Row, sites: int, enough: int) -> CaseGrade:
    low, high = row.num("low"), row.num("high")
    if row.text("evidence") == "pilot":
        open_end = low is not None and high is not None and low <= 0 <= high
        return "pilot_not_shown" if open_end else "pilot_shown"
    if row.text("evidence") == "opinion":
        return "opinion_only"
    return "several_sites" if sites >= enough else "before_after_only"


def correlation_of(inputs: Inputs[Any]) -> Correlation | None:
    """RV9 on review_pairs; None without the table. A constant column has no correlation."""
    pairs = [
        (row.num("employee"), row.num("customer")) for row in rows(inputs.tables, "review_pairs")
    ]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not known:
        return None
    x, y = np.array(known, dtype=float).T
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return Correlation("employee", "customer", None, None, None, len(known))
    r = float(np.corrcoef(x, y)[0, 1])
    found = correlation(max(-1.0, min(1.0, r)), len(known), float(inputs.settings.level))
    return Correlation("employee", "customer", found.value, found.low, found.high, found.n)

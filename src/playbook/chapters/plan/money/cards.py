"""PL20: the vendor card, its usual rows, and how each is judged.

The source documents ask for acceptance, transfer of knowledge, a review a quarter, at most 8 % of
partners dropping out, and where a bot is bought at least 80 % of questions answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from playbook.chapters.plan.money.model import VendorRow, VendorState
from playbook.core.findings import Certainty, Finding
from playbook.core.stats import wilson

USUAL = ("acceptance", "knowledge_transfer", "quarterly_review")
"""Rows that every card should have; the others only where they fit what is bought."""
QUARTER_DAYS = 92
Row = Mapping[str, Any]


def vendor_row(row: Row, level: float, today: date) -> VendorRow:
    """A share with its n is judged by its interval, too; without n by its value alone."""
    rule, wanted, observed = row.get("rule") or "done", row.get("wanted"), row.get("observed")
    n, low, high = None, None, None
    if row.get("n") and observed is not None and 0 <= observed <= 1:
        n = int(row["n"])
        found = wilson(round(observed * n), n, level)
        low, high = found.low, found.high
    return VendorRow(
        str(row["vendor"]), str(row["criterion"]), rule, wanted, observed, low, high, n,
        _state(row, rule, today), _certainty(rule, wanted, low, high), row.get("owner"),
    )  # fmt: skip


def _state(row: Row, rule: str, today: date) -> VendorState:
    """Done is a row with its day; a review a quarter is open again after a quarter."""
    wanted, observed, checked = row.get("wanted"), row.get("observed"), row.get("checked_on")
    if rule == "done":
        if not checked or checked > today:
            return "open"
        late = row["criterion"] == "quarterly_review" and (today - checked).days > QUARTER_DAYS
        return "overdue" if late else "met"
    if wanted is None or observed is None:
        return "open"
    met = observed >= wanted if rule == ">=" else observed <= wanted
    return "met" if met else "missed"


def _certainty(rule: str, wanted: float | None, low: float | None, high: float | None) -> Certainty:
    """A fact without interval; proven if the whole interval lies on one side."""
    if wanted is None or low is None or high is None or rule == "done":
        return "fact"
    return "undecided" if low < wanted < high else "proven"


def missing(rows: Sequence[VendorRow]) -> dict[str, tuple[str, ...]]:
    """Per vendor the usual rows that its card does not have."""
    held: dict[str, set[str]] = {}
    for row in rows:
        held.setdefault(row.vendor, set()).add(row.criterion)
    lacking = {v: tuple(c for c in USUAL if c not in there) for v, there in held.items()}
    return {vendor: criteria for vendor, criteria in lacking.items() if criteria}


def findings(rows: Sequence[VendorRow]) -> Iterator[Finding]:
    """Missed for sure, missed but not beyond chance, overdue, and cards with rows missing."""
    strengths: tuple[Certainty, ...] = ("proven", "fact", "undecided")
    for certainty in strengths:
        missed = [r for r in rows if r.state == "missed" and r.certainty == certainty]
        if missed:
            about = tuple(dict.fromkeys(row.vendor for row in missed))
            yield Finding("vendor_missed", certainty, about,
                          {"count": len(missed), "rows": len(rows)})  # fmt: skip
    overdue = tuple(dict.fromkeys(row.vendor for row in rows if row.state == "overdue"))
    if overdue:
        yield Finding("vendor_overdue", "fact", overdue, {"days": QUARTER_DAYS})
    lacking = missing(rows)
    if lacking:
        count = sum(len(criteria) for criteria in lacking.values())
        usual = len(USUAL) * len({row.vendor for row in rows})
        values = {"count": count, "usual": usual}
        yield Finding("vendor_card_short", "fact", tuple(lacking), values)

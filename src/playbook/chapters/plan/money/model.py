"""What the budget and the vendor cards say. Money in the case's currency, shares 0-1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.core.findings import Certainty, Finding

VendorState = Literal["met", "missed", "open", "overdue"]


@dataclass(frozen=True)
class PresetLine:
    """One category of a preset: its share of the total, in whole units, and what is planned.

    planned: None where the plan has no such category.
    """

    category: str
    share: float
    amount: int
    planned: float | None


@dataclass(frozen=True)
class Preset:
    """One proposal of the source documents laid over the total: a or b, never both in one budget.

    outside: categories of the plan that the preset does not know.
    """

    preset: str
    chosen: bool
    lines: tuple[PresetLine, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """A category of the plan; low and high are the sums of the lines' ranges, the plan where a
    line has none."""

    category: str
    planned: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Spending:
    """What the lines will cost: median and 80 % point, and the chance that the money lasts.

    prob_apart: each line by itself; prob_together: all move together.
    """

    available: float
    p50: float
    p80: float
    prob_apart: float
    prob_together: float
    draws: int


@dataclass(frozen=True)
class ActionMoney:
    """An action's cost in the plan and the money its budget lines hold.

    reuse: share of the work made of standard components (E23), None where nobody says.
    """

    action: str
    chosen: bool
    cost: float | None
    planned: float
    reuse: float | None

    def differs(self, allowed: float) -> bool:
        """Whether the two are further apart than so much of the cost."""
        return self.cost is not None and abs(self.planned - self.cost) > allowed * self.cost


@dataclass(frozen=True)
class Budget:
    """PL11. concentration: share of the money tied to touchpoints that goes to the ``focus`` of
    them with most; reserve_share: of the whole; None where there is nothing to divide."""

    total: float
    low: float
    high: float
    by_category: tuple[Category, ...]
    by_touchpoint: Mapping[str, float]
    focus: tuple[str, ...]
    concentration: float | None
    focus_share: float
    reserve: float
    reserve_share: float | None
    by_quarter: Mapping[str, float]
    presets: tuple[Preset, ...]
    actions_cost: float | None
    limit: float | None
    spending: Spending | None
    by_action: tuple[ActionMoney, ...]
    currency: str


@dataclass(frozen=True)
class VendorRow:
    """One criterion of a vendor card (PL20). certainty of its state: fact where no n is given."""

    vendor: str
    criterion: str
    rule: str
    wanted: float | None
    observed: float | None
    low: float | None
    high: float | None
    n: int | None
    state: VendorState
    certainty: Certainty
    owner: str | None


@dataclass(frozen=True)
class Money:
    budget: Budget | None
    vendors: tuple[VendorRow, ...]
    findings: tuple[Finding, ...]

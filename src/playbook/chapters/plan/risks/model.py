"""What the risk register holds once ordered: scores 1-25, money in the case's currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.core.findings import Finding

RiskLevel = Literal["red", "amber", "green"]


@dataclass(frozen=True)
class Risk:
    """One risk (PL12). order: its place, 1 first. exposure: expected loss; None without money.

    missing: of owner, trigger and response those that are not given.
    """

    risk: str
    family: str
    probability: int
    impact: int
    proximity: int
    score: int
    level: RiskLevel
    order: int
    exposure: float | None
    money: float | None
    owner: str | None
    trigger_metric: str | None
    trigger_level: str | None
    response: str | None
    action: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Risks:
    """The register in its order. by_family: how many risks each of the four families has.

    exposure: the expected losses of all, added; reserve: of plan_budget, None without it;
    prob_covered: chance that the losses of a period stay within the reserve.
    """

    risks: tuple[Risk, ...]
    by_family: Mapping[str, int]
    exposure: float
    reserve: float | None
    prob_covered: float | None
    currency: str
    red_score: int
    amber_score: int
    findings: tuple[Finding, ...]

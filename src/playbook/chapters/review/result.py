"""What the review chapter finds: numbers and codes, saved as review.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playbook.chapters.review.actions import Action, Claims
from playbook.chapters.review.attainment import Attainment
from playbook.chapters.review.gaps import Gap, Rank
from playbook.chapters.review.goal_diff import Change, CheckGoal
from playbook.chapters.review.growth import Growth
from playbook.chapters.review.inputs import Settings
from playbook.chapters.review.learning import CaseCard, Correlation, Pdca
from playbook.chapters.review.money import Money
from playbook.chapters.review.next_goals import NextGoal
from playbook.chapters.review.replication import Replication
from playbook.chapters.review.returns import Flows
from playbook.chapters.review.scorecard import Scorecard
from playbook.core.findings import Finding
from playbook.core.problems import Problem
from playbook.core.text import Name


@dataclass(frozen=True)
class SeriesPoint:
    """One value of a goal's series with its interval."""

    period: str
    value: float
    low: float | None
    high: float | None
    n: float | None


@dataclass(frozen=True)
class Series:
    """The values of one goal in order of time."""

    goal_id: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True)
class ReviewResult:
    """What the review found; an absent table leaves its part empty or None.

    present: the tables of the chapter that the case holds.
    """

    reference_date: date
    currency: str
    present: tuple[str, ...]
    attainment: tuple[Attainment, ...]
    series: tuple[Series, ...]
    growth: tuple[Growth, ...]
    gaps: tuple[Gap, ...]
    ranks: tuple[Rank, ...]
    scorecard: Scorecard | None
    money: Money | None
    flows: Flows | None
    actions: tuple[Action, ...]
    claims: tuple[Claims, ...]
    pdca: Pdca | None
    cases: tuple[CaseCard, ...]
    replication: Replication | None
    correlation: Correlation | None
    diff: tuple[Change, ...]
    goals_before: int
    next_goals: tuple[NextGoal, ...]
    check_goals: tuple[CheckGoal, ...]
    parameters: Settings
    names: Mapping[str, Name]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

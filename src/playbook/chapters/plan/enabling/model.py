"""What the part finds: training and points, and the record of all. Shares 0-1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.chapters.plan.enabling.model_steps import (
    Blueprint,
    Form,
    Knowledge,
    PaySheet,
    Procedure,
    Share,
)
from playbook.core.findings import Finding

CellState = Literal["done", "due", "expired", "missing"]
"""due: done, and the next refresher is overdue; expired: done too long ago to count."""

PointState = Literal["better", "watch", "as_expected", "not_judged"]


@dataclass(frozen=True)
class TrainingCell:
    """One required course of one person."""

    person: str
    topic: str
    state: CellState
    done_on: date | None
    next_on: date | None
    team: str


@dataclass(frozen=True)
class TeamCover:
    """Coverage of one topic in one team, for teams too large for a grid of people."""

    team: str
    topic: str
    cover: Share


@dataclass(frozen=True)
class Lesson:
    """One line of the training calendar: a week of the first course, or a refresher of it.

    week: 1-4 of the first course, 0 for a refresher; people: who still need it there.
    """

    week: int
    starts_on: date
    topics: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Mastery:
    """PL16: the share that masters a topic, before and after.

    paired: the same people tested twice, n of them; gained and lost changed sides. Else two groups.
    design: always before and after without a control group, so no proof of what caused a change.
    """

    topic: str
    design: Literal["before_after_only"]
    paired: bool
    before: Share
    after: Share
    n: int
    gained: int | None
    lost: int | None
    diff: float
    low: float
    high: float
    mcnemar_p: float | None


@dataclass(frozen=True)
class Training:
    """PL15, PL16. coverage: required cells done and not expired."""

    coverage: Share
    least: float
    by_topic: Mapping[str, Share]
    by_person: Mapping[str, Share]
    cells: tuple[TrainingCell, ...]
    mastery: tuple[Mastery, ...]
    unmeasured: tuple[str, ...]
    by_team: tuple[TeamCover, ...]
    calendar: tuple[Lesson, ...]
    refreshers_a_year: int
    refresh_months: int


@dataclass(frozen=True)
class Observed:
    """PL17: complaints against what the team's rates would give for the same mix of cases."""

    name: str
    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    n: int
    judged: bool
    state: PointState
    raw: float | None  # complaints per case, whatever the mix


@dataclass(frozen=True)
class GamingSignal:
    """One check that fired; value and against are the two numbers compared, p where it is a test.

    claimed: good deeds claimed and verified (counts). invited: share of own cases invited to the
    survey, and the team's. pile_up: share of answers at the mark among those at it and one below,
    and the team's (at least one half). reopened: share of cases opened again, after and before.
    """

    person: str
    kind: Literal["claimed", "invited", "pile_up", "reopened"]
    value: float
    against: float
    n: int
    p: float | None


@dataclass(frozen=True)
class TypeRate:
    """The team's complaints per case of one type."""

    case_type: str
    complaints: int
    cases: int
    rate: float


@dataclass(frozen=True)
class Points:
    """People in the order of their ids, never ranked; groups are.

    tests: gaming tests with a p-value that were made; by_chance: how many of them would fire among
    honest people. outside_by_chance: people judged whom chance alone would put outside, each way.
    dispersion: how much more the people judged differ than counts do by themselves (1: as much);
    spread_p: chance of that or more if all are alike.
    """

    people: tuple[Observed, ...]
    groups: tuple[Observed, ...]
    signals: tuple[GamingSignal, ...]
    rates: tuple[TypeRate, ...]
    min_cases: int
    level: float
    tests: int
    by_chance: float
    judged: int
    outside_by_chance: float
    dispersion: float | None
    spread_p: float | None


@dataclass(frozen=True)
class Enabling:
    """Each part is None where its table is absent; pay is empty without weights of the tree."""

    training: Training | None
    points: Points | None
    procedure: Procedure | None
    blueprint: Blueprint | None
    knowledge: Knowledge | None
    pay: tuple[PaySheet, ...]
    forms: tuple[Form, ...]
    parameters: Mapping[str, float | int | str | None]
    findings: tuple[Finding, ...]

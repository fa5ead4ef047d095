"""What the goal tree finds about people: records of KPI sheets, roles, cascade sheets."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class SheetLine:
    """One measure on one person's or team's KPI sheet; weight in percent points of 100."""

    holder: str
    kpi: str
    weight: float
    metric_id: str | None
    level: str | None


@dataclass(frozen=True)
class Role:
    """The letters one person holds in one action."""

    action: str
    person: str
    letters: str
    is_department: bool


@dataclass(frozen=True)
class CascadeGoal:
    """One goal on a cascade sheet: what it feeds, what it rests on, when it is first measured.

    feeds_owner depends on the holder; the holder depends on rests_on_owners.
    """

    goal_id: str
    weight: float | None
    start: date
    due: date
    baseline: float | None
    target: float | None
    unit: str
    feeds: str | None
    feeds_owner: str | None
    feeds_by: str
    rests_on: tuple[str, ...]
    rests_on_owners: tuple[str, ...]
    kind: str
    every: str | None
    first_measure: date | None
    state: Literal["error", "warn", "fine"]


@dataclass(frozen=True)
class CascadeAction:
    """An action on a cascade sheet: the holder's letters, and who else is in it."""

    action: str
    letters: str
    accountable: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True)
class Cascade:
    """The one-page sheet 目标分解单 of one person or team.

    other_kpis: measures on the holder's KPI sheet that are other people's goals, or none of the
    tree. actions: what the holder does or answers for by the RACI table.
    """

    holder: str
    is_team: bool
    goals: tuple[CascadeGoal, ...]
    other_kpis: tuple[SheetLine, ...]
    actions: tuple[CascadeAction, ...]
    weight_total: float | None


@dataclass(frozen=True)
class Appraisal:
    """Whether a top goal stands on its owner's own KPI sheet, and on whose else (I06).

    weight: on the owner's sheet, None if it is not on it.
    others: further holders of the goal, its metric or a formula part of it.
    """

    goal_id: str
    owner: str
    has_sheet: bool
    weight: float | None
    others: tuple[str, ...]

"""What follows from the tables without random numbers: goals, sums, splits, checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from playbook.chapters.tree.cascade import appraisal_checks, appraisals
from playbook.chapters.tree.consistency import consistency
from playbook.chapters.tree.duties import (
    raci_checks,
    read_raci,
    read_sheets,
    sheet_checks,
    unassigned,
)
from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.history import (
    Point,
    driver_checks,
    drivers,
    read_history,
    share_metrics,
)
from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.model import Check, Driver
from playbook.chapters.tree.model_duties import Appraisal, Role, SheetLine
from playbook.chapters.tree.reading import Goal, read_goals, text
from playbook.chapters.tree.recompute import (
    Recomputed,
    averages_checks,
    coverage_checks,
    recompute_checks,
    sample_checks,
    upwards,
)
from playbook.chapters.tree.split import Given, best_case, split_checks, splits
from playbook.core.inputs import Inputs


@dataclass(frozen=True)
class Plan:
    """The tables as goals, sheets and roles, and what follows from them without random numbers."""

    inputs: Inputs[Settings]

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        return read_goals(self.inputs)

    @cached_property
    def forest(self) -> Forest:
        return Forest(self.goals)

    @cached_property
    def today(self) -> Recomputed:
        return upwards(self.forest, lambda goal: goal.baseline)

    @cached_property
    def planned(self) -> Recomputed:
        return upwards(self.forest, lambda goal: goal.target)

    @cached_property
    def splits(self) -> tuple[Given, ...]:
        return splits(self.forest, self.today, best_case(self.forest), self.inputs.settings)

    @cached_property
    def history(self) -> tuple[Point, ...]:
        return read_history(self.inputs.tables, share_metrics(self.goals))

    @cached_property
    def drivers(self) -> tuple[Driver, ...]:
        return drivers(self.forest, self.history, self.inputs.settings)

    @cached_property
    def sheets(self) -> tuple[SheetLine, ...]:
        return read_sheets(self.inputs.tables)

    @cached_property
    def raci(self) -> tuple[Role, ...]:
        return read_raci(self.inputs.tables, self.inputs.facts)

    @cached_property
    def appraisals(self) -> tuple[Appraisal, ...]:
        return appraisals(self.forest, self.sheets)

    @cached_property
    def rules(self) -> tuple[Check, ...]:
        """The checks on goals alone, which tell whether the tree can be computed."""
        tables = self.inputs.tables
        formulas = {
            str(row["metric_id"]): text(row.get("formula")) or ""
            for _, row in tables.rows("goals_metrics")
        }
        guarded = {
            str(row[key])
            for _, row in tables.rows("goals")
            if text(row.get("guardrail_metric"))
            for key in ("goal_id", "metric_id")
        }
        return consistency(self.goals, self.inputs.settings, frozenset(guarded), formulas)

    @cached_property
    def places(self) -> Mapping[tuple[str, str, str], int]:
        """The first row of each id in the tables of weights (with and without holder) and roles."""
        found: dict[tuple[str, str, str], int] = {}
        for at, row in self.inputs.tables.rows("tree_weights"):
            holder, kpi = str(row["holder"]), str(row["kpi"])
            for key in ((kpi, holder), (kpi, ""), (holder, "")):
                found.setdefault(("tree_weights", *key), at)
        for at, row in self.inputs.tables.rows("tree_raci"):
            for name in (str(row["action"]), str(row["person"])):
                found.setdefault(("tree_raci", name, ""), at)
        return found

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every rule broken; only for a tree that can be computed."""
        settings = self.inputs.settings
        found = [
            *self.rules,
            *recompute_checks(self.forest, self.planned),
            *averages_checks(self.forest),
            *coverage_checks(self.forest, settings.coverage_least),
            *sample_checks(self.forest),
            *split_checks(self.forest, self.splits),
            *driver_checks(self.drivers),
            *sheet_checks(self.sheets, settings),
            *unassigned(self.forest, self.sheets),
            *appraisal_checks(self.appraisals),
            *raci_checks(self.raci, settings),
        ]
        return by_level(found)


def by_level(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Errors first, notes last."""
    order = {"error": 0, "warn": 1, "note": 2}
    return tuple(sorted(checks, key=lambda check: order[check.level]))

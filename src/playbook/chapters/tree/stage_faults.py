"""What must not be: stage times without order, by two clocks, counted twice, or missing."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from playbook.chapters.tree.inputs import Settings
from playbook.chapters.tree.reading import Goal
from playbook.chapters.tree.stages import hours_of, read_cases, read_stages
from playbook.chapters.tree.timing import Stage
from playbook.core.inputs import Tables
from playbook.core.problems import Level, Problem


def stage_problems(tables: Tables, goals: Sequence[Goal], settings: Settings) -> list[Problem]:
    """Everything wrong with the stages and cases."""
    by_id = {goal.goal_id: goal for goal in goals}
    found: list[Problem] = []
    for goal_id, stages in read_stages(tables, goals).items():
        goal = by_id.get(goal_id)
        if goal is None:
            found.append(_fault(tables, stages[0], "stage_goal_unknown", "goal_id", goal_id))
            continue
        if goal.family != "time":
            found.append(_fault(tables, stages[0], "stage_unit", "goal_id", goal.unit))
            continue
        logged = read_cases(tables, stages, hours_of(goal, stages, settings)) is not None
        for stage in stages:
            found += _time_problems(tables, stage, logged)
        found += _order_problems(tables, stages)
        found += _clock_problems(tables, stages)
    return [*found, *_case_problems(tables, goals)]


def _fault(
    tables: Tables,
    stage: Stage,
    code: str,
    column: str,
    value: object,
    level: Level = "error",
    **values: str,
) -> Problem:
    return tables.problem(
        "tree_stages", f"tree.{code}", level=level, row=stage.row, column=column, value=value,
        **values,
    )  # fmt: skip


def _time_problems(tables: Tables, stage: Stage, logged: bool) -> Iterable[Problem]:
    if stage.p50 is None or stage.p95 is None:
        if not logged:
            column = "p50" if stage.p50 is None else "p95"
            yield _fault(tables, stage, "stage_times_missing", column, stage.stage)
        return
    if stage.p50 <= 0:
        yield _fault(tables, stage, "stage_p50_not_positive", "p50", f"{stage.p50:g}")
    elif stage.p95 <= stage.p50:
        yield _fault(
            tables, stage, "stage_p95_not_above", "p95", f"{stage.p95:g}", p50=f"{stage.p50:g}"
        )


def _order_problems(tables: Tables, stages: Sequence[Stage]) -> Iterable[Problem]:
    seen: set[int] = set()
    for stage in stages:
        if stage.order in seen:
            yield _fault(tables, stage, "stage_order_twice", "order", stage.order)
        seen.add(stage.order)


def _clock_problems(tables: Tables, stages: Sequence[Stage]) -> Iterable[Problem]:
    """Each stage must start where the one before stopped, all by the same clock."""
    for before, stage in pairwise(stages):
        if stage.clock != stages[0].clock:
            yield _fault(tables, stage, "clock_mixed", "clock", stage.clock, first=stages[0].clock)
        if stage.start_event == before.stop_event:
            continue
        if stage.start_event == stages[0].start_event:
            yield _fault(
                tables, stage, "stage_overlaps", "start_event", stage.start_event,
                wanted=before.stop_event,
            )  # fmt: skip
        else:
            yield _fault(
                tables, stage, "clock_gap", "start_event", stage.start_event, "warn",
                wanted=before.stop_event,
            )  # fmt: skip


def _case_problems(tables: Tables, goals: Sequence[Goal]) -> Iterable[Problem]:
    known = {s.stage for held in read_stages(tables, goals).values() for s in held}
    told: set[str] = set()
    for at, row in tables.rows("tree_cases"):
        stage = str(row["stage"])
        if stage not in known | told:
            told.add(stage)
            yield tables.problem(
                "tree_cases", "tree.case_stage_unknown", level="warn", row=at, column="stage",
                value=stage,
            )  # fmt: skip

"""The names a result carries: of goals, measures, people, stages, branches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from playbook.chapters.tree.graph import Forest
from playbook.chapters.tree.model import Mix
from playbook.chapters.tree.model_duties import Role, SheetLine
from playbook.chapters.tree.model_times import TimeBudget
from playbook.chapters.tree.reading import Goal, text
from playbook.core.inputs import Tables, names_for
from playbook.core.text import Name


def teams_of(tables: Tables, forest: Forest) -> Mapping[str, str]:
    """Each person's department or team: of the highest goal owned here, else of a goal card."""
    found: dict[str, str] = {}
    for goal in sorted(forest.goals, key=lambda goal: (forest.depth(goal), goal.row)):
        for owner in goal.owners:
            if goal.team:
                found.setdefault(owner, goal.team)
    for _, row in tables.rows("goals"):
        who, where = text(row.get("owner")), text(row.get("team"))
        if who and where:
            found.setdefault(who, where)
    return found


def names_of(
    tables: Tables,
    goals: Sequence[Goal],
    teams: Mapping[str, str],
    sheets: Iterable[SheetLine],
    roles: Iterable[Role],
    budgets: Iterable[TimeBudget],
    mixes: Iterable[Mix],
) -> Mapping[str, Name]:
    """Every id the result speaks of, named by ``labels``, else by the metric, else by itself."""
    known = {**_metric_names(tables), **tables.names()}
    ids: list[str] = list(teams.values())
    for goal in goals:
        ids += [goal.metric_id, *goal.owners, *([goal.team] if goal.team else [])]
    for line in sheets:
        ids += [line.holder, line.kpi]
    for role in roles:
        ids += [role.action, role.person]
    for budget in budgets:
        for stage in budget.stages:
            ids += [stage.stage, stage.start_event, stage.stop_event]
    ids += [unit.unit for mix in mixes for unit in mix.units]
    named = names_for(list(dict.fromkeys(ids)), known)
    shared = Counter(goal.metric_id for goal in goals)
    return {**named, **{goal.goal_id: _goal_name(goal, shared, known) for goal in goals}}


def _goal_name(goal: Goal, shared: Mapping[str, int], known: Mapping[str, Name]) -> Name:
    """A goal without a label is named by its metric, and its team where several share that."""
    if goal.goal_id in known or goal.metric_id not in known:
        return known.get(goal.goal_id, Name(goal.goal_id, goal.goal_id))
    metric = known[goal.metric_id]
    if shared[goal.metric_id] < 2 or not goal.team:
        return metric
    team = known.get(goal.team, Name(goal.team, goal.team))
    return Name(f"{metric.zh}（{team.zh}）", f"{metric.en} ({team.en})")


def _metric_names(tables: Tables) -> Mapping[str, Name]:
    return {
        str(row["metric_id"]): Name(str(row["name_zh_hans"]), str(row["name_en"]))
        for _, row in tables.rows("goals_metrics")
        if text(row.get("name_zh_hans")) and text(row.get("name_en"))
    }

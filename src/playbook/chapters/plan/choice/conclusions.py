"""From the choice to what may be concluded, by certainty."""

from collections.abc import Iterator

from playbook.chapters.plan.choice.model import ActionRow, Choice, GoalRow
from playbook.core.findings import Certainty, Finding, Weight

SURE, EVEN = 0.8, 0.5  # of the chance that a gap closes (sheet, section 7)
Reach = tuple[str, Certainty]
REACHES: tuple[Reach, ...] = (
    ("plan_reaches_goal", "undecided"),
    ("plan_may_reach_goal", "undecided"),
    ("plan_reaches_goal", "likely"),
)
"""Goals that will probably be missed, goals more likely reached than not, goals reached."""
ID_SEPARATOR = ";"
"""Between the ids of the goals that close, in one value of the finding."""
_NOTHING = 1e-9


def conclusions(choice: Choice) -> tuple[Finding, ...]:
    """All conclusions of the part, the weightiest first."""
    return (
        *_reaches(choice),
        *_key_actions(choice),
        *_limit(choice),
        *_doubts(choice),
    )


def _reaches(choice: Choice) -> Iterator[Finding]:
    """Whether the gaps close, what is missing first and as the headline.

    Draws from estimated ranges prove nothing, so the best of them is "likely".
    """
    judged = [goal for goal in choice.goals if goal.prob_gap_closed is not None]
    grouped: dict[Reach, list[GoalRow]] = {key: [] for key in REACHES}
    for goal in judged:
        grouped[_reach(goal.prob_gap_closed or 0.0)].append(goal)
    closed = ID_SEPARATOR.join(goal.goal_id for goal in grouped[REACHES[-1]])
    weight: Weight = "headline"
    for (code, certainty), goals in grouped.items():
        if not goals:
            continue
        probs = [goal.prob_gap_closed or 0.0 for goal in goals]
        values = {"low": min(probs), "high": max(probs), "count": len(goals),
                  "goals": len(judged), "draws": choice.draws, "all": choice.prob_all_closed,
                  "core": SURE, "closed": closed}  # fmt: skip
        yield Finding(code, certainty, tuple(goal.goal_id for goal in goals), values, weight)
        weight = "detail"


def _reach(prob: float) -> Reach:
    return REACHES[2] if prob >= SURE else REACHES[1] if prob >= EVEN else REACHES[0]


def _key_actions(choice: Choice) -> Iterator[Finding]:
    core = [row for row in choice.actions if row.state == "core" and row.selected]
    if core:
        without = [row for row in core if not row.first_step]
        values = {"count": len(core), "least": min(row.select_share for row in core),
                  "draws": choice.draws, "share": choice.core_share,
                  "no_step": len(without)}  # fmt: skip
        about = tuple(row.action for row in core)
        yield Finding("key_action", "likely", about, values, "headline")
    swing = [row for row in choice.actions if row.state == "swing" and not row.must]
    if swing:
        shares = [row.select_share for row in swing]
        values = {"count": len(swing), "low": min(shares), "high": max(shares),
                  "draws": choice.draws}  # fmt: skip
        yield Finding("swing_action", "undecided", tuple(row.action for row in swing), values)
    if len(choice.selected) > choice.most_actions:
        values = {"count": len(choice.selected), "most": choice.most_actions,
                  "core": len(core)}  # fmt: skip
        yield Finding("many_actions", "fact", (), values)
    for row in choice.actions:
        if row.must and row.free_share < choice.out_share:
            yield Finding("must_low_effect", "likely", (row.action,),
                          {"share": row.free_share, "out": choice.out_share,
                           "draws": choice.draws, "effort": row.effort_likely,
                           "cost": row.cost})  # fmt: skip


def _limit(choice: Choice) -> Iterator[Finding]:
    """Which limit holds the plan back: the one whose widening by a tenth gains more."""
    wider = [step for step in choice.limits if abs(step.change - 0.1) < _NOTHING]
    gained = [(step.total - choice.total_impact, step) for step in wider]
    if gained:
        more, step = max(gained, key=lambda pair: pair[0])
        if more > _NOTHING * max(1.0, abs(choice.total_impact)):
            values = {"limit": step.limit, "amount": step.amount, "total": choice.total_impact,
                      "more": more, "relative": more / choice.total_impact
                      if choice.total_impact > 0 else None}  # fmt: skip
            code = f"limit_{step.limit}"
            yield Finding(code, "fact", step.added, values)
    if choice.prob_effort is not None and choice.effort_limit is not None:
        values = {"prob": choice.prob_effort, "effort": choice.effort,
                  "limit": choice.effort_limit, "draws": choice.draws}  # fmt: skip
        if choice.prob_effort < SURE:
            yield Finding("effort_tight", "likely", (), values)


def _doubts(choice: Choice) -> Iterator[Finding]:
    selected = [row for row in choice.actions if row.selected]
    yield from _reasons(choice, selected)
    late = tuple(row.action for row in choice.actions if row.counted == "late")
    if late:
        yield Finding("action_too_late", "fact", late, {"count": len(late)})
    quoted = tuple(row.action for row in selected if row.anonymous)
    if quoted:
        values = {"count": len(quoted), "selected": len(selected)}
        yield Finding("quoted_gain", "fact", quoted, values)
    if choice.ranges_given == 0 and len(choice.actions) > 1:
        yield Finding("no_ranges", "fact", (), {"count": len(choice.actions)})
    if choice.goals_without_action:
        about = choice.goals_without_action
        yield Finding("goal_without_action", "fact", about, {"count": len(about)})


def _reasons(choice: Choice, selected: list[ActionRow]) -> Iterator[Finding]:
    """Chosen actions that answer no diagnosed need, or one that customers do not miss."""
    named = {one.action for one in choice.answers if one.source != "none"}
    if not named:  # nothing was diagnosed, or nothing written: no reproach to single actions
        return
    idle = tuple(row.action for row in selected if row.action not in named)
    if idle:
        values = {"count": len(idle), "selected": len(selected)}
        yield Finding("action_without_need", "fact", idle, values)
    for row in selected:
        mine = [one for one in choice.answers if one.action == row.action and one.source != "none"]
        if mine and all(one.supports is False for one in mine):
            yield Finding("need_not_missed", "likely", (row.action,), {"count": len(mine)})

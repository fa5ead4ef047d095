"""The schedule: from the chosen actions to dates, floats, buffers and the date to promise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.conclusions import conclusions
from playbook.chapters.plan.schedule.flags import flags
from playbook.chapters.plan.schedule.model import (
    Chain,
    ChainShare,
    DueSource,
    GoalDate,
    Promise,
    Schedule,
    ScheduledAction,
    Simulation,
    Together,
)
from playbook.chapters.plan.schedule.reading import Action, goal_dates, is_timed, start_of
from playbook.chapters.plan.schedule.reading import check as check
from playbook.chapters.plan.schedule.simulation import (
    MOST_LEVERS,
    ByHand,
    criticality,
    curve_of,
    longest_chains,
    simulate,
)
from playbook.chapters.plan.schedule.workdays import public_days
from playbook.chapters.plan.schedule.workings import SURE, Workings, likely_of, safe_of, worked
from playbook.core.inputs import Inputs


def analyse(inputs: Inputs[Settings], chosen: Sequence[str]) -> Schedule | None:
    """Schedule the chosen actions; None without actions, or if no durations are given.

    Call it on tables whose ``check`` found no error.
    """
    work = worked(inputs, chosen)
    if not work.actions or not is_timed(work.all):
        return None
    found = _schedule(work)
    found = replace(found, flags=flags(work, found, start_of(inputs)))
    return replace(found, findings=conclusions(found, inputs.settings))


def _schedule(work: Workings) -> Schedule:
    network, times, settings = work.network, work.times, work.inputs.settings
    removed = network.safe - network.likely
    paths, count = network.critical_paths(times)
    chains = tuple(_chain(work, path.actions, path.wait) for path in paths)
    critical = times.total_float[:, 0] == 0
    work_days = network.largest(times, network.likely)
    buffers = {
        "half_removed": network.largest(times, removed) / 2,
        "root_sum_square": network.largest(times, removed**2) ** 0.5,
        "half_chain": work_days / 2,
        "floor": work_days * settings.buffer_floor,
    }
    safe = float(network.timed(network.safe[:, None]).duration[0])
    simulated = _simulation(work, buffers, safe)
    due, due_from = _due(work)
    last = max(work.ends(max(simulated.p90 if simulated else safe, work.duration)), due or date.min)
    free, extra = _odd_days(work, last)
    return Schedule(
        start=work.calendar.day(1),
        today=work.inputs.facts.reference_date,
        calendar=settings.calendar,
        known_until=public_days(settings.calendar).known_until,
        free_days=free,
        extra_days=extra,
        rows=_rows(work),
        duration=work.duration,
        end_on=work.ends(work.duration),
        safe_duration=safe,
        critical=tuple(
            task.action for task, is_ in zip(network.tasks, critical, strict=True) if is_
        ),
        chains=chains,
        chain_count=count,
        buffer_half_removed=buffers["half_removed"],
        buffer_root_sum_square=buffers["root_sum_square"],
        buffer_half_chain=buffers["half_chain"],
        buffer_floor=buffers["floor"],
        simulation=simulated,
        shorten_by=settings.shorten_by,
        promises=_promises(work, buffers, safe, simulated),
        promised_on=simulated.p80_on if simulated else None,
        due=due,
        due_from=due_from,
        p_due=_p_due(work, due, None),
        goals=_goals(work),
    )


def _chain(work: Workings, actions: tuple[str, ...], wait: float) -> Chain:
    at = [work.network.at[action] for action in actions]
    likely, safe = work.network.likely[at], work.network.safe[at]
    return Chain(
        actions, float(likely.sum()), float(safe.sum()), wait,
        float((safe - likely).sum()) / 2, float(((safe - likely) ** 2).sum() ** 0.5),
    )  # fmt: skip


def _simulation(work: Workings, buffers: dict[str, float], safe: float) -> Simulation | None:
    found, settings = work.draws, work.inputs.settings
    if found is None:
        return None
    p50, p80, p90 = (found.quantile(share) for share in (0.5, SURE, 0.9))
    kept = {f"p_with_{rule}": found.p_by(work.duration + days) for rule, days in buffers.items()}
    return Simulation(
        draws=settings.schedule_draws,
        seed=work.seed,
        common_factor=settings.common_factor,
        mean=float(found.end.mean()),
        sd=float(found.end.std(ddof=1)),
        p50=p50,
        p80=p80,
        p90=p90,
        p50_on=work.ends(p50),
        p80_on=work.ends(p80),
        p90_on=work.ends(p90),
        p_within_likely=found.p_by(work.duration),
        p_within_safe=found.p_by(safe),
        criticality=criticality(work.network, found),
        longest=tuple(ChainShare(*one) for one in longest_chains(work.network, found)),
        curve=curve_of(found),
        together=_together(work, _due(work)[0]),
        **kept,
    )


def _together(work: Workings, due: date | None) -> tuple[Together, ...]:
    """What if delays come together? Ups and downs on a chain cancel less, chains merge better."""
    if len(work.network.tasks) > MOST_LEVERS:
        return ()
    settings, rows = work.inputs.settings, []
    for rho in sorted({*settings.dependence, settings.common_factor}):
        found = simulate(work.network, settings.schedule_draws, work.seed, rho)
        p50_on, p80_on, p90_on = (work.ends(found.quantile(q)) for q in (0.5, SURE, 0.9))
        kept = None if due is None else work.p_by(due, found.end)
        rows.append(Together(rho, p50_on, p80_on, p90_on, kept))
    return tuple(rows)


def _promises(
    work: Workings, buffers: dict[str, float], safe: float, simulated: Simulation | None
) -> tuple[Promise, ...]:
    """Every way to set the date, the earliest first."""
    days = {"likely": work.duration, "safe": safe}
    days |= {rule: work.duration + buffer for rule, buffer in buffers.items()}
    claimed: dict[str, float] = {}
    if simulated is not None:
        days |= {"p50": simulated.p50, "p80": simulated.p80, "p90": simulated.p90}
        days["by_hand"] = _by_hand(work).p80()
        claimed["by_hand"] = SURE
    found = [
        Promise(
            rule, end, work.ends(end), end - work.duration,
            None if work.draws is None else work.draws.p_by(end), claimed.get(rule),
        )
        for rule, end in days.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.days, one.rule)))


def _by_hand(work: Workings) -> ByHand:
    """The critical chain with the widest spread, and nothing else."""
    network = work.network
    spread = network.largest(work.times, (network.safe - network.likely) ** 2) ** 0.5
    return ByHand.of(work.duration, spread)


def _rows(work: Workings) -> tuple[ScheduledAction, ...]:
    """By start, then end, then id."""
    free = work.network.free_float(work.times)
    shares = criticality(work.network, work.draws) if work.draws else {}
    rows = [_row(work, one, float(free[work.network.at[one.action]]), shares.get(one.action))
            for one in work.actions]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.early_start, row.early_finish, row.action)))


def _row(work: Workings, one: Action, free: float, share: float | None) -> ScheduledAction:
    at, times, found = work.network.at[one.action], work.times, work.draws
    early, late = float(times.early_start[at, 0]), float(times.late_start[at, 0])
    finish, last = float(times.early_finish[at, 0]), float(times.late_finish[at, 0])
    p80 = None if found is None else float(np.quantile(found.finish[at], SURE))
    slack = float(times.total_float[at, 0])
    start_on, end_on = work.span(early, finish)
    latest_start_on, latest_end_on = work.span(late, last)
    return ScheduledAction(
        action=one.action,
        goal_id=one.goal_id,
        owner=one.owner,
        stage=one.stage,
        after=work.waits[0][one.action],
        likely_days=likely_of(one),
        safe_days=safe_of(one),
        not_before=one.not_before,
        due=one.due,
        early_start=early,
        early_finish=finish,
        late_start=late,
        late_finish=last,
        total_float=slack,
        free_float=free,
        critical=slack == 0,
        start_on=start_on,
        end_on=end_on,
        latest_start_on=latest_start_on,
        latest_end_on=latest_end_on,
        criticality=share,
        finish_p80=p80,
        finish_p80_on=None if p80 is None else work.ends(p80),
        p_due=_p_due(work, one.due, at),
        p80_gain=work.gains.get(one.action),
    )


def _p_due(work: Workings, due: date | None, at: int | None) -> float | None:
    """The chance that one action, or the plan, is done by its date."""
    if due is None or work.draws is None:
        return None
    return work.p_by(due, work.draws.end if at is None else work.draws.finish[at])


def _due(work: Workings) -> tuple[date | None, DueSource]:
    """The date asked for: the setting, else the last end of the goals, else of the actions."""
    written = work.inputs.settings.due.strip()
    if written:
        return date.fromisoformat(written), "setting"
    ends = goal_dates(work.inputs)
    of_goals = [ends[one.goal_id] for one in work.actions if one.goal_id in ends]
    if of_goals:
        return max(of_goals), "goals"
    of_actions = [one.due for one in work.actions if one.due is not None]
    return (max(of_actions), "actions") if of_actions else (None, "none")


def _goals(work: Workings) -> tuple[GoalDate, ...]:
    """When each goal's actions are done, in the order of the goals' ids."""
    ends, finish = goal_dates(work.inputs), work.times.early_finish[:, 0]
    found = []
    for goal in sorted({one.goal_id for one in work.actions}):
        at = [work.network.at[one.action] for one in work.actions if one.goal_id == goal]
        last = max(at, key=lambda i: (float(finish[i]), work.network.tasks[i].action))
        found.append(_goal(work, goal, at, last, ends.get(goal)))
    return tuple(found)


def _goal(work: Workings, goal: str, at: list[int], last: int, due: date | None) -> GoalDate:
    p80_on, kept = None, None
    if work.draws is not None:
        done = work.draws.finish[at].max(axis=0)
        p80_on = work.ends(float(np.quantile(done, SURE)))
        kept = None if due is None else work.p_by(due, done)
    end_on = work.ends(float(work.times.early_finish[last, 0]))
    return GoalDate(goal, work.network.tasks[last].action, end_on, p80_on, due, kept)


def _odd_days(work: Workings, last: date) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Weekdays off and weekend days worked from the start to the last day drawn."""
    first = work.calendar.start
    days = [first + timedelta(k) for k in range((last - first).days + 1)]
    free = tuple(d for d in days if d.weekday() < 5 and not work.calendar.is_worked(d))
    return free, tuple(d for d in days if d.weekday() >= 5 and work.calendar.is_worked(d))

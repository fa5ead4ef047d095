"""From the schedule to what may be concluded, each with its certainty."""

from collections.abc import Iterable, Iterator
from datetime import date

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.model import Schedule, ScheduledAction, Simulation, Values
from playbook.core.findings import Certainty, Finding

SURE, EVEN, RARE = 0.8, 0.5, 0.2
MOST_LEVERS = 3
MOST_NAMED = 6
LEAST_GAIN = 0.5  # working days; less is not worth a sentence


def conclusions(found: Schedule, settings: Settings) -> tuple[Finding, ...]:
    """The weightiest first; at most one is a headline."""
    simulated = found.simulation
    if simulated is None:
        return (*_no_spread(found), *_facts(found))
    return (
        _date(found, simulated),
        *_shorten(found, simulated, settings.shorten_by),
        *_likely(found, simulated),
        *_chain(found, simulated),
        *_goals(found),
        *_own_dates(found),
        _buffers(found, simulated, settings.buffer_floor),
        *_facts(found),
    )


def _no_spread(found: Schedule) -> Iterator[Finding]:
    values: Values = {"end": found.end_on.isoformat(), "count": len(found.rows)}
    yield Finding("no_date_without_spread", "fact", (), values, "headline")
    if found.due is not None and found.due < found.end_on:
        values = {"due": found.due.isoformat(), "end": found.end_on.isoformat()}
        yield Finding("likely_end_after_due", "fact", found.critical, values, "headline")


def _date(found: Schedule, simulated: Simulation) -> Finding:
    """The date asked for against p50 and p80; without one, the date to promise."""
    values: Values = {
        "p50": simulated.p50_on.isoformat(), "p80": simulated.p80_on.isoformat(),
        "p90": simulated.p90_on.isoformat(), "days": simulated.p80, "draws": simulated.draws,
    }  # fmt: skip
    if found.due is None or found.p_due is None:
        return Finding("promise_p80", "likely", (), values, "headline")
    values = {**values, "due": found.due.isoformat(), "share": found.p_due}
    if found.p_due < EVEN:
        sure: Certainty = "likely" if found.p_due <= RARE else "undecided"
        return Finding("date_not_credible", sure, (), values, "headline")
    if found.p_due < SURE:
        return Finding("date_at_risk", "undecided", (), values, "headline")
    return Finding("date_holds", "likely", (), values, "headline")


def _shorten(found: Schedule, simulated: Simulation, by: float) -> Iterator[Finding]:
    """Where the date does not hold: the actions whose shortening helps most."""
    if found.p_due is None or found.p_due >= SURE:
        return
    if any(row.p80_gain is None for row in found.rows):
        ranked = sorted(found.rows, key=lambda row: (-(row.criticality or 0.0), row.action))
        share = ranked[0].criticality
        about = tuple(row.action for row in ranked[:MOST_LEVERS])
        yield Finding("shorten_most_critical", "likely", about, {"share": share})
        return
    levers = sorted(found.rows, key=lambda row: (-(row.p80_gain or 0.0), row.action))
    best = [row for row in levers[:MOST_LEVERS] if (row.p80_gain or 0.0) >= LEAST_GAIN]
    if best:
        values: Values = {
            "by": by, "first": best[0].action, "gain": best[0].p80_gain,
            "share": simulated.longest[0].share, "days": simulated.p80,
        }  # fmt: skip
        yield Finding("shorten_chain", "likely", tuple(row.action for row in best), values)


def _likely(found: Schedule, simulated: Simulation) -> Iterator[Finding]:
    if simulated.p_within_likely < SURE:
        values: Values = {
            "end": found.end_on.isoformat(), "share": simulated.p_within_likely,
            "p80": simulated.p80_on.isoformat(), "late": simulated.p80 - found.duration,
        }  # fmt: skip
        yield Finding("likely_end_no_promise", "likely", (), values)


def _chain(found: Schedule, simulated: Simulation) -> Iterator[Finding]:
    """Which chain is longest is settled, or other actions have to be watched as well."""
    share = simulated.longest[0].share
    if share >= SURE:
        values: Values = {"share": share, "count": len(simulated.longest[0].actions)}
        yield Finding("chain_settled", "likely", simulated.longest[0].actions[:MOST_NAMED], values)
        return
    beside = [row for row in found.rows if not row.critical and _share(row) >= RARE]
    values = {"share": share, "count": len(beside)}
    if beside:
        beside.sort(key=lambda row: (-_share(row), row.action))
        about = tuple(row.action for row in beside[:MOST_NAMED])
        yield Finding("chain_open", "undecided", about, values)


def _share(row: ScheduledAction) -> float:
    return row.criticality or 0.0


def _goals(found: Schedule) -> Iterator[Finding]:
    """Goals whose own end date comes before their actions are done in four cases of five."""
    return _late(
        "goal_end_at_risk",
        ((goal.goal_id, goal.p_due, goal.due, goal.p80_on) for goal in found.goals),
    )


def _own_dates(found: Schedule) -> Iterator[Finding]:
    return _late(
        "own_date_at_risk",
        ((row.action, row.p_due, row.due, row.finish_p80_on) for row in found.rows),
    )


def _late(
    code: str, dates: Iterable[tuple[str, float | None, date | None, date | None]]
) -> Iterator[Finding]:
    """Of (id, chance, due, p80) those kept in fewer than four cases of five, least sure first."""
    late = sorted((p, key, due, p80) for key, p, due, p80 in dates if p is not None and p < SURE)
    if late:
        p, key, due, p80 = late[0]
        sure: Certainty = "likely" if p <= RARE else "undecided"
        values: Values = {
            "first": key, "share": p, "count": len(late),
            "due": due.isoformat() if due else None, "p80": p80.isoformat() if p80 else None,
        }  # fmt: skip
        yield Finding(code, sure, tuple(key for _, key, _, _ in late[:MOST_NAMED]), values)


def _buffers(found: Schedule, simulated: Simulation, floor_share: float) -> Finding:
    """The rules of thumb beside the buffer that p80 asks for."""
    values: Values = {
        "needed": simulated.p80 - found.duration,
        "half_removed": found.buffer_half_removed, "p_half_removed": simulated.p_with_half_removed,
        "square": found.buffer_root_sum_square, "p_square": simulated.p_with_root_sum_square,
        "half_chain": found.buffer_half_chain, "p_half_chain": simulated.p_with_half_chain,
        "floor": found.buffer_floor, "p_floor": simulated.p_with_floor,
        "floor_share": floor_share,
    }  # fmt: skip
    return Finding("buffers_differ", "likely", (), values)


def _facts(found: Schedule) -> Iterator[Finding]:
    for flag in found.flags:
        if flag.code == "predecessor_left_out":
            yield Finding("wait_passed_on", "fact", flag.ids[:1], {"count": len(flag.ids) - 1})
        if flag.code == "calendar_not_known":
            yield Finding("holidays_not_known", "fact", flag.ids, flag.values)

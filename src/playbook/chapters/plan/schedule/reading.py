"""Actions, days and goals as read; what forbids a schedule and what makes it doubtful."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.network import loops
from playbook.chapters.plan.schedule.workdays import WorkCalendar, public_days
from playbook.core.inputs import Inputs, Tables
from playbook.core.problems import Problem, did_you_mean

LONGEST_DAYS = 5_000.0  # working days; about twenty years: a slip of the pen
MOST_DAYS = 250_000.0  # all safe durations together; dates end with the year 9999
WIDE = 5.0  # safe over likely; beyond it nobody knows how long it takes
_SETTINGS_FILE = "case.toml"


@dataclass(frozen=True)
class Action:
    """One row of plan_actions, as far as time goes. row: as the spreadsheet numbers it."""

    row: int
    action: str
    goal_id: str
    owner: str | None
    stage: str | None
    after: tuple[str, ...]
    likely_days: float | None
    safe_days: float | None
    not_before: date | None
    due: date | None


def actions_of(tables: Tables) -> tuple[Action, ...]:
    """The rows of the table, in its order."""
    return tuple(
        Action(
            at, str(row["action"]), str(row["goal_id"]), row.get("owner"), row.get("stage"),
            tuple(dict.fromkeys(row.get("after") or ())), _number(row.get("likely_days")),
            _number(row.get("safe_days")), row.get("start_not_before"), row.get("due"),
        )
        for at, row in tables.rows("plan_actions")
    )  # fmt: skip


def _number(cell: Any) -> float | None:
    return None if cell is None else float(cell)


def is_timed(actions: Iterable[Action]) -> bool:
    """Whether the table speaks of durations at all."""
    return any(a.likely_days is not None or a.safe_days is not None for a in actions)


def start_of(inputs: Inputs[Settings]) -> date:
    """The first day of the plan as asked for; it may be a day off."""
    written = inputs.settings.start.strip()
    return date.fromisoformat(written) if written else inputs.facts.reference_date


def calendar_of(inputs: Inputs[Settings]) -> WorkCalendar:
    """Public holidays and the client's own days; where they differ the client's count."""
    public = public_days(inputs.settings.calendar)
    off, extra = own_days(inputs.tables)
    return WorkCalendar(start_of(inputs), (public.off | off) - extra, (public.work | extra) - off)


def own_days(tables: Tables) -> tuple[frozenset[date], frozenset[date]]:
    """The client's days off and extra days of work."""
    rows = [row for _, row in tables.rows("plan_calendar")]
    held = (
        frozenset(row[key] for row in rows if row.get(key) is not None)
        for key in ("holiday", "extra_working_day")
    )
    off, extra = held
    return off, extra


def goal_dates(inputs: Inputs[Settings]) -> Mapping[str, date]:
    """The end date of each goal: from the chapter goals, else from its table."""
    cards: list[Mapping[str, Any]] = list(inputs.earlier.get("goals", {}).get("cards") or ())
    if not cards:
        cards = [row for _, row in inputs.tables.rows("goals")]
    found: dict[str, date] = {}
    for card in cards:
        due = card.get("due")
        if due is not None:
            day = date.fromisoformat(due) if isinstance(due, str) else due
            found[str(card["goal_id"])] = day
    return found


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Faults of the dates, durations and predecessors; none if there are no actions."""
    if "plan_actions" not in inputs.tables:
        return []
    actions = actions_of(inputs.tables)
    found = [*_settings(inputs.settings), *_own_days(inputs.tables)]
    if not is_timed(actions):
        return [*found, inputs.tables.problem("plan_actions", "plan.no_durations", level="note",
                                              column="likely_days")]  # fmt: skip
    for one in actions:
        found += [*_durations(inputs.tables, one), *_dates(inputs, one)]
    whole = sum(max(one.likely_days or 0.0, one.safe_days or 0.0) for one in actions)
    if whole > MOST_DAYS:
        found.append(inputs.tables.problem("plan_actions", "plan.plan_too_long",
                                           column="safe_days", value=f"{whole:.0f}"))  # fmt: skip
    return [*found, *_order(inputs.tables, actions), *_spread(inputs.tables, actions)]


def _settings(settings: Settings) -> Iterator[Problem]:
    days: dict[str, date] = {}
    for key in ("start", "due"):
        written = str(getattr(settings, key)).strip()
        try:
            if written:
                days[key] = date.fromisoformat(written)
        except ValueError:
            yield _setting("date_unreadable", key, written)
    if len(days) == 2 and days["due"] < days["start"]:
        start = days["start"].isoformat()
        yield _setting("due_before_start", "due", days["due"].isoformat(), start=start)
    for key, low, high in (
        ("common_factor", 0.0, 1.0), ("schedule_draws", 1_000, 1_000_000),
        ("buffer_floor", 0.0, 1.0), ("shorten_by", 0.0, 0.9),
    ):  # fmt: skip
        value = getattr(settings, key)
        if not low <= value <= high:
            yield _setting("setting_range", key, f"{value:g}", low=low, high=high)
    for rho in settings.dependence:
        if not 0 <= rho <= 1:
            yield _setting("setting_range", "dependence", f"{rho:g}", low=0.0, high=1.0)


def _setting(code: str, key: str, value: str, **values: str | float) -> Problem:
    return Problem(f"plan.{code}", file=_SETTINGS_FILE, column=key, value=value, values=values)


def _own_days(tables: Tables) -> Iterator[Problem]:
    off, _ = own_days(tables)
    for at, row in tables.rows("plan_calendar"):
        day = row.get("extra_working_day")
        if day is not None and day in off:
            yield tables.problem("plan_calendar", "plan.day_off_and_worked", row=at,
                                 column="extra_working_day", value=day.isoformat())  # fmt: skip


def _durations(tables: Tables, one: Action) -> Iterator[Problem]:
    def fault(code: str, column: str, value: float | None = None, other: float = 0.0) -> Problem:
        shown = "" if value is None else f"{value:g}"
        return tables.problem("plan_actions", f"plan.{code}", row=one.row, column=column,
                              value=shown, action=one.action, other=f"{other:g}")  # fmt: skip

    likely, safe = one.likely_days, one.safe_days
    if likely is None:
        yield fault("duration_missing", "likely_days")
        return
    for column, value in (("likely_days", likely), ("safe_days", safe)):
        if value is not None and value < 0:
            yield fault("duration_negative", column, value)
        if value is not None and value > LONGEST_DAYS:
            yield fault("duration_too_long", column, value, LONGEST_DAYS)
    if safe is not None and 0 <= safe < likely:
        yield fault("safe_below_likely", "safe_days", safe, likely)
    if likely == 0 and safe is not None and safe > 0:
        yield fault("likely_zero", "likely_days", likely, safe)


def _dates(inputs: Inputs[Settings], one: Action) -> Iterator[Problem]:
    if one.due is None:
        return
    try:
        start = start_of(inputs)
    except ValueError:  # said of the setting itself
        return
    begin = max(start, one.not_before) if one.not_before else start
    if one.due < begin:
        yield inputs.tables.problem(
            "plan_actions", "plan.due_before_begin", row=one.row, column="due",
            value=one.due.isoformat(), action=one.action, begin=begin.isoformat(),
        )  # fmt: skip


def _order(tables: Tables, actions: tuple[Action, ...]) -> Iterator[Problem]:
    """Predecessors that are not in the table, and loops named action by action."""
    rows = {one.action: one.row for one in actions}
    for one in actions:
        for name in one.after:
            if name not in rows:
                near = did_you_mean(name, rows)
                yield tables.problem(
                    "plan_actions", "plan.after_unknown_near" if near else "plan.after_unknown",
                    row=one.row, column="after", value=name, action=one.action, near=near,
                )  # fmt: skip
    for ring in loops({one.action: one.after for one in actions}):
        yield tables.problem(
            "plan_actions", "plan.loop", row=rows[ring[0]], column="after",
            value=ring[0], ring=" → ".join((*ring, ring[0])), count=len(ring),
        )  # fmt: skip


def _spread(tables: Tables, actions: tuple[Action, ...]) -> Iterator[Problem]:
    """Durations nobody knows, no spread at all, single actions without a safe duration."""
    for one in actions:
        likely, safe = one.likely_days or 0.0, one.safe_days or 0.0
        if likely > 0 and safe > WIDE * likely:
            yield tables.problem(
                "plan_actions", "plan.spread_wide", level="warn", row=one.row, column="safe_days",
                value=f"{safe:g}", action=one.action, times=f"{safe / likely:.1f}",
            )  # fmt: skip
    bare = [one for one in actions if one.safe_days is None]
    if all(one.safe_days in (None, one.likely_days) for one in actions):
        yield tables.problem("plan_actions", "plan.no_spread", level="warn", column="safe_days",
                             count=len(actions))  # fmt: skip
    elif bare:
        yield tables.problem(
            "plan_actions", "plan.safe_missing", level="warn", column="safe_days",
            row=bare[0].row, value="; ".join(one.action for one in bare), count=len(bare),
        )  # fmt: skip

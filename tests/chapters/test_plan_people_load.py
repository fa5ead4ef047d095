"""Load per person and week, and moves inside the float: hand-worked and as laws."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.analysis import analyse
from playbook.chapters.plan.people.load import day_number, weeks_of
from playbook.chapters.plan.people.model import People
from playbook.chapters.plan.schedule import analysis as schedule
from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.inputs import Facts, Inputs, Tables

MONDAY = date(2026, 7, 6)
ACTIONS = ("action", "goal_id", "effort_likely", "owner", "after", "likely_days", "safe_days",
           "start_not_before", "due", "stage")  # fmt: skip
PEOPLE = ("person", "role", "days_per_week", "team", "skills", "is_department", "certified")


def frame(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> pd.DataFrame:
    full = [row + (None,) * (len(columns) - len(row)) for row in rows]
    return pd.DataFrame(full, columns=list(columns), index=range(2, 2 + len(rows)), dtype=object)


def tables(
    actions: list[tuple[object, ...]],
    people: list[tuple[object, ...]],
    work: list[tuple[object, ...]] | None = None,
    days_off: tuple[date, ...] = (),
) -> Tables:
    frames = {"plan_actions": frame(ACTIONS, actions), "plan_people": frame(PEOPLE, people)}
    if work is not None:
        frames["plan_work"] = frame(("action", "person", "days"), work)
    if days_off:
        frames["plan_calendar"] = frame(("holiday", "extra_working_day"), [(d,) for d in days_off])
    return Tables(frames)


def run(held: Tables, **chosen: object) -> tuple[Schedule, People]:
    ins = Inputs(held, Settings(schedule_draws=200, **chosen), Facts(MONDAY, seed=1))  # type: ignore[arg-type]
    actions = tuple(row["action"] for _, row in held.rows("plan_actions"))
    timed = schedule.analyse(ins, actions)
    assert timed is not None
    found = analyse(ins, timed, actions)
    assert found is not None
    return timed, found


def action(name: str, days: float, effort: float, owner: str, after: str = "", **more: object):
    return (name, "G1", effort, owner, tuple(after.split(";")) if after else None, days,
            days * 1.4, more.get("not_before"), more.get("due"), more.get("stage"))  # fmt: skip


def weeks(found: People, person: str) -> dict[date, float | None]:
    return {w.week: w.utilisation for w in found.load if w.person == person}


def test_the_owner_does_all_without_a_table_of_work() -> None:
    """Ten days of work over ten working days: 5 a week against 4 that Ann has."""
    _, found = run(tables([action("A", 10, 10, "ann")], [("ann", "lead", 4.0)]))
    assert found.by_owner
    assert weeks(found, "ann") == {MONDAY: 1.25, date(2026, 7, 13): 1.25}
    (ann,) = found.people
    assert (ann.planned, ann.mean, ann.peak, ann.weeks_red, ann.at_once) == (10, 1.25, 1.25, 2, 1)
    assert [f.code for f in found.findings if f.about == ("ann",)] == ["overloaded"]


def test_work_is_shared_as_the_table_says() -> None:
    work = [("A", "ann", 2.0), ("A", "ben", 6.0)]
    _, found = run(tables([action("A", 10, 8, "ann")],
                          [("ann", "lead", 4.0), ("ben", "staff", 4.0)], work))  # fmt: skip
    assert not found.by_owner
    assert set(weeks(found, "ann").values()) == {0.25}
    assert set(weeks(found, "ben").values()) == {0.75}
    assert [p.owns for p in found.people] == [(), ("A",)]  # Ben is the fuller of the two


def test_a_week_with_days_off_has_less_time_and_less_work() -> None:
    """Six working days; the second week has one day left and a fifth of the time."""
    off = tuple(date(2026, 7, d) for d in (14, 15, 16, 17))
    _, found = run(tables([action("A", 6, 6, "ann")], [("ann", "lead", 5.0)], days_off=off))
    load = {w.week: (w.planned, w.available) for w in found.load}
    assert load == {MONDAY: (5.0, 5.0), date(2026, 7, 13): (1.0, 1.0)}
    assert found.people[0].state == "amber"  # full, not above


def test_two_limits_and_their_findings() -> None:
    people = [("ann", "a", 5.0), ("ben", "b", 5.0), ("cat", "c", 5.0)]
    rows = [action("A", 5, 4.25, "ann"), action("B", 5, 4.5, "ben"), action("C", 5, 5.5, "cat")]
    _, found = run(tables(rows, people))
    assert {p.person: p.state for p in found.people} == {
        "ann": "fine", "ben": "amber", "cat": "red",
    }  # fmt: skip
    codes = {f.code: f.about for f in found.findings}
    assert codes["overloaded"] == ("cat",)
    assert codes["owner_loaded"] == ("ben",)
    _, fits = run(tables(rows[:1], people))
    assert [f.code for f in fits.findings if "load" in f.code] == ["load_fits"]


def test_starting_later_inside_the_float_ends_an_overload() -> None:
    """Two actions of one week at once; the one with float can wait a week."""
    rows = [action("A", 5, 5, "ann"), action("B", 5, 5, "ann"), action("Z", 15, 5, "ben")]
    _, found = run(tables(rows, [("ann", "lead", 5.0), ("ben", "staff", 5.0)]))
    shift = next(r for r in found.reliefs if r.way == "shift")
    assert (shift.person, shift.days, shift.peak_before, shift.peak_after) == ("ann", 5.0, 2.0, 1.0)
    assert (shift.weeks_red_before, shift.weeks_red_after, shift.others_red) == (1, 0, 0)
    overloaded = next(f for f in found.findings if f.code == "overloaded")
    assert overloaded.values["relief"] == "shift"


def test_stretching_inside_the_float_lowers_an_overload() -> None:
    """Six days in one week of five; over fifteen days it is two a week."""
    rows = [action("A", 5, 6, "ann"), action("Z", 15, 5, "ben")]
    _, found = run(tables(rows, [("ann", "lead", 5.0), ("ben", "staff", 5.0)]))
    (best,) = found.reliefs
    assert (best.way, best.days) == ("stretch", 5.0)
    assert best.peak_after == pytest.approx(0.6)


def test_a_move_that_pushes_others_says_whom_and_what_it_costs_them() -> None:
    """A before B, both with float: moving A by more than its free float moves B."""
    rows = [action("A", 5, 5, "ann"), action("B", 5, 4, "ben", "A"), action("C", 5, 4, "ann"),
            action("Z", 20, 5, "eve")]  # fmt: skip
    people = [("ann", "a", 5.0), ("ben", "b", 4.0), ("eve", "e", 5.0)]
    _, found = run(tables(rows, people))
    shift, stretch = found.reliefs
    assert (shift.way, shift.action, shift.moves) == ("shift", "C", ())  # A would push B with it
    assert (stretch.way, stretch.action, stretch.moves) == ("stretch", "A", ("B",))
    assert shift.weeks_red_after == 0
    assert stretch.weeks_red_after > 0


def test_no_move_for_a_critical_action_nor_past_its_own_due_date() -> None:
    people = [("ann", "a", 4.0), ("ben", "b", 5.0)]
    _, alone = run(tables([action("A", 10, 10, "ann")], people))
    assert alone.reliefs == ()
    due = date(2026, 7, 10)
    _, held = run(tables([action("A", 5, 6, "ann", due=due), action("Z", 15, 5, "ben")], people))
    assert held.reliefs == ()
    _, free = run(tables([action("A", 5, 6, "ann"), action("Z", 15, 5, "ben")], people))
    assert free.reliefs != ()


def test_people_nobody_listed_have_days_but_no_utilisation() -> None:
    _, found = run(tables([action("A", 5, 5, "ann"), action("B", 5, 2, "dan")],
                          [("ann", "lead", 5.0)]))  # fmt: skip
    dan = next(p for p in found.people if p.person == "dan")
    assert (dan.planned, dan.peak, dan.state, dan.weeks) == (2, None, "not_known", 1)


def test_a_department_that_owns_actions_is_named() -> None:
    held = tables([action("A", 5, 3, "service")], [("service", "dept", 5.0, None, None, True)])
    _, found = run(held)
    assert found.departments == {"service": ("A",)}
    assert next(f for f in found.findings if f.code == "department_owns").about == ("service",)


def test_without_a_schedule_there_are_days_but_no_weeks() -> None:
    held = tables([action("A", 5, 5, "ann")], [("ann", "lead", 5.0)])
    found = analyse(Inputs(held, Settings(), Facts(MONDAY)), None, ("A",))
    assert (found.load, found.people[0].planned, found.people[0].peak) == ((), 5, None)


def test_only_the_chosen_actions_count() -> None:
    held = tables([action("A", 5, 5, "ann"), action("B", 5, 5, "ann")], [("ann", "lead", 5.0)])
    ins = Inputs(held, Settings(schedule_draws=100), Facts(MONDAY))
    found = analyse(ins, schedule.analyse(ins, ("A",)), ("A",))
    assert found.people[0].planned == 5


def test_weeks_count_working_days_from_the_plans_own_first_day() -> None:
    """A plan from Wednesday: the first week has three of its days, but is a whole week of work."""
    held = tables([action("A", 8, 8, "ann")], [("ann", "lead", 5.0)])
    ins = Inputs(held, Settings(schedule_draws=100), Facts(date(2026, 7, 8)))
    timed = schedule.analyse(ins, ("A",))
    grid = weeks_of(timed)
    assert list(grid.edges) == [0, 3, 8]
    assert list(grid.working) == [5, 5]
    assert day_number(timed, date(2026, 7, 8)) == 1
    assert day_number(timed, date(2026, 7, 17)) == 8


@settings(deadline=None, max_examples=15)
@given(
    spans=st.lists(st.tuples(st.integers(1, 40), st.floats(0.5, 60)), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_the_weeks_of_a_person_add_up_to_the_days_and_rows_may_stand_in_any_order(
    spans, order
) -> None:
    rows = [action(f"A{i}", days, effort, "ann") for i, (days, effort) in enumerate(spans)]
    people = [("ann", "lead", 3.0), ("ben", "staff", 2.0)]
    _, found = run(tables(rows, people))
    assert sum(w.planned for w in found.load) == pytest.approx(sum(e for _, e in spans))
    for week in found.load:
        assert week.utilisation == pytest.approx(week.planned / week.available)
    mixed = list(rows)
    order.shuffle(mixed)
    _, again = run(tables(mixed, people[::-1]))
    want = [(w.person, w.week, w.state) for w in found.load]
    assert [(w.person, w.week, w.state) for w in again.load] == want
    assert [w.planned for w in again.load] == pytest.approx([w.planned for w in found.load])

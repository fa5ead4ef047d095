"""The tables of what customers expect of a promised time."""

from playbook.chapters.plan.people.model import Expectation
from playbook.chapters.plan.people.tables import Row, Setter
from playbook.core.section import Table


def expectations(set_: Setter) -> Table:
    """Each queue: what customers expect, what is promised, what can be kept, who it would take."""
    columns = [
        set_.column("queue"), set_.column("n", "integer"), set_.column("expected"),
        set_.column("promise"),
        set_.interval("accepted"), set_.column("possible"), set_.interval("possible_accepted"),
        set_.column("agents_there", "integer"), set_.column("agents_expected", "integer"),
        set_.column("state"),
    ]  # fmt: skip
    return set_.table("expectations", columns, [_row(set_, o) for o in set_.result.expectations])


def _row(set_: Setter, one: Expectation) -> Row:
    return {
        "queue": set_.name(one.queue),
        "n": one.n,
        "expected": set_.time(one.expected_s),
        "promise": set_.promise(one.promise_s, one.level),
        "accepted": one.accepted,
        "accepted_low": one.accepted_low,
        "accepted_high": one.accepted_high,
        "possible": set_.time(one.possible_s),
        "possible_accepted": one.possible_accepted,
        "possible_accepted_low": one.possible_low,
        "possible_accepted_high": one.possible_high,
        "agents_there": one.agents_there,
        "agents_expected": one.agents,
        "state": set_.code("expectation", one.state if one.is_sure else f"{one.state}_open"),
    }


def surveys(set_: Setter) -> Table:
    """Survey by survey, where there are at least two: do expectations rise?"""
    columns = [
        set_.column("queue"), set_.column("survey"), set_.column("n", "integer"),
        set_.column("expected"), set_.interval("accepted"), set_.interval("change", "points"),
    ]  # fmt: skip
    rows: list[Row] = [
        {
            "queue": set_.name(one.queue),
            "survey": survey.period,
            "n": survey.n,
            "expected": set_.time(survey.expected_s),
            "accepted": survey.accepted,
            "accepted_low": survey.accepted_low,
            "accepted_high": survey.accepted_high,
            "change": survey.change,
            "change_low": survey.change_low,
            "change_high": survey.change_high,
        }
        for one in set_.result.expectations
        if len(one.surveys) > 1
        for survey in one.surveys
    ]
    return set_.table("surveys", columns, rows)

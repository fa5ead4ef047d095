"""What customers expect of a promised time, against what the people can keep (Q22).

The survey asks for the longest time a customer finds acceptable. A time T is then soon enough for
all who accept T or longer, so one table answers three questions of each promise: is the promise
itself soon enough, is what the agents at hand can keep, and how many agents would be.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import Expectation, ExpectationState, Queue, Survey
from playbook.core.inputs import Tables
from playbook.core.periods import first_day
from playbook.core.queues import agents_needed
from playbook.core.stats import Estimate, newcombe, wilson

Answers = Mapping[float, int]
"""Longest acceptable time in seconds -> answers."""


def expectations(
    tables: Tables, queues: Sequence[Queue], settings: Settings
) -> tuple[Expectation, ...]:
    """One row for each queue of the survey that has a queue in ``plan_load``, in its order."""
    surveys = _read(tables)
    return tuple(
        _expectation(queue, surveys[queue.queue], settings)
        for queue in queues
        if surveys.get(queue.queue)
    )


def accepted_by(answers: Answers, seconds: float, level: float = 0.95) -> Estimate:
    """Share to whom an answer after so many seconds is soon enough, Wilson interval.

    >>> accepted_by({60: 30, 300: 50, 900: 20}, 300).value
    0.7
    """
    soon = sum(n for time, n in answers.items() if time >= seconds)
    return wilson(soon, sum(answers.values()), level)


def longest_for(answers: Answers, share: float) -> float | None:
    """The longest time that at least this share accepts; None if no one answered.

    >>> longest_for({60: 30, 300: 50, 900: 20}, 0.7), longest_for({60: 30, 300: 50, 900: 20}, 0.8)
    (300, 60)
    """
    total = sum(answers.values())
    if total == 0:
        return None
    accepting = 0
    for time in sorted(answers, reverse=True):
        accepting += answers[time]
        if accepting >= share * total * (1 - 1e-12):
            return time
    return None


def _read(tables: Tables) -> dict[str, dict[str, Counter[float]]]:
    """Queue -> period -> answers; periods in order of time, those without answers left out."""
    found: dict[str, dict[str, Counter[float]]] = {}
    rows = [row for _, row in tables.rows("plan_expectations")]
    for row in sorted(rows, key=lambda row: first_day(row["period"])):
        if row["answers"]:
            periods = found.setdefault(row["queue"], {})
            periods.setdefault(row["period"], Counter())[float(row["acceptable_s"])] += int(
                row["answers"]
            )
    return found


def _expectation(queue: Queue, periods: Mapping[str, Answers], settings: Settings) -> Expectation:
    latest = list(periods)[-1]
    answers = periods[latest]
    least = settings.expect_least
    expected = longest_for(answers, least)
    promise = _share(answers, queue.answer_s, settings.level)
    possible = _share(answers, queue.possible_s, settings.level)
    need = None
    if expected is not None and queue.level is not None:
        need = agents_needed(
            queue.arrivals_per_hour, queue.handle_s, expected, queue.level, queue.shrinkage
        ).agents
    return Expectation(
        queue=queue.queue, period=latest, n=sum(answers.values()), level=queue.level,
        expected_s=expected,
        promise_s=queue.answer_s, accepted=promise.value,
        accepted_low=promise.low, accepted_high=promise.high,
        possible_s=queue.possible_s, possible_accepted=possible.value,
        possible_low=possible.low, possible_high=possible.high,
        agents_there=queue.agents_there, agents=need,
        state=_state(promise, possible, least), is_sure=_is_sure(promise, possible, least),
        surveys=tuple(_surveys(queue, periods, settings)),
    )  # fmt: skip


def _share(answers: Answers, seconds: float | None, level: float) -> Estimate:
    if seconds is None:
        return Estimate(None, None, None, sum(answers.values()))
    return accepted_by(answers, seconds, level)


def _state(promise: Estimate, possible: Estimate, least: float) -> ExpectationState:
    """met; late: the promise is too late for them, yet a better one could be kept; short: what the
    people can keep is too late."""
    if possible.value is None:
        return "not_known"
    if possible.value < least:
        return "short"
    return "late" if promise.value is not None and promise.value < least else "met"


def _is_sure(promise: Estimate, possible: Estimate, least: float) -> bool:
    """Whether the survey's intervals leave the state no other reading."""
    state = _state(promise, possible, least)
    if state == "short":
        return possible.high is not None and possible.high < least
    if state == "late":
        return promise.high is not None and promise.high < least and _above(possible, least)
    return _above(possible, least) and (promise.value is None or _above(promise, least))


def _above(share: Estimate, least: float) -> bool:
    return share.low is not None and share.low >= least


def _surveys(queue: Queue, periods: Mapping[str, Answers], settings: Settings) -> Iterator[Survey]:
    """Each survey, and how the share that accepts the promise moved since the one before."""
    before: Answers | None = None
    for period, answers in periods.items():
        total = sum(answers.values())
        share = _share(answers, queue.answer_s, settings.level)
        moved = Estimate(None, None, None, 0)
        if before is not None and queue.answer_s is not None:
            moved = newcombe(
                _soon(answers, queue.answer_s), total,
                _soon(before, queue.answer_s), sum(before.values()), settings.level,
            )  # fmt: skip
        yield Survey(
            period, total, longest_for(answers, settings.expect_least),
            share.value, share.low, share.high, moved.value, moved.low, moved.high,
        )  # fmt: skip
        before = answers


def _soon(answers: Answers, seconds: float) -> int:
    return sum(n for time, n in answers.items() if time >= seconds)

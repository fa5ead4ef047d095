"""The communication plan 分层沟通: who is told what, when, by whom, and can it be kept (PL14)."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import Message, Queue
from playbook.chapters.plan.people.staffing import curve_of, possible_time, reached, state_of
from playbook.core.inputs import Tables
from playbook.core.metrics import Metric, with_rows
from playbook.core.queues import agents_needed

PERSONAL = frozenset({"one_to_one"})
BROAD = frozenset({"wechat", "sms"})
COUNTED = frozenset({"count", "rate", "share"})


def messages(
    tables: Tables, queues: Sequence[Queue], departments: Container[str], settings: Settings
) -> tuple[Message, ...]:
    """Every row of the communication plan with its faults and its promise checked."""
    known = {queue.queue: queue for queue in queues}
    alarms = complaint_metrics(tables)
    return tuple(
        _promised(_read(row, alarms, departments), known, settings)
        for _, row in tables.rows("plan_messages")
    )


def complaint_metrics(tables: Tables) -> frozenset[str]:
    """Metrics that count complaints: their alarm starts the crisis plan (E29)."""
    metrics = with_rows(row for _, row in tables.rows("goals_metrics"))
    return frozenset(key for key, metric in metrics.items() if _counts_complaints(metric))


def _counts_complaints(metric: Metric) -> bool:
    said = f"{metric.metric_id} {metric.en}".casefold()
    named = "complaint" in said or any(word in metric.zh_hans for word in ("投诉", "客诉", "申诉"))
    return named and metric.kind in COUNTED and metric.direction == "decrease"


def _read(row: Mapping[str, Any], alarms: Container[str], departments: Container[str]) -> Message:
    tier, channel, trigger = row.get("tier"), row.get("channel"), row.get("trigger")
    asked = ["message", "channel", "owner"] + ([] if trigger else ["date"])  # an alarm has no date
    missing = tuple(column for column in asked if row.get(column) is None)
    on_alarm = trigger is not None and str(trigger) in alarms
    faults = {
        "not_personal": tier == "high_value" and channel is not None and channel not in PERSONAL,
        "not_broad": tier == "broad" and channel is not None and channel not in BROAD,
        "department": row.get("owner") in departments,
        "other_trigger": trigger is not None and not on_alarm,
    }
    return Message(
        segment=row["segment"], message=row.get("message"), channel=channel, on=row.get("date"),
        owner=row.get("owner"), tier=tier, trigger=trigger, on_alarm=on_alarm,
        queue=row.get("queue"), promise_s=row.get("promise_s"), wanted=row.get("promise_share"),
        reached=None, agents=None, agents_there=None, possible_s=None, missing=missing,
        faults=tuple(code for code, broken in faults.items() if broken), curve=(),
        state="none",
    )  # fmt: skip


def _promised(message: Message, queues: Mapping[str, Queue], settings: Settings) -> Message:
    """The promise against what the queue's agents reach (K16); none promised is no fault."""
    queue = queues.get(message.queue or "")
    seconds = message.promise_s
    if seconds is None and queue is not None:  # it names a queue: the queue's own time is meant
        seconds = queue.answer_s
    if seconds is None:
        return message
    wanted = message.wanted if message.wanted is not None else queue.level if queue else None
    if queue is None or wanted is None or queue.agents_there is None:
        return replace(message, promise_s=seconds, wanted=wanted, state="not_known")
    need = agents_needed(queue.arrivals_per_hour, queue.handle_s, seconds, wanted)
    own = (seconds, wanted) == (queue.answer_s, queue.level)
    return replace(
        message,
        promise_s=seconds,
        wanted=wanted,
        reached=reached(queue, seconds),
        agents=need.agents,
        agents_there=queue.agents_there,
        possible_s=possible_time(queue.there, queue.handle_s, wanted),
        curve=() if own else curve_of(queue, seconds, wanted, settings.load_change),
        state=state_of(queue, seconds, wanted, settings.load_change),
    )

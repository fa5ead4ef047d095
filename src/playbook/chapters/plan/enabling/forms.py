"""Forms without arithmetic: what a good one asks for, with the client's own lines laid over.

The catalogues hold codes; their words stand with the words of this part. The governance calendar
belongs to the people of the plan and is not made here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playbook.chapters.plan.enabling.model_steps import (
    Form,
    FormLine,
    LineState,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs

Row = Mapping[str, Any]

CATALOGUE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "authority": {  # who may decide what without asking
        "money": ("front_line", "shift_lead", "duty_manager", "department_head"),
        "kind": ("apology_gift", "room_change", "fee_waiver", "never_alone"),
        "after": ("record", "review"),
    },
    "response": {
        "expectation": ("staged_targets", "tiers", "contract_clause", "transparency"),
        "system": ("staged_rollout", "load_test", "on_call", "fault_30_minutes", "data_leak"),
        "change": ("sponsor", "ambassadors", "kpi_in_appraisal", "tolerance", "innovation_zone"),
        "external": (
            "emergency_group", "opinion_watch", "indicator_panel", "warning_index",
            "complaint_72_hours", "loss_limit",
        ),
    },
    "technology": {
        "function": ("crm_languages", "smart_answer", "all_channels", "forecast", "visual_process"),
        "link": ("interfaces", "handover_to_person"),
        "vendor": ("vendor_years", "weekly_meeting"),
    },
    "recognition": {
        "rule": ("within_a_day", "what_was_done", "guest_words", "open_to_all", "growth_and_care"),
    },
    "resource": {
        "tool": ("crm", "smart_service", "knowledge_base"),
        "people": ("trainers", "experts", "stand_ins"),
        "room": ("training_room", "time_off_for_training"),
    },
    "release": {
        "before": (
            "goal_and_gate", "guardrails", "load_test", "rollback", "staff_trained", "guests_told",
        ),
        "during": ("on_call", "fault_location", "watch_numbers"),
        "after": ("decision", "lessons"),
    },
}  # fmt: skip


def forms(inputs: Inputs[Settings]) -> tuple[Form, ...]:
    """Every form of the catalogue; lines of the client that it does not hold follow as their own.

    A recognition log has as many lines of its own as people were thanked.
    """
    given: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for _, row in inputs.tables.rows("plan_forms"):
        if _is_step(str(row["item"])):  # of the staged release, which has its own table
            continue
        given[str(row["form"])][str(row["item"])].append(row)
    return tuple(_form(form, groups, given[form]) for form, groups in CATALOGUE.items())


def _form(form: str, groups: Mapping[str, tuple[str, ...]], given: Mapping[str, list[Row]]) -> Form:
    asked = [(group, item) for group, items in groups.items() for item in items]
    lines = [_line(item, group, row) for group, item in asked for row in given.get(item, [{}])]
    known = {item for _, item in asked}
    own = [_line(item, "own", row) for item in given if item not in known for row in given[item]]
    filled = {line.item for line in lines if line.state != "open"}
    return Form(form, (*lines, *own), len(filled), len(asked))


def _line(item: str, group: str, row: Row) -> FormLine:
    value, owner = str(row.get("value") or ""), str(row.get("owner") or "")
    due, note = row.get("due"), str(row.get("note") or "")
    state: LineState = "filled" if value or owner or due else "open"
    if row.get("done"):
        state = "done"
    return FormLine(item, group, group == "own", state, value, owner, due, note)


JUDGED_BY_VALUE = ("on_call", "fault_location", "guardrails")
GATED = (*JUDGED_BY_VALUE, "load_test", "rollback")
"""Lines of the release form that the gate of the rollout judges one by one."""


def without_gated(form: Form) -> Form:
    """The form without the lines that the gate shows already, once the client filled any in.

    A line that says more than the gate can show stays; so does every line of a blank template.
    """
    if form.form != "release" or all(line.state == "open" for line in form.lines):
        return form

    def told(line: FormLine) -> bool:
        judged = line.item in JUDGED_BY_VALUE or not line.value
        return line.item in GATED and judged and not line.note

    return replace(form, lines=tuple(line for line in form.lines if not told(line)))


def _is_step(item: str) -> bool:
    return item.strip().endswith(("%", "％"))

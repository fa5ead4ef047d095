"""The gate of a staged rollout 灰度发布: few customers first, then more, then all (PL13, E32)."""

import re
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.model import Gate, GateStep, StepState
from playbook.core.inputs import Inputs, Tables
from playbook.core.stats import z_of

STEP = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[%％]\s*")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
ROUND_THE_CLOCK = re.compile(
    r"(7\s*[x×*]\s*24|24\s*[x×*/]\s*7|全天|round the clock)", re.IGNORECASE
)
CONDITIONS = ("on_call", "fault_location", "load_test", "rollback")
"""Items of the form ``release`` besides the steps (``5%``, ``25%`` …)."""


def gate(inputs: Inputs[Settings], chosen: Sequence[str]) -> Gate | None:
    """Steps, guardrails and conditions; None if nothing is rolled out in steps."""
    tables, settings = inputs.tables, inputs.settings
    wanted = set(chosen)
    actions = tuple(
        row["action"]
        for _, row in tables.rows("plan_actions")
        if row.get("stage") == "rollout" and (not wanted or row["action"] in wanted)
    )
    rows = release_rows(tables)
    if not actions and not rows:
        return None
    guardrails, stores = _guardrails(inputs.earlier.get("pilot"))
    found = {str(row["item"]): row for row in rows}
    fault = number_in(found.get("fault_location", {}).get("value"))
    on_call = _on_call(found.get("on_call", {}))
    n = settings.gate_cases
    ready = {
        "on_call": on_call is not None,
        "fault_location": fault is not None and fault <= settings.fault_minutes,
        "load_test": found.get("load_test", {}).get("done") is True,
        "rollback": found.get("rollback", {}).get("done") is True,
        "guardrails": bool(guardrails) and set(guardrails.values()) == {"safe"},
    }
    return Gate(
        actions, _steps(rows, settings), guardrails, stores, on_call, settings.fault_minutes,
        fault, z_of() * sqrt(0.25 / n), 1 - 0.05 ** (1 / n), ready,
        {key: str(row["owner"]) for key, row in found.items() if row.get("owner")},
        {key: row["due"] for key, row in found.items() if row.get("due")},
    )  # fmt: skip


def release_rows(tables: Tables) -> list[Mapping[str, Any]]:
    """The rows of the form ``release``."""
    return [row for _, row in tables.rows("plan_forms") if row["form"] == "release"]


def share_in(item: object) -> float | None:
    """The share of customers that an item names as a step.

    >>> share_in("5%"), share_in("100 ％"), share_in("load_test")
    (0.05, 1.0, None)
    """
    found = STEP.fullmatch(str(item))
    return float(f"{float(found.group(1)) / 100:.6g}") if found else None


def number_in(value: object) -> float | None:
    """The first number of a text; None if there is none.

    >>> number_in("22 min"), number_in(None)
    (22.0, None)
    """
    found = NUMBER.search(str(value)) if value is not None else None
    return float(found.group()) if found else None


def _on_call(row: Mapping[str, Any]) -> str | None:
    """Who answers round the clock: a name, and hours that say so."""
    hours = str(row.get("value") or "")
    return row.get("owner") or None if ROUND_THE_CLOCK.search(hours) else None


def _guardrails(pilot: Mapping[str, Any] | None) -> tuple[dict[str, str], int | None]:
    """Per guardrail of the pilot: safe, undecided or harm; and the stores of the pilot's arms."""
    rows = (pilot or {}).get("guardrails") or []
    stores = max((int(row.get("stores") or 0) for row in rows), default=0)
    return {str(row["metric"]): str(row["state"]) for row in rows}, stores or None


def _steps(rows: Sequence[Mapping[str, Any]], settings: Settings) -> tuple[GateStep, ...]:
    """The steps of the settings, each with what the form says of it, and whether it may pass."""
    by_share = {share: row for row in rows if (share := share_in(row["item"])) is not None}
    found: list[GateStep] = []
    open_before = False
    for share in dict.fromkeys([*settings.gate_steps, *sorted(by_share)]):
        row = by_share.get(share, {})
        cases = number_in(row.get("value"))
        done = row.get("done") is True
        few = cases is None or cases < settings.gate_cases
        state: StepState = (
            ("skipped" if open_before else "thin" if few else "passed")
            if done
            else ("later" if open_before else "next")
        )
        open_before = open_before or not done
        found.append(
            GateStep(share, settings.gate_cases, None if cases is None else int(cases),
                     row.get("due"), row.get("owner"), done, state)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda step: step.share))

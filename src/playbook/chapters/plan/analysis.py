"""The plan: its parts in the order they need each other, put together into one result."""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.chapters.plan.inputs import Settings
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem, refuse_errors
from playbook.core.text import Name


@dataclass(frozen=True)
class PlanResult:
    """One field per part; None where none of the part's tables is there."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    names: Mapping[str, Name]


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Everything wrong with this chapter's tables."""
    return ()


def analyse(inputs: Inputs[Settings]) -> PlanResult:
    """Compute the plan. Raises RefusedError with every fault that forbids it."""
    problems = check(inputs)
    refuse_errors(problems)
    return PlanResult((), problems, dict(inputs.tables.names()))

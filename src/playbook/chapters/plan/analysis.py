"""The plan: its parts in the order they need each other, put together into one result."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from playbook.chapters.plan.choice import analysis as choice
from playbook.chapters.plan.choice.model import Choice
from playbook.chapters.plan.enabling import analysis as enabling
from playbook.chapters.plan.enabling.model import Enabling
from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.money import analysis as money
from playbook.chapters.plan.money.model import Money
from playbook.chapters.plan.people import analysis as people
from playbook.chapters.plan.people.model import People
from playbook.chapters.plan.risks import analysis as risks
from playbook.chapters.plan.risks.model import Risks
from playbook.chapters.plan.schedule import analysis as schedule
from playbook.chapters.plan.schedule.model import Schedule
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem, refuse_errors
from playbook.core.records import to_dict
from playbook.core.text import Name

HEADLINES = 5
"""So many of the parts' headlines go into the executive summary, at most one of each part first."""


@dataclass(frozen=True)
class PlanResult:
    """One field per part; None where none of the part's tables is there."""

    choice: Choice | None
    schedule: Schedule | None
    people: People | None
    money: Money | None
    risks: Risks | None
    enabling: Enabling | None
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    names: Mapping[str, Name]
    currency: str


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Everything wrong with this chapter's tables, part by part."""
    parts = (choice, schedule, people, money, risks, enabling)
    return tuple(problem for part in parts for problem in part.check(inputs))


def analyse(inputs: Inputs[Settings]) -> PlanResult:
    """Compute the plan. Raises RefusedError with every fault that forbids it."""
    problems = check(inputs)
    refuse_errors(problems)
    chosen = choice.analyse(inputs)
    actions = chosen.selected if chosen else ()
    timed = schedule.analyse(inputs, actions)
    parts = (
        chosen,
        timed,
        people.analyse(inputs, timed, actions),
        money.analyse(inputs, actions),
        risks.analyse(inputs),
        enabling.analyse(inputs),
    )
    found = [part.findings for part in parts if part is not None]
    names = _names(parts, inputs.tables.names())
    return PlanResult(*parts, _weighed(found), problems, names, inputs.facts.currency)


def _weighed(parts: Iterable[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """All findings in the parts' order; of the headlines the first of each part, then the next."""
    findings = [(at, finding) for part in parts for at, finding in enumerate(part)]
    heads = [(at, f) for at, f in findings if f.weight == "headline"]
    kept = {id(f) for _, f in sorted(heads, key=lambda one: one[0])[:HEADLINES]}
    return tuple(
        f if f.weight == "detail" or id(f) in kept else replace(f, weight="detail")
        for _, f in findings
    )


def _names(parts: Iterable[object], known: Mapping[str, Name]) -> dict[str, Name]:
    """The client's names of the codes that the parts speak of."""
    said = {text for part in parts for text in _texts(to_dict(part))}
    return {code: name for code, name in known.items() if code in said}


def _texts(plain: object) -> Iterator[str]:
    """Every text in plain data, keys of maps as well."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for key, value in plain.items():
            yield key
            yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)

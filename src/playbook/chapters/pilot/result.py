"""What the pilot chapter finds, saved as pilot.json: numbers and codes, no words."""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.chapters.pilot.design_parts import Design
from playbook.chapters.pilot.parts import (
    Cells,
    Decision,
    Deviation,
    Gate,
    Group,
    Guardrail,
    Lift,
    Measure,
    MoneyResult,
    NaiveCustomer,
    Pairs,
    Permutation,
    Registration,
    RegressionToMean,
    Response,
    SensitivityRow,
    Stage,
    StoreChange,
)
from playbook.core.findings import Finding
from playbook.core.problems import Problem
from playbook.core.text import Name


@dataclass(frozen=True)
class PilotResult:
    """The evaluation of one pilot."""

    measure: Measure
    stage: Stage
    metric: str
    margin: float
    planned_lift: float | None
    alpha: float
    prob_scale: float
    stop_confidence: float
    selection_rule: str
    registration: Registration
    design: Design
    cells: Cells
    store_change: tuple[StoreChange, ...]
    primary: Lift | None
    exact_t: Lift | None
    permutation: Permutation | None
    pairs: Pairs | None
    naive_customer: NaiveCustomer | None
    decision: Decision | None
    guardrails: tuple[Guardrail, ...]
    gates: tuple[Gate, ...]
    regression_to_mean: RegressionToMean | None
    sensitivity: tuple[SensitivityRow, ...]
    pre_trend: Lift | None
    pre_periods: int
    mix: tuple[Group, ...]
    response: tuple[Response, ...]
    money: MoneyResult | None
    deviations: tuple[Deviation, ...]
    flags: tuple[str, ...]
    names: Mapping[str, Name]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

"""Training, points, procedures, blueprint, articles and forms: checked, then computed."""

from playbook.chapters.plan.enabling.conclusions import conclusions
from playbook.chapters.plan.enabling.faults import TABLES, faults
from playbook.chapters.plan.enabling.forms import forms
from playbook.chapters.plan.enabling.model import (
    Enabling,
)
from playbook.chapters.plan.enabling.pay import pay_sheets
from playbook.chapters.plan.enabling.points import points
from playbook.chapters.plan.enabling.steps import blueprint, knowledge, procedure
from playbook.chapters.plan.enabling.training import training
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem


def analyse(inputs: Inputs[Settings]) -> Enabling | None:
    """What people must be able and want to do; None if none of the tables is there."""
    if not any(name in inputs.tables for name in TABLES):
        return None
    found = (
        training(inputs), points(inputs), procedure(inputs), blueprint(inputs), knowledge(inputs),
        pay_sheets(inputs.earlier, inputs.settings.pay_cap), forms(inputs),
    )  # fmt: skip
    return Enabling(*found, _parameters(inputs.settings), conclusions(*found))


def _parameters(settings: Settings) -> dict[str, float | int | str | None]:
    """What was chosen, as the notes print it."""
    minutes = settings.service_minutes
    return {
        "refresh_months": settings.refresh_months, "refreshers_a_year": settings.refreshers_a_year,
        "min_cases": settings.min_cases, "claim_ratio": settings.claim_ratio,
        "gaming_p": settings.gaming_p, "time_draws": settings.time_draws,
        "dependence": " / ".join(f"{rho:g}" for rho in settings.dependence),
        "minutes": None if minutes is None else f"{minutes:g}",
        "service_share": settings.service_share, "compliance_least": settings.compliance_least,
    }  # fmt: skip


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Every fault of these tables; warnings for what can be computed but not believed."""
    return faults(inputs)

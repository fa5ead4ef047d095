"""Training, points, procedures, blueprint, articles and forms: checked, then computed."""

from playbook.chapters.plan.enabling.conclusions import conclusions
from playbook.chapters.plan.enabling.faults import faults
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

TABLES = (
    "plan_training", "plan_points", "plan_sop", "plan_blueprint", "plan_articles", "plan_forms",
)  # fmt: skip


def analyse(inputs: Inputs[Settings]) -> Enabling | None:
    """What people must be able and want to do; None if none of the tables is there."""
    if not any(name in inputs.tables for name in TABLES):
        return None
    found = (
        training(inputs), points(inputs), procedure(inputs), blueprint(inputs), knowledge(inputs),
        pay_sheets(inputs.earlier, inputs.settings.pay_cap), forms(inputs),
    )  # fmt: skip
    return Enabling(*found, conclusions(*found))


def check(inputs: Inputs[Settings]) -> list[Problem]:
    """Every fault of these tables; warnings for what can be computed but not believed."""
    return faults(inputs)

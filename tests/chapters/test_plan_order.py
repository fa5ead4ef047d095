"""The plan does not depend on the order of rows, nor on the language it is shown in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playbook.bench import open_bench
from playbook.chapters.plan.analysis import analyse
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs, Tables
from playbook.core.records import to_json
from playbook.core.text import LANGS

HOTEL = Path(__file__).resolve().parents[2] / "data" / "hotel"
STEPS = {"plan_sop", "plan_blueprint"}  # their rows are a sequence
NUMBERED = [
    "plan_actions", "plan_people", "plan_work", "plan_load", "plan_budget", "plan_risks",
    "plan_messages", "plan_training", "plan_points", "plan_articles", "plan_vendors", "plan_forms",
    "plan_calendar",
]  # fmt: skip


@pytest.fixture(scope="module")
def inputs() -> Inputs[Settings]:
    """The hotel with few draws and without the earlier chapters."""
    given: Inputs[Settings] = open_bench("plan", str(HOTEL)).case.inputs("plan")
    few = replace(given.settings, choice_draws=100, schedule_draws=1_000, time_draws=1_000)
    return Inputs(given.tables, few, given.facts)


def turned(inputs: Inputs[Settings], *names: str) -> Inputs[Settings]:
    """The same rows, the last first, under the row numbers of their new places."""
    frames = {name: inputs.tables[name] for name in inputs.tables}
    for name in names:
        frames[name] = frames[name].iloc[::-1].set_axis(frames[name].index)
    return Inputs(Tables(frames), inputs.settings, inputs.facts)


def sorted_lists(plain: Any) -> Any:
    """Plain data whose lists stand in one order, so that only what they hold is compared."""
    if isinstance(plain, dict):
        return {key: sorted_lists(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return sorted((sorted_lists(one) for one in plain), key=json.dumps)
    return plain


def held(inputs: Inputs[Settings]) -> Any:
    """All that the result holds, without the places of doubts."""
    plain = json.loads(to_json(analyse(inputs)))
    del plain["problems"]
    return sorted_lists(plain)


def test_the_order_of_rows_changes_no_number_and_no_conclusion(inputs: Inputs[Settings]) -> None:
    assert not STEPS & set(NUMBERED)
    assert held(turned(inputs, *NUMBERED)) == held(inputs)


@pytest.mark.slow
def test_both_languages_save_the_same_bytes(tmp_path: Path) -> None:
    saved = []
    for lang in LANGS:
        bench = open_bench("plan", str(HOTEL), lang, str(tmp_path / lang))
        bench.save(bench.analyse(analyse))
        saved.append((tmp_path / lang / "plan.json").read_bytes())
    assert saved[0] == saved[1]

"""Everything that is estimated from the tables, before any conclusion is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from playbook.chapters.pilot import history
from playbook.chapters.pilot.estimate import exact_t, meta_regression
from playbook.chapters.pilot.guardrails import gates_of, guardrails_of
from playbook.chapters.pilot.inputs import Settings
from playbook.chapters.pilot.parts import (
    Gate,
    Group,
    Guardrail,
    Lift,
    Measure,
    NaiveCustomer,
    Pairs,
    Permutation,
    Response,
    SensitivityRow,
    Stage,
)
from playbook.chapters.pilot.permutation import permute, rescaled_p, sign_flips
from playbook.chapters.pilot.sensitivity import sensitivity
from playbook.chapters.pilot.stores import (
    Stores,
    can_infer,
    measure_of,
    naive_customer,
    read_stores,
)
from playbook.core.inputs import Inputs

RANDOM = ("random", "stratified")


@dataclass(frozen=True)
class Evidence:
    """stores: all; used: those with answers in both periods, which the estimates rest on."""

    stores: Stores
    used: Stores
    stage: Stage
    primary: Lift | None
    exact: Lift | None
    permutation: Permutation | None
    pairs: Pairs | None
    naive: NaiveCustomer | None
    sensitivity: tuple[SensitivityRow, ...]
    before: history.Before | None
    pre_trend: Lift | None
    response: tuple[Response, ...]
    mix: tuple[Group, ...]
    guardrails: tuple[Guardrail, ...]
    gates: tuple[Gate, ...]


def weigh(inputs: Inputs[Settings], margin: float) -> Evidence:
    """Estimate all that the checked tables allow."""
    tables, settings = inputs.tables, inputs.settings
    measure: Measure = measure_of(tables["pilot"]) or "share"
    stores = read_stores(tables["pilot"], measure)
    used = stores.only((stores.n_pre > 0) & (stores.n_post > 0))
    stage = _stage(stores, used)
    arms = arms_of(stores)
    earlier = _before(inputs, stores)
    placebo = history.placebo_date(earlier, arms) if earlier else None
    response, mix = _who_answered(inputs, arms)
    primary = permutation = exact = None
    strip: tuple[SensitivityRow, ...] = ()
    if stage == "evaluated":
        levels = 1 - settings.alpha, settings.stop_confidence
        primary = meta_regression(used.change, used.variance, used.pilot, margin, *levels)
        exact = exact_t(used.change, used.pilot, margin, *levels)
        permutation = _permutation(inputs, used, primary, margin)
        strip = sensitivity(used, primary, permutation, placebo, margin, settings.alpha)
    return Evidence(
        stores=stores,
        used=used,
        stage=stage,
        primary=primary,
        exact=exact,
        permutation=permutation,
        pairs=_pairs(used, inputs.facts.seed) if stage == "evaluated" else None,
        naive=naive_customer(used) if stage == "evaluated" else None,
        sensitivity=strip,
        before=earlier,
        pre_trend=history.pre_trend(earlier, arms) if earlier else None,
        response=response,
        mix=mix,
        guardrails=_guardrails(inputs, arms),
        gates=gates_of(tables["pilot_process"]) if "pilot_process" in tables else (),
    )


def arms_of(s: Stores) -> Mapping[str, str]:
    """Store -> pilot | control."""
    return {
        name: "pilot" if pilot else "control" for name, pilot in zip(s.names, s.pilot, strict=True)
    }


def _stage(stores: Stores, used: Stores) -> Stage:
    if not (stores.n_post > 0).any():
        return "design"
    return "evaluated" if can_infer(used.pilot) else "described"


def _before(inputs: Inputs[Settings], stores: Stores) -> history.Before | None:
    if "pilot_periods" not in inputs.tables:
        return None
    table = inputs.tables["pilot_periods"]
    return history.before(table, stores.names, inputs.settings.post_from)


def _who_answered(
    inputs: Inputs[Settings], arms: Mapping[str, str]
) -> tuple[tuple[Response, ...], tuple[Group, ...]]:
    tables, s = inputs.tables, inputs.settings
    found: tuple[Response, ...] = ()
    if "pilot_periods" in tables:
        found = history.responses(tables["pilot_periods"], arms, s.post_from, s.pre_from)
    raw = tables.get("pilot_answers")
    return found, history.mix(raw, found, arms, s.post_from, s.mix_alpha)


def _guardrails(inputs: Inputs[Settings], arms: Mapping[str, str]) -> tuple[Guardrail, ...]:
    if "pilot_guardrails" not in inputs.tables:
        return ()
    table = inputs.tables["pilot_guardrails"]
    return guardrails_of(table, arms, inputs.settings.post_from)


def _permutation(
    inputs: Inputs[Settings], used: Stores, primary: Lift, margin: float
) -> Permutation:
    settings, seed = inputs.settings, inputs.facts.seed
    found = permute(
        used.change, used.pilot, margin, settings.alpha,
        settings.selection_rule in RANDOM, settings.max_assignments, seed,
    )  # fmt: skip
    weights = 1 / (used.variance + (primary.tau2 or 0.0))
    if not np.isfinite(weights).all():
        return found
    p = rescaled_p(used.change, weights, used.pilot, margin, seed=seed)
    return Permutation(**{**vars(found), "p_margin_rescaled": p})


def _pairs(used: Stores, seed: int) -> Pairs | None:
    """Differences of complete pairs, if the table names at least two."""
    sides: dict[str, dict[bool, float]] = {}
    for pair, pilot, change in zip(used.pair, used.pilot, used.change, strict=True):
        if pair:
            sides.setdefault(pair, {})[bool(pilot)] = float(change)
    whole = [side[True] - side[False] for side in sides.values() if len(side) == 2]
    return sign_flips(whole, seed=seed) if len(whole) >= 2 else None

"""The pilot of the two-hour and 24-hour complaint rule: three hotels, eleven controls."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from playbook.chapters.pilot.inputs import Money, RegisteredGate, RegisteredGuardrail, Settings
from playbook.teach.hotel.cast import BRANCHES, Branch
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.truth import Truth

PRE = ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
BASE, POST = PRE[3:], ("2026-04", "2026-05", "2026-06")
_SEASON = dict(zip(PRE + POST, (0.0, -0.004, 0.002, 0.0, -0.006, 0.004, 0.004, 0.0, -0.004),
                   strict=True))  # fmt: skip


DRAW = 10
"""One of many possible pilots: here the point lies above the margin, the proof is not there."""


@dataclass(frozen=True)
class Guardrail:
    """A measure that must not get worse: true change in pilot hotels, margin, spread."""

    metric: str
    worse: str
    margin: float
    level: float
    change: float
    n: int = 0  # cases of a period; 0: a mean of the period, given as a value
    noise: float = 0.0


GUARDRAILS = (
    Guardrail("checkin_wait", "up", 1.0, 7.4, 0.1, noise=0.2),
    Guardrail("room_pass", "down", 0.03, 0.918, 0.0, n=1050),
    Guardrail("overtime", "up", 1.5, 9.5, 0.35, noise=0.3),
)
GATES = (
    ("confirmed_2h", 287, 312, 0.60, 0.85),
    ("solved_24h", 266, 312, 0.55, 0.80),
    ("staff_trained", 118, 123, 0.70, 0.90),
    ("call_back", 211, 312, 0.50, 0.75),
)
MONEY = Money(customers=96_000, value_per_point=2.6, cost=930_000)


def registration(truth: Truth) -> Settings:
    """What was written down before the pilot began, without its seal."""
    return Settings(
        margin=truth.pilot.margin,
        planned_lift=0.08,
        primary_metrics=("csat",),
        pilot_stores=truth.pilot.stores,
        guardrails=tuple(RegisteredGuardrail(g.metric, _side(g), g.margin) for g in GUARDRAILS),
        gates=tuple(RegisteredGate(gate, red, green) for gate, _, _, red, green in GATES),
        min_answers=150,
        min_response=0.15,
        selection_rule="stratified",
        pre_from=date(2026, 1, 1),
        pre_until=date(2026, 3, 31),
        post_from=date(2026, 4, 1),
        post_until=date(2026, 6, 30),
        training_ended=date(2026, 3, 27),
        analysis_date=date(2026, 7, 1),
        money=MONEY,
        registered_on=date(2026, 3, 20),
    )


def _side(guardrail: Guardrail) -> Literal["up", "down"]:
    return "up" if guardrail.worse == "up" else "down"


def periods(truth: Truth, seed: int) -> pd.DataFrame:
    """The table ``pilot_periods``: satisfied of all answers by hotel and month."""
    rng = stream(seed, f"pilot_periods.{DRAW}")
    rows = []
    for branch in BRANCHES:
        change = truth.pilot.common_change + truth.pilot.tau * float(rng.standard_normal())
        if branch.code in truth.pilot.stores:
            change += truth.pilot.lift
        for period in PRE + POST:
            p = branch.satisfied + _SEASON[period] + (change if period in POST else 0.0)
            rows.append(_month(rng, branch, period, p))
    return pd.DataFrame(rows, columns=["store", "period", "n", "x", "invited"])


def _month(
    rng: np.random.Generator, branch: Branch, period: str, p: float
) -> tuple[str, str, int, int, int]:
    invited = round(branch.rooms * 8.3 * float(rng.uniform(0.94, 1.06)))
    n = int(rng.binomial(invited, 0.24))
    return branch.code, period, n, int(rng.binomial(n, p)), invited


def counts(monthly: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """The table ``pilot``: the three months before and the three months of the pilot."""
    rows = []
    for branch in BRANCHES:
        own = monthly[monthly["store"] == branch.code]
        pre = own[own["period"].isin(BASE)][["n", "x"]].sum()
        post = own[own["period"].isin(POST)][["n", "x"]].sum()
        arm = "pilot" if branch.code in truth.pilot.stores else "control"
        rows.append((branch.code, arm, pre["n"], pre["x"], post["n"], post["x"], branch.stratum))
    columns = ["store", "arm", "n_pre", "x_pre", "n_post", "x_post", "stratum"]
    return pd.DataFrame(rows, columns=columns)


def guardrails(truth: Truth, seed: int) -> pd.DataFrame:
    """The table ``pilot_guardrails``: one row per measure, hotel and period."""
    rng = stream(seed, "pilot_guardrails")
    rows = []
    for g in GUARDRAILS:
        for branch in BRANCHES:
            own = float(rng.standard_normal())
            for period in ("pre", "post"):
                pilot = branch.code in truth.pilot.stores and period == "post"
                rows.append(_guarded(rng, g, branch.code, period, own, g.change * pilot))
    columns = ["metric", "store", "period", "value", "n", "x", "worse", "margin"]
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64", "x": "Int64"})


def _guarded(
    rng: np.random.Generator, g: Guardrail, store: str, period: str, own: float, change: float
) -> tuple[object, ...]:
    if g.n:
        x = int(rng.binomial(g.n, min(0.99, g.level + 0.008 * own + change)))
        return g.metric, store, period, None, g.n, x, g.worse, g.margin
    value = g.level * (1 + 0.08 * own) + change + g.noise * float(rng.standard_normal())
    return g.metric, store, period, round(value, 2), None, None, g.worse, g.margin


def process() -> pd.DataFrame:
    """The table ``pilot_process``: how well the pilot was carried out."""
    rows = [(gate, x, n, red, green) for gate, x, n, red, green in GATES]
    return pd.DataFrame(rows, columns=["gate", "x", "n", "red", "green"])

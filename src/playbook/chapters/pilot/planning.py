"""The design of this pilot put into numbers: what it can show and what would make it stronger."""

from functools import cache
from math import ceil, sqrt
from typing import Literal

import numpy as np

from playbook.chapters.pilot import design as d
from playbook.chapters.pilot.customer import sample_size
from playbook.chapters.pilot.design_parts import Design, DesignCell, DesignOption, OperatingRow
from playbook.chapters.pilot.inputs import Settings
from playbook.chapters.pilot.permutation import smallest_p
from playbook.chapters.pilot.stores import Stores, harmonic, icc
from playbook.core.stats import Floats

ANSWERS = (50, 100, 200, 300, 500, 1000)
DEFAULT_TAU = 0.02  # of a share; 2 points at p = .7 are .0436 of the spread of one answer
DEFAULT_TAU_OF_SPREAD = 0.02 / sqrt(0.7 * 0.3)

Source = Literal["registered", "earlier_periods", "default"]


def plan(s: Stores, settings: Settings, margin: float, earlier_noise: float | None) -> Design:
    """The design record of these stores; post answers count as planned where there are none.

    earlier_noise: tau from periods before, None if not known.
    """
    pilots, controls = int(s.pilot.sum()), int((~s.pilot).sum())
    spread, level = float(s.spread_pre.mean()), float(s.pre.mean())
    tau, source = _tau(s, settings, earlier_noise, spread)
    n_pre = harmonic(s.n_pre)
    n_post = harmonic(s.n_post) if (s.n_post > 0).all() else n_pre
    possible = pilots >= 1 and controls >= 2
    sd = d.sd_of(spread, tau, n_pre, n_post)
    step = _Steps(spread, tau, settings, margin)
    excess = step.excess(sd, pilots, controls) if possible else None
    assumed = settings.planned_lift
    found = icc(s)
    n = s.n_post if (s.n_post > 0).all() else s.n_pre
    deff = _deff(n, found.icc) if found else None
    return Design(
        pilots=pilots,
        controls=controls,
        answers=round(harmonic(n)),
        level=level,
        tau=tau,
        tau_source=source,
        sd_change=sd,
        excess_needed=excess,
        lift_needed=None if excess is None else margin + excess,
        assumed_lift=assumed,
        power=step.power(assumed, sd, pilots, controls) if possible else None,
        icc=found.icc if found else None,
        deff=deff,
        n_effective_per_store=float(n.mean()) / deff if deff else None,
        p_min=smallest_p(pilots, controls) if pilots and controls else None,
        answers_if_randomised=_answers(level, margin, settings) if s.measure == "share" else None,
        table=step.table(pilots, controls, n_pre, n_post),
        options=step.options(pilots, controls, n_pre, n_post) if possible else (),
        operating=_operating(sd, pilots, controls, margin, settings) if possible else (),
    )


def _tau(
    s: Stores, settings: Settings, earlier: float | None, spread: float
) -> tuple[float, Source]:
    if settings.tau is not None:
        return settings.tau, "registered"
    if earlier is not None:
        return earlier, "earlier_periods"
    return DEFAULT_TAU if s.measure == "share" else DEFAULT_TAU_OF_SPREAD * sqrt(spread), "default"


def _deff(n: Floats, rho: float) -> float:
    cv = float(n.std(ddof=1) / n.mean()) if n.size > 1 else 0.0
    return d.design_effect(float(n.mean()), max(0.0, rho), cv)


def _answers(level: float, margin: float, settings: Settings) -> int | None:
    """PI4: answers an arm if customers were randomised, for the planned lift."""
    lift = settings.planned_lift
    if lift is None or lift <= margin or not 0 < level + lift < 1:
        return None
    return ceil(sample_size(level + lift, level, margin, settings.alpha, settings.power))


def _operating(
    sd: float, pilots: int, controls: int, margin: float, settings: Settings
) -> tuple[OperatingRow, ...]:
    lifts = {0.0, margin, 1.6 * margin, 2.4 * margin}
    if settings.planned_lift is not None:
        lifts.add(settings.planned_lift)
    rule = (settings.alpha, settings.prob_scale, settings.stop_confidence)
    rounded = sorted({round(lift, 10) for lift in lifts})
    return tuple(d.operating_row(lift, margin, sd, pilots, controls, rule) for lift in rounded)


class _Steps:
    """Lift needed and power over designs, for one chain (spread of an answer, store noise)."""

    def __init__(self, spread: float, tau: float, settings: Settings, margin: float) -> None:
        self.spread, self.tau, self.margin = spread, tau, margin
        self.alpha, self.wanted, self.assumed = (
            settings.alpha, settings.power, settings.planned_lift,
        )  # fmt: skip

    def sd(self, n_pre: float, n_post: float) -> float:
        return d.sd_of(self.spread, self.tau, n_pre, n_post)

    def excess(self, sd: float, pilots: int, controls: int) -> float:
        return sd * _excess_of_one(pilots, controls, self.alpha, self.wanted)

    def power(self, lift: float | None, sd: float, pilots: int, controls: int) -> float | None:
        if lift is None:
            return None
        return d.power(lift - self.margin, sd, pilots, controls, self.alpha)

    def table(
        self, pilots: int, controls: int, n_pre: float, n_post: float
    ) -> tuple[DesignCell, ...]:
        """1-3 pilots by 5, 10, 20 controls at these answers, and by answers at these controls."""
        of_pilots = sorted({1, 2, 3, max(pilots, 1)})
        of_controls = sorted({5, 10, 20, *([controls] if controls >= 2 else [])})
        fixed = controls if controls >= 2 else 10
        cells = [(j, c, n_pre, n_post) for j in of_pilots for c in of_controls]
        cells += [(j, fixed, float(n), float(n)) for j in of_pilots for n in ANSWERS]
        found = []
        for j, c, pre, post in cells:
            sd = self.sd(pre, post)
            excess = self.excess(sd, j, c)
            found.append(DesignCell(j, c, round(post), sd, excess, self.margin + excess))
        return tuple(dict.fromkeys(found))

    def options(
        self, pilots: int, controls: int, n_pre: float, n_post: float
    ) -> tuple[DesignOption, ...]:
        """What one more store or quarter adds."""
        designs = (
            ("as_is", pilots, controls, n_post),
            ("one_more_pilot", pilots + 1, controls, n_post),
            ("five_more_controls", pilots, controls + 5, n_post),
            ("one_more_quarter", pilots, controls, 2 * n_post),
            ("pilot_and_quarter", pilots + 1, controls, 2 * n_post),
        )
        return tuple(self._option(code, j, c, n_pre, n) for code, j, c, n in designs)

    def _option(
        self, code: str, pilots: int, controls: int, n_pre: float, n_post: float
    ) -> DesignOption:
        sd = self.sd(n_pre, n_post)
        needed = self.margin + self.excess(sd, pilots, controls)
        power = self.power(self.assumed, sd, pilots, controls)
        return DesignOption(code, pilots, controls, round(n_post), needed, power)


@cache
def _excess_of_one(pilots: int, controls: int, alpha: float, wanted: float) -> float:
    """Excess needed is straight in the standard deviation: worked out once for sd = 1."""
    return float(np.float64(d.excess_needed(1.0, pilots, controls, alpha, wanted)))

"""What follows from the chosen actions, each computed once: network, times, draws, dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil, floor

import numpy as np

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.schedule.network import Floats, Network, Task, Times, passed_on
from playbook.chapters.plan.schedule.reading import Action, actions_of, calendar_of
from playbook.chapters.plan.schedule.simulation import Draws, shortened, simulate
from playbook.chapters.plan.schedule.workdays import WorkCalendar
from playbook.core.inputs import Inputs

DUST = 1e-6  # days; what rounding may add to a finish
SURE = 0.8  # the share of draws that a promise should hold in


@dataclass(frozen=True)
class Workings:
    """The chosen actions of a case in time."""

    inputs: Inputs[Settings]
    chosen: frozenset[str]

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The chosen ones, by id, so that the order of the table changes nothing."""
        held = (one for one in self.all if one.action in self.chosen)
        return tuple(sorted(held, key=lambda one: one.action))

    @cached_property
    def all(self) -> tuple[Action, ...]:
        return actions_of(self.inputs.tables)

    @cached_property
    def waits(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """What each waits for, and which of its predecessors were not chosen."""
        after = {one.action: one.after for one in self.all}
        return passed_on(after, [one.action for one in self.actions])

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_of(self.inputs)

    @cached_property
    def network(self) -> Network:
        waits, _ = self.waits
        return Network(
            Task(one.action, likely_of(one), safe_of(one), waits[one.action], self.release(one))
            for one in self.actions
        )

    @cached_property
    def times(self) -> Times:
        return self.network.timed(self.network.likely[:, None])

    @cached_property
    def duration(self) -> float:
        return float(self.times.duration[0])

    @property
    def seed(self) -> int:
        return self.inputs.facts.seed_or(self.inputs.settings.seed)

    @cached_property
    def draws(self) -> Draws | None:
        """None where no duration has a spread: a single number can promise nothing."""
        if not any(safe_of(one) > likely_of(one) for one in self.actions):
            return None
        settings = self.inputs.settings
        return simulate(self.network, settings.schedule_draws, self.seed, settings.common_factor)

    @cached_property
    def gains(self) -> dict[str, float]:
        """Days of p80 won by shortening each action."""
        if self.draws is None:
            return {}
        settings = self.inputs.settings
        return shortened(
            self.network, settings.schedule_draws, self.seed, settings.common_factor,
            settings.shorten_by, self.draws.ever_critical(),
        )  # fmt: skip

    def release(self, one: Action) -> float:
        """Working days before the day it may not start before."""
        return 0.0 if one.not_before is None else float(self.calendar.before(one.not_before))

    def begins(self, offset: float) -> date:
        """The day on which work that starts after so many working days begins."""
        return self.calendar.day(floor(offset + DUST) + 1)

    def ends(self, offset: float) -> date:
        """The day by whose end so many working days are done; a start at once ends on day 1."""
        return self.calendar.day(max(1, ceil(offset - DUST)))

    def span(self, start: float, finish: float) -> tuple[date, date]:
        """First and last day of work; a milestone stands on the day it is reached."""
        last = self.ends(finish)
        return (last if finish - start < DUST else self.begins(start)), last

    def p_by(self, day: date, finish: Floats) -> float:
        """Share of draws in which this is done by the end of a day."""
        return float(np.mean(finish <= self.calendar.number(day) + DUST))


def likely_of(one: Action) -> float:
    return one.likely_days or 0.0


def safe_of(one: Action) -> float:
    """The safe duration; the likely one where none is given."""
    return likely_of(one) if one.safe_days is None else one.safe_days


def worked(inputs: Inputs[Settings], chosen: Sequence[str]) -> Workings:
    """The workings of these actions; ids that are not in the table count as not chosen."""
    return Workings(inputs, frozenset(chosen))

"""One goal card checked: its numbers decide, its statement is read for wording only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.chapters.smart.achievable import Aim
from playbook.chapters.smart.evidence import Evidence
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.judging import Judged, judge, with_samples
from playbook.chapters.smart.links import letter_r
from playbook.chapters.smart.reading import Reading, ReadSettings, read_goals
from playbook.chapters.smart.result import Checked, Verdict
from playbook.chapters.smart.sentence import spans_of
from playbook.chapters.smart.wording import (
    View,
    is_ready,
    letter_m,
    letter_owner,
    letter_s,
    letter_t,
    next_question,
)
from playbook.core.periods import DAYS


@dataclass(frozen=True)
class Surroundings:
    """What a card is judged against.

    planned: key actions are there, so reviews must be dated. links_told: needs or themes are named.
    """

    parents: Mapping[str, Mapping[str, Any]]
    drivers: Sequence[Mapping[str, Any]]
    settings: Settings
    planned: bool = False
    links_told: bool = True


def judged_on(card: Mapping[str, Any], reference: date) -> date:
    """The day a card is judged as of: its start if that lies before the reference date."""
    return min(date.fromisoformat(card["start"]), reference)


def check_card(
    card: Mapping[str, Any], known: Evidence, day: date, around: Surroundings
) -> Checked:
    """Check a goal card as of the day it was set, with what was known by then."""
    parent = around.parents.get(card["parent_id"] or "")
    view, reading = _card_view(card, parent, around.planned)
    judged = judge(_aim(card), known, day, around.settings)
    letters = {
        "S": letter_s(view),
        "M": with_samples(letter_m(view), judged.detectable),
        "A": judged.letter_a,
        "R": letter_r(card, parent, around.drivers, around.settings, around.links_told),
        "T": letter_t(view, day),
    }
    return _checked(card, view, reading, letters, judged, known, day)


def _checked(
    card: Mapping[str, Any],
    view: View,
    reading: Reading,
    letters: dict[str, Verdict],
    judged: Judged,
    known: Evidence,
    day: date,
) -> Checked:
    owner = letter_owner(view)
    return Checked(
        card["goal_id"], "card", view.text, card["metric_id"], view.metric, card["direction"],
        card["baseline"], card["target"], card["comparator"], None, None, None, (),
        "%" if card["kind"] == "share" else card["unit"], view.deadline, view.start, view.owner,
        view.n_goals, letters, owner, is_ready(letters, owner),
        next_question(view, letters, owner),
        spans_of(reading.goals[0]) if reading.goals else (),
        known.history, known.peers, known.p75, known.p90,
        judged.achievable, judged.detectable, judged.promise, reading.flags, day=day,
        lang=reading.lang,
    )  # fmt: skip


def _card_view(
    card: Mapping[str, Any], parent: Mapping[str, Any] | None, planned: bool
) -> tuple[View, Reading]:
    text = card["statement"] or ""
    reading = read_goals(text, ReadSettings(date.fromisoformat(card["start"])))
    view = View(
        text,
        card["metric_id"],
        card["metric_id"],
        card["direction"],
        bool(card["team"] or card["level"]),
        max(1, reading.n_goals),
        card["target"],
        card["unit_written"] or card["unit"],
        None,
        None,
        card["baseline"],
        date.fromisoformat(card["due"]),
        None,
        date.fromisoformat(parent["due"]) if parent else None,
        date.fromisoformat(card["start"]),
        card["owner"] or card["team"],
        not card["owner"] and bool(card["team"]),
        review_days=DAYS[card["review_every"] or "month"],
        from_card=True,
        review_missing=planned and not card["review_every"],
    )
    return view, reading


def _aim(card: Mapping[str, Any]) -> Aim:
    falling = card["direction"] == "decrease" or card["comparator"] == "<="
    bound = card["bound_low"] if falling else card["bound_high"]
    return Aim(
        card["target"], -1 if falling else 1, card["direction"] == "maintain", card["baseline"],
        date.fromisoformat(card["due"]), bound,
    )  # fmt: skip

"""Letter R: does reaching this goal move what it serves (SM12). Links decide, not adjectives."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.result import Verdict

_VANITY = re.compile(r"download|visit|like|follower|view|click|impression")
"""Ids of metrics that count attention, not an outcome."""


NOTHING_TOLD = Verdict("unknown", ("no_link_data",))


def letter_r(
    card: Mapping[str, Any],
    parent: Mapping[str, Any] | None,
    drivers: Sequence[Mapping[str, Any]],
    settings: Settings,
    links_told: bool = True,
) -> Verdict:
    """Judge the link of a card to its parent's metric by the table of drivers.

    links_told: some card of the case names a need or a theme; where none does, nothing is known of
    links and a goal at the top stays unknown.

    drivers: rows of ``smart_drivers``. Without drivers of the parent's metric a stated parent,
    need or theme is weak (``link_asserted``): said, not shown.
    """
    linked = bool(card.get("customer_need")) or bool(card.get("strategy_theme"))
    if parent is None:
        return _top_goal(card, linked) if linked or links_told else NOTHING_TOLD
    if parent["metric_id"] == card["metric_id"]:
        return Verdict("pass", ("same_metric_as_parent",))
    known = [row for row in drivers if row["parent_metric"] == parent["metric_id"]]
    if not known:
        return Verdict("weak", ("link_asserted",))
    mine = next((row for row in known if row["metric_id"] == card["metric_id"]), None)
    if mine is None:
        vanity = ("vanity",) if _VANITY.search(card["metric_id"]) else ()
        return Verdict("fail", ("not_a_driver", *vanity))
    wanted = _sign(card["direction"]) * _sign(parent["direction"])
    return _by_driver(mine, wanted, settings)


def _top_goal(card: Mapping[str, Any], linked: bool) -> Verdict:
    if card.get("strategy_theme") and card.get("customer_need"):
        return Verdict("pass", ("strategy_and_need",))
    if linked:
        return Verdict("weak", ("link_asserted",))
    return Verdict("fail", ("no_link",))


def _sign(direction: str) -> int:
    return -1 if direction == "decrease" else 1


def _by_driver(row: Mapping[str, Any], wanted: int, settings: Settings) -> Verdict:
    """wanted: the sign the correlation must have if this goal is to move the one above."""
    if row["kind"] == "formula":
        return Verdict("pass", ("formula_child",))
    if row["kind"] == "listed":
        top = row["rank"] is None or row["rank"] <= settings.top_drivers
        return Verdict("pass", ("listed_driver",)) if top else Verdict("weak", ("minor_driver",))
    r, low, high = row["r"], row["r_low"], row["r_high"]
    if r is None or low is None or high is None or (row["n"] or 0) < settings.n_least:
        return Verdict("weak", ("evidence_thin",))
    if wanted * r < 0 and (low > 0 or high < 0):
        return Verdict("fail", ("sign_opposite",))
    shown = abs(r) >= settings.r_least and (low > 0 or high < 0)
    return Verdict("pass", ("estimated_driver",)) if shown else Verdict("weak", ("evidence_thin",))

"""Why an action: the diagnosed needs it answers, with the numbers that diagnosed them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from playbook.chapters.plan.choice.model import Answer
from playbook.chapters.plan.choice.reading import Action

WANTED = frozenset({"M", "O", "A"})
Earlier = Mapping[str, Mapping[str, Any]]


def answers(rows: Sequence[Action], earlier: Earlier) -> tuple[Answer, ...]:
    """One row for each action and need that it names; kind "none" where no diagnosis knows it."""
    known = {**_needs(earlier), **_dimensions(earlier), **_features(earlier)}
    return tuple(
        known[need](row.action, need)
        if need in known
        else Answer(row.action, need, "none", None, None, None, None, None, None)
        for row in rows
        for need in row.answers
    )


def _features(earlier: Earlier) -> dict[str, Any]:
    """Kano: the category; Worse, what its absence costs; indifferent or reverse is no reason."""

    def made(one: Mapping[str, Any]) -> Any:
        low, high = one["worse_ci"] or (None, None)
        kind = str(one["category_near_tie"] or one["category"])
        return lambda action, need: Answer(
            action, need, "kano", kind, one["worse"], low, high, one["n_pairs"], kind in WANTED
        )

    return {str(f["feature"]): made(f) for f in _rows(earlier, "kano", "features")}


def _dimensions(earlier: Earlier) -> dict[str, Any]:
    """SERVQUAL: the gap between what was expected and what was found, with its interval."""

    def made(one: Mapping[str, Any]) -> Any:
        low, high = one["ci"] or (None, None)
        below = None if high is None else high < 0
        return lambda action, need: Answer(
            action, need, "servqual", None, one["gap_points"], low, high, one["n"], below
        )

    held = earlier.get("servqual", {}).get("dimensions") or {}
    return {key: made(one) for key, one in held.items() if one.get("gap_points") is not None}


def _needs(earlier: Earlier) -> dict[str, Any]:
    """Needs of the goals chapter: the share of all complaints and requests, and its trend."""

    def made(one: Mapping[str, Any]) -> Any:
        return lambda action, need: Answer(
            action, need, "needs", one["trend"], one["share"], one["share_low"],
            one["share_high"], one["volume"], True,
        )  # fmt: skip

    items = earlier.get("goals", {}).get("needs", {}).get("items", ())
    return {str(one["need"]): made(one) for one in items}


def _rows(earlier: Earlier, chapter: str, key: str) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = earlier.get(chapter, {}).get(key) or ()
    return found

"""How well labelled goal sentences are read: right slots and letters, counted.

A labelled sentence holds ``expected`` (the slots) and ``smart`` (the letters). Numbers are equal
within 1e-6 after times are brought to the expected unit; several dates or directions may be
accepted; of names one must hold the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playbook.core.units import convert

SLOTS = ("metric", "direction", "baseline", "target", "delta", "unit", "deadline", "owner")
_NUMBERS = ("baseline", "target", "delta")
_ALIKE = {"score": "points", "USD": "$", "CNY": "元", "RMB": "元", "¥": "元"}


@dataclass
class Tally:
    """So many right of so many."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.total += 1


@dataclass(frozen=True)
class Scores:
    """Tallies by slot (and ``all`` for sentences with every slot right) and by letter.

    wrong: sentence id, slot or letter, what was read, what was expected.
    """

    slots: Mapping[str, Tally]
    letters: Mapping[str, Tally]
    wrong: tuple[tuple[str, str, Any, Any], ...] = field(default=())


def score(labelled: Iterable[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]]) -> Scores:
    """Compare predictions (by sentence id) with the labels; a missing one counts as empty."""
    slots = {name: Tally() for name in (*SLOTS, "all")}
    letters = {name: Tally() for name in "SMART"}
    wrong: list[tuple[str, str, Any, Any]] = []
    for goal in labelled:
        found, label = read.get(goal["id"]) or {}, goal["expected"]
        misses = [slot for slot in SLOTS if not slot_right(slot, found, label)]
        for slot in SLOTS:
            slots[slot].add(slot not in misses)
        slots["all"].add(not misses)
        wrong += [(goal["id"], slot, found.get(slot), label[slot]) for slot in misses]
        for letter, wanted in goal.get("smart", {}).items():
            got = (found.get("smart") or {}).get(letter)
            letters[letter].add(got == wanted)
            wrong += [] if got == wanted else [(goal["id"], letter, got, wanted)]
    return Scores(slots, letters, tuple(wrong))


def slot_right(slot: str, found: Mapping[str, Any], label: Mapping[str, Any]) -> bool:
    """Whether one slot was read as labelled.

    >>> slot_right("target", {"target": 2, "unit": "h"}, {"target": 120, "unit": "min"})
    True
    """
    value = found.get(slot)
    if slot == "metric":
        same = found.get("metric_canonical") == label["metric_canonical"]
        return same or _within(value, label["metric"])
    if slot in ("direction", "deadline"):
        return value in label[f"{slot}_accept"]
    if slot in _NUMBERS:
        return _number_right(slot, found, label)
    if slot == "unit":
        return _unit_right(found, label)
    return (value is None and label["owner"] is None) or _within(value, label["owner"])


def _number_right(slot: str, found: Mapping[str, Any], label: Mapping[str, Any]) -> bool:
    value = found.get(slot)
    relative = slot == "delta" and label.get("delta_kind") == "relative_pct"
    if value is not None and not relative:
        turned = convert(float(value), found.get("unit") or "", label["unit"] or "")
        value = value if turned is None or not _times(found, label) else turned
    accepted = label.get("delta_accept", [label["delta"]]) if slot == "delta" else [label[slot]]
    if slot == "target" and label["target"] is None and label.get("target_derived") is not None:
        accepted = [None, label["target_derived"]]
    return any(_equal(value, wanted) for wanted in accepted)


def _unit_right(found: Mapping[str, Any], label: Mapping[str, Any]) -> bool:
    got, wanted = found.get("unit"), label["unit"]
    if _ALIKE.get(got or "", got) == _ALIKE.get(wanted or "", wanted):
        return True
    return _times(found, label) and all(_number_right(slot, found, label) for slot in _NUMBERS)


def _times(found: Mapping[str, Any], label: Mapping[str, Any]) -> bool:
    times = ("s", "min", "h", "day")
    return found.get("unit") in times and label["unit"] in times


def _equal(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) < 1e-6


def _within(a: Any, b: Any) -> bool:
    one, other = _plain(a), _plain(b)
    return bool(one) and bool(other) and (one in other or other in one)


def _plain(text: Any) -> str:
    """Without blanks, marks, case and width."""
    return re.sub(r"[\s\-_,.'\"的]+", "", unicodedata.normalize("NFKC", str(text or ""))).lower()

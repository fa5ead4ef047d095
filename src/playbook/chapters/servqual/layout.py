"""Which column of the wide table is which answer: role (E P I D A) and item.

Reads ``E1``, ``P_food``, ``期望_3``, ``第3题_感知``, ``points_tangibles``; a long table (one row
per respondent and item) is made wide first.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from playbook.chapters.servqual.instrument import canonical

Role = Literal["E", "P", "I", "D", "A"]
ROLES: tuple[Role, ...] = ("E", "P", "I", "D", "A")

_WORDS: Mapping[str, Role] = {
    "e": "E", "expectation": "E", "expected": "E", "期望值": "E", "期望": "E", "期待": "E",
    "p": "P", "perception": "P", "performance": "P", "感知": "P", "实际感受": "P", "体验": "P",
    "i": "I", "importance": "I", "重要性": "I", "重要度": "I",
    "d": "D", "desired": "D", "理想": "D",
    "a": "A", "adequate": "A", "可接受": "A",
}  # fmt: skip
_ANY = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_FRONT = re.compile(rf"^({_ANY})([\s_\-.]*)(.+)$", re.IGNORECASE)
_BACK = re.compile(rf"^(.+?)([\s_\-.]+)({_ANY})$", re.IGNORECASE)
_QUESTION = re.compile(r"^第\s*(\w+)\s*题$")
_POINTS = re.compile(r"^(?:points|权重|分配)[\s_\-]*(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """columns: (role, item) -> column; points: dimension -> column; strange: like an item column,
    but of no item the instrument knows."""

    columns: Mapping[tuple[Role, str], str]
    points: Mapping[str, str]
    strange: tuple[str, ...]

    def items(self, role: Role) -> set[str]:
        return {item for found, item in self.columns if found == role}


def layout_of(columns: Iterable[str], items: Iterable[str], dimensions: Iterable[str]) -> Layout:
    """Match the columns of a table with the instrument.

    >>> found = layout_of(["E1", "P_1", "Purpose", "P9"], ["1"], ["tangibles"])
    >>> found.columns, found.strange
    ({('E', '1'): 'E1', ('P', '1'): 'P_1'}, ('P9',))
    """
    known = {item.casefold(): item for item in items}
    wanted = set(dimensions)
    places: dict[tuple[Role, str], str] = {}
    points: dict[str, str] = {}
    strange: list[str] = []
    for column in columns:
        if (shared := _POINTS.match(column)) and canonical(shared[1]) in wanted:
            points[canonical(shared[1])] = column
        elif (place := _place(column, known)) is not None:
            places.setdefault(place, column)
        elif shared or _looks_like_an_item(column):
            strange.append(column)
    return Layout(places, points, tuple(strange))


def widen(frame: pd.DataFrame) -> pd.DataFrame:
    """A long table (respondent_id, item, E, P …) as a wide one; a wide one as it is.

    The row number of a respondent is that of his first line.
    """
    roles = [c for c in frame.columns if c.casefold() in _WORDS]
    if "item" not in frame.columns or not roles:
        return frame
    keep = [c for c in frame.columns if c not in {"item", *roles}]
    lines = frame.assign(row=frame.index)
    wide = lines.drop_duplicates("respondent_id").set_index("row")[keep]
    for role in roles:
        cells = lines.dropna(subset=[role]).drop_duplicates(["respondent_id", "item"])
        by_item = cells.pivot(index="respondent_id", columns="item", values=role)
        for item in dict.fromkeys(lines["item"].dropna()):
            name = f"{_WORDS[role.casefold()]}_{item}"
            wide[name] = wide["respondent_id"].map(by_item[item]) if item in by_item else None
    return wide


def repeated(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Rows that repeat a respondent (in a long table: a respondent's item)."""
    long = "item" in frame.columns and any(c.casefold() in _WORDS for c in frame.columns)
    return frame.duplicated(["respondent_id", "item"] if long else ["respondent_id"])


def _place(column: str, known: Mapping[str, str]) -> tuple[Role, str] | None:
    for pattern, role_at, item_at in ((_FRONT, 1, 3), (_BACK, 3, 1)):
        if found := pattern.match(column.strip()):
            item = _bare(found[item_at]).casefold()
            if item in known:
                return _WORDS[found[role_at].casefold()], known[item]
    return None


def _looks_like_an_item(column: str) -> bool:
    """``P23`` or ``E_food`` is meant as an item; ``Purpose`` is not."""
    found = _FRONT.match(column.strip())
    if not found or (found[1].isascii() and len(found[1]) == 1 and not found[1].isupper()):
        return False
    return _bare(found[3]).isdigit() or (found[2] == "_" and found[1] in {"E", "P"})


def _bare(item: str) -> str:
    found = _QUESTION.match(item.strip())
    return found[1] if found else item.strip()

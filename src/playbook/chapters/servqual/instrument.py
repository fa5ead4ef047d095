"""The instrument: which items there are, of which dimension, how worded, which reversed.

Data, not code: the case's table, or the shipped 22 items in five dimensions (after Parasuraman,
Zeithaml & Berry 1988, 1991; the wording is ours).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

import pandas as pd

from playbook.core.inputs import Tables
from playbook.core.problems import Problem
from playbook.core.text import Name

TABLE = "servqual_instrument"


@dataclass(frozen=True)
class Instrument:
    """items in order, their dimension, their text and the reversed ones."""

    items: tuple[str, ...]
    dimension_of: Mapping[str, str]
    texts: Mapping[str, Name]
    negative: frozenset[str]
    default: bool

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.dimension_of[item] for item in self.items))

    def of(self, dimension: str) -> tuple[int, ...]:
        """Places of a dimension's items."""
        return tuple(i for i, x in enumerate(self.items) if self.dimension_of[x] == dimension)


def instrument_of(tables: Tables) -> Instrument:
    """The case's instrument, else the default one."""
    own = TABLE in tables
    frame = tables[TABLE] if own else _shipped("default_instrument.csv")
    cells = frame.to_dict("records")
    rows = [{str(k): v for k, v in row.items()} for row in cells if _text(row.get("item"))]
    items = tuple(_text(row["item"]) for row in rows)
    return Instrument(
        items,
        {_text(row["item"]): canonical(_text(row.get("dimension"))) for row in rows},
        {_text(row["item"]): _name(row) for row in rows},
        frozenset(_text(row["item"]) for row in rows if _yes(row.get("negative"))),
        not own,
    )


def instrument_faults(tables: Tables) -> list[Problem]:
    """Items without a dimension, and items named twice."""
    if TABLE not in tables:
        return []
    faults: list[Problem] = []
    seen: set[str] = set()
    for row, cells in tables[TABLE].iterrows():
        item = _text(cells.get("item"))
        place = int(str(row))
        if not _text(cells.get("dimension")):
            faults.append(
                tables.problem(
                    TABLE, "servqual.instrument_unknown", row=place, column="dimension", value=item
                )
            )
        if item.casefold() in seen:
            faults.append(
                tables.problem(
                    TABLE, "servqual.item_repeated", row=place, column="item", value=item
                )
            )
        seen.add(item.casefold())
    return faults


def canonical(dimension: str) -> str:
    """The one id of a dimension that goes by several names.

    >>> canonical("专业度"), canonical("touchpoints")
    ('assurance', 'touchpoints')
    """
    return _synonyms().get(dimension.casefold(), dimension)


def dimension_names() -> Mapping[str, Name]:
    """Names of the five usual dimensions."""
    rows = _shipped("default_dimensions.csv").itertuples(index=False)
    return {str(row.id): Name(str(row.zh), str(row.en)) for row in rows}


@cache
def _synonyms() -> Mapping[str, str]:
    known: dict[str, str] = {}
    for row in _shipped("default_dimensions.csv").itertuples(index=False):
        for word in (str(row.id), str(row.zh), str(row.en), *str(row.synonyms).split(";")):
            known[word.casefold()] = str(row.id)
    return known


def _shipped(name: str) -> pd.DataFrame:
    text = (files("playbook.chapters.servqual") / name).read_text(encoding="utf-8")
    return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)


def _text(value: object) -> str:
    if value is None or value != value:  # not-a-number is not itself
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value).strip()


def _yes(value: object) -> bool:
    return _text(value).casefold() in {"1", "true", "yes", "y", "是", "反向"}


def _name(row: Mapping[str, object]) -> Name:
    item = _text(row["item"])
    zh, en = _text(row.get("text_zh")), _text(row.get("text_en"))
    return Name(zh or en or item, en or zh or item)

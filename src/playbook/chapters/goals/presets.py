"""Sector presets: metrics worth looking at first, and example cards. No benchmark figures."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from playbook.core.records import from_dict
from playbook.core.text import Name


@dataclass(frozen=True)
class Example:
    """An example card: the shape of a goal; its numbers are the client's to fill in.

    under: the number of the example it serves, counted from 1; 0 for none.
    """

    metric_id: str
    direction: str
    need: Name
    participants: Name
    months: int
    guardrail_metric: str = ""
    under: int = 0


@dataclass(frozen=True)
class Preset:
    """What a sector usually measures, results before processes."""

    name: Name
    metrics: tuple[str, ...]
    examples: tuple[Example, ...] = ()


@cache
def _presets() -> Mapping[str, Preset]:
    source = files("playbook") / "chapters" / "goals" / "presets.toml"
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    return {key: from_dict(Preset, table, "presets.toml") for key, table in raw.items()}


def sectors() -> tuple[str, ...]:
    """The sectors there is a preset for.

    >>> "hotel" in sectors()
    True
    """
    return tuple(_presets())


def preset(sector: str) -> Preset:
    """The preset of a sector. Raises KeyError for a sector without one."""
    return _presets()[sector]

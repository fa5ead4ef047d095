"""Answer cells to numbers: ``5``, ``５``, ``5 非常同意``, ``strongly agree``.

A number and a label in one cell must agree; what cannot be read is kept as a fault, never guessed.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from playbook.core.stats import Floats

_CELL = re.compile(r"^([+-]?\d+(?:\.\d+)?)\s*分?\s*[.、:：=)）\-—]?\s*(.*)$")


@dataclass(frozen=True)
class Reading:
    """Text -> number of every distinct answer; faults by text."""

    numbers: Mapping[str, float] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def parts(text: str) -> tuple[float | None, str]:
    """Split a cell in its number and its label.

    >>> parts("５ 非常同意"), parts("agree"), parts("4")
    ((5.0, '非常同意'), (None, 'agree'), (4.0, ''))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _CELL.match(plain)
    if not found:
        return None, plain.casefold()
    return float(found[1]), found[2].strip().casefold()


def settled_scale(texts: Iterable[str]) -> tuple[float, float] | None:
    """The scale 1..k if the labels found are all the labels of one k-point scale, else None.

    >>> settled_scale(["非常不同意", "不同意", "一般", "同意", "非常同意"])
    (1.0, 5.0)
    """
    labels = {label for number, label in map(parts, texts) if number is None}
    for scale in _scales():
        places = {scale.get(label) for label in labels}
        if None not in places and len(places) == max(scale.values()) + 1:
            return 1.0, float(len(places))
    return None


def read_texts(texts: Iterable[str], low: float, high: float) -> Reading:
    """Give every distinct answer its number on the scale low..high."""
    numbers: dict[str, float] = {}
    unknown: list[str] = []
    by_label: dict[str, set[float]] = defaultdict(set)
    wrong: set[str] = set()
    for text in sorted(set(texts)):
        number, label = parts(text)
        place = _place(label, low, high)
        if number is None and place is None:
            unknown.append(text)
            continue
        numbers[text] = low + place if number is None and place is not None else number or 0.0
        if label:
            by_label[label].add(numbers[text])
        if number is not None and place is not None and number != low + place:
            wrong.add(label)
    wrong |= {label for label, found in by_label.items() if len(found) > 1}
    conflicts = tuple(t for t in numbers if parts(t)[1] in wrong and parts(t)[1])
    return Reading(numbers, tuple(unknown), conflicts)


def distinct(frame: pd.DataFrame, columns: Iterable[str]) -> dict[str, int]:
    """How often each answer occurs in these columns; blanks left out."""
    counts: dict[str, int] = defaultdict(int)
    for column in columns:
        for text, n in frame[column].value_counts(dropna=True).items():
            counts[as_text(text)] += int(n)
    return dict(counts)


def as_text(value: object) -> str:
    """A cell as text; a whole number without its decimal point."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def matrix(frame: pd.DataFrame, columns: Iterable[str], numbers: Mapping[str, float]) -> Floats:
    """The columns as numbers (rows, columns); NaN = no answer or not readable."""
    out: list[Floats] = []
    for column in columns:
        codes, found = pd.factorize(frame[column])
        known = [numbers.get(as_text(text), np.nan) for text in found]
        out.append(np.array([*known, np.nan])[codes])  # code -1 = blank = the last one
    return np.column_stack(out) if out else np.empty((len(frame), 0))


def _place(label: str, low: float, high: float) -> int | None:
    for scale in _scales():
        if label in scale and max(scale.values()) == high - low:
            return scale[label]
    return None


@cache
def _scales() -> tuple[Mapping[str, int], ...]:
    source = files("playbook.chapters.servqual") / "labels.toml"
    found = tomllib.loads(source.read_text(encoding="utf-8"))["scale"]
    return tuple({w: i for i, ws in enumerate(s["words"]) for w in ws} for s in found)

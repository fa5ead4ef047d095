"""Columns of texts to codes and numbers: each distinct text is looked at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.labels import meaning
from playbook.core.intake.cells import normalise

Codes = NDArray[np.int8]
Objects = NDArray[np.object_]
_NUMBER = re.compile(r"[-+]?\d+(?:\.0+)?")
_SCORES = {4, 2, 0, -1, -2}


@dataclass(frozen=True)
class Coded:
    """One column as codes 1..5 (0 = no answer) and what is wrong with it.

    faults: text -> code of the fault. mixed: a number among labels. scores: a score among what
    should be answers. answered and unknown count cells.
    """

    codes: Codes
    by_number: bool = False
    answered: int = 0
    unknown: int = 0
    faults: Mapping[str, str] = field(default_factory=dict)
    mixed: str = ""
    scores: str = ""


def code_column(column: pd.Series, settings: Settings) -> Coded:
    """Read answers as labels or as numbers 1..5, in the order the settings declare."""
    places, distinct = pd.factorize(column)
    texts = [str(text) for text in distinct]
    numbers = {t: int(float(normalise(t))) for t in texts if _NUMBER.fullmatch(normalise(t))}
    if _are_scores(set(numbers.values())):
        shown = next(t for t, v in numbers.items() if v in (0, -1))
        return Coded(np.zeros(len(column), dtype=np.int8), True, scores=shown)
    skipped = {t for t, v in numbers.items() if v in settings.missing_codes}
    counts = np.bincount(places[places >= 0], minlength=len(texts))
    code = np.zeros(len(texts) + 1, dtype=np.int8)  # the last place serves the blanks' -1
    faults: dict[str, str] = {}
    answered = labels = 0
    for i, text in enumerate(texts):
        if text in skipped:
            continue
        code[i], fault = _one(text, numbers, settings)
        labels += text not in numbers and bool(code[i])
        answered += int(counts[i]) if code[i] or fault else 0
        if fault:
            faults[text] = fault
    unknown = sum(
        int(c) for t, c in zip(texts, counts, strict=True) if faults.get(t) == "unknown_label"
    )
    mixed = next((t for t in numbers if t not in skipped), "") if labels else ""
    return Coded(code[places], bool(numbers) and not labels, answered, unknown, faults, mixed)


def _one(text: str, numbers: Mapping[str, int], settings: Settings) -> tuple[int, str]:
    if text in numbers:
        value = numbers[text]
        if not 1 <= value <= 5:
            return 0, "code_out_of_range"
        return (value if settings.code_order == "like_first" else 6 - value), ""
    found = meaning(text)
    return found.code or 0, found.fault


def _are_scores(values: set[int]) -> bool:
    """DuMouchel's scores in place of answers: K20 wants codes and makes the scores itself."""
    return bool(values & {0, -1}) and values <= _SCORES and bool(values & {2, 4})


def spread_floats(
    column: pd.Series | None, shape: tuple[int, int], at: tuple[NDArray[np.intp], ...],
    known: NDArray[np.bool_],
) -> NDArray[np.float64] | None:  # fmt: skip
    if column is None or column.notna().sum() == 0:
        return None
    out = np.full(shape, np.nan)
    out[at] = column.to_numpy(dtype=np.float64)[known]
    return out


def first_float(
    column: pd.Series | None, who: NDArray[np.intp], people: int
) -> NDArray[np.float64] | None:
    if column is None or column.notna().sum() == 0:
        return None
    out = np.full(people, np.nan)
    out[who[::-1]] = column.to_numpy(dtype=np.float64)[::-1]
    return out


def texts(column: pd.Series | None) -> Objects | None:
    return None if column is None or column.notna().sum() == 0 else column.to_numpy(dtype=object)


def seconds(column: pd.Series) -> NDArray[np.float64] | None:
    """Answer times; survey exports write "95秒"."""
    if column.dtype == np.float64:
        return column.to_numpy()
    digits = column.astype(object).where(column.notna(), "").astype(str)
    found = digits.str.extract(r"^\s*(\d+(?:\.\d+)?)\s*(?:秒|s|sec)?\s*$")[0]
    values = pd.to_numeric(found, errors="coerce").to_numpy(dtype=np.float64)
    return values if np.isfinite(values).any() else None


def date_range(frame: pd.DataFrame) -> tuple[str, str] | None:
    days = [d for d in frame["date"] if d is not None] if "date" in frame else []
    return (min(days).isoformat(), max(days).isoformat()) if days else None

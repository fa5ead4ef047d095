"""The survey as arrays: one row per respondent, one column per item, reversed items turned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from playbook.chapters.servqual.answers import Reading, distinct, matrix, read_texts, settled_scale
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.instrument import Instrument, instrument_of
from playbook.chapters.servqual.layout import ROLES, Layout, Role, layout_of, widen
from playbook.chapters.servqual.result import SurveyForm
from playbook.core.inputs import Inputs, Tables
from playbook.core.stats import Floats

Scale = tuple[float, float]


@dataclass(frozen=True)
class Source:
    """The table with its columns understood, before any answer is read."""

    frame: pd.DataFrame
    instrument: Instrument
    layout: Layout
    scales: Mapping[Role, Scale]
    readings: Mapping[Role, Reading]
    counts: Mapping[Role, Mapping[str, int]]


@dataclass(frozen=True)
class Survey:
    """answers[role]: (respondents, items), NaN = no answer; raw: as given, not reversed.

    points: (respondents, dimensions), NaN rows where they do not sum to 100.
    """

    instrument: Instrument
    form: SurveyForm
    ids: tuple[str, ...]
    answers: Mapping[Role, Floats]
    raw: Mapping[Role, Floats]
    scale: Scale
    importance_scale: Scale
    points: Floats | None
    points_refused: tuple[str, ...]
    overall: Floats | None
    weight: Floats | None
    segment: tuple[str | None, ...] | None

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """Places of the items of each dimension."""
        return tuple(self.instrument.of(d) for d in self.instrument.dimensions)

    @property
    def gaps(self) -> Floats | None:
        """S1: perception minus expectation."""
        if self.form != "gap":
            return None
        return self.answers["P"] - self.answers["E"]

    def rows(self, keep: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "Survey":
        """Only these respondents (for the gaps and scores, not for the points)."""
        return replace(
            self,
            ids=tuple(i for i, k in zip(self.ids, keep, strict=True) if k),
            answers={r: x[keep] for r, x in self.answers.items()},
            raw={r: x[keep] for r, x in self.raw.items()},
            points=None if self.points is None else self.points[keep],
            overall=None if self.overall is None else self.overall[keep],
            weight=None if self.weight is None else self.weight[keep],
            segment=None,
        )


def source_of(inputs: Inputs[Settings]) -> Source:
    """Find the columns, the scales and what every distinct answer text means."""
    frame = widen(inputs.tables["servqual"])
    instrument = instrument_of(inputs.tables)
    layout = layout_of(
        [c for c in frame.columns if c not in {"respondent_id", "segment", "overall", "weight"}],
        instrument.items,
        instrument.dimensions,
    )
    counts: dict[Role, Mapping[str, int]] = {
        role: distinct(frame, [layout.columns[role, i] for i in sorted(layout.items(role))])
        for role in ROLES
        if layout.items(role)
    }
    scales: dict[Role, Scale] = {}
    for role, texts in counts.items():
        scale = scale_of(role, inputs.settings) or settled_scale(texts)
        if scale:
            scales[role] = scale
    readings: dict[Role, Reading] = {
        role: read_texts(counts[role], *scale) for role, scale in scales.items()
    }
    return Source(frame, instrument, layout, scales, readings, counts)


def scale_of(role: Role, settings: Settings) -> Scale | None:
    """The declared scale of a role; expectations and importance may have their own."""
    low, high = settings.scale_min, settings.scale_max
    if role == "E":
        low = low if settings.expectation_min is None else settings.expectation_min
        high = high if settings.expectation_max is None else settings.expectation_max
    if role == "I":
        low = low if settings.importance_min is None else settings.importance_min
        high = high if settings.importance_max is None else settings.importance_max
    return None if low is None or high is None else (low, high)


def form_of(layout: Layout, settings: Settings) -> SurveyForm:
    """By the columns found unless the case says otherwise."""
    if settings.form != "auto":
        return settings.form
    if layout.items("D") and layout.items("A"):
        return "zone"
    return "gap" if layout.items("E") else "performance"


def survey_of(source: Source, settings: Settings) -> Survey:
    """The arrays. Call only when the faults of the table are none."""
    frame, instrument, layout = source.frame, source.instrument, source.layout
    raw: dict[Role, Floats] = {}
    for role in source.counts:
        columns = [layout.columns.get((role, item)) for item in instrument.items]
        raw[role] = _answers(frame, columns, source.readings[role].numbers)
    turned = {role: _reversed(x, role, source) for role, x in raw.items()}
    points, refused = _points(frame, layout, instrument, settings)
    ids = tuple(str(x) for x in frame["respondent_id"])
    return Survey(
        instrument,
        form_of(layout, settings),
        ids,
        turned,
        raw,
        source.scales["P"],
        source.scales.get("I", source.scales["P"]),
        points,
        tuple(ids[i] for i in refused),
        _column(frame, "overall"),
        _column(frame, "weight"),
        tuple(frame["segment"]) if "segment" in frame else None,
    )


def points_off(
    frame: pd.DataFrame, layout: Layout, instrument: Instrument, settings: Settings
) -> tuple[Floats, list[int]]:
    """The points as numbers, and the places of rows that answered but do not sum to 100."""
    columns = [layout.points[d] for d in instrument.dimensions]
    found = np.column_stack(
        [pd.to_numeric(frame[c], errors="coerce").to_numpy(dtype=float) for c in columns]
    )
    answered = ~np.isnan(found).all(axis=1)
    fits = np.abs(found.sum(axis=1) - 100) <= settings.points_tolerance
    return found, [int(i) for i in np.flatnonzero(answered & ~(fits & (found >= 0).all(axis=1)))]


def never_used(tables: Tables, source: Source) -> Mapping[str, int]:
    """Answers that say "never used", by item of the perceptions."""
    by_column = tables.never_used("servqual")
    return {
        item: int(by_column[column])
        for (role, item), column in source.layout.columns.items()
        if role == "P" and by_column.get(column)
    }


def _answers(
    frame: pd.DataFrame, columns: list[str | None], numbers: Mapping[str, float]
) -> Floats:
    out = np.full((len(frame), len(columns)), np.nan)
    there = [i for i, column in enumerate(columns) if column is not None]
    out[:, there] = matrix(frame, [c for c in columns if c is not None], numbers)
    return out


def _reversed(x: Floats, role: Role, source: Source) -> Floats:
    """S9: x' = min + max - x for items marked negative; importance is never reversed."""
    if role == "I":
        return x
    low, high = source.scales[role]
    out = x.copy()
    for i, item in enumerate(source.instrument.items):
        if item in source.instrument.negative:
            out[:, i] = low + high - x[:, i]
    return out


def _points(
    frame: pd.DataFrame, layout: Layout, instrument: Instrument, settings: Settings
) -> tuple[Floats | None, list[int]]:
    if set(layout.points) != set(instrument.dimensions):
        return None, []
    found, off = points_off(frame, layout, instrument, settings)
    found[off] = np.nan
    return found, off


def _column(frame: pd.DataFrame, name: str) -> Floats | None:
    if name not in frame or frame[name].isna().all():
        return None
    return frame[name].to_numpy(dtype=float)

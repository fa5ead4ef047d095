"""Each feature's counts, from answers, from 5 x 5 matrices or from category totals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.chapters.kano.answers import Answers
from playbook.chapters.kano.evaluation import CATEGORIES, Bytes, Counts, by_category, count_pairs
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.result import Source
from playbook.chapters.kano.rules import Floats
from playbook.core.inputs import Tables
from playbook.core.intake.cells import number
from playbook.core.problems import Problem

_SUM_TOLERANCE = 0.005
ALIASES = {"P": "O", "L": "O", "E": "A", "D": "A"}
"""Letters other sources use: performance, linear, exciter, delighter. N is ambiguous: asked."""


@dataclass(frozen=True)
class Counted:
    """One feature: counts (or, without n, shares) of M, O, A, I, R, Q; matrix: pairs 5 x 5."""

    feature: str
    source: Source
    counts: Floats
    matrix: Counts | None = None
    n_rows: int | None = None
    n_missing: int | None = None
    n_half: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def has_n(self) -> bool:
        return self.source != "shares"


def from_answers(answers: Answers, pairs: Bytes, table: str) -> list[Counted]:
    """Count every feature; pairs: (features, respondents) pair codes."""
    out = []
    for i, feature in enumerate(answers.features):
        cells = count_pairs(pairs[i])
        matrix, n = cells[1:, 1:], answers.n_rows[i]
        half = int(cells[0, 1:].sum() + cells[1:, 0].sum())
        counts = by_category(matrix, table).astype(np.float64)
        missing = n - int(matrix.sum())
        flags = ("half_missing",) if half else ()
        out.append(Counted(feature, "answers", counts, matrix, n, missing, half, flags))
    return out


def from_matrices(frame: pd.DataFrame, table: str) -> list[Counted]:
    """Table kano_matrix: one row per feature and functional code."""
    out = []
    for feature, rows in frame.groupby("feature", sort=False):
        matrix = np.zeros((5, 5), dtype=np.int64)
        places = rows["functional"].to_numpy(dtype=int) - 1
        matrix[places] = rows[[f"d{code}" for code in range(1, 6)]].to_numpy(dtype=np.int64)
        counts = by_category(matrix, table).astype(np.float64)
        out.append(Counted(str(feature), "matrix", counts, matrix))
    return out


@dataclass
class TotalsReader:
    """Reads the table kano_counts and gathers its problems."""

    tables: Tables
    settings: Settings

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self) -> list[Counted]:
        frame = self.tables["kano_counts"]
        columns = self._letters(frame)
        if columns is None:
            return []
        numbers = np.column_stack([self._numbers(frame[columns[c]]) for c in CATEGORIES])
        given = frame["n"].to_numpy(dtype=float) if "n" in frame else np.full(len(frame), np.nan)
        whole = bool((numbers == np.round(numbers)).all())
        if (
            len(frame) > 1
            and whole
            and np.isnan(given).all()
            and (numbers.sum(axis=1) == 100).all()
        ):
            self._tell("counts_or_percent", column=", ".join(columns.values()))
        out = []
        for row, feature, counts, n in zip(
            frame.index, frame["feature"], numbers, given, strict=True
        ):
            out.append(self._one(int(row), str(feature), counts, None if np.isnan(n) else int(n)))
        return out

    def _one(self, row: int, feature: str, counts: Floats, n: int | None) -> Counted:
        total = float(counts.sum())
        if bool((counts == np.round(counts)).all()) and (n is None or n == round(total)):
            return Counted(feature, "counts", counts)
        unit = 1.0 if total < 2 else 100.0
        shares = counts / unit
        if abs(shares.sum() - 1) > _SUM_TOLERANCE:
            self._tell("shares_do_not_sum", "warn", row=row, value=f"{shares.sum():.3f}")
        if n is None:
            return Counted(feature, "shares", shares, flags=("no_n",))
        return Counted(feature, "counts", np.round(shares * n), flags=("counts_from_shares",))

    def _letters(self, frame: pd.DataFrame) -> Mapping[str, str] | None:
        """Category -> column, letters of other sources turned; None if that cannot be told."""
        aliases = dict(ALIASES)
        if self.settings.letter_n:
            aliases["N"] = self.settings.letter_n
        columns: dict[str, str] = {}
        for column in map(str, frame.columns):
            letter = column.strip().upper()
            letter = aliases.get(letter, letter)
            if letter == "N" and column != "n":
                self._tell("letter_n_ambiguous", column=column)
            elif letter in CATEGORIES and letter in columns:
                self._tell("letter_twice", column=column, value=letter, other=columns[letter])
            elif letter in CATEGORIES:
                columns[letter] = column
        missing = [c for c in CATEGORIES if c not in columns]
        if missing:
            self._tell("letters_missing", value=", ".join(missing))
        return None if missing or self.problems else columns

    def _numbers(self, column: pd.Series) -> Floats:
        """A letter's column; columns of other letters arrive as text."""
        out = np.zeros(len(column))
        for i, (row, cell) in enumerate(column.items()):
            try:
                value = float(cell) if isinstance(cell, int | float) else number(str(cell))
            except ValueError:
                value = np.nan
            if not value >= 0:
                self._tell("count_unreadable", row=row, column=str(column.name), value=cell)
            out[i] = value if value >= 0 else 0.0
        return out

    def _tell(self, code: str, level: str = "error", **values: object) -> None:
        made = self.tables.problem("kano_counts", f"kano.{code}", level=level, **values)  # type: ignore[arg-type]
        self.problems.append(made)


def plain_id(feature: str) -> str:
    """A feature's id for comparing across tables."""
    return re.sub(r"\s+", " ", feature).strip().lower()

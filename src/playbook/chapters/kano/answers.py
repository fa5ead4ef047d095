"""The answers of a table as codes 1..5, whatever its layout, and everything wrong with them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.chapters.kano import evaluation
from playbook.chapters.kano.coding import (
    Codes,
    Objects,
    code_column,
    date_range,
    first_float,
    seconds,
    spread_floats,
    texts,
)
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.layout import Layout, recognise
from playbook.core.inputs import Tables
from playbook.core.problems import Level, Problem

TABLE = "kano"
MOST = 20
"""So many rows of one fault are listed; the rest are counted."""


@dataclass(frozen=True)
class Answers:
    """Codes of shape (features, respondents): 1 like .. 5 dislike, 0 no answer.

    importance and performance are (features, respondents) or None; segment and wording hold one
    text per respondent; by_number tells which features came as numbers, not texts.
    """

    features: tuple[str, ...]
    respondents: Objects
    functional: Codes
    dysfunctional: Codes
    n_rows: tuple[int, ...]
    by_number: tuple[bool, ...]
    layout: str
    importance: NDArray[np.float64] | None = None
    performance: NDArray[np.float64] | None = None
    segment: Objects | None = None
    wording: Objects | None = None
    seconds: NDArray[np.float64] | None = None
    dates: tuple[str, str] | None = None


@dataclass
class Reader:
    """Reads one table and gathers every problem on the way."""

    tables: Tables
    settings: Settings
    problems: list[Problem] = field(default_factory=list)
    answered: int = 0
    unknown: int = 0

    def tell(
        self, code: str, level: Level = "error", row: int | None = None, column: str = "",
        value: object = "", **values: str | int | float,
    ) -> None:  # fmt: skip
        place = {"level": level, "row": row, "column": column, "value": value}
        self.problems.append(self.tables.problem(TABLE, f"kano.{code}", **place, **values))  # type: ignore[arg-type]

    def read(self) -> Answers | None:
        """The answers, or None if no pair of columns can be told."""
        frame = self.tables[TABLE]
        layout = recognise(frame, self.settings.pairs)
        if layout.totals_only:
            self.tell("marginals_only")
            return None
        if layout.unmatched or (layout.kind != "long" and not layout.pairs):
            self.tell(
                "pair_columns_unmatched",
                value=" | ".join(layout.unmatched),
                found=len(layout.pairs),
                columns=", ".join(map(str, frame.columns)),
            )
            return None
        body = frame.iloc[layout.header_rows :]
        answers = self._long(body) if layout.kind == "long" else self._wide(body, layout)
        self._judge_unknown()
        if answers is not None:
            self._judge_order(answers)
        return answers

    # --- layouts

    def _long(self, frame: pd.DataFrame) -> Answers | None:
        if "respondent_id" not in frame or frame["respondent_id"].isna().any():
            empty = frame.get("respondent_id", pd.Series(None, index=frame.index)).isna()
            self._tell_rows("respondent_id_missing", frame.index[empty], "respondent_id")
            return None
        self._duplicates(frame, ["respondent_id", "feature"])
        who, people = pd.factorize(frame["respondent_id"])
        what, features = pd.factorize(frame["feature"])
        known = what >= 0
        self._tell_rows("feature_missing", frame.index[~known], "feature")
        shape = (len(features), len(people))
        f, f_number = self._codes(frame["functional"])
        d, d_number = self._codes(frame["dysfunctional"])
        at = (what[known], who[known])

        def spread(values: NDArray[np.int8]) -> Codes:
            out = np.zeros(shape, dtype=np.int8)
            out[at] = values[known]
            return out

        return Answers(
            tuple(str(name) for name in features),
            np.asarray(people, dtype=object),
            spread(f),
            spread(d),
            tuple(int(n) for n in np.bincount(what[known], minlength=len(features))),
            (f_number or d_number,) * len(features),
            "long",
            spread_floats(frame.get("importance"), shape, at, known),
            spread_floats(frame.get("performance"), shape, at, known),
            self._per_person(frame.get("segment"), who, len(people)),
            self._per_person(frame.get("wording_set"), who, len(people)),
            first_float(frame.get("seconds"), who, len(people)),
            date_range(frame),
        )

    def _wide(self, frame: pd.DataFrame, layout: Layout) -> Answers:
        if layout.respondent:
            self._duplicates(frame, [layout.respondent])
            given = frame[layout.respondent]
            people = given.where(given.notna(), frame.index.astype(str)).to_numpy(dtype=object)
        else:
            people = frame.index.astype(str).to_numpy(dtype=object)
        shape = (len(layout.pairs), len(frame))
        f, d = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8)
        numeric = []
        for i, pair in enumerate(layout.pairs):
            f[i], f_number = self._codes(frame[pair.functional])
            d[i], d_number = self._codes(frame[pair.dysfunctional])
            numeric.append(f_number or d_number)
        names = tuple(pair.feature for pair in layout.pairs)
        return Answers(
            names,
            people,
            f,
            d,
            (len(frame),) * len(names),
            tuple(numeric),
            layout.kind,
            self._beside(frame, names, ("imp", "importance", "重要性", "重要度"), 1, 9),
            self._beside(frame, names, ("perf", "performance", "表现", "现状"), 1, 5),
            texts(frame.get("segment")),
            texts(frame.get("wording_set")),
            seconds(frame[layout.seconds]) if layout.seconds else None,
            date_range(frame),
        )

    # --- cells

    def _codes(self, column: pd.Series) -> tuple[Codes, bool]:
        """Codes of one column, 0 = no answer; and whether it held numbers."""
        coded, name = code_column(column, self.settings), str(column.name)
        self.answered += coded.answered
        self.unknown += coded.unknown
        if coded.scores:
            self.tell("score_codes_not_answers", column=name, value=coded.scores)
        if coded.mixed:
            self._tell_rows("mixed_label_code", _rows(column, coded.mixed)[:1], name, coded.mixed)
        self._tell_cells(column, coded.faults)
        return coded.codes, coded.by_number

    def _tell_cells(self, column: pd.Series, faults: Mapping[str, str]) -> None:
        for text, code in faults.items():
            rows = _rows(column, text)
            level: Level = "warn" if code == "unknown_label" else "error"
            name = str(column.name)
            if code == "not_a_kano_scale":
                rows = rows[:1]  # one line for a scale, not one for every answer
            self._tell_rows(code, rows, name, text, level)

    def _beside(
        self, frame: pd.DataFrame, names: Sequence[str], endings: Iterable[str], low: int, high: int
    ) -> NDArray[np.float64] | None:
        """Ratings in columns such as F1_imp; a value out of range is told and left out."""
        by_lower = {re.sub(r"[\s_.\-]+", "_", str(c).lower()): str(c) for c in frame.columns}
        out = np.full((len(names), len(frame)), np.nan)
        for i, name in enumerate(names):
            tries = (re.sub(r"[\s_.\-]+", "_", f"{name}_{end}".lower()) for end in endings)
            column = next((by_lower[t] for t in tries if t in by_lower), None)
            if column is None:
                continue
            values = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=np.float64)
            filled = frame[column].notna().to_numpy()
            wrong = filled & ~((values >= low) & (values <= high))
            rows = frame.index[wrong]
            shown = str(frame.loc[rows[0], column]) if len(rows) else ""
            self._tell_rows("rating_out_of_range", rows, column, shown, low=low, high=high)
            out[i] = np.where(wrong, np.nan, values)
        return out if np.isfinite(out).any() else None

    # --- rows

    def _duplicates(self, frame: pd.DataFrame, key: list[str]) -> None:
        twice = frame.duplicated(key, keep="first") & frame[key].notna().all(axis=1)
        first = frame[~frame.duplicated(key, keep="first")] if twice.any() else frame
        for row in frame.index[twice][:MOST]:
            same = (first[key] == frame.loc[row, key]).all(axis=1)
            shown = " / ".join(str(v) for v in frame.loc[row, key])
            other = int(first.index[same.to_numpy().argmax()])
            self.tell("duplicate_respondent", "error", int(row), key[0], shown, other=other)
        self._more("duplicate_respondent", key[0], int(twice.sum()))

    def _per_person(
        self, column: pd.Series | None, who: NDArray[np.intp], people: int
    ) -> Objects | None:
        """One text per respondent: his first; a second, different one is told."""
        if column is None or column.notna().sum() == 0:
            return None
        values = column.to_numpy(dtype=object)
        out = np.full(people, None, dtype=object)
        out[who[::-1]] = values[::-1]  # written backwards, so that the first row stays
        differs = (values != out[who]) & column.notna().to_numpy()
        rows = column.index[differs]
        self._tell_rows("varies_in_respondent", rows, str(column.name), level="warn")
        return out

    def _tell_rows(
        self, code: str, rows: "pd.Index[int]", column: str, value: str = "",
        level: Level = "error", **values: str | int | float,
    ) -> None:  # fmt: skip
        for row in rows[:MOST]:
            self.tell(code, level, int(row), column, value, **values)
        self._more(code, column, len(rows))

    def _more(self, code: str, column: str, count: int) -> None:
        if count > MOST:
            self.tell("more_rows", "note", column=column, value=code, more=count - MOST)

    # --- the whole table

    def _judge_unknown(self) -> None:
        limit = self.settings.unknown_label_limit
        if self.answered and self.unknown / self.answered > limit:
            share = self.unknown / self.answered
            self.tell("unknown_labels_many", share=share, limit=limit, unknown=self.unknown)

    def _judge_order(self, answers: Answers) -> None:
        """K28: read the other way round, every A, O, M pair of number codes turns into R."""
        aom, r = order_proof(answers, self.settings.table)
        if r > aom and not self.settings.confirm_code_order:
            other = "like_last" if self.settings.code_order == "like_first" else "like_first"
            order = self.settings.code_order
            self.tell("code_order_conflict", reverse=r, aom=aom, order=order, other=other)


def order_proof(answers: Answers, table: str) -> tuple[int, int]:
    """K28: pairs in A, O or M, and pairs in R, over all features that came as numbers."""
    total = np.zeros(6, dtype=np.int64)
    for i, numeric in enumerate(answers.by_number):
        if numeric:
            pairs = evaluation.pair_codes(answers.functional[i], answers.dysfunctional[i])
            total += evaluation.by_category(evaluation.count_pairs(pairs)[1:, 1:], table)
    return int(total[:3].sum()), int(total[4])


def _rows(column: pd.Series, text: str) -> "pd.Index[int]":
    return column.index[(column == text).to_numpy()]

"""All tables of the chapter read and counted once, with every problem found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano import evaluation
from playbook.chapters.kano.answers import Answers, Reader
from playbook.chapters.kano.counted import (
    Counted,
    TotalsReader,
    from_answers,
    from_matrices,
    plain_id,
)
from playbook.chapters.kano.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.problems import Problem, errors

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Read:
    """Everything read: the answers (if a table kano is there), each feature's counts, problems."""

    answers: Answers | None
    pairs: Bytes | None
    features: tuple[Counted, ...]
    problems: tuple[Problem, ...]


def read(inputs: Inputs[Settings]) -> Read:
    """Read and count once; ``check`` and ``analyse`` both live on it."""
    s, tables = inputs.settings, inputs.tables
    problems: list[Problem] = []
    features: list[Counted] = []
    answers = pairs = None
    if "kano" in tables:
        reader = Reader(tables, s)
        answers = reader.read()
        problems += reader.problems
        if answers is not None:
            pairs = evaluation.pair_codes(answers.functional, answers.dysfunctional)
            features += from_answers(answers, pairs, s.table)
            problems += _of_answers(inputs, answers, features)
    if "kano_matrix" in tables:
        features += from_matrices(tables["kano_matrix"], s.table)
        problems += _of_matrices(inputs)
    if "kano_counts" in tables:
        totals = TotalsReader(tables, s)
        features += totals.read()
        problems += totals.problems
    problems += _of_features(inputs, features, bool(errors(problems)))
    return Read(answers, pairs, tuple(features), tuple(problems))


def _of_answers(
    inputs: Inputs[Settings], answers: Answers, features: Sequence[Counted]
) -> list[Problem]:
    out = []
    half = sum(f.n_half or 0 for f in features)
    if half:
        out.append(inputs.tables.problem("kano", "kano.half_missing", level="note", count=half))
    sets = distinct(answers.wording)
    if len(sets) > 1:
        out.append(
            inputs.tables.problem(
                "kano", "kano.wording_sets_mixed", level="warn", column="wording_set",
                value=", ".join(sets),
            )
        )  # fmt: skip
    if inputs.settings.confirm_code_order and any(answers.by_number):
        order = inputs.settings.code_order
        out.append(
            inputs.tables.problem("kano", "kano.code_order_confirmed", level="note", order=order)
        )
    return out


def _of_matrices(inputs: Inputs[Settings]) -> list[Problem]:
    """A feature of kano_matrix has five rows; a row not given could be nought or forgotten."""
    rows = inputs.tables["kano_matrix"].groupby("feature", sort=False).size()
    return [
        inputs.tables.problem(
            "kano_matrix", "kano.matrix_rows", column="functional", value=feature, found=int(found)
        )
        for feature, found in rows.items()
        if found != 5
    ]


def _of_features(
    inputs: Inputs[Settings], features: Sequence[Counted], refused: bool
) -> list[Problem]:
    seen: dict[str, str] = {}
    out = []
    for f in features:
        table = {"answers": "kano", "matrix": "kano_matrix"}.get(f.source, "kano_counts")
        if plain_id(f.feature) in seen:
            other = seen[plain_id(f.feature)]
            out.append(
                inputs.tables.problem(
                    table, "kano.feature_twice", column="feature", value=f.feature, other=other
                )
            )
        seen[plain_id(f.feature)] = table
        if f.counts.sum() <= 0 and not refused:
            out.append(inputs.tables.problem(table, "kano.no_pairs", level="warn", value=f.feature))
    if not refused and not any(f.counts.sum() > 0 for f in features):
        table = next(t for t in ("kano", "kano_matrix", "kano_counts") if t in inputs.tables)
        out.append(inputs.tables.problem(table, "kano.no_pairs_at_all"))
    return out


def distinct(texts: NDArray[np.object_] | None) -> tuple[str, ...]:
    """The different texts, sorted."""
    return () if texts is None else tuple(sorted({str(t) for t in texts if t is not None}))

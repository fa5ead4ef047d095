"""Doubtful answers: questionable pairs, straight-liners, hasty respondents (K23).

Nothing is dropped: flagged respondents are named, and results are shown with and without them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano.answers import Answers
from playbook.chapters.kano.evaluation import Bytes, look_up
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.rules import Floats, Q, R

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Doubtful:
    """One flag per respondent and kind of doubt."""

    straight: Flags
    questionable: Flags
    fast: Flags


def doubtful(answers: Answers, pairs: Bytes, s: Settings) -> Doubtful:
    """Flag respondents; pairs: (features, respondents) pair codes."""
    n = pairs.shape[1]
    asked, q_pairs = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
    lowest, highest = np.full(n, 9, dtype=np.int8), np.zeros(n, dtype=np.int8)
    places = look_up(s.table)
    for i in range(pairs.shape[0]):
        found = places[pairs[i]]
        asked += found < 6
        q_pairs += found == Q
        for codes in (answers.functional[i], answers.dysfunctional[i]):
            np.maximum(highest, codes, out=highest)
            np.minimum(lowest, np.where(codes == 0, np.int8(9), codes), out=lowest)
    straight = (asked >= 3) & (lowest == highest)
    return Doubtful(straight, q_pairs > asked * s.questionable_share, _fast(answers, s, n))


def _fast(answers: Answers, s: Settings, n: int) -> Flags:
    if answers.seconds is None:
        return np.zeros(n, dtype=bool)
    with np.errstate(invalid="ignore"):
        return np.asarray(answers.seconds < s.fast_share * np.nanmedian(answers.seconds))


def feature_flags(counts: Floats, s: Settings) -> list[str]:
    """K23 for one feature, by its shares of Q and R in all pairs."""
    total = counts.sum()
    if total <= 0:
        return ["no_pairs"]
    q, r = counts[Q] / total, counts[R] / total
    limits = (
        ("q_share_rewrite", s.q_share_rewrite),
        ("q_share_warn", s.q_share_warn),
        ("q_share_note", s.q_share_note),
    )
    flags = [next(code for code, limit in limits if q > limit)] if q > s.q_share_note else []
    return [*flags, "r_share_ask_again"] if r > s.r_share_ask_again else flags

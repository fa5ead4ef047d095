"""What the kano chapter reads: its tables and what a case may set."""

from dataclasses import dataclass
from typing import Literal

from playbook.core.schema import Field, TableSpec

TABLES: tuple[TableSpec, ...] = (
    # long: one row per respondent and feature. Wide exports (F1_f F1_d …, Wenjuanxing, Google
    # Forms, Qualtrics) bring columns of their own: kept as text, recognised by layout.py
    TableSpec(
        "kano",
        (
            Field("respondent_id"),
            Field("feature"),
            Field("functional"),
            Field("dysfunctional"),
            Field("importance", "number", low=1, high=9),
            Field("segment"),
            Field("wording_set"),
            Field("performance", "number", low=1, high=5),
            Field("date", "date"),
            Field("seconds", "number", low=0),
        ),
        extra="keep",
    ),
    # category totals from a report; the letters P, L (= O) and E, D (= A) come as extra columns
    TableSpec(
        "kano_counts",
        (
            Field("feature", required=True),
            Field("M", "number", low=0),
            Field("O", "number", low=0),
            Field("A", "number", low=0),
            Field("I", "number", low=0),
            Field("R", "number", low=0),
            Field("Q", "number", low=0),
            Field("n", "integer", low=0),
        ),
        key=("feature",),
        extra="keep",
    ),
    # the 25 answer pairs counted: a row per feature and functional code, d1..d5 the other answer
    TableSpec(
        "kano_matrix",
        (
            Field("feature", required=True),
            Field("functional", "integer", required=True, low=1, high=5),
            *(Field(f"d{code}", "integer", required=True, low=0) for code in range(1, 6)),
        ),
        key=("feature", "functional"),
    ),
)

TableKind = Literal["standard", "pouliot"]
CodeOrder = Literal["like_first", "like_last"]
Lines = Literal["half", "mean"]


@dataclass(frozen=True)
class Settings:
    """What ``[kano]`` in case.toml may set.

    table: evaluation table (K1, K2). near_tie_gap: K6. combination_below: category strength under
    which two categories are named (K9). code_order: what 1 means in numeric answers (like_first:
    1 = like, 5 = dislike); confirm_code_order: the user has looked and stands by it, so a set of
    truly reverse features is not refused (K28). quadrant_lines: half = 0.5 (or better_line and
    worse_line); mean = relative to the features asked. missing_codes: numbers that mean "no
    answer". pairs: pair columns by hand, "feature = functional column | dysfunctional column".
    letter_n: what the letter N of a counts table stands for. seed: None = the case's.
    q_share_*, r_share_ask_again: shares of Q and R from which a feature is flagged; for
    respondents questionable_share: share of Q pairs, fast_share: part of the median time (K23).
    monte_carlo: draws of the p-value where a segment table is thin (K24). planner_shares: six
    shares M O A I R Q to plan the sample for; empty = those of the closest feature (K27).
    """

    table: TableKind = "standard"
    near_tie_gap: float = 0.05
    combination_below: float = 0.06
    code_order: CodeOrder = "like_first"
    confirm_code_order: bool = False
    quadrant_lines: Lines = "half"
    better_line: float = 0.5
    worse_line: float = 0.5
    level: float = 0.95
    draws: int = 2000
    seed: int | None = None
    monte_carlo: int = 10_000
    missing_codes: tuple[int, ...] = (-2, -3)
    pairs: tuple[str, ...] = ()
    letter_n: Literal["", "I", "M"] = ""
    unknown_label_limit: float = 0.05
    segment_min_pairs: int = 30
    q_share_note: float = 0.02
    q_share_warn: float = 0.05
    q_share_rewrite: float = 0.10
    r_share_ask_again: float = 0.20
    questionable_share: float = 1 / 3
    fast_share: float = 1 / 3
    planner_shares: tuple[float, ...] = ()

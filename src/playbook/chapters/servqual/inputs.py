"""What the servqual chapter reads: its tables and what a case may set."""

from dataclasses import dataclass
from typing import Literal

from playbook.core.schema import Field, TableSpec

TABLES: tuple[TableSpec, ...] = (
    # E<item> P<item> I<item> D<item> A<item> and points_<dimension> come as extra text columns
    TableSpec(
        "servqual",
        (
            Field("respondent_id", required=True),
            Field("segment"),
            Field("overall", "number"),
            Field("weight", "number", low=0),
        ),
        extra="keep",
    ),
    TableSpec(
        "servqual_instrument",
        (
            Field("item", required=True),
            Field("dimension", required=True),
            Field("text_zh"),
            Field("text_en"),
            Field("negative", "flag"),
        ),
        key=("item",),
    ),
    # a table typed off from a report: means without respondents; checked, never tested
    TableSpec(
        "servqual_summary",
        (
            Field("dimension", required=True),
            Field("n", "integer", low=2),
            Field("e_mean", "number", required=True),
            Field("e_sd", "number", low=0),
            Field("p_mean", "number", required=True),
            Field("p_sd", "number", low=0),
            Field("gap", "number"),
            Field("ci_low", "number"),
            Field("ci_high", "number"),
            Field("t", "number"),
            Field("points", "number", low=0, high=100),
        ),
        key=("dimension",),
    ),
)

Form = Literal["auto", "gap", "performance", "zone"]
Lines = Literal["grand_mean", "median", "scale_midpoint", "target"]


@dataclass(frozen=True)
class Settings:
    """What ``[servqual]`` in case.toml may set. The scale has no default: it is never guessed.

    form: auto = by the columns found. drivers: ids of the items or dimensions to explain
    ``overall`` with; empty = all dimensions. prca_*: cuts of the penalty-reward contrast; None =
    by the scale (1-5: <= 2, = 5; 1-7: <= 3, = 7; 1-10: <= 5, >= 9). seed: None = the case's.
    """

    scale_min: float | None = None
    scale_max: float | None = None
    expectation_min: float | None = None
    expectation_max: float | None = None
    importance_min: float | None = None
    importance_max: float | None = None
    overall_min: float | None = None
    overall_max: float | None = None
    form: Form = "auto"
    half_rule: float = 0.5
    points_tolerance: float = 0.5
    target_alpha: float = 0.85
    ceiling_share: float = 0.5
    ipa_lines: Lines = "grand_mean"
    ipa_target_performance: float | None = None
    ipa_target_importance: float | None = None
    quadrant_share: float = 0.8
    drivers: tuple[str, ...] = ()
    prca_low_max: float | None = None
    prca_high_min: float | None = None
    prca_cell: int = 30
    prca_p: float = 0.1
    prca_asymmetry: float = 0.2
    typed_gap: float = 0.01
    typed_t: float = 0.15
    test_n: int = 10
    small_n: int = 30
    draws: int = 2000
    seed: int | None = None

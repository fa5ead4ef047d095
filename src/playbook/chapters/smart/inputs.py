"""The tables of the chapter and its settings; goal cards come from the chapter ``goals``."""

from dataclasses import dataclass

from playbook.core.schema import Field, TableSpec

SENTENCES = TableSpec(
    "smart_sentences",
    (
        Field("sentence_id", required=True),
        Field("text", required=True),
        Field("lang", "code", choices=("zh-Hans", "zh-Hant", "en")),
        Field("reference_date", "date"),
        Field("rewrite_of"),  # the sentence this one replaces
    ),
    key=("sentence_id",),
)
SAMPLES = TableSpec(
    "smart_samples",
    (
        Field("metric_id", required=True),
        Field("n_before", "integer", required=True, low=1),
        Field("n_after", "integer", required=True, low=1),
        Field("sd", "number", low=0),  # means only; shares need none
    ),
    key=("metric_id",),
)
DRIVERS = TableSpec(
    "smart_drivers",
    (
        Field("parent_metric", required=True),
        Field("metric_id", required=True),
        Field("kind", "code", required=True, choices=("formula", "listed", "estimated")),
        Field("r", "number", low=-1, high=1),
        Field("r_low", "number", low=-1, high=1),
        Field("r_high", "number", low=-1, high=1),
        Field("n", "integer", low=0),
        Field("rank", "integer", low=1),
    ),
    key=("parent_metric", "metric_id"),
)
TABLES: tuple[TableSpec, ...] = (SENTENCES, SAMPLES, DRIVERS)


@dataclass(frozen=True)
class Settings:
    """What a case may set under ``[smart]``.

    fiscal_year_end: month-day. power: least power of letter M. r_least, n_least: least partial
    correlation and n of an estimated driver. stretch_alone, stretch_peers: the ratio of required
    to best rate up to which a goal is a stretch, without and with peers. show_total: count the
    settled letters of each goal; off, since a sum hides a failing letter.
    """

    fiscal_year_end: str = "12-31"
    day_first: bool = True
    power: float = 0.8
    r_least: float = 0.3
    n_least: int = 12
    top_drivers: int = 3
    stretch_alone: float = 1.5
    stretch_peers: float = 2.0
    most_goals: int = 6
    most_characters: int = 500
    show_total: bool = False

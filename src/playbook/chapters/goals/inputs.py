"""The tables of the chapter and its settings.

Card values in % are written as 85 and held as 0.85; the history of a share may hold shares or
percents, but one series holds one of the two.
"""

from dataclasses import dataclass

from playbook.core.schema import Field, TableSpec

DIRECTIONS = ("increase", "decrease", "maintain")
LEVELS = ("company", "department", "team", "person")
PERIODS = ("day", "week", "month", "quarter", "year")
CHANNELS = ("survey", "interview", "complaint", "review", "phone", "social", "benchmark")

CARDS = TableSpec(
    "goals",
    (
        Field("goal_id", required=True),
        Field("parent_id"),
        Field("level", "code", choices=LEVELS),
        Field("metric_id", required=True),
        Field("direction", "code", required=True, choices=DIRECTIONS),
        Field("baseline", "number"),
        Field("baseline_n", "integer", low=0),
        Field("baseline_period", "period"),
        Field("target", "number", required=True),
        Field("comparator", "code", choices=(">=", "<=", "=")),
        Field("unit", required=True),
        Field("start", "date", required=True),
        Field("due", "date", required=True),
        Field("owner"),
        Field("team"),
        Field("participants", "list"),
        Field("customer_need"),
        Field("strategy_theme"),
        Field("source", required=True),
        Field("review_every", "code", choices=PERIODS),
        Field("budget", "number", low=0),
        Field("guardrail_metric"),
        Field("statement"),
        Field("statement_en"),  # the same in English, for the English report
    ),
)

METRICS = TableSpec(
    "goals_metrics",
    (
        Field("metric_id", required=True),
        Field("name_zh_hans", required=True),
        Field("name_zh_hant"),
        Field("name_en", required=True),
        Field("formula"),
        Field("formula_zh_hant"),
        Field("formula_en"),
        Field("numerator"),
        Field("denominator"),
        Field("unit", required=True),
        Field("direction", "code", required=True, choices=DIRECTIONS),
        Field("scale_min", "number"),
        Field("scale_max", "number"),
        Field("bound_low", "number"),
        Field("bound_high", "number"),
        Field("aggregate", "code", choices=("ratio", "mean", "sum", "quantile")),
        Field("lead_lag", "code", choices=("process", "result")),
        Field("frequency", "code", choices=PERIODS),
        Field("source"),
        Field("start_event"),  # of a time: what starts and what stops its clock
        Field("stop_event"),
    ),
    key=("metric_id",),
)

HISTORY = TableSpec(
    "goals_history",
    (
        Field("metric_id", required=True),
        Field("period", "period", required=True),
        Field("value", "number", required=True),
        Field("n", "integer"),
        Field("x", "number"),  # successes of a share, promoters of an NPS, events of a rate
        Field("detractors", "number"),  # NPS only
        Field("sd", "number", low=0),  # means only
        Field("exposure", "number"),
        Field("unit_name"),  # a branch or team; empty: the whole
        Field("source"),
        Field("formula"),
    ),
    key=("metric_id", "period", "unit_name"),
)

NEEDS = TableSpec(
    "goals_needs",
    (
        Field("need", required=True),
        Field("period", "period", required=True),
        Field("volume", "number", required=True),
        Field("exposure", "number"),
        Field("channel", "code", choices=CHANNELS),
        Field("segment"),
        Field("kano", "code", choices=("M", "O", "A", "I", "R", "Q")),
        Field("kano_feature"),  # the feature of the Kano survey that answers this need
        Field("importance", "number"),
        Field("satisfaction", "number"),
    ),
    key=("need", "period", "channel", "segment"),
)

BENCHMARK = TableSpec(
    "goals_benchmark",
    (
        Field("metric_id", required=True),
        Field("entity", required=True),
        Field("value", "number", required=True),
        Field("own", "flag", required=True),
        Field("n", "integer", low=0),
        Field("x", "number", low=0),
        Field("detractors", "number", low=0),  # NPS only
        Field("sd", "number", low=0),  # means only
        Field("exposure", "number", low=0),  # rates only
        Field("period", "period"),
        Field("source", required=True),
        Field("licence"),
        Field("formula"),
    ),
    key=("metric_id", "entity", "period"),
)

MARKET = TableSpec(
    "goals_market",
    (
        Field("entity", required=True),
        Field("sales", "number", required=True, low=0),
        Field("period", "period", required=True),
        Field("own", "flag", required=True),
        Field("coverage", "share"),  # part of the market that the rows of the period hold
    ),
    key=("entity", "period"),
)

SOURCES = TableSpec(
    "goals_sources",
    (
        Field("source", required=True),
        Field(
            "kind",
            "code",
            required=True,
            choices=("market_research", "survey", "complaint_log", "competitor", "internal"),
        ),
        Field("n", "integer", low=0),
        Field("date_from", "date"),
        Field("date_to", "date"),
        Field("licence_or_consent", required=True),
        # who answered: a random sample, everybody, whoever wanted to, whoever was at hand
        Field("drawn", "code", choices=("random", "census", "volunteers", "convenience")),
    ),
    key=("source",),
)

CAPABILITY = TableSpec(
    "goals_capability",
    (
        Field("item", required=True),
        Field(
            "kind",
            "code",
            required=True,
            choices=("strength", "weakness", "opportunity", "threat"),
        ),
        Field("own", "number", required=True, low=1, high=5),
        Field("competitor", "number", low=1, high=5),
    ),
    key=("item", "kind"),
)

TABLES: tuple[TableSpec, ...] = (
    CARDS, METRICS, HISTORY, NEEDS, BENCHMARK, MARKET, SOURCES, CAPABILITY,
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What ``[goals]`` of case.toml may set.

    rates: how history and benchmark write shares: ``percent``, ``share`` or ``auto`` (all values
    of a metric up to 1: share; all above 1: percent; both: asked). market_covered: the market
    table holds the whole market. need_scale: ends of the satisfaction answers of the needs.
    """

    confidence: float = 0.95
    rates: str = "auto"
    sector: str = ""
    service_departments: tuple[str, ...] = (
        "service", "customer service", "客服", "客服部", "客户服务部", "服务部",
    )  # fmt: skip
    window: int = 3
    trend_periods: int = 5
    season_periods: int = 12
    need_scale: tuple[float, float] = (1.0, 5.0)
    history_periods: int = 5
    baseline_months: int = 12
    peer_months: int = 12
    peers_for_quantiles: int = 5
    peers_for_p90: int = 10
    attainable_share: float = 0.10
    short_months: int = 6
    medium_months: int = 18
    near_bound: float = 0.10
    channel_alpha: float = 0.01
    customer_share: float = 0.5
    market_covered: bool = False
    full_coverage: float = 0.95
    bootstrap_draws: int = 2000

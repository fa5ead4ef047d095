"""Records of the evidence: needs, baselines, peers, market. Numbers and codes, never words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Trend:
    """Theil-Sen slope per period with its interval, Kendall's tau; code: rising | falling |
    no_clear_trend | too_short. intercept belongs to period number 0 of the need's own series."""

    code: str
    periods: int
    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    intercept: float | None = None
    kendall_tau: float | None = None
    p_value: float | None = None


@dataclass(frozen=True)
class RatePoint:
    """Volume of a need in one period; rate is per exposure, or the volume without exposure."""

    period: str
    step: int
    volume: float
    exposure: float | None
    rate: float


@dataclass(frozen=True)
class KanoSurvey:
    """What the chapter kano found about the feature that answers a need."""

    feature: str
    category: str
    certainty: str
    n: float | None


@dataclass(frozen=True)
class Need:
    """One need. rank_low..rank_high: the places its share cannot be told from.

    kano_from: typed (in the table) | survey. Where both are known the typed class is used.

    year_ratio: rate of the window over that of the same periods a year before, with interval.
    complaints: volume of the window that came in as complaints; None where no channel is held.
    place is its number in the order of needs; None: left out (class R or Q).
    """

    need: str
    volume: float
    share: float
    share_low: float
    share_high: float
    rank: int
    rank_low: int
    rank_high: int
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    kendall_tau: float | None
    p_value: float | None
    trend: str
    kano: str | None = None
    kano_from: str = ""
    survey: KanoSurvey | None = None
    importance: float | None = None
    satisfaction: float | None = None
    shortfall: float | None = None
    below_median: bool = False
    order: int | None = None
    order_class: str = ""
    intercept: float | None = None
    year_ratio: float | None = None
    year_low: float | None = None
    year_high: float | None = None
    complaints: float | None = None
    points: tuple[RatePoint, ...] = ()


@dataclass(frozen=True)
class Needs:
    """All needs with the rule that ordered them: kano | importance | share.

    swappable: needs whose place another sample could change.
    """

    items: tuple[Need, ...] = ()
    window: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    order_rule: str = ""
    order_certain: bool = True
    swappable: tuple[str, ...] = ()
    with_exposure: bool = False
    season_ignored: bool = False


@dataclass(frozen=True)
class ChannelMix:
    """Volume by channel in the first and last half of the periods, Pearson chi-square."""

    channels: tuple[str, ...]
    first: tuple[float, ...]
    last: tuple[float, ...]
    statistic: float
    df: int
    p_value: float
    changed: bool


@dataclass(frozen=True)
class Point:
    """A metric in one period."""

    period: str
    day: date
    value: float
    low: float | None
    high: float | None
    n: float | None


@dataclass(frozen=True)
class Baseline:
    """The last measured value; range_*: mean of the last values of the history with its range."""

    metric_id: str
    kind: str
    unit: str
    value: float
    low: float | None
    high: float | None
    n: float | None
    period: str
    k: int
    range_mean: float | None
    range_low: float | None
    range_high: float | None
    history: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Peer:
    """One peer's value; n if known."""

    entity: str
    value: float
    n: float | None
    period: str | None


@dataclass(frozen=True)
class Position:
    """Where our value stands among the peers; quantiles point in the good direction."""

    percentile_rank: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    best: float
    gap_to_best: float
    gap_to_p75: float | None
    peer_class: str | None


@dataclass(frozen=True)
class Benchmark:
    """One metric against peers. gap_absolute: us minus the best peer, low..high its interval."""

    metric_id: str
    direction: str
    unit: str
    own: float
    own_low: float | None
    own_high: float | None
    own_n: float | None
    own_source: str
    n_peers: int
    percentile_rank: float | None
    p50: float | None
    p75: float | None
    p75_low: float | None
    p75_high: float | None
    p90: float | None
    best: float
    best_entity: str
    gap_to_best: float
    gap_to_p75: float | None
    gap_absolute: float
    gap_relative: float | None
    low: float | None
    high: float | None
    peer_class: str | None
    achievable_benchmark: float | None
    peers: tuple[Peer, ...] = ()
    flags: tuple[str, ...] = ()
    own_period: str | None = None


@dataclass(frozen=True)
class Attainable:
    """The level our best units hold together (pared mean); units in the order taken."""

    metric_id: str
    unit: str
    value: float
    low: float
    high: float
    n: float
    units: tuple[str, ...]
    n_units: int
    period: str


@dataclass(frozen=True)
class Market:
    """Market shares of one period; share is None where the table does not cover the market.

    before: the period before it that the table covers, share_before: our share then.
    """

    period: str
    own: str
    share: float | None
    relative_share: float | None
    hhi: float | None
    covered: bool
    entities: tuple[str, ...]
    sales: tuple[float, ...]
    shares: tuple[float, ...]
    before: str | None = None
    share_before: float | None = None

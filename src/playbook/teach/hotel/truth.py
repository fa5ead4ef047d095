"""What is true in the hotel case: the generator plants it, tests look whether it is found.

Shares and lifts are 0-1, gaps are points of the 7-point scale, NPS is points.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FeatureTruth:
    """A service feature. shares: true shares of M, O, A, I, R, Q; business where it differs.

    category is the largest share of all guests; settled is false where the two largest are too
    near to be told apart by a survey of this size.
    """

    feature: str
    category: str
    shares: tuple[float, float, float, float, float, float]
    business: tuple[float, float, float, float, float, float] | None = None
    settled: bool = True
    importance: float = 6.0
    performance: float = 3.6


@dataclass(frozen=True)
class DimensionTruth:
    """A quality dimension: mean expectation, gap P - E, loading of its items, driver weight.

    alpha is the true verdict on the perception scale against the target: proven, undecided, below.
    """

    dimension: str
    items: tuple[int, ...]
    expectation: float
    gap_points: float
    communality: float
    points: float
    driver: float
    alpha: str


@dataclass(frozen=True)
class NeedTruth:
    """A need: complaints and wishes a month at the start, monthly growth of the rate, trend."""

    need: str
    monthly: float
    growth: float
    trend: str
    kano: str
    importance: float
    satisfaction: float


@dataclass(frozen=True)
class PilotTruth:
    """The pilot: true lift, what all stores gained meanwhile, noise of a store's change."""

    stores: tuple[str, ...]
    lift: float
    margin: float
    common_change: float
    tau: float
    verdict: str
    guardrails: tuple[tuple[str, str], ...]
    amber_gate: str


@dataclass(frozen=True)
class GoalTruth:
    """How a goal of the first half ended, and letter A of its draft for the second half.

    state begins with attained or missed; movement is empty where the table gives no n, so that no
    analysis can tell it; both are empty for a goal that is new.
    """

    goal_id: str
    state: str
    movement: str
    letter_a: str


@dataclass(frozen=True)
class Truth:
    """All that is planted."""

    features: tuple[FeatureTruth, ...]
    segment_feature: str
    kano_straight_liners: tuple[str, ...]
    dimensions: tuple[DimensionTruth, ...]
    largest_gap: str
    top_driver: str
    penalised: str
    rewarded: str
    weak_item: str
    alpha_target: float
    servqual_straight_liners: tuple[str, ...]
    bad_points: tuple[str, ...]
    needs: tuple[NeedTruth, ...]
    pilot: PilotTruth
    goals: tuple[GoalTruth, ...]
    failed_copies: tuple[str, ...]
    copies: int
    behind_peers: tuple[str, ...]
    ahead_of_peers: tuple[str, ...]
    bottleneck: str
    reversed_gap: str


TRUTH = Truth(
    features=(
        FeatureTruth(
            "F01", "M", (0.64, 0.22, 0.02, 0.10, 0.01, 0.01), importance=8.3, performance=4.1
        ),
        FeatureTruth(
            "F02", "M", (0.60, 0.24, 0.03, 0.11, 0.01, 0.01), importance=8.0, performance=3.9
        ),
        FeatureTruth(
            "F03", "O", (0.20, 0.55, 0.10, 0.13, 0.01, 0.01), importance=7.4, performance=3.1
        ),
        FeatureTruth(
            "F04", "O", (0.24, 0.57, 0.06, 0.11, 0.01, 0.01), importance=7.9, performance=2.8
        ),
        FeatureTruth(
            "F05", "O", (0.16, 0.52, 0.15, 0.15, 0.01, 0.01), importance=6.9, performance=3.2
        ),
        FeatureTruth(
            "F06",
            "M",
            (0.38, 0.36, 0.06, 0.17, 0.02, 0.01),
            settled=False,
            importance=7.7,
            performance=3.0,
        ),
        FeatureTruth(
            "F07", "A", (0.03, 0.12, 0.60, 0.22, 0.02, 0.01), importance=4.9, performance=2.9
        ),
        FeatureTruth(
            "F08", "A", (0.04, 0.13, 0.53, 0.26, 0.03, 0.01), importance=4.6, performance=3.4
        ),
        FeatureTruth(
            "F09", "A", (0.06, 0.22, 0.55, 0.15, 0.01, 0.01), importance=5.8, performance=3.0
        ),
        FeatureTruth(
            "F10", "I", (0.03, 0.05, 0.12, 0.72, 0.06, 0.02), importance=2.4, performance=3.7
        ),
        FeatureTruth(
            "F11",
            "I",
            (0.12, 0.14, 0.10, 0.61, 0.02, 0.01),
            business=(0.62, 0.20, 0.03, 0.13, 0.01, 0.01),
            importance=5.6,
            performance=3.5,
        ),
        FeatureTruth(
            "F12", "R", (0.02, 0.03, 0.06, 0.26, 0.60, 0.03), importance=3.0, performance=2.6
        ),
    ),
    segment_feature="F11",
    kano_straight_liners=("K0058", "K0133", "K0207", "K0291", "K0344", "K0402"),
    dimensions=(
        DimensionTruth("tangibles", (1, 2, 3, 4), 5.70, -0.20, 0.74, 14, 0.14, "proven"),
        DimensionTruth("reliability", (5, 6, 7, 8, 9), 6.10, -1.05, 0.70, 32, 0.46, "proven"),
        DimensionTruth(
            "responsiveness", (10, 11, 12, 13), 6.00, -0.80, 0.62, 23, 0.24, "undecided"
        ),
        DimensionTruth("assurance", (14, 15, 16, 17), 5.90, -0.35, 0.74, 18, 0.10, "proven"),
        DimensionTruth("empathy", (18, 19, 20, 21, 22), 5.60, -0.55, 0.62, 13, 0.06, "below"),
    ),
    largest_gap="reliability",
    top_driver="reliability",
    penalised="reliability",
    rewarded="empathy",
    weak_item="19",
    alpha_target=0.85,
    servqual_straight_liners=("S0041", "S0102", "S0188", "S0263", "S0310", "S0377", "S0455"),
    bad_points=("S0029", "S0151", "S0236", "S0388", "S0490"),
    needs=(
        NeedTruth("N01", 66, 0.045, "rising", "O", 4.5, 2.9),
        NeedTruth("N02", 74, 0.0, "no_clear_trend", "O", 4.3, 3.2),
        NeedTruth("N03", 88, -0.035, "falling", "M", 4.8, 3.9),
        NeedTruth("N04", 46, 0.035, "rising", "O", 4.0, 3.3),
        NeedTruth("N05", 52, 0.0, "no_clear_trend", "M", 4.6, 3.1),
        NeedTruth("N06", 58, -0.045, "falling", "M", 4.4, 3.8),
        NeedTruth("N07", 24, 0.0, "no_clear_trend", "I", 3.1, 3.6),
        NeedTruth("N08", 20, 0.0, "no_clear_trend", "A", 3.4, 3.0),
    ),
    pilot=PilotTruth(
        stores=("B04", "B08", "B12"),
        lift=0.06,
        margin=0.05,
        common_change=0.012,
        tau=0.015,
        verdict="iterate",
        guardrails=(("checkin_wait", "safe"), ("room_pass", "safe"), ("overtime", "safe")),
        amber_gate="call_back",
    ),
    goals=(
        GoalTruth("G00", "", "", "fail"),
        GoalTruth("G01", "attained_likely", "met", "stretch"),
        GoalTruth("G02", "missed_likely", "improving", "pass"),
        GoalTruth("G03", "attained_likely", "met", "pass"),
        GoalTruth("G04", "missed_proven", "improving", "pass"),
        # two people at the complaint desk cannot keep 1.5 hours; the plan adds a third
        GoalTruth("G05", "attained_likely", "met", "fail"),
        GoalTruth("G06", "missed_likely", "improving", "stretch"),
        GoalTruth("G07", "attained_proven", "met", "pass"),
        GoalTruth("G08", "attained_proven", "met", "pass"),
        GoalTruth("G09", "missed_proven", "improving", "fail"),
        GoalTruth("G10", "missed", "", "fail"),
        GoalTruth("G11", "attained_likely", "met", "fail"),
        GoalTruth("G12", "missed_proven", "getting_worse", "fail"),
        GoalTruth("G13", "attained", "met", "pass"),
        GoalTruth("G14", "missed_proven", "getting_worse", "unknown"),
        GoalTruth("G15", "missed_proven", "improving", "fail"),
        GoalTruth("G16", "missed_likely", "improving", "unknown"),
    ),
    failed_copies=("B06", "B11"),
    copies=12,
    behind_peers=("complaint_rate", "fcr"),
    ahead_of_peers=("review_score",),
    bottleneck="solve",
    reversed_gap="nps",
)

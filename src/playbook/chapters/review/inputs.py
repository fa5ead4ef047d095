"""What the chapter review reads: its tables, and what case.toml's ``[review]`` may set.

Every table is optional: what is absent is left out with a note.
"""

from dataclasses import dataclass
from typing import Literal

from playbook.core.schema import Field, TableSpec

DIRECTIONS = ("increase", "decrease", "maintain")
UNITS = ("share", "mean", "nps", "rate", "number")
"""share 0-1; mean of a bounded scale; nps in points; rate and number have a true zero."""
PERSPECTIVES = ("finance", "customer", "process", "learning")
FAMILIES = ("perception", "behaviour", "finance")
EVIDENCE = ("pilot", "before_after", "opinion")
STEPS = ("plan", "do", "check", "act")
ITEM_STATES = ("open", "closed", "reopened")
CHECK_RULES = ("signal", "run_of_eight", "pilot_verdict")
MONEY_NAMES = (
    "customers",
    "margin",
    "retention",
    "discount",
    "uplift",
    "points",
    "cost",
    "first_margin",
    "exposed_share",
    "price",
    "quoted_roi",
    "quoted_ratio",
)
"""price, quoted_roi and quoted_ratio only feed the check of a quoted return."""
REASONS = (
    "attained",
    "already_met",
    "not_achievable",
    "not_relevant",
    "new_need",
    "market_moved",
    "capacity",
    "data_fixed",
    "other",
)

TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        "review_actuals",
        (
            Field("goal_id", required=True),
            Field("period", "period", required=True),
            Field("actual", "number", required=True),
            Field("n", "number", low=0),
            Field("x", "number", low=0),  # promoters where unit is nps
            Field("detractors", "number", low=0),
            Field("sd", "number", low=0),
            Field("low", "number"),  # a 95 % interval computed elsewhere
            Field("high", "number"),
            Field("unit", "code", choices=UNITS),
            Field("baseline", "number"),  # blank: the first period stands for it
            Field("baseline_n", "number", low=0),
            Field("target", "number"),  # blank: only the movement is judged
            Field("direction", "code", required=True, choices=DIRECTIONS),
            Field("comparator", "code", choices=(">=", "<=", "=")),  # for maintain goals
            Field("start", "date"),
            Field("due", "date"),
            Field("owner"),
        ),
        key=("goal_id", "period"),
    ),
    TableSpec(
        "review_competitor",
        (
            Field("metric_id", required=True),
            Field("period", "period", required=True),
            Field("us", "number", required=True),
            Field("us_n", "number", low=0),
            Field("us_x", "number", low=0),
            Field("us_sd", "number", low=0),
            Field("them", "number", required=True),
            Field("them_n", "number", low=0),
            Field("them_x", "number", low=0),
            Field("them_sd", "number", low=0),
            Field("competitor"),
            Field("source"),
            Field("unit", "code", choices=UNITS),
            Field("direction", "code", choices=DIRECTIONS),
        ),
    ),
    TableSpec(
        "review_scorecard",
        (
            Field("measure", required=True),
            Field("perspective", "code", required=True, choices=PERSPECTIVES),
            Field("family", "code", choices=FAMILIES),
            Field("weight", "number", required=True),
            Field("attainment", "number"),
            Field("goal_id"),
        ),
        key=("measure",),
    ),
    TableSpec(
        "review_money",
        (
            Field("name", "code", required=True, choices=MONEY_NAMES),
            Field("value", required=True),  # a number; end or start for first_margin
            Field("low", "number"),
            Field("high", "number"),
        ),
        key=("name",),
    ),
    TableSpec(
        "review_flows",
        (Field("year", "integer", required=True, low=0), Field("amount", "number", required=True)),
        key=("year",),
    ),
    TableSpec(
        "review_actions",
        (
            Field("action", required=True),
            Field("goal_id", required=True),
            Field("planned_effect", "number"),
            Field("observed_effect", "number"),
            Field("low", "number"),
            Field("high", "number"),
            Field("done", "flag", required=True),
            Field("evidence", "code", choices=EVIDENCE),
        ),
    ),
    TableSpec(
        "review_pdca",
        (
            Field("id", required=True),
            Field("opened", "date", required=True),
            Field("step", "code", required=True, choices=STEPS),
            Field("cause"),
            Field("action"),
            Field("owner", required=True),
            Field("due", "date", required=True),
            Field("check_rule", "code", choices=CHECK_RULES),
            Field("check_date", "date"),
            Field("state", "code", required=True, choices=ITEM_STATES),
            Field("closed_by", "code", choices=CHECK_RULES),
            Field("closed", "date"),
            Field("reopened", "integer", low=0),
        ),
        key=("id",),
    ),
    TableSpec(
        "review_cases",
        (
            Field("case", required=True),
            Field("practice", required=True),
            Field("site"),
            Field("steps"),
            Field("conditions"),
            Field("effect", "number"),
            Field("low", "number"),
            Field("high", "number"),
            Field("evidence", "code", required=True, choices=EVIDENCE),
            Field("sop_id"),
            Field("picked", "code", choices=("all", "best")),
        ),
        key=("case",),
    ),
    TableSpec(
        "review_replication",
        (
            Field("case", required=True),
            Field("site", required=True),
            Field("period", "period", required=True),
            Field("x_new", "number", required=True, low=0),
            Field("n_new", "number", required=True, low=1),
            Field("x_old", "number", required=True, low=0),
            Field("n_old", "number", required=True, low=1),
        ),
        key=("case", "site", "period"),
    ),
    TableSpec(
        "review_pairs",
        (
            Field("unit", required=True),
            Field("employee", "number", required=True),
            Field("customer", "number", required=True),
        ),
        key=("unit",),
    ),
    TableSpec(
        "review_goals_next",
        (
            Field("goal_id", required=True),
            Field("parent_id"),
            Field("level"),
            Field("metric_id"),
            Field("direction", "code", choices=DIRECTIONS),
            Field("baseline", "number"),
            Field("baseline_n", "number", low=0),
            Field("baseline_period", "period"),
            Field("target", "number"),
            Field("comparator"),
            Field("unit"),
            Field("start", "date"),
            Field("due", "date"),
            Field("owner"),
            Field("team"),
            Field("participants", "list"),
            Field("customer_need"),
            Field("strategy_theme"),
            Field("source"),
            Field("review_every"),
            Field("budget", "number"),
            Field("guardrail_metric"),
            Field("statement"),
            Field("weight", "number"),
            Field("reason", "list"),  # one code for all changes, or change=code;change=code
            Field("dropped", "flag"),  # yes: the goal ends; its row only carries the reason
            Field("expected_effect", "number"),
            Field("smallest_effect", "number"),
            Field("check_date", "date"),
        ),
        key=("goal_id",),
    ),
)


@dataclass(frozen=True)
class Settings:
    """Choices of the review; each is printed with the result.

    level: confidence of intervals. likely: probability from which wording says "likely".
    scorecard_cap: a measure counts at most this attainment. scorecard_missing_most: more missing
    weight gives no score. weight_shift: how far each weight is moved for the range.
    hides_from, hides_below: a score from hides_from on with a measure under hides_below is named.
    first_margin: year of the first margin when review_money does not say. lift_from_pilot: take
    the lift from the pilot's result when there is one; points_per_unit turns its unit into points
    of the uplift (100: shares into percentage points). parity_margin: a copy is level with the old
    sites when its lower 90 % bound is above minus this. parity_in_a_row: periods it must hold.
    copy_periods: a copy that has not got there by then has failed. replication_goal: share of
    copies that should succeed. sites_for_standard: independent sites that make before-and-after
    evidence a standard. goalpost_days: an easier target this close to its date needs a reason.
    next_months: length of the next round.
    """

    level: float = 0.95
    likely: float = 0.8
    scorecard_cap: float = 1.2
    scorecard_missing_most: float = 0.25
    scorecard_draws: int = 10_000
    weight_shift: float = 0.1
    hides_from: float = 0.9
    hides_below: float = 0.5
    first_margin: Literal["end", "start"] = "end"
    lift_from_pilot: bool = True
    points_per_unit: float = 100.0
    money_draws: int = 20_000
    parity_margin: float = 0.05
    parity_in_a_row: int = 2
    copy_periods: int = 6
    replication_goal: float = 0.85
    sites_for_standard: int = 3
    goalpost_days: int = 60
    next_months: int = 6

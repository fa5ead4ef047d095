"""The tables of the plan; what ``[plan]`` in case.toml may set stands in ``settings``.

Money is in the case's currency, effort in person-days, durations in working days. An impact is in
the unit of its goal, and a positive one is better, also where the goal is to fall.
"""

from playbook.chapters.plan.settings import Settings as Settings
from playbook.core.schema import Field, TableSpec

STAGES = ("pilot", "rollout")
FAMILIES = ("expectation", "system", "change", "external")
CHANNELS = ("one_to_one", "phone", "email", "app", "wechat", "sms", "web", "store")
MOST = 1e9  # of a count; more is a slip of the pen
LARGEST = 1e15  # of an amount, in any currency
FORMS = (
    "governance", "response", "technology", "authority", "recognition", "resource", "release",
)  # fmt: skip

ACTIONS = TableSpec(
    "plan_actions",
    (
        Field("action", required=True),
        Field("goal_id", required=True),
        Field("impact_low", "number", low=-LARGEST, high=LARGEST),
        Field("impact_likely", "number", required=True, low=-LARGEST, high=LARGEST),
        Field("impact_high", "number", low=-LARGEST, high=LARGEST),
        Field("unit"),  # of the impact, if it is not the goal's: said, not converted
        Field("anonymous", "flag"),  # a gain quoted without name, n or design: range 0..likely
        Field("effort_low", "number", low=0, high=LARGEST),
        Field("effort_likely", "number", required=True, low=0, high=LARGEST),
        Field("effort_high", "number", low=0, high=LARGEST),
        Field("cost", "number", required=True, low=0, high=LARGEST),
        Field("cost_low", "number", low=0, high=LARGEST),
        Field("cost_high", "number", low=0, high=LARGEST),
        Field("owner", required=True),
        Field("after", "list"),  # to be finished before this one starts
        Field("likely_days", "number", low=-LARGEST, high=LARGEST),
        Field("safe_days", "number", low=-LARGEST, high=LARGEST),
        Field("start_not_before", "date"),
        Field("due", "date"),
        Field("requires", "list"),  # chosen only together with these
        Field("excludes", "list"),
        Field("must", "flag"),
        Field("stage", "code", choices=STAGES),
        Field("overlap", "list"),  # groups of actions that work on the same cases
        Field("overlap_cap", "number", low=0, high=LARGEST),  # most the group gains, goal's unit
        Field("answers", "list"),  # needs, features, dimensions or touchpoints it works on
        Field("reuse", "share"),  # share made of standard components
        Field("first_step"),
    ),
    key=("action",),
)
PEOPLE = TableSpec(
    "plan_people",
    (
        Field("person", required=True),
        Field("team"),
        Field("role", required=True),
        Field("days_per_week", "number", required=True, low=0, high=7),  # for this plan
        Field("skills", "list"),
        Field("is_department", "flag"),
        Field("certified", "flag"),
    ),
    key=("person",),
)
WORK = TableSpec(
    "plan_work",  # who does how much of an action; without it the owner does all
    (
        Field("action", required=True),
        Field("person", required=True),
        Field("days", "number", required=True, low=0, high=LARGEST),
    ),
    key=("action", "person"),
)
LOAD = TableSpec(
    "plan_load",
    (
        Field("queue", required=True),
        Field("arrivals_per_hour", "number", required=True, low=0, high=LARGEST),
        Field("handle_s", "number", required=True, low=0, high=LARGEST),
        Field("answer_s", "number", low=0, high=LARGEST),  # the promised time
        Field("level", "share"),  # of cases answered within it
        Field("opening"),  # hours of service, as shown to customers
        Field("agents", "integer", low=0),  # at work at the same time
        Field("shrinkage", "share"),  # paid time not at work: leave, training, breaks
        Field("metric_id"),  # the metric that promises this time
    ),
    key=("queue",),
)
EXPECTATIONS = TableSpec(
    "plan_expectations",  # survey: the longest time to an answer that customers accept
    (
        Field("queue", required=True),
        Field("period", "period", required=True),
        Field("acceptable_s", "number", required=True, low=0, high=LARGEST),
        Field("answers", "integer", required=True, low=0),
    ),
    key=("queue", "period", "acceptable_s"),
)
BUDGET = TableSpec(
    "plan_budget",
    (
        Field("line", required=True),
        Field("category", required=True),
        Field("planned", "number", required=True, low=0, high=LARGEST),
        Field("low", "number", low=0, high=LARGEST),
        Field("high", "number", low=0, high=LARGEST),
        Field("quarter", "period"),
        Field("touchpoint"),
        Field("action"),
    ),
    key=("line",),
)
RISKS = TableSpec(
    "plan_risks",
    (
        Field("risk", required=True),
        Field("family", "code", required=True, choices=FAMILIES),
        Field("probability", "integer", required=True, low=1, high=5),
        Field("impact", "integer", required=True, low=1, high=5),
        Field("proximity", "integer", low=1, high=3),  # 3: near
        Field("owner"),  # a blank is found and said
        Field("trigger_metric"),
        Field("trigger_level"),
        Field("response"),
        Field("money", "number", low=0, high=LARGEST),
        Field("action"),
    ),
    key=("risk",),
)
MESSAGES = TableSpec(
    "plan_messages",
    (
        Field("segment", required=True),
        Field("message"),
        Field("channel", "code", choices=CHANNELS),
        Field("date", "date"),
        Field("owner"),
        Field("trigger"),  # metric whose alarm sends it
        Field("tier", "code", choices=("high_value", "broad")),
        Field("queue"),  # the queue whose time it promises
        Field("promise_s", "number", low=0, high=LARGEST),
        Field("promise_share", "share"),
    ),
    key=("segment", "channel", "date"),
)
TRAINING = TableSpec(
    "plan_training",
    (
        Field("person", required=True),
        Field("topic", required=True),
        Field("required", "flag", required=True),
        Field("done_on", "date"),
        Field("score_before", "number", low=-LARGEST, high=LARGEST),
        Field("score_after", "number", low=-LARGEST, high=LARGEST),
        Field("pass_mark", "number", low=-LARGEST, high=LARGEST),
        Field("team"),
    ),
    key=("person", "topic"),
)
POINTS = TableSpec(
    "plan_points",
    (
        Field("person", required=True),
        Field("case_type", required=True),
        Field("cases", "integer", required=True, low=0, high=MOST),
        Field("complaints", "integer", low=0, high=MOST),
        Field("invited", "integer", low=0, high=MOST),
        Field("answered", "integer", low=0, high=MOST),
        Field("claimed", "integer", low=0, high=MOST),
        Field("verified", "integer", low=0, high=MOST),
        Field("group"),
        Field("at_mark", "integer", low=0, high=MOST),  # answers just at the pass mark
        Field("below_mark", "integer", low=0, high=MOST),  # answers at the next lower mark
        Field("solved_before", "share"),
        Field("solved_after", "share"),
        Field("reopened_before", "share"),
        Field("reopened_after", "share"),
    ),
    key=("person", "case_type"),
)
SOP = TableSpec(
    "plan_sop",
    (
        Field("step", required=True),
        Field("role", required=True),
        Field("input"),
        Field("output"),
        Field("target_minutes", "number", required=True, low=-LARGEST, high=LARGEST),
        Field("check_question", required=True),
        Field("decision_limit"),
        Field("p50_minutes", "number", low=-LARGEST, high=LARGEST),
        Field("p95_minutes", "number", low=-LARGEST, high=LARGEST),
        Field("checked", "integer", low=0),
        Field("passed", "integer", low=0),
    ),
    key=("step",),
)
BLUEPRINT = TableSpec(
    "plan_blueprint",
    (
        Field("step", required=True),
        Field("customer_action", required=True),
        Field("front_stage"),
        Field("back_stage"),
        Field("support_system"),
        Field("p50_minutes", "number", low=-LARGEST, high=LARGEST),
        Field("p95_minutes", "number", low=-LARGEST, high=LARGEST),
    ),
    key=("step",),
)
ARTICLES = TableSpec(
    "plan_articles",
    (
        Field("cause", required=True),
        Field("complaints", "integer", required=True, low=0),
        Field("article"),
        Field("owner"),
        Field("review_on", "date"),
    ),
    key=("cause",),
)
VENDORS = TableSpec(
    "plan_vendors",
    (
        Field("vendor", required=True),
        Field("criterion", required=True),
        Field("rule", "code", choices=(">=", "<=", "done")),
        Field("wanted", "number", low=-LARGEST, high=LARGEST),
        Field("observed", "number", low=-LARGEST, high=LARGEST),
        Field("n", "integer", low=0),
        Field("checked_on", "date"),
        Field("owner"),
    ),
    key=("vendor", "criterion"),
)
FORM_ROWS = TableSpec(
    "plan_forms",
    (
        Field("form", "code", required=True, choices=FORMS),
        Field("item", required=True),
        Field("value"),
        Field("owner"),
        Field("due", "date"),
        Field("done", "flag"),
        Field("note"),
    ),
    key=("form", "item", "due"),
)
CALENDAR = TableSpec(
    "plan_calendar",
    (Field("holiday", "date"), Field("extra_working_day", "date")),
)

TABLES: tuple[TableSpec, ...] = (
    ACTIONS, PEOPLE, WORK, LOAD, BUDGET, RISKS, MESSAGES, TRAINING, POINTS, SOP, BLUEPRINT,
    ARTICLES, VENDORS, FORM_ROWS, CALENDAR, EXPECTATIONS,
)  # fmt: skip

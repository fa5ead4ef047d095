"""Letters S, M, T and the owner: what the text and the card settle by themselves (SM8, 9, 13, 14).

The rules look at a View: one goal as read from a sentence, or as its card decides.
"""

from dataclasses import dataclass
from datetime import date

from playbook.chapters.smart.result import Letter, Verdict
from playbook.chapters.smart.signs import (
    ALSO_DONE,
    APPROXIMATE_DATE,
    ASAP,
    EVERYBODY,
    FUZZY,
    PROBLEM,
    RECURRING,
    SCALE,
    SLOGAN,
    STATISTIC,
    TEAM,
    TENS,
    WHO,
)
from playbook.core.metrics import dictionary
from playbook.core.periods import DAYS

VAGUE = frozenset(key for key, metric in dictionary().items() if metric.kind == "vague")
"""Known phrases without a formula."""

_TIMES = frozenset({"s", "min", "h", "day", "business_day", "week"})
_DATED = frozenset({"too_short_to_measure", "after_parent", "review_missing"})
"""What can be wrong with a date that is there."""

LEAST_PERIODS = 2
"""A goal wants at least so many measurements before its end."""


@dataclass(frozen=True)
class View:
    """One goal as the letters see it; None where neither text nor card says it."""

    text: str
    metric_id: str | None = None
    metric: str | None = None
    direction: str | None = None
    scoped: bool = False
    n_goals: int = 1
    target: float | None = None
    unit: str | None = None
    delta: float | None = None
    delta_kind: str | None = None
    baseline: float | None = None
    deadline: date | None = None
    deadline_text: str | None = None
    parent_due: date | None = None
    start: date | None = None
    owner: str | None = None
    owner_is_team: bool = False
    service_level: bool = False
    review_days: float = DAYS["month"]
    from_card: bool = False
    scale: float | None = None
    at_least: bool = False
    date_approximate: bool = False
    with_milestone: bool = False
    review_missing: bool = False
    flags: tuple[str, ...] = ()


def letter_s(view: View) -> Verdict:
    """SM8: metric, direction or action, scope, single outcome; slogans and vague metrics."""
    if view.metric_id in VAGUE:
        return Verdict("fail", ("metric_vague",))
    unmeasured = view.target is None and view.delta is None
    if view.metric_id is None and view.metric is not None and unmeasured:
        return Verdict("fail", ("metric_vague",))
    if view.metric is None and view.metric_id is None:
        return Verdict("fail", ("metric_missing",))
    if view.n_goals >= 3:
        return Verdict("fail", ("too_many_goals",))
    if view.metric_id == "milestone" and view.n_goals == 1 and not SLOGAN.search(view.text):
        return Verdict("pass")
    scoped = view.scoped or bool(WHO.search(view.text))
    points = 1 + _moves(view) + scoped + (view.n_goals == 1)
    reasons = [
        code
        for code, holds in (
            ("activity_mixed", _mixed(view)),
            ("several_outcomes", view.n_goals == 2 and not view.with_milestone),
            ("slogan", bool(SLOGAN.search(view.text))),
            ("worded_as_problem", bool(PROBLEM.search(view.text))),
            ("bare_direction", _bare(view)),
            ("scope_missing", points < 3),
        )
        if holds
    ]
    return Verdict("weak" if reasons else "pass", tuple(reasons))


def letter_m(view: View) -> Verdict:
    """SM9: a number with a unit to reach, or a change from a stated start."""
    if "contradiction" in view.flags:
        return Verdict("fail", ("values_contradict_verb",))
    if view.target is None and view.delta is None:
        if view.metric_id == "milestone":
            return Verdict("weak", ("milestone_only",))
        if TENS.search(view.text):
            return Verdict("weak", ("number_fuzzy",))
        all_of = EVERYBODY.search(view.text) and view.metric_id not in VAGUE and view.metric
        return (
            Verdict("weak", ("all_without_measure",)) if all_of else Verdict("fail", ("no_number",))
        )
    weak = _weak_measure(view)
    return Verdict("weak", weak) if weak else Verdict("pass", _measure_warnings(view))


def _measure_warnings(view: View) -> tuple[str, ...]:
    """What a sound measure still leaves open; the letter stays a pass (SM9)."""
    metric = dictionary().get(view.metric_id or "")
    timed = view.unit in _TIMES and not view.from_card
    scored = view.unit == "score" and _scale(view) is None and not view.from_card
    rated = metric is None or metric.scale_max is None
    codes = (
        ("baseline_missing", view.baseline is None),
        ("statistic_missing", timed and not STATISTIC.search(view.text)),
        ("scale_missing", scored and rated),
    )
    return tuple(code for code, holds in codes if holds)


def _off_scale(view: View) -> bool:
    """A target that the metric or the stated scale cannot show: 120 % satisfied, 6 of 5."""
    metric, target = dictionary().get(view.metric_id or ""), view.target
    if target is None or view.from_card:
        return False
    top = _scale(view) or (metric.scale_max if metric else None)
    if top is not None and view.unit == "score" and target > top:
        return True
    if metric is None or metric.kind not in ("share", "nps"):
        return False
    high = 100.0 if view.unit in ("%", "points") else None
    return high is not None and (target > high or target < (-high if metric.kind == "nps" else 0))


def letter_t(view: View, today: date | None) -> Verdict:
    """SM13: an end that is a day, ahead, and at least two measurements away."""
    if view.deadline is None:
        return _without_day(view)
    if today and view.deadline <= today:
        return Verdict("fail", ("deadline_past",))
    weak = []
    if view.parent_due and view.deadline > view.parent_due:
        weak.append("after_parent")
    if view.date_approximate or APPROXIMATE_DATE.search(view.deadline_text or ""):
        weak.append("date_approximate")
    begin = view.start or today
    if begin and (view.deadline - begin).days < LEAST_PERIODS * view.review_days - 3:
        weak.append("too_short_to_measure")
    if view.review_missing:
        weak.append("review_missing")
    return Verdict("weak", tuple(weak)) if weak else Verdict("pass")


def letter_owner(view: View) -> Verdict:
    """SM14: a person or named role; a team alone is weak (Doran 1981: assignable)."""
    if not view.owner:
        return Verdict("fail", ("owner_missing",))
    if view.owner_is_team or TEAM.search(view.owner.strip()):
        return Verdict("weak", ("team_only",))
    return Verdict("pass")


def _moves(view: View) -> bool:
    """A direction, a verb or an action: also "at least", and a share of cases done in time."""
    served = view.service_level and view.unit == "%"
    return bool(view.direction) or view.at_least or served


def _mixed(view: View) -> bool:
    """A result and something to be done in one goal (Bjerke, Renger 2017: keep them apart)."""
    if view.n_goals == 2 and view.with_milestone:
        return True
    told = view.target is not None or view.delta is not None
    return view.n_goals == 1 and told and bool(ALSO_DONE.search(view.text))


def _scale(view: View) -> float | None:
    """The top of the scale that the sentence states."""
    if view.scale is not None:
        return view.scale
    found = SCALE.search(view.text)
    return float(next(g for g in found.groups() if g)) if found else None


def _bare(view: View) -> bool:
    nothing = view.target is None and view.delta is None and view.deadline is None
    return nothing and not view.scoped and not view.deadline_text


def _weak_measure(view: View) -> tuple[str, ...]:
    delta_only = view.target is None and view.delta is not None and view.baseline is None
    in_percent = view.metric_id in ("nps", "enps") and view.unit in ("%", "pp")
    codes: tuple[tuple[str, bool], ...] = (
        ("delta_without_baseline", delta_only),
        ("nps_in_percent", in_percent),
        ("change_ambiguous", "ambiguous_change" in view.flags),
        ("unit_missing", view.unit is None),
        ("scale_contradicts", _off_scale(view)),
        ("number_fuzzy", not view.from_card and bool(FUZZY.search(view.text))),
        ("second_goal_unmeasured", view.n_goals == 2 and bool(EVERYBODY.search(view.text))),
    )
    return tuple(code for code, holds in codes if holds)


def _without_day(view: View) -> Verdict:
    if ASAP.search(view.text):
        return Verdict("fail", ("as_soon_as_possible",))
    if "movable_feast" in view.flags:
        return Verdict("weak", ("movable_feast",))
    if view.deadline_text:
        return Verdict("weak", ("event_without_date",))
    if view.service_level:
        return Verdict("fail", ("service_level_is_no_deadline",))
    if view.start is not None:
        return Verdict("weak", ("start_only",))
    if RECURRING.search(view.text):
        return Verdict("weak", ("recurring_without_end",))
    return Verdict("fail", ("no_date",))


def is_ready(letters: dict[str, Verdict], owner: Verdict) -> bool:
    """SM15: no fail; S, M, T pass; A pass or stretch; R pass; an owner. Never a total score."""
    wanted: dict[str, tuple[Letter, ...]] = {
        "S": ("pass",), "M": ("pass",), "T": ("pass",), "A": ("pass", "stretch"), "R": ("pass",),
    }  # fmt: skip
    return owner.value != "fail" and all(letters[k].value in v for k, v in wanted.items())


def next_question(view: View, letters: dict[str, Verdict], owner: Verdict) -> str | None:
    """SM16: the first open item, one at a time."""
    reasons = {code for verdict in letters.values() for code in verdict.reasons}
    order = (
        ("ask_split", "too_many_goals" in reasons),
        ("ask_metric", bool(reasons & {"metric_missing", "metric_vague"})),
        ("ask_contradiction", "values_contradict_verb" in reasons),
        ("ask_sample", "not_detectable" in reasons),
        ("ask_number", letters["M"].value == "fail" or "all_without_measure" in reasons),
        ("ask_change", "change_ambiguous" in reasons),
        ("ask_date", letters["T"].value in ("fail", "weak") and not reasons & _DATED),
        ("ask_horizon", bool(reasons & _DATED)),
        ("ask_owner", owner.value != "pass"),
        ("ask_baseline", bool(reasons & {"baseline_missing", "delta_without_baseline"})),
        ("ask_wording", letters["S"].value != "pass" or letters["M"].value == "weak"),
        ("ask_staff", bool(reasons & {"capacity"})),
        ("ask_link", letters["R"].value != "pass"),
        ("ask_history", letters["A"].value == "unknown"),
        ("ask_target", letters["A"].value == "fail"),
    )
    return next((code for code, open_ in order if open_), None)

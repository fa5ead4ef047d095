"""Training, points, procedure, blueprint, articles and forms of the plan.

What is planted. Training: the course on communication raised mastery from 35 % to 80 % of the shift
leads, the one on emotions from 50 % to 62 %, which so few people cannot show; digital tools were
taught and never tested; products were taught too long ago; the pass marks of common problems come
from different people before and after. Coverage is far under the 90 % asked for.
Points, tried on the records of the first half-year before any money is paid: Chongqing (B11) truly
has 1.7 times the complaints of its mix of cases, Hangzhou West Lake (B03) 0.6 times; Nanjing (B06)
has the street-side rooms: most complaints per case, and no more than its mix explains. One person
is new and has 18 cases. Four people each give one sign that the measure is fed: good deeds claimed
that nobody found, pleased guests invited, answers pushed over the mark, tickets closed too early.
Procedure: the targets of its steps add up to exactly 24 hours, yet the total keeps 24 hours in
fewer than 95 of 100 cases; the blueprint of the night shift keeps it.
"""

from collections.abc import Iterator
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from playbook.teach.hotel.cast import BRANCHES, Branch
from playbook.teach.hotel.draws import stream
from playbook.teach.hotel.plan_enabling_words import ARTICLES, BLUEPRINT, FORMS, POSTS, SOP

PASS_MARK = 80
MASTERY = {"communication": (0.35, 0.80), "emotion": (0.50, 0.62), "common_problems": (0.45, 0.70)}
"""True share of people at or above the pass mark, before and after."""

RATIOS = {"B11": 1.7, "B03": 0.6}
"""True ratio of complaints to what the mix of cases gives; 1 elsewhere."""

RATES = {"ct_checkin": 0.020, "ct_bill": 0.030, "ct_noise": 0.14, "ct_room": 0.025,
         "ct_repair": 0.060, "ct_food": 0.030}  # fmt: skip
CASES = {"fd": {"ct_checkin": 1.9, "ct_bill": 0.7, "ct_noise": 0.25},
         "hk": {"ct_room": 1.5, "ct_repair": 0.5}, "fb": {"ct_food": 1.4}}  # fmt: skip
"""Cases of a half-year per room of the hotel."""

NOISY = {"B06": 5.0, "B01": 2.0}
DRAW = 34
"""One of many possible half-years: here chance puts no other hotel outside its limits."""

NEW_HERE = "B14_fb"
SIGNALS = {"B05_fd": "claimed", "B09_hk": "invited", "B02_fd": "pile_up", "B12_hk": "reopened"}

_REQUIRED = {
    "communication": "fd hk fb",
    "emotion": "fd hk fb",
    "common_problems": "fd hk fb",
    "digital_tools": "fd hk",
    "product": "fd fb",
    "customer_psychology": "fd hk fb",
}
# topic: people trained, day of the course in each third of the hotels
_HELD = {
    "communication": (39, ("2026-03-13", "2026-03-20", "2026-03-27")),
    "emotion": (34, ("2026-03-14", "2026-03-21", "2026-03-28")),
    "common_problems": (21, ("2026-05-15", "2026-05-22", "2026-05-29")),
    "digital_tools": (20, ("2026-04-10", "2026-04-17", "2026-04-24")),
    "product": (24, ("2025-03-07", "2025-04-11", "2025-10-17")),
    "customer_psychology": (0, ("", "", "")),
}  # fmt: skip


def training(seed: int) -> pd.DataFrame:
    """The table ``plan_training``: shift leads of the 14 hotels by topic."""
    rng = stream(seed, "plan_training")
    rows = [row for topic in _REQUIRED for row in _topic_rows(topic, rng)]
    columns = ["person", "topic", "required", "done_on", "score_before", "score_after",
               "pass_mark", "team"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(("score_before", "score_after", "pass_mark"), "Int64")
    )


def _topic_rows(topic: str, rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    people = [
        (k, branch, f"{branch.code}_{post}")
        for k, branch in enumerate(BRANCHES)
        for post, _, _ in POSTS
        if post in _REQUIRED[topic]
    ]
    count, days = _HELD[topic]
    held = set(rng.choice(len(people), count, replace=False))
    for at, (k, branch, person) in enumerate(people):
        before, after = _scores(topic, rng)
        done = days[k % 3] if at in held else ""
        if topic == "common_problems":  # tested either before or after, never twice
            before, after = (None, after) if done else (before, None)
        elif not done:
            before, after = None, None
        mark = PASS_MARK if before is not None or after is not None else None
        yield person, topic, 1, done or None, before, after, mark, branch.code


def _scores(topic: str, rng: np.random.Generator) -> tuple[int | None, int | None]:
    """Two scores of one person, correlated 0.5, with the planted chances to pass."""
    own, first, second = rng.standard_normal(3)
    if topic not in MASTERY:
        return None, None
    chances = zip(MASTERY[topic], (first, second), strict=True)
    before, after = (
        int(min(100, np.floor(PASS_MARK + 8 * (NormalDist().inv_cdf(p) + sqrt(0.5) * (own + e)))))
        for p, e in chances
    )
    return before, after


def points(seed: int) -> pd.DataFrame:
    """The table ``plan_points``: cases and complaints of the first half of 2026."""
    rng = stream(seed + DRAW, "plan_points")
    rows = [
        _points_row(branch, post, kind, per_room, rng)
        for branch in BRANCHES
        for post, kinds in CASES.items()
        for kind, per_room in kinds.items()
    ]
    return pd.DataFrame(rows)


def _points_row(
    branch: Branch, post: str, kind: str, per_room: float, rng: np.random.Generator
) -> dict[str, Any]:
    person = f"{branch.code}_{post}"
    signal = SIGNALS.get(person, "")
    crowd = NOISY.get(branch.code, 1.0) if kind == "ct_noise" else 1.0
    cases = int(rng.poisson(branch.rooms * per_room * crowd))
    if person == NEW_HERE:
        cases = 18
    chance = RATES[kind] * RATIOS.get(branch.code, 1.0)
    invited = int(rng.binomial(cases, 0.28 if signal == "invited" else 0.45))
    answered = int(rng.binomial(invited, 0.5))
    near = int(rng.binomial(answered, 0.6))
    at_mark = int(rng.binomial(near, 0.85 if signal == "pile_up" else 0.6))
    claimed = int(rng.poisson(0.16 * cases))
    shares = _closed_early(rng, cases, signal == "reopened")
    return {
        "person": staff_number(branch, post), "case_type": kind, "cases": cases,
        "complaints": int(rng.binomial(cases, chance)), "invited": invited, "answered": answered,
        "claimed": claimed,
        "verified": int(rng.binomial(claimed, 0.6 if signal == "claimed" else 0.94)),
        "group": branch.code, "at_mark": at_mark, "below_mark": near - at_mark, **shares,
    }  # fmt: skip


def staff_number(branch: Branch, post: str) -> str:
    """The number under which a shift lead stands in the points: it tells neither hotel nor post."""
    at = 1 + len(CASES) * BRANCHES.index(branch) + list(CASES).index(post)
    return f"E{17 * at % (len(CASES) * len(BRANCHES) + 1):02d}"  # 43 is a prime: none twice


def _closed_early(rng: np.random.Generator, cases: int, signal: bool) -> dict[str, float]:
    """Shares solved at first contact and opened again, of the half-year before and of this one."""
    truth = {"solved_before": 0.78, "solved_after": 0.90 if signal else 0.79,
             "reopened_before": 0.06, "reopened_after": 0.16 if signal else 0.06}  # fmt: skip
    return {name: round(int(rng.binomial(cases, p)) / cases, 4) for name, p in truth.items()}


def sop() -> pd.DataFrame:
    """The table ``plan_sop``: complaint handling; times and checks from the three pilot hotels."""
    columns = ["step", "role", "input", "output", "target_minutes", "p50_minutes", "p95_minutes",
               "check_question", "decision_limit", "checked", "passed"]  # fmt: skip
    return pd.DataFrame(list(SOP), columns=columns)


def blueprint() -> pd.DataFrame:
    """The table ``plan_blueprint``: a night complaint with the mobile ticket, times as designed."""
    columns = ["step", "customer_action", "front_stage", "back_stage", "support_system",
               "p50_minutes", "p95_minutes"]  # fmt: skip
    return pd.DataFrame(list(BLUEPRINT), columns=columns)


def articles() -> pd.DataFrame:
    """The table ``plan_articles``: frequent causes of complaints and what answers them."""
    columns = ["cause", "complaints", "article", "owner", "review_on"]
    return pd.DataFrame(list(ARTICLES), columns=columns)


def forms() -> pd.DataFrame:
    """The rows of ``plan_forms`` for authority, responses, technology, recognition, resources and
    the release; the governance calendar and the release's steps stand with the plan's people."""
    rows = [(form, item, zh, owner, due, done) for form, item, (zh, _), owner, due, done in FORMS]
    return pd.DataFrame(rows, columns=["form", "item", "value", "owner", "due", "done"])

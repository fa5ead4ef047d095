"""The two surveys: Kano pairs and SERVQUAL expectations and perceptions."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.teach.hotel.cast import ITEMS, SEGMENT_SHARES, SEGMENTS
from playbook.teach.hotel.draws import centre_for, pick, scored, stream
from playbook.teach.hotel.truth import DimensionTruth, FeatureTruth, Truth

KANO_N = 420
SERVQUAL_N = 520
LOW, HIGH = 1, 7
NEVER_USED = 9
"""Answer "not used" to item 4, guides in the room: declared in case.toml."""

_PAIRS: dict[str, tuple[tuple[tuple[int, int], float], ...]] = {
    "M": (((2, 5), 0.80), ((3, 5), 0.12), ((4, 5), 0.08)),
    "O": (((1, 5), 1.0),),
    "A": (((1, 2), 0.25), ((1, 3), 0.55), ((1, 4), 0.20)),
    "I": (
        ((3, 3), 0.50), ((2, 3), 0.13), ((2, 4), 0.10), ((3, 4), 0.13),
        ((2, 2), 0.04), ((4, 4), 0.03), ((3, 2), 0.04), ((4, 3), 0.03),
    ),
    "R": (((5, 1), 0.30), ((5, 2), 0.25), ((5, 3), 0.25), ((3, 1), 0.15), ((2, 1), 0.05)),
    "Q": (((1, 1), 0.5), ((5, 5), 0.5)),
}  # fmt: skip
"""Answer pairs (functional, dysfunctional) behind each category of the standard table."""


def kano(truth: Truth, seed: int) -> pd.DataFrame:
    """Long table: one row per respondent and feature; answers 1 = like .. 5 = dislike."""
    rng = stream(seed, "kano")
    segment = _segments(rng, KANO_N)
    parts = [_feature_answers(rng, feature, segment) for feature in truth.features]
    table = pd.concat(parts).sort_values(["respondent_id", "feature"], ignore_index=True)
    for respondent, code in zip(truth.kano_straight_liners, (3, 3, 1, 3, 1, 3), strict=True):
        table.loc[table["respondent_id"] == respondent, ["functional", "dysfunctional"]] = code
    return table


def _segments(rng: np.random.Generator, n: int) -> list[str]:
    return [SEGMENTS[k][0] for k in pick(rng, SEGMENT_SHARES, n)]


def _feature_answers(
    rng: np.random.Generator, feature: FeatureTruth, segment: list[str]
) -> pd.DataFrame:
    n = len(segment)
    guests = pick(rng, feature.shares, n)
    business = pick(rng, feature.business or feature.shares, n)
    is_business = np.array([s == "business" for s in segment])
    letters = np.array(list("MOAIRQ"))[np.where(is_business, business, guests)]
    pairs = np.array([_pair(letter, u) for letter, u in zip(letters, rng.random(n), strict=True)])
    answers = pd.DataFrame(pairs, columns=["functional", "dysfunctional"]).astype("Int64")
    for column in ("functional", "dysfunctional"):
        answers.loc[rng.random(n) < 0.008, column] = pd.NA
    return pd.DataFrame(
        {
            "respondent_id": [f"K{i + 1:04d}" for i in range(n)],
            "feature": feature.feature,
            "functional": answers["functional"],
            "dysfunctional": answers["dysfunctional"],
            "importance": scored(rng.normal(feature.importance, 1.4, n), 1, 9),
            "segment": segment,
            "performance": scored(rng.normal(feature.performance, 0.9, n), 1, 5),
        }
    )


def _pair(letter: str, u: float) -> tuple[int, int]:
    pairs = _PAIRS[letter]
    edges = np.cumsum([weight for _, weight in pairs])
    return pairs[min(int(np.searchsorted(edges, u, side="right")), len(pairs) - 1)][0]


def servqual(truth: Truth, seed: int) -> pd.DataFrame:
    """Wide table: E1..E22, P1..P22 on 1..7, points per dimension, overall 1..10."""
    rng = stream(seed, "servqual")
    n = SERVQUAL_N
    table = pd.DataFrame({"respondent_id": [f"S{i + 1:04d}" for i in range(n)]})
    table["segment"] = _segments(rng, n)
    general = rng.standard_normal(n)
    hopes = 0.3 * general + np.sqrt(1 - 0.3**2) * rng.standard_normal(n)
    seen = {d.dimension: _factor(rng, general) for d in truth.dimensions}
    columns: dict[str, NDArray[np.int_]] = {}
    for role, sd in (("E", 0.95), ("P", 1.2)):
        for d in truth.dimensions:
            factor = seen[d.dimension] if role == "P" else _factor(rng, hopes)
            columns |= _item_answers(rng, truth, d, role, sd, factor)
    table = pd.concat([table, pd.DataFrame(columns).astype("Int64")], axis=1)
    asked = list(columns)
    _leave_blank(rng, table, asked)
    table = pd.concat([table, _points(rng, truth, n)], axis=1)
    table["overall"] = _overall(rng, truth, seen)
    _plant_faults(truth, table, asked)
    return table


def _factor(rng: np.random.Generator, general: NDArray[np.float64]) -> NDArray[np.float64]:
    """A dimension's judgement per respondent: half of it is the same over all dimensions."""
    both: NDArray[np.float64] = general + rng.standard_normal(len(general))
    return both / 2**0.5


def _item_answers(
    rng: np.random.Generator,
    truth: Truth,
    dimension: DimensionTruth,
    role: str,
    sd: float,
    factor: NDArray[np.float64],
) -> dict[str, NDArray[np.int_]]:
    mean = dimension.expectation + (dimension.gap_points if role == "P" else 0.0)
    shifts = np.linspace(-0.12, 0.12, len(dimension.items))
    found = {}
    for item, shift in zip(dimension.items, rng.permutation(shifts), strict=True):
        shared = 0.03 if str(item) == truth.weak_item else dimension.communality
        own = rng.standard_normal(len(factor))
        centre = centre_for(mean + shift, sd, LOW, HIGH)
        latent = centre + sd * (np.sqrt(shared) * factor + np.sqrt(1 - shared) * own)
        found[f"{role}{item}"] = scored(latent, LOW, HIGH)
    return found


def _leave_blank(rng: np.random.Generator, table: pd.DataFrame, answers: list[str]) -> None:
    for column in answers:
        table.loc[rng.random(len(table)) < 0.006, column] = pd.NA
    table.loc[rng.random(len(table)) < 0.05, "P4"] = NEVER_USED


def _points(rng: np.random.Generator, truth: Truth, n: int) -> pd.DataFrame:
    """Points per dimension in steps of 5 that sum to 100."""
    shares = rng.dirichlet([d.points / 5 for d in truth.dimensions], n)
    steps = np.floor(shares * 20)
    order = np.argsort(-(shares * 20 - steps), axis=1, kind="stable")
    missing = (20 - steps.sum(axis=1)).astype(int)
    for row, short in enumerate(missing):
        steps[row, order[row, :short]] += 1
    names = [f"points_{d.dimension}" for d in truth.dimensions]
    return pd.DataFrame((5 * steps).astype(int), columns=names)


def _overall(
    rng: np.random.Generator, truth: Truth, seen: dict[str, NDArray[np.float64]]
) -> NDArray[np.int_]:
    """Overall satisfaction: what is promised punishes when it fails, care rewards when present."""
    latent = 7.3 + 0.8 * rng.standard_normal(SERVQUAL_N)
    for d in truth.dimensions:
        latent = latent + 2.0 * d.driver * seen[d.dimension]
    latent += 0.8 * np.minimum(0, seen[truth.penalised] + 0.4)
    latent += 0.5 * np.maximum(0, seen[truth.rewarded] - 0.4)
    return scored(latent, 1, 10)


def _plant_faults(truth: Truth, table: pd.DataFrame, answers: list[str]) -> None:
    for k, respondent in enumerate(truth.servqual_straight_liners):
        table.loc[table["respondent_id"] == respondent, answers] = (7, 6, 7, 5, 7, 4, 6)[k]
    for k, respondent in enumerate(truth.bad_points):
        row = table["respondent_id"] == respondent
        table.loc[row, "points_reliability"] += (10, -10, 20, 5, -5)[k]


def instrument() -> pd.DataFrame:
    """The 22 items in our own words; none is worded negatively."""
    rows = [(str(k), dimension, zh, en, 0) for k, dimension, zh, en in ITEMS]
    return pd.DataFrame(rows, columns=["item", "dimension", "text_zh", "text_en", "negative"])

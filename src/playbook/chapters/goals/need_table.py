"""The table ``goals_needs`` as one series per need: channels and segments put together."""

from collections.abc import Mapping, Sequence
from math import isclose

from playbook.chapters.goals.evidence import KanoSurvey, RatePoint
from playbook.chapters.goals.inputs import Settings
from playbook.chapters.goals.needs import A_YEAR, Series
from playbook.chapters.goals.rows import Row, rows_of
from playbook.core.inputs import Inputs
from playbook.core.periods import frequency, ordinal


def series_of(inputs: Inputs[Settings]) -> tuple[Series, ...]:
    """One series per need in the order of the table. Periods must be of one length (checked)."""
    rows = rows_of(inputs, "goals_needs")
    if not rows:
        return ()
    first = min(ordinal(r["period"]) for r in rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["need"]), []).append(row)
    survey = kano_survey(inputs)
    return tuple(_series(need, group, first, survey) for need, group in groups.items())


def kano_survey(inputs: Inputs[Settings]) -> Mapping[str, KanoSurvey]:
    """Feature -> what the chapter kano found, where its result can be had."""
    features = inputs.earlier.get("kano", {}).get("features", ())
    return {
        str(f["feature"]): KanoSurvey(
            str(f["feature"]), str(f["category_mode"]), str(f.get("certainty") or ""),
            f.get("n_pairs"),
        )
        for f in features
        if f.get("feature") and f.get("category_mode") in tuple("MOAIRQ")
    }  # fmt: skip


def feature_of(rows: Sequence[Row]) -> str:
    """The feature that answers a need: named in the table, or of the same id."""
    named = [r["kano_feature"] for r in rows if r["kano_feature"]]
    return str(named[-1] if named else rows[0]["need"])


def season_unseen(periods: Sequence[str], settings: Settings) -> bool:
    """Whether a year or more is held, yet the window has no same periods a year before.

    periods: in time order, of one length.
    """
    kind = frequency(periods[-1]) if periods else "year"
    a_year = settings.season_periods if kind == "month" else A_YEAR.get(kind)
    if a_year is None or len(periods) < a_year:
        return False
    held = {ordinal(p) for p in periods}
    return not all(ordinal(p) - A_YEAR[kind] in held for p in periods[-settings.window :])


def exposure_of(rows: Sequence[Row]) -> float | None:
    """The exposure of one need and period: segments add up; channels that give the same number
    speak of the same base, which then counts once. None if any row lacks it."""
    if any(r["exposure"] is None for r in rows):
        return None
    by_segment: dict[str | None, list[float]] = {}
    for row in rows:
        by_segment.setdefault(row["segment"], []).append(float(row["exposure"]))
    return sum(_base(values) for values in by_segment.values())


def by_channel(inputs: Inputs[Settings]) -> Mapping[str, Mapping[int, float]]:
    """Channel -> period number -> volume; rows without a channel are left out."""
    found: dict[str, dict[int, float]] = {}
    for row in rows_of(inputs, "goals_needs"):
        if row["channel"]:
            steps = found.setdefault(row["channel"], {})
            step = ordinal(row["period"])
            steps[step] = steps.get(step, 0.0) + float(row["volume"])
    return found


def _series(need: str, rows: list[Row], first: int, survey: Mapping[str, KanoSurvey]) -> Series:
    by_period: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda r: ordinal(r["period"])):
        by_period.setdefault(row["period"], []).append(row)
    bases = {period: exposure_of(group) for period, group in by_period.items()}
    # rates and plain counts in one series would be no trend: all or none
    rated = all(base is not None for base in bases.values())
    points = []
    for period, group in by_period.items():
        volume = sum(float(r["volume"]) for r in group)
        base = bases[period] if rated else None
        rate = volume if base is None else volume / base
        points.append(RatePoint(period, ordinal(period) - first, volume, base, rate))
    kano = [r["kano"] for r in rows if r["kano"]]
    return Series(
        need,
        tuple(points),
        kano[-1] if kano else None,
        _mean(rows, "importance"),
        _mean(rows, "satisfaction"),
        survey.get(feature_of(rows)),
        _complaints(rows, first),
    )


def _complaints(rows: Sequence[Row], first: int) -> tuple[tuple[int, float], ...] | None:
    if not any(r["channel"] for r in rows):
        return None
    return tuple(
        (ordinal(r["period"]) - first, float(r["volume"]))
        for r in rows
        if r["channel"] == "complaint"
    )


def _mean(rows: Sequence[Row], column: str) -> float | None:
    """Mean over the rows that hold it, weighted with their volume where that is known."""
    held = [(float(r[column]), float(r["volume"])) for r in rows if r[column] is not None]
    if not held:
        return None
    weight = sum(w for _, w in held)
    if weight <= 0:
        return sum(v for v, _ in held) / len(held)
    # twelve digits: the same answer in every row comes out as that answer
    return float(f"{sum(v * w for v, w in held) / weight:.12g}")


def _base(values: Sequence[float]) -> float:
    same = all(isclose(v, values[0], rel_tol=1e-9) for v in values)
    return values[0] if same else sum(values)

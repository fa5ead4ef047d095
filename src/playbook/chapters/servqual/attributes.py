"""Attributes set against the overall rating: drivers, penalty-reward and the grids they feed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playbook.chapters.servqual.asymmetry import complete, cuts, prca
from playbook.chapters.servqual.drivers import (
    Shares,
    SingularError,
    bootstrap_weights,
    by_name,
    shares,
)
from playbook.chapters.servqual.gaps import score
from playbook.chapters.servqual.importance import Grid, ipa
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.measures import Scores
from playbook.chapters.servqual.resample import first_share, intervals, resampled_means
from playbook.chapters.servqual.result_importance import Drivers, Ipa, Prca, Source
from playbook.chapters.servqual.survey import Survey
from playbook.core.stats import Floats

COLLINEAR = 5.0
LEAST_COMPLETE = 0.6


@dataclass(frozen=True)
class Attributes:
    """X (respondents, attributes): answers of items or scores of dimensions."""

    ids: tuple[str, ...]
    X: Floats
    stated: dict[str, float]


@dataclass(frozen=True)
class Explained:
    """What the overall rating gave. refused: why there are no drivers, "" if there are."""

    drivers: Drivers | None = None
    prca: Prca | None = None
    grid: Grid | None = None
    refused: str = ""
    pair: tuple[str, ...] = ()


def attributes_of(survey: Survey, scores: Scores, settings: Settings) -> Attributes:
    """The attributes the case names, else all dimensions, else (one dimension) all items."""
    instrument = survey.instrument
    ids = settings.drivers or instrument.dimensions
    if not settings.drivers and len(ids) < 2:
        ids = instrument.items
    columns = [
        survey.answers["P"][:, instrument.items.index(a)]
        if a in instrument.items
        else scores.p[:, instrument.dimensions.index(a)]
        for a in ids
    ]
    return Attributes(tuple(ids), np.column_stack(columns), _stated(survey, ids))


def explain(survey: Survey, found: Attributes, settings: Settings, seed: int) -> Explained:
    """Drivers, penalty-reward and the derived-importance grid; or why not."""
    y = survey.overall
    if y is None:
        return Explained(refused="no_overall")
    whole = complete(found.X, y)
    X, n = found.X[whole], int(whole.sum())
    if n < settings.test_n or n < X.shape[1] + 2:
        return Explained(refused="too_few_rows")
    if np.ptp(y[whole]) == 0 or (np.ptp(X, axis=0) == 0).any():
        return Explained(refused="no_variance")
    R: Floats = np.asarray(np.corrcoef(np.column_stack([X, y[whole]]), rowvar=False))
    try:
        given = shares(R[:-1, :-1], R[:-1, -1])
    except SingularError as same:
        return Explained(refused="singular", pair=tuple(found.ids[i] for i in same.pair))
    draws = bootstrap_weights(found.X, y, settings.draws, seed)
    ns = (n, int((~np.isnan(y)).sum()))
    drivers = _drivers(found, given, np.asarray(R[:-1, -1]), draws, ns, settings)
    grid = _derived_grid(survey, found, drivers, draws, settings, seed)
    return Explained(drivers, _prca(survey, found, settings), grid)


def _drivers(
    found: Attributes, given: Shares, pearson: Floats, draws: Floats, ns: tuple[int, int],
    settings: Settings,
) -> Drivers:  # fmt: skip
    """The record of S24 and S25. ns: complete rows, rows with an overall rating."""
    n, n_outcome = ns
    names = found.ids
    flags = [f"collinear:{a}" for a, v in zip(names, given.vif, strict=True) if v > COLLINEAR]
    if n < LEAST_COMPLETE * n_outcome:
        flags.append("listwise_loss")
    if n < max(settings.small_n, 5 * len(names)):
        flags.append("n_small")
    weights = by_name(names, given.relative_weight)
    return Drivers(
        n=n,
        n_outcome=n_outcome,
        r2=given.r2,
        attributes=names,
        pearson=by_name(names, pearson),
        beta=by_name(names, given.beta),
        vif=by_name(names, given.vif),
        lmg=None if given.lmg is None else by_name(names, given.lmg),
        relative_weight=weights,
        relative_weight_ci=dict(zip(names, intervals(draws), strict=True)),
        p_rank_1=dict(zip(names, first_share(draws, lowest=False), strict=True)),
        first=by_name(names, given.first),
        last=by_name(names, given.last),
        pratt=by_name(names, given.pratt),
        stated=found.stated,
        hidden=_hidden(found.stated, weights),
        flags=tuple(flags),
    )


def grids(
    survey: Survey, scores: Scores, explained: Explained, settings: Settings, seed: int
) -> tuple[Ipa, ...]:
    """One grid per source of importance: stated by item, points by dimension, derived."""
    wanted: list[tuple[Source, Grid | None]] = [
        ("stated", _stated_grid(survey, settings, seed)),
        ("points", _points_grid(survey, scores, settings, seed)),
        ("derived", explained.grid),
    ]
    targets = settings.ipa_target_performance, settings.ipa_target_importance
    made = [
        ipa(source, grid, settings.ipa_lines, targets, settings.quadrant_share)
        for source, grid in wanted
        if grid is not None
    ]
    return tuple(one for one in made if one is not None)


def _prca(survey: Survey, found: Attributes, settings: Settings) -> Prca | None:
    """S23; a dimension score counts as the scale point it rounds to."""
    if survey.overall is None:
        return None
    low, high = cuts(*survey.scale)
    low = low if settings.prca_low_max is None else settings.prca_low_max
    high = high if settings.prca_high_min is None else settings.prca_high_min
    whole = complete(found.X, survey.overall)
    rounded = np.floor(found.X[whole] + 0.5)
    limits = settings.prca_cell, settings.prca_p, settings.prca_asymmetry
    return prca(rounded, survey.overall[whole], found.ids, low, high, *limits)


def _stated(survey: Survey, ids: tuple[str, ...]) -> dict[str, float]:
    """Stated importance: points for dimensions, else the importance answers; {} if not asked."""
    instrument, asked = survey.instrument, survey.answers.get("I")
    out: dict[str, float] = {}
    for a in ids:
        value: float | None = None
        if a in instrument.items:
            value = None if asked is None else score(asked[:, instrument.items.index(a)]).mean
        elif survey.points is not None:
            value = score(survey.points[:, instrument.dimensions.index(a)]).mean
        elif asked is not None:
            value = score(asked[:, list(instrument.of(a))].ravel()).mean
        if value is not None:
            out[a] = value
    return out if len(out) == len(ids) else {}


def _hidden(stated: Mapping[str, float], derived: Mapping[str, float]) -> tuple[str, ...]:
    """Low stated and high derived importance, each against the mean of the attributes."""
    if not stated:
        return ()
    line_s = sum(stated.values()) / len(stated)
    line_d = sum(derived.values()) / len(derived)
    return tuple(a for a in stated if stated[a] < line_s and derived[a] > line_d)


def _stated_grid(survey: Survey, settings: Settings, seed: int) -> Grid | None:
    if "I" not in survey.answers:
        return None
    p, i = survey.answers["P"], survey.answers["I"]
    there = [
        k for k in range(p.shape[1]) if (~np.isnan(p[:, k])).any() and (~np.isnan(i[:, k])).any()
    ]
    ids = tuple(survey.instrument.items[k] for k in there)
    grid = _grid(ids, p[:, there], i[:, there], survey, settings.draws, seed)
    return replace(grid, importance_scale=survey.importance_scale)


def _points_grid(survey: Survey, scores: Scores, settings: Settings, seed: int) -> Grid | None:
    if survey.points is None or np.isnan(survey.points).all():
        return None
    if np.isnan(scores.p).all(axis=0).any():
        return None
    ids = survey.instrument.dimensions
    return _grid(ids, scores.p, survey.points, survey, settings.draws, seed)


def _grid(
    ids: tuple[str, ...], p: Floats, i: Floats, survey: Survey, draws: int, seed: int
) -> Grid:
    means = resampled_means(np.hstack([p, i]), draws, seed)
    k = len(ids)
    of_p, of_i = [score(x) for x in p.T], [score(x) for x in i.T]
    return Grid(
        ids,
        tuple(s.n for s in of_p),
        np.nanmean(p, axis=0),
        np.nanmean(i, axis=0),
        tuple(s.ci for s in of_p),
        tuple(s.ci for s in of_i),
        means[:, :k],
        means[:, k:],
        survey.scale,
        None,
    )


def _derived_grid(
    survey: Survey,
    found: Attributes,
    drivers: Drivers,
    draws: Floats,
    settings: Settings,
    seed: int,
) -> Grid:
    of_p = [score(x) for x in found.X.T]
    return Grid(
        found.ids,
        tuple(s.n for s in of_p),
        np.nanmean(found.X, axis=0),
        np.array([drivers.relative_weight[a] for a in found.ids]),
        tuple(s.ci for s in of_p),
        tuple(drivers.relative_weight_ci[a] for a in found.ids),
        resampled_means(found.X, settings.draws, seed),
        draws,
        survey.scale,
        None,
    )

"""What makes a sound table doubtful: flags, never silent repairs."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from playbook.chapters.servqual.alpha import item_total
from playbook.chapters.servqual.gaps import correlation_of, dimension_scores
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.measures import Hits
from playbook.chapters.servqual.survey import Survey
from playbook.core.inputs import Tables
from playbook.core.problems import Level, Problem
from playbook.core.stats import correlation

STRAIGHT_ITEMS = 10
TABLE = "servqual"


def straight_liners(survey: Survey) -> Hits:
    """Respondents with one code in all answered items of E and P (ten items or more)."""
    x = np.hstack([survey.raw[r] for r in ("E", "P") if r in survey.raw])
    valid = ~np.isnan(x)
    low = np.where(valid, x, np.inf).min(axis=1)
    high = np.where(valid, x, -np.inf).max(axis=1)
    return np.asarray((valid.sum(axis=1) >= STRAIGHT_ITEMS) & (low == high))


def duplicate_rows(survey: Survey) -> Hits:
    """Respondents whose answers to all items repeat an earlier row's; straight lines aside."""
    x = np.hstack([survey.raw[r] for r in survey.raw])
    rich = ((~np.isnan(x)).sum(axis=1) >= STRAIGHT_ITEMS) & ~straight_liners(survey)
    seen: set[bytes] = set()
    out = np.zeros(len(x), dtype=bool)
    filled = np.nan_to_num(x, nan=-999.0)
    for i in np.flatnonzero(rich):
        key = filled[i].tobytes()
        out[i] = key in seen
        seen.add(key)
    return out


def doubts(tables: Tables, survey: Survey, settings: Settings) -> Iterator[Problem]:
    """Every doubt about a table without errors."""

    def told(
        code: str, level: Level = "warn", column: str = "", value: str = "",
        **values: str | int | float,
    ) -> Problem:  # fmt: skip
        found = tables.problem(TABLE, f"servqual.{code}", level=level, column=column, value=value)
        return replace(found, values=values)

    n = survey.n
    if found := int(straight_liners(survey).sum()):
        yield told("straight_liner", count=found, n=n)
    if found := int(duplicate_rows(survey).sum()):
        yield told("duplicate_rows", count=found, n=n)
    if survey.points is not None and survey.points_refused:
        wrong = len(survey.points_refused)
        often: Level = "warn" if wrong > 0.1 * n else "note"
        some = ", ".join(survey.points_refused[:5])
        yield told("points_sum", often, count=wrong, n=n, ids=some)
    if survey.weight is not None and (lost := int((~(survey.weight > 0)).sum())):
        yield told("weight_missing", column="weight", count=lost, n=n)
    if 0 < n < settings.small_n:
        yield told("n_small", n=n, least=settings.small_n)
    for item in _constant(survey):
        yield told("constant_item", "note", column=f"P{item}", value=item)
    for d in survey.instrument.dimensions:
        if len(survey.instrument.of(d)) < 2:
            yield told("k_too_small", "note", value=d)
    for item, r in _negative(survey):
        yield told("negative_not_marked", column=f"P{item}", value=item, r=r)
    against = _against_overall(survey)
    if against is not None:
        yield told("order_reversed", column="overall", r=against)
    if survey.form == "zone":
        share = _violations(survey)
        if share > 0.1:
            yield told("zone_violation", share=share)


def _constant(survey: Survey) -> list[str]:
    p = survey.answers["P"]
    return [
        item
        for i, item in enumerate(survey.instrument.items)
        if (~np.isnan(p[:, i])).sum() > 1 and np.nanmax(p[:, i]) == np.nanmin(p[:, i])
    ]


def _negative(survey: Survey) -> list[tuple[str, float]]:
    """Items whose answers run against the rest of their dimension and are not marked negative.

    Only where it is more than chance: the upper end of r's interval below nought.
    """
    out: list[tuple[str, float]] = []
    for places in survey.members:
        x = survey.answers["P"][:, list(places)]
        x = x[~np.isnan(x).any(axis=1)]
        if len(x) < 10 or len(places) < 2:
            continue
        for i, r in zip(places, item_total(np.cov(x, rowvar=False)), strict=True):
            high = None if r is None else correlation(r, len(x)).high
            item = survey.instrument.items[i]
            if r is not None and r < 0 and (high is None or high < 0):
                out.append((item, r))
    return out


def _against_overall(survey: Survey) -> float | None:
    """r of the quality score with the overall rating, if it is surely negative."""
    if survey.overall is None:
        return None
    gaps = survey.gaps
    x = survey.answers["P"] if gaps is None else gaps
    scores = dimension_scores(x, survey.members)
    counts = (~np.isnan(scores)).sum(axis=1)
    total = np.where(counts > 0, np.nansum(scores, axis=1) / np.maximum(counts, 1), np.nan)
    r = correlation_of(total, survey.overall)
    both = int((~np.isnan(total) & ~np.isnan(survey.overall)).sum())
    if r is None or both < 10:
        return None
    high = correlation(r, both).high
    return r if high is not None and high < 0 else None


def _violations(survey: Survey) -> float:
    d, a = survey.answers["D"], survey.answers["A"]
    both = ~np.isnan(d) & ~np.isnan(a)
    asked = int(both.any(axis=1).sum())
    return int((both & (a > d)).any(axis=1).sum()) / asked if asked else 0.0

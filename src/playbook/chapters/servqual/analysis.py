"""SERVQUAL from tables to result: gaps, reliability, importance, drivers.

Parasuraman, Zeithaml & Berry 1988, 1991; Cronin & Taylor 1992; the formulas S1-S26 stand in the
modules beside this one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

import numpy as np

from playbook.chapters.servqual import conclusions as conclude
from playbook.chapters.servqual import conclusions_importance as weigh
from playbook.chapters.servqual.attributes import (
    Explained,
    attributes_of,
    explain,
    grids,
)
from playbook.chapters.servqual.doubts import doubts, duplicate_rows, straight_liners
from playbook.chapters.servqual.faults import faults
from playbook.chapters.servqual.inputs import Settings
from playbook.chapters.servqual.instrument import dimension_names
from playbook.chapters.servqual.measures import (
    Hits,
    Scores,
    dimensions_of,
    items_of,
    overall_of,
    scores_of,
    segments_of,
)
from playbook.chapters.servqual.result import Quality, ServqualResult, Typed, Used, ZoneResult
from playbook.chapters.servqual.survey import Source, Survey, never_used, source_of, survey_of
from playbook.chapters.servqual.typed import TypedFigures, as_number, typed_table
from playbook.chapters.servqual.zone import zone_result
from playbook.core.findings import Finding
from playbook.core.inputs import Inputs, names_for
from playbook.core.problems import Problem, errors, refuse_errors
from playbook.core.stats import kish_n
from playbook.core.text import Name

SUMMARY = "servqual_summary"


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """Every fault of this chapter's tables: errors first, doubts only where there are none."""
    if "servqual" not in inputs.tables:
        return tuple(_typed_faults(inputs))
    source = source_of(inputs)
    found = tuple(faults(inputs.tables, source, inputs.settings))
    if errors(found):
        return (*found, *_typed_faults(inputs))
    survey = survey_of(source, inputs.settings)
    return (
        *found,
        *doubts(inputs.tables, survey, inputs.settings),
        *_typed_faults(inputs),
    )


def analyse(inputs: Inputs[Settings]) -> ServqualResult:
    """Everything the chapter says. Raises RefusedError with every fault of the tables."""
    problems = check(inputs)
    refuse_errors(problems)
    typed = _typed(inputs)
    if "servqual" not in inputs.tables:
        return _summary_only(inputs, typed, problems)
    settings = inputs.settings
    seed = inputs.facts.seed_or(settings.seed)
    source = source_of(inputs)
    survey = survey_of(source, settings)
    scores = scores_of(survey, settings.half_rule)
    straight = straight_liners(survey)
    overall = overall_of(survey, scores)
    explained = explain(survey, attributes_of(survey, scores, settings), settings, seed)
    result = ServqualResult(
        _used(survey, settings, seed),
        _quality(inputs, source, survey, straight),
        items_of(survey, settings),
        dimensions_of(survey, scores, settings, seed, straight),
        overall.unweighted,
        overall.weighted_respondent,
        overall.weighted_of_means,
        overall.mean_points,
        overall.servperf_total,
        segments_of(survey, scores),
        _zones(survey),
        grids(survey, scores, explained, settings, seed),
        explained.drivers,
        explained.prca,
        typed,
        _names(inputs, survey),
        (),
        (*problems, *_refusals(inputs, explained, scores)),
    )
    return replace(result, findings=tuple(_findings(result, settings)))


def _findings(result: ServqualResult, settings: Settings) -> Iterator[Finding]:
    dims = result.dimensions
    parts: list[Iterator[Finding]] = []
    if result.used.form == "gap":
        parts.append(conclude.of_gaps(dims, result.items, settings))
    if result.used.form == "zone":
        parts.append(conclude.of_zone(result.zone))
    if result.used.form != "gap" or result.used.weighted:
        parts.append(conclude.of_performance(dims))
    parts.append(
        conclude.of_scores(result.score_unweighted, result.score_weighted_respondent, dims)
    )
    parts.append(conclude.of_reliability(dims, settings.target_alpha))
    if result.ipa:
        parts.append(weigh.of_ipa(result.ipa[0]))
        parts.append(weigh.of_sources(result.ipa))
    if result.drivers:
        parts.append(weigh.of_drivers(result.drivers))
    if result.prca:
        parts.append(weigh.of_prca(result.prca))
    parts.append(conclude.of_quality(result.quality, dims))
    yield from chain.from_iterable(parts)


def _used(survey: Survey, settings: Settings, seed: int) -> Used:
    low, high = settings.overall_min, settings.overall_max
    return Used(
        survey.form,
        *survey.scale,
        survey.instrument.default,
        len(survey.instrument.items),
        settings.half_rule,
        settings.target_alpha,
        settings.draws,
        seed,
        survey.weight is not None,
        None if low is None or high is None else (low, high),
    )


def _quality(inputs: Inputs[Settings], source: Source, survey: Survey, straight: Hits) -> Quality:
    cells = [survey.raw[role] for role in survey.raw]
    unused = never_used(inputs.tables, source)
    weight = survey.weight
    return Quality(
        survey.n,
        int((~np.isnan(survey.raw["P"])).any(axis=1).sum()),
        sum(x.size for x in cells),
        int(sum(np.isnan(x).sum() for x in cells)),
        sum(unused.values()),
        unused,
        int(straight.sum()),
        int(duplicate_rows(survey).sum()),
        survey.points_refused,
        None if weight is None or not (weight > 0).any() else kish_n(weight[weight > 0]),
    )


def _zones(survey: Survey) -> tuple[ZoneResult, ...]:
    if survey.form != "zone":
        return ()
    instrument = survey.instrument
    return tuple(
        zone_result(
            item,
            instrument.dimension_of[item],
            *(survey.answers[role][:, i] for role in ("D", "A", "P")),
        )
        for i, item in enumerate(instrument.items)
    )


def _names(inputs: Inputs[Settings], survey: Survey) -> Mapping[str, Name]:
    """The client's names, else the wording of the instrument and the usual dimension names."""
    instrument = survey.instrument
    known = {**instrument.texts, **dimension_names(), **inputs.tables.names()}
    segments = sorted({s for s in survey.segment or () if s})
    return names_for((*instrument.items, *instrument.dimensions, *segments), known)


def _refusals(inputs: Inputs[Settings], explained: Explained, scores: Scores) -> Iterator[Problem]:
    """Why a part of the chapter was left out, and which flags its numbers carry."""
    if explained.refused in ("", "no_overall"):
        flags = () if explained.drivers is None else explained.drivers.flags
        for flag in flags:
            code, _, about = flag.partition(":")
            yield inputs.tables.problem(
                "servqual", f"servqual.driver_{code}", level="warn", value=about
            )
        return
    yield inputs.tables.problem(
        "servqual",
        f"servqual.drivers_{explained.refused}",
        level="warn",
        column="overall",
        value=" / ".join(explained.pair),
    )


def _typed(inputs: Inputs[Settings]) -> Typed | None:
    if SUMMARY not in inputs.tables:
        return None
    settings = inputs.settings
    rows = [
        TypedFigures(
            str(cells["dimension"]),
            float(cells["e_mean"]),
            float(cells["p_mean"]),
            _whole(cells.get("n")),
            *(as_number(cells.get(key)) for key in _TYPED),
        )
        for _, cells in inputs.tables[SUMMARY].iterrows()
    ]
    return typed_table(rows, settings.typed_gap, settings.typed_t)


_TYPED = ("e_sd", "p_sd", "gap", "ci_low", "ci_high", "t", "points")


def _whole(value: object) -> int | None:
    found = as_number(value)
    return None if found is None else int(found)


def _typed_faults(inputs: Inputs[Settings]) -> Iterator[Problem]:
    typed = _typed(inputs)
    if typed is None:
        return
    rows = inputs.tables[SUMMARY].index
    for row, found in zip(rows, typed.rows, strict=True):
        for flag in found.flags:
            yield inputs.tables.problem(
                SUMMARY, f"servqual.{flag}", level="warn", row=int(row), value=found.dimension
            )
    if "servqual" not in inputs.tables:
        yield inputs.tables.problem(SUMMARY, "servqual.summary_only", level="warn")


def _summary_only(
    inputs: Inputs[Settings], typed: Typed | None, problems: tuple[Problem, ...]
) -> ServqualResult:
    settings = inputs.settings
    low, high = settings.scale_min or 1.0, settings.scale_max or 5.0
    used = Used(
        "summary", low, high, False, 0, settings.half_rule, settings.target_alpha, 0, 0, False, None
    )
    quality = Quality(0, 0, 0, 0, 0, {}, 0, 0, (), None)
    ids = tuple(row.dimension for row in typed.rows) if typed else ()
    names = names_for(ids, {**dimension_names(), **inputs.tables.names()})
    return ServqualResult(
        used, quality, (), {}, None, None, None, {}, None, (), (), (), None, None, typed, names,
        (), problems,
    )  # fmt: skip

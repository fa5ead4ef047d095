"""From the tables to the result: counts, categories, coefficients, certainty, priority."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playbook.chapters.kano import evaluation, resampling, rules
from playbook.chapters.kano.answers import Answers, order_proof
from playbook.chapters.kano.conclusions import findings, reported
from playbook.chapters.kano.counted import (
    Counted,
)
from playbook.chapters.kano.features import Context, describe, variants
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.planner import plan
from playbook.chapters.kano.quality import Doubtful, doubtful
from playbook.chapters.kano.reading import Read, distinct, read
from playbook.chapters.kano.resampling import Resampled
from playbook.chapters.kano.result import (
    Card,
    FeatureResult,
    KanoResult,
    Plan,
    Rating,
    Split,
)
from playbook.chapters.kano.scores import rating
from playbook.chapters.kano.splits import split
from playbook.chapters.kano.uncertainty import top_two_p
from playbook.core.inputs import Inputs, names_for
from playbook.core.problems import Problem, refuse_errors
from playbook.core.stats import holm

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
MOST_LISTED = 1000


def check(inputs: Inputs[Settings]) -> tuple[Problem, ...]:
    """All that is wrong with the tables kano, kano_counts, kano_matrix (section 4 of the method).

    An error forbids the analysis: it never guesses an order of codes, a scale or a pair.
    """
    return read(inputs).problems


def analyse(inputs: Inputs[Settings]) -> KanoResult:
    """Analyse a Kano survey: categories by five rules, Better and Worse, and how sure they are.

    Raises RefusedError with every fault of the tables.
    """
    got = read(inputs)
    refuse_errors(got.problems)
    seed = inputs.facts.seed_or(inputs.settings.seed)
    s = replace(inputs.settings, seed=seed)
    flagged = doubtful(got.answers, got.pairs, s) if got.answers and got.pairs is not None else None
    splits = _splits(got, s, seed)
    lines = _lines(got.features, s)
    drawn, groups = _draw(got, s, seed)
    features = _features(got, flagged, splits, drawn, lines, s)
    order = _order(features)
    ids = [f.feature for f in features] + [g for sp in splits for g in sp.groups]
    straight, questionable, fast = _listed(got.answers, flagged)
    return KanoResult(
        card=_card(got, s),
        features=features,
        priority_order=order,
        better_line=lines[0],
        worse_line=lines[1],
        n_respondents=None if got.answers is None else len(got.answers.respondents),
        n_straight_liners=straight[0],
        straight_liners=straight[1],
        n_many_questionable=questionable[0],
        respondents_many_questionable=questionable[1],
        n_fast_answers=fast[0],
        fast_answers=fast[1],
        splits=splits,
        plan=_plan(features, s, seed),
        groups_resampled=groups,
        settings=s,
        names=names_for(ids, inputs.tables.names()),
        findings=findings(features, order, splits),
        problems=tuple(p for p in got.problems if p.level != "error"),
    )


def _splits(got: Read, s: Settings, seed: int) -> tuple[Split, ...]:
    if got.answers is None or got.pairs is None:
        return ()
    columns = (("segment", got.answers.segment), ("wording_set", got.answers.wording))
    made = [
        split(name, group, got.pairs, got.answers.features, s, seed)
        for name, group in columns
        if group is not None
    ]
    return tuple(m for m in made if m is not None)


def _lines(features: Sequence[Counted], s: Settings) -> tuple[float, float]:
    """K11: the lines of the quadrants; means are relative to the features asked."""
    if s.quadrant_lines == "half":
        return s.better_line, s.worse_line
    pairs = [rules.better_worse(f.counts) for f in features]
    known = [(b, -w) for b, w in pairs if b is not None and w is not None]
    if not known:
        return s.better_line, s.worse_line
    return float(np.mean([b for b, _ in known])), float(np.mean([w for _, w in known]))


def _draw(got: Read, s: Settings, seed: int) -> tuple[list[Resampled], int | None]:
    """K18 for all features together; those of the table kano keep their ties."""
    drawn = np.full((s.draws, len(got.features), 6), np.nan)
    groups = None
    if got.pairs is not None:
        by_group = resampling.respondent_groups(got.pairs, s.table, seed)
        drawn[:, : got.pairs.shape[0]] = resampling.draw_groups(by_group, s.draws, seed)
        groups = len(by_group)
    for i, f in enumerate(got.features):
        if f.source in ("matrix", "counts") and f.counts.sum() > 0:
            drawn[:, i] = resampling.draw_counts(f.counts, s.draws, seed, i)
    observed = np.stack([f.counts for f in got.features])
    return resampling.resampled(observed, drawn, s.level, _tie(got), _listed_at_all(got)), groups


def _tie(got: Read) -> list[float]:
    """Larger = earlier where all else of the priority is equal: by importance, then by id."""
    means = _means(got)
    order = sorted(range(len(means)), key=lambda i: (-means[i], got.features[i].feature))
    return [float(-order.index(i)) for i in range(len(means))]


def _listed_at_all(got: Read) -> list[bool]:
    """Which features carry a category."""
    out = []
    for f in got.features:
        n_aomi, total = float(f.counts[: rules.R].sum()), float(f.counts.sum())
        out.append(reported(rules.mode(f.counts), n_aomi, total, f.has_n) is not None)
    return out


def _means(got: Read) -> list[float]:
    out = [0.0] * len(got.features)
    if got.answers is not None and got.answers.importance is not None:
        for i, row in enumerate(got.answers.importance):
            out[i] = float(np.nanmean(row)) if np.isfinite(row).any() else 0.0
    return out


def _features(
    got: Read, flagged: Doubtful | None, splits: Sequence[Split], drawn: Sequence[Resampled],
    lines: tuple[float, float], s: Settings,
) -> tuple[FeatureResult, ...]:  # fmt: skip
    p_top = holm([top_two_p(f.counts) if f.has_n else None for f in got.features])
    differ = {
        t.feature
        for sp in splits
        if sp.column == "segment"
        for t in sp.tests
        if t.proven and t.modes_differ
    }
    out = []
    for i, c in enumerate(got.features):
        own = got.pairs[i] if got.pairs is not None and i < len(got.pairs) else None
        around = Context(
            lines,
            drawn[i],
            p_top[i],
            own is not None and c.feature in differ,
            variants(c, own, flagged, s),
            _rated(got, i, "importance", s),
            _rated(got, i, "performance", s),
        )
        out.append(describe(c, around, s))
    return tuple(out)


def _rated(got: Read, i: int, what: str, s: Settings) -> Rating | None:
    values = getattr(got.answers, what) if got.answers is not None else None
    return rating(values[i], s.level) if values is not None and i < len(values) else None


def _order(features: Sequence[FeatureResult]) -> tuple[str, ...]:
    """K26: the order of priority; importance and then the id settle ties."""

    def key(f: FeatureResult) -> tuple[tuple[float, ...], float, str]:
        weight = f.importance.mean if f.importance and f.importance.mean else 0.0
        return (
            rules.priority_keys(f.category, f.better or 0.0, -(f.worse or 0.0)),
            -weight,
            f.feature,
        )

    return tuple(f.feature for f in sorted(features, key=key))


def _listed(
    answers: Answers | None, flagged: Doubtful | None
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Number and ids of straight-liners, of many questionable, of fast respondents."""
    if answers is None or flagged is None:
        return ((0, ()),) * 3
    out = []
    for mask in (flagged.straight, flagged.questionable, flagged.fast):
        ids = answers.respondents[np.flatnonzero(mask)[:MOST_LISTED]]
        out.append((int(mask.sum()), tuple(str(i) for i in ids)))
    return tuple(out)


def _card(got: Read, s: Settings) -> Card:
    a = got.answers
    coded = a is not None and any(a.by_number)
    aom, r = order_proof(a, s.table) if a is not None and coded else (None, None)
    first, last = a.dates if a is not None and a.dates else (None, None)
    return Card(
        n_features=len(got.features),
        n_respondents=None if a is None else len(a.respondents),
        n_pairs=sum(float(f.counts.sum()) for f in got.features if f.has_n),
        n_missing_pair=sum(f.n_missing or 0 for f in got.features),
        n_half_missing=sum(f.n_half or 0 for f in got.features),
        layout="totals" if a is None else a.layout,
        order_aom=aom,
        order_r=r,
        first_date=first,
        last_date=last,
        wording_sets=() if a is None else distinct(a.wording),
    )


def _plan(features: Sequence[FeatureResult], s: Settings, seed: int) -> Plan | None:
    """K27 for the shares set, or for the feature whose two largest categories are closest.

    A need on which groups differ comes last: more answers of a mixture would not settle it.
    """
    if len(s.planner_shares) == 6:
        return plan(s.planner_shares, "", s.level, seed)
    known = [f for f in features if f.category_strength is not None and f.source != "shares"]
    if not known:
        return None
    closest = min(
        known,
        key=lambda f: (f.conclusion == "segments_differ", f.category_strength or 0.0, f.feature),
    )
    shares = [closest.counts[c] / closest.n_pairs for c in evaluation.CATEGORIES]
    return plan(shares, closest.feature, s.level, seed)

"""What follows from importance, drivers and asymmetry: section 7 of the method."""

from collections.abc import Iterator

from playbook.chapters.servqual.conclusions import CERTAIN, FIRST_LEAST, SIGNIFICANT, finding
from playbook.chapters.servqual.importance import certainty_of
from playbook.chapters.servqual.result_importance import Drivers, Ipa, Prca
from playbook.core.findings import Certainty, Finding, Weight


def of_ipa(found: Ipa) -> Iterator[Finding]:
    """S18, S19: what stays in its quadrant, and what does not."""
    open_ids = tuple(a.id for a in found.attributes if a.certainty == "undecided")
    for quadrant in ("concentrate", "keep_up", "possible_overkill", "low_priority"):
        sure = [
            a for a in found.attributes if a.quadrant == quadrant and a.certainty != "undecided"
        ]
        if sure:
            least = min(min(a.quadrant_share for a in sure), CERTAIN)
            weight: Weight = "headline" if quadrant == "concentrate" else "detail"
            yield finding(
                quadrant, certainty_of(least), tuple(a.id for a in sure), weight, share=least,
                n=min(a.n for a in sure),
            )  # fmt: skip
    moved = tuple(a.id for a in found.attributes if a.second_quadrant != a.quadrant)
    if moved:
        yield finding("lines_matter", "fact", moved, count=len(moved), k=len(found.attributes))
    if open_ids:
        yield finding(
            "quadrant_open", "undecided", open_ids, count=len(open_ids), k=len(found.attributes)
        )


def of_sources(grids: tuple[Ipa, ...]) -> Iterator[Finding]:
    """Attributes whose quadrant depends on where importance comes from."""
    if len(grids) < 2:
        return
    first, second = ({a.id: a for a in grid.attributes} for grid in grids[:2])
    both = [i for i in first if i in second]
    other = tuple(i for i in both if first[i].quadrant != second[i].quadrant)
    if other:
        yield finding("sources_differ", "fact", other, count=len(other), k=len(both))


def of_drivers(found: Drivers) -> Iterator[Finding]:
    """S24, S25: the attribute that goes most closely with the overall rating."""
    first = max(found.attributes, key=lambda a: (found.p_rank_1[a], found.relative_weight[a]))
    p, share = found.p_rank_1[first], found.relative_weight[first]
    low, high = found.relative_weight_ci[first] or (None, None)
    if p >= 0.8:
        yield finding(
            "top_driver", certainty_of(p), (first,), "headline", share=share, low=low, high=high,
            p=p, n=found.n, r2=found.r2,
        )  # fmt: skip
    else:
        close = tuple(a for a in found.attributes if found.p_rank_1[a] >= FIRST_LEAST)
        ranked = tuple(sorted(close, key=lambda a: -found.p_rank_1[a]))
        yield finding(
            "top_driver_shared", "undecided", ranked, "headline", n=found.n, r2=found.r2, p=p,
            count=len(ranked),
        )  # fmt: skip
    if found.hidden:
        yield finding("hidden_driver", "undecided", found.hidden, n=found.n)
    twins = tuple(f.split(":", 1)[1] for f in found.flags if f.startswith("collinear:"))
    if twins:
        yield finding("collinear", "fact", twins, vif=max(found.vif[a] for a in twins))


def of_prca(found: Prca) -> Iterator[Finding]:
    """S23: one finding per class; a lean to one side is likely only where it is more than chance.

    That an attribute is even is never shown by a test that finds no difference.
    """
    by_class: dict[tuple[str, Certainty], list[str]] = {}
    for name, c in found.attributes.items():
        leans = c.asymmetry in ("dissatisfier", "satisfier")
        sure = leans and c.lean_p is not None and c.lean_p < SIGNIFICANT
        by_class.setdefault((c.asymmetry, "likely" if sure else "undecided"), []).append(name)
    for kind in ("dissatisfier", "satisfier", "hybrid", "not_classified"):
        levels: tuple[Certainty, ...] = ("likely", "undecided")
        for certainty in levels:
            if ids := by_class.get((kind, certainty)):
                yield finding(kind, certainty, tuple(ids), n=found.n, count=len(ids))

"""Chapter 05 in words, tables and figures, in teaching order."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.servqual import charts
from playbook.chapters.servqual.grid_drawing import ipa_chart
from playbook.chapters.servqual.result import ServqualResult
from playbook.chapters.servqual.tables import (
    dimension_table,
    item_check_table,
    item_table,
    name,
    never_used_table,
    priority_table,
    quality_table,
    score_table,
    segment_table,
)
from playbook.chapters.servqual.tables_models import (
    driver_table,
    ipa_table,
    prca_table,
    reliability_table,
    scale_check_table,
    typed_table,
    zone_table,
)
from playbook.core.display import p_words
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Conclusion,
    Conclusions,
    Item,
    Picture,
    Section,
    Text,
    conclude,
)
from playbook.core.text import Lang, say

CODES = {
    "quality": ("straight_liners",),
    "main": (
        "largest_gap", "gap_negative", "gap_positive", "gap_undecided", "expectation_ceiling",
        "lowest_performance", "weights_shift", "zone_below", "zone_in", "zone_above",
        "zone_undecided",
    ),
    "items": ("items_short",),
    "scores": ("score_unweighted", "score_weighted", "top_three"),
    "reliability": (
        "alpha_overview", "alpha_reached", "alpha_not_proven", "alpha_below", "one_factor_fails",
        "redundant", "alpha_listwise", "alpha_negative", "item_negative", "item_weak",
    ),
    "importance": (
        "concentrate", "keep_up", "possible_overkill", "low_priority", "quadrant_open",
        "lines_matter", "sources_differ",
    ),
    "drivers": ("top_driver", "top_driver_shared", "hidden_driver", "collinear"),
    "asymmetry": ("dissatisfier", "satisfier", "hybrid", "not_classified"),
}  # fmt: skip
ANNEX = ("quality", "checks")
REFERENCES = (
    "Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64; 1991, Journal of Retailing 67",
    "Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21",
    "Cronin & Taylor 1992, Journal of Marketing 56",
    "Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11",
    "Johns 1981, Organizational Behavior and Human Performance 27",
    "McDonald 1999, Test Theory: A Unified Treatment",
    "Martilla & James 1977, Journal of Marketing 41",
    "Mikulić & Prebežac 2008, Managing Service Quality 18",
    "Johnson 2000, Multivariate Behavioral Research 35",
    "Grömping 2006, Journal of Statistical Software 17",
)


def section(result: ServqualResult, lang: Lang) -> Section:
    """Show the result; the blocks are the same in every form of the survey."""
    found = conclude("servqual", _spoken(result, lang), lang, result.names)
    parts: dict[str, tuple[Item, ...]] = {"summary": _summary(result, found, lang)}
    if result.used.form != "summary":
        parts |= {
            "quality": _quality(result, lang),
            "main": _main(result, lang),
            "items": _items(result, lang),
            "scores": _scores(result, lang),
            "reliability": _reliability(result, lang),
            "importance": _importance(result, lang),
            "drivers": _drivers(result, lang),
            "asymmetry": _asymmetry(result, lang),
            "checks": (item_check_table(result, lang), scale_check_table(result, lang)),
        }
    else:
        parts |= {key: _text("respondents_needed", lang) for key in CODES}
    if result.typed:
        parts["typed"] = (*_text("typed", lang), typed_table(result, result.typed, lang))
    blocks = tuple(_block(result, key, items, found, lang) for key, items in parts.items())
    return Section(
        "servqual",
        say("chapter.servqual.title", lang),
        lang,
        say("chapter.servqual.question", lang),
        blocks,
        found,
        notes=_notes(result, lang),
        references=REFERENCES,
    )


def _spoken(result: ServqualResult, lang: Lang) -> tuple[Finding, ...]:
    """The findings with p-values and sizes in words."""

    def one(finding: Finding) -> Finding:
        values = dict(finding.values)
        p, size = values.get("p_holm"), values.get("size")
        if isinstance(p, float):
            values["p_holm"] = p_words(p)
        if size:
            values["size"] = say(f"servqual.code.size_{size}", lang)
        return replace(finding, values=values)

    return tuple(one(finding) for finding in result.findings)


def _block(
    result: ServqualResult,
    key: str,
    items: tuple[Item, ...],
    found: tuple[Conclusion, ...],
    lang: Lang,
) -> Block:
    """A block's own conclusions come last, after the figure and the table they rest on.

    Headlines stand in the summary and are not said again.
    """
    own = _once(c for c in found if c.code in CODES.get(key, ()) and not c.headline)
    form = result.used.form
    title = f"servqual.block.{key}_{form}" if key in ("main", "items") else f"servqual.block.{key}"
    return Block(key, say(title, lang), (*items, Conclusions(own)) if own else items, lang,
                 key in ANNEX)  # fmt: skip


def _once(found: Iterable[Conclusion]) -> tuple[Conclusion, ...]:
    """A next step is said at the first of several conclusions that share it."""
    out: list[Conclusion] = []
    said: set[str] = set()
    for c in found:
        out.append(replace(c, next_step="") if c.next_step in said else c)
        said.add(c.next_step)
    return tuple(out)


def _summary(result: ServqualResult, found: tuple[Conclusion, ...], lang: Lang) -> tuple[Item, ...]:
    used = result.used
    lead = say(
        f"servqual.lead.{used.form}", lang, n=result.quality.n_rows, k=used.k_items,
        d=len(result.dimensions), low=used.scale_min, high=used.scale_max,
    )  # fmt: skip
    lines = [lead]
    if used.default_instrument:
        lines.append(say("servqual.lead.default_instrument", lang))
    if used.form == "gap":
        lines.append(say("servqual.lead.gap_five", lang))
    first = tuple(c for c in found if c.headline)
    shown = first or found[:4]
    return (Text(tuple(lines)), Conclusions(shown)) if shown else (Text(tuple(lines)),)


def _quality(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    items: list[Item] = [quality_table(result, lang)]
    if result.quality.never_used:
        items.append(never_used_table(result, lang))
    told = tuple(p.say(lang) for p in result.problems)
    items.append(Text(told or (say("servqual.lead.no_problems", lang),)))
    return tuple(items)


def _main(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    form = result.used.form
    draw = {"gap": charts.gap_chart, "zone": charts.zone_chart}.get(form, charts.performance_chart)
    made = zone_table(result, lang) if form == "zone" else dimension_table(result, lang)
    return *_text(f"main_{form}", lang), _picture(f"main_{form}", draw, result, lang), made


def _items(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    gap = result.used.form == "gap"
    draw = charts.item_gap_chart if gap else charts.item_performance_chart
    key = "items_gap" if gap else "items"
    return _picture(key, draw, result, lang), item_table(result, lang)


def _scores(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    items: list[Item] = [score_table(result, lang)]
    if result.mean_points and result.used.form == "gap":
        items.append(priority_table(result, lang))
    if result.segments:
        items.append(segment_table(result, lang))
    return tuple(items)


def _reliability(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    done = any(r.alpha is not None for d in result.dimensions.values()
               for r in d.reliability.values())  # fmt: skip
    if not done:
        return *_text("reliability_none", lang), reliability_table(result, lang)
    picture = _picture("reliability", charts.reliability_chart, result, lang)
    return *_text("reliability", lang), picture, reliability_table(result, lang)


def _importance(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    if not result.ipa:
        return _text("importance_none", lang)
    items: list[Item] = []
    for grid in result.ipa:
        source = say(f"servqual.figure.ipa.{grid.source}", lang)
        picture = Picture(
            f"ipa_{grid.source}",
            say("servqual.figure.ipa.caption", lang, source=source, n=result.quality.n_rows),
            say("servqual.figure.ipa.alt", lang, source=source),
            partial(ipa_chart, result, grid, lang),
        )
        items += [picture, ipa_table(result, grid, lang)]
    return *_text("importance", lang), *items


def _drivers(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    if result.drivers is None:
        return _text("drivers_none", lang)
    picture = _picture("drivers", charts.driver_chart, result, lang)
    return *_text("drivers", lang), picture, driver_table(result, result.drivers, lang)


def _asymmetry(result: ServqualResult, lang: Lang) -> tuple[Item, ...]:
    if result.prca is None:
        return _text("asymmetry_none", lang)
    picture = _picture("asymmetry", charts.asymmetry_chart, result, lang)
    return *_text("asymmetry", lang), picture, prca_table(result, result.prca, lang)


def _picture(
    key: str, draw: Callable[[ServqualResult, Lang], Figure], result: ServqualResult, lang: Lang
) -> Picture:
    worst = _worst(result)
    model = {"drivers": result.drivers, "asymmetry": result.prca}.get(key)
    return Picture(
        key,
        say(f"servqual.figure.{key}.caption", lang, n=model.n if model else result.quality.n_rows),
        say(
            f"servqual.figure.{key}.alt", lang, d=len(result.dimensions), k=result.used.k_items,
            worst=name(result, worst, lang),
        ),
        lambda: draw(result, lang),
    )  # fmt: skip


def _worst(result: ServqualResult) -> str:
    """The dimension with the largest shortfall, or the lowest performance."""
    by_gap = {k: d.gap_points for k, d in result.dimensions.items() if d.gap_points is not None}
    means = {
        k: d.performance.mean
        for k, d in result.dimensions.items()
        if d.performance.mean is not None
    }
    values = by_gap or means
    return min(values, key=lambda k: values[k]) if values else "–"


def _notes(result: ServqualResult, lang: Lang) -> tuple[str, ...]:
    used = result.used
    scale = say(
        "servqual.note.scale", lang, low=used.scale_min, high=used.scale_max, half=used.half_rule
    )
    draws = say("servqual.note.draws", lang, draws=used.draws, seed=used.seed)
    keys = ["limits", "association"]
    if used.form == "gap":
        keys = ["tests", "five_gaps", *keys]
    if used.weighted:
        keys = ["weights", *keys]
    return (scale, draws, *(say(f"servqual.note.{key}", lang) for key in keys))


def _text(key: str, lang: Lang) -> tuple[Text]:
    return (Text((say(f"servqual.lead.{key}", lang),)),)

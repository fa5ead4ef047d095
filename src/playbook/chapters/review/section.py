"""The review in words, tables and figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace

from matplotlib.figure import Figure

from playbook.chapters.review import tables as t
from playbook.chapters.review import tables_gaps as g
from playbook.chapters.review import tables_money as m
from playbook.chapters.review import tables_next as n
from playbook.chapters.review.charts import (
    attainment_chart,
    gap_chart,
    replication_chart,
    series_chart,
)
from playbook.chapters.review.charts_money import return_chart, scorecard_chart
from playbook.chapters.review.conclusions_next import NEXT_ORDER
from playbook.chapters.review.result import ReviewResult
from playbook.core.findings import Finding
from playbook.core.section import (
    Block,
    Conclusion,
    Conclusions,
    Item,
    Picture,
    Section,
    Table,
    Text,
    conclude,
)
from playbook.core.text import LANGS, Lang, Name, has, listing, say, words

Fill = Callable[[ReviewResult, Lang], list[Item]]
OPTIONAL = ("review_competitor", "review_actions", "review_money", "review_flows",
            "review_scorecard", "review_cases", "review_replication", "review_pdca",
            "review_pairs", "review_goals_next")  # fmt: skip
NOTES = ("attainment", "movement", "gap", "pace", "clv", "draws", "score", "copies", "next",
         "limits")  # fmt: skip
REFERENCES = ("healthy_people", "newcombe", "wilson", "sen", "gupta", "kaplan_norton", "fisher",
              "kaplan_meier")  # fmt: skip


# which block a conclusion stands in; headlines and what was learned first also open the chapter
BLOCK_OF = {
    **dict.fromkeys(("improving", "little_change", "getting_worse", "movement_summary",
                     "attained_summary"), "main"),
    **dict.fromkeys(("ahead_of_competitor", "behind_competitor", "level_with_competitor",
                     "ahead_without_n", "behind_without_n", "gap_reversed"), "gaps"),
    **dict.fromkeys(("pays", "pays_open", "does_not_pay", "return_without_range", "reading_matters",
                     "top_driver", "return_inputs_missing", "quoted_return", "quoted_return_whole",
                     "quoted_ratio"), "money"),
    **dict.fromkeys(("score", "no_score", "look_at_measure"), "scorecard"),
    **dict.fromkeys(("standardise", "evidence_weak"), "cases"),
    **dict.fromkeys(("copies_succeed", "conditions_differ", "copies_open", "copies_too_early",
                     "copies_done_open", "parity_time"), "copies"),
    "pdca_state": "log",
    "correlated": "correlation",
    "claims_exceed_change": "actions",
    "actions_shown": "actions",
    "reason_missing": "diff",
    "goalpost_moved": "diff",
    **dict.fromkeys(NEXT_ORDER, "next"),
}  # fmt: skip
SPOKEN = ("change", "gap", "first", "swing", "swing_low", "swing_high", "shortfall",
          "shortfall_low", "shortfall_high", "claimed", "total")  # fmt: skip
LEARNED = ("cases", "copies", "log")
WORKSHEETS = ("sheets",)


def block_of(code: str) -> str:
    """The block of a conclusion; all the shades of attained and missed stand in the main one."""
    return BLOCK_OF.get(code, "main")


def section(result: ReviewResult, lang: Lang) -> Section:
    """The chapter in the order of a review meeting: attained, gap, paid, learned, next."""
    spoken = tuple(in_its_unit(finding) for finding in result.findings)
    found = conclude("review", spoken, lang, {**_words(), **result.names})
    blocks = (
        Block("summary", _title("summary", lang),
              (Text(_lead(result, lang)), Conclusions(_opening(found))), lang),
        _block("main", "review_actuals", result, found, lang, _main),
        _block("growth", "review_actuals", result, found, lang, _growth),
        _block("gaps", "review_competitor", result, found, lang, _gaps),
        _block("actions", "review_actions", result, found, lang, _actions),
        _block("money", "review_money", result, found, lang, _money),
        _block("flows", "review_flows", result, found, lang, _flows),
        _block("scorecard", "review_scorecard", result, found, lang, _scorecard),
        _block("cases", "review_cases", result, found, lang, _cases),
        _block("copies", "review_replication", result, found, lang, _copies),
        _block("log", "review_pdca", result, found, lang, _log),
        _block("correlation", "review_pairs", result, found, lang, _correlation),
        _block("next", "review_actuals", result, found, lang, _next),
        _block("diff", "review_goals_next", result, found, lang, _diff),
        _block("sheets", "review_actuals", result, found, lang, _sheets),
    )  # fmt: skip
    return Section(
        "review",
        say("chapter.review.title", lang),
        lang,
        say("chapter.review.question", lang),
        blocks,
        conclusions=found,
        notes=_notes(result, lang),
        references=tuple(say(f"review.reference.{key}", lang) for key in REFERENCES),
    )


def _opening(found: tuple[Conclusion, ...]) -> tuple[Conclusion, ...]:
    """Attained, gap, paid, learned, next: the headlines and the first thing learned."""
    learned = next((c for c in found if block_of(c.code) in LEARNED), None)
    return tuple(c for c in found if c.headline or c is learned)


def _block(
    key: str,
    needs: str,
    result: ReviewResult,
    found: tuple[Conclusion, ...],
    lang: Lang,
    items: Fill,
) -> Block:
    """A block with its conclusions; without its table it says which one would fill it."""
    if needs not in result.present:
        absent = say("review.lead.absent", lang, table=f"{needs}.csv")
        return Block(key, _title(key, lang), (Text((absent,)),), lang, annex=True)
    own = tuple(c for c in found if block_of(c.code) == key and not _counted(c))
    said = (Conclusions(own),) if own else ()
    filled = (*_filled(items(result, lang)), *said)
    return Block(key, _title(key, lang), filled, lang, annex=key in WORKSHEETS)


def _counted(c: Conclusion) -> bool:
    """A count of all goals that already opens the chapter, just above."""
    return c.headline and c.code in ("attained_summary", "movement_summary")


def _filled(items: Sequence[Item]) -> list[Item]:
    """Tables without rows are left out."""
    return [item for item in items if not (isinstance(item, Table) and not item.rows)]


def in_its_unit(finding: Finding) -> Finding:
    """Changes and gaps as text with as many digits as their unit and size call for."""
    unit = finding.values.get("unit")
    if not isinstance(unit, str):
        return finding
    keys = SPOKEN if "attainment" in finding.values else (*SPOKEN, "low", "high")
    known = {k: v for k, v in finding.values.items() if k in keys and isinstance(v, int | float)}
    most = max((abs(v) for v in known.values()), default=0.0)
    fine = 1 if unit in ("unit_share", "unit_nps") or most >= 10 else 2
    own = {} if unit.removeprefix("unit_") in t.SPOKEN_UNITS else {"unit": ""}
    return replace(finding, values={**finding.values, **own,
                                    **{k: f"{v:+.{fine}f}" for k, v in known.items()}})  # fmt: skip


def _title(key: str, lang: Lang) -> str:
    return say(f"review.block.{key}", lang)


def _words() -> Mapping[str, Name]:
    """Names of units and inputs that findings speak of, from the words of the chapter."""
    stem = "review.code."
    keys = [k.removeprefix(stem) for k in words("review", LANGS[0]) if k.startswith(stem)]
    wanted = [k for k in keys if k.startswith(("unit_", "money_", "competitor_"))]
    return {k: Name(say(stem + k, "zh"), say(stem + k, "en")) for k in wanted}


def _lead(result: ReviewResult, lang: Lang) -> tuple[str, ...]:
    """What was reviewed, from which tables, on which day."""
    day = result.reference_date.isoformat()
    goals = len(result.attainment)
    said = [say("review.lead.scope", lang, n=goals, tables=len(result.present), day=day)]
    if absent := [f"{name}.csv" for name in OPTIONAL if name not in result.present]:
        said.append(say("review.lead.absent_all", lang, about=listing(absent, lang)))
    if doubts := sum(p.level == "warn" for p in result.problems):
        said.append(say("review.lead.doubts", lang, n=doubts))
    return tuple(said)


def _text(key: str, lang: Lang, **values: object) -> Text:
    return Text((say(f"review.lead.{key}", lang, **values),))


def _picture(key: str, lang: Lang, draw: Callable[[], Figure]) -> Picture:
    caption, alt = (say(f"review.figure.{key}_{part}", lang) for part in ("caption", "alt"))
    return Picture(f"review_{key}", caption, alt, draw)


def _main(result: ReviewResult, lang: Lang) -> list[Item]:
    rated = any(a.attainment is not None for a in result.attainment)
    items: list[Item] = [_text("main" if rated else "main_no_target", lang)]
    if rated:
        items.append(_picture("attainment", lang, lambda: attainment_chart(result, lang)))
    return [*items, *t.attainment_tables(result, lang), t.movement_table(result, lang)]


def _growth(result: ReviewResult, lang: Lang) -> list[Item]:
    if not result.growth:
        return [_text("one_period", lang)]
    chart = _picture("series", lang, lambda: series_chart(result, lang))
    reasons = t.refused_reasons(result, lang)
    said = [_text("growth_refused", lang, reasons=reasons)] if reasons else []
    return [_text("growth", lang), chart, t.growth_table(result, lang), *said]


def _gaps(result: ReviewResult, lang: Lang) -> list[Item]:
    chart = _picture("gaps", lang, lambda: gap_chart(result, lang))
    return [_text("gaps", lang), chart, *g.gap_tables(result, lang), g.rank_table(result, lang)]


def _actions(result: ReviewResult, lang: Lang) -> list[Item]:
    return [_text("actions", lang), t.action_table(result, lang)]


def _money(result: ReviewResult, lang: Lang) -> list[Item]:
    money = result.money
    items: list[Item] = [_text("money" if money and money.clv else "money_missing", lang)]
    if money is not None and money.clv:
        items.append(_picture("return", lang, lambda: return_chart(result, lang)))
        items.append(m.return_table(result, lang))
    return [*items, m.inputs_table(result, lang)]


def _flows(result: ReviewResult, lang: Lang) -> list[Item]:
    return [_text("flows", lang), m.flows_table(result, lang)]


def _scorecard(result: ReviewResult, lang: Lang) -> list[Item]:
    chart = _picture("scorecard", lang, lambda: scorecard_chart(result, lang))
    return [_text("scorecard", lang), chart, m.parts_table(result, lang),
            m.scorecard_table(result, lang)]  # fmt: skip


def _cases(result: ReviewResult, lang: Lang) -> list[Item]:
    least = result.parameters.sites_for_standard
    return [_text("cases", lang, sites=least), n.case_table(result, lang)]


def _copies(result: ReviewResult, lang: Lang) -> list[Item]:
    s = result.parameters
    text = _text(
        "copies",
        lang,
        margin=f"{100 * s.parity_margin:g}",
        row=s.parity_in_a_row,
        most=s.copy_periods,
    )
    chart = _picture("copies", lang, lambda: replication_chart(result, lang))
    return [text, chart, n.site_table(result, lang)]


def _log(result: ReviewResult, lang: Lang) -> list[Item]:
    return [_text("log", lang), n.log_table(result, lang)]


def _correlation(result: ReviewResult, lang: Lang) -> list[Item]:
    c = result.correlation
    if c is None or c.r is None:
        return [_text("correlation_constant", lang)]
    return [_text("correlation", lang)]


def _next(result: ReviewResult, lang: Lang) -> list[Item]:
    return [_text("next", lang), *n.next_tables(result, lang)]


def _diff(result: ReviewResult, lang: Lang) -> list[Item]:
    if not result.goals_before:
        return [_text("diff_no_goals", lang)]
    if not result.diff:
        return [_text("diff_same", lang)]
    return [_text("diff", lang), n.diff_table(result, lang), n.check_table(result, lang)]


def _sheets(result: ReviewResult, lang: Lang) -> list[Item]:
    return [_text("sheets", lang), n.after_action_table(result, lang), n.vote_table(result, lang),
            n.calendar_table(lang)]  # fmt: skip


def _notes(result: ReviewResult, lang: Lang) -> tuple[str, ...]:
    """Method, the parameters used, limits, and the doubts about the data."""
    values = asdict(result.parameters)
    said = [say(f"review.note.{key}", lang, **values) for key in NOTES]
    return (*said, *(p.say(lang) for p in result.problems if has(_key(p.code), lang)))


def _key(code: str) -> str:
    table, _, rest = code.partition(".")
    return f"{table}.problem.{rest}"

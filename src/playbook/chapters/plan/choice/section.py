"""The choice of key actions in words, tables and figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.plan.choice.charts import gap_chart, impact_effort_chart
from playbook.chapters.plan.choice.conclusions import ID_SEPARATOR
from playbook.chapters.plan.choice.lettering import amount, chance
from playbook.chapters.plan.choice.model import Choice
from playbook.chapters.plan.choice.tables import Setter
from playbook.core.findings import Finding
from playbook.core.section import Block, Item, Picture, Table, Text
from playbook.core.text import Lang, Name, known_as, listing, say


def blocks(choice: Choice, lang: Lang, names: Mapping[str, Name]) -> tuple[Block, ...]:
    """The plane and the list; goals and their chances; reasons, limits and rivals in the annex."""
    set_ = Setter(choice, lang, names)
    plane = _picture("plane", lang, partial(impact_effort_chart, choice, lang, names))
    return (
        _block("choice", lang, (_lead(choice, lang),), (plane, set_.actions())),
        _goals(set_),
        _block("answers", lang, tuple(_why(choice, lang)), _filled(set_.answers()), True),
        _block("limits", lang, (_say("lead.limits", lang),), _filled(set_.limits()), True),
        _block("rivals", lang, tuple(_rivals(choice, lang)), (set_.rivals(),), True),
        _block("library", lang, (_say("lead.library", lang),), (set_.library(),), True),
    )


def _why(choice: Choice, lang: Lang) -> Iterator[str]:
    """The needs; and how much of the chosen work is made of standard components (E23)."""
    yield _say("lead.answers", lang)
    known = [row for row in choice.actions if row.selected and row.reuse is not None]
    effort = sum(row.effort_likely for row in known)
    if effort:
        share = sum(row.effort_likely * (row.reuse or 0.0) for row in known) / effort
        yield say("plan.choice.lead.reuse", lang, share=share, count=len(known))


def _goals(set_: Setter) -> Block:
    choice, lang = set_.choice, set_.lang
    items: list[Item] = []
    if any(goal.prob_gap_closed is not None for goal in choice.goals):
        items.append(_picture("gaps", lang, partial(gap_chart, choice, lang, set_.names)))
    items += [set_.goals(), *_filled(set_.overlaps())]
    every = choice.prob_all_closed
    lead = say(
        "plan.choice.lead.choice_goals", lang, draws=choice.draws,
        all=None if every is None else chance(every),
    )  # fmt: skip
    return _block("choice_goals", lang, (lead,), tuple(items))


def _say(key: str, lang: Lang) -> str:
    return say(f"plan.choice.{key}", lang)


def _block(
    key: str, lang: Lang, lead: tuple[str, ...], items: tuple[Item, ...], annex: bool = False
) -> Block:
    empty = (_say(f"empty.{key}", lang),) if not items else ()
    title = _say(f"block.{key}", lang)
    return Block(key, title, (Text((*lead, *empty)), *items), lang, annex)


def _picture(key: str, lang: Lang, draw: Callable[[], Figure]) -> Picture:
    caption, alt = (_say(f"figure.{key}.{part}", lang) for part in ("caption", "alt"))
    return Picture(f"plan_{key}", caption, alt, draw)


def _filled(table: Table) -> tuple[Table, ...]:
    return (table,) if table.rows else ()


def _lead(choice: Choice, lang: Lang) -> str:
    """What was chosen out of what, within which limits, and what it brings."""
    key = "choice_one" if choice.one_goal else "choice"
    total = (
        amount(choice.total_impact, choice.unit, lang) if choice.one_goal else choice.total_impact
    )
    limits = [
        say(f"plan.choice.within.{which}{'' if limit else '_free'}", lang, used=used, limit=limit)
        for which, used, limit in (
            ("effort", choice.effort, choice.effort_limit),
            ("cost", choice.cost, choice.cost_limit),
        )
    ]
    return say(
        f"plan.choice.lead.{key}", lang, chosen=len(choice.selected), actions=len(choice.actions),
        effort=limits[0], cost=limits[1], total=total, low=choice.total_low,
        high=choice.total_high, draws=choice.draws,
    )  # fmt: skip


def worded(finding: Finding, lang: Lang, names: Mapping[str, Name]) -> Finding:
    """The goals that do close are named in the sentence on those that do not."""
    if finding.code != "plan_reaches_goal":
        return finding
    ids = [one for one in str(finding.values.get("closed") or "").split(ID_SEPARATOR) if one]
    goals = listing([known_as(one, names, lang) for one in ids], lang)
    core = finding.values.get("core")
    said = say("plan.choice.closed", lang, goals=goals, core=core) if ids else ""
    return replace(finding, values={**finding.values, "closed": said})


def _rivals(choice: Choice, lang: Lang) -> Iterator[str]:
    yield _say("lead.rivals", lang)
    for one in choice.rivals:
        relative = one.total / choice.total_impact - 1 if choice.total_impact > 0 else None
        yield say(f"plan.choice.lead.{one.kind}", lang, differs=one.differs, relative=relative)


def notes(choice: Choice, lang: Lang) -> tuple[str, ...]:
    """The method, what was used, what it leaves out."""
    margin = 0.98 / choice.draws**0.5
    values = {
        "draws": choice.draws, "seed": choice.seed, "core": choice.core_share,
        "out": choice.out_share, "margin": margin,
    }  # fmt: skip
    keys = ("method", "draws", "quoted", "adding", "weights")
    return tuple(say(f"plan.choice.note.{key}", lang, **values) for key in keys)


def references(lang: Lang) -> tuple[str, ...]:
    """Where the method stands."""
    return tuple(_say(f"reference.{key}", lang) for key in ("kellerer", "highs", "cox"))

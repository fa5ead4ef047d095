"""The schedule in words, tables and figures, in teaching order."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from matplotlib.figure import Figure

from playbook.chapters.plan.schedule.charts import (
    finish_chart,
    gantt_chart,
    gantt_parts,
    network_chart,
    shown_in_network,
)
from playbook.chapters.plan.schedule.model import Schedule
from playbook.chapters.plan.schedule.tables import Setter
from playbook.chapters.plan.schedule.workdays import public_days
from playbook.core.section import Block, Item, Picture, Table, Text
from playbook.core.text import Lang, Name, listing, say

EVEN = 0.5


def blocks(result: Schedule, lang: Lang, names: Mapping[str, Name]) -> tuple[Block, ...]:
    """What to read first: dates, network, promise; then what to look up, as annex."""
    set_ = Setter(result, lang, names)
    simulated = result.simulation
    found = [
        _block(set_, "schedule", _lead(result, lang), _gantts(set_)),
        _block(set_, "network", (say("plan.schedule.lead.network", lang),),
               [_network(set_), set_.chains(), set_.longest()]),
        _block(set_, "promise", _words(result, lang, "promise"),
               [*([_finish(set_)] if simulated else []), set_.promises(), set_.together()]),
        _annex(set_, "schedule_dates", [set_.dates()]),
    ]  # fmt: skip
    if simulated is not None:
        found.append(_annex(set_, "schedule_chances", [set_.chances()]))
    found += [_annex(set_, "schedule_goals", [set_.goals()])]
    if result.flags:
        found.append(_annex(set_, "schedule_doubts", [set_.doubts()]))
    return tuple(found)


def _block(set_: Setter, key: str, lead: Iterable[str], items: Iterable[Item],
           annex: bool = False) -> Block:  # fmt: skip
    title = say(f"plan.schedule.block.{key}", set_.lang)
    held = tuple(item for item in items if not isinstance(item, Table) or item.rows)
    return Block(key, title, (Text(tuple(lead)), *held), set_.lang, annex)


def _annex(set_: Setter, key: str, items: Iterable[Item]) -> Block:
    lead = say(f"plan.schedule.lead.{key}", set_.lang, by=set_.result.shorten_by)
    return _block(set_, key, (lead,), items, annex=True)


def _words(result: Schedule, lang: Lang, key: str) -> tuple[str, ...]:
    """The lead of a block that reads otherwise without a simulation."""
    bare = "" if result.simulation else "_bare"
    found = [say(f"plan.schedule.lead.{key}{bare}", lang)]
    if result.simulation is not None and result.simulation.together:
        found.append(say(f"plan.schedule.lead.{key}_together", lang))
    return tuple(found)


def _lead(result: Schedule, lang: Lang) -> tuple[str, ...]:
    """From the likely end to what can be promised, then how to read the chart."""
    simulated = result.simulation

    def line(key: str, **values: object) -> str:
        return say(f"plan.schedule.lead.{key}", lang, **values)

    first = [line("schedule", start=result.start, duration=result.duration, end=result.end_on)]
    if simulated is None:
        first.append(line("schedule_bare"))
    else:
        key = "schedule_likely" if simulated.p_within_likely < EVEN else "schedule_even"
        first.append(line(key, share=simulated.p_within_likely,
                          promised=result.promised_on))  # fmt: skip
    if result.due is not None:
        source = say(f"plan.schedule.source.{result.due_from}", lang)
        key = "schedule_due_bare" if result.p_due is None else "schedule_due"
        first.append(line(key, due=result.due, source=source, share=result.p_due))
    return ("".join(first) if lang == "zh" else " ".join(first), line("read_gantt"))


def _picture(
    set_: Setter, key: str, draw: Callable[[], Figure], caption: str = "caption", part: int = 1,
    **values: object,
) -> Picture:  # fmt: skip
    base = f"plan.schedule.figure.{key}"
    return Picture(
        f"plan_schedule_{key}" + (f"_{part}" if part > 1 else ""),
        say(f"{base}.{caption}", set_.lang, part=part, **values),
        say(f"{base}.alt", set_.lang, part=part, **values),
        draw,
    )


def _gantts(set_: Setter) -> list[Item]:
    result, parts = set_.result, gantt_parts(set_.result)
    end = result.promised_on or result.end_on
    first = "caption" if result.simulation else "caption_bare"
    return [
        _picture(
            set_, "gantt", partial(gantt_chart, result, set_.lang, set_.names, part),
            first if part == 1 else "caption_part", part,
            parts=parts, count=len(result.rows), start=result.start, end=end,
        )
        for part in range(1, parts + 1)
    ]  # fmt: skip


def _network(set_: Setter) -> Picture:
    result = set_.result
    shown = shown_in_network(result)
    return _picture(
        set_, "network", partial(network_chart, result, set_.lang, set_.names),
        "caption" if len(shown) == len(result.rows) else "caption_cut",
        count=len(shown), chain=set_.chain(result.chains[0].actions),
    )  # fmt: skip


def _finish(set_: Setter) -> Picture:
    simulated = set_.result.simulation
    p50, p80, p90 = (simulated.p50_on, simulated.p80_on, simulated.p90_on) if simulated else (
        (None,) * 3)  # fmt: skip
    draw = partial(finish_chart, set_.result, set_.lang)
    return _picture(set_, "finish", draw, p50=p50, p80=p80, p90=p90)


def notes(result: Schedule, lang: Lang) -> tuple[str, ...]:
    """Method, parameters and limits of the schedule."""

    def note(key: str, **values: object) -> str:
        return say(f"plan.schedule.note.{key}", lang, **values)

    simulated, public = result.simulation, public_days(result.calendar)
    found = [note("network"), note(f"days_{result.calendar}", known=public.last)]
    years = {day.year for day in (*result.free_days, *result.extra_days, result.start)}
    told = [note("notice", title=title, day=day)
            for year, title, day in public.notices if year in years]  # fmt: skip
    if told:
        found.append(note("notices", notices=listing(told, lang)))
    if simulated is not None:
        found.append(note("simulation", rho=simulated.common_factor, draws=simulated.draws,
                          seed=simulated.seed))  # fmt: skip
    found.append(note("buffers", floor=Setter(result, lang, {}).floor_share()))
    if simulated is not None:
        found.append(note("by_hand"))
    return (*found, note("plan"))


def references(lang: Lang) -> tuple[str, ...]:
    """The literature behind the method."""
    keys = ("kelley", "van_slyke", "maccrimmon", "geekie")
    return tuple(say(f"plan.schedule.reference.{key}", lang) for key in keys)

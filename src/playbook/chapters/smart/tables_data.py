"""Letters A and M on data: the speed needed, the change that can be seen, the promise kept."""

from playbook.chapters.smart.charts import MOST_DRAWN, TELLING, achievable_panels, with_history
from playbook.chapters.smart.charts_measure import (
    measurable_panels,
    telling,
    with_samples_planned,
)
from playbook.chapters.smart.result import Checked, Promise, SmartResult
from playbook.chapters.smart.section_words import (
    duration,
    goal_name,
    held,
    named,
    reasoned,
    step,
    with_unit,
)
from playbook.chapters.smart.tables_letters import cards_of
from playbook.core.section import Cell, Column, Item, Picture, Table, Text
from playbook.core.text import NOT_KNOWN, Lang, listing, say


def achievable(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """The most telling goals drawn, and every goal whose A is no pass with what would work."""
    shown = with_history(result)
    if not shown:
        return (Text((say("smart.lead.no_history", lang),)),)
    telling_ = shown[:TELLING]
    open_ = [g for g in cards_of(result) if g.achievable and g.letters["A"].value not in ("pass",)]
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("aim", say("smart.column.aim", lang)),
        Column("ratio", say("smart.column.ratio", lang), "number", 2),
        Column("reach", say("smart.column.reach", lang), "percent", 0),
        Column("verdict", say("smart.column.verdict", lang)),
        Column("advice", say("smart.column.advice", lang)),
    )
    table = Table(
        "achievable_open", say("smart.table.achievable_open", lang), columns,
        tuple(_open_row(result, g, lang) for g in open_),
        say("smart.table.achievable_open_note", lang),
    )  # fmt: skip
    picture = _panels(result, telling_, "achievable", lang)
    return (picture, table) if open_ else (picture,)


def achievable_all(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """Every goal with a history: the numbers behind letter A, and the panels not shown before."""
    shown = with_history(result)
    if not shown:
        return (Text((say("smart.lead.no_history", lang),)),)
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("aim", say("smart.column.aim", lang)),
        Column("required", say("smart.column.required", lang)),
        Column("best", say("smart.column.best", lang)),
        Column("ratio", say("smart.column.ratio", lang), "number", 2),
        Column("second", say("smart.column.second", lang)),
        Column("n", say("smart.column.n_history", lang)),
        Column("window", say("smart.column.window", lang), "integer"),
        Column("peers", say("smart.column.peers", lang)),
        Column("failures", say("smart.column.failures", lang), "percent", 0),
        Column("forecast", say("smart.column.forecast", lang)),
        Column("verdict", say("smart.column.verdict", lang)),
    )
    table = Table(
        "achievable", say("smart.table.achievable", lang), columns,
        tuple(_rate_row(result, g, lang) for g in shown), say("smart.table.achievable_note", lang),
    )  # fmt: skip
    rest = shown[TELLING:MOST_DRAWN]
    return (_panels(result, rest, "achievable_rest", lang), table) if rest else (table,)


def _panels(result: SmartResult, goals: list[Checked], key: str, lang: Lang) -> Picture:
    return Picture(
        key,
        say("smart.figure.achievable_caption", lang),
        say("smart.figure.achievable_alt", lang, goals=len(goals)),
        lambda: achievable_panels(result, goals, lang),
    )


def _open_row(result: SmartResult, goal: Checked, lang: Lang) -> dict[str, Cell]:
    a = goal.achievable
    return {
        "goal": goal_name(result, goal, lang),
        "aim": _aim(goal, lang),
        "ratio": a.ratio if a else None,
        "reach": a.prob_reach if a else None,
        "verdict": reasoned(goal.letters["A"], lang),
        "advice": _advice(goal, lang),
    }


def _rate_row(result: SmartResult, goal: Checked, lang: Lang) -> dict[str, Cell]:
    a = goal.achievable
    if a is None:
        return {}
    every = say(f"smart.every.{a.frequency}", lang)
    return {
        "goal": goal_name(result, goal, lang),
        "aim": _aim(goal, lang),
        "required": step(a.required, goal, lang),
        "best": step(a.best, goal, lang),
        "ratio": a.ratio,
        "second": _second(goal, lang),
        "n": say("smart.lead.history", lang, n=a.n_history, every=every),
        "window": a.window,
        "peers": _peers(goal),
        "failures": a.failures_to_remove,
        "forecast": _forecast(goal, lang),
        "verdict": say(f"smart.value.{goal.letters['A'].value}", lang),
    }


def _aim(goal: Checked, lang: Lang) -> str:
    start = goal.achievable.baseline if goal.achievable else None
    first = goal.baseline if goal.baseline is not None else start
    return say(
        "smart.lead.aim", lang, start=held(first, goal),
        target=with_unit(held(goal.target, goal), goal, lang), day=goal.deadline,
    )  # fmt: skip


def _second(goal: Checked, lang: Lang) -> str:
    """The verdict by the second-best run; marked where it would change."""
    a = goal.achievable
    if a is None or a.second_verdict is None:
        return NOT_KNOWN
    value = say(f"smart.value.{a.second_verdict}", lang)
    return say("smart.lead.sensitive", lang, value=value) if a.sensitive else value


def _peers(goal: Checked) -> str:
    if goal.p75 is None or goal.p90 is None:
        return NOT_KNOWN
    return f"{held(goal.p75, goal)} / {held(goal.p90, goal)}"


def _forecast(goal: Checked, lang: Lang) -> str:
    a = goal.achievable
    if a is None or a.forecast is None:
        return NOT_KNOWN
    middle, low, high = (held(v, goal) for v in (a.forecast, a.forecast_low, a.forecast_high))
    said = f"{middle} ({low}–{high})"
    return say("smart.lead.unstable", lang, forecast=said) if a.forecast_unstable else said


def _advice(goal: Checked, lang: Lang) -> str:
    a = goal.achievable
    reasons = set(goal.letters["A"].reasons)
    for code in ("capacity", "at_bound", "already_met", "too_few_points", "staff_busy"):
        if code in reasons:
            return say(f"smart.advice.{code}", lang)
    if a is None or a.advice_target is None:
        return NOT_KNOWN
    key = "advice" if a.advice_date else "advice_undated"
    target = with_unit(held(a.advice_target, goal), goal, lang)
    return say(f"smart.lead.{key}", lang, day=a.advice_date, target=target)


def measurable(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """The two sampling distributions of the most doubtful goals, and all planned samples."""
    shown = with_samples_planned(result)
    if not shown:
        return (Text((say("smart.lead.no_samples", lang),)),)
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("n", say("smart.column.n_planned", lang)),
        Column("difference", say("smart.column.difference", lang)),
        Column("threshold", say("smart.column.threshold", lang)),
        Column("power", say("smart.column.power", lang), "percent", 0),
        Column("verdict", say("smart.column.verdict", lang)),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "goal": goal_name(result, g, lang),
            "n": f"{d.n_before:,} / {d.n_after:,}",
            "difference": step(d.difference, g, lang),
            "threshold": step(d.threshold, g, lang),
            "power": d.power,
            "verdict": say(f"smart.value.{d.verdict}", lang),
        }
        for g, d in shown
    )
    picture = Picture(
        "measurable",
        say("smart.figure.measurable_caption", lang),
        say("smart.figure.measurable_alt", lang, goals=len(telling(result))),
        lambda: measurable_panels(result, lang),
    )
    note = say("smart.table.measurable_note", lang)
    return picture, Table("measurable", say("smart.table.measurable", lang), columns, rows, note)


def promises(result: SmartResult, lang: Lang) -> tuple[Item, ...]:
    """Promised times against the people at work (Erlang C)."""
    shown = [(g, g.promise) for g in cards_of(result) if g.promise]
    if not shown:
        return (Text((say("smart.lead.no_queues", lang),)),)
    columns = (
        Column("goal", say("smart.column.goal", lang)),
        Column("queue", say("smart.column.queue", lang)),
        Column("promise", say("smart.column.promise", lang)),
        Column("expected", say("smart.column.expected", lang), "percent", 0),
        Column("wait", say("smart.column.wait", lang)),
        Column("agents", say("smart.column.agents", lang)),
        Column("utilisation", say("smart.column.utilisation", lang), "percent", 0),
        Column("verdict", say("smart.column.verdict", lang)),
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "goal": goal_name(result, g, lang),
            "queue": named(result, p.queue, lang),
            "promise": _promise(p.answer_s, p.promised, lang),
            "expected": p.expected,
            "wait": say("smart.lead.endless", lang) if endless(p) else duration(p.wait_s, lang),
            "agents": f"{_whole(p.agents)} / {_whole(p.needed)}",
            "utilisation": p.utilisation,
            "verdict": listing([say(f"smart.reason.{code}", lang) for code in p.reasons], lang),
        }
        for g, p in shown
    )
    note = say("smart.table.promises_note", lang)
    return (Table("promises", say("smart.table.promises", lang), columns, rows, note),)


def _whole(number: int | None) -> str:
    return NOT_KNOWN if number is None else f"{number:,}"


def endless(promise: Promise) -> bool:
    """The queue grows without end: too few at work for the load."""
    return promise.agents is not None and promise.wait_s is None


def _promise(answer_s: float | None, share: float | None, lang: Lang) -> str:
    time = duration(answer_s, lang)
    if answer_s is None:
        return time
    if share is None:
        return say("smart.lead.promise_mean", lang, time=time)
    return say("smart.lead.promise_share", lang, time=time, share=share)

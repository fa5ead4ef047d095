"""PL15, PL16: who has had which course, and whether it raised mastery."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Any

from playbook.chapters.plan.enabling.model import (
    CellState,
    Lesson,
    Mastery,
    TeamCover,
    Training,
    TrainingCell,
)
from playbook.chapters.plan.enabling.model_steps import (
    Share,
)
from playbook.chapters.plan.inputs import Settings
from playbook.core.inputs import Inputs
from playbook.core.periods import add_months
from playbook.core.stats import newcombe, wilson, z_of

Row = Mapping[str, Any]


def share(x: int, n: int, level: float = 0.95) -> Share:
    """x of n with the Wilson interval.

    >>> share(0, 0)
    Share(x=0, n=0, value=None, low=None, high=None)
    """
    found = wilson(x, n, level)
    return Share(x, n, found.value, found.low, found.high)


def training(inputs: Inputs[Settings]) -> Training | None:
    """Coverage and effect of the table plan_training; None if it is absent."""
    rows = [row for _, row in inputs.tables.rows("plan_training")]
    if not rows:
        return None
    settings, today = inputs.settings, inputs.facts.reference_date
    cells = tuple(_cell(row, settings, today) for row in rows if row["required"])
    of_topics = _by_topic(rows)
    effects = [_mastery(topic, of_topic, settings.level) for topic, of_topic in of_topics]
    start_text = settings.course_start or settings.start
    start = date.fromisoformat(start_text) if start_text else today
    return Training(
        _covered(cells, settings.level),
        settings.coverage_least,
        _cover_by(cells, lambda cell: cell.topic, settings.level),
        _cover_by(cells, lambda cell: cell.person, settings.level),
        cells,
        tuple(effect for effect in effects if effect is not None),
        tuple(topic for topic, of_topic in of_topics if _never_tested(of_topic)),
        _by_team(cells, settings.level),
        course_calendar(cells, start, settings.refreshers_a_year),
        settings.refreshers_a_year,
        settings.refresh_months,
    )


def _cover_by(
    cells: Iterable[TrainingCell], key: Callable[[TrainingCell], str], level: float
) -> dict[str, Share]:
    held: dict[str, list[TrainingCell]] = defaultdict(list)
    for cell in cells:
        held[key(cell)].append(cell)
    return {one: _covered(of_one, level) for one, of_one in held.items()}


def _by_team(cells: Iterable[TrainingCell], level: float) -> tuple[TeamCover, ...]:
    held: dict[tuple[str, str], list[TrainingCell]] = defaultdict(list)
    for cell in cells:
        if cell.team:
            held[cell.team, cell.topic].append(cell)
    return tuple(TeamCover(*key, _covered(found, level)) for key, found in held.items())


def course_calendar(
    cells: Sequence[TrainingCell], start: date, refreshers_a_year: int
) -> tuple[Lesson, ...]:
    """Four weeks from the first Monday, then the refreshers of a year at even distance.

    Topics that most people still need come first, spread evenly over the weeks.
    """
    needs: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        if cell.state in ("missing", "expired"):
            needs[cell.topic].add(cell.person)
    if not needs:
        return ()
    topics = sorted(needs, key=lambda topic: (-len(needs[topic]), topic))
    monday = start + timedelta(days=-start.weekday() % 7)
    weeks = [topics[-(-len(topics) * w // 4) : -(-len(topics) * (w + 1) // 4)] for w in range(4)]
    first = [
        Lesson(w + 1, monday + timedelta(weeks=w), tuple(week), len(_people(needs, week)))
        for w, week in enumerate(weeks)
        if week
    ]
    months = [round(12 * k / refreshers_a_year) for k in range(1, refreshers_a_year + 1)]
    again = [
        Lesson(0, add_months(monday, month), tuple(topics), len(_people(needs, topics)))
        for month in months
    ]
    return (*first, *again)


def _people(needs: Mapping[str, set[str]], topics: Iterable[str]) -> set[str]:
    return set().union(*(needs[topic] for topic in topics))


def _by_topic(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[str(row["topic"])].append(row)
    return list(held.items())


def _cell(row: Row, settings: Settings, today: date) -> TrainingCell:
    """A course counts for refresh_months; refreshers fall due in equal steps of the year."""
    done: date | None = row.get("done_on")
    person, topic, team = str(row["person"]), str(row["topic"]), str(row.get("team") or "")
    if done is None:
        return TrainingCell(person, topic, "missing", None, None, team)
    next_on = add_months(done, round(12 / settings.refreshers_a_year))
    state: CellState = "done" if next_on >= today else "due"
    if add_months(done, settings.refresh_months) < today:
        state = "expired"
    return TrainingCell(person, topic, state, done, next_on, team)


def _covered(cells: Iterable[TrainingCell], level: float) -> Share:
    held = list(cells)
    return share(sum(c.state in ("done", "due") for c in held), len(held), level)


def _never_tested(rows: list[Row]) -> bool:
    """Courses were held, and nobody was tested afterwards."""
    held = any(row.get("done_on") for row in rows)
    return held and all(row.get("score_after") is None for row in rows)


def _mastered(row: Row, column: str) -> bool | None:
    mark, score = row.get("pass_mark"), row.get(column)
    return None if mark is None or score is None else bool(score >= mark)


def _mastery(topic: str, rows: list[Row], level: float) -> Mastery | None:
    """Paired where at least two people were tested twice; else the two groups."""
    tested = [(_mastered(row, "score_before"), _mastered(row, "score_after")) for row in rows]
    both = [(b, a) for b, a in tested if b is not None and a is not None]
    if len(both) >= 2:
        return paired_mastery(topic, both, level)
    before = [b for b, _ in tested if b is not None]
    after = [a for _, a in tested if a is not None]
    if not before or not after:
        return None
    return unpaired_mastery(topic, sum(before), len(before), sum(after), len(after), level)


def paired_mastery(topic: str, both: list[tuple[bool, bool]], level: float = 0.95) -> Mastery:
    """The same people before and after: exact McNemar test, interval of Bonett and Price (2012)."""
    n = len(both)
    gained = sum(after and not before for before, after in both)
    lost = sum(before and not after for before, after in both)
    low, high = bonett_price(gained, lost, n, level)
    before, after = sum(b for b, _ in both), sum(a for _, a in both)
    return Mastery(
        topic, "before_after_only", True, share(before, n, level), share(after, n, level), n,
        gained, lost, (gained - lost) / n, low, high, mcnemar_p(gained, lost),
    )  # fmt: skip


def unpaired_mastery(
    topic: str, x0: int, n0: int, x1: int, n1: int, level: float = 0.95
) -> Mastery:
    """Different people before and after: Newcombe's interval of the difference."""
    found = newcombe(x1, n1, x0, n0, level)
    if found.value is None or found.low is None or found.high is None:
        raise ValueError(f"both groups need somebody, not {n0} and {n1}")
    return Mastery(
        topic, "before_after_only", False, share(x0, n0, level), share(x1, n1, level), n0 + n1,
        None, None, found.value, found.low, found.high, None,
    )  # fmt: skip


def mcnemar_p(gained: int, lost: int) -> float:
    """Exact two-sided p of the changers (McNemar 1947): twice the smaller binomial tail, at most 1.

    >>> f"{mcnemar_p(30, 2):.3e}"
    '2.463e-07'
    """
    from scipy.stats import binom

    return min(1.0, 2 * float(binom.cdf(min(gained, lost), gained + lost, 0.5)))


def bonett_price(gained: int, lost: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Adjusted Wald interval of a paired difference of shares (Bonett & Price 2012).

    >>> [round(end, 4) for end in bonett_price(30, 2, 60)]
    [0.3055, 0.5977]
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    middle = up - down
    half = z_of(level) * sqrt((up + down - middle**2) / (n + 2))
    return max(-1.0, middle - half), min(1.0, middle + half)

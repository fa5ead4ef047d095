"""The tables about people: load per person, moves inside the float, queues and their agents."""

from collections.abc import Iterable, Mapping, Sequence

from playbook.chapters.plan.people.lettering import duration, name
from playbook.chapters.plan.people.model import People, Queue, Scenario
from playbook.core.lettering import short_name
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, Name, listing, say

Row = Mapping[str, Cell]


class Setter:
    """Sets the tables of one result in one language."""

    def __init__(self, result: People, lang: Lang, names: Mapping[str, Name]) -> None:
        self.result, self.lang, self.names = result, lang, names

    def name(self, key: str | None) -> str | None:
        return None if key is None else name(key, self.names, self.lang)

    def person(self, key: str | None) -> str | None:
        return None if key is None else short_name(name(key, self.names, self.lang))

    def several(self, keys: Iterable[str]) -> str | None:
        return listing([self.person(key) or key for key in keys], self.lang) or None

    def code(self, kind: str, value: str) -> str:
        return say(f"plan.people.{kind}.{value}", self.lang)

    def time(self, seconds: float | None) -> str | None:
        return duration(seconds, self.lang)

    def column(self, key: str, kind: Kind = "text", digits: int = 1) -> Column:
        return Column(key, say(f"plan.people.column.{key}", self.lang), kind, digits)

    def interval(self, key: str, kind: Kind = "percent") -> Column:
        """A share or a difference of shares with its interval, in whole per cent."""
        label = say(f"plan.people.column.{key}", self.lang)
        return Column(key, label, kind, 0, f"{key}_low", f"{key}_high")

    def table(self, key: str, columns: Sequence[Column], rows: Iterable[Row]) -> Table:
        title = say(f"plan.people.table.{key}", self.lang)
        return Table(f"plan_people_{key}", title, tuple(columns), tuple(rows))

    def people(self) -> Table:
        """Everybody with time or work: planned, mean and fullest week, actions at once."""
        columns = [
            self.column("person"), self.column("role"), self.column("days_per_week", "number"),
            self.column("planned", "number"), self.column("mean", "percent", 0),
            self.column("peak", "percent", 0), self.column("peak_week", "date"),
            self.column("weeks_red", "integer"), self.column("at_once", "integer"),
            self.column("owns"), self.column("state"),
        ]  # fmt: skip
        rows = [
            {
                "person": self.name(one.person),
                "role": self.name(one.role),
                "days_per_week": one.days_per_week,
                "planned": one.planned,
                "mean": one.mean,
                "peak": one.peak,
                "peak_week": one.peak_week,
                "weeks_red": one.weeks_red,
                "at_once": one.at_once,
                "owns": self.several(one.owns),
                "state": self.code("load", one.state),
            }
            for one in self.result.people
        ]
        return self.table("people", columns, rows)

    def reliefs(self) -> Table:
        """Moves inside the float: how far, peak and full weeks before and after, who moves."""
        columns = [
            self.column("person"), self.column("action"), self.column("way"),
            self.column("days", "number", 0), self.column("peak_before", "percent", 0),
            self.column("peak_after", "percent", 0), self.column("weeks_red_before", "integer"),
            self.column("weeks_red_after", "integer"), self.column("moves"),
            self.column("others_red", "integer"),
        ]  # fmt: skip
        rows = [
            {
                "person": self.person(one.person),
                "action": self.name(one.action),
                "way": self.code("way", one.way),
                "days": one.days,
                "peak_before": one.peak_before,
                "peak_after": one.peak_after,
                "weeks_red_before": one.weeks_red_before,
                "weeks_red_after": one.weeks_red_after,
                "moves": self.several(one.moves),
                "others_red": one.others_red,
            }
            for one in self.result.reliefs
        ]
        return self.table("reliefs", columns, rows)

    def staffing(self) -> Table:
        """Each queue: its promise, who is needed, who is there, what these reach."""
        columns = [
            self.column("queue"), self.column("opening"), self.column("load", "number", 2),
            self.column("promise"), self.column("agents", "integer"),
            self.column("range"), self.column("rostered", "integer"),
            self.column("agents_there", "integer"), self.column("reached", "percent", 0),
            self.column("asa"), self.column("occupancy", "percent", 0),
            self.column("possible"), self.column("state"),
        ]  # fmt: skip
        return self.table("staffing", columns, [self._queue(q) for q in self.result.staffing])

    def _queue(self, queue: Queue) -> Row:
        there = queue.there
        return {
            "queue": self.name(queue.queue),
            "opening": queue.opening,
            "load": queue.load_erlang,
            "promise": self.promise(queue.answer_s, queue.level),
            "agents": queue.agents,
            "range": self.span(queue.agents_low, queue.agents_high),
            "rostered": queue.rostered,
            "agents_there": queue.agents_there,
            "reached": there.service_level if there and queue.answer_s is not None else None,
            "asa": self.time(there.asa_s if there else None),
            "occupancy": there.occupancy if there else None,
            "possible": self.time(queue.possible_s),
            "state": self.code("queue", queue.state),
        }

    def span(self, low: int | None, high: int | None) -> str | None:
        return None if low is None else f"{low}" if low == high else f"{low}–{high}"

    def promise(self, seconds: float | None, share: float | None) -> str | None:
        """A promise as one would say it: share within time."""
        if seconds is None:
            return None
        key = "promise" if share is not None else "promise_bare"
        return say(f"plan.people.text.{key}", self.lang, time=self.time(seconds), share=share)

    def sensitivity(self) -> Table:
        """Each queue with other arrivals and handling times."""
        columns = [
            self.column("queue"), self.column("arrivals", "signed", 0),
            self.column("handle", "signed", 0), self.column("load", "number", 2),
            self.column("agents", "integer"), self.column("reached", "percent", 0),
        ]  # fmt: skip
        rows = [self._scenario(q, s) for q in self.result.staffing for s in q.scenarios]
        return self.table("sensitivity", columns, rows)

    def _scenario(self, queue: Queue, one: Scenario) -> Row:
        return {
            "queue": self.name(queue.queue),
            "arrivals": (one.arrivals - 1) * 100,
            "handle": (one.handle - 1) * 100,
            "load": one.load_erlang,
            "agents": one.agents,
            "reached": one.service_level,
        }

    def backlog(self) -> Table:
        """Little's law: cases waiting and open at once, and how many may be open."""
        columns = [
            self.column("queue"), self.column("arrivals_per_hour", "number"),
            self.column("handle_time"), self.column("asa"), self.column("waiting", "number", 2),
            self.column("open_cases", "number", 1), self.column("open_limit", "number", 1),
        ]  # fmt: skip
        rows = [
            {
                "queue": self.name(queue.queue),
                "arrivals_per_hour": queue.arrivals_per_hour,
                "handle_time": self.time(queue.handle_s),
                "asa": self.time(queue.there.asa_s if queue.there else queue.asa_s),
                "waiting": queue.waiting,
                "open_cases": queue.open_cases,
                "open_limit": queue.open_limit,
            }
            for queue in self.result.staffing
        ]
        return self.table("backlog", columns, rows)

"""The team at hand against the two presets of the source documents, side by side (PL10, K4)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from playbook.chapters.plan.people.model import Meeting, RuleOfThumb, TeamCheck
from playbook.core.inputs import Tables
from playbook.core.records import from_dict

MANAGERS_PER_POINT, STAFF_PER_POINT = 0.1, 0.5
"""E15: "ten points need one senior manager and five staff", from an unnamed company (K17)."""


@dataclass(frozen=True)
class Post:
    """So many people of a role, or with a certificate. words: other ways to write the role."""

    post: str
    least: int
    words: tuple[str, ...]
    certified: bool = False


@dataclass(frozen=True)
class Rhythm:
    """A meeting at least so often; minutes: the longest it may take."""

    meeting: str
    every_days: float
    words: tuple[str, ...]
    minutes: float | None = None


@dataclass(frozen=True)
class Preset:
    """What one place of the source documents asks of a team."""

    posts: tuple[Post, ...] = ()
    meetings: tuple[Rhythm, ...] = ()


@dataclass(frozen=True)
class Presets:
    """Both presets; they are never mixed."""

    specialists: Preset
    three_levels: Preset

    def items(self) -> tuple[tuple[str, Preset], ...]:
        return ("specialists", self.specialists), ("three_levels", self.three_levels)


@cache
def presets() -> Presets:
    """The presets as shipped in ``teams.toml``."""
    source = files("playbook") / "chapters" / "plan" / "people" / "teams.toml"
    return from_dict(Presets, tomllib.loads(source.read_text(encoding="utf-8")), "teams.toml")


def team_checks(
    tables: Tables, meetings: Sequence[Meeting], mapped: Mapping[str, str]
) -> tuple[TeamCheck, ...]:
    """Every demand of both presets; none without a table of people.

    mapped: the client's role, team or meeting -> post of a preset, where the words differ.
    """
    people = [row for _, row in tables.rows("plan_people") if row.get("is_department") is not True]
    if not people:
        return ()
    return tuple(
        check
        for preset, asks in presets().items()
        for check in (
            *(_post(preset, post, people, tables, mapped) for post in asks.posts),
            *(_meeting(preset, one, meetings, tables, mapped) for one in asks.meetings),
        )
    )


def _post(
    preset: str,
    post: Post,
    people: Sequence[Mapping[str, Any]],
    tables: Tables,
    mapped: Mapping[str, str],
) -> TeamCheck:
    who = tuple(row["person"] for row in people if _holds(row, post, tables, mapped))
    return TeamCheck(preset, post.post, "post", float(post.least), float(len(who)), who, None, None,
                     len(who) >= post.least)  # fmt: skip


def _holds(row: Mapping[str, Any], post: Post, tables: Tables, mapped: Mapping[str, str]) -> bool:
    """By certificate, or by role or skill: the end of the name counts (senior data analyst)."""
    if post.certified:
        return row.get("certified") is True
    written = [row["role"], *(row.get("skills") or ())]
    if post.post in {mapped.get(str(one), "") for one in written}:
        return True
    words = [_plain(word) for word in (post.post, *post.words)]
    return any(name.endswith(word) for name in _names(written, tables) for word in words)


def _meeting(
    preset: str,
    wanted: Rhythm,
    meetings: Sequence[Meeting],
    tables: Tables,
    mapped: Mapping[str, str],
) -> TeamCheck:
    words = [_plain(word) for word in (wanted.meeting, *wanted.words)]
    mine = [
        meeting
        for meeting in meetings
        if mapped.get(meeting.item) == wanted.meeting
        or any(word in name for name in _names([meeting.item], tables) for word in words)
    ]
    one = min(mine, key=lambda m: m.every_days or 1e9, default=None)
    often = one is not None and one.every_days is not None and one.every_days <= wanted.every_days
    short = wanted.minutes is None or (
        one is not None and one.minutes is not None and one.minutes <= wanted.minutes
    )
    return TeamCheck(
        preset, wanted.meeting, "meeting", wanted.every_days, one.every_days if one else None,
        (one.owner,) if one and one.owner else (), wanted.minutes, one.minutes if one else None,
        often and short,
    )  # fmt: skip


def _names(written: Iterable[str], tables: Tables) -> list[str]:
    """Every way these ids are written: the id and the client's names, without what is bracketed."""
    names = tables.names()
    found = []
    for one in written:
        known = names.get(str(one))
        ways = (str(one), *((known.zh, known.en) if known else ()))
        found += [_plain(way.split("（")[0].split(" (")[0]) for way in ways]
    return found


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


def rule_of_thumb(tables: Tables, goals: Iterable[str]) -> RuleOfThumb | None:
    """What the anecdote asks for the points of satisfaction that the plan's first goal gains."""
    wanted = set(goals)
    rows = [row for _, row in tables.rows("goals") if row["metric_id"] == "csat"]
    rows = [row for row in rows if row.get("baseline") is not None and row.get("unit") == "%"]
    served = [row for row in rows if row["goal_id"] in wanted]
    if not served:
        return None
    goal = served[0]
    points = abs(float(goal["target"]) - float(goal["baseline"]))
    if abs(float(goal["target"])) <= 1.5:  # held in fractions of one
        points *= 100
    managers, staff = points * MANAGERS_PER_POINT, points * STAFF_PER_POINT
    return RuleOfThumb(str(goal["goal_id"]), points, managers, 2 * managers, staff, 2 * staff)

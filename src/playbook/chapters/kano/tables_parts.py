"""What the chapter's tables share."""

from collections.abc import Mapping, Sequence

from playbook.chapters.kano.result import FeatureResult, KanoResult, Rank
from playbook.core.section import Cell, Column, Kind, Table
from playbook.core.text import Lang, known_as, say

Row = Mapping[str, Cell]


def table(
    key: str, lang: Lang, rows: Sequence[Row], *columns: Column, note: str = "", title: str = ""
) -> Table:
    """A table whose title and id go by key."""
    return Table(key, say(f"kano.table.{title or key}", lang), columns, tuple(rows), note)


def column(key: str, lang: Lang, kind: Kind = "text", digits: int = 1) -> Column:
    """A column labelled by its key."""
    return Column(key, say(f"kano.column.{key}", lang), kind, digits)


def interval_column(key: str, lang: Lang, kind: Kind, digits: int) -> Column:
    """A column shown with ``<key>_low`` and ``<key>_high``."""
    return Column(key, say(f"kano.column.{key}", lang), kind, digits, f"{key}_low", f"{key}_high")


def ends(key: str, ci: tuple[float, float] | None) -> dict[str, Cell]:
    """The interval of a column as cells."""
    low, high = ci or (None, None)
    return {f"{key}_low": low, f"{key}_high": high}


def by_priority(result: KanoResult) -> list[FeatureResult]:
    """The features in the order of priority."""
    by_id = {f.feature: f for f in result.features}
    return [by_id[i] for i in result.priority_order]


def pairs_of(f: FeatureResult) -> int | None:
    """The number of pairs, if it is one."""
    return None if f.source == "shares" else int(f.n_pairs)


def letter_of(category: str | None, lang: Lang) -> str | None:
    """A category with its letter, as shown."""
    return None if category is None else say(f"kano.code.letter.{category}", lang)


def named(result: KanoResult, code: str, lang: Lang) -> str:
    """The name of a group."""
    return known_as(code, result.names, lang)


def rank_cells(key: str, rank: Rank | None) -> dict[str, Cell]:
    """A place with its interval as cells."""
    if rank is None:
        return {key: None}
    return {key: rank.rank, f"{key}_low": rank.low, f"{key}_high": rank.high}

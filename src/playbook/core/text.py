"""Every word the package prints, by key and language.

Words live in TOML beside the code that says them: ``chapters/<chapter>/<lang>.toml`` for a chapter,
``report/<lang>.toml`` and ``run/<lang>.toml`` for those floors, ``core/<lang>.toml`` for the rest.
A chapter with parts of its own (``plan/schedule/``) keeps each part's words with the part.
The first part of a key names the table, the rest the path in it: ``say("kano.title", "zh")``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
NOT_KNOWN = "–"
"""Shown where a number is undefined; never a nought."""


class UnknownWordError(KeyError):
    """A key that no word file holds, or a slot of its sentence that was not given."""


@dataclass(frozen=True)
class Name:
    """A thing's name in both languages: a feature, a branch, a dimension of the client's own.

    >>> Name("前台", "Front desk").in_("en")
    'Front desk'
    """

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


def known_as(key: str, names: Mapping[str, Name], lang: Lang) -> str:
    """The client's name of a code, else the code itself.

    >>> known_as("B01", {"B01": Name("外滩店", "Bund")}, "en"), known_as("B02", {}, "en")
    ('Bund', 'B02')
    """
    return names[key].in_(lang) if key in names else key


class _Unknown:
    """Stands for None in a sentence: prints as a dash under every format."""

    def __format__(self, spec: str) -> str:
        return NOT_KNOWN


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the sentence ``key`` in ``lang`` with its slots filled.

    Numbers are given raw and formatted by the sentence (``{share:.1%}``); None prints as a dash.

    Raises UnknownWordError for a key or slot that is not there.

    >>> say("term.goal", "en")
    'goal'
    """
    template = words(key.partition(".")[0], lang).get(key)
    if template is None:
        raise UnknownWordError(f"no word {key!r} in {lang}")
    filled = {slot: _Unknown() if value is None else value for slot, value in values.items()}
    try:
        return template.format_map(filled)
    except KeyError as missing:
        raise UnknownWordError(f"{key!r} in {lang} wants the value {missing}") from missing


def has(key: str, lang: Lang) -> bool:
    """Tell whether a sentence of this key exists."""
    return key in words(key.partition(".")[0], lang)


def listing(items: tuple[str, ...] | list[str], lang: Lang) -> str:
    """Join names as the language lists them.

    >>> listing(["a", "b"], "zh"), listing(["a", "b"], "en")
    ('a、b', 'a, b')
    """
    if lang == "en":
        return ", ".join(items)
    return ("；" if any("、" in item for item in items) else "、").join(items)


@cache
def words(table: str, lang: Lang) -> Mapping[str, str]:
    """Return all sentences of one top table as {"table.path.to.key": template}."""
    root = files("playbook")
    for place in (root / "chapters" / table, root / table, root / "core"):
        found: dict[str, str] = {}
        for source in _word_files(place, lang):
            held = tomllib.loads(source.read_text(encoding="utf-8"))
            found |= _flat(held.get(table, {}), table)
        if found:
            return found
    return {}


def _word_files(place: Traversable, lang: Lang) -> list[Traversable]:
    """The word file of a folder and of each folder in it."""
    if not place.is_dir():
        return []
    inside = sorted((one for one in place.iterdir() if one.is_dir()), key=lambda one: one.name)
    files_there = [one / f"{lang}.toml" for one in (place, *inside)]
    return [source for source in files_there if source.is_file()]


def _flat(table: Mapping[str, Any], path: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        here = f"{path}.{key}"
        rows += _flat(value, here) if isinstance(value, dict) else [(here, str(value))]
    return rows

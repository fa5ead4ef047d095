"""Both languages say the same things: keys, slots and their formats, and no word is missing."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from playbook.core.text import UnknownWordError, listing, say, words

SRC = Path(__file__).parents[1] / "src" / "playbook"
PAIRS = sorted(path.parent for path in SRC.rglob("zh.toml"))
CHINESE = re.compile("[\u4e00-\u9fff]")


def flat(table: dict[str, object], path: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            out |= flat(value, here)
        else:
            assert isinstance(value, str), f"{here} is no text"
            out[here] = value
    return out


def read(path: Path) -> dict[str, str]:
    return flat(tomllib.loads(path.read_text(encoding="utf-8")))


def slots(text: str) -> list[tuple[str, str]]:
    """Slot names with the kind of their format; how many decimals may differ, the kind not."""
    return sorted((name, (spec or "")[-1:]) for _, name, spec, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("folder", PAIRS, ids=lambda p: p.relative_to(SRC).as_posix())
def test_both_languages_hold_the_same_keys_and_slots(folder: Path) -> None:
    zh, en = read(folder / "zh.toml"), read(folder / "en.toml")
    assert sorted(zh) == sorted(en)
    for key, text in zh.items():
        other = {n for n, _ in slots(en[key])}
        mine = {n for n, _ in slots(text)}
        assert mine == other, f"{key}: {mine} v {other}"
        assert set(slots(text)) == set(slots(en[key])), f"{key}: formats differ"


@pytest.mark.parametrize("folder", PAIRS, ids=lambda p: p.relative_to(SRC).as_posix())
def test_english_holds_no_chinese_and_nothing_is_blank(folder: Path) -> None:
    allowed = {"intake.problem.not_a_day"}  # shows a Chinese date as an example
    for key, text in read(folder / "en.toml").items():
        assert text.strip(), f"{key} is blank"
        if key not in allowed:
            assert not CHINESE.search(text), f"{key}: {text}"
    for key, text in read(folder / "zh.toml").items():
        assert text.strip(), f"{key} is blank"


def test_every_chapter_has_its_words() -> None:
    assert {path.name for path in PAIRS} >= {"start", "goals", "smart", "tree", "kano", "servqual",
                                            "pilot", "review", "report", "run", "core"}  # fmt: skip


def test_say_refuses_unknown_keys_and_missing_slots() -> None:
    with pytest.raises(UnknownWordError, match=r"term\.nothing"):
        say("term.nothing", "zh")
    with pytest.raises(UnknownWordError, match="row"):
        say("problem.row", "zh")


def test_an_undefined_number_prints_as_a_dash() -> None:
    assert "–" in say("problem.row", "en", row=None)


def test_listing_joins_as_the_language_does() -> None:
    assert listing(("a", "b"), "zh") == "a、b"


def test_words_of_an_unknown_table_are_none() -> None:
    assert words("nothing", "zh") == {}


def test_no_key_stands_in_two_files_of_a_chapter() -> None:
    """Parts of a chapter keep their own word files; a key twice would hide one of the two."""
    seen: dict[str, Path] = {}
    for folder in PAIRS:
        for key in read(folder / "zh.toml"):
            assert key not in seen, f"{key} stands in {seen.get(key)} and in {folder}"
            seen[key] = folder

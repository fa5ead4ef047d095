"""Many fixed names found in a text at once: Chinese by character, English by word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Generic, TypeVar

from playbook.chapters.smart.reading_text import is_chinese, normalise

Entry = TypeVar("Entry")
_WORD = re.compile(r"[a-z0-9]+")
_APART = re.compile(r"[\s-]+")


class NameIndex(Generic[Entry]):
    """Names with what they stand for; `find` yields every place where one of them stands.

    A Chinese name may be broken by spaces; an English one stands between word borders, with any
    dash or space between its words and with a plural s.

    >>> index = NameIndex([("wait time", 1), ("等待时间", 2)])
    >>> list(index.find("cut wait-times, 等待 时间"))
    [(1, 4, 14), (2, 16, 21)]
    """

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        self._chinese: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._english: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        for name, entry in names:
            plain = normalise(name).text
            if is_chinese(plain):
                squeezed = "".join(plain.split())
                self._chinese[squeezed[0]].append((squeezed, entry))
            else:
                words = tuple(_WORD.findall(plain))
                self._english[words[0]].append((words, entry))

    def find(self, text: str) -> Iterator[tuple[Entry, int, int]]:
        """Every (entry, start, end) in a plain text, overlapping ones too."""
        yield from self._find_english(text)
        places = [i for i, c in enumerate(text) if not c.isspace()]
        squeezed = "".join(text[i] for i in places)
        for start, char in enumerate(squeezed):
            for name, entry in self._chinese.get(char, ()):
                if squeezed.startswith(name, start):
                    yield entry, places[start], places[start + len(name) - 1] + 1

    def _find_english(self, text: str) -> Iterator[tuple[Entry, int, int]]:
        words = [(m.group(0), m.start(), m.end()) for m in _WORD.finditer(text)]
        linked = [bool(_APART.fullmatch(text[a[2] : b[1]])) for a, b in pairwise(words)]
        for first, (word, start, _) in enumerate(words):
            for name, entry in self._starting(word):
                last = first + len(name) - 1
                if last < len(words) and all(linked[first:last]) and _same(name, words[first:]):
                    yield entry, start, words[last][2]

    def _starting(self, word: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
        yield from self._english.get(word, ())
        if word.endswith("s"):
            yield from (pair for pair in self._english.get(word[:-1], ()) if len(pair[0]) == 1)


def _same(name: tuple[str, ...], words: list[tuple[str, int, int]]) -> bool:
    """Whether the words are the name; the last one may have a plural s."""
    said = [word for word, _, _ in words[: len(name)]]
    return said[:-1] == list(name[:-1]) and said[-1] in {name[-1], name[-1] + "s"}

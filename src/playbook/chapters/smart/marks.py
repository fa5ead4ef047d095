"""Where each slot stands in a sentence: one letter a slot, spans cut so that none overlap."""

from dataclasses import dataclass

from playbook.chapters.smart.result import Span

LETTERS = {
    "metric": "a", "direction": "b", "baseline": "c", "target": "d", "delta": "e", "deadline": "f",
    "start": "g", "owner": "h", "scope": "i",
}  # fmt: skip
"""The letter of each slot; small ones, so that none is taken for S M A R T."""

_FIRST = ("target", "delta", "baseline", "deadline", "deadline_text", "start", "owner", "direction",
          "metric", "scope")  # fmt: skip
_SAME = {"deadline_text": "deadline"}


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; slot is empty where nothing was read."""

    start: int
    end: int
    slot: str = ""


def pieces_of(text: str, spans: tuple[Span, ...]) -> tuple[Piece, ...]:
    """Cut a text into pieces that together are the whole of it, each with at most one slot.

    Where spans overlap, numbers go before dates, dates before words: the narrower reading wins.

    >>> spans = (Span("metric", 2, 7, "sure"), Span("target", 9, 12, "sure"))
    >>> [(p.start, p.end, p.slot) for p in pieces_of("提升客户满意度达到85%", spans)]
    [(0, 2, ''), (2, 7, 'metric'), (7, 9, ''), (9, 12, 'target')]
    """
    slots = [""] * len(text)
    for span in sorted(spans, key=lambda s: _FIRST.index(s.slot), reverse=True):
        for at in range(span.start, min(span.end, len(text))):
            slots[at] = _SAME.get(span.slot, span.slot)
    cuts = [at for at in range(1, len(text)) if slots[at] != slots[at - 1]]
    starts, ends = [0, *cuts], [*cuts, len(text)]
    return tuple(Piece(a, b, slots[a]) for a, b in zip(starts, ends, strict=True) if b > a)

"""Finding: one conclusion of a chapter as code and numbers, with its certainty.

Its words are ``<chapter>.finding.<code>`` and ``<chapter>.next.<code>``; where the strength of the
wording differs, ``….<code>.<certainty>`` goes before ``….<code>``, in both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Certainty = Literal["proven", "likely", "undecided", "fact"]
"""proven: the interval says so; likely: probability >= .8; undecided: cannot be told apart yet;
fact: a check or count, no estimate."""

Weight = Literal["headline", "detail"]


@dataclass(frozen=True)
class Finding:
    """code: rule that held; about: ids of what it speaks of; values: numbers for its sentence.

    A headline also stands in the executive summary.
    """

    code: str
    certainty: Certainty
    about: tuple[str, ...] = ()
    values: Mapping[str, float | int | str | None] = field(default_factory=dict)
    weight: Weight = "detail"

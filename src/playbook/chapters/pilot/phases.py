"""Before or during the pilot: what a period of a side table belongs to."""

from datetime import date
from typing import Literal

from playbook.core.periods import first_day, last_day

Phase = Literal["pre", "post"]
WORDS: dict[str, Phase] = {
    "pre": "pre", "before": "pre", "baseline": "pre", "试点前": "pre", "前": "pre",
    "post": "post", "after": "post", "pilot": "post", "试点后": "post", "试点期": "post",
    "后": "post",
}  # fmt: skip


def phase(period: str, post_from: object) -> Phase | None:
    """The side of a period; None if it holds the first day inside, or cannot be read.

    >>> phase("post", None), phase("2026-03", date(2026, 4, 1)), phase("2026-Q2", date(2026, 5, 1))
    ('post', 'pre', None)
    """
    word = WORDS.get(period.strip().lower())
    if word or not isinstance(post_from, date):
        return word
    try:
        first, last = first_day(period.strip()), last_day(period.strip())
    except ValueError:
        return None
    if last < post_from:
        return "pre"
    return "post" if first >= post_from else None

"""PL11: a total in whole units by shares, and the two presets of the source documents (K3)."""

from collections.abc import Mapping, Sequence
from math import floor, isclose

PRESETS: Mapping[str, Mapping[str, float]] = {
    "a": {"research": 15, "technology": 30, "training": 10, "consulting": 20, "other": 25},
    "b": {"infrastructure": 30, "operations": 40, "reserve": 30},
}
"""Two different proposals of one plan for raising satisfaction; they contradict each other."""

RESERVE = "reserve"
"""The category kept back: in no line of spending, and in what is there to spend."""
TOLERANCE = 0.01


def split(total: int, shares: Sequence[float]) -> tuple[int, ...]:
    """Split a total in whole units by per cents: largest remainder (Hamilton), ties by order.

    Raises ValueError unless the shares are 0 or more and sum to 100.

    >>> split(100, [33.3, 33.3, 33.4])
    (33, 33, 34)
    >>> split(5, [50, 50])
    (3, 2)
    """
    if any(share < 0 for share in shares) or not isclose(
        sum(shares), 100, rel_tol=0, abs_tol=TOLERANCE
    ):
        raise ValueError(f"shares must be 0 or more and sum to 100, not {sum(shares):g}")
    exact = [total * share / sum(shares) for share in shares]
    whole = [floor(part) for part in exact]
    left = total - sum(whole)
    by_rest = sorted(range(len(shares)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_rest[:left]:
        whole[i] += 1
    return tuple(whole)

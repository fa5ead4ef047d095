"""The evaluation tables (K1-K3) and the counting of answer pairs (K4).

A pair is held as one small number, ``6 * functional + dysfunctional`` with codes 1..5 and 0 for
no answer; counting all pairs of a feature is then one ``bincount`` of 36 places, and a category
is one look-up.
"""

import numpy as np
from numpy.typing import NDArray

CATEGORIES: tuple[str, ...] = ("M", "O", "A", "I", "R", "Q")
"""In the order that settles ties (K5): must-be first, then R, and Q last."""
NO_PAIR = 6
"""The place after the six categories: one of the two answers is missing."""

STANDARD = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""K1: rows functional, columns dysfunctional, like .. dislike (Kano 1984; Berger 1993)."""
POULIOT = ("QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ")
"""K2: two contradictory pairs more count as questionable (Pouliot in Berger 1993)."""
TABLES = {"standard": STANDARD, "pouliot": POULIOT}

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]
_BLOCK = 65_536


def category_of(functional: int, dysfunctional: int, table: str = "standard") -> str:
    """The category of one pair of codes 1..5.

    >>> category_of(1, 5), category_of(3, 5), category_of(2, 2, "pouliot")
    ('O', 'M', 'Q')
    """
    return TABLES[table][functional - 1][dysfunctional - 1]


def three_point(table: str = "standard") -> tuple[str, ...]:
    """K3: the table for answers like, neutral, dislike only.

    >>> three_point()
    ('QAO', 'RIM', 'RRQ')
    """
    rows = TABLES[table]
    return tuple("".join(rows[i][j] for j in (0, 2, 4)) for i in (0, 2, 4))


def pair_codes(functional: NDArray[np.int8], dysfunctional: NDArray[np.int8]) -> Bytes:
    """Both answers as one number 0..35; arrays of any equal shape, 0 = no answer."""
    return (functional * np.int8(6) + dysfunctional).astype(np.uint8)


def look_up(table: str) -> Bytes:
    """Place in CATEGORIES for each pair code; NO_PAIR where an answer is missing: shape (36,)."""
    places = np.full((6, 6), NO_PAIR, dtype=np.uint8)
    for f, row in enumerate(TABLES[table], 1):
        for d, letter in enumerate(row, 1):
            places[f, d] = CATEGORIES.index(letter)
    return places.ravel()


def count_pairs(pairs: Bytes) -> Counts:
    """Count the pair codes of one feature: 6 x 6, row and column 0 are missing answers."""
    total = np.zeros(36, dtype=np.int64)
    # bincount copies to 8-byte integers: block by block the copy stays in the cache
    for start in range(0, pairs.size, _BLOCK):
        total += np.bincount(pairs[start : start + _BLOCK], minlength=36)
    return total.reshape(6, 6)


def by_category(matrix: NDArray[np.int64] | NDArray[np.float64], table: str) -> Counts:
    """Counts of M, O, A, I, R, Q from a 5 x 5 matrix of answer pairs.

    >>> by_category(np.eye(5, dtype=np.int64), "pouliot").tolist()
    [0, 0, 0, 1, 0, 4]
    """
    places = look_up(table).reshape(6, 6)[1:, 1:].ravel()
    counted = np.bincount(places, weights=np.asarray(matrix).ravel(), minlength=6)
    return counted.astype(np.int64)

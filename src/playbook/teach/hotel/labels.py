"""The table ``labels``: every code of the case with its name in both languages."""

import pandas as pd

from playbook.teach.hotel import cast

GROUPS: tuple[tuple[cast.Named, ...], ...] = (
    tuple((b.code, b.zh, b.en) for b in cast.BRANCHES),
    cast.REGIONS,
    cast.STRATA,
    cast.SEGMENTS,
    cast.FEATURES,
    cast.DIMENSIONS,
    cast.NEEDS,
)


def labels() -> pd.DataFrame:
    """One row per code: id, zh, en."""
    rows = [row for group in GROUPS for row in group]
    return pd.DataFrame(rows, columns=["id", "zh", "en"])

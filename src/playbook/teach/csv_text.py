"""Tables as CSV text, the same bytes on every machine."""

import pandas as pd


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV text; whole numbers carry no decimal point.

    >>> as_csv(pd.DataFrame({"n": [201.0, None], "value": [8.86, 1.0]}))
    'n,value\\n201,8.86\\n,1\\n'
    """
    written = table.copy()
    for column in written.select_dtypes("float"):
        texts = ["" if pd.isna(v) else f"{v:.10g}" for v in written[column]]
        written[column] = pd.Series(texts, index=written.index, dtype="str")
    return written.to_csv(index=False, lineterminator="\n")

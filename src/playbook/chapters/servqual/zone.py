"""Zone of tolerance (Zeithaml, Berry & Parasuraman 1993): S7."""

import numpy as np

from playbook.chapters.servqual.gaps import score
from playbook.chapters.servqual.result import Zone, ZoneResult
from playbook.chapters.servqual.result_reliability import Interval
from playbook.core.stats import Floats


def zone_of_means(
    desired: float, adequate: float, perceived: float
) -> dict[str, float | str | None]:
    """One row of means without intervals: the sign rule.

    >>> zone_of_means(6.5, 5.0, 5.8)["zone"]
    'in'
    """
    width = desired - adequate
    below, above = perceived < adequate, perceived > desired
    return {
        "mss": perceived - desired,
        "msa": perceived - adequate,
        "zone_width": width,
        "zone_position": (perceived - adequate) / width if width else None,
        "zone": "below" if below else "above" if above else "in",
    }


def zone_result(item: str, dimension: str, d: Floats, a: Floats, p: Floats) -> ZoneResult:
    """One item over respondents; rows with adequate above desired are left out and counted."""
    whole = ~(np.isnan(d) | np.isnan(a) | np.isnan(p))
    wrong = whole & (a > d)
    used = whole & ~wrong
    d, a, p = d[used], a[used], p[used]
    n = int(used.sum())
    mss, msa, width = score(p - d), score(p - a), score(d - a)

    def share(hit: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> float | None:
        return float(hit.mean()) if n else None

    return ZoneResult(
        item,
        dimension,
        n,
        int(wrong.sum()),
        score(d).mean,
        score(a).mean,
        score(p).mean,
        mss.mean,
        mss.ci,
        msa.mean,
        msa.ci,
        width.mean,
        msa.mean / width.mean if width.mean and msa.mean is not None else None,
        share(p < a),
        share((p >= a) & (p <= d)),
        share(p > d),
        _zone(mss.ci, msa.ci),
    )


def _zone(mss: Interval, msa: Interval) -> Zone:
    if mss is None or msa is None:
        return "undecided"
    if msa[1] < 0:
        return "below"
    if mss[0] > 0:
        return "above"
    return "in" if msa[0] >= 0 and mss[1] <= 0 else "undecided"

"""A measured value with its interval, and the difference of two.

The interval is that of the unit: Wilson for shares, Student's t for means, Wald for the net
promoter score, exact Poisson for rates. Where the spread is not given there is none.
"""

from dataclasses import dataclass
from math import sqrt

from playbook.core.stats import newcombe, nps, poisson_rate, welch_df, wilson, z_of


@dataclass(frozen=True)
class Measure:
    """A value in its unit, its interval and standard error; None where the data do not say.

    n counts answers, or events where the unit is a rate. how: the interval used (wilson, t, nps,
    nps_widest, poisson, given) or none. df: degrees of freedom of a mean's interval; None means
    the normal distribution.
    """

    value: float
    low: float | None
    high: float | None
    se: float | None
    n: float | None
    how: str
    df: float | None = None

    @property
    def known(self) -> bool:
        return self.low is not None and self.high is not None


@dataclass(frozen=True)
class Difference:
    """One value minus another. sides: how many of the two brought a spread (0, 1 or 2)."""

    value: float
    low: float | None
    high: float | None
    se: float | None
    sides: int


@dataclass(frozen=True)
class Counts:
    """What a table says beside a value; each may be missing."""

    n: float | None = None
    x: float | None = None
    detractors: float | None = None
    sd: float | None = None
    low: float | None = None
    high: float | None = None


def measure(value: float, unit: str, counts: Counts, level: float = 0.95) -> Measure:
    """A value with the interval its unit and counts allow.

    >>> m = measure(0.78, "share", Counts(n=800, x=624))
    >>> round(m.low, 4), round(m.high, 4), m.how
    (0.75, 0.8073, 'wilson')
    """
    c = counts
    if c.low is not None and c.high is not None:
        return Measure(value, c.low, c.high, (c.high - c.low) / (2 * z_of(level)), c.n, "given")
    if c.n is None or c.n <= 0:
        return Measure(value, None, None, None, c.n, "none")
    if unit == "share" and 0 <= value <= 1:
        found = wilson(c.x if c.x is not None else value * c.n, c.n, level)
        se = sqrt(value * (1 - value) / c.n)
        return Measure(value, found.low, found.high, se, c.n, "wilson")
    if unit == "nps":
        return _score(value, c, level)
    if unit == "rate":
        events = c.x if c.x is not None else value * c.n
        found = poisson_rate(events, c.n, level)
        return Measure(value, found.low, found.high, sqrt(max(value, 0.0) / c.n), events, "poisson")
    if c.sd is not None and c.n >= 2:
        return _mean(value, c.sd, c.n, level)
    return Measure(value, None, None, None, c.n, "none")


def _score(value: float, c: Counts, level: float) -> Measure:
    n = c.n or 0.0
    if c.x is not None and c.detractors is not None:
        found = nps(c.x, c.detractors, n, level)
        if found.low is not None and found.high is not None:
            se = (found.high - found.low) / (2 * z_of(level))
            return Measure(value, found.low, found.high, se, n, "nps")
    # promoters and detractors unknown: their variance is at most 1 - score^2 (no passives)
    se = 100 * sqrt(max(0.0, 1 - (value / 100) ** 2) / n)
    half = z_of(level) * se
    return Measure(value, value - half, value + half, se, n, "nps_widest")


def _mean(value: float, sd: float, n: float, level: float) -> Measure:
    se, df = sd / sqrt(n), n - 1
    half = quantile(level, df) * se
    return Measure(value, value - half, value + half, se, n, "t", df)


def quantile(level: float, df: float | None) -> float:
    """Two-sided quantile of t, or of the normal distribution where df is None."""
    if df is None:
        return z_of(level)
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, df))


def difference(a: Measure, b: Measure, level: float = 0.95) -> Difference:
    """a minus b for independent samples: Newcombe for shares, Welch for means, else normal.

    A side without a spread counts as a known constant, and sides says so.
    """
    gap = a.value - b.value
    sides = (a.se is not None) + (b.se is not None)
    if sides == 0:
        return Difference(gap, None, None, None, 0)
    se = sqrt((a.se or 0.0) ** 2 + (b.se or 0.0) ** 2)
    if a.how == b.how == "wilson" and a.n and b.n:
        found = newcombe(a.value * a.n, a.n, b.value * b.n, b.n, level)
        return Difference(gap, found.low, found.high, se, 2)
    if sides == 1:
        known = a if a.se is not None else b
        return _against_constant(a, b, gap, known)
    half = quantile(level, _welch_df(a, b)) * se
    return Difference(gap, gap - half, gap + half, se, 2)


def _against_constant(a: Measure, b: Measure, gap: float, known: Measure) -> Difference:
    if known.low is None or known.high is None:
        return Difference(gap, None, None, known.se, 1)
    if known is a:
        return Difference(gap, known.low - b.value, known.high - b.value, known.se, 1)
    return Difference(gap, a.value - known.high, a.value - known.low, known.se, 1)


def _welch_df(a: Measure, b: Measure) -> float | None:
    """Welch-Satterthwaite degrees of freedom; None unless both are means."""
    if a.df is None or b.df is None or not a.se or not b.se:
        return None
    return welch_df(a.se**2, a.df, b.se**2, b.df)


def prob_beyond(m: Measure, target: float, sense: int, level: float = 0.95) -> float | None:
    """Share of the interval's distribution at or beyond target; sense -1: lower is better.

    The distribution is scaled on each side to the end of the interval, so the probability passes
    .975 exactly where the interval leaves the target.
    """
    if m.low is None or m.high is None:
        return None
    lead = sense * (m.value - target)
    side = m.value - m.low if m.value > target else m.high - m.value
    if lead == 0:
        return 0.5
    if side <= 0:
        return 1.0 if lead > 0 else 0.0
    return _cdf(lead / (side / quantile(level, m.df)), m.df)


def _cdf(score: float, df: float | None) -> float:
    if df is None:
        from scipy.special import ndtr

        return float(ndtr(score))
    from scipy.stats import t

    return float(t.cdf(score, df))

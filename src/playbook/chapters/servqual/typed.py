"""Self-check of a table typed off from a report: S10. Tests need respondents, so none here."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from playbook.chapters.servqual.result import Typed, TypedRow


@dataclass(frozen=True)
class TypedFigures:
    """One row as typed; None = not given."""

    dimension: str
    e_mean: float
    p_mean: float
    n: int | None = None
    e_sd: float | None = None
    p_sd: float | None = None
    gap: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    t: float | None = None
    points: float | None = None


def typed_table(
    rows: Sequence[TypedFigures], allow_gap: float = 0.01, allow_t: float = 0.15
) -> Typed:
    """Check every row and give the scores the means allow (S2, S3 of means)."""
    checked = [_checked(row, allow_gap, allow_t) for row in rows]
    copied = ["copied_statistic" if _copied(i, rows, checked) else "" for i in range(len(rows))]
    done = tuple(
        TypedRow(**{**vars(c), "flags": (*c.flags, flag)}) if flag else c
        for c, flag in zip(checked, copied, strict=True)
    )
    gaps = [row.p_mean - row.e_mean for row in rows]
    points = [row.points for row in rows if row.points is not None]
    whole = len(points) == len(rows) and abs(sum(points) - 100) <= 0.5
    weighted = sum(w / 100 * g for w, g in zip(points, gaps, strict=True)) if whole else None
    return Typed(done, sum(gaps) / len(gaps) if gaps else None, weighted)


def _checked(row: TypedFigures, allow_gap: float, allow_t: float) -> TypedRow:
    from_means = row.p_mean - row.e_mean
    gap = from_means if row.gap is None else row.gap
    se_ci = _se_from_ci(row)
    se_t = abs(gap / row.t) if row.t else None
    t_ci = gap / se_ci if se_ci else None
    r = _implied_r(row, se_ci)
    flags = []
    if abs(gap - from_means) > allow_gap + 1e-9:
        flags.append("gap_not_p_minus_e")
    if t_ci is not None and row.t is not None and abs(abs(t_ci) - abs(row.t)) > allow_t * abs(t_ci):
        flags.append("t_and_ci_disagree")
    if r is not None and not -1 <= r <= 1:
        flags.append("implied_r_impossible")
    return TypedRow(row.dimension, gap, from_means, se_ci, se_t, t_ci, r, tuple(flags))


def _se_from_ci(row: TypedFigures) -> float | None:
    if row.ci_low is None or row.ci_high is None or row.n is None or row.n < 2:
        return None
    return (row.ci_high - row.ci_low) / (2 * float(stdtrit(row.n - 1, 0.975)))


def _implied_r(row: TypedFigures, se: float | None) -> float | None:
    if se is None or row.n is None or not row.e_sd or not row.p_sd:
        return None
    return (row.e_sd**2 + row.p_sd**2 - row.n * se**2) / (2 * row.e_sd * row.p_sd)


def _copied(i: int, rows: Sequence[TypedFigures], checked: Sequence[TypedRow]) -> bool:
    """A t that is its neighbour's and does not fit its own interval."""
    near = [rows[j].t for j in (i - 1, i + 1) if 0 <= j < len(rows)]
    own = rows[i].t
    return own is not None and own in near and "t_and_ci_disagree" in checked[i].flags


def as_number(value: object) -> float | None:
    """A cell of the table as a number; a blank is None."""
    return float(value) if isinstance(value, int | float) and value == value else None

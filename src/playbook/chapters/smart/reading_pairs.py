"""SM2: several metrics that share one verb (`A and B to 85 % and 75 % respectively`)."""

import re
from itertools import pairwise

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_metrics import MetricHit
from playbook.chapters.smart.reading_rows import find_rows

_EACH = re.compile(r"分别|各自?(?=[提增降减达升])|\brespectively\b|\beach\b", re.ASCII)
_BOTH = re.compile(r"均|都|双双|\bboth\b", re.ASCII)
_TO_BETWEEN = re.compile(r"\bto\b|→|->|至|到|[升降增减]为", re.ASCII)


def split_rows(body: str, clauses: list[Clause]) -> list[Clause]:
    """Each clause that names a row of metrics as one clause for each of them."""
    return [part for clause in clauses for part in _parts(body, clause)]


def _parts(body: str, clause: Clause) -> list[Clause]:
    row = next(iter(find_rows(body, clause.metrics)), [])
    values = [q for q in clause.quantities if q.form != "window"]
    if len(row) < 2 or (values and values[0].start < row[-1].start):
        return [clause]
    if not values:
        return [_one(clause, hit, [], []) for hit in row]
    words = body[clause.start : clause.end]
    many = len(row)
    if len(values) == many and (_EACH.search(words) or _listed(body, values)):
        return [_one(clause, hit, [q], values[:1]) for hit, q in zip(row, values, strict=True)]
    if len(values) == 2 * many:
        return [_one(clause, hit, own, first) for hit, own, first in _doubled(body, row, values)]
    if len(values) <= 2 and (_BOTH.search(words) or len({q.unit for q in values}) == 1):
        return [_one(clause, hit, values, values) for hit in row]
    return [clause]


def _listed(body: str, values: list[Quantity]) -> bool:
    """85% and 75%: values in one row, with no `to` between them."""
    gaps = (body[a.end : b.start] for a, b in pairwise(values))
    return all(re.fullmatch(r"\s?(?:[,、/]|和|与|及|and|,\s?and)\s?[><=]*\s?", gap) for gap in gaps)


def _doubled(
    body: str, row: list[MetricHit], values: list[Quantity]
) -> list[tuple[MetricHit, list[Quantity], list[Quantity]]]:
    """From a and b to c and d, or from a to b and from c to d: two values for each metric."""
    many = len(row)
    if _TO_BETWEEN.search(body[values[0].end : values[1].start]):
        return [(hit, values[2 * i : 2 * i + 2], values[:2]) for i, hit in enumerate(row)]
    return [
        (h, [values[i], values[many + i]], [values[0], values[many]]) for i, h in enumerate(row)
    ]


def _one(clause: Clause, hit: MetricHit, own: list[Quantity], like: list[Quantity]) -> Clause:
    return Clause(clause.start, clause.end, (hit,), tuple(own), clause.means, tuple(like))

"""SM2: the parts of a text that state one goal each, and spending limits that state none."""

import re
from itertools import pairwise

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_clause import Clause
from playbook.chapters.smart.reading_metrics import MetricHit
from playbook.chapters.smart.reading_rows import find_rows
from playbook.chapters.smart.reading_subjects import has_subject
from playbook.chapters.smart.reading_text import BLANK
from playbook.chapters.smart.reading_units import TIME_SECONDS
from playbook.chapters.smart.reading_words import MILESTONE, SERVICE_ACT, verbs_in

_BREAK = re.compile(
    r",\s?with (?=(?:no more|not more|at most|fewer|less|at least|under|over|more)\b)|[;。!?、|]"
    r"| & "
    r"|\.(?=\s|$)(?<!avg\.)(?<!approx\.)|,(?![0-9]{3}(?![0-9]))|并且?(?!列)|同时|以及|而且|且(?!不)"
    r"|[和与及](?![时格])|\b(?:and|while|whilst|as well as|plus|but)\b|\bby (?=[a-z]+ing\b)"
    r"|\bso that\b|通过|借由|借助",
    re.ASCII,
)
_MEANS = re.compile(r"^\s*(?:通过|借助|借由|依托|by [a-z]+ing\b|through\b|via\b|using\b)", re.ASCII)
_PURPOSE = re.compile(
    r"^[\s,\x00]*(?:为(?!止|[0-9])了?|以便?(?=[提降改])|旨在|从而|进而|助力|(?:in order "
    r"|so as )?to (?=[^,;]*,)|thereby\b|so that\b|ensuring\b)",
    re.ASCII,
)
_BASELINE_ONLY = re.compile(
    r"目前|当前|现在|现时|现有|现[状况]|原[订定来先]|去年|上年|基线|\b(?:currently|current|today"
    r"|baseline|was|is now|at present)\b",
    re.ASCII,
)
_GENERIC_RATE = re.compile(
    r"\s?(?!一次|首次)[^,0-9]{0,2}(?:(?:达成|达标|完成|合格|执行|及时|履约|实现|回复|响应|处理"
    r"|解决|办结|受理"
    r"|接听|应答|结案|修复|到场|兑现)率|比例|占比)"
)


_MILESTONE_FIRST = re.compile(
    rf"[\s,\x00]*(?:并|还要|再|力争|确保|to |we will |we must )?(?:{MILESTONE.pattern})", re.ASCII
)


def split_clauses(
    body: str, quantities: list[Quantity], metrics: tuple[MetricHit, ...]
) -> list[Clause]:
    """The goals of a text (SM2): a break counts where both sides hold a metric and a value."""
    pieces = _pieces(body, quantities, metrics)
    wordy = not quantities  # a text without numbers: every change or milestone is a goal
    merged: list[Clause] = []
    for piece in pieces:
        if merged and not (
            _is_complete(body, merged[-1], piece, wordy) and _begins(body, piece, merged[-1], wordy)
        ):
            merged[-1] = _union(body, merged[-1], piece)
        else:
            merged.append(piece)
    return merged


def _pieces(body: str, quantities: list[Quantity], metrics: tuple[MetricHit, ...]) -> list[Clause]:
    inside = [(q.start, q.end) for q in quantities] + [(m.start, m.end) for m in metrics]
    inside += [(row[0].start, row[-1].end) for row in find_rows(body, metrics)]
    cuts = [0]
    for match in _BREAK.finditer(body):
        word = match.group(0).strip()
        if any(s < match.end() and match.start() < e for s, e in inside):
            continue
        means = word.startswith(("by", "通过", "借"))
        cuts.append(match.start() if means else match.end())
    cuts.append(len(body))
    pairs = [(a, b) for a, b in pairwise(cuts) if a < b]
    return [_clause(body, a, b, quantities, metrics) for a, b in pairs]


def _clause(
    body: str, start: int, end: int, quantities: list[Quantity], metrics: tuple[MetricHit, ...]
) -> Clause:
    return Clause(
        start,
        end,
        tuple(m for m in metrics if start <= m.start < end),
        tuple(q for q in quantities if start <= q.start < end),
        bool(_MEANS.search(body[start:end])),
    )


def _union(body: str, one: Clause, two: Clause) -> Clause:
    """Both as one; a means clause without a value stays no goal of its own."""
    return Clause(
        one.start,
        two.end,
        one.metrics + two.metrics,
        one.quantities + two.quantities,
        one.means and not two.metrics and not two.quantities,
    )


_HEADING = r"[\s,\x00;:]*(?:[\u4e00-\u9fffa-z ]{1,12}:)?[\s,\x00;]*"


def _dated_milestone(body: str, clause: Clause, following: Clause) -> bool:
    """`launch X by June, then 4,000 sign-ups by November`: each with a date of its own."""
    opening = re.match(_HEADING + rf"(?:{MILESTONE.pattern})", body[clause.start : clause.end])
    dated = all(BLANK in body[c.start : c.end] for c in (clause, following))
    return bool(opening) and dated and bool(following.quantities) and not clause.quantities


def _wordy_goal(body: str, clause: Clause) -> bool:
    """A change or a milestone with its object, in a text that holds no number at all."""
    if clause.means or _PURPOSE.search(body[clause.start : clause.end]):
        return False
    changes = [v for v in verbs_in(body, clause.start, clause.end) if v[2] != "reach"]
    ends = [v[1] for v in changes]
    opening = _MILESTONE_FIRST.match(body, clause.start, clause.end)
    if opening:
        ends.append(opening.end())
    return any(re.search(r"[\u4e00-\u9fff]{2}|[a-z]{3}", body[e : clause.end]) for e in ends)


def _is_complete(body: str, clause: Clause, following: Clause, wordy: bool) -> bool:
    """Whether a clause already states a goal, so that the next may begin another."""
    if (wordy and _wordy_goal(body, clause)) or _dated_milestone(body, clause, following):
        return True
    if not has_subject(body, clause):
        return False
    words = body[clause.start : clause.end]
    if clause.quantities:
        return (
            not _BASELINE_ONLY.search(words)
            or len(clause.quantities) > 1
            or _other_name(clause, following)
        )
    changes = bool(verbs_in(body, clause.start, clause.end))
    if not changes or clause.means or _PURPOSE.search(words):
        return False
    return not following.quantities or (_known(clause) and _other_name(clause, following))


def _other_name(one: Clause, two: Clause) -> bool:
    return bool(one.metrics and two.metrics) and not _ids(one) & _ids(two)


def _other_level(body: str, one: Clause, two: Clause) -> bool:
    """响应率100%, 维修及时率98%: service levels of different names are two goals."""
    if _ids(one) & _ids(two) != {"service_level"} or len(two.quantities) != 1:
        return False
    a, b = ((body[c.metrics[0].start : c.metrics[0].end]) for c in (one, two))
    return a not in b and b not in a


def _ids(clause: Clause) -> set[str]:
    return {hit.metric.metric_id for hit in clause.metrics}


def _begins(body: str, clause: Clause, before: Clause, wordy: bool) -> bool:
    """Whether a clause opens a goal of its own after a complete one."""
    words = body[clause.start : clause.end]
    if wordy and _wordy_goal(body, clause):
        return not _ids(clause) & _ids(before)
    if _dated_milestone(body, before, clause):
        return True
    if not has_subject(body, clause):
        return False
    if not clause.quantities:
        return (
            bool(verbs_in(body, clause.start, clause.end)) and not clause.means and _known(clause)
        )
    if (
        _BASELINE_ONLY.search(words)
        and len(clause.quantities) == 1
        and not _other_name(before, clause)
    ):
        return False
    times_only = all(q.unit in TIME_SECONDS for q in before.quantities)
    if _GENERIC_RATE.match(words) and times_only:
        return False
    if _other_level(body, before, clause):
        return True
    return not _ids(clause) & _ids(before) or bool(
        re.search(SERVICE_ACT, words, flags=re.ASCII) and times_only
    )


def _known(clause: Clause) -> bool:
    return any(h.metric.kind != "vague" for h in clause.metrics)

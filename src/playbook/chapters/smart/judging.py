"""Letters A and M of one goal on data: the same rules for cards and for sentences."""

from dataclasses import dataclass, replace
from datetime import date

from playbook.chapters.smart.achievable import Aim, Record, judge_achievable
from playbook.chapters.smart.capacity import promise_of, with_capacity
from playbook.chapters.smart.evidence import Evidence
from playbook.chapters.smart.inputs import Settings
from playbook.chapters.smart.result import Achievable, Detectable, Promise, Verdict


@dataclass(frozen=True)
class Judged:
    """What the data add to a goal; letter A as a verdict, the rest None where nothing is known."""

    letter_a: Verdict
    achievable: Achievable | None = None
    detectable: Detectable | None = None
    promise: Promise | None = None


def judge(aim: Aim, known: Evidence, today: date, settings: Settings) -> Judged:
    """Judge by the evidence, which must be in the unit of the aim."""
    whole = {"share": 1.0, "%": 100.0}.get(known.unit)
    record = Record(
        known.values, known.frequency, known.p75, known.p90, known.attainable,
        known.history[-1][0] if known.history else None, whole, known.pilot_low,
    )  # fmt: skip
    promise = promise_of(aim.target, known.unit, known.queues)
    found = with_capacity(judge_achievable(aim, record, today, settings), promise)
    seen = _detectable(aim, known, whole, settings.power)
    return Judged(Verdict(found.verdict, found.reasons), found, seen, promise)


def _detectable(aim: Aim, known: Evidence, whole: float | None, power: float) -> Detectable | None:
    """SM10 where samples are planned and a baseline is stated."""
    before, after = known.n_before, known.n_after
    if before is None or after is None or aim.baseline is None or aim.maintain:
        return None
    from playbook.chapters.smart.detectable import mean_detectable, share_detectable

    if whole is not None:
        found = share_detectable(aim.baseline / whole, aim.target / whole, before, after, power)
        return replace(found, difference=found.difference * whole, se=found.se * whole,
                       threshold=found.threshold * whole)  # fmt: skip
    if known.sd is None:
        return None
    return mean_detectable(aim.baseline, aim.target, known.sd, before, after, power)


def with_samples(letter: Verdict, found: Detectable | None) -> Verdict:
    """Letter M from the text, made worse where the planned samples cannot show the change."""
    if found is None or found.verdict == "pass":
        return letter
    if found.verdict == "fail":
        return Verdict("fail", ("not_detectable", *letter.reasons))
    value = letter.value if letter.value == "fail" else "weak"
    return Verdict(value, ("low_power", *letter.reasons))

"""Section 7 of the method: which conclusion follows from which letters and reasons."""

from collections.abc import Iterable

from playbook.chapters.smart.result import Checked
from playbook.core.findings import Finding, Weight

_RULES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("rewrite_goal", "SM", frozenset()),
    ("split_goal", "S", frozenset({"too_many_goals"})),
    ("deadline_missing_sla_present", "T", frozenset({"service_level_is_no_deadline"})),
    ("raise_or_maintain", "A", frozenset({"already_met"})),
    ("move_date_or_step", "A", frozenset({"too_fast", "beyond_peers", "beyond_own_best"})),
    ("promise_below_limit", "A", frozenset({"at_bound"})),
    ("promise_above_capacity", "A", frozenset({"capacity"})),
    ("not_held", "A", frozenset({"not_held"})),
    ("stretch_with_plan", "A", frozenset({"faster_than_ever", "held_partly"})),
    ("staff_busy", "A", frozenset({"staff_busy"})),
    ("drop_or_relink", "R", frozenset({"not_a_driver", "sign_opposite", "no_link"})),
    ("state_link", "R", frozenset({"link_asserted", "minor_driver", "evidence_thin"})),
    ("not_detectable", "M", frozenset({"not_detectable"})),
    ("low_power", "M", frozenset({"low_power"})),
)
"""Conclusion, the letters it looks at, the reasons that give it; none: any fail."""

_HEADLINES = ("promise_above_capacity", "rewrite_goal", "move_date_or_step", "raise_or_maintain",
              "promise_below_limit")  # fmt: skip
"""What belongs in the executive summary, as far as there is room."""
_ROOM = 3
_STRETCHED = {"stretch_with_plan", "staff_busy"}


def findings_of(checked: Iterable[Checked]) -> tuple[Finding, ...]:
    """Conclusions over the cards; sentences are exercise texts and give no client conclusion."""
    cards = [c for c in checked if c.origin == "card"]
    if not cards:
        return ()
    ready = tuple(c.goal_id for c in cards if c.ready)
    counts = {"ready": len(ready), "all": len(cards)}
    code = "goals_ready" if ready else "none_ready"
    found = [Finding(code, "fact", ready, counts, "headline")]
    held = {code: _about(cards, code, letters, reasons) for code, letters, reasons in _RULES}
    told = [code for code in _HEADLINES if held[code]][:_ROOM]
    for code, ids in held.items():
        if ids:
            weight: Weight = "headline" if code in told else "detail"
            found.append(Finding(code, "fact", ids, {"count": len(ids)}, weight))
    return (*found, *_doubtful(cards))


def _doubtful(cards: list[Checked]) -> Iterable[Finding]:
    """What data cannot settle yet."""
    unknown = tuple(c.goal_id for c in cards if c.letters["A"].value == "unknown")
    if unknown:
        yield Finding("collect_history", "fact", unknown, {"count": len(unknown)})
    sensitive = tuple(c.goal_id for c in cards if c.achievable and c.achievable.sensitive)
    if sensitive:
        yield Finding("A_sensitive", "undecided", sensitive, {"count": len(sensitive)})


def _about(
    cards: list[Checked], code: str, letters: str, reasons: frozenset[str]
) -> tuple[str, ...]:
    """The goals a conclusion speaks of."""
    return tuple(
        c.goal_id for c in cards
        if _holds(c, letters, reasons)
        and (code not in _STRETCHED or c.letters["A"].value == "stretch")
    )  # fmt: skip


def _holds(goal: Checked, letters: str, reasons: frozenset[str]) -> bool:
    verdicts = [goal.letters[letter] for letter in letters]
    if not reasons:
        return any(v.value == "fail" for v in verdicts)
    return any(reasons & set(v.reasons) for v in verdicts)

"""What follows from a feature's numbers: light, certainty, conclusion, action (section 7)."""

from collections.abc import Sequence

from playbook.chapters.kano.counted import Counted
from playbook.chapters.kano.inputs import Settings
from playbook.chapters.kano.result import FeatureResult, Light, Split, Sure
from playbook.core.findings import Certainty, Finding

Value = float | int | str | None
PROVEN_N, LIKELY_N, SMALL_N = 200, 100, 30
PROVEN_P, LIKELY_P, ALPHA = 0.90, 0.80, 0.05

BY_CATEGORY = {
    "M": ("must_be", "guarantee"),
    "O": ("performance", "invest"),
    "A": ("attractive", "pick"),
    "I": ("indifferent", "stop"),
    "R": ("reverse", "make_optional"),
    "Q": ("question_unclear", "ask_again"),
}


def reported(mode: str | None, n_aomi: float, n_pairs: float, has_n: bool) -> str | None:
    """The category that may be shown: none on fewer than 30 answers."""
    enough = (n_pairs if mode in ("R", "Q") else n_aomi) >= SMALL_N
    return mode if enough or not has_n else None


def light(n_aomi: float, has_n: bool = True) -> Light | None:
    """How much the sample carries, by n' = A+O+M+I; None where n is not known."""
    if not has_n:
        return None
    if n_aomi < SMALL_N:
        return "none"
    return "indicative" if n_aomi < LIKELY_N else "usable" if n_aomi < PROVEN_N else "firm"


def certainty(
    category: str | None, n_aomi: float, n_pairs: float, p: float | None, p_top: float | None
) -> Sure | None:
    """How sure the category is; R and Q are judged by all pairs, the others by n'."""
    n = n_pairs if category in ("R", "Q") else n_aomi
    if n < SMALL_N or p is None:
        return None
    if n >= PROVEN_N and p >= PROVEN_P and p_top is not None and p_top < ALPHA:
        return "proven"
    return "likely" if n >= LIKELY_N and p >= LIKELY_P else "undecided"


def conclude_feature(
    c: Counted, category: str | None, n_aomi: float, n_pairs: float, q_share: float | None,
    combination: bool | None, p: float | None, p_top: float | None, differs: bool, s: Settings,
) -> tuple[str, str]:  # fmt: skip
    """The first rule of section 7 that holds: (conclusion, action)."""
    if category is None:
        return "no_pairs", "collect_more"
    if not c.has_n:
        return "shares_only", "collect_more"
    if (n_pairs if category in ("R", "Q") else n_aomi) < SMALL_N:
        return "too_few", "collect_more"
    if category == "Q" or (q_share or 0) > s.q_share_rewrite:
        return "question_unclear", "ask_again"
    if differs:
        return "segments_differ", "decide_by_segment"
    if category == "R":
        return "reverse", "make_optional"
    unsure = p is not None and p < LIKELY_P and p_top is not None and p_top >= ALPHA
    if combination or unsure:
        return "between_two", "treat_as_earlier"
    return BY_CATEGORY[category]


def findings(
    features: Sequence[FeatureResult], order: Sequence[str], splits: Sequence[Split]
) -> tuple[Finding, ...]:
    """Headlines first: the needs of a kind together, or the only one of its kind; then each."""
    by_id = {f.feature: f for f in features}
    ranked = [by_id[i] for i in order]
    groups = [group for code in GROUPED if (group := _group(code, ranked))]
    together = {group.code.removesuffix("_all") for group in groups}
    first: dict[str, str] = {}
    for f in ranked:
        first.setdefault(f.conclusion, f.feature)
    alone = [first[code] for code in _HEADLINES if code in first and code not in together]
    alone = alone[: MOST_HEADLINES - len(groups)]
    each = [_of_feature(f, splits, f.feature in alone) for f in ranked]
    extras = [
        _extra(code, f)
        for f in ranked
        for code in ("rules_disagree", "table_sensitive")
        if code in f.flags
    ]
    return tuple(sorted((*groups, *each, *extras), key=_place))


GROUPED = ("must_be", "performance", "attractive")
MOST_HEADLINES = 4
_HEADLINES = (*GROUPED, "segments_differ", "reverse")


def _place(found: Finding) -> int:
    if found.weight != "headline":
        return len(_HEADLINES)
    return _HEADLINES.index(found.code.removesuffix("_all"))


def _group(code: str, ranked: Sequence[FeatureResult]) -> Finding | None:
    """Two or more needs of one kind as one headline, by the outer ends of their intervals."""
    own = [f for f in ranked if f.conclusion == code and f.certainty in ("proven", "likely")]
    if len(own) < 2:
        return None
    sure: Certainty = "proven" if all(f.certainty == "proven" for f in own) else "likely"
    gains = [f.better_ci[0] for f in own if f.better_ci]
    losses = [(-f.worse_ci[1], -f.worse_ci[0]) for f in own if f.worse_ci]
    values: dict[str, Value] = {
        "count": len(own),
        "n": min(round(f.n_aomi) for f in own),
        "better_least": min(gains, default=None),
        "hurt_least": min((low for low, _ in losses), default=None),
        "hurt_most": max((high for _, high in losses), default=None),
    }
    return Finding(f"{code}_all", sure, tuple(f.feature for f in own), values, "headline")


def _of_feature(f: FeatureResult, splits: Sequence[Split], headline: bool) -> Finding:
    sure: Certainty = f.certainty or "undecided"
    if f.conclusion in ("too_few", "no_pairs", "shares_only", "question_unclear"):
        sure = "fact"
    if f.conclusion == "between_two":
        apart = f.top2_p_holm is not None and f.top2_p_holm < ALPHA
        sure = "fact" if apart else "undecided"
    if f.conclusion == "segments_differ":
        sure = "proven"
    values = _values(f) | (_segment_values(f, splits) if f.conclusion == "segments_differ" else {})
    return Finding(f.conclusion, sure, (f.feature,), values, "headline" if headline else "detail")


def _values(f: FeatureResult) -> dict[str, Value]:
    first, second = f.top_two
    total = f.n_pairs or 1
    worse_low, worse_high = f.worse_ci or (None, None)
    better_low, better_high = f.better_ci or (None, None)
    shares = (f.share_ci_goodman or {}) if f.category_mode else {}
    share_low, share_high = shares.get(f.category_mode or "", (None, None))
    return {
        "n": round(f.n_pairs) if f.source != "shares" else None,
        "n_aomi": round(f.n_aomi) if f.source != "shares" else None,
        "category": f.category,
        "share": None if f.category_mode is None else f.counts[f.category_mode] / total,
        "share_low": share_low,
        "share_high": share_high,
        "first": first,
        "second": second,
        "first_share": f.counts[first] / total,
        "second_share": f.counts[second] / total,
        "earlier": min(first, second, key="MOAIRQ".index),
        "better": f.better,
        "better_low": better_low,
        "better_high": better_high,
        "hurt": None if f.worse is None else -f.worse,
        "hurt_low": None if worse_high is None else -worse_high,
        "hurt_high": None if worse_low is None else -worse_low,
        "p_category": f.p_category,
        "q_share": f.q_share,
        "r_share": f.r_share,
        "agree": f.rules_agree[0],
        "rules": f.rules_agree[1],
    }


def _segment_values(f: FeatureResult, splits: Sequence[Split]) -> dict[str, Value]:
    """The two groups furthest apart in better, for the sentence."""
    test = next(t for s in splits for t in s.tests if t.feature == f.feature and t.proven
                and t.modes_differ)  # fmt: skip
    pairs = [d for d in test.differences if test.modes[d.first] != test.modes[d.second]]
    widest = max(pairs, key=lambda d: max(abs(d.better.value or 0), abs(d.worse.value or 0)))
    gain, loss = widest.better, widest.worse
    hurts = abs(loss.value or 0) > abs(gain.value or 0)
    shares = test.worse if hurts else test.better
    # the group with the larger share comes first, so that the difference is positive
    chosen = loss if hurts else gain
    turned = ((chosen.value or 0) > 0) == hurts
    first, second = (widest.second, widest.first) if turned else (widest.first, widest.second)
    a, b = shares[first].value, shares[second].value
    ends = (chosen.low, chosen.high) if (chosen.value or 0) > 0 else (chosen.high, chosen.low)
    sign = 100 if (chosen.value or 0) > 0 else -100
    return {
        "group_a": first,
        "group_b": second,
        "mode_a": test.modes[first],
        "mode_b": test.modes[second],
        "measure": "worse" if hurts else "better",
        "share_a": None if a is None else abs(a),
        "share_b": None if b is None else abs(b),
        "difference_points": None if a is None or b is None else 100 * (abs(a) - abs(b)),
        "low_points": None if ends[0] is None else sign * ends[0],
        "high_points": None if ends[1] is None else sign * ends[1],
        "n_a": round(sum(test.counts[first].values())),
        "n_b": round(sum(test.counts[second].values())),
        "p_holm": test.p_holm,
        "cramers_v": test.cramers_v,
    }


def _extra(code: str, f: FeatureResult) -> Finding:
    values: dict[str, Value] = {"agree": f.rules_agree[0], "rules": f.rules_agree[1]}
    if code == "table_sensitive":
        modes = {v.name: v.category_mode for v in f.variants}
        values |= {"standard": modes["standard"], "pouliot": modes["pouliot"]}
    return Finding(code, "fact", (f.feature,), values)

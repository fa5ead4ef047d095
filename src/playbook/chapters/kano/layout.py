"""Which columns of an export are the two questions of which feature.

Known: long; pairs by ending (F1_f, F1_d; block or interleaved alike); questions whose text says
"has" and "has not" (Wenjuanxing, Google Forms, Qualtrics); pairs given by hand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from playbook.chapters.kano.labels import meaning, plain_label

KNOWN = ("respondent_id", "feature", "functional", "dysfunctional", "importance", "segment",
         "wording_set", "performance", "date", "seconds")  # fmt: skip
META = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "总分", "用户ID",
        "Timestamp", "时间戳记", "ResponseId", "Response ID", "Finished", "StartDate", "EndDate",
        "Status", "IPAddress", "Progress", "Duration (in seconds)", "RecordedDate", "UserLanguage",
        "DistributionChannel", "LocationLatitude", "LocationLongitude", "Respondent ID",
        "Collector ID", "IP Address", "Email Address", "编号")  # fmt: skip
RESPONDENT = ("respondent_id", "序号", "ResponseId", "Response ID", "Respondent ID", "编号", "id")
SECONDS = ("seconds", "所用时间", "Duration (in seconds)")

_TWO = ("functional", "dysfunctional")
_HAS = ("functional", "func", "fun", "f", "pos", "positive", "正向题", "正向", "正题", "正")
_NOT = ("dysfunctional", "dysfunc", "dysf", "dys", "d", "neg", "negative",
        "反向题", "反向", "反题", "反", "负向题", "负向")  # fmt: skip
_ENDINGS = {**dict.fromkeys(_HAS, True), **dict.fromkeys(_NOT, False)}
_LATIN = sorted((e for e in _ENDINGS if e.isascii()), key=len, reverse=True)
_CJK = sorted((e for e in _ENDINGS if not e.isascii()), key=len, reverse=True)
_SUFFIX = re.compile(
    rf"^(?P<stem>.+?)(?:[\s_.:\-]+[(\[]?(?P<latin>{'|'.join(_LATIN)})"
    rf"|[\s_.:\-]*[(\[]?(?P<cjk>{'|'.join(_CJK)}))[)\]]?$",
    re.IGNORECASE,
)
_PARTS = (
    re.compile(r"\[(?P<part>[^\]]+)\]\s*$"),  # Google Forms, LimeSurvey
    re.compile(r"第\d+题\((?P<part>.+)\)\s*$"),  # Wenjuanxing matrix
    re.compile(r"[—–]+\s*(?P<part>[^—–]+)$"),
    re.compile(r":?\s+-\s+(?P<part>.+)$"),  # Qualtrics
    re.compile('[“"「『【《](?P<part>.+?)[”"」』】》]'),
)
_NUMBERING = re.compile(r"^\s*(?:[Qq]?\d+(?:[_.]\d+)?\s*[、.:)]\s*)+")
# the negation is tested first: 不提供 contains 提供
_WITHOUT = re.compile(
    r"如果没有|如果无|没有|不具备|不提供|不增加|不支持|不包含|不含|不能|取消"
    r"|\b(?:did|does|do|is|are|was|were)\s+not(?:\s+(?:have|provide|offer|include|add|with))?\b"
    r"|\b(?:did|does|do|is|are|was|were)n't(?:\s+(?:have|provide|offer|include|add))?\b"
    r"|\bnot\s+(?:have|with|provide|offer|include)\b|\bwithout\b|\blacks?\b|\bnot\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"如果有|具备|提供|增加|支持|包含|含有|能够|有|能"
    r"|\b(?:has|have|had|with|provides?|provided|offers?|offered|includes?|included|adds?)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(r"^如果|[,，]?\s*您?的?(?:感受|感觉|评价|觉得|态度).*$|[?？:：]+$")


@dataclass(frozen=True)
class Pair:
    """The two columns of one feature."""

    feature: str
    functional: str
    dysfunctional: str


@dataclass(frozen=True)
class Layout:
    """How the answers stand: kind, pairs, the columns of respondent and answer time.

    header_rows: so many rows at the top hold headings. unmatched: columns without a partner.
    """

    kind: str
    pairs: tuple[Pair, ...] = ()
    respondent: str = ""
    seconds: str = ""
    header_rows: int = 0
    unmatched: tuple[str, ...] = ()
    totals_only: bool = False


def recognise(frame: pd.DataFrame, by_hand: Sequence[str] = ()) -> Layout:
    """Find the layout of a table whose columns are text; nothing is guessed: what has no partner
    is in ``unmatched``."""
    columns = [str(c) for c in frame.columns]
    if by_hand:
        return _by_hand(columns, by_hand)
    if all(c in frame and frame[c].notna().any() for c in ("feature", *_TWO)):
        return Layout("long", respondent=_first(RESPONDENT, columns))
    extra = [c for c in columns if c not in KNOWN and c not in META]
    if {meaning(c).code for c in columns} >= {1, 2, 3, 4, 5}:
        return Layout("totals", totals_only=True)
    rows, texts = _questions(frame, extra)
    body = frame.iloc[rows:]
    pairs, alone = _pair(_by_ending(extra))
    # an ending may be chance (改正, staff_d): without a partner only answers are missed
    alone = tuple(column for column in alone if _looks_answered(body[column]))
    kind = "endings"
    if not pairs:
        pairs, alone = _pair(_by_question(texts, body))
        kind = "questions"
    return Layout(
        kind,
        pairs,
        _first(RESPONDENT, columns),
        _first(SECONDS, columns),
        rows,
        alone if pairs or alone else tuple(extra),
    )


def _first(wanted: Iterable[str], columns: Sequence[str]) -> str:
    lower = {c.lower(): c for c in columns}
    return next((lower[w.lower()] for w in wanted if w.lower() in lower), "")


def _by_hand(columns: Sequence[str], lines: Sequence[str]) -> Layout:
    """Pairs as ``feature = functional column | dysfunctional column``."""
    pairs, wrong = [], []
    for line in lines:
        feature, _, two = line.partition("=")
        functional, _, dysfunctional = (part.strip() for part in two.partition("|"))
        good = functional in columns and dysfunctional in columns and feature.strip()
        if good:
            pairs.append(Pair(feature.strip(), functional, dysfunctional))
        else:
            wrong.append(line)
    respondent, seconds = _first(RESPONDENT, columns), _first(SECONDS, columns)
    return Layout("by_hand", tuple(pairs), respondent, seconds, 0, tuple(wrong))


@dataclass(frozen=True)
class _Found:
    feature: str
    has: bool
    column: str


def _by_ending(columns: Sequence[str]) -> list[_Found]:
    """F1_f and F1_d, F1 functional, F1（反向）: the feature is what stands before the ending."""
    found = []
    for column in columns:
        if match := _SUFFIX.match(column):
            ending = (match["latin"] or match["cjk"]).lower()
            stem = match["stem"].strip(" _.-:([")
            found.append(_Found(_NUMBERING.sub("", stem) or stem, _ENDINGS[ending], column))
    return found


def _questions(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Heading rows inside the table and the question text of each column (Qualtrics: 3 rows)."""
    for i in range(min(2, len(frame))):
        texts = frame.iloc[i].astype(object)
        if any("ImportId" in str(cell) for cell in texts):
            if i == 0:
                return 1, {c: c for c in columns}
            return i + 1, {c: str(frame.iloc[i - 1][c] or c) for c in columns}
    return 0, {c: c for c in columns}


def _by_question(texts: dict[str, str], body: pd.DataFrame) -> list[_Found]:
    found = []
    for column, text in texts.items():
        feature, has = question(text)
        if has is not None and _looks_answered(body[column]):
            found.append(_Found(feature, has, column))
    return found


def question(text: str) -> tuple[str, bool | None]:
    """The feature a question asks for, and whether it asks for its presence or absence.

    >>> question("2、如果不提供“24小时退货”,您的感受是?")
    ('24小时退货', False)
    >>> question("How would you feel if the app had dark mode?")[1]
    True
    """
    bare = _NUMBERING.sub("", text).strip()
    match = next((m for m in (part.search(bare) for part in _PARTS) if m), None)
    stem = bare[: match.start()] + " " + bare[match.end() :] if match else bare
    marker = _WITHOUT.search(stem)
    has = False
    if marker is None:
        marker, has = _WITH.search(stem), True
    if marker is None:
        return bare, None
    if match:
        return match["part"].strip(), has
    rest = stem[: marker.start()] + " " + stem[marker.end() :]
    feature = " ".join(_FRAME.sub("", rest.strip()).split())
    return _FRAME.sub("", feature).strip(" ,，") or bare, has


def _looks_answered(column: pd.Series) -> bool:
    """Whether at least half of the distinct answers belong to an answer scale."""
    distinct = [str(v) for v in column.dropna().unique()[:50]]
    known = [
        v
        for v in distinct
        if meaning(v).fault != "unknown_label" or re.fullmatch(r"-?\d(\.0+)?", v)
    ]
    return bool(distinct) and len(known) * 2 >= len(distinct)


def _pair(found: Sequence[_Found]) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Those with exactly one column of each kind, and the columns left over."""
    groups: dict[str, list[_Found]] = {}
    for item in found:
        groups.setdefault(plain_label(item.feature), []).append(item)
    pairs, alone = [], []
    for items in groups.values():
        with_it = [i for i in items if i.has]
        without = [i for i in items if not i.has]
        if len(with_it) == len(without) == 1:
            pairs.append(Pair(with_it[0].feature, with_it[0].column, without[0].column))
        else:
            alone += [item.column for item in items]
    return tuple(pairs), tuple(alone)

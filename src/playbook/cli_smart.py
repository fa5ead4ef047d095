"""``playbook smart``: one goal sentence, or a file of them, read and judged at once."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.chapters.smart.evidence import Evidence
from playbook.chapters.smart.reading import ReadSettings, read_goals, to_prediction
from playbook.chapters.smart.result import Checked
from playbook.chapters.smart.scoring import score
from playbook.chapters.smart.section_card import sentence_card
from playbook.chapters.smart.sentence import Lookup, check_goals
from playbook.core.periods import DAYS
from playbook.core.problems import Problem, RefusedError
from playbook.core.records import to_dict
from playbook.core.text import Lang, say

if TYPE_CHECKING:
    from playbook.chapters.smart.analysis import Casebook


MOST_FAULTS = 20
LANGS_MEANT: dict[str, str | None] = {
    "None": None, "zh": None, "zh-Hans": "zh-Hans", "zh-CN": "zh-Hans", "zh-Hant": "zh-Hant",
    "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "en": "en", "en-US": "en", "en-GB": "en",
}  # fmt: skip
"""How a file may name the language of a goal; None: found from the text."""


@dataclass(frozen=True)
class Asked:
    """One sentence with how it is to be read and what is known of its metric."""

    key: str
    text: str
    settings: ReadSettings
    context: Mapping[str, Any]


def smart(given: Namespace) -> int:
    """Run the command; 0 well, 1 faults of the input, 2 wrong usage."""
    lang: Lang = given.lang or ("en" if given.text and given.text.isascii() else "zh")
    try:
        if given.score and not given.file:
            _refuse("nothing_given")
        if bool(given.text) == bool(given.file):
            _refuse("both_given" if given.text else "nothing_given")
        asked = _from_file(given) if given.file else [_from_words(given)]
        known = _case(given.case) if given.case else None
        checked = {one.key: _checked(one, known) for one in asked}
    except RefusedError as refused:
        _say_faults(refused, lang)
        return 2 if refused.problems[0].code in ("smart.nothing_given", "smart.both_given") else 1
    if given.score:
        return _say_scores(given, asked, checked, lang)
    if given.json:
        _utf8()
        print(_as_json(asked, checked, single=not given.file))
    else:
        _say_cards(asked, checked, given.lang)
    return 0


def _say_faults(refused: RefusedError, lang: Lang) -> None:
    """The faults line by line; of many the first ones and how many more there are."""
    lines = refused.lines(lang)
    if len(lines) > MOST_FAULTS:
        more = say("smart.card.more_faults", lang, count=len(lines) - MOST_FAULTS)
        lines = [*lines[:MOST_FAULTS], more]
    print("\n".join(lines), file=sys.stderr)


def _from_words(given: Namespace) -> Asked:
    if not given.text.strip():
        _refuse("text_empty", at="1")
    return Asked("goal", given.text, ReadSettings(given.date or date.today()), {})


def _from_file(given: Namespace) -> list[Asked]:
    """Every goal of a file. Raises RefusedError with every fault in it."""
    rows, meta = _rows(Path(given.file))
    faults: list[Problem] = []
    asked: list[Asked] = []
    for number, row in enumerate(rows):
        at = f"goals[{number}]"
        found = list(_row_faults(row, at, {one.key for one in asked}))
        faults += [replace(fault, file=Path(given.file).name) for fault in found]
        if not found:
            context = {**meta, **(row.get("context") or {})}
            context |= {key: row[key] for key in ("lang", "reference_date") if row.get(key)}
            asked.append(_asked(row, context, given.date, at, faults))
    if faults:
        raise RefusedError(faults)
    return asked


def _rows(path: Path) -> tuple[list[Any], Mapping[str, Any]]:
    """The goals of a file and what holds for all of them."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        _refuse("file_missing", value=str(path))
    except UnicodeDecodeError:
        _refuse("file_not_utf8", path)
    except json.JSONDecodeError as fault:
        _refuse("not_json", path, line=fault.lineno, char=fault.colno, cause=fault.msg)
    meta: Any = {}
    if isinstance(data, dict):
        meta, data = data.get("meta") or {}, data.get("goals")
    if not isinstance(data, list) or not isinstance(meta, dict):
        _refuse("not_a_list", path, value=type(data).__name__)
    if not data:
        _refuse("goals_empty", path)
    return data, meta


def _row_faults(row: Any, at: str, seen: set[str]) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem("smart.goal_not_object", value=json.dumps(row), values={"at": at})
        return
    for key in ("id", "text"):
        if row.get(key) is None:
            yield Problem("smart.key_missing", values={"at": at, "key": key})
        elif not isinstance(row[key], str):
            yield _key_bad(at, key, row[key], "“…”")
    if isinstance(row.get("id"), str) and row["id"] in seen:
        yield Problem("smart.id_twice", value=row["id"], values={"at": at})
    if isinstance(row.get("text"), str) and not row["text"].strip():
        yield Problem("smart.text_empty", values={"at": at})
    if not isinstance(row.get("context") or {}, dict):
        yield _key_bad(at, "context", row["context"], "{ … }")


def _asked(
    row: Mapping[str, Any], context: Mapping[str, Any], day: date | None, at: str,
    faults: list[Problem],
) -> Asked:  # fmt: skip
    """One goal with its settings; what is wrong in its context joins the faults."""
    said = context.get("reference_date")
    try:
        day = day or (date.fromisoformat(said) if said else date.today())
    except (TypeError, ValueError):
        faults.append(_key_bad(at, "reference_date", said, "2026-01-15"))
    year_end = _month_day(context.get("fiscal_year_end", "12-31"))
    if year_end is None:
        faults.append(_key_bad(at, "fiscal_year_end", context["fiscal_year_end"], "03-31"))
    lang = LANGS_MEANT.get(str(context.get("lang")), "?")
    if lang == "?":
        faults.append(_key_bad(at, "lang", context["lang"], "zh-Hans | zh-Hant | en"))
    settings = ReadSettings(day, year_end or (12, 31), bool(context.get("day_first", True)), lang)
    try:
        _evidence(context, "", date.today())
    except (TypeError, ValueError, KeyError):
        faults.append(_key_bad(at, "context", context, '"history": [1, 2, 3], "peers": {"p90": 4}'))
    return Asked(row["id"], row["text"], settings, context)


def _month_day(text: object) -> tuple[int, int] | None:
    month, _, day = str(text).partition("-")
    try:
        found = date(2024, int(month), int(day))
    except ValueError:
        return None
    return found.month, found.day


def _evidence(context: Mapping[str, Any], unit: str, last: date) -> Evidence | None:
    """What the context says of the metric: values oldest first, the last one known today."""
    values = [float(value) for value in context.get("history") or ()]
    if not values:
        return None
    every = context.get("frequency", "month")
    days = [last - timedelta(days=round(DAYS[every] * back)) for back in range(len(values))]
    peers = context.get("peers") or {}
    low, high = context.get("bounds") or (None, None)
    return Evidence(
        unit, tuple(zip(reversed(days), values, strict=True)), every, peers.get("p75"),
        peers.get("p90"), bound_low=low, bound_high=high, n_before=context.get("n_before"),
        n_after=context.get("n_after"), sd=context.get("sd"), pilot_low=context.get("pilot_low"),
    )  # fmt: skip


def _checked(one: Asked, case: "Casebook | None") -> tuple[Checked, ...]:
    """Every goal of the sentence, judged by its context, else by the case, else by words alone."""
    day = one.settings.reference_date or date.today()
    goals = read_goals(one.text, one.settings).goals
    unit = (goals[0].unit if goals else None) or ""
    own = _evidence(one.context, "%" if unit == "pp" else unit, day)
    if own is not None:
        if unit == "%" and max(map(abs, own.values)) <= 1 < _largest(goals):
            _refuse("context_mix", at=one.key)
        main = goals[0].metric_id
        known: Lookup = lambda metric_id: own if metric_id == main else None  # noqa: E731
        return check_goals(one.key, one.text, one.settings, known)
    if case is not None:
        return check_goals(
            one.key, one.text, one.settings,
            lambda metric_id: case.known_to_sentence(metric_id, day),
            case.inputs.settings, case.own_names,
        )  # fmt: skip
    return check_goals(one.key, one.text, one.settings)


def _largest(goals: Any) -> float:
    return max((goal.target.value for goal in goals if goal.target), default=0.0)


def _case(folder: str) -> "Casebook":
    """What a case knows: histories, peers, samples, queues. Loads pandas, so it takes longer."""
    from playbook.bench import open_bench
    from playbook.chapters.smart.analysis import Casebook
    from playbook.chapters.smart.checks import metrics_of

    bench = open_bench("smart", folder)
    inputs = bench.case.inputs("smart", bench.earlier())
    return Casebook(inputs, inputs.earlier.get("goals", {}), metrics_of(inputs))


def _as_json(
    asked: list[Asked], checked: Mapping[str, tuple[Checked, ...]], *, single: bool
) -> str:
    """A file's goals as predictions by id, which the scorer reads; one sentence in full."""
    if single:
        (goals,) = checked.values()
        out: Any = {"text": asked[0].text, "lang": goals[0].lang, "goals": to_dict(goals)}
    else:
        out = {one.key: _prediction(one, checked[one.key][0]) for one in asked}
    return json.dumps(out, ensure_ascii=False, indent=1)


def _prediction(one: Asked, goal: Checked) -> dict[str, Any]:
    reading = read_goals(one.text, one.settings)
    return {
        **to_prediction(reading),
        "smart": {letter: verdict.value for letter, verdict in goal.letters.items()},
        "owner_letter": goal.owner.value,
        "reasons": {key: list(verdict.reasons) for key, verdict in goal.verdicts.items()},
        "ready": goal.ready,
        "next_question": goal.next_question,
        "flags": list(goal.flags),
        "spans": to_dict(goal.spans),
        "other_targets": to_dict(goal.other_targets),
    }


def _say_scores(
    given: Namespace, asked: list[Asked], checked: Mapping[str, tuple[Checked, ...]], lang: Lang
) -> int:
    """How many slots and letters of labelled sentences are read right; then each wrong one."""
    rows, _ = _rows(Path(given.file))
    bare = [row["id"] for row in rows if not isinstance(row.get("expected"), dict)]
    if bare:
        print(say("smart.card.unlabelled", lang, id=bare[0]), file=sys.stderr)
        return 1
    found = score(rows, {one.key: _prediction(one, checked[one.key][0]) for one in asked})
    print(say("smart.card.scored", lang, file=Path(given.file).name, n=len(rows)))
    for name, tally in (*found.slots.items(), *found.letters.items()):
        if tally.total:
            share = tally.right / tally.total
            print(f"  {name:<10} {tally.right:>4} / {tally.total:<4} {share:>5.0%}")
    for key, name, got, wanted in found.wrong:
        print("  " + say("smart.card.wrong", lang, id=key, slot=name, got=got, wanted=wanted))
    return 0


def _say_cards(
    asked: list[Asked], checked: Mapping[str, tuple[Checked, ...]], lang: Lang | None
) -> None:
    for number, one in enumerate(asked):
        goals = checked[one.key]
        spoken: Lang = lang or ("zh" if goals[0].lang.startswith("zh") else "en")
        if len(asked) > 1:
            print(("\n" if number else "") + f"=== {one.key} ===")
        print("\n".join(sentence_card(goals, spoken)))


def _utf8() -> None:
    """JSON is UTF-8 wherever it goes, also on a Windows console of another code page."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")


def _key_bad(at: str, key: str, value: object, expected: str) -> Problem:
    values = {"at": at, "key": key, "expected": expected}
    return Problem("smart.key_bad", value=str(value), values=values)


def _refuse(code: str, path: Path | None = None, value: str = "", **values: str | int) -> Any:
    raise RefusedError(
        [Problem(f"smart.{code}", file=path.name if path else "", value=value, values=values)]
    )

"""Tables nobody would write, but the schema allows: refused in words, or shown without a fall."""

import csv
import io
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.chapters.plan.analysis import PlanResult, analyse, check
from playbook.chapters.plan.inputs import TABLES, Settings
from playbook.chapters.plan.section import section
from playbook.core.html import fragment
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.intake.tables import read_table
from playbook.core.problems import Problem, RefusedError, errors
from playbook.core.records import to_json
from playbook.core.schema import Field, TableSpec
from playbook.core.section import Picture
from playbook.core.text import LANGS

FACTS = Facts(reference_date=date(2026, 7, 1), currency="CNY", departments=("ops",))
QUICK = Settings(choice_draws=100, schedule_draws=1_000, time_draws=1_000)
HOSTILE = "<script>alert(1)</script>"
LONG = "非常长的名字" * 12
IDS = ("A", "B", "C", "=1+2", "a&b", "x<y>", "line\nbreak", "{value}", "'q\"", LONG, "Café", "%s")
TEXTS = (
    *IDS,
    HOSTILE,
    "&amp;",
    "ops",
    "csat",
    "5%",
    "25%",
    "全部",
    "每周，30分钟",
    "7×24",
    "$x^2$",
)
LOW = st.sampled_from((0.0, 0.0, 1.0, 2.0, 3.5, 5.0, 10.0, 40.0))
WIDE = st.sampled_from((0.0, 1e-9, 0.1, 1.0, 7.0, 60.0, 365.0, 4999.0, 1e6, 1e12, 1e15))
DATES = ("1999-12-31", "2026-01-01", "2026-02-17", "2026-06-30", "2026-07-01", "2026-10-01",
         "2026-10-10", "2027-02-28", "2099-12-31")  # fmt: skip
NAMES = {"action", "person", "owner", "queue", "goal_id", "after", "requires", "excludes"}


def cells(field: Field, wild: bool) -> st.SearchStrategy[str]:
    """What one cell may hold by its schema."""
    if field.choices:
        return st.sampled_from(field.choices)
    if field.kind == "date":
        return st.sampled_from(DATES)
    if field.kind == "period":
        return st.sampled_from(("2026", "2026-Q3", "2026-09", "2026-W40"))
    if field.kind == "flag":
        return st.sampled_from(("0", "1"))
    if field.kind == "share":
        return st.sampled_from(("0", "1", "0.5", "0.8", "85%"))
    if field.kind in ("number", "integer"):
        return numbers(field, wild)
    pool = st.sampled_from(IDS if field.name in NAMES else TEXTS)
    if field.kind == "list":
        return st.lists(st.sampled_from(IDS[:4]), max_size=3).map(";".join)
    return pool


def numbers(field: Field, wild: bool) -> st.SearchStrategy[str]:
    values = (WIDE | LOW) if wild else LOW
    if wild and (field.low is None or field.low < 0):
        values = values | st.sampled_from((-1.0, -1e9))
    low = -1e15 if field.low is None else field.low
    high = 1e15 if field.high is None else field.high
    kept = values.map(lambda v: min(max(v, low), high))
    return kept.map(lambda v: str(int(v)) if field.kind == "integer" else repr(v))


@st.composite
def table(draw: st.DrawFn, spec: TableSpec, wild: bool) -> str:
    """A file of one table: its required columns and some others, unique keys."""
    fields = [f for f in spec.fields if f.required or draw(st.booleans())]
    if not fields:
        fields = list(spec.fields[:1])
    rows: dict[tuple[str, ...], list[str]] = {}
    for _ in range(draw(st.integers(1, 6))):
        row = {}
        for f in fields:
            blank = not f.required and len(spec.fields) > 2 and draw(st.integers(0, 3)) == 0
            row[f.name] = "" if blank else draw(cells(f, wild))
        if not wild:
            _tidied(row)
        rows.setdefault(tuple(row.get(key, "") for key in spec.key) or (str(len(rows)),),
                        [row[f.name] for f in fields])  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[f.name for f in fields], *rows.values()])
    return out.getvalue()


ORDERED = (
    ("impact_low", "impact_likely", "impact_high"), ("effort_low", "effort_likely", "effort_high"),
    ("cost_low", "cost", "cost_high"), ("low", "planned", "high"), ("likely_days", "safe_days"),
    ("p50_minutes", "p95_minutes"), ("passed", "checked"), ("at_mark", "answered", "invited",
    "cases"), ("below_mark", "answered"), ("complaints", "cases"),
)  # fmt: skip


def _tidied(row: dict[str, str]) -> None:
    """What must rise does; one blank of a pair blanks the other; loops and strangers are cut."""
    for names in ORDERED:
        held = [name for name in names if row.get(name)]
        for name, value in zip(held, sorted((row[n] for n in held), key=float), strict=True):
            row[name] = value
    if row.get("p50_minutes") and row.get("p95_minutes"):
        row["p50_minutes"], row["p95_minutes"] = "3", "9"
    else:
        row |= dict.fromkeys({"p50_minutes", "p95_minutes"} & set(row), "")
    row |= dict.fromkeys({"after", "requires", "excludes", "overlap", "overlap_cap"} & set(row), "")
    row |= {key: "2099-12-31" for key in ("due",) if row.get(key)}
    row |= {key: "2026-02-17" for key in ("done_on",) if row.get(key)}
    row |= {key: "1" for key in ("target_minutes", "likely_days", "pass_mark") if key in row}
    if row.get("agents"):
        row |= {"agents": "100000"}
    row |= {key: "5" for key in ("handle_s", "arrivals_per_hour") if key in row}


@st.composite
def plans(draw: st.DrawFn, specs: tuple[TableSpec, ...] = TABLES, wild: bool = True) -> Inputs[Any]:
    """Some of the chapter's tables, read as a case reads them, with settings at their edges."""
    chosen = draw(st.lists(st.sampled_from(specs), min_size=1, max_size=5, unique=True))
    frames, folder = {}, Path(tempfile.mkdtemp())
    for spec in chosen:
        path = folder / f"{spec.name}.csv"
        path.write_text(draw(table(spec, wild)), encoding="utf-8")
        loaded = read_table(spec, path)
        assert not errors(loaded.problems), [p.say("en") for p in loaded.problems]
        assert loaded.frame is not None
        frames[spec.name] = loaded.frame
        path.unlink()
    folder.rmdir()
    own = replace(
        QUICK,
        effort_limit=draw(st.sampled_from((None, 1.0, 20.0))),
        cost_limit=draw(st.sampled_from((None, 1.0, 1e5))),
        calendar=draw(st.sampled_from(("none", "china"))),
        start=draw(st.sampled_from(("", "2026-10-01", "2026-02-17", "2025-01-01"))),
        due=draw(st.sampled_from(("", "2026-11-16", "2090-01-01"))),
        service_minutes=draw(st.sampled_from((None, 10.0))),
    )
    return Inputs(Tables(frames), own, FACTS)


def shown(inputs: Inputs[Any]) -> PlanResult | None:
    """The whole way from tables to a page in both languages; None if refused."""
    found = check(inputs)
    readable(found)
    try:
        result = analyse(inputs)
    except RefusedError as refused:
        assert errors(found)
        readable(refused.problems)
        return None
    assert not errors(found)
    to_json(result)
    for lang in LANGS:
        text = fragment(section(result, lang))
        assert "<script>alert" not in text
        assert "<y>" not in text
    return result


def readable(problems: tuple[Problem, ...]) -> None:
    """Every fault is a sentence in both languages, with a place."""
    for problem in problems:
        for lang in LANGS:
            said = problem.say(lang)
            assert len(said) > 10
            assert problem.file
            assert "\n" not in said
            assert "plan.problem" not in said


def of(*names: str) -> tuple[TableSpec, ...]:
    return tuple(spec for spec in TABLES if spec.name in names)


PARTS: dict[str, tuple[TableSpec, ...]] = {
    "actions": of("plan_actions", "plan_calendar", "plan_people", "plan_work"),
    "people": of("plan_people", "plan_load", "plan_messages", "plan_forms"),
    "money": of("plan_budget", "plan_risks", "plan_vendors", "plan_actions"),
    "enabling": of("plan_training", "plan_points", "plan_articles", "plan_forms"),
    "steps": of("plan_sop", "plan_blueprint"),
}
LAX = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
quick = settings(max_examples=4, deadline=None, suppress_health_check=LAX, derandomize=True)
deep = settings(max_examples=25, deadline=None, suppress_health_check=LAX)


@pytest.mark.parametrize("wild", [False, True])
@pytest.mark.parametrize("part", PARTS)
@quick
@given(data=st.data())
def test_no_table_makes_a_part_fall(part: str, wild: bool, data: st.DataObject) -> None:
    """Words and tables only; the slow one draws the figures as well."""
    with patch.object(Picture, "svg", b"<svg/>"):
        shown(data.draw(plans(PARTS[part], wild)))


@pytest.mark.slow
@pytest.mark.parametrize("wild", [False, True])
@pytest.mark.parametrize("part", [*PARTS, "all"])
@deep
@given(data=st.data())
def test_no_tables_together_make_the_plan_fall(part: str, wild: bool, data: st.DataObject) -> None:
    shown(data.draw(plans(PARTS.get(part, TABLES), wild)))

"""Team, rollout gate, messages, meetings; the part's file and its page in both languages."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from playbook.chapters.plan.inputs import Settings
from playbook.chapters.plan.people.analysis import analyse
from playbook.chapters.plan.people.governance import meetings
from playbook.chapters.plan.people.lettering import duration, worded
from playbook.chapters.plan.people.model import People
from playbook.chapters.plan.people.section import blocks, notes, references
from playbook.chapters.plan.people.teams import presets
from playbook.chapters.plan.schedule import analysis as schedule
from playbook.core.inputs import Facts, Inputs, Tables
from playbook.core.records import from_dict, to_json
from playbook.core.section import Picture, conclude
from playbook.core.section import Table as Shown
from playbook.core.text import LANGS, Name

TODAY = date(2026, 7, 1)
FORM = ("form", "item", "value", "owner", "due", "done")


def frame(columns: tuple[str, ...], *rows: tuple[object, ...]) -> pd.DataFrame:
    full = [row + (None,) * (len(columns) - len(row)) for row in rows]
    return pd.DataFrame(full, columns=list(columns), index=range(2, 2 + len(rows)), dtype=object)


def team(*roles: str, certified: int = 0) -> pd.DataFrame:
    rows = [(f"p{i}", role, 3.0, i < certified) for i, role in enumerate(roles)]
    return frame(("person", "role", "days_per_week", "certified"), *rows)


def forms(*rows: tuple[object, ...]) -> pd.DataFrame:
    return frame(FORM, *rows)


def run(earlier: dict[str, Any] | None = None, goals: pd.DataFrame | None = None,
        settings: Settings | None = None, **tables: pd.DataFrame) -> People:  # fmt: skip
    held = {f"plan_{name}": table for name, table in tables.items()}
    if goals is not None:
        held["goals"] = goals
    facts = Facts(TODAY, departments=("service",))
    found = analyse(Inputs(Tables(held), settings or Settings(), facts, earlier or {}), None)
    assert found is not None
    return found


def codes(found: People) -> list[str]:
    return [finding.code for finding in found.findings]


def test_none_of_its_tables_no_part() -> None:
    assert analyse(Inputs(Tables({}), Settings(), Facts(TODAY)), None) is None
    other = Tables({"plan_forms": forms(("authority", "limit", "200"))})
    assert analyse(Inputs(other, Settings(), Facts(TODAY)), None) is None


def test_presets_are_those_of_the_sources_and_are_not_one_set() -> None:
    held = presets()
    assert [(p.post, p.least) for p in held.specialists.posts] == [
        ("data_analyst", 2), ("process_expert", 3), ("project_manager", 4),
    ]  # fmt: skip
    assert [(p.post, p.least, p.certified) for p in held.three_levels.posts] == [
        ("certified_expert", 3, True)
    ]
    assert [(m.meeting, m.every_days, m.minutes) for m in held.three_levels.meetings] == [
        ("decision_group", 7, 30), ("execution_group", 31, None),
    ]  # fmt: skip


def test_both_presets_are_shown_and_the_chosen_one_decides() -> None:
    roles = "data_analyst", "Senior Data Analyst", "process_expert", "项目经理", "项目经理助理"
    people = team(*roles, certified=1)
    found = run(people=people, settings=Settings(team_preset="specialists"))
    counts = {(c.preset, c.post): (c.found, c.met) for c in found.team}
    assert counts[("specialists", "data_analyst")] == (2, True)
    assert counts[("specialists", "process_expert")] == (1, False)
    assert counts[("specialists", "project_manager")] == (1, False)  # an assistant is not one
    assert counts[("three_levels", "certified_expert")] == (1, False)
    short = {f.about[0]: f.values["lacking"] for f in found.findings if f.code == "team_short"}
    assert short == {"process_expert": 2, "project_manager": 3}
    assert codes(run(people=people)) == ["team_preset_open"]


def test_three_levels_look_at_meetings_and_certificates() -> None:
    weekly = [("governance", "decision_group", "30 min", "ann", date(2026, 7, d), None)
              for d in (6, 13, 20)]  # fmt: skip
    monthly = ("governance", "执行组", "每月", "ben", date(2026, 7, 7), None)
    chosen = Settings(team_preset="three_levels")
    full = run(people=team("a", "b", "c", certified=3), forms=forms(*weekly, monthly),
               settings=chosen)  # fmt: skip
    assert codes(full) == ["team_complete"]
    long = [(*row[:2], "45 min", *row[3:]) for row in weekly]
    slow = run(people=team("a", "b", "c", certified=3), forms=forms(*long, monthly),
               settings=chosen)  # fmt: skip
    assert codes(slow) == ["meeting_short"]
    assert codes(run(people=team("a", certified=1), settings=chosen)) == [
        "team_short", "meeting_short", "meeting_short",
    ]  # fmt: skip


def test_a_clients_own_words_for_roles_and_departments_are_no_posts() -> None:
    chosen = Settings(team_preset="specialists", team_roles={"数字员": "data_analyst"})
    found = run(people=team("数字员", "数字员"), settings=chosen)
    assert next(c for c in found.team if c.post == "data_analyst").met
    people = team("data_analyst", "data_analyst")
    people["is_department"] = [True, None]
    assert next(c for c in run(people=people).team if c.post == "data_analyst").found == 1


def test_the_rule_of_thumb_is_a_range_from_nought_to_twice() -> None:
    goals = frame(("goal_id", "metric_id", "baseline", "target", "unit"),
                  ("G1", "csat", 78.0, 82.0, "%"))  # fmt: skip
    actions = frame(("action", "goal_id", "effort_likely", "owner"), ("A", "G1", 5.0, "ann"))
    rule = run(people=team("x"), actions=actions, goals=goals).rule_of_thumb
    assert (rule.points, rule.managers, rule.managers_high) == pytest.approx((4.0, 0.4, 0.8))
    assert (rule.staff, rule.staff_high) == pytest.approx((2.0, 4.0))
    goals["baseline"], goals["target"] = 0.78, 0.82
    assert run(people=team("x"), actions=actions, goals=goals).rule_of_thumb.points == (
        pytest.approx(4.0)
    )


STANDS = (
    ("release", "on_call", "7×24", "xu", None, True),
    ("release", "fault_location", "22 min", "xu", date(2026, 6, 18), True),
    ("release", "load_test", None, "he", None, True),
    ("release", "rollback", None, "he", None, True),
)
SAFE = {"pilot": {"guardrails": [{"metric": "wait_time", "state": "safe", "stores": 6}]}}


def gate_codes(*rows: tuple[object, ...], earlier: Any = SAFE) -> list[str]:
    return codes(run(forms=forms(*rows), earlier=earlier))


def test_the_gate_opens_when_all_stands_and_one_step_at_a_time() -> None:
    found = run(forms=forms(*STANDS), earlier=SAFE)
    assert [(s.share, s.state) for s in found.gate.steps] == [
        (0.05, "next"), (0.25, "later"), (1.0, "later"),
    ]  # fmt: skip
    assert codes(found) == ["gate_ready"]
    # half a share is known to within 4.9 points, and a fault of 0.75 % is met once in 400 cases
    assert found.gate.margin == pytest.approx(1.959964 * (0.25 / 400) ** 0.5, abs=1e-6)
    assert (1 - found.gate.rare_fault) ** 400 == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("left_out", "value", "lacking"),
    [
        ("on_call", "9-18h", "on_call"),
        ("fault_location", "45", "fault_location"),
        ("load_test", None, "load_test"),
        ("rollback", None, "rollback"),
    ],
)
def test_each_condition_of_the_gate_must_stand(left_out, value, lacking) -> None:
    rows = [row if row[1] != left_out else (*row[:2], value, *row[3:5], None) for row in STANDS]
    found = run(forms=forms(*rows), earlier=SAFE)
    assert [k for k, stands in found.gate.ready.items() if not stands] == [lacking]
    assert [(f.code, f.about) for f in found.findings] == [
        ("gate_not_ready", (f"ready_{lacking}",))
    ]


@pytest.mark.parametrize("state", ["harm", "undecided"])
def test_guardrails_must_be_shown_not_to_be_worse(state) -> None:
    worse = {"pilot": {"guardrails": [{"metric": "wait_time", "state": state}]}}
    assert gate_codes(*STANDS, earlier=worse) == ["gate_not_ready"]
    assert gate_codes(*STANDS, earlier={}) == ["gate_not_ready"]


def test_steps_passed_on_few_cases_or_out_of_order_are_said() -> None:
    step = "release", "5%"
    assert gate_codes(*STANDS, (*step, "420", "xu", None, True)) == ["gate_ready"]
    assert gate_codes(*STANDS, (*step, "120", "xu", None, True)) == ["gate_thin", "gate_ready"]
    skipped = gate_codes(*STANDS, ("release", "25%", "900", "xu", None, True))
    assert skipped == ["gate_skipped", "gate_ready"]


QUEUES = frame(("queue", "arrivals_per_hour", "handle_s", "answer_s", "level", "agents"),
               ("desk", 2.0, 3000.0, 14400.0, 0.8, 2.0))  # fmt: skip
TOLD = ("segment", "message", "channel", "date", "owner", "trigger", "tier", "queue", "promise_s",
        "promise_share")  # fmt: skip
DAY = date(2026, 8, 17)


def told(*rows: tuple[object, ...]) -> People:
    return run(load=QUEUES, messages=frame(TOLD, *rows))


def test_a_message_that_promises_more_than_the_desk_keeps() -> None:
    """K16: the desk's own four hours are kept, the two hours in print are not."""
    found = told(("guests", "2h", "wechat", DAY, "ann", None, "broad", "desk", 7200.0, 0.95))
    (message,) = found.messages
    assert (message.state, message.agents, message.agents_there) == ("missed_for_certain", 3, 2)
    assert message.reached == pytest.approx(0.6596, abs=1e-4)
    assert [(f.code, f.certainty, f.about) for f in found.findings[:2]] == [
        ("promise_above_capacity", "likely", ("guests",)), ("promise_thin", "undecided", ("desk",)),
    ]  # fmt: skip


def test_a_message_without_share_or_time_is_held_to_its_queue() -> None:
    found = told(("a", "m", "sms", DAY, "ann", None, None, "desk", None, None),
                 ("b", "m", "sms", DAY, "ann", None, None, "desk", 7200.0, None),
                 ("c", "m", "sms", DAY, "ann", None, None, None, 7200.0, 0.9),
                 ("d", "m", "sms", DAY, "ann"))  # fmt: skip
    assert [(m.promise_s, m.wanted) for m in found.messages] == [
        (14400, 0.8), (7200, 0.8), (7200, 0.9), (None, None),
    ]  # fmt: skip
    assert [m.state for m in found.messages] == ["thin", "missed", "not_known", "none"]


def test_what_messages_lack_and_break() -> None:
    found = told(("gold", "m", "app", DAY, "service", None, "high_value"),
                 ("family",), ("mass", "m", "phone", None, "ann", None, "broad"))  # fmt: skip
    gold, family, mass = found.messages
    assert gold.faults == ("not_personal", "department")
    assert family.missing == ("message", "channel", "owner", "date")
    assert (mass.missing, mass.faults) == (("date",), ("not_broad",))
    about = {f.code: f.about for f in found.findings}
    assert about["segments_without_message"] == ("family",)
    assert about["messages_incomplete"] == ("mass",)
    assert about["high_value_by_mass"] == ("gold",)
    assert "crisis_unlinked" in about


def test_a_crisis_message_hangs_on_an_alarm_of_complaints() -> None:
    found = told(("all", "sorry", "wechat", None, "ann", "complaint_rate"))
    assert (found.has_alarm, found.messages[0].missing) == (True, ())
    assert next(f for f in found.findings if f.code == "crisis_linked").about == ("complaint_rate",)
    other = told(("all", "sorry", "wechat", None, "ann", "csat"))
    assert not other.has_alarm
    assert other.messages[0].faults == ("other_trigger",)


def test_meetings_held_not_held_and_to_come() -> None:
    rows = [("governance", "week", "30分钟", "ann", date(2026, 6, d), d == 15)
            for d in (15, 22, 29)]  # fmt: skip
    rows.append(("governance", "week", "30分钟", "ann", date(2026, 7, 6), None))
    (week,) = meetings(Tables({"plan_forms": forms(*rows)}), TODAY)
    assert (week.minutes, week.every_days, week.owner) == (30, 7, "ann")
    assert week.overdue == (date(2026, 6, 22), date(2026, 6, 29))
    assert (week.held, week.next_on) == ((date(2026, 6, 15),), date(2026, 7, 6))
    late = next(f for f in run(forms=forms(*rows)).findings if f.code == "meetings_overdue")
    assert late.values["count"] == 2


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0, "立即", "at once"), (20, "20 秒", "20 s"), (119, "119 秒", "119 s"),
     (300, "5 分钟", "5 min"), (7200, "2 小时", "2 h"), (24463, "6.8 小时", "6.8 h")],
)  # fmt: skip
def test_times_are_said_in_the_unit_a_reader_would_use(seconds, zh, en) -> None:
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)


@pytest.fixture(scope="module")
def whole() -> People:
    actions = frame(
        ("action", "goal_id", "effort_likely", "owner", "likely_days", "safe_days", "stage"),
        ("A", "G1", 8.0, "p0", 5.0, 8.0, "rollout"), ("B", "G1", 3.0, "service", 15.0, 20.0, None),
    )  # fmt: skip
    tables = {
        "plan_actions": actions,
        "plan_people": team("project_manager", "data_analyst", certified=1),
        "plan_load": QUEUES,
        "plan_messages": frame(
            TOLD,
            ("guests", "2h", "wechat", DAY, "p0", None, "broad", "desk", 7200.0, 0.95),
            ("family",),
            ("all", "sorry", "wechat", None, "p0", "complaint_rate"),
        ),
        "plan_forms": forms(
            *STANDS,
            ("governance", "decision_group", "30 min", "p0", date(2026, 6, 29), None),
            ("governance", "decision_group", "30 min", "p0", date(2026, 7, 6), None),
        ),
    }
    ins = Inputs(Tables(tables), Settings(team_preset="three_levels", schedule_draws=200),
                 Facts(TODAY, departments=("service",)), SAFE)  # fmt: skip
    found = analyse(ins, schedule.analyse(ins, ("A", "B")), ("A", "B"))
    assert found is not None
    return found


def test_the_file_holds_the_part_whole(whole) -> None:
    text = to_json(whole)
    again = from_dict(People, json.loads(text))
    assert to_json(again) == text
    assert again.findings[0].code == "promise_above_capacity"


@pytest.mark.parametrize("lang", LANGS)
def test_every_block_and_sentence_stands_in_both_languages(whole, lang) -> None:
    names = {"p0": Name("周敏（总监）", "Zhou Min (director)"), "desk": Name("服务台", "Desk")}
    shown = blocks(whole, lang, names)
    assert [block.id for block in shown] == [
        "people_load", "people_load_list", "people_staffing", "people_sensitivity",
        "people_messages", "people_message_list", "people_team", "people_gate",
    ]  # fmt: skip
    pictures = [item for block in shown for item in block.items if isinstance(item, Picture)]
    assert {p.id for p in pictures} == {
        "plan_people_load_figure", "plan_people_staffing_figure", "plan_people_calendar_figure",
    }  # fmt: skip
    assert all(p.svg.startswith(b"<?xml") for p in pictures)
    found = conclude("plan", tuple(worded(f, lang, names) for f in whole.findings), lang, names)
    assert all("{" not in c.text + c.next_step for c in found)
    assert {"zh": "2 小时", "en": "2 h"}[lang] in found[0].text
    assert notes(whole, lang)
    assert references(lang)
    tables = [item for block in shown for item in block.items if isinstance(item, Shown)]
    assert len(tables) >= 10
    for table in tables:
        assert all(set(row) >= {c.key for c in table.columns} for row in table.rows)


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_absent_says_what_it_would_need(lang) -> None:
    bare = run(people=team("x"))
    texts = {b.id: b.items for b in blocks(bare, lang, {})}
    for key, table in (("staffing", "plan_load"), ("messages", "plan_messages"),
                       ("gate", "plan_forms")):  # fmt: skip
        assert table in str(texts[f"people_{key}"])
    alone = run(forms=forms(("governance", "week", "30 min", "ann", date(2026, 7, 6), None)))
    (picture,) = [i for b in blocks(alone, lang, {}) for i in b.items if isinstance(i, Picture)]
    assert picture.svg


def test_findings_of_other_parts_pass_unchanged(whole) -> None:
    from playbook.core.findings import Finding

    other = Finding("plan_reaches_goal", "proven", ("p0",), {"post": "data_analyst"})
    assert worded(other, "en", {}) is other

# ruff: noqa: E501  (one line a broken case reads best)
"""Broken case folders: each is told by place, in both languages, and nothing is written."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from playbook.case import load_case
from playbook.cli import main
from playbook.core.problems import Problem, RefusedError, errors

HOTEL = Path(__file__).parents[1] / "data" / "hotel"
Break = Callable[[Path], None]


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def save(path: Path, lines: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8")


def cell(file: str, row: int, column: str, value: str) -> Break:
    """Overwrite one cell; row is the spreadsheet's number."""

    def change(folder: Path) -> None:
        lines = rows(folder / file)
        lines[row - 1][lines[0].index(column)] = value
        save(folder / file, lines)

    return change


def column(file: str, name: str, change: Callable[[str], str]) -> Break:
    """Change every cell of a column."""

    def apply(folder: Path) -> None:
        lines = rows(folder / file)
        at = lines[0].index(name)
        for line in lines[1:]:
            line[at] = change(line[at])
        save(folder / file, lines)

    return apply


def header(file: str, old: str, new: str) -> Break:
    def change(folder: Path) -> None:
        lines = rows(folder / file)
        lines[0][lines[0].index(old)] = new
        save(folder / file, lines)

    return change


def append(file: str, *values: str) -> Break:
    def change(folder: Path) -> None:
        lines = rows(folder / file)
        save(folder / file, [*lines, [*values, *[""] * (len(lines[0]) - len(values))]])

    return change


def again(file: str, row: int) -> Break:
    """Repeat a row at the end."""

    def change(folder: Path) -> None:
        lines = rows(folder / file)
        save(folder / file, [*lines, lines[row - 1]])

    return change


def toml(old: str, new: str) -> Break:
    def change(folder: Path) -> None:
        path = folder / "case.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def content(file: str, data: bytes) -> Break:
    return lambda folder: (folder / file).write_bytes(data) and None


def merged_header(folder: Path) -> None:
    (folder / "kano.csv").unlink()
    with xlsxwriter.Workbook(folder / "kano.xlsx") as book:
        sheet = book.add_worksheet("kano")
        sheet.merge_range(0, 0, 0, 1, "respondent_id")
        sheet.write_row(1, 0, ["r1", "F01", "1", "5"])


def two_files(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "kano.xlsx") as book:
        book.add_worksheet("kano").write_row(0, 0, ["respondent_id"])


def reversed_codes(folder: Path) -> None:
    for name in ("functional", "dysfunctional"):
        column("kano.csv", name, lambda v: str(6 - int(v)) if v else v)(folder)


def target_is_baseline(folder: Path) -> None:
    lines = rows(folder / "review_actuals.csv")
    base, target = lines[0].index("baseline"), lines[0].index("target")
    for line in lines[1:]:
        line[target] = line[base]
    save(folder / "review_actuals.csv", lines)


KANO, GOALS = ["kano.csv"], ["goals.csv", "goals_metrics.csv"]
PILOT, SERVQUAL = ["pilot.csv"], ["servqual.csv"]
REVIEW, TREE = ["review_actuals.csv"], ["tree.csv"]
PLAN, LOAD, BUDGET = ["plan_actions.csv"], ["plan_load.csv"], ["plan_budget.csv"]
TRAINING, POINTS, SOP = ["plan_training.csv"], ["plan_points.csv"], ["plan_sop.csv"]

BROKEN: list[tuple[str, list[str], Break, str, int | None, str]] = [
    # name, tables kept, what is broken, the code expected, its row, its column
    ("toml_missing", KANO, lambda f: (f / "case.toml").unlink(), "case.folder_without_case", None, ""),
    ("toml_broken", KANO, toml("lang = ", "lang == "), "records.not_toml", None, ""),
    ("toml_gbk", KANO, content("case.toml", 'name = "酒店"'.encode("gbk")), "records.not_utf8", None, ""),
    ("key_unknown", KANO, toml("currency =", "curency ="), "records.key_unknown_near", None, ""),
    ("key_missing", KANO, toml("reference_date = 2026-07-01", ""), "records.key_missing", None, ""),
    ("language_unknown", KANO, toml('lang = "zh"', 'lang = "de"'), "records.bad_value", None, ""),
    ("setting_unknown", KANO, toml('code_order = "', 'kode_order = "'), "records.key_unknown_near", None, ""),
    ("period_reversed", KANO, toml("start = 2026-01-01, end = 2026-06-30", "start = 2026-07-01, end = 2026-06-30"), "case.period_reversed", None, ""),
    ("file_missing", KANO, toml("[goals]", '[tables.kano_counts]\nfile = "counts.csv"\n[goals]'), "intake.file_missing", None, ""),
    ("table_unknown", KANO, toml("[goals]", "[tables.kanno]\n[goals]"), "case.table_unknown", None, ""),
    ("table_twice", KANO, two_files, "case.table_twice", None, ""),
    ("encoding", KANO, content("kano.csv", b"respondent_id,feature\n\xff\x81\xff"), "intake.encoding", None, ""),
    ("empty_file", KANO, content("kano.csv", b""), "intake.empty_file", None, ""),
    ("empty_table", GOALS, content("goals.csv", (HOTEL / "goals.csv").read_bytes().splitlines()[0] + b"\n"), "intake.no_rows", None, ""),
    ("not_a_workbook", KANO, lambda f: (f / "kano.csv").rename(f / "kano.xlsx") and None, "intake.not_xlsx", None, ""),
    ("merged_header", KANO, merged_header, "intake.merged_header", 1, ""),
    ("header_twice", GOALS, header("goals.csv", "budget", "owner"), "intake.header_twice", 1, ""),
    ("header_misspelt", GOALS, header("goals.csv", "target", "targett"), "intake.column_missing_near", None, "target"),
    ("goal_with_unknown_column", GOALS, header("goals.csv", "owner", "ownr"), "intake.column_unknown_near", None, "ownr"),
    ("ragged", GOALS, lambda f: (f / "goals.csv").write_text((f / "goals.csv").read_text(encoding="utf-8") + ",".join("x" * 40) + "\n", encoding="utf-8") and None, "intake.ragged", None, ""),
    ("required_blank", GOALS, cell("goals.csv", 4, "target", ""), "intake.cell_blank", 4, "target"),
    ("not_a_number", GOALS, cell("goals.csv", 3, "target", "很高"), "intake.not_a_number", 3, "target"),
    ("no_such_day", GOALS, cell("goals.csv", 3, "due", "2026-02-30"), "intake.no_such_day", 3, "due"),
    ("day_ambiguous", GOALS, cell("goals.csv", 3, "due", "03/04/2026"), "intake.day_ambiguous", 3, "due"),
    ("direction_misspelt", GOALS, cell("goals.csv", 3, "direction", "increse"), "intake.choice_unknown_near", 3, "direction"),
    ("dates_upside_down", GOALS, cell("goals.csv", 3, "due", "2020-01-01"), "goals.due_before_start", 3, "due"),
    ("metric_unknown", GOALS, cell("goals.csv", 3, "metric_id", "csatt"), "goals.metric_unknown_near", 3, "metric_id"),
    ("target_out_of_scale", GOALS, cell("goals.csv", 3, "target", "140"), "goals.target_out_of_scale", 3, "target"),
    ("direction_conflict", GOALS, cell("goals.csv", 3, "direction", "decrease"), "goals.direction_conflict", 3, "target"),
    ("likert_reversed", KANO, reversed_codes, "kano.code_order_conflict", None, ""),
    ("blank_code_99", KANO, cell("kano.csv", 7, "functional", "99"), "kano.code_out_of_range", 7, "functional"),
    ("satisfaction_labels", KANO, column("kano.csv", "functional", lambda v: "非常满意" if v else v), "kano.not_a_kano_scale", None, ""),
    ("respondent_twice", KANO, again("kano.csv", 2), "kano.duplicate_respondent", None, ""),
    ("score_out_of_scale", SERVQUAL, cell("servqual.csv", 5, "P1", "99"), "servqual.score_out_of_range", 5, "P1"),
    ("scale_undeclared", SERVQUAL, toml("scale_min = 1\nscale_max = 7\n", ""), "servqual.scale_undeclared", None, ""),
    ("item_without_partner", SERVQUAL, header("servqual.csv", "E3", "remark"), "servqual.items_unmatched", None, ""),
    ("x_above_n", PILOT, cell("pilot.csv", 3, "x_post", "99999"), "pilot.x_above_n", 3, "x_post"),
    ("no_pilot", PILOT, column("pilot.csv", "arm", lambda _: "control"), "pilot.no_pilot", None, ""),
    ("arm_unknown", PILOT, cell("pilot.csv", 3, "arm", "treated"), "intake.choice_unknown", 3, "arm"),
    ("weight_negative", [*TREE, "tree_weights.csv"], cell("tree_weights.csv", 3, "weight", "-5"), "tree.weight_negative", 3, "weight"),
    ("cycle", TREE, cell("tree.csv", 2, "parent_id", "G01"), "tree.cycle", None, ""),
    ("orphan", TREE, cell("tree.csv", 4, "parent_id", "nobody"), "tree.orphan", 4, "parent_id"),
    ("plan_cycle", PLAN, cell("plan_actions.csv", 2, "after", "P04"), "plan.loop", 2, "after"),
    ("plan_after_unknown", PLAN, cell("plan_actions.csv", 3, "after", "Q77"), "plan.after_unknown", 3, "after"),
    ("plan_after_near", PLAN, cell("plan_actions.csv", 3, "after", "P011"), "plan.after_unknown_near", 3, "after"),
    ("plan_duration_negative", PLAN, cell("plan_actions.csv", 4, "likely_days", "-3"), "plan.duration_negative", 4, "likely_days"),
    ("plan_safe_below_likely", PLAN, cell("plan_actions.csv", 5, "safe_days", "10"), "plan.safe_below_likely", 5, "safe_days"),
    ("plan_low_above_likely", PLAN, cell("plan_actions.csv", 5, "impact_low", "5"), "plan.range_order", 5, "impact_likely"),
    ("plan_likely_above_high", PLAN, cell("plan_actions.csv", 5, "effort_high", "45"), "plan.range_order", 5, "effort_likely"),
    ("plan_without_owner", PLAN, cell("plan_actions.csv", 6, "owner", ""), "intake.cell_blank", 6, "owner"),
    ("plan_without_goal", PLAN, cell("plan_actions.csv", 6, "goal_id", ""), "intake.cell_blank", 6, "goal_id"),
    ("plan_goal_unknown", [*PLAN, *GOALS], cell("plan_actions.csv", 6, "goal_id", "ZZZ"), "plan.goal_unknown", 6, "goal_id"),
    ("plan_due_before_begin", PLAN, cell("plan_actions.csv", 7, "due", "2026-07-10"), "plan.due_before_begin", 7, "due"),
    ("plan_ends_before_it_starts", PLAN, toml('due = "2026-11-16"', 'due = "2026-06-01"'), "plan.due_before_start", None, "due"),
    ("plan_date_unreadable", PLAN, toml('due = "2026-11-16"', 'due = "mid November"'), "plan.date_unreadable", None, "due"),
    ("plan_no_capacity", PLAN, toml("effort_limit = 320", "effort_limit = 0"), "plan.limit_zero", None, "effort_limit"),
    ("plan_musts_above_limit", PLAN, toml("effort_limit = 320", "effort_limit = 5"), "plan.musts_effort", 14, "must"),
    ("plan_requires_itself", PLAN, cell("plan_actions.csv", 4, "requires", "P03"), "plan.link_self", 4, "requires"),
    ("plan_amount_huge", PLAN, cell("plan_actions.csv", 4, "cost", "1e99"), "intake.out_of_range", 4, "cost"),
    ("plan_person_without_days", [*PLAN, "plan_people.csv"], cell("plan_people.csv", 3, "days_per_week", "0"), "plan.capacity_zero", 3, "days_per_week"),
    ("plan_day_off_and_worked", [*PLAN, "plan_calendar.csv"], cell("plan_calendar.csv", 3, "extra_working_day", "2026-07-31"), "plan.day_off_and_worked", 3, "extra_working_day"),
    ("plan_load_above_agents", LOAD, cell("plan_load.csv", 3, "agents", "2"), "plan.no_steady_state", 3, "agents"),
    ("plan_level_of_all", LOAD, cell("plan_load.csv", 3, "level", "1"), "plan.level_full", 3, "level"),
    ("plan_shares_not_100", BUDGET, toml("effort_limit = 320", "effort_limit = 320\nbudget_shares = { a = 60, b = 30 }"), "plan.shares_sum", None, "budget_shares"),
    ("plan_shares_and_preset", BUDGET, toml("effort_limit = 320", 'effort_limit = 320\nbudget_preset = "a"\nbudget_shares = { a = 60, b = 40 }'), "plan.shares_and_preset", None, "budget_shares"),
    ("plan_cost_range", BUDGET, cell("plan_budget.csv", 2, "low", "25000"), "plan.cost_range", 2, "planned"),
    ("plan_risk_off_the_scale", ["plan_risks.csv"], cell("plan_risks.csv", 2, "probability", "7"), "intake.out_of_range", 2, "probability"),
    ("plan_vendor_without_mark", [*BUDGET, "plan_vendors.csv"], cell("plan_vendors.csv", 3, "wanted", ""), "plan.wanted_missing", 3, "wanted"),
    ("plan_promise_of_all", ["plan_messages.csv"], cell("plan_messages.csv", 4, "promise_share", "1"), "plan.promise_full", 4, "promise_share"),
    ("plan_no_pass_mark", TRAINING, cell("plan_training.csv", 3, "pass_mark", ""), "plan.pass_mark_missing", 3, "pass_mark"),
    ("plan_course_in_future", TRAINING, cell("plan_training.csv", 3, "done_on", "2027-01-05"), "plan.done_in_future", 3, "done_on"),
    ("plan_complaints_above_cases", POINTS, cell("plan_points.csv", 2, "complaints", "9999"), "plan.part_above_whole", 2, "complaints"),
    ("plan_passed_above_checked", SOP, cell("plan_sop.csv", 3, "passed", "17"), "plan.part_above_whole", 3, "passed"),
    ("plan_percentile_alone", SOP, cell("plan_sop.csv", 3, "p95_minutes", ""), "plan.percentile_alone", 3, "p95_minutes"),
    ("plan_percentiles_disordered", [*SOP, "plan_blueprint.csv"], cell("plan_blueprint.csv", 3, "p95_minutes", "5"), "plan.percentiles_disordered", 3, "p95_minutes"),
    ("target_is_baseline", REVIEW, target_is_baseline, "review.target_equals_baseline", None, "target"),
]  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Callable[[list[str]], Path]:
    """Make a copy of the hotel case with its settings, its names and only these tables."""

    def copy(tables: list[str]) -> Path:
        folder = tmp_path / "case"
        folder.mkdir()
        for name in ["case.toml", "labels.csv", *tables]:
            shutil.copy(HOTEL / name, folder / name)
        if "servqual.csv" not in tables:
            toml('[tables.servqual]\nnever_used = { P4 = ["9"] }\n', "")(folder)
        return folder

    return copy


def problems(folder: Path) -> tuple[Problem, ...]:
    try:
        return load_case(folder).check()
    except RefusedError as refused:
        return refused.problems


@pytest.mark.parametrize(
    ("tables", "break_it", "code", "row", "where"),
    [pytest.param(*entry[1:], id=entry[0]) for entry in BROKEN],
)
def test_each_fault_is_told_with_its_place_and_nothing_is_written(
    case: Callable[[list[str]], Path],
    capsys: pytest.CaptureFixture[str],
    tables: list[str],
    break_it: Break,
    code: str,
    row: int | None,
    where: str,
) -> None:
    folder = case(tables)
    break_it(folder)
    found = errors(problems(folder))
    mine = [p for p in found if p.code == code]
    assert mine, f"{code} is not among {[p.code for p in found]}"
    assert any((row is None or p.row == row) and where in p.column for p in mine), mine

    out = folder.parent / "out"
    for lang in ("zh", "en"):
        assert main(["check", str(folder), "--lang", lang]) == 1
        said = capsys.readouterr().out
        assert any(p.say(lang) in said for p in mine)  # type: ignore[arg-type]
        assert main(["run", str(folder), "--lang", lang, "--out", str(out)]) == 1
        said = capsys.readouterr().out
        assert any(p.say(lang) in said for p in mine)  # type: ignore[arg-type]
    assert not out.exists()


def test_the_unbroken_case_has_no_fault() -> None:
    assert errors(load_case(HOTEL).check()) == ()


def test_all_faults_are_told_at_once(case: Callable[[list[str]], Path]) -> None:
    folder = case(GOALS)
    for break_it in (
        cell("goals.csv", 3, "target", "x"),
        cell("goals.csv", 4, "due", "2026-02-30"),
        cell("goals.csv", 5, "direction", "up"),
    ):
        break_it(folder)
    assert {p.row for p in errors(problems(folder))} == {3, 4, 5}


@pytest.mark.usefixtures("undrawn")
def test_formula_and_html_in_client_text_are_remarked_and_harmless(
    case: Callable[[list[str]], Path],
) -> None:
    from playbook.bench import open_bench
    from playbook.chapters.goals.analysis import analyse
    from playbook.chapters.goals.section import section

    folder = case(GOALS)
    cell("goals.csv", 3, "statement", "=HYPERLINK(1)")(folder)
    cell("goals.csv", 4, "statement", "<script>alert(1)</script>")(folder)
    found = problems(folder)
    assert [p.code for p in found if p.code == "intake.formula_text"]
    assert not errors(found)
    bench = open_bench("goals", str(folder), "zh", str(folder / "out"))
    page = bench.section(section, bench.analyse(analyse))
    assert "<script>" not in page._repr_html_()

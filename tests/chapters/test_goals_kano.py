"""Classes of the Kano survey in the order of needs: a chapter helped by a later one."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from playbook.bench import open_bench
from playbook.chapters import chapter
from playbook.chapters.goals.analysis import analyse
from playbook.chapters.goals.model import GoalsResult
from playbook.chapters.goals.section import section
from playbook.core.text import LANGS


def need(**changes: Any) -> dict[str, Any]:
    return {"need": "fast", "period": "2025-12", "volume": 10.0, "exposure": 5.0} | changes


def survey(**classes: tuple[str, str]) -> dict[str, Any]:
    """The part of the result of kano that goals reads: feature=(class, certainty)."""
    return {"kano": {"features": [
        {"feature": f, "category_mode": c, "certainty": sure, "n_pairs": 400.0}
        for f, (c, sure) in classes.items()
    ]}}  # fmt: skip


def test_a_blank_class_is_taken_from_the_survey(goals_case: Any) -> None:
    rows = [need(kano_feature="F1"), need(need="F2")]
    earlier = survey(F1=("M", "proven"), F2=("A", "likely"))
    found = {n.need: n for n in analyse(goals_case(earlier=earlier, goals_needs=rows)).needs.items}
    assert (found["fast"].kano, found["fast"].kano_from) == ("M", "survey")
    assert (found["F2"].kano, found["F2"].survey.n) == ("A", 400.0)  # of the same id


def test_a_typed_class_stands_and_the_difference_is_told(goals_case: Any, goals_codes: Any) -> None:
    rows = [need(kano="M", kano_feature="F1", satisfaction=2.0, importance=4.0),
            need(need="b", kano="O", satisfaction=4.0, importance=4.0)]  # fmt: skip
    given = goals_case(earlier=survey(F1=("O", "proven")), goals_needs=rows)
    assert "kano_differs" in goals_codes(given)
    result = analyse(given)
    fast = next(n for n in result.needs.items if n.need == "fast")
    assert (fast.kano, fast.kano_from) == ("M", "typed")
    told = {f.code: f for f in result.findings}
    assert told["kano_differs"].values["found"] == "O"
    # what the survey denies is no proven must-be
    assert told["basic_not_met"].certainty == "undecided"
    assert told["basic_not_met"].weight == "detail"


def test_an_unsure_survey_does_not_shake_the_typed_class(goals_case: Any) -> None:
    rows = [need(kano="M", kano_feature="F1", satisfaction=2.0), need(need="b", satisfaction=4.0)]
    result = analyse(goals_case(earlier=survey(F1=("O", "undecided")), goals_needs=rows))
    told = {f.code: f.certainty for f in result.findings}
    assert "kano_differs" not in told
    assert told["basic_not_met"] == "fact"


def test_an_unknown_feature_is_told_with_the_nearest(goals_case: Any, goals_codes: Any) -> None:
    given = goals_case(earlier=survey(F01=("O", "proven")), goals_needs=[need(kano_feature="F0l")])
    assert "kano_feature_unknown" in goals_codes(given)
    assert "kano_feature_unknown" not in goals_codes(goals_case(goals_needs=[need(kano="M")]))


@pytest.fixture(scope="module")
def hotel(tmp_path_factory: pytest.TempPathFactory) -> GoalsResult:
    out = tmp_path_factory.mktemp("out")
    result = open_bench("goals", "data/hotel", "zh", str(out)).analyse(analyse)
    assert isinstance(result, GoalsResult)
    return result


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("lang", LANGS)
def test_the_hotel_page_shows_both_classes(lang: Any, hotel: GoalsResult) -> None:
    result, page = hotel, section(hotel, lang)
    by_survey = {n.need for n in result.needs.items if n.kano_from == "survey"}
    assert by_survey == {"N02", "N03", "N06", "N08"}
    assert result.needs.order_rule == "kano"
    assert "*" in page["needs"]._repr_html_()
    assert ("填写的分类" if lang == "zh" else "Typed in") in page["trends"]._repr_html_()


def test_help_is_computed_from_the_tables_and_never_read_from_an_old_run(tmp_path: Path) -> None:
    (tmp_path / "kano.json").write_text(
        '{"chapter": "kano", "skipped": null, "result": {"features": []}}', encoding="utf-8"
    )
    bench = open_bench("goals", "data/hotel", "zh", str(tmp_path))
    assert len(bench.earlier()["kano"]["features"]) == 12


def test_a_faulty_or_absent_survey_does_not_stop_the_goals(tmp_path: Path) -> None:
    case = tmp_path / "data" / "hotel"
    shutil.copytree("data/hotel", case)
    (case / "kano.csv").write_text("respondent,feature\n1,F01\n", encoding="utf-8")
    faulty = open_bench("goals", str(case), "en", str(tmp_path / "out"))
    assert "kano" not in faulty.earlier()
    assert faulty.analyse(analyse).cards
    (case / "kano.csv").unlink()
    bare = open_bench("goals", str(case), "en", str(tmp_path / "out"))
    assert "kano" not in bare.earlier()
    assert {n.kano_from for n in bare.analyse(analyse).needs.items} == {"typed", ""}


def test_no_chapter_waits_for_its_help() -> None:
    """Help may come from a later chapter; what is waited for stands before."""
    goals = chapter("goals")
    assert goals.helped_by == ("kano",)
    assert not goals.after
    assert chapter("kano").number > goals.number

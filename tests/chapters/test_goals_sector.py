"""Sector presets: what a user sees of his sector, and example cards he can copy."""

import csv
import io
import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from playbook.case import load_case
from playbook.chapters.goals.analysis import analyse
from playbook.chapters.goals.inputs import CARDS, DIRECTIONS, Settings
from playbook.chapters.goals.presets import preset, sectors
from playbook.chapters.goals.section import section
from playbook.chapters.goals.sector import example_csv, example_rows
from playbook.core.inputs import Facts
from playbook.core.metrics import dictionary
from playbook.core.text import LANGS

START = date(2026, 1, 1)
WANTED = {"retail", "hotel", "medical", "education", "telecom", "public_service",
          "customer_service"}  # fmt: skip


def test_there_is_a_preset_for_each_sector() -> None:
    assert set(sectors()) == WANTED


@pytest.mark.parametrize("sector", sectors())
def test_a_preset_is_metrics_and_cards_without_any_figure(sector: str) -> None:
    """Months to go are the only number: a preset is no benchmark."""
    raw = tomllib.loads((files("playbook") / "chapters/goals/presets.toml").read_text("utf-8"))
    numbers = {k for e in raw[sector]["examples"] for k, v in e.items() if isinstance(v, int)}
    assert numbers <= {"months", "under"}
    texts = [t for e in raw[sector]["examples"] for k in ("need", "participants")
             for t in e[k].values()]  # fmt: skip
    assert not any(re.search(r"\d", text) for text in texts)
    assert not any(isinstance(m, dict) for m in raw[sector]["metrics"])


@pytest.mark.parametrize("sector", sectors())
def test_presets_hold_results_and_processes_and_cards_that_hang_together(sector: str) -> None:
    made = preset(sector)
    kinds = {dictionary()[m].lead_lag for m in made.metrics}
    assert kinds == {"result", "process"}
    assert len(made.examples) >= 3
    for number, example in enumerate(made.examples, 1):
        assert example.metric_id in made.metrics
        assert example.direction in DIRECTIONS
        assert example.direction == dictionary()[example.metric_id].direction
        assert example.under < number
        assert example.guardrail_metric != example.metric_id
        assert len(example.participants.en.split(", ")) >= 2
        assert example.participants.zh.count("、") == example.participants.en.count(", ")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sector", sectors())
def test_example_rows_have_every_column_and_leave_the_clients_own_blank(
    sector: str, lang: Any
) -> None:
    for row in example_rows(sector, lang, START):
        assert list(row) == [field.name for field in CARDS.fields]
        own = ("baseline", "baseline_n", "target", "owner", "source", "budget")
        assert not any(row[key] for key in own)
        assert row["due"] > row["start"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sector", sectors())
def test_example_cards_are_read_once_target_and_source_are_filled_in(
    sector: str, lang: Any, tmp_path: Path
) -> None:
    rows = list(csv.DictReader(io.StringIO(example_csv(sector, lang, START))))
    for row in rows:
        share = row["unit"] == "%"
        low, high = ("40%", "60%") if share else ("2", "3")
        down = row["direction"] == "decrease"
        row |= {"source": "own", "target": low if down else high, "baseline": high if down else low}
    with (tmp_path / "goals.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "case.toml").write_text(
        f'name = {{ zh = "甲", en = "A" }}\nreference_date = 2026-01-01\nsector = "{sector}"\n',
        encoding="utf-8",
    )
    case = load_case(tmp_path)
    assert not case.table_problems(("goals",))
    result = analyse(case.inputs("goals"))
    assert [c.goal_id for c in result.cards] == [row["goal_id"] for row in rows]
    assert all("only_service_team" not in c.flags for c in result.cards)
    assert result.sector is not None
    assert {c.metric_id for c in result.cards} == {
        m.metric_id for m in result.sector.metrics if m.goals
    }


def test_unfilled_example_cards_are_refused_for_their_target(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text(example_csv("hotel", "zh", START), encoding="utf-8")
    (tmp_path / "case.toml").write_text(
        'name = { zh = "甲", en = "A" }\nreference_date = 2026-01-01\n', encoding="utf-8"
    )
    columns = {p.column for p in load_case(tmp_path).table_problems(("goals",))}
    assert {"target", "source"} <= columns


@pytest.mark.parametrize("lang", LANGS)
def test_the_sector_block_says_which_metrics_have_no_goal(goals_case: Any, lang: Any) -> None:
    result = analyse(goals_case(Settings(sector="retail")))
    assert result.sector is not None
    held = {m.metric_id: m.goals for m in result.sector.metrics}
    assert held["csat"] == ("G1",)
    assert held["nps"] == ()
    page = section(result, lang)["sector"]._repr_html_()
    assert ("尚无目标" if lang == "zh" else "no goal yet") in page
    assert "refund_time" in page


def test_without_a_sector_the_block_names_those_there_are(goals_case: Any) -> None:
    result = analyse(goals_case())
    assert result.sector is None
    page = section(result, "en")["sector"]._repr_html_()
    assert all(sector in page for sector in sectors())


def test_the_sector_of_the_case_counts_where_the_chapter_names_none(goals_case: Any) -> None:
    own = analyse(goals_case(None, Facts(START, sector="telecom"))).sector
    assert own is not None
    assert own.sector == "telecom"
    assert analyse(goals_case(None, Facts(START, sector="airport"))).sector is None
    set_so = analyse(goals_case(Settings(sector="hotel"), Facts(START, sector="telecom"))).sector
    assert set_so is not None
    assert set_so.sector == "hotel"

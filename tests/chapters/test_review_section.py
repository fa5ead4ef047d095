"""The review in words: both languages, whole cases, one table alone; and properties."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.case import load_case
from playbook.chapters.review.analysis import analyse
from playbook.chapters.review.attainment import attainment_share, state_of
from playbook.chapters.review.measures import Counts, measure, prob_beyond
from playbook.chapters.review.result import ReviewResult
from playbook.chapters.review.returns import Economics, return_of
from playbook.chapters.review.scorecard import score, score_range
from playbook.chapters.review.section import section
from playbook.core.problems import errors
from playbook.core.records import from_dict, to_dict
from playbook.core.section import Picture, Table
from playbook.core.text import LANGS, Lang

DATA = Path(__file__).parents[2] / "data"
BLOCKS = (
    "summary", "main", "growth", "gaps", "actions", "money", "flows", "scorecard", "cases",
    "copies", "log", "correlation", "next", "diff", "sheets",
)  # fmt: skip


@pytest.fixture(scope="module", params=["hotel", "sfo"])
def result(request: pytest.FixtureRequest) -> ReviewResult:
    return analyse(load_case(DATA / request.param).inputs("review"))


@pytest.mark.parametrize("lang", LANGS)
def test_section_renders(result: ReviewResult, lang: Lang) -> None:
    page = section(result, lang)
    assert tuple(block.id for block in page.blocks) == BLOCKS
    assert sum(c.headline for c in page.conclusions) in range(1, 5)
    # what is read back from the file says the same
    again = section(from_dict(ReviewResult, to_dict(result)), lang)
    assert [c.text for c in again.conclusions] == [c.text for c in page.conclusions]


def test_both_languages_have_the_same_tables_and_figures(result: ReviewResult) -> None:
    def shape(lang: Lang) -> list[tuple[str, int]]:
        items = [item for block in section(result, lang).blocks for item in block.items]
        return [
            (item.id, len(item.rows) if isinstance(item, Table) else 0)
            for item in items
            if isinstance(item, Table | Picture)
        ]

    assert shape("zh") == shape("en")


def test_absent_tables_are_named_not_errors() -> None:
    case = load_case(DATA / "sfo")
    assert not errors(case.check(("review",)))
    page = section(analyse(case.inputs("review")), "en")
    assert "review_competitor.csv" in str(page["gaps"].items)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_page_draws_its_figures(result: ReviewResult, lang: Lang) -> None:
    page = section(result, lang)
    pictures = [i for block in page.blocks for i in block.items if isinstance(i, Picture)]
    html = page._repr_html_()
    assert html.count("<img") == len(pictures) > 0
    assert all(picture.alt in html for picture in pictures)


# --- properties

numbers = st.floats(-100, 100).filter(lambda v: abs(v) > 1e-3)


@given(numbers, numbers, numbers)
@settings(deadline=None)
def test_attainment_does_not_know_the_direction(actual: float, base: float, target: float) -> None:
    if abs(base - target) < 1e-3:
        return
    up = attainment_share(actual, base, target)
    down = attainment_share(-actual, -base, -target)
    assert up == pytest.approx(down)
    assert attainment_share(target, base, target) == pytest.approx(1)
    assert attainment_share(base, base, target) == 0


@given(st.integers(1, 500), st.floats(0, 1), st.floats(0.01, 0.99))
@settings(deadline=None)
def test_state_and_probability_agree(n: int, p: float, target: float) -> None:
    m = measure(round(p * n) / n, "share", Counts(n=n, x=round(p * n)))
    chance = prob_beyond(m, target, 1)
    assert chance is not None
    match state_of(m, target, 1):
        case "attained_proven":
            assert chance >= 0.975 - 1e-9
        case "missed_proven":
            assert chance <= 0.025 + 1e-9
        case "attained_likely":
            assert 0.5 - 1e-9 <= chance <= 0.975 + 1e-9
        case _:
            assert 0.025 - 1e-9 <= chance <= 0.5 + 1e-9


@settings(deadline=None)
@given(
    st.floats(0.05, 0.9), st.floats(0.02, 0.4), st.floats(0.001, 0.05), st.floats(0.1, 1.5),
)  # fmt: skip
def test_absolute_reading_brings_more_than_relative(
    retention: float, discount: float, uplift: float, points: float
) -> None:
    e = Economics(1000, 50, retention, discount, uplift, points, 5000)
    relative, absolute = return_of(e, "relative"), return_of(e, "absolute")
    assert absolute.gain >= relative.gain
    assert relative.roi == pytest.approx(relative.ratio - 1)


@given(
    st.lists(
        st.tuples(st.floats(0.01, 10), st.one_of(st.none(), st.floats(-2, 3))),
        min_size=1,
        max_size=8,
    )
)
def test_score_lies_in_its_range_and_in_the_cap(items: list[tuple[float, float | None]]) -> None:
    weights, rates = [w for w, _ in items], [a for _, a in items]
    value, missing = score(weights, rates, 1.2)
    assert -1e-9 <= missing <= 1 + 1e-9
    ends = score_range(weights, rates, 1.2, 0.1)
    if value is None:
        assert ends is None
        return
    assert ends is not None
    assert 0 <= value <= 1.2 + 1e-12
    assert ends[0] - 1e-9 <= value <= ends[1] + 1e-9

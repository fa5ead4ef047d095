"""What is shown: escaped, complete, the same bytes each time, the user's settings untouched."""

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from playbook.core.display import shown_cell
from playbook.core.figure import FAMILY, new_figure, to_png
from playbook.core.findings import Finding
from playbook.core.html import fragment
from playbook.core.section import (
    Block,
    Column,
    Conclusion,
    Conclusions,
    Picture,
    Section,
    Skipped,
    Table,
    Text,
    conclude,
    skipped_section,
    spread,
)

HOSTILE = '<script>alert("x")</script><img src=x onerror=y>'


def chart() -> Figure:
    figure, (axes,) = new_figure(8, 5)
    axes.plot([1, -2, 3])
    axes.set_title("满意度 − 75 % $x$ 鑫")
    return figure


def block(*items: object) -> Block:
    return Block("main", HOSTILE, items, "zh")  # type: ignore[arg-type]


def test_client_text_is_escaped_everywhere() -> None:
    table = Table("t", HOSTILE, (Column("a", HOSTILE),), ({"a": HOSTILE},), HOSTILE)
    picture = Picture("p", HOSTILE, HOSTILE, chart)
    html = fragment(block(Text((HOSTILE,)), table, picture))
    assert "<script" not in html
    assert "onerror=y>" not in html.replace("&gt;", "")
    assert html.count("&lt;script&gt;") == 8


def test_a_picture_needs_caption_and_alt() -> None:
    with pytest.raises(ValueError, match="alt"):
        Picture("p", "caption", " ", chart)


def test_figures_are_the_same_bytes_and_leave_the_users_settings() -> None:
    before = dict(mpl.rcParams)
    one, two = Picture("p", "c", "a", chart), Picture("p", "c", "a", chart)
    assert one.svg == two.svg
    assert one.png == two.png
    assert dict(mpl.rcParams) == before
    assert b"<text" not in one.svg  # outlines: right on machines without Chinese fonts


def test_every_text_of_a_figure_is_in_the_house_font_even_when_drawn_outside_it() -> None:
    figure = chart()
    figure.canvas.draw()
    from matplotlib.text import Text as Words

    assert {tuple(t.get_fontfamily()) for t in figure.findobj(Words)} == {(FAMILY,)}


def test_the_house_font_holds_both_scripts(recwarn: pytest.WarningsRecorder) -> None:
    def draw() -> Figure:
        figure, (axes,) = new_figure(8, 5)
        axes.set_title("门店滿意度 服務目標 ≥ 85 % → ± – — ‰ ① ✓ （）、。“”Δ")
        return figure

    to_png(draw, dpi=50)
    assert [str(w.message) for w in recwarn if "missing" in str(w.message).lower()] == []


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("percent", 0.853, "85.3%"),
        ("points", 0.05, "+5.0 pp"),
        ("points", -0.05, "-5.0 pp"),
        ("signed", 0.0, "+0.0"),
        ("integer", 1234.0, "1,234"),
        ("number", None, "–"),
        ("yes", True, "yes"),
        ("p", 0.0004, "<0.001"),
        ("p", 0.0312, "0.031"),
        ("text", "x", "x"),
    ],
)
def test_cells_are_shown_by_the_kind_of_their_column(
    kind: str, value: object, expected: str
) -> None:
    column = Column("a", "A", kind)  # type: ignore[arg-type]
    assert shown_cell({"a": value}, column, "en") == expected  # type: ignore[dict-item]


def test_a_cell_without_its_interval_shows_the_value_alone() -> None:
    column = Column("a", "A", "number", low="lo", high="hi")
    assert shown_cell({"a": 1.0, "lo": None, "hi": 2.0}, column) == "1.0"


def test_an_interval_around_nought_reads_without_a_second_minus() -> None:
    column = Column("a", "A", "points", low="lo", high="hi")
    shown = shown_cell({"a": 0.02, "lo": -0.01, "hi": 0.05}, column, "en")
    assert shown == "+2.0 pp (-1.0 to +5.0)"


def test_an_unknown_block_is_refused_with_the_nearest_name() -> None:
    section = Section("kano", "t", "en", "q", (Block("main", "t", (), "en"),))
    with pytest.raises(KeyError, match="did you mean 'main'"):
        section["mian"]


def test_a_skipped_chapter_says_what_it_needs_and_shows_nothing_else() -> None:
    section = skipped_section(Skipped("kano", (("kano", "kano_counts"),)), "en")
    assert "kano.csv or kano_counts.csv" in section["summary"]._repr_html_()
    assert section["anything"].items == ()


def test_findings_become_sentences_with_their_certainty() -> None:
    finding = Finding("chapters_run", "fact", values={"run": 3, "all": 8}, weight="headline")
    (said,) = conclude("start", (finding,), "en")
    assert said.text == "3 of 8 chapters have the tables they need."
    assert said.headline
    assert "pb-fact" in fragment(block(Conclusions((said,))))


def test_conclusions_stand_where_they_belong_and_no_one_is_lost() -> None:
    lead = Text(("lead",))
    blocks = tuple(Block(key, key, (lead,), "en") for key in ("summary", "money", "people"))
    found = tuple(
        Conclusion(code, "fact", code, headline=head)
        for code, head in (("money_short", False), ("money_gone", True), ("stray", False))
    )
    placed = spread(blocks, found, {"money_": "money", "stray": "elsewhere"}, heads_first=True)
    codes = {
        block.id: [one.code for item in block.items[1:] for one in item.items]  # type: ignore[union-attr]
        for block in placed
    }
    assert codes == {"summary": ["money_gone", "stray"], "money": ["money_short"], "people": []}
    assert all(block.items[0] is lead for block in placed)

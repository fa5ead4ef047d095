"""The small SVG shows what matplotlib's shows: same letters, same places, same patterns."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from playbook.core.figure import new_figure, to_svg
from playbook.core.svg import _outline


def chart() -> Figure:
    figure, (axes,) = new_figure(10, 6)
    axes.bar(["甲 & <乙>", "ab"], [1, 2], hatch="//", edgecolor="#123456")
    axes.plot([0, 1], [1, 2], "o--", label="it's 50%")
    axes.legend()
    axes.set_title("甲乙甲乙", rotation=3)
    return figure


@pytest.fixture(scope="module")
def root() -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(chart))  # noqa: S314


def test_every_pointer_has_its_target_and_every_name_a_pointer(root: ElementTree.Element) -> None:
    text = ElementTree.tostring(root, encoding="unicode")
    pointed = set(re.findall(r'href="#(\w+)"', text)) | set(re.findall(r"url\(#(\w+)\)", text))
    assert pointed == {e.get("id") for e in root.iter() if e.get("id")}
    assert pointed == set(re.findall(r' id="(\w+)"', text))


def test_letters_stand_once_and_are_used_where_they_are_read(root: ElementTree.Element) -> None:
    glyphs = {e.get("id") for e in root.iter() if e.get("transform") == "scale(.1)"}
    used = [e.get("{http://www.w3.org/1999/xlink}href", "")[1:] for e in root.iter()]
    letters = [name for name in used if name in glyphs]
    assert len(letters) > 20  # ticks, labels, legend, title
    assert len(glyphs) < len(letters)


def test_colours_dashes_and_patterns_stay(root: ElementTree.Element) -> None:
    text = ElementTree.tostring(root, encoding="unicode")
    assert "#123456" in text
    assert "stroke-dasharray" in text
    assert "pattern" in text
    assert "rotate(-3)" in text


def test_it_is_small() -> None:
    svg = to_svg(chart)
    assert b"<!--" not in svg
    assert b"metadata" not in svg
    assert len(svg) < 25_000


places = st.floats(-2_000, 2_000).map(lambda v: round(v, 6))


@given(st.lists(st.tuples(places, places), min_size=2, max_size=30))
def test_no_point_is_off_by_more_than_the_rounding(points: list[tuple[float, float]]) -> None:
    first, *rest = points
    data = f"M {first[0]:f} {first[1]:f} \n" + "".join(f"L {x:f} {y:f} \n" for x, y in rest)
    x = y = 0.0
    found = []
    for letter, body in re.findall("([mlhv])([^mlhv]*)", _outline(data, 100)):
        steps = [float(n) for n in re.findall(r"-?\d*\.?\d+", body)]
        x += 0 if letter == "v" else steps[0]
        y += 0 if letter == "h" else steps[-1]
        found.append((x, y))
    assert len(found) == len(points)
    for (a, b), (c, d) in zip(found, points, strict=True):
        assert abs(a - c) < 0.0051
        assert abs(b - d) < 0.0051

"""The same SVG in a third of the bytes: matplotlib writes for readers, a report is sent by mail.

Coordinates are kept to a hundredth of a point and the outlines of letters in the font's own units,
which print sharp at any size; names that nothing points to, comments and empty groups go.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_LINK = "{http://www.w3.org/1999/xlink}href"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACES = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
_GLYPH_SCALE = "scale(0.015625)"
"""Matplotlib's outlines of letters are 6,400 units high; most fonts, and ours, have 1,000."""
_POINTED = re.compile(r"(?:url\()?#([\w-]+)\)?")
_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_NUMBER = re.compile(r"-?\d+\.\d+")
_SHIFT = re.compile(r"translate\((\S+) 0\)")
_LENGTHS = frozenset({"x", "y", "width", "height"})
_POINTERS = (_LINK, "clip-path")


def compact(svg: bytes) -> bytes:
    """Write matplotlib's SVG again, small. The same bytes give the same bytes."""
    root = ElementTree.fromstring(svg)  # noqa: S314
    names = _short_names(root)
    return (_HEAD + "".join(_written(root, names, f"svg {_SPACES}"))).encode("utf-8")


def _short_names(root: ElementTree.Element) -> dict[str, str]:
    """A short name for each id that something points to; hatches are named in styles."""
    names: dict[str, str] = {}
    for element in root.iter():
        texts = [element.get(key, "") for key in (*_POINTERS, "style")]
        for found in (name for text in texts for name in _POINTED.findall(text) if name):
            names.setdefault(found, f"n{len(names)}")
    named = {element.get("id") for element in root.iter()}
    return {name: short for name, short in names.items() if name in named}


def _written(
    element: ElementTree.Element, names: Mapping[str, str], opening: str = ""
) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    if tag == "metadata":
        return
    inner = [part for child in element for part in _written(child, names)]
    if element.text and element.text.strip():
        inner.insert(0, escape(element.text.strip()))
    attributes = "".join(_attributes(tag, element, names))
    if tag == "g" and (not attributes or not inner):
        yield from inner
        return
    yield f"<{opening or tag}{attributes}"
    yield f">{''.join(inner)}</{tag}>" if inner else "/>"


def _attributes(tag: str, element: ElementTree.Element, names: Mapping[str, str]) -> Iterator[str]:
    glyph = tag == "path" and element.get("transform") == _GLYPH_SCALE
    for key, value in element.items():
        if key == "id":
            if value in names:
                yield f" id='{names[value]}'"
        elif key == "d":
            yield f" d='{_glyph(value) if glyph else _outline(value, 100)}'"
        elif key == "transform" and glyph:
            yield " transform='scale(.1)'"
        elif key == "transform" and tag == "use" and (shift := _SHIFT.fullmatch(value)):
            yield f" x='{_rounded(shift[1])}'"
        elif key == "transform":
            yield f" transform='{_transform(value)}'"
        else:
            plain = _POINTED.sub(lambda m: m[0].replace(m[1], names.get(m[1], m[1])), value)
            plain = _rounded(plain) if key in _LENGTHS and tag != "svg" else plain
            plain = plain.replace(": ", ":").replace("; ", ";") if key == "style" else plain
            shown = "xlink:href" if key == _LINK else key
            yield f" {shown}='{escape(plain, {chr(39): '&apos;'})}'"


def _transform(value: str) -> str:
    """Places to a hundredth; scales and turns as they are."""
    return re.sub(r"translate\([^)]*\)", lambda m: _rounded(m[0]), value)


def _rounded(text: str) -> str:
    """Every number of the text to a hundredth.

    >>> _rounded("translate(100.511754 206.0)")
    'translate(100.51 206)'
    """
    return _NUMBER.sub(lambda found: _shown(round(float(found[0]) * 100), 100), text)


@lru_cache(4096)
def _glyph(data: str) -> str:
    return _outline(data, 1, 6.4)


def _outline(data: str, per_unit: int, shrink: float = 1.0) -> str:
    """Path data as steps from point to point, to 1/per_unit, each coordinate divided by shrink.

    Steps between rounded points, so that no rounding adds up.

    >>> _outline("M 10 20 \\nL 12.504 20 \\nL 12.504 18 \\nC 1 2 3 4 5 6.1 \\nz", 100)
    'm10 20h2.5v-2c-11.5-16-9.5-14-7.5-11.9z'
    """
    out: list[str] = []
    x = y = start_x = start_y = 0
    for letter, body in _COMMAND.findall(data):
        if letter == "z":
            out.append("z")
            x, y = start_x, start_y
            continue
        at = [round(float(number) * per_unit / shrink) for number in body.split()]
        steps = [v - (y if i % 2 else x) for i, v in enumerate(at)]
        x, y = at[-2:]
        if letter == "M":
            start_x, start_y = x, y
        out.append(_step(letter.lower(), steps, per_unit))
    return "".join(out)


def _step(letter: str, steps: list[int], per_unit: int) -> str:
    if letter == "l" and steps[1] == 0:
        return f"h{_shown(steps[0], per_unit)}"
    if letter == "l" and steps[0] == 0:
        return f"v{_shown(steps[1], per_unit)}"
    return letter + _joined(_shown(step, per_unit) for step in steps)


def _joined(numbers: Iterable[str]) -> str:
    """Numbers side by side; a minus sign parts them as well as a blank."""
    return " ".join(numbers).replace(" -", "-")


def _shown(count: int, per_unit: int) -> str:
    """A count of 1/per_unit as a decimal number.

    >>> _shown(250, 100), _shown(-7, 100), _shown(8, 1)
    ('2.5', '-.07', '8')
    """
    if per_unit == 1 or not count % per_unit:
        return str(count // per_unit)
    text = f"{count / per_unit:.2f}".rstrip("0")
    return text.replace("0.", ".", 1) if abs(count) < per_unit else text

"""Blocks and sections as HTML: one template, everything escaped, no script, no outside address."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from playbook.core.display import shown_cell
from playbook.core.section import Block, Picture, Section
from playbook.core.text import say


def fragment(part: Block | Section) -> str:
    """A block or section as it stands in a notebook, with its style."""
    template = environment().get_template("fragment.html")
    return template.render(part=part, lang=part.lang, style=style())


@cache
def environment() -> Environment:
    """The templates, escaping always on."""
    made = Environment(
        loader=PackageLoader("playbook.core"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["cell"] = shown_cell
    made.filters["svg_address"] = svg_address
    made.globals["say"] = say
    return made


def svg_address(picture: Picture) -> str:
    """The picture as a data address for ``<img src>``: as text, shorter than base64 by a third."""
    return "data:image/svg+xml," + quote(picture.svg, safe=" !$&'()*+,-./:;=?@[]_~")


@cache
def style() -> Markup:
    """The CSS of blocks; our own file, so safe."""
    source = files("playbook") / "core" / "templates" / "block.css"
    return Markup(source.read_text(encoding="utf-8"))  # noqa: S704

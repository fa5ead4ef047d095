"""The report as one HTML file: no script, no outside address, everything escaped."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from playbook.core.html import environment, style
from playbook.core.records import write_text
from playbook.report.model import Report

_TEMPLATES = "report/templates"


def to_html(report: Report) -> str:
    """Render the report. The same report gives the same bytes."""
    source = template_file("report.html")
    template = environment().from_string(source)
    sheet = style() + Markup(template_file("report.css"))  # noqa: S704  our own file
    return template.render(report=report, lang=report.lang, style=sheet)


def write_html(report: Report, out: Path) -> Path:
    """Write ``report.html`` into out, whole or not at all."""
    path = out / "report.html"
    write_text(path, to_html(report))
    return path


@cache
def template_file(name: str) -> str:
    """The text of one of the report's own templates or style sheets."""
    return (files("playbook") / _TEMPLATES / name).read_text(encoding="utf-8")

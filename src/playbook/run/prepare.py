"""A stored notebook made ready for one language and one set of parameters."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.core.problems import did_you_mean
from playbook.core.text import LANGS, Lang

# jsonschema builds a large grammar of an optional format at import when this module is found:
# a second for every process that reads a notebook
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

SKIPPED_TAGS = frozenset({"explore"})
"""Cells for people only; left out of runs."""


def notebooks_folder() -> Path:
    """The folder of the stored notebooks: of this checkout, or below the current folder."""
    of_checkout = Path(__file__).parents[3] / "notebooks"
    return of_checkout if of_checkout.is_dir() else Path.cwd() / "notebooks"


def in_language(notebook: Any, lang: Lang) -> Any:
    """Keep the prose of one language and drop the cells that a run skips (changes notebook)."""
    other = {f"lang-{known}" for known in LANGS if known != lang} | SKIPPED_TAGS
    notebook.cells = [
        cell for cell in notebook.cells if not other & set(cell.metadata.get("tags", ()))
    ]
    return notebook


def check_parameters(path: Path, given: Mapping[str, object]) -> None:
    """Refuse a parameter the notebook does not declare; papermill would inject it as code.

    Raises ValueError with the nearest declared name.
    """
    from papermill import inspect_notebook

    declared = inspect_notebook(str(path))
    for name in given:
        if name not in declared:
            near = did_you_mean(name, declared)
            hint = f"; did you mean {near!r}?" if near else ""
            known = ", ".join(declared)
            raise ValueError(f"{path.name} has no parameter {name!r} (it has {known}){hint}")

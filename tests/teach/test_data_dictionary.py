"""data/README.md names every table and every column that a case may hold."""

import re
from pathlib import Path

import pytest

from playbook.case import table_specs

README = (Path(__file__).parents[2] / "data" / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    part.split(maxsplit=1)[0]: part for part in re.split(r"^## ", README, flags=re.MULTILINE)[1:]
}


@pytest.mark.parametrize("table", sorted(table_specs()))
def test_every_column_stands_in_the_dictionary(table: str) -> None:
    told = set(re.findall(r"`([A-Za-z0-9_]+\*?)`", SECTIONS[table]))
    wanted = {f.name + "*" * f.required for f in table_specs()[table].fields}
    assert wanted <= told, sorted(wanted - told)

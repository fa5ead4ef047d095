"""A module imports only from lower floors; chapters never import each other."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "playbook"
MODULES = sorted(path for path in SRC.rglob("*.py") if path.name != "__init__.py")


SHOWN = {"section", "explore", "tables"}
DRAWN = {"charts", "drawing", "lettering"}
"""Words in a chapter module's name that say its floor; every other module computes."""


def floor(parts: tuple[str, ...]) -> int:
    """The floor of a module, by its path below ``playbook``."""
    match parts:
        case ("core", *_):
            return 0
        case ("chapters", _, *_, name) if SHOWN & set(name.split("_")):
            return 3
        case ("chapters", _, *_, name) if DRAWN & set(name.split("_")):
            return 2
        case ("chapters", *_):
            return 1
        case ("case",):
            return 2
        case ("report" | "bench", *_):
            return 4
        case ("run" | "teach", *_):
            return 5
        case _:
            return 6


def imports(path: Path) -> list[tuple[str, ...]]:
    """The modules of this package that a file imports, as paths below ``playbook``."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [name if is_module(name) else node.module for name in inside]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [tuple(n.split(".")[1:]) for n in found if n.startswith("playbook.")]


def is_module(name: str) -> bool:
    path = SRC.parent / Path(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def test_every_module_has_a_floor_and_the_test_sees_them() -> None:
    assert len(MODULES) > 30
    assert floor(("core", "text")) == 0
    assert floor(("chapters", "kano", "layout")) == 1
    assert floor(("chapters", "plan", "schedule", "charts")) == 2
    assert floor(("cli",)) == 6


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_imports_only_from_its_own_floor_or_lower(path: Path) -> None:
    here = path.relative_to(SRC).with_suffix("").parts
    for there in imports(path):
        assert floor(there) <= floor(here), f"{'.'.join(here)} imports {'.'.join(there)}"
        if here[0] == "chapters" == there[0] and len(there) > 1:
            assert there[1] == here[1], f"chapter {here[1]} imports chapter {there[1]}"
        if here[0] == "core":
            assert there[0] == "core"


def test_the_core_modules_imported_lazily_stay_out_of_the_command_line() -> None:
    """``playbook --help`` must not load pandas or matplotlib."""
    tree = ast.parse((SRC / "cli.py").read_text(encoding="utf-8"))
    top = {a.name for n in tree.body if isinstance(n, ast.Import) for a in n.names}
    top |= {n.module or "" for n in tree.body if isinstance(n, ast.ImportFrom)}
    assert not any(name.startswith("playbook") for name in top)


COMPUTE = [p for p in MODULES if floor(p.relative_to(SRC).with_suffix("").parts) == 1]


@pytest.mark.parametrize("path", COMPUTE, ids=lambda path: path.relative_to(SRC).as_posix())
def test_what_computes_neither_speaks_nor_draws(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    there = {".".join(name) for name in imports(path)}
    assert not there & {"core.section", "core.figure", "core.html", "core.display"}
    assert "import say" not in text
    assert "matplotlib" not in text

"""Reference numbers, and what keeps several thousand tests quick.

``vector`` loads reference numbers, ``assert_agrees`` compares with their tolerance.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import playbook.run.prepare  # noqa: F401  before nbformat: spares each worker seconds
from playbook import case
from playbook.core.intake.tables import Loaded
from playbook.core.records import to_dict
from playbook.core.schema import Mapped, TableSpec
from playbook.core.section import Picture

VECTORS = Path(__file__).parent / "vectors"
settings.register_profile("quick", max_examples=30)


def pytest_configure(config: pytest.Config) -> None:
    """Without the slow tests, properties are tried on fewer examples; a whole run tries all."""
    if "not slow" in config.option.markexpr:
        settings.load_profile("quick")


@pytest.fixture(scope="session", autouse=True)
def _same_bytes_are_read_once() -> Iterator[None]:
    """Hundreds of tests open the same cases: a file of the same name and bytes is parsed once.

    Each test gets frames of its own; a file that a test changes is read anew.
    """
    read = case.read_table
    known: dict[tuple[Any, ...], Loaded] = {}

    def read_once(spec: TableSpec, path: Path, mapped: Mapped | None = None) -> Loaded:
        key = (spec.name, path.name, repr(mapped), path.read_bytes() if path.is_file() else b"")
        if key not in known:
            known[key] = read(spec, path, mapped)
        found = known[key]
        return found if found.frame is None else replace(found, frame=found.frame.copy())

    case.read_table = read_once
    yield
    case.read_table = read


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without their figures, for tests of words and tables: drawing takes most of the time.

    The figures of each chapter are drawn by tests of their own.
    """
    monkeypatch.setattr(Picture, "svg", b"<?xml version='1.0'?><svg/>")


@pytest.fixture(scope="session")
def vectors() -> Path:
    return VECTORS


@pytest.fixture(scope="session")
def vector() -> Callable[[str], dict[str, Any]]:
    """``vector("kano_edge_cases")``: inputs, expected, tolerance, source."""

    def load(name: str) -> dict[str, Any]:
        return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))

    return load


@pytest.fixture(scope="session")
def assert_agrees() -> Callable[..., None]:
    """``assert_agrees(actual, expected, tolerance, looser)``: all of expected is in actual.

    actual may be a record; keys that expected does not name are not compared. looser maps a key,
    or the dotted end of a path of keys, to its own absolute tolerance.
    """
    return _agree


def _agree(
    actual: Any, expected: Any, tolerance: float, looser: Mapping[str, float] = {}, path: str = ""
) -> None:
    if is_dataclass(actual):
        actual = to_dict(actual)
    if isinstance(expected, Mapping):
        for key, item in expected.items():
            if key == "looser":
                continue
            assert key in actual, f"{path}.{key} is not in {sorted(actual)}"
            _agree(actual[key], item, tolerance, looser, f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), f"{path}: {actual!r} v {expected!r}"
        for i, (a, e) in enumerate(zip(actual, expected, strict=True)):
            _agree(a, e, tolerance, looser, f"{path}.{i}")
    elif isinstance(expected, float | int) and not isinstance(expected, bool):
        allowed = next((t for k, t in looser.items() if path.endswith(k)), tolerance)
        assert actual is not None, f"{path}: None v {expected}"
        assert abs(actual - expected) <= allowed, f"{path}: {actual} v {expected} (±{allowed})"
    else:
        assert actual == expected, f"{path}: {actual!r} v {expected!r}"

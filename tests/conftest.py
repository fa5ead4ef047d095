"""Reference numbers: ``vector`` loads one, ``assert_agrees`` compares with its tolerance."""

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

from playbook.core.records import to_dict

VECTORS = Path(__file__).parent / "vectors"


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

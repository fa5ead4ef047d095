"""Records: frozen dataclasses to and from TOML and JSON, strictly.

Reading names the path of each fault and the nearest known key, and reports all faults at once.
Writing is atomic and always gives the same bytes for the same record: numbers are kept to ten
significant digits, so that the last bits of a processor's arithmetic never show.
"""

import json
import math
import os
import tempfile
import tomllib
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from playbook.core.problems import Problem, RefusedError, did_you_mean, shown

R = TypeVar("R")
DIGITS = 10


def load_toml(cls: type[R], path: Path) -> R:
    """Read a record from a TOML file. Raises RefusedError with every fault and its path."""
    return from_dict(cls, read_toml(path), file=path.name)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file (UTF-8, with or without BOM) as plain data."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise RefusedError([Problem("records.not_utf8", file=path.name)]) from fault
    except tomllib.TOMLDecodeError as fault:
        problem = Problem("records.not_toml", file=path.name, values={"cause": str(fault)})
        raise RefusedError([problem]) from fault


def from_dict(cls: type[R], data: Mapping[str, Any], file: str = "") -> R:
    """Build a record of class cls from plain data. Raises RefusedError with every fault.

    >>> from playbook.core.text import Name
    >>> from_dict(Name, {"zh": "店", "en": "branch"})
    Name(zh='店', en='branch')
    """
    faults: list[Problem] = []
    record = _record(cls, data, "", faults, file)
    if faults:
        raise RefusedError(faults)
    return cast(R, record)


def to_dict(value: Any) -> Any:
    """Turn records, tuples, mappings and dates into plain JSON data; not-a-number becomes None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_dict(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_dict(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_dict(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return _plain(value)


def to_json(value: Any) -> str:
    """The one JSON text of a record: two spaces, field order, UTF-8, newline at the end."""
    return json.dumps(to_dict(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text so that the file is there whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, then move into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if hasattr(value, "item"):  # a numpy scalar
        return _plain(value.item())
    if isinstance(value, float):
        rounded = float(f"{value:.{DIGITS}g}")
        return rounded if math.isfinite(rounded) else None
    raise TypeError(f"a record cannot hold {type(value).__name__} {value!r}")


def _record(cls: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    if not isinstance(data, Mapping):
        faults.append(_fault("not_a_table", file, path, data))
        return None
    known = {f.name: f for f in fields(cls)}
    hints = get_type_hints(cls)
    for key in data:
        if key not in known:
            faults.append(_unknown(key, known, file, path))
    given = {
        name: _value(hints[name], data[name], _join(path, name), faults, file)
        for name in known
        if name in data
    }
    missing = [name for name, f in known.items() if name not in data and _required(f)]
    faults += [_fault("key_missing", file, _join(path, name), "") for name in missing]
    if faults:
        return None
    try:
        return cls(**given)
    except RefusedError as refused:  # a record's own check
        faults.extend(refused.problems)
        return None


def _value(hint: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return data
    if origin in (Union, types.UnionType):
        return _union(args, data, path, faults, file)
    if origin is Literal:
        return data if data in args else _bad(faults, file, path, data, " | ".join(map(str, args)))
    if origin is tuple:
        return _items(args, data, path, faults, file)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(args[1], data, path, faults, file)
    if is_dataclass(hint):
        return _record(hint, data, path, faults, file)
    return _scalar(hint, data, path, faults, file)


def _union(args: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    if data is None and type(None) in args:
        return None
    tried: list[Problem] = []
    # the exact type first: in ``float | int`` a whole number stays one
    for arg in sorted((a for a in args if a is not type(None)), key=lambda a: a is not type(data)):
        tried = []
        value = _value(arg, data, path, tried, file)
        if not tried:
            return value
    faults.extend(tried)
    return None


def _items(args: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    if not isinstance(data, list | tuple):
        return _bad(faults, file, path, data, "[ … ]")
    hints: Iterable[Any] = [args[0]] * len(data) if args[-1] is Ellipsis else args
    if args[-1] is not Ellipsis and len(args) != len(data):
        return _bad(faults, file, path, data, f"{len(args)} × [ … ]")
    return tuple(
        _value(hint, item, f"{path}[{i}]", faults, file)
        for i, (hint, item) in enumerate(zip(hints, data, strict=True))
    )


def _mapping(hint: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    if not isinstance(data, Mapping):
        return _bad(faults, file, path, data, "{ … }")
    return {k: _value(hint, v, _join(path, k), faults, file) for k, v in data.items()}


def _scalar(hint: Any, data: Any, path: str, faults: list[Problem], file: str) -> Any:
    if hint is float and isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    if hint is date and isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError:
            return _bad(faults, file, path, data, "2026-03-31")
    if hint is date and isinstance(data, datetime):
        return data.date()
    right = type(data) is hint or (hint is date and isinstance(data, date))
    return data if right else _bad(faults, file, path, data, hint.__name__)


def _bad(faults: list[Problem], file: str, path: str, data: Any, expected: str) -> None:
    faults.append(_fault("bad_value", file, path, data, expected))


def _fault(code: str, file: str, path: str, data: Any, expected: str = "") -> Problem:
    values = {"path": path, "expected": expected}
    return Problem(f"records.{code}", file=file, value=shown(str(data)), values=values)


def _unknown(key: str, known: Iterable[str], file: str, path: str) -> Problem:
    near = did_you_mean(key, known)
    code = "key_unknown_near" if near else "key_unknown"
    values = {"path": _join(path, key), "near": near, "known": ", ".join(known)}
    return Problem(f"records.{code}", file=file, value=key, values=values)


def _required(f: "Field[Any]") -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name

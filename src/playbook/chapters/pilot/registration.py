"""The registration of a pilot: one canonical text, its SHA-256, and what deviates from it.

The text is written and sealed before the first answer of the pilot period. It is TOML, one line
a key, in a fixed order, so that the same content always has the same hash.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any

from playbook.chapters.pilot.inputs import Settings
from playbook.chapters.pilot.parts import Deviation, Registration
from playbook.core.records import to_dict

NOT_SEALED = (
    "registered_on", "registered_sha256", "registered_text",
    "interim_looks", "shared_staff", "contaminated", "max_assignments",
)  # fmt: skip
"""Settings that are the seal itself, are noted later, or are no choice of the analysis."""
SEALED = tuple(f.name for f in fields(Settings) if f.name not in NOT_SEALED)


def canonical_text(settings: Settings) -> str:
    """The registration as TOML, one key a line; keys without a value are left out.

    >>> canonical_text(Settings(margin=0.05)).splitlines()[0]
    'margin = 0.05'
    """
    given = {key: getattr(settings, key) for key in SEALED}
    lines = [f"{key} = {_toml(value)}" for key, value in given.items() if value is not None]
    return "\n".join(lines) + "\n"


def seal(settings: Settings) -> str:
    """SHA-256 of the canonical text: what to write down, dated, before the pilot starts."""
    return hash_of(canonical_text(settings))


def hash_of(text: str) -> str:
    """SHA-256 of a registration, whatever line ends its editor left."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return sha256(("\n".join(lines) + "\n").encode("utf-8")).hexdigest()


def check_seal(settings: Settings) -> Registration:
    """Is the analysis the registered one? intact is None where no hash was given."""
    given = settings.registered_sha256.strip().lower()
    text = settings.registered_text or canonical_text(settings)
    intact = hash_of(text) == given if given else None
    return Registration(bool(given), settings.registered_on, seal(settings), intact)


def deviations(
    settings: Settings,
    pilots: Iterable[str],
    guardrails: Mapping[str, tuple[str, float]],
    gates: Mapping[str, tuple[float, float]],
    analysed_on: date,
) -> tuple[Deviation, ...]:
    """Every difference between the registration and what was done; empty without a registration.

    guardrails: metric -> worse, margin as the table has them; gates: gate -> red, green.
    """
    seal_state = check_seal(settings)
    if not seal_state.registered:
        return ()
    found = [] if seal_state.intact else [_deviation("hash_differs", "", "", seal_state.sha256)]
    found += _changed(settings)
    found += _dates(settings, analysed_on)
    found += _stores(settings, tuple(pilots))
    registered = {g.metric: (str(g.worse), g.margin) for g in settings.guardrails}
    found += _lists("guardrail", registered, guardrails)
    found += _lists("gate", {g.gate: (g.red, g.green) for g in settings.gates}, gates)
    return tuple(found)


def _changed(settings: Settings) -> list[Deviation]:
    """Key by key, where the sealed text is at hand."""
    if not settings.registered_text.strip():
        return []
    try:
        sealed = tomllib.loads(settings.registered_text)
    except tomllib.TOMLDecodeError as fault:
        return [_deviation("text_unreadable", str(fault), "", "")]
    used = tomllib.loads(canonical_text(settings))
    return [
        _deviation("setting_changed", key, sealed.get(key, ""), used.get(key, ""))
        for key in sorted(sealed.keys() | used.keys())
        if sealed.get(key) != used.get(key)
    ]


def _dates(settings: Settings, analysed_on: date) -> list[Deviation]:
    found = []
    on, post = settings.registered_on, settings.post_from
    if on and post and on >= post:
        found.append(_deviation("registered_late", "", on, post))
    planned = settings.analysis_date
    if planned and analysed_on < planned:
        found.append(_deviation("analysed_early", "", planned, analysed_on))
    if settings.interim_looks and settings.look_bounds == "none":
        found.append(_deviation("looked_early", "", 0, settings.interim_looks))
    return found


def _stores(settings: Settings, pilots: tuple[str, ...]) -> list[Deviation]:
    planned = settings.pilot_stores
    if not planned or set(planned) == set(pilots):
        return []
    return [_deviation("pilots_differ", "", "; ".join(planned), "; ".join(pilots))]


def _lists(
    what: str, registered: Mapping[str, tuple[Any, ...]], used: Mapping[str, tuple[Any, ...]]
) -> list[Deviation]:
    found = []
    for key in sorted(registered.keys() | used.keys()):
        if key not in used:
            found.append(_deviation(f"{what}_missing", key, _limits(registered[key]), ""))
        elif key not in registered:
            found.append(_deviation(f"{what}_added", key, "", _limits(used[key])))
        elif registered[key] != used[key]:
            limits = _limits(registered[key]), _limits(used[key])
            found.append(_deviation(f"{what}_changed", key, *limits))
    return found


def _limits(values: tuple[Any, ...]) -> str:
    return " / ".join(f"{v:g}" if isinstance(v, float) else str(v) for v in values)


def _deviation(code: str, about: str, registered: object, used: object) -> Deviation:
    return Deviation(code, about, str(to_dict(registered)), str(to_dict(used)))


def _toml(value: Any) -> str:
    """A value as TOML; floats to ten digits, as everywhere in this package."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if hasattr(value, "__dataclass_fields__"):
        pairs = [f"{f.name} = {_toml(getattr(value, f.name))}" for f in fields(value)]
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)

"""The chapter takes no table of its own: it looks at all the others."""

from dataclasses import dataclass

from playbook.core.schema import TableSpec

TABLES: tuple[TableSpec, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Nothing to set."""

"""The chapters in their order: what each needs and whose results it reads.

To add a chapter: a row here, a package beside this file, a notebook, a test.
"""

from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Chapter:
    """needs: groups of tables, one table of each group must be there; after: chapters it reads.

    helped_by: chapters whose results it uses where they can be had. They may come later: what they
    give is then computed anew from the tables, never read from an older run.
    """

    number: int
    name: str
    needs: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()
    helped_by: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        return f"{self.number:02d}_{self.name}.ipynb"

    def module(self, part: str) -> ModuleType:
        """Import one part of the chapter: ``inputs``, ``analysis`` or ``section``."""
        from importlib import import_module

        return import_module(f"playbook.chapters.{self.name}.{part}")

    def missing(self, there: "frozenset[str] | set[str]") -> tuple[tuple[str, ...], ...]:
        """The groups of which no table is there."""
        return tuple(group for group in self.needs if not there & set(group))


PLANS = (
    "plan_actions", "plan_load", "plan_budget", "plan_risks", "plan_messages", "plan_training",
    "plan_points", "plan_sop", "plan_vendors", "plan_blueprint", "plan_articles", "plan_forms",
)  # fmt: skip
"""Tables that make a plan each by itself."""

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(0, "start"),
    Chapter(1, "goals", needs=(("goals", "goals_needs", "goals_history"),), helped_by=("kano",)),
    Chapter(2, "smart", needs=(("goals", "smart_sentences"),), after=("goals",)),
    Chapter(3, "tree", needs=(("tree",),), after=("goals",)),
    Chapter(4, "kano", needs=(("kano", "kano_counts", "kano_matrix"),)),
    Chapter(5, "servqual", needs=(("servqual", "servqual_summary"),)),
    Chapter(
        7,
        "plan",
        needs=(PLANS,),
        after=("goals", "tree", "kano", "servqual"),
        helped_by=("pilot",),
    ),
    Chapter(8, "pilot", needs=(("pilot",),)),
    Chapter(10, "review", needs=(("review_actuals",),), after=("goals", "pilot")),
)

REPORT = Chapter(11, "report", after=tuple(c.name for c in CHAPTERS))
"""The last notebook: it reads what the others saved and has no analysis of its own."""


def chapter(name: str) -> Chapter:
    """The chapter of this name. Raises KeyError with the nearest name."""
    for found in (*CHAPTERS, REPORT):
        if found.name == name:
            return found
    from playbook.core.problems import did_you_mean

    near = did_you_mean(name, [c.name for c in (*CHAPTERS, REPORT)])
    raise KeyError(f"no chapter {name!r}" + (f"; did you mean {near!r}?" if near else ""))

"""The solver's own lines reach nobody: no notebook, no terminal, no pipe."""

import subprocess
import sys

SOLVE = """
import numpy as np
from playbook.chapters.plan.choice import solve
from playbook.chapters.plan.choice.menu import Group, Menu
{before}
rng, n = np.random.default_rng(9), 16
value, effort = rng.uniform(0, 1, n), rng.integers(1, 60, n).astype(float)
cost = rng.integers(1, 500, n) * 1e3
groups = (Group((0, 1, 2, 3), None), Group((4, 5, 6), 0.8), Group((7, 8, 9), None))
limits = float(round(effort.sum() * 0.4)), float(cost.sum() * 0.4)
print("before")
solve.best_set(Menu(value, effort, cost, *limits, (), (), groups))
print("after")
"""


def printed(before: str = "") -> list[str]:
    run = [sys.executable, "-c", SOLVE.format(before=before)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_menu_on_which_highs_prints_is_solved_in_silence_and_python_still_speaks() -> None:
    assert printed() == ["before", "after"]


def test_without_a_standard_output_it_is_solved_as_well() -> None:
    assert printed("import os, sys; os.close(1); sys.stdout = None") == []

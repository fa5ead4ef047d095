"""The best set of actions by integer programming (formula PL1; scipy's milp, HiGHS).

Among sets of equal worth the one that takes less of the limits is chosen.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from playbook.chapters.plan.choice.menu import Flags, Floats, Menu, within
from playbook.chapters.plan.choice.silence import silent

SCALES = (1e3, 1.0, 1e2)
"""Values and limits are brought to the first size, so that the solver's absolute tolerances, 1e-6,
are a billionth of them whatever the unit; where HiGHS then stops in an error, to the next."""
MOST_TIES = 60


class UnsolvedError(RuntimeError):
    """The solver did not prove a best set; says its status."""


def best_set(menu: Menu, gap: float = 0.0) -> Flags:
    """PL1: the feasible set of the largest worth, proven to within gap of its worth.

    Raises UnsolvedError if the solver gives no proof (or there is no feasible set).
    """
    first = _solved(menu, menu.values, None, gap)
    if menu.n > MOST_TIES or gap:  # a second proof would cost more than a tie is worth
        return _without_idle(menu, first)
    try:
        cheaper = _solved(menu, -menu.share_of_limits(), menu.worth(first), 0.0)
    except UnsolvedError:  # worths of many sizes: the first set is proven, the tie stays open
        return _without_idle(menu, first)
    return _without_idle(menu, cheaper if menu.fits(cheaper) else first)


def _solved(menu: Menu, aim: Floats, at_least: float | None, gap: float) -> Flags:
    """Maximise aim; at_least: the worth the set must keep. Rounding is checked, not trusted."""
    banned: list[Flags] = []
    while True:
        chosen = _once(menu, aim, at_least, banned, gap)
        rounded_off = at_least is not None and menu.worth(chosen) < at_least - _slack(menu)
        if menu.fits(chosen) and not rounded_off:
            return chosen
        banned.append(chosen)  # fitted only within the solver's tolerance


def _slack(menu: Menu) -> float:
    return 1e-9 * float(np.abs(menu.values).sum())


def _once(
    menu: Menu, aim: Floats, at_least: float | None, banned: list[Flags], gap: float
) -> Flags:
    """Columns: x of each action, then the excess over the cap of each group."""
    n, k = menu.n, len(menu.groups)
    penalty = -np.ones(k) if aim is menu.values else np.zeros(k)
    gain = np.concatenate([aim / _largest(aim), penalty / _largest(menu.values)])
    fixed = np.array([float(i in menu.must) for i in range(n)] + [0.0] * k)
    said = ""
    for scale in SCALES:
        rows, upper = _rows(menu, banned, scale)
        if at_least is not None:
            size = scale / _largest(menu.values)
            rows.append({**dict(enumerate(-menu.values * size)), **{n + g: size for g in range(k)}})
            upper.append((_slack(menu) - at_least) * size)
        with silent():
            found = milp(
                -gain * scale,
                constraints=_constraint(rows, upper, n + k),
                integrality=np.array([1] * n + [0] * k),
                bounds=Bounds(fixed, np.concatenate([np.ones(n), _most_over(menu)])),
                options={"mip_rel_gap": gap},
            )
        if found.success:
            chosen: Flags = np.asarray(found.x[:n]) > 0.5
            return chosen
        said = str(found.message)
    raise UnsolvedError(said)


def _largest(values: Floats) -> float:
    return float(np.abs(values).max(initial=0.0)) or 1.0


def _most_over(menu: Menu) -> Floats:
    """The most by which each group can exceed its cap."""
    sums = [float(np.maximum(menu.values[list(g.members)], 0.0).sum()) for g in menu.groups]
    return np.array(sums)


def _rows(
    menu: Menu, banned: list[Flags], scale: float
) -> tuple[list[dict[int, float]], list[float]]:
    """Every rule as a row: sum of coefficient x column <= upper."""
    rows: list[dict[int, float]] = []
    upper: list[float] = []
    for used, limit in ((menu.effort, menu.effort_limit), (menu.cost, menu.cost_limit)):
        if limit is not None:
            size = scale / limit if limit > 0 else 1.0
            rows.append(dict(enumerate(used * size)))
            upper.append(limit * size)
    for one, needed in menu.requires:
        if one != needed:
            rows.append({one: 1.0, needed: -1.0})
            upper.append(0.0)
    for a, b in menu.excludes:
        rows.append({a: 1.0, b: 1.0})
        upper.append(1.0)
    for g, group in enumerate(menu.groups):
        size = scale / _largest(menu.values)
        held = {i: float(menu.values[i]) * size for i in group.members}
        rows.append({**held, menu.n + g: -size})
        upper.append(group.cap_of(menu.values) * size)
    for chosen in banned:
        rows.append({i: 1.0 if x else -1.0 for i, x in enumerate(chosen)})
        upper.append(float(chosen.sum()) - 1)
    return rows, upper


def _constraint(
    rows: list[dict[int, float]], upper: list[float], columns: int
) -> list[LinearConstraint]:
    if not rows:
        return []
    at = [(r, c, v) for r, row in enumerate(rows) for c, v in row.items() if v]
    data = [v for _, _, v in at]
    matrix = csr_array(
        (data, ([r for r, _, _ in at], [c for _, c, _ in at])), shape=(len(rows), columns)
    )
    return [LinearConstraint(matrix, -np.inf, np.array(upper))]


def _without_idle(menu: Menu, chosen: Flags) -> Flags:
    """Drop what adds nothing and is not needed: nothing is done for its own sake."""
    kept = chosen.copy()
    taken, slack = menu.share_of_limits(), _slack(menu)
    while True:
        whole = menu.worth(kept)
        idle = [
            i for i in np.flatnonzero(kept).tolist() if _adds(menu, kept, i) <= 2 * slack + 1e-9
        ]
        for i in sorted(idle, key=lambda i: (-taken[i], i)):
            less = kept.copy()
            less[i] = False
            if menu.fits(less) and within(whole - menu.worth(less), slack):
                kept = less
                break
        else:
            return kept


def _adds(menu: Menu, kept: Flags, i: int) -> float:
    """What one action of the set adds to its worth, but for rounding."""
    value = float(menu.values[i])
    adds = value
    for group in (group for group in menu.groups if i in group.members):
        members = list(group.members)
        over = float(menu.values[members][kept[members]].sum()) - group.cap_of(menu.values)
        adds -= max(0.0, over) - max(0.0, over - value)
    return adds

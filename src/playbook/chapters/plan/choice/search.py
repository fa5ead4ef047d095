"""The best set again and again, exactly: for the draws, where a solver call each is too slow.

Few admissible sets: all are weighed at once. Many: linear relaxation, then every departure from it
whose loss does not exceed the gap (reduced-cost fixing; Dantzig, Fulkerson, Johnson 1954; core of
the knapsack: Balas, Zemel 1980), in rounds of doubled gap. What grows too large goes to ``milp``
with a gap of NEAR. Both give the set that ``solve.best_set`` proves; tests hold them equal.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from playbook.chapters.plan.choice.menu import ROUND, Flags, Floats, Menu
from playbook.chapters.plan.choice.solve import best_set

MOST_SETS = 20_000
MOST_CELLS = 4_000_000
MOST_HELD = 1_000_000
NEAR = 1e-4
"""What ``milp`` may leave unproven of a draw's total, where it has to step in."""
_FIRST = 64.0
_TRIED = 30


def best_sets(menu: Menu, values: Floats, effort: Floats, effort_limits: Floats) -> Flags:
    """The best set of each draw: (draws, n).

    values, effort (draws, n); effort_limits (draws), inf for none. The rest is as in the menu.
    """
    sets = admissible(replace(menu, effort=effort.min(axis=0)), float(effort_limits.max()))
    if sets is not None:
        return _weighed(menu, sets, values, effort, effort_limits)
    return np.stack(
        [
            _searched(replace(menu, values=v, effort=e, effort_limit=None if np.isinf(m) else m))
            for v, e, m in zip(values, effort, effort_limits, strict=True)
        ]
    )


def admissible(menu: Menu, effort_limit: float) -> Flags | None:
    """All sets that keep the rules and limits (S, n); None if there are more than MOST_SETS."""
    sets = np.zeros((1, 0), dtype=bool)
    used, paid = np.zeros(1), np.zeros(1)
    limit = np.inf if menu.cost_limit is None else menu.cost_limit
    for i in range(menu.n):
        with_i = np.column_stack([sets, np.ones(len(sets), dtype=bool)])
        without = np.column_stack([sets, np.zeros(len(sets), dtype=bool)])
        kept = with_i if i in menu.must else np.concatenate([without, with_i])
        more_e, more_c = used + menu.effort[i], paid + menu.cost[i]
        used = more_e if i in menu.must else np.concatenate([used, more_e])
        paid = more_c if i in menu.must else np.concatenate([paid, more_c])
        ok = (used <= effort_limit * (1 + ROUND) + 1e-12) & (paid <= limit * (1 + ROUND) + 1e-12)
        ok &= _keeps_rules(menu, kept, i)
        sets, used, paid = kept[ok], used[ok], paid[ok]
        if len(sets) > MOST_SETS:
            return None
    return sets


def _keeps_rules(menu: Menu, sets: Flags, last: int) -> Flags:
    """Rules whose two actions are both decided by now."""
    ok = np.ones(len(sets), dtype=bool)
    for one, needed in menu.requires:
        if max(one, needed) == last:
            ok &= ~sets[:, one] | sets[:, needed]
    for a, b in menu.excludes:
        if max(a, b) == last:
            ok &= ~(sets[:, a] & sets[:, b])
    return ok


def _weighed(menu: Menu, sets: Flags, values: Floats, effort: Floats, limits: Floats) -> Flags:
    """Every admissible set in every draw: its worth, its effort, the best that fits."""
    chosen = np.zeros(values.shape, dtype=bool)
    held = sets.astype(float)
    apart = np.ones(menu.n)
    for group in menu.groups:
        apart[list(group.members)] = 0.0
    whole = np.where(np.isinf(limits), np.maximum(effort.sum(axis=1), 1e-300), limits)
    paid = held @ (replace(menu, effort=np.zeros(menu.n)).share_of_limits())
    step = max(1, MOST_CELLS // len(sets))
    for start in range(0, len(values), step):
        part = slice(start, start + step)
        v, e = values[part], effort[part]
        worth = held @ (v * apart).T
        for group in menu.groups:
            members = list(group.members)
            caps = np.array([group.cap_of(row) for row in v])
            worth += np.minimum(held[:, members] @ v[:, members].T, caps)
        used = held @ e.T
        size = np.abs(v).sum(axis=1)
        tie = ROUND * np.where(size > 0, size, 1.0)
        worth -= tie * (used / np.maximum(whole[part], 1e-300) + paid[:, None])
        worth[used > limits[part] * (1 + ROUND) + 1e-12] = -np.inf
        chosen[part] = sets[worth.argmax(axis=0)]
    return chosen


def _searched(menu: Menu) -> Flags:
    found = exact(menu)
    return best_set(menu, NEAR) if found is None else found


@dataclass(frozen=True)
class _Rules:
    """Rows of A x <= b, hard ones first, then one per group; what one unit of each is worth."""

    upper: Floats
    prices: Floats
    hard: int


@dataclass(frozen=True)
class _Relaxed:
    """The relaxation: rows A x <= b (hard first, then one per group), prices, losses.

    base: the set that the prices favour; loss: of departing from it, per action; bound: no set is
    worth more.
    """

    matrix: Floats
    upper: Floats
    hard: int
    prices: Floats
    base: Flags
    loss: Floats
    bound: float
    start: Flags

    def rows(self, these: Flags) -> _Rules:
        """Some of the rows."""
        return _Rules(self.upper[these], self.prices[these], int(these[: self.hard].sum()))


def exact(menu: Menu) -> Flags | None:
    """The best set of one menu; None if the search grows too large."""
    tie = ROUND * (float(np.abs(menu.values).sum()) or 1.0) * menu.share_of_limits()
    relaxed = _relax(menu, tie)
    if relaxed is None:
        return None
    chosen, best = _rounded(menu, relaxed, tie)
    gap = max(best / _FIRST, 1e-12 * abs(relaxed.bound))
    while True:
        result = _round(relaxed, min(gap, best), best, chosen)
        if result is None:
            return None
        chosen, best = result
        if best <= gap:
            return chosen
        gap *= 2


def _relax(menu: Menu, tie: Floats) -> _Relaxed | None:
    """Solve the linear relaxation and price every rule. tie: what taking an action costs."""
    n, k = menu.n, len(menu.groups)
    matrix, upper, hard = _rules(menu)
    fixed = np.array([float(i in menu.must) for i in range(n)])
    bounds = [(low, 1.0) for low in fixed] + [(0.0, None)] * k
    soft = np.zeros((len(upper), k))
    soft[hard:] = -np.eye(k)
    size = float(np.abs(menu.values).max(initial=0.0)) or 1.0
    found = linprog(
        np.concatenate([(tie - menu.values) / size, np.ones(k) / size]),
        A_ub=np.column_stack([matrix, soft]) if len(upper) else None,
        b_ub=upper if len(upper) else None,
        bounds=bounds,
        method="highs",
    )
    if not found.success or found.x is None:
        return None
    prices = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0) * size
    prices[hard:] = np.minimum(prices[hard:], 1.0)
    reduced = menu.values - tie - prices @ matrix
    base = (reduced > 0) | (fixed > 0)
    bound = float(prices @ upper + reduced[base].sum())
    loss = np.where(fixed > 0, np.inf, np.abs(reduced))
    start = np.array([value > 1 - 1e-9 for value in found.x[:n].tolist()])
    return _Relaxed(matrix, upper, hard, prices, base, loss, bound, start)


def _rules(menu: Menu) -> tuple[Floats, Floats, int]:
    """Every rule as a row of A x <= b, those of groups last; and how many are hard."""
    rows: list[Floats] = []
    upper: list[float] = []
    for used, limit in ((menu.effort, menu.effort_limit), (menu.cost, menu.cost_limit)):
        if limit is not None and np.isfinite(limit):
            size = max(limit, 1e-300)
            rows.append(used / size)
            upper.append(limit / size * (1 + ROUND) + 1e-12)
    pairs = [(a, b, -1.0, 0.0) for a, b in menu.requires if a != b]
    pairs += [(a, b, 1.0, 1.0) for a, b in menu.excludes]
    for a, b, sign, most in pairs:
        row = np.zeros(menu.n)
        row[a], row[b] = 1.0, sign
        rows.append(row)
        upper.append(most)
    hard = len(rows)
    for group in menu.groups:
        row = np.zeros(menu.n)
        row[list(group.members)] = menu.values[list(group.members)]
        rows.append(row)
        upper.append(group.cap_of(menu.values))
    return np.array(rows).reshape(len(rows), menu.n), np.array(upper), hard


def _rounded(menu: Menu, relaxed: _Relaxed, tie: Floats) -> tuple[Flags, float]:
    """A first set: the relaxation rounded down, then filled up with what costs least to add."""
    chosen = relaxed.start | np.array([i in menu.must for i in range(menu.n)])
    near = np.argsort(relaxed.loss, kind="stable")[:_TRIED]
    for i in near:
        more = chosen.copy()
        more[i] = True
        if menu.values[i] > 0 and menu.fits(more) and menu.worth(more) > menu.worth(chosen):
            chosen = more
    return chosen, relaxed.bound - menu.worth(chosen) + float(tie[chosen].sum())


def _round(relaxed: _Relaxed, gap: float, best: float, known: Flags) -> tuple[Flags, float] | None:
    """Every departure from the base that loses at most gap; the best that fits, with its loss."""
    core = np.flatnonzero(relaxed.loss <= gap)
    core = core[np.argsort(-relaxed.loss[core], kind="stable")]
    turn = np.where(relaxed.base[core], -1.0, 1.0) * relaxed.matrix[:, core]
    held = relaxed.matrix[:, relaxed.base].sum(axis=1)
    touched = (turn != 0).any(axis=1)
    settled = _total(np.zeros(1), held[~touched, None], relaxed.rows(~touched))[0]
    if not settled <= min(gap, best):
        return known, best
    rules, turn = relaxed.rows(touched), turn[touched]
    fall, rise = _ahead(np.minimum(turn, 0.0)), _ahead(np.maximum(turn, 0.0))
    loss, used = np.array([settled]), held[touched, None]
    flips: NDArray[np.uint8] = np.zeros((len(core) // 8 + 1, 1), dtype=np.uint8)
    found: NDArray[np.uint8] | None = None
    for k in range(-1, len(core)):
        new, new_used, new_flips = loss, used, flips
        if k >= 0:
            keep = loss + relaxed.loss[core[k]] <= min(gap, best)
            new, new_used = loss[keep] + relaxed.loss[core[k]], used[:, keep] + turn[:, [k]]
            new_flips = flips[:, keep].copy()
            new_flips[k // 8] |= np.uint8(1 << (k % 8))
        totals = _total(new, new_used, rules)
        if totals.size and totals.min() < best:
            best, found = float(totals.min()), new_flips[:, int(totals.argmin())].copy()
        if k >= 0:
            loss = np.concatenate([loss, new])
            used = np.concatenate([used, new_used], axis=1)
            flips = np.concatenate([flips, new_flips], axis=1)
        hope = _hope(loss, used, fall[:, k + 1], rise[:, k + 1], rules, min(gap, best))
        loss, used, flips = loss[hope], used[:, hope], flips[:, hope]
        if used.size > MOST_HELD:
            return None
    if found is None:
        return known, best
    turned = np.unpackbits(found, bitorder="little")[: len(core)].astype(bool)
    chosen = relaxed.base.copy()
    chosen[core[turned]] ^= True
    return chosen, best


def _ahead(turn: Floats) -> Floats:
    """What the decisions from each one on can still change: (rows, decisions + 1)."""
    sums = np.cumsum(turn[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate([sums, np.zeros((len(turn), 1))], axis=1)


def _hope(
    loss: Floats, used: Floats, fall: Floats, rise: Floats, rules: "_Rules", most: float
) -> Flags:
    """States that can still fit and lose at most so much. Room that nothing can fill is lost."""
    slack = rules.upper[: rules.hard, None] - used[: rules.hard]
    sure = rules.prices[: rules.hard] @ np.maximum(slack - rise[: rules.hard, None], 0.0)
    fits: Flags = np.all(slack - fall[: rules.hard, None] >= -1e-12, axis=0)
    return np.asarray(fits & (loss + sure <= most))


def _total(loss: Floats, used: Floats, rules: "_Rules") -> Floats:
    """The loss of each state as it is, unused room priced; inf where it does not fit."""
    slack = rules.upper[:, None] - used
    over = -slack[rules.hard :]
    priced = rules.prices[: rules.hard] @ slack[: rules.hard]
    total = (
        loss
        + priced
        + (np.maximum(over, 0.0) - rules.prices[rules.hard :, None] * over).sum(axis=0)
    )
    return np.where((slack[: rules.hard] < -1e-12).any(axis=0), np.inf, total)

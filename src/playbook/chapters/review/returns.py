"""What paid: customer lifetime value, return, present value, payback (RV6-RV8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reading = Literal["relative", "absolute"]
READINGS: tuple[Reading, ...] = ("relative", "absolute")
"""An uplift of 6 % raises retention r to r (1 + .06) read relatively, to r + .06 absolutely."""

HIGHEST_RETENTION = 0.999
"""Retention after an uplift is cut here: at 1 the lifetime value has no bound."""


@dataclass(frozen=True)
class Return:
    """One reading of the uplift. breakeven_lift: points of lift that just pay the cost."""

    retention_after: float
    clv_change: float
    gain: float
    roi: float
    ratio: float
    breakeven_customers: float | None
    breakeven_lift: float | None
    capped: bool


@dataclass(frozen=True)
class Economics:
    """The inputs of the return: money per customer and year, rates as fractions.

    uplift: change of retention per point of lift. points: the lift. customers is multiplied by
    exposed_share: only customers who met the change count.
    """

    customers: float
    margin: float
    retention: float
    discount: float
    uplift: float
    points: float
    cost: float
    exposed_share: float = 1.0
    first_margin: str = "end"


@dataclass(frozen=True)
class Quoted:
    """K11: what a quoted return presupposes. Costs are per customer.

    missing names the inputs without which the quote can be neither confirmed nor refuted.
    """

    price: float
    uplift: float
    roi: float | None
    ratio: float | None
    gain_per_customer_if_pp: float
    gain_per_customer_if_relative: float | None
    cost_if_net_roi: float | None
    cost_if_ratio: float | None
    roi_from_ratio: float | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Flows:
    """RV8: yearly flows, year 0 first. payback_years is None if the sum never turns."""

    amounts: tuple[float, ...]
    discount: float | None
    npv: float | None
    payback_years: float | None
    roi_undiscounted: float | None


def clv_multiple(retention: float, discount: float, first_margin: str = "end") -> float:
    """Margins a customer is worth (Gupta, Lehmann 2005): r/(1+i-r), or (1+i)/(1+i-r) from today.

    Raises ValueError unless 0 <= retention < 1 and discount > 0.

    >>> round(clv_multiple(0.8, 0.10), 2)
    2.67
    """
    if not 0 <= retention < 1 or discount <= 0:
        raise ValueError(f"retention {retention} must lie in 0..1, discount {discount} above 0")
    factor = 1 + discount if first_margin == "start" else retention
    return factor / (1 + discount - retention)


def retention_after(retention: float, uplift: float, points: float, reading: Reading) -> float:
    """Retention after the lift, not cut.

    >>> round(retention_after(0.6, 0.06, 1, "relative"), 3)
    0.636
    """
    change = uplift * points
    return retention * (1 + change) if reading == "relative" else retention + change


def return_of(e: Economics, reading: Reading) -> Return:
    """RV6, RV7: return of a lift in one reading. Raises ValueError if cost <= 0."""
    if e.cost <= 0:
        raise ValueError(f"cost {e.cost} must be above 0")
    raw = retention_after(e.retention, e.uplift, e.points, reading)
    after = min(HIGHEST_RETENTION, max(0.0, raw))
    before_value = e.margin * clv_multiple(e.retention, e.discount, e.first_margin)
    after_value = e.margin * clv_multiple(after, e.discount, e.first_margin)
    change = after_value - before_value
    gain = e.customers * e.exposed_share * change
    return Return(
        retention_after=after,
        clv_change=change,
        gain=gain,
        roi=(gain - e.cost) / e.cost,
        ratio=gain / e.cost,
        breakeven_customers=e.cost / change if change > 0 else None,
        breakeven_lift=breakeven_lift(e, reading),
        capped=raw != after,
    )


def breakeven_lift(e: Economics, reading: Reading) -> float | None:
    """Points of lift at which gain equals cost; None if no retention below 1 would pay."""
    exposed = e.customers * e.exposed_share
    if exposed <= 0 or e.uplift == 0 or e.margin <= 0:
        return None
    i, m = e.discount, e.margin
    worth = m * clv_multiple(e.retention, i, e.first_margin) + e.cost / exposed
    if e.first_margin == "start":
        needed = (1 + i) - m * (1 + i) / worth
    else:
        needed = worth * (1 + i) / (m + worth)
    if needed >= 1 or (reading == "relative" and e.retention == 0):
        return None
    change = needed / e.retention - 1 if reading == "relative" else needed - e.retention
    return change / e.uplift


def solve_quoted(
    price: float,
    uplift: float,
    roi: float | None,
    ratio: float | None,
    retention: float | None = None,
    missing: Sequence[str] = (),
) -> Quoted:
    """K11: the cost per customer that would make a quoted return true, net and as a ratio.

    >>> q = solve_quoted(200, 0.06, 3, None)
    >>> q.gain_per_customer_if_pp, q.cost_if_net_roi, q.cost_if_ratio
    (12.0, 3.0, 4.0)
    """
    gain = price * uplift
    return Quoted(
        price=price,
        uplift=uplift,
        roi=roi,
        ratio=ratio,
        gain_per_customer_if_pp=gain,
        gain_per_customer_if_relative=None if retention is None else gain * retention,
        cost_if_net_roi=None if roi is None or roi <= -1 else gain / (1 + roi),
        cost_if_ratio=None if roi is None or roi <= 0 else gain / roi,
        roi_from_ratio=None if ratio is None else ratio - 1,
        missing=tuple(missing),
    )


def npv(amounts: Sequence[float], discount: float) -> float:
    """RV8: sum of c_t/(1+i)^t from t = 0; spreadsheets' NPV would discount the first flow too.

    >>> round(npv([-100, 220], 0.10), 6)
    100.0
    """
    return sum(amount / (1 + discount) ** t for t, amount in enumerate(amounts))


def payback_years(amounts: Sequence[float]) -> float | None:
    """RV8: years until the running sum turns >= 0, straight line inside the year; None if never.

    >>> payback_years([-100, 50, 100])
    1.5
    """
    running = 0.0
    for t, amount in enumerate(amounts):
        before, running = running, running + amount
        if running >= 0:
            return 0.0 if t == 0 else t - 1 + (-before / amount if amount else 0.0)
    return None


def flows_of(amounts: Sequence[float], discount: float | None) -> Flows:
    """Present value, payback and plain return of a stream; the outlay is the negative flows."""
    outlay = -sum(a for a in amounts if a < 0)
    return Flows(
        amounts=tuple(amounts),
        discount=discount,
        npv=None if discount is None else npv(amounts, discount),
        payback_years=payback_years(amounts),
        roi_undiscounted=sum(amounts) / outlay if outlay > 0 else None,
    )

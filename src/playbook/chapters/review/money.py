"""The money table: what is known, what is missing, where the lift comes from (RV6, RV7, K11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from playbook.chapters.review.money_draws import MoneyInput, Spread, spread_of
from playbook.chapters.review.reading import Row, earlier, rows
from playbook.chapters.review.returns import (
    READINGS,
    Economics,
    Flows,
    Quoted,
    Reading,
    Return,
    clv_multiple,
    flows_of,
    return_of,
    solve_quoted,
)
from playbook.core.inputs import Inputs
from playbook.core.intake.cells import number

NEEDED = ("customers", "margin", "retention", "discount", "uplift", "points", "cost")
ASSUMED = {"exposed_share": 1.0}
LiftSource = Literal["pilot", "table", ""]


@dataclass(frozen=True)
class Money:
    """The return in both readings of the uplift; clv and returns are empty if inputs are missing.

    multiple: margins a customer is worth before the change. roi_at_lcb: return, by reading, at
    the pilot's one-sided lower bound of the lift.
    """

    inputs: tuple[MoneyInput, ...]
    missing: tuple[str, ...]
    first_margin: str
    lift_source: LiftSource
    multiple: float | None
    clv: Mapping[str, Return]
    returns: Mapping[str, Spread]
    roi_at_lcb: Mapping[str, float]
    quoted: Quoted | None


def money_value(row: Row) -> float | None:
    """The number in a row of review_money; None if it holds none. ``85%`` is 0.85."""
    try:
        return number(row.text("value"))
    except ValueError:
        return None


def money_inputs(inputs: Inputs[Any]) -> dict[str, MoneyInput]:
    """The inputs by name; the lift is the pilot's if there is one and the settings want it."""
    found: dict[str, MoneyInput] = {}
    for row in rows(inputs.tables, "review_money"):
        value = money_value(row)
        if value is not None and row.text("name") != "first_margin":
            name = row.text("name")
            found[name] = MoneyInput(name, value, row.num("low"), row.num("high"))
    lift = pilot_lift(inputs)
    if found and lift is not None:
        found["points"] = lift
    return found


def pilot_lift(inputs: Inputs[Any]) -> MoneyInput | None:
    """The incremental lift of the pilot in points, with its standard error and interval."""
    primary = earlier(inputs, "pilot").get("primary")
    if not inputs.settings.lift_from_pilot or not primary or primary.get("estimate") is None:
        return None
    scale = points_per_unit(inputs)
    found = {
        key: None if primary.get(key) is None else float(primary[key]) * scale
        for key in ("estimate", "se", "ci_low", "ci_high")
    }
    df = primary.get("df")
    return MoneyInput(
        "points",
        found["estimate"] or 0.0,
        found["ci_low"],
        found["ci_high"],
        found["se"],
        None if df is None else float(df),
    )


def points_per_unit(inputs: Inputs[Any]) -> float:
    """What turns the pilot's unit into points: a mean is in points already."""
    mean = earlier(inputs, "pilot").get("measure") == "mean"
    return 1.0 if mean else float(inputs.settings.points_per_unit)


def first_margin(inputs: Inputs[Any]) -> str:
    """When the first margin comes in: as the table says, else as the settings do."""
    written = [
        row.text("value").lower()
        for row in rows(inputs.tables, "review_money")
        if row.text("name") == "first_margin"
    ]
    return written[-1] if written else str(inputs.settings.first_margin)


def money_of(inputs: Inputs[Any]) -> Money | None:
    """All about the return; None without review_money."""
    if "review_money" not in inputs.tables:
        return None
    found = money_inputs(inputs)
    missing = tuple(name for name in (*NEEDED, *ASSUMED) if name not in found)
    when = first_margin(inputs)
    source: LiftSource = (
        "pilot" if pilot_lift(inputs) is not None else "table" if "points" in found else ""
    )
    base = economics(found, when)
    spreads: dict[str, Spread] = {}
    if base is not None:
        settings, seed = inputs.settings, inputs.facts.seed
        known = tuple(found.values())
        spreads = {
            reading: spread_of(base, reading, known, settings.money_draws, seed, settings.level)
            for reading in READINGS
        }
    return Money(
        inputs=tuple(found.values()),
        missing=missing,
        first_margin=when,
        lift_source=source,
        multiple=None if base is None else clv_multiple(base.retention, base.discount, when),
        clv={} if base is None else {reading: return_of(base, reading) for reading in READINGS},
        returns=spreads,
        roi_at_lcb={} if base is None else _at_lcb(inputs, base),
        quoted=_quoted(found, missing),
    )


def economics(found: Mapping[str, MoneyInput], when: str) -> Economics | None:
    """The base case; None if a needed input is missing."""
    if any(name not in found for name in NEEDED):
        return None
    values = {name: found[name].value for name in NEEDED}
    exposed = found["exposed_share"].value if "exposed_share" in found else 1.0
    return Economics(**values, exposed_share=exposed, first_margin=when)


def _at_lcb(inputs: Inputs[Any], base: Economics) -> dict[str, float]:
    primary = earlier(inputs, "pilot").get("primary") or {}
    bound = primary.get("lcb95")
    if bound is None or pilot_lift(inputs) is None:
        return {}
    lower = replace(base, points=float(bound) * points_per_unit(inputs))
    readings: tuple[Reading, ...] = READINGS
    return {reading: return_of(lower, reading).roi for reading in readings}


def _quoted(found: Mapping[str, MoneyInput], missing: tuple[str, ...]) -> Quoted | None:
    """K11: only when someone quotes a return."""
    known = {name: item.value for name, item in found.items()}
    if not {"quoted_roi", "quoted_ratio"} & set(known) or not {"price", "uplift"} <= set(known):
        return None
    lacking = tuple(name for name in missing if name not in ("margin",))
    return solve_quoted(
        known["price"],
        known["uplift"],
        known.get("quoted_roi"),
        known.get("quoted_ratio"),
        known.get("retention"),
        lacking,
    )


def yearly_flows(inputs: Inputs[Any]) -> Flows | None:
    """RV8 on review_flows; years without a row count as 0; None without the table."""
    found = {
        int(row.num("year") or 0): row.num("amount") or 0.0
        for row in rows(inputs.tables, "review_flows")
        if row.num("year") is not None
    }
    if not found:
        return None
    discount = money_inputs(inputs).get("discount")
    amounts = [found.get(year, 0.0) for year in range(max(found) + 1)]
    return flows_of(amounts, None if discount is None else discount.value)

"""SM2: what stands beside a goal and is none: spending limits and side conditions."""

import re
from dataclasses import dataclass

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_metrics import MetricHit
from playbook.chapters.smart.reading_units import CURRENCIES, CURRENCY_BEFORE

_LIMIT_WORD = re.compile(
    r"总?投入|总?预算|经费|总?费用|花费|总成本|总支出|\b(?:budget|spend(?:ing)?|investment"
    r"|total cost|at a cost|costing|expenditure)\b",
    re.ASCII,
)
_LIMIT_SIGN = re.compile(
    r"不超过?|别超过?|不得超过?|上限|封顶|不高于|控制在|以内|之内|限|低于|小于|<=|<|\b(?:under"
    r"|below|within|of|no more than"
    r"|at most|up to|not exceed(?:ing)?|less than|maximum|cap(?:ped)?)\b",
    re.ASCII,
)


@dataclass(frozen=True)
class Limit:
    """A spending limit: its clause and its amount."""

    start: int
    end: int
    amount: Quantity


# Side conditions: what must not suffer is no goal (without hurting CSAT, 在不增加人手的前提下).
_SIDE = re.compile(
    r"\bwithout [a-z]+ing\b[^;.,]*|\bwhile not [a-z]+ing\b[^;.,]*|在(?:不|保证"
    r"|确保)[^,;。]{2,20}(?:前提|情况|条件)(?:之?下)?",
    re.ASCII,
)


def side_conditions(body: str) -> list[tuple[int, int]]:
    """The stretches of side conditions that name no amount of money.

    >>> side_conditions("cut aht to 5 min without hurting csat")
    [(17, 37)]
    """
    money = re.compile(CURRENCY_BEFORE + r"|[元万亿]|budget")
    return [m.span() for m in _SIDE.finditer(body) if not money.search(m.group(0))]


def find_limits(
    body: str, quantities: list[Quantity], metrics: tuple[MetricHit, ...]
) -> list[Limit]:
    """Spending limits beside a goal; a money goal with its own metric is none."""
    limits = []
    for quantity in quantities:
        if quantity.unit not in CURRENCIES and not (
            quantity.unit is None and quantity.value >= 1e3
        ):
            continue
        start, end = _segment(body, quantity)
        words = body[start:end]
        measured = any(start <= h.start < end and h.metric.kind == "money" for h in metrics)
        if _LIMIT_WORD.search(words) and _LIMIT_SIGN.search(words) and not measured:
            limits.append(Limit(start, end, quantity))
    return limits if len(limits) < len(quantities) else []


def _segment(body: str, quantity: Quantity) -> tuple[int, int]:
    """The stretch between the breaks around a quantity."""
    stops = list(
        re.finditer(
            r"[;。,]|\b(?:and|while|with|(?<!capped )at|to(?= [a-z]))\b|\.(?=\s|$)",
            body,
            flags=re.ASCII,
        )
    )
    start = max((m.start() if m.group(0).isalpha() else m.end() for m in stops
                 if m.end() <= quantity.start), default=0)  # fmt: skip
    end = min((m.start() for m in stops if m.start() >= quantity.end), default=len(body))
    return start, end

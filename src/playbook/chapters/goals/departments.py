"""GO13: who takes part in a goal, against the departments that move its metric."""

import re
from collections.abc import Iterable, Mapping

from playbook.core.metrics import Metric
from playbook.core.text import Name

WORDS: Mapping[str, tuple[str, ...]] = {
    "marketing": ("marketing", "sales", "营销", "市场", "销售"),
    "production": ("production", "product", "manufacturing", "生产", "产品", "制造"),
    "aftersales": ("aftersales", "repair", "maintenance", "售后", "维修"),
    "logistics": ("logistics", "warehouse", "delivery", "物流", "仓储", "配送"),
    "finance": ("finance", "billing", "accounting", "财务", "计费", "结算"),
    "it": ("it", "信息", "信息技术", "数字"),
    "hr": ("hr", "human resources", "personnel", "人力", "人事"),
}
"""How departments are called that move a metric: driver of the dictionary -> words."""


def outside_service(participants: Iterable[str], service: Iterable[str]) -> bool:
    """Whether anybody outside the service department takes part."""
    inside = {name.strip().lower() for name in service}
    return any(p.strip().lower() not in inside for p in participants)


def driver_missing(
    metric: Metric,
    participants: Iterable[str],
    departments: Iterable[str],
    names: Mapping[str, Name],
) -> bool:
    """Whether the company has departments that move the metric, and none of them takes part.

    departments: all that the company is known to have; one it does not have cannot be missed.
    """
    taking_part = set(participants)
    movers = {
        department
        for department in {*departments, *taking_part}
        if any(_is_called(department, names.get(department), driver) for driver in metric.drivers)
    }
    return bool(movers) and not movers & taking_part


def _is_called(department: str, name: Name | None, driver: str) -> bool:
    texts = (department, *((name.zh, name.en) if name else ()))
    plain = [re.sub(r"[\W_]+", " ", t.lower().replace("after-sales", "aftersales")) for t in texts]
    return any(_holds(text, word) for text in plain for word in WORDS.get(driver, ()))


def _holds(text: str, word: str) -> bool:
    """Latin words as whole words, so that IT is not found in kitchen."""
    return f" {word} " in f" {text} " if word.isascii() else word in text

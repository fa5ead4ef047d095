"""SM2: the stretch of a text that states one goal, with the spans inside it."""

from dataclasses import dataclass

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_metrics import MetricHit


@dataclass(frozen=True)
class Clause:
    """One goal's stretch of the plain text with the spans inside it.

    Of metrics in a row only the first has its values beside its verb: `like` then holds the values
    of that first one, whose places tell the roles of `quantities`.
    """

    start: int
    end: int
    metrics: tuple[MetricHit, ...]
    quantities: tuple[Quantity, ...]
    means: bool = False
    like: tuple[Quantity, ...] = ()


def is_plain_object(text: str, hit: MetricHit) -> bool:
    """Whether a hit is a thing served (complaints) rather than surely a measure."""
    return text[hit.start : hit.end] in {
        "投诉", "客诉", "抱怨", "客户抱怨", "顾客抱怨", "complaint",
        "complaints", "customer complaints", "transfers", "renewal",
        "renewals", "referrals", "errors", "服务", "service", "等待", "等候", "排队", "体验",
        "quality", "customer complaint", "reviews", "客户服务", "顾客服务", "customer service",
        "customer support", "customer care", "积压", "客诉案件", "投诉案件",
    }  # fmt: skip

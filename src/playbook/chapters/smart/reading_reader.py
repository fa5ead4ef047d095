"""What all goals of a text share: its plain form, its dates, its owner, and how slots are made."""

from dataclasses import dataclass

from playbook.chapters.smart.reading_amounts import Quantity
from playbook.chapters.smart.reading_dates import DateSpan
from playbook.chapters.smart.reading_model import Confidence, ReadSettings, Slot
from playbook.chapters.smart.reading_owner import Found
from playbook.chapters.smart.reading_text import PlainText


@dataclass(frozen=True)
class Reader:
    """The spans of a text that all its goals share; `body` has dates and owner covered."""

    plain: PlainText
    body: str
    dates: tuple[DateSpan, ...]
    owner: Found | None
    settings: ReadSettings

    def text_slot(self, start: int, end: int, confidence: Confidence) -> Slot[str]:
        """A slot whose value is the user's own words."""
        first, last = self.plain.span(start, end)
        return Slot(self.plain.original[first:last], first, last, confidence)

    def number_slot(self, quantity: Quantity | None, sure: bool) -> Slot[float] | None:
        """A slot for a number, None for none; rounded so that 0.1 + 0.2 reads 0.3."""
        if quantity is None:
            return None
        first, last = self.plain.span(quantity.start, quantity.end)
        return Slot(round(quantity.value, 9), first, last, "sure" if sure else "likely")

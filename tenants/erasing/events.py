"""Facts about erasing, said inside the company while it stands."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class ErasureAsked(Event):
    """The company is to be erased on a day."""

    kind: ClassVar[str] = "tenants.erasure_asked"
    title: ClassVar[str] = "назначил(а) удаление компании"
    due_at: str


@dataclass(frozen=True)
class ErasureCancelled(Event):
    """The company stays."""

    kind: ClassVar[str] = "tenants.erasure_cancelled"
    title: ClassVar[str] = "отменил(а) удаление компании"

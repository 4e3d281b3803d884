"""Facts about the licence of an own server."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class LicencePut(Event):
    """Somebody has put a licence in the settings; days as ISO, `seats` None where there is no limit."""

    kind: ClassVar[str] = "tenants.licence_put"
    title: ClassVar[str] = "загрузил(а) лицензию сервера"
    number: str
    holder: str
    seats: int | None
    until: str

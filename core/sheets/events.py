"""Facts about exports."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class ListExported(Event):
    """Somebody has taken a list out of the product; `query` is how it was narrowed."""

    kind: ClassVar[str] = "sheets.exported"
    title: ClassVar[str] = "выгрузил(а) список в файл"
    export_id: int
    card_kind: str
    format: str
    count: int
    query: dict[str, str]

"""Facts about imports."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class ImportEvent(Event):
    """What facts about imports have in common; `file` is the name of the file, `count` how many cards."""

    import_id: int
    card_kind: str
    file: str
    count: int


@dataclass(frozen=True)
class CardsImported(ImportEvent):
    kind: ClassVar[str] = "imports.done"
    title: ClassVar[str] = "загрузил(а) карточки из файла"


@dataclass(frozen=True)
class ImportUndone(ImportEvent):
    """The cards of an import are taken away for good, as if it had never been."""

    kind: ClassVar[str] = "imports.undone"
    title: ClassVar[str] = "отменил(а) загрузку карточек из файла"

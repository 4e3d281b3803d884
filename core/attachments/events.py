"""Facts about files of cards."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class FileEvent(Event):
    """What the facts about files have in common; `changes` carries the name for the history."""

    labels: ClassVar[dict[str, str]] = {"file": "Файл", "reason": "Причина"}
    attachment_id: int
    name: str
    version: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class AttachmentReady(FileEvent):
    """A file has passed the check and may be opened by whoever sees the card."""

    kind: ClassVar[str] = "attachments.ready"
    title: ClassVar[str] = "приложил(а) файл"


@dataclass(frozen=True)
class AttachmentRejected(FileEvent):
    kind: ClassVar[str] = "attachments.rejected"
    title: ClassVar[str] = "приложил(а) файл, который не прошёл проверку"


@dataclass(frozen=True)
class OrphansCollected(Event):
    """Objects that no row named were taken away: how many, and how many bytes."""

    kind: ClassVar[str] = "attachments.orphans_collected"
    title: ClassVar[str] = "убрал(а) из хранилища ничьи файлы"
    count: int
    size: int


@dataclass(frozen=True)
class AttachmentRemoved(FileEvent):
    kind: ClassVar[str] = "attachments.removed"
    title: ClassVar[str] = "удалил(а) файл"

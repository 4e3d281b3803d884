"""Facts about templates and words."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class PrintTemplateChanged(Event):
    """A template of print was added, changed or put away."""

    kind: ClassVar[str] = "templates.changed"
    title: ClassVar[str] = "изменил(а) шаблон печати"
    labels: ClassVar[dict[str, str]] = {
        "title": "Название", "card_type": "Вид", "file": "Файл", "is_archived": "Убран",
    }  # fmt: skip
    template: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class WordingChanged(Event):
    """Somebody has said how a phrase reads in a case."""

    kind: ClassVar[str] = "templates.wording-changed"
    title: ClassVar[str] = "исправил(а) склонение"
    labels: ClassVar[dict[str, str]] = {"form": "Форма"}
    phrase: str
    case: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FacsimileChanged(Event):
    """The picture of the stamp, or of the doer's own signature, was put or taken away."""

    kind: ClassVar[str] = "templates.facsimile-changed"
    title: ClassVar[str] = "изменил(а) изображение печати или подписи"
    is_stamp: bool
    is_there: bool


@dataclass(frozen=True)
class MorpherChanged(Event):
    """The company asks Morpher for cases, or does not any more."""

    kind: ClassVar[str] = "templates.morpher-changed"
    title: ClassVar[str] = "изменил(а) подключение Морфера"
    is_on: bool


FACTS = (PrintTemplateChanged, WordingChanged, FacsimileChanged, MorpherChanged)

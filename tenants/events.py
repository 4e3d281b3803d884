"""Facts about a company as a whole, said inside the company itself."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class ModulesChanged(Event):
    """Modules were switched; codes. Open sockets are checked again by this fact."""

    kind: ClassVar[str] = "tenants.modules_changed"
    title: ClassVar[str] = "изменил(а) набор модулей"
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompanyChanged(Event):
    """Name, colour, time zone, INN or logo of the company changed."""

    kind: ClassVar[str] = "tenants.company_changed"
    title: ClassVar[str] = "изменил(а) настройки компании"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class CopyTaken(Event):
    """Somebody has taken a nightly copy out; `made_at` says which."""

    kind: ClassVar[str] = "tenants.copy_taken"
    title: ClassVar[str] = "скачал(а) ночную копию данных компании"
    made_at: str = ""


@dataclass(frozen=True)
class CompanyBroughtBack(Event):
    """The company became what it had been at a moment (ISO); what it was since went with that."""

    kind: ClassVar[str] = "tenants.brought_back"
    title: ClassVar[str] = "восстановил(а) компанию из копии"
    moment: str = ""

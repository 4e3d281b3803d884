"""Facts about roles: what they give and who holds them."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class RoleCreated(Event):
    kind: ClassVar[str] = "access.role_created"
    title: ClassVar[str] = "создал(а) роль"
    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RoleChanged(Event):
    """`changes` hold the title, or the grants as {permission: scope}, before and after."""

    kind: ClassVar[str] = "access.role_changed"
    title: ClassVar[str] = "изменил(а) роль"
    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RoleRemoved(Event):
    kind: ClassVar[str] = "access.role_removed"
    title: ClassVar[str] = "удалил(а) роль"
    code: str
    role_title: str


@dataclass(frozen=True)
class FieldLimitsChanged(Event):
    """What a role keeps people from in fields of cards, as {`<kind>:<field>`: level} before and after.

    `card_kinds` are those of which something has been shut or opened.
    """

    kind: ClassVar[str] = "access.field_limits_changed"
    title: ClassVar[str] = "изменил(а) права роли на поля"
    code: str
    card_kinds: tuple[str, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RolesGiven(Event):
    """Somebody's roles are others now; `of` is his card, the values are titles of roles."""

    kind: ClassVar[str] = "access.roles_given"
    title: ClassVar[str] = "изменил(а) роли"
    changes: tuple[Change, ...] = ()

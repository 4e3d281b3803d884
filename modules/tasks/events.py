"""Facts about tasks."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class TaskCreated(Event):
    """`assignee` is a principal's id, as all people in the facts here; `helpers` are the co-assignees."""

    kind: ClassVar[str] = "tasks.created"
    title: ClassVar[str] = "поставил(а) задачу"
    assignee: int
    helpers: tuple[int, ...] = ()
    mentioned: tuple[int, ...] = ()


@dataclass(frozen=True)
class TaskAssigned(Event):
    """Handed over to another performer; `former` keeps watching."""

    kind: ClassVar[str] = "tasks.assigned"
    title: ClassVar[str] = "передал(а) задачу"
    assignee: int
    former: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class TaskChanged(Event):
    """`mentioned` are people whom the new description names and the former did not."""

    kind: ClassVar[str] = "tasks.changed"
    title: ClassVar[str] = "изменил(а) задачу"
    changes: tuple[Change, ...] = ()
    mentioned: tuple[int, ...] = ()


@dataclass(frozen=True)
class WatchersChanged(Event):
    """`came` and `left` are principals."""

    kind: ClassVar[str] = "tasks.watchers_changed"
    title: ClassVar[str] = "изменил(а) список наблюдателей"
    changes: tuple[Change, ...] = ()
    came: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class CoAssigneesChanged(Event):
    """`came` and `left` are principals."""

    kind: ClassVar[str] = "tasks.co_assignees_changed"
    title: ClassVar[str] = "изменил(а) список соисполнителей"
    changes: tuple[Change, ...] = ()
    came: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moved(Event):
    """Base of the facts of buttons; `text` is what the person wrote pressing one."""

    text: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class TaskAccepted(Moved):
    kind: ClassVar[str] = "tasks.accepted"
    title: ClassVar[str] = "принял(а) задачу"


@dataclass(frozen=True)
class TaskStarted(Moved):
    kind: ClassVar[str] = "tasks.started"
    title: ClassVar[str] = "начал(а) работу"


@dataclass(frozen=True)
class TaskSubmitted(Moved):
    kind: ClassVar[str] = "tasks.submitted"
    title: ClassVar[str] = "сдал(а) на проверку"


@dataclass(frozen=True)
class TaskReturned(Moved):
    kind: ClassVar[str] = "tasks.returned"
    title: ClassVar[str] = "вернул(а) на доработку"


@dataclass(frozen=True)
class TaskClosed(Moved):
    kind: ClassVar[str] = "tasks.closed"
    title: ClassVar[str] = "закрыл(а) задачу"


@dataclass(frozen=True)
class TaskCancelled(Moved):
    kind: ClassVar[str] = "tasks.cancelled"
    title: ClassVar[str] = "отменил(а) задачу"


@dataclass(frozen=True)
class TaskReopened(Moved):
    kind: ClassVar[str] = "tasks.reopened"
    title: ClassVar[str] = "открыл(а) задачу заново"


MOVES: dict[str, type[Moved]] = {
    "accept": TaskAccepted,
    "start": TaskStarted,
    "submit": TaskSubmitted,
    "close": TaskClosed,
    "return": TaskReturned,
    "cancel": TaskCancelled,
    "reopen": TaskReopened,
}

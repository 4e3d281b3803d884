"""Facts about tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.events.bus import Change, Event

_REASON = {"reason": "Причина"}


@dataclass(frozen=True)
class TaskCreated(Event):
    """`assignee` is a principal's id, as all people in the facts here; `helpers` are the co-assignees.

    `channels` are those by which the initiator wants the assignee told besides.
    """

    kind: ClassVar[str] = "tasks.created"
    title: ClassVar[str] = "поставил(а) задачу"
    assignee: int
    helpers: tuple[int, ...] = ()
    mentioned: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftMade(Event):
    """Written but not given yet: nobody besides its author hears of it."""

    kind: ClassVar[str] = "tasks.drafted"
    title: ClassVar[str] = "подготовил(а) черновик задачи"


@dataclass(frozen=True)
class TaskAssigned(Event):
    """Handed over to another performer; `former` keeps watching."""

    kind: ClassVar[str] = "tasks.assigned"
    title: ClassVar[str] = "передал(а) задачу"
    assignee: int
    former: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class InitiatorChanged(Event):
    """Another person speaks for the task; `former` did so before him."""

    kind: ClassVar[str] = "tasks.initiator_changed"
    title: ClassVar[str] = "сменил(а) инициатора задачи"
    initiator: int
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
    """Of former times: watchers are a matter of core/watchers now, and histories still tell what was said before."""

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


@dataclass(frozen=True)
class TaskReleased(Moved):
    """A draft has been given; people as in `TaskCreated`. `left` is who was asked about it and need not decide."""

    kind: ClassVar[str] = "tasks.released"
    title: ClassVar[str] = "поставил(а) задачу"
    assignee: int = 0
    helpers: tuple[int, ...] = ()
    mentioned: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class DueMoved(Event):
    """`nth` of the moves; `asker` is who had asked for it, None when the initiator moved it himself."""

    kind: ClassVar[str] = "tasks.due_moved"
    title: ClassVar[str] = "перенёс(ла) срок"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...]
    reason: str
    nth: int
    asker: int | None = None


@dataclass(frozen=True)
class DueMoveAsked(Event):
    kind: ClassVar[str] = "tasks.due_move_asked"
    title: ClassVar[str] = "попросил(а) перенести срок"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...]
    reason: str
    decider: int


@dataclass(frozen=True)
class DueMoveRefused(Event):
    kind: ClassVar[str] = "tasks.due_move_refused"
    title: ClassVar[str] = "отказал(а) в переносе срока"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...]
    reason: str
    asker: int


@dataclass(frozen=True)
class DueMoveDropped(Event):
    kind: ClassVar[str] = "tasks.due_move_dropped"
    title: ClassVar[str] = "снял(а) просьбу о переносе срока"


@dataclass(frozen=True)
class DraftSent(Event):
    """A draft has been sent to be approved; `together` are ids of all that were sent with it, told by the first."""

    kind: ClassVar[str] = "tasks.draft_sent"
    title: ClassVar[str] = "отправил(а) черновик на утверждение"
    labels: ClassVar[dict[str, str]] = {"approver": "Утверждает"}
    changes: tuple[Change, ...]
    approver: int
    together: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftApproved(Event):
    """`asker` had sent it; `together` as of `DraftSent`, `left` is who has decided and sees it no more."""

    kind: ClassVar[str] = "tasks.draft_approved"
    title: ClassVar[str] = "утвердил(а) черновик"
    asker: int
    left: tuple[int, ...]
    together: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftReturned(Event):
    """`text` is why; `together` as of `DraftSent`, `left` as of `DraftApproved`."""

    kind: ClassVar[str] = "tasks.draft_returned"
    title: ClassVar[str] = "вернул(а) черновик"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...]
    asker: int
    text: str
    left: tuple[int, ...]
    together: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftRecalled(Event):
    """It is approved by nobody any more: changed, taken back, or left without its approver, as `changes` say.

    `asker` is told when somebody else has done it; `left` are those who were to decide.
    """

    kind: ClassVar[str] = "tasks.draft_recalled"
    title: ClassVar[str] = "снял(а) черновик с утверждения"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...] = ()
    asker: int | None = None
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class ApproverChanged(Event):
    """Another person decides over a draft that waits; `left` is who did before, `together` as of `DraftSent`."""

    kind: ClassVar[str] = "tasks.approver_changed"
    title: ClassVar[str] = "передал(а) утверждение черновика"
    labels: ClassVar[dict[str, str]] = {"approver": "Утверждает"}
    changes: tuple[Change, ...]
    approver: int
    left: tuple[int, ...]
    together: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReleaseMissed(Event):
    """The date of a draft has come, and it could not be released: `changes` say why. The author is told."""

    kind: ClassVar[str] = "tasks.release_missed"
    title: ClassVar[str] = "не смог(ла) поставить черновик по дате"
    labels: ClassVar[dict[str, str]] = _REASON
    changes: tuple[Change, ...]
    author: int
    text: str


@dataclass(frozen=True)
class SubtaskAdded(Event):
    """Said of the parent; the words of the subtask are its own."""

    kind: ClassVar[str] = "tasks.subtask_added"
    title: ClassVar[str] = "добавил(а) подзадачу"
    subtask: str


@dataclass(frozen=True)
class SubtaskRemoved(Event):
    kind: ClassVar[str] = "tasks.subtask_removed"
    title: ClassVar[str] = "отделил(а) подзадачу"
    subtask: str


@dataclass(frozen=True)
class TaskPlaced(Event):
    """The task stands under another one now, `parent` is its address, or under none."""

    kind: ClassVar[str] = "tasks.placed"
    title: ClassVar[str] = "изменил(а) место задачи"
    parent: str | None


@dataclass(frozen=True)
class TaskUnblocked(Event):
    """The last task that this one depended on is over."""

    kind: ClassVar[str] = "tasks.unblocked"
    title: ClassVar[str] = "завершил(а) последнюю задачу, от которой зависит эта"
    by_task: str


@dataclass(frozen=True)
class TimerStarted(Event):
    kind: ClassVar[str] = "tasks.timer_started"
    title: ClassVar[str] = "включил(а) таймер"


@dataclass(frozen=True)
class TimeSpent(Event):
    """Minutes were written down, corrected or taken back."""

    kind: ClassVar[str] = "tasks.time_spent"
    title: ClassVar[str] = "отметил(а) затраченное время"
    labels: ClassVar[dict[str, str]] = {"time": "Время"}
    changes: tuple[Change, ...]
    person: int


MOVES: dict[str, type[Moved]] = {
    "release": TaskReleased,
    "accept": TaskAccepted,
    "start": TaskStarted,
    "submit": TaskSubmitted,
    "close": TaskClosed,
    "return": TaskReturned,
    "cancel": TaskCancelled,
    "reopen": TaskReopened,
}


@dataclass(frozen=True)
class TemplateMade(Event):
    kind: ClassVar[str] = "tasks.template-made"
    title: ClassVar[str] = "создал(а) шаблон"


@dataclass(frozen=True)
class TemplateChanged(Event):
    kind: ClassVar[str] = "tasks.template-changed"
    title: ClassVar[str] = "изменил(а) шаблон"
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TasksPromised(Event):
    """Somebody has pressed «Поставить сейчас» for many `people` (principals): those who have no task of the moment `at`
    yet get theirs one after another."""

    kind: ClassVar[str] = "tasks.promised"
    title: ClassVar[str] = "ставит задачи по шаблону многим сразу"
    labels: ClassVar[dict[str, str]] = {"people": "Исполнителей"}
    at: datetime
    people: tuple[int, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class NamedIsGone(Event):
    """A role or a department by which a template gave its tasks has been deleted; `owner` is told."""

    kind: ClassVar[str] = "tasks.named_is_gone"
    title: ClassVar[str] = "убрал(а) из исполнителей то, чего больше нет"
    changes: tuple[Change, ...]
    owner: int
    named: str

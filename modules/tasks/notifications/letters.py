"""Notices about tasks that have been given. Nobody gets one about what he has done himself."""

from collections.abc import Callable
from datetime import datetime

from core.checklists.notifications import tell_of_released
from core.comments.queries import split_by_sight
from core.entities.models import Participant
from core.entities.participants import people_of
from core.events.bus import Reader, Told
from core.notifications.kinds import Notification
from core.notifications.moments import open_moment
from core.notifications.reminders import plan_reminders
from core.organization.people import people
from core.registry import registry
from core.watchers.events import WatchersChanged

from ..events import CoAssigneesChanged, DueMoveAsked, DueMoved, DueMoveRefused, TaskChanged
from ..models import Task
from .kinds import (
    CANCELLED,
    CLOSED,
    GIVEN,
    HELPING,
    INHERITED,
    MOVED,
    NAMED,
    REOPENED,
    RETURNED,
    SUBMITTED,
    UNBLOCKED,
    WATCHED,
    WATCHING,
)
from .writing import About, Line, due_line, words_of, write

Part = Participant.Part
_ASSIGNEE, _INITIATOR, _HELPER, _WATCHER = "вы исполнитель", "вы инициатор", "вы соисполнитель", "вы наблюдаете"


def tell_people(told: Told) -> None:
    """Write the letters that a fact asks for; exactly once, in the transaction of its reading."""
    task = Task.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if task is None or task.is_draft:
        return
    if told.kind in _MOVING:
        plan_reminders(task)
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    # One fact writes nobody two letters, so the first of these is the one a person gets.
    if told.kind in _LETTERS:
        what, to, reason, say = _LETTERS[told.kind]
        # Handed over twice before anybody read: each letter goes to whom its own fact names.
        receiver = told.payload.get("assignee", getattr(task, to))
        write(told, task, {receiver}, what, reason, say(task, doer), asked=told.payload.get("channels", ()))
    if told.kind in _ABOUT_DUE:
        to, reason, say_of = _ABOUT_DUE[told.kind]
        write(told, task, {told.payload.get(to) or task.responsible_id}, MOVED, reason, say_of(task, doer, told))
    helpers = {*told.payload.get("helpers", ()), *_came(told, CoAssigneesChanged.kind)}
    write(told, task, helpers, HELPING, _HELPER, _helping(task, doer))
    write(told, task, _came(told, WatchersChanged.kind), WATCHING, _WATCHER, _watching(task, doer))
    if told.kind == _RELEASED:
        tell_of_released(told, registry.kind_of(Task.KIND), task)
    # A mention lets nobody in: whoever does not see the task hears nothing of it.
    if mentioned := told.payload.get("mentioned"):
        seeing, _ = split_by_sight(mentioned, registry.kind_of(Task.KIND), task.pk)
        write(told, task, seeing, NAMED, "вас упомянули", _named(task, doer))
    if told.kind in _AROUND:
        _tell_around(told, task, doer)


def _tell_around(told: Told, task: Task, doer: str) -> None:
    """Let those who help and those who look on know what has become of the task."""
    what, said = _AROUND[told.kind]
    around = people_of([task.pk], Part.CO_WORKER, Part.WATCHER).get(task.pk, {})
    lines = said(task, doer, told)
    if what is not None:
        write(told, task, around.get(Part.CO_WORKER, ()), what, _HELPER, lines)
    # The part of one who looks on may be wider than what his role shows him now.
    seeing, _ = split_by_sight(around.get(Part.WATCHER, ()), registry.kind_of(Task.KIND), task.pk)
    write(told, task, seeing, WATCHED, _WATCHER, lines)


def _came(told: Told, kind: str) -> list[int]:
    return told.payload.get("came", []) if told.kind == kind else []


def _given(task: Task, doer: str) -> list[Line]:
    return ["Новая задача", f"{doer} поручает вам задачу «{task.title}».", due_line(task), *words_of(task)]


def _helping(task: Task, doer: str) -> list[Line]:
    said = f"{doer} зовёт вас соисполнителем в задачу «{task.title}»."
    return ["Вы соисполнитель", said, due_line(task), *words_of(task)]


def _named(task: Task, doer: str) -> list[Line]:
    return ["Вас упомянули в задаче", f"{doer} упоминает вас в описании задачи «{task.title}».", *words_of(task)]


def _submitted(task: Task, doer: str) -> list[Line]:
    return ["Задача ждёт проверки", f"{doer} сдаёт на проверку задачу «{task.title}». Закройте её или верните."]


def _returned(task: Task, doer: str) -> list[Line]:
    return ["Задача возвращена", f"{doer} возвращает задачу «{task.title}» на доработку.", due_line(task)]


def _closed(task: Task, doer: str) -> list[Line]:
    return ["Задача закрыта", f"{doer} закрывает задачу «{task.title}». Работа принята."]


def _cancelled(task: Task, doer: str) -> list[Line]:
    return ["Задача отменена", f"{doer} отменяет задачу «{task.title}». Делать её больше не нужно."]


def _reopened(task: Task, doer: str) -> list[Line]:
    return ["Задача открыта заново", f"{doer} открывает задачу «{task.title}» заново.", due_line(task)]


def _watching(task: Task, doer: str) -> list[Line]:
    return ["Вы наблюдатель", f"{doer} просит вас наблюдать за задачей «{task.title}».", due_line(task)]


def _handed_in(task: Task, doer: str, told: Told) -> list[Line]:
    return ["Задача сдана на проверку", f"{doer} сдаёт на проверку задачу «{task.title}»."]


def _passed_on(task: Task, doer: str, told: Told) -> list[Line]:
    to = people([told.payload["assignee"]]).get(told.payload["assignee"])
    name = f": теперь исполнитель {to['name']}" if to else ""
    return ["Задача передана", f"{doer} передаёт задачу «{task.title}»{name}.", due_line(task)]


def _as_told(say: Callable[[Task, str], list[Line]]) -> Callable[[Task, str, Told], list[Line]]:
    return lambda task, doer, told: say(task, doer)


def _inherited(task: Task, doer: str) -> list[Line]:
    said = f"{doer} передаёт вам задачу «{task.title}»: теперь вы принимаете по ней работу."
    return ["Вы стали инициатором", said, due_line(task)]


def _unblocked(task: Task, doer: str) -> list[Line]:
    return ["Можно начинать", f"{doer} завершает последнюю задачу, от которой зависит «{task.title}».", due_line(task)]


def _move_asked(task: Task, doer: str, told: Told) -> list[Line]:
    wanted = About("due_at", f"{doer} просит перенести срок задачи «{task.title}» на {_wanted(told)}.")
    reason = About("due_at", f"Причина: {told.payload['reason']}")
    return [About("due_at", "Просят перенести срок"), wanted, reason, "Согласуйте или откажите на карточке."]


def _moved(task: Task, doer: str, told: Told) -> list[Line]:
    reason = About("due_at", f"Причина: {told.payload['reason']}" if told.payload["reason"] else "")
    return [About("due_at", "Срок перенесён"), f"{doer} переносит срок задачи «{task.title}».", due_line(task), reason]


def _move_refused(task: Task, doer: str, told: Told) -> list[Line]:
    said = About("due_at", f"{doer} не согласует перенос срока задачи «{task.title}» на {_wanted(told)}.")
    return [About("due_at", "Срок прежний"), said, About("due_at", told.payload["reason"]), due_line(task)]


def _wanted(told: Told) -> str:
    return open_moment(datetime.fromisoformat(told.payload["changes"][0]["new"]))


# Fact → (kind of notice, the task's column with whom it concerns, why he gets it, what to say).
_LETTERS: dict[str, tuple[Notification, str, str, Callable[[Task, str], list[Line]]]] = {
    "tasks.created": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.assigned": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.released": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.submitted": (SUBMITTED, "author_id", _INITIATOR, _submitted),
    "tasks.returned": (RETURNED, "responsible_id", _ASSIGNEE, _returned),
    "tasks.closed": (CLOSED, "responsible_id", _ASSIGNEE, _closed),
    "tasks.cancelled": (CANCELLED, "responsible_id", _ASSIGNEE, _cancelled),
    "tasks.reopened": (REOPENED, "responsible_id", _ASSIGNEE, _reopened),
    "tasks.initiator_changed": (INHERITED, "author_id", _INITIATOR, _inherited),
    "tasks.unblocked": (UNBLOCKED, "responsible_id", _ASSIGNEE, _unblocked),
}
# Fact → (the payload's field with whom it concerns, else the assignee; why he gets it; what to say).
_ABOUT_DUE: dict[str, tuple[str, str, Callable[[Task, str, Told], list[Line]]]] = {
    DueMoveAsked.kind: ("decider", _INITIATOR, _move_asked),
    DueMoved.kind: ("asker", _ASSIGNEE, _moved),
    DueMoveRefused.kind: ("asker", _ASSIGNEE, _move_refused),
}
# Fact → (the kind of notice for those who help, None when it concerns them not; what they and those who look on read).
_AROUND: dict[str, tuple[Notification | None, Callable[[Task, str, Told], list[Line]]]] = {
    "tasks.assigned": (None, _passed_on),
    "tasks.submitted": (None, _handed_in),
    "tasks.returned": (RETURNED, _as_told(_returned)),
    "tasks.closed": (CLOSED, _as_told(_closed)),
    "tasks.cancelled": (CANCELLED, _as_told(_cancelled)),
    "tasks.reopened": (REOPENED, _as_told(_reopened)),
    DueMoved.kind: (MOVED, _moved),
}
_RELEASED = "tasks.released"
# Facts that may bring a due moment nearer.
_MOVING = ("tasks.created", _RELEASED, "tasks.changed", "tasks.reopened", DueMoved.kind)
letters = Reader(
    "tasks.letters",
    kinds=(*_LETTERS, *_ABOUT_DUE, TaskChanged.kind, CoAssigneesChanged.kind, WatchersChanged.kind),
    effect=tell_people,
)

"""Notices about tasks. Nobody gets one about what he has done himself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from core.access.actor import Actor
from core.access.limits import kept_from
from core.comments.queries import split_by_sight
from core.context import current_company
from core.entities.models import Participant
from core.entities.participants import people_of
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import BELL, Button, Notification
from core.notifications.reminders import plan_reminders
from core.notifications.rules import moment_text
from core.organization.people import people
from core.registry import registry
from core.richtext import plain_of

from .actions import do_deed
from .events import CoAssigneesChanged, DueMoveAsked, DueMoved, DueMoveRefused, TaskChanged, WatchersChanged
from .models import Status, Task
from .rules import BY_CODE

_LONGEST = 2000
_GROUP = "Задачи"
Part = Participant.Part


class About(NamedTuple):
    """A line that tells a field of the task: whoever may not see the field gets the letter without it."""

    field: str
    text: str


Line = str | About


def _deed(code: str) -> Button:
    """A button of the card under the message; its refusals are the card's own."""

    def press(task: Task, by: Actor) -> str:
        return f"{task.number}: {Status(do_deed(task, code, by=by).status).label.lower()}"

    return Button(code, BY_CODE[code].title, press)


GIVEN = Notification("tasks.given", "Новая задача", _GROUP, button=_deed("accept"))
HELPING = Notification("tasks.helping", "Вы соисполнитель", _GROUP)
NAMED = Notification("tasks.mentioned", "Вас упомянули в задаче", _GROUP, is_mention=True)
SUBMITTED = Notification("tasks.submitted", "Задача ждёт проверки", _GROUP, button=_deed("close"))
RETURNED = Notification("tasks.returned", "Задача возвращена", _GROUP)
CLOSED = Notification("tasks.closed", "Задача закрыта", _GROUP)
MOVED = Notification("tasks.due", "Перенос срока", _GROUP)
INHERITED = Notification("tasks.inherited", "Вы стали инициатором задачи", _GROUP)
UNBLOCKED = Notification("tasks.unblocked", "Можно начинать", _GROUP)
CANCELLED = Notification("tasks.cancelled", "Задача отменена", _GROUP)
REOPENED = Notification("tasks.reopened", "Задача открыта заново", _GROUP)
WATCHING = Notification("tasks.watching", "Вы наблюдатель", _GROUP, channels=(BELL,))
# Who only looks on is not written letters to, unless he wants them.
WATCHED = Notification("tasks.watched", "Ход задачи, за которой вы наблюдаете", _GROUP, channels=(BELL,))
KINDS = (
    GIVEN, HELPING, NAMED, SUBMITTED, RETURNED, CLOSED, CANCELLED, REOPENED, MOVED, INHERITED, UNBLOCKED, WATCHING,
    WATCHED,
)  # fmt: skip
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
        _write(told, task, {receiver}, what, reason, say(task, doer), asked=told.payload.get("channels", ()))
    if told.kind in _ABOUT_DUE:
        to, reason, say_of = _ABOUT_DUE[told.kind]
        _write(told, task, {told.payload.get(to) or task.responsible_id}, MOVED, reason, say_of(task, doer, told))
    helpers = {*told.payload.get("helpers", ()), *_came(told, CoAssigneesChanged.kind)}
    _write(told, task, helpers, HELPING, _HELPER, _helping(task, doer))
    _write(told, task, _came(told, WatchersChanged.kind), WATCHING, _WATCHER, _watching(task, doer))
    # A mention lets nobody in: whoever does not see the task hears nothing of it.
    if mentioned := told.payload.get("mentioned"):
        seeing, _ = split_by_sight(mentioned, registry.kind_of(Task.KIND), task.pk)
        _write(told, task, seeing, NAMED, "вас упомянули", _named(task, doer))
    if told.kind in _AROUND:
        _tell_around(told, task, doer)


def _tell_around(told: Told, task: Task, doer: str) -> None:
    """Let those who help and those who look on know what has become of the task."""
    what, said = _AROUND[told.kind]
    around = people_of([task.pk], Part.CO_WORKER, Part.WATCHER).get(task.pk, {})
    lines = said(task, doer, told)
    if what is not None:
        _write(told, task, around.get(Part.CO_WORKER, ()), what, _HELPER, lines)
    # The part of one who looks on may be wider than what his role shows him now.
    seeing, _ = split_by_sight(around.get(Part.WATCHER, ()), registry.kind_of(Task.KIND), task.pk)
    _write(told, task, seeing, WATCHED, _WATCHER, lines)


def _came(told: Told, kind: str) -> list[int]:
    return told.payload.get("came", []) if told.kind == kind else []


def _write(
    told: Told,
    task: Task,
    receivers: Iterable[int | None],
    what: Notification,
    reason: str,
    said: list[Line],
    asked: Iterable[str] = (),
) -> None:
    to = {who for who in receivers if who is not None} - {told.actor_id}
    if not to:
        return
    subject, *lines = said
    if told.payload.get("text"):
        lines.append(f"«{told.payload['text']}»")
    for shut, people_so in _alike(to, task.KIND).items():
        notify(
            people_so,
            kind=what,
            subject=f"{subject}: {task.title} ({task.number})",
            paragraphs=[text for line in lines if (text := _open_text(line, shut))],
            link_path=f"/tasks/{task.pk}",
            fact_id=told.id,
            card=task,
            reason=reason,
            asked=tuple(asked),
        )


def _alike(people_told: set[int], kind: str) -> dict[frozenset[str], set[int]]:
    """Receivers by the fields that are hidden from them."""
    kept = kept_from(people_told, kind)
    found: dict[frozenset[str], set[int]] = {}
    for who in people_told:
        found.setdefault(kept.get(who, frozenset()), set()).add(who)
    return found


def _open_text(line: Line, shut: frozenset[str]) -> str:
    if isinstance(line, About):
        return "" if line.field in shut else line.text
    return line


def _given(task: Task, doer: str) -> list[Line]:
    return ["Новая задача", f"{doer} поручает вам задачу «{task.title}».", _due(task), *_words(task)]


def _helping(task: Task, doer: str) -> list[Line]:
    said = f"{doer} зовёт вас соисполнителем в задачу «{task.title}»."
    return ["Вы соисполнитель", said, _due(task), *_words(task)]


def _named(task: Task, doer: str) -> list[Line]:
    return ["Вас упомянули", f"{doer} упоминает вас в описании задачи «{task.title}».", *_words(task)]


def _words(task: Task) -> list[Line]:
    """The description without its marks, a paragraph for each line; the whole of a long one is on the card."""
    text = plain_of(task.description)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return [About("description", line) for line in shown.split("\n")]


def _submitted(task: Task, doer: str) -> list[Line]:
    return ["Задача ждёт проверки", f"{doer} сдаёт на проверку задачу «{task.title}». Закройте её или верните."]


def _returned(task: Task, doer: str) -> list[Line]:
    return ["Задача возвращена", f"{doer} возвращает задачу «{task.title}» на доработку.", _due(task)]


def _closed(task: Task, doer: str) -> list[Line]:
    return ["Задача закрыта", f"{doer} закрывает задачу «{task.title}». Работа принята."]


def _cancelled(task: Task, doer: str) -> list[Line]:
    return ["Задача отменена", f"{doer} отменяет задачу «{task.title}». Делать её больше не нужно."]


def _reopened(task: Task, doer: str) -> list[Line]:
    return ["Задача открыта заново", f"{doer} открывает задачу «{task.title}» заново.", _due(task)]


def _watching(task: Task, doer: str) -> list[Line]:
    return ["Вы наблюдатель", f"{doer} просит вас наблюдать за задачей «{task.title}».", _due(task)]


def _handed_in(task: Task, doer: str, told: Told) -> list[Line]:
    return ["Задача сдана на проверку", f"{doer} сдаёт на проверку задачу «{task.title}»."]


def _passed_on(task: Task, doer: str, told: Told) -> list[Line]:
    to = people([told.payload["assignee"]]).get(told.payload["assignee"])
    name = f": теперь исполнитель {to['name']}" if to else ""
    return ["Задача передана", f"{doer} передаёт задачу «{task.title}»{name}.", _due(task)]


def _as_told(say: Callable[[Task, str], list[Line]]) -> Callable[[Task, str, Told], list[Line]]:
    return lambda task, doer, told: say(task, doer)


def _inherited(task: Task, doer: str) -> list[Line]:
    said = f"{doer} передаёт вам задачу «{task.title}»: теперь вы принимаете по ней работу."
    return ["Вы стали инициатором", said, _due(task)]


def _unblocked(task: Task, doer: str) -> list[Line]:
    return ["Можно начинать", f"{doer} завершает последнюю задачу, от которой зависит «{task.title}».", _due(task)]


def _move_asked(task: Task, doer: str, told: Told) -> list[Line]:
    wanted = About("due_at", f"{doer} просит перенести срок задачи «{task.title}» на {_wanted(told)}.")
    reason = About("due_at", f"Причина: {told.payload['reason']}")
    return ["Просят перенести срок", wanted, reason, "Согласуйте или откажите на карточке."]


def _moved(task: Task, doer: str, told: Told) -> list[Line]:
    reason = About("due_at", f"Причина: {told.payload['reason']}" if told.payload["reason"] else "")
    return ["Срок перенесён", f"{doer} переносит срок задачи «{task.title}».", _due(task), reason]


def _move_refused(task: Task, doer: str, told: Told) -> list[Line]:
    said = About("due_at", f"{doer} не согласует перенос срока задачи «{task.title}» на {_wanted(told)}.")
    return ["Срок прежний", said, About("due_at", told.payload["reason"]), _due(task)]


def _wanted(told: Told) -> str:
    return moment_text(current_company(), datetime.fromisoformat(told.payload["changes"][0]["new"]))


def _due(task: Task) -> About:
    said = f"Срок: {moment_text(current_company(), task.due_at)}." if task.due_at else "Срок не указан."
    return About("due_at", said)


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
# Facts that may bring a due moment nearer.
_MOVING = ("tasks.created", "tasks.released", "tasks.changed", "tasks.reopened", DueMoved.kind)
letters = Reader(
    "tasks.letters",
    kinds=(*_LETTERS, *_ABOUT_DUE, TaskChanged.kind, CoAssigneesChanged.kind, WatchersChanged.kind),
    effect=tell_people,
)

"""Letters about tasks. Nobody gets a letter about what he has done himself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from core.comments.queries import split_by_sight
from core.context import current_company
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.organization.people import people
from core.registry import registry
from core.richtext import plain_of

from .events import CoAssigneesChanged, DueMoveAsked, DueMoved, DueMoveRefused, TaskChanged
from .models import Task

_LONGEST = 2000


def tell_people(told: Told) -> None:
    """Write the letters that a fact asks for; exactly once, in the transaction of its reading."""
    task = Task.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if task is None or task.is_draft:
        return
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    # One fact writes nobody two letters, so the first of these is the one a person gets.
    if told.kind in _LETTERS:
        to, say = _LETTERS[told.kind]
        # Handed over twice before anybody read: each letter goes to whom its own fact names.
        _write(told, task, {told.payload.get("assignee", getattr(task, to))}, say(task, doer))
    if told.kind in _ABOUT_DUE:
        to, say_of = _ABOUT_DUE[told.kind]
        _write(told, task, {told.payload.get(to) or task.responsible_id}, say_of(task, doer, told))
    helpers = {*told.payload.get("helpers", ()), *_came(told)}
    _write(told, task, helpers, _helping(task, doer))
    # A mention lets nobody in: whoever does not see the task hears nothing of it.
    if mentioned := told.payload.get("mentioned"):
        seeing, _ = split_by_sight(mentioned, registry.kind_of(Task.KIND), task.pk)
        _write(told, task, seeing, _named(task, doer))


def _came(told: Told) -> list[int]:
    return told.payload.get("came", []) if told.kind == CoAssigneesChanged.kind else []


def _write(told: Told, task: Task, receivers: Iterable[int | None], said: list[str]) -> None:
    to = {who for who in receivers if who is not None} - {told.actor_id}
    if not to:
        return
    subject, *lines = said
    if told.payload.get("text"):
        lines.append(f"«{told.payload['text']}»")
    notify(
        to,
        kind=told.kind,
        subject=f"{subject}: {task.title} ({task.number})",
        paragraphs=[line for line in lines if line],
        link_path=f"/tasks/{task.pk}",
        fact_id=told.id,
    )


def _given(task: Task, doer: str) -> list[str]:
    return ["Новая задача", f"{doer} поручает вам задачу «{task.title}».", _due(task), *_words(task)]


def _helping(task: Task, doer: str) -> list[str]:
    said = f"{doer} зовёт вас соисполнителем в задачу «{task.title}»."
    return ["Вы соисполнитель", said, _due(task), *_words(task)]


def _named(task: Task, doer: str) -> list[str]:
    return ["Вас упомянули", f"{doer} упоминает вас в описании задачи «{task.title}».", *_words(task)]


def _words(task: Task) -> list[str]:
    """The description without its marks, a paragraph for each line; the whole of a long one is on the card."""
    text = plain_of(task.description)
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…").split("\n")


def _submitted(task: Task, doer: str) -> list[str]:
    return ["Задача ждёт проверки", f"{doer} сдаёт на проверку задачу «{task.title}». Закройте её или верните."]


def _returned(task: Task, doer: str) -> list[str]:
    return ["Задача возвращена", f"{doer} возвращает задачу «{task.title}» на доработку.", _due(task)]


def _closed(task: Task, doer: str) -> list[str]:
    return ["Задача закрыта", f"{doer} закрывает задачу «{task.title}». Работа принята."]


def _unblocked(task: Task, doer: str) -> list[str]:
    return ["Можно начинать", f"{doer} завершает последнюю задачу, от которой зависит «{task.title}».", _due(task)]


def _move_asked(task: Task, doer: str, told: Told) -> list[str]:
    wanted = f"{doer} просит перенести срок задачи «{task.title}» на {_wanted(told)}."
    reason = f"Причина: {told.payload['reason']}"
    return ["Просят перенести срок", wanted, reason, "Согласуйте или откажите на карточке."]


def _moved(task: Task, doer: str, told: Told) -> list[str]:
    reason = f"Причина: {told.payload['reason']}" if told.payload["reason"] else ""
    return ["Срок перенесён", f"{doer} переносит срок задачи «{task.title}».", _due(task), reason]


def _move_refused(task: Task, doer: str, told: Told) -> list[str]:
    said = f"{doer} не согласует перенос срока задачи «{task.title}» на {_wanted(told)}."
    return ["Срок прежний", said, told.payload["reason"], _due(task)]


def _wanted(told: Told) -> str:
    return moment_text(datetime.fromisoformat(told.payload["changes"][0]["new"]))


def _due(task: Task) -> str:
    return f"Срок: {moment_text(task.due_at)}." if task.due_at else "Срок не указан."


def moment_text(moment: datetime) -> str:
    """«21.11.2026 в 18:00» in the company's zone."""
    return moment.astimezone(ZoneInfo(current_company().time_zone)).strftime("%d.%m.%Y в %H:%M")


# Fact → (the task's column with whom it concerns, what to say).
_LETTERS: dict[str, tuple[str, Callable[[Task, str], list[str]]]] = {
    "tasks.created": ("responsible_id", _given),
    "tasks.assigned": ("responsible_id", _given),
    "tasks.submitted": ("author_id", _submitted),
    "tasks.returned": ("responsible_id", _returned),
    "tasks.closed": ("responsible_id", _closed),
    "tasks.released": ("responsible_id", _given),
    "tasks.unblocked": ("responsible_id", _unblocked),
}
# Fact → (the payload's field with whom it concerns, else the assignee; what to say).
_ABOUT_DUE: dict[str, tuple[str, Callable[[Task, str, Told], list[str]]]] = {
    DueMoveAsked.kind: ("decider", _move_asked),
    DueMoved.kind: ("asker", _moved),
    DueMoveRefused.kind: ("asker", _move_refused),
}
letters = Reader(
    "tasks.letters", kinds=(*_LETTERS, *_ABOUT_DUE, TaskChanged.kind, CoAssigneesChanged.kind), effect=tell_people
)

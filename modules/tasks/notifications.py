"""Letters about tasks. Nobody gets a letter about what he has done himself."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from core.context import current_company
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.organization.people import people

from .models import Task


def tell_people(told: Told) -> None:
    """Write the letter that a fact asks for; exactly once, in the transaction of its reading."""
    task = Task.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if task is None:
        return
    to, say = _LETTERS[told.kind]
    receiver = getattr(task, to)
    if told.kind in ("tasks.created", "tasks.assigned"):
        # Handed over twice before anybody read: each letter goes to whom its own fact names.
        receiver = told.payload["assignee"]
    if receiver in (None, told.actor_id):
        return
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    subject, *lines = say(task, doer)
    if told.payload.get("text"):
        lines.append(f"«{told.payload['text']}»")
    notify(
        [receiver],
        kind=told.kind,
        subject=f"{subject}: {task.title} ({task.number})",
        paragraphs=[line for line in lines if line],
        link_path=f"/tasks/{task.pk}",
        fact_id=told.id,
    )


def _given(task: Task, doer: str) -> list[str]:
    return ["Новая задача", f"{doer} поручает вам задачу «{task.title}».", _due(task), task.description]


def _submitted(task: Task, doer: str) -> list[str]:
    return ["Задача ждёт проверки", f"{doer} сдаёт на проверку задачу «{task.title}». Закройте её или верните."]


def _returned(task: Task, doer: str) -> list[str]:
    return ["Задача возвращена", f"{doer} возвращает задачу «{task.title}» на доработку.", _due(task)]


def _closed(task: Task, doer: str) -> list[str]:
    return ["Задача закрыта", f"{doer} закрывает задачу «{task.title}». Работа принята."]


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
}
letters = Reader("tasks.letters", kinds=tuple(_LETTERS), effect=tell_people)

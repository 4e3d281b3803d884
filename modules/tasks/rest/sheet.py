"""Tasks in files: what is written of each, and how tasks are made of rows.

Whoever imports a task is its initiator; without an assignee it is his own. Controllers watch it, and what is still open
has the usual due moment where the file names none, as if it were given by hand. Nobody is told of each: a file of old
work would be a flood of letters.
"""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.entities.bulk import NewCard
from core.entities.models import Participant
from core.entities.sheets import OWN_NUMBER, Cell, Column, Sheet
from core.numbering.actions import take_numbers
from core.statuses.queries import scheme_of
from core.statuses.rules import Scheme
from core.statuses.sheet import base_of, disagreement, status_in
from modules.tasks.actions.cards import controllers
from modules.tasks.models import Status, Task
from modules.tasks.options import usual_due
from modules.tasks.permissions import CREATE
from modules.tasks.queries import rows_asked
from modules.tasks.rules import OPEN, STATES

Part = Participant.Part
_EVENING = time(18)
_LONGEST_ESTIMATE = 60 * 24 * 365
_PRIORITY_NORMAL = Task.Priority.NORMAL


def _statuses() -> list[tuple[str, str]]:
    """What a task may be in a file; the words of other programs after our own."""
    own = [(status.value, str(status.label)) for status in Status if status != Status.DRAFT]
    theirs = {
        Status.NEW: ("Ждет выполнения", "Не начата", "Открыта", "Не просмотрена"),
        Status.IN_WORK: ("Выполняется", "В процессе"),
        Status.IN_REVIEW: ("Ждет контроля", "Ожидает контроля"),
        Status.CLOSED: ("Завершена", "Выполнена", "Сделана", "Готово"),
        Status.CANCELLED: ("Отклонена", "Снята"),
    }
    return own + [(status.value, word) for status, words in theirs.items() for word in words]


def _priorities() -> list[tuple[int, str]]:
    own = [(priority.value, str(priority.label)) for priority in Task.Priority]
    normal = ("Средний", "Низкий", "Нормальный", "Обычный", "Средняя", "Низкая")
    high = ("Высокий", "Высокая", "Важный")
    return [*own, *((0, word) for word in normal), *((1, word) for word in high), (2, "Срочный")]


def _described(text: str) -> str:
    richtext.check(text)
    return richtext.kept(text, {})


def _estimated(minutes: Decimal) -> int:
    if not 0 < minutes <= _LONGEST_ESTIMATE:
        raise ValueError("Оценка в минутах: больше нуля и не больше года")
    return int(minutes)


def _past(moment: datetime) -> datetime:
    if moment > timezone.now():
        raise ValueError("Это ещё не наступило. Проверьте дату")
    return moment


def _plannable(moment: datetime) -> datetime:
    if moment.year < 2000:
        raise ValueError("Проверьте год срока")
    return moment


def _refusals(values: dict[str, Any]) -> dict[str, str]:
    status, done = values.get("status") or base_of(values) or Status.NEW, values.get("done_at")
    if wrong := disagreement(values, dict(Status.choices)):
        return wrong
    if done and status in OPEN:
        return {"done_at": "Задача ещё не закрыта: уберите дату или исправьте состояние"}
    return {}


def _make(rows: Sequence[dict[str, Any]], by: Actor) -> list[NewCard]:
    usual = _Usual(scheme_of(Task.KIND, ""), usual_due(), tuple(controllers()))
    return [_card(row, usual, by) for row in rows]


class _Usual(NamedTuple):
    """What the company gives to each task that is made."""

    scheme: Scheme
    due_at: datetime | None
    controllers: tuple[int, ...]


def _card(row: dict[str, Any], usual: _Usual, by: Actor) -> NewCard:
    status, now = Status(row.get("status") or base_of(row) or Status.NEW), timezone.now()
    entry = usual.scheme.entry(status)
    common = {
        "title": row["title"],
        "author": by.principal_id,
        "responsible": row.get("assignee", by.principal_id),
        "status": status,
        "own_status": status_in(row) or (entry.id if entry else None),
        "state": STATES[status],
        "due_at": row.get("due_at", usual.due_at if status in OPEN else None),
        "priority": row.get("priority", _PRIORITY_NORMAL),
        "is_private": row.get("is_private", False),
        "created_at": row.get("created_at", now),
        "done_at": None if status in OPEN else row.get("done_at", now),
    }
    own = {"description": row.get("description", ""), "estimate": row.get("estimate")}
    parts: dict[str, tuple[int, ...]] = {
        Part.CO_WORKER: tuple(row.get("co_assignees", ())),
        Part.WATCHER: _watchers(row, common, usual.controllers),
    }
    return NewCard(common, own, parts)


def _watchers(row: dict[str, Any], common: dict[str, Any], controllers: tuple[int, ...]) -> tuple[int, ...]:
    playing = (common["author"], common["responsible"])
    own = () if common["is_private"] else tuple(who for who in controllers if who not in playing)
    return tuple(dict.fromkeys((*row.get("watchers", ()), *own)))


SHEET = Sheet(
    title="Задачи",
    columns=(
        Column(
            "number", "Номер", Cell.LINE, "number", is_read=False, sought=True, longest=60, unread=OWN_NUMBER,
            aliases=("№", "ID", "Номер задачи", "Код"),
        ),
        Column(
            "title", "Название", Cell.LINE, "title", required=True, sought=True,
            aliases=("Задача", "Название задачи", "Тема", "Текст задачи", "Заголовок", "Card Name", "Task", "Title"),
            example="Подготовить договор",
        ),
        Column(
            "status", "Состояние", Cell.CHOICE, "status", choices=_statuses, aliases=("Статус", "Стадия", "Status"),
            example="Новая",
        ),
        Column(
            "assignee", "Исполнитель", Cell.PERSON, "responsible_id",
            aliases=("Ответственный", "Ответственный за задачу", "Кому", "Assignee"), example="",
        ),
        Column(
            "initiator", "Инициатор", Cell.PERSON, "author_id", is_read=False,
            unread="Инициатором станет тот, кто загружает: от чужого имени задачи не ставят",
        ),
        Column(
            "co_assignees", "Соисполнители", Cell.PERSON, part=Part.CO_WORKER, many=True, aliases=("Помощники",)
        ),
        Column("watchers", "Наблюдатели", Cell.PERSON, part=Part.WATCHER, many=True),
        Column(
            "due_at", "Срок", Cell.MOMENT, "due_at", day_time=_EVENING, check=_plannable,
            aliases=("Крайний срок", "Срок исполнения", "Дедлайн", "Дата завершения план", "Due Date", "Deadline"),
            example="15.03.2027 18:00",
        ),
        Column(
            "priority", "Важность", Cell.CHOICE, "priority", choices=_priorities, aliases=("Приоритет", "Priority"),
            example="Обычная",
        ),
        Column(
            "estimate", "Оценка, минут", Cell.NUMBER, "estimate", places=0, check=_estimated,
            aliases=("Оценка", "Плановые трудозатраты"), example="90",
        ),
        Column(
            "description", "Описание", Cell.TEXT, "description", longest=richtext.LONGEST, show=richtext.plain_of,
            check=_described, aliases=("Комментарий", "Содержание", "Подробности", "Description"),
            example="Согласовать с юристом",
        ),
        Column("is_private", "Личная", Cell.FLAG, "is_private", example="нет"),
        Column(
            "created_at", "Создана", Cell.MOMENT, "created_at", check=_past,
            aliases=("Дата создания", "Создано", "Created"),
        ),
        Column(
            "done_at", "Завершена", Cell.MOMENT, "done_at", check=_past,
            aliases=("Дата закрытия", "Дата завершения", "Закрыта", "Завершено"),
        ),
    ),
    rows=rows_asked,
    create=CREATE,
    make=_make,
    numbers=partial(take_numbers, Task.KIND, Task.NUMBER_PREFIX),
    twins=("title", "number"),
    sure_twins=("number",),
    status=Status.NEW,
    refusals=_refusals,
)  # fmt: skip

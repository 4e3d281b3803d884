"""Tasks for whoever writes to the bot: a line becomes a task, `/tasks` tells what there is to do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import hidden, must_write
from core.access.naming import colleagues_named
from core.access.queries import own_rows
from core.context import current_company
from core.entities.models import Entity
from core.errors import Invalid
from core.identity.models import Principal
from core.language.line import LONGEST, Line, Span, read_line, titled
from core.notifications.chats import registry as chats
from core.notifications.moments import moment_in
from core.notifications.queries import zone_of
from core.organization.people import people
from core.registry import registry
from core.texts import clean_line
from modules.tasks import actions
from modules.tasks.models import Task
from modules.tasks.options import usual_due
from modules.tasks.permissions import CREATE, VIEW

from .serializers import PRIORITIES

_LONGEST_TITLE = 500
_MOST_LISTED = 10
_TITLES = {value: Task.Priority(value).label for value in PRIORITIES.values()}


def read(actor: Actor, text: str, at: datetime, chosen: Sequence[int]) -> chats.Draft:
    """What a line says, read for whoever writes it. Errors: Forbidden, Invalid."""
    actor.must(CREATE)
    line = clean_line(text)
    if not line or len(line) > LONGEST:
        raise Invalid({"title": f"Напишите одной строкой до {LONGEST} знаков, что нужно сделать"})
    found = _understood(actor, line, at)
    for span in found:
        if len(span.people) > 1 and not set(chosen) & set(span.people):
            return _which(line[span.start : span.end].strip(), span.people)
    values = _values(actor, titled(line, found), found, chosen)
    _must_fit(actor, values)
    return chats.Draft(said=_said(actor, values), values=values)


def make(actor: Actor, values: dict[str, Any]) -> tuple[str, Entity]:
    """The task that was shown. Errors: Forbidden, Invalid."""
    _must_fit(actor, values)
    due, priority = values["due_at"], values["priority"]
    task = actions.create_task(
        title=values["title"],
        assignee=values["assignee"],
        co_assignees=values["helpers"],
        due_at=datetime.fromisoformat(due) if due else None,
        # What he may not name was refused above; the usual due moment was promised as it was shown.
        as_written=True,
        by=actor,
        **({"priority": priority} if priority else {}),
    )
    return f"Задача {task.number} создана", task


def mine(actor: Actor, details: bool) -> tuple[str, list[tuple[str, str]]]:
    """Open tasks that the person has to do, the most urgent first as far as he may know. Errors: Forbidden."""
    actor.must(VIEW)
    kind = registry.kind_of(Task.KIND)
    rows = own_rows(actor, kind).filter(responsible=actor.principal_id, state="open", is_draft=False)
    # The order, too, would tell what is due first.
    with_due = "due_at" not in hidden(actor.limits, kind.code)
    soonest = (F("due_at").asc(nulls_last=True), "pk") if with_due else ("pk",)
    found, more = list(rows.order_by(*soonest)[: _MOST_LISTED + 1]), ""
    if not found:
        return "Открытых задач нет", []
    if len(found) > _MOST_LISTED:
        found, more = found[:_MOST_LISTED], f" (первые {_MOST_LISTED})"
    zone = zone_of(actor.principal_id)
    return f"Ваши открытые задачи{more}:", [
        (_row(task, zone, details=details, with_due=with_due), f"{kind.route}/{task.pk}") for task in found
    ]


def _row(task: Entity, zone: str, *, details: bool, with_due: bool) -> str:
    words = [task.number, task.title if details else ""]
    if with_due and task.due_at:
        said = f"до {moment_in(task.due_at, zone, current_company().time_zone)}"
        words.append(f"просрочена: {said}" if task.due_at < timezone.now() else said)
    return " · ".join(word for word in words if word)


def _understood(actor: Actor, line: str, at: datetime) -> list[Span]:
    """Pieces that fields come of; numbers of cards stay words of the title."""
    now = at.astimezone(ZoneInfo(current_company().time_zone))
    found: Line = read_line(line, now=now, colleagues=colleagues_named(actor, line), me=actor.principal_id)
    return [span for span in found.spans if span.kind != "number"]


def _which(piece: str, among: Sequence[int]) -> chats.Draft:
    known = people(among)
    choices = tuple((who, known[who]["full_name"]) for who in among if who in known)
    return chats.Draft(question=f"Кто это — «{piece}»?", choices=choices)


def _values(actor: Actor, title: str, spans: Sequence[Span], chosen: Sequence[int]) -> dict[str, Any]:
    persons = [_one_of(span, chosen) for span in spans if span.kind == "person"]
    helpers = [_one_of(span, chosen) for span in spans if span.kind == "helper"]
    moments = [span.moment for span in spans if span.kind == "due" and span.moment]
    words = [span.value for span in spans if span.kind == "priority"]
    due = moments[0] if moments else usual_due()
    return {
        "title": title,
        "assignee": persons[0] if persons else actor.principal_id,
        "helpers": [who for who in dict.fromkeys(helpers) if who not in persons],
        "due_at": due.isoformat() if due else None,
        "is_usual": not moments,
        "priority": PRIORITIES[words[0]] if words else None,
    }


def _one_of(span: Span, chosen: Sequence[int]) -> int:
    return next((who for who in span.people if who in chosen), span.people[0])


def _must_fit(actor: Actor, values: dict[str, Any]) -> None:
    """What the form of a new task asks. Errors: Invalid."""
    if not values["title"] or len(values["title"]) > _LONGEST_TITLE:
        raise Invalid({"title": f"Напишите, что нужно сделать: до {_LONGEST_TITLE} знаков"})
    # The company's usual due moment is given by no person.
    named_ones = ("title", "assignee", "priority", *(() if values["is_usual"] else ("due_at",)))
    written = [name for name in named_ones if values[name]]
    must_write(actor, registry.kind_of(Task.KIND), written)
    wanted = {values["assignee"], *values["helpers"]}
    if Principal.objects.filter(pk__in=wanted, is_active=True).count() < len(wanted):
        raise Invalid({"assignee": "Сотрудник больше не работает в системе. Назовите другого"})


def _said(actor: Actor, values: dict[str, Any]) -> tuple[str, ...]:
    known, due = people([values["assignee"], *values["helpers"]]), values["due_at"]
    mine_own = values["assignee"] == actor.principal_id
    helpers = ", ".join(known[who]["name"] for who in values["helpers"])
    zones = (zone_of(actor.principal_id), current_company().time_zone)
    moment = moment_in(datetime.fromisoformat(due), *zones) if due else "не указан"
    is_hidden = "due_at" in hidden(actor.limits, Task.KIND)
    return (
        f"Новая задача: {values['title']}",
        f"Исполнитель: {'вы' if mine_own else known[values['assignee']]['name']}",
        f"Соисполнители: {helpers}" if helpers else "",
        "" if is_hidden else f"Срок: {moment}",
        f"Важность: {_TITLES[values['priority']].lower()}" if values["priority"] else "",
    )


WORDS = chats.ChatWords(
    line=chats.Line("«Иванову до пятницы 18:00 подготовить КП !важно»", read, make),
    commands=(chats.Command("tasks", "мои открытые задачи", mine),),
)
